use super::{Indicator, Measure, View};
use crate::layout::Entity;

pub(super) const INDICATOR: Indicator = Indicator {
    id: "brussels-share",
    name: "De-facto compliance abroad",
    unit: "share of sales outside the bloc",
    low: 0.0,
    high: 1.0,
    formula: "sales outside b whose variant implements b’s required text without being required to / all sales outside b",
    reading: "How far what a bloc requires is met beyond its border without being required there, because suppliers find one product cheaper than two (Bradford 2012). Where the bloc requires the international text, it is sales of that text that count.",
    entities: super::blocs,
    measure: Measure::PerDomain(value),
};

fn value(view: &View<'_>, domain: usize, entity: &Entity) -> f64 {
    let Entity::Bloc(b) = entity else { return f64::NAN };
    let world = view.world;
    let text = world.required(domain, *b);
    let (mut complying, mut all) = (0.0, 0.0);
    for g in (0..world.groups()).filter(|g| g != b) {
        let free = 1.0 - requiring(view, domain, g, text);
        for home in 0..world.groups() {
            all += (0..world.standards()).map(|s| view.revenue(domain, home, g, s)).sum::<f64>();
            complying += view.revenue(domain, home, g, text) * free;
        }
    }
    if all > 0.0 { complying / all } else { f64::NAN }
}

/// Share of a market group, by size, in which a text is the required one.
fn requiring(view: &View<'_>, domain: usize, group: usize, text: usize) -> f64 {
    let world = view.world;
    let rows = if group < world.blocs() { group..group + 1 } else { world.blocs()..world.blocs() + world.scenario().groups.len() };
    let (of_text, all) =
        rows.map(|row| view.row(domain, row)).fold((0.0, 0.0), |(of_text, all), row| (of_text + row.requiring[text], all + row.size));
    if all > 0.0 { of_text / all } else { 0.0 }
}
