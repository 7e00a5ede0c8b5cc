use super::{Indicator, Measure, View};
use crate::layout::Entity;
use crate::world::distance;

pub(super) const INDICATOR: Indicator = Indicator {
    id: "standards-distance",
    name: "Distance of required texts",
    unit: "distance in requirement space, 0 to 1.41",
    low: 0.0,
    high: 1.4143,
    formula: "mean of |x_a − x_b| over pairs of blocs",
    reading: "How far the texts that blocs require lie apart: drafting, not use.",
    entities: super::world,
    measure: Measure::PerDomain(value),
};

fn value(view: &View<'_>, domain: usize, _: &Entity) -> f64 {
    let world = view.world;
    let pairs = world.scenario().pairs();
    let point = |b: usize| world.texts.point[world.text(domain, world.required(domain, b))];
    pairs.iter().map(|(a, b)| distance(point(*a), point(*b))).sum::<f64>() / pairs.len().max(1) as f64
}
