//! `cargo xtask bench`: reference workloads, whole ensembles and criterion's estimates into the table of docs/performance.md.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::markers::{replaced, table};
use crate::rivals::{self, Rivals};
use crate::shell::{release_binary, run_cargo, top};
use crate::speed_chart;

/// Arguments of this chore, for the help.
pub const ARGUMENTS: &str = "[RIVALS]";

/// Measures everything and renews the table. An argument names the folder with the other tools' programs.
///
/// # Errors
/// When something does not build or run, or the table cannot be written.
pub fn bench(arguments: &[String]) -> Outcome {
    let named = match arguments {
        [] => None,
        [folder] if !folder.starts_with('-') => Some(folder.as_str()),
        _ => return Err("name at most one folder, that of the other tools' programs".to_owned()),
    };
    let binary = release_binary()?;
    let path = top().join("docs/performance.md");
    let document = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let rivals = rivals::ready(named, &FIRMS)?;
    let same = rivals.same_answer(&binary).unwrap_or_default();
    let adopt = adopt_1(&binary, rivals)?;
    draw(&adopt)?;
    let ensembles = ensembles(&binary)?;
    let measured: Vec<Vec<String>> = adopt.iter().map(firm_row).chain(ensembles).collect();
    let renew = |estimates: Vec<Vec<String>>| {
        let rows = measured.iter().cloned().chain(estimates).map(|row| with_former(row, &document)).collect::<Vec<_>>();
        let columns = ["what", "CPU time", "wall clock", "peak memory", "CPU time before"];
        let head = format!("Measured on {}.", machine());
        let parts = [head, table(&columns, rows), ratios(&adopt), same.clone(), CHART_SHOWN.to_owned()];
        let block = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
        // Read again: somebody may have written in it meanwhile.
        let now = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        fs::write(&path, replaced(&now, "bench", &block)?).map_err(|e| format!("{}: {e}", path.display()))?;
        Ok::<String, String>(block)
    };
    // Written before the last part as well, which takes long to build.
    renew(Vec::new())?;
    run_cargo(&["bench", "--locked", "--package", "faultline-tests"], &[])?;
    println!("{}", renew(estimates(&top().join("target/criterion")))?);
    Ok(())
}

/// A row of the table for a tool on ADOPT-1.
fn firm_row((name, ns): &(String, f64)) -> Vec<String> {
    vec![name.clone(), format!("{ns:.2} ns per firm-tick"), "–".to_owned(), "–".to_owned()]
}

/// Adds the CPU time that the document had for the same thing.
fn with_former(mut row: Vec<String>, document: &str) -> Vec<String> {
    let former = document.lines().find_map(|line| line.strip_prefix(&format!("| {} | ", row[0]))?.split(" | ").next());
    row.push(former.unwrap_or("–").to_owned());
    row
}

/// Firms of ADOPT-1.
const FIRMS: [usize; 3] = [1_000, 10_000, 100_000];

/// Name of the engine's ensemble or single run of ADOPT-1.
fn engine(firms: usize, runs: usize) -> String {
    let what = if runs == 1 { "one run".to_owned() } else { format!("{runs} runs side by side") };
    format!("ADOPT-1, {firms} firms, {what}")
}

/// Runs side by side in a measurement.
const SIDE_BY_SIDE: usize = 96;

/// How often every tool has its turn.
const TURNS: usize = 3;

/// ADOPT-1 as ensemble and as single run, and beside it the other tools: CPU nanoseconds per firm and tick, the middle of all turns.
/// Tools take turns, so that a busy machine is busy for all.
fn adopt_1(binary: &Path, rivals: Rivals) -> Result<Vec<(String, f64)>, String> {
    let mut tools: Vec<(String, Command)> = Vec::new();
    for firms in FIRMS {
        for runs in [SIDE_BY_SIDE, 1] {
            let reps = if runs == 1 { 200_000 / firms } else { 1 };
            let mut command = Command::new(binary);
            command.args(["bench", "adopt-1", "--threads", "1", "--firms", &firms.to_string(), "--runs", &runs.to_string()]);
            command.args(["--reps", &reps.to_string(), "--graph"]).arg(&rivals.graphs);
            tools.push((engine(firms, runs), command));
        }
    }
    tools.extend(rivals.tools);
    let mut found: Vec<Vec<f64>> = vec![Vec::new(); tools.len()];
    for turn in 1..=TURNS {
        for ((name, command), found) in tools.iter_mut().zip(&mut found) {
            eprintln!("turn {turn} of {TURNS}: {name}");
            let output = command.output().map_err(|e| format!("{name}: {e}"))?;
            found.push(middle(values(&String::from_utf8_lossy(&output.stdout), "cpu_ns=")).ok_or_else(|| format!("{name} printed no cpu_ns="))?);
        }
    }
    Ok(tools.into_iter().zip(found).filter_map(|((name, _), found)| Some((name, middle(found)?))).collect())
}

/// How many times slower the other tools are than the engine, side by side and one run at a time.
fn ratios(named: &[(String, f64)]) -> String {
    let of = |wanted: &str| named.iter().find(|(name, _)| name == wanted).map(|(_, ns)| *ns);
    let Some((together, alone)) = of(&engine(rivals::FIRMS, SIDE_BY_SIDE)).zip(of(&engine(rivals::FIRMS, 1))) else { return String::new() };
    let own: Vec<String> = FIRMS.into_iter().flat_map(|firms| [engine(firms, SIDE_BY_SIDE), engine(firms, 1)]).collect();
    let prefix = format!("ADOPT-1, {} firms, ", rivals::FIRMS);
    let row = |(name, ns): &(String, f64)| {
        let times = |own: f64| format!("{:.0}", ns / own);
        vec![name.strip_prefix(&prefix).unwrap_or(name).to_owned(), times(together), times(alone)]
    };
    let rows: Vec<Vec<String>> = named.iter().filter(|(name, _)| !own.contains(name)).map(row).collect();
    if rows.is_empty() { String::new() } else { table(&["times slower than the engine", "side by side", "one run"], rows) }
}

/// Where the picture of the reference workload lies, and how the document shows it.
const CHART: &str = "docs/images/speed.svg";
const CHART_SHOWN: &str = "![CPU time per firm and tick on ADOPT-1: the engine beside the other tools](images/speed.svg)";

/// Draws the figures of the reference workload.
fn draw(named: &[(String, f64)]) -> Outcome {
    let own: Vec<String> = FIRMS.into_iter().flat_map(|firms| [engine(firms, SIDE_BY_SIDE), engine(firms, 1)]).collect();
    let figure = |(name, ns): &(String, f64)| (name.strip_prefix("ADOPT-1, ").unwrap_or(name).to_owned(), *ns, own.contains(name));
    let svg = speed_chart::chart(&named.iter().map(figure).collect::<Vec<_>>());
    fs::write(top().join(CHART), svg).map_err(|e| format!("{CHART}: {e}"))
}

/// The numbers behind a key in the output of a tool.
fn values(text: &str, key: &str) -> Vec<f64> {
    text.split(key).skip(1).filter_map(|rest| rest.split_whitespace().next()?.parse().ok()).collect()
}

fn middle(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// What a process took; the kernel's accounting is missing on some systems.
struct Cost {
    cpu: Option<Duration>,
    wall: Duration,
    peak_kib: Option<u64>,
}

/// Sizes of the ensembles measured: adopters and runs. The second column shrinks so that all take about as long.
const ENSEMBLES: [(usize, usize); 6] = [(3_000, 200), (3_000, 32), (1_000, 200), (10_000, 64), (30_000, 64), (100_000, 64)];

fn ensembles(binary: &Path) -> Result<Vec<Vec<String>>, String> {
    let mut rows = Vec::new();
    for (adopters, runs) in ENSEMBLES {
        let cost = typical(binary, adopters, runs)?;
        let per_run = cost.cpu.map_or_else(String::new, |cpu| format!(" ({:.2} ms per run)", 1e3 * cpu.as_secs_f64() / runs as f64));
        rows.push(vec![
            format!("`faultline bench ensemble --runs {runs} --adopters {adopters}`"),
            cost.cpu.map_or_else(|| "–".to_owned(), |cpu| format!("{:.2} s{per_run}", cpu.as_secs_f64())),
            format!("{:.2} s", cost.wall.as_secs_f64()),
            cost.peak_kib.map_or_else(|| "–".to_owned(), |kib| format!("{} MB", kib / 1024)),
        ]);
    }
    Ok(rows)
}

/// The middle of three by CPU time (by wall clock where that is not told).
fn typical(binary: &Path, adopters: usize, runs: usize) -> Result<Cost, String> {
    let mut costs = (0..3).map(|_| measure(binary, adopters, runs)).collect::<Result<Vec<_>, _>>()?;
    costs.sort_by_key(|cost| cost.cpu.unwrap_or(cost.wall));
    Ok(costs.swap_remove(1))
}

fn measure(binary: &Path, adopters: usize, runs: usize) -> Result<Cost, String> {
    let mut command = Command::new(binary);
    command.args(["bench", "ensemble", "today-extended", "--runs", &runs.to_string(), "--adopters", &adopters.to_string()]);
    command.current_dir(top()).stdout(Stdio::null());
    let before = children_cpu();
    let begun = Instant::now();
    let mut child = command.spawn().map_err(|e| format!("{}: {e}", binary.display()))?;
    let mut peak_kib = None;
    let status = loop {
        peak_kib = peak_of(child.id()).or(peak_kib);
        if let Some(status) = child.try_wait().map_err(|e| e.to_string())? {
            break status;
        }
        thread::sleep(Duration::from_millis(2));
    };
    let wall = begun.elapsed();
    let cpu = before.zip(children_cpu()).map(|(before, after)| after - before);
    if status.success() { Ok(Cost { cpu, wall, peak_kib }) } else { Err(format!("{} {status}", binary.display())) }
}

/// User and system time of all children that have ended: fields 16 and 17 of the kernel's line, in hundredths of a second.
fn children_cpu() -> Option<Duration> {
    let line = fs::read_to_string("/proc/self/stat").ok()?;
    // The second field is a name in brackets that may hold blanks; count from behind it.
    let fields: Vec<&str> = line.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: u64 = fields.get(13)?.parse::<u64>().ok()? + fields.get(14)?.parse::<u64>().ok()?;
    Some(Duration::from_millis(10 * ticks))
}

/// Peak resident set of a running process in KiB.
fn peak_of(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}

/// Rows for everything that criterion estimated, in order of name.
fn estimates(folder: &Path) -> Vec<Vec<String>> {
    let mut files = Vec::new();
    collect(folder, &mut files);
    files.sort();
    let row = |path: &PathBuf| {
        let name = path.strip_prefix(folder).ok()?.parent()?.parent()?.to_string_lossy().replace('\\', "/");
        let median = median_of(&fs::read_to_string(path).ok()?)?;
        Some(vec![name, shown(median), "–".to_owned(), "–".to_owned()])
    };
    files.iter().filter_map(row).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.ends_with("new/estimates.json") {
            files.push(path);
        }
    }
}

/// The median in nanoseconds out of criterion's estimates.
fn median_of(json: &str) -> Option<f64> {
    let (_, median) = json.split_once("\"median\"")?;
    let (_, number) = median.split_once("\"point_estimate\":")?;
    number.split([',', '}']).next()?.trim().parse().ok()
}

fn shown(nanoseconds: f64) -> String {
    match nanoseconds {
        n if n < 1e3 => format!("{n:.0} ns"),
        n if n < 1e6 => format!("{:.1} µs", n / 1e3),
        n if n < 1e9 => format!("{:.2} ms", n / 1e6),
        n => format!("{:.2} s", n / 1e9),
    }
}

/// Processor and number of cores, as far as the system tells.
pub(crate) fn machine() -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let told = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = told.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':').map(|(_, name)| name.trim().to_owned()));
    format!("{}, {cores} cores, {} {}", name.unwrap_or_else(|| "an unnamed processor".to_owned()), std::env::consts::OS, std::env::consts::ARCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_read_and_not_the_mean() {
        let json = r#"{"mean":{"confidence_interval":{"lower_bound":1.0},"point_estimate":2.0,"standard_error":0.1},"median":{"confidence_interval":{"lower_bound":3.0},"point_estimate":4.5,"standard_error":0.1}}"#;
        assert_eq!(median_of(json), Some(4.5));
        assert_eq!(median_of("{}"), None);
    }

    #[test]
    fn former_figures_are_found_by_name() {
        let document = "| ADOPT-1, 10 firms | 3.10 ns | – | – | – |\n";
        assert_eq!(with_former(vec!["ADOPT-1, 10 firms".to_owned()], document)[1], "3.10 ns");
        assert_eq!(with_former(vec!["ADOPT-1".to_owned()], document)[1], "–");
        assert_eq!(values("a cpu_ns=3.5 x\nb cpu_ns=2 y", "cpu_ns="), [3.5, 2.0]);
    }

    #[test]
    fn ratios_are_to_the_engine_at_the_same_size() {
        let own = [(10_000, SIDE_BY_SIDE, 2.0), (10_000, 1, 4.0), (1_000, 1, 9.0)].map(|(firms, runs, ns)| (engine(firms, runs), ns));
        assert_eq!(ratios(&own), "", "without another tool there is nothing to compare");
        let text = ratios(&[&own[..], &[("ADOPT-1, 10000 firms, Numba".to_owned(), 50.0)]].concat());
        assert!(text.ends_with("| Numba | 25 | 12 |"), "{text}");
    }

    #[test]
    fn times_are_shown_in_the_unit_that_fits() {
        for (nanoseconds, text) in [(12.0, "12 ns"), (1_500.0, "1.5 µs"), (2_250_000.0, "2.25 ms"), (3e9, "3.00 s")] {
            assert_eq!(shown(nanoseconds), text);
        }
    }
}
