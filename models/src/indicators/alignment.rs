use super::{Indicator, Measure, View};
use crate::layout::Entity;
use crate::scenario::Scenario;

pub(super) const INDICATOR: Indicator = Indicator {
    id: "alignment",
    name: "Alignment of third countries",
    unit: "share of economies’ size",
    low: 0.0,
    high: 1.0,
    formula: "Σ size of economies aligned with s / Σ size",
    reading: "Who follows whom: share of the economies outside the blocs, by size, that align with a standard.",
    entities,
    measure: Measure::PerDomain(value),
};

fn entities(scenario: &Scenario) -> Vec<Entity> {
    if scenario.economies.is_empty() {
        return Vec::new();
    }
    let groups = (0..scenario.groups.len()).flat_map(|g| (0..scenario.standards()).map(move |s| Entity::GroupStandard(g, Some(s))));
    super::standards(scenario).into_iter().chain(groups).collect()
}

fn value(view: &View<'_>, domain: usize, entity: &Entity) -> f64 {
    let world = view.world;
    let (standard, group) = match entity {
        Entity::Standard(s) => (*s, None),
        Entity::GroupStandard(g, Some(s)) => (*s, Some(*g)),
        _ => return f64::NAN,
    };
    let (mut aligned, mut total) = (0.0, 0.0);
    for row in (0..world.scenario().groups.len()).filter(|g| group.is_none_or(|wanted| wanted == *g)).map(|g| view.row(domain, world.blocs() + g)) {
        total += row.size;
        aligned += row.aligned[standard];
    }
    if total > 0.0 { aligned / total } else { f64::NAN }
}
