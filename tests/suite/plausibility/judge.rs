//! Decides whether a claim holds and says what was found and what was wanted.

use faultline_models::findings::{PairedDifference, Statistics};
use faultline_models::trajectory::Future;

use super::checks::{Claim, along};
use super::readings::Readings;

/// What became of a claim.
pub(crate) struct Verdict {
    /// Whether it holds.
    pub(crate) holds: bool,
    /// The figure found.
    pub(crate) found: String,
    /// What was wanted.
    pub(crate) wanted: String,
}

/// Judges a claim.
pub(crate) fn judge(claim: &Claim, readings: &Readings) -> Verdict {
    match claim {
        Claim::Mean { of, low, high } => {
            let statistics = Statistics::of(readings.of(of).into_iter());
            within(statistics.mean, statistics.standard_error, *low, *high)
        }
        Claim::ShareOfRuns { of, low, high, at_least } => {
            let values = readings.of(of);
            let inside = values.iter().filter(|value| (*low..=*high).contains(*value)).count();
            let statistics = Statistics::of(values.iter().copied());
            let [lowest, .., highest] = statistics.quantiles;
            let mut verdict = share(inside, values.len(), *at_least);
            verdict.found += &format!(" (median {:.3}, 90 % in {lowest:.3} to {highest:.3})", statistics.median());
            verdict.wanted += &format!(" in {}", range(*low, *high));
            verdict
        }
        Claim::ShareOfPairs { greater, smaller, at_least } => {
            let (more, less) = (readings.of(greater), readings.of(smaller));
            let agreeing = more.iter().zip(&less).filter(|(more, less)| more > less).count();
            let mut verdict = share(agreeing, more.len(), *at_least);
            verdict.found += &format!(", gap {:+.3}", PairedDifference::of(&less, &more).statistics.mean);
            verdict
        }
        Claim::MeanOfPairs { of, minus, low, high } => {
            let difference = PairedDifference::of(&readings.of(minus), &readings.of(of)).statistics;
            within(difference.mean, difference.standard_error, *low, *high)
        }
        Claim::Futures { of, among, at_least } => {
            let futures = readings.futures(of);
            let inside = futures.iter().filter(|future| among.iter().any(|name| name == word(**future))).count();
            let mut verdict = share(inside, futures.len(), *at_least);
            verdict.found += &format!(" ({})", counts(futures));
            verdict
        }
        Claim::NoFutureAbove { of, share } => {
            let futures = readings.futures(of);
            let largest = futures.iter().map(|future| futures.iter().filter(|other| *other == future).count()).max().unwrap_or(0);
            let found = largest as f64 / futures.len() as f64;
            Verdict { holds: found <= *share, found: format!("{found:.3} ({})", counts(futures)), wanted: format!("at most {share}") }
        }
        Claim::FallsAlong { of, key, values, errors } => {
            let steps: Vec<Vec<f64>> = along(of, key, values).iter().map(|measure| readings.of(measure)).collect();
            falls(&steps, *errors)
        }
        Claim::SpreadPeaksInside { of, key, values } => {
            let spreads: Vec<f64> = along(of, key, values).iter().map(|measure| spread(&readings.of(measure))).collect();
            let inside = spreads[1..spreads.len() - 1].iter().copied().fold(0.0, f64::max);
            let holds = inside > spreads[0] && inside > spreads[spreads.len() - 1];
            Verdict { holds, found: listed(&spreads), wanted: "larger inside than at both ends".to_owned() }
        }
        Claim::Complements { of, settings, errors } => {
            let alone: Vec<Vec<f64>> = settings.iter().map(|setting| readings.of(&of.with(std::slice::from_ref(setting)))).collect();
            complements(&readings.of(of), &readings.of(&of.with(settings)), &alone, *errors)
        }
    }
}

fn within(mean: f64, standard_error: f64, low: f64, high: f64) -> Verdict {
    Verdict { holds: (low..=high).contains(&mean), found: format!("{mean:.3} (s.e. {standard_error:.4})"), wanted: range(low, high) }
}

fn share(count: usize, of: usize, at_least: f64) -> Verdict {
    let holds = of > 0 && count as f64 >= at_least * of as f64;
    Verdict { holds, found: format!("{count} of {of}"), wanted: format!("at least {at_least} of runs") }
}

fn range(low: f64, high: f64) -> String {
    match (low.is_finite(), high.is_finite()) {
        (true, true) => format!("{low} to {high}"),
        (true, false) => format!("at least {low}"),
        _ => format!("at most {high}"),
    }
}

/// Each step may lie above the one before by no more than so many standard errors of the paired difference.
fn falls(steps: &[Vec<f64>], errors: f64) -> Verdict {
    let means: Vec<f64> = steps.iter().map(|values| Statistics::of(values.iter().copied()).mean).collect();
    let holds = steps.windows(2).all(|pair| {
        let difference = PairedDifference::of(&pair[0], &pair[1]).statistics;
        difference.mean <= errors * difference.standard_error
    });
    Verdict { holds, found: listed(&means), wanted: format!("no rise beyond {errors} s.e.") }
}

/// Run by run: what all do together, less the sum of what each does.
fn complements(base: &[f64], together: &[f64], alone: &[Vec<f64>], errors: f64) -> Verdict {
    let excess = |run: usize| {
        let sum: f64 = alone.iter().map(|values| base[run] - values[run]).sum();
        base[run] - together[run] - sum
    };
    let statistics = Statistics::of((0..base.len()).map(excess));
    let mean = |values: &[f64]| Statistics::of(values.iter().copied()).mean;
    let summed = mean(base) - alone.iter().map(|values| mean(base) - mean(values)).sum::<f64>();
    Verdict {
        holds: statistics.mean > errors * statistics.standard_error,
        found: format!("{:.3} together, {summed:.3} by summing, from {:.3}", mean(together), mean(base)),
        wanted: "lower together than by summing".to_owned(),
    }
}

/// Sample standard deviation.
fn spread(values: &[f64]) -> f64 {
    let statistics = Statistics::of(values.iter().copied());
    statistics.standard_error * (statistics.n as f64).sqrt()
}

fn listed(numbers: &[f64]) -> String {
    numbers.iter().map(|number| format!("{number:.3}")).collect::<Vec<_>>().join(" ")
}

/// The word for a future in check files.
fn word(future: Future) -> &'static str {
    match future {
        Future::SingleMarket => "single-market",
        Future::CommonCore => "common-core",
        Future::Bridge(_) => "bridge",
        Future::TwoBlocs(..) => "two-blocs",
        Future::Split => "split",
    }
}

fn counts(futures: &[Future]) -> String {
    let words = ["single-market", "common-core", "bridge", "two-blocs", "split"];
    let count = |name: &str| futures.iter().filter(|future| word(**future) == name).count();
    words.map(|name| format!("{name} {}", count(name))).join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rise_within_the_noise_counts_as_falling_and_a_clear_one_does_not() {
        let noisy = [vec![0.5, 0.4, 0.6, 0.5], vec![0.6, 0.3, 0.5, 0.62]];
        assert!(falls(&noisy, 2.0).holds);
        let rising = [vec![0.5, 0.4, 0.6, 0.5], vec![0.7, 0.61, 0.8, 0.7]];
        assert!(!falls(&rising, 2.0).holds);
    }

    #[test]
    fn effects_that_add_up_are_no_complements() {
        let base = [1.0, 1.1, 0.9];
        let lowered = |by: f64| base.map(|value| value - by).to_vec();
        assert!(!complements(&base, &lowered(0.5), &[lowered(0.2), lowered(0.3)], 2.0).holds);
        assert!(complements(&base, &lowered(0.7), &[lowered(0.2), lowered(0.3)], 2.0).holds);
    }

    #[test]
    fn a_share_counts_runs_and_an_empty_ensemble_meets_nothing() {
        assert!(share(160, 200, 0.8).holds);
        assert!(!share(159, 200, 0.8).holds);
        assert!(!share(0, 0, 0.8).holds);
    }
}
