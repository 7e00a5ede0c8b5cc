use super::{Lever, Scope};

pub(super) const LEVER: Lever = Lever {
    id: "international-channel",
    symbol: "χ",
    name: "International channel",
    scope: Scope::Bloc,
    unit: "share of new work items",
    low: 0.0,
    high: 1.0,
    corner_decoupling: 0.05,
    corner_cooperation: 0.8,
    openness: true,
    recommendation: Some(2),
    group: "Standards work",
    reading: "Share of a bloc’s new work items that it sends to ISO/IEC instead of its own bodies.",
};
