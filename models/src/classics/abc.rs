//! Approximate Bayesian computation on a case whose answer is known.

use super::numeric::grid;
use super::parameter::{number, whole};
use super::{Classic, Level, Line, Outcome, Picture, Series, Shape, Trial, Values};
use crate::calibrate;
use crate::draws::{Draws, Stream};

pub(super) const CLASSIC: Classic = Classic {
    id: "abc",
    name: "The calibration, on a known case",
    lesson: "Keeping the parameters whose simulated data look like the data gives the posterior; where that is known in closed form the code must find it.",
    story: "How do we find the parameters that fit a contest of the past? Draw many at random, run each, and keep those whose results look like what was seen. Before that is used on history it is tried here on a case with a known answer: some successes in a number of trials. The dots should lie on the line.",
    engine: "the calibration of the historical episodes: the same draws from the prior, the same acceptance",
    source: "conjugate case: uniform prior and k of n give Beta(1 + k, 1 + n − k)",
    level: Level::Distribution,
    parameters: &[
        whole("n", "trials observed", "trials", 10, (1, 1_000)),
        whole("k", "successes observed; at most n", "successes", 3, (0, 1_000)),
        number("keep", "share of parameter draws kept: those whose data lie nearest, ties included", "share", 0.01, (0.0001, 1.0)),
    ],
    runs: 60_000,
    run,
};

fn run(values: &Values, trial: Trial<'_>) -> Result<Outcome, String> {
    let (n, k, keep) = (values.whole("n"), values.whole("k"), values.number("keep"));
    if k > n {
        return Err(format!("--k: {k} successes in {n} trials"));
    }
    let prior = [calibrate::Prior { low: 0.0, high: 1.0 }];
    let pairs: Vec<(f64, f64)> = trial.each(|seed| {
        let p = calibrate::draw(&prior, seed)[0];
        let draws = Draws::new(seed);
        let successes = (0..n).filter(|i| draws.unit(Stream::BlocVote, *i, 1) < p).count();
        (p, (successes as f64 - k as f64).abs())
    })?;
    let accepted = calibrate::nearest(&pairs.iter().map(|pair| pair.1).collect::<Vec<_>>(), keep);
    let kept: Vec<f64> = accepted.iter().map(|i| pairs[*i].0).collect();
    let (a, b) = (1.0 + k as f64, 1.0 + (n - k) as f64);
    let (mean, variance) = (a / (a + b), a * b / ((a + b) * (a + b) * (a + b + 1.0)));
    let squares: Vec<f64> = kept.iter().map(|p| (p - mean) * (p - mean)).collect();
    let found = Line::mean("", &squares, None, "");
    let deviation = found.simulated.unwrap_or(f64::NAN).sqrt();
    let line = Line {
        name: "posterior standard deviation".to_owned(),
        simulated: Some(deviation),
        standard_error: found.standard_error / (2.0 * deviation),
        reference: Some(variance.sqrt()),
        reference_error: 0.0,
        basis: "Beta(1 + k, 1 + n − k)",
    };
    let log_density = |p: f64| (a - 1.0) * libm::log(p) + (b - 1.0) * libm::log(1.0 - p) + libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b);
    let curve = grid(0.005, 0.995, 100).into_iter().map(|p| (p, libm::exp(log_density(p))));
    let bins = 20;
    let bars = (0..bins).map(|bin| {
        let inside = kept.iter().filter(|p| (**p * bins as f64) as usize == bin).count() as f64;
        let density = inside / kept.len() as f64 * bins as f64;
        [(bin as f64 + 0.5) / bins as f64, density, inside.sqrt() / kept.len() as f64 * bins as f64]
    });
    let worst = accepted.iter().map(|i| pairs[*i].1).fold(0.0, f64::max);
    let mut notes = vec![format!("{} of {} draws are kept.", kept.len(), trial.runs)];
    if worst > 0.0 {
        notes.push(format!("Data up to {worst} successes away are kept, so that the posterior found is wider than the exact one: keep fewer."));
    }
    Ok(Outcome {
        simulated: format!("{} draws from the prior, {n} trials each", trial.runs),
        lines: vec![Line::mean("posterior mean", &kept, Some(mean), "Beta(1 + k, 1 + n − k)"), line],
        notes,
        picture: Picture {
            x: "chance of success".to_owned(),
            y: "posterior density".to_owned(),
            series: vec![
                Series::new("exact", Shape::Exact, curve),
                Series { name: "kept draws".to_owned(), shape: Shape::Dots, points: bars.collect() },
            ],
        },
        ..Outcome::default()
    })
}
