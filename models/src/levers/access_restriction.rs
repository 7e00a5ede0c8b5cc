use super::{Lever, Scope};

pub(super) const LEVER: Lever = Lever {
    id: "access-restriction",
    symbol: "ξ",
    name: "Access restriction",
    scope: Scope::Pair,
    unit: "share of cross-bloc supply cut",
    low: 0.0,
    high: 1.0,
    corner_decoupling: 0.8,
    corner_cooperation: 0.0,
    openness: false,
    recommendation: None,
    group: "Market access",
    reading: "Share of the trade between two blocs that export and import rules cut off.",
};
