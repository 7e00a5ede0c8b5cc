use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use faultline_models::run::Setting;
use faultline_models::scenario::{Adjust, Override};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

use super::*;
use crate::ask::Ask;

/// Two factors, five points, three runs each.
fn ask(out: &Path) -> StudyAsk {
    let own = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
    let scenario = Ask {
        scenarios: own(&["decoupling"]),
        runs: Some("3".to_owned()),
        seed: Some("7".to_owned()),
        adopters: Some("100".to_owned()),
        to: Some("2027Q2".to_owned()),
        ..Ask::default()
    };
    let vary = own(&["switching-cost", "home-mandate.EU=0.2..0.9"]);
    StudyAsk { ask: scenario, vary, points: Some("5".to_owned()), indicators: own(&["fragmentation"]), out: out.join("study"), ..StudyAsk::default() }
}

fn go(ask: &StudyAsk) -> Result<Progress, Refusal> {
    let (never, silent) = (AtomicBool::new(false), |_: usize| ());
    run(&ask.check()?, Watch { cancel: &never, progress: &silent })
}

/// Lines of a part as text, without the names of its columns.
fn lines(part: &Path) -> Vec<Vec<Field>> {
    let reader = SerializedFileReader::new(fs::File::open(part).unwrap()).unwrap();
    reader.get_row_iter(None).unwrap().map(|row| row.unwrap().into_columns().into_iter().map(|(_, field)| field).collect()).collect()
}

fn number(field: &Field) -> f64 {
    match field {
        Field::Double(value) => *value,
        other => panic!("{other} is no number"),
    }
}

#[test]
fn a_line_holds_what_a_run_of_its_own_says() {
    let room = tempfile::tempdir().unwrap();
    let ask = ask(room.path());
    assert_eq!(go(&ask).unwrap(), Progress { points: 5, runs_per_point: 3, parts: 1, found: 0, done: 1, runs: 15 });
    let lines = lines(&room.path().join("study/part-000001.parquet"));
    // 2025Q4, 2026Q4 and the last quarter.
    assert_eq!(lines.len(), 5 * 3 * 3);
    let design = fs::read_to_string(room.path().join("study/design.csv")).unwrap();
    let point: Vec<f64> = design.lines().nth(4).unwrap().split(',').map(|cell| cell.parse().unwrap()).collect();
    let line = &lines[3 * 3 * 3 + 3 + 2];
    assert_eq!((line[0].to_string(), line[1].to_string(), line[2].to_string()), ("4".to_owned(), "8".to_owned(), "\"2027Q2\"".to_owned()));
    assert_eq!([4.0, number(&line[4]), number(&line[5])], point[..], "design.csv lists what was run");
    let overrides = [("switching-cost", point[1]), ("home-mandate.EU", point[2])].map(|(key, value)| Override { key: key.to_owned(), value });
    let adjust = Adjust { overrides: overrides.to_vec(), adopters: Some(100), to: "2027Q2".parse().ok(), from: None };
    let whole = Setting::new(&crate::scenarios::open("decoupling", &adjust).unwrap().scenario);
    let trajectory = faultline_models::run::run(&whole, 8);
    assert_eq!(
        number(&line[6]).to_bits(),
        trajectory.at(trajectory.rows() - 1, faultline_models::run::fragmentation_column(&whole).unwrap()).to_bits()
    );
    assert_eq!(line[3].to_string(), format!("\"{}\"", crate::outcome::future_kind(trajectory.future)));
}

#[test]
fn a_design_given_back_makes_the_same_parts_but_for_their_study() {
    let room = tempfile::tempdir().unwrap();
    let first = ask(room.path());
    go(&first).unwrap();
    let again =
        StudyAsk { vary: Vec::new(), points: None, design: Some(room.path().join("study/design.csv")), out: room.path().join("again"), ..first };
    go(&again).unwrap();
    let part = |folder: &str| lines(&room.path().join(folder).join("part-000001.parquet"));
    assert_eq!(part("study"), part("again"));
}

#[test]
fn parts_hold_all_runs_once_whatever_their_size() {
    let room = tempfile::tempdir().unwrap();
    let mut whole = Vec::new();
    for size in ["1", "2", "3", "7", "15"] {
        let ask = StudyAsk { runs_per_part: Some(size.to_owned()), out: room.path().join(size), ..ask(room.path()) };
        let progress = go(&ask).unwrap();
        assert!(progress.complete());
        let all: Vec<_> = (1..=progress.parts).flat_map(|part| lines(&ask.out.join(format!("part-{part:06}.parquet")))).collect();
        assert_eq!(all.len(), 45, "{size}");
        whole.push(all);
    }
    assert!(whole.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn another_study_in_the_folder_is_named_by_what_differs_and_left_alone() {
    let room = tempfile::tempdir().unwrap();
    let first = ask(room.path());
    go(&first).unwrap();
    let before = fs::read(room.path().join("study/study.json")).unwrap();
    let with = |change: &dyn Fn(&mut StudyAsk)| {
        let mut other = first.clone();
        change(&mut other);
        go(&other).unwrap_err().to_string()
    };
    assert!(with(&|a| a.ask.seed = Some("8".to_owned())).contains("seed: 7 there, 8 asked for"));
    assert!(with(&|a| a.points = Some("6".to_owned())).contains("design.points: 5 there, 6 asked for"));
    assert!(with(&|a| a.vary[1] = "home-mandate.EU=0.2..0.8".to_owned()).contains("design.factors.2.high: 0.9 there, 0.8 asked for"));
    assert!(with(&|a| a.ask.scenarios[0] = "today-extended".to_owned()).contains("scenario.id"));
    assert!(with(&|a| a.ask.set = vec!["margin=0.2".to_owned()]).contains("scenario.adjust.set"));
    assert!(with(&|a| a.quarters = Some(Quarters::All)).contains("quarters"));
    assert!(with(&|a| a.by_domain = true).contains("columns"));
    assert_eq!(fs::read(room.path().join("study/study.json")).unwrap(), before);
    let record = String::from_utf8(before).unwrap().replace(faultline_models::MODEL_VERSION, "0.0.9");
    fs::write(room.path().join("study/study.json"), record).unwrap();
    assert!(with(&|_| ()).contains("model-version: \"0.0.9\" there"));
}

#[test]
fn damaged_parts_are_named_all_at_once_and_run_anew_once_they_are_away() {
    let room = tempfile::tempdir().unwrap();
    let ask = StudyAsk { runs_per_part: Some("3".to_owned()), ..ask(room.path()) };
    go(&ask).unwrap();
    let part = |number: usize| ask.out.join(format!("part-{number:06}.parquet"));
    let kept = [1, 2, 3].map(|number| fs::read(part(number)).unwrap());
    fs::write(part(1), &kept[0][..kept[0].len() / 2]).unwrap();
    fs::write(part(3), &kept[1]).unwrap();
    let refusal = go(&ask).unwrap_err().to_string();
    assert!(refusal.contains("part-000001.parquet: is damaged") && refusal.contains("part-000003.parquet: belongs to another study"), "{refusal}");
    [1, 3].into_iter().for_each(|number| fs::remove_file(part(number)).unwrap());
    fs::write(ask.out.join(".faultline-half"), "PAR1").unwrap();
    assert_eq!(go(&ask).unwrap().found, 3);
    assert_eq!([1, 2, 3].map(|number| fs::read(part(number)).unwrap()), kept);
    assert!(!ask.out.join(".faultline-half").exists(), "what a killed program left is swept");
    fs::write(ask.out.join("design.csv"), "point\n").unwrap();
    assert!(go(&ask).unwrap_err().to_string().contains("design.csv was changed"));
}

#[test]
fn a_folder_with_anything_else_in_it_and_one_in_use_are_refused() {
    let room = tempfile::tempdir().unwrap();
    let first = ask(room.path());
    fs::create_dir(&first.out).unwrap();
    fs::write(first.out.join("thesis.doc"), "years of work").unwrap();
    assert!(go(&first).unwrap_err().to_string().contains("holds no study"));
    fs::remove_file(first.out.join("thesis.doc")).unwrap();
    go(&first).unwrap();
    let held = crate::disk::hold_named(&first.out.join("study.json")).unwrap();
    assert!(go(&first).unwrap_err().to_string().contains("in use"));
    drop(held);
    assert!(go(&first).unwrap().complete());
}

#[test]
fn everything_wrong_with_a_table_is_said_with_its_line() {
    let room = tempfile::tempdir().unwrap();
    let table = room.path().join("points.csv");
    let check = |text: &str| {
        fs::write(&table, text).unwrap();
        let ask = StudyAsk { vary: Vec::new(), points: None, design: Some(table.clone()), ..ask(room.path()) };
        ask.check().map(|study| study.points()).map_err(|refusal| refusal.to_string())
    };
    assert_eq!(check("switching-cost,home-mandate.EU\n0.5,0.3\n 1 , 0.4 \n"), Ok(2));
    assert_eq!(check("\u{feff}point,switching-cost\r\n1,0.5\r\n2,0.6\r\n"), Ok(2));
    let refusal = check("switching-cost,home-mandate.EU\n0.5,3\nmuch,0.2\n0.1\n0.2,nan\n").unwrap_err();
    for part in ["points.csv:2: home-mandate.EU: 3 is out of range", ":3: switching-cost: “much”", ":4: has 1 cells", ":5: home-mandate.EU: NaN"]
    {
        assert!(refusal.contains(part), "{part} is missing in {refusal}");
    }
    for (text, part) in [
        ("", "names what varies"),
        ("switching-cost\n", "has no points"),
        ("switching-cost,switching-cost\n1,2\n", "named twice"),
        ("network-strength,network-strength.foundation\n1,2\n", "is a part of network-strength"),
        ("switchig-cost\n1\n", "did you mean switching-cost?"),
        ("point,switching-cost\n2,1\n", "1 should stand here"),
    ] {
        let refusal = check(text).unwrap_err();
        assert!(refusal.contains(part), "{part} is missing in {refusal}");
    }
}

#[test]
fn ranges_come_from_the_scenario_unless_they_are_typed() {
    let room = tempfile::tempdir().unwrap();
    let ranges = |vary: &[&str]| {
        let ask = StudyAsk { vary: vary.iter().map(ToString::to_string).collect(), ..ask(room.path()) };
        ask.check().map(|study| study.factors.iter().map(|f| (f.low, f.high)).collect::<Vec<_>>()).map_err(|refusal| refusal.to_string())
    };
    let scenario = crate::scenarios::open("decoupling", &Adjust::default()).unwrap().scenario;
    let ledger = |key: &str| scenario.ledger.iter().find(|entry| entry.key == key).map(|entry| (entry.quantity.low, entry.quantity.high)).unwrap();
    assert_eq!(ranges(&["switching-cost"]).unwrap(), [ledger("uncertainties.switching-cost")]);
    assert_eq!(ranges(&["home-mandate.EU", "cooperation=0.1..0.2"]).unwrap(), [(0.0, 1.0), (0.1, 0.2)]);
    assert!(ranges(&["uncertainties", "levers"]).unwrap().len() > 40);
    for (vary, part) in [
        (&["home-mandat"][..], "did you mean home-mandate?"),
        (&["home-mandate=0.9..0.2"], "lower end first"),
        (&["home-mandate=0.2..9"], "out of range"),
        (&["home-mandate=much"], "is no range"),
        (&["switching-cost", "uncertainties"], "named twice"),
        (&[], "nothing varies"),
    ] {
        let refusal = ranges(vary).unwrap_err();
        assert!(refusal.contains(part), "{part} is missing in {refusal}");
    }
    let set = StudyAsk { ask: Ask { set: vec!["switching-cost=1".to_owned()], ..ask(room.path()).ask }, ..ask(room.path()) };
    assert!(set.check().unwrap_err().to_string().contains("set throughout"));
}
