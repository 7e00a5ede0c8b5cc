//! Rule (6): economies outside the blocs align with a standard.

use crate::draws::Stream;
use crate::levers::index_of;
use crate::rules::adopt::pick;
use crate::world::{World, distance};

/// Alignments at the start: without network and without cost of switching.
pub(crate) fn begin(world: &mut World<'_>) {
    each(world, false);
}

/// Every economy chooses its alignment by logit.
pub(crate) fn align(world: &mut World<'_>) {
    each(world, true);
}

fn each(world: &mut World<'_>, settled: bool) {
    let economies = world.scenario().economies.len();
    for d in 0..world.domains() {
        let mut switched = 0.0;
        for c in 0..economies {
            let chosen = choose(world, d, c, settled);
            let at = d * economies + c;
            if settled && usize::from(world.alignment[at]) != chosen {
                switched += world.setting.markets.share[world.blocs() + c];
            }
            world.alignment[at] = chosen as u8;
        }
        world.alignment_switches[d] = switched;
    }
}

/// Logit over the offered standards: trade, network, political pull, distance, and the cost of changing.
fn choose(world: &World<'_>, domain: usize, economy: usize, settled: bool) -> usize {
    let p = &world.setting.parameters;
    let (standards, economies) = (world.standards(), world.scenario().economies.len());
    let ideal = world.setting.markets.economy_ideal[domain * economies + economy];
    let value = |a: usize| {
        let base = closeness(world, domain, economy, a) - p.alignment_distance * distance(ideal, world.texts.point[world.text(domain, a)]);
        if !settled {
            return base;
        }
        let changes = f64::from(u8::from(world.aligned(domain, economy) != a));
        base + p.alignment_network * world.reached(domain, world.blocs() + economy, a) - p.alignment_switching * changes
    };
    let values: Vec<f64> = (0..standards).map(|a| if world.offered(domain, a) { value(a) } else { f64::NEG_INFINITY }).collect();
    let draw = world.draws.unit(Stream::Align, domain * economies + economy, world.row);
    logit(&values, draw)
}

/// ln t + π G for a bloc; for the international standard the geometric mean of the exposures times its legitimacy.
fn closeness(world: &World<'_>, domain: usize, economy: usize, standard: usize) -> f64 {
    let (scenario, blocs) = (world.scenario(), world.blocs());
    let economy = &scenario.economies[economy];
    let exposure = |b: usize| libm::log(economy.exposure[b].max(1e-6));
    if standard < blocs {
        let pull = world.lever(const { index_of("third-country-pull") }, domain, standard);
        return exposure(standard) + pull * scenario.groups[economy.group].pull[standard];
    }
    let mean = (0..blocs).map(exposure).sum::<f64>() / blocs as f64;
    let support = (0..blocs).map(|b| world.lever(const { index_of("expert-support") }, domain, b)).sum::<f64>() / blocs as f64;
    let legitimacy = support * world.lever(const { index_of("capture-guard") }, domain, 0);
    mean + libm::log(legitimacy.max(1e-6))
}

/// The option that a uniform draw picks with probabilities proportional to exp(value).
fn logit(values: &[f64], draw: f64) -> usize {
    let top = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let odds: Vec<f64> = values.iter().map(|value| libm::exp(value - top)).collect();
    pick(&odds, draw)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logit_shares_are_those_of_the_formula() {
        // No network, utilities (1, 0, −.5): shares .628532, .231224, .140244.
        let values = [1.0, 0.0, -0.5];
        let n = 100_000;
        let count = |k: usize| (0..n).filter(|i| logit(&values, (f64::from(*i) + 0.5) / f64::from(n)) == k).count() as f64 / f64::from(n);
        for (k, share) in [(0, 0.628_532), (1, 0.231_224), (2, 0.140_244)] {
            assert!((count(k) - share).abs() < 2e-5);
        }
    }

    #[test]
    fn an_option_that_is_not_offered_is_never_taken() {
        assert!((0..100).all(|i| logit(&[0.0, f64::NEG_INFINITY, 0.0], f64::from(i) / 100.0) != 1));
        assert_eq!(logit(&[0.0, 0.0, f64::NEG_INFINITY], 0.999_999_999), 1);
    }
}
