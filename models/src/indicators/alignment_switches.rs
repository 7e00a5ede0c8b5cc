use super::{Indicator, Measure, View};
use crate::layout::Entity;

pub(super) const INDICATOR: Indicator = Indicator {
    id: "alignment-switches",
    name: "Changes of alignment",
    unit: "share of economies’ size per quarter",
    low: 0.0,
    high: 1.0,
    formula: "Σ size of economies that changed / Σ size",
    reading: "How restless third countries are: share, by size, that changed its alignment in the quarter.",
    entities: super::rest,
    measure: Measure::PerDomain(value),
};

fn value(view: &View<'_>, domain: usize, _: &Entity) -> f64 {
    let total = view.world.setting.markets.group_share[view.world.blocs()];
    if total > 0.0 { view.world.alignment_switches[domain] / total } else { f64::NAN }
}
