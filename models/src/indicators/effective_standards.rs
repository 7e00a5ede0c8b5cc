use super::{Indicator, Measure, View};
use crate::layout::Entity;

pub(super) const INDICATOR: Indicator = Indicator {
    id: "effective-standards",
    name: "Effective number of standards",
    unit: "standards",
    low: 1.0,
    high: 8.0,
    formula: "exp(−Σ g_s ln (σ g)_s)",
    reading: "How many clearly different standards the world feels like, compatible ones counting as nearly one (Leinster & Cobbold 2012, order 1).",
    entities: super::world,
    measure: Measure::PerDomain(value),
};

pub(super) fn value(view: &View<'_>, domain: usize, _: &Entity) -> f64 {
    let n = view.world.standards();
    effective(&view.pooled(domain)[..n], &view.world.rules.sigma[domain * n * n..(domain + 1) * n * n])
}

/// Similarity-sensitive diversity of order 1.
fn effective(pooled: &[f64], sigma: &[f64]) -> f64 {
    let n = pooled.len();
    let ordinary = |s: usize| (0..n).map(|t| sigma[s * n + t] * pooled[t]).sum::<f64>();
    libm::exp(-(0..n).filter(|s| pooled[*s] > 0.0).map(|s| pooled[s] * libm::log(ordinary(s))).sum::<f64>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_example_feels_like_its_published_number_of_standards() {
        let sigma = [1.0, 0.4, 0.7, 0.4, 1.0, 0.5, 0.7, 0.5, 1.0];
        assert!((effective(&[0.305, 0.3525, 0.3425], &sigma) - 1.456_384).abs() < 1e-6);
        assert_eq!(effective(&[0.0, 1.0, 0.0], &sigma), 1.0);
    }
}
