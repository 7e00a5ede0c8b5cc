use super::{Lever, Scope};

pub(super) const LEVER: Lever = Lever {
    id: "expert-support",
    symbol: "e",
    name: "Expert support",
    scope: Scope::Bloc,
    unit: "share of full funding",
    low: 0.0,
    high: 1.0,
    corner_decoupling: 0.3,
    corner_cooperation: 1.0,
    openness: false,
    recommendation: Some(2),
    group: "Standards work",
    reading: "Funding that lets a bloc’s experts take part in ISO/IEC; it sets how fast they come to agree.",
};
