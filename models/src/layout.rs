//! Which numbers a trajectory holds: one column per indicator, entity and domain.

use crate::scenario::Scenario;

/// Whom a column speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Entity {
    /// The whole world, or all blocs together.
    World,
    /// A bloc, by index.
    Bloc(usize),
    /// A pair of blocs, by indices, the lower first.
    Pair(usize, usize),
    /// A group of economies, by index.
    Group(usize),
    /// All economies outside the blocs.
    Rest,
    /// A standard, by index; the international one is last.
    Standard(usize),
    /// The share of a standard (or of none) in a bloc.
    BlocStandard(usize, Option<usize>),
    /// The share of a standard (or of none) in a group of economies.
    GroupStandard(usize, Option<usize>),
}

impl Entity {
    /// Label used in tables: `world`, `EU`, `CN-US`, `emerging`, `rest`, `INT`, `EU:INT`, `EU:none`.
    pub fn label(&self, scenario: &Scenario) -> String {
        let bloc = |b: usize| scenario.blocs[b].id.clone();
        let group = |g: usize| scenario.groups[g].id.clone();
        let standard = |s: Option<usize>| s.map_or("none", |s| scenario.standard_label(s)).to_owned();
        match self {
            Entity::World => "world".to_owned(),
            Entity::Rest => "rest".to_owned(),
            Entity::Bloc(b) => bloc(*b),
            Entity::Pair(a, b) => format!("{}-{}", bloc(*a), bloc(*b)),
            Entity::Group(g) => group(*g),
            Entity::Standard(s) => standard(Some(*s)),
            Entity::BlocStandard(b, s) => format!("{}:{}", bloc(*b), standard(*s)),
            Entity::GroupStandard(g, s) => format!("{}:{}", group(*g), standard(*s)),
        }
    }
}

/// One column of a trajectory.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Column {
    /// Id of the indicator.
    pub indicator: &'static str,
    /// Whom it speaks of.
    pub entity: Entity,
    /// The domain, or `None` for the weighted sum over domains.
    pub domain: Option<usize>,
}

/// The columns of every trajectory of a scenario, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The columns.
    pub columns: Vec<Column>,
}

impl Layout {
    /// The columns of a scenario.
    pub fn of_scenario(scenario: &Scenario) -> Layout {
        crate::indicators::layout(scenario)
    }

    /// Position of a column.
    pub fn find(&self, indicator: &str, entity: &Entity, domain: Option<usize>) -> Option<usize> {
        self.columns.iter().position(|c| c.indicator == indicator && c.entity == *entity && c.domain == domain)
    }

    /// Positions of all columns of an indicator.
    pub fn of<'a>(&'a self, indicator: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.columns.iter().enumerate().filter(move |(_, c)| c.indicator == indicator).map(|(i, _)| i)
    }
}
