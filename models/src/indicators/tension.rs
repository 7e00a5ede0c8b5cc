use super::{Indicator, Measure, View};
use crate::layout::Entity;

pub(super) const INDICATOR: Indicator = Indicator {
    id: "tension",
    name: "Tension",
    unit: "index, 0 to 1",
    low: 0.0,
    high: 1.0,
    formula: "T of rule (1)",
    reading: "Political tension; above its start it draws the levers towards decoupling.",
    entities: super::world,
    measure: Measure::Overall(value),
};

fn value(view: &View<'_>, _: &Entity) -> f64 {
    view.world.climate.tension
}
