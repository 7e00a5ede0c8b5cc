//! Where the texts stand and move in requirement space, with what the blocs want.

use faultline_models::ensemble::Ensemble;
use faultline_models::findings::quantile;
use faultline_models::scenario::Point;
use faultline_models::trajectory::Trajectory;

use super::series::{look, row, span, years};
use super::wording::{alt, subtitle};
use super::{ChartKind, Needs, OfRun, Request, Shows, Unsuited};
use crate::chart::{Axis, Chart, Dots, Marker, Panel, Path, Role, Stop, Weight, number};

pub(super) const KIND: ChartKind =
    ChartKind { id: "requirement-map", needs: Needs::One, shows: Shows::Alone, of_run: OfRun::Alone, about: |w| w.map_chart, build, finding: None };

/// Single runs whose end points are shown.
const CLOUD: usize = 40;

fn build(request: &Request<'_>) -> Result<Chart, Unsuited> {
    let (words, (ensemble, _)) = (request.words(), request.shown());
    let wanted = request.domain()?;
    let mut chart = Chart::new(KIND.id, &words.map_title(span(ensemble)));
    chart.subtitle = subtitle(request);
    let mut said = Vec::new();
    for d in (0..ensemble.scenario.domains.len()).filter(|d| wanted.is_none_or(|wanted| wanted == *d)) {
        said.push(panel(&mut chart, request, ensemble, d));
    }
    chart.notes.push(words.sentence(words.international_note(), words.map_note()));
    chart.alt = alt(&words.map_alt(said.join("; ")));
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

fn at(ensemble: &Ensemble, run: &Trajectory, row: usize, domain: usize, standard: usize) -> Point {
    let (domains, standards) = (ensemble.scenario.domains.len(), ensemble.scenario.standards());
    run.trace.points[(row * domains + domain) * standards + standard]
}

/// The part of requirement space that holds all ideal points, with some air; the same for both axes and all domains.
fn range(ensemble: &Ensemble) -> (f64, f64) {
    let ideals = || ensemble.scenario.blocs.iter().flat_map(|bloc| bloc.ideal.iter().flatten().copied());
    ((ideals().fold(1.0, f64::min) - 0.1).max(0.0), (ideals().fold(0.0, f64::max) + 0.1).min(1.0))
}

fn panel(chart: &mut Chart, request: &Request<'_>, ensemble: &Ensemble, domain: usize) -> String {
    let (words, scenario, shown) = (request.words(), &ensemble.scenario, request.row(ensemble));
    let (low, high) = range(ensemble);
    let axis = |label: &str| Axis { line: true, ..Axis::hidden(low, high).labelled(label) };
    let mut panel = Panel::new(words.proper(&scenario.domains[domain].name), axis(&words.map_x()), axis(&words.map_y()));
    panel.aspect = Some(1.0);
    for (b, bloc) in scenario.blocs.iter().enumerate() {
        let ideal = Dots { points: vec![bloc.ideal[domain]], marker: Marker::Cross, role: Role::Bloc(b), size: 1.7, strength: 1.0 };
        panel.marks.push(ideal.mark(&words.map_wants(&bloc.id)));
    }
    let mut said = Vec::new();
    for s in 0..scenario.standards() {
        let (role, dash, marker) = look(scenario, s);
        if ensemble.runs.len() > 1 {
            let cloud = ensemble.runs.iter().take(CLOUD).map(|run| at(ensemble, run, shown, domain, s)).collect();
            panel.marks.push(Dots { points: cloud, marker, role, size: 0.6, strength: 0.25 }.mark(""));
        }
        let points: Vec<Point> = (0..=shown).map(|row| middle(ensemble, row, domain, s)).collect();
        let label = scenario.standard_label(s);
        let first = Stop { at: points[0], marker: Marker::Ring, label: String::new() };
        let last = Stop { at: points[shown], marker, label: label.to_owned() };
        for (when, point) in [(0, points[0]), (shown, points[shown])] {
            for (axis, value) in [words.stringency(), words.state_led()].iter().zip(point) {
                let series = format!("{}: {label}", words.proper(&scenario.domains[domain].name));
                chart.table.push(row(ensemble, &series, &scenario.calendar.quarter(when).to_string(), axis, (value, &words.position())));
            }
        }
        let written = |p: &Point| p.map(|v| number(v, 2));
        let [x, y] = written(&points[shown]);
        said.push(words.map_end(label, x, y));
        let told = years(ensemble).into_iter().zip(&points).map(|(year, p)| (year, written(p).join(", "))).collect();
        panel.marks.push(Path { points, role, weight: Weight::Own, dash, arrow: false, stops: vec![first, last], told }.mark(label));
    }
    chart.panels.push(panel);
    words.pair(&scenario.domains[domain].id, said.join("; "))
}
