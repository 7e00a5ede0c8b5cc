//! The indicators: what is read off a run. One file each, one line in [`INDICATORS`].
//!
//! An indicator changes nothing. One that speaks of a domain is measured in each, and its value over all domains is the
//! weighted mean of those that are defined.

mod adoption_share;
mod alignment;
mod alignment_switches;
mod brussels_share;
mod common_baseline;
mod compliance_cost;
mod concentration;
mod consumer_surplus;
mod cross_bloc_trade;
mod divergence;
mod drafting_time;
mod dual_track_share;
mod effective_standards;
mod fragmentation;
mod fragmentation_world;
mod identical_share;
mod interoperability;
mod market_access;
mod standards_distance;
mod tension;
mod view;

pub(crate) use view::View;

use crate::layout::{Column, Entity, Layout};
use crate::scenario::Scenario;
use crate::world::World;

/// A quantity read off a run.
#[derive(Debug, Clone, Copy)]
pub struct Indicator {
    /// Key in tables and on the command line.
    pub id: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// Unit in words.
    pub unit: &'static str,
    /// Smallest possible value.
    pub low: f64,
    /// Largest possible value; infinite where there is none.
    pub high: f64,
    /// Formula in the notation of the model text.
    pub formula: &'static str,
    /// How to read it.
    pub reading: &'static str,
    /// Whom it speaks of.
    pub(crate) entities: fn(&Scenario) -> Vec<Entity>,
    pub(crate) measure: Measure,
}

/// How an indicator is measured.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Measure {
    /// In each domain; over all domains as the weighted mean.
    PerDomain(fn(&View<'_>, usize, &Entity) -> f64),
    /// Once.
    Overall(fn(&View<'_>, &Entity) -> f64),
}

/// All indicators, in the order of tables.
pub const INDICATORS: &[&Indicator] = &[
    &fragmentation::INDICATOR,
    &fragmentation_world::INDICATOR,
    &interoperability::INDICATOR,
    &divergence::INDICATOR,
    &effective_standards::INDICATOR,
    &concentration::INDICATOR,
    &adoption_share::INDICATOR,
    &standards_distance::INDICATOR,
    &identical_share::INDICATOR,
    &dual_track_share::INDICATOR,
    &drafting_time::INDICATOR,
    &compliance_cost::INDICATOR,
    &market_access::INDICATOR,
    &cross_bloc_trade::INDICATOR,
    &brussels_share::INDICATOR,
    &alignment::INDICATOR,
    &alignment_switches::INDICATOR,
    &common_baseline::INDICATOR,
    &consumer_surplus::INDICATOR,
    &tension::INDICATOR,
];

impl Indicator {
    /// The indicator with this id.
    pub fn find(id: &str) -> Option<&'static Indicator> {
        INDICATORS.iter().copied().find(|indicator| indicator.id == id)
    }

    /// Whether it is measured in each domain.
    pub fn per_domain(&self) -> bool {
        matches!(self.measure, Measure::PerDomain(_))
    }
}

/// The columns of a scenario: per indicator and entity the value over all domains, then each domain.
pub(crate) fn layout(scenario: &Scenario, indicators: &[&'static Indicator]) -> Layout {
    let mut columns = Vec::new();
    for indicator in indicators {
        for entity in (indicator.entities)(scenario) {
            let domains = if indicator.per_domain() { scenario.domains.len() } else { 0 };
            for domain in std::iter::once(None).chain((0..domains).map(Some)) {
                columns.push(Column { indicator: indicator.id, entity: entity.clone(), domain });
            }
        }
    }
    Layout { columns }
}

/// Measures row after row of one run.
pub(crate) struct Gauge {
    entities: Vec<(&'static Indicator, Vec<Entity>)>,
    start: view::Start,
}

impl Gauge {
    /// A gauge for a run in its start state.
    pub(crate) fn new(world: &World<'_>) -> Gauge {
        let entities = world.setting.indicators.iter().map(|indicator| (*indicator, (indicator.entities)(world.scenario()))).collect();
        Gauge { entities, start: view::Start::of(world) }
    }

    /// Appends the values of all columns in the order of the layout.
    pub(crate) fn measure(&mut self, world: &World<'_>, values: &mut Vec<f64>) {
        let view = View::new(world, &self.start);
        for (indicator, entities) in &self.entities {
            for entity in entities {
                match indicator.measure {
                    Measure::Overall(value) => values.push(value(&view, entity)),
                    Measure::PerDomain(value) => per_domain(&view, value, entity, values),
                }
            }
        }
    }

    /// Effective standards over all domains.
    pub(crate) fn effective_standards(&self, world: &World<'_>) -> f64 {
        let view = View::new(world, &self.start);
        world.over_domains(|d| effective_standards::value(&view, d, &Entity::World))
    }
}

fn per_domain(view: &View<'_>, value: fn(&View<'_>, usize, &Entity) -> f64, entity: &Entity, values: &mut Vec<f64>) {
    let at = values.len();
    values.push(f64::NAN);
    values.extend((0..view.world.domains()).map(|d| value(view, d, entity)));
    values[at] = view.world.over_domains(|d| values[at + 1 + d]);
}

fn world(_: &Scenario) -> Vec<Entity> {
    vec![Entity::World]
}

fn blocs(scenario: &Scenario) -> Vec<Entity> {
    (0..scenario.blocs.len()).map(Entity::Bloc).collect()
}

fn rest(scenario: &Scenario) -> Vec<Entity> {
    if scenario.economies.is_empty() { Vec::new() } else { vec![Entity::Rest] }
}

fn groups(scenario: &Scenario) -> Vec<Entity> {
    (0..scenario.groups.len()).map(Entity::Group).collect()
}

fn pairs(scenario: &Scenario) -> Vec<Entity> {
    scenario.pairs().into_iter().map(|(a, b)| Entity::Pair(a, b)).collect()
}

fn standards(scenario: &Scenario) -> Vec<Entity> {
    (0..scenario.standards()).map(Entity::Standard).collect()
}

fn world_blocs_rest(scenario: &Scenario) -> Vec<Entity> {
    [world(scenario), blocs(scenario), rest(scenario)].concat()
}

/// Number of columns of a scenario's trajectories.
pub fn columns(scenario: &Scenario) -> usize {
    layout(scenario, INDICATORS).columns.len()
}
