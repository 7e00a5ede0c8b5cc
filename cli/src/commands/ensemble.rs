//! From a request to a comparison: what several commands do first.

use std::sync::atomic::Ordering;

use faultline_api::Refusal;
use faultline_api::ask::{Ask, Asked};
use faultline_api::clock::Stopwatch;
use faultline_api::compare::Comparison;
use faultline_api::jobs::{self, Watch};
use faultline_api::words::count;

use crate::options::RunOptions;
use crate::progress::{bar, cancelled};
use crate::terminal::{Ending, Terminal};

/// The request as typed.
pub(super) fn ask(scenarios: &[String], options: &RunOptions) -> Ask {
    Ask {
        scenarios: scenarios.to_vec(),
        set: options.set.clone(),
        runs: options.runs.clone(),
        seed: options.seed.clone(),
        adopters: options.adopters.clone(),
        from: options.from.clone(),
        to: options.to.clone(),
        threads: options.threads.clone(),
    }
}

/// Runs what was asked; the first scenario is the baseline.
pub(super) fn run(asked: Asked, terminal: &Terminal) -> Result<(Comparison, Ending), Refusal> {
    let scenarios: Vec<_> = asked.loaded.iter().map(|loaded| loaded.scenario.clone()).collect();
    let cancel = cancelled();
    let bar = bar(terminal, asked.plan.runs * scenarios.len());
    let clock = Stopwatch::start();
    let progress = |done: usize| bar.set_position(bar.position().max(done as u64));
    let ensembles = jobs::run(&scenarios, asked.plan, Watch { cancel, progress: &progress });
    bar.finish_and_clear();
    let ensembles = ensembles?;
    terminal.detail(format!("{} in {:.2} s", count(ensembles.iter().map(|e| e.runs.len()).sum(), "run"), clock.seconds()));
    let comparison = jobs::in_pool(asked.plan.threads, || Comparison::new(asked.loaded, ensembles, asked.plan.seed))?;
    let stopped = cancel.load(Ordering::Relaxed);
    if stopped {
        terminal.note(format!("Stopped: the results use {}.", comparison.runs_label()));
    }
    Ok((comparison, if stopped { Ending::Interrupted } else { Ending::Done }))
}
