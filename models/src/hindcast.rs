//! Hindcasts: a contest of the past as its own small world, fitted on its first years and held against the later ones.
//!
//! The engine does not know what is contested. An [`Episode`] names blocs that own standards, further markets, what was observed, what
//! is fitted with which prior, and what is assumed; [`Episode::hindcast`] draws parameters, runs the whole tick, keeps the draws
//! nearest to the fitted years (approximate Bayesian computation), and scores their runs on years that they have not seen.

use crate::calendar::Quarter;
use crate::calibrate::{self, Marginal, Prior};
use crate::classics::limit;
use crate::draws::Stream;
use crate::ensemble::in_order;
use crate::findings::quantile;
use crate::levers::{LEVERS, Lever, Scope};
use crate::scenario::{Economy, EconomyGroup, Scenario, pair_index, pairs};
use crate::setting::Setting;
use crate::text::nearest;
use crate::uncertainties::{UNCERTAINTIES, Uncertainty};

/// A contest of the past, as read from a file; [`Episode::problems`] says what is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Episode {
    /// Name shown to people.
    pub name: String,
    /// What happened, in a paragraph or two.
    pub story: String,
    /// Owners of standards, each a market too.
    pub blocs: Vec<Owner>,
    /// Markets without a standard of their own.
    pub markets: Vec<Market>,
    /// What is set: key and value.
    pub assumed: Vec<(String, f64)>,
    /// What is fitted.
    pub fitted: Vec<Fitted>,
    /// What was seen.
    pub observed: Vec<Observation>,
    /// Last quarter of the years that are fitted; later observations are held back.
    pub fit_until: Quarter,
    /// What all adopters together could amount to in the first observed market, in the unit of amounts; none when all have adopted.
    pub potential: Option<f64>,
    /// Number of adopters.
    pub adopters: usize,
}

/// A bloc that owns a standard.
#[derive(Debug, Clone, PartialEq)]
pub struct Owner {
    /// Short id.
    pub id: String,
    /// Its standard.
    pub standard: String,
    /// Size on any scale.
    pub size: f64,
}

/// A market without a standard of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Market {
    /// Short id.
    pub id: String,
    /// Size on the scale of the blocs.
    pub size: f64,
    /// Exposure to each bloc, in their order; adds to 1.
    pub exposure: Vec<f64>,
}

/// A parameter with a uniform prior.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// Key: an uncertainty, `quality.BLOC`, or a lever with `.BLOC`, `.BLOC-BLOC` or alone for all.
    pub key: String,
    /// Prior.
    pub prior: Prior,
    /// Why this range.
    pub why: String,
}

/// Amounts of each standard in a market at a date.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// Id of the bloc or market.
    pub market: String,
    /// Quarter.
    pub date: Quarter,
    /// Date as written.
    pub written: String,
    /// Amount per standard, in the order of the blocs.
    pub amounts: Vec<f64>,
    /// Where it comes from.
    pub source: String,
    /// `verified` or `unverified`.
    pub status: String,
}

impl Observation {
    /// Total over the standards.
    pub fn total(&self) -> f64 {
        self.amounts.iter().sum()
    }

    /// Shares of the standards.
    pub fn shares(&self) -> Vec<f64> {
        self.amounts.iter().map(|amount| amount / self.total()).collect()
    }
}

/// How much is tried.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// Draws from the prior, one run each.
    pub draws: usize,
    /// Share of draws kept.
    pub keep: f64,
    /// First seed.
    pub seed: u32,
}

/// What came of a hindcast.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Parameters in the order of [`Episode::fitted`].
    pub parameters: Vec<Marginal>,
    /// Pairs of parameters that the data bind together, with their correlation.
    pub bound: Vec<(usize, usize, f64)>,
    /// Draws kept.
    pub kept: usize,
    /// Mean absolute error of the kept runs' median on the fitted years, in shares.
    pub error_fitted: f64,
    /// Scores on the held-back years, per market that was fitted and one for all others together.
    pub scores: Vec<Score>,
    /// Every share beside what was seen.
    pub points: Vec<Point>,
}

/// Mean absolute errors of shares on held-back years.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// Market, or `elsewhere` for markets without fitted years.
    pub market: String,
    /// Observations held back.
    pub observations: usize,
    /// Of the median of the kept runs.
    pub model: f64,
    /// If shares had stayed as last seen in the fitted years; for markets without such years: equal shares.
    pub persistence: f64,
    /// If additions had gone on as between the first and the last fitted year; none without growth or for markets not fitted.
    pub proportional: Option<f64>,
    /// Shares that lie within the band of 90 of 100 kept runs, and how many there are.
    pub hits: (usize, usize),
}

/// A share seen and what the kept runs gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Market.
    pub market: String,
    /// Date as written.
    pub date: String,
    /// Date.
    pub quarter: Quarter,
    /// Standard.
    pub standard: String,
    /// What its observation is used for.
    pub part: Part,
    /// Share seen.
    pub seen: f64,
    /// Quantiles 5, 50 and 95 per cent over the kept runs.
    pub band: [f64; 3],
}

impl Point {
    /// Whether the share seen lies within the band, a thousandth aside.
    pub fn hit(&self) -> bool {
        self.seen >= self.band[0] - 1e-3 && self.seen <= self.band[2] + 1e-3
    }
}

/// What an observation is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The start state is set to it.
    Start,
    /// The parameters are fitted to it.
    Fit,
    /// Nothing has seen it.
    Check,
}

impl Part {
    /// The word used in tables.
    pub const fn word(self) -> &'static str {
        match self {
            Part::Start => "start",
            Part::Fit => "fitted",
            Part::Check => "held back",
        }
    }
}

/// Where a key leads.
enum Target {
    Uncertainty(usize),
    Quality(usize),
    Lever(usize, Option<usize>),
}

/// Most rows of a run.
const MOST_ROWS: i32 = 400;

impl Episode {
    /// Everything that is wrong, a sentence each.
    pub fn problems(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        if !(2..=7).contains(&self.blocs.len()) {
            wrong.push(format!("there are {} blocs; 2 to 7, each with a standard, can contend", self.blocs.len()));
        }
        let names: Vec<&String> = self.blocs.iter().map(|b| &b.id).chain(self.markets.iter().map(|m| &m.id)).collect();
        let standards: Vec<&String> = self.blocs.iter().map(|b| &b.standard).collect();
        for list in [&names, &standards] {
            wrong.extend(list.iter().enumerate().filter(|(i, name)| list[..*i].contains(name)).map(|(_, name)| format!("{name} is named twice")));
        }
        let sizes = self.blocs.iter().map(|b| (&b.id, b.size)).chain(self.markets.iter().map(|m| (&m.id, m.size)));
        wrong.extend(sizes.filter(|(_, size)| !(*size > 0.0 && *size < 1e12)).map(|(id, size)| format!("{id}: the size {size} should be above 0")));
        for market in &self.markets {
            if market.exposure.iter().any(|x| !(0.0..=1.0).contains(x)) || (market.exposure.iter().sum::<f64>() - 1.0).abs() > 1e-3 {
                wrong.push(format!("{}: the exposure to the blocs should be shares that add to 1", market.id));
            }
        }
        if !(self.markets.len() + self.blocs.len()..=20_000).contains(&self.adopters) {
            wrong.push(format!("adopters: {} should lie between the number of markets and 20000", self.adopters));
        }
        self.wrong_parameters(&mut wrong);
        self.wrong_observations(&names, &mut wrong);
        wrong
    }

    fn wrong_parameters(&self, wrong: &mut Vec<String>) {
        let bounds = |key: &str| self.target(key).map(|target| target_bounds(&target));
        for (key, value) in &self.assumed {
            match bounds(key) {
                Ok((low, high)) if *value >= low && *value <= high => {}
                Ok((low, high)) => wrong.push(format!("assumed {key}: {value} should lie between {low} and {high}")),
                Err(why) => wrong.push(format!("assumed {why}")),
            }
        }
        if self.fitted.is_empty() || self.fitted.len() > 12 {
            wrong.push(format!("{} parameters are fitted; 1 to 12 can be", self.fitted.len()));
        }
        for fitted in &self.fitted {
            match bounds(&fitted.key) {
                Ok((low, high)) if fitted.prior.low >= low && fitted.prior.high <= high && fitted.prior.low < fitted.prior.high => {}
                Ok((low, high)) => {
                    wrong.push(format!(
                        "fitted {}: the prior {} to {} should be a range within {low} to {high}",
                        fitted.key, fitted.prior.low, fitted.prior.high
                    ));
                }
                Err(why) => wrong.push(format!("fitted {why}")),
            }
        }
        for (i, fitted) in self.fitted.iter().enumerate() {
            if self.fitted[..i].iter().any(|other| other.key == fitted.key) || self.assumed.iter().any(|(key, _)| *key == fitted.key) {
                wrong.push(format!("{} is set twice", fitted.key));
            }
        }
    }

    fn wrong_observations(&self, names: &[&String], wrong: &mut Vec<String>) {
        for seen in &self.observed {
            let at = format!("observed {} {}", seen.market, seen.written);
            if !names.contains(&&seen.market) {
                wrong.push(format!("{at}: there is no such bloc or market"));
            }
            if seen.amounts.iter().any(|a| !(*a >= 0.0 && a.is_finite())) || seen.total() <= 0.0 {
                wrong.push(format!("{at}: amounts should be 0 or more, and not all 0"));
            }
            if !["verified", "unverified"].contains(&seen.status.as_str()) {
                wrong.push(format!("{at}: the status should be verified or unverified"));
            }
        }
        let fits = self.observed.iter().filter(|seen| seen.date <= self.fit_until).count();
        if fits < 2 || fits == self.observed.len() {
            wrong.push(format!(
                "{fits} of {} observations lie in the fitted years (up to {}); at least 2 are needed there and at least 1 after them",
                self.observed.len(),
                self.fit_until
            ));
        } else if self.quarters() > MOST_ROWS {
            wrong.push(format!("the observations span {} quarters; at most {MOST_ROWS} can be run", self.quarters()));
        } else if !self.observed.iter().any(|seen| self.part(seen) == Part::Fit) {
            wrong.push("no market has two observations in the fitted years: the first sets the start, a second one is needed to fit".to_owned());
        }
        if let (Some(potential), Some(first)) = (self.potential, self.first())
            && potential < first.total()
        {
            wrong.push(format!("potential: {potential} is less than the first amount, {}", first.total()));
        }
    }

    /// The observation that the run starts with: the first one of a market that has a second one in the fitted years.
    fn first(&self) -> Option<&Observation> {
        let fitted = |market: &str| self.observed.iter().filter(|seen| seen.market == market && seen.date <= self.fit_until).count();
        self.observed.iter().filter(|seen| seen.date <= self.fit_until && fitted(&seen.market) > 1).min_by_key(|seen| seen.date)
    }

    /// Whether an observation sets the start state of its market: the last one up to the start of the run.
    fn sets_start(&self, seen: &Observation) -> bool {
        let begin = self.first().map(|first| first.date);
        let later = |other: &&Observation| other.market == seen.market && other.date > seen.date && Some(other.date) <= begin;
        Some(seen.date) <= begin && !self.observed.iter().any(|other| later(&other))
    }

    /// Quarters from the first to the last observation.
    fn quarters(&self) -> i32 {
        let last = self.observed.iter().map(|seen| seen.date).max();
        self.first().zip(last).map_or(0, |(first, last)| last.since(first.date))
    }

    /// What an observation is used for: those up to the start of the run set the start.
    fn part(&self, seen: &Observation) -> Part {
        if seen.date > self.fit_until {
            return Part::Check;
        }
        if self.first().is_some_and(|first| seen.date <= first.date) { Part::Start } else { Part::Fit }
    }

    fn target(&self, key: &str) -> Result<Target, String> {
        let (id, part) = key.split_once('.').map_or((key, None), |(id, part)| (id, Some(part)));
        let bloc = |name: &str| self.blocs.iter().position(|b| b.id == name);
        let unknown = |what: &str| Err(format!("{key}: {what}"));
        if id == "quality" {
            return part.and_then(bloc).map_or_else(|| unknown("write quality.BLOC"), |b| Ok(Target::Quality(b)));
        }
        if let Some(u) = Uncertainty::find(id) {
            return if part.is_none() { Ok(Target::Uncertainty(u.index())) } else { unknown("an uncertainty is set for all") };
        }
        let Some(lever) = Lever::find(id) else {
            let known = UNCERTAINTIES.iter().map(|u| u.id).chain(LEVERS.iter().map(|l| l.id)).chain(["quality"]);
            return unknown(
                &nearest(id, known)
                    .map_or_else(|| "is neither an uncertainty nor a lever nor quality.BLOC".to_owned(), |near| format!("did you mean {near}?")),
            );
        };
        let Some(part) = part else { return Ok(Target::Lever(lever.index(), None)) };
        let slot = match lever.scope {
            Scope::World => None,
            Scope::Bloc => bloc(part),
            Scope::Pair => {
                let named = |(a, b): &(usize, usize)| {
                    part == format!("{}-{}", self.blocs[*a].id, self.blocs[*b].id) || part == format!("{}-{}", self.blocs[*b].id, self.blocs[*a].id)
                };
                pairs(self.blocs.len()).into_iter().find(named).map(|(a, b)| pair_index(self.blocs.len(), a, b))
            }
        };
        slot.map_or_else(|| unknown("names no bloc, or no pair of blocs"), |slot| Ok(Target::Lever(lever.index(), Some(slot))))
    }

    /// The scenario of the episode with everything set that is assumed; what nobody sets is off.
    fn scenario(&self) -> Scenario {
        let blocs = self.blocs.len();
        let mut scenario = limit::scenario(blocs, self.adopters, self.quarters() as usize + 1);
        for (bloc, owner) in scenario.blocs.iter_mut().zip(&self.blocs) {
            (bloc.id, bloc.name, bloc.size) = (owner.id.clone(), owner.standard.clone(), owner.size);
        }
        scenario.structure.international_text = false;
        if let Some(first) = self.first() {
            scenario.calendar.start = first.date;
            scenario.sizes.active_at_start = self.potential.map_or(1.0, |potential| first.total() / potential);
        }
        scenario.groups = self.markets.iter().map(|m| EconomyGroup { id: m.id.clone(), name: m.id.clone(), pull: vec![0.0; blocs] }).collect();
        let economy =
            |(group, m): (usize, &Market)| Economy { id: m.id.clone(), name: m.id.clone(), group, size: m.size, exposure: m.exposure.clone() };
        scenario.economies = self.markets.iter().enumerate().map(economy).collect();
        scenario.trade = self.trade();
        self.assumed.iter().for_each(|(key, value)| self.put(&mut scenario, key, *value));
        scenario
    }

    /// Two-way trade between blocs, and the rest, in proportion to the product of sizes.
    fn trade(&self) -> Vec<f64> {
        let rest: f64 = self.markets.iter().map(|m| m.size).sum();
        let sizes: Vec<f64> = self.blocs.iter().map(|b| b.size).chain([rest]).collect();
        sizes.iter().flat_map(|a| sizes.iter().map(move |b| a * b)).collect()
    }

    fn put(&self, scenario: &mut Scenario, key: &str, value: f64) {
        match self.target(key) {
            Ok(Target::Uncertainty(index)) => scenario.uncertainties[index].fill(value),
            Ok(Target::Quality(bloc)) => scenario.blocs[bloc].quality = value,
            Ok(Target::Lever(index, None)) => scenario.levers_today[index].iter_mut().for_each(|slots| slots.fill(value)),
            Ok(Target::Lever(index, Some(slot))) => scenario.levers_today[index].iter_mut().for_each(|slots| slots[slot] = value),
            Err(_) => {}
        }
    }

    /// Position of a market among blocs and markets.
    fn place(&self, market: &str) -> usize {
        let names = self.blocs.iter().map(|b| &b.id).chain(self.markets.iter().map(|m| &m.id));
        names.enumerate().find(|(_, name)| *name == market).map_or(0, |(place, _)| place)
    }

    /// Shares of every observation in one run with these parameters.
    fn run(&self, base: &Scenario, parameters: &[f64], seed: u32) -> Vec<Vec<f64>> {
        let mut scenario = base.clone();
        self.fitted.iter().zip(parameters).for_each(|(fitted, value)| self.put(&mut scenario, &fitted.key, *value));
        let setting = Setting::new(&scenario);
        let mut run = limit::Single::new(&setting, seed);
        for seen in self.observed.iter().filter(|seen| self.part(seen) == Part::Start && self.sets_start(seen)) {
            start(&mut run, self.place(&seen.market), &seen.shares());
        }
        let mut found = vec![Vec::new(); self.observed.len()];
        for row in 0..scenario.calendar.rows {
            if row > 0 {
                run.tick();
            }
            for (seen, found) in self.observed.iter().zip(&mut found) {
                // What was seen before the start is shown beside the start.
                if scenario.calendar.row(seen.date.max(scenario.calendar.start)) == Some(row) {
                    *found = run.world().mix(0, self.place(&seen.market))[..self.blocs.len()].to_vec();
                }
            }
        }
        found
    }

    /// Fits the first years and looks at the later ones; the episode must have no problems.
    pub fn hindcast(&self, effort: Effort) -> Card {
        let base = self.scenario();
        let priors: Vec<Prior> = self.fitted.iter().map(|fitted| fitted.prior).collect();
        let all = in_order(effort.draws, |i| {
            let seed = effort.seed.wrapping_add(i as u32);
            let parameters = calibrate::draw(&priors, seed);
            let found = self.run(&base, &parameters, seed);
            (parameters, found)
        });
        let distances: Vec<f64> = all.iter().map(|(_, found)| self.distance(found)).collect();
        let kept: Vec<usize> = calibrate::nearest(&distances, effort.keep);
        let parameters: Vec<Vec<f64>> = kept.iter().map(|i| all[*i].0.clone()).collect();
        let points = self.points(&kept.iter().map(|i| &all[*i].1).collect::<Vec<_>>());
        Card {
            parameters: calibrate::marginals(&priors, &parameters),
            bound: calibrate::bound_together(&parameters),
            kept: kept.len(),
            error_fitted: error(points.iter().filter(|point| point.part == Part::Fit)),
            scores: self.scores(&points),
            points,
        }
    }

    /// Root of the mean square difference of shares over the fitted observations.
    fn distance(&self, found: &[Vec<f64>]) -> f64 {
        let (mut sum, mut count) = (0.0, 0.0);
        for (seen, found) in self.observed.iter().zip(found).filter(|(seen, _)| self.part(seen) == Part::Fit) {
            for (share, found) in seen.shares().iter().zip(found) {
                sum += (share - found) * (share - found);
                count += 1.0;
            }
        }
        f64::sqrt(sum / count)
    }

    fn points(&self, kept: &[&Vec<Vec<f64>>]) -> Vec<Point> {
        let mut points = Vec::new();
        for (o, seen) in self.observed.iter().enumerate() {
            for (s, share) in seen.shares().into_iter().enumerate() {
                let mut values: Vec<f64> = kept.iter().map(|found| found[o][s]).collect();
                values.sort_unstable_by(f64::total_cmp);
                points.push(Point {
                    market: seen.market.clone(),
                    date: seen.written.clone(),
                    quarter: seen.date,
                    standard: self.blocs[s].standard.clone(),
                    part: self.part(seen),
                    seen: share,
                    band: [0.05, 0.5, 0.95].map(|q| quantile(&values, q)),
                });
            }
        }
        points
    }

    fn scores(&self, points: &[Point]) -> Vec<Score> {
        let mut markets: Vec<&str> = self.observed.iter().filter(|seen| seen.date <= self.fit_until).map(|seen| seen.market.as_str()).collect();
        markets.sort_unstable();
        markets.dedup();
        let mut scores: Vec<Score> = Vec::new();
        for market in &markets {
            scores.extend(self.score(market, points, |point| point.market == **market));
        }
        scores.extend(self.score("elsewhere", points, |point| !markets.contains(&point.market.as_str())));
        scores
    }

    fn score(&self, name: &str, points: &[Point], of: impl Fn(&Point) -> bool) -> Option<Score> {
        let held: Vec<&Point> = points.iter().filter(|point| point.part == Part::Check && of(point)).collect();
        if held.is_empty() {
            return None;
        }
        let equal = 1.0 / self.blocs.len() as f64;
        let fitted: Vec<&Observation> = self.fitted_of(name);
        let standard = |point: &Point| self.blocs.iter().position(|b| b.standard == point.standard).unwrap_or(0);
        let last = |point: &Point| fitted.last().map_or(equal, |seen| seen.shares()[standard(point)]);
        let mean = |error: &dyn Fn(&Point) -> f64| held.iter().map(|point| error(point).abs()).sum::<f64>() / held.len() as f64;
        let additions = self.additions(&fitted);
        let proportional = additions.map(|added| {
            mean(&|point| {
                let s = standard(point);
                let seen = self.observed.iter().find(|seen| seen.market == point.market && seen.written == point.date);
                let (then, now) = (fitted[fitted.len() - 1], seen.map_or(f64::NAN, Observation::total));
                (then.amounts[s] + added[s] * (now - then.total())) / now - point.seen
            })
        });
        Some(Score {
            market: name.to_owned(),
            observations: held.len() / self.blocs.len(),
            model: error(held.iter().copied()),
            persistence: mean(&|point| last(point) - point.seen),
            proportional,
            hits: (held.iter().filter(|point| point.hit()).count(), held.len()),
        })
    }

    /// The observations of a market in the fitted years, in order of time.
    fn fitted_of(&self, market: &str) -> Vec<&Observation> {
        let mut seen: Vec<&Observation> = self.observed.iter().filter(|seen| seen.market == market && seen.date <= self.fit_until).collect();
        seen.sort_by_key(|seen| seen.date);
        seen
    }

    /// How additions between the first and the last fitted year were shared out; none where the total did not grow.
    fn additions(&self, fitted: &[&Observation]) -> Option<Vec<f64>> {
        let (first, last) = (fitted.first()?, fitted.last()?);
        let grown = last.total() - first.total();
        (grown > 0.01 * first.total()).then(|| last.amounts.iter().zip(&first.amounts).map(|(b, a)| (b - a) / grown).collect())
    }
}

/// Bounds of what a key can be set to.
fn target_bounds(target: &Target) -> (f64, f64) {
    match target {
        Target::Uncertainty(index) => (UNCERTAINTIES[*index].low, UNCERTAINTIES[*index].high),
        Target::Quality(_) => (-5.0, 5.0),
        Target::Lever(index, _) => (LEVERS[*index].low, LEVERS[*index].high),
    }
}

fn error<'p>(points: impl Iterator<Item = &'p Point>) -> f64 {
    let errors: Vec<f64> = points.map(|point| (point.band[1] - point.seen).abs()).collect();
    errors.iter().sum::<f64>() / errors.len() as f64
}

/// Puts those active in a market on the standards in the shares given; who has which is drawn.
fn start(run: &mut limit::Single<'_>, market: usize, shares: &[f64]) {
    let adopters = &run.world().setting.adopters;
    let members = adopters.first[market] as usize..adopters.first[market + 1] as usize;
    let draws = run.world().draws;
    let mut active: Vec<(u64, usize)> = members.filter(|i| run.in_use(*i).is_some()).map(|i| (draws.bits(Stream::Order, i, 0), i)).collect();
    active.sort_unstable();
    let count = active.len() as f64;
    let mut sum = 0.0;
    let bounds: Vec<f64> = shares
        .iter()
        .map(|share| {
            sum += share;
            sum * count
        })
        .collect();
    for (k, (_, i)) in active.into_iter().enumerate() {
        let standard = bounds.iter().position(|bound| (k as f64 + 0.5) < *bound).unwrap_or(shares.len() - 1);
        run.settle(i, Some(standard));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(id: &str) -> Owner {
        Owner { id: id.to_owned(), standard: format!("{id}-1"), size: 1.0 }
    }

    fn seen(market: &str, year: i32, amounts: &[f64]) -> Observation {
        let date = Quarter::new(year, 1);
        Observation {
            market: market.to_owned(),
            date,
            written: date.to_string(),
            amounts: amounts.to_vec(),
            source: String::new(),
            status: "verified".to_owned(),
        }
    }

    /// A contest made up so that its parameter is known: quality decides, everybody reviews every tick.
    fn made_up(quality: f64) -> Episode {
        let share = 1.0 / (1.0 + libm::exp(-quality));
        let at = |year: i32| seen("A", year, &[100.0 * share, 100.0 * (1.0 - share)]);
        Episode {
            name: "Made up".to_owned(),
            story: "Nothing of this happened.".to_owned(),
            blocs: vec![owner("A"), owner("B")],
            markets: Vec::new(),
            assumed: Vec::new(),
            fitted: vec![Fitted { key: "quality.A".to_owned(), prior: Prior { low: -2.0, high: 2.0 }, why: String::new() }],
            observed: vec![at(2000), at(2001), at(2002), at(2003)],
            fit_until: Quarter::new(2002, 4),
            potential: None,
            adopters: 400,
        }
    }

    const QUICK: Effort = Effort { draws: 400, keep: 0.05, seed: 1 };

    #[test]
    fn a_parameter_that_made_the_data_is_found_again() {
        for quality in [-0.8, 0.0, 1.0] {
            let episode = made_up(quality);
            assert_eq!(episode.problems(), Vec::<String>::new());
            let card = episode.hindcast(QUICK);
            let found = card.parameters[0];
            assert!(found.quantiles[0] <= quality && quality <= found.quantiles[2] && found.width < 0.3, "{quality}: {found:?}");
            assert!(card.scores[0].model < 0.03 && card.scores[0].hits.0 == card.scores[0].hits.1);
        }
    }

    #[test]
    fn a_parameter_without_effect_is_not_identified() {
        let mut episode = made_up(0.5);
        episode.fitted.push(Fitted { key: "tension-shock".to_owned(), prior: Prior { low: 0.0, high: 1.0 }, why: String::new() });
        let card = episode.hindcast(Effort { draws: 1_500, ..QUICK });
        assert!(card.parameters[1].width > calibrate::UNIDENTIFIED && card.parameters[0].width < 0.3, "{:?}", card.parameters);
    }

    #[test]
    fn mistakes_are_named_together() {
        let mut episode = made_up(0.0);
        episode.fitted[0].key = "qality.A".to_owned();
        episode.observed[3].market = "C".to_owned();
        episode.assumed.push(("switching-cost".to_owned(), -1.0));
        let wrong = episode.problems().join("\n");
        for part in ["did you mean quality?", "observed C", "assumed switching-cost"] {
            assert!(wrong.contains(part), "{part} is missing in {wrong}");
        }
    }

    #[test]
    fn the_held_back_years_do_not_reach_the_fit() {
        let straight = made_up(0.6).hindcast(QUICK);
        let mut other = made_up(0.6);
        other.observed[3].amounts = vec![1.0, 99.0];
        assert_eq!(straight.parameters, other.hindcast(QUICK).parameters);
    }
}
