use super::{Lever, Scope};

pub(super) const LEVER: Lever = Lever {
    id: "identical-adoption",
    symbol: "ι",
    name: "Identical adoption",
    scope: Scope::Bloc,
    unit: "probability per published text",
    low: 0.0,
    high: 1.0,
    corner_decoupling: 0.1,
    corner_cooperation: 0.85,
    openness: false,
    recommendation: Some(2),
    group: "Standards work",
    reading: "Chance that a bloc takes over an international text unchanged when it lies near enough to what the bloc wants; otherwise it modifies it.",
};
