//! Rule (6): economies outside the blocs align with a standard.

use crate::arithmetic::{LARGEST, exp2};
use crate::draws::Stream;
use crate::levers::index_of;
use crate::rules::adopt::{MAX_STANDARDS, pick};
use crate::world::{World, distance};

/// Alignments at the start: without network and without cost of switching.
pub(crate) fn begin(world: &mut World<'_>) {
    each(world, false);
}

/// Economies whose yearly review is due choose their alignment by logit.
pub(crate) fn align(world: &mut World<'_>) {
    each(world, true);
}

fn each(world: &mut World<'_>, settled: bool) {
    let economies = world.scenario().economies.len();
    for d in 0..world.domains() {
        let appeal = Appeal::of(world, d);
        let mut switched = 0.0;
        for c in (0..economies).filter(|c| !settled || due(*c, world.row)) {
            let chosen = choose(world, d, c, &appeal, settled);
            let at = d * economies + c;
            if settled && usize::from(world.alignment[at]) != chosen {
                switched += world.setting.markets.share[world.blocs() + c];
            }
            world.alignment[at] = chosen as u8;
        }
        world.alignment_switches[d] = switched;
    }
}

/// Economies review once a year, a quarter of them in each quarter.
fn due(economy: usize, row: usize) -> bool {
    (economy + row).is_multiple_of(REVIEW_QUARTERS)
}

/// Quarters between two reviews of an economy.
const REVIEW_QUARTERS: usize = 4;

/// What a domain's standards offer to every economy alike.
struct Appeal {
    /// Political pull of each bloc.
    pull: [f64; MAX_STANDARDS],
    /// ln of the legitimacy of the international standard: mean expert support times guard.
    legitimacy: f64,
}

impl Appeal {
    fn of(world: &World<'_>, domain: usize) -> Appeal {
        let blocs = world.blocs();
        let pull = std::array::from_fn(|b| if b < blocs { world.lever(const { index_of("third-country-pull") }, domain, b) } else { 0.0 });
        let support = (0..blocs).map(|b| world.lever(const { index_of("expert-support") }, domain, b)).sum::<f64>() / blocs as f64;
        let legitimacy = support * world.lever(const { index_of("capture-guard") }, domain, 0);
        Appeal { pull, legitimacy: libm::log(legitimacy.max(1e-6)) }
    }

    /// ln t + π G for a bloc; for the international standard the geometric mean of the exposures times its legitimacy.
    fn closeness(&self, world: &World<'_>, economy: usize, standard: usize) -> f64 {
        let blocs = world.blocs();
        let exposure = &world.setting.markets.log_exposure[economy * blocs..(economy + 1) * blocs];
        if standard < blocs {
            let group = &world.setting.scenario.groups[world.setting.scenario.economies[economy].group];
            return exposure[standard] + self.pull[standard] * group.pull[standard];
        }
        exposure.iter().sum::<f64>() / blocs as f64 + self.legitimacy
    }
}

/// Logit over the offered standards: trade, network, political pull, distance, and the cost of changing.
fn choose(world: &World<'_>, domain: usize, economy: usize, appeal: &Appeal, settled: bool) -> usize {
    let p = &world.setting.parameters;
    let (standards, economies) = (world.standards(), world.scenario().economies.len());
    let ideal = world.setting.markets.economy_ideal[domain * economies + economy];
    let mut values = [f64::NEG_INFINITY; MAX_STANDARDS];
    for (a, value) in values.iter_mut().enumerate().take(standards).filter(|(a, _)| world.offered(domain, *a)) {
        *value = appeal.closeness(world, economy, a) - p.alignment_distance * distance(ideal, world.texts.point[world.text(domain, a)]);
        if settled {
            let changes = f64::from(u8::from(world.aligned(domain, economy) != a));
            *value += p.alignment_network * world.reached(domain, world.blocs() + economy, a) - p.alignment_switching * changes;
        }
    }
    let draw = world.draws.unit(Stream::Align, domain * economies + economy, world.row);
    logit(&values[..standards], draw)
}

/// The option that a uniform draw picks with probabilities proportional to exp(value).
fn logit(values: &[f64], draw: f64) -> usize {
    let top = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut odds = [0.0; MAX_STANDARDS];
    for (odds, value) in odds.iter_mut().zip(values).filter(|(_, value)| value.is_finite()) {
        *odds = f64::from(exp2((((value - top) * std::f64::consts::LOG2_E) as f32).max(-LARGEST)));
    }
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
    fn every_economy_reviews_once_a_year() {
        assert!((0..30).all(|c| (8..12).filter(|row| due(c, *row)).count() == 1));
    }

    #[test]
    fn an_option_that_is_not_offered_is_never_taken() {
        assert!((0..100).all(|i| logit(&[0.0, f64::NEG_INFINITY, 0.0], f64::from(i) / 100.0) != 1));
        assert_eq!(logit(&[0.0, 0.0, f64::NEG_INFINITY], 0.999_999_999), 1);
    }
}
