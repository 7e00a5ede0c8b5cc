//! Rule (5): adopters become active, review their standard in turn, and choose.

use crate::draws::{Draws, Stream};
use crate::rules::recognise::Tables;
use crate::scenario::{Choice, NetworkTerm, Updating};
use crate::setting::{Parameters, SIZE_SCALE, Setting};
use crate::world::{NONE, World};

/// Most standards that a domain can have: a set of standards is a byte.
const MAX_STANDARDS: usize = 8;

/// Utility per standard.
type Utilities = [f64; MAX_STANDARDS];

/// Personal thresholds are spread evenly over this many utility units where adopters choose by threshold.
const THRESHOLD_SPREAD: f64 = 2.0;

/// Network strength at which the weight of supply is the written one.
const REFERENCE_STRENGTH: f64 = 3.5;

/// The adopters' side of a run.
#[derive(Debug, Clone)]
pub(crate) struct Uptake {
    /// Standard in use or none, `[domain][adopter]`.
    pub(crate) state: Vec<u8>,
    /// Size of the active adopters in fixed point, `[domain][market][standard]`.
    pub(crate) tally: Vec<u64>,
    /// The same as shares of the market's active size.
    pub(crate) mix: Vec<f64>,
    /// Chance that a standard works with what a user in a market has, `[domain][market][standard]`.
    joined: Vec<f64>,
    /// Network benefit of a standard in a market apart from own partners, `[domain][market][standard]`.
    reach: Vec<f64>,
    /// Utility apart from network, home preference and switching cost, `[domain][market][standard]`.
    merit: Vec<f64>,
    /// Number of active adopters, `[domain][market]`.
    active: Vec<u32>,
    /// Accumulated hazard of first adoption, `[domain][market]`.
    hazard: Vec<f64>,
    /// Adopters of each market from the most to the least eager, with their eagerness, `[domain][adopter]`.
    queue: Vec<(f64, u32)>,
    /// Adopters due for review, `[domain][row]`.
    due: Vec<Vec<u32>>,
    /// Surplus at the last choice in utility units, `[domain][adopter]`.
    surplus: Vec<f32>,
    /// Size-weighted sum of surplus, `[domain][market]`.
    pub(crate) surplus_sum: Vec<f64>,
    /// Choices of the tick, kept to save its memory.
    chosen: Vec<(u32, u8, f32)>,
}

impl Uptake {
    pub(crate) fn new(setting: &Setting, draws: Draws) -> Uptake {
        let (domains, markets, standards, n) = (setting.domains(), setting.markets.len(), setting.standards(), setting.adopters.len());
        Uptake {
            state: vec![NONE; domains * n],
            tally: vec![0; domains * markets * standards],
            mix: vec![0.0; domains * markets * standards],
            joined: vec![0.0; domains * markets * standards],
            reach: vec![0.0; domains * markets * standards],
            merit: vec![0.0; domains * markets * standards],
            active: vec![0; domains * markets],
            hazard: vec![0.0; domains * markets],
            queue: queue(setting, draws),
            due: vec![Vec::new(); domains * setting.scenario.calendar.rows],
            surplus: vec![0.0; domains * n],
            surplus_sum: vec![0.0; domains * markets],
            chosen: Vec::new(),
        }
    }
}

/// Each adopter has an eagerness, a standard exponential number; it becomes active once the accumulated hazard of its market
/// passes it. That is the discrete hazard law 1 − exp(−h) with one draw per adopter instead of one per tick.
fn queue(setting: &Setting, draws: Draws) -> Vec<(f64, u32)> {
    let adopters = &setting.adopters;
    let n = adopters.len();
    let mut queue: Vec<(f64, u32)> = (0..setting.domains() * n).map(|at| (draws.exponential(Stream::Activate, at, 0), (at % n) as u32)).collect();
    for domain in queue.chunks_mut(n) {
        for m in 0..setting.markets.len() {
            domain[adopters.first[m] as usize..adopters.first[m + 1] as usize].sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        }
    }
    queue
}

impl World<'_> {
    fn market_at(&self, domain: usize, market: usize) -> usize {
        domain * self.setting.markets.len() + market
    }

    /// Network benefit of a standard in a market: how much of the markets that it deals with the standard reaches.
    pub(crate) fn reached(&self, domain: usize, market: usize, standard: usize) -> f64 {
        self.uptake.reach[self.market_at(domain, market) * self.standards() + standard]
    }

    /// Chance that a product of a standard works with what a user in a market has.
    pub(crate) fn joined(&self, domain: usize, market: usize, standard: usize) -> f64 {
        self.uptake.joined[self.market_at(domain, market) * self.standards() + standard]
    }

    /// Share of a market's adopters that is active, by number.
    fn active_share(&self, domain: usize, market: usize) -> f64 {
        let adopters = &self.setting.adopters;
        f64::from(self.uptake.active[self.market_at(domain, market)]) / f64::from(adopters.first[market + 1] - adopters.first[market])
    }

    /// Standard in use by an adopter.
    pub(crate) fn in_use(&self, domain: usize, adopter: usize) -> Option<usize> {
        let standard = self.uptake.state[domain * self.setting.adopters.len() + adopter];
        (standard != NONE).then_some(usize::from(standard))
    }
}

/// The most eager adopters are active at the start, each having chosen without partners or installed base.
pub(crate) fn begin(world: &mut World<'_>) {
    let adopters = &world.setting.adopters;
    for d in 0..world.domains() {
        tabulate(world, d);
        let mut first = Vec::new();
        for m in 0..world.setting.markets.len() {
            let range = adopters.first[m] as usize..adopters.first[m + 1] as usize;
            let count = (world.scenario().sizes.active_at_start * range.len() as f64).round() as usize;
            let at = world.market_at(d, m);
            let queue = &world.uptake.queue[d * adopters.len()..][range];
            first.extend(queue[..count].iter().map(|(_, i)| *i));
            // The exponential law has no memory: those left wait as long as if the clock began now.
            world.uptake.hazard[at] = count.checked_sub(1).map_or(0.0, |last| queue[last].0);
            world.uptake.active[at] = count as u32;
        }
        for i in &first {
            let (phase, row) = (usize::from(adopters.phase[*i as usize]), world.row);
            schedule(world, d, *i, row + phase);
        }
        take_turns(world, d, &first);
    }
}

/// New adopters become active, those due review; all choose.
pub(crate) fn adopt(world: &mut World<'_>) {
    for d in 0..world.domains() {
        tabulate(world, d);
        let at = d * world.scenario().calendar.rows + world.row;
        let mut turn = std::mem::take(&mut world.uptake.due[at]);
        activate(world, d, &mut turn);
        for i in &turn {
            let (cycle, row) = (usize::from(world.setting.adopters.cycle[*i as usize]), world.row);
            schedule(world, d, *i, row + cycle);
        }
        take_turns(world, d, &turn);
    }
}

fn schedule(world: &mut World<'_>, domain: usize, adopter: u32, row: usize) {
    let rows = world.scenario().calendar.rows;
    if row < rows {
        world.uptake.due[domain * rows + row].push(adopter);
    }
}

/// Bass (1969): the hazard of first adoption is p + q · share active in the own market, per year.
fn activate(world: &mut World<'_>, domain: usize, turn: &mut Vec<u32>) {
    let (p, adopters) = (&world.setting.parameters, &world.setting.adopters);
    for m in 0..world.setting.markets.len() {
        let at = world.market_at(domain, m);
        world.uptake.hazard[at] += (p.innovation + p.imitation * world.active_share(domain, m)) / 4.0;
        let queue = &world.uptake.queue[domain * adopters.len()..][adopters.first[m] as usize..adopters.first[m + 1] as usize];
        let waiting = queue[world.uptake.active[at] as usize..].iter().take_while(|(eagerness, _)| *eagerness <= world.uptake.hazard[at]);
        let before = turn.len();
        turn.extend(waiting.map(|(_, i)| *i));
        world.uptake.active[at] += (turn.len() - before) as u32;
    }
}

/// Joins every standard with every market's mix: what suppliers and adopters of a tick go by.
pub(crate) fn join(world: &mut World<'_>, domain: usize) {
    let (markets, standards) = (world.setting.markets.len(), world.standards());
    let sigma = &world.rules.sigma[domain * standards * standards..(domain + 1) * standards * standards];
    let range = domain * markets * standards..(domain + 1) * markets * standards;
    let (mix, joined) = (&world.uptake.mix[range.clone()], &mut world.uptake.joined[range]);
    for (mix, joined) in mix.chunks_exact(standards).zip(joined.chunks_exact_mut(standards)) {
        for (value, sigma) in joined.iter_mut().zip(sigma.chunks_exact(standards)) {
            *value = sigma.iter().zip(mix).map(|(c, y)| c * y).sum();
        }
    }
}

/// Reach and merit of every standard in every market.
fn tabulate(world: &mut World<'_>, domain: usize) {
    let (markets, standards) = (world.setting.markets.len(), world.standards());
    let joined = &world.uptake.joined[world.market_at(domain, 0) * standards..];
    let rows = &world.rules.reach[world.market_at(domain, 0) * markets..];
    let first = world.market_at(domain, 0) * standards;
    let offer = offer_terms(world, domain);
    for (m, row) in rows.chunks_exact(markets).take(markets).enumerate() {
        let mut reach = [0.0; MAX_STANDARDS];
        for (weight, joined) in row.iter().zip(joined.chunks_exact(standards)) {
            reach.iter_mut().zip(joined).for_each(|(sum, value)| *sum += weight * value);
        }
        let at = first + m * standards;
        world.uptake.reach[at..at + standards].copy_from_slice(&reach[..standards]);
        let offer = &offer[m.min(world.setting.blocs()) * standards..][..standards];
        for (s, offer) in offer.iter().enumerate() {
            let quality = world.setting.quality[domain * standards + s];
            world.uptake.merit[at + s] = offer + plain_merit(&world.setting.parameters, &world.rules, at + s, quality);
        }
    }
}

fn refresh_mix(world: &mut World<'_>, domain: usize) {
    let standards = world.standards();
    let range = world.market_at(domain, 0) * standards..world.market_at(domain + 1, 0) * standards;
    let (tally, mix) = (&world.uptake.tally[range.clone()], &mut world.uptake.mix[range]);
    for (tally, mix) in tally.chunks(standards).zip(mix.chunks_mut(standards)) {
        let total = tally.iter().sum::<u64>() as f64;
        mix.iter_mut().zip(tally).for_each(|(share, size)| *share = if total > 0.0 { *size as f64 / total } else { 0.0 });
    }
}

/// κ_o (α/3.5) ln(offer + floor) per market group and standard. The offer is scaled by network strength because management
/// and risk standards need few complementary products; unscaled, governance would lock in by itself.
fn offer_terms(world: &World<'_>, domain: usize) -> Vec<f64> {
    let p = &world.setting.parameters;
    let (groups, standards) = (world.groups(), world.standards());
    let weight = p.offer_weight * p.network_strength[domain] / REFERENCE_STRENGTH;
    let offer = &world.supply.offer[domain * groups * standards..(domain + 1) * groups * standards];
    offer.iter().map(|offer| weight * libm::log(offer + p.offer_floor)).collect()
}

/// Quality − s_p κ.
fn plain_merit(p: &Parameters, rules: &Tables, at: usize, quality: f64) -> f64 {
    quality - p.cost_sensitivity * rules.cost[at]
}

/// Those whose turn it is choose: all from the state at the end of the tick before, or one after the other.
fn take_turns(world: &mut World<'_>, domain: usize, turn: &[u32]) {
    match world.scenario().structure.updating {
        Updating::Synchronous => {
            let mut chosen = std::mem::take(&mut world.uptake.chosen);
            chosen.clear();
            chosen.extend(turn.iter().map(|i| choose(world, domain, *i)));
            chosen.iter().for_each(|choice| apply(world, domain, *choice));
            world.uptake.chosen = chosen;
        }
        Updating::RandomOrder => {
            let n = world.setting.adopters.len();
            let mut order: Vec<(u64, u32)> =
                turn.iter().map(|i| (world.draws.bits(Stream::Order, domain * n + *i as usize, world.row), *i)).collect();
            order.sort_unstable();
            for (_, i) in order {
                let choice = choose(world, domain, i);
                apply(world, domain, choice);
                refresh_mix(world, domain);
                join(world, domain);
                tabulate(world, domain);
            }
        }
    }
    refresh_mix(world, domain);
}

/// An adopter's choice and the surplus that it brings.
fn choose(world: &World<'_>, domain: usize, adopter: u32) -> (u32, u8, f32) {
    let i = adopter as usize;
    let market = usize::from(world.setting.adopters.market[i]);
    let current = world.in_use(domain, i);
    let merit = utilities(world, domain, market, i);
    let merit = &merit[..world.standards()];
    let (mut odds, top) = odds(merit);
    let log_sum = top + libm::log(odds.iter().sum());
    let circumstance = Circumstance::new(world, domain, market, current);
    let chosen = match world.scenario().structure.choice {
        Choice::Logit => {
            let draw = world.draws.unit(Stream::Choose, domain * world.setting.adopters.len() + i, world.row);
            circumstance.by_logit(&mut odds[..merit.len()], draw)
        }
        Choice::BestReply => circumstance.best(merit),
        Choice::Threshold => circumstance.unless_content(merit, THRESHOLD_SPREAD * f64::from(world.setting.adopters.threshold[i])),
    };
    let switched = current.is_some_and(|current| current != chosen);
    let surplus = log_sum - if switched { world.setting.parameters.switching_cost } else { 0.0 };
    (adopter, chosen as u8, surplus as f32)
}

/// exp(merit − best merit) of every standard, and the best merit.
fn odds(merit: &[f64]) -> (Utilities, f64) {
    let top = merit.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut odds = [0.0; MAX_STANDARDS];
    odds.iter_mut().zip(merit).for_each(|(odds, u)| *odds = libm::exp(u - top));
    (odds, top)
}

/// What makes a standard attractive to an adopter apart from its merit: being required at home, being in use already.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Circumstance {
    pub(crate) home: usize,
    pub(crate) preference: f64,
    pub(crate) current: Option<usize>,
    pub(crate) switching_cost: f64,
}

impl Circumstance {
    fn new(world: &World<'_>, domain: usize, market: usize, current: Option<usize>) -> Circumstance {
        let preference = world.rules.preference[world.market_at(domain, market)];
        let switching_cost = if current.is_some() { world.setting.parameters.switching_cost } else { 0.0 };
        Circumstance { home: world.market_required(domain, market), preference, current, switching_cost }
    }

    /// Utility of a standard of this merit; the switching cost counts as an advantage of the one in use.
    fn utility(&self, standard: usize, merit: f64) -> f64 {
        let at_home = if standard == self.home { self.preference } else { 0.0 };
        merit + at_home + if self.current == Some(standard) { self.switching_cost } else { 0.0 }
    }

    /// The best standard; the first of equals.
    pub(crate) fn best(&self, merit: &[f64]) -> usize {
        let utility = |s: usize| self.utility(s, merit[s]);
        (0..merit.len()).rev().max_by(|a, b| utility(*a).total_cmp(&utility(*b))).unwrap_or(0)
    }

    /// The present standard unless the best one gains more than the threshold.
    pub(crate) fn unless_content(&self, merit: &[f64], threshold: f64) -> usize {
        let best = self.best(merit);
        match self.current {
            Some(now) if merit[now].is_finite() && self.utility(best, merit[best]) - self.utility(now, merit[now]) <= threshold => now,
            _ => best,
        }
    }

    /// Multinomial logit: `odds` hold exp(merit) up to a common factor.
    fn by_logit(&self, odds: &mut [f64], draw: f64) -> usize {
        if self.preference != 0.0 {
            odds[self.home] *= libm::exp(self.preference);
        }
        if let Some(current) = self.current {
            odds[current] *= libm::exp(self.switching_cost);
        }
        pick(odds, draw)
    }

    /// Multinomial logit over merits, with a uniform draw in [0, 1).
    pub(crate) fn logit(&self, merit: &[f64], draw: f64) -> usize {
        self.by_logit(&mut odds(merit).0[..merit.len()], draw)
    }
}

/// The option that a uniform draw picks with probabilities proportional to `odds`.
pub(crate) fn pick(odds: &[f64], draw: f64) -> usize {
    let mut left = draw * odds.iter().sum::<f64>();
    let mut last = 0;
    for (i, odds) in odds.iter().enumerate().filter(|(_, odds)| **odds > 0.0) {
        last = i;
        left -= odds;
        if left < 0.0 {
            break;
        }
    }
    last
}

/// Utility of each standard without home preference and switching cost; −∞ where it cannot be chosen.
fn utilities(world: &World<'_>, domain: usize, market: usize, adopter: usize) -> Utilities {
    let (p, standards) = (&world.setting.parameters, world.standards());
    let partners = partner_compatibility(world, domain, adopter);
    let at = world.market_at(domain, market) * standards;
    let strength = p.network_strength[domain];
    let mut utility = [f64::NEG_INFINITY; MAX_STANDARDS];
    for s in (0..standards).filter(|s| world.offered(domain, *s)) {
        let network = (1.0 - p.local_share) * world.uptake.reach[at + s] + p.local_share * partners[s];
        utility[s] = attraction(world.uptake.merit[at + s], strength, world.scenario().structure.network_term, network);
    }
    utility
}

/// Merit + α v(N).
pub(crate) fn attraction(merit: f64, strength: f64, term: NetworkTerm, network: f64) -> f64 {
    merit + strength * benefit(term, network)
}

/// v(N): linear, logarithmic or a power.
fn benefit(term: NetworkTerm, network: f64) -> f64 {
    match term {
        NetworkTerm::Linear => network,
        NetworkTerm::Logarithmic(floor) => libm::log(network + floor),
        NetworkTerm::Power(exponent) => libm::pow(network, exponent),
    }
}

/// Mean compatibility of each standard with what the adopter's active partners use; 0 where none is active.
fn partner_compatibility(world: &World<'_>, domain: usize, adopter: usize) -> Utilities {
    let standards = world.standards();
    let state = &world.uptake.state[domain * world.setting.adopters.len()..];
    let mut count = [0u32; MAX_STANDARDS];
    let mut active = 0;
    for partner in world.setting.adopters.partners_of(adopter) {
        let standard = usize::from(state[*partner as usize]);
        if standard < standards {
            count[standard] += 1;
            active += 1;
        }
    }
    let mut mean = [0.0; MAX_STANDARDS];
    if active > 0 {
        let sigma = &world.rules.sigma[domain * standards * standards..];
        for s in 0..standards {
            let sum: f64 = (0..standards).map(|t| f64::from(count[t]) * sigma[s * standards + t]).sum();
            mean[s] = sum / f64::from(active);
        }
    }
    mean
}

fn apply(world: &mut World<'_>, domain: usize, (adopter, chosen, surplus): (u32, u8, f32)) {
    let i = adopter as usize;
    let (n, standards) = (world.setting.adopters.len(), world.standards());
    let market = world.market_at(domain, usize::from(world.setting.adopters.market[i]));
    let size = world.setting.adopters.size[i];
    let before = std::mem::replace(&mut world.uptake.state[domain * n + i], chosen);
    if before != NONE {
        world.uptake.tally[market * standards + usize::from(before)] -= size;
    }
    world.uptake.tally[market * standards + usize::from(chosen)] += size;
    let past = std::mem::replace(&mut world.uptake.surplus[domain * n + i], surplus);
    world.uptake.surplus_sum[market] += size as f64 / SIZE_SCALE * (f64::from(surplus) - f64::from(past));
}

/// Puts an adopter on a standard without asking it, as a start state may want.
pub(crate) fn settle(world: &mut World<'_>, domain: usize, adopter: usize, standard: usize) {
    apply(world, domain, (adopter as u32, standard as u8, 0.0));
    refresh_mix(world, domain);
}

/// Users of a standard count as users of another at once.
pub(crate) fn relabel(world: &mut World<'_>, domain: usize, from: usize, to: usize) {
    let (n, standards) = (world.setting.adopters.len(), world.standards());
    for state in &mut world.uptake.state[domain * n..(domain + 1) * n] {
        if usize::from(*state) == from {
            *state = to as u8;
        }
    }
    for m in 0..world.setting.markets.len() {
        let at = world.market_at(domain, m) * standards;
        let moved = std::mem::take(&mut world.uptake.tally[at + from]);
        world.uptake.tally[at + to] += moved;
    }
    refresh_mix(world, domain);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_content_adopter_stays_and_a_withdrawn_text_is_left() {
        let circumstance = Circumstance { home: 0, preference: 0.5, current: Some(1), switching_cost: 1.0 };
        assert_eq!(circumstance.best(&[0.6, 0.0, 0.0]), 0);
        assert_eq!(circumstance.unless_content(&[0.6, 0.0, 0.0], 0.2), 1);
        assert_eq!(circumstance.unless_content(&[0.0, f64::NEG_INFINITY, 0.0], 9.0), 0);
    }

    #[test]
    fn network_terms_agree_where_they_must() {
        assert_eq!(benefit(NetworkTerm::Power(1.0), 0.3), benefit(NetworkTerm::Linear, 0.3));
        assert!(benefit(NetworkTerm::Logarithmic(0.05), 0.0).is_finite());
    }
}
