//! Running ensembles on all cores, with progress and a way to stop.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use faultline_models::ensemble::{Control, Ensemble};
use faultline_models::indicators;
use faultline_models::scenario::Scenario;

use crate::refusal::Refusal;

/// Most memory that the runs of one request may take, in bytes.
const MAX_MEMORY: f64 = 8.0 * (1u64 << 30) as f64;

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

/// Runs the scenarios one after the other with the same seeds.
///
/// `progress` is called with the number of runs done over all scenarios; setting `cancel` stops between runs. All ensembles
/// keep the seeds that every one of them has run, so that they stay paired.
///
/// # Errors
/// When the results would not fit into memory, or the threads cannot be started.
pub fn run(scenarios: &[Scenario], plan: Plan, cancel: &AtomicBool, progress: &(dyn Fn(usize) + Sync)) -> Result<Vec<Ensemble>, Refusal> {
    check_memory(scenarios, plan)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(plan.threads.unwrap_or(0)).build();
    let pool = pool.map_err(|e| Refusal::failed(format!("the threads could not be started: {e}")))?;
    let mut ensembles: Vec<Ensemble> = Vec::new();
    for (i, scenario) in scenarios.iter().enumerate() {
        let report = |done: usize| progress(i * plan.runs + done);
        let control = Control { cancel: Some(cancel), progress: Some(&report) };
        ensembles.push(pool.install(|| Ensemble::run(scenario, plan.seed, plan.runs, &control)));
    }
    if cancel.load(Ordering::Relaxed) {
        keep_common(&mut ensembles);
    }
    Ok(ensembles)
}

/// Keeps the seeds that all ensembles have.
fn keep_common(ensembles: &mut [Ensemble]) {
    let seeds = |ensemble: &Ensemble| ensemble.runs.iter().map(|run| run.seed).collect::<BTreeSet<u32>>();
    let common = ensembles.iter().map(seeds).reduce(|a, b| &a & &b).unwrap_or_default();
    ensembles.iter_mut().for_each(|ensemble| ensemble.runs.retain(|run| common.contains(&run.seed)));
}

fn check_memory(scenarios: &[Scenario], plan: Plan) -> Result<(), Refusal> {
    let columns = |s: &Scenario| indicators::columns(s) as f64 * s.calendar.rows as f64;
    let bytes: f64 = scenarios.iter().map(|s| 8.0 * plan.runs as f64 * columns(s)).sum();
    if bytes <= MAX_MEMORY {
        return Ok(());
    }
    let most = (plan.runs as f64 * MAX_MEMORY / bytes).floor();
    Err(Refusal::input(format!(
        "{} runs of {} scenarios need {:.0} GiB of memory; at most 8 are used. Ask for at most {most} runs, or a shorter calendar",
        plan.runs,
        scenarios.len(),
        bytes / f64::from(1u32 << 30)
    )))
}
