use super::{Indicator, Measure, View};
use crate::layout::Entity;

pub(super) const INDICATOR: Indicator = Indicator {
    id: "fragmentation",
    name: "Fragmentation",
    unit: "index, 0 to 1",
    low: 0.0,
    high: 1.0,
    formula: "1 − Σ w_a w_b I_ab / Σ w_a w_b, a ≠ b over blocs",
    reading: "Chance that two organisations in different blocs cannot work together without adaptation: 0 is one market, 1 fully split.",
    entities: super::world,
    measure: Measure::PerDomain(value),
};

fn value(view: &View<'_>, domain: usize, _: &Entity) -> f64 {
    view.world.fragmentation_of(domain)
}
