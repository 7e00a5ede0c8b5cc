//! Calibration by approximate Bayesian computation: draw from the prior, simulate, keep what looks like the data
//! (rejection; Pritchard et al. 1999), with what the data left undetermined.

use crate::draws::{Draws, Stream};
use crate::findings::quantile;

/// A uniform prior.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    /// Smallest value.
    pub low: f64,
    /// Largest value.
    pub high: f64,
}

/// The parameters of a draw: one per prior, independent.
pub fn draw(priors: &[Prior], seed: u32) -> Vec<f64> {
    let draws = Draws::new(seed);
    priors.iter().enumerate().map(|(k, prior)| prior.low + (prior.high - prior.low) * draws.unit(Stream::Prior, k, 0)).collect()
}

/// Positions of the draws that lie nearest to the data: the given share of all, at least one, ties included.
pub fn nearest(distances: &[f64], share: f64) -> Vec<usize> {
    let mut sorted: Vec<f64> = distances.iter().copied().filter(|d| d.is_finite()).collect();
    if sorted.is_empty() {
        return Vec::new();
    }
    sorted.sort_unstable_by(f64::total_cmp);
    let count = ((share * distances.len() as f64).ceil() as usize).clamp(1, sorted.len());
    let bound = sorted[count - 1];
    (0..distances.len()).filter(|i| distances[*i] <= bound).collect()
}

/// What is known of a parameter after the data.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Marginal {
    /// Mean.
    pub mean: f64,
    /// Quantiles 5, 50 and 95 per cent.
    pub quantiles: [f64; 3],
    /// Standard deviation over that of the prior: near 1 the data say nothing about it.
    pub width: f64,
}

/// From this width on a parameter counts as not identified by the data.
pub const UNIDENTIFIED: f64 = 0.8;

/// From this correlation on two parameters count as identified only together.
pub const TOGETHER: f64 = 0.7;

/// Marginals of kept draws, `[draw][parameter]`.
pub fn marginals(priors: &[Prior], kept: &[Vec<f64>]) -> Vec<Marginal> {
    let one = |(k, prior): (usize, &Prior)| {
        let mut values: Vec<f64> = kept.iter().map(|draw| draw[k]).collect();
        values.sort_unstable_by(f64::total_cmp);
        let (mean, deviation) = moments(&values);
        let prior_deviation = (prior.high - prior.low) / 12f64.sqrt();
        Marginal { mean, quantiles: [0.05, 0.5, 0.95].map(|q| quantile(&values, q)), width: deviation / prior_deviation }
    };
    priors.iter().enumerate().map(one).collect()
}

/// Pairs of parameters that the data bind together, with their correlation.
pub fn bound_together(kept: &[Vec<f64>]) -> Vec<(usize, usize, f64)> {
    let n = kept.first().map_or(0, Vec::len);
    let column = |k: usize| kept.iter().map(|draw| draw[k]).collect::<Vec<f64>>();
    let mut pairs = Vec::new();
    for a in 0..n {
        for b in a + 1..n {
            let (x, y) = (column(a), column(b));
            let ((mx, sx), (my, sy)) = (moments(&x), moments(&y));
            let covariance = x.iter().zip(&y).map(|(x, y)| (x - mx) * (y - my)).sum::<f64>() / (x.len() - 1).max(1) as f64;
            let correlation = covariance / (sx * sy);
            if correlation.abs() >= TOGETHER {
                pairs.push((a, b, correlation));
            }
        }
    }
    pairs
}

fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let square = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
    (mean, (square / (n - 1.0).max(1.0)).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_are_kept_together_and_what_is_not_finite_is_not_kept() {
        assert_eq!(nearest(&[3.0, 0.0, 1.0, 0.0, f64::NAN], 0.2), [1, 3]);
        assert_eq!(nearest(&[f64::INFINITY], 1.0), Vec::<usize>::new());
    }

    #[test]
    fn a_parameter_that_the_data_do_not_touch_keeps_the_width_of_its_prior() {
        let priors = [Prior { low: 0.0, high: 2.0 }, Prior { low: 0.0, high: 1.0 }];
        let all: Vec<Vec<f64>> = (0..4_000).map(|seed| draw(&priors, seed)).collect();
        let kept: Vec<Vec<f64>> =
            nearest(&all.iter().map(|d| (d[0] - 1.0).abs()).collect::<Vec<_>>(), 0.1).into_iter().map(|i| all[i].clone()).collect();
        let found = marginals(&priors, &kept);
        assert!(found[0].width < 0.2 && found[1].width > 0.9 && found[1].width < 1.1);
        assert!(bound_together(&kept).is_empty());
    }
}
