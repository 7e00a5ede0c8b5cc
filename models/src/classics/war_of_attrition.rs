//! Farrell & Saloner (1988): a committee as a war of attrition.

use super::numeric::grid;
use super::parameter::number;
use super::{Classic, Level, Line, Outcome, Picture, Series, Shape, Trial, Values};
use crate::draws::{Draws, Stream};

pub(super) const CLASSIC: Classic = Classic {
    id: "war-of-attrition",
    name: "The committee that waits",
    lesson: "Two bodies that each prefer their own standard but prefer any common one to none hold out at random: they agree surely, but late.",
    story: "Two bodies each want their own standard, but either would rather have the rival’s than none. Each round each may give in. In balance each gives in with a small chance per round, so that they surely agree in the end, but late. The less a common text of the other side is worth to them, the longer they wait: committees decide, markets are fast, and each has its price.",
    engine: "no rule of the engine waits strategically; both bodies concede by independent draws of the engine’s generator",
    source: "Farrell & Saloner 1988, RAND Journal of Economics 19:235–252 (reduction derived for this project)",
    level: Level::Distribution,
    parameters: &[
        number("a", "worth of the own standard as the common one", "payoff", 1.0, (1e-6, 1e6)),
        number("c", "worth of the rival’s standard as the common one; below a", "payoff", 0.5, (1e-6, 1e6)),
        number("delta", "what is left of a payoff after a round", "share", 0.9, (0.0, 0.999)),
    ],
    runs: 20_000,
    run,
};

fn conceding(a: f64, c: f64, delta: f64) -> f64 {
    c * (1.0 - delta) / (a - c * delta)
}

fn length(q: f64) -> f64 {
    1.0 / (1.0 - (1.0 - q) * (1.0 - q))
}

/// Rounds until somebody concedes, and whether the first body concedes in the first round.
fn simulate(q: f64, seed: u32) -> (f64, bool) {
    let draws = Draws::new(seed);
    let concedes = |body: usize, round: usize| draws.unit(Stream::BlocVote, body, round) < q;
    let rounds = (1..=10_000_000).find(|round| concedes(0, *round) || concedes(1, *round)).unwrap_or(10_000_000);
    (rounds as f64, concedes(0, 1))
}

fn run(values: &Values, trial: Trial<'_>) -> Result<Outcome, String> {
    let (a, c, delta) = (values.number("a"), values.number("c"), values.number("delta"));
    if c >= a {
        return Err("--c: the rival’s standard should be worth less than the own one (c below a)".to_owned());
    }
    let q = conceding(a, c, delta);
    let runs = trial.each(|seed| simulate(q, seed))?;
    let rounds: Vec<f64> = runs.iter().map(|run| run.0).collect();
    // Holding out one round: the rival concedes and a is won, or a round later one concedes for c.
    let held: Vec<f64> = runs.iter().map(|run| if run.1 { a } else { delta * c }).collect();
    let lines = vec![
        Line::theory("chance of conceding in a round", q, "c (1 − delta)/(a − c delta)"),
        Line::mean("rounds until agreement", &rounds, Some(length(q)), "1/(1 − (1 − q)²)"),
        Line::mean("payoff of holding out one round more", &held, Some(c), "indifference: it is worth what conceding is"),
    ];
    let curve = grid(0.0, 0.98, 50).into_iter().map(|delta| (delta, length(conceding(a, c, delta))));
    let (mean, error) = super::outcome::mean_and_error(&rounds);
    Ok(Outcome {
        simulated: format!("{} disputes of two bodies", trial.runs),
        lines,
        picture: Picture {
            x: "patience delta".to_owned(),
            y: "mean rounds until agreement".to_owned(),
            series: vec![
                Series::new("exact", Shape::Exact, curve),
                Series { name: "runs".to_owned(), shape: Shape::Dots, points: vec![[delta, mean, error]] },
            ],
        },
        ..Outcome::default()
    })
}
