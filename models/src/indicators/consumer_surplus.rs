use super::{Indicator, Measure, View};
use crate::layout::Entity;
use crate::scenario::Scenario;

pub(super) const INDICATOR: Indicator = Indicator {
    id: "consumer-surplus",
    name: "Adopters’ surplus",
    unit: "utility units per active adopter",
    low: f64::NEG_INFINITY,
    high: f64::INFINITY,
    formula: "size-weighted mean of ln Σ exp(U) at the last choice, without home preference; the switching cost only for those who switched",
    reading: "How well adopters are served by their choice; only differences between scenarios mean something (Small & Rosen 1981).",
    entities,
    measure: Measure::PerDomain(value),
};

fn entities(scenario: &Scenario) -> Vec<Entity> {
    [super::world_blocs_rest(scenario), super::groups(scenario)].concat()
}

fn value(view: &View<'_>, domain: usize, entity: &Entity) -> f64 {
    let world = view.world;
    let (mut sum, mut active) = (0.0, 0.0);
    view.each_market(entity, |m| {
        sum += world.uptake.surplus_sum[domain * world.setting.markets.len() + m];
        active += view.active(domain, m);
    });
    if active > 0.0 { sum / active } else { f64::NAN }
}
