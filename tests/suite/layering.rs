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
    ("faultline-app", &["faultline-api"]),
    ("xtask", &["faultline-api"]),
    ("faultline-tests", &["faultline-models", "faultline-charts", "faultline-api", "xtask"]),
    // They see the window as a person does, and nothing of what is behind it.
    ("faultline-window-tests", &[]),
];

/// Libraries that only the named rooms may use, and why.
const LIBRARIES: &[(&str, &[&str], &str)] = &[
    ("plotters", &["faultline-charts"], "one room draws"),
    ("resvg", &["faultline-charts", "faultline-api"], "clients hand out what the api hands them"),
    ("rayon", &["faultline-models", "faultline-api", "faultline-tests"], "threads belong to the ensemble and to the jobs of the api"),
    ("libm", &["faultline-models", "faultline-charts"], "whoever computes results"),
    ("rand", &["faultline-models"], "chance belongs to the model"),
    ("statrs", &["faultline-models"], "chance belongs to the model"),
    ("serde_json", &["faultline-api", "faultline-cli", "faultline-tests", "faultline-window-tests"], "the model and its charts have no wire format"),
    ("multiversion", &["faultline-models"], "the hot loops are in the model"),
    ("bytemuck", &["faultline-models"], "the hot loops are in the model"),
    ("cpu-time", &["faultline-api"], "one module has the clock"),
    ("csv", &["faultline-api"], "only the api touches files"),
    ("parquet", &["faultline-api"], "only the api touches files"),
    ("tempfile", &["faultline-api", "faultline-tests", "faultline-window-tests"], "only the api touches files"),
    ("clap", &["faultline-cli"], "arguments belong to the command line"),
    ("ctrlc", &["faultline-cli"], "signals belong to the command line"),
    ("indicatif", &["faultline-cli"], "progress bars belong to the command line"),
    ("anstream", &["faultline-cli"], "colours belong to the command line"),
    ("arboard", &["faultline-app"], "the clipboard belongs to the window"),
    ("webkit2gtk", &["faultline-app"], "the web view belongs to the window"),
    ("fantoccini", &["faultline-window-tests"], "only tests drive the window"),
    ("tokio", &["faultline-window-tests"], "threads belong to the ensemble and to the jobs of the api"),
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
            let window = package.name == "faultline-app";
            assert!(window || !name.starts_with("tauri"), "{} must not know {name}: there is no window here", package.name);
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
    sources_of(folder, &["rs"])
}

fn sources_of(folder: &str, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![top().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if extensions.iter().any(|extension| path.extension().is_some_and(|e| e == *extension)) {
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
    for folder in ["models/src", "charts/src", "cli/src", "src-tauri/src"] {
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
        // A module of tests alone may lie in a folder of that name.
        .filter(|path| !path.components().any(|part| part.as_os_str() == "tests"))
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
fn one_file_of_the_pages_knows_the_window() {
    let importing: Vec<String> = sources_of("ui/src", &["ts", "svelte"])
        .iter()
        .filter(|path| fs::read_to_string(path).unwrap().contains("@tauri-apps"))
        .map(|path| path.strip_prefix(top()).unwrap().display().to_string())
        .collect();
    assert_eq!(importing, ["ui/src/host/tauri.ts"], "the pages have one door; everything else knows Host");
}

#[test]
fn the_window_gives_its_pages_events_and_nothing_else() {
    let capabilities: Vec<PathBuf> = sources_of("src-tauri/capabilities", &["json", "toml"]);
    assert_eq!(capabilities.len(), 1, "one list says what pages may do");
    let capability: serde_json::Value = serde_json::from_str(&fs::read_to_string(&capabilities[0]).unwrap()).unwrap();
    assert_eq!(capability["permissions"], serde_json::json!(["core:event:allow-listen", "core:event:allow-unlisten"]));
    assert!(capability["remote"].is_null(), "no page from elsewhere may ask for anything");
}

#[test]
fn pages_load_nothing_from_elsewhere_and_run_no_script_but_their_own() {
    let configuration: serde_json::Value = serde_json::from_str(&fs::read_to_string(top().join("src-tauri/tauri.conf.json")).unwrap()).unwrap();
    let policy = configuration["app"]["security"]["csp"].as_str().unwrap();
    let of = |name: &str| policy.split(';').map(str::trim).find_map(|directive| directive.strip_prefix(name)).map(str::trim);
    assert_eq!(of("default-src"), Some("'none'"));
    assert_eq!(of("script-src"), Some("'self'"));
    assert_eq!(of("object-src"), Some("'none'"));
    assert!(!policy.contains("https:") && !policy.contains('*'), "{policy}");
    assert!(configuration["build"]["devUrl"].is_null(), "a plain build must embed the pages");
}

#[test]
fn the_scan_sees_product_code_and_passes_over_comments_and_tests() {
    let text = "// std::fs\nuse std::fs;\n#[cfg(test)]\nmod tests { use std::fs; }\n";
    let hits: Vec<usize> = product_lines(text).filter(|(_, line)| line.contains("std::fs")).map(|(number, _)| number).collect();
    assert_eq!(hits, [2]);
}
