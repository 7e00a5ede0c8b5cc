//! Choices for many at once: the same arithmetic as `choose_plain`, eight side by side, in loops that a compiler turns into vector code.
//!
//! Two shapes share one heart, [`choose_eight`]. In [`review_rows`] the eight are one adopter in eight runs: its partners' states lie
//! side by side, and so do the tables. In [`choose`] they are eight adopters of one run, gathered. Functions that stand at an entry are
//! compiled for several widths of registers and picked when the program runs; since only single additions, multiplications,
//! divisions and comparisons occur, and in the same order, every version gives the same bits.

use multiversion::multiversion;

use super::{Chooser, Chosen, Population, limit_and_scale};
use crate::arithmetic::{exp2, log2, spread};
use crate::draws::{choice_place, choice_words};
use crate::setting::{Adopters, Reviews, Setting};
use crate::world::{NONE, World};

/// Lanes that are worked on together.
const W: usize = 8;

/// Numbers of eight lanes.
type Eight = [f32; W];

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

/// Eight multinomial logit choices. `count[s]` are partners that use `s`; `odds[s]` what the market brings; `slope[s][t]` what the share
/// of partners with `t` adds to log₂ of the odds of `s`. Gives what was chosen and, per standard, what partners bring.
#[inline(always)]
fn choose_eight<const S: usize>(
    count: &[[u8; W]; S],
    current: &[u8; W],
    draw: &Eight,
    odds: &[Eight; S],
    slope: &[[Eight; S]; S],
    (apart, stay): (bool, f32),
) -> ([u8; W], [Eight; S]) {
    let mut active = [0u8; W];
    for count in count {
        for l in 0..W {
            active[l] += count[l];
        }
    }
    let share: Eight = std::array::from_fn(|l| 1.0 / (i32::from(active[l].max(1)) as f32));
    let part: [Eight; S] = std::array::from_fn(|t| std::array::from_fn(|l| i32::from(count[t][l]) as f32 * share[l]));
    let mut effect = [[0.0; W]; S];
    for s in 0..S {
        let mut x: Eight;
        if apart {
            // The other terms are zeros: leaving them out changes no bit.
            x = std::array::from_fn(|l| slope[s][s][l] * part[s][l]);
        } else {
            x = std::array::from_fn(|l| slope[s][0][l] * part[0][l]);
            for t in 1..S {
                for l in 0..W {
                    x[l] += slope[s][t][l] * part[t][l];
                }
            }
        }
        effect[s] = std::array::from_fn(|l| exp2(x[l]));
    }
    let mut upto = [[0.0; W]; S];
    let mut sum = [0.0; W];
    for s in 0..S {
        for l in 0..W {
            let held = if i32::from(current[l]) == s as i32 { stay } else { 1.0 };
            sum[l] += odds[s][l] * effect[s][l] * held;
        }
        upto[s] = sum;
    }
    let target: Eight = std::array::from_fn(|l| draw[l] * sum[l]);
    let mut chosen = [0i32; W];
    for upto in &upto[..S - 1] {
        for l in 0..W {
            chosen[l] += i32::from(upto[l] <= target[l]);
        }
    }
    (std::array::from_fn(|l| chosen[l] as u8), effect)
}

/// Surplus of eight choices in utility units.
#[inline(always)]
fn surplus_of_eight<const S: usize>(effect: &[Eight; S], plain: &[Eight; S], top: &Eight, switched: &[bool; W], cost: f32) -> Eight {
    let mut sum = [0.0; W];
    for s in 0..S {
        for l in 0..W {
            sum[l] += plain[s][l] * effect[s][l];
        }
    }
    std::array::from_fn(|l| (top[l] + log2(sum[l])) * std::f32::consts::LN_2 - if switched[l] { cost } else { 0.0 })
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

/// Eight lanes of a row.
#[inline(always)]
fn eight<T: Copy, const L: usize>(row: &[T; L], chunk: usize) -> [T; W] {
    std::array::from_fn(|l| row[chunk * W + l])
}

#[inline(always)]
fn rows<const S: usize, const L: usize>(job: &mut Job<'_>, turn: &Turn<'_>, next: &mut [u8]) {
    let seeds: &[u32; L] = row(job.seeds, 0);
    let slope: [[[f32; L]; S]; S] = std::array::from_fn(|s| std::array::from_fn(|t| *row(job.slope, s * S + t)));
    let (mut words, mut pair) = ([[0; L]; 2], u32::MAX);
    let adopters = job.adopters;
    for market in 0..adopters.first.len() - 1 {
        let (from, to) = (turn.position(adopters.first[market]), turn.position(adopters.first[market + 1]));
        let odds: [[f32; L]; S] = std::array::from_fn(|s| *row(job.odds, market * S + s));
        let mut moved = Moved::<S, L>::new(adopters.even[market]);
        for k in from..to {
            let i = turn.at(k);
            if i as u32 / 2 != pair {
                pair = i as u32 / 2;
                words = choice_words(seeds, &[pair; L], job.place);
            }
            let words = &words[i % 2];
            let current: &[u8; L] = row(job.state, i);
            let count = count_partners::<S, L>(job.state, adopters.partners_of(i));
            let chosen: &mut [u8; L] = row_mut(next, k);
            for chunk in 0..L / W {
                let (words, current) = (eight(words, chunk), eight(current, chunk));
                let draw: Eight = std::array::from_fn(|l| spread(words[l], job.scale));
                let due: [bool; W] = std::array::from_fn(|l| current[l] != NONE && words[l] >> 8 < job.limit);
                let count: [[u8; W]; S] = std::array::from_fn(|s| eight(&count[s], chunk));
                let odds: [Eight; S] = std::array::from_fn(|s| eight(&odds[s], chunk));
                let slope: [[Eight; S]; S] = std::array::from_fn(|s| std::array::from_fn(|t| eight(&slope[s][t], chunk)));
                let (choice, effect) = choose_eight(&count, &current, &draw, &odds, &slope, (job.apart, job.stay));
                for l in 0..W {
                    chosen[chunk * W + l] = if due[l] { choice[l] } else { current[l] };
                }
                if let Some((kept, sums)) = &mut job.surplus {
                    let plain: [Eight; S] = std::array::from_fn(|s| eight(row::<f32, L>(job.plain, market * S + s), chunk));
                    let top = eight(row::<f32, L>(job.top, market), chunk);
                    let switched: [bool; W] = std::array::from_fn(|l| choice[l] != current[l]);
                    let fresh = surplus_of_eight(&effect, &plain, &top, &switched, job.cost);
                    let (kept, sums) = (row_mut::<f32, L>(kept, i), row_mut::<f64, L>(sums, market));
                    for l in 0..W {
                        let at = chunk * W + l;
                        let now = if due[l] { fresh[l] } else { kept[at] };
                        sums[at] += adopters.weight[i] * f64::from(now - kept[at]);
                        kept[at] = now;
                    }
                }
            }
            moved.count(job.tally, market, current, chosen, adopters.size[i]);
        }
        if from < to {
            moved.flush(job.tally, market, adopters.size[turn.at(from)]);
        }
    }
}

/// How many partners use each standard, lane by lane.
#[inline(always)]
fn count_partners<const S: usize, const L: usize>(state: &[u8], partners: &[u32]) -> [[u8; L]; S] {
    let mut count = [[0u8; L]; S];
    for partner in partners {
        let used: &[u8; L] = row(state, *partner as usize);
        for (s, count) in count.iter_mut().enumerate() {
            for l in 0..L {
                count[l] += u8::from(used[l] == s as u8);
            }
        }
    }
    count
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

/// Active adopters of one run whose review is due, in order of number, with their draws.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn reviewers(world: &World<'_>, people: &Population, lane: usize, domain: usize) -> Vec<Chooser> {
    let adopters = &world.setting.adopters;
    let (limit, scale) = limit_and_scale(&adopters.reviews);
    let place = choice_place(domain, world.row);
    let (seeds, state) = (&[people.seeds[lane]; W], &people.state[domain]);
    let active = |i: u32| state[i as usize * people.lanes + lane] != NONE;
    let mut list = Vec::new();
    match &adopters.reviews {
        Reviews::Due(due) => {
            for due in due[world.row].chunks(W) {
                let number: [u32; W] = std::array::from_fn(|l| due.get(l).copied().unwrap_or(0));
                let [even, odd] = choice_words(seeds, &number.map(|i| i / 2), place);
                for (l, i) in due.iter().enumerate().filter(|(_, i)| active(**i)) {
                    list.push((*i, spread(if i % 2 == 0 { even[l] } else { odd[l] }, scale)));
                }
            }
        }
        Reviews::Hazard(_) => {
            let n = adopters.len() as u32;
            // Written without a branch per adopter: the list grows by one where the draw says so.
            let mut found = vec![(0, 0.0); n as usize + 1];
            let mut length = 0;
            for first in (0..n).step_by(2 * W) {
                let words = choice_words(seeds, &std::array::from_fn(|l| first / 2 + l as u32), place);
                for l in 0..2 * W as u32 {
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
            list = found;
        }
    }
    list
}

/// Choices of adopters of one run.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn choose(world: &World<'_>, people: &Population, lane: usize, domain: usize, turn: &[Chooser]) -> Vec<Chosen> {
    with_standards!(world.setting.standards(), choose_gathered(world, people, lane, domain, turn))
}

#[inline(always)]
fn choose_gathered<const S: usize>(world: &World<'_>, people: &Population, lane: usize, domain: usize, turn: &[Chooser]) -> Vec<Chosen> {
    let (adopters, lanes, state) = (&world.setting.adopters, people.lanes, &people.state[domain]);
    let slope: [[Eight; S]; S] = std::array::from_fn(|s| std::array::from_fn(|t| [people.slope[(s * S + t) * lanes + lane]; W]));
    let mut choices = Vec::with_capacity(turn.len());
    for turn in turn.chunks(W) {
        let (mut count, mut current, mut draw) = ([[0u8; W]; S], [NONE; W], [0.0; W]);
        let (mut odds, mut plain, mut top) = ([[1.0; W]; S], [[1.0; W]; S], [0.0; W]);
        for (l, (adopter, drawn)) in turn.iter().enumerate() {
            let i = *adopter as usize;
            let market = usize::from(adopters.market[i]);
            // Eight counters of a byte each in one number.
            let packed = adopters.partners_of(i).iter().fold(0u64, |sum, partner| sum + one_in_byte(state[*partner as usize * lanes + lane]));
            for s in 0..S {
                count[s][l] = (packed >> (8 * s)) as u8;
                odds[s][l] = people.odds[(market * S + s) * lanes + lane];
                plain[s][l] = people.plain[(market * S + s) * lanes + lane];
            }
            top[l] = people.top[market * lanes + lane];
            current[l] = state[i * lanes + lane];
            draw[l] = *drawn;
        }
        let (chosen, effect) = choose_eight(&count, &current, &draw, &odds, &slope, (people.apart, people.stay));
        let surplus = if people.surplus.is_empty() {
            [0.0; W]
        } else {
            let switched = std::array::from_fn(|l| current[l] != NONE && chosen[l] != current[l]);
            surplus_of_eight(&effect, &plain, &top, &switched, people.switching_cost)
        };
        choices.extend(turn.iter().enumerate().map(|(l, (adopter, _))| (*adopter, chosen[l], surplus[l])));
    }
    choices
}

/// 1 in the byte of a standard; 0 for none.
#[inline(always)]
fn one_in_byte(standard: u8) -> u64 {
    u64::from(standard != NONE) << (8 * (standard & 7))
}
