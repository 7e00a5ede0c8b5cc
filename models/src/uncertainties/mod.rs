//! The uncertainties: what nobody chooses and nobody knows exactly. One line each in [`UNCERTAINTIES`].
//!
//! Values, plausible ranges, sources and grades belong to the scenario; here stand key, unit, hard bounds and meaning.

use crate::text::position;

/// An uncertain quantity of the model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Uncertainty {
    /// Key in files and on the command line.
    pub id: &'static str,
    /// Symbol in the model text.
    pub symbol: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// Unit in words.
    pub unit: &'static str,
    /// Smallest value that the engine accepts.
    pub low: f64,
    /// Largest value that the engine accepts.
    pub high: f64,
    /// Whether the shipped scenarios give it a value per domain.
    pub per_domain: bool,
    /// Group heading in lists.
    pub group: &'static str,
    /// What it means, in one or two sentences.
    pub reading: &'static str,
}

impl Uncertainty {
    /// The uncertainty with this id.
    pub fn find(id: &str) -> Option<&'static Uncertainty> {
        UNCERTAINTIES.iter().find(|uncertainty| uncertainty.id == id)
    }

    /// Position in [`UNCERTAINTIES`].
    pub const fn index(&self) -> usize {
        index_of(self.id)
    }
}

const fn entry(
    (id, symbol, name): (&'static str, &'static str, &'static str),
    unit: &'static str,
    (low, high): (f64, f64),
    group: &'static str,
    reading: &'static str,
) -> Uncertainty {
    Uncertainty { id, symbol, name, unit, low, high, per_domain: false, group, reading }
}

const ADOPTERS: &str = "Adopters";
const COMPATIBILITY: &str = "Compatibility and cost";
const SUPPLIERS: &str = "Suppliers";
const COMMITTEES: &str = "Committees";
const TENSION: &str = "Tension";
const THIRD: &str = "Third countries";
const READ_OUT: &str = "Trade read-out";

/// All uncertainties, in the order of the model text.
pub const UNCERTAINTIES: &[Uncertainty] = &[
    Uncertainty {
        per_domain: true,
        ..entry(
            ("network-strength", "α", "Network strength"),
            "utility units (logit)",
            (0.0, 20.0),
            ADOPTERS,
            "How much an adopter gains when everybody that it deals with is reached by its standard.",
        )
    },
    entry(
        ("local-share", "ℓ", "Local share of the network"),
        "share",
        (0.0, 1.0),
        ADOPTERS,
        "Part of the network benefit that comes from an adopter’s own partners rather than from whole markets.",
    ),
    entry(
        ("review-rate", "θ", "Review rate"),
        "per quarter",
        (0.001, 1.0),
        ADOPTERS,
        "How often an adopter reconsiders its standard; the mean cycle is one over this.",
    ),
    entry(
        ("innovation", "p_B", "Uptake without example"),
        "per year",
        (0.0, 2.0),
        ADOPTERS,
        "Hazard of first adoption that does not depend on others (Bass 1969, p).",
    ),
    entry(
        ("imitation", "q_B", "Uptake by example"),
        "per year",
        (0.0, 4.0),
        ADOPTERS,
        "Rise of the hazard of first adoption with the share already active in the market (Bass 1969, q).",
    ),
    entry(
        ("offer-weight", "κ_o", "Weight of supply"),
        "utility units (logit)",
        (0.0, 10.0),
        ADOPTERS,
        "How much it matters to adopters that suppliers in their market offer products for a standard.",
    ),
    entry(
        ("offer-floor", "o₀", "Supply floor"),
        "share of suppliers",
        (0.001, 1.0),
        ADOPTERS,
        "Supply that every standard has through adapters and in-house work, added to the measured offer.",
    ),
    entry(
        ("switching-cost", "c_sw", "Switching cost"),
        "utility units (logit)",
        (0.0, 20.0),
        ADOPTERS,
        "Disadvantage of every standard other than the one in use.",
    ),
    Uncertainty {
        per_domain: true,
        ..entry(
            ("international-quality", "q_INT", "Quality of the international text"),
            "utility units (logit)",
            (-5.0, 5.0),
            ADOPTERS,
            "Advantage of the international text that adopters see in the text itself.",
        )
    },
    entry(
        ("compatibility-distance", "d₀", "Compatibility distance"),
        "distance in requirement space",
        (0.001, 10.0),
        COMPATIBILITY,
        "Distance of two texts at which products meeting one work with the other in 37 of 100 cases.",
    ),
    entry(
        ("recognition-effect", "m_σ", "Recognition into compatibility"),
        "share",
        (0.0, 1.0),
        COMPATIBILITY,
        "How far recognising tests makes products work together; below 1, because a test report is no technical interface.",
    ),
    entry(
        ("cost-sensitivity", "s_p", "Cost sensitivity"),
        "utility units per unit cost",
        (0.0, 200.0),
        COMPATIBILITY,
        "How strongly conformity cost weighs in an adopter’s choice.",
    ),
    entry(
        ("conformity-fixed", "f₀", "Conformity cost, fixed part"),
        "share of unit cost",
        (0.0, 1.0),
        COMPATIBILITY,
        "Cost of showing conformity with a required text although the product follows another, however near.",
    ),
    entry(
        ("conformity-slope", "k", "Conformity cost, slope"),
        "share of unit cost per distance",
        (0.0, 2.0),
        COMPATIBILITY,
        "Cost of closing the distance to the required text; only shortfall in stringency costs on that axis.",
    ),
    entry(("margin", "π_m", "Margin"), "share of revenue", (0.0, 1.0), SUPPLIERS, "Supplier’s margin before conformity cost."),
    entry(
        ("demand-weight", "w_D", "Weight of users in demand"),
        "share",
        (0.0, 1.0),
        SUPPLIERS,
        "Part of a supplier’s revenue in a market that depends on how many users its variant works with.",
    ),
    entry(
        ("entry-cost", "c_e", "Entry cost"),
        "share of a mean supplier’s revenue",
        (0.0, 1.0),
        SUPPLIERS,
        "Profit above which a supplier returns to a market that it left.",
    ),
    entry(
        ("variant-fixed", "φ₀", "Variant cost, fixed part"),
        "share of a mean supplier’s revenue",
        (0.0, 1.0),
        SUPPLIERS,
        "Cost of keeping one product variant.",
    ),
    entry(
        ("variant-scale", "φ₁", "Variant cost, scale part"),
        "share of a mean supplier’s revenue",
        (0.0, 1.0),
        SUPPLIERS,
        "Part of the variant cost that grows with the supplier’s size.",
    ),
    entry(
        ("variant-exponent", "ζ", "Variant cost exponent"),
        "exponent",
        (0.0, 3.0),
        SUPPLIERS,
        "How the variant cost grows with size: below 1 large suppliers split their products more easily. Contested.",
    ),
    entry(
        ("variant-distance", "Φ_d", "Variant distance cost"),
        "share of a mean supplier’s revenue per distance",
        (0.0, 1.0),
        SUPPLIERS,
        "Cost of keeping variants that lie far apart.",
    ),
    entry(
        ("confidence", "ε_c", "Confidence bound"),
        "distance in requirement space",
        (0.0, 2.0),
        COMMITTEES,
        "Members listen to those within this distance (Hegselmann & Krause 2002).",
    ),
    entry(
        ("ballot-tolerance", "τ_b", "Ballot tolerance"),
        "distance in requirement space",
        (0.0, 2.0),
        COMMITTEES,
        "A member votes for a draft within this distance of its own position.",
    ),
    entry(
        ("convergence-rate", "g", "Convergence rate"),
        "share per quarter",
        (0.0, 1.0),
        COMMITTEES,
        "How far a member moves towards those it listens to in a quarter.",
    ),
    entry(
        ("stubbornness", "ς", "Stubbornness"),
        "share per quarter",
        (0.0, 1.0),
        COMMITTEES,
        "How far a member is drawn back to its own starting position in a quarter (Friedkin & Johnsen 1990).",
    ),
    entry(
        ("adoption-radius", "r_b", "Adoption radius"),
        "distance in requirement space",
        (0.0, 2.0),
        COMMITTEES,
        "A bloc considers identical adoption when the international text lies within this distance of its ideal point.",
    ),
    entry(
        ("modification-weight", "ω_m", "Modification weight"),
        "share",
        (0.0, 1.0),
        COMMITTEES,
        "How far a modified adoption is drawn to the bloc’s ideal point.",
    ),
    entry(
        ("tension-memory", "ρ_T", "Memory of tension"),
        "share per quarter",
        (0.0, 0.999),
        TENSION,
        "Part of a deviation of tension that is left after a quarter.",
    ),
    entry(
        ("tension-shock", "σ_T", "Shocks to tension"),
        "index points per quarter",
        (0.0, 1.0),
        TENSION,
        "Standard deviation of random shocks to tension.",
    ),
    entry(
        ("tension-bite", "κ_T", "Bite of tension"),
        "share",
        (0.0, 1.0),
        TENSION,
        "How far full tension moves the other levers towards decoupling.",
    ),
    entry(
        ("tension-feedback", "ψ", "Feedback of fragmentation"),
        "index points per unit fragmentation",
        (0.0, 20.0),
        TENSION,
        "Long-run rise of tension per unit of added fragmentation: the strength of a structural slide.",
    ),
    entry(
        ("alignment-network", "A", "Network in alignment"),
        "utility units (logit)",
        (0.0, 20.0),
        THIRD,
        "How much a third country values that its partners use a standard.",
    ),
    entry(
        ("alignment-distance", "δ", "Distance in alignment"),
        "utility units per distance",
        (0.0, 20.0),
        THIRD,
        "How much a third country minds that a text lies far from what it wants.",
    ),
    entry(
        ("alignment-switching", "c_al", "Cost of changing alignment"),
        "utility units (logit)",
        (0.0, 20.0),
        THIRD,
        "Disadvantage of every alignment other than the present one.",
    ),
    entry(
        ("trade-compatibility", "k_τ", "Trade cost of incompatibility"),
        "share of price",
        (0.0, 2.0),
        READ_OUT,
        "Rise of cross-bloc trade cost when nothing works together.",
    ),
    entry(
        ("trade-restriction", "k_ξ", "Trade cost of restriction"),
        "share of price",
        (0.0, 2.0),
        READ_OUT,
        "Rise of cross-bloc trade cost under full access restriction. The one number that is fitted to a published trade figure.",
    ),
    entry(
        ("trade-elasticity", "ε_t", "Trade elasticity"),
        "elasticity",
        (0.0, 20.0),
        READ_OUT,
        "Per cent by which trade falls when its cost rises by one per cent.",
    ),
    entry(
        ("ideal-spread", "ς_z", "Spread of ideal points"),
        "multiple of the written points",
        (0.0, 3.0),
        COMMITTEES,
        "How far apart the blocs’ ideal points lie, as a multiple of the written ones.",
    ),
];

const IDS: [&str; UNCERTAINTIES.len()] = {
    let mut ids = [""; UNCERTAINTIES.len()];
    let mut i = 0;
    while i < ids.len() {
        ids[i] = UNCERTAINTIES[i].id;
        i += 1;
    }
    ids
};

/// Position in [`UNCERTAINTIES`] of the uncertainty with this id, settled when the crate is compiled where it is a constant.
pub const fn index_of(id: &str) -> usize {
    match position(&IDS, id) {
        Some(index) => index,
        None => panic!("no uncertainty has this id"),
    }
}
