//! Hegselmann & Krause (2002): averaging within a confidence bound.

use super::parameter::{list, number, whole};
use super::{Classic, Level, Line, Outcome, Picture, Series, Shape, Trial, Values};
use crate::rules::draft::{heard, moved};
use crate::scenario::Point;

pub(super) const CLASSIC: Classic = Classic {
    id: "hegselmann-krause",
    name: "Bounded confidence",
    lesson: "Members who listen only to those near enough form camps; the narrower the bound, the more camps.",
    story: "Now members listen only to those whose view is near enough to their own. Wide confidence ends in consensus, narrow confidence in camps that no longer hear each other. Nothing is won by more meetings: the bound decides how many camps are left, not the time.",
    engine: "draft: confidence bound eps, all the way to the mean of those heard, nobody is stubborn",
    source: "Hegselmann & Krause 2002, JASSS 5(3)2; cluster counts computed for this project from the same start",
    level: Level::Identity,
    parameters: &[
        number("eps", "confidence bound", "view", 0.15, (0.0, 1.0)),
        whole("n", "members, who start at the fractional parts of i · 0.6180339887498949", "members", 100, (1, 2_000)),
        list("x0", "views at the start instead of these", "view, 0 to 1", &[], ((0.0, 1.0), (1, 2_000))),
    ],
    runs: 1,
    run,
};

/// Number of clusters of 100 members from the golden-section start, by confidence bound.
const PUBLISHED: [(f64, usize); 10] = [(0.05, 8), (0.07, 5), (0.10, 4), (0.12, 4), (0.15, 3), (0.18, 2), (0.20, 2), (0.22, 2), (0.25, 1), (0.30, 1)];

/// Views after each round until they stand still.
fn converse(start: &[f64], eps: f64) -> Vec<Vec<f64>> {
    let mut points: Vec<Point> = start.iter().map(|x| [*x, 0.0]).collect();
    let weights = vec![1.0; points.len()];
    let mut views = vec![start.to_vec()];
    for _ in 0..1_000 {
        let next: Vec<Point> = points.iter().map(|x| moved(*x, heard(&points, &weights, *x, eps), 1.0, (*x, 0.0))).collect();
        let change = points.iter().zip(&next).map(|(a, b)| (a[0] - b[0]).abs()).fold(0.0, f64::max);
        points = next;
        views.push(points.iter().map(|x| x[0]).collect());
        if change < 1e-12 {
            break;
        }
    }
    views
}

/// Sizes of groups of views that lie closer than `gap` to their neighbour, from below.
pub(super) fn clusters(views: &[f64], gap: f64) -> Vec<usize> {
    let mut sorted = views.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let mut sizes = vec![0];
    for (i, x) in sorted.iter().enumerate() {
        if i > 0 && x - sorted[i - 1] > gap {
            sizes.push(0);
        }
        *sizes.last_mut().unwrap_or(&mut 0) += 1;
    }
    sizes
}

fn run(values: &Values, _: Trial<'_>) -> Result<Outcome, String> {
    let (eps, n) = (values.number("eps"), values.whole("n"));
    let given = values.list("x0");
    // frac(0.6180339887498949 i): an even spread without the ties of an even grid.
    let golden: Vec<f64> = (1..=n).map(|i| (0.618_033_988_749_894_9 * i as f64).fract()).collect();
    let start = if given.is_empty() { &golden[..] } else { given };
    let views = converse(start, eps);
    let sizes = clusters(&views[views.len() - 1], 1e-6);
    let known = PUBLISHED.iter().find(|(bound, _)| given.is_empty() && n == 100 && (bound - eps).abs() < 1e-12).map(|(_, count)| *count as f64);
    let series = (0..start.len())
        .step_by(start.len().div_ceil(100))
        .map(|i| Series::new(format!("member {}", i + 1), Shape::Run, views.iter().enumerate().map(move |(t, x)| (t as f64, x[i]))));
    let listed = sizes.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
    Ok(Outcome {
        simulated: format!("{} members over {} rounds, until views stand still", start.len(), views.len() - 1),
        lines: vec![Line::exact("clusters", sizes.len() as f64, known, "computed independently for 100 members and some bounds; no formula")],
        notes: vec![format!("Sizes of the clusters from the lowest view to the highest: {listed}.")],
        picture: Picture { x: "round".to_owned(), y: "view".to_owned(), series: series.collect() },
        ..Outcome::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_are_the_published_ones() {
        let start: Vec<f64> = (1..=100).map(|i| (0.618_033_988_749_894_9 * f64::from(i)).fract()).collect();
        let found = |eps: f64| clusters(&converse(&start, eps).pop().unwrap(), 1e-6);
        for (eps, count) in PUBLISHED {
            assert_eq!(found(eps).len(), count, "eps {eps}");
        }
        assert_eq!(found(0.15), [38, 28, 34]);
        assert_eq!(found(0.20), [45, 55]);
    }
}
