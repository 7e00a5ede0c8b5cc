use super::{Lever, Scope};

pub(super) const LEVER: Lever = Lever {
    id: "foreign-participation",
    symbol: "ρ",
    name: "Foreign participation",
    scope: Scope::Bloc,
    unit: "weight of a foreign member (1 = as a home member)",
    low: 0.0,
    high: 1.0,
    corner_decoupling: 0.0,
    corner_cooperation: 1.0,
    openness: true,
    recommendation: Some(1),
    group: "Standards work",
    reading: "How much a foreign member counts when a bloc’s own committees discuss.",
};
