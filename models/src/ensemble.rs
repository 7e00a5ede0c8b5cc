//! Many seeds: runs on all cores, results in seed order whatever the threads did.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::layout::Layout;
use crate::run::{Setting, run};
use crate::scenario::Scenario;
use crate::trajectory::Trajectory;

/// What the caller may ask for while an ensemble runs.
#[derive(Default)]
pub struct Control<'a> {
    /// Set it to stop: runs that are done are kept, no further one starts.
    pub cancel: Option<&'a AtomicBool>,
    /// Called after each run with the number done so far; from several threads, not always in order.
    pub progress: Option<&'a (dyn Fn(usize) + Sync)>,
}

/// The runs of one scenario, in seed order.
#[derive(Debug, Clone)]
pub struct Ensemble {
    /// The scenario.
    pub scenario: Scenario,
    /// Columns of every run.
    pub layout: Layout,
    /// Runs in seed order. When cancelled: those that were done, still in seed order.
    pub runs: Vec<Trajectory>,
    /// How many were asked for.
    pub asked: usize,
}

impl Ensemble {
    /// Runs seeds `first_seed`, `first_seed + 1`, … (`runs` of them).
    pub fn run(scenario: &Scenario, first_seed: u32, runs: usize, control: &Control<'_>) -> Ensemble {
        let setting = Setting::new(scenario);
        let done = AtomicUsize::new(0);
        let cancelled = || control.cancel.is_some_and(|flag| flag.load(Ordering::Relaxed));
        let results: Vec<Option<Trajectory>> = (0..runs)
            .into_par_iter()
            .with_max_len(1)
            .map(|i| {
                if cancelled() {
                    return None;
                }
                let seed = first_seed.wrapping_add(u32::try_from(i).unwrap_or(u32::MAX));
                let trajectory = run(&setting, seed);
                let count = done.fetch_add(1, Ordering::Relaxed) + 1;
                if let Some(progress) = control.progress {
                    progress(count);
                }
                Some(trajectory)
            })
            .collect();
        Ensemble { scenario: scenario.clone(), layout: setting.layout.clone(), runs: results.into_iter().flatten().collect(), asked: runs }
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
