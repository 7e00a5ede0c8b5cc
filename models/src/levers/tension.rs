use super::{Lever, Scope};

pub(super) const LEVER: Lever = Lever {
    id: "tension",
    symbol: "T̄",
    name: "Tension",
    scope: Scope::World,
    unit: "index, 0 to 1",
    low: 0.0,
    high: 1.0,
    corner_decoupling: 0.8,
    corner_cooperation: 0.1,
    openness: false,
    recommendation: None,
    group: "Climate",
    reading: "Level that political tension returns to; above today’s level it pushes every other lever towards decoupling.",
};
