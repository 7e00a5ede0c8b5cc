//! Chance by address: every draw is a pure function of (seed, stream, entity, tick), never of what was drawn before.
//!
//! Two scenarios with the same seed therefore meet the same shocks, and a lever changes only what it causes. The generator
//! is Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011), which is a keyed function of a counter. Adopters' choices, of which
//! there are thousands of times more than of anything else, use its smaller sibling Philox2x32-7 ([`choice_words`]).

use std::convert::Infallible;
use std::sync::LazyLock;

use rand::TryRng;
use statrs::distribution::{ContinuousCDF, Gamma};

/// What a draw is for. A new kind of draw is a new variant at the end: old results stay as they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Stream {
    /// Structural: order of sizes within a market.
    Size = 1,
    /// Structural: partners of an adopter.
    Partner,
    /// Structural: length and phase of review cycles.
    Cycle,
    /// Structural: noise of an economy's ideal point.
    EconomyIdeal,
    /// Structural: personal threshold of an adopter.
    Threshold,
    /// Shock to tension.
    Tension,
    /// Starting point of a committee member.
    Member,
    /// Work time of an item.
    WorkTime,
    /// Share of work left in an item that runs at the start.
    Remaining,
    /// Routing of a bloc's next item.
    Route,
    /// Whether a bloc votes as one.
    BlocVote,
    /// Whether a bloc adopts identically.
    Transpose,
    /// Eagerness of an adopter that is not yet active.
    Activate,
    /// An adopter's choice.
    Choose,
    /// An economy's alignment.
    Align,
    /// Order of adopters within a tick, where updating is sequential.
    Order,
}

/// The source of all chance in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draws {
    seed: u32,
}

impl Draws {
    /// Draws of a seed.
    pub const fn new(seed: u32) -> Draws {
        Draws { seed }
    }

    /// 64 random bits at an address.
    pub fn bits(self, stream: Stream, entity: usize, tick: usize) -> u64 {
        let [a, b, ..] = self.block(stream, entity, tick, 0);
        u64::from(a) << 32 | u64::from(b)
    }

    /// A number in [0, 1) at an address, uniform on 2⁵³ steps.
    pub fn unit(self, stream: Stream, entity: usize, tick: usize) -> f64 {
        unit_of(self.bits(stream, entity, tick))
    }

    /// A standard normal number at an address (Box & Muller 1958).
    pub fn normal(self, stream: Stream, entity: usize, tick: usize) -> f64 {
        let [a, b, c, d] = self.block(stream, entity, tick, 0);
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - unit_of(u64::from(a) << 32 | u64::from(b))));
        radius * libm::cos(std::f64::consts::TAU * unit_of(u64::from(c) << 32 | u64::from(d)))
    }

    /// A standard exponential number at an address, by inversion.
    pub fn exponential(self, stream: Stream, entity: usize, tick: usize) -> f64 {
        -libm::log(1.0 - self.unit(stream, entity, tick))
    }

    /// A gamma work time of shape 4 and the given mean at an address, in the unit of the mean.
    pub fn work_time(self, entity: usize, tick: usize, mean: f64) -> f64 {
        let step = self.bits(Stream::WorkTime, entity, tick) >> (64 - GAMMA_BITS);
        mean * GAMMA_QUANTILES[usize::try_from(step).unwrap_or(0)]
    }

    /// Four words at an address, for four neighbouring entities.
    pub(crate) fn words(self, stream: Stream, entities: usize, tick: usize) -> [u32; 4] {
        self.block(stream, entities, tick, 0)
    }

    /// The seed.
    pub(crate) fn seed(self) -> u32 {
        self.seed
    }

    /// The word behind an adopter's choice: the one of its pair that [`choice_words`] gives.
    pub(crate) fn choice_word(self, domain: usize, adopter: usize, tick: usize) -> u32 {
        let [even, odd] = choice_words(&[self.seed], &[adopter as u32 / 2], choice_place(domain, tick));
        if adopter % 2 == 0 { even[0] } else { odd[0] }
    }

    /// A whole sequence at an address, for library code that wants a generator (shuffles).
    pub fn sequence(self, stream: Stream, entity: usize, tick: usize) -> Sequence {
        Sequence { draws: self, stream, entity, tick, next: 0 }
    }

    fn block(self, stream: Stream, entity: usize, tick: usize, part: u32) -> [u32; 4] {
        let entity = entity as u64;
        philox([entity as u32, (entity >> 32) as u32 | part << 8, tick as u32, stream as u32], [self.seed, 0x4641_554C])
    }
}

/// An endless sequence of random numbers that starts at an address; implements `rand`'s traits.
#[derive(Debug, Clone)]
pub struct Sequence {
    draws: Draws,
    stream: Stream,
    entity: usize,
    tick: usize,
    next: u32,
}

impl TryRng for Sequence {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let block = self.draws.block(self.stream, self.entity, self.tick, 1 + self.next / 4);
        let word = block[self.next as usize % 4];
        self.next += 1;
        Ok(word)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from(self.try_next_u32()?) << 32 | u64::from(self.try_next_u32()?))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(4) {
            let word = self.try_next_u32()?.to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}

/// Work times are read off a table of quantiles of the gamma law with shape 4 and mean 1.
///
/// The table is made with `statrs` and rounded to six places, so that a last-place difference between the
/// mathematical libraries of two platforms cannot reach a result.
static GAMMA_QUANTILES: LazyLock<Vec<f64>> = LazyLock::new(|| {
    let Ok(law) = Gamma::new(4.0, 4.0) else { unreachable!("shape and rate are positive") };
    let steps = 1u32 << GAMMA_BITS;
    (0..steps).map(|i| (f64::from(i) + 0.5) / f64::from(steps)).map(|u| (law.inverse_cdf(u) * 1e6).round() / 1e6).collect()
});

const GAMMA_BITS: u32 = 12;

/// 53 of 64 bits as a number in [0, 1).
fn unit_of(bits: u64) -> f64 {
    (bits >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
}

/// Rounds of Philox2x32 behind choices: the fewest with which it passes all of BigCrush (Salmon et al. 2011, table 2).
const CHOICE_ROUNDS: u32 = 7;

/// The second half of the address of a choice: tick, domain and stream.
pub(crate) fn choice_place(domain: usize, tick: usize) -> u32 {
    tick as u32 | (domain as u32) << 16 | (Stream::Choose as u32) << 24
}

/// Words behind the choices of two neighbouring adopters each, `L` times side by side: word 0 for the adopter with the even
/// number, word 1 for the odd one. `seeds` are the keys, `pairs` half the adopters' numbers.
#[inline(always)]
pub(crate) fn choice_words<const L: usize>(seeds: &[u32; L], pairs: &[u32; L], place: u32) -> [[u32; L]; 2] {
    philox2::<L>(pairs, place, seeds, CHOICE_ROUNDS)
}

/// Philox2x32. Halves are kept in 64 bits, of which only the lower 32 count: that is what vector multipliers take and give.
#[inline(always)]
fn philox2<const L: usize>(left: &[u32; L], right: u32, key: &[u32; L], rounds: u32) -> [[u32; L]; 2] {
    let mut left: [u64; L] = std::array::from_fn(|l| u64::from(left[l]));
    let mut right = [u64::from(right); L];
    for round in 0..rounds {
        let bump = 0x9E37_79B9u32.wrapping_mul(round);
        for l in 0..L {
            let product = (left[l] & 0xFFFF_FFFF) * 0xD256_D193;
            left[l] = product >> 32 ^ right[l] ^ u64::from(key[l].wrapping_add(bump));
            right[l] = product;
        }
    }
    [std::array::from_fn(|l| left[l] as u32), std::array::from_fn(|l| right[l] as u32)]
}

/// Philox4x32 with ten rounds.
fn philox(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    for _ in 0..10 {
        let left = u64::from(counter[0]) * 0xD251_1F53;
        let right = u64::from(counter[2]) * 0xCD9E_8D57;
        counter = [(right >> 32) as u32 ^ counter[1] ^ key[0], right as u32, (left >> 32) as u32 ^ counter[3] ^ key[1], left as u32];
        key = [key[0].wrapping_add(0x9E37_79B9), key[1].wrapping_add(0xBB67_AE85)];
    }
    counter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn philox_gives_the_known_answers() {
        // Test vectors published with Random123 (Salmon et al. 2011).
        assert_eq!(philox([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        assert_eq!(philox([u32::MAX; 4], [u32::MAX; 2]), [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
    }

    #[test]
    fn the_smaller_philox_gives_the_known_answers() {
        let of = |word: u32, rounds: u32| philox2(&[word], word, &[word], rounds).map(|words| words[0]);
        assert_eq!(of(0, 7), [0x257a_3673, 0xcd26_be2a]);
        assert_eq!(of(u32::MAX, 7), [0xab30_2c4d, 0x3dc9_d239]);
        assert_eq!(of(0, 10), [0xff1d_ae59, 0x6cd1_0df2]);
        assert_eq!(of(u32::MAX, 10), [0x2c3f_628b, 0xab4f_d7ad]);
    }

    #[test]
    fn choices_of_neighbours_and_of_successive_ticks_and_seeds_do_not_go_together() {
        let unit = |seed: u32, adopter: usize, tick: usize| f64::from(Draws::new(seed).choice_word(1, adopter, tick)) / 4_294_967_296.0 - 0.5;
        let n = 20_000;
        let product = |f: &dyn Fn(usize) -> f64| (0..n).map(f).sum::<f64>() / n as f64 * 12.0;
        let bound = 4.0 / f64::from(n as u32).sqrt();
        assert!((0..n).map(|i| unit(3, i, 5)).sum::<f64>().abs() / (n as f64) < bound * 0.3);
        assert!((product(&|i| unit(3, i, 5) * unit(3, i, 5)) - 1.0).abs() < bound);
        assert!(product(&|i| unit(3, i, 5) * unit(3, i + 1, 5)).abs() < bound);
        assert!(product(&|i| unit(3, i, 5) * unit(3, i, 6)).abs() < bound);
        assert!(product(&|i| unit(3, i, 5) * unit(4, i, 5)).abs() < bound);
    }

    #[test]
    fn moments_are_those_of_the_laws() {
        let draws = Draws::new(7);
        let square = |x: f64| x * x;
        let n = 40_000;
        let mean = |f: &dyn Fn(usize) -> f64| (0..n).map(f).sum::<f64>() / n as f64;
        assert!((mean(&|i| draws.unit(Stream::Choose, i, 3)) - 0.5).abs() < 0.01);
        assert!(mean(&|i| draws.normal(Stream::Tension, 0, i)).abs() < 0.02);
        assert!((mean(&|i| square(draws.normal(Stream::Member, i, 0))) - 1.0).abs() < 0.03);
        assert!((mean(&|i| draws.exponential(Stream::Activate, i, 0)) - 1.0).abs() < 0.02);
        assert!((mean(&|i| draws.work_time(i, 1, 37.0)) - 37.0).abs() < 0.4);
        let variance = mean(&|i| square(draws.work_time(i, 2, 1.0) - 1.0));
        assert!((variance - 0.25).abs() < 0.01, "a gamma law of shape 4 has variance 1/4 of its squared mean, got {variance}");
    }

    #[test]
    fn addresses_do_not_share_draws() {
        let draws = Draws::new(1);
        let all = [
            draws.bits(Stream::Choose, 1, 2),
            draws.bits(Stream::Choose, 2, 1),
            draws.bits(Stream::Align, 1, 2),
            Draws::new(2).bits(Stream::Choose, 1, 2),
        ];
        assert!((0..all.len()).all(|i| all[..i].iter().all(|other| *other != all[i])));
    }
}
