use super::{Indicator, Measure, View};
use crate::layout::Entity;

pub(super) const INDICATOR: Indicator = Indicator {
    id: "interoperability",
    name: "Interoperability",
    unit: "index, 0 to 1",
    low: 0.0,
    high: 1.0,
    formula: "I_ab = Σ y_as σ_ss′ y_bs′",
    reading: "Chance that a user in one bloc and a user in the other can work together without adaptation.",
    entities: super::pairs,
    measure: Measure::PerDomain(value),
};

fn value(view: &View<'_>, domain: usize, entity: &Entity) -> f64 {
    match entity {
        Entity::Pair(a, b) => view.interoperability(domain, *a, *b),
        _ => f64::NAN,
    }
}
