//! The change split: how much of a difference in fragmentation comes from texts, from recognition and from use.

use crate::ensemble::Ensemble;
use crate::findings::PairedDifference;
use crate::rules::recognise::{compatibility, fragmentation};
use crate::scenario::{Point, Scenario};
use crate::trajectory::Trajectory;
use crate::uncertainties::index_of;

/// An exact Shapley split of a paired difference in fragmentation (Shapley 1953; Shorrocks 2013).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChangeSplit {
    /// Part of the difference that comes from the texts' points.
    pub texts: PairedDifference,
    /// Part that comes from mutual recognition.
    pub recognition: PairedDifference,
    /// Part that comes from which standards are in use.
    pub usage: PairedDifference,
    /// The whole difference: the three parts add up to it in every pair of runs.
    pub total: PairedDifference,
}

/// Splits `fragmentation(b) − fragmentation(a)` in a row over the pairs of runs with the same seed.
///
/// Both scenarios must have the same blocs and domains; `None` otherwise.
pub fn change_split(a: &Ensemble, b: &Ensemble, row: usize) -> Option<ChangeSplit> {
    let same = a.scenario.blocs.len() == b.scenario.blocs.len() && a.scenario.domains.len() == b.scenario.domains.len();
    if !same {
        return None;
    }
    let parts: Vec<[f64; 4]> = a.runs.iter().zip(&b.runs).map(|(x, y)| split_pair((&a.scenario, x), (&b.scenario, y), row)).collect();
    let zeros = vec![0.0; parts.len()];
    let part = |k: usize| PairedDifference::of(&zeros, &parts.iter().map(|p| p[k]).collect::<Vec<_>>());
    Some(ChangeSplit { texts: part(0), recognition: part(1), usage: part(2), total: part(3) })
}

/// The three parts and the whole for one pair of runs.
fn split_pair(a: (&Scenario, &Trajectory), b: (&Scenario, &Trajectory), row: usize) -> [f64; 4] {
    // Bit 0: texts of b, bit 1: recognition of b, bit 2: shares of b.
    let value: Vec<f64> = (0..8).map(|mix| index(a, b, row, mix)).collect();
    let shapley = |bit: usize| {
        let others: Vec<usize> = (0..3).filter(|other| *other != bit).collect();
        let (x, y, me) = (1 << others[0], 1 << others[1], 1 << bit);
        let gain = |before: usize| value[before | me] - value[before];
        gain(0) / 3.0 + (gain(x) + gain(y)) / 6.0 + gain(x | y) / 3.0
    };
    [shapley(0), shapley(1), shapley(2), value[7] - value[0]]
}

/// Fragmentation with each component taken from `a` or `b`.
fn index(a: (&Scenario, &Trajectory), b: (&Scenario, &Trajectory), row: usize, mix: usize) -> f64 {
    let pick = |bit: usize| if mix >> bit & 1 == 1 { b } else { a };
    let (texts, rules, users) = (pick(0), pick(1), pick(2));
    let scenario = a.0;
    let (blocs, standards, pairs) = (scenario.blocs.len(), scenario.standards(), scenario.pairs().len());
    let weights: Vec<f64> = scenario.blocs.iter().map(|bloc| bloc.size).collect();
    let scale = texts.0.uncertainties[const { index_of("compatibility-distance") }][0];
    let effect = rules.0.uncertainties[const { index_of("recognition-effect") }][0];
    let mut sigma = vec![0.0; standards * standards];
    let mut total = 0.0;
    for (d, domain) in scenario.domains.iter().enumerate() {
        let at = row * scenario.domains.len() + d;
        let points: &[Point] = &texts.1.trace.points[at * standards..(at + 1) * standards];
        let recognition = matrix(&rules.1.trace.recognition[at * pairs..(at + 1) * pairs], scenario);
        compatibility(points, &recognition, (scale, effect), &mut sigma);
        let shares = &users.1.trace.shares[at * blocs * standards..(at + 1) * blocs * standards];
        total += domain.weight * fragmentation(&weights, &sigma, |b| &shares[b * standards..(b + 1) * standards]);
    }
    total
}

/// The `[standard][standard]` matrix of recognition from its pairs; with the international standard the mean of a bloc's.
fn matrix(by_pair: &[f64], scenario: &Scenario) -> Vec<f64> {
    let (blocs, standards) = (scenario.blocs.len(), scenario.standards());
    let mut matrix = vec![0.0; standards * standards];
    for ((a, b), value) in scenario.pairs().into_iter().zip(by_pair) {
        matrix[a * standards + b] = *value;
        matrix[b * standards + a] = *value;
    }
    for a in 0..blocs {
        let mean = if blocs > 1 { (0..blocs).map(|b| matrix[a * standards + b]).sum::<f64>() / (blocs - 1) as f64 } else { 0.0 };
        matrix[a * standards + blocs] = mean;
        matrix[blocs * standards + a] = mean;
    }
    matrix
}

/// Fragmentation if every bloc used only its own text at the starting points: the mark on the axis.
///
/// Recognition is that of the start; a share between 0 (one market) and 1 (fully split).
pub fn home_text_fragmentation(ensemble: &Ensemble) -> Option<f64> {
    let (scenario, run) = (&ensemble.scenario, ensemble.runs.first()?);
    let (blocs, standards, pairs) = (scenario.blocs.len(), scenario.standards(), scenario.pairs().len());
    let weights: Vec<f64> = scenario.blocs.iter().map(|bloc| bloc.size).collect();
    let own: Vec<Vec<f64>> = (0..blocs).map(|b| (0..standards).map(|s| f64::from(u8::from(s == b))).collect()).collect();
    let scale = scenario.uncertainties[const { index_of("compatibility-distance") }][0];
    let effect = scenario.uncertainties[const { index_of("recognition-effect") }][0];
    let mut sigma = vec![0.0; standards * standards];
    let mut total = 0.0;
    for (d, domain) in scenario.domains.iter().enumerate() {
        let recognition = matrix(&run.trace.recognition[d * pairs..(d + 1) * pairs], scenario);
        compatibility(&run.trace.points[d * standards..(d + 1) * standards], &recognition, (scale, effect), &mut sigma);
        total += domain.weight * fragmentation(&weights, &sigma, |b| &own[b]);
    }
    Some(total)
}
