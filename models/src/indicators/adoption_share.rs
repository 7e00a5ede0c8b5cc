use super::{Indicator, Measure, View};
use crate::layout::Entity;
use crate::scenario::Scenario;

pub(super) const INDICATOR: Indicator = Indicator {
    id: "adoption-share",
    name: "Adoption share",
    unit: "share of the market’s size",
    low: 0.0,
    high: 1.0,
    formula: "y_ms · active share; with “none” they add to 1",
    reading: "Share of a market, by size of adopters, that uses a standard; “none” has not adopted any yet.",
    entities,
    measure: Measure::PerDomain(value),
};

fn entities(scenario: &Scenario) -> Vec<Entity> {
    let options: Vec<Option<usize>> = (0..scenario.standards()).map(Some).chain([None]).collect();
    let blocs = (0..scenario.blocs.len()).flat_map(|b| options.iter().map(move |s| Entity::BlocStandard(b, *s)));
    let groups = (0..scenario.groups.len()).flat_map(|g| options.iter().map(move |s| Entity::GroupStandard(g, *s)));
    blocs.chain(groups).collect()
}

fn value(view: &View<'_>, domain: usize, entity: &Entity) -> f64 {
    let (row, standard) = match entity {
        Entity::BlocStandard(b, standard) => (*b, *standard),
        Entity::GroupStandard(g, standard) => (view.world.blocs() + g, *standard),
        _ => return f64::NAN,
    };
    let row = view.row(domain, row);
    let used = standard.map_or(row.idle, |s| row.used[s]);
    if row.whole > 0.0 { used / row.whole } else { f64::NAN }
}
