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
    let (Entity::BlocStandard(_, standard) | Entity::GroupStandard(_, standard)) = entity else { return f64::NAN };
    let (mut used, mut total) = (0.0, 0.0);
    for m in view.markets(entity) {
        let active = view.world.active_size(domain, m);
        let whole = view.world.setting.adopters.market_size[m];
        total += whole;
        used += standard.map_or(whole - active, |s| active * view.world.mix(domain, m)[s]);
    }
    if total > 0.0 { used / total } else { f64::NAN }
}
