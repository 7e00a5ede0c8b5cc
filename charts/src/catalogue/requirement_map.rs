//! Where the texts stand and move in requirement space, with what the blocs want.

use faultline_models::ensemble::Ensemble;
use faultline_models::findings::quantile;
use faultline_models::scenario::Point;

use super::series::{look, row};
use super::wording::{alt, runs, short};
use super::{ChartKind, Needs, Request, Unsuited};
use crate::chart::{Axis, Chart, Dots, Marker, Panel, Path, Role, Stop, Tick, Weight, number};

pub(super) const KIND: ChartKind = ChartKind {
    id: "requirement-map",
    name: "Requirement map",
    question: "What do the texts require, how do they move, and what do the blocs want?",
    how_to_read: "Right: stricter safeguards. Up: more state-led. Crosses are what blocs want; paths are the texts from the start to the end, in the middle of the runs; pale dots are where texts end in single runs.",
    needs: Needs::One,
    build,
};

/// Single runs whose end points are shown.
const CLOUD: usize = 40;

/// The scenario shown is the last one.
fn build(request: &Request<'_>) -> Result<Chart, Unsuited> {
    let ensemble = request.ensembles[request.ensembles.len() - 1];
    let wanted = request.domain()?;
    let mut chart = Chart::new(KIND.id, &format!("What texts require, {}", super::series::span(ensemble)));
    chart.subtitle = format!("{} · {}", short(&ensemble.scenario.name), runs(request));
    let mut said = Vec::new();
    for d in (0..ensemble.scenario.domains.len()).filter(|d| wanted.is_none_or(|wanted| wanted == *d)) {
        said.push(panel(&mut chart, ensemble, d, range(ensemble)));
    }
    chart.notes.push("Crosses: ideal points of the blocs. Rings: texts at the start; lines: the middle of the runs over time. A text that was taken over from ISO/IEC keeps its last point of its own.".to_owned());
    chart.alt = alt(&format!("Map of requirement space by domain, stringency to the right, state-led upwards. {}", said.join(" ")));
    Ok(chart)
}

/// The middle over the runs of where a text stands in a row, axis by axis.
fn middle(ensemble: &Ensemble, row: usize, domain: usize, standard: usize) -> Point {
    [0, 1].map(|axis: usize| {
        let mut values: Vec<f64> = ensemble.runs.iter().map(|run| at(ensemble, run, row, domain, standard)[axis]).collect();
        values.sort_unstable_by(f64::total_cmp);
        quantile(&values, 0.5)
    })
}

fn at(ensemble: &Ensemble, run: &faultline_models::trajectory::Trajectory, row: usize, domain: usize, standard: usize) -> Point {
    let (domains, standards) = (ensemble.scenario.domains.len(), ensemble.scenario.standards());
    run.trace.points[(row * domains + domain) * standards + standard]
}

/// The part of requirement space that holds all ideal points, with some air; the same for both axes and all domains.
fn range(ensemble: &Ensemble) -> (f64, f64) {
    let ideals = || ensemble.scenario.blocs.iter().flat_map(|bloc| bloc.ideal.iter().flatten().copied());
    ((ideals().fold(1.0, f64::min) - 0.1).max(0.0), (ideals().fold(0.0, f64::max) + 0.1).min(1.0))
}

fn panel(chart: &mut Chart, ensemble: &Ensemble, domain: usize, (low, high): (f64, f64)) -> String {
    let scenario = &ensemble.scenario;
    let last = ensemble.rows() - 1;
    let ends = |least: &str, most: &str| vec![Tick { at: low, label: least.to_owned() }, Tick { at: high, label: most.to_owned() }];
    let x = Axis { ticks: ends("lenient", "strict"), line: true, ..Axis::hidden(low, high).labelled("safeguards") };
    let y = Axis { ticks: ends("market", "state"), line: true, ..Axis::hidden(low, high) };
    let mut panel = Panel::new(&short(&scenario.domains[domain].name), x, y);
    panel.aspect = Some(1.0);
    let mut said = Vec::new();
    for s in 0..scenario.standards() {
        let (role, dash, marker) = look(scenario, s);
        let cloud = ensemble.runs.iter().take(CLOUD).map(|run| at(ensemble, run, last, domain, s)).collect();
        panel.marks.push(Dots { points: cloud, marker, role, size: 0.6, strength: 0.25 }.mark(""));
        let points: Vec<Point> = (0..=last).map(|row| middle(ensemble, row, domain, s)).collect();
        let stops = vec![
            Stop { at: points[0], marker: Marker::Ring, label: String::new() },
            Stop { at: points[last], marker, label: scenario.standard_label(s).to_owned() },
        ];
        for (when, point) in [(0, points[0]), (last, points[last])] {
            for (axis, value) in ["stringency", "state-led"].iter().zip(point) {
                chart.table.push(row(
                    ensemble,
                    &format!("{}: {}", scenario.domains[domain].id, scenario.standard_label(s)),
                    &scenario.calendar.quarter(when).to_string(),
                    axis,
                    (value, "position, 0 to 1"),
                ));
            }
        }
        said.push(format!("{} ends at {}, {}", scenario.standard_label(s), number(points[last][0], 2), number(points[last][1], 2)));
        panel.marks.push(Path { points, role, weight: Weight::Own, dash, arrow: false, stops }.mark(scenario.standard_label(s)));
    }
    for (b, bloc) in scenario.blocs.iter().enumerate() {
        panel.marks.push(
            Dots { points: vec![bloc.ideal[domain]], marker: Marker::Cross, role: Role::Bloc(b), size: 1.2, strength: 1.0 }
                .mark(&format!("{} wants", bloc.id)),
        );
    }
    chart.panels.push(panel);
    format!("{}: {}.", scenario.domains[domain].id, said.join("; "))
}
