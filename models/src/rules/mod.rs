//! The rules of a tick, each a verb, and the table that says in which order they act.

pub(crate) mod adopt;
pub(crate) mod align;
pub(crate) mod draft;
pub(crate) mod recognise;
#[cfg(test)]
mod reference;
pub(crate) mod supply;
pub(crate) mod tense;
pub(crate) mod transpose;

use crate::group::Group;
use crate::world::World;

/// One step of a tick.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// The verb.
    pub name: &'static str,
    /// What happens, in a sentence.
    pub does: &'static str,
    /// Number of the rule in the model text.
    pub equation: &'static str,
    pub(crate) act: Act,
}

/// Whom a step acts on.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Act {
    /// One run after the other.
    Run(for<'a, 'b> fn(&'a mut World<'b>)),
    /// All runs of a group together.
    Group(for<'a, 'b> fn(&'a mut Group<'b>)),
}

/// One tick (a quarter of a year), top to bottom.
pub const TICK: &[Step] = &[
    Step {
        name: "tense",
        does: "Tension reverts to its level, is pushed by fragmentation and chance, and bends the levers.",
        equation: "(1)",
        act: Act::Run(tense::tense),
    },
    Step {
        name: "draft",
        does: "Committee members move towards those they listen to; drafts that are due go to the ballot; passed drafts become editions.",
        equation: "(2a)",
        act: Act::Run(draft::draft),
    },
    Step {
        name: "transpose",
        does: "Blocs that waited for a new international edition take it over, identically or modified, and every idle body starts or routes its next item.",
        equation: "(2b)",
        act: Act::Run(transpose::transpose),
    },
    Step {
        name: "recognise",
        does: "Compatibility, conformity cost and the reach of each market follow from texts, recognition, mandates and restrictions.",
        equation: "(3)",
        act: Act::Run(recognise::recognise),
    },
    Step {
        name: "supply",
        does: "A quarter of the suppliers choose anew which markets share a product variant, which text it implements, and where to sell at all.",
        equation: "(4)",
        act: Act::Run(supply::supply),
    },
    Step {
        name: "adopt",
        does: "New adopters become active, those whose review is due choose again.",
        equation: "(5)",
        act: Act::Group(adopt::adopt),
    },
    Step {
        name: "align",
        does: "Economies outside the blocs choose the standard that they align with.",
        equation: "(6)",
        act: Act::Run(align::align),
    },
];

/// Where levers and uncertainties act: a step of [`TICK`], or one of the two places outside it, and what it reads.
const USES: &[(&str, &[&str])] = &[
    ("tense", &["tension", "tension-memory", "tension-shock", "tension-bite", "tension-feedback"]),
    (
        "draft",
        &[
            "international-channel",
            "foreign-participation",
            "capture-guard",
            "expert-support",
            "bloc-voting",
            "confidence",
            "ballot-tolerance",
            "convergence-rate",
            "stubbornness",
            "ideal-spread",
        ],
    ),
    ("transpose", &["identical-adoption", "adoption-radius", "modification-weight"]),
    (
        "recognise",
        &[
            "mutual-recognition",
            "home-mandate",
            "home-preference",
            "access-restriction",
            "compatibility-distance",
            "recognition-effect",
            "conformity-fixed",
            "conformity-slope",
        ],
    ),
    ("supply", &["margin", "demand-weight", "entry-cost", "variant-fixed", "variant-scale", "variant-exponent", "variant-distance"]),
    (
        "adopt",
        &[
            "network-strength",
            "international-quality",
            "local-share",
            "review-rate",
            "innovation",
            "imitation",
            "offer-weight",
            "offer-floor",
            "switching-cost",
            "cost-sensitivity",
        ],
    ),
    ("align", &["third-country-pull", "expert-support", "capture-guard", "alignment-network", "alignment-distance", "alignment-switching"]),
    ("read-out of trade", &["access-restriction", "trade-compatibility", "trade-restriction", "trade-elasticity"]),
];

/// The steps of a tick (or the read-out of trade) in which a lever or uncertainty acts, in order.
pub fn uses(id: &str) -> Vec<&'static str> {
    USES.iter().filter(|(_, ids)| ids.contains(&id)).map(|(step, _)| *step).collect()
}
