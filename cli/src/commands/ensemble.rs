//! From options to a comparison: what several commands do first.

use std::sync::atomic::Ordering;

use faultline_api::Refusal;
use faultline_api::ask::{Ask, Moved};
use faultline_api::clock::Stopwatch;
use faultline_api::compare::Comparison;
use faultline_api::jobs::{self, Watch};

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

/// Checks, loads and runs; the first scenario is the baseline.
pub(super) fn run(ask: &Ask, moved: Moved, terminal: &Terminal) -> Result<(Comparison, Ending), Refusal> {
    let asked = ask.check(moved)?;
    let scenarios: Vec<_> = asked.loaded.iter().map(|loaded| loaded.scenario.clone()).collect();
    let cancel = cancelled();
    let bar = bar(terminal, asked.plan.runs * scenarios.len());
    let clock = Stopwatch::start();
    let progress = |done: usize| bar.set_position(bar.position().max(done as u64));
    let ensembles = jobs::run(&scenarios, asked.plan, Watch { cancel, progress: &progress });
    bar.finish_and_clear();
    let ensembles = ensembles?;
    terminal.detail(format!("{} runs in {:.2} s", ensembles.iter().map(|e| e.runs.len()).sum::<usize>(), clock.seconds()));
    let comparison = jobs::in_pool(asked.plan.threads, || Comparison::new(asked.loaded, ensembles, asked.plan.seed))?;
    let stopped = cancel.load(Ordering::Relaxed);
    if stopped {
        terminal.note(format!("Stopped: the results use {}.", comparison.runs_label()));
    }
    Ok((comparison, if stopped { Ending::Interrupted } else { Ending::Done }))
}
