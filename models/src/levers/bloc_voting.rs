use super::{Lever, Scope};

pub(super) const LEVER: Lever = Lever {
    id: "bloc-voting",
    symbol: "β",
    name: "Bloc voting",
    scope: Scope::Bloc,
    unit: "probability per ballot",
    low: 0.0,
    high: 1.0,
    corner_decoupling: 0.9,
    corner_cooperation: 0.2,
    openness: false,
    recommendation: Some(4),
    group: "Standards work",
    reading: "Chance that all members of a bloc vote as one in an international ballot, before the capture guard acts.",
};
