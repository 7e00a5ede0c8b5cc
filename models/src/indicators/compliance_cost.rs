use super::{Indicator, Measure, View};
use crate::layout::Entity;

pub(super) const INDICATOR: Indicator = Indicator {
    id: "compliance-cost",
    name: "Compliance cost",
    unit: "share of revenue",
    low: 0.0,
    high: f64::INFINITY,
    formula: "Σ (conformity + variant cost) / Σ revenue, by home of the supplier",
    reading: "What suppliers at home in a bloc spend on conformity and on keeping product variants.",
    entities: super::world_blocs_rest,
    measure: Measure::PerDomain(value),
};

fn value(view: &View<'_>, domain: usize, entity: &Entity) -> f64 {
    let world = view.world;
    let (mut cost, mut revenue) = (0.0, 0.0);
    for home in view.homes(entity) {
        cost += view.upkeep(domain, home);
        for g in 0..world.groups() {
            for s in 0..world.standards() {
                let earned = view.revenue(domain, home, g, s);
                revenue += earned;
                cost += earned * world.group_cost(domain, g, s);
            }
        }
    }
    if revenue > 0.0 { cost / revenue } else { f64::NAN }
}
