//! The real command: what it prints where, its exit codes, and what a stranger's input can do to it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

use crate::text::{claims, visible};
use faultline_tests::shipped::top;

/// Options that keep a run short.
const SMALL: [&str; 5] = ["--runs", "6", "--adopters", "200", "--quiet"];

/// The command, built once in the profile of this test.
pub(crate) fn binary() -> &'static Path {
    static BINARY: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    BINARY.get_or_init(build).as_ref().unwrap_or_else(|problem| panic!("the command does not build: {problem}"))
}

fn build() -> Result<PathBuf, String> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--bin", "faultline", "--locked", "--message-format", "json"]);
    if cfg!(not(debug_assertions)) {
        cargo.arg("--release");
    }
    let output = cargo.current_dir(top()).output().map_err(|e| e.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let messages = String::from_utf8_lossy(&output.stdout).into_owned();
    let executable = |line: &str| serde_json::from_str::<Value>(line).ok()?["executable"].as_str().map(PathBuf::from);
    messages.lines().filter_map(executable).next_back().ok_or_else(|| "no executable was named".to_owned())
}

/// What a call left behind.
pub(crate) struct Answer {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Calls the command in a folder of its own.
pub(crate) fn call_in(folder: &Path, arguments: &[&str]) -> Answer {
    let output = Command::new(binary()).args(arguments).current_dir(folder).env("NO_COLOR", "1").stdin(Stdio::null()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Answer { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

pub(crate) fn call(arguments: &[&str]) -> Answer {
    call_in(room().path(), arguments)
}

pub(crate) fn room() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Everything in a folder, by relative path.
pub(crate) fn listing(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            names.extend(listing(&path).into_iter().map(|below| format!("{name}/{below}")));
        } else {
            names.push(name);
        }
    }
    names.sort();
    names
}

#[test]
fn lists_go_to_standard_output_and_nothing_to_standard_error() {
    for (command, must_name) in [
        ("list", ["today-extended", "decoupling", "open-source-commons"]),
        ("levers", ["international-channel", "tension", "home-mandate"]),
        ("uncertainties", ["network-strength", "ideal-spread", "margin"]),
        ("indicators", ["fragmentation", "tension", "compliance-cost"]),
    ] {
        let answer = call(&[command]);
        assert_eq!((answer.code, answer.err.as_str()), (0, ""), "{command}");
        for name in must_name {
            assert!(answer.out.contains(name), "{command} does not name {name}");
        }
        let json: Value = serde_json::from_str(&call(&[command, "--json"]).out).unwrap_or_else(|e| panic!("{command} --json: {e}"));
        assert!(json.is_array() || json.is_object());
    }
}

#[test]
fn help_and_manual_document_the_exit_codes() {
    for arguments in [&["--help"][..], &["man"]] {
        let answer = call(arguments);
        assert_eq!(answer.code, 0);
        for words in ["bad input", "could not be written", "Ctrl"] {
            assert!(answer.out.contains(words), "{arguments:?} does not say “{words}”");
        }
    }
}

#[test]
fn bad_input_ends_with_2_and_says_so_on_standard_error_only() {
    for (arguments, hint) in [
        (&["run", "decopling"][..], "decoupling"),
        (&["run", "today-extended", "--set", "home-mandat=0.5"], "home-mandate"),
        (&["run", "today-extended", "--set", "home-mandate=5"], "home-mandate"),
        (&["run", "today-extended", "--set", "home-mandate=NaN"], "home-mandate"),
        (&["run", "today-extended", "--set", "home-mandate"], "="),
        (&["run", "today-extended", "--runs", "0"], "--runs"),
        (&["run", "today-extended", "--adopters", "2000000"], "1"),
        (&["run", "today-extended", "--from", "2030Q5"], "2030Q5"),
        (&["run", "today-extended", "--to", "2020Q1"], "2020Q1"),
        (&["compare"], "SCENARIO"),
        (&["chart", "fragmentatoin", "today-extended"], "fragmentation"),
        (&["evidence", "no_such_key"], "no_such_key"),
        (&["no-such-command"], "no-such-command"),
        (&["check", "no-such-file.toml"], "no-such-file.toml"),
    ] {
        let room = room();
        let answer = call_in(room.path(), arguments);
        assert_eq!(answer.code, 2, "{arguments:?}: {}{}", answer.out, answer.err);
        assert!(answer.err.contains(hint), "{arguments:?} does not mention {hint}: {}", answer.err);
        assert_eq!(answer.out, "", "{arguments:?}");
        assert!(listing(room.path()).is_empty(), "{arguments:?} left files");
    }
}

/// Files that a stranger may hand in, each with words that the refusal must contain.
fn broken_files() -> Vec<(&'static str, Vec<u8>, &'static [&'static str])> {
    let head = "extends = \"today-extended\"\nname = \"Mine\"\nstory = \"One.\\n\\nTwo.\"\n";
    let with = |rest: &str| format!("{head}{rest}").into_bytes();
    vec![
        ("typo", with("[uncertanties]\nmargin = 0.2\n"), &["uncertanties", "uncertainties", ":4"]),
        ("range", with("[uncertainties]\nmargin = { value = 7.0 }\n"), &["margin", ":5"]),
        ("nan", with("[uncertainties]\nmargin = { value = nan }\n"), &["margin", ":5"]),
        ("type", with("[uncertainties]\nmargin = \"much\"\n"), &["margin", ":5"]),
        ("size", with("[sizes]\nadopters = 90000000\n"), &["adopters", ":5"]),
        ("dates", with("[calendar]\nstart = \"2040Q1\"\nend = \"2030Q1\"\n"), &["calendar"]),
        ("orphan", b"extends = \"nowhere\"\nname = \"x\"\n".to_vec(), &["nowhere"]),
        ("loop", b"extends = \"loop\"\nname = \"x\"\n".to_vec(), &["loop"]),
        ("rubbish", vec![0xff, 0x00, 0x80, 0xfe], &["UTF-8"]),
        ("syntax", b"name = \n[[[".to_vec(), &["syntax.toml:1"]),
        ("large", vec![b'#'; (1 << 20) + 1], &["larger"]),
        ("deep", format!("a = {}{}", "[".repeat(20_000), "]".repeat(20_000)).into_bytes(), &["deep.toml"]),
        ("empty", Vec::new(), &["empty.toml"]),
    ]
}

#[test]
fn a_broken_file_is_refused_with_a_way_out_and_nothing_is_written() {
    for (name, content, words) in broken_files() {
        let room = room();
        let file = format!("{name}.toml");
        fs::write(room.path().join(&file), content).unwrap();
        for arguments in [&["check", &file][..], &["run", &file, "--out", "out"], &["compare", "today-extended", &file, "--out", "out"]] {
            let answer = call_in(room.path(), arguments);
            assert_eq!(answer.code, 2, "{arguments:?}: {}{}", answer.out, answer.err);
            assert!(!answer.err.contains("panicked"), "{arguments:?}: {}", answer.err);
            let said = format!("{}{}", answer.out, answer.err);
            for word in words {
                assert!(said.contains(word), "{arguments:?} does not mention {word}: {said}");
            }
        }
        assert_eq!(listing(room.path()), [file]);
    }
}

#[test]
fn all_problems_of_a_file_come_in_one_go() {
    let room = room();
    let text = "extends = \"today-extended\"\nname = \"Mine\"\ncolour = \"red\"\n[uncertainties]\nmargin = { value = 7.0 }\nswitching-costs = { value = 1.0 }\n";
    fs::write(room.path().join("mine.toml"), text).unwrap();
    let answer = call_in(room.path(), &["check", "mine.toml"]);
    let said = format!("{}{}", answer.out, answer.err);
    for place in ["mine.toml:3", "mine.toml:5", "mine.toml:6"] {
        assert!(said.contains(place), "{place} is missing: {said}");
    }
    assert_eq!(answer.code, 2);
}

#[test]
fn every_shipped_scenario_passes_the_check() {
    for path in faultline_tests::shipped::files("scenarios", "toml") {
        let answer = call(&["check", &path.to_string_lossy()]);
        assert_eq!(answer.code, 0, "{}: {}", path.display(), answer.err);
    }
}

#[test]
fn a_comparison_is_complete_verifies_and_shows_tampering() {
    let room = room();
    let compared = call_in(room.path(), &[&["compare", "today-extended", "decoupling", "--out", "out"], &SMALL[..]].concat());
    assert_eq!(compared.code, 0, "{}", compared.err);
    let names = listing(&room.path().join("out"));
    for name in ["summary.md", "provenance.json"] {
        assert!(names.contains(&name.to_owned()), "{name} is missing from {names:?}");
    }
    for ending in [".csv", ".svg"] {
        assert!(names.iter().any(|name| name.ends_with(ending)), "no {ending} in {names:?}");
    }
    for name in names.iter().filter(|name| [".md", ".csv", ".svg", ".json"].iter().any(|ending| name.ends_with(ending))) {
        let text = fs::read_to_string(room.path().join("out").join(name)).unwrap();
        let claims = claims(&if name.ends_with(".svg") { visible(&text) } else { text });
        assert!(claims.is_empty(), "{name} claims to know the future: {claims:?}");
    }
    let identical = call_in(room.path(), &["verify", "out/provenance.json", "--quiet"]);
    assert_eq!((identical.code, identical.out.trim()), (0, "identical"), "{}", identical.err);
    // Another first seed is another result; the record of the old one no longer fits.
    let path = room.path().join("out/provenance.json");
    let mut record: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    record["seed"] = 1000.into();
    record["seeds"].as_array_mut().unwrap().iter_mut().for_each(|seed| *seed = (seed.as_u64().unwrap() + 999).into());
    fs::write(&path, record.to_string()).unwrap();
    let differs = call_in(room.path(), &["verify", "out/provenance.json", "--quiet"]);
    assert_eq!(differs.code, 1, "{}{}", differs.out, differs.err);
    assert!(differs.out.contains("differs"), "{}", differs.out);
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let room = room();
    fs::create_dir(room.path().join("out")).unwrap();
    fs::write(room.path().join("out/notes.txt"), "mine").unwrap();
    for force in [&[][..], &["--force"]] {
        let answer = call_in(room.path(), &[&["run", "today-extended", "--out", "out"], &SMALL[..], force].concat());
        assert_eq!(answer.code, 3, "{}", answer.err);
        assert_eq!(answer.out, "");
    }
    assert_eq!(listing(room.path()), ["out/notes.txt"]);
    assert_eq!(fs::read_to_string(room.path().join("out/notes.txt")).unwrap(), "mine");
}

#[test]
fn the_same_command_gives_the_same_bytes_whatever_the_threads() {
    let room = room();
    for threads in ["1", "2"] {
        let arguments = [&["compare", "today-extended", "late-repair", "--out", threads, "--threads", threads], &SMALL[..]].concat();
        assert_eq!(call_in(room.path(), &arguments).code, 0);
    }
    let (one, two) = (room.path().join("1"), room.path().join("2"));
    assert_eq!(listing(&one), listing(&two));
    // Provenance names the command, and with it the folder and the threads; all results are the same.
    for name in listing(&one).iter().filter(|name| [".csv", ".svg", ".parquet"].iter().any(|ending| name.ends_with(ending))) {
        assert!(fs::read(one.join(name)).unwrap() == fs::read(two.join(name)).unwrap(), "{name} differs");
    }
}

#[test]
fn json_on_standard_output_is_json_and_nothing_else() {
    let noisy = [&["run", "today-extended", "--json"], &SMALL[..4]].concat();
    let answer = call(&noisy);
    assert_eq!(answer.code, 0, "{}", answer.err);
    let parsed: Result<Value, _> = serde_json::from_str(&answer.out);
    assert!(parsed.is_ok(), "{:?}", answer.out.chars().take(300).collect::<String>());
}

#[test]
fn a_refusal_for_machines_is_an_object_on_standard_output() {
    for arguments in [&["check", "nosuch.toml", "--json"][..], &["run", "decopling", "--json"], &["run", "--json", "--no-such-flag"]] {
        let answer = call(arguments);
        let said: Value = serde_json::from_str(&answer.out).unwrap_or_else(|e| panic!("{arguments:?}: {e}: {}", answer.out));
        assert_eq!((answer.code, said["code"].as_str()), (2, Some("bad-input")), "{arguments:?}");
        assert!(said["message"].is_string() && said["details"].is_array(), "{arguments:?}: {said}");
    }
}

#[test]
fn every_file_that_is_checked_gets_its_verdict() {
    let room = room();
    let sound = top().join("scenarios/decoupling.toml").to_string_lossy().into_owned();
    let answer = call_in(room.path(), &["check", &sound, "nosuch.toml"]);
    assert_eq!((answer.code, answer.out.trim()), (2, format!("{sound}: ok").as_str()));
    assert!(answer.err.contains("nosuch.toml"));
}

#[test]
fn numbers_with_a_minus_get_an_answer_of_their_own() {
    for (flag, value) in [("--seed", "-1"), ("--runs", "-1"), ("--from", "-5Q1")] {
        let answer = call(&["run", "today-extended", flag, value]);
        assert!(answer.code == 2 && answer.err.contains(flag) && !answer.err.contains("-- -"), "{}", answer.err);
    }
}

#[test]
fn files_beside_the_record_and_every_part_of_it_are_verified() {
    let room = room();
    assert_eq!(call_in(room.path(), &[&["run", "today-extended", "--out", "out"], &SMALL[..]].concat()).code, 0);
    let (record, table) = (room.path().join("out/provenance.json"), room.path().join("out/results.csv"));
    let (kept, rows) = (fs::read_to_string(&record).unwrap(), fs::read(&table).unwrap());
    let verdict = || call_in(room.path(), &["verify", "out/provenance.json", "--quiet"]);
    fs::write(&table, "scenario\n").unwrap();
    assert!(verdict().code == 1 && verdict().out.contains("results.csv is not as recorded"), "{}", verdict().out);
    fs::remove_file(&table).unwrap();
    assert!(verdict().out.contains("results.csv is missing"), "{}", verdict().out);
    fs::write(&table, rows).unwrap();
    let with = |change: &dyn Fn(&mut Value)| {
        let mut value: Value = serde_json::from_str(&kept).unwrap();
        change(&mut value);
        fs::write(&record, value.to_string()).unwrap();
        verdict()
    };
    let zeros = "0".repeat(64);
    assert_eq!(with(&|_| ()).out.trim(), "identical");
    assert!(with(&|v| v["scenarios"][0]["rows"][5] = zeros.clone().into()).out.contains("recorded fingerprint of 2026Q2"));
    assert!(with(&|v| v["scenarios"][0]["texts"][0]["sha256"] = zeros.clone().into()).out.contains("text of scenario today-extended"));
    assert_eq!(with(&|v| v["runs-asked"] = 100_000_000_000_u64.into()).code, 2);
    assert_eq!(with(&|v| v["files"] = Value::Array(Vec::new())).code, 2);
}

#[test]
fn a_later_start_says_what_lies_before_it() {
    let answer = call(&[&["compare", "today-extended", "late-repair", "--from", "2033Q1"], &SMALL[..]].concat());
    assert!(answer.out.contains("before the first quarter, 2033Q1"), "{}", answer.out);
}

#[test]
fn a_lever_moves_the_result() {
    let compared = call(&[&["compare", "today-extended", "--set", "home-mandate=0.9", "--json"], &SMALL[..]].concat());
    assert_eq!(compared.code, 0, "{}", compared.err);
    assert!(compared.out.contains("compliance-cost"));
}
