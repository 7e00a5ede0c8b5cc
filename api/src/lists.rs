//! The lists that a client shows: scenarios, levers, uncertainties, indicators.

use std::sync::OnceLock;

use faultline_models::indicators::INDICATORS;
use faultline_models::levers::{LEVERS, Lever, Scope};
use faultline_models::scenario::{Adjust, Scenario};
use faultline_models::uncertainties::UNCERTAINTIES;

use crate::embedded;
use crate::refusal::Refusal;
use crate::scenarios::{self, Loaded};
use crate::show;
use crate::wire::{IndicatorLine, LeverLine, ScenarioLine, UncertaintyLine};

/// The shipped scenarios, the baseline first.
///
/// # Errors
/// When a shipped file has problems.
pub fn scenarios() -> Result<Vec<ScenarioLine>, Refusal> {
    let line = |id: String| {
        let Scenario { id, name, story, extends, .. } = scenarios::open(&id, &Adjust::default())?.scenario;
        Ok(ScenarioLine { id, name, gist: story.first().map_or("", |p| first_sentence(p)).to_owned(), extends: extends.into_iter().next() })
    };
    embedded::scenario_ids().into_iter().map(line).collect()
}

fn first_sentence(paragraph: &str) -> &str {
    paragraph.find(". ").map_or(paragraph, |end| &paragraph[..=end])
}

/// The baseline as it is shipped.
///
/// # Errors
/// When the shipped file has problems.
pub fn baseline() -> Result<Loaded, Refusal> {
    static BASELINE: OnceLock<Result<Loaded, Refusal>> = OnceLock::new();
    BASELINE.get_or_init(|| scenarios::open(embedded::BASELINE, &Adjust::default())).clone()
}

/// All levers with today's values in the baseline.
///
/// # Errors
/// When the baseline has problems.
pub fn levers() -> Result<Vec<LeverLine>, Refusal> {
    let scenario = baseline()?.scenario;
    Ok(LEVERS.iter().map(|lever| lever_line(lever, &scenario)).collect())
}

fn lever_line(lever: &Lever, scenario: &Scenario) -> LeverLine {
    let bloc = |b: usize| scenario.blocs[b].id.as_str();
    let slots: Vec<String> = match lever.scope {
        Scope::World => vec!["world".to_owned()],
        Scope::Bloc => scenario.blocs.iter().map(|bloc| bloc.id.clone()).collect(),
        Scope::Pair => scenario.pairs().into_iter().map(|(a, b)| format!("{}-{}", bloc(a), bloc(b))).collect(),
    };
    LeverLine {
        id: lever.id,
        name: lever.name.to_owned(),
        per: lever.scope.word(),
        unit: lever.unit.to_owned(),
        low: lever.low,
        high: lever.high,
        decoupling: lever.corner_decoupling,
        cooperation: lever.corner_cooperation,
        today: slots.into_iter().zip(scenario.levers_today[lever.index()][0].iter().copied()).collect(),
        group: lever.group.to_owned(),
        reading: lever.reading.to_owned(),
    }
}

/// All uncertainties with their values in the baseline.
///
/// # Errors
/// When the baseline has problems.
pub fn uncertainties() -> Result<Vec<UncertaintyLine>, Refusal> {
    let numbers = show::numbers(&baseline()?.scenario, None);
    let line = |u: &faultline_models::uncertainties::Uncertainty| {
        let key = format!("uncertainties.{}", u.id);
        let below = format!("{key}.");
        let values = numbers.iter().filter(|n| n.key == key || n.key.starts_with(&below)).cloned().collect();
        UncertaintyLine {
            id: u.id,
            name: u.name.to_owned(),
            unit: u.unit.to_owned(),
            values,
            group: u.group.to_owned(),
            reading: u.reading.to_owned(),
        }
    };
    Ok(UNCERTAINTIES.iter().map(line).collect())
}

/// All indicators.
pub fn indicators() -> Vec<IndicatorLine> {
    INDICATORS
        .iter()
        .map(|i| IndicatorLine {
            id: i.id,
            name: i.name.to_owned(),
            unit: i.unit.to_owned(),
            low: i.low,
            high: i.high.is_finite().then_some(i.high),
            formula: i.formula,
            reading: i.reading.to_owned(),
        })
        .collect()
}
