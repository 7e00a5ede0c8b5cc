//! Where the runs end: a bar of a hundred runs per scenario.

use faultline_models::ensemble::Ensemble;
use faultline_models::trajectory::Future;

use super::series::{per_hundred, row};
use super::wording::{alt, runs, short};
use super::{ChartKind, Needs, Request, Unsuited};
use crate::chart::{Axis, Chart, Direction, Fill, Panel, Role, Segment, Segments, Tint};

pub(super) const KIND: ChartKind = ChartKind {
    id: "futures",
    name: "Futures",
    question: "In which end states do the runs end?",
    how_to_read: "Each bar is a hundred runs of a scenario, from least to most split. The numbers are runs of 100; the small ± below is the range that other seeds would give.",
    needs: Needs::One,
    build,
};

/// The end states in fixed order, from least to most split.
const NAMES: [&str; 5] = ["single market", "common core", "bridge", "two blocs", "full split"];

fn class(future: Future) -> usize {
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
    Fill { tint: Tint::Solid, ..fill.outlined(Role::Ink) }
}

fn counts(ensemble: &Ensemble) -> [usize; 5] {
    let mut counts = [0; 5];
    ensemble.runs.iter().for_each(|run| counts[class(run.future)] += 1);
    counts
}

fn build(request: &Request<'_>) -> Result<Chart, Unsuited> {
    let end = request.base().scenario.calendar.end();
    let mut chart = Chart::new(KIND.id, &format!("Where runs end, runs of 100, {end}"));
    chart.subtitle = runs(request);
    let names: Vec<String> = request.ensembles.iter().map(|e| short(&e.scenario.name)).collect();
    let mut panel = Panel::new("", Axis::linear("runs of 100", 0.0, 100.0), Axis::names(names.clone()).reversed());
    let mut said = Vec::new();
    for (at, ensemble) in request.ensembles.iter().enumerate() {
        let counts = counts(ensemble);
        let hundred = per_hundred(&counts);
        panel.marks.push(bar(at, &counts, &hundred, ensemble.runs.len()).mark(&names[at]));
        for (k, n) in hundred.iter().enumerate().filter(|(_, n)| **n > 0) {
            chart.table.push(row(ensemble, NAMES[k], &end.to_string(), "runs of 100", (*n as f64, "runs")));
        }
        let parts: Vec<String> = hundred.iter().enumerate().filter(|(_, n)| **n > 0).map(|(k, n)| format!("{} {n}", NAMES[k])).collect();
        said.push(format!("{}: {}.", names[at], parts.join(", ")));
    }
    chart.panels.push(panel);
    let rule = request.base().scenario.future_rule;
    chart.notes.push(format!(
        "Two blocs count as joined from interoperability {} on. Single market: all joined and at most {} effective standards; common core: all joined; bridge: joined through one bloc; two blocs: one pair joined; full split: none.",
        rule.joined_from, rule.single_up_to
    ));
    chart.alt = alt(&format!("Stacked bars of {} by end state in {end}, runs of 100. {}", runs(request), said.join(" ")));
    Ok(chart)
}

/// A bar of a hundred runs; names stand above the first one.
fn bar(at: usize, counts: &[usize; 5], hundred: &[usize], runs: usize) -> Segments {
    let mut from = 0.0;
    let mut parts = Vec::new();
    for (k, n) in hundred.iter().enumerate().filter(|(_, n)| **n > 0) {
        let to = from + *n as f64;
        let share = counts[k] as f64 / runs as f64;
        let half_width = 196.0 * (share * (1.0 - share) / runs as f64).sqrt();
        let above = if at == 0 { NAMES[k].to_owned() } else { String::new() };
        parts.push(Segment { name: NAMES[k].to_owned(), from, to, fill: fill(k), inside: n.to_string(), above, below: format!("±{half_width:.0}") });
        from = to;
    }
    Segments { along: Direction::Horizontal, at: at as f64, thickness: 0.5, parts }
}
