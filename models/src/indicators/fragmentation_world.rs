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
    let mut weights = world.setting.markets.share[..blocs].to_vec();
    let mut mixes: Vec<Vec<f64>> = (0..blocs).map(|b| world.mix(domain, b).to_vec()).collect();
    for g in 0..world.scenario().groups.len() {
        weights.push(view.markets(&Entity::Group(g)).map(|m| world.setting.markets.share[m]).sum());
        mixes.push(view.pooled(domain, view.markets(&Entity::Group(g))));
    }
    let n = world.standards();
    recognise::fragmentation(&weights, &world.rules.sigma[domain * n * n..(domain + 1) * n * n], |b| &mixes[b])
}
