//! A long study with the real command: killed, stopped and resumed, it ends with the same bytes.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::cli::{binary, call_in, listing, room};

/// 40 points in 40 parts.
const STUDY: &[&str] = &[
    "study",
    "decoupling",
    "--vary",
    "switching-cost",
    "--vary",
    "home-mandate",
    "--points",
    "40",
    "--runs",
    "16",
    "--runs-per-part",
    "16",
    "--adopters",
    "400",
    "--quiet",
];

fn begin(folder: &Path) -> Child {
    Command::new(binary()).args(STUDY).args(["--out", "study"]).current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn parts(folder: &Path) -> usize {
    fs::read_dir(folder.join("study")).map_or(0, |entries| entries.flatten().filter(|e| e.path().extension().is_some_and(|x| x == "parquet")).count())
}

/// Waits until so many parts are there.
fn wait_for_parts(least: usize, folder: &Path, child: &mut Child) {
    while parts(folder) < least {
        assert!(child.try_wait().unwrap().is_none(), "the study ended before it could be stopped");
        sleep(Duration::from_millis(1));
    }
}

fn assert_same(one: &Path, other: &Path) {
    let names = listing(&one.join("study"));
    assert_eq!(names, listing(&other.join("study")));
    assert_eq!(names.len(), 42, "40 parts, the design and the record");
    for name in names {
        assert!(fs::read(one.join("study").join(&name)).unwrap() == fs::read(other.join("study").join(&name)).unwrap(), "{name} differs");
    }
}

#[test]
fn a_killed_study_goes_on_where_it_was_and_ends_the_same_on_any_number_of_threads() {
    let (undisturbed, killed) = (room(), room());
    let whole = call_in(undisturbed.path(), &[STUDY, &["--out", "study", "--threads", "1"]].concat());
    assert_eq!(whole.code, 0, "{}", whole.err);
    for least in [2, 5] {
        let mut child = begin(killed.path());
        wait_for_parts(least, killed.path(), &mut child);
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let done = parts(killed.path());
    assert!((5..40).contains(&done), "{done} of 40 parts were there after the kill");
    let resumed = call_in(killed.path(), &[STUDY, &["--out", "study", "--threads", "3", "--json"]].concat());
    assert_eq!(resumed.code, 0, "{}", resumed.err);
    let said: serde_json::Value = serde_json::from_str(&resumed.out).unwrap();
    assert_eq!((said["found"].as_u64(), said["done"].as_u64()), (Some(done as u64), Some(40)));
    assert_same(undisturbed.path(), killed.path());
    let again = call_in(killed.path(), &[STUDY, &["--out", "study"]].concat());
    assert!(again.code == 0 && again.out.contains("40 were there before"), "{}{}", again.out, again.err);
    let other = call_in(killed.path(), &[STUDY, &["--out", "study", "--seed", "2"]].concat());
    assert!(other.code == 2 && other.err.contains("seed: 1 there, 2 asked for"), "{}", other.err);
    assert_same(undisturbed.path(), killed.path());
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_a_study_between_parts() {
    let room = room();
    let mut child = begin(room.path());
    wait_for_parts(3, room.path(), &mut child);
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!((3..40).contains(&parts(room.path())));
    assert!(!listing(&room.path().join("study")).iter().any(|name| name.starts_with('.')), "nothing is left half-written");
}
