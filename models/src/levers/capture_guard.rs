use super::{Lever, Scope};

pub(super) const LEVER: Lever = Lever {
    id: "capture-guard",
    symbol: "κ_g",
    name: "Capture guard",
    scope: Scope::World,
    unit: "strength, 0 to 1",
    low: 0.0,
    high: 1.0,
    corner_decoupling: 0.1,
    corner_cooperation: 0.9,
    openness: false,
    recommendation: Some(4),
    group: "Standards work",
    reading: "Strength of the rules that keep one interest from taking over international committees: vote caps, balance, limits on leadership.",
};
