//! What a referee tries: classics, metrics and episodes from the command line, on cases that nobody wrote down, and bad input.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{call, call_in, room};
use faultline_tests::shipped::{files, top};

fn json(arguments: &[&str]) -> Value {
    let answer = call(&[arguments, &["--json"]].concat());
    assert_eq!(answer.code, 0, "{arguments:?}: {}", answer.err);
    serde_json::from_str(&answer.out).unwrap_or_else(|e| panic!("{arguments:?}: {e}"))
}

/// The line of a classic with this name.
fn line<'a>(page: &'a Value, name: &str) -> &'a Value {
    let lines = page["lines"].as_array().unwrap();
    lines.iter().find(|line| line["name"] == name).unwrap_or_else(|| panic!("no line “{name}” in {lines:?}"))
}

#[test]
fn every_classic_of_the_list_answers_with_figures_a_source_and_a_chart() {
    let list = json(&["classic"]);
    let ids: Vec<&str> = list.as_array().unwrap().iter().map(|classic| classic["id"].as_str().unwrap()).collect();
    for id in [
        "arthur",
        "urn",
        "logit",
        "logit-chain",
        "three-blocs",
        "bass",
        "watts",
        "degroot",
        "hegselmann-krause",
        "deffuant",
        "ballot",
        "landscape",
        "katz-shapiro",
        "variants",
        "standardization-gap",
    ] {
        assert!(ids.contains(&id), "{id} is missing");
    }
    for id in ids.iter().filter(|id| !["three-blocs", "watts", "logit", "deffuant"].contains(id)) {
        let page = json(&["classic", id, "--runs", "20"]);
        assert!(!page["lines"].as_array().unwrap().is_empty() && !page["source"].as_str().unwrap().is_empty(), "{id}");
        assert!(!page["picture"]["series"].as_array().unwrap().is_empty(), "{id}");
    }
}

#[test]
fn a_published_number_and_one_that_nobody_published_come_out() {
    let published = json(&["classic", "arthur", "--a_R", "1", "--b_R", "0.5", "--a_S", "0.2", "--b_S", "1", "--p", "0.55"]);
    let to_a = line(&published, "runs that lock in to A");
    assert!((to_a["reference"].as_f64().unwrap() - 0.736_307).abs() < 1e-6 && to_a["agrees"] == true);
    // L = 4, U = 6 by hand: floor(.7/.2) + 1 and floor(1/.2 …) + 1; P = L/(L+U).
    let own = json(&["classic", "arthur", "--a_R", "1.7", "--r", "0.2", "--b_S", "2.1", "--s", "0.2"]);
    let to_a = line(&own, "runs that lock in to A");
    assert!((to_a["reference"].as_f64().unwrap() - 0.4).abs() < 1e-9 && to_a["agrees"] == true, "{to_a}");
    let ballot = json(&["classic", "ballot", "--members", "4", "--p", "0.6"]);
    // Four members: at least three in favour, 4 · .6³ · .4 + .6⁴.
    assert!((line(&ballot, "ballots that pass")["reference"].as_f64().unwrap() - 0.4752).abs() < 1e-9);
}

#[test]
fn the_same_seed_gives_the_same_answer_and_another_one_another() {
    let ask = |seed: &str| call(&["classic", "bass", "--runs", "50", "--t", "5", "--seed", seed, "--json"]).out;
    assert_eq!(ask("3"), ask("3"));
    assert_ne!(ask("3"), ask("4"));
}

fn write(folder: &TempDir, name: &str, text: &str) {
    fs::write(folder.path().join(name), text).unwrap();
}

#[test]
fn a_landscape_of_ones_own_lists_all_minima_in_three_formats() {
    let folder = room();
    write(
        &folder,
        "l.toml",
        "names = [\"a\", \"b\", \"c\"]\nsizes = [1.0, 2.0, 3.0]\npropensity = [[0.0, 1.0, -1.0], [1.0, 0.0, -1.0], [-1.0, -1.0, 0.0]]\n",
    );
    write(&folder, "l.json", r#"{"names":["a","b","c"],"sizes":[1,2,3],"propensity":[[0,1,-1],[1,0,-1],[-1,-1,0]]}"#);
    write(&folder, "l.csv", "name,size,a,b,c\na,1,0,1,-1\nb,2,1,0,-1\nc,3,-1,-1,0\n");
    let answers: Vec<Value> = ["l.toml", "l.json", "l.csv"]
        .iter()
        .map(|file| serde_json::from_str(&call_in(folder.path(), &["classic", "landscape", "--file", file, "--json"]).out).unwrap())
        .collect();
    assert!(answers.iter().all(|answer| answer["listing"] == answers[0]["listing"]));
    // a and b like each other and neither likes c: one stable pair of camps, −2 (1·3 + 2·3) = −18, and all four starts end there.
    let rows = answers[0]["listing"]["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0][0].as_str().unwrap(), rows[0][1].as_str().unwrap()), ("-18.0000", "4"));
    assert_eq!((rows[0][3].as_str().unwrap(), rows[0][4].as_str().unwrap()), ("a, b", "c"));
}

#[test]
fn bad_parameters_and_tables_end_with_2_and_one_clear_error() {
    let folder = room();
    write(&folder, "oblong.toml", "names = [\"a\", \"b\"]\nsizes = [1.0, 2.0]\npropensity = [[0.0, 1.0]]\n");
    write(&folder, "oblong.csv", "name,size,a\na,1,0\nb,2,1\n");
    write(&folder, "sum.csv", "group,x,y\nEU,0.5,0.4\n");
    write(&folder, "empty.toml", "");
    write(&folder, "deep.json", &"[".repeat(100_000));
    for (arguments, reason) in [
        (&["classic", "arthur", "--p", "1.5"][..], "0 to 1"),
        (&["classic", "arthur", "--p", "-0.5"], "0 to 1"),
        (&["classic", "arthur", "--p", "much"], "much"),
        (&["classic", "arthur", "--runs", "0"], "--runs"),
        (&["classic", "arthur", "--seed", "x"], "--seed"),
        (&["classic", "arthur", "--a_R", "0"], "a_R above b_R"),
        (&["classic", "arthr"], "arthur"),
        (&["classic", "arthur", "--zeta", "1"], "--zeta"),
        (&["classic", "bass", "--M", "0"], "--M"),
        (&["classic", "degroot", "--T", "1,0;0"], "not square"),
        (&["classic", "landscape", "--file", "oblong.toml"], "square"),
        (&["classic", "landscape", "--file", "oblong.csv"], "square"),
        (&["classic", "landscape", "--file", "missing.toml"], "missing.toml"),
        (&["classic", "landscape", "--file", "deep.json"], "deep.json"),
        (&["classic", "bass", "--out", "chart.doc"], "doc"),
        (&["metrics", "sum.csv"], "add to 0.9"),
        (&["metrics", "empty.toml"], "nothing to measure"),
        (&["metrics", "deep.json"], "deep.json"),
        (&["metrics", "missing.csv"], "missing.csv"),
        (&["hindcast", "mobil-3g-china"], "mobile-3g-china"),
        (&["hindcast", "empty.toml"], "empty.toml"),
        (&["hindcast", "mobile-3g-china", "--draws", "5"], "--draws"),
    ] {
        let answer = call_in(folder.path(), arguments);
        assert_eq!(answer.code, 2, "{arguments:?}: {}{}", answer.out, answer.err);
        assert!(answer.err.contains(reason) && !answer.err.contains("panicked"), "{arguments:?} does not say {reason}: {}", answer.err);
        assert_eq!(answer.err.matches("error:").count(), 1, "{arguments:?}: {}", answer.err);
        assert_eq!(answer.out, "", "{arguments:?}");
    }
}

#[test]
fn the_worked_example_is_measured_from_a_file() {
    let folder = room();
    write(&folder, "t.csv", "group,weight,1,2,3\nEU,0.2,0.7,0.1,0.2\nCN,0.2,0.05,0.9,0.05\nUS,0.25,0.2,0.05,0.75\nrest,0.35,0.3,0.4,0.3\n");
    write(&folder, "d.csv", ",1,2,3\n1,0,0.6,0.3\n2,0.6,0,0.5\n3,0.3,0.5,0\n");
    let answer = call_in(folder.path(), &["metrics", "t.csv", "--distances", "d.csv", "--order", "3", "--json"]);
    let metrics: Value = serde_json::from_str(&answer.out).unwrap();
    let value = |id: &str| metrics.as_array().unwrap().iter().find(|m| m["id"] == id).unwrap()["value"].as_f64().unwrap();
    assert!((value("divergence") - 0.224_254).abs() < 1e-6 && (value("interoperability") - 0.687_576).abs() < 1e-6);
    // Order 3 by hand: (Σ g³)^(−1/2).
    assert!((value("hill.3") - (0.305f64.powi(3) + 0.3525f64.powi(3) + 0.3425f64.powi(3)).powf(-0.5)).abs() < 1e-9);
}

/// A contest that this test makes up: the format is all that a new episode needs.
const EPISODE: &str = r#"
name = "Plugs"
story = "Two plugs, one market that owns neither."
fit-until = "2014"
[[blocs]]
id = "north"
standard = "round"
size = 1.0
source = "made up"
[[blocs]]
id = "south"
standard = "flat"
size = 1.0
source = "made up"
[[markets]]
id = "middle"
size = 2.0
exposure = { north = 0.5, south = 0.5 }
source = "made up"
[[fitted]]
key = "quality.north"
low = -2.0
high = 2.0
why = "either way"
[[observed]]
market = "middle"
date = "2012"
amounts = { round = 5, flat = 5 }
source = "made up"
status = "verified"
[[observed]]
market = "middle"
date = "2013-06"
amounts = { round = 14, flat = 6 }
source = "made up"
status = "verified"
[[observed]]
market = "middle"
date = "2016Q2"
amounts = { round = 31, flat = 13 }
source = "made up"
status = "unverified"
"#;

#[test]
fn a_new_episode_is_only_a_file() {
    let folder = room();
    write(&folder, "plugs.toml", EPISODE);
    let answer = call_in(folder.path(), &["hindcast", "plugs.toml", "--draws", "400", "--json"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    let card: Value = serde_json::from_str(&answer.out).unwrap();
    // Everybody reviews every quarter unless the file says otherwise: the logit of 14 to 6 is .85.
    let quality = card["parameters"][0]["posterior"][1].as_f64().unwrap();
    assert!((quality - 0.85).abs() < 0.25, "{quality}");
    assert_eq!(card["scores"][0]["market"], "middle");
    assert!(card["scores"][0]["model"].as_f64().unwrap() < card["scores"][0]["persistence"].as_f64().unwrap() + 0.02);
    assert!(card["sources"].as_array().unwrap().iter().any(|s| s["status"] == "unverified"));
}

#[test]
fn mistakes_in_an_episode_come_together() {
    let folder = room();
    let broken = EPISODE
        .replace("quality.north", "quality.nort")
        .replace("market = \"middle\"\ndate = \"2016Q2\"", "market = \"midle\"\ndate = \"2016Q9\"")
        .replace("round = 14", "square = 14");
    write(&folder, "plugs.toml", &broken);
    let answer = call_in(folder.path(), &["hindcast", "plugs.toml"]);
    assert_eq!(answer.code, 2);
    for part in ["quality.nort", "midle", "2016Q9", "square"] {
        assert!(answer.err.contains(part), "{part} is missing: {}", answer.err);
    }
}

#[test]
fn shipped_episodes_hold_years_back_and_name_their_sources() {
    for path in files("episodes", "toml") {
        let id = path.file_stem().unwrap().to_str().unwrap();
        let card = json(&["hindcast", id, "--draws", "60"]);
        assert!(card["points"].as_array().unwrap().iter().any(|point| point["part"] == "held back"), "{id}");
        assert!(card["sources"].as_array().unwrap().iter().all(|s| !s["source"].as_str().unwrap().is_empty()), "{id}");
    }
}

#[test]
fn the_validation_document_speaks_of_every_classic_and_every_episode() {
    let text = fs::read_to_string(top().join("docs/validation.md")).unwrap();
    for classic in json(&["classic"]).as_array().unwrap() {
        assert!(text.contains(&format!("`faultline classic {}`", classic["id"].as_str().unwrap())), "{}", classic["id"]);
    }
    for path in files("episodes", "toml") {
        assert!(text.contains(&format!("`faultline hindcast {}`", path.file_stem().unwrap().to_str().unwrap())), "{}", path.display());
    }
    for part in ["What flips under a structural switch", "Mean field", "Misses:", "Assumed", "Contested"] {
        assert!(text.contains(part), "{part} is missing; run: cargo xtask validation");
    }
    let charts = text.matches("](images/validation/").count();
    assert!(charts >= 20 && Path::new(&top().join("docs/images/validation/arthur.svg")).exists());
}
