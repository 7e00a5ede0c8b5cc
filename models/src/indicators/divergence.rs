use super::{Indicator, Measure, View};
use crate::layout::Entity;
use crate::metrics;
use crate::rules::adopt::MAX_STANDARDS;

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
    let weights: [f64; MAX_STANDARDS] = std::array::from_fn(|b| if b < blocs { share[b] / total } else { 0.0 });
    let mixes: [&[f64]; MAX_STANDARDS] = std::array::from_fn(|b| if b < blocs { view.world.mix(domain, b) } else { &[] });
    metrics::divergence(&weights[..blocs], &mixes[..blocs])
}
