//! `cargo xtask instructions`: how many instructions the hot loops take, simulated, against the recorded numbers.
//!
//! Time is noisy on shared machines and instruction counts are not, so these are the gate. Counts are differences between two sizes of
//! the same work: reading, preparing and starting cancel out.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::shell::{release_binary, top};
use crate::{Outcome, only, system};

/// Recorded numbers: one line per loop, name and instructions.
const RECORD: &str = "tests/checks/instructions.txt";

/// More than this above the recorded number fails.
const TOLERANCE: f64 = 1.05;

/// Few firms, where what is done once per run and tick shows, and many, where it does not.
const FEW: usize = 1_000;
const MANY: usize = 10_000;
const TICKS: f64 = 80.0;

/// Compares, or records anew.
///
/// # Errors
/// When a loop takes more than the tolerance allows, or something does not build or run.
pub fn instructions(arguments: &[String]) -> Outcome {
    only(arguments, &["--record"])?;
    if !cfg!(target_os = "linux") {
        println!("instructions are counted on Linux only");
        return Ok(());
    }
    if !system::has("valgrind") {
        system::ensure(system::COUNT)?;
    }
    let counted = count_all(&release_binary()?)?;
    let path = top().join(RECORD);
    if !arguments.is_empty() {
        let text: String = counted.iter().map(|(name, count)| format!("{name} {count:.2}\n")).collect();
        return fs::write(&path, text).map_err(|e| format!("{}: {e}", path.display()));
    }
    let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}; record with --record", path.display()))?;
    let worse = judge(&recorded(&text), &counted);
    for (name, count) in &counted {
        println!("{name:<40} {count:>12.2}");
    }
    if worse.is_empty() { Ok(()) } else { Err(format!("more instructions than recorded in {RECORD}:\n{}", worse.join("\n"))) }
}

fn recorded(text: &str) -> BTreeMap<String, f64> {
    text.lines().filter_map(|line| line.rsplit_once(' ')).filter_map(|(name, count)| Some((name.to_owned(), count.parse().ok()?))).collect()
}

/// A sentence for each loop above its recorded number, and for each that has none.
fn judge(recorded: &BTreeMap<String, f64>, counted: &[(String, f64)]) -> Vec<String> {
    let sentence = |(name, count): &(String, f64)| match recorded.get(name) {
        None => Some(format!("{name}: nothing recorded; record with --record")),
        Some(kept) if *count > kept * TOLERANCE => Some(format!("{name}: {count:.2} instead of {kept:.2} ({:+.1} %)", 100.0 * (count / kept - 1.0))),
        Some(_) => None,
    };
    counted.iter().filter_map(sentence).collect()
}

/// Instructions per adopter and tick in ADOPT-1, side by side and one run at a time, and per run of the default scenario.
fn count_all(binary: &Path) -> Result<Vec<(String, f64)>, String> {
    let folder = std::env::temp_dir().join(format!("faultline-instructions-{}", std::process::id()));
    fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    [FEW, MANY].into_iter().try_for_each(|firms| write_network(&folder.join(format!("graph_{firms}_8.bin")), firms))?;
    let graph = folder.display().to_string();
    let adopt = |firms: usize, runs: usize| {
        let sizes = [firms, runs].map(|number| number.to_string());
        count(binary, &["bench", "adopt-1", "--graph", &graph, "--threads", "1", "--firms", &sizes[0], "--runs", &sizes[1]])
    };
    let per_tick = |firms: usize, few: usize, many: usize| {
        Ok::<f64, String>((adopt(firms, many)? - adopt(firms, few)?) / ((many - few) as f64 * firms as f64 * TICKS))
    };
    let scenario = |runs: &str| count(binary, &["bench", "ensemble", "today-extended", "--threads", "1", "--runs", runs]);
    let counted = vec![
        (format!("ADOPT-1 side by side, {FEW} firms, per adopter-tick"), per_tick(FEW, 32, 64)?),
        (format!("ADOPT-1 side by side, {MANY} firms, per adopter-tick"), per_tick(MANY, 32, 64)?),
        (format!("ADOPT-1 one run, {FEW} firms, per adopter-tick"), per_tick(FEW, 1, 3)?),
        (format!("ADOPT-1 one run, {MANY} firms, per adopter-tick"), per_tick(MANY, 1, 3)?),
        ("today-extended, per run".to_owned(), (scenario("64")? - scenario("32")?) / 32.0),
    ];
    fs::remove_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    Ok(counted)
}

/// A network of eight partners each, scattered by a fixed rule.
pub(crate) fn write_network(path: &Path, firms: usize) -> Outcome {
    let partner = |i: usize, k: usize| ((i + 1 + (k * 7919 + i * 104_729) % (firms - 1)) % firms) as u32;
    let bytes: Vec<u8> = (0..firms).flat_map(|i| (0..8).flat_map(move |k| partner(i, k).to_le_bytes())).collect();
    fs::write(path, bytes).map_err(|e| format!("{}: {e}", path.display()))
}

/// Instructions that a command executes.
fn count(binary: &Path, arguments: &[&str]) -> Result<f64, String> {
    let out = std::env::temp_dir().join(format!("faultline-callgrind-{}", std::process::id()));
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", &format!("--callgrind-out-file={}", out.display())])
        .arg(binary)
        .args(arguments)
        .output()
        .map_err(|e| format!("valgrind: {e}"))?;
    let _ = fs::remove_file(&out);
    let told = String::from_utf8_lossy(&output.stderr);
    let refs = told.lines().find_map(|line| line.split_once("refs:")).map(|(_, number)| number.replace(',', ""));
    refs.and_then(|number| number.trim().parse().ok()).ok_or_else(|| format!("valgrind gave no count:\n{told}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loop_may_grow_by_a_twentieth_and_no_more() {
        let kept = recorded("a loop 100.00\nanother 10.0\n");
        assert_eq!(kept.len(), 2);
        assert!(judge(&kept, &[("a loop".to_owned(), 104.9), ("another".to_owned(), 3.0)]).is_empty());
        assert!(judge(&kept, &[("a loop".to_owned(), 105.1)])[0].contains("+5.1 %"));
        assert!(judge(&kept, &[("a third".to_owned(), 1.0)])[0].contains("nothing recorded"));
    }
}
