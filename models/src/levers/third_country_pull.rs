use super::{Lever, Scope};

pub(super) const LEVER: Lever = Lever {
    id: "third-country-pull",
    symbol: "π",
    name: "Third-country pull",
    scope: Scope::Bloc,
    unit: "strength, 0 to 1",
    low: 0.0,
    high: 2.0,
    corner_decoupling: 1.0,
    corner_cooperation: 0.0,
    openness: false,
    recommendation: None,
    group: "Third countries",
    reading: "How hard a bloc uses finance, infrastructure and agreements to draw third countries to its standards.",
};
