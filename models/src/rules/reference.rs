//! The adoption step a second time, slowly and straight from the equations of the model text, as a check on the engine's.
//!
//! Nothing of the engine's tables is read: compatibility, cost, reach and utility are worked out anew for every adopter from texts,
//! levers, alignments, variants and the standards in use. Structure (who is whose partner, sizes, cycles) and draws are the same.

use crate::draws::{Draws, Stream};
use crate::levers::index_of;
use crate::rules::{TICK, adopt};
use crate::scenario::{Adjust, Choice, Override, Scenario, SourceText, load, pair_index};
use crate::setting::Setting;
use crate::world::World;

const BASELINE: &str = include_str!("../../../scenarios/today-extended.toml");

/// When each adopter of a domain next reviews, and the hazard that its market has gathered.
struct Diary {
    next: Vec<Option<usize>>,
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

fn eagerness(world: &World<'_>, domain: usize, i: usize) -> f64 {
    world.draws.exponential(Stream::Activate, domain * world.setting.adopters.len() + i, 0)
}

fn members(setting: &Setting, market: usize) -> std::ops::Range<usize> {
    setting.adopters.first[market] as usize..setting.adopters.first[market + 1] as usize
}

impl Diary {
    fn begin(world: &World<'_>, domain: usize) -> Diary {
        let adopters = &world.setting.adopters;
        let mut diary = Diary { next: vec![None; adopters.len()], hazard: Vec::new() };
        for m in 0..world.setting.markets.len() {
            let mut order: Vec<usize> = members(world.setting, m).collect();
            order.sort_by(|a, b| eagerness(world, domain, *a).total_cmp(&eagerness(world, domain, *b)));
            let count = (world.scenario().sizes.active_at_start * order.len() as f64).round() as usize;
            order[..count].iter().for_each(|i| diary.next[*i] = Some(usize::from(adopters.phase[*i])));
            diary.hazard.push(if count > 0 { eagerness(world, domain, order[count - 1]) } else { 0.0 });
        }
        diary
    }

    /// Who chooses in this tick: those whose review is due, and those whose eagerness the hazard has passed.
    fn due(&mut self, world: &World<'_>, domain: usize) -> Vec<usize> {
        let (p, adopters, row) = (&world.setting.parameters, &world.setting.adopters, world.row);
        let mut due: Vec<usize> = (0..adopters.len()).filter(|i| self.next[*i] == Some(row)).collect();
        for m in 0..world.setting.markets.len() {
            let all = members(world.setting, m);
            let active = all.clone().filter(|i| world.in_use(domain, *i).is_some()).count() as f64 / all.len() as f64;
            // Bass: hazard p + q · share active, per year; a tick is a quarter.
            self.hazard[m] += (p.innovation + p.imitation * active) / 4.0;
            due.extend(all.filter(|i| world.in_use(domain, *i).is_none() && eagerness(world, domain, *i) <= self.hazard[m]));
        }
        due.iter().for_each(|i| self.next[*i] = Some(row + usize::from(adopters.cycle[*i])));
        due
    }
}

/// Everything that equation (5) needs, worked out from the state.
struct Equations<'w, 'a> {
    world: &'w World<'a>,
    domain: usize,
}

impl Equations<'_, '_> {
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
        let users = members(self.world.setting, market)
            .filter_map(|i| Some((self.world.in_use(self.domain, i)?, self.world.setting.adopters.size[i] as f64)));
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
            if let Some(standard) = self.world.variant(self.domain, f, group) {
                all += suppliers.relative_size[f];
                own += if standard == s { suppliers.relative_size[f] } else { 0.0 };
            }
        }
        if all > 0.0 { own / all } else { 0.0 }
    }

    /// U of every standard on offer, with home preference and switching cost.
    fn utilities(&self, i: usize) -> Vec<Option<f64>> {
        let (world, p) = (self.world, &self.world.setting.parameters);
        let market = usize::from(world.setting.adopters.market[i]);
        let omega = self.omega(market);
        let partners: Vec<usize> = world.setting.adopters.partners_of(i).iter().filter_map(|j| world.in_use(self.domain, *j as usize)).collect();
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
            let stay = if world.in_use(self.domain, i).is_some_and(|now| now != s) { -p.switching_cost } else { 0.0 };
            strength * network + at_home - p.cost_sensitivity * self.cost(market, s) + offer + stay
        };
        (0..world.standards()).map(|s| world.offered(self.domain, s).then(|| one(s))).collect()
    }

    /// What the adopter chooses.
    fn choice(&self, draws: Draws, i: usize) -> usize {
        let utilities = self.utilities(i);
        if self.world.scenario().structure.choice == Choice::BestReply {
            let best = utilities.iter().flatten().copied().fold(f64::MIN, f64::max);
            return utilities.iter().position(|u| *u == Some(best)).unwrap();
        }
        let odds: Vec<f64> = utilities.iter().map(|u| u.map_or(0.0, f64::exp)).collect();
        let total: f64 = odds.iter().sum();
        let draw = draws.unit(Stream::Choose, self.domain * self.world.setting.adopters.len() + i, self.world.row);
        let mut sum = 0.0;
        for (s, odds) in odds.iter().enumerate() {
            sum += odds / total;
            if draw < sum {
                return s;
            }
        }
        odds.len() - 1
    }
}

/// Runs engine and reference side by side: before every adoption step the reference says what each adopter will use after it.
fn compare(scenario: &Scenario, seed: u32) -> usize {
    let setting = Setting::new(scenario);
    let mut world = World::new(&setting, seed);
    let domains = world.domains();
    let mut diaries: Vec<Diary> = (0..domains).map(|d| Diary::begin(&world, d)).collect();
    let mut choices = 0;
    for row in 1..scenario.calendar.rows {
        world.row = row;
        for step in TICK {
            if step.name != "adopt" {
                (step.rule)(&mut world);
                continue;
            }
            let mut expected: Vec<Vec<Option<usize>>> = Vec::new();
            for (d, diary) in diaries.iter_mut().enumerate() {
                let mut after: Vec<Option<usize>> = (0..setting.adopters.len()).map(|i| world.in_use(d, i)).collect();
                let equations = Equations { world: &world, domain: d };
                for i in diary.due(&world, d) {
                    after[i] = Some(equations.choice(world.draws, i));
                    choices += 1;
                }
                expected.push(after);
            }
            adopt::adopt(&mut world);
            for (d, expected) in expected.iter().enumerate() {
                for (i, expected) in expected.iter().enumerate() {
                    assert_eq!(world.in_use(d, i), *expected, "seed {seed}, row {row}, domain {d}, adopter {i}");
                }
            }
        }
        world.climate.fragmentation = world.fragmentation();
    }
    choices
}

#[test]
fn the_engine_adopts_as_the_equations_say_draw_by_draw() {
    let mut choices = 0;
    for (set, choice) in [
        (&[][..], Choice::Logit),
        (&[("cooperation", 0.0)], Choice::Logit),
        (&[("cooperation", 1.0), ("local-share", 0.8)], Choice::Logit),
        (&[("cooperation", 0.5)], Choice::BestReply),
    ] {
        let scenario = small(set, choice);
        choices += (1..=3).map(|seed| compare(&scenario, seed)).sum::<usize>();
    }
    assert!(choices > 3_000, "only {choices} choices were compared");
}
