//! Rule (5): adopters become active, review their standard in turn, and choose.

mod kernel;
mod packed;
mod population;

pub(crate) use population::Population;

use multiversion::multiversion;

use crate::arithmetic::{LARGEST, exp2, log2, spread};
use crate::draws::{Draws, Stream, choice_place};
use crate::group::Group;
use crate::rules::recognise::Tables;
use crate::scenario::{Choice, NetworkTerm, Updating};
use crate::setting::{Parameters, Reviews, Setting};
use crate::world::{NONE, World};

/// Most standards that a domain can have: a set of standards is a byte.
pub(crate) const MAX_STANDARDS: usize = 8;

/// Utility per standard.
type Utilities = [f64; MAX_STANDARDS];

/// Personal thresholds are spread evenly over this many utility units where adopters choose by threshold.
const THRESHOLD_SPREAD: f64 = 2.0;

/// Network strength at which the weight of supply is the written one.
const REFERENCE_STRENGTH: f64 = 3.5;

/// A whole word of 24 bits: the scale of a draw that is nobody's condition, and the limit below which every draw lies.
const WORDS: u32 = 1 << 24;

/// The adopters' side of a run as the rest of the model sees it.
#[derive(Debug, Clone)]
pub(crate) struct Uptake {
    /// Size of the active adopters in units of their market, `[domain][market][standard]`.
    pub(crate) tally: Vec<u32>,
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
    /// Adopters of each market from the most to the least eager, `[domain][adopter]`: eagerness in the upper half, number in the lower.
    queue: Vec<u64>,
    /// Size-weighted sum of surplus, `[domain][market]`.
    pub(crate) surplus_sum: Vec<f64>,
    /// Texts whose users became users of another in this tick: domain, from, to.
    relabelled: Vec<(usize, u8, u8)>,
}

impl Uptake {
    pub(crate) fn new(setting: &Setting, draws: Draws) -> Uptake {
        let (domains, markets, standards) = (setting.domains(), setting.markets.len(), setting.standards());
        Uptake {
            tally: vec![0; domains * markets * standards],
            mix: vec![0.0; domains * markets * standards],
            joined: vec![0.0; domains * markets * standards],
            reach: vec![0.0; domains * markets * standards],
            merit: vec![0.0; domains * markets * standards],
            active: vec![0; domains * markets],
            hazard: vec![0.0; domains * markets],
            queue: queue(setting, draws),
            surplus_sum: vec![0.0; domains * markets],
            relabelled: Vec::new(),
        }
    }
}

/// Each adopter has an eagerness, a uniform word; it becomes active once 1 − exp(−accumulated hazard of its market) passes it. That
/// is the discrete hazard law 1 − exp(−h) with one draw per adopter instead of one per tick.
fn queue(setting: &Setting, draws: Draws) -> Vec<u64> {
    let adopters = &setting.adopters;
    let n = adopters.len();
    let entities = setting.domains() * n;
    if setting.scenario.sizes.active_at_start >= 1.0 {
        // Where all are active from the start nobody waits, and nobody is eager.
        return (0..entities).map(|at| (at % n) as u64).collect();
    }
    let words = (0..entities.div_ceil(4)).flat_map(|four| draws.words(Stream::Activate, four, 0));
    let mut queue: Vec<u64> = words.take(entities).enumerate().map(|(at, word)| u64::from(word) << 32 | (at % n) as u64).collect();
    for domain in queue.chunks_mut(n) {
        for m in 0..setting.markets.len() {
            domain[adopters.first[m] as usize..adopters.first[m + 1] as usize].sort_unstable();
        }
    }
    queue
}

/// The eagerness of an entry of a queue, in [0, 1).
fn eagerness(entry: u64) -> f64 {
    (entry >> 32) as f64 / 4_294_967_296.0
}

/// An adopter whose turn it is, and the draw behind its choice, in [0, 1).
pub(crate) type Chooser = (u32, f32);

/// What an adopter chose, and the surplus that it brings in utility units.
pub(crate) type Chosen = (u32, u8, f32);

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
}

/// The most eager adopters are active at the start: each has chosen without partners or installed base, or the mix is given.
pub(crate) fn begin(group: &mut Group<'_>) {
    for d in 0..group.setting.domains() {
        group.worlds.iter_mut().for_each(|world| tabulate(world, d));
        group.people.lay_out(&group.worlds, d);
        for lane in 0..group.worlds.len() {
            let first = first_adopters(&mut group.worlds[lane], d);
            let (given, free): (Vec<Chooser>, Vec<Chooser>) = first.into_iter().partition(|(i, _)| start_mix(group.setting, *i).is_some());
            let mut choices = choose(group, lane, d, &free);
            choices.extend(given.iter().filter_map(|(i, draw)| Some((*i, pick(start_mix(group.setting, *i)?, f64::from(*draw)) as u8, 0.0))));
            choices.iter().for_each(|choice| group.people.apply(group.setting, lane, d, *choice));
            group.people.report(&mut group.worlds[lane], lane, d);
        }
    }
}

/// The mix at the start in an adopter's market, where it is given.
fn start_mix(setting: &Setting, adopter: u32) -> Option<&[f64]> {
    setting.scenario.blocs.get(usize::from(setting.adopters.market[adopter as usize]))?.start_mix.as_deref()
}

/// Those active at the start, market by market.
fn first_adopters(world: &mut World<'_>, domain: usize) -> Vec<Chooser> {
    let adopters = &world.setting.adopters;
    let mut first = Vec::with_capacity(adopters.len());
    for m in 0..world.setting.markets.len() {
        let range = adopters.first[m] as usize..adopters.first[m + 1] as usize;
        let count = (world.scenario().sizes.active_at_start * range.len() as f64).round() as usize;
        let at = world.market_at(domain, m);
        let queue = &world.uptake.queue[domain * adopters.len()..][range];
        first.extend(queue[..count].iter().map(|entry| *entry as u32));
        // The exponential law has no memory: those left wait as long as if the clock began now.
        world.uptake.hazard[at] = count.checked_sub(1).map_or(0.0, |last| -libm::log1p(-eagerness(queue[last])));
        world.uptake.active[at] = count as u32;
    }
    choosers(world, domain, &first)
}

/// Adopters with the draws behind their choices.
fn choosers(world: &World<'_>, domain: usize, adopters: &[u32]) -> Vec<Chooser> {
    kernel::draw(world.draws.seed(), choice_place(domain, world.row), 1.0 / WORDS as f32, adopters)
}

/// New adopters become active, those due review; all choose.
pub(crate) fn adopt(group: &mut Group<'_>) {
    for d in 0..group.setting.domains() {
        for lane in 0..group.worlds.len() {
            group.people.relabel(&mut group.worlds[lane], lane, d);
            tabulate(&mut group.worlds[lane], d);
        }
        group.people.lay_out(&group.worlds, d);
        if group.side_by_side() || packs(group) {
            rows(group, d);
        } else {
            one_by_one(group, d);
        }
        for (lane, world) in group.worlds.iter_mut().enumerate() {
            group.people.report(world, lane, d);
        }
    }
}

/// Whether those due by chance are packed before they choose.
fn packs(group: &Group<'_>) -> bool {
    let Reviews::Hazard(limit) = &group.setting.adopters.reviews else { return false };
    group.packing() && packed::fits(&group.people, group.setting, *limit)
}

/// Reviews of all runs side by side, adopter after adopter; then the new adopters of each run. All read the state before the tick.
fn rows(group: &mut Group<'_>, domain: usize) {
    let row = group.worlds[0].row;
    let mut new = std::mem::take(&mut group.people.new);
    for (lane, choices) in new.iter_mut().enumerate().take(group.worlds.len()) {
        let turn = activate(&mut group.worlds[lane], domain);
        choices.clear();
        choices.extend(choose(group, lane, domain, &turn));
    }
    let packs = packs(group);
    group.people.review_rows(group.setting, (domain, row), packs);
    for (lane, choices) in new.iter().enumerate() {
        choices.iter().for_each(|choice| group.people.apply(group.setting, lane, domain, *choice));
    }
    group.people.new = new;
}

/// Run after run: reviews, then new adopters.
fn one_by_one(group: &mut Group<'_>, domain: usize) {
    for lane in 0..group.worlds.len() {
        let mut turn = reviewers(group, lane, domain);
        turn.extend(activate(&mut group.worlds[lane], domain));
        match group.setting.scenario.structure.updating {
            Updating::Synchronous => {
                let choices = choose(group, lane, domain, &turn);
                choices.iter().for_each(|choice| group.people.apply(group.setting, lane, domain, *choice));
            }
            Updating::RandomOrder => in_random_order(group, lane, domain, turn),
        }
    }
}

/// One after the other, each seeing what those before it chose.
fn in_random_order(group: &mut Group<'_>, lane: usize, domain: usize, mut turn: Vec<Chooser>) {
    let (n, draws, row) = (group.setting.adopters.len(), group.worlds[lane].draws, group.worlds[lane].row);
    turn.sort_by_cached_key(|(i, _)| (draws.bits(Stream::Order, domain * n + *i as usize, row), *i));
    for chooser in turn {
        let choice = choose_contested(&group.worlds[lane], &group.people, lane, domain, chooser);
        group.people.apply(group.setting, lane, domain, choice);
        let world = &mut group.worlds[lane];
        group.people.report(world, lane, domain);
        join(world, domain);
        tabulate(world, domain);
    }
}

/// Active adopters whose review is due in a run, in order of number, with their draws.
fn reviewers(group: &Group<'_>, lane: usize, domain: usize) -> Vec<Chooser> {
    let world = &group.worlds[lane];
    if group.fast() {
        return kernel::reviewers(world, &group.people, lane, domain);
    }
    let of = |i: u32| {
        let word = world.draws.choice_word(domain, i as usize, world.row);
        let (limit, scale) = limit_and_scale(&world.setting.adopters.reviews);
        (group.people.in_use(lane, domain, i as usize).is_some() && word >> 8 < limit).then(|| (i, spread(word, scale)))
    };
    match &world.setting.adopters.reviews {
        Reviews::Due(due) => due[world.row].iter().filter_map(|i| of(*i)).collect(),
        Reviews::Hazard(_) => (0..world.setting.adopters.len() as u32).filter_map(of).collect(),
    }
}

/// Below which 24-bit word a draw makes its adopter review, and the scale that spreads such words over [0, 1) again: the same draw
/// then serves for the choice.
fn limit_and_scale(reviews: &Reviews) -> (u32, f32) {
    match reviews {
        Reviews::Due(_) => (WORDS, 1.0 / WORDS as f32),
        Reviews::Hazard(limit) => (*limit, 1.0 / (*limit).max(1) as f32),
    }
}

/// Choices from the state before the tick.
fn choose(group: &Group<'_>, lane: usize, domain: usize, turn: &[Chooser]) -> Vec<Chosen> {
    let (world, people) = (&group.worlds[lane], &group.people);
    if group.fast() {
        return kernel::choose(world, people, lane, domain, turn);
    }
    let plain = plain_choice(world.setting);
    let one = |chooser: &Chooser| match plain {
        true => choose_plain(world, people, lane, domain, *chooser),
        false => choose_contested(world, people, lane, domain, *chooser),
    };
    turn.iter().map(one).collect()
}

/// Whether the structural switches leave the rule as written: then the arithmetic of [`choose_plain`] holds.
pub(crate) fn plain(setting: &Setting) -> bool {
    plain_choice(setting) && setting.scenario.structure.updating == Updating::Synchronous
}

/// Whether a choice is a multinomial logit over a linear network term, as written.
fn plain_choice(setting: &Setting) -> bool {
    let structure = setting.scenario.structure;
    structure.choice == Choice::Logit && structure.network_term == NetworkTerm::Linear
}

/// How many adopters usually become active in a tick, at most.
const EXPECTED: usize = 128;

/// Bass (1969): the hazard of first adoption is p + q · share active in the own market, per year.
fn activate(world: &mut World<'_>, domain: usize) -> Vec<Chooser> {
    let (p, adopters) = (&world.setting.parameters, &world.setting.adopters);
    let mut turn = Vec::with_capacity(EXPECTED);
    for m in 0..world.setting.markets.len() {
        let at = world.market_at(domain, m);
        let waiting = &world.uptake.queue[domain * adopters.len()..][adopters.first[m] as usize..adopters.first[m + 1] as usize];
        let waiting = &waiting[world.uptake.active[at] as usize..];
        if waiting.is_empty() {
            continue;
        }
        world.uptake.hazard[at] += (p.innovation + p.imitation * world.active_share(domain, m)) / 4.0;
        let passed = -libm::expm1(-world.uptake.hazard[at]);
        let new = waiting.iter().take_while(|entry| eagerness(**entry) <= passed).count();
        turn.extend(waiting[..new].iter().map(|entry| *entry as u32));
        world.uptake.active[at] += new as u32;
    }
    choosers(world, domain, &turn)
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
    let first = world.market_at(domain, 0) * standards;
    let joined = &world.uptake.joined[first..first + markets * standards];
    let weights = &world.rules.reach[world.market_at(domain, 0) * markets..][..markets * markets];
    let reach = &mut world.uptake.reach[first..first + markets * standards];
    match standards {
        4 => spread_reach_of_four(weights, joined, reach),
        _ => spread_reach_of_any(weights, joined, reach, standards),
    }
    let offer = offer_terms(world, domain);
    for m in 0..markets {
        let at = first + m * standards;
        let offer = &offer[m.min(world.setting.blocs())][..standards];
        let taste = world.setting.scenario.blocs.get(m).map(|bloc| &bloc.taste);
        for (s, offer) in offer.iter().enumerate() {
            let taste = taste.map_or(0.0, |taste| taste[s]);
            let quality = world.setting.quality[domain * standards + s];
            world.uptake.merit[at + s] = taste + offer + plain_merit(&world.setting.parameters, &world.rules, at + s, quality);
        }
    }
}

/// Σ over markets of weight × joined, for four standards.
#[multiversion(targets("x86_64+avx2"))]
fn spread_reach_of_four(weights: &[f64], joined: &[f64], reach: &mut [f64]) {
    spread_reach::<4>(weights, joined, reach);
}

/// Σ over markets of weight × joined; `S` standards side by side.
#[inline(always)]
fn spread_reach<const S: usize>(weights: &[f64], joined: &[f64], reach: &mut [f64]) {
    let (joined, _) = joined.as_chunks::<S>();
    let (reach, _) = reach.as_chunks_mut::<S>();
    for (row, reach) in weights.chunks_exact(joined.len()).zip(reach) {
        let mut sum = [0.0; S];
        for (weight, joined) in row.iter().zip(joined) {
            for s in 0..S {
                sum[s] += weight * joined[s];
            }
        }
        *reach = sum;
    }
}

fn spread_reach_of_any(weights: &[f64], joined: &[f64], reach: &mut [f64], standards: usize) {
    let markets = joined.len() / standards;
    for (row, reach) in weights.chunks_exact(markets).zip(reach.chunks_exact_mut(standards)) {
        for (s, reach) in reach.iter_mut().enumerate() {
            *reach = row.iter().zip(joined[s..].iter().step_by(standards)).fold(0.0, |sum, (weight, joined)| sum + weight * joined);
        }
    }
}

fn refresh_mix(world: &mut World<'_>, domain: usize) {
    let standards = world.standards();
    let range = world.market_at(domain, 0) * standards..world.market_at(domain + 1, 0) * standards;
    let (tally, mix) = (&world.uptake.tally[range.clone()], &mut world.uptake.mix[range]);
    for (tally, mix) in tally.chunks_exact(standards).zip(mix.chunks_exact_mut(standards)) {
        let total = f64::from(tally.iter().sum::<u32>());
        let scale = if total > 0.0 { 1.0 / total } else { 0.0 };
        mix.iter_mut().zip(tally).for_each(|(share, size)| *share = f64::from(*size) * scale);
    }
}

/// κ_o (α/3.5) ln(offer + floor) per market group and standard. The offer is scaled by network strength because management
/// and risk standards need few complementary products; unscaled, governance would lock in by itself.
fn offer_terms(world: &World<'_>, domain: usize) -> [Utilities; MAX_STANDARDS] {
    let p = &world.setting.parameters;
    let (groups, standards) = (world.groups(), world.standards());
    let weight = p.offer_weight * p.network_strength[domain] / REFERENCE_STRENGTH;
    let offer = &world.supply.offer[domain * groups * standards..(domain + 1) * groups * standards];
    let mut terms = [[0.0; MAX_STANDARDS]; MAX_STANDARDS];
    if weight > 0.0 {
        for (terms, offer) in terms.iter_mut().zip(offer.chunks_exact(standards)) {
            terms.iter_mut().zip(offer).for_each(|(term, offer)| *term = weight * libm::log(offer + p.offer_floor));
        }
    }
    terms
}

/// Quality − s_p κ.
fn plain_merit(p: &Parameters, rules: &Tables, at: usize, quality: f64) -> f64 {
    quality - p.cost_sensitivity * rules.cost[at]
}

/// The rule as written, for one adopter: exp U is the product of what its market, its partners and its present standard bring, each
/// in the arithmetic that [`kernel`] does for many at once.
fn choose_plain(world: &World<'_>, people: &Population, lane: usize, domain: usize, (adopter, draw): Chooser) -> Chosen {
    let i = adopter as usize;
    let (standards, market) = (world.standards(), usize::from(world.setting.adopters.market[i]));
    let current = people.in_use(lane, domain, i);
    let count = partners(world, people, lane, domain, i);
    let active: u32 = count.iter().sum();
    let share = 1.0 / active.max(1) as f32;
    let effect = |s: usize| {
        let terms = (0..standards).map(|t| people.slope(lane, s, t) * (count[t] as f32 * share));
        exp2(terms.reduce(|sum, term| sum + term).unwrap_or(0.0))
    };
    let stay = |s: usize| if current == Some(s) { people.stay } else { 1.0 };
    let mut upto = [0.0f32; MAX_STANDARDS];
    let (mut sum, mut plain) = (0.0, 0.0);
    for s in 0..standards {
        sum += people.odds(lane, market, s) * effect(s) * stay(s);
        plain += people.plain_odds(lane, market, s) * effect(s);
        upto[s] = sum;
    }
    let target = draw * sum;
    let chosen = upto[..standards - 1].iter().filter(|upto| **upto <= target).count();
    let switched = current.is_some_and(|current| current != chosen);
    let surplus = (people.top(lane, market) + log2(plain)) * std::f32::consts::LN_2 - if switched { people.switching_cost } else { 0.0 };
    (adopter, chosen as u8, surplus)
}

/// An adopter's choice where a structural switch changes the rule.
fn choose_contested(world: &World<'_>, people: &Population, lane: usize, domain: usize, (adopter, draw): Chooser) -> Chosen {
    let i = adopter as usize;
    let market = usize::from(world.setting.adopters.market[i]);
    let current = people.in_use(lane, domain, i);
    let merit = utilities(world, &mean_compatibility(world, domain, &partners(world, people, lane, domain, i)), domain, market);
    let merit = &merit[..world.standards()];
    let (mut odds, top) = odds(merit);
    let log_sum = top + libm::log(odds.iter().sum());
    let circumstance = Circumstance::new(world, domain, market, current);
    let chosen = match world.scenario().structure.choice {
        Choice::Logit => circumstance.by_logit(&mut odds[..merit.len()], f64::from(draw)),
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
fn utilities(world: &World<'_>, partners: &Utilities, domain: usize, market: usize) -> Utilities {
    let (p, standards) = (&world.setting.parameters, world.standards());
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

/// How many of an adopter's partners use each standard.
fn partners(world: &World<'_>, people: &Population, lane: usize, domain: usize, adopter: usize) -> [u32; MAX_STANDARDS] {
    let mut count = [0; MAX_STANDARDS];
    for partner in world.setting.adopters.partners_of(adopter) {
        if let Some(standard) = people.in_use(lane, domain, *partner as usize) {
            count[standard] += 1;
        }
    }
    count
}

/// Mean compatibility of each standard with what an adopter's active partners use; 0 where none is active.
fn mean_compatibility(world: &World<'_>, domain: usize, count: &[u32; MAX_STANDARDS]) -> Utilities {
    let standards = world.standards();
    let active: u32 = count.iter().sum();
    let sigma = &world.rules.sigma[domain * standards * standards..];
    let mut mean = [0.0; MAX_STANDARDS];
    for s in 0..standards {
        let sum: f64 = (0..standards).map(|t| f64::from(count[t]) * sigma[s * standards + t]).sum();
        mean[s] = sum / f64::from(active.max(1));
    }
    mean
}

/// Puts an adopter of a run on a standard, or on none, without asking it, as a start state may want.
pub(crate) fn settle(group: &mut Group<'_>, lane: usize, domain: usize, adopter: usize, standard: Option<usize>) {
    group.people.apply(group.setting, lane, domain, (adopter as u32, standard.map_or(NONE, |standard| standard as u8), 0.0));
    group.people.report(&mut group.worlds[lane], lane, domain);
}

/// Users of a standard count as users of another at once; the adopters themselves follow before they next choose.
pub(crate) fn relabel(world: &mut World<'_>, domain: usize, from: usize, to: usize) {
    let standards = world.standards();
    for m in 0..world.setting.markets.len() {
        let at = world.market_at(domain, m) * standards;
        let moved = std::mem::take(&mut world.uptake.tally[at + from]);
        world.uptake.tally[at + to] += moved;
    }
    world.uptake.relabelled.push((domain, from as u8, to as u8));
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
