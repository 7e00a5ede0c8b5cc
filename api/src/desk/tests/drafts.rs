use faultline_models::ensemble::{Control, Ensemble};
use faultline_models::levers::LEVERS;
use faultline_models::scenario::{Adjust, Override, Scenario};
use faultline_models::uncertainties::UNCERTAINTIES;

use super::*;
use crate::desk::export;
use crate::scenarios;
use crate::wire::EventLine;
use crate::wire_desktop::{InputKind, ScenarioFormat, SetSwitch};

fn bits(scenario: &Scenario) -> Vec<u64> {
    let ensemble = Ensemble::run(scenario, 3, 2, &Control::default());
    ensemble.runs.iter().flat_map(|run| run.values.iter().map(|v| v.to_bits())).collect()
}

/// A draft that uses everything a draft can.
fn rich() -> Draft {
    let mut own =
        with("late-repair", &[("cooperation", 0.6), ("home-mandate.EU", 0.7), ("switching-cost", 2.75), ("international-quality.foundation", 0.4)]);
    own.story = "A story “with quotes” and = signs.\n\nSecond paragraph.".to_owned();
    own.paths = vec![
        path("mutual-recognition", &["EU-US"], 0.5, "2031Q2"),
        path("tension", &[], 0.7, "2026Q3"),
        path("bloc-voting", &["EU", "CN"], 0.2, "2029Q1"),
    ];
    own.paths[1].event = Some("A shock".to_owned());
    own.events = vec![EventLine { date: "2026Q3".to_owned(), name: "A shock".to_owned(), note: "Trade talks fail.".to_owned(), tension_shock: 0.1 }];
    own.switches = vec![
        SetSwitch { key: "choice".to_owned(), value: "threshold".to_owned() },
        SetSwitch { key: "reciprocity".to_owned(), value: "0.1".to_owned() },
    ];
    own
}

#[test]
fn a_name_that_is_imported_is_of_plain_characters() {
    let (desk, room) = desk();
    let file = room.path().join("mine.toml");
    std::fs::write(&file, "extends = \"decoupling\"\nname = \"My \u{202e}own\"\n").unwrap();
    assert_eq!(desk.import_scenario(&file).unwrap().draft.name, "My own");
}

#[test]
fn the_window_is_told_of_no_option_and_no_command_line() {
    let own = with("decoupling", &[("no-such-lever", 0.5), ("tension", 7.0)]);
    for (draft, adopters) in [(&own, None), (&with("decoupling", &[]), Some(4_000_000_000)), (&own, Some(1))] {
        let refusal = draft::loaded(draft, adopters).unwrap_err();
        assert!(refusal.message.ends_with("those of before."), "{refusal}");
        assert!(refusal.details.iter().all(|line| !line.contains("--") && !line.contains('`')), "{refusal}");
    }
    let refusal = draft::loaded(&with("decoupling", &[]), Some(4_000_000_000)).unwrap_err();
    assert!(refusal.details[0].starts_with("adopters: 4000000000 is out of range"), "{refusal}");
}

#[test]
fn a_draft_without_changes_is_the_shipped_scenario() {
    for id in crate::embedded::scenario_ids() {
        let shipped = scenarios::open(&id, &Adjust { adopters: Some(150), ..Adjust::default() }).unwrap().scenario;
        let own = draft::loaded(&draft::plain("own", "My own", &id), FEW).unwrap().scenario;
        assert_eq!(own.story, shipped.story, "{id}");
        assert_eq!((&own.moves, &own.events), (&shipped.moves, &shipped.events), "{id}");
        assert_eq!(bits(&own), bits(&shipped), "{id}");
    }
}

#[test]
fn a_value_means_what_it_means_on_the_command_line() {
    let cases: [(&str, &[(&str, f64)]); 6] = [
        ("today-extended", &[("mutual-recognition.EU-US", 0.65)]),
        ("today-extended", &[("cooperation", 0.8), ("home-mandate.CN", 0.9)]),
        ("late-repair", &[("cooperation.foundation", 0.3), ("tension", 0.2)]),
        ("decoupling", &[("network-strength", 5.0), ("switching-cost", 0.0)]),
        ("transatlantic", &[("network-strength.governance", 2.0), ("ideal-spread", 0.5)]),
        ("today-extended", &[("cooperation.EU-US.governance", 1.0), ("international-quality.foundation", 0.7)]),
    ];
    for (base, values) in cases {
        let overrides = values.iter().map(|(key, value)| Override { key: (*key).to_owned(), value: *value }).collect();
        let set = scenarios::open(base, &Adjust { overrides, adopters: Some(150), ..Adjust::default() }).unwrap().scenario;
        let own = draft::loaded(&with(base, values), FEW).unwrap().scenario;
        assert_eq!(own.uncertainties, set.uncertainties, "{base} {values:?}");
        assert_eq!(bits(&own), bits(&set), "{base} {values:?}");
    }
}

#[test]
fn an_exported_file_loads_back_to_the_identical_scenario() {
    let (desk, room) = desk();
    let file = room.path().join("own.toml");
    let drafts = [rich(), with("decoupling", &[]), with("selective-cooperation", &[("cooperation", 0.123456789012345)])];
    for own in drafts {
        desk.export_scenario(&own, ScenarioFormat::Toml, &file).unwrap();
        let back = scenarios::open(file.to_str().unwrap(), &Adjust::default()).unwrap().scenario;
        assert_eq!(back, draft::loaded(&own, None).unwrap().scenario, "{}", own.base);
        // And what was imported can be changed and exported again.
        let mut again = desk.import_scenario(&file).unwrap().draft;
        again.values.push(SetValue { key: "margin".to_owned(), value: 0.2 });
        again.paths.push(path("capture-guard", &[], 0.3, "2030Q1"));
        desk.export_scenario(&again, ScenarioFormat::Toml, &file).unwrap();
        let twice = scenarios::open(file.to_str().unwrap(), &Adjust::default()).unwrap().scenario;
        assert_eq!(twice, draft::loaded(&again, None).unwrap().scenario);
        assert_eq!(twice.moves.len(), back.moves.len() + 1);
    }
}

#[test]
fn a_spreadsheet_reads_back_and_a_changed_number_becomes_a_value() {
    let (desk, room) = desk();
    let file = room.path().join("own.csv");
    let own = rich();
    desk.export_scenario(&own, ScenarioFormat::Csv, &file).unwrap();
    let back = desk.import_scenario(&file).unwrap().draft;
    assert_eq!((&back.values, &back.paths, &back.events, &back.switches), (&own.values, &own.paths, &own.events, &own.switches));
    let text = std::fs::read_to_string(&file).unwrap();
    let line = text.lines().find(|line| line.starts_with("number,margin,")).unwrap();
    let changed = text.replace(line, &line.replacen("0.15", "0.25", 1));
    assert_ne!(changed, text);
    std::fs::write(&file, changed).unwrap();
    let changed = desk.import_scenario(&file).unwrap().draft;
    assert_eq!(changed.values.last(), Some(&SetValue { key: "margin".to_owned(), value: 0.25 }));
    std::fs::write(&file, "kind,key,value\nvalue,margin,much\nwhat,,\nnumber,=cmd(),1\n").unwrap();
    let refusal = desk.import_scenario(&file).unwrap_err();
    assert_eq!(refusal.details.len(), 2, "{refusal}");
}

#[test]
fn everything_wrong_with_a_draft_is_said_at_once_under_its_own_keys() {
    let mut own = with("today-extended", &[("home-mandat.EU", 0.5), ("margin", 9.0), ("tension", f64::NAN), ("home-mandate.EU", 0.5)]);
    own.id = "../own".to_owned();
    own.paths = vec![path("tension", &[], 0.5, "2030Q1"), path("no-lever", &[], 0.5, "2028Q1"), path("home-mandate", &["XX"], 2.0, "2029")];
    own.events = vec![EventLine { date: "2010Q1".to_owned(), name: "Long ago".to_owned(), note: String::new(), tension_shock: 9.0 }];
    own.switches = vec![SetSwitch { key: "choice".to_owned(), value: "dice".to_owned() }];
    let problems = draft::check(&own, None).unwrap_err();
    let keys: Vec<&str> = problems.iter().map(|p| p.key.as_str()).collect();
    for key in [
        "id",
        "home-mandat.EU",
        "margin",
        "tension",
        "paths[2].lever",
        "paths[3].to",
        "paths[3].from",
        "events[1].date",
        "events[1].tension-shock",
        "structure.choice",
    ] {
        assert!(keys.contains(&key), "{key} is missing in {keys:?}");
    }
    assert!(problems.iter().all(|p| !p.message.is_empty() && !p.hint.is_empty() && p.file.is_empty()), "{problems:?}");
    let shown = desk().0.inspect(&own, &with("today-extended", &[]), Language::En, None).unwrap();
    assert_eq!(shown.problems, problems);
    assert!(shown.page.is_none() && shown.toml.is_empty() && !shown.controls.is_empty(), "controls stay, so that the user can go on");
}

#[test]
fn files_from_strangers_are_refused_with_reasons_and_never_break_anything() {
    let deep = format!("name = \"x\"\na = {}{}", "[".repeat(5_000), "]".repeat(5_000));
    let long = format!("name = \"{}\"\nstory = \"x\"\nextends = \"today-extended\"", "x".repeat(5_000));
    let many = format!(
        "extends = \"today-extended\"\nname = \"x\"\nstory = \"x\"\n{}",
        "[[moves]]\nlever = \"tension\"\nto = 0.5\nfrom = \"2030Q1\"\nbecause = \"x\"\n".repeat(600)
    );
    let cases = [
        "",
        "\0",
        "name = ",
        "extends = \"../../etc/passwd\"",
        "extends = \"imported\"\nname = \"x\"",
        "extends = \"today-extended\"\nname = 3\nscript = \"<script>alert(1)</script>\"",
        "extends = \"today-extended\"\nname = \"a\\nb\"\nstory = \"x\"",
        "extends = \"today-extended\"\nname = \"x\"\nstory = \"x\"\n[uncertainties]\nmargin = { value = nan }",
        &deep,
        &long,
        &many,
    ];
    for text in cases {
        let refusal = export::import_text(text, "stranger").expect_err(&text.chars().take(60).collect::<String>());
        assert!(!refusal.details.is_empty(), "{refusal}");
        assert!(refusal.details.iter().all(|line| line.chars().count() < 2_000));
    }
    let fine = "extends = \"decoupling\"\nname = \"<b>Mine</b>\"\nstory = \"x\"";
    let imported = export::import_text(fine, "stranger").unwrap();
    assert_eq!((imported.draft.base.as_str(), imported.draft.name.as_str()), ("decoupling", "<b>Mine</b>"));
}

#[test]
fn there_is_a_control_for_everything_that_can_be_moved_and_setting_it_reaches_its_value() {
    let (desk, _room) = desk();
    let baseline = with("today-extended", &[]);
    let shown = desk.inspect(&baseline, &baseline, Language::En, None).unwrap();
    let keys: Vec<&str> = shown.controls.iter().map(|c| c.key.as_str()).collect();
    for lever in LEVERS {
        for key in [lever.id.to_owned(), format!("{}.EU", lever.id), format!("{}.EU-US", lever.id), format!("{}.EU.governance", lever.id)] {
            let fits = Adjust { overrides: vec![Override { key: key.clone(), value: lever.low }], ..Adjust::default() };
            assert_eq!(keys.contains(&key.as_str()), scenarios::open("today-extended", &fits).is_ok(), "{key}");
        }
    }
    assert!(UNCERTAINTIES.iter().all(|u| keys.contains(&u.id)) && keys.contains(&"cooperation"));
    assert!(keys.iter().enumerate().all(|(i, key)| !keys[..i].contains(key)), "no key is there twice");
    for control in shown.controls.iter().filter(|c| c.key != "cooperation") {
        assert!(!control.used_in.is_empty() && !control.reading.is_empty() && control.step > 0.0, "{}", control.key);
        assert!(control.low <= control.value && control.value <= control.high && control.value == control.baseline, "{}", control.key);
        let target = if control.value == control.plausible_high { control.plausible_low } else { control.plausible_high.min(control.high) };
        let moved = desk.inspect(&with("today-extended", &[(&control.key, target)]), &baseline, Language::En, None).unwrap();
        let now = moved.controls.iter().find(|c| c.key == control.key).unwrap();
        assert_eq!((now.value, now.set, now.default), (target, true, control.value), "{}", control.key);
        assert!(!moved.changed.inputs.is_empty(), "{}", control.key);
    }
}

/// The baseline cut down to its first domain, as a file from outside.
fn of_one_domain() -> Draft {
    let mut table: toml::Table = crate::embedded::scenario_sources("today-extended").unwrap()[0].text.parse().unwrap();
    let domains = table["domains"].as_array_mut().unwrap();
    domains.truncate(1);
    domains[0]["weight"]["value"] = toml::Value::from(1.0);
    domains[0]["weight"]["high"] = toml::Value::from(1.0);
    for bloc in table["blocs"].as_array_mut().unwrap() {
        bloc["starts-identical"].as_array_mut().unwrap().retain(|id| id.as_str() == Some("foundation"));
    }
    table["uncertainties"]["network-strength"].as_table_mut().unwrap().retain(|id, _| id == "foundation");
    Draft { text: Some(table.to_string()), ..with("today-extended", &[]) }
}

#[test]
fn a_domain_that_is_missing_is_a_difference_of_its_own_and_none_in_every_lever() {
    let (desk, _room) = desk();
    let whole = with("today-extended", &[]);
    let keys = |own: &Draft, baseline: &Draft| {
        let changed = desk.inspect(own, baseline, Language::En, None).unwrap().changed;
        changed.inputs.iter().map(|d| d.key.clone()).collect::<Vec<_>>()
    };
    let weights = |keys: &[String]| keys.iter().filter(|key| key.starts_with("domains.") && key.ends_with(".weight")).count();
    let fewer = keys(&of_one_domain(), &whole);
    assert!(weights(&fewer) == 3 && fewer.iter().all(|key| key.starts_with("domains.")), "{fewer:?}");
    let more = keys(&whole, &of_one_domain());
    assert!(weights(&more) == 3 && more.iter().all(|key| key.starts_with("domains.")), "{more:?}");
    let moved =
        keys(&Draft { values: with("today-extended", &[("mutual-recognition.EU-US", 0.65), ("margin", 0.2)]).values, ..of_one_domain() }, &whole);
    assert_eq!(moved.iter().filter(|key| !key.starts_with("domains.")).collect::<Vec<_>>(), ["mutual-recognition.EU-US", "margin"]);
}

#[test]
fn changed_counts_are_the_length_of_the_diff_from_the_baseline() {
    let (desk, _room) = desk();
    let baseline = with("today-extended", &[("margin", 0.2)]);
    type Set<'a> = &'a [(&'a str, f64)];
    let cases: [(Set<'_>, u32, u32); 5] = [
        (&[("margin", 0.2)], 0, 0),
        (&[], 0, 1),
        (&[("margin", 0.2), ("mutual-recognition.EU-US", 0.65)], 1, 0),
        (&[("margin", 0.2), ("home-mandate", 0.1), ("switching-cost", 2.0), ("network-strength.governance", 0.9)], 2, 2),
        // The United States are at 0.1 already.
        (&[("margin", 0.2), ("home-mandate.US", 0.1)], 0, 0),
    ];
    for (values, choices, assumptions) in cases {
        let changed = desk.inspect(&with("today-extended", values), &baseline, Language::En, None).unwrap().changed;
        assert_eq!((changed.choices, changed.assumptions), (choices, assumptions), "{values:?}: {:?}", changed.inputs);
        let count = |kind: InputKind| changed.inputs.iter().filter(|d| d.kind == kind).count() as u32;
        assert_eq!((count(InputKind::Choice), count(InputKind::Assumption)), (choices, assumptions));
    }
    let mut drawn = with("today-extended", &[("margin", 0.2)]);
    drawn.paths = vec![path("tension", &[], 0.9, "2028Q1"), path("tension", &[], 0.4, "2032Q1")];
    let changed = desk.inspect(&drawn, &baseline, Language::En, Some("tension")).unwrap();
    assert!(changed.changed.inputs.len() == 1 && changed.changed.inputs[0].over_time, "it comes back to where it was");
    let track = changed.track.unwrap();
    assert!(track.values.iter().any(|v| (v - 0.9).abs() < 1e-12) && track.baseline.iter().all(|v| *v == 0.4));
}

#[test]
fn the_ledger_holds_every_number_with_its_footing_and_who_changed_it() {
    let (desk, _room) = desk();
    let own = rich();
    let ledger = desk.ledger(&own, &with("today-extended", &[]), Language::En).unwrap();
    let scenario = draft::loaded(&own, None).unwrap().scenario;
    assert_eq!(ledger.lines.len(), scenario.ledger.len() + scenario.moves.len());
    for line in &ledger.lines {
        assert!(!line.unit.is_empty() && !line.source.is_empty() && !line.used_in.is_empty() && !line.name.is_empty(), "{line:?}");
        assert!(["measured", "estimated", "assumed"].contains(&line.grade.as_str()) && line.low <= line.high, "{line:?}");
    }
    let find = |key: &str| ledger.lines.iter().find(|line| line.key == key).unwrap_or_else(|| panic!("{key}"));
    assert_eq!(find("uncertainties.switching-cost").changed_by.as_deref(), Some("My own"));
    assert_eq!(find("uncertainties.switching-cost").default, Some(1.0));
    assert_eq!(find("uncertainties.margin").changed_by, None);
    assert_eq!(find("uncertainties.international-quality.foundation").changed_by.as_deref(), Some("My own"));
    assert_eq!(find("uncertainties.international-quality.governance").changed_by, None);
    assert!(!find("trade.EU-rest").unverified.is_empty());
    assert_eq!(ledger.grades.measured + ledger.grades.estimated + ledger.grades.assumed, ledger.lines.len());
}

#[test]
fn the_library_is_complete_in_every_language() {
    let (desk, _room) = desk();
    let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let zh = desk.library(Language::Zh).unwrap();
    assert!(zh.levers.iter().all(|l| han(&l.name) && han(&l.reading) && han(&l.group)));
    assert!(zh.uncertainties.iter().all(|u| han(&u.name) && han(&u.reading)));
    assert!(zh.futures.len() == 5 && zh.switches.iter().all(|s| han(&s.name)));
    let pseudo = desk.library(Language::Pseudo).unwrap();
    assert!(pseudo.levers.iter().all(|l| l.name.starts_with('[') && l.reading.ends_with(']')));
    let charts = desk.library(Language::En).unwrap().charts;
    for id in crate::desk::figures::BY_DOMAIN.iter().chain(&crate::desk::figures::BY_QUARTER) {
        assert!(charts.iter().any(|chart| chart.line.id == *id), "there is no chart {id}");
    }
    for chart in &charts {
        assert!(chart.line.how_to_read.split_whitespace().count() <= 45, "{}", chart.line.id);
    }
}

#[test]
fn the_ledger_of_every_shipped_scenario_is_chinese_in_the_chinese_window() {
    let (desk, _room) = desk();
    let chinese = |text: &str| text.is_empty() || text.starts_with("evidence:") || text.chars().any(|c| c as u32 > 0x2e7f);
    for id in crate::embedded::scenario_ids() {
        let own = with(&id, &[]);
        for line in desk.ledger(&own, &with("today-extended", &[]), Language::Zh).unwrap().lines {
            for said in [&line.name, &line.group, &line.unit, &line.source, &line.note].into_iter().chain(&line.used_in) {
                assert!(chinese(said), "{}: {said}", line.key);
            }
        }
    }
}
