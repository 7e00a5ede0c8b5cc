//! Choices for many at once: the same arithmetic as `choose_plain`, in loops over lanes that a compiler turns into vector code.
//!
//! Two shapes share one heart, [`choose_in_lanes`]. In [`review_rows`] the lanes are one adopter in many runs: its partners' states lie
//! side by side, and so do the tables. In [`choose`] they are adopters of one run, gathered. Functions that stand at an entry are
//! compiled for several widths of registers and picked when the program runs; since only single additions, multiplications,
//! divisions and comparisons occur, and in the same order, every version gives the same bits.

use multiversion::multiversion;

use super::{Chooser, Chosen, MAX_STANDARDS, Population, limit_and_scale};
use crate::arithmetic::{exp2, log2, spread};
use crate::draws::{ChoiceKeys, choice_place};
use crate::setting::{Adopters, Reviews, Setting};
use crate::world::{NONE, World};

/// Adopters of one run that are gathered into lanes together.
const GATHERED: usize = 16;

/// Flush of the narrow counters before they can overflow.
const NARROW: usize = 127;

/// Whose turn it is to review.
pub(super) enum Turn<'a> {
    /// Everybody.
    All(usize),
    /// These, in order of number.
    Some(&'a [u32]),
}

impl Turn<'_> {
    pub(super) fn len(&self) -> usize {
        match self {
            Turn::All(n) => *n,
            Turn::Some(due) => due.len(),
        }
    }

    #[inline(always)]
    fn at(&self, k: usize) -> usize {
        match self {
            Turn::All(_) => k,
            Turn::Some(due) => due[k] as usize,
        }
    }

    /// Position of the first adopter from a number on.
    fn position(&self, from: u32) -> usize {
        match self {
            Turn::All(_) => from as usize,
            Turn::Some(due) => due.partition_point(|i| *i < from),
        }
    }
}

/// What choices in `L` lanes go by; each column holds a number per lane.
struct Lanes<const S: usize, const L: usize> {
    /// Partners that use each standard.
    count: [[u8; L]; S],
    /// Standard in use or none.
    current: [u8; L],
    /// Odds apart from partners and switching.
    odds: [[f32; L]; S],
    /// What the share of partners with a standard adds to log₂ of the odds of another.
    slope: [[[f32; L]; S]; S],
    /// Per standard, the factor that partners bring: written with every choice.
    effects: [[f32; L]; S],
}

/// Multinomial logit choices lane by lane, from draws in [0, 1); who is not due keeps what it has. With `APART` a standard works with
/// itself only: the other slopes are zeros, and leaving their terms out changes no bit.
#[inline(always)]
fn choose_in_lanes<const S: usize, const L: usize, const APART: bool>(
    lanes: &mut Lanes<S, L>,
    stay: f32,
    draw: impl Fn(usize) -> f32,
    due: impl Fn(usize) -> bool,
) -> [i32; L] {
    let mut choices = [0; L];
    for l in 0..L {
        let count: [u8; S] = std::array::from_fn(|s| lanes.count[s][l]);
        let active = count.iter().sum::<u8>();
        let share = 1.0 / f32::from(active.max(1));
        let part: [f32; S] = std::array::from_fn(|t| f32::from(count[t]) * share);
        let current = f32::from(lanes.current[l]);
        let (mut sum, mut upto) = (0.0, [0.0; S]);
        for s in 0..S {
            let mut x = if APART { lanes.slope[s][s][l] * part[s] } else { lanes.slope[s][0][l] * part[0] };
            if !APART {
                for t in 1..S {
                    x += lanes.slope[s][t][l] * part[t];
                }
            }
            let effect = exp2(x);
            lanes.effects[s][l] = effect;
            let held = if current == s as f32 { stay } else { 1.0 };
            sum += lanes.odds[s][l] * effect * held;
            upto[s] = sum;
        }
        let target = draw(l) * sum;
        let choice = upto[..S - 1].iter().fold(0, |chosen, upto| chosen + i32::from(*upto <= target));
        choices[l] = if due(l) { choice } else { i32::from(lanes.current[l]) };
    }
    choices
}

/// Surplus of choices in utility units, lane by lane; `plain` and `top` are odds without home preference and the factor left out of them.
#[inline(always)]
fn surplus_in_lanes<const S: usize, const L: usize>(
    effects: &[[f32; L]; S],
    plain: &[[f32; L]; S],
    top: &[f32; L],
    (current, choices): (&[u8; L], &[u8; L]),
    cost: f32,
) -> [f32; L] {
    let mut surplus = [0.0; L];
    for l in 0..L {
        let mut sum = 0.0;
        for s in 0..S {
            sum += plain[s][l] * effects[s][l];
        }
        let switched = (current[l] != NONE) & (current[l] != choices[l]);
        surplus[l] = (top[l] + log2(sum)) * std::f32::consts::LN_2 - if switched { cost } else { 0.0 };
    }
    surplus
}

/// Calls a kernel with the number of standards as a constant.
macro_rules! with_standards {
    ($standards:expr, $kernel:ident $(:: <$width:literal>)? ($($argument:expr),*)) => {
        match $standards {
            2 => $kernel::<2 $(, $width)?>($($argument),*),
            3 => $kernel::<3 $(, $width)?>($($argument),*),
            4 => $kernel::<4 $(, $width)?>($($argument),*),
            5 => $kernel::<5 $(, $width)?>($($argument),*),
            6 => $kernel::<6 $(, $width)?>($($argument),*),
            7 => $kernel::<7 $(, $width)?>($($argument),*),
            _ => $kernel::<8 $(, $width)?>($($argument),*),
        }
    };
}
pub(super) use with_standards;

/// Reviews of all runs of a group: writes what each adopter whose turn it is uses afterwards into its row of `next`, and brings tallies
/// and surplus up to date. A lane whose adopter is not active or, by its draw, not due keeps what it has.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn review_rows(
    people: &mut Population,
    setting: &Setting,
    (domain, row): (usize, usize),
    turn: &Turn<'_>,
    (limit, scale): (u32, f32),
    next: &mut [u8],
) {
    let mut job = Job::new(people, setting, (domain, row), (limit, scale));
    match job.lanes {
        8 => with_standards!(job.standards, rows::<8>(&mut job, turn, next)),
        16 => with_standards!(job.standards, rows::<16>(&mut job, turn, next)),
        _ => with_standards!(job.standards, rows::<32>(&mut job, turn, next)),
    }
}

/// Everything that the reviews of a domain in a tick need.
struct Job<'a> {
    adopters: &'a Adopters,
    lanes: usize,
    standards: usize,
    place: u32,
    limit: u32,
    scale: f32,
    apart: bool,
    stay: f32,
    cost: f32,
    seeds: &'a [u32],
    state: &'a [u8],
    odds: &'a [f32],
    plain: &'a [f32],
    top: &'a [f32],
    slope: &'a [f32],
    /// Of the domain, `[market][standard][lane]`.
    tally: &'a mut [u32],
    /// Kept surplus `[adopter][lane]` and its sums `[market][lane]`, where asked for.
    surplus: Option<(&'a mut [f32], &'a mut [f64])>,
}

impl<'a> Job<'a> {
    fn new(people: &'a mut Population, setting: &'a Setting, (domain, row): (usize, usize), (limit, scale): (u32, f32)) -> Job<'a> {
        let (markets, standards, lanes) = (setting.markets.len(), setting.standards(), people.lanes);
        let sums = &mut people.surplus_sum[domain * markets * lanes..(domain + 1) * markets * lanes];
        Job {
            adopters: &setting.adopters,
            lanes,
            standards,
            place: choice_place(domain, row),
            limit,
            scale,
            apart: people.apart,
            stay: people.stay,
            cost: people.switching_cost,
            seeds: &people.seeds,
            state: &people.state[domain],
            odds: &people.odds,
            plain: &people.plain,
            top: &people.top,
            slope: &people.slope,
            tally: &mut people.tally[domain * markets * standards * lanes..(domain + 1) * markets * standards * lanes],
            surplus: people.surplus.get_mut(domain).map(|kept| (kept.as_mut_slice(), sums)),
        }
    }
}

/// A row of numbers of all lanes.
#[inline(always)]
fn row<T: Copy, const L: usize>(column: &[T], at: usize) -> &[T; L] {
    let Some(row) = column[at * L..].first_chunk() else { unreachable!("columns hold whole rows") };
    row
}

#[inline(always)]
fn row_mut<T: Copy, const L: usize>(column: &mut [T], at: usize) -> &mut [T; L] {
    let Some(row) = column[at * L..].first_chunk_mut() else { unreachable!("columns hold whole rows") };
    row
}

#[inline(always)]
fn rows<const S: usize, const L: usize>(job: &mut Job<'_>, turn: &Turn<'_>, next: &mut [u8]) {
    if job.apart { rows_in_lanes::<S, L, true>(job, turn, next) } else { rows_in_lanes::<S, L, false>(job, turn, next) }
}

#[inline(always)]
fn rows_in_lanes<const S: usize, const L: usize, const APART: bool>(job: &mut Job<'_>, turn: &Turn<'_>, next: &mut [u8]) {
    let keys = ChoiceKeys::<L>::new(row(job.seeds, 0));
    let slope = std::array::from_fn(|s| std::array::from_fn(|t| *row(job.slope, s * S + t)));
    let mut lanes = Lanes { count: [[0; L]; S], current: [NONE; L], odds: [[0.0; L]; S], slope, effects: [[0.0; L]; S] };
    let (mut words, mut pair) = ([[0; L]; 2], u32::MAX);
    let (adopters, limit, scale) = (job.adopters, job.limit, job.scale);
    let (state, _) = job.state.as_chunks::<L>();
    let (next, _) = next.as_chunks_mut::<L>();
    for market in 0..adopters.first.len() - 1 {
        let (from, to) = (turn.position(adopters.first[market]), turn.position(adopters.first[market + 1]));
        lanes.odds = std::array::from_fn(|s| *row(job.odds, market * S + s));
        let mut moved = Moved::<S, L>::new(adopters.even[market]);
        for k in from..to {
            let i = turn.at(k);
            if i as u32 / 2 != pair {
                pair = i as u32 / 2;
                words = keys.words_of_pair(pair, job.place);
            }
            let words = &words[i % 2];
            count_partners(state, adopters.partners_of(i), &mut lanes.count);
            lanes.current = state[i];
            let before = lanes.current;
            let due = |l: usize| (before[l] != NONE) & (words[l] >> 8 < limit);
            let choices = choose_in_lanes::<S, L, APART>(&mut lanes, job.stay, |l| spread(words[l], scale), due);
            let mut after = [0; L];
            for l in 0..L {
                after[l] = choices[l] as u8;
            }
            if let Some((kept, sums)) = &mut job.surplus {
                let plain: [[f32; L]; S] = std::array::from_fn(|s| *row(job.plain, market * S + s));
                let fresh = surplus_in_lanes(&lanes.effects, &plain, row(job.top, market), (&before, &after), job.cost);
                let (kept, sums): (&mut [f32; L], &mut [f64; L]) = (row_mut(kept, i), row_mut(sums, market));
                let weight = adopters.weight[i];
                for l in 0..L {
                    let now = if due(l) { fresh[l] } else { kept[l] };
                    sums[l] += weight * f64::from(now - kept[l]);
                    kept[l] = now;
                }
            }
            next[k] = after;
            moved.count(job.tally, market, &before, &after, adopters.size[i]);
        }
        if from < to {
            moved.flush(job.tally, market, adopters.size[turn.at(from)]);
        }
    }
}

/// How many partners use each standard, lane by lane.
#[inline(always)]
fn count_partners<const S: usize, const L: usize>(state: &[[u8; L]], partners: &[u32], count: &mut [[u8; L]; S]) {
    let mut sums = [[0u8; L]; S];
    // In fours: the loop itself would otherwise take half the time.
    let (fours, rest) = partners.as_chunks::<4>();
    for four in fours {
        for partner in four {
            count_partner(&state[*partner as usize], &mut sums);
        }
    }
    for partner in rest {
        count_partner(&state[*partner as usize], &mut sums);
    }
    *count = sums;
}

#[inline(always)]
fn count_partner<const S: usize, const L: usize>(used: &[u8; L], count: &mut [[u8; L]; S]) {
    for (s, count) in count.iter_mut().enumerate() {
        for l in 0..L {
            count[l] += u8::from(used[l] == s as u8);
        }
    }
}

/// Moves of size between standards within a market. Where all adopters are of one size, they are counted in bytes first.
struct Moved<const S: usize, const L: usize> {
    even: bool,
    counted: usize,
    net: [[i8; L]; S],
}

impl<const S: usize, const L: usize> Moved<S, L> {
    #[inline(always)]
    fn new(even: bool) -> Self {
        Moved { even, counted: 0, net: [[0; L]; S] }
    }

    #[inline(always)]
    fn count(&mut self, tally: &mut [u32], market: usize, before: &[u8; L], after: &[u8; L], size: u32) {
        if self.even {
            for (s, net) in self.net.iter_mut().enumerate() {
                for l in 0..L {
                    net[l] += i8::from(after[l] == s as u8) - i8::from(before[l] == s as u8);
                }
            }
            self.counted += 1;
            if self.counted == NARROW {
                self.flush(tally, market, size);
            }
        } else if before != after {
            for s in 0..S {
                let tally: &mut [u32; L] = row_mut(tally, market * S + s);
                for l in 0..L {
                    let net = i32::from(after[l] == s as u8) - i32::from(before[l] == s as u8);
                    tally[l] = tally[l].wrapping_add(size.wrapping_mul(net as u32));
                }
            }
        }
    }

    #[inline(always)]
    fn flush(&mut self, tally: &mut [u32], market: usize, size: u32) {
        if self.counted > 0 {
            for (s, net) in self.net.iter_mut().enumerate() {
                let tally: &mut [u32; L] = row_mut(tally, market * S + s);
                for l in 0..L {
                    tally[l] = tally[l].wrapping_add(size.wrapping_mul(i32::from(net[l]) as u32));
                }
                *net = [0; L];
            }
            self.counted = 0;
        }
    }
}

/// Adopters of one run, each with the draw behind its choice.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn draw(seed: u32, place: u32, scale: f32, numbers: &[u32]) -> Vec<Chooser> {
    let keys = ChoiceKeys::new(&[seed; GATHERED]);
    let mut list = Vec::with_capacity(numbers.len());
    for numbers in numbers.chunks(GATHERED) {
        let [even, odd] = keys.words(&std::array::from_fn(|l| numbers.get(l).map_or(0, |i| i / 2)), place);
        list.extend(numbers.iter().enumerate().map(|(l, i)| (*i, spread(if i % 2 == 0 { even[l] } else { odd[l] }, scale))));
    }
    list
}

/// Active adopters of one run whose review is due, in order of number, with their draws.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn reviewers(world: &World<'_>, people: &Population, lane: usize, domain: usize) -> Vec<Chooser> {
    let adopters = &world.setting.adopters;
    let (limit, scale) = limit_and_scale(&adopters.reviews);
    let place = choice_place(domain, world.row);
    let (keys, state) = (ChoiceKeys::new(&[people.seeds[lane]; GATHERED]), &people.state[domain]);
    let active = |i: u32| state[i as usize * people.lanes + lane] != NONE;
    match &adopters.reviews {
        Reviews::Due(due) => {
            let due: Vec<u32> = due[world.row].iter().copied().filter(|i| active(*i)).collect();
            draw(people.seeds[lane], place, scale, &due)
        }
        Reviews::Hazard(_) => {
            let n = adopters.len() as u32;
            // Written without a branch per adopter: the list grows by one where the draw says so.
            let mut found = vec![(0, 0.0); n as usize + 1];
            let mut length = 0;
            for first in (0..n).step_by(2 * GATHERED) {
                let words = keys.words(&std::array::from_fn(|l| first / 2 + l as u32), place);
                for l in 0..2 * GATHERED as u32 {
                    let i = first + l;
                    if i >= n {
                        break;
                    }
                    let word = words[l as usize % 2][l as usize / 2];
                    found[length] = (i, spread(word, scale));
                    length += usize::from((word >> 8 < limit) & active(i));
                }
            }
            found.truncate(length);
            found
        }
    }
}

/// Choices of adopters of one run.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn choose(world: &World<'_>, people: &Population, lane: usize, domain: usize, turn: &[Chooser]) -> Vec<Chosen> {
    with_standards!(world.setting.standards(), choose_gathered(world, people, lane, domain, turn))
}

#[inline(always)]
fn choose_gathered<const S: usize>(world: &World<'_>, people: &Population, lane: usize, domain: usize, turn: &[Chooser]) -> Vec<Chosen> {
    let (adopters, width, state) = (&world.setting.adopters, people.lanes, &people.state[domain]);
    let slope = std::array::from_fn(|s| std::array::from_fn(|t| [people.slope[(s * S + t) * width + lane]; GATHERED]));
    let mut lanes = Lanes { count: [[0; GATHERED]; S], current: [NONE; GATHERED], odds: [[1.0; GATHERED]; S], slope, effects: [[0.0; GATHERED]; S] };
    let (mut plain, mut top, mut draws) = ([[1.0; GATHERED]; S], [0.0; GATHERED], [0.0; GATHERED]);
    let mut choices = Vec::with_capacity(turn.len());
    for turn in turn.chunks(GATHERED) {
        for (l, (adopter, draw)) in turn.iter().enumerate() {
            let i = *adopter as usize;
            let market = usize::from(adopters.market[i]);
            // Eight counters of a byte each in one number.
            let one = |partner: &u32| ONE_IN_BYTE[usize::from(state[*partner as usize * width + lane])];
            let packed = adopters.partners_of(i).iter().fold(0u64, |sum, partner| sum + one(partner));
            for s in 0..S {
                lanes.count[s][l] = (packed >> (8 * s)) as u8;
                lanes.odds[s][l] = people.odds[(market * S + s) * width + lane];
                plain[s][l] = people.plain[(market * S + s) * width + lane];
            }
            top[l] = people.top[market * width + lane];
            lanes.current[l] = state[i * width + lane];
            draws[l] = *draw;
        }
        let chosen = choose_in_lanes::<S, GATHERED, false>(&mut lanes, people.stay, |l| draws[l], |_| true).map(|choice| choice as u8);
        let surplus = if people.surplus.is_empty() {
            [0.0; GATHERED]
        } else {
            surplus_in_lanes(&lanes.effects, &plain, &top, (&lanes.current, &chosen), people.switching_cost)
        };
        choices.extend(turn.iter().enumerate().map(|(l, (adopter, _))| (*adopter, chosen[l], surplus[l])));
    }
    choices
}

/// 1 in the byte of a standard; 0 for none.
static ONE_IN_BYTE: [u64; 256] = {
    let mut table = [0; 256];
    let mut standard = 0;
    while standard < MAX_STANDARDS {
        table[standard] = 1 << (8 * standard);
        standard += 1;
    }
    table
};
