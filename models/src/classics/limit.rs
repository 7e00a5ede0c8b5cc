//! A world in a limit: the engine's whole tick with everything switched off that a classic does not speak of.

use crate::calendar::{Calendar, Quarter};
use crate::group::{Group, Way};
use crate::levers::{self, LEVERS};
use crate::rules::{adopt, recognise};
use crate::scenario::{
    Bloc, Choice, Domain, FutureRule, NetworkTerm, OnIdenticalAdoption, Reach, Review, Scenario, SizeLaw, Sizes, Structure, Updating, VariantRule,
};
use crate::setting::Setting;
use crate::uncertainties::{self, UNCERTAINTIES};
use crate::world::World;

/// A scenario of `blocs` equal blocs, one domain and no economies, in which adopters are of one size and review every tick and nothing but a random
/// draw moves them: no network, cost, preference, offer, tension; texts far apart and nothing compatible with another.
pub(crate) fn scenario(blocs: usize, adopters: usize, rows: usize) -> Scenario {
    let mut scenario = Scenario {
        id: "limit".to_owned(),
        name: "Limit".to_owned(),
        story: Vec::new(),
        extends: Vec::new(),
        calendar: Calendar { start: Quarter::new(2000, 1), rows },
        blocs: (0..blocs).map(|b| bloc(b, blocs)).collect(),
        groups: Vec::new(),
        economies: Vec::new(),
        domains: vec![Domain { id: "one".to_owned(), name: "One".to_owned(), weight: 1.0, spread: 1.0 }],
        trade: vec![1.0; (blocs + 1) * (blocs + 1)],
        sizes: Sizes {
            adopters,
            suppliers: 1,
            partners: 0,
            home_members: 1,
            foreign_members: 0,
            international_members: 1,
            economy_members: 0,
            active_at_start: 1.0,
            tension_at_start: 0.0,
            international_work_months: 240.0,
            structure_seed: 1,
        },
        future_rule: FutureRule { joined_from: 0.7, single_up_to: 1.25 },
        structure: Structure {
            network_term: NetworkTerm::Linear,
            choice: Choice::Logit,
            updating: Updating::Synchronous,
            variant: VariantRule::Best,
            on_identical_adoption: OnIdenticalAdoption::Withdraw,
            review: Review::Cycle,
            sizes: SizeLaw::Equal,
            reach: Reach::Trade,
            reciprocity: 0.0,
            international_text: true,
        },
        uncertainties: vec![vec![0.0]; UNCERTAINTIES.len()],
        levers_today: LEVERS.iter().map(|lever| vec![vec![0.0; lever.scope.slots(blocs)]]).collect(),
        moves: Vec::new(),
        events: Vec::new(),
        ledger: Vec::new(),
    };
    // Compatibility falls to exactly 0 over any distance there is, and an absent offer has the logarithm 0.
    for (id, value) in [("review-rate", 1.0), ("offer-floor", 1.0), ("compatibility-distance", 1e-4), ("margin", 0.1), ("ideal-spread", 1.0)] {
        set(&mut scenario, id, value);
    }
    scenario
}

/// Blocs stand on a circle around the centre, where the international text lies.
fn bloc(b: usize, blocs: usize) -> Bloc {
    let angle = std::f64::consts::TAU * b as f64 / blocs as f64;
    let id = format!("{}", b + 1);
    Bloc {
        name: id.clone(),
        id,
        size: 1.0,
        // A single bloc is drawn off the centre as well: two texts at one point would be one standard.
        ideal: vec![[0.5 + 0.4 * libm::cos(angle), 0.5 + 0.4 * libm::sin(angle)]],
        starts_identical: vec![false],
        work_months: 240.0,
        quality: 0.0,
        taste: vec![0.0; blocs + 1],
        start_mix: None,
    }
}

/// Sets an uncertainty in every domain.
pub(crate) fn set(scenario: &mut Scenario, uncertainty: &str, value: f64) {
    scenario.uncertainties[uncertainties::index_of(uncertainty)].fill(value);
}

/// Sets a lever for all blocs in every domain.
pub(crate) fn pull(scenario: &mut Scenario, lever: &str, value: f64) {
    scenario.levers_today[levers::index_of(lever)].iter_mut().for_each(|slots| slots.fill(value));
}

/// Everybody is partner of everybody else.
pub(crate) fn complete_graph(setting: &mut Setting) {
    let n = setting.adopters.market.len() as u32;
    setting.adopters.partners = n as usize - 1;
    setting.adopters.partner = (0..n).flat_map(|i| (0..n).filter(move |j| *j != i)).collect();
}

/// One run that a classic steps through itself: a group of one, its adopters worked through one at a time as the rule is written.
pub(crate) struct Single<'a>(Group<'a>);

impl<'a> Single<'a> {
    /// The start state. A single bloc stands at its own centre, so the international text is moved away from it.
    pub(crate) fn new(setting: &'a Setting, seed: u32) -> Single<'a> {
        let mut group = Group::new(setting, &[seed], Way::Clear);
        if setting.blocs() == 1 {
            group.worlds[0].texts.point[1] = [0.1, 0.5];
            recognise::recognise(&mut group.worlds[0]);
        }
        Single(group)
    }

    /// The run as the rules see it.
    pub(crate) fn world(&self) -> &World<'a> {
        &self.0.worlds[0]
    }

    /// Standard in use by an adopter.
    pub(crate) fn in_use(&self, adopter: usize) -> Option<usize> {
        self.0.people.in_use(0, 0, adopter)
    }

    /// Lets a tick pass, by the engine's table.
    pub(crate) fn tick(&mut self) {
        self.0.tick(self.world().row + 1);
    }

    /// Puts an adopter on a standard, or on none, without asking it.
    pub(crate) fn settle(&mut self, adopter: usize, standard: Option<usize>) {
        adopt::settle(&mut self.0, 0, 0, adopter, standard);
    }

    /// Users of a standard become users of another.
    pub(crate) fn relabel(&mut self, from: usize, to: usize) {
        adopt::relabel(&mut self.0.worlds[0], 0, from, to);
        self.0.people.relabel(&mut self.0.worlds[0], 0, 0);
    }
}
