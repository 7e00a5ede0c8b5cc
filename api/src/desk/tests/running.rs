use faultline_models::ensemble::{Control, Ensemble};
use faultline_models::layout::Entity;
use faultline_models::levers::LEVERS;
use faultline_models::scenario::{differing, mixed};

use super::*;
use crate::desk::start::{self, HIGHLIGHTED, SHOWN};
use crate::wire_desktop::{CompareAsk, ExportAsk, ExportPreset, FigureAsk, FigureWish, FileFormat, InputKind, PageSize, Stage, WhyAnswer, WhyAsk};

fn today() -> Draft {
    draft::plain("today", "Today", "today-extended")
}

#[test]
fn what_is_there_already_is_shown_at_once() {
    let (desk, _room) = desk();
    let own = with("today-extended", &[("cooperation", 1.0)]);
    let stages = |ticket: &str, runs: u32| {
        explored(&desk, &ask(ticket, &today(), &own, runs)).iter().map(|s| (s.progress.stage, s.progress.runs_done)).collect::<Vec<(Stage, u32)>>()
    };
    stages("a", 12);
    assert_eq!(stages("b", 20), [(Stage::Preview, 12), (Stage::Partial, 15), (Stage::Full, 20)]);
    assert_eq!(stages("c", 20), [(Stage::Full, 20)]);
}

#[test]
fn a_preview_comes_first_and_everything_last_and_it_is_what_a_plain_run_gives() {
    let (desk, _room) = desk();
    let own = with("today-extended", &[("cooperation", 1.0)]);
    let steps = explored(&desk, &ask("a", &today(), &own, 20));
    let stages: Vec<(Stage, u32)> = steps.iter().map(|s| (s.progress.stage, s.progress.runs_done)).collect();
    assert_eq!(stages, [(Stage::Preview, 4), (Stage::Partial, 10), (Stage::Full, 20)]);
    let last = steps.last().unwrap();
    assert!(
        last.figures.iter().all(|f| f.svg.starts_with("<svg ") && f.unsuited.is_none() && !f.readouts.is_empty() && f.alt.chars().count() <= 600)
    );
    assert!(last.futures.iter().all(|f| f.futures.iter().map(|line| line.of_100).sum::<usize>() == 100));
    let plain = Ensemble::run(&draft::loaded(&own, FEW).unwrap().scenario, 1, 20, &Control::default());
    let at = plain.layout.find("fragmentation", &Entity::World, None).unwrap();
    let mean = plain.values(plain.rows() - 1, at).iter().sum::<f64>() / 20.0;
    let line = last.headlines.iter().find(|l| l.indicator == "fragmentation").unwrap();
    assert!((line.mean - mean).abs() < 1e-12 && line.difference.is_some());
}

#[test]
fn what_was_run_before_is_not_run_again() {
    let (desk, _room) = desk();
    let own = with("today-extended", &[("tension", 0.8)]);
    let first = explored(&desk, &ask("a", &today(), &own, 20));
    let again = explored(&desk, &ask("b", &today(), &own, 20));
    assert_eq!(again.len(), 1, "everything is there at once");
    assert_eq!(again[0].figures, first.last().unwrap().figures);
    assert_eq!(again[0].finding, first.last().unwrap().finding);
    let fewer = explored(&desk, &ask("c", &today(), &own, 8));
    assert_eq!(fewer[0].figures.len(), 2);
    assert_eq!(fewer[0].progress.runs_done, 8);
}

#[test]
fn a_new_request_takes_over_and_a_cancelled_one_says_so() {
    let (desk, _room) = desk();
    let own = with("today-extended", &[("tension", 0.7)]);
    let steps = Mutex::new(Vec::new());
    desk.explore(&ask("a", &today(), &own, 400), &|step: Step| {
        desk.cancel("a");
        steps.lock().unwrap().push(step);
    })
    .unwrap();
    let steps = steps.into_inner().unwrap();
    assert_eq!(steps.iter().map(|s| s.progress.stage).collect::<Vec<_>>(), [Stage::Preview, Stage::Cancelled]);
    assert!(steps[1].figures.is_empty() && steps[1].progress.runs_done < 400);
    // What was done is kept, and the next request goes on from there.
    let next = explored(&desk, &ask("b", &today(), &own, 8));
    assert_eq!(next.last().unwrap().progress.runs_done, 8);
}

#[test]
fn the_sentence_names_the_change_and_says_no_more_than_the_runs_carry() {
    let (desk, _room) = desk();
    let say = |values: &[(&str, f64)]| explored(&desk, &ask("a", &today(), &with("today-extended", values), 30)).pop().unwrap().finding;
    let same = say(&[]);
    assert!(same.text.starts_with("Same inputs as the baseline") && !same.distinguishable, "{}", same.text);
    let all = say(&[("cooperation", 1.0)]);
    assert!(all.distinguishable && all.text.contains("choices changed") && all.text.contains("under these assumptions"), "{}", all.text);
    let one = say(&[("tension", 1.0)]);
    assert!(one.text.starts_with("With Tension 0.4→1, "), "{}", one.text);
    // A read-out that feeds back into nothing cannot change where runs end.
    let none = say(&[("trade-elasticity", 7.0)]);
    assert!(!none.distinguishable && none.text.contains("no clear difference"), "{}", none.text);
    let mut zh = ask("zh", &today(), &with("today-extended", &[("tension", 1.0)]), 30);
    zh.language = Language::Zh;
    assert!(explored(&desk, &zh).pop().unwrap().finding.text.starts_with("紧张程度 0.4→1："));
}

#[test]
fn a_figure_and_an_export_are_of_the_very_runs_that_were_seen() {
    let (desk, room) = desk();
    let steps = explored(&desk, &ask("a", &today(), &with("today-extended", &[("cooperation", 0.0)]), 12));
    let (early, late) = (&steps[0], steps.last().unwrap());
    let figure = |step: &Step| {
        let wish = FigureWish { width: 640, height: 320, ..FigureWish::default() };
        FigureAsk { results: step.results.clone(), chart: "fragmentation".to_owned(), wish }
    };
    for step in [early, late] {
        let seen = desk.figure(&figure(step)).unwrap();
        assert_eq!(seen.svg, step.figures[0].svg);
        assert!(!seen.readouts.is_empty(), "asked for alone, a figure is complete");
    }
    assert!(early.figures[0].readouts.is_empty(), "a preview is there to be seen");
    assert_eq!(desk.figure(&figure(late)).unwrap().readouts, late.figures[0].readouts);
    let formats = vec![FileFormat::Png, FileFormat::Svg, FileFormat::Pdf, FileFormat::Csv];
    for size in [PageSize::Slide, PageSize::HalfPage, PageSize::Square] {
        let preset = ExportPreset { formats: formats.clone(), size, theme: Colours::Dark, takeaway: true };
        let ask = ExportAsk { figure: figure(late), preset };
        let folder = room.path().join(format!("{size:?}"));
        std::fs::create_dir(&folder).unwrap();
        let saved = desk.export_chart(&ask, &folder.join("chart.png")).unwrap();
        let read = |ending: &str| std::fs::read(folder.join(format!("chart.{ending}"))).unwrap();
        assert_eq!(saved.paths.len(), 4);
        assert!(read("png").starts_with(b"\x89PNG") && read("pdf").starts_with(b"%PDF") && read("png") == desk.picture(&ask).unwrap());
        let svg = String::from_utf8(read("svg")).unwrap();
        assert!(
            words(&svg).contains("not a forecast") && svg.contains("<desc>") && words(&svg).contains("seed 1"),
            "the stamp stays with the picture"
        );
        let rows = String::from_utf8(read("csv")).unwrap().lines().count() - 1;
        assert_eq!(rows, desk.table(&figure(late)).unwrap().len());
    }
    let gone = FigureAsk { results: vec!["none.1.1".to_owned()], ..figure(late) };
    assert!(desk.figure(&gone).unwrap_err().message.contains("run the scenario again"));
}

#[test]
fn an_export_replaces_only_what_the_dialog_asked_about() {
    let (desk, room) = desk();
    let results = explored(&desk, &ask("a", &today(), &with("today-extended", &[("tension", 0.8)]), 4)).pop().unwrap().results;
    let wish = FigureWish { size: Some(PageSize::Slide), ..FigureWish::default() };
    let preset = ExportPreset {
        formats: vec![FileFormat::Png, FileFormat::Svg, FileFormat::Csv],
        size: PageSize::Slide,
        theme: Colours::Light,
        takeaway: false,
    };
    let ask = ExportAsk { figure: FigureAsk { results, chart: "futures".to_owned(), wish }, preset };
    let names = |saved: crate::wire_desktop::Saved| {
        let name = |path: &String| std::path::Path::new(path).file_name().unwrap().to_string_lossy().into_owned();
        saved.paths.iter().map(name).collect::<Vec<_>>()
    };
    let path = |name: &str| room.path().join(name);
    std::fs::write(path("all.svg"), "precious").unwrap();
    assert_eq!(names(desk.export_chart(&ask, &path("all.png")).unwrap()), ["all.png", "all-2.svg", "all.csv"]);
    assert_eq!(std::fs::read_to_string(path("all.svg")).unwrap(), "precious");
    assert_eq!(names(desk.export_chart_into(&ask, room.path(), "all.png").unwrap()), ["all-3.png", "all-3.svg", "all-3.csv"]);
    // A name from the page stays a name.
    assert_eq!(names(desk.export_chart_into(&ask, room.path(), "../../own.png").unwrap()), ["own.png", "own.svg", "own.csv"]);
    assert!(path("own.png").exists());
}

/// The texts of a picture in one line, however they are wrapped.
fn words(svg: &str) -> String {
    let texts = svg.split('>').filter_map(|part| part.split('<').next()).map(str::trim).filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join(" ")
}

#[test]
fn compare_sorts_by_relative_difference_and_says_how_many_pairs_agree() {
    let (desk, _room) = desk();
    let steps = Mutex::new(Vec::new());
    let chart = |id: &str| ChartAsk { chart: id.to_owned(), domain: None, width: 400, height: 300 };
    let ask = CompareAsk {
        ticket: "c".to_owned(),
        drafts: vec![today(), draft::plain("a", "A", "common-ground"), draft::plain("b", "B", "decoupling")],
        runs: 12,
        seed: 1,
        adopters: FEW,
        charts: ["comparison", "adoption"].map(chart).to_vec(),
        theme: Colours::Light,
        language: Language::En,
    };
    desk.compare(&ask, &|step| steps.lock().unwrap().push(step)).unwrap();
    let last = steps.into_inner().unwrap().pop().unwrap();
    let sizes: Vec<f64> = last.outcomes.iter().map(|row| row.cells.iter().map(|c| c.relative.abs()).fold(0.0, f64::max)).collect();
    assert!(sizes.windows(2).all(|w| w[0] >= w[1]) && sizes[0] > 0.0);
    let row = last.outcomes.iter().find(|row| row.indicator == "fragmentation").unwrap();
    assert_eq!(row.cells.iter().map(|c| c.scenario.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    for (cell, sign) in row.cells.iter().zip([-1.0, 1.0]) {
        let difference = cell.difference.as_ref().unwrap();
        let apart = cell.spread.mean.unwrap() - row.baseline.mean.unwrap();
        assert!((difference.mean - apart).abs() < 1e-9 && difference.mean * sign > 0.0);
        assert!(cell.agreement.contains("of 100"), "{}", cell.agreement);
    }
    assert_eq!(last.findings.len(), 2);
    assert!(last.charts[0].together && last.charts[0].figures.len() == 1 && last.charts[1].figures.len() == 3);
    assert!(last.inputs.iter().all(|d| d.kind == InputKind::Choice && d.values.len() == 3));
    let alone = CompareAsk { drafts: vec![today()], ..ask };
    assert!(desk.compare(&alone, &|_| ()).is_err());
}

fn why(desk: &Desk, baseline: &Draft, other: &Draft, runs: u32) -> WhyAnswer {
    let steps = Mutex::new(Vec::new());
    let ask = WhyAsk {
        ticket: "w".to_owned(),
        baseline: baseline.clone(),
        other: other.clone(),
        runs,
        seed: 1,
        adopters: FEW,
        indicator: "fragmentation".to_owned(),
        quarter: None,
        language: Language::En,
    };
    desk.why(&ask, &|step| steps.lock().unwrap().push(step)).unwrap();
    let last = steps.into_inner().unwrap().pop().unwrap();
    assert_eq!(last.progress.stage, Stage::Full);
    last.answer.unwrap()
}

#[test]
fn a_difference_is_split_without_a_rest() {
    let (desk, _room) = desk();
    let other = with("today-extended", &[("tension", 0.9), ("mutual-recognition", 0.7), ("network-strength", 6.0), ("ideal-spread", 1.3)]);
    let answer = why(&desk, &today(), &other, 10);
    let sum = |parts: Vec<f64>| parts.iter().sum::<f64>();
    assert!((sum(answer.parts.iter().map(|p| p.mean).collect()) - answer.total.mean).abs() < 1e-9);
    assert!((sum(answer.groups.iter().map(|g| g.part.mean).collect()) - answer.total.mean).abs() < 1e-9);
    assert!(answer.distinguishable && answer.merged.is_empty());
    assert_eq!(answer.parts.iter().map(|p| p.percent.unwrap()).sum::<i32>(), 100);
    assert_eq!(answer.groups.iter().map(|g| g.part.percent.unwrap()).sum::<i32>(), 100);
    let kinds: Vec<InputKind> = answer.groups.iter().map(|g| g.kind).collect();
    assert_eq!(kinds.iter().filter(|k| **k == InputKind::Choice).count(), 2);
    // The whole is the paired difference that Explore shows.
    let step = explored(&desk, &ask("e", &today(), &other, 10)).pop().unwrap();
    let shown = step.headlines.iter().find(|l| l.indicator == "fragmentation").unwrap().difference.as_ref().unwrap();
    assert!((shown.mean - answer.total.mean).abs() < 1e-12);
}

#[test]
fn one_change_is_the_whole_difference_and_no_change_is_none() {
    let (desk, _room) = desk();
    let answer = why(&desk, &today(), &with("today-extended", &[("tension", 0.9)]), 6);
    assert_eq!(answer.groups.len(), 1);
    assert_eq!(answer.groups[0].part.mean, answer.total.mean);
    assert_eq!((answer.parts[1].mean, answer.parts[2].mean), (0.0, 0.0));
    let nothing = why(&desk, &today(), &today(), 6);
    assert!(nothing.groups.is_empty() && !nothing.distinguishable);
    // A read-out changes nothing that fragmentation knows of: no per cent of nothing.
    let unclear = why(&desk, &today(), &with("today-extended", &[("trade-elasticity", 7.0)]), 6);
    assert!(!unclear.distinguishable && unclear.groups[0].part.percent.is_none(), "{}", unclear.sentence);
}

#[test]
fn more_than_six_changes_are_put_together_by_heading_and_it_is_said() {
    let (desk, _room) = desk();
    let answer = why(&desk, &today(), &draft::plain("d", "D", "decoupling"), 2);
    assert!(answer.groups.len() <= 6 && !answer.merged.is_empty());
    let load = |own: &Draft| draft::loaded(own, FEW).unwrap().scenario;
    let changed = differing(&load(&today()), &load(&draft::plain("d", "D", "decoupling"))).len();
    assert!(changed > 6 && answer.merged.starts_with(&changed.to_string()), "{}", answer.merged);
    assert_eq!(answer.groups.iter().map(|g| g.inputs.len()).sum::<usize>(), changed);
}

#[test]
fn a_scenario_that_takes_every_input_of_another_runs_like_it() {
    let bits = |scenario: &faultline_models::scenario::Scenario| {
        let ensemble = Ensemble::run(scenario, 5, 2, &Control::default());
        ensemble.runs.iter().flat_map(|run| run.values.iter().map(|v| v.to_bits())).collect::<Vec<_>>()
    };
    let load = |own: &Draft| draft::loaded(own, FEW).unwrap().scenario;
    let mut rich = with("selective-cooperation", &[("ideal-spread", 0.8), ("network-strength.governance", 2.0), ("cooperation.CN", 0.2)]);
    rich.switches = vec![crate::wire_desktop::SetSwitch { key: "updating".to_owned(), value: "random-order".to_owned() }];
    rich.events = vec![crate::wire::EventLine { date: "2028Q1".to_owned(), name: "Shock".to_owned(), note: String::new(), tension_shock: 0.2 }];
    let (a, b) = (load(&today()), load(&rich));
    let inputs = differing(&a, &b);
    assert!(inputs.len() > 6, "{inputs:?}");
    assert_eq!(bits(&mixed(&a, &b, &inputs)), bits(&b));
    assert_eq!(bits(&mixed(&a, &b, &[])), bits(&a));
    assert!(differing(&a, &mixed(&a, &b, &[])).is_empty());
    assert_eq!(differing(&a, &mixed(&a, &b, &inputs[..1])), inputs[..1]);
}

#[test]
fn the_highlighted_lever_takes_most_from_the_common_foundation() {
    // All levers at the end of decoupling one at a time, while the others cooperate; the shipped size and the first seeds.
    let runs = 24;
    let reached = |values: &[(&str, f64)]| {
        let scenario = draft::loaded(&with(SHOWN, values), None).unwrap().scenario;
        let ensemble = Ensemble::run(&scenario, 1, runs, &Control::default());
        let at = ensemble.layout.find("common-baseline", &Entity::World, None).unwrap();
        ensemble.values(ensemble.rows() - 1, at).iter().sum::<f64>() / runs as f64
    };
    let whole = reached(&[]);
    let mut losses: Vec<(f64, &str)> = LEVERS.iter().map(|lever| (whole - reached(&[(lever.id, lever.corner_decoupling)]), lever.id)).collect();
    losses.sort_by(|a, b| b.0.total_cmp(&a.0));
    assert_eq!(losses[0].1, HIGHLIGHTED, "{losses:?}");
    assert_eq!(start::workspace(Language::En).highlighted.as_deref(), Some(HIGHLIGHTED));
}

#[test]
fn the_first_request_finds_what_was_run_while_the_page_loaded() {
    let (desk, _room) = desk();
    desk.warm();
    let opening = start::workspace(Language::En);
    let first = ExploreAsk {
        runs: opening.runs,
        preview_runs: start::PREVIEW,
        adopters: None,
        ..ask("a", &opening.scenarios[0], &opening.scenarios[1], 200)
    };
    let steps = Mutex::new(Vec::new());
    desk.explore(&first, &|step: Step| {
        desk.cancel("a");
        steps.lock().unwrap().push(step);
    })
    .unwrap();
    let steps = steps.into_inner().unwrap();
    assert!(steps[0].progress.runs_done >= start::PREVIEW);
}
