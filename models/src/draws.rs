//! Chance by address: every draw is a pure function of (seed, stream, entity, tick), never of what was drawn before.
//!
//! Two scenarios with the same seed therefore meet the same shocks, and a lever changes only what it causes. The generator
//! is Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011), which is a keyed function of a counter. Adopters' choices, of which
//! there are thousands of times more than of anything else, use its smaller sibling Philox2x32-7 (`ChoiceKeys`).

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
    /// A parameter drawn from its prior in a calibration.
    Prior,
    /// Slices of a factor in a design, and places within them.
    Design,
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

    /// The word behind an adopter's choice: one of the two of its pair.
    pub(crate) fn choice_word(self, domain: usize, adopter: usize, tick: usize) -> u32 {
        let keys: [u64; CHOICE_ROUNDS] = std::array::from_fn(|round| round_key(self.seed, round));
        philox2([adopter as u32 / 2, choice_place(domain, tick)], keys)[adopter % 2]
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
pub(crate) const CHOICE_ROUNDS: usize = 7;

/// The second half of the address of a choice: tick, domain and stream.
pub(crate) fn choice_place(domain: usize, tick: usize) -> u32 {
    tick as u32 | (domain as u32) << 16 | (Stream::Choose as u32) << 24
}

/// Keys of all rounds, `L` seeds side by side.
pub(crate) struct ChoiceKeys<const L: usize>([[u64; L]; CHOICE_ROUNDS]);

impl<const L: usize> ChoiceKeys<L> {
    /// Keys of these seeds.
    #[inline(always)]
    pub(crate) fn new(seeds: &[u32; L]) -> ChoiceKeys<L> {
        ChoiceKeys(std::array::from_fn(|round| std::array::from_fn(|l| round_key(seeds[l], round))))
    }

    /// Words behind the choices of two neighbouring adopters each: word 0 for the one with the even number, word 1 for the odd one.
    /// `pairs` are half the adopters' numbers.
    #[inline(always)]
    pub(crate) fn words(&self, pairs: &[u32; L], place: u32) -> [[u32; L]; 2] {
        let mut words = [[0; L]; 2];
        for l in 0..L {
            let keys: [u64; CHOICE_ROUNDS] = std::array::from_fn(|round| self.0[round][l]);
            let [even, odd] = philox2([pairs[l], place], keys);
            words[0][l] = even;
            words[1][l] = odd;
        }
        words
    }
}

impl<const L: usize> ChoiceKeys<L> {
    /// The same where all lanes ask for one pair.
    #[inline(always)]
    pub(crate) fn words_of_pair(&self, pair: u32, place: u32) -> [[u32; L]; 2] {
        let mut words = [[0; L]; 2];
        let product = u64::from(pair) * MULTIPLIER;
        let (high, low) = (product >> 32 ^ u64::from(place), product & 0xFFFF_FFFF);
        for l in 0..L {
            let (mut left, mut right) = (high ^ self.0[0][l], low);
            for round in 1..CHOICE_ROUNDS {
                let product = (left & 0xFFFF_FFFF) * MULTIPLIER;
                left = product >> 32 ^ right ^ self.0[round][l];
                right = product;
            }
            words[0][l] = left as u32;
            words[1][l] = right as u32;
        }
        words
    }
}

/// Multiplier of Philox2x32.
pub(crate) const MULTIPLIER: u64 = 0xD256_D193;

pub(crate) fn round_key(seed: u32, round: usize) -> u64 {
    u64::from(seed.wrapping_add(0x9E37_79B9u32.wrapping_mul(round as u32)))
}

/// Philox2x32. Halves are kept in 64 bits, of which only the lower 32 count: that is what vector multipliers take and give.
#[inline(always)]
fn philox2<const ROUNDS: usize>(counter: [u32; 2], keys: [u64; ROUNDS]) -> [u32; 2] {
    let [mut left, mut right] = counter.map(u64::from);
    for key in keys {
        let product = (left & 0xFFFF_FFFF) * MULTIPLIER;
        left = product >> 32 ^ right ^ key;
        right = product;
    }
    [left as u32, right as u32]
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
        fn of<const ROUNDS: usize>(word: u32) -> [u32; 2] {
            philox2::<ROUNDS>([word; 2], std::array::from_fn(|round| round_key(word, round)))
        }
        assert_eq!(of::<7>(0), [0x257a_3673, 0xcd26_be2a]);
        assert_eq!(of::<7>(u32::MAX), [0xab30_2c4d, 0x3dc9_d239]);
        assert_eq!(of::<10>(0), [0xff1d_ae59, 0x6cd1_0df2]);
        assert_eq!(of::<10>(u32::MAX), [0x2c3f_628b, 0xab4f_d7ad]);
    }

    #[test]
    fn words_side_by_side_are_those_of_each_seed() {
        let words = ChoiceKeys::new(&[7, 8, 9]).words(&[21, 21, 4], choice_place(2, 5));
        let of_pair = ChoiceKeys::new(&[7, 8]).words_of_pair(21, choice_place(2, 5));
        assert!((0..2).all(|odd| of_pair[odd] == words[odd][..2]));
        for (lane, seed, pair) in [(0, 7, 21), (1, 8, 21), (2, 9, 4)] {
            assert_eq!([words[0][lane], words[1][lane]], [0, 1].map(|odd| Draws::new(seed).choice_word(2, 2 * pair + odd, 5)));
        }
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
