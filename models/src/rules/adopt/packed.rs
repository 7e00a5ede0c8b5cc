//! Reviews by hazard, with those due packed into full registers before they choose.
//!
//! Where each adopter reviews with a small chance per tick, most lanes of [`super::kernel`] would work out a choice and throw it away.
//! Here each lane draws, those due are moved together, and only they choose: eight at a time, in the arithmetic of `choose_plain`, so
//! that every bit is the same. The loops name the instructions of AVX2, which a compiler does not find by itself (moving lanes
//! together, tables in a register); where a processor lacks them, or a scenario has another shape, [`super::kernel`] does the work.

#![cfg_attr(not(target_arch = "x86_64"), allow(dead_code, reason = "only the instructions of one family are named so far"))]

use multiversion::multiversion;
use multiversion::target::match_target;

use super::Population;
use crate::setting::Setting;

/// Most partners: counts are kept in four bits.
const MOST_PARTNERS: usize = 15;

/// Most standards: counts of all share 16 bits.
const MOST_STANDARDS: usize = 4;

/// Lanes of a group that goes side by side here.
pub(super) const LANES: usize = 32;

/// Above this part of all words, lanes that are not due are too few for packing to pay.
const DENSE: u32 = super::WORDS / 2;

/// Reviews of the runs of a group, or of one run alone.
pub(super) struct Job<'a> {
    pub(super) people: &'a mut Population,
    pub(super) setting: &'a Setting,
    pub(super) domain: usize,
    pub(super) place: u32,
    pub(super) limit: u32,
    pub(super) scale: f32,
    pub(super) next: &'a mut [u8],
}

/// Whether reviews of everybody, due by chance, can be packed.
pub(super) fn fits(people: &Population, setting: &Setting, limit: u32) -> bool {
    let adopters = &setting.adopters;
    people.apart
        && people.surplus.is_empty()
        && limit < DENSE
        && setting.standards() <= MOST_STANDARDS
        && adopters.partners <= MOST_PARTNERS
        && adopters.even.iter().all(|even| *even)
        && [1, LANES].contains(&people.lanes)
        && able()
}

/// Whether the processor can.
#[multiversion(targets("x86_64+avx2+popcnt"))]
fn able() -> bool {
    match_target! {
        "x86_64+avx2+popcnt" => true,
        _ => false,
    }
}

/// Writes what each adopter uses afterwards into `next` and brings tallies up to date. Only where it [`fits`].
#[multiversion(targets("x86_64+avx2+popcnt"))]
pub(super) fn review(job: &mut Job<'_>) {
    match_target! {
        "x86_64+avx2+popcnt" => avx2::review(job),
        _ => unreachable!("does not fit: {} lanes", job.people.lanes),
    }
}

/// Lanes of a register.
const WIDE: usize = 8;

/// Registers of a row.
const REGISTERS: usize = LANES / WIDE;

/// Adopters that are packed before they choose.
const BLOCK: usize = 64;

/// Room for all lanes of a register in a block, and for what a store writes beyond them.
const ROOM: usize = (BLOCK + 1) * WIDE;

/// Those due in the places of one register, moved together.
#[derive(Debug, Clone)]
pub(super) struct Queue {
    keys: [u32; ROOM],
    words: [u32; ROOM],
    length: usize,
}

impl Queue {
    const EMPTY: Queue = Queue { keys: [0; ROOM], words: [0; ROOM], length: 0 };
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::*;

    use bytemuck::cast;

    use super::{BLOCK, Job, LANES, MOST_STANDARDS, Queue, REGISTERS, ROOM, WIDE};
    use crate::arithmetic::{BELOW_ONE, POWER, ROUNDER, exp2};
    use crate::draws::{CHOICE_ROUNDS, MULTIPLIER, round_key};
    use crate::setting::Adopters;
    use crate::world::NONE;

    // A key holds what an adopter's choice goes by: how many partners use each standard in four bits each, its place in the register,
    // the standard in use, its row in the block; the highest bit where it has none.
    const PLACE: i32 = 16;
    const CURRENT: i32 = 19;
    const ROW: i32 = 24;

    /// The lane at a place of a register: the order in which bytes are unpacked to words.
    const fn lane(register: usize, place: usize) -> usize {
        4 * register + place % 4 + 16 * (place / 4)
    }

    /// For every set of places, those places moved to the front: a byte each.
    static TO_FRONT: [u64; 256] = to_front();

    const fn to_front() -> [u64; 256] {
        let mut table = [0; 256];
        let mut set = 0;
        while set < 256 {
            let (mut place, mut at) = (0, 0);
            while place < WIDE {
                if set >> place & 1 == 1 {
                    table[set] |= (place as u64) << (8 * at);
                    at += 1;
                }
                place += 1;
            }
            set += 1;
        }
        table
    }

    /// One in the four bits of each standard, by standard in use; nothing for none.
    static ONE: [u16; 256] = {
        let mut table = [0; 256];
        let mut standard = 0;
        while standard < MOST_STANDARDS {
            table[standard] = 1 << (4 * standard);
            standard += 1;
        }
        table
    };

    #[target_feature(enable = "avx2,popcnt")]
    pub(super) fn review(job: &mut Job<'_>) {
        let mut queues = std::mem::take(&mut job.people.queues);
        queues.resize(REGISTERS, Queue::EMPTY);
        if job.people.lanes == LANES {
            side_by_side(job, &mut queues);
        } else {
            alone(job, &mut queues[0]);
        }
        job.people.queues = queues;
    }

    impl Queue {
        /// Appends the places of a set.
        #[inline]
        #[target_feature(enable = "avx2,popcnt")]
        fn push(&mut self, set: i32, keys: __m256i, words: __m256i) {
            let set = set as usize & 0xFF;
            let order = _mm256_cvtepu8_epi32(_mm_cvtsi64_si128(TO_FRONT[set] as i64));
            let at = self.length;
            store(&mut self.keys, at, _mm256_permutevar8x32_epi32(keys, order));
            store(&mut self.words, at, _mm256_permutevar8x32_epi32(words, order));
            self.length = at + set.count_ones() as usize;
        }

        #[inline]
        #[target_feature(enable = "avx2")]
        fn eight(&self, at: usize) -> (__m256i, __m256i) {
            (load(&self.keys, at), load(&self.words, at))
        }
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn store(column: &mut [u32; ROOM], at: usize, eight: __m256i) {
        let Some(place) = column[at..].first_chunk_mut::<WIDE>() else { unreachable!("queues are emptied after every block") };
        *place = cast(eight);
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn load(column: &[u32; ROOM], at: usize) -> __m256i {
        let Some(eight) = column[at..].first_chunk::<WIDE>() else { unreachable!("queues have room beyond their length") };
        cast(*eight)
    }

    /// What choices of a domain go by that is the same for all.
    struct Terms {
        slope: __m256,
        stay: __m256,
        scale: __m256,
        partners: __m256i,
        /// The factor of a standard that none to seven of all partners use, all of them active.
        effects: __m256,
        /// The same for eight.
        effect_of_eight: __m256,
        /// Whether these factors cover every count.
        few: bool,
    }

    impl Terms {
        #[target_feature(enable = "avx2")]
        fn new(job: &Job<'_>) -> Terms {
            let (slope, partners) = (job.people.slope[0], job.setting.adopters.partners);
            let share = 1.0 / partners.max(1) as f32;
            let effect = |count: usize| exp2(slope * (count as f32 * share));
            Terms {
                slope: _mm256_set1_ps(slope),
                stay: _mm256_set1_ps(job.people.stay),
                scale: _mm256_set1_ps(job.scale),
                partners: _mm256_set1_epi32(partners as i32),
                effects: cast::<[f32; WIDE], __m256>(std::array::from_fn(effect)),
                effect_of_eight: _mm256_set1_ps(effect(WIDE)),
                few: partners <= WIDE,
            }
        }

        /// The factor that partners bring, by the counts of all standards.
        #[inline]
        #[target_feature(enable = "avx2")]
        fn effects(&self, count: [__m256i; MOST_STANDARDS]) -> [__m256; MOST_STANDARDS] {
            let mut effects = [_mm256_setzero_ps(); MOST_STANDARDS];
            let active = _mm256_add_epi32(_mm256_add_epi32(count[0], count[1]), _mm256_add_epi32(count[2], count[3]));
            if self.few && _mm256_movemask_epi8(_mm256_cmpeq_epi32(active, self.partners)) == -1 {
                let eight = _mm256_set1_epi32(WIDE as i32);
                for s in 0..MOST_STANDARDS {
                    let all = _mm256_castsi256_ps(_mm256_cmpeq_epi32(count[s], eight));
                    effects[s] = _mm256_blendv_ps(_mm256_permutevar8x32_ps(self.effects, count[s]), self.effect_of_eight, all);
                }
                return effects;
            }
            let share = _mm256_div_ps(_mm256_set1_ps(1.0), _mm256_cvtepi32_ps(_mm256_max_epi32(active, _mm256_set1_epi32(1))));
            for s in 0..MOST_STANDARDS {
                effects[s] = power(_mm256_mul_ps(self.slope, _mm256_mul_ps(_mm256_cvtepi32_ps(count[s]), share)));
            }
            effects
        }

        /// Choices of eight, each a number of a standard. `odds` are those of the register's places.
        #[inline]
        #[target_feature(enable = "avx2")]
        fn choose(&self, odds: &[__m256; MOST_STANDARDS], keys: __m256i, words: __m256i) -> __m256i {
            let nibble = _mm256_set1_epi32(15);
            let count = [
                _mm256_and_si256(keys, nibble),
                _mm256_and_si256(_mm256_srli_epi32::<4>(keys), nibble),
                _mm256_and_si256(_mm256_srli_epi32::<8>(keys), nibble),
                _mm256_and_si256(_mm256_srli_epi32::<12>(keys), nibble),
            ];
            let effects = self.effects(count);
            let place = _mm256_srli_epi32::<PLACE>(keys);
            let current = _mm256_and_si256(_mm256_srli_epi32::<CURRENT>(keys), _mm256_set1_epi32(3));
            let mut upto = [_mm256_setzero_ps(); MOST_STANDARDS];
            let mut sum = _mm256_setzero_ps();
            for s in 0..MOST_STANDARDS {
                let held = _mm256_castsi256_ps(_mm256_cmpeq_epi32(current, _mm256_set1_epi32(s as i32)));
                let stay = _mm256_blendv_ps(_mm256_set1_ps(1.0), self.stay, held);
                let odds = _mm256_permutevar8x32_ps(odds[s], place);
                sum = _mm256_add_ps(sum, _mm256_mul_ps(_mm256_mul_ps(odds, effects[s]), stay));
                upto[s] = sum;
            }
            let drawn = _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_srli_epi32::<8>(words)), self.scale);
            let target = _mm256_mul_ps(_mm256_min_ps(drawn, _mm256_set1_ps(BELOW_ONE)), sum);
            let mut chosen = _mm256_setzero_si256();
            for upto in &upto[..MOST_STANDARDS - 1] {
                chosen = _mm256_sub_epi32(chosen, _mm256_castps_si256(_mm256_cmp_ps::<_CMP_LE_OQ>(*upto, target)));
            }
            chosen
        }
    }

    /// 2^x, as [`exp2`] does it.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn power(x: __m256) -> __m256 {
        let rounder = _mm256_set1_ps(ROUNDER);
        let shifted = _mm256_add_ps(x, rounder);
        let f = _mm256_sub_ps(x, _mm256_sub_ps(shifted, rounder));
        let mut p = _mm256_set1_ps(POWER[4]);
        for k in [3, 2, 1, 0] {
            p = _mm256_add_ps(_mm256_mul_ps(p, f), _mm256_set1_ps(POWER[k]));
        }
        let whole = _mm256_slli_epi32::<23>(_mm256_castps_si256(shifted));
        _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(p), whole))
    }

    /// One round of Philox2x32 in four lanes of 64 bits, of which only the lower 32 count.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn round(left: &mut __m256i, right: &mut __m256i, key: __m256i) {
        let product = _mm256_mul_epu32(*left, _mm256_set1_epi64x(MULTIPLIER as i64));
        *left = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64::<32>(product), *right), key);
        *right = product;
    }

    /// The lower halves of eight numbers of 64 bits; see [`halves`] for their order.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn narrow(a: __m256i, b: __m256i) -> __m256i {
        _mm256_castps_si256(_mm256_shuffle_ps::<0x88>(_mm256_castsi256_ps(a), _mm256_castsi256_ps(b)))
    }

    /// Splits eight numbers so that [`narrow`] puts their lower halves back in order.
    fn halves(of: [u64; WIDE]) -> [[u64; 4]; 2] {
        [[of[0], of[1], of[4], of[5]], [of[2], of[3], of[6], of[7]]]
    }

    /// Words behind the choices of a pair of adopters, even and odd, in all lanes.
    type Words = [[__m256i; REGISTERS]; 2];

    /// Keys of all rounds in all lanes.
    struct Keys([[[__m256i; 2]; REGISTERS]; CHOICE_ROUNDS]);

    impl Keys {
        #[target_feature(enable = "avx2")]
        fn new(seeds: &[u32]) -> Keys {
            let of = |round: usize, register: usize| halves(std::array::from_fn(|place| round_key(seeds[lane(register, place)], round)));
            Keys(std::array::from_fn(|round| std::array::from_fn(|register| of(round, register).map(cast::<[u64; 4], __m256i>))))
        }

        /// Works out the words of a pair.
        #[inline]
        #[target_feature(enable = "avx2")]
        fn words(&self, pair: u32, place: u32, words: &mut Words) {
            let product = u64::from(pair) * MULTIPLIER;
            let first = _mm256_set1_epi64x((product >> 32 ^ u64::from(place)) as i64);
            let second = _mm256_set1_epi64x((product & 0xFFFF_FFFF) as i64);
            for register in 0..REGISTERS {
                let mut left = [first; 2];
                let mut right = [second; 2];
                for half in 0..2 {
                    left[half] = _mm256_xor_si256(left[half], self.0[0][register][half]);
                    for keys in &self.0[1..] {
                        round(&mut left[half], &mut right[half], keys[register][half]);
                    }
                }
                words[0][register] = narrow(left[0], left[1]);
                words[1][register] = narrow(right[0], right[1]);
            }
        }
    }

    /// The words below a limit, as a set of places; nobody whose key has the highest bit.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn due(words: __m256i, keys: __m256i, limit: __m256i) -> i32 {
        let below = _mm256_cmpgt_epi32(limit, _mm256_xor_si256(words, _mm256_set1_epi32(i32::MIN)));
        _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_andnot_si256(keys, below)))
    }

    /// The limit of 24-bit words as [`due`] compares it: words of 32 bits, signed.
    #[target_feature(enable = "avx2")]
    fn signed(limit: u32) -> __m256i {
        _mm256_set1_epi32(((limit << 8) ^ 0x8000_0000) as i32)
    }

    /// All runs of a group.
    #[target_feature(enable = "avx2,popcnt")]
    fn side_by_side(job: &mut Job<'_>, queues: &mut [Queue]) {
        let (terms, keys, limit) = (Terms::new(job), Keys::new(&job.people.seeds), signed(job.limit));
        let (adopters, standards, domain) = (&job.setting.adopters, job.setting.standards(), job.domain);
        let markets = adopters.first.len() - 1;
        let (state, _) = job.people.state[domain].as_chunks::<LANES>();
        let (next, _) = job.next.as_chunks_mut::<LANES>();
        let (tally, _) = job.people.tally.as_chunks_mut::<LANES>();
        let (odds, _) = job.people.odds.as_chunks::<LANES>();
        let far = adopters.len() * LANES > NEAR;
        for market in 0..markets {
            let odds_at = |register: usize| -> [__m256; MOST_STANDARDS] {
                std::array::from_fn(|s| {
                    let odds = |place| if s < standards { odds[market * standards + s][lane(register, place)] } else { 0.0 };
                    cast::<[f32; WIDE], __m256>(std::array::from_fn(odds))
                })
            };
            let odds: [[__m256; MOST_STANDARDS]; REGISTERS] = std::array::from_fn(odds_at);
            let (first, last) = (adopters.first[market] as usize, adopters.first[market + 1] as usize);
            let mut users = [[0u32; LANES]; MOST_STANDARDS];
            for from in (first..last).step_by(BLOCK) {
                let to = (from + BLOCK).min(last);
                let rows = &mut next[from..to];
                if far {
                    gather::<true>(adopters, state, (from, to), (&keys, job.place, limit), queues, rows);
                } else {
                    gather::<false>(adopters, state, (from, to), (&keys, job.place, limit), queues, rows);
                }
                for (register, queue) in queues.iter_mut().enumerate() {
                    decide(&terms, &odds[register], register, queue, rows);
                }
                count_users(rows, &mut users);
            }
            for s in 0..standards {
                let size = adopters.size[first];
                tally[(domain * markets + market) * standards + s] = users[s].map(|users| users.wrapping_mul(size));
            }
        }
    }

    /// Bytes of states that lie near enough to be read without asking for them ahead.
    const NEAR: usize = 1 << 19;

    /// How many adopters ahead partners are asked for.
    const AHEAD: usize = 6;

    /// Draws for a block of adopters and queues those due; `rows` get what is in use now. With `FAR` the states of partners are read
    /// some adopters ahead, which brings them near by the time that they are needed.
    #[target_feature(enable = "avx2,popcnt")]
    fn gather<const FAR: bool>(
        adopters: &Adopters,
        state: &[[u8; LANES]],
        (from, to): (usize, usize),
        (keys, place, limit): (&Keys, u32, __m256i),
        queues: &mut [Queue],
        rows: &mut [[u8; LANES]],
    ) {
        let mut words = [[_mm256_setzero_si256(); REGISTERS]; 2];
        let mut ahead = 0;
        for (row, i) in (from..to).enumerate() {
            if i % 2 == 0 || row == 0 {
                keys.words(i as u32 / 2, place, &mut words);
            }
            if FAR && i + AHEAD < adopters.len() {
                for partner in adopters.partners_of(i + AHEAD) {
                    ahead |= state[*partner as usize][0];
                }
            }
            rows[row] = state[i];
            let mut keys = [_mm256_setzero_si256(); REGISTERS];
            keys_of(state, i, row, adopters.partners_of(i), &mut keys);
            for register in 0..REGISTERS {
                let words = words[i % 2][register];
                queues[register].push(due(words, keys[register], limit), keys[register], words);
            }
        }
        // Otherwise the compiler would leave the reading ahead away.
        std::hint::black_box(ahead);
    }

    /// The keys of an adopter in all lanes.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn keys_of(state: &[[u8; LANES]], adopter: usize, row: usize, partners: &[u32], keys: &mut [__m256i; REGISTERS]) {
        // One in the lower or higher half of a byte by standard; nothing where the highest bit of the index is set, which is none.
        let lower = _mm256_broadcastsi128_si256(_mm_setr_epi8(1, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        let higher = _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 0, 1, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        let (mut low, mut high) = (_mm256_setzero_si256(), _mm256_setzero_si256());
        // In eights: the loop itself would otherwise take a third of the time.
        let (eights, rest) = partners.as_chunks::<WIDE>();
        for eight in eights {
            for k in 0..WIDE {
                let used: __m256i = cast(state[eight[k] as usize]);
                low = _mm256_add_epi8(low, _mm256_shuffle_epi8(lower, used));
                high = _mm256_add_epi8(high, _mm256_shuffle_epi8(higher, used));
            }
        }
        for partner in rest {
            let used: __m256i = cast(state[*partner as usize]);
            low = _mm256_add_epi8(low, _mm256_shuffle_epi8(lower, used));
            high = _mm256_add_epi8(high, _mm256_shuffle_epi8(higher, used));
        }
        let places: __m256i = cast(PLACES);
        let current: __m256i = cast(state[adopter]);
        let held = _mm256_and_si256(_mm256_slli_epi16::<{ CURRENT - PLACE }>(current), _mm256_set1_epi8(3 << (CURRENT - PLACE)));
        let about = _mm256_or_si256(held, places);
        let none = _mm256_and_si256(current, _mm256_set1_epi8(i8::MIN));
        let rows = _mm256_or_si256(none, _mm256_set1_epi8(row as i8));
        let (counts, rest) = (_mm256_unpacklo_epi8(low, high), _mm256_unpacklo_epi8(about, rows));
        keys[0] = _mm256_unpacklo_epi16(counts, rest);
        keys[1] = _mm256_unpackhi_epi16(counts, rest);
        let (counts, rest) = (_mm256_unpackhi_epi8(low, high), _mm256_unpackhi_epi8(about, rows));
        keys[2] = _mm256_unpacklo_epi16(counts, rest);
        keys[3] = _mm256_unpackhi_epi16(counts, rest);
    }

    /// The place of each lane in its register.
    const PLACES: [u8; LANES] = {
        let mut places = [0; LANES];
        let mut register = 0;
        while register < REGISTERS {
            let mut place = 0;
            while place < WIDE {
                places[lane(register, place)] = place as u8;
                place += 1;
            }
            register += 1;
        }
        places
    };

    /// Those queued choose; their standards go into their rows. The queue is empty afterwards.
    #[target_feature(enable = "avx2")]
    fn decide(terms: &Terms, odds: &[__m256; MOST_STANDARDS], register: usize, queue: &mut Queue, rows: &mut [[u8; LANES]]) {
        let bytes = rows.as_flattened_mut();
        for at in (0..queue.length).step_by(WIDE) {
            let (keys, words) = queue.eight(at);
            let chosen = terms.choose(odds, keys, words);
            // Where in the rows: 32 · row + lane.
            let place = _mm256_srli_epi32::<PLACE>(keys);
            let low = _mm256_and_si256(place, _mm256_set1_epi32(3));
            let high = _mm256_slli_epi32::<2>(_mm256_and_si256(place, _mm256_set1_epi32(4)));
            let row = _mm256_slli_epi32::<5>(_mm256_srli_epi32::<ROW>(keys));
            let lanes = _mm256_or_si256(_mm256_or_si256(low, high), row);
            let to: [u32; WIDE] = cast(_mm256_add_epi32(lanes, _mm256_set1_epi32(4 * register as i32)));
            let chosen: [u32; WIDE] = cast(chosen);
            if at + WIDE <= queue.length {
                for k in 0..WIDE {
                    bytes[to[k] as usize] = chosen[k] as u8;
                }
            } else {
                for k in 0..queue.length - at {
                    bytes[to[k] as usize] = chosen[k] as u8;
                }
            }
        }
        queue.length = 0;
    }

    /// Adds the users of each standard in a block.
    #[target_feature(enable = "avx2")]
    fn count_users(rows: &[[u8; LANES]], users: &mut [[u32; LANES]; MOST_STANDARDS]) {
        let mut counts = [_mm256_setzero_si256(); MOST_STANDARDS];
        for row in rows {
            let used: __m256i = cast(*row);
            for s in 0..MOST_STANDARDS {
                counts[s] = _mm256_sub_epi8(counts[s], _mm256_cmpeq_epi8(used, _mm256_set1_epi8(s as i8)));
            }
        }
        for (users, counts) in users.iter_mut().zip(counts) {
            users.iter_mut().zip(cast::<__m256i, [u8; LANES]>(counts)).for_each(|(users, count)| *users += u32::from(count));
        }
    }

    /// One run alone: lanes are neighbouring adopters, whose partners are looked up one by one.
    #[target_feature(enable = "avx2,popcnt")]
    fn alone(job: &mut Job<'_>, queue: &mut Queue) {
        let (terms, limit) = (Terms::new(job), signed(job.limit));
        let keys: [__m256i; CHOICE_ROUNDS] = std::array::from_fn(|round| _mm256_set1_epi64x(round_key(job.people.seeds[0], round) as i64));
        let (adopters, standards, domain) = (&job.setting.adopters, job.setting.standards(), job.domain);
        let markets = adopters.first.len() - 1;
        let state = &job.people.state[domain][..];
        job.next.copy_from_slice(state);
        for market in 0..markets {
            let odds: [__m256; MOST_STANDARDS] =
                std::array::from_fn(|s| _mm256_set1_ps(if s < standards { job.people.odds[market * standards + s] } else { 0.0 }));
            let (first, last) = (adopters.first[market], adopters.first[market + 1]);
            // Pairs of adopters, eight at a time; the ends may belong to other markets.
            for from in (first / 2..last.div_ceil(2)).step_by(WIDE) {
                let words = words_of_pairs(&keys, from, job.place);
                for odd in 0..2 {
                    let numbers: __m256i = cast::<[u32; WIDE], __m256i>(std::array::from_fn(|k| 2 * (from + k as u32) + odd));
                    let inside = due(words[odd as usize], _mm256_setzero_si256(), limit) & within(numbers, first, last);
                    queue.push(inside, numbers, words[odd as usize]);
                }
                if queue.length > ROOM - 3 * WIDE {
                    settle(adopters, state, &terms, &odds, queue, job.next);
                }
            }
            settle(adopters, state, &terms, &odds, queue, job.next);
            let mut users = [0u32; MOST_STANDARDS];
            for block in job.next[first as usize..last as usize].chunks(255) {
                let mut counts = [0u8; MOST_STANDARDS];
                for used in block {
                    (0..MOST_STANDARDS).for_each(|s| counts[s] += u8::from(*used == s as u8));
                }
                users.iter_mut().zip(counts).for_each(|(users, count)| *users += u32::from(count));
            }
            for s in 0..standards {
                job.people.tally[(domain * markets + market) * standards + s] = users[s].wrapping_mul(adopters.size[first as usize]);
            }
        }
    }

    /// Words behind the choices of eight pairs of adopters, even and odd.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn words_of_pairs(keys: &[__m256i; CHOICE_ROUNDS], from: u32, place: u32) -> [__m256i; 2] {
        let mut left: [__m256i; 2] = halves(std::array::from_fn(|k| u64::from(from) + k as u64)).map(cast::<[u64; 4], __m256i>);
        let mut right = [_mm256_set1_epi64x(i64::from(place)); 2];
        for half in 0..2 {
            for key in keys {
                round(&mut left[half], &mut right[half], *key);
            }
        }
        [narrow(left[0], left[1]), narrow(right[0], right[1])]
    }

    /// The numbers from `first` up to `last`, as a set of places.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn within(numbers: __m256i, first: u32, last: u32) -> i32 {
        let from = _mm256_cmpgt_epi32(_mm256_set1_epi32(first as i32), numbers);
        let upto = _mm256_cmpgt_epi32(_mm256_set1_epi32(last as i32), numbers);
        _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_andnot_si256(from, upto)))
    }

    /// Those queued, by number, look at their partners and choose. The queue is empty afterwards.
    #[target_feature(enable = "avx2")]
    fn settle(adopters: &Adopters, state: &[u8], terms: &Terms, odds: &[__m256; MOST_STANDARDS], queue: &mut Queue, next: &mut [u8]) {
        let one = |partner: &u32| u32::from(ONE[usize::from(state[*partner as usize])]);
        for at in (0..queue.length).step_by(WIDE) {
            let (numbers, words) = queue.eight(at);
            let numbers: [u32; WIDE] = cast(numbers);
            let due = WIDE.min(queue.length - at);
            let mut keys = [0; WIDE];
            for k in 0..due {
                let i = numbers[k] as usize;
                let (fours, rest) = adopters.partners_of(i).as_chunks::<4>();
                let counts = fours.iter().fold(0, |sum, [a, b, c, d]| sum + one(a) + one(b) + one(c) + one(d));
                keys[k] = rest.iter().fold(counts, |sum, partner| sum + one(partner)) | u32::from(state[i] & 3) << CURRENT;
            }
            let chosen: [u32; WIDE] = cast(terms.choose(odds, cast(keys), words));
            for k in 0..due {
                let i = numbers[k] as usize;
                next[i] = if state[i] == NONE { NONE } else { chosen[k] as u8 };
            }
        }
        queue.length = 0;
    }
}
