//! Running ensembles on all cores, with progress and a way to stop.

use std::collections::BTreeSet;
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
    let stopped = || watch.cancel.load(Ordering::Relaxed);
    let groups: Vec<&[u32]> = seeds.chunks(group_size(seeds.len() * scenarios.len(), rayon::current_num_threads())).collect();
    let one = |job: usize| -> Option<Vec<Trajectory>> {
        let seeds = groups[job / scenarios.len()];
        let trajectories = run_group(&settings[job % scenarios.len()], seeds, Way::Fast, &stopped)?;
        (watch.progress)(done.fetch_add(seeds.len(), Ordering::Relaxed) + seeds.len());
        Some(trajectories)
    };
    let jobs: Vec<Option<Vec<Trajectory>>> = (0..groups.len() * scenarios.len()).into_par_iter().with_max_len(1).map(one).collect();
    let mut ensembles: Vec<Ensemble> = scenarios
        .iter()
        .zip(&settings)
        .map(|(scenario, setting)| Ensemble { scenario: scenario.clone(), layout: setting.layout.clone(), runs: Vec::new(), asked: seeds.len() })
        .collect();
    for (job, trajectories) in jobs.into_iter().enumerate() {
        ensembles[job % scenarios.len()].runs.extend(trajectories.into_iter().flatten());
    }
    ensembles
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
        let stop_after = |done: usize| cancel.store(done >= 7, Ordering::Relaxed);
        let plan = Plan { runs: 50, seed: 1, threads: Some(2) };
        let watch = Watch { cancel: &cancel, progress: &stop_after };
        let ensembles = run(&[small("today-extended"), small("decoupling")], plan, watch).unwrap();
        assert_eq!(seeds(&ensembles[0]), seeds(&ensembles[1]));
        assert!((2..50).contains(&ensembles[0].runs.len()));
        assert_eq!(ensembles[0].asked, 50);
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
