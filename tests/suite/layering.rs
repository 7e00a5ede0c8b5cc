//! Who may know whom: the arrows of docs/architecture.md, read off the manifests and the sources.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

use faultline_tests::shipped::top;

/// Each room and the rooms that it may know.
const ROOMS: &[(&str, &[&str])] = &[
    ("faultline-models", &[]),
    ("faultline-charts", &["faultline-models"]),
    ("faultline-api", &["faultline-models", "faultline-charts"]),
    ("faultline-cli", &["faultline-api"]),
    ("xtask", &["faultline-api"]),
    ("faultline-tests", &["faultline-models", "faultline-charts", "faultline-api", "xtask"]),
];

/// Libraries that only the named rooms may use, and why.
const LIBRARIES: &[(&str, &[&str], &str)] = &[
    ("plotters", &["faultline-charts"], "one room draws"),
    ("resvg", &["faultline-charts", "faultline-api"], "clients hand out what the api hands them"),
    ("rayon", &["faultline-models", "faultline-api", "faultline-tests"], "threads belong to the ensemble and to the jobs of the api"),
    ("libm", &["faultline-models", "faultline-charts"], "whoever computes results"),
    ("rand", &["faultline-models"], "chance belongs to the model"),
    ("statrs", &["faultline-models"], "chance belongs to the model"),
    ("serde_json", &["faultline-api", "faultline-cli", "faultline-tests"], "the model and its charts have no wire format"),
    ("csv", &["faultline-api"], "only the api touches files"),
    ("parquet", &["faultline-api"], "only the api touches files"),
    ("tempfile", &["faultline-api", "faultline-tests"], "only the api touches files"),
    ("clap", &["faultline-cli"], "arguments belong to the command line"),
    ("ctrlc", &["faultline-cli"], "signals belong to the command line"),
    ("indicatif", &["faultline-cli"], "progress bars belong to the command line"),
    ("anstream", &["faultline-cli"], "colours belong to the command line"),
];

fn metadata() -> Metadata {
    MetadataCommand::new().manifest_path(top().join("Cargo.toml")).no_deps().other_options(vec!["--offline".to_owned()]).exec().unwrap()
}

fn rooms_known(package: &Package) -> BTreeSet<&str> {
    package.dependencies.iter().map(|d| d.name.as_str()).filter(|name| ROOMS.iter().any(|(room, _)| room == name)).collect()
}

#[test]
fn every_package_is_a_known_room() {
    let metadata = metadata();
    let found: BTreeSet<String> = metadata.packages.iter().map(|package| package.name.to_string()).collect();
    let known: BTreeSet<String> = ROOMS.iter().map(|(room, _)| (*room).to_owned()).collect();
    assert_eq!(found, known, "a new room needs its place among the arrows");
}

#[test]
fn rooms_know_only_the_rooms_before_them() {
    for package in &metadata().packages {
        let (_, allowed) = ROOMS.iter().find(|(room, _)| package.name == room).unwrap();
        for known in rooms_known(package) {
            assert!(allowed.contains(&known), "{} must not know {known}", package.name);
        }
    }
}

#[test]
fn libraries_stay_in_their_rooms() {
    for package in &metadata().packages {
        for dependency in package.dependencies.iter().filter(|d| d.kind != DependencyKind::Development) {
            let name = dependency.name.as_str();
            assert!(!name.starts_with("tauri"), "{} must not know {name}: there is no window here", package.name);
            for (library, rooms, why) in LIBRARIES.iter().filter(|(library, ..)| *library == name) {
                let room = package.name.as_str();
                assert!(rooms.contains(&room), "{room} must not use {library}: {why}");
            }
        }
    }
}

#[test]
fn models_have_no_serialisation_format_but_toml() {
    let metadata = metadata();
    let models = metadata.packages.iter().find(|package| package.name == "faultline-models").unwrap();
    let used: BTreeSet<&str> = models.dependencies.iter().filter(|d| d.kind == DependencyKind::Normal).map(|d| d.name.as_str()).collect();
    for banned in ["serde_json", "csv", "parquet", "plotters", "resvg", "clap", "indicatif"] {
        assert!(!used.contains(banned), "models must not use {banned}");
    }
    assert!(used.contains("toml"), "scenarios are read from TOML; this test looks at the wrong list otherwise");
}

/// Source files under a folder of the project.
fn sources(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![top().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "no sources in {folder}");
    found
}

/// The lines of a source file that run in the product: no comments, nothing below the first test module.
fn product_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let product = text.split("#[cfg(test)]").next().unwrap_or(text);
    product.lines().enumerate().map(|(i, line)| (i + 1, line)).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn assert_absent(path: &Path, words: &[&str], why: &str) {
    let text = fs::read_to_string(path).unwrap();
    for (number, line) in product_lines(&text) {
        let found = words.iter().find(|word| line.contains(**word));
        assert!(found.is_none(), "{}:{number}: {found:?}: {why}", path.strip_prefix(top()).unwrap().display());
    }
}

#[test]
fn only_the_api_touches_files() {
    const DISK: &[&str] = &["std::fs", "fs::read", "fs::write", "File::open", "File::create", "OpenOptions", "create_dir"];
    for folder in ["models/src", "charts/src", "cli/src"] {
        for path in sources(folder) {
            assert_absent(&path, DISK, "only the api touches files");
        }
    }
}

#[test]
fn one_module_of_the_api_touches_files() {
    const DISK: &[&str] = &["std::fs", "File::open", "File::create", "OpenOptions"];
    let touching: Vec<PathBuf> = sources("api/src")
        .into_iter()
        .filter(|path| {
            let text = fs::read_to_string(path).unwrap();
            product_lines(&text).any(|(_, line)| DISK.iter().any(|word| line.contains(word)))
        })
        .collect();
    let shown: Vec<String> = touching.iter().map(|path| path.strip_prefix(top()).unwrap().display().to_string()).collect();
    assert_eq!(shown, ["api/src/disk.rs"], "the disk has one door");
}

#[test]
fn models_and_charts_have_no_clock_and_only_the_ensemble_has_threads() {
    for folder in ["models/src", "charts/src"] {
        for path in sources(folder) {
            assert_absent(&path, &["std::time", "Instant::now", "SystemTime"], "no clock here");
            let threads = ["ensemble.rs", "findings.rs"].iter().any(|file| path.ends_with(Path::new("models/src").join(file)));
            if !threads {
                assert_absent(&path, &["rayon", "std::thread"], "threads belong to the ensemble and its findings");
            }
        }
    }
}

#[test]
fn the_scan_sees_product_code_and_passes_over_comments_and_tests() {
    let text = "// std::fs\nuse std::fs;\n#[cfg(test)]\nmod tests { use std::fs; }\n";
    let hits: Vec<usize> = product_lines(text).filter(|(_, line)| line.contains("std::fs")).map(|(number, _)| number).collect();
    assert_eq!(hits, [2]);
}
