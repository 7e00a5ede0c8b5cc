//! A scenario: what is written in a file, and what the engine runs once it has been checked.
//!
//! [`load`] reads the text of a file and its parents, settles every doubt at once, and what comes out is a [`Scenario`]:
//! complete, in range and typed. No code after that asks again.

mod adjust;
mod chain;
mod changes;
mod check;
mod mix;
mod problem;
mod reader;
#[cfg(test)]
mod tests;
mod tree;
mod values;

pub use adjust::{Adjust, Override};
pub use chain::{Chain, parent_of};
pub use check::load;
pub use mix::{Input, differing, mixable, mixed};
pub use problem::{Problem, SourceText};

use crate::calendar::{Calendar, Quarter};

/// A point in requirement space: `[stringency of safeguards, market-led (0) to state-led (1)]`, both in [0, 1].
pub type Point = [f64; 2];

/// How well a number is founded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Read off a published figure.
    Measured,
    /// Derived from published figures by a stated step.
    Estimated,
    /// A judgement of the modellers; to be varied.
    Assumed,
}

impl Grade {
    /// The word used in files and on screen.
    pub const fn word(self) -> &'static str {
        match self {
            Grade::Measured => "measured",
            Grade::Estimated => "estimated",
            Grade::Assumed => "assumed",
        }
    }
}

/// A number with everything a reader needs to judge it.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// The value used.
    pub value: f64,
    /// Lower end of the plausible range.
    pub low: f64,
    /// Upper end of the plausible range.
    pub high: f64,
    /// Unit in words, e.g. `share`, `per year`, `months`.
    pub unit: String,
    /// Where the value comes from: `evidence:<key>` cites a sourced figure, anything else is a sentence.
    pub source: String,
    /// How well it is founded.
    pub grade: Grade,
    /// A remark, or empty.
    pub note: String,
}

/// One line of the assumptions ledger: a number that was set somewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerEntry {
    /// Dotted key as in the file, e.g. `levers.home-mandate.EU` or `uncertainties.network-strength.foundation`.
    pub key: String,
    /// The number and its footing.
    pub quantity: Quantity,
    /// Id of the scenario file that set it (`today-extended` when inherited from there).
    pub set_by: String,
}

/// A change of levers over time, as written in a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// Id of a lever, or `cooperation` for the master slider.
    pub lever: String,
    /// Blocs moved (indices into [`Scenario::blocs`]); empty for all. Two for the pair of a pair lever.
    pub blocs: Vec<usize>,
    /// The pair moved, for a pair lever or the master slider restricted to one pair.
    pub pair: Option<(usize, usize)>,
    /// The domain moved; `None` for all.
    pub domain: Option<usize>,
    /// Target value in the lever's unit.
    pub to: f64,
    /// First quarter of the change.
    pub from: Quarter,
    /// Length of the linear ramp in quarters; 0 is a step.
    pub over: u32,
    /// Whether it takes the place of whatever the moves above it do with the same lever from its first quarter on; it may then
    /// begin before they do.
    pub replaces: bool,
    /// Why, in neutral words.
    pub because: String,
    /// Name of the dated event that this belongs to, if any.
    pub event: Option<String>,
    /// Where the target comes from (`evidence:<key>` or a sentence).
    pub source: String,
    /// How well it is founded.
    pub grade: Grade,
    /// Id of the scenario file that wrote it.
    pub set_by: String,
}

/// A dated event: shown on charts; what it changes stands in the moves that carry its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The quarter in which it happens.
    pub date: Quarter,
    /// Short name.
    pub name: String,
    /// One sentence.
    pub note: String,
    /// Added to tension in that quarter, in tension units (0 for none).
    pub tension_shock: f64,
}

/// A bloc: a market with bodies and levers of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Bloc {
    /// Short id, e.g. `EU`.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Share of world GDP (any positive scale; only ratios matter).
    pub size: f64,
    /// Ideal point per domain, spread already applied.
    pub ideal: Vec<Point>,
    /// Per domain: whether the bloc starts on an identical adoption of the international text.
    pub starts_identical: Vec<bool>,
    /// Mean work time of its body in months.
    pub work_months: f64,
    /// Advantage of its text that adopters see in the text itself, in utility units, the same in every domain.
    pub quality: f64,
    /// What its adopters see in each standard beside everything else, in utility units; 0 unless written.
    pub taste: Vec<f64>,
    /// Shares of the standards among its adopters at the start, where they are given and not chosen by rule.
    pub start_mix: Option<Vec<f64>>,
}

/// A group of economies outside the blocs.
#[derive(Debug, Clone, PartialEq)]
pub struct EconomyGroup {
    /// Short id, e.g. `advanced`.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Political pull of each bloc on the group, in [0, 1] (`G` of rule 6).
    pub pull: Vec<f64>,
}

/// An economy outside the blocs.
#[derive(Debug, Clone, PartialEq)]
pub struct Economy {
    /// Short id.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Index into [`Scenario::groups`].
    pub group: usize,
    /// Size on the scale of [`Bloc::size`].
    pub size: f64,
    /// Trade exposure to each bloc; sums to 1.
    pub exposure: Vec<f64>,
}

/// A domain of standardisation.
#[derive(Debug, Clone, PartialEq)]
pub struct Domain {
    /// Short id, e.g. `governance`.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Weight in world indicators; the weights sum to 1.
    pub weight: f64,
    /// How far the blocs' ideal points lie apart, relative to the written ones (`.3`, `1`, `.6`); for noise scales.
    pub spread: f64,
}

/// Counts and settings of the run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sizes {
    /// Adopters over all markets, 1 to 1,000,000.
    pub adopters: usize,
    /// Suppliers, 0 to 100,000.
    pub suppliers: usize,
    /// Partners per adopter, 0 to 64.
    pub partners: usize,
    /// Home members of a bloc's committee.
    pub home_members: usize,
    /// Foreign members of a bloc's committee: one per other market group in turn.
    pub foreign_members: usize,
    /// Members per bloc in the international committee.
    pub international_members: usize,
    /// Members from economies in the international committee.
    pub economy_members: usize,
    /// Share of adopters active at the start, 0 to 1.
    pub active_at_start: f64,
    /// Tension at the start, 0 to 1.
    pub tension_at_start: f64,
    /// Mean work time of the international body in months.
    pub international_work_months: f64,
    /// Key of the structural draws (partner network, sizes, review cycles, noise of the economies' ideal points).
    pub structure_seed: u32,
}

/// Thresholds of the end-state classifier.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FutureRule {
    /// Two blocs count as joined from this interoperability on (0.7).
    pub joined_from: f64,
    /// At most this many effective standards make a single market (1.25).
    pub single_up_to: f64,
}

/// How the network benefit enters utility (section 9 of the model text).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NetworkTerm {
    /// v(N) = N.
    Linear,
    /// v(N) = ln(N + floor); the floor keeps an unused standard possible (0.05 in scenario files, 0 where everything has seeds).
    Logarithmic(f64),
    /// v(N) = N^exponent.
    Power(f64),
}

/// How an adopter chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Multinomial logit.
    Logit,
    /// Leaves the current standard only for a gain above a personal threshold.
    Threshold,
    /// Takes the best.
    BestReply,
}

/// Whether adopters due in one tick see each other's choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Updating {
    /// All read the state at the end of the tick before.
    Synchronous,
    /// One after the other in random order.
    RandomOrder,
}

/// Which text a supplier's variant implements for a group of markets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VariantRule {
    /// The text that earns most.
    Best,
    /// The most stringent of the texts required in the group.
    Strictest,
    /// The text nearest to the revenue-weighted mean of the required points.
    WeightedMean,
}

/// What becomes of the users of a home text on identical adoption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnIdenticalAdoption {
    /// The text is withdrawn; users keep it until their review.
    Withdraw,
    /// Users count as users of the international text at once.
    Relabel,
}

/// When active adopters review their standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Review {
    /// Each after a personal cycle.
    Cycle,
    /// Each in each tick with the same chance.
    Hazard,
}

/// How adopters differ in size within a market.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SizeLaw {
    /// Pareto quantiles.
    Pareto,
    /// All alike.
    Equal,
}

/// Whose use of a standard counts in the network benefit beside that of own partners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The own market first, the others by trade.
    Trade,
    /// Everybody alike.
    Pooled,
}

/// The contested choices, kept as switches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Structure {
    /// Form of the network benefit.
    pub network_term: NetworkTerm,
    /// Decision rule of adopters.
    pub choice: Choice,
    /// Order of updating.
    pub updating: Updating,
    /// What a variant implements.
    pub variant: VariantRule,
    /// Fate of a home text on identical adoption.
    pub on_identical_adoption: OnIdenticalAdoption,
    /// When adopters review.
    pub review: Review,
    /// Sizes of adopters.
    pub sizes: SizeLaw,
    /// Whom the network benefit counts.
    pub reach: Reach,
    /// Rate per year at which a bloc lowers its openness to the others' mean; 0 for exogenous levers.
    pub reciprocity: f64,
    /// Whether there is an international text at all; in contests between home standards alone there is none.
    pub international_text: bool,
}

/// A checked scenario: complete, in range, typed. Built by [`load`].
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// File stem.
    pub id: String,
    /// Name shown to people.
    pub name: String,
    /// The story, one string per paragraph.
    pub story: Vec<String>,
    /// Chain of parents, nearest first.
    pub extends: Vec<String>,
    /// Quarters covered.
    pub calendar: Calendar,
    /// Blocs; bloc `b` owns standard `b` of every domain.
    pub blocs: Vec<Bloc>,
    /// Groups of economies.
    pub groups: Vec<EconomyGroup>,
    /// Economies outside the blocs.
    pub economies: Vec<Economy>,
    /// Domains; their weights sum to 1.
    pub domains: Vec<Domain>,
    /// Two-way trade between market groups (blocs, then the rest of the world), `(blocs+1)²`, symmetric, any scale;
    /// the diagonal entry of a bloc is not used, that of the rest is trade among economies.
    pub trade: Vec<f64>,
    /// Counts and settings.
    pub sizes: Sizes,
    /// Classifier thresholds.
    pub future_rule: FutureRule,
    /// Structural switches.
    pub structure: Structure,
    /// Uncertainty values, `[uncertainty][domain]` in the order of `UNCERTAINTIES`; the same in every domain unless written per domain.
    pub uncertainties: Vec<Vec<f64>>,
    /// Lever values as of today, `[lever][domain][slot]` in the order of `LEVERS` (slots: see `Scope::slots`).
    pub levers_today: Vec<Vec<Vec<f64>>>,
    /// Changes over time, in order of effect: a later move of the same lever starts from what the earlier ones reached.
    pub moves: Vec<Move>,
    /// Dated events in order of date.
    pub events: Vec<Event>,
    /// Every number with its footing.
    pub ledger: Vec<LedgerEntry>,
}

impl Scenario {
    /// Number of standards per domain: one per bloc and the international one, which comes last.
    pub fn standards(&self) -> usize {
        self.blocs.len() + 1
    }

    /// Index of the international standard in every domain.
    pub fn international(&self) -> usize {
        self.blocs.len()
    }

    /// Short label of a standard: the bloc's id, or `INT`.
    pub fn standard_label(&self, standard: usize) -> &str {
        self.blocs.get(standard).map_or("INT", |bloc| &bloc.id)
    }

    /// The unordered pairs of blocs in order: (0,1), (0,2), (1,2) …
    pub fn pairs(&self) -> Vec<(usize, usize)> {
        pairs(self.blocs.len())
    }
}

/// The unordered pairs of `n` things in order: (0,1), (0,2), …, (1,2) …
pub fn pairs(n: usize) -> Vec<(usize, usize)> {
    (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b))).collect()
}

/// Position of the pair `(a, b)`, in any order, in [`pairs`]`(n)`.
pub fn pair_index(n: usize, a: usize, b: usize) -> usize {
    let (a, b) = if a < b { (a, b) } else { (b, a) };
    a * (2 * n - a - 1) / 2 + (b - a - 1)
}
