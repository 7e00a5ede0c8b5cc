//! Speed: reference workloads, run by the engine as it stands and timed.

use std::path::Path;

use faultline_models::ensemble::{Control, Ensemble};
use faultline_models::findings::Findings;
use faultline_models::layout::Entity;
use faultline_models::run::Setting;
use faultline_models::scenario::{Adjust, Scenario, SourceText, load};

use crate::clock::{CpuTime, Stopwatch};
use crate::disk;
use crate::jobs::in_pool;
use crate::refusal::Refusal;
use crate::scenarios;

const ADOPT_1: &str = include_str!("../workloads/adopt-1.toml");

/// Partners per adopter in ADOPT-1.
const PARTNERS: usize = 8;

/// Ticks at which counts are written down.
const TICKS: [usize; 4] = [0, 10, 40, 80];

/// What to run of ADOPT-1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Firms {
    /// Adopters, called firms there.
    pub firms: usize,
    /// Runs.
    pub runs: usize,
    /// First seed.
    pub seed: u32,
    /// Threads.
    pub threads: usize,
}

/// What ADOPT-1 took, and what came out.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Wall-clock seconds.
    pub seconds: f64,
    /// Wall-clock nanoseconds per adopter and tick.
    pub wall: f64,
    /// CPU nanoseconds per adopter and tick, all threads together.
    pub cpu: f64,
    /// Users by run and tick: `(run, tick, counts)`, counts by bloc and standard.
    pub counts: Vec<(usize, usize, Vec<u64>)>,
}

/// Runs of a scenario to be timed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ensembles {
    /// Runs.
    pub runs: usize,
    /// Adopters instead of the scenario's.
    pub adopters: Option<usize>,
    /// Threads; `None` for all cores.
    pub threads: Option<usize>,
}

/// What an ensemble and its findings took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Taken {
    /// Wall-clock seconds.
    pub seconds: f64,
    /// Seconds of processor time, all threads together.
    pub cpu: f64,
    /// Adopters of the scenario.
    pub adopters: usize,
}

/// Runs a scenario with all indicators and works out its findings; the clock covers preparation, runs and findings.
///
/// # Errors
/// When the scenario cannot be opened or the threads cannot be started.
pub fn ensemble(scenario: &str, workload: Ensembles) -> Result<Taken, Refusal> {
    let scenario = scenarios::open(scenario, &Adjust { adopters: workload.adopters, ..Adjust::default() })?.scenario;
    in_pool(workload.threads, || {
        let (watch, cpu) = (Stopwatch::start(), CpuTime::now());
        let ensemble = Ensemble::run(&scenario, 1, workload.runs, &Control::default());
        // The findings are part of what a refresh takes; nothing else is done with them.
        let findings = Findings::of(&ensemble);
        findings.prepare_all();
        std::hint::black_box(findings);
        Taken { seconds: watch.seconds(), cpu: cpu.seconds(), adopters: scenario.sizes.adopters }
    })
}

/// Runs ADOPT-1 on the network in `folder`, a file `graph_<firms>_8.bin` of little-endian 32-bit numbers.
///
/// The clock covers making the runs and all ticks with their counts, not reading the network.
///
/// # Errors
/// When the file cannot be read or does not fit, or the threads cannot be started.
pub fn adopt_1(folder: &Path, workload: Firms) -> Result<Measured, Refusal> {
    let path = folder.join(format!("graph_{}_{PARTNERS}.bin", workload.firms));
    let bytes = disk::read_bytes(&path, (4 * PARTNERS * workload.firms) as u64)?;
    let partners = bytes.chunks_exact(4).map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]])).collect();
    let scenario = scenario(workload.firms)?;
    let setting = Setting::with_network(&scenario, partners).map_err(|problem| Refusal::input(format!("{}: {problem}", path.display())))?;
    let Ok(setting) = setting.measuring(&["adoption-share"]) else { unreachable!("the indicator is in the list") };
    in_pool(Some(workload.threads), || {
        let (watch, cpu) = (Stopwatch::start(), CpuTime::now());
        let ensemble = Ensemble::of(&setting, workload.seed, workload.runs, &Control::default());
        let (seconds, cpu) = (watch.seconds(), cpu.seconds());
        let agent_ticks = (workload.firms * (ensemble.rows() - 1) * workload.runs) as f64;
        Measured { seconds, wall: seconds * 1e9 / agent_ticks, cpu: cpu * 1e9 / agent_ticks, counts: counts(&ensemble, &setting) }
    })
}

fn scenario(firms: usize) -> Result<Scenario, Refusal> {
    let own = SourceText { id: "adopt-1".to_owned(), path: "adopt-1.toml".to_owned(), text: ADOPT_1.to_owned() };
    let adjust = Adjust { adopters: Some(firms), ..Adjust::default() };
    load(&[own], &adjust)
        .map_err(|problems| Refusal::input(problems.iter().map(|p| format!("{}: {}", p.key, p.message)).collect::<Vec<_>>().join("; ")))
}

/// Shares times numbers: all adopters are of one size, so a count is a whole number up to rounding of the share.
fn counts(ensemble: &Ensemble, setting: &Setting) -> Vec<(usize, usize, Vec<u64>)> {
    let scenario = &ensemble.scenario;
    let adopters = setting.adopters_by_market();
    let cells = (0..scenario.blocs.len()).flat_map(|b| (0..scenario.standards()).map(move |s| (b, s)));
    let columns: Vec<(usize, usize)> =
        cells.filter_map(|(b, s)| Some((b, ensemble.layout.find("adoption-share", &Entity::BlocStandard(b, Some(s)), Some(0))?))).collect();
    let of = |run: usize, tick: usize| columns.iter().map(|(b, c)| (ensemble.runs[run].at(tick, *c) * adopters[*b] as f64).round() as u64).collect();
    (0..ensemble.runs.len()).flat_map(|run| TICKS.map(|tick| (run, tick, of(run, tick)))).collect()
}

/// Counts as lines `run,tick,` and the counts, in the format that the comparison of implementations reads.
pub fn statistics(measured: &Measured) -> String {
    let line = |(run, tick, counts): &(usize, usize, Vec<u64>)| {
        let counts: Vec<String> = counts.iter().map(u64::to_string).collect();
        format!("{run},{tick},{}\n", counts.join(","))
    };
    measured.counts.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(firms: usize) -> Vec<u8> {
        (0..firms).flat_map(|i| (1..=PARTNERS).map(move |k| ((i + k) % firms) as u32)).flat_map(u32::to_le_bytes).collect()
    }

    #[test]
    fn the_workload_counts_every_firm_and_needs_its_network() {
        let folder = tempfile::tempdir().unwrap();
        let workload = Firms { firms: 200, runs: 5, seed: 1, threads: 1 };
        assert!(adopt_1(folder.path(), workload).unwrap_err().message.contains("graph_200_8.bin"));
        std::fs::write(folder.path().join("graph_200_8.bin"), ring(200)).unwrap();
        let measured = adopt_1(folder.path(), workload).unwrap();
        assert_eq!(measured.counts.len(), 20);
        assert!(measured.counts.iter().all(|(_, _, counts)| counts.len() == 12 && counts.iter().sum::<u64>() == 200));
        let start = &measured.counts[0].2;
        assert_eq!((start[1], start[2], start[0] + start[3]), (0, 0, 60), "a bloc starts with its own text or the international one");
        std::fs::write(folder.path().join("graph_200_8.bin"), ring(100)).unwrap();
        assert!(adopt_1(folder.path(), workload).is_err());
    }
}
