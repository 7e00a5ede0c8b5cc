use super::{Indicator, Measure, View};
use crate::layout::Entity;
use crate::metrics;

pub(super) const INDICATOR: Indicator = Indicator {
    id: "effective-standards",
    name: "Effective number of standards",
    unit: "standards",
    low: 1.0,
    high: 8.0,
    formula: "exp(−Σ g_s ln (σ g)_s)",
    reading: "How many clearly different standards the world feels like, compatible ones counting as nearly one (Leinster & Cobbold 2012, order 1).",
    entities: super::world,
    measure: Measure::PerDomain(value),
};

pub(super) fn value(view: &View<'_>, domain: usize, _: &Entity) -> f64 {
    let n = view.world.standards();
    metrics::effective_standards(&view.pooled(domain)[..n], &view.world.rules.sigma[domain * n * n..(domain + 1) * n * n], 1.0)
}
