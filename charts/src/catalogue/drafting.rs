//! Standards work in one run: editions, failed ballots, transpositions.

use faultline_models::ensemble::Ensemble;
use faultline_models::trajectory::{LogEntry, Milestone};

use super::series::{cursor, look, row, span, time_axis, years};
use super::wording::{alt, short};
use super::{ChartKind, Needs, OfRun, Request, Shows, Unsuited};
use crate::chart::{Axis, Chart, Dash, Dots, Key, Line, Marker, Panel, Role, Swatch, Weight};
use crate::words::Words;

pub(super) const KIND: ChartKind =
    ChartKind { id: "drafting", needs: Needs::One, shows: Shows::Alone, of_run: OfRun::Always, about: |w| w.drafting_chart, build, finding: None };

/// What is shown of the log: marker, and the words for it.
fn look_of(words: &Words, milestone: Milestone) -> Option<(Marker, String)> {
    match milestone {
        Milestone::Published { .. } => Some((Marker::Circle, words.own_edition())),
        Milestone::BallotFailed => Some((Marker::Cross, words.failed_ballot())),
        Milestone::Dropped => Some((Marker::Square, words.item_dropped())),
        Milestone::AdoptedIdentically => Some((Marker::Ring, words.taken_over())),
        Milestone::AdoptedModified => Some((Marker::Diamond, words.taken_over_changed())),
        Milestone::Started | Milestone::RoutedInternationally => None,
    }
}

/// One of each that is drawn, for the key.
const DRAWN: [Milestone; 5] =
    [Milestone::Published { after: 0 }, Milestone::BallotFailed, Milestone::Dropped, Milestone::AdoptedIdentically, Milestone::AdoptedModified];

fn build(request: &Request<'_>) -> Result<Chart, Unsuited> {
    let (words, (ensemble, _)) = (request.words(), request.shown());
    let run = &ensemble.runs[request.options.run.unwrap_or(0)];
    let wanted = request.domain()?;
    let mut chart = Chart::new(KIND.id, &words.drafting_title(span(ensemble)));
    chart.subtitle = words.subtitle(short(&ensemble.scenario.name), words.run_with_seed(run.seed));
    let looks = DRAWN.iter().filter_map(|milestone| look_of(words, *milestone));
    chart.key.extend(looks.map(|(marker, label)| Key { label, swatch: Swatch::Dot { role: Role::Ink, marker } }));
    let line = Swatch::Line { role: Role::Muted, weight: Weight::Context, dash: Dash::Solid, marker: None };
    chart.key.push(Key { label: words.in_work(), swatch: line });
    let mut counts = [0usize; 3];
    for d in (0..ensemble.scenario.domains.len()).filter(|d| wanted.is_none_or(|wanted| wanted == *d)) {
        let log: Vec<&LogEntry> = run.log.iter().filter(|entry| usize::from(entry.domain) == d).collect();
        chart.panels.push(panel(request, ensemble, d, &log));
        for entry in log {
            let Some((_, said)) = look_of(words, entry.milestone) else { continue };
            let quarter = ensemble.scenario.calendar.quarter(usize::from(entry.row)).to_string();
            let series =
                format!("{}: {}", words.proper(&ensemble.scenario.domains[d].name), ensemble.scenario.standard_label(usize::from(entry.body)));
            chart.table.push(row(ensemble, &series, &quarter, &said, (1.0, &words.event())));
            counts[kind_of(entry.milestone)] += 1;
        }
    }
    if chart.table.is_empty() {
        chart.notes.push(words.drafting_nothing());
    }
    chart.notes.push(words.international_note());
    chart.alt = alt(&words.drafting_alt(run.seed, span(ensemble), counts[0], counts[1], counts[2]));
    Ok(chart)
}

/// Edition, failure, or text taken over.
const fn kind_of(milestone: Milestone) -> usize {
    match milestone {
        Milestone::Published { .. } => 0,
        Milestone::BallotFailed | Milestone::Dropped => 1,
        _ => 2,
    }
}

fn panel(request: &Request<'_>, ensemble: &Ensemble, domain: usize, log: &[&LogEntry]) -> Panel {
    let (words, scenario) = (request.words(), &ensemble.scenario);
    let years = years(ensemble);
    let bodies: Vec<String> = (0..scenario.standards()).map(|s| scenario.standard_label(s).to_owned()).collect();
    let mut panel = Panel::new(words.proper(&scenario.domains[domain].name), time_axis(ensemble), Axis::names(bodies.clone()).reversed());
    for (body, name) in bodies.iter().enumerate() {
        let of_body: Vec<&&LogEntry> = log.iter().filter(|entry| usize::from(entry.body) == body).collect();
        for [from, to] in in_work(&of_body, ensemble.rows()) {
            let points = vec![[years[from], body as f64], [years[to], body as f64]];
            panel.marks.push(Line { role: Role::Muted, ..Line::context(points) }.mark(""));
        }
        let (role, ..) = look(scenario, body);
        for entry in of_body {
            if let Some((marker, said)) = look_of(words, entry.milestone) {
                let point = [years[usize::from(entry.row)], body as f64];
                panel.marks.push(Dots { points: vec![point], marker, role, size: 1.4, strength: 1.0 }.mark(&words.pair(name, said)));
            }
        }
    }
    panel.marks.extend(cursor(request, ensemble));
    panel
}

/// Spans of rows in which a body has an item in work: from its start (or the first row) to its edition or its end.
fn in_work(log: &[&&LogEntry], rows: usize) -> Vec<[usize; 2]> {
    let mut spans = Vec::new();
    let mut begun = None;
    for entry in log {
        let row = usize::from(entry.row);
        match entry.milestone {
            Milestone::Started => begun = Some(row),
            Milestone::Published { after } => spans.push([begun.take().unwrap_or(row.saturating_sub(usize::from(after))), row]),
            Milestone::Dropped => spans.push([begun.take().unwrap_or(0), row]),
            _ => {}
        }
    }
    spans.extend(begun.map(|row| [row, rows - 1]));
    spans
}
