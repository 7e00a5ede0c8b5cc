//! Many seeds: runs on all cores, results in seed order whatever the threads did.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::layout::Layout;
use crate::run::{MOST_RUNS, Setting, Way, run_group};
use crate::scenario::Scenario;
use crate::trajectory::Trajectory;

/// What the caller may ask for while an ensemble runs.
#[derive(Default)]
pub struct Control<'a> {
    /// Set it to stop: groups of runs that are done are kept, no further one starts.
    pub cancel: Option<&'a AtomicBool>,
    /// Called after each group of runs with the number done so far; from several threads, not always in order.
    pub progress: Option<&'a (dyn Fn(usize) + Sync)>,
}

/// How many runs to put into a group: as many as go side by side, fewer where threads would stand idle.
pub fn group_size(runs: usize, threads: usize) -> usize {
    let share = runs.div_ceil(threads.max(1));
    [MOST_RUNS, MOST_RUNS / 2, MOST_RUNS / 4].into_iter().find(|size| *size <= share).unwrap_or(MOST_RUNS / 8)
}

/// The runs of one scenario, in seed order.
#[derive(Debug, Clone)]
pub struct Ensemble {
    /// The scenario.
    pub scenario: Scenario,
    /// Columns of every run.
    pub layout: Layout,
    /// Runs in seed order, shared with ensembles of more or fewer of them. When cancelled: those that were done, still in seed order.
    pub runs: Vec<Arc<Trajectory>>,
    /// How many were asked for.
    pub asked: usize,
}

impl Ensemble {
    /// Runs seeds `first_seed`, `first_seed + 1`, … (`runs` of them).
    pub fn run(scenario: &Scenario, first_seed: u32, runs: usize, control: &Control<'_>) -> Ensemble {
        Ensemble::of(&Setting::new(scenario), first_seed, runs, control)
    }

    /// The same for a scenario that was prepared before.
    pub fn of(setting: &Setting, first_seed: u32, runs: usize, control: &Control<'_>) -> Ensemble {
        let done = AtomicUsize::new(0);
        let cancelled = || control.cancel.is_some_and(|flag| flag.load(Ordering::Relaxed));
        let seeds: Vec<u32> = (0..runs).map(|i| first_seed.wrapping_add(u32::try_from(i).unwrap_or(u32::MAX))).collect();
        let group = |seeds: &[u32]| {
            let trajectories = run_group(setting, seeds, Way::Fast, &cancelled)?;
            let count = done.fetch_add(seeds.len(), Ordering::Relaxed) + seeds.len();
            if let Some(progress) = control.progress {
                progress(count);
            }
            Some(trajectories)
        };
        let results: Vec<Option<Vec<Trajectory>>> =
            seeds.par_chunks(group_size(runs, rayon::current_num_threads())).with_max_len(1).map(group).collect();
        Ensemble {
            scenario: setting.scenario.clone(),
            layout: setting.layout.clone(),
            runs: results.into_iter().flatten().flatten().map(Arc::new).collect(),
            asked: runs,
        }
    }

    /// The first runs of it, as an ensemble for which `asked` runs were asked.
    pub fn first(&self, runs: usize, asked: usize) -> Ensemble {
        let runs = self.runs.iter().take(runs).cloned().collect();
        Ensemble { scenario: self.scenario.clone(), layout: self.layout.clone(), runs, asked }
    }

    /// Number of rows of every run.
    pub fn rows(&self) -> usize {
        self.scenario.calendar.rows
    }

    /// The values of a column in a row over the runs.
    pub fn values(&self, row: usize, column: usize) -> Vec<f64> {
        self.runs.iter().map(|run| run.at(row, column)).collect()
    }
}

/// The results of `runs` runs in their order, worked out on all cores.
pub(crate) fn in_order<T: Send>(runs: usize, run: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    (0..runs).into_par_iter().map(run).collect()
}
