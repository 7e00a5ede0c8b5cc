//! Compare: two to four scenarios against the baseline, run by run under the same chances.

use faultline_charts::catalogue::Shows;
use faultline_models::findings::Statistics;

use super::text::Text;
use super::{Desk, explore, figures, inputs};
use crate::charts;
use crate::compare::{Comparison, Difference, HEADLINES};
use crate::outcome;
use crate::refusal::Refusal;
use crate::wire_desktop::{CompareAsk, CompareStep, Draft, Finding, OutcomeCell, OutcomeRow, Progress, ScreenFigure, SmallMultiples, Spread, Stage};
use crate::words::of_100;

/// Most scenarios beside the baseline.
const MOST: usize = 4;

/// Answers a request of Compare, step by step.
///
/// # Errors
/// All problems of the drafts, too few or too many of them, an unknown chart, or a failure of the run.
pub(crate) fn compare(desk: &Desk, ask: &CompareAsk, sink: &(dyn Fn(CompareStep) + Sync)) -> Result<(), Refusal> {
    let request = desk.compares.begin(&ask.ticket);
    if !(2..=MOST + 1).contains(&ask.drafts.len()) {
        return Err(Refusal::input(format!("{} scenarios are chosen; compare one to {MOST} with the baseline", ask.drafts.len().saturating_sub(1))));
    }
    let text = Text(ask.language);
    let _turn = desk.compares.turn();
    let drafts: Vec<&Draft> = ask.drafts.iter().collect();
    let work = explore::Work::begin(desk, &ask.ticket, &drafts, (ask.runs, ask.seed, ask.adopters))?;
    let owned = work.scenarios();
    let scenarios: Vec<_> = owned.iter().collect();
    let differing = inputs::differing(&scenarios, text);
    let own: Vec<_> = (1..scenarios.len()).map(|i| inputs::differing(&[scenarios[0], scenarios[i]], text)).collect();
    let ids: Vec<String> = ask.drafts.iter().map(|d| d.id.clone()).collect();
    let answer = |comparison: &Comparison, progress: Progress, keys: &[String]| {
        let charts = ask.charts.iter().map(|chart| multiples(comparison, chart, ask)).collect::<Result<Vec<_>, _>>()?;
        let findings = (1..ids.len()).map(|i| explore::finding(comparison, i, &own[i - 1], text)).collect();
        sink(CompareStep {
            futures: explore::futures(comparison, &ids, ask.language),
            outcomes: outcomes(comparison, &ids, text),
            findings,
            charts,
            inputs: differing.clone(),
            results: keys.to_vec(),
            progress,
        });
        Ok(())
    };
    let cancelled = |progress: Progress| sink(nothing(progress));
    let preview = ask.runs.min(24);
    let result = work.run(preview, &request, answer, cancelled);
    desk.compares.end(&ask.ticket);
    result
}

fn nothing(progress: Progress) -> CompareStep {
    debug_assert_eq!(progress.stage, Stage::Cancelled);
    let findings: Vec<Finding> = Vec::new();
    CompareStep { progress, futures: Vec::new(), outcomes: Vec::new(), findings, charts: Vec::new(), inputs: Vec::new(), results: Vec::new() }
}

/// One chart of all scenarios, or one per scenario on the same axes.
fn multiples(comparison: &Comparison, chart: &crate::wire_desktop::ChartAsk, ask: &CompareAsk) -> Result<SmallMultiples, Refusal> {
    let kind = charts::find(&chart.chart)?;
    let wish = figures::wish(chart, ask.theme, ask.language);
    let all: Vec<usize> = (0..comparison.ensembles.len()).collect();
    let together = kind.shows == Shows::All;
    let figures: Vec<ScreenFigure> = if together {
        vec![figures::figure(comparison, &all, kind.id, &wish)?]
    } else {
        let of = |i: &usize| {
            let beside = [0, *i];
            figures::figure(comparison, if *i == 0 { &beside[..1] } else { &beside }, kind.id, &wish)
        };
        all.iter().map(of).collect::<Result<_, _>>()?
    };
    Ok(SmallMultiples { chart: kind.id.to_owned(), name: kind.about(figures::language(ask.language)).name.to_owned(), together, figures })
}

/// Outcomes of all scenarios, the relatively largest paired difference first.
fn outcomes(comparison: &Comparison, ids: &[String], text: Text) -> Vec<OutcomeRow> {
    let mut rows: Vec<OutcomeRow> = Vec::new();
    for id in HEADLINES {
        for at in comparison.whole(0, id) {
            rows.extend(outcome_row(comparison, ids, at, text));
        }
    }
    let size = |row: &OutcomeRow| row.cells.iter().map(|c| c.relative.abs()).fold(0.0, f64::max);
    rows.sort_by(|a, b| size(b).total_cmp(&size(a)));
    rows
}

fn outcome_row(comparison: &Comparison, ids: &[String], at: usize, text: Text) -> Option<OutcomeRow> {
    let base = &comparison.ensembles[0];
    let column = &base.layout.columns[at];
    let indicator = faultline_models::indicators::Indicator::find(column.indicator)?;
    let label = column.entity.label(&base.scenario);
    let row = (1..ids.len()).map(|i| comparison.last_row(i)).min()?;
    let cell = |i: usize| {
        let other = &comparison.ensembles[i];
        let same = other.layout.of(column.indicator).find(|k| {
            let c = &other.layout.columns[*k];
            c.domain.is_none() && c.entity.label(&other.scenario) == label
        })?;
        let difference = comparison.difference(i, same, row);
        Some(OutcomeCell {
            scenario: ids[i].clone(),
            spread: spread(comparison.findings[i].at(row, same)),
            relative: difference.as_ref().map_or(0.0, relative),
            agreement: difference.as_ref().map_or_else(String::new, |d| agreement(d, text)),
            caution: difference.as_ref().map_or_else(String::new, |d| caution(d, text)),
            difference: difference.as_ref().map(outcome::difference_line),
        })
    };
    Some(OutcomeRow {
        indicator: indicator.id.to_owned(),
        name: text.phrase(indicator.name),
        entity: text.label(&label),
        unit: text.phrase(indicator.unit),
        quarter: base.scenario.calendar.quarter(row).to_string(),
        baseline: spread(comparison.findings[0].at(row, at)),
        cells: (1..ids.len()).filter_map(cell).collect(),
    })
}

fn spread(s: &Statistics) -> Spread {
    let finite = |v: f64| Some(v).filter(|v| v.is_finite());
    Spread { mean: finite(s.mean), q05: finite(s.quantiles[0]), q50: finite(s.median()), q95: finite(s.quantiles[4]) }
}

/// A difference in per cent of the larger of the two means.
fn relative(d: &Difference) -> f64 {
    let scale = d.baseline.abs().max(d.scenario.abs());
    let share = 100.0 * d.paired.statistics.mean / scale;
    if scale > 1e-12 && share.is_finite() { share } else { 0.0 }
}

fn agreement(d: &Difference, text: Text) -> String {
    let p = &d.paired;
    if p.share_higher == 0.0 && p.share_lower == 0.0 {
        text.all_equal()
    } else {
        // Rounded down, as the gate of titles does: what is said in two places is the same number.
        text.agreement(p.share_higher >= p.share_lower, &of_100((p.agreement() * 100.0).floor() / 100.0))
    }
}

fn caution(d: &Difference, text: Text) -> String {
    let s = &d.paired.statistics;
    if d.paired.distinguishable() || s.mean == 0.0 || s.n < 2 { String::new() } else { text.not_distinguishable(d.paired.further_runs()) }
}
