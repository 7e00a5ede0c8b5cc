//! Standards work in one run: editions, failed ballots, transpositions.

use faultline_models::ensemble::Ensemble;
use faultline_models::trajectory::{LogEntry, Milestone};

use super::series::{look, row, span, time_axis, years};
use super::wording::{alt, short};
use super::{ChartKind, Needs, Request, Unsuited};
use crate::chart::{Axis, Chart, Dash, Dots, Key, Line, Marker, Panel, Role, Swatch, Weight};

pub(super) const KIND: ChartKind = ChartKind {
    id: "drafting",
    name: "Drafting timeline",
    question: "When do bodies publish, fail, and take over international texts?",
    how_to_read: "One run. A line is an item in work, a filled mark an edition of the body’s own, a cross a failed ballot. Rings are international texts taken over unchanged, diamonds those taken over with changes.",
    needs: Needs::One,
    build,
};

/// What is shown of the log: marker, size, and the words for it.
fn look_of(milestone: Milestone) -> Option<(Marker, &'static str)> {
    match milestone {
        Milestone::Published { .. } => Some((Marker::Circle, "own edition")),
        Milestone::BallotFailed => Some((Marker::Cross, "failed ballot")),
        Milestone::Dropped => Some((Marker::Square, "item dropped")),
        Milestone::AdoptedIdentically => Some((Marker::Ring, "taken over unchanged")),
        Milestone::AdoptedModified => Some((Marker::Diamond, "taken over with changes")),
        Milestone::Started | Milestone::RoutedInternationally => None,
    }
}

/// The scenario shown is the last one.
fn build(request: &Request<'_>) -> Result<Chart, Unsuited> {
    let ensemble = request.ensembles[request.ensembles.len() - 1];
    let Some(run) = ensemble.runs.get(request.options.run) else {
        return Err(Unsuited(format!("there is no run {}; there are {}", request.options.run + 1, ensemble.runs.len())));
    };
    let wanted = request.domain()?;
    let mut chart = Chart::new(KIND.id, &format!("Standards work in one run, {}", span(ensemble)));
    chart.subtitle = format!("{} · run with seed {}", short(&ensemble.scenario.name), run.seed);
    for milestone in
        [Milestone::Published { after: 0 }, Milestone::BallotFailed, Milestone::Dropped, Milestone::AdoptedIdentically, Milestone::AdoptedModified]
    {
        if let Some((marker, label)) = look_of(milestone) {
            chart.key.push(Key { label: label.to_owned(), swatch: Swatch::Dot { role: Role::Ink, marker } });
        }
    }
    chart.key.push(Key {
        label: "item in work".to_owned(),
        swatch: Swatch::Line { role: Role::Muted, weight: Weight::Context, dash: Dash::Solid, marker: None },
    });
    let mut counts = [0usize; 3];
    for d in (0..ensemble.scenario.domains.len()).filter(|d| wanted.is_none_or(|wanted| wanted == *d)) {
        let log: Vec<&LogEntry> = run.log.iter().filter(|entry| usize::from(entry.domain) == d).collect();
        chart.panels.push(panel(ensemble, d, &log));
        for entry in log {
            if let Some((_, words)) = look_of(entry.milestone) {
                let quarter = ensemble.scenario.calendar.quarter(usize::from(entry.row)).to_string();
                let body = ensemble.scenario.standard_label(usize::from(entry.body));
                chart.table.push(row(ensemble, &format!("{}: {body}", ensemble.scenario.domains[d].id), &quarter, words, (1.0, "event")));
                counts[match entry.milestone {
                    Milestone::Published { .. } => 0,
                    Milestone::BallotFailed | Milestone::Dropped => 1,
                    _ => 2,
                }] += 1;
            }
        }
    }
    if chart.table.is_empty() {
        chart.notes.push("Nothing was published, taken over or voted down in this run.".to_owned());
    }
    chart.alt = alt(&format!(
        "Timeline of standards work by body and domain in the run with seed {}, {}: {} editions, {} failed ballots or dropped items, {} international texts taken over.",
        run.seed,
        span(ensemble),
        counts[0],
        counts[1],
        counts[2]
    ));
    Ok(chart)
}

fn panel(ensemble: &Ensemble, domain: usize, log: &[&LogEntry]) -> Panel {
    let scenario = &ensemble.scenario;
    let years = years(ensemble);
    let bodies: Vec<String> = (0..scenario.standards()).map(|s| scenario.standard_label(s).to_owned()).collect();
    let mut panel = Panel::new(&short(&scenario.domains[domain].name), time_axis(ensemble), Axis::names(bodies.clone()).reversed());
    for (body, name) in bodies.iter().enumerate() {
        let of_body: Vec<&&LogEntry> = log.iter().filter(|entry| usize::from(entry.body) == body).collect();
        for [from, to] in in_work(&of_body, ensemble.rows()) {
            let points = vec![[years[from], body as f64], [years[to], body as f64]];
            panel.marks.push(Line { role: Role::Muted, ..Line::context(points) }.mark(""));
        }
        let (role, ..) = look(scenario, body);
        for entry in of_body {
            if let Some((marker, words)) = look_of(entry.milestone) {
                let point = [years[usize::from(entry.row)], body as f64];
                panel.marks.push(Dots { points: vec![point], marker, role, size: 1.4, strength: 1.0 }.mark(&format!("{name}: {words}")));
            }
        }
    }
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
