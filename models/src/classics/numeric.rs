//! Root finding and laws that several classics need for their exact values.

/// The root of `f` between `low` and `high`, where its sign changes; none where it does not.
pub(crate) fn root(f: impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> Option<f64> {
    let sign = f(low) > 0.0;
    if (f(high) > 0.0) == sign {
        return None;
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if (f(middle) > 0.0) == sign {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(0.5 * (low + high))
}

/// All roots of `f` between `low` and `high` that lie between points of an even grid.
pub(crate) fn roots(f: impl Fn(f64) -> f64, low: f64, high: f64, steps: usize) -> Vec<f64> {
    let at = |k: usize| low + (high - low) * k as f64 / steps as f64;
    (0..steps).filter_map(|k| root(&f, at(k), at(k + 1))).collect()
}

/// exp(u) / Σ exp(u).
pub(crate) fn softmax(utilities: &[f64]) -> Vec<f64> {
    let top = utilities.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let odds: Vec<f64> = utilities.iter().map(|u| libm::exp(u - top)).collect();
    let total: f64 = odds.iter().sum();
    odds.into_iter().map(|odds| odds / total).collect()
}

/// ln of the binomial coefficient.
pub(crate) fn log_choose(n: usize, k: usize) -> f64 {
    let factorial = |m: usize| libm::lgamma(m as f64 + 1.0);
    factorial(n) - factorial(k) - factorial(n - k)
}

/// Binomial probability of `k` of `n`.
pub(crate) fn binomial(n: usize, k: usize, p: f64) -> f64 {
    match p {
        p if p <= 0.0 => f64::from(u8::from(k == 0)),
        p if p >= 1.0 => f64::from(u8::from(k == n)),
        _ => libm::exp(log_choose(n, k) + k as f64 * libm::log(p) + (n - k) as f64 * libm::log(1.0 - p)),
    }
}

/// `count` even steps from `low` to `high`, both included.
pub(crate) fn grid(low: f64, high: f64, count: usize) -> Vec<f64> {
    (0..count).map(|k| low + (high - low) * k as f64 / (count - 1).max(1) as f64).collect()
}

/// Solves a linear system by Gaussian elimination with pivots; none where it is singular. `rows` hold the right side last.
pub(crate) fn solve(mut rows: Vec<Vec<f64>>) -> Option<Vec<f64>> {
    let n = rows.len();
    for column in 0..n {
        let pivot = (column..n).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))?;
        rows.swap(column, pivot);
        let head = rows[column].clone();
        if head[column].abs() < 1e-12 {
            return None;
        }
        for row in rows.iter_mut().skip(column + 1) {
            let factor = row[column] / head[column];
            row.iter_mut().zip(&head).for_each(|(cell, head)| *cell -= factor * head);
        }
    }
    let mut x = vec![0.0; n];
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|j| rows[i][j] * x[j]).sum();
        x[i] = (rows[i][n] - known) / rows[i][i];
    }
    Some(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_and_systems_are_solved() {
        assert!((root(|x| x * x - 2.0, 0.0, 2.0).unwrap() - std::f64::consts::SQRT_2).abs() < 1e-12);
        assert_eq!(roots(|x| (x - 0.2) * (x - 0.7), 0.0, 1.0, 101).len(), 2);
        assert_eq!(solve(vec![vec![0.0, 2.0, 4.0], vec![1.0, 1.0, 3.0]]), Some(vec![1.0, 2.0]));
        assert_eq!(solve(vec![vec![1.0, 1.0, 1.0], vec![2.0, 2.0, 2.0]]), None);
        let total: f64 = (0..=30).map(|k| binomial(30, k, 0.7)).sum();
        assert!((total - 1.0).abs() < 1e-12);
    }
}
