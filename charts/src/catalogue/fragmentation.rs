//! Fragmentation over time: bands, seven sample runs, and a quantile dotplot of the last year.

use faultline_models::findings::{paired, quantile};
use faultline_models::layout::Entity;
use faultline_models::split::home_text_fragmentation;

use super::series::{band_rows, bands, column, median, quantiles, row, sample_runs, span, time_axis, years};
use super::wording::{Gate, alt, course, short};
use super::{ChartKind, Needs, Request, Unsuited};
use crate::chart::{Axis, Chart, Dash, Direction, Dotplot, Label, Layout, Line, Marker, Panel, Role, Rule, Stack, Weight};

pub(super) const KIND: ChartKind = ChartKind {
    id: "fragmentation",
    name: "Fragmentation",
    question: "How far does the market for standards split, and how far do runs differ?",
    how_to_read: "0 is one market, 1 fully split. The bands hold half and nine tenths of the runs; thin lines are seven single runs. Each dot on the right stands for one fiftieth of the runs in the last quarter.",
    needs: Needs::One,
    build,
};

/// Dots of the dotplot and distance of its stacks.
const DOTS: usize = 50;
const BIN: f64 = 0.02;

/// The scenario shown is the last one; where there are two, the first is the dashed baseline.
fn build(request: &Request<'_>) -> Result<Chart, Unsuited> {
    let domain = request.domain()?;
    let shown = request.ensembles.len() - 1;
    let (ensemble, findings) = (request.ensembles[shown], request.findings[shown]);
    let at = column(ensemble, "fragmentation", &Entity::World, domain)?;
    let years = years(ensemble);
    let q = quantiles(findings, at, years.len(), 1.0);
    let mut chart = Chart::new(KIND.id, &title(request, domain, at));
    chart.subtitle = format!("{} · {}", short(&ensemble.scenario.name), super::wording::runs(request));
    chart.layout = Layout::Grid { columns: vec![4.0, 1.0], rows: vec![1.0] };
    let mut panel = Panel::new("", time_axis(ensemble), Axis::linear("index: 0 one market, 1 fully split", 0.0, 1.0)).at(0, 0);
    panel.marks.extend(bands(&years, &q, Role::System, "fragmentation"));
    for run in sample_runs(ensemble, years.len() - 1, at, 7) {
        let points: Vec<[f64; 2]> = years.iter().enumerate().map(|(row, x)| [*x, ensemble.runs[run].at(row, at)]).collect();
        panel.marks.push(
            Line { weight: Weight::Edge, role: Role::Muted, ..Line::context(points) }.mark(&format!("run with seed {}", ensemble.runs[run].seed)),
        );
    }
    panel.marks.push(Line::own(Role::System, median(&years, &q)).mark("median"));
    if shown > 0 {
        panel.marks.extend(baseline(request, domain));
    }
    if let Some(mark) = home_text_fragmentation(ensemble).filter(|_| domain.is_none()) {
        panel.marks.push(
            Rule { along: Direction::Horizontal, at: mark, role: Role::Muted, dash: Dash::Dot, label: "every bloc on its home text".to_owned() }
                .mark(""),
        );
        chart.table.push(row(ensemble, "every bloc on its home text", &ensemble.scenario.calendar.start.to_string(), "value", (mark, "index")));
    }
    chart.panels.push(panel);
    chart.panels.push(dotplot(ensemble, at));
    chart.table.extend(band_rows(ensemble, "fragmentation", "index", &q));
    chart.alt =
        alt(&format!("Band chart of fragmentation, {}, {}. {}", super::wording::runs(request), span(ensemble), course("Fragmentation", &q, 2)));
    Ok(chart)
}

fn title(request: &Request<'_>, domain: Option<usize>, at: usize) -> String {
    let ensemble = request.ensembles[request.ensembles.len() - 1];
    if request.options.takeaway && request.ensembles.len() > 1 {
        let base = request.base();
        let row = base.rows().min(ensemble.rows()) - 1;
        if let Some(before) = base.layout.find("fragmentation", &Entity::World, domain) {
            return Gate::of("Fragmentation", &ensemble.scenario.name, &paired(base, ensemble, row, (before, at))).title;
        }
    }
    format!("Fragmentation index, {}, {}", request.domain_name(domain), span(ensemble))
}

/// The median of the baseline, dashed, with its name.
fn baseline(request: &Request<'_>, domain: Option<usize>) -> Vec<crate::chart::Mark> {
    let base = request.base();
    let Some(at) = base.layout.find("fragmentation", &Entity::World, domain) else { return Vec::new() };
    let years = years(base);
    let points = median(&years, &quantiles(request.findings[0], at, years.len(), 1.0));
    let Some(last) = points.get(points.len() / 2).copied() else { return Vec::new() };
    let name = format!("baseline: {}", short(&base.scenario.name));
    let line = Line { weight: Weight::Context, ..Line::own(Role::Ink, points) }.marked(Dash::Dash, None);
    vec![line.mark(&name), Label::remark(last, &name, crate::chart::Anchor::Below).mark("")]
}

/// Fifty dots at the quantiles of the last quarter, stacked in bins.
fn dotplot(ensemble: &faultline_models::ensemble::Ensemble, at: usize) -> Panel {
    let last = ensemble.rows() - 1;
    let mut values = ensemble.values(last, at);
    values.retain(|v| v.is_finite());
    values.sort_unstable_by(f64::total_cmp);
    let mut panel = Panel::new(
        &ensemble.scenario.calendar.quarter(last).to_string(),
        Axis::hidden(0.0, 1.0),
        Axis { ticks: Vec::new(), ..Axis::linear("", 0.0, 1.0) },
    )
    .at(0, 1);
    let mut stacks: Vec<Stack> = Vec::new();
    let n = DOTS.min(values.len().max(1));
    for k in 0..if values.is_empty() { 0 } else { n } {
        let value = quantile(&values, (k as f64 + 0.5) / n as f64);
        let bin = ((value / BIN).floor() + 0.5) * BIN;
        match stacks.last_mut() {
            Some(stack) if (stack.at - bin).abs() < BIN / 2.0 => stack.count += 1,
            _ => stacks.push(Stack { at: bin, count: 1, role: Role::System }),
        }
    }
    panel.marks.push(Dotplot { stacks, bin: BIN, marker: Marker::Circle }.mark("runs in the last quarter"));
    panel
}
