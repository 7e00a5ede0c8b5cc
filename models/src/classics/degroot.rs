//! DeGroot (1974): consensus by repeated averaging.

use super::numeric::solve;
use super::parameter::{Kind, Parameter, list, whole};
use super::{Classic, Level, Line, Outcome, Picture, Series, Shape, Trial, Values};
use crate::rules::draft::{heard, moved};
use crate::scenario::Point;

pub(super) const CLASSIC: Classic = Classic {
    id: "degroot",
    name: "Consensus by averaging",
    lesson: "Members who keep averaging what they hear come to one view, in which each counts by how much it is listened to, at first and second hand.",
    story: "A committee in which each member keeps averaging the views of those it listens to. They always end in one view. How much each counts in it depends on who listens to whom, at first and at second hand: to be heard by those who are heard is worth more than to be heard by many. Change a row of T and see whose view carries the text.",
    engine: "draft: every member hears all (confidence beyond the diameter), moves all the way, nobody is stubborn; weights per listener",
    source: "DeGroot 1974, Journal of the American Statistical Association 69:118–121",
    level: Level::Identity,
    parameters: &[
        Parameter {
            id: "T",
            doc: "weights: row i says how much member i listens to each; rows add to 1",
            unit: "share",
            kind: Kind::Matrix {
                default: &[1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0, 0.25, 0.5, 0.25, 0.0, 1.0 / 3.0, 2.0 / 3.0],
                bounds: (0.0, 1.0),
                most: 50,
            },
        },
        list("x0", "views at the start, one per member", "view, 0 to 1", &[1.0, 0.5, 0.0], ((0.0, 1.0), (1, 50))),
        whole("rounds", "most rounds", "rounds", 20_000, (1, 1_000_000)),
    ],
    runs: 1,
    run,
};

/// Views after each round until they stand still, and whether they do.
fn converse(weights: &[Vec<f64>], start: &[f64], rounds: usize) -> (Vec<Vec<f64>>, bool) {
    let mut points: Vec<Point> = start.iter().map(|x| [*x, 0.0]).collect();
    let mut views = vec![start.to_vec()];
    for _ in 0..rounds {
        let next: Vec<Point> = points.iter().zip(weights).map(|(x, row)| moved(*x, heard(&points, row, *x, f64::INFINITY), 1.0, (*x, 0.0))).collect();
        let change = points.iter().zip(&next).map(|(a, b)| (a[0] - b[0]).abs()).fold(0.0, f64::max);
        points = next;
        views.push(points.iter().map(|x| x[0]).collect());
        if change < 1e-15 {
            return (views, true);
        }
    }
    (views, false)
}

/// The left eigenvector π = π T that adds to 1; none where it is not the only one.
fn influence(t: &[Vec<f64>]) -> Option<Vec<f64>> {
    let n = t.len();
    // n − 1 of the equations π (T − I) = 0, and Σ π = 1 in place of the last.
    let mut rows: Vec<Vec<f64>> = (0..n).map(|j| (0..n).map(|i| t[i][j] - f64::from(u8::from(i == j))).chain([0.0]).collect()).collect();
    rows[n - 1] = vec![1.0; n + 1];
    solve(rows)
}

fn run(values: &Values, _: Trial<'_>) -> Result<Outcome, String> {
    let (given, start, rounds) = (values.matrix("T"), values.list("x0"), values.whole("rounds"));
    if let Some((i, row)) = given.iter().enumerate().find(|(_, row)| (row.iter().sum::<f64>() - 1.0).abs() > 1e-6) {
        return Err(format!("--T: row {} adds to {}, not to 1", i + 1, (row.iter().sum::<f64>() * 1e9).round() / 1e9));
    }
    if start.len() != given.len() {
        return Err(format!("--x0: has {} views for {} members", start.len(), given.len()));
    }
    let (views, still) = converse(given, start, rounds);
    let end = &views[views.len() - 1];
    let mut outcome = Outcome { simulated: format!("{} members over {} rounds", given.len(), views.len() - 1), ..Outcome::default() };
    let spread = end.iter().copied().fold(0.0, f64::max) - end.iter().copied().fold(1.0, f64::min);
    match influence(given) {
        Some(pi) if still && spread < 1e-9 => {
            const BASIS: &str = "left eigenvector π = π T";
            let value = pi.iter().zip(start).map(|(pi, x)| pi * x).sum();
            outcome.lines.push(Line::exact("consensus", end[0], Some(value), "π x(0)"));
            for (i, pi) in pi.iter().enumerate() {
                let alone: Vec<f64> = (0..start.len()).map(|j| f64::from(u8::from(i == j))).collect();
                let weight = converse(given, &alone, rounds).0.pop().map_or(f64::NAN, |end| end[0]);
                outcome.lines.push(Line::exact(format!("influence of member {}", i + 1), weight, Some(*pi), BASIS));
            }
        }
        _ => {
            outcome.notes.push("There is no consensus: some members hear nobody outside their circle, or views go round for ever.".to_owned());
            outcome.lines.extend(end.iter().enumerate().map(|(i, x)| Line::exact(format!("view of member {}", i + 1), *x, None, "none")));
        }
    }
    let shown = views.len().min(31);
    let series = (0..start.len()).map(|i| Series::new(format!("member {}", i + 1), Shape::Run, (0..shown).map(|t| (t as f64, views[t][i]))));
    outcome.picture = Picture { x: "round".to_owned(), y: "view".to_owned(), series: series.collect() };
    Ok(outcome)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn influence_is_the_published_one() {
        let third = 1.0 / 3.0;
        for (t, pi) in [
            (vec![vec![0.5, 0.5], vec![0.25, 0.75]], vec![third, 2.0 * third]),
            (vec![vec![third; 3], vec![0.25, 0.5, 0.25], vec![0.0, third, 2.0 * third]], vec![0.15, 0.40, 0.45]),
        ] {
            assert!(influence(&t).unwrap().iter().zip(&pi).all(|(a, b)| (a - b).abs() < 1e-12));
        }
    }

    #[test]
    fn two_circles_that_do_not_talk_have_no_consensus() {
        assert_eq!(influence(&[vec![1.0, 0.0], vec![0.0, 1.0]]), None);
    }
}
