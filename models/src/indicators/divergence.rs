use super::{Indicator, Measure, View};
use crate::layout::Entity;

pub(super) const INDICATOR: Indicator = Indicator {
    id: "divergence",
    name: "Divergence of mixes",
    unit: "index, 0 to 1",
    low: 0.0,
    high: 1.0,
    formula: "(H(Σ w_b y_b) − Σ w_b H(y_b)) / H(w)",
    reading: "Whether blocs use different standards, however compatible: 0 is the same mix, 1 is disjoint (Jensen–Shannon).",
    entities: super::world,
    measure: Measure::PerDomain(value),
};

fn value(view: &View<'_>, domain: usize, _: &Entity) -> f64 {
    let blocs = view.world.blocs();
    let share = &view.world.setting.markets.share[..blocs];
    let total: f64 = share.iter().sum();
    let weights: Vec<f64> = share.iter().map(|w| w / total).collect();
    let mixes: Vec<&[f64]> = (0..blocs).map(|b| view.world.mix(domain, b)).collect();
    divergence(&weights, &mixes)
}

/// Jensen–Shannon divergence of the mixes over the entropy of the weights; 0 for one group.
fn divergence(weights: &[f64], mixes: &[&[f64]]) -> f64 {
    let standards = mixes[0].len();
    let pooled: Vec<f64> = (0..standards).map(|s| weights.iter().zip(mixes).map(|(w, y)| w * y[s]).sum()).collect();
    let within: f64 = weights.iter().zip(mixes).map(|(w, y)| w * entropy(y)).sum();
    let scale = entropy(weights);
    if scale > 0.0 { ((entropy(&pooled) - within) / scale).clamp(0.0, 1.0) } else { 0.0 }
}

/// Shannon entropy in nats.
fn entropy(shares: &[f64]) -> f64 {
    -shares.iter().filter(|x| **x > 0.0).map(|x| x * libm::log(*x)).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_example_diverges_by_its_published_figure() {
        let mixes: [&[f64]; 4] = [&[0.7, 0.1, 0.2], &[0.05, 0.9, 0.05], &[0.2, 0.05, 0.75], &[0.3, 0.4, 0.3]];
        assert!((divergence(&[0.2, 0.2, 0.25, 0.35], &mixes) - 0.224_254).abs() < 1e-6);
    }

    #[test]
    fn one_mix_does_not_diverge_and_disjoint_ones_do_fully() {
        assert_eq!(divergence(&[0.5, 0.5], &[&[0.3, 0.7], &[0.3, 0.7]]), 0.0);
        assert_eq!(divergence(&[0.5, 0.5], &[&[1.0, 0.0], &[0.0, 1.0]]), 1.0);
    }
}
