//! The adopters of a group of runs: what one of them uses in all runs lies side by side.

use super::kernel::with_standards;
use super::{LARGEST, exp2, kernel, limit_and_scale, packed, plain_choice};
use crate::draws::choice_place;
use crate::rules::adopt::{Chosen, refresh_mix};
use crate::setting::{Reviews, Setting};
use crate::world::{NONE, World};

const LOG2_E: f64 = std::f64::consts::LOG2_E;

/// The adopters of a group of runs, and the tables of the domain that is being worked on.
#[derive(Debug, Clone)]
pub(crate) struct Population {
    /// Runs side by side; lanes beyond the runs of the group stay empty.
    pub(super) lanes: usize,
    standards: usize,
    /// Seed of each lane.
    pub(super) seeds: Vec<u32>,
    /// Standard in use or none, `[domain]`, `[adopter][lane]`.
    pub(super) state: Vec<Vec<u8>>,
    /// Surplus at the last choice in utility units, `[domain]`, `[adopter][lane]`; empty where no indicator asks for it.
    pub(super) surplus: Vec<Vec<f32>>,
    /// Size of users in units of their market, `[domain][market][standard][lane]`.
    pub(super) tally: Vec<u32>,
    /// Size-weighted sum of surplus, `[domain][market][lane]`.
    pub(super) surplus_sum: Vec<f64>,
    /// Odds apart from partners and switching, `[market][standard][lane]`.
    pub(super) odds: Vec<f32>,
    /// The same without home preference.
    pub(super) plain: Vec<f32>,
    /// log₂ of the factor left out of the odds, `[market][lane]`.
    pub(super) top: Vec<f32>,
    /// What the share of partners with a standard adds to log₂ of the odds of another, `[standard][standard][lane]`.
    pub(super) slope: Vec<f32>,
    /// Whether a standard works with itself only, in all lanes.
    pub(super) apart: bool,
    /// Factor on the odds of the standard in use, and its logarithm.
    pub(super) stay: f32,
    pub(super) switching_cost: f32,
    /// Rows chosen in this tick, kept to save their memory.
    next: Vec<u8>,
    /// Those due in this tick, kept to save their memory.
    pub(super) queues: Vec<packed::Queue>,
    /// Choices of new adopters by lane, kept to save their memory.
    pub(super) new: Vec<Vec<Chosen>>,
}

impl Population {
    /// Adopters of runs with these seeds, nobody active yet, in `lanes` lanes.
    pub(crate) fn new(setting: &Setting, seeds: &[u32], lanes: usize) -> Population {
        let (domains, markets, standards, n) = (setting.domains(), setting.markets.len(), setting.standards(), setting.adopters.len());
        let with_surplus = setting.layout.of("consumer-surplus").next().is_some();
        let mut padded = seeds.to_vec();
        padded.resize(lanes, 0);
        let switching_cost = setting.parameters.switching_cost;
        Population {
            lanes,
            standards,
            seeds: padded,
            state: vec![vec![NONE; n * lanes]; domains],
            surplus: if with_surplus { vec![vec![0.0; n * lanes]; domains] } else { Vec::new() },
            tally: vec![0; domains * markets * standards * lanes],
            surplus_sum: vec![0.0; domains * markets * lanes],
            odds: vec![0.0; markets * standards * lanes],
            plain: vec![0.0; markets * standards * lanes],
            top: vec![0.0; markets * lanes],
            slope: vec![0.0; standards * standards * lanes],
            apart: false,
            stay: exp2((switching_cost * LOG2_E) as f32),
            switching_cost: switching_cost as f32,
            next: Vec::new(),
            queues: Vec::new(),
            new: vec![Vec::new(); lanes],
        }
    }

    /// Standard in use by an adopter in a run.
    pub(crate) fn in_use(&self, lane: usize, domain: usize, adopter: usize) -> Option<usize> {
        let standard = self.state[domain][adopter * self.lanes + lane];
        (standard != NONE).then_some(usize::from(standard))
    }

    pub(super) fn odds(&self, lane: usize, market: usize, standard: usize) -> f32 {
        self.odds[(market * self.standards + standard) * self.lanes + lane]
    }

    pub(super) fn plain_odds(&self, lane: usize, market: usize, standard: usize) -> f32 {
        self.plain[(market * self.standards + standard) * self.lanes + lane]
    }

    pub(super) fn top(&self, lane: usize, market: usize) -> f32 {
        self.top[market * self.lanes + lane]
    }

    pub(super) fn slope(&self, lane: usize, standard: usize, other: usize) -> f32 {
        self.slope[(standard * self.standards + other) * self.lanes + lane]
    }

    /// Lays out the odds of a domain in all runs.
    pub(super) fn lay_out(&mut self, worlds: &[World<'_>], domain: usize) {
        if !plain_choice(worlds[0].setting) {
            return;
        }
        for (lane, world) in worlds.iter().enumerate() {
            with_standards!(self.standards, lay_out_run(self, world, lane, domain));
        }
        let (n, lanes) = (self.standards, self.lanes);
        let off_diagonal = |at: usize| at / n != at % n;
        self.apart = (0..n * n).filter(|at| off_diagonal(*at)).all(|at| self.slope[at * lanes..(at + 1) * lanes].iter().all(|slope| *slope == 0.0));
    }

    /// Reviews of all runs side by side; with `packs` those due are packed.
    pub(super) fn review_rows(&mut self, setting: &Setting, (domain, row): (usize, usize), packs: bool) {
        let lanes = self.lanes;
        let (limit, scale) = limit_and_scale(&setting.adopters.reviews);
        let turn = match &setting.adopters.reviews {
            Reviews::Due(due) => kernel::Turn::Some(&due[row]),
            Reviews::Hazard(_) => kernel::Turn::All(setting.adopters.len()),
        };
        let mut next = std::mem::take(&mut self.next);
        next.resize(turn.len() * lanes, NONE);
        if packs {
            let place = choice_place(domain, row);
            packed::review(&mut packed::Job { people: self, setting, domain, place, limit, scale, next: &mut next });
        } else {
            kernel::review_rows(self, setting, (domain, row), &turn, (limit, scale), &mut next);
        }
        match turn {
            kernel::Turn::All(_) => std::mem::swap(&mut self.state[domain], &mut next),
            kernel::Turn::Some(due) => {
                for (i, chosen) in due.iter().zip(next.chunks_exact(lanes)) {
                    self.state[domain][*i as usize * lanes..][..lanes].copy_from_slice(chosen);
                }
            }
        }
        self.next = next;
    }

    /// Puts a choice of one run into effect.
    pub(super) fn apply(&mut self, setting: &Setting, lane: usize, domain: usize, (adopter, chosen, surplus): Chosen) {
        let i = adopter as usize;
        let market = domain * setting.markets.len() + usize::from(setting.adopters.market[i]);
        let size = setting.adopters.size[i];
        let at = i * self.lanes + lane;
        let before = std::mem::replace(&mut self.state[domain][at], chosen);
        let tally = |standard: u8| (market * self.standards + usize::from(standard)) * self.lanes + lane;
        if before != NONE {
            self.tally[tally(before)] -= size;
        }
        if chosen != NONE {
            self.tally[tally(chosen)] += size;
        }
        if let Some(kept) = self.surplus.get_mut(domain) {
            let past = std::mem::replace(&mut kept[at], surplus);
            self.surplus_sum[market * self.lanes + lane] += setting.adopters.weight[i] * f64::from(surplus - past);
        }
    }

    /// Brings the aggregates of a run up to date with its adopters.
    pub(super) fn report(&self, world: &mut World<'_>, lane: usize, domain: usize) {
        let (first, last) = (world.market_at(domain, 0), world.market_at(domain + 1, 0));
        for at in first * self.standards..last * self.standards {
            world.uptake.tally[at] = self.tally[at * self.lanes + lane];
        }
        for at in first..last {
            world.uptake.surplus_sum[at] = self.surplus_sum[at * self.lanes + lane];
        }
        refresh_mix(world, domain);
    }

    /// Makes adopters follow the relabelling of texts in their run.
    pub(crate) fn relabel(&mut self, world: &mut World<'_>, lane: usize, domain: usize) {
        for (_, from, to) in world.uptake.relabelled.extract_if(.., |(d, ..)| *d == domain) {
            for state in self.state[domain][lane..].iter_mut().step_by(self.lanes).filter(|state| **state == from) {
                *state = to;
            }
            for m in 0..world.setting.markets.len() {
                let at = |standard: u8| ((domain * world.setting.markets.len() + m) * self.standards + usize::from(standard)) * self.lanes + lane;
                let moved = std::mem::take(&mut self.tally[at(from)]);
                self.tally[at(to)] += moved;
            }
        }
    }
}

/// Lays out the odds of one run, for `S` standards.
fn lay_out_run<const S: usize>(people: &mut Population, world: &World<'_>, lane: usize, domain: usize) {
    let (p, lanes) = (&world.setting.parameters, people.lanes);
    let strength = p.network_strength[domain] * LOG2_E;
    let sigma = &world.rules.sigma[domain * S * S..(domain + 1) * S * S];
    for (at, sigma) in sigma.iter().enumerate() {
        people.slope[at * lanes + lane] = ((strength * p.local_share * sigma) as f32).min(LARGEST);
    }
    let offered: [bool; S] = std::array::from_fn(|s| world.offered(domain, s));
    let global = strength * (1.0 - p.local_share);
    let first = world.market_at(domain, 0);
    let range = first * S..world.market_at(domain + 1, 0) * S;
    let (merits, _) = world.uptake.merit[range.clone()].as_chunks::<S>();
    let (reaches, _) = world.uptake.reach[range].as_chunks::<S>();
    for (m, (merit, reach)) in merits.iter().zip(reaches).enumerate() {
        let utility: [f64; S] = std::array::from_fn(|s| if offered[s] { merit[s] * LOG2_E + global * reach[s] } else { f64::NEG_INFINITY });
        let top = utility.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let plain: [f32; S] = std::array::from_fn(|s| if offered[s] { exp2(((utility[s] - top) as f32).max(-LARGEST)) } else { 0.0 });
        let (home, preference) = (world.market_required(domain, m), exp2((world.rules.preference[first + m] * LOG2_E) as f32));
        people.top[m * lanes + lane] = top as f32;
        for s in 0..S {
            let slot = (m * S + s) * lanes + lane;
            people.plain[slot] = plain[s];
            people.odds[slot] = if s == home { plain[s] * preference } else { plain[s] };
        }
    }
}
