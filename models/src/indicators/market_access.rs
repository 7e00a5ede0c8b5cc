use super::{Indicator, Measure, View};
use crate::layout::Entity;

pub(super) const INDICATOR: Indicator = Indicator {
    id: "market-access",
    name: "Market access",
    unit: "share of reachable revenue",
    low: 0.0,
    high: 1.0,
    formula: "revenue reached / revenue without restriction and mandates",
    reading: "What suppliers at home in a bloc reach of the revenue that would be open to them without restrictions and mandates.",
    entities: super::world_blocs_rest,
    measure: Measure::PerDomain(value),
};

fn value(view: &View<'_>, domain: usize, entity: &Entity) -> f64 {
    let world = view.world;
    let (mut reached, mut reachable) = (0.0, 0.0);
    for home in view.homes(entity) {
        for g in 0..world.groups() {
            reached += (0..world.standards()).map(|s| view.revenue(domain, home, g, s)).sum::<f64>();
            let best = (0..world.standards()).filter(|s| world.offered(domain, *s)).map(|s| world.demand(domain, g, s)).fold(0.0, f64::max);
            reachable += view.suppliers(home) * world.revenue_weight(home, g) * best;
        }
    }
    if reachable > 0.0 { reached / reachable } else { f64::NAN }
}
