//! Katz & Shapiro (1985): compatibility between firms that sell network goods.

use super::numeric::{grid, solve};
use super::parameter::{list, number};
use super::{Classic, Level, Line, Outcome, Picture, Series, Shape, Trial, Values};
use crate::metrics::concentration;

pub(super) const CLASSIC: Classic = Classic {
    id: "katz-shapiro",
    name: "Who wants to be compatible",
    lesson: "Compatibility raises the surplus of all together, but two firms that are compatible gain more if they shut the third one out.",
    story: "Three firms sell products whose worth grows with the number of compatible users. If all are compatible, everybody together is best off. But two that agree to be compatible earn more by leaving the third out. What is best for the market is not what the strongest two would choose: a reason why open standards need somebody to insist on them.",
    engine: "no rule of the engine chooses here: firms set quantities against expectations until these come true; the concentration index is the engine’s",
    source: "Katz & Shapiro 1985, American Economic Review 75:424–440",
    level: Level::Identity,
    parameters: &[
        list(
            "groups",
            "sizes of the groups of compatible firms: 3 is all of three, 1,1,1 none, 2,1 two and one alone",
            "firms",
            &[3.0],
            ((1.0, 20.0), (1, 20)),
        ),
        number("A", "what a buyer of the good would pay without others", "price", 1.0, (0.001, 1e6)),
        number("beta", "what the good is worth more with each unit in use: v(y) = beta y", "price per unit", 0.25, (0.0, 0.99)),
    ],
    runs: 1,
    run,
};

/// Outputs per firm of each group, with expectations that came true: firms answer each other by best reply to given
/// expectations, then expectations follow.
fn expected(groups: &[f64], a: f64, beta: f64) -> Vec<f64> {
    let mut x = vec![0.0; groups.len()];
    let mut network = vec![0.0; groups.len()];
    for _ in 0..20_000 {
        for _ in 0..4_000 {
            let mut change: f64 = 0.0;
            for g in 0..groups.len() {
                // Firms of a group are alike: x = (A + v − others)/2 for one of them, the others of the group at x as well.
                let outside: f64 = (0..groups.len()).filter(|h| *h != g).map(|h| groups[h] * x[h]).sum();
                let reply = ((a + beta * network[g] - outside) / (groups[g] + 1.0)).max(0.0);
                change = change.max((reply - x[g]).abs());
                x[g] = reply;
            }
            if change < 1e-15 {
                break;
            }
        }
        let seen: Vec<f64> = groups.iter().zip(&x).map(|(n, x)| n * x).collect();
        let change = seen.iter().zip(&network).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        network = seen;
        if change < 1e-14 {
            break;
        }
    }
    x
}

/// The same by solving the linear system 2 x_i + Σ_{j≠i} x_j − beta y_i = A; none where a firm would not sell.
fn closed(groups: &[f64], a: f64, beta: f64) -> Option<Vec<f64>> {
    let rows = (0..groups.len()).map(|g| {
        let own = |h: usize| if g == h { 1.0 - beta * groups[g] } else { 0.0 };
        (0..groups.len()).map(|h| groups[h] + own(h)).chain([a]).collect()
    });
    solve(rows.collect()).filter(|x| x.iter().all(|x| *x > 0.0))
}

fn run(values: &Values, _: Trial<'_>) -> Result<Outcome, String> {
    let (groups, a, beta) = (values.list("groups"), values.number("A"), values.number("beta"));
    if groups.iter().any(|n| n.fract() != 0.0) || groups.iter().sum::<f64>() > 100.0 {
        return Err("--groups: give whole numbers of firms, at most 100 in all".to_owned());
    }
    let n: f64 = groups.iter().sum();
    let x = expected(groups, a, beta);
    let exact = closed(groups, a, beta);
    let mut outcome =
        Outcome { simulated: format!("{n} firms in {} groups, best replies until expectations come true", groups.len()), ..Outcome::default() };
    const BASIS: &str = "solution of the linear system; x = A/(n+1−n beta) when all are compatible, A/(n+1−beta) when none is";
    let total = |x: &[f64]| groups.iter().zip(x).map(|(n, x)| n * x).sum::<f64>();
    let reference = |f: &dyn Fn(&[f64]) -> f64| exact.as_deref().map(f);
    for g in 0..groups.len() {
        outcome.lines.push(Line::exact(format!("output of a firm in group {}", g + 1), x[g], reference(&|x| x[g]), BASIS));
        outcome.lines.push(Line::exact(format!("profit of a firm in group {}", g + 1), x[g] * x[g], reference(&|x| x[g] * x[g]), "x²"));
    }
    let surplus = |x: &[f64]| total(x) * total(x) / 2.0;
    let welfare = |x: &[f64]| surplus(x) + groups.iter().zip(x).map(|(n, x)| n * x * x).sum::<f64>();
    let shares = |x: &[f64]| groups.iter().zip(x).flat_map(|(n, own)| std::iter::repeat_n(own / total(x), *n as usize)).collect::<Vec<_>>();
    outcome.lines.push(Line::exact("total output z", total(&x), reference(&total), "Σ x"));
    outcome.lines.push(Line::exact("consumer surplus", surplus(&x), reference(&surplus), "z²/2"));
    outcome.lines.push(Line::exact("total surplus", welfare(&x), reference(&welfare), "z²/2 + Σ x²"));
    outcome.lines.push(Line::exact(
        "Herfindahl index",
        concentration(&shares(&x)),
        reference(&|x| shares(x).iter().map(|s| s * s).sum()),
        "Σ share²",
    ));
    if exact.is_none() {
        outcome.notes.push("Some firm would not sell: the linear solution does not hold, and only the iterated one is shown.".to_owned());
    }
    outcome.picture = picture(groups, a);
    Ok(outcome)
}

/// Profit of a firm in each group, and if all were compatible, against beta.
fn picture(groups: &[f64], a: f64) -> Picture {
    let n: f64 = groups.iter().sum();
    let betas = grid(0.0, 0.9, 46);
    let all = betas.iter().map(|beta| (*beta, a / (n + 1.0 - n * beta))).map(|(beta, x)| (beta, x * x));
    let mut series = vec![Series::new("if all were compatible", Shape::Unstable, all)];
    for g in 0..groups.len() {
        let points = betas.iter().filter_map(|beta| closed(groups, a, *beta).map(|x| (*beta, x[g] * x[g])));
        series.push(Series::new(format!("a firm in group {}", g + 1), Shape::Exact, points));
    }
    Picture { x: "network value beta".to_owned(), y: "profit".to_owned(), series }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equilibria_are_the_published_ones() {
        let near =
            |found: &[f64], known: &[f64]| assert!(found.iter().zip(known).all(|(a, b)| (a - b).abs() < 1e-6), "{found:?} instead of {known:?}");
        for (groups, x) in [(&[3.0][..], &[0.307_692][..]), (&[1.0, 1.0, 1.0], &[0.266_667; 3]), (&[2.0, 1.0], &[0.315_789, 0.210_526])] {
            near(&expected(groups, 1.0, 0.25), x);
            near(&closed(groups, 1.0, 0.25).unwrap(), x);
        }
    }
}
