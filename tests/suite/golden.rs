//! Golden results: a small run of every shipped scenario, compared to the last bit.
//!
//! `cargo xtask golden` writes them anew. They move only together with a "Results change" entry in CHANGELOG.md.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use faultline_api::provenance::results_sha256;
use faultline_models::ensemble::{Control, Ensemble};
use faultline_models::findings::Findings;
use xtask::golden::REWRITE;

use faultline_tests::shipped;

const ADOPTERS: usize = 300;
const RUNS: usize = 24;

/// Compares with the golden file, or writes it when asked to.
pub(crate) fn compare(path: &Path, fresh: &str) -> Result<(), String> {
    if std::env::var_os(REWRITE).is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, fresh).unwrap();
        return Ok(());
    }
    let kept = fs::read_to_string(path).map_err(|problem| format!("{}: {problem}", path.display()))?;
    let first = kept.lines().zip(fresh.lines()).position(|(kept, fresh)| kept != fresh);
    if kept == fresh {
        return Ok(());
    }
    let line = first.unwrap_or_else(|| kept.lines().count().min(fresh.lines().count()));
    let at = |text: &str| text.lines().nth(line).unwrap_or("(end)").chars().take(200).collect::<String>();
    Err(format!("{} differs from line {}:\n  kept  {}\n  fresh {}", path.display(), line + 1, at(&kept), at(fresh)))
}

/// Fails with everything that differs.
pub(crate) fn all_agree(results: impl IntoIterator<Item = Result<(), String>>) {
    let problems: Vec<String> = results.into_iter().filter_map(Result::err).collect();
    assert!(problems.is_empty(), "{}\nIf this is meant: cargo xtask golden, and a Results change entry", problems.join("\n"));
}

/// A small ensemble of a shipped scenario.
pub(crate) fn small(id: &str) -> Ensemble {
    let scenario = shipped::adjusted(id, &BTreeMap::new(), Some(ADOPTERS), None);
    Ensemble::run(&scenario, 1, RUNS, &Control::default())
}

/// The fingerprint, and beside it the means that tell a reader how far a change went.
fn record(id: &str) -> String {
    let ensemble = small(id);
    let findings = Findings::of(&ensemble);
    let last = ensemble.rows() - 1;
    let mut text = format!("scenario {id}\nadopters {ADOPTERS}\nruns {RUNS}\nsha256 {}\n", results_sha256(&ensemble));
    for (i, column) in ensemble.layout.columns.iter().enumerate() {
        if column.domain.is_none() {
            let entity = column.entity.label(&ensemble.scenario);
            let _ = writeln!(text, "{} {entity} {:.6}", column.indicator, findings.at(last, i).mean);
        }
    }
    for (future, count) in &findings.futures {
        let _ = writeln!(text, "future {future:?} {count}");
    }
    text
}

#[test]
fn small_runs_of_every_scenario_give_the_golden_values() {
    let folder = shipped::top().join("tests/golden");
    all_agree(shipped::files("scenarios", "toml").iter().map(|path| {
        let id = path.file_stem().unwrap().to_string_lossy();
        compare(&folder.join(format!("{id}.txt")), &record(&id))
    }));
}

#[test]
fn a_single_changed_bit_changes_the_fingerprint() {
    let mut ensemble = small("today-extended");
    let before = results_sha256(&ensemble);
    let value = &mut std::sync::Arc::make_mut(&mut ensemble.runs[3]).values[100];
    *value = f64::from_bits(value.to_bits() ^ 1);
    assert_ne!(results_sha256(&ensemble), before);
}
