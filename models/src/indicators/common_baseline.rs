use super::{Indicator, Measure, View};
use crate::layout::Entity;

pub(super) const INDICATOR: Indicator = Indicator {
    id: "common-baseline",
    name: "Common foundation",
    unit: "share of active adopters",
    low: 0.0,
    high: 1.0,
    formula: "share of active adopters whose foundation standard is the international one",
    reading: "The least that the policy brief asks for: terms, architecture and testing in common. Read in the domain called foundation, or the first.",
    entities: super::world_blocs_rest,
    measure: Measure::Overall(value),
};

fn value(view: &View<'_>, entity: &Entity) -> f64 {
    let world = view.world;
    let domain = world.scenario().domains.iter().position(|d| d.id == "foundation").unwrap_or(0);
    let (mut common, mut active) = (0.0, 0.0);
    view.each_market(entity, |m| {
        let size = view.active(domain, m);
        active += size;
        common += size * world.mix(domain, m)[world.blocs()];
    });
    if active > 0.0 { common / active } else { f64::NAN }
}
