//! `cargo xtask bench`: criterion's estimates and whole-process measurements into the table of docs/performance.md.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::markers::{replaced, table};
use crate::shell::{release_binary, run_cargo, top};
use crate::{Outcome, only};

/// Measures everything and renews the table.
///
/// # Errors
/// When something does not build or run, or the table cannot be written.
pub fn bench(arguments: &[String]) -> Outcome {
    only(arguments, &[])?;
    run_cargo(&["bench", "--locked", "--package", "faultline-tests"], &[])?;
    let binary = release_binary()?;
    let rows = [whole_processes(&binary)?, estimates(&top().join("target/criterion"))].concat();
    let block = format!("Measured on {}.\n\n{}", machine(), table(&["what", "CPU time", "wall clock", "peak memory"], rows));
    let path = top().join("docs/performance.md");
    let document = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    fs::write(&path, replaced(&document, "bench", &block)?).map_err(|e| format!("{}: {e}", path.display()))?;
    println!("{block}");
    Ok(())
}

/// What a process took; the kernel's accounting is missing on some systems.
struct Cost {
    cpu: Option<Duration>,
    wall: Duration,
    peak_kib: Option<u64>,
}

/// Sizes of the ensembles measured: adopters and runs. The second column shrinks so that all take about as long.
const ENSEMBLES: [(usize, usize); 5] = [(3_000, 200), (1_000, 200), (10_000, 60), (30_000, 20), (100_000, 6)];

fn whole_processes(binary: &Path) -> Result<Vec<Vec<String>>, String> {
    let mut rows = Vec::new();
    for (adopters, runs) in ENSEMBLES {
        let cost = typical(binary, adopters, runs)?;
        let per_run = cost.cpu.map_or_else(String::new, |cpu| format!(" ({:.2} ms per run)", 1e3 * cpu.as_secs_f64() / runs as f64));
        rows.push(vec![
            format!("`faultline run today-extended --runs {runs} --adopters {adopters}`"),
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
    let out = std::env::temp_dir().join(format!("faultline-bench-{}", std::process::id()));
    let mut command = Command::new(binary);
    command.args(["run", "today-extended", "--quiet", "--runs", &runs.to_string(), "--adopters", &adopters.to_string()]);
    command.arg("--out").arg(&out).current_dir(top()).stdout(Stdio::null());
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
    fs::remove_dir_all(&out).map_err(|e| format!("{}: {e}", out.display()))?;
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
    fn times_are_shown_in_the_unit_that_fits() {
        for (nanoseconds, text) in [(12.0, "12 ns"), (1_500.0, "1.5 µs"), (2_250_000.0, "2.25 ms"), (3e9, "3.00 s")] {
            assert_eq!(shown(nanoseconds), text);
        }
    }
}
