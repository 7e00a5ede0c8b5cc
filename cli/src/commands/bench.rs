//! `bench`: reference workloads, timed.

use faultline_api::bench::{self, Ensembles, Firms};
use faultline_api::{Refusal, disk};

use crate::options::{Adopt1, Bench, TimedEnsemble, Workload};
use crate::terminal::Terminal;

pub(super) fn bench(options: &Bench, terminal: &Terminal) -> Result<(), Refusal> {
    match &options.workload {
        Workload::Adopt1(options) => adopt_1(options, terminal),
        Workload::Ensemble(options) => ensemble(options, terminal),
    }
}

/// One line per repetition, in the format of the other tools’ programs.
fn adopt_1(options: &Adopt1, terminal: &Terminal) -> Result<(), Refusal> {
    let firms = Firms { firms: options.firms as usize, runs: options.runs as usize, seed: 1, threads: usize::from(options.threads) };
    for rep in 0..options.reps {
        let measured = bench::adopt_1(&options.graph, firms)?;
        terminal.say(format!(
            "faultline N={} K=8 R={} thr={} rep={rep} sec={:.6} ns_per_agent_tick={:.3} cpu_ns={:.3}",
            firms.firms, firms.runs, firms.threads, measured.seconds, measured.wall, measured.cpu
        ));
        if let Some(path) = options.stats.as_ref().filter(|_| rep + 1 == options.reps) {
            disk::write_file(path, bench::statistics(&measured).as_bytes(), true)?;
        }
    }
    Ok(())
}

fn ensemble(options: &TimedEnsemble, terminal: &Terminal) -> Result<(), Refusal> {
    let threads = options.threads.map(usize::from);
    let ensembles = Ensembles { runs: options.runs as usize, adopters: options.adopters.map(|n| n as usize), threads };
    for rep in 0..options.reps {
        let measured = bench::ensemble(&options.scenario, ensembles)?;
        terminal.say(format!(
            "faultline scenario={} R={} adopters={} rep={rep} sec={:.6} cpu_sec={:.6} ms_per_run={:.3}",
            options.scenario,
            options.runs,
            measured.adopters,
            measured.seconds,
            measured.cpu,
            1e3 * measured.cpu / f64::from(options.runs)
        ));
    }
    Ok(())
}
