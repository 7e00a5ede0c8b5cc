//! The adoption step a second time, slowly and straight from the equations of the model text, as a check on the engine's.
//!
//! Nothing of the engine's tables is read: compatibility, cost, reach and utility are worked out anew for every adopter from texts,
//! levers, alignments, variants and the standards in use. Structure (who is whose partner, sizes, reviews) and draws are the same.
//!
//! The equations are worked out in double precision, while the engine defines a choice by single-precision odds. The two must agree
//! adopter by adopter, except where a draw lies within [`TOLERANCE`] of a boundary between two standards, or two standards are
//! within it of being equally good: there either of the two is right.

#![allow(clippy::disallowed_methods, reason = "a second lens looks through other glass: the platform's mathematics, held against the engine's")]

use crate::draws::Stream;
use crate::group::{Group, Way};
use crate::levers::index_of;
use crate::rules::adopt::Population;
use crate::rules::{Act, TICK};
use crate::scenario::{Adjust, Choice, Override, Scenario, SourceText, load, pair_index};
use crate::setting::{Reviews, Setting};
use crate::uncertainties::index_of as index_of_uncertainty;
use crate::world::World;

const BASELINE: &str = include_str!("../../../scenarios/today-extended.toml");

/// How far from a boundary a draw must lie to settle a choice. The engine's tables hold 24 significant bits and its powers of two are
/// right to three parts in a million, so that a sum of odds, and with it a boundary, is off by up to a few parts in a million.
const TOLERANCE: f64 = 1e-5;

/// The hazard that each market of a domain has gathered.
struct Diary {
    hazard: Vec<f64>,
}

/// A small world of the baseline.
fn small(set: &[(&str, f64)], choice: Choice) -> Scenario {
    let source = SourceText { id: "today-extended".to_owned(), path: "today-extended.toml".to_owned(), text: BASELINE.to_owned() };
    let overrides = set.iter().map(|(key, value)| Override { key: (*key).to_owned(), value: *value }).collect();
    let adjust = Adjust { overrides, adopters: Some(150), from: None, to: Some("2031Q4".parse().unwrap()) };
    let mut scenario = load(&[source], &adjust).unwrap_or_else(|problems| panic!("{problems:?}"));
    scenario.structure.choice = choice;
    scenario
}

/// Uniform on [0, 1): four neighbouring adopters share an address.
fn eagerness(world: &World<'_>, domain: usize, i: usize) -> f64 {
    let at = domain * world.setting.adopters.len() + i;
    f64::from(world.draws.words(Stream::Activate, at / 4, 0)[at % 4]) / f64::powi(2.0, 32)
}

fn members(setting: &Setting, market: usize) -> std::ops::Range<usize> {
    setting.adopters.first[market] as usize..setting.adopters.first[market + 1] as usize
}

impl Diary {
    fn begin(world: &World<'_>, domain: usize) -> Diary {
        let mut diary = Diary { hazard: Vec::new() };
        for m in 0..world.setting.markets.len() {
            let mut order: Vec<f64> = members(world.setting, m).map(|i| eagerness(world, domain, i)).collect();
            order.sort_by(f64::total_cmp);
            let count = (world.scenario().sizes.active_at_start * order.len() as f64).round() as usize;
            diary.hazard.push(if count > 0 { -(1.0 - order[count - 1]).ln() } else { 0.0 });
        }
        diary
    }

    /// Who chooses in this tick: the active whose review is due, and those whose eagerness the chance to have adopted has passed.
    fn due(&mut self, state: &State<'_, '_>) -> Vec<usize> {
        let (world, Reviews::Due(reviews)) = (state.world, &state.world.setting.adopters.reviews) else { panic!("reviews go by personal cycles") };
        let p = &world.setting.parameters;
        let mut due: Vec<usize> = reviews[world.row].iter().map(|i| *i as usize).filter(|i| state.in_use(*i).is_some()).collect();
        for m in 0..world.setting.markets.len() {
            let all = members(world.setting, m);
            let active = all.clone().filter(|i| state.in_use(*i).is_some()).count() as f64 / all.len() as f64;
            // Bass: hazard p + q · share active, per year; a tick is a quarter.
            self.hazard[m] += (p.innovation + p.imitation * active) / 4.0;
            let passed = 1.0 - (-self.hazard[m]).exp();
            due.extend(all.filter(|i| state.in_use(*i).is_none() && eagerness(world, state.domain, *i) <= passed));
        }
        due
    }
}

/// Everything that equation (5) needs, worked out from the state.
struct State<'w, 'a> {
    world: &'w World<'a>,
    people: &'w Population,
    domain: usize,
}

impl State<'_, '_> {
    fn in_use(&self, adopter: usize) -> Option<usize> {
        self.people.in_use(0, self.domain, adopter)
    }

    fn apart(&self, s: usize, t: usize) -> f64 {
        let point = |s: usize| self.world.texts.point[self.domain * self.world.standards() + s];
        let (a, b) = (point(s), point(t));
        ((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])).sqrt()
    }

    /// M between the owners of two standards; with INT the mean of a bloc's.
    fn recognition(&self, s: usize, t: usize) -> f64 {
        let blocs = self.world.blocs();
        let pair = |a: usize, b: usize| self.world.lever(const { index_of("mutual-recognition") }, self.domain, pair_index(blocs, a, b));
        match (s < blocs, t < blocs) {
            (true, true) if s != t => pair(s, t),
            (true, false) => (0..blocs).filter(|b| *b != s).map(|b| pair(s, b)).sum::<f64>() / (blocs - 1) as f64,
            (false, true) => self.recognition(t, s),
            _ => 0.0,
        }
    }

    /// σ = 1 − (1 − m_σ M)(1 − exp(−d/d₀)), 1 with itself.
    fn sigma(&self, s: usize, t: usize) -> f64 {
        let p = &self.world.setting.parameters;
        if s == t {
            1.0
        } else {
            1.0 - (1.0 - p.recognition_effect * self.recognition(s, t)) * (1.0 - (-self.apart(s, t) / p.compatibility_distance).exp())
        }
    }

    /// The bloc whose rules hold in a market (its own, or that of its alignment; none for INT), and the share of them.
    fn rules(&self, market: usize) -> (Option<usize>, f64) {
        let blocs = self.world.blocs();
        if market < blocs {
            return (Some(market), 1.0);
        }
        let aligned = self.world.aligned(self.domain, market - blocs);
        ((aligned < blocs).then_some(aligned), 0.5)
    }

    fn required(&self, market: usize) -> usize {
        self.rules(market).0.map_or(self.world.blocs(), |bloc| self.world.required(self.domain, bloc))
    }

    /// κ = μ (1 − M)(f₀ + k d⁺), 0 for the required text.
    fn cost(&self, market: usize, s: usize) -> f64 {
        let (p, required) = (&self.world.setting.parameters, self.required(market));
        let (Some(home), share) = self.rules(market) else { return 0.0 };
        if s == required {
            return 0.0;
        }
        let point = |s: usize| self.world.texts.point[self.domain * self.world.standards() + s];
        let (short, off) = ((point(required)[0] - point(s)[0]).max(0.0), point(required)[1] - point(s)[1]);
        let mandate = share * self.world.lever(const { index_of("home-mandate") }, self.domain, home);
        mandate * (1.0 - self.recognition(home, s)) * (p.conformity_fixed + p.conformity_slope * (short * short + off * off).sqrt())
    }

    /// ξ between a market and a bloc's.
    fn restriction(&self, market: usize, bloc: usize) -> f64 {
        match self.rules(market) {
            (Some(home), share) if home != bloc => {
                share * self.world.lever(const { index_of("access-restriction") }, self.domain, pair_index(self.world.blocs(), home, bloc))
            }
            _ => 0.0,
        }
    }

    /// Ω: own market .6 (economies .48), the rest by trade times (1 − ξ), rows adding to 1.
    fn omega(&self, market: usize) -> Vec<f64> {
        let (blocs, setting) = (self.world.blocs(), self.world.setting);
        let own = if market < blocs { 0.6 } else { 0.48 };
        let markets = setting.markets.len();
        let cut = |other: usize| match (market < blocs, other < blocs) {
            (_, true) => self.restriction(market, other),
            (true, false) => self.restriction(other, market),
            _ => 0.0,
        };
        let weight = |m: usize| if m == market { own } else { (1.0 - own) * setting.markets.trade[market * markets + m] * (1.0 - cut(m)) };
        let total: f64 = (0..markets).map(weight).sum();
        (0..markets).map(|m| weight(m) / total).collect()
    }

    /// y: size-weighted shares among the active of a market.
    fn mix(&self, market: usize, s: usize) -> f64 {
        let users = members(self.world.setting, market).filter_map(|i| Some((self.in_use(i)?, self.world.setting.adopters.weight[i])));
        let (mut own, mut all) = (0.0, 0.0);
        for (standard, size) in users {
            all += size;
            own += if standard == s { size } else { 0.0 };
        }
        if all > 0.0 { own / all } else { 0.0 }
    }

    /// Size-weighted share of the suppliers in the market's group whose variant implements s.
    fn offer(&self, market: usize, s: usize) -> f64 {
        let group = market.min(self.world.blocs());
        let suppliers = &self.world.setting.suppliers;
        let (mut own, mut all) = (0.0, 0.0);
        for f in 0..suppliers.len() {
            let standard = usize::from(self.world.supply.variant[(self.domain * suppliers.len() + f) * self.world.groups() + group]);
            if standard < self.world.standards() {
                all += suppliers.relative_size[f];
                own += if standard == s { suppliers.relative_size[f] } else { 0.0 };
            }
        }
        if all > 0.0 { own / all } else { 0.0 }
    }

    fn international_quality(&self) -> f64 {
        self.world.scenario().uncertainties[const { index_of_uncertainty("international-quality") }][self.domain]
    }

    /// U of every standard on offer, with home preference and switching cost.
    fn utilities(&self, i: usize) -> Vec<Option<f64>> {
        let (world, p) = (self.world, &self.world.setting.parameters);
        let market = usize::from(world.setting.adopters.market[i]);
        let omega = self.omega(market);
        let partners: Vec<usize> = world.setting.adopters.partners_of(i).iter().filter_map(|j| self.in_use(*j as usize)).collect();
        let strength = p.network_strength[self.domain];
        let (home, share) = self.rules(market);
        let preference = home.map_or(0.0, |bloc| share * world.lever(const { index_of("home-preference") }, self.domain, bloc));
        let one = |s: usize| {
            let reach: f64 =
                omega.iter().enumerate().map(|(m, w)| w * (0..world.standards()).map(|t| self.sigma(s, t) * self.mix(m, t)).sum::<f64>()).sum();
            let local = if partners.is_empty() { 0.0 } else { partners.iter().map(|t| self.sigma(s, *t)).sum::<f64>() / partners.len() as f64 };
            let network = (1.0 - p.local_share) * reach + p.local_share * local;
            let offer = p.offer_weight * strength / 3.5 * (self.offer(market, s) + p.offer_floor).ln();
            let at_home = if s == self.required(market) { preference } else { 0.0 };
            let stay = if self.in_use(i).is_some_and(|now| now != s) { -p.switching_cost } else { 0.0 };
            let taste = world.scenario().blocs.get(market).map_or(0.0, |bloc| bloc.taste[s]);
            let quality = if s < world.blocs() { world.scenario().blocs[s].quality } else { self.international_quality() };
            quality + taste + strength * network + at_home - p.cost_sensitivity * self.cost(market, s) + offer + stay
        };
        (0..world.standards()).map(|s| world.offered(self.domain, s).then(|| one(s))).collect()
    }

    /// What the adopter may choose: one standard, or two where the draw lies on their boundary.
    fn choices(&self, i: usize) -> Vec<usize> {
        let utilities = self.utilities(i);
        let best = utilities.iter().flatten().copied().fold(f64::MIN, f64::max);
        if self.world.scenario().structure.choice == Choice::BestReply {
            return (0..utilities.len()).filter(|s| utilities[*s].is_some_and(|u| u >= best - 1e-9)).collect();
        }
        let odds: Vec<f64> = utilities.iter().map(|u| u.map_or(0.0, |u| (u - best).exp())).collect();
        let total: f64 = odds.iter().sum();
        let word = self.world.draws.choice_word(self.domain, i, self.world.row);
        let draw = f64::from(word >> 8) / f64::powi(2.0, 24);
        let mut upto = 0.0;
        let mut may = Vec::new();
        for (s, odds) in odds.iter().enumerate().filter(|(_, odds)| **odds > 0.0) {
            let from = upto;
            upto += odds / total;
            if from - TOLERANCE <= draw && draw < upto + TOLERANCE {
                may.push(s);
            }
        }
        may
    }
}

/// Choices that were compared, and how many of them lay too near a boundary to be settled.
#[derive(Default)]
struct Compared {
    all: usize,
    open: usize,
}

/// Runs engine and reference side by side: before every adoption step the reference says what each adopter may use after it.
fn compare(scenario: &Scenario, seed: u32, compared: &mut Compared) {
    let setting = Setting::new(scenario);
    let mut group = Group::new(&setting, &[seed], Way::Clear);
    let domains = setting.domains();
    let mut diaries: Vec<Diary> = (0..domains).map(|d| Diary::begin(&group.worlds[0], d)).collect();
    for row in 1..scenario.calendar.rows {
        group.worlds[0].row = row;
        for step in TICK {
            match step.act {
                Act::Run(rule) => rule(&mut group.worlds[0]),
                Act::Group(rule) => {
                    assert_eq!(step.name, "adopt");
                    let expected: Vec<Vec<Vec<usize>>> =
                        diaries.iter_mut().enumerate().map(|(d, diary)| expect(&group, d, diary, compared)).collect();
                    rule(&mut group);
                    check(&group, &expected, (seed, row));
                }
            }
        }
        let fragmentation = group.worlds[0].fragmentation();
        group.worlds[0].climate.observe(fragmentation);
    }
}

/// What each adopter of a domain may use after the tick; nothing for one that stays without a standard.
fn expect(group: &Group<'_>, domain: usize, diary: &mut Diary, compared: &mut Compared) -> Vec<Vec<usize>> {
    let state = State { world: &group.worlds[0], people: &group.people, domain };
    let mut after: Vec<Vec<usize>> = (0..group.setting.adopters.len()).map(|i| state.in_use(i).into_iter().collect()).collect();
    for i in diary.due(&state) {
        after[i] = state.choices(i);
        compared.all += 1;
        compared.open += usize::from(after[i].len() > 1);
    }
    after
}

fn check(group: &Group<'_>, expected: &[Vec<Vec<usize>>], (seed, row): (u32, usize)) {
    for (d, expected) in expected.iter().enumerate() {
        for (i, expected) in expected.iter().enumerate() {
            let found = group.people.in_use(0, d, i);
            let right = found.map_or(expected.is_empty(), |standard| expected.contains(&standard));
            assert!(right, "seed {seed}, row {row}, domain {d}, adopter {i}: {found:?}, but the equations say {expected:?}");
        }
    }
}

#[test]
fn the_engine_adopts_as_the_equations_say_draw_by_draw() {
    let mut compared = Compared::default();
    for (set, choice) in [
        (&[][..], Choice::Logit),
        (&[("cooperation", 0.0)], Choice::Logit),
        (&[("cooperation", 1.0), ("local-share", 0.8)], Choice::Logit),
        (&[("international-quality", 0.4)], Choice::Logit),
        (&[("cooperation", 0.5)], Choice::BestReply),
    ] {
        let scenario = small(set, choice);
        (1..=3).for_each(|seed| compare(&scenario, seed, &mut compared));
    }
    let Compared { all, open } = compared;
    assert!(all > 3_000, "only {all} choices were compared");
    assert!(open * 1_000 < all, "{open} of {all} choices lay too near a boundary to be compared");
}
