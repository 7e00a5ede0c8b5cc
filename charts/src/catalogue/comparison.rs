//! What differs from the baseline: paired differences, the largest first, with run agreement.

use faultline_models::ensemble::Ensemble;
use faultline_models::findings::{PairedDifference, paired};
use faultline_models::layout::Entity;

use super::series::row;
use super::wording::{Gate, alt, runs, short};
use super::{ChartKind, Needs, Request, Unsuited};
use crate::chart::{Axis, Chart, Dash, Direction, Interval, Label, Layout, Mark, Marker, Panel, Role, Row, Rule, TextSize, number};

pub(super) const KIND: ChartKind = ChartKind {
    id: "comparison",
    name: "Comparison with the baseline",
    question: "What differs from the baseline, by how much, and in how many runs?",
    how_to_read: "Each row is the difference to the baseline, run by run: point the middle, thick half, thin nine tenths of the pairs. Lengths are relative to the larger of the two means; beside them the difference itself and the pairs that agree.",
    needs: Needs::Two,
    build,
};

/// Indicators of the world that are compared, with names short enough for a row.
const INDICATORS: [(&str, &str); 9] = [
    ("fragmentation", "Fragmentation"),
    ("fragmentation-world", "… with third countries"),
    ("effective-standards", "Effective standards"),
    ("common-baseline", "Common foundation"),
    ("standards-distance", "Distance of texts"),
    ("compliance-cost", "Compliance cost"),
    ("market-access", "Market access"),
    ("cross-bloc-trade", "Cross-bloc trade"),
    ("consumer-surplus", "Adopters’ surplus"),
];

struct Line {
    name: &'static str,
    scale: f64,
    difference: PairedDifference,
}

fn build(request: &Request<'_>) -> Result<Chart, Unsuited> {
    let base = request.base();
    let mut chart = Chart::new(KIND.id, &title(request));
    chart.subtitle = format!("baseline {} · {} in pairs of the same seed", short(&base.scenario.name), runs(request));
    chart.layout = column_of(request.ensembles.len() - 1);
    let mut said = Vec::new();
    for ensemble in &request.ensembles[1..] {
        let last = base.rows().min(ensemble.rows()) - 1;
        let mut lines = lines(base, ensemble, last);
        // Beside others there is room for the largest differences only.
        lines.truncate(if request.ensembles.len() > 2 { 6 } else { INDICATORS.len() });
        chart.panels.push(panel(ensemble, &lines).at(chart.panels.len(), 0));
        chart.table.extend(lines.iter().flat_map(|line| rows(ensemble, line, &ensemble.scenario.calendar.quarter(last).to_string())));
        if let Some(first) = lines.iter().find(|line| line.name == "Fragmentation") {
            said.push(format!(
                "{}: {}.",
                short(&ensemble.scenario.name),
                Gate::of("Fragmentation", &ensemble.scenario.name, &first.difference).title
            ));
        }
    }
    share_axis(&mut chart);
    chart
        .notes
        .push("Lengths are differences relative to the larger of the two means, so that rows with different units can stand together.".to_owned());
    chart.alt = alt(&format!("Interval chart of paired differences to {}, {}. {}", short(&base.scenario.name), runs(request), said.join(" ")));
    Ok(chart)
}

fn title(request: &Request<'_>) -> String {
    let (base, other) = (request.base(), request.ensembles[1]);
    let last = base.rows().min(other.rows()) - 1;
    let columns = (base.layout.find("fragmentation", &Entity::World, None), other.layout.find("fragmentation", &Entity::World, None));
    match columns {
        (Some(a), Some(b)) if request.options.takeaway && request.ensembles.len() == 2 => {
            Gate::of("Fragmentation", &other.scenario.name, &paired(base, other, last, (a, b))).title
        }
        _ => format!("Difference to the baseline in {}", base.scenario.calendar.quarter(last)),
    }
}

/// Differences with their scale, the relatively largest first.
fn lines(base: &Ensemble, other: &Ensemble, row: usize) -> Vec<Line> {
    let line = |(id, name): &(&'static str, &'static str)| {
        let (a, b) = (base.layout.find(id, &Entity::World, None)?, other.layout.find(id, &Entity::World, None)?);
        let difference = paired(base, other, row, (a, b));
        let mean = |e: &Ensemble, at: usize| {
            let values: Vec<f64> = e.values(row, at).into_iter().filter(|v| v.is_finite()).collect();
            values.iter().sum::<f64>() / values.len().max(1) as f64
        };
        let scale = mean(base, a).abs().max(mean(other, b).abs());
        (difference.statistics.n > 0 && scale > 1e-12).then_some(Line { name, scale, difference })
    };
    let mut lines: Vec<Line> = INDICATORS.iter().filter_map(line).collect();
    let size = |line: &Line| (line.difference.statistics.median() / line.scale).abs();
    lines.sort_by(|a, b| size(b).total_cmp(&size(a)));
    lines
}

fn panel(ensemble: &Ensemble, lines: &[Line]) -> Panel {
    let names = lines.iter().map(|line| line.name);
    let mut panel = Panel::new(
        &short(&ensemble.scenario.name),
        Axis::linear("difference relative to the larger mean, %", -100.0, 100.0).with_room_for("+0.450 · 100 of 100"),
        Axis::names(names).reversed(),
    );
    panel.marks.push(Rule { along: Direction::Vertical, at: 0.0, role: Role::Ink, dash: Dash::Solid, label: String::new() }.mark(""));
    for (at, line) in lines.iter().enumerate() {
        let q = line.difference.statistics.quantiles.map(|q| (100.0 * q / line.scale).clamp(-100.0, 100.0));
        let agreement = (line.difference.agreement() * 100.0).floor();
        let text = format!("{} · {agreement:.0} of 100", signed(line.difference.statistics.mean));
        let role = if agreement >= 66.0 { Role::System } else { Role::Muted };
        panel.marks.push(
            Interval {
                along: Direction::Horizontal,
                at: at as f64,
                point: q[2],
                inner: [q[1], q[3]],
                outer: [q[0], q[4]],
                role,
                marker: Marker::Circle,
                label: String::new(),
            }
            .mark(line.name),
        );
        panel.marks.push(beside(100.0, at, &text));
    }
    panel
}

/// Up to three panels stand below each other, so that names and numbers have room; more flow.
pub(super) fn column_of(panels: usize) -> Layout {
    if panels > 3 {
        return Layout::Flow;
    }
    let rows = (1..=panels).map(|k| if k < panels { 1.0 } else { LAST_ROW }).collect();
    Layout::Grid { columns: vec![1.0], rows }
}

/// Height of the last panel of a column, which carries the axis of all, relative to the others.
const LAST_ROW: f64 = 1.3;

/// Leaves the axis of panels that stand below each other to the last one.
pub(super) fn share_axis(chart: &mut Chart) {
    if let (Layout::Grid { .. }, Some((_, above))) = (&chart.layout, chart.panels.split_last_mut()) {
        for panel in above {
            panel.x.label.clear();
            panel.x.ticks.iter_mut().for_each(|tick| tick.label.clear());
        }
    }
}

/// A number at the right end of a row.
pub(super) fn beside(x: f64, row: usize, text: &str) -> Mark {
    Label { size: TextSize::Small, hold: Hold::Free, ..Label::direct([x, row as f64], text, Role::Ink, None) }.mark("")
}

/// A difference with its sign and three significant places.
pub(super) fn signed(value: f64) -> String {
    let decimals = match value.abs() {
        0.0 => 0,
        v if v >= 10.0 => 1,
        v if v >= 1.0 => 2,
        v if v >= 0.01 => 3,
        _ => 4,
    };
    let text = number(value, decimals);
    if value > 0.0 { format!("+{text}") } else { text }
}

fn rows(ensemble: &Ensemble, line: &Line, x: &str) -> Vec<Row> {
    let d = &line.difference;
    let [a, b, c, e, f] = d.statistics.quantiles;
    let values = [
        ("mean", d.statistics.mean),
        ("q05", a),
        ("q25", b),
        ("q50", c),
        ("q75", e),
        ("q95", f),
        ("share of pairs higher", d.share_higher),
        ("share of pairs lower", d.share_lower),
    ];
    values.iter().map(|(statistic, value)| row(ensemble, line.name, x, statistic, (*value, "difference to the baseline"))).collect()
}
