use super::{Lever, Scope};

pub(super) const LEVER: Lever = Lever {
    id: "home-preference",
    symbol: "h",
    name: "Home preference",
    scope: Scope::Bloc,
    unit: "utility units (logit)",
    low: 0.0,
    high: 3.0,
    corner_decoupling: 1.5,
    corner_cooperation: 0.0,
    openness: false,
    recommendation: None,
    group: "Market access",
    reading: "Advantage of the home standard in procurement and habit; 1 multiplies its odds by 2.7.",
};
