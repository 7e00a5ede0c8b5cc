use super::{Indicator, Measure, View};
use crate::layout::Entity;
use crate::scenario::Scenario;

pub(super) const INDICATOR: Indicator = Indicator {
    id: "cross-bloc-trade",
    name: "Cross-bloc trade",
    unit: "relative to the start (1)",
    low: 0.0,
    high: f64::INFINITY,
    formula: "(τ_ab / τ_ab at the start)^−ε, τ = 1 + k_τ (1 − I_ab) + k_ξ ξ_ab",
    reading: "Gravity read-out of trade between blocs; one of its numbers is fitted to a published figure.",
    entities,
    measure: Measure::Overall(value),
};

fn entities(scenario: &Scenario) -> Vec<Entity> {
    [super::world(scenario), super::pairs(scenario)].concat()
}

fn value(view: &View<'_>, entity: &Entity) -> f64 {
    let scenario = view.world.scenario();
    let groups = scenario.blocs.len() + 1;
    let (mut now, mut start) = (0.0, 0.0);
    for (at, (a, b)) in scenario.pairs().into_iter().enumerate() {
        if matches!(entity, Entity::Pair(x, y) if (*x, *y) != (a, b)) {
            continue;
        }
        let weight = scenario.trade[a * groups + b];
        now += weight * view.trade(at);
        start += weight;
    }
    if start > 0.0 { now / start } else { f64::NAN }
}
