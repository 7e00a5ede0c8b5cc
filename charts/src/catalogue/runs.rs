//! Single runs with their dated events.

use faultline_models::layout::Entity;
use faultline_models::trajectory::Future;

use super::series::{column, row, sample_runs, span, time_axis, years};
use super::wording::{alt, short};
use super::{ChartKind, Needs, Request, Unsuited};
use crate::chart::{Axis, Chart, Dash, Direction, Label, Line, Marker, Panel, Role, Rule, number};

pub(super) const KIND: ChartKind = ChartKind {
    id: "runs",
    name: "Single runs",
    question: "What does one run look like, and what happened when?",
    how_to_read: "The strong line is one run, with the end state that it reaches; thin lines are others, spread over the outcomes. Dotted lines mark dated events and the beginnings of changes.",
    needs: Needs::One,
    build,
};

/// The scenario shown is the last one.
fn build(request: &Request<'_>) -> Result<Chart, Unsuited> {
    let domain = request.domain()?;
    let ensemble = request.ensembles[request.ensembles.len() - 1];
    let at = column(ensemble, "fragmentation", &Entity::World, domain)?;
    let chosen = request.options.run;
    let Some(run) = ensemble.runs.get(chosen) else {
        return Err(Unsuited(format!("there is no run {}; there are {}", chosen + 1, ensemble.runs.len())));
    };
    let years = years(ensemble);
    let mut chart = Chart::new(KIND.id, &format!("Fragmentation in single runs, {}, {}", request.domain_name(domain), span(ensemble)));
    chart.subtitle = format!("{} · run with seed {} among {}", short(&ensemble.scenario.name), run.seed, super::wording::runs(request));
    let mut panel =
        Panel::new("", time_axis(ensemble).with_room_for("three-way split"), Axis::linear("index: 0 one market, 1 fully split", 0.0, 1.0));
    let path = |run: usize| -> Vec<[f64; 2]> { years.iter().enumerate().map(|(row, x)| [*x, ensemble.runs[run].at(row, at)]).collect() };
    for other in sample_runs(ensemble, years.len() - 1, at, 7).into_iter().filter(|other| *other != chosen) {
        panel.marks.push(Line::context(path(other)).mark(&format!("run with seed {}", ensemble.runs[other].seed)));
    }
    let points = path(chosen);
    let end = points[points.len() - 1];
    panel.marks.push(Line::own(Role::System, points.clone()).mark(&format!("run with seed {}", run.seed)));
    panel.marks.push(Label::direct(end, future(run.future), Role::System, Some(Marker::Circle)).mark(""));
    for (x, name) in dates(ensemble) {
        panel.marks.push(Rule { along: Direction::Vertical, at: x, role: Role::Muted, dash: Dash::Dot, label: name }.mark(""));
    }
    chart.panels.push(panel);
    for (at, point) in points.iter().enumerate() {
        chart.table.push(row(
            ensemble,
            &format!("seed {}", run.seed),
            &ensemble.scenario.calendar.quarter(at).to_string(),
            "value",
            (point[1], "index"),
        ));
    }
    chart.alt = alt(&format!(
        "Line chart of fragmentation in single runs, {}. The run with seed {} goes from {} to {} and ends as {}.",
        span(ensemble),
        run.seed,
        number(points[0][1], 2),
        number(end[1], 2),
        future(run.future)
    ));
    Ok(chart)
}

fn future(future: Future) -> &'static str {
    match future {
        Future::SingleMarket => "single market",
        Future::CommonCore => "common core",
        Future::Bridge(_) => "bridge",
        Future::TwoBlocs(..) => "two blocs",
        Future::Split => "full split",
    }
}

/// Dated events, and quarters in which changes begin, with their names; at most six, the earliest first.
fn dates(ensemble: &faultline_models::ensemble::Ensemble) -> Vec<(f64, String)> {
    let scenario = &ensemble.scenario;
    let events = scenario.events.iter().map(|event| (event.date, event.name.clone()));
    let moves = scenario.moves.iter().filter(|m| m.event.is_none()).map(|m| (m.from, "changes begin".to_owned()));
    let mut dates: Vec<_> = events.chain(moves).filter(|(date, _)| scenario.calendar.row(*date).is_some()).collect();
    dates.sort();
    dates.dedup();
    dates.truncate(6);
    dates.into_iter().map(|(date, name)| (date.decimal_year() - 0.125, format!("{date} {}", short(&name)))).collect()
}
