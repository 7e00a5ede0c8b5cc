use super::{Indicator, Measure, View};
use crate::layout::Entity;
use crate::metrics;

pub(super) const INDICATOR: Indicator = Indicator {
    id: "divergence",
    name: "Divergence of mixes",
    unit: "index, 0 to 1",
    low: 0.0,
    high: 1.0,
    formula: "(H(Σ w_b y_b) − Σ w_b H(y_b)) / H(w)",
    reading: "Whether blocs use different standards, however compatible: 0 is the same mix, 1 is disjoint (Jensen–Shannon).",
    entities: super::world,
    measure: Measure::PerDomain(value),
};

fn value(view: &View<'_>, domain: usize, _: &Entity) -> f64 {
    let blocs = view.world.blocs();
    let share = &view.world.setting.markets.share[..blocs];
    let total: f64 = share.iter().sum();
    let weights: Vec<f64> = share.iter().map(|w| w / total).collect();
    let mixes: Vec<&[f64]> = (0..blocs).map(|b| view.world.mix(domain, b)).collect();
    metrics::divergence(&weights, &mixes)
}
