//! Where a difference in fragmentation comes from: texts, recognition, use.

use faultline_models::findings::PairedDifference;
use faultline_models::split::change_split;

use super::comparison::{column_of, signed};
use super::series::row;
use super::wording::{alt, runs, short};
use super::{ChartKind, Needs, OfRun, Request, Shows, Unsuited};
use crate::chart::{Axis, Chart, Dash, Direction, Interval, Marker, Panel, Role, Rule};

pub(super) const KIND: ChartKind =
    ChartKind { id: "change-split", needs: Needs::Two, shows: Shows::All, of_run: OfRun::Alone, about: |w| w.split_chart, build, finding: None };

fn build(request: &Request<'_>) -> Result<Chart, Unsuited> {
    let (words, base) = (request.words(), request.base());
    let names = [words.split_texts(), words.split_recognition(), words.split_use(), words.split_total()];
    let mut chart = Chart::new(KIND.id, &words.split_title());
    chart.subtitle = words.in_pairs(short(&base.scenario.name), runs(request));
    chart.layout = column_of(request.ensembles.len() - 1);
    let mut splits = Vec::new();
    for other in &request.ensembles[1..] {
        let at = request.common_row(base, other);
        let split = change_split(base, other, at).ok_or_else(|| Unsuited(words.split_other()))?;
        splits.push((*other, at, [split.texts, split.recognition, split.usage, split.total]));
    }
    let ends = splits.iter().flat_map(|(_, _, parts)| parts.iter().flat_map(|p| p.statistics.quantiles)).filter(|v| v.is_finite());
    let reach = ends.fold(0.05f64, |reach, v| reach.max(v.abs())) * 1.05;
    let mut said = Vec::new();
    for (other, at, parts) in &splits {
        let x = Axis::linear(&words.split_axis(), -reach, reach).with_room_for("+0.450");
        let mut panel = Panel::new(&other.scenario.name, x, Axis::names(names.clone()).reversed());
        panel.marks.push(Rule { along: Direction::Vertical, at: 0.0, role: Role::Ink, dash: Dash::Solid, label: String::new() }.mark(""));
        let quarter = other.scenario.calendar.quarter(*at).to_string();
        for (place, part) in parts.iter().enumerate() {
            panel.marks.push(interval(place, part).mark(&names[place]));
            panel.marks.push(super::comparison::beside(reach, place, &signed(part.statistics.mean)));
            let values = [(words.mean(), part.statistics.mean)].into_iter();
            let quantiles = ["q05", "q25", "q50", "q75", "q95"].map(str::to_owned).into_iter().zip(part.statistics.quantiles);
            for (statistic, value) in values.chain(quantiles) {
                chart.table.push(row(other, &names[place], &quarter, &statistic, (value, &words.index())));
            }
        }
        chart.panels.push(panel.at(chart.panels.len(), 0));
        let range =
            |p: &PairedDifference| words.range(signed(p.statistics.mean), signed(p.statistics.quantiles[0]), signed(p.statistics.quantiles[4]));
        let parts: Vec<String> = parts.iter().enumerate().map(|(at, p)| words.part(&names[at], range(p))).collect();
        said.push(words.pair(short(&other.scenario.name), words.list(&parts)));
    }
    chart.alt = alt(&words.split_alt(short(&base.scenario.name), runs(request), said.join("; ")));
    Ok(chart)
}

fn interval(at: usize, part: &PairedDifference) -> Interval {
    let q = part.statistics.quantiles;
    let role = if at == 3 { Role::Ink } else { Role::System };
    let (inner, outer) = ([q[1], q[3]], [q[0], q[4]]);
    Interval { along: Direction::Horizontal, at: at as f64, point: q[2], inner, outer, role, marker: Marker::Circle, label: String::new() }
}
