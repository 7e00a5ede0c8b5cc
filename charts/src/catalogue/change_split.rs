//! Where a difference in fragmentation comes from: texts, recognition, use.

use faultline_models::findings::PairedDifference;
use faultline_models::split::change_split;

use super::comparison::{beside, column_of, signed};
use super::series::row;
use super::wording::{alt, runs, short};
use super::{ChartKind, Needs, Request, Unsuited};
use crate::chart::{Axis, Chart, Dash, Direction, Interval, Marker, Panel, Role, Rule};

pub(super) const KIND: ChartKind = ChartKind {
    id: "change-split",
    name: "Change split",
    question: "Does fragmentation differ because of what texts say, what is recognised, or what is used?",
    how_to_read: "The difference in fragmentation to the baseline, split exactly in every pair of runs: texts, mutual recognition, use. The parts add up to the whole. Point: middle; thick: half; thin: nine tenths of pairs.",
    needs: Needs::Two,
    build,
};

const NAMES: [&str; 4] = ["what texts say", "mutual recognition", "what is used", "together"];

fn build(request: &Request<'_>) -> Result<Chart, Unsuited> {
    let base = request.base();
    let mut chart = Chart::new(KIND.id, "Where the difference in fragmentation comes from");
    chart.subtitle = format!("baseline {} · {} in pairs of the same seed", short(&base.scenario.name), runs(request));
    chart.layout = column_of(request.ensembles.len() - 1);
    let mut splits = Vec::new();
    for other in &request.ensembles[1..] {
        let last = base.rows().min(other.rows()) - 1;
        let split = change_split(base, other, last).ok_or_else(|| Unsuited("the scenarios have different blocs or domains".to_owned()))?;
        splits.push((*other, last, [split.texts, split.recognition, split.usage, split.total]));
    }
    let ends = splits.iter().flat_map(|(_, _, parts)| parts.iter().flat_map(|p| p.statistics.quantiles)).filter(|v| v.is_finite());
    let reach = ends.fold(0.05f64, |reach, v| reach.max(v.abs())) * 1.05;
    let mut said = Vec::new();
    for (other, last, parts) in &splits {
        let mut panel = Panel::new(
            &short(&other.scenario.name),
            Axis::linear("difference in the fragmentation index", -reach, reach).with_room_for("+0.450"),
            Axis::names(NAMES).reversed(),
        );
        panel.marks.push(Rule { along: Direction::Vertical, at: 0.0, role: Role::Ink, dash: Dash::Solid, label: String::new() }.mark(""));
        for (at, part) in parts.iter().enumerate() {
            panel.marks.push(interval(at, part).mark(NAMES[at]));
            panel.marks.push(beside(reach, at, &signed(part.statistics.mean)));
            for (statistic, value) in [
                ("mean", part.statistics.mean),
                ("q05", part.statistics.quantiles[0]),
                ("q50", part.statistics.median()),
                ("q95", part.statistics.quantiles[4]),
            ] {
                chart.table.push(row(other, NAMES[at], &other.scenario.calendar.quarter(*last).to_string(), statistic, (value, "index")));
            }
        }
        chart.panels.push(panel.at(chart.panels.len(), 0));
        let parts: Vec<String> = parts.iter().enumerate().map(|(at, p)| format!("{} {}", NAMES[at], signed(p.statistics.mean))).collect();
        said.push(format!("{}: {}.", short(&other.scenario.name), parts.join(", ")));
    }
    super::comparison::share_axis(&mut chart);
    chart.alt = alt(&format!(
        "Interval chart: difference in fragmentation to {}, split into three parts, mean over {}. {}",
        short(&base.scenario.name),
        runs(request),
        said.join(" ")
    ));
    Ok(chart)
}

fn interval(at: usize, part: &PairedDifference) -> Interval {
    let q = part.statistics.quantiles;
    let role = if at == 3 { Role::Ink } else { Role::System };
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
}
