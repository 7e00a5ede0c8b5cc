//! The mix of three blocs' texts as a way through a triangle.

use faultline_models::ensemble::Ensemble;

use super::series::{row, span, years};
use super::wording::{alt, runs, subtitle};
use super::{ChartKind, Needs, OfRun, Request, Shows, Unsuited};
use crate::chart::{
    Anchor, Area, Axis, Chart, Dash, Dots, Fill, Label, Layout, Line, Marker, Panel, Path, Place, Role, Stop, TextSize, Weight, number,
};
use crate::words::Words;

pub(super) const KIND: ChartKind =
    ChartKind { id: "mix", needs: Needs::One, shows: Shows::Last, of_run: OfRun::Alone, about: |w| w.mix_chart, build, finding: None };

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

/// What is drawn of one scenario.
struct Course {
    /// Mean mix per row, up to the row shown.
    path: Vec<[f64; 3]>,
    /// Mean mix of the baseline, if there is one.
    before: Vec<[f64; 3]>,
    /// Mixes of single runs in the row shown, in the plane.
    ends: Vec<[f64; 2]>,
    /// Decimal years of the rows.
    years: Vec<f64>,
}

fn build(request: &Request<'_>) -> Result<Chart, Unsuited> {
    let (words, (ensemble, _)) = (request.words(), request.shown());
    if ensemble.scenario.blocs.len() < 3 {
        return Err(Unsuited(words.mix_three()));
    }
    let (domain, shown) = (request.domain()?, request.row(ensemble));
    let (mut path, common) = mean_path(ensemble, domain);
    path.truncate(shown + 1);
    let ends = (0..ensemble.runs.len().min(CLOUD)).map(|run| place(mix(ensemble, run, shown, domain).0)).filter(|p| p[0].is_finite());
    let before = request.baseline().filter(|(base, _)| base.scenario.blocs.len() >= 3).map(|(base, _)| mean_path(base, domain).0);
    let course = Course { path, before: before.unwrap_or_default(), ends: ends.collect(), years: years(ensemble) };
    let names = names(words, ensemble);
    let mut chart = Chart::new(KIND.id, &words.mix_title(words.list(&ids(ensemble)), request.domain_name(domain), span(ensemble)));
    chart.subtitle = subtitle(request);
    chart.layout = Layout::Grid { columns: vec![1.0], rows: vec![1.0] };
    if !course.before.is_empty() {
        chart.key.push(super::series::dashed(words.baseline(super::wording::short(&request.base().scenario.name))));
    }
    panels(&mut chart, words, ensemble, &course);
    chart.notes.push(words.mix_left_out(number(100.0 * common[0], 0), number(100.0 * common[shown], 0)));
    if ensemble.runs.len() > 1 {
        chart.notes.push(words.mix_contour());
    }
    for (at, mix) in course.path.iter().enumerate() {
        for (name, value) in names.iter().zip(mix) {
            chart.table.push(row(
                ensemble,
                name,
                &ensemble.scenario.calendar.quarter(at).to_string(),
                &words.mean(),
                (*value, &words.of_the_three()),
            ));
        }
    }
    let share = |k: usize, at: usize| number(100.0 * course.path[at][k], 0);
    let moves: Vec<String> = names.iter().enumerate().map(|(k, name)| words.alignment_course(name, share(k, 0), share(k, shown))).collect();
    chart.alt = alt(&words.mix_alt(runs(request), words.list(&moves), &chart.notes[0]));
    Ok(chart)
}

/// The triangle, and an enlarged part where the data fill a corner of it.
fn panels(chart: &mut Chart, words: &Words, ensemble: &Ensemble, course: &Course) {
    let mut main = triangle(words, ensemble);
    let frame = frame(course);
    let corners = |f: [f64; 4]| vec![[f[0], f[1]], [f[2], f[1]], [f[2], f[3]], [f[0], f[3]]];
    // Where runs end all over the triangle there is nothing to enlarge.
    let enlarged = frame[2] - frame[0] < LARGEST_FRAME;
    draw(&mut main, words, ensemble, course, !enlarged);
    if enlarged {
        main.marks.push(Area { points: corners(frame), fill: Fill::empty(Role::Muted) }.mark(""));
        chart.panels.push(main);
        chart.panels.push(inset(words, ensemble, course, frame));
    } else {
        chart.panels.push(main);
    }
}

fn ids(ensemble: &Ensemble) -> Vec<String> {
    ensemble.scenario.blocs.iter().take(3).map(|bloc| bloc.id.clone()).collect()
}

fn names(words: &Words, ensemble: &Ensemble) -> Vec<String> {
    (0..3).map(|s| super::wording::standard_name(words, &ensemble.scenario, s)).collect()
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
fn inset(words: &Words, ensemble: &Ensemble, course: &Course, frame: [f64; 4]) -> Panel {
    let mut inset = Panel::new(&words.mix_framed(), Axis::hidden(frame[0], frame[2]), Axis::hidden(frame[1], frame[3]));
    inset.place = Place::Inset { of: 0, left: 0.67, top: 0.0, width: 0.33, height: 0.52 };
    inset.aspect = Some(1.0);
    draw(&mut inset, words, ensemble, course, true);
    inset
}

/// The triangle with its grid at quarters and its corners.
fn triangle(words: &Words, ensemble: &Ensemble) -> Panel {
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
        let text = names(words, ensemble)[k].clone();
        panel.marks.push(Label { role: Role::Bloc(k), size: TextSize::Small, bold: true, ..Label::remark(corner(k), &text, anchor) }.mark(""));
    }
    panel
}

/// Width over height of the framed part.
const FRAME: f64 = 1.35;

/// The part of the plane that holds paths and end points, with some air.
fn frame(course: &Course) -> [f64; 4] {
    let paths = course.path.iter().chain(&course.before);
    let points: Vec<[f64; 2]> = paths.map(|mix| place(*mix)).chain(course.ends.iter().copied()).filter(|p| p[0].is_finite()).collect();
    let low = [0, 1].map(|a: usize| points.iter().map(|p| p[a]).fold(f64::MAX, f64::min));
    let high = [0, 1].map(|a: usize| points.iter().map(|p| p[a]).fold(f64::MIN, f64::max));
    if points.is_empty() {
        return [0.0, 0.0, 1.0, 1.0];
    }
    let half = (((high[0] - low[0]) / FRAME).max(high[1] - low[1]) / 2.0 * 1.25).max(0.03);
    let middle = [0, 1].map(|a: usize| f64::midpoint(low[a], high[a]));
    [middle[0] - half * FRAME, middle[1] - half, middle[0] + half * FRAME, middle[1] + half]
}

fn draw(panel: &mut Panel, words: &Words, ensemble: &Ensemble, course: &Course, dated: bool) {
    if ensemble.runs.len() > 1 {
        let cloud = Dots { points: course.ends.clone(), marker: Marker::Circle, role: Role::System, size: 0.7, strength: 0.35 };
        panel.marks.push(cloud.mark(&words.mix_ends()));
        panel.marks.push(Area { points: inner_half(&course.ends), fill: Fill::empty(Role::System) }.mark(""));
    }
    if !course.before.is_empty() {
        let points = course.before.iter().map(|mix| place(*mix)).collect();
        panel.marks.push(Line { weight: Weight::Context, ..Line::own(Role::Ink, points) }.marked(Dash::Dash, None).mark(""));
    }
    let points: Vec<[f64; 2]> = course.path.iter().map(|mix| place(*mix)).collect();
    let step = (points.len() / 4).max(1);
    let label = |at: usize| format!("{:.0}", course.years[at].floor());
    let stop = |at: usize| Stop {
        at: points[at],
        marker: if at == 0 { Marker::Ring } else { Marker::Circle },
        label: if dated && (at == 0 || at + 1 == points.len()) { label(at) } else { String::new() },
    };
    let mut stops: Vec<Stop> =
        (0..points.len()).step_by(step).filter(|at| points[*at][0].is_finite() && at + step / 2 < points.len()).map(stop).collect();
    if points.len() > 1 && points[points.len() - 1][0].is_finite() {
        stops.push(stop(points.len() - 1));
    }
    let ids = ids(ensemble);
    let said = |mix: &[f64; 3]| {
        words.list(&ids.iter().zip(mix).map(|(id, share)| words.percent(words.part(id, number(100.0 * share, 0)))).collect::<Vec<_>>())
    };
    let told = course.years.iter().zip(&course.path).map(|(year, mix)| (*year, said(mix))).collect();
    panel.marks.push(Path { points, role: Role::Ink, weight: Weight::Own, dash: Dash::Solid, arrow: false, stops, told }.mark(&words.mix_mean()));
}

/// The convex hull of the half of the points that lie nearest to their middle (Andrew 1979, monotone chain).
fn inner_half(points: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let middle = [0, 1].map(|a: usize| {
        let mut values: Vec<f64> = points.iter().map(|p| p[a]).collect();
        values.sort_unstable_by(f64::total_cmp);
        if values.is_empty() { 0.0 } else { values[values.len() / 2] }
    });
    let mut near = points.to_vec();
    near.sort_by(|a, b| distance(*a, middle).total_cmp(&distance(*b, middle)));
    near.truncate(points.len().div_ceil(2));
    near.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    let turns_left = |a: [f64; 2], b: [f64; 2], c: [f64; 2]| (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0.0;
    let chain = |points: &mut dyn Iterator<Item = [f64; 2]>| {
        let mut hull: Vec<[f64; 2]> = Vec::new();
        for point in points {
            while hull.len() > 1 && !turns_left(hull[hull.len() - 2], hull[hull.len() - 1], point) {
                hull.pop();
            }
            hull.push(point);
        }
        hull.pop();
        hull
    };
    let mut hull = chain(&mut near.iter().copied());
    hull.extend(chain(&mut near.iter().rev().copied()));
    hull
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

#[cfg(test)]
mod tests {
    use super::inner_half;

    #[test]
    fn the_outline_holds_half_of_the_points_and_no_outlier() {
        let mut points: Vec<[f64; 2]> = (0..20).map(|k| [f64::from(k % 5) * 0.01, f64::from(k / 5) * 0.01]).collect();
        points.extend((0..10).map(|k| [1.0 + f64::from(k), 1.0]));
        let hull = inner_half(&points);
        assert!(hull.len() >= 3 && hull.iter().all(|p| p[0] < 0.1), "{hull:?}");
    }
}
