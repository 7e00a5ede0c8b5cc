use super::{Lever, Scope};

pub(super) const LEVER: Lever = Lever {
    id: "home-mandate",
    symbol: "μ",
    name: "Home mandate",
    scope: Scope::Bloc,
    unit: "share of the market bound by law",
    low: 0.0,
    high: 1.0,
    corner_decoupling: 0.9,
    corner_cooperation: 0.2,
    openness: false,
    recommendation: None,
    group: "Market access",
    reading: "How far the law of a bloc requires its own standard, or gives it the presumption of conformity.",
};
