use super::{Lever, Scope};

pub(super) const LEVER: Lever = Lever {
    id: "mutual-recognition",
    symbol: "M",
    name: "Mutual recognition",
    scope: Scope::Pair,
    unit: "share of tests and certificates",
    low: 0.0,
    high: 1.0,
    corner_decoupling: 0.0,
    corner_cooperation: 0.8,
    openness: false,
    recommendation: Some(3),
    group: "Market access",
    reading: "Share of each other’s tests and certificates that two blocs accept.",
};
