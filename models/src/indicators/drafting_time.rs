use super::{Indicator, Measure, View};
use crate::layout::Entity;

pub(super) const INDICATOR: Indicator = Indicator {
    id: "drafting-time",
    name: "Drafting time",
    unit: "months",
    low: 0.0,
    high: f64::INFINITY,
    formula: "mean months from start to publication",
    reading: "Mean time from the start of a work item to the new edition, failed ballots included, over the editions so far.",
    entities: super::standards,
    measure: Measure::Overall(value),
};

fn value(view: &View<'_>, entity: &Entity) -> f64 {
    let Entity::Standard(s) = entity else { return f64::NAN };
    let world = view.world;
    let bodies = (0..world.domains()).map(|d| world.bodies[world.text(d, *s)].drafting);
    let (ticks, editions) = bodies.fold((0, 0), |sum, body| (sum.0 + body.0, sum.1 + body.1));
    if editions > 0 { 3.0 * f64::from(ticks) / f64::from(editions) } else { f64::NAN }
}
