//! What stands behind a moved slider: from the question to the first answer as text, the baseline being known; wall clock, because all cores take part.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use faultline_api::desk::Desk;
use faultline_api::wire_desktop::{ChartAsk, Colours, Draft, ExploreAsk, Language, SetValue};

/// Runs of a preview, as the page asks for them.
const RUNS: u32 = 8;

fn draft(id: &str, values: Vec<SetValue>) -> Draft {
    let (paths, events, switches) = (Vec::new(), Vec::new(), Vec::new());
    let (name, base) = (id.to_owned(), "today-extended".to_owned());
    Draft { id: id.to_owned(), name, story: String::new(), base, text: None, values, paths, events, switches, notes: String::new() }
}

/// The question for a place of the slider, with the charts of the opening document.
fn ask(cooperation: f64, runs: u32) -> ExploreAsk {
    let chart = |chart: &str, width, height| ChartAsk { chart: chart.to_owned(), domain: None, width, height };
    ExploreAsk {
        ticket: format!("at {cooperation}"),
        baseline: draft("baseline", Vec::new()),
        shown: draft("shown", vec![SetValue { key: "cooperation".to_owned(), value: cooperation }]),
        runs,
        preview_runs: 0,
        seed: 1,
        adopters: None,
        charts: vec![chart("fragmentation", 520, 240), chart("futures", 360, 240), chart("adoption", 900, 240)],
        theme: Colours::Light,
        language: Language::En,
    }
}

fn preview(criterion: &mut Criterion) {
    let room = tempfile::tempdir().expect("a temporary folder");
    let desk = Desk::new(room.path().to_owned());
    desk.explore(&ask(0.5, 200), &|_| ()).expect("the sample runs");
    let mut place = 0_u32;
    criterion.bench_function("preview", |bencher| {
        bencher.iter(|| {
            place += 1;
            // Another place every time: nothing of it was run before.
            let question = ask(f64::from(place % 100_000) / 100_000.0, RUNS);
            desk.explore(&question, &|step| drop(black_box(serde_json::to_string(&step)))).expect("a place of the slider runs");
        });
    });
}

criterion_group! {
    name = all;
    config = Criterion::default().sample_size(10);
    targets = preview
}
criterion_main!(all);
