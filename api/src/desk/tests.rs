//! What the window relies on, as sentences over real scenarios and real runs.

mod documents;
mod drafts;
mod running;

use std::sync::Mutex;

use super::{Desk, draft};
use crate::wire_desktop::{ChartAsk, Colours, Draft, ExploreAsk, Language, LeverPath, SetValue, Step};

/// Few adopters: enough for runs to differ, quick enough for tests.
const FEW: Option<u32> = Some(150);

fn desk() -> (Desk, tempfile::TempDir) {
    let room = tempfile::tempdir().unwrap();
    (Desk::new(room.path().join("data")), room)
}

/// A draft of a shipped scenario with values set.
fn with(base: &str, values: &[(&str, f64)]) -> Draft {
    let mut own = draft::plain("own", "My own", base);
    own.values = values.iter().map(|(key, value)| SetValue { key: (*key).to_owned(), value: *value }).collect();
    own
}

fn path(lever: &str, whom: &[&str], to: f64, from: &str) -> LeverPath {
    LeverPath {
        lever: lever.to_owned(),
        whom: whom.iter().map(|w| (*w).to_owned()).collect(),
        domain: None,
        to,
        from: from.to_owned(),
        over: 4,
        because: "drawn in a test".to_owned(),
        event: None,
    }
}

fn ask(ticket: &str, baseline: &Draft, shown: &Draft, runs: u32) -> ExploreAsk {
    let chart = |id: &str| ChartAsk { chart: id.to_owned(), domain: None, width: 640, height: 320 };
    ExploreAsk {
        ticket: ticket.to_owned(),
        baseline: baseline.clone(),
        shown: shown.clone(),
        runs,
        preview_runs: 4,
        seed: 1,
        adopters: FEW,
        charts: ["fragmentation", "futures"].map(chart).to_vec(),
        theme: Colours::Light,
        language: Language::En,
    }
}

fn explored(desk: &Desk, ask: &ExploreAsk) -> Vec<Step> {
    let steps = Mutex::new(Vec::new());
    desk.explore(ask, &|step| steps.lock().unwrap().push(step)).unwrap();
    steps.into_inner().unwrap()
}
