use super::{Indicator, Measure, View};
use crate::layout::Entity;
use crate::rules::recognise;

pub(super) const INDICATOR: Indicator = Indicator {
    id: "fragmentation-world",
    name: "Fragmentation with third countries",
    unit: "index, 0 to 1",
    low: 0.0,
    high: 1.0,
    formula: "the same over blocs and groups of economies",
    reading: "As fragmentation, with the groups of economies outside the blocs counted as well.",
    entities: super::world,
    measure: Measure::PerDomain(value),
};

fn value(view: &View<'_>, domain: usize, _: &Entity) -> f64 {
    let world = view.world;
    let blocs = world.blocs();
    let rows = blocs + world.scenario().groups.len();
    let weights: Vec<f64> = (0..rows).map(|row| view.row(domain, row).size).collect();
    let n = world.standards();
    let mix = |row: usize| if row < blocs { world.mix(domain, row) } else { view.pooled_row(domain, row) };
    recognise::fragmentation(&weights, &world.rules.sigma[domain * n * n..(domain + 1) * n * n], mix)
}
