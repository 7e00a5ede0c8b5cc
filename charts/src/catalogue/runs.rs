//! Single runs with their dated events.

use faultline_models::ensemble::Ensemble;
use faultline_models::layout::Entity;

use super::futures::{class, names};
use super::series::{column, cursor, row, sample_runs, span, time_axis, years};
use super::wording::{alt, runs, short};
use super::{ChartKind, Needs, OfRun, Request, Shows, Unsuited};
use crate::chart::{Axis, Chart, Dash, Direction, Label, Line, Marker, Panel, Role, Rule, TextSize, Weight, number};
use crate::words::Words;

pub(super) const KIND: ChartKind =
    ChartKind { id: "runs", needs: Needs::One, shows: Shows::Last, of_run: OfRun::Always, about: |w| w.runs_chart, build, finding: None };

fn build(request: &Request<'_>) -> Result<Chart, Unsuited> {
    let (words, domain, (ensemble, _)) = (request.words(), request.domain()?, request.shown());
    let at = column(words, ensemble, "fragmentation", &Entity::World, domain)?;
    let chosen = request.options.run.unwrap_or(0);
    let run = &ensemble.runs[chosen];
    let years = years(ensemble);
    let mut chart = Chart::new(KIND.id, &words.runs_title(request.domain_name(domain), span(ensemble)));
    chart.subtitle = words.runs_subtitle(short(&ensemble.scenario.name), run.seed, words.runs(ensemble.runs.len()));
    let ends = names(words);
    let longest = ends.iter().max_by_key(|name| name.chars().count()).map_or("", String::as_str);
    let mut panel = Panel::new("", time_axis(ensemble).with_room_for(longest), Axis::linear(&words.fragmentation_axis(), 0.0, 1.0));
    let path = |run: usize| -> Vec<[f64; 2]> { years.iter().enumerate().map(|(row, x)| [*x, ensemble.runs[run].at(row, at)]).collect() };
    for other in sample_runs(ensemble, years.len() - 1, at, 7).into_iter().filter(|other| *other != chosen) {
        panel.marks.push(Line::context(path(other)).mark(&words.run_with_seed(ensemble.runs[other].seed)));
    }
    if let Some((base, same)) = in_baseline(request, run.seed, domain) {
        let name = words.same_seed(short(&base.scenario.name));
        let line = Line { weight: Weight::Context, ..Line::own(Role::Ink, same) }.marked(Dash::Dash, None);
        panel.marks.push(line.mark(&name));
        chart.key.push(super::series::dashed(name));
    }
    let points = path(chosen);
    let end = points[points.len() - 1];
    panel.marks.push(Line::own(Role::System, points.clone()).mark(&words.run_with_seed(run.seed)));
    let name = &ends[class(run.future)];
    let label = Label { size: TextSize::Small, ..Label::direct(end, name, Role::System, Some(Marker::Circle)) };
    panel.marks.push(label.mark(""));
    for (x, name) in dates(words, ensemble) {
        panel.marks.push(Rule { along: Direction::Vertical, at: x, role: Role::Muted, dash: Dash::Dot, label: name }.mark(""));
    }
    panel.marks.extend(cursor(request, ensemble));
    chart.panels.push(panel);
    for (at, point) in points.iter().enumerate() {
        let quarter = ensemble.scenario.calendar.quarter(at).to_string();
        chart.table.push(row(ensemble, &words.run_with_seed(run.seed), &quarter, &words.value(), (point[1], &words.index())));
    }
    let sentence = words.runs_alt(span(ensemble), run.seed, number(points[0][1], 2), number(end[1], 2), name);
    chart.alt = alt(&words.sentence(sentence, runs(request)));
    Ok(chart)
}

/// The run of the baseline with the same seed: what this very history would have been.
fn in_baseline<'a>(request: &Request<'a>, seed: u32, domain: Option<usize>) -> Option<(&'a Ensemble, Vec<[f64; 2]>)> {
    let (base, _) = request.baseline()?;
    let at = base.layout.find("fragmentation", &Entity::World, domain)?;
    let run = base.runs.iter().find(|run| run.seed == seed)?;
    Some((base, super::series::years(base).into_iter().enumerate().map(|(row, x)| [x, run.at(row, at)]).collect()))
}

/// Dated events, and quarters in which changes begin, with their names; at most six, the earliest first.
fn dates(words: &Words, ensemble: &Ensemble) -> Vec<(f64, String)> {
    let scenario = &ensemble.scenario;
    let events = scenario.events.iter().map(|event| (event.date, event.name.clone()));
    let moves = scenario.moves.iter().filter(|m| m.event.is_none()).map(|m| (m.from, words.changes_begin()));
    let mut dates: Vec<_> = events.chain(moves).filter(|(date, _)| scenario.calendar.row(*date).is_some()).collect();
    dates.sort();
    dates.dedup();
    dates.truncate(6);
    dates.into_iter().map(|(date, name)| (date.decimal_year() - 0.125, format!("{date} {}", short(&name)))).collect()
}
