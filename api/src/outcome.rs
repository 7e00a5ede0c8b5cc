//! The outcome of an ensemble or a comparison as plain values for clients.

use faultline_models::MODEL_VERSION;
use faultline_models::indicators::Indicator;
use faultline_models::layout::Entity;
use faultline_models::scenario::Scenario;
use faultline_models::trajectory::Future;

use crate::compare::{Comparison, Difference, HEADLINES};
use crate::wire::{DifferenceLine, FigureLine, FutureLine, Outcome, ScenarioOutcome};
use crate::words::parts_of_100;

/// The outcome at the last quarter that a scenario shares with the baseline.
pub fn of(comparison: &Comparison, files: Vec<String>) -> Outcome {
    let (runs_done, runs_asked) = comparison.runs();
    Outcome {
        model_version: MODEL_VERSION,
        seed: comparison.seed,
        runs_asked,
        runs_done,
        scenarios: (0..comparison.ensembles.len()).map(|index| scenario(comparison, index)).collect(),
        files,
    }
}

fn scenario(comparison: &Comparison, index: usize) -> ScenarioOutcome {
    let (ensemble, findings) = (&comparison.ensembles[index], &comparison.findings[index]);
    let calendar = ensemble.scenario.calendar;
    let fragmentation = ensemble.layout.find("fragmentation", &Entity::World, None);
    ScenarioOutcome {
        id: ensemble.scenario.id.clone(),
        name: ensemble.scenario.name.clone(),
        quarter: calendar.quarter(comparison.last_row(index)).to_string(),
        futures: futures(comparison, index),
        figures: headlines(comparison, index),
        fragmentation: fragmentation
            .map_or_else(Vec::new, |at| (0..calendar.rows).map(|row| (calendar.quarter(row).to_string(), findings.at(row, at).mean)).collect()),
    }
}

/// Where the runs of a scenario end, most frequent first.
pub fn futures(comparison: &Comparison, index: usize) -> Vec<FutureLine> {
    let mut counts = comparison.findings[index].futures.clone();
    counts.sort_by_key(|(future, count)| (std::cmp::Reverse(*count), *future));
    let parts = parts_of_100(&counts.iter().map(|(_, count)| *count).collect::<Vec<_>>());
    let line = |((future, runs), of_100)| FutureLine {
        kind: future_kind(future),
        name: future_name(future, &comparison.ensembles[index].scenario),
        runs,
        of_100,
    };
    counts.into_iter().zip(parts).map(line).collect()
}

/// Kind of a future: the class that charts colour by.
pub(crate) fn future_kind(future: Future) -> &'static str {
    match future {
        Future::SingleMarket => "single-market",
        Future::CommonCore => "common-core",
        Future::Bridge(_) => "bridge",
        Future::TwoBlocs(..) => "two-blocs",
        Future::Split => "split",
    }
}

/// Name of a future in a scenario.
fn future_name(future: Future, scenario: &Scenario) -> String {
    let bloc = |b: usize| scenario.blocs[b].id.as_str();
    match future {
        Future::SingleMarket => "single market".to_owned(),
        Future::CommonCore => "common core".to_owned(),
        Future::Bridge(b) => format!("bridge ({})", bloc(b)),
        Future::TwoBlocs(a, b) => format!("two blocs ({} with {})", bloc(a), bloc(b)),
        Future::Split if scenario.blocs.len() == 3 => "three-way split".to_owned(),
        Future::Split => "full split".to_owned(),
    }
}

/// Headline figures of a scenario, with paired differences to the baseline.
pub(crate) fn headlines(comparison: &Comparison, index: usize) -> Vec<FigureLine> {
    HEADLINES.iter().flat_map(|id| figures(comparison, index, id)).collect()
}

/// A paired difference as a line.
pub(crate) fn difference_line(d: &Difference) -> DifferenceLine {
    DifferenceLine {
        mean: d.paired.statistics.mean,
        half_width: d.paired.statistics.half_width(),
        run_agreement: d.paired.share_higher,
        share_lower: d.paired.share_lower,
        distinguishable: d.paired.distinguishable(),
        further_runs: d.paired.further_runs(),
    }
}

/// The figures of an indicator over all domains: for the world where there is such a value, else for each bloc or pair.
fn figures(comparison: &Comparison, index: usize, id: &str) -> Vec<FigureLine> {
    comparison.whole(index, id).into_iter().filter_map(|at| figure(comparison, index, at)).collect()
}

fn figure(comparison: &Comparison, index: usize, at: usize) -> Option<FigureLine> {
    let ensemble = &comparison.ensembles[index];
    let column = &ensemble.layout.columns[at];
    let indicator = Indicator::find(column.indicator)?;
    let row = comparison.last_row(index);
    let s = comparison.findings[index].at(row, at);
    let difference = if index == 0 { None } else { comparison.difference(index, at, row) };
    Some(FigureLine {
        indicator: indicator.id,
        name: indicator.name.to_owned(),
        entity: column.entity.label(&ensemble.scenario),
        unit: indicator.unit.to_owned(),
        mean: s.mean,
        half_width: s.half_width(),
        q05: s.quantiles[0],
        q50: s.median(),
        q95: s.quantiles[4],
        difference: difference.as_ref().map(difference_line),
    })
}
