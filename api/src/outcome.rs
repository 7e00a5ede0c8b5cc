//! The outcome of an ensemble or a comparison as plain values for clients.

use faultline_models::MODEL_VERSION;
use faultline_models::indicators::Indicator;
use faultline_models::layout::Entity;

use crate::compare::{Comparison, HEADLINES};
use crate::summary::future_name;
use crate::wire::{DifferenceLine, FigureLine, Outcome, ScenarioOutcome};

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
    let mut futures: Vec<(String, f64)> =
        findings.futures.iter().map(|(future, n)| (future_name(*future, &ensemble.scenario), *n as f64 / findings.runs.max(1) as f64)).collect();
    futures.sort_by(|a, b| b.1.total_cmp(&a.1));
    let fragmentation = ensemble.layout.find("fragmentation", &Entity::World, None);
    ScenarioOutcome {
        id: ensemble.scenario.id.clone(),
        name: ensemble.scenario.name.clone(),
        quarter: calendar.quarter(comparison.last_row(index)).to_string(),
        futures,
        figures: HEADLINES.iter().flat_map(|id| figures(comparison, index, id)).collect(),
        fragmentation: fragmentation
            .map_or_else(Vec::new, |at| (0..calendar.rows).map(|row| (calendar.quarter(row).to_string(), findings.at(row, at).mean)).collect()),
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
        name: indicator.name,
        entity: column.entity.label(&ensemble.scenario),
        unit: indicator.unit,
        mean: s.mean,
        half_width: s.half_width(),
        q05: s.quantiles[0],
        q50: s.median(),
        q95: s.quantiles[4],
        difference: difference.map(|d| DifferenceLine {
            mean: d.paired.statistics.mean,
            half_width: d.paired.statistics.half_width(),
            run_agreement: d.paired.share_higher,
            share_lower: d.paired.share_lower,
            distinguishable: d.paired.distinguishable(),
            further_runs: d.paired.further_runs(),
        }),
    })
}
