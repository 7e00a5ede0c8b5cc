//! The mix of three blocs' texts as a way through a triangle.

use faultline_models::ensemble::Ensemble;

use super::series::{row, years};
use super::wording::{alt, runs, short};
use super::{ChartKind, Needs, Request, Unsuited};
use crate::chart::{
    Anchor, Area, Axis, Chart, Dash, Dots, Fill, Label, Layout, Line, Marker, Panel, Path, Place, Role, Stop, TextSize, Weight, number,
};

pub(super) const KIND: ChartKind = ChartKind {
    id: "mix",
    name: "Mix of standards",
    question: "How does the mix of the blocs’ own texts move?",
    how_to_read: "Each corner is a market that uses only that bloc’s text. The path is the mean mix over time, dots are where single runs end. The small picture enlarges the framed part. The international text is left out; its share stands below.",
    needs: Needs::One,
    build,
};

/// Runs whose end points are shown.
const CLOUD: usize = 60;

/// A frame wider than this is not worth enlarging.
const LARGEST_FRAME: f64 = 0.5;

/// Height of the triangle over its side.
const HEIGHT: f64 = 0.866_025_403_784_438_6;

/// Place of a mix in the plane: corners left, right, top.
fn place(mix: [f64; 3]) -> [f64; 2] {
    [mix[1] + mix[2] / 2.0, mix[2] * HEIGHT]
}

/// Mix of the first three blocs' texts among adopters of all blocs, and the share of the international text.
fn mix(ensemble: &Ensemble, run: usize, at: usize, domain: Option<usize>) -> ([f64; 3], f64) {
    let scenario = &ensemble.scenario;
    let (blocs, standards, domains) = (scenario.blocs.len(), scenario.standards(), scenario.domains.len());
    let mut sums = vec![0.0; standards];
    for (d, part) in scenario.domains.iter().enumerate().filter(|(d, _)| domain.is_none_or(|wanted| wanted == *d)) {
        for (b, bloc) in scenario.blocs.iter().enumerate() {
            let shares = &ensemble.runs[run].trace.shares[((at * domains + d) * blocs + b) * standards..][..standards];
            sums.iter_mut().zip(shares).for_each(|(sum, share)| *sum += part.weight * bloc.size * share);
        }
    }
    let (own, all): (f64, f64) = (sums[..3].iter().sum(), sums.iter().sum());
    let common = if all > 0.0 { sums[scenario.international()] / all } else { 0.0 };
    (if own > 1e-9 { [sums[0] / own, sums[1] / own, sums[2] / own] } else { [f64::NAN; 3] }, common)
}

/// The scenario shown is the last one.
fn build(request: &Request<'_>) -> Result<Chart, Unsuited> {
    let ensemble = request.ensembles[request.ensembles.len() - 1];
    if ensemble.scenario.blocs.len() < 3 {
        return Err(Unsuited("the triangle needs three blocs; the chart adoption shows the same for fewer".to_owned()));
    }
    let domain = request.domain()?;
    let (path, common) = mean_path(ensemble, domain);
    let last = ensemble.rows() - 1;
    let ends: Vec<[f64; 2]> =
        (0..ensemble.runs.len().min(CLOUD)).map(|run| place(mix(ensemble, run, last, domain).0)).filter(|p| p[0].is_finite()).collect();
    let mut chart = Chart::new(
        KIND.id,
        &format!(
            "Mix of {} standards among their adopters, {}, {}",
            names(ensemble).join(", "),
            request.domain_name(domain),
            super::series::span(ensemble)
        ),
    );
    chart.subtitle = format!("{} · {}", short(&ensemble.scenario.name), runs(request));
    chart.layout = Layout::Grid { columns: vec![1.0], rows: vec![1.0] };
    let mut main = triangle(ensemble);
    let frame = frame(&path, &ends);
    let corners = |f: [f64; 4]| vec![[f[0], f[1]], [f[2], f[1]], [f[2], f[3]], [f[0], f[3]]];
    // Where runs end all over the triangle there is nothing to enlarge.
    let enlarged = frame[2] - frame[0] < LARGEST_FRAME;
    draw(&mut main, ensemble, &path, &ends, !enlarged);
    if enlarged {
        main.marks.push(Area { points: corners(frame), fill: Fill::empty(Role::Muted) }.mark(""));
        chart.panels.push(main);
        chart.panels.push(inset(ensemble, &path, &ends, frame));
    } else {
        chart.panels.push(main);
    }
    chart.notes.push(format!(
        "Left out: the international text, used by {} % at the start and {} % at the end (mean over runs).",
        number(100.0 * common[0], 0),
        number(100.0 * common[last], 0)
    ));
    for (at, mix) in path.iter().enumerate() {
        for (name, value) in names(ensemble).iter().zip(mix) {
            chart.table.push(row(ensemble, name, &ensemble.scenario.calendar.quarter(at).to_string(), "mean", (*value, "share of the three")));
        }
    }
    let end: Vec<String> = names(ensemble).iter().zip(path[last]).map(|(name, share)| format!("{name} {} %", number(100.0 * share, 0))).collect();
    chart.alt =
        alt(&format!("Ternary path of the mix of three standards, mean over {}. It ends at {}. {}", runs(request), end.join(", "), chart.notes[0]));
    Ok(chart)
}

fn names(ensemble: &Ensemble) -> Vec<String> {
    ensemble.scenario.blocs.iter().take(3).map(|bloc| bloc.id.clone()).collect()
}

/// Mean mix over the runs in which it is defined, and mean share of the international text, per row.
fn mean_path(ensemble: &Ensemble, domain: Option<usize>) -> (Vec<[f64; 3]>, Vec<f64>) {
    let rows = 0..ensemble.rows();
    rows.map(|at| {
        let (mut sum, mut n, mut common) = ([0.0; 3], 0.0, 0.0);
        for run in 0..ensemble.runs.len() {
            let (mix, share) = mix(ensemble, run, at, domain);
            common += share;
            if mix[0].is_finite() {
                sum = [sum[0] + mix[0], sum[1] + mix[1], sum[2] + mix[2]];
                n += 1.0;
            }
        }
        (sum.map(|s| s / n), common / ensemble.runs.len() as f64)
    })
    .unzip()
}

/// The framed part, enlarged.
fn inset(ensemble: &Ensemble, path: &[[f64; 3]], ends: &[[f64; 2]], frame: [f64; 4]) -> Panel {
    let mut inset = Panel::new("framed part", Axis::hidden(frame[0], frame[2]), Axis::hidden(frame[1], frame[3]));
    inset.place = Place::Inset { of: 0, left: 0.66, top: 0.0, width: 0.34, height: 0.52 };
    inset.aspect = Some(1.0);
    draw(&mut inset, ensemble, path, ends, true);
    inset
}

/// The triangle with its grid at quarters and its corners.
fn triangle(ensemble: &Ensemble) -> Panel {
    let mut panel = Panel::new("", Axis::hidden(-0.25, 1.75), Axis::hidden(-0.1, 1.0));
    panel.aspect = Some(1.0);
    let corner = |k: usize| place(std::array::from_fn(|i| f64::from(u8::from(i == k))));
    for step in [0.25, 0.5, 0.75] {
        for k in 0..3 {
            let mut ends = [[0.0; 3]; 2];
            (ends[0][k], ends[1][k]) = (step, step);
            ends[0][(k + 1) % 3] = 1.0 - step;
            ends[1][(k + 2) % 3] = 1.0 - step;
            panel.marks.push(Line { role: Role::Grid, weight: Weight::Hair, ..Line::context(ends.map(place).to_vec()) }.mark(""));
        }
    }
    panel.marks.push(Line { role: Role::Muted, weight: Weight::Hair, ..Line::context(vec![corner(0), corner(1), corner(2), corner(0)]) }.mark(""));
    for (k, anchor) in [(0, Anchor::Below), (1, Anchor::Below), (2, Anchor::Above)] {
        panel.marks.push(Dots { points: vec![corner(k)], marker: Marker::of_bloc(k), role: Role::Bloc(k), size: 1.8, strength: 1.0 }.mark(""));
        panel.marks.push(
            Label {
                role: Role::Bloc(k),
                size: TextSize::Body,
                bold: true,
                ..Label::remark(corner(k), &format!("only {}", names(ensemble)[k]), anchor)
            }
            .mark(""),
        );
    }
    panel
}

/// The part of the plane that holds path and end points, square and with some air.
fn frame(path: &[[f64; 3]], ends: &[[f64; 2]]) -> [f64; 4] {
    let points = || path.iter().map(|mix| place(*mix)).chain(ends.iter().copied()).filter(|p| p[0].is_finite());
    let low = [0, 1].map(|a: usize| points().map(|p| p[a]).fold(f64::MAX, f64::min));
    let high = [0, 1].map(|a: usize| points().map(|p| p[a]).fold(f64::MIN, f64::max));
    if low[0] > high[0] {
        return [0.0, 0.0, 1.0, 1.0];
    }
    let half = ((high[0] - low[0]).max(high[1] - low[1]) / 2.0 * 1.15).max(0.03);
    let middle = [0, 1].map(|a: usize| f64::midpoint(low[a], high[a]));
    [middle[0] - half, middle[1] - half, middle[0] + half, middle[1] + half]
}

fn draw(panel: &mut Panel, ensemble: &Ensemble, path: &[[f64; 3]], ends: &[[f64; 2]], dated: bool) {
    panel
        .marks
        .push(Dots { points: ends.to_vec(), marker: Marker::Circle, role: Role::System, size: 0.7, strength: 0.35 }.mark("ends of single runs"));
    let points: Vec<[f64; 2]> = path.iter().map(|mix| place(*mix)).collect();
    let step = (points.len() / 4).max(1);
    let years = years(ensemble);
    let stop = |at: usize| Stop {
        at: points[at],
        marker: if at == 0 { Marker::Ring } else { Marker::Circle },
        label: if dated && (at == 0 || at + 1 == points.len()) { format!("{:.0}", years[at].floor()) } else { String::new() },
    };
    let mut stops: Vec<Stop> =
        (0..points.len()).step_by(step).filter(|at| points[*at][0].is_finite() && at + step / 2 < points.len()).map(stop).collect();
    if points[points.len() - 1][0].is_finite() {
        stops.push(stop(points.len() - 1));
    }
    panel.marks.push(Path { points, role: Role::Ink, weight: Weight::Own, dash: Dash::Solid, arrow: false, stops }.mark("mean mix"));
}
