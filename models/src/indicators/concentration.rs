use super::{Indicator, Measure, View};
use crate::layout::Entity;
use crate::metrics;

pub(super) const INDICATOR: Indicator = Indicator {
    id: "concentration",
    name: "Concentration",
    unit: "Herfindahl index, 0 to 1",
    low: 0.0,
    high: 1.0,
    formula: "Σ g_s²",
    reading: "Whether one standard is dominant in the world; says nothing about whether blocs differ.",
    entities: super::world,
    measure: Measure::PerDomain(value),
};

fn value(view: &View<'_>, domain: usize, _: &Entity) -> f64 {
    metrics::concentration(&view.pooled(domain))
}
