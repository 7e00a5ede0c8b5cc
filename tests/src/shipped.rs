//! The files of the tree that tests read, and the shipped scenarios.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use faultline_api::scenarios;
use faultline_models::scenario::{Adjust, Override, Scenario};

/// The top folder of the project.
pub fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// Files in a folder of the project with this extension, in order of name.
pub fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(top().join(folder)).unwrap_or_else(|problem| panic!("{folder}: {problem}"));
    let of_kind = |path: &PathBuf| path.extension().is_some_and(|e| e == extension);
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(of_kind).collect();
    paths.sort();
    assert!(!paths.is_empty(), "no .{extension} files in {folder}");
    paths
}

/// A shipped scenario, with settings on top as `--set` gives them.
pub fn adjusted(id: &str, set: &BTreeMap<String, f64>, adopters: Option<usize>, to: Option<&str>) -> Scenario {
    let overrides = set.iter().map(|(key, value)| Override { key: key.clone(), value: *value }).collect();
    let to = to.map(|quarter| quarter.parse().unwrap_or_else(|problem| panic!("{problem}")));
    let adjust = Adjust { overrides, adopters, from: None, to };
    scenarios::open(id, &adjust).unwrap_or_else(|refusal| panic!("{refusal}")).scenario
}
