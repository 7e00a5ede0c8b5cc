//! Running ensembles on all cores, with progress and a way to stop.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use faultline_models::ensemble::{Ensemble, group_size};
use faultline_models::indicators;
use faultline_models::run::{Setting, Way, run_group};
use faultline_models::scenario::Scenario;
use faultline_models::trajectory::Trajectory;
use rayon::prelude::*;

use crate::refusal::Refusal;
use crate::words::count;

const GIBIBYTE: f64 = (1u64 << 30) as f64;

/// Most memory that the runs of one request may take, in bytes.
const MAX_MEMORY: f64 = 8.0 * GIBIBYTE;

/// What to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Runs per scenario.
    pub runs: usize,
    /// First seed; run `i` has seed `seed + i`, the same in every scenario.
    pub seed: u32,
    /// Number of threads; `None` for all cores.
    pub threads: Option<usize>,
}

/// How a client follows the work, and stops it.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    /// Set it to stop: groups of runs that are done are kept, no further one starts.
    pub cancel: &'a AtomicBool,
    /// Called after each group of runs with the number done over all scenarios; from several threads, not always in order.
    pub progress: &'a (dyn Fn(usize) + Sync),
}

/// Runs the scenarios with the same seeds, `plan.runs` of them from `plan.seed` on.
///
/// # Errors
/// As for [`run_seeds`].
pub fn run(scenarios: &[Scenario], plan: Plan, watch: Watch<'_>) -> Result<Vec<Ensemble>, Refusal> {
    let seeds: Vec<u32> = (0..plan.runs).map(|i| plan.seed.wrapping_add(i as u32)).collect();
    run_seeds(scenarios, &seeds, plan.threads, watch)
}

/// Runs the scenarios with the given seeds, group by group through all scenarios, so that a stopped job leaves as many complete
/// pairs as it can. All ensembles keep the seeds that every one of them has run.
///
/// # Errors
/// When the results would not fit into memory, the threads cannot be started, or it was stopped before any seed was complete.
pub fn run_seeds(scenarios: &[Scenario], seeds: &[u32], threads: Option<usize>, watch: Watch<'_>) -> Result<Vec<Ensemble>, Refusal> {
    check_memory(scenarios, seeds.len())?;
    let mut ensembles = in_pool(threads, || all_runs(scenarios, seeds, watch))?;
    keep_common(&mut ensembles);
    if ensembles.iter().any(|ensemble| ensemble.runs.is_empty()) {
        return Err(Refusal::interrupted("stopped before any run was complete in every scenario; nothing to show and nothing written"));
    }
    Ok(ensembles)
}

/// Does some work on the asked number of threads.
///
/// # Errors
/// When the threads cannot be started.
pub fn in_pool<T: Send>(threads: Option<usize>, work: impl FnOnce() -> T + Send) -> Result<T, Refusal> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).build();
    Ok(pool.map_err(|e| Refusal::failed(format!("the threads could not be started: {e}")))?.install(work))
}

/// Does the same to each item on the asked number of threads; results in the order of the items, or the first refusal.
///
/// # Errors
/// When the threads cannot be started, and what `work` refuses.
pub fn each<T: Sync, R: Send>(threads: Option<usize>, items: &[T], work: impl Fn(&T) -> Result<R, Refusal> + Sync) -> Result<Vec<R>, Refusal> {
    in_pool(threads, || items.par_iter().with_max_len(1).map(&work).collect())?
}

/// Groups of seeds in turn through all scenarios.
fn all_runs(scenarios: &[Scenario], seeds: &[u32], watch: Watch<'_>) -> Vec<Ensemble> {
    let settings: Vec<Setting> = scenarios.par_iter().map(Setting::new).collect();
    let done = AtomicUsize::new(0);
    let groups: Vec<&[u32]> = seeds.chunks(group_size(seeds.len() * scenarios.len(), rayon::current_num_threads())).collect();
    let one = |job: usize| -> Option<Vec<Trajectory>> {
        let seeds = groups[job / scenarios.len()];
        counted_group(&settings[job % scenarios.len()], seeds, watch, &done)
    };
    let jobs: Vec<Option<Vec<Trajectory>>> = (0..groups.len() * scenarios.len()).into_par_iter().with_max_len(1).map(one).collect();
    let mut ensembles: Vec<Ensemble> = scenarios
        .iter()
        .zip(&settings)
        .map(|(scenario, setting)| Ensemble { scenario: scenario.clone(), layout: setting.layout.clone(), runs: Vec::new(), asked: seeds.len() })
        .collect();
    for (job, trajectories) in jobs.into_iter().enumerate() {
        ensembles[job % scenarios.len()].runs.extend(trajectories.into_iter().flatten().map(Arc::new));
    }
    ensembles
}

/// One number of each run, `[seed][scenario]`; the runs themselves are let go at once. Runs that were not done when it was stopped are
/// not a number.
///
/// # Errors
/// When the threads cannot be started.
pub fn values(scenarios: &[Scenario], seeds: &[u32], watch: Watch<'_>, read: impl Fn(&Trajectory) -> f64 + Sync) -> Result<Vec<Vec<f64>>, Refusal> {
    let done = AtomicUsize::new(0);
    let of = |scenario: &Scenario| -> Vec<f64> {
        let setting = Setting::new(scenario);
        let size = group_size(seeds.len() * scenarios.len(), rayon::current_num_threads());
        let groups: Vec<&[u32]> = seeds.chunks(size).collect();
        let some = |seeds: &&[u32]| match counted_group(&setting, seeds, watch, &done) {
            Some(trajectories) => trajectories.iter().map(&read).collect(),
            None => vec![f64::NAN; seeds.len()],
        };
        groups.par_iter().with_max_len(1).map(some).collect::<Vec<Vec<f64>>>().concat()
    };
    let by_scenario: Vec<Vec<f64>> = in_pool(None, || scenarios.par_iter().with_max_len(1).map(of).collect())?;
    Ok((0..seeds.len()).map(|i| by_scenario.iter().map(|values| values[i]).collect()).collect())
}

/// Runs a group unless it is stopped before its end, and tells the watcher.
fn counted_group(setting: &Setting, seeds: &[u32], watch: Watch<'_>, done: &AtomicUsize) -> Option<Vec<Trajectory>> {
    let trajectories = run_group(setting, seeds, Way::Fast, &|| watch.cancel.load(Ordering::Relaxed))?;
    (watch.progress)(done.fetch_add(seeds.len(), Ordering::Relaxed) + seeds.len());
    Some(trajectories)
}

/// Ensembles that grow group by group from the same first seed, so that a first picture does not wait for the last run.
pub struct Growth {
    scenarios: Vec<Scenario>,
    /// Made when the first further run of a scenario is needed.
    settings: Vec<Option<Setting>>,
    runs: Vec<Arc<Ensemble>>,
    seed: u32,
}

impl Growth {
    /// Starts from what is there already: for each scenario an ensemble of the seeds `seed`, `seed + 1`, … or nothing.
    pub fn new(scenarios: Vec<(Scenario, Option<Arc<Ensemble>>)>, seed: u32) -> Growth {
        let (mut own, mut settings, mut runs) = (Vec::new(), Vec::new(), Vec::new());
        for (scenario, there) in scenarios {
            let setting = there.is_none().then(|| Setting::new(&scenario));
            let empty =
                |setting: &Setting| Arc::new(Ensemble { scenario: scenario.clone(), layout: setting.layout.clone(), runs: Vec::new(), asked: 0 });
            runs.extend(there.or_else(|| setting.as_ref().map(empty)));
            settings.push(setting);
            own.push(scenario);
        }
        Growth { scenarios: own, settings, runs, seed }
    }

    /// Runs that every scenario has.
    pub fn done(&self) -> usize {
        self.runs.iter().map(|e| e.runs.len()).min().unwrap_or(0)
    }

    /// The ensembles, in the order of the scenarios.
    pub fn ensembles(&self) -> &[Arc<Ensemble>] {
        &self.runs
    }

    /// Grows every ensemble to at least `runs` runs; `asked` is what the user will get in the end. Says whether it was done: when it is
    /// stopped, whole seeds from the first one on are kept.
    ///
    /// # Errors
    /// When the threads cannot be started.
    pub fn grow(&mut self, runs: usize, asked: usize, watch: Watch<'_>) -> Result<bool, Refusal> {
        let groups = self.missing(runs);
        for (s, setting) in self.settings.iter_mut().enumerate() {
            if setting.is_none() && groups.iter().any(|(needed, _)| *needed == s) {
                *setting = Some(Setting::new(&self.scenarios[s]));
            }
        }
        let (settings, seed, done) = (&self.settings, self.seed, AtomicUsize::new(0));
        let one = |(s, range): &(usize, Range<usize>)| -> Option<Vec<Trajectory>> {
            let seeds: Vec<u32> = range.clone().map(|i| seed.wrapping_add(i as u32)).collect();
            counted_group(settings[*s].as_ref()?, &seeds, watch, &done)
        };
        let results: Vec<Option<Vec<Trajectory>>> = groups.par_iter().with_max_len(1).map(one).collect();
        let complete = results.iter().all(Option::is_some);
        let mut fresh: Vec<Vec<Arc<Trajectory>>> = vec![Vec::new(); self.runs.len()];
        for ((s, range), trajectories) in groups.into_iter().zip(results) {
            // After a gap nothing further is kept: the seeds of an ensemble are the first ones without exception.
            if self.runs[s].runs.len() + fresh[s].len() == range.start {
                fresh[s].extend(trajectories.into_iter().flatten().map(Arc::new));
            }
        }
        for (ensemble, fresh) in self.runs.iter_mut().zip(fresh).filter(|(_, fresh)| !fresh.is_empty()) {
            // Others may be drawing what was there before, so that it is left as it is.
            let mut grown = Ensemble { asked: asked.max(ensemble.asked), ..(**ensemble).clone() };
            grown.runs.extend(fresh);
            *ensemble = Arc::new(grown);
        }
        Ok(complete)
    }

    /// The runs that are missing up to `runs`, in groups, the first seeds of all scenarios first.
    fn missing(&self, runs: usize) -> Vec<(usize, Range<usize>)> {
        let total: usize = self.runs.iter().map(|e| runs.saturating_sub(e.runs.len())).sum();
        let size = group_size(total, rayon::current_num_threads());
        let of = |(s, e): (usize, &Arc<Ensemble>)| {
            (e.runs.len()..runs).step_by(size).map(move |from| (s, from..(from + size).min(runs))).collect::<Vec<_>>()
        };
        let mut groups: Vec<(usize, Range<usize>)> = self.runs.iter().enumerate().flat_map(of).collect();
        groups.sort_by_key(|(s, range)| (range.start, *s));
        groups
    }
}

/// Keeps the seeds that all ensembles have.
fn keep_common(ensembles: &mut [Ensemble]) {
    let seeds = |ensemble: &Ensemble| ensemble.runs.iter().map(|run| run.seed).collect::<BTreeSet<u32>>();
    let common = ensembles.iter().map(seeds).reduce(|a, b| &a & &b).unwrap_or_default();
    ensembles.iter_mut().for_each(|ensemble| ensemble.runs.retain(|run| common.contains(&run.seed)));
}

fn check_memory(scenarios: &[Scenario], runs: usize) -> Result<(), Refusal> {
    let per_run: f64 = scenarios.iter().map(bytes_per_run).sum();
    let bytes = per_run * runs as f64;
    if bytes <= MAX_MEMORY {
        return Ok(());
    }
    Err(Refusal::input(format!(
        "{runs} runs of {} need {:.0} GiB of memory; at most {:.0} are used. Ask for at most {:.0} runs, for fewer scenarios, or for a shorter calendar (--to)",
        count(scenarios.len(), "scenario"),
        bytes / GIBIBYTE,
        MAX_MEMORY / GIBIBYTE,
        (MAX_MEMORY / per_run).floor()
    )))
}

/// What a run leaves in memory: its values, and the trace of texts, recognition, shares and alignment.
fn bytes_per_run(scenario: &Scenario) -> f64 {
    let (blocs, standards) = (scenario.blocs.len(), scenario.standards());
    let trace = standards * 16 + scenario.pairs().len() * 8 + blocs * standards * 8 + blocs + scenario.economies.len();
    ((indicators::columns(scenario) * 8 + scenario.domains.len() * trace) * scenario.calendar.rows) as f64
}

#[cfg(test)]
mod tests {
    use faultline_models::ensemble::Control;
    use faultline_models::scenario::Adjust;

    use super::*;
    use crate::refusal::Code;
    use crate::scenarios::open;

    fn small(id: &str) -> Scenario {
        let adjust = Adjust { adopters: Some(100), to: "2026Q4".parse().ok(), ..Adjust::default() };
        open(id, &adjust).unwrap().scenario
    }

    fn seeds(ensemble: &Ensemble) -> Vec<u32> {
        ensemble.runs.iter().map(|run| run.seed).collect()
    }

    #[test]
    fn the_same_seeds_give_the_same_runs_on_any_number_of_threads_and_in_any_company() {
        let (never, silent) = (AtomicBool::new(false), |_: usize| ());
        let watch = Watch { cancel: &never, progress: &silent };
        let plan = |threads| Plan { runs: 6, seed: 7, threads: Some(threads) };
        let together = run(&[small("today-extended"), small("decoupling")], plan(2), watch).unwrap();
        let alone = Ensemble::run(&small("decoupling"), 7, 6, &Control::default());
        let bits = |ensemble: &Ensemble| ensemble.runs.iter().flat_map(|run| run.values.iter().map(|v| v.to_bits())).collect::<Vec<_>>();
        assert_eq!(bits(&together[1]), bits(&alone));
        assert_eq!(bits(&run(&[small("decoupling")], plan(1), watch).unwrap()[0]), bits(&alone));
    }

    #[test]
    fn a_stopped_job_keeps_the_seeds_that_all_scenarios_have() {
        let cancel = AtomicBool::new(false);
        // Runs go in groups of 32: after three of them, one of the two threads has done a group of both scenarios.
        let stop_after = |done: usize| cancel.store(done >= 96, Ordering::Relaxed);
        let plan = Plan { runs: 256, seed: 1, threads: Some(2) };
        let watch = Watch { cancel: &cancel, progress: &stop_after };
        let ensembles = run(&[small("today-extended"), small("decoupling")], plan, watch).unwrap();
        assert_eq!(seeds(&ensembles[0]), seeds(&ensembles[1]));
        assert!((2..256).contains(&ensembles[0].runs.len()));
        assert_eq!(ensembles[0].asked, 256);
    }

    #[test]
    fn an_ensemble_that_grew_is_the_one_that_was_run_at_once() {
        let (never, silent) = (AtomicBool::new(false), |_: usize| ());
        let watch = Watch { cancel: &never, progress: &silent };
        let alone = |n: usize| Arc::new(Ensemble::run(&small("decoupling"), 7, n, &Control::default()));
        let mut growth = Growth::new(vec![(small("today-extended"), None), (small("decoupling"), Some(alone(3)))], 7);
        assert_eq!(growth.done(), 0);
        for runs in [2, 5, 6] {
            assert!(growth.grow(runs, 6, watch).unwrap());
        }
        let bits = |ensemble: &Ensemble| ensemble.runs.iter().flat_map(|run| run.values.iter().map(|v| v.to_bits())).collect::<Vec<_>>();
        assert_eq!(bits(&growth.ensembles()[1]), bits(&alone(6)));
        assert_eq!(seeds(&growth.ensembles()[0]), (7..13).collect::<Vec<u32>>());
    }

    #[test]
    fn growth_that_is_stopped_keeps_the_first_seeds_without_a_gap() {
        let cancel = AtomicBool::new(false);
        // Runs go in groups of 32: of sixteen groups on however many threads, some are done when it stops and some are not.
        let stop = |done: usize| cancel.store(done >= 256, Ordering::Relaxed);
        let mut growth = Growth::new(vec![(small("decoupling"), None)], 1);
        assert!(!growth.grow(512, 512, Watch { cancel: &cancel, progress: &stop }).unwrap());
        let kept = seeds(&growth.ensembles()[0]);
        assert!(!kept.is_empty() && kept.len() < 512);
        assert_eq!(kept, (1..=kept.len() as u32).collect::<Vec<u32>>());
    }

    #[test]
    fn a_job_stopped_at_once_says_so() {
        let (stopped, silent) = (AtomicBool::new(true), |_: usize| ());
        let plan = Plan { runs: 5, seed: 1, threads: None };
        let refusal = run(&[small("decoupling")], plan, Watch { cancel: &stopped, progress: &silent }).unwrap_err();
        assert_eq!(refusal.code, Code::Interrupted);
    }

    #[test]
    fn too_many_runs_are_refused_before_they_start() {
        let (never, silent) = (AtomicBool::new(false), |_: usize| ());
        let scenario = open("decoupling", &Adjust { to: "2120Q4".parse().ok(), ..Adjust::default() }).unwrap().scenario;
        let plan = Plan { runs: 100_000, seed: 1, threads: None };
        let refusal = run(&[scenario], plan, Watch { cancel: &never, progress: &silent }).unwrap_err();
        assert!(refusal.message.contains("GiB of memory"), "{refusal}");
    }
}
