//! Bands over an ensemble and paired differences between two.

use std::sync::{Arc, LazyLock, OnceLock};

use rayon::prelude::*;
use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::ensemble::Ensemble;
use crate::trajectory::{Future, Trajectory};

/// The quantiles that findings carry.
pub const QUANTILES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// Statistics of one column in one row over the runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Statistics {
    /// Number of finite values.
    pub n: usize,
    /// Arithmetic mean.
    pub mean: f64,
    /// Monte-Carlo standard error of the mean: sample standard deviation over √n.
    pub standard_error: f64,
    /// Quantiles 5, 25, 50, 75 and 95 per cent (linear between order statistics, Hyndman & Fan 1996, type 7).
    pub quantiles: [f64; 5],
}

impl Statistics {
    /// Statistics of the finite values; all NaN when there are none.
    pub fn of(values: impl Iterator<Item = f64>) -> Statistics {
        // As whole numbers in the same order as `f64::total_cmp`: to compare two then takes one instruction.
        let mut keys: Vec<i64> = values.filter(|v| v.is_finite()).map(|v| flipped(v.to_bits() as i64)).collect();
        let n = keys.len();
        if n == 0 {
            return Statistics { n, mean: f64::NAN, standard_error: f64::NAN, quantiles: [f64::NAN; 5] };
        }
        let mean = keys.iter().map(value).sum::<f64>() / n as f64;
        let square = keys.iter().map(value).map(|v| (v - mean) * (v - mean)).sum::<f64>();
        let standard_error = if n > 1 { (square / (n - 1) as f64 / n as f64).sqrt() } else { f64::NAN };
        keys.sort_unstable();
        Statistics { n, mean, standard_error, quantiles: QUANTILES.map(|q| between(n, q, |at| value(&keys[at]))) }
    }

    /// Half-width of the 95 per cent interval of the mean, by Student's t: few runs say little about their own spread.
    pub fn half_width(&self) -> f64 {
        student(self.n) * self.standard_error
    }

    /// The middle run: the median.
    pub fn median(&self) -> f64 {
        self.quantiles[2]
    }
}

/// Bits of a number turned so that whole numbers compare as the numbers do; turned twice they are what they were.
fn flipped(bits: i64) -> i64 {
    bits ^ (((bits >> 63) as u64) >> 1) as i64
}

/// The number behind a key.
fn value(key: &i64) -> f64 {
    f64::from_bits(flipped(*key) as u64)
}

/// The 97.5 per cent quantile of Student's t for a mean of `n` values; that of the normal law from [`MANY`] values on.
fn student(n: usize) -> f64 {
    match n {
        0 | 1 => f64::NAN,
        n if n > MANY => 1.96,
        n => STUDENT_QUANTILES[n - 2],
    }
}

/// From this many values on the normal law serves: Student's quantile is then within 1 per cent of it.
const MANY: usize = 200;

/// Made with `statrs` and rounded to four places, so that the mathematical library of a platform cannot reach a result.
static STUDENT_QUANTILES: LazyLock<Vec<f64>> = LazyLock::new(|| {
    let quantile = |freedom: usize| StudentsT::new(0.0, 1.0, freedom as f64).map_or(f64::NAN, |law| law.inverse_cdf(0.975));
    (1..MANY).map(|freedom| (quantile(freedom) * 1e4).round() / 1e4).collect()
});

/// Quantile of sorted values, linear between order statistics (type 7).
pub fn quantile(sorted: &[f64], q: f64) -> f64 {
    between(sorted.len(), q, |at| sorted[at])
}

/// The same of `n` values that are looked up in order.
fn between(n: usize, q: f64, sorted: impl Fn(usize) -> f64) -> f64 {
    let position = q * (n - 1) as f64;
    let below = position.floor() as usize;
    let above = (below + 1).min(n - 1);
    sorted(below) + (position - below as f64) * (sorted(above) - sorted(below))
}

/// Neighbouring columns that are worked out row by row together, because their values lie in one line of the memory.
const IN_A_LINE: usize = 8;

/// Bands of one ensemble: statistics for every row and column, and where the runs end.
///
/// The statistics of a column are worked out when they are first asked for: a chart reads a few of several hundred columns.
#[derive(Debug, Clone)]
pub struct Findings {
    /// Number of runs.
    pub runs: usize,
    /// Futures that occurred with the number of runs, in fixed order.
    pub futures: Vec<(Future, usize)>,
    /// `[column][row]`.
    statistics: Vec<OnceLock<Vec<Statistics>>>,
    rows: usize,
    trajectories: Vec<Arc<Trajectory>>,
}

impl Findings {
    /// The findings of an ensemble.
    pub fn of(ensemble: &Ensemble) -> Findings {
        Findings {
            runs: ensemble.runs.len(),
            futures: futures(ensemble),
            statistics: vec![OnceLock::new(); ensemble.layout.columns.len()],
            rows: ensemble.rows(),
            trajectories: ensemble.runs.clone(),
        }
    }

    /// Statistics of a column in a row.
    pub fn at(&self, row: usize, column: usize) -> &Statistics {
        &self.column(column)[row]
    }

    /// Works out these columns, on all cores: for those who want many numbers.
    pub fn prepare(&self, columns: &[usize]) {
        columns.par_chunks(IN_A_LINE).for_each(|columns| {
            let missing: Vec<usize> = columns.iter().copied().filter(|column| self.statistics[*column].get().is_none()).collect();
            let mut found = vec![Vec::with_capacity(self.rows); missing.len()];
            for row in 0..self.rows {
                missing.iter().zip(&mut found).for_each(|(column, found)| found.push(self.cell(row, *column)));
            }
            for (column, found) in missing.into_iter().zip(found) {
                // Somebody else may have been faster, with the same numbers.
                drop(self.statistics[column].set(found));
            }
        });
    }

    /// Works out every column.
    pub fn prepare_all(&self) {
        self.prepare(&(0..self.statistics.len()).collect::<Vec<_>>());
    }

    /// Statistics of a column in every row.
    fn column(&self, column: usize) -> &[Statistics] {
        self.statistics[column].get_or_init(|| (0..self.rows).map(|row| self.cell(row, column)).collect())
    }

    fn cell(&self, row: usize, column: usize) -> Statistics {
        Statistics::of(self.trajectories.iter().map(|run| run.at(row, column)))
    }
}

fn futures(ensemble: &Ensemble) -> Vec<(Future, usize)> {
    let mut all: Vec<Future> = ensemble.runs.iter().map(|run| run.future).collect();
    all.sort_unstable();
    let mut counts: Vec<(Future, usize)> = Vec::new();
    for future in all {
        match counts.last_mut() {
            Some((last, count)) if *last == future => *count += 1,
            _ => counts.push((future, 1)),
        }
    }
    counts
}

/// The difference `b − a` of one column in one row over runs of the same seed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairedDifference {
    /// Statistics of the differences.
    pub statistics: Statistics,
    /// Run agreement: share of pairs in which `b` exceeds `a`.
    pub share_higher: f64,
    /// Share of pairs in which `b` is below `a`; the rest are ties.
    pub share_lower: f64,
    /// Correlation of the two over the seeds: what pairing gained; NaN when one of them does not vary.
    pub correlation: f64,
}

/// Least number of pairs whose agreement says anything: 18 of 20 by chance alone has odds of 1 in 2,500.
pub const FEW_PAIRS: usize = 20;

/// How clear the direction of a paired difference is; the gate for takeaway titles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clarity {
    /// At least 90 of 100 pairs agree in direction.
    Clear,
    /// 66 to 89 of 100 agree: “tends to”.
    Tendency,
    /// Fewer agree: no clear difference.
    None,
}

/// Fewest runs on which a statement about the number of runs is based.
const PILOT: usize = 30;

impl PairedDifference {
    /// The paired difference of two equally long series; pairs with a missing value are left out.
    pub fn of(a: &[f64], b: &[f64]) -> PairedDifference {
        let pairs: Vec<(f64, f64)> = a.iter().zip(b).map(|(a, b)| (*a, *b)).filter(|(a, b)| a.is_finite() && b.is_finite()).collect();
        let n = pairs.len().max(1) as f64;
        PairedDifference {
            statistics: Statistics::of(pairs.iter().map(|(a, b)| b - a)),
            share_higher: pairs.iter().filter(|(a, b)| b > a).count() as f64 / n,
            share_lower: pairs.iter().filter(|(a, b)| b < a).count() as f64 / n,
            correlation: correlation(&pairs),
        }
    }

    /// Share of pairs that agree with the more frequent direction.
    pub fn agreement(&self) -> f64 {
        self.share_higher.max(self.share_lower)
    }

    /// How clear the direction is (90 and 66 of 100). Fewer than [`FEW_PAIRS`] pairs show no direction at all.
    pub fn clarity(&self) -> Clarity {
        match self.agreement() {
            _ if self.statistics.n < FEW_PAIRS => Clarity::None,
            share if share >= 0.90 => Clarity::Clear,
            share if share >= 0.66 => Clarity::Tendency,
            _ => Clarity::None,
        }
    }

    /// Whether the mean difference can be told from 0 at 95 per cent.
    pub fn distinguishable(&self) -> bool {
        let s = &self.statistics;
        s.n > 1 && (s.mean.abs() > s.half_width() || (s.standard_error == 0.0 && s.mean != 0.0))
    }

    /// Further runs after which the mean difference, if it stays what it is, could be told from 0; `None` when it
    /// already can, or when it is exactly 0.
    pub fn further_runs(&self) -> Option<usize> {
        let s = &self.statistics;
        if self.distinguishable() || s.n < 2 || s.mean == 0.0 {
            return None;
        }
        let ratio = s.half_width() / s.mean.abs();
        let needed = (s.n as f64 * ratio * ratio).ceil();
        // What few runs say of their spread cannot tell how many are needed; a pilot of 30 comes first.
        (needed.is_finite() && needed < 1e9).then(|| (needed as usize + 1).max(PILOT).saturating_sub(s.n))
    }
}

fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len() as f64;
    let (ma, mb) = (pairs.iter().map(|p| p.0).sum::<f64>() / n, pairs.iter().map(|p| p.1).sum::<f64>() / n);
    let (mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0);
    for (a, b) in pairs {
        aa += (a - ma) * (a - ma);
        bb += (b - mb) * (b - mb);
        ab += (a - ma) * (b - mb);
    }
    if aa > 0.0 && bb > 0.0 { ab / (aa * bb).sqrt() } else { f64::NAN }
}

/// The paired difference `b − a` of a column in a row, over the seeds that both ensembles ran.
pub fn paired(a: &Ensemble, b: &Ensemble, row: usize, (column_a, column_b): (usize, usize)) -> PairedDifference {
    let n = a.runs.len().min(b.runs.len());
    debug_assert!(a.runs.iter().zip(&b.runs).all(|(a, b)| a.seed == b.seed), "ensembles are paired by seed");
    let left: Vec<f64> = a.runs[..n].iter().map(|run| run.at(row, column_a)).collect();
    let right: Vec<f64> = b.runs[..n].iter().map(|run| run.at(row, column_b)).collect();
    PairedDifference::of(&left, &right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_in_the_order_of_the_numbers_and_the_negative_zero_first() {
        let values = [0.5, -0.0, 3.0, f64::MIN, -1e-300, 0.0, 1e300, -2.0];
        let mut expected = values;
        expected.sort_by(f64::total_cmp);
        let mut keys = values.map(|v| flipped(v.to_bits() as i64));
        keys.sort_unstable();
        assert_eq!(keys.each_ref().map(value).map(f64::to_bits), expected.map(f64::to_bits));
    }

    #[test]
    fn few_runs_have_wide_intervals_and_no_direction() {
        // t quantiles .975 for 1, 4 and 29 degrees of freedom: 12.7062, 2.7764, 2.0452.
        for (n, wanted) in [(2, 12.7062), (5, 2.7764), (30, 2.0452), (5000, 1.96)] {
            assert!((student(n) - wanted).abs() < 1e-4, "{n}: {}", student(n));
        }
        let two = PairedDifference::of(&[0.0, 0.0], &[0.1, 0.3]);
        assert!(!two.distinguishable() && two.clarity() == Clarity::None);
        assert!(two.further_runs().unwrap() >= PILOT - 2);
        let many = PairedDifference::of(&[0.0; 20], &std::array::from_fn::<f64, 20, _>(|i| 0.1 + 0.01 * i as f64));
        assert!(many.distinguishable() && many.clarity() == Clarity::Clear && many.further_runs().is_none());
    }
}
