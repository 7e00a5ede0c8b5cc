use super::{Indicator, Measure, View};
use crate::layout::Entity;
use crate::scenario::Scenario;

pub(super) const INDICATOR: Indicator = Indicator {
    id: "identical-share",
    name: "Identical adoptions",
    unit: "share of new texts",
    low: 0.0,
    high: 1.0,
    formula: "identical adoptions / texts issued since the start",
    reading: "Share of a bloc’s new texts that take over the international one unchanged; comparable with published adoption shares.",
    entities,
    measure: Measure::PerDomain(value),
};

fn entities(scenario: &Scenario) -> Vec<Entity> {
    [super::world(scenario), super::blocs(scenario)].concat()
}

fn value(view: &View<'_>, domain: usize, entity: &Entity) -> f64 {
    view.issued_share(domain, entity, |issued| issued.identical)
}
