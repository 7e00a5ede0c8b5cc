//! What differs from the baseline: paired differences, the largest first, with run agreement.

use faultline_models::ensemble::Ensemble;
use faultline_models::findings::{PairedDifference, paired};
use faultline_models::layout::Entity;

use super::series::row;
use super::wording::{Gate, alt, fragmentation_gate, runs, short};
use super::{ChartKind, Needs, OfRun, Request, Shows, Unsuited};
use crate::chart::{Axis, Chart, Dash, Direction, Hold, Interval, Label, Layout, Mark, Marker, Panel, Role, Row, Rule, TextSize, number};
use crate::words::Words;

pub(super) const KIND: ChartKind = ChartKind {
    id: "comparison",
    needs: Needs::Two,
    shows: Shows::All,
    of_run: OfRun::Alone,
    about: |w| w.comparison_chart,
    build,
    finding: Some(fragmentation_gate),
};

/// An indicator of the world that is compared.
struct Measure {
    id: &'static str,
    /// A name short enough for a row.
    name: fn(&Words) -> String,
    /// Factor from the indicator to what is written, 100 for percentage points.
    scale: f64,
}

const fn measure(id: &'static str, name: fn(&Words) -> String, scale: f64) -> Measure {
    Measure { id, name, scale }
}

const MEASURES: [Measure; 9] = [
    measure("fragmentation", Words::fragmentation, 1.0),
    measure("fragmentation-world", Words::fragmentation_world, 1.0),
    measure("effective-standards", Words::effective_standards, 1.0),
    measure("common-baseline", Words::common_foundation, 1.0),
    measure("standards-distance", Words::distance_of_texts, 1.0),
    measure("compliance-cost", Words::compliance_cost, 100.0),
    measure("market-access", Words::market_access, 100.0),
    measure("cross-bloc-trade", Words::cross_bloc_trade, 1.0),
    measure("consumer-surplus", Words::surplus, 1.0),
];

/// A row of the chart.
struct Line {
    measure: &'static Measure,
    name: String,
    /// The larger of the two means.
    larger: f64,
    difference: PairedDifference,
}

impl Line {
    /// Quantiles of the difference relative to the larger mean, in per cent.
    fn relative(&self) -> [f64; 5] {
        self.difference.statistics.quantiles.map(|q| 100.0 * q / self.larger)
    }

    /// The mean difference as written.
    fn written(&self, words: &Words) -> String {
        let text = signed(self.difference.statistics.mean * self.measure.scale);
        if self.measure.scale == 1.0 { text } else { format!("{text} {}", words.points()) }
    }

    /// What stands at the right end of the row.
    fn beside(&self, words: &Words) -> String {
        words.comparison_row(self.written(words), format!("{:.0}", (self.difference.agreement() * 100.0).floor()))
    }
}

fn build(request: &Request<'_>) -> Result<Chart, Unsuited> {
    let (words, base) = (request.words(), request.base());
    let quarter = base.scenario.calendar.quarter(request.row(base));
    let mut chart = Chart::new(KIND.id, &words.comparison_title(quarter));
    chart.subtitle = words.in_pairs(short(&base.scenario.name), runs(request));
    chart.layout = column_of(request.ensembles.len() - 1);
    // Beside others there is room for the largest differences only.
    let most = match request.ensembles.len() {
        2 => MEASURES.len(),
        3 => 5,
        4 => 3,
        _ => 2,
    };
    let all: Vec<Vec<Line>> = request.ensembles[1..]
        .iter()
        .map(|ensemble| {
            let mut lines = lines(request, ensemble);
            lines.truncate(most);
            lines
        })
        .collect();
    let ends = all.iter().flatten().flat_map(Line::relative).filter(|v| v.is_finite());
    let reach = (ends.fold(20.0f64, |reach, v| reach.max(v.abs())) * 1.05).min(200.0);
    let texts = all.iter().flatten().map(|line| line.beside(words));
    let longest = texts.max_by_key(|text| text.chars().count()).unwrap_or_default();
    let mut said = Vec::new();
    for (ensemble, lines) in request.ensembles[1..].iter().zip(&all) {
        chart.panels.push(panel(words, ensemble, lines, (reach, &longest)).at(chart.panels.len(), 0));
        let row = request.common_row(base, ensemble);
        chart.table.extend(lines.iter().flat_map(|line| rows(words, ensemble, line, &ensemble.scenario.calendar.quarter(row).to_string())));
        said.push(words.pair(short(&ensemble.scenario.name), sentence(words, ensemble, lines)));
    }
    if most < MEASURES.len() {
        chart.notes.push(words.comparison_most(most, MEASURES.len()));
    }
    chart.notes.push(words.comparison_note());
    chart.alt = alt(&words.comparison_alt(short(&base.scenario.name), runs(request), words.told(&said)));
    Ok(chart)
}

/// What the gate allows to say of fragmentation, and the difference with its range.
fn sentence(words: &Words, ensemble: &Ensemble, lines: &[Line]) -> String {
    let told = |line: &Line| {
        let q = line.difference.statistics.quantiles.map(|q| q * line.measure.scale);
        words.part(&line.name, words.range(line.written(words), signed(q[0]), signed(q[4])))
    };
    let finding = lines.iter().find(|line| line.measure.id == "fragmentation");
    let finding = finding.map_or_else(String::new, |line| Gate::of(words, &ensemble.scenario.name, &line.difference).title);
    words.pair(finding, words.list(&lines.iter().take(3).map(told).collect::<Vec<_>>()))
}

/// Differences with their scale, the relatively largest first.
fn lines(request: &Request<'_>, other: &Ensemble) -> Vec<Line> {
    let base = request.base();
    let row = request.common_row(base, other);
    let line = |measure: &'static Measure| {
        let at = |e: &Ensemble| e.layout.find(measure.id, &Entity::World, None);
        let (a, b) = (at(base)?, at(other)?);
        let difference = paired(base, other, row, (a, b));
        let mean = |e: &Ensemble, at: usize| {
            let values: Vec<f64> = e.values(row, at).into_iter().filter(|v| v.is_finite()).collect();
            values.iter().sum::<f64>() / values.len().max(1) as f64
        };
        let larger = mean(base, a).abs().max(mean(other, b).abs());
        let name = (measure.name)(request.words());
        (difference.statistics.n > 0 && larger > 1e-12).then_some(Line { measure, name, larger, difference })
    };
    let mut lines: Vec<Line> = MEASURES.iter().filter_map(line).collect();
    lines.sort_by(|a, b| b.relative()[2].abs().total_cmp(&a.relative()[2].abs()));
    lines
}

fn panel(words: &Words, ensemble: &Ensemble, lines: &[Line], (reach, longest): (f64, &str)) -> Panel {
    let names = lines.iter().map(|line| line.name.clone());
    let x = Axis::linear(&words.comparison_axis(), -reach, reach).with_room_for(longest);
    let mut panel = Panel::new(&ensemble.scenario.name, x, Axis::names(names).reversed());
    panel.marks.push(Rule { along: Direction::Vertical, at: 0.0, role: Role::Ink, dash: Dash::Solid, label: String::new() }.mark(""));
    for (at, line) in lines.iter().enumerate() {
        let q = line.relative().map(|q| q.clamp(-reach, reach));
        let role = if line.difference.agreement() >= 0.66 { Role::System } else { Role::Muted };
        let (inner, outer) = ([q[1], q[3]], [q[0], q[4]]);
        let interval =
            Interval { along: Direction::Horizontal, at: at as f64, point: q[2], inner, outer, role, marker: Marker::Circle, label: String::new() };
        panel.marks.push(interval.mark(&line.name));
        panel.marks.push(beside(reach, at, &line.beside(words)));
    }
    panel
}

/// Up to three panels stand below each other, so that names and numbers have room; more flow.
pub(super) fn column_of(panels: usize) -> Layout {
    if panels > 3 { Layout::Flow } else { Layout::Grid { columns: vec![1.0], rows: vec![1.0; panels] } }
}

/// A number at the right end of a row.
pub(super) fn beside(x: f64, row: usize, text: &str) -> Mark {
    Label { size: TextSize::Small, hold: Hold::Fixed, ..Label::direct([x, row as f64], text, Role::Ink, None) }.mark("")
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

fn rows(words: &Words, ensemble: &Ensemble, line: &Line, x: &str) -> Vec<Row> {
    let d = &line.difference;
    let unit = words.to_the_baseline();
    let quantiles = ["q05", "q25", "q50", "q75", "q95"].map(str::to_owned).into_iter().zip(d.statistics.quantiles);
    let others = [(words.mean(), d.statistics.mean), (words.pairs_higher(), d.share_higher), (words.pairs_lower(), d.share_lower)];
    others.into_iter().chain(quantiles).map(|(statistic, value)| row(ensemble, &line.name, x, &statistic, (value, &unit))).collect()
}
