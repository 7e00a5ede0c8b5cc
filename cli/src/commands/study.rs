//! `study`: many points of a space of assumptions, streamed to Parquet, resumed where it was stopped.

use std::sync::atomic::{AtomicBool, Ordering};

use faultline_api::Refusal;
use faultline_api::ask::Ask;
use faultline_api::clock::Stopwatch;
use faultline_api::jobs::Watch;
use faultline_api::study::{self, StudyAsk};
use faultline_api::words::count;

use crate::options::{Quarters, Study};
use crate::progress::{bar, cancelled};
use crate::terminal::{Ending, Terminal, plain};

pub(super) fn study(options: &Study, terminal: &Terminal) -> Result<Ending, Refusal> {
    let study = ask(options).check()?;
    let cancel = cancelled();
    let bar = bar(terminal, study.runs());
    let clock = Stopwatch::start();
    let first = AtomicBool::new(true);
    let progress = |done: usize| {
        bar.set_position(bar.position().max(done as u64));
        if first.swap(false, Ordering::Relaxed) {
            // What was there before says nothing about the time that is left.
            bar.reset_eta();
        }
    };
    let result = study::run(&study, Watch { cancel, progress: &progress });
    bar.finish_and_clear();
    let result = result?;
    let folder = plain(&options.out.display().to_string());
    terminal.detail(format!("{} in {:.2} s", count(result.done - result.found, "part"), clock.seconds()));
    if terminal.json {
        terminal.answer(&result)?;
    } else {
        terminal.say(format!(
            "{} of {} points × {} in {} of {} in {folder}{}",
            count(result.runs, "run"),
            result.points,
            count(result.runs_per_point, "run"),
            result.done,
            count(result.parts, "part"),
            if result.found > 0 { format!("; {} were there before", result.found) } else { String::new() }
        ));
    }
    if result.complete() {
        return Ok(Ending::Done);
    }
    terminal.note("Stopped: what is whole is kept. Give the same command again to go on.");
    Ok(Ending::Interrupted)
}

/// The request as typed.
fn ask(options: &Study) -> StudyAsk {
    let runs = &options.runs;
    StudyAsk {
        ask: Ask {
            scenarios: vec![options.scenario.clone()],
            set: runs.set.clone(),
            runs: runs.runs.clone(),
            seed: runs.seed.clone(),
            adopters: runs.adopters.clone(),
            from: runs.from.clone(),
            to: runs.to.clone(),
            threads: runs.threads.clone(),
        },
        vary: options.vary.clone(),
        points: options.points.clone(),
        design: options.design.clone(),
        indicators: options.indicators.clone(),
        by_domain: options.by_domain,
        quarters: Some(match options.quarters {
            Quarters::Last => study::Quarters::Last,
            Quarters::Yearly => study::Quarters::Yearly,
            Quarters::All => study::Quarters::All,
        }),
        runs_per_part: options.runs_per_part.clone(),
        out: options.out.clone(),
    }
}
