//! Explore: a preview from few runs, then more and more, until the next move of a slider takes over.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use faultline_models::ensemble::Ensemble;
use faultline_models::findings::{FEW_PAIRS, Findings, PairedDifference, paired};
use faultline_models::indicators::Indicator;
use faultline_models::layout::Entity;
use faultline_models::trajectory::Future;
use rayon::prelude::*;

use super::Desk;
use super::cache::{self, Entry};
use super::text::{Outcome, Text};
use super::tickets::Request;
use super::{figures, inputs};
use crate::clock::Stopwatch;
use crate::compare::Comparison;
use crate::jobs::{Growth, Watch};
use crate::outcome;
use crate::refusal::Refusal;
use crate::scenarios::Loaded;
use crate::wire::{FigureLine, FutureLine};
use crate::wire_desktop::{ChartAsk, Draft, ExploreAsk, Finding, InputDiff, Language, Progress, ScenarioFutures, Stage, Step};
use crate::words::parts_of_100;

/// Most runs of one request of the window.
pub(crate) const MAX_RUNS: u32 = 2_000;

/// Longest time for which a preview is waited for to be painted: after that nobody looks.
const PAINTING: Duration = Duration::from_millis(100);

/// Share of the runs after the preview that are waited for before a second picture: every picture takes the page’s thread for a while.
const PART: f64 = 0.4;

/// Kinds of end states, from least to most split.
pub(crate) const KINDS: [&str; 5] = ["single-market", "common-core", "bridge", "two-blocs", "split"];

/// Scenarios that are run together, group by group.
pub(crate) struct Work<'a> {
    desk: &'a Desk,
    ticket: &'a str,
    keys: Vec<String>,
    loaded: Vec<Arc<Loaded>>,
    growth: Growth,
    runs: usize,
    seed: u32,
    watch: Stopwatch,
    begun_with: usize,
}

impl<'a> Work<'a> {
    /// Loads the drafts and takes over what was run of them before.
    ///
    /// # Errors
    /// All problems of all drafts, or a number of runs that is not run.
    pub(crate) fn begin(desk: &'a Desk, ticket: &'a str, drafts: &[&Draft], plan: (u32, u32, Option<u32>)) -> Result<Work<'a>, Refusal> {
        let (runs, seed, adopters) = plan;
        let mut refusals = Vec::new();
        if !(1..=MAX_RUNS).contains(&runs) || u64::from(seed) + u64::from(runs) > u64::from(u32::MAX) {
            refusals.push(Refusal::input(format!("{runs} runs from seed {seed} are not run; choose 1 to {MAX_RUNS} runs and a smaller seed")));
        }
        let mut loaded = Vec::new();
        for draft in drafts {
            match desk.drafts.loaded(draft, adopters) {
                Ok(one) => loaded.push(one),
                Err(refusal) => refusals.push(refusal),
            }
        }
        if !refusals.is_empty() {
            return Err(Refusal::all(refusals));
        }
        let keys: Vec<String> = loaded.iter().map(|one| cache::key(one, seed)).collect();
        desk.cache.show(&keys);
        let found: Vec<Option<Entry>> = keys.iter().map(|key| desk.cache.find(key)).collect();
        let there = loaded.iter().zip(found).map(|(one, entry)| (one.scenario.clone(), entry.and_then(|e| e.ensemble))).collect();
        let growth = Growth::new(there, seed);
        let begun_with = growth.done();
        Ok(Work { desk, ticket, keys, loaded, growth, runs: runs as usize, seed, watch: Stopwatch::start(), begun_with })
    }

    /// The scenarios, the baseline first.
    pub(crate) fn scenarios(&self) -> Vec<faultline_models::scenario::Scenario> {
        self.loaded.iter().map(|one| one.scenario.clone()).collect()
    }

    /// Numbers of runs after which an answer is given: the preview, or at once what is there already; a part; everything.
    fn stages(&self, preview: usize) -> Vec<usize> {
        let first = preview.max(self.growth.done()).min(self.runs);
        let part = first + ((self.runs - first) as f64 * PART) as usize;
        let mut stages: Vec<usize> = [first, part, self.runs].into_iter().filter(|n| *n > 0).collect();
        stages.dedup();
        stages
    }

    /// Runs stage by stage; `answer` is called after each. Ends early when another request took over.
    ///
    /// # Errors
    /// What `answer` refuses.
    pub(crate) fn run(
        mut self,
        preview: u32,
        request: &Request,
        mut answer: impl FnMut(&Comparison, Progress, &[String]) -> Result<(), Refusal>,
        cancelled: impl FnOnce(Progress),
    ) -> Result<(), Refusal> {
        let stages = self.stages(preview as usize);
        for target in &stages {
            let silent = |_: usize| ();
            let complete = self.growth.grow(*target, self.runs, Watch { cancel: &request.stop, progress: &silent })?;
            self.keep();
            if !complete || request.stop.load(Ordering::Relaxed) {
                cancelled(self.progress(Stage::Cancelled));
                return Ok(());
            }
            let stage = match *target {
                n if n >= self.runs => Stage::Full,
                n if n == stages[0] => Stage::Preview,
                _ => Stage::Partial,
            };
            let comparison = self.comparison();
            let keys: Vec<String> = self.keys.iter().zip(&comparison.ensembles).map(|(key, e)| cache::result_key(key, e)).collect();
            answer(&comparison, self.progress(stage), &keys)?;
            if stage == Stage::Preview {
                // The page needs the cores now, to paint.
                request.wait_until_seen(PAINTING);
            }
        }
        Ok(())
    }

    /// Runs a first few and keeps them for the request that will come.
    pub(crate) fn warm(mut self, runs: usize) {
        let (never, silent) = (AtomicBool::new(false), |_: usize| ());
        if self.growth.grow(runs, self.runs, Watch { cancel: &never, progress: &silent }).is_ok() {
            self.keep();
        }
    }

    fn progress(&self, stage: Stage) -> Progress {
        let done = self.growth.done().min(self.runs);
        let fresh = done.saturating_sub(self.begun_with);
        let rate = (fresh > 0).then(|| self.watch.seconds() / fresh as f64);
        Progress {
            ticket: self.ticket.to_owned(),
            stage,
            runs_done: done as u32,
            runs_asked: self.runs as u32,
            seconds_left: rate.map(|seconds| seconds * (self.runs - done) as f64),
        }
    }

    /// Puts what was run into the cache.
    fn keep(&self) {
        for ((key, loaded), ensemble) in self.keys.iter().zip(&self.loaded).zip(self.growth.ensembles()) {
            let before = self.desk.cache.find(key);
            let same = before.filter(|e| e.ensemble.as_ref().is_some_and(|e| e.runs.len() >= ensemble.runs.len()));
            if same.is_none() {
                self.desk.cache.put(Entry {
                    key: key.clone(),
                    loaded: Arc::clone(loaded),
                    seed: self.seed,
                    runs: self.runs,
                    ensemble: Some(Arc::clone(ensemble)),
                    findings: None,
                    firsts: Vec::new(),
                });
            }
        }
    }

    fn comparison(&self) -> Comparison {
        let entries = self
            .keys
            .iter()
            .zip(self.growth.ensembles())
            .map(|(key, ensemble)| self.desk.with_findings(key, ensemble, (self.runs.min(ensemble.runs.len()), self.runs)));
        let (ensembles, findings) = entries.unzip();
        Comparison { loaded: self.loaded.iter().map(|one| (**one).clone()).collect(), ensembles, findings, seed: self.seed }
    }
}

impl Desk {
    /// The first `runs` runs of an ensemble with their bands, which are remembered for the whole of it.
    pub(crate) fn with_findings(&self, key: &str, ensemble: &Arc<Ensemble>, (runs, asked): (usize, usize)) -> (Arc<Ensemble>, Arc<Findings>) {
        if ensemble.runs.len() > runs || ensemble.asked != asked {
            return self.cache.first_of(key, ensemble, (runs, asked));
        }
        let known = self.cache.find(key).filter(|e| e.ensemble.as_ref().is_some_and(|e| e.runs.len() == ensemble.runs.len()));
        if let Some(findings) = known.as_ref().and_then(|e| e.findings.clone()) {
            return (Arc::clone(ensemble), findings);
        }
        let findings = Arc::new(Findings::of(ensemble));
        if let Some(entry) = known {
            self.cache.put(Entry { findings: Some(Arc::clone(&findings)), ..entry });
        }
        (Arc::clone(ensemble), findings)
    }
}

/// Answers a request of Explore, step by step.
///
/// # Errors
/// All problems of the drafts, an unknown chart, or a failure of the run.
pub(crate) fn explore(desk: &Desk, ask: &ExploreAsk, sink: &(dyn Fn(Step) + Sync)) -> Result<(), Refusal> {
    let request = desk.explores.begin(&ask.ticket);
    let text = Text(ask.language);
    let plan = (ask.runs, ask.seed, ask.adopters);
    // One after the other: the request before was told to stop and leaves within a run.
    let _turn = desk.explores.turn();
    let work = Work::begin(desk, &ask.ticket, &[&ask.baseline, &ask.shown], plan)?;
    let differing = inputs::differing(&[&work.loaded[0].scenario, &work.loaded[1].scenario], text);
    let ids = [ask.baseline.id.clone(), ask.shown.id.clone()];
    let answer = |comparison: &Comparison, progress: Progress, keys: &[String]| {
        let draw = |chart: &ChartAsk| figures::figure(comparison, &[0, 1], &chart.chart, &figures::wish(chart, ask.theme, ask.language));
        let told = || (finding(comparison, 1, &differing, text), headlines(comparison, 1, ask.language));
        let (drawn, (finding, headlines)) = rayon::join(|| ask.charts.par_iter().map(draw).collect::<Result<Vec<_>, _>>(), told);
        let mut figures = drawn?;
        if progress.stage != Stage::Full {
            // Nobody reads off values while a slider moves; they are two thirds of an answer.
            figures.iter_mut().for_each(|figure| figure.readouts.clear());
        }
        let futures = futures(comparison, &ids, ask.language);
        sink(Step { finding, futures, headlines, figures, results: keys.to_vec(), progress });
        Ok(())
    };
    let cancelled = |progress: Progress| {
        let finding = Finding { text: String::new(), distinguishable: false, agreement: None };
        sink(Step { progress, finding, futures: Vec::new(), headlines: Vec::new(), figures: Vec::new(), results: Vec::new() });
    };
    let result = desk.crew.work(|| work.run(ask.preview_runs, &request, answer, cancelled));
    desk.explores.end(&ask.ticket);
    result
}

/// Headline figures of a scenario with paired differences, named in the language.
fn headlines(comparison: &Comparison, index: usize, language: Language) -> Vec<FigureLine> {
    let text = Text(language);
    let name = |line: FigureLine| FigureLine { name: text.phrase(&line.name), unit: text.phrase(&line.unit), ..line };
    outcome::headlines(comparison, index).into_iter().map(name).collect()
}

/// Where the runs of each scenario end.
pub(crate) fn futures(comparison: &Comparison, ids: &[String], language: Language) -> Vec<ScenarioFutures> {
    let of = |(index, id): (usize, &String)| {
        let scenario = &comparison.ensembles[index].scenario;
        ScenarioFutures {
            id: id.clone(),
            name: scenario.name.clone(),
            quarter: scenario.calendar.end().to_string(),
            futures: future_lines(comparison, index, language),
        }
    };
    ids.iter().enumerate().map(of).collect()
}

/// End states of a scenario by kind, in the order from least to most split.
fn future_lines(comparison: &Comparison, index: usize, language: Language) -> Vec<FutureLine> {
    let counts = by_kind(&comparison.findings[index]);
    let parts = parts_of_100(&counts);
    let line = |k: usize| FutureLine { kind: KINDS[k], name: Text(language).future(KINDS[k]), runs: counts[k], of_100: parts[k] };
    (0..KINDS.len()).filter(|k| counts[*k] > 0).map(line).collect()
}

/// Runs by kind of end state.
fn by_kind(findings: &Findings) -> [usize; 5] {
    let mut counts = [0; 5];
    findings.futures.iter().for_each(|(future, n)| counts[class(*future)] += n);
    counts
}

fn class(future: Future) -> usize {
    let kind = outcome::future_kind(future);
    KINDS.iter().position(|k| *k == kind).unwrap_or(KINDS.len() - 1)
}

/// The one sentence about a scenario beside the baseline.
///
/// It speaks of the end state whose share of runs differs most, if the pairs of runs tell that difference from nothing; else of
/// fragmentation in the last quarter; else it says that there is no clear difference.
pub(crate) fn finding(comparison: &Comparison, index: usize, differing: &[InputDiff], text: Text) -> Finding {
    let difference = fragmentation(comparison, index);
    let agreement = difference.as_ref().map(|d| (d.agreement() * 100.0).floor() as usize);
    if differing.is_empty() {
        let lines = future_lines(comparison, index, text.0);
        let futures: Vec<(&'static str, usize)> = lines.iter().map(|line| (line.kind, line.of_100)).collect();
        return Finding { text: text.same_inputs(&futures), distinguishable: false, agreement: None };
    }
    let changes = inputs::in_words(differing, text);
    let outcome = future_outcome(comparison, index).or_else(|| level_outcome(comparison, index, difference.as_ref(), text));
    let pairs = difference.as_ref().map_or(0, |d| d.statistics.n);
    let unclear = || match pairs < FEW_PAIRS {
        true => Outcome::TooFew { pairs, needed: FEW_PAIRS },
        false => Outcome::Unclear { agreement: agreement.unwrap_or(0) },
    };
    let outcome = outcome.unwrap_or_else(unclear);
    Finding {
        distinguishable: !matches!(outcome, Outcome::Unclear { .. } | Outcome::TooFew { .. }),
        text: text.finding(&changes, &outcome),
        agreement: agreement.map(|n| n as u32),
    }
}

/// The paired difference in fragmentation in the last common quarter.
pub(crate) fn fragmentation(comparison: &Comparison, index: usize) -> Option<PairedDifference> {
    let (a, b) = (&comparison.ensembles[0], &comparison.ensembles[index]);
    let at = (a.layout.find("fragmentation", &Entity::World, None)?, b.layout.find("fragmentation", &Entity::World, None)?);
    Some(paired(a, b, comparison.last_row(index), at))
}

fn future_outcome(comparison: &Comparison, index: usize) -> Option<Outcome> {
    let (a, b) = (&comparison.ensembles[0], &comparison.ensembles[index]);
    let ends = |k: usize| {
        let hits = |e: &Ensemble| e.runs.iter().map(|run| f64::from(u8::from(class(run.future) == k))).collect::<Vec<f64>>();
        let (left, right) = (hits(a), hits(b));
        let n = left.len().min(right.len());
        PairedDifference::of(&left[..n], &right[..n])
    };
    let shares = |i: usize| parts_of_100(&by_kind(&comparison.findings[i]));
    let (from, to) = (shares(0), shares(index));
    let largest = (0..KINDS.len()).max_by_key(|k| from[*k].abs_diff(to[*k]))?;
    let told = ends(largest).distinguishable() && from[largest] != to[largest];
    told.then(|| Outcome::Future { kind: KINDS[largest], from: from[largest], to: to[largest] })
}

fn level_outcome(comparison: &Comparison, index: usize, difference: Option<&PairedDifference>, text: Text) -> Option<Outcome> {
    let difference = difference.filter(|d| d.distinguishable())?;
    let at = |i: usize| comparison.ensembles[i].layout.find("fragmentation", &Entity::World, None);
    let row = comparison.last_row(index);
    let mean = |i: usize| Some(crate::words::number(comparison.findings[i].at(row, at(i)?).mean));
    Some(Outcome::Level {
        name: text.phrase(Indicator::find("fragmentation")?.name),
        from: mean(0)?,
        to: mean(index)?,
        agreement: (difference.agreement() * 100.0).floor() as usize,
        higher: difference.share_higher >= difference.share_lower,
    })
}
