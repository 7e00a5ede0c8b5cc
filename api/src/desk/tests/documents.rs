use std::io::Write;
use std::path::Path;

use super::*;
use crate::desk::container::{self, Stored};
use crate::desk::start;
use crate::wire_desktop::{Condition, RerunAsk, RerunStep, SaveAsk, Settings, Stage, ThemeChoice, Workspace};

fn document() -> Workspace {
    let mut workspace = start::workspace(Language::En);
    let mut own = with("decoupling", &[("tension", 0.3)]);
    own.notes = "Remarks with <b>marks</b> & “quotes”, 中文".to_owned();
    workspace.scenarios.push(own);
    workspace.notes = "What we found".to_owned();
    workspace.shown = "own".to_owned();
    workspace
}

fn saving(workspace: &Workspace) -> SaveAsk {
    SaveAsk { workspace: workspace.clone(), results: Vec::new(), thumbnail: None }
}

#[test]
fn a_document_reads_back_as_it_was_and_saves_to_the_same_bytes() {
    let (desk, room) = desk();
    let file = room.path().join("work.faultline");
    let workspace = document();
    desk.save_workspace(&saving(&workspace), &file).unwrap();
    let opened = desk.open_workspace(&file).unwrap();
    assert_eq!(opened.workspace, workspace);
    assert_eq!((opened.condition, opened.read_only, opened.notices.len()), (Condition::Whole, false, 0));
    let before = std::fs::read(&file).unwrap();
    desk.save_workspace(&saving(&opened.workspace), &file).unwrap();
    assert_eq!(std::fs::read(&file).unwrap(), before);
    let recent = desk.recent().unwrap();
    assert!(recent.len() == 1 && recent[0].exists && recent[0].title == workspace.title);
}

#[test]
fn a_document_that_is_cut_off_gives_what_is_left_of_it() {
    let bytes = container::pack(&document(), None, None).unwrap();
    let torn = container::unpack(&bytes[..bytes.len() - 40], "work.faultline").unwrap();
    assert_eq!((torn.condition, torn.workspace.scenarios.len()), (Condition::Damaged, 4));
    assert!(torn.notices.iter().any(|n| n.contains("ends too early")), "{:?}", torn.notices);
    for length in (0..bytes.len()).step_by(97) {
        match container::unpack(&bytes[..length], "work.faultline") {
            Ok(opened) => assert!(opened.condition == Condition::Damaged && !opened.notices.is_empty()),
            Err(refusal) => assert!(refusal.message.contains("was not changed"), "{refusal}"),
        }
    }
}

#[test]
fn a_document_with_flipped_bits_never_passes_for_whole_and_other_than_it_was() {
    let workspace = document();
    let bytes = container::pack(&workspace, None, None).unwrap();
    let mut saved_scenarios = 0;
    for at in (0..bytes.len()).step_by(41) {
        let mut broken = bytes.clone();
        broken[at] ^= 0x5a;
        if let Ok(opened) = container::unpack(&broken, "work.faultline") {
            let same = opened.workspace == workspace;
            assert!(same || opened.condition != Condition::Whole, "byte {at}");
            saved_scenarios += usize::from(!same && !opened.workspace.scenarios.is_empty());
        }
    }
    assert!(saved_scenarios > 0, "damage to the first entry leaves the scenarios");
}

/// A container with the given entries.
fn packed(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn files_from_strangers_are_bounded_and_their_names_lead_nowhere() {
    let json = serde_json::to_vec(&document()).unwrap();
    let bomb = vec![b' '; 40 << 20];
    let deep = [vec![b'['; 100_000], vec![b']'; 100_000]].concat();
    for entries in [
        vec![("workspace.json", &bomb[..])],
        vec![("workspace.json", &deep[..])],
        vec![("workspace.json", b"{}".as_slice())],
        vec![("../../workspace.json", &json[..])],
        vec![("scenarios/../../x.toml", b"name = 1".as_slice())],
        vec![("readme.txt", b"hello".as_slice())],
        vec![],
    ] {
        assert!(container::unpack(&packed(&entries), "x").is_err(), "{:?}", entries.iter().map(|e| e.0).collect::<Vec<_>>());
    }
    let also = container::unpack(&packed(&[("workspace.json", &json), ("../evil", b"x"), ("results.json", &bomb)]), "x").unwrap();
    assert_eq!(also.workspace, document());
    assert!(!also.has_results);
    assert!(container::unpack(b"\x89PNG not a document", "x").is_err());
}

#[test]
fn what_does_not_fit_together_is_mended_and_said() {
    let mut workspace = document();
    workspace.baseline = "gone".to_owned();
    workspace.scenarios[1].id = "../x".to_owned();
    workspace.scenarios[2].id = workspace.scenarios[0].id.clone();
    workspace.charts.push(crate::wire_desktop::ChartChoice { chart: "no-chart".to_owned(), domain: None });
    workspace.runs = 4_000_000_000;
    let opened = container::unpack(&packed(&[("workspace.json", &serde_json::to_vec(&workspace).unwrap())]), "x").unwrap();
    let ids: Vec<&str> = opened.workspace.scenarios.iter().map(|d| d.id.as_str()).collect();
    assert_eq!(ids, ["today-extended", "scenario-1", "scenario-2", "own"]);
    assert_eq!((opened.workspace.baseline.as_str(), opened.condition), ("today-extended", Condition::Damaged));
    assert!(opened.workspace.runs <= 2_000 && opened.workspace.charts.len() == 3);
    assert!(opened.notices.len() >= 4, "{:?}", opened.notices);
}

#[test]
fn a_document_of_a_newer_version_can_be_read_and_is_not_replaced() {
    let (desk, room) = desk();
    let file = room.path().join("newer.faultline");
    for change in [("\"format\":1", "\"format\":2"), ("\"model_version\":\"0.", "\"model_version\":\"9.")] {
        let json = serde_json::to_string(&document()).unwrap();
        assert!(json.contains(change.0));
        let newer = json.replacen(change.0, change.1, 1).replacen('{', "{\"more\":[1,2],", 1);
        std::fs::write(&file, packed(&[("workspace.json", newer.as_bytes())])).unwrap();
        let opened = desk.open_workspace(&file).unwrap();
        assert_eq!((opened.condition, opened.read_only, opened.workspace.scenarios.len()), (Condition::Newer, true, 4));
        let before = std::fs::read(&file).unwrap();
        assert!(desk.save_workspace(&saving(&opened.workspace), &file).is_err());
        assert_eq!(std::fs::read(&file).unwrap(), before);
        desk.save_copy(&saving(&opened.workspace), &room.path().join("copy.faultline")).unwrap();
    }
}

/// A document as the bytes of a file, changed as its JSON is.
fn changed(changes: &[(&str, serde_json::Value)]) -> Vec<u8> {
    let mut json = serde_json::to_value(document()).unwrap();
    for (key, value) in changes {
        json[*key] = value.clone();
    }
    packed(&[("workspace.json", &serde_json::to_vec(&json).unwrap())])
}

#[test]
fn what_is_newer_is_named_with_its_own_version() {
    let told = |changes: &[(&str, serde_json::Value)]| {
        let opened = container::unpack(&changed(changes), "x").unwrap();
        assert_eq!(opened.condition, Condition::Newer);
        (opened.workspace.model_version.clone(), opened.notices.last().unwrap().clone())
    };
    let (_, format) = told(&[("format", 7.into())]);
    assert!(format.contains("format 7") && format.contains("up to format 1") && !format.contains("model"), "{format}");
    let (version, model) = told(&[("model_version", "2.0.0".into())]);
    assert!(version == "2.0.0" && model.contains("model 2.0.0") && !model.contains("format"), "{model}");
    let json = br#"{"format": 1, "model_version": "2.0.0\u202e", "charts": 5}"#;
    let scenario = draft::toml(&with("decoupling", &[])).unwrap();
    let shape = container::unpack(&packed(&[("workspace.json", json), ("scenarios/own.toml", scenario.as_bytes())]), "x").unwrap();
    assert_eq!((shape.condition, shape.workspace.model_version.as_str()), (Condition::Newer, "2.0.0"), "not that of the workspace made up for it");
}

#[test]
fn a_damaged_file_is_kept_beside_the_one_that_takes_its_place() {
    let (desk, room) = desk();
    let file = room.path().join("work.faultline");
    let whole = container::pack(&document(), None, None).unwrap();
    for (length, kept) in
        [(whole.len() - 40, "work.damaged.faultline"), (whole.len() - 60, "work.damaged-2.faultline"), (30, "work.damaged-3.faultline")]
    {
        let torn = &whole[..length];
        std::fs::write(&file, torn).unwrap();
        let saved = desk.save_workspace(&saving(&document()), &file).unwrap();
        assert_eq!(saved.paths, [file.clone(), room.path().join(kept)].map(|path| path.display().to_string()));
        assert_eq!(std::fs::read(room.path().join(kept)).unwrap(), torn);
        assert_eq!(desk.open_workspace(&file).unwrap().condition, Condition::Whole);
    }
    assert_eq!(desk.save_workspace(&saving(&document()), &file).unwrap().paths.len(), 1, "what is whole is replaced");
}

#[test]
fn a_damaged_file_that_cannot_be_kept_is_not_replaced() {
    let (desk, room) = desk();
    let file = room.path().join(format!("{}.faultline", "w".repeat(240)));
    std::fs::write(&file, "no document").unwrap();
    assert!(desk.save_workspace(&saving(&document()), &file).is_err(), "a name with “damaged” in it would be too long for the disk");
    assert_eq!(std::fs::read(&file).unwrap(), b"no document");
}

#[test]
fn a_chart_of_a_domain_that_nobody_has_shows_all_of_them_and_refuses_nothing() {
    let chart = |domain: &str| serde_json::json!([{"chart": "fragmentation", "domain": domain}]);
    let opened = container::unpack(&changed(&[("charts", chart("nope"))]), "x").unwrap();
    assert!(opened.workspace.charts[0].domain.is_none() && opened.notices[0].contains("“nope”"), "{:?}", opened.notices);
    let (desk, _room) = desk();
    let own = with("decoupling", &[]);
    let known = draft::base(&own).unwrap().domains[0].id.clone();
    let kept = container::unpack(&changed(&[("charts", chart(&known))]), "x").unwrap();
    assert_eq!((kept.workspace.charts[0].domain.as_ref(), kept.condition), (Some(&known), Condition::Whole));
    let mut ask = ask("a", &own, &own, 4);
    ask.charts[0].domain = Some("nope".to_owned());
    let step = explored(&desk, &ask).pop().unwrap();
    assert!(step.figures[0].unsuited.as_ref().is_some_and(|why| why.contains("no domain “nope”")), "{:?}", step.figures[0].unsuited);
    assert!(step.figures[1].unsuited.is_none() && step.figures[1].svg.starts_with("<svg "));
}

#[test]
fn names_from_files_are_bounded_and_of_plain_characters() {
    let mut workspace = document();
    workspace.title = format!("\u{202e}Title\n\u{2066}{}", "x".repeat(500));
    workspace.scenarios[3].name = "My\u{200f} \u{1b}[31mown".to_owned();
    workspace.scenarios[2].name = "\u{202e}".to_owned();
    workspace.scenarios[3].story = "مرحبا\u{200f}\nsecond line".to_owned();
    let opened = container::unpack(&packed(&[("workspace.json", &serde_json::to_vec(&workspace).unwrap())]), "x").unwrap();
    let (title, scenarios) = (&opened.workspace.title, &opened.workspace.scenarios);
    assert!(title.starts_with("Titlexx") && title.chars().count() == 120, "{title}");
    assert_eq!((scenarios[3].name.as_str(), scenarios[2].name.as_str()), ("My [31mown", scenarios[2].id.as_str()));
    assert_eq!(scenarios[3].story, workspace.scenarios[3].story, "prose may run either way");
    assert!(opened.notices.iter().any(|n| n.contains("longer than 120")), "{:?}", opened.notices);
    let again = container::unpack(&container::pack(&workspace, None, None).unwrap(), "x").unwrap();
    assert_eq!(again.condition, Condition::Whole, "a title that is typed too long is cut when it is saved: {:?}", again.notices);
}

#[test]
fn damage_is_told_for_what_it_is() {
    let json = serde_json::to_vec(&document()).unwrap();
    let long = vec![b'#'; 9 << 20];
    let notices = |entries: &[(&str, &[u8])]| container::unpack(&packed(entries), "x").unwrap().notices;
    let copy = notices(&[("workspace.json", &json), ("scenarios/own.toml", &long)]);
    assert!(copy[0].contains("copy of own") && copy[0].contains("nothing of it is lost"), "{copy:?}");
    let gone = notices(&[("workspace.json", &json), ("scenarios/other.toml", &long)]);
    assert!(gone[0].contains("scenarios/other.toml is damaged and was left out"), "{gone:?}");
    let results = notices(&[("workspace.json", &json), ("results.json", b"{\"model_version\":")]);
    assert!(results[0].contains("stored results are damaged"), "{results:?}");
    let bounds = container::unpack(&changed(&[("runs", 4_000_000_000_u32.into()), ("seed", u32::MAX.into())]), "x").unwrap().notices;
    assert!(bounds[0].contains("4000000000 runs") && bounds[1].contains("seed 4294967295"), "{bounds:?}");
}

#[test]
fn stored_results_are_run_again_and_every_difference_is_told() {
    let (desk, room) = desk();
    let file = room.path().join("work.faultline");
    let workspace = document();
    let step = explored(&desk, &ask("a", &workspace.scenarios[0], &workspace.scenarios[3], 6)).pop().unwrap();
    let saving = SaveAsk { workspace: workspace.clone(), results: step.results, thumbnail: Some("fragmentation".to_owned()) };
    desk.save_workspace(&saving, &file).unwrap();
    assert!(desk.open_workspace(&file).unwrap().has_results);
    assert!(desk.recent().unwrap()[0].thumbnail.as_ref().unwrap().starts_with("data:image/png;base64,iVBOR"));
    let rerun = |file: &Path| {
        let steps = Mutex::new(Vec::<RerunStep>::new());
        let ask = RerunAsk { ticket: "r".to_owned(), path: file.display().to_string(), language: Language::En };
        desk.rerun(&ask, &|step| steps.lock().unwrap().push(step)).unwrap();
        steps.into_inner().unwrap().pop().unwrap()
    };
    let same = rerun(&file);
    assert_eq!((same.verdict.as_str(), same.identical, same.progress.stage), ("identical", true, Stage::Full));
    let bytes = std::fs::read(&file).unwrap();
    let mut stored: Stored = container::stored(&bytes).unwrap();
    stored.model_version = "0.0.1".to_owned();
    stored.scenarios[1].results_sha256 = "0".repeat(64);
    stored.scenarios[1].headlines[0].2 = Some(0.123);
    let older = Workspace { model_version: "0.0.1".to_owned(), ..workspace };
    let entries: Vec<Vec<u8>> = vec![serde_json::to_vec(&older).unwrap(), serde_json::to_vec(&stored).unwrap()];
    std::fs::write(&file, packed(&[("workspace.json", &entries[0]), ("results.json", &entries[1])])).unwrap();
    let opened = desk.open_workspace(&file).unwrap();
    assert_eq!(opened.condition, Condition::OlderModel);
    assert!(opened.notices[0].contains("run with this one") && opened.notices[0].contains("stored figures"), "{:?}", opened.notices);
    let differs = rerun(&file);
    assert!(!differs.identical && differs.lines.len() == 1 && differs.lines[0].stored == Some(0.123), "{differs:?}");
    assert!(differs.verdict.contains("1 headline figure") && differs.verdict.contains("0.0.1"), "{}", differs.verdict);
}

#[test]
fn twenty_versions_are_kept_and_any_of_them_comes_back() {
    let (desk, room) = desk();
    let file = room.path().join("work.faultline");
    let mut workspace = document();
    for n in 0..24 {
        workspace.title = format!("Title {n}");
        desk.save_workspace(&saving(&workspace), &file).unwrap();
        desk.save_workspace(&saving(&workspace), &file).unwrap();
    }
    let versions = desk.versions(&file).unwrap();
    assert_eq!(versions.len(), 20);
    assert_eq!((versions[0].title.as_str(), versions[19].title.as_str()), ("Title 23", "Title 4"));
    let old = desk.restore(&file, &versions[10].id).unwrap();
    assert_eq!(old.workspace.title, "Title 13");
    assert_eq!(desk.open_workspace(&file).unwrap().workspace.title, "Title 23", "the file stays until the user saves");
    assert!(desk.restore(&file, "../../x").is_err());
}

#[test]
fn work_that_was_not_saved_is_offered_to_the_next_session() {
    let room = tempfile::tempdir().unwrap();
    let (data, file) = (room.path().join("data"), room.path().join("work.faultline"));
    let first = Desk::new(data.clone());
    let mut workspace = document();
    first.save_workspace(&saving(&workspace), &file).unwrap();
    workspace.title = "Edited since".to_owned();
    first.autosave(&workspace, Some(&file)).unwrap();
    assert!(first.recovery().unwrap().is_empty(), "a session does not recover its own work");
    let mut second = Desk::new(data.clone());
    second.session = "second".to_owned();
    assert!(second.recovery().unwrap().is_empty(), "a session that goes on keeps its work");
    drop(first);
    let left = second.recovery().unwrap();
    assert_eq!((left.len(), left[0].title.as_str(), left[0].path.as_deref()), (1, "Edited since", file.to_str()));
    let recovered = second.recover(&left[0].id).unwrap();
    assert_eq!(recovered.workspace, workspace);
    assert!(second.recovery().unwrap().is_empty());
    let mut third = Desk::new(data);
    third.session = "third".to_owned();
    assert!(third.recovery().unwrap().is_empty(), "it is the second's now");
    drop(second);
    let again = third.recovery().unwrap();
    assert_eq!(again.len(), 1, "taking over is not saving");
    third.recover(&again[0].id).unwrap();
    third.save_workspace(&saving(&recovered.workspace), &file).unwrap();
    assert!(third.recovery().unwrap().is_empty(), "saving is");
    assert!(third.recover("../settings").is_err());
    third.autosave(&workspace, None).unwrap();
    third.autosave_done(None).unwrap();
}

#[test]
fn settings_are_kept_and_damaged_ones_are_as_at_first() {
    let (desk, room) = desk();
    assert_eq!(desk.settings().unwrap(), Settings::default());
    let own = Settings { theme: ThemeChoice::Dark, scale: 150, ..Settings::default() };
    desk.set_settings(&own).unwrap();
    assert_eq!(desk.settings().unwrap(), own);
    std::fs::write(room.path().join("data/settings.json"), "{\"scale\": 9000, \"theme\":").unwrap();
    assert_eq!(desk.settings().unwrap(), Settings::default());
    std::fs::write(room.path().join("data/settings.json"), "{\"scale\": 9000, \"future\": true}").unwrap();
    assert_eq!(desk.settings().unwrap().scale, 200);
}

#[test]
fn a_full_disk_leaves_the_file_as_it_was() {
    let (desk, room) = desk();
    let missing = room.path().join("no/such/folder/work.faultline");
    assert!(desk.save_workspace(&saving(&document()), &missing).is_err());
    assert!(!missing.exists());
}
