//! Where the runs end: a bar of a hundred runs per scenario.

use std::collections::BTreeMap;

use faultline_models::ensemble::Ensemble;
use faultline_models::layout::Entity;
use faultline_models::run::future;
use faultline_models::trajectory::{Future, Trajectory};

use super::series::{per_hundred, row};
use super::wording::{alt, runs, short};
use super::{ChartKind, Needs, OfRun, Request, Shows, Unsuited};
use crate::chart::{Axis, Chart, Direction, Fill, Key, Panel, Role, Segment, Segments, Swatch};
use crate::words::Words;

pub(super) const KIND: ChartKind =
    ChartKind { id: "futures", needs: Needs::One, shows: Shows::All, of_run: OfRun::Never, about: |w| w.futures_chart, build, finding: None };

/// Most scenarios of which the notes say which blocs stay joined.
const NAMED: usize = 2;

/// Names of the end states in fixed order, from least to most split.
pub(super) fn names(words: &Words, ensembles: &[&Ensemble]) -> [String; 5] {
    let three = ensembles.iter().all(|e| e.scenario.blocs.len() == 3);
    let split = if three { words.three_way_split() } else { words.full_split() };
    [words.single_market(), words.common_core(), words.bridge(), words.two_blocs(), split]
}

/// Position of an end state in that order.
pub(super) const fn class(future: Future) -> usize {
    match future {
        Future::SingleMarket => 0,
        Future::CommonCore => 1,
        Future::Bridge(_) => 2,
        Future::TwoBlocs(..) => 3,
        Future::Split => 4,
    }
}

fn fill(class: usize) -> Fill {
    let fill = match class {
        0 | 1 => Fill::solid(Role::Future(class)),
        2 => Fill { hatch: true, ..Fill::solid(Role::Future(2)) },
        3 => Fill::solid(Role::Future(2)),
        _ => Fill::solid(Role::Future(3)),
    };
    fill.outlined(Role::Ink)
}

fn build(request: &Request<'_>) -> Result<Chart, Unsuited> {
    let words = request.words();
    let quarter = request.base().scenario.calendar.quarter(request.row(request.base()));
    let mut chart = Chart::new(KIND.id, &words.futures_title(quarter));
    chart.subtitle = runs(request);
    let ends = names(words, request.ensembles);
    let scenarios: Vec<String> = request.ensembles.iter().map(|e| short(&e.scenario.name)).collect();
    let mut panel = Panel::new("", Axis::linear(&words.runs_of_hundred(), 0.0, 100.0), Axis::names(scenarios.clone()).reversed());
    let counts: Vec<[usize; 5]> = request.ensembles.iter().map(|e| counts(e, request.row(e))).collect();
    let first = counts[0];
    let named = (0..5).all(|k| first[k] > 0 || counts.iter().all(|c| c[k] == 0));
    let mut said = Vec::new();
    for (at, (ensemble, counts)) in request.ensembles.iter().zip(&counts).enumerate() {
        let hundred = per_hundred(counts);
        panel.marks.push(bar(at, counts, &hundred, &ends, named && at == 0).mark(&scenarios[at]));
        for (k, n) in hundred.iter().enumerate() {
            let [low, high] = sampling_range(counts[k], ensemble.runs.len());
            for (statistic, value) in [(words.runs_of_hundred(), *n as f64), (words.range_low(), low), (words.range_high(), high)] {
                chart.table.push(row(ensemble, &ends[k], &quarter.to_string(), &statistic, (value, &words.runs_of_hundred())));
            }
        }
        let parts: Vec<String> = hundred.iter().enumerate().filter(|(_, n)| **n > 0).map(|(k, n)| words.part(&ends[k], n)).collect();
        said.push(words.pair(&scenarios[at], words.list(&parts)));
    }
    if !named {
        let present = (0..5).filter(|k| counts.iter().any(|c| c[*k] > 0));
        chart.key.extend(present.map(|k| Key { label: ends[k].clone(), swatch: Swatch::Fill(fill(k)) }));
    }
    chart.panels.push(panel);
    let rule = request.base().scenario.future_rule;
    chart.notes.push(words.futures_rule(rule.joined_from, rule.single_up_to));
    chart.notes.push(words.futures_range());
    // Beside more than one other scenario there is no room to name the blocs; the chart of each alone does.
    let few = if scenarios.len() <= NAMED { NAMED } else { 0 };
    for (ensemble, name) in request.ensembles.iter().zip(&scenarios).take(few) {
        let which = which(words, ensemble, request.row(ensemble));
        if !which.is_empty() {
            chart.notes.push(words.futures_which(name, words.list(&which)));
        }
    }
    chart.alt = alt(&words.futures_alt(runs(request), quarter, said.join("; ")));
    Ok(chart)
}

/// Runs in each end state, by what is true in a row.
fn counts(ensemble: &Ensemble, row: usize) -> [usize; 5] {
    let mut counts = [0; 5];
    ensemble.runs.iter().for_each(|run| counts[class(future_in(ensemble, run, row))] += 1);
    counts
}

/// The bridges and pairs of blocs by name, with runs of 100 of all runs, most frequent first.
fn which(words: &Words, ensemble: &Ensemble, row: usize) -> Vec<String> {
    let mut counts: BTreeMap<Future, usize> = BTreeMap::new();
    ensemble.runs.iter().for_each(|run| *counts.entry(future_in(ensemble, run, row)).or_default() += 1);
    let mut ends: Vec<(Future, usize)> = counts.into_iter().collect();
    ends.sort_by_key(|(future, count)| (std::cmp::Reverse(*count), *future));
    let parts = per_hundred(&ends.iter().map(|(_, count)| *count).collect::<Vec<_>>());
    ends.iter().zip(parts).filter_map(|((future, _), n)| Some(words.part(whose(words, ensemble, *future)?, n))).collect()
}

/// Name of an end state with the blocs that make it, where some do.
pub(super) fn whose(words: &Words, ensemble: &Ensemble, future: Future) -> Option<String> {
    let id = |b: usize| &ensemble.scenario.blocs[b].id;
    match future {
        Future::Bridge(b) => Some(words.bridge_of(id(b))),
        Future::TwoBlocs(a, b) => Some(words.two_blocs_of(id(a), id(b))),
        _ => None,
    }
}

/// The end state that a run would be in if it ended with a row: the rule of the model (docs/model.md, futures) on the recorded indicators.
fn future_in(ensemble: &Ensemble, run: &Trajectory, row: usize) -> Future {
    if row + 1 == ensemble.rows() {
        return run.future;
    }
    let (scenario, layout) = (&ensemble.scenario, &ensemble.layout);
    let value = |id: &str, entity: Entity| layout.find(id, &entity, None).map_or(f64::NAN, |at| run.at(row, at));
    future(scenario, value("effective-standards", Entity::World), |a, b| value("interoperability", Entity::Pair(a, b)))
}

/// A bar of a hundred runs, with names above its parts if given.
fn bar(at: usize, counts: &[usize; 5], hundred: &[usize], ends: &[String; 5], named: bool) -> Segments {
    let total = counts.iter().sum();
    let mut from = 0.0;
    let mut parts = Vec::new();
    for (k, n) in hundred.iter().enumerate().filter(|(_, n)| **n > 0) {
        let to = from + *n as f64;
        let [low, high] = sampling_range(counts[k], total);
        let above = if named { ends[k].clone() } else { String::new() };
        parts.push(Segment { name: ends[k].clone(), from, to, fill: fill(k), inside: n.to_string(), above, below: format!("{low:.0}–{high:.0}") });
        from = to;
    }
    Segments { along: Direction::Horizontal, at: at as f64, thickness: 0.5, parts }
}

/// The 95 per cent interval of a share, in per cent (Wilson 1927): honest for few runs and at 0 and 100.
fn sampling_range(count: usize, runs: usize) -> [f64; 2] {
    const Z: f64 = 1.96;
    let (n, p) = (runs as f64, count as f64 / runs as f64);
    let middle = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    [100.0 * (middle - half).max(0.0), 100.0 * (middle + half).min(1.0)]
}

#[cfg(test)]
mod tests {
    use super::sampling_range;

    #[test]
    fn sampling_ranges_are_wilsons() {
        // Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263, 15 of 148, 0 of 20.
        for (count, runs, low, high) in [(81, 263, 25.53, 36.62), (15, 148, 6.24, 16.05), (0, 20, 0.0, 16.11)] {
            let [a, b] = sampling_range(count, runs);
            assert!((a - low).abs() < 0.02 && (b - high).abs() < 0.02, "{count} of {runs}: {a} {b}");
        }
    }
}
