//! A document’s stored results, run again with this model: identical, or what differs.

use std::path::Path;

use faultline_models::MODEL_VERSION;
use faultline_models::indicators::Indicator;

use super::container::{self, MAX_FILE, Stored, StoredScenario};
use super::text::Text;
use super::{Desk, draft, explore};
use crate::clock::Stopwatch;
use crate::compare::Comparison;
use crate::disk;
use crate::jobs::{Growth, Watch};
use crate::outcome;
use crate::provenance::results_sha256;
use crate::refusal::Refusal;
use crate::wire_desktop::{Opened, Progress, RerunAsk, RerunLine, RerunStep, Stage};

/// Runs the stored results of a document again, scenario by scenario.
///
/// # Errors
/// When the document cannot be read or holds no results, a scenario has problems, or a run fails.
pub(crate) fn rerun(desk: &Desk, ask: &RerunAsk, sink: &(dyn Fn(RerunStep) + Sync)) -> Result<(), Refusal> {
    let request = desk.reruns.begin(&ask.ticket);
    let _turn = desk.reruns.turn();
    let path = Path::new(&ask.path);
    let bytes = disk::read_bytes(path, MAX_FILE)?;
    let opened = container::unpack(&bytes, &ask.path)?;
    let stored = container::stored(&bytes).ok_or_else(|| Refusal::input("the document holds no results, so there is nothing to compare with"))?;
    let bounded = |s: &&StoredScenario| (1..=explore::MAX_RUNS).contains(&s.runs) && s.seed <= u32::MAX - explore::MAX_RUNS;
    let scenarios: Vec<&StoredScenario> = stored.scenarios.iter().filter(bounded).collect();
    let (watch, asked) = (Stopwatch::start(), scenarios.iter().map(|s| s.runs).sum::<u32>());
    let (mut done, mut lines, mut identical) = (0, Vec::new(), !scenarios.is_empty());
    for scenario in scenarios {
        let comparison = run(&opened, scenario, &request.stop)?;
        let progress = |stage: Stage, done: u32| Progress {
            ticket: ask.ticket.clone(),
            stage,
            runs_done: done,
            runs_asked: asked,
            seconds_left: (done > 0).then(|| watch.seconds() / f64::from(done) * f64::from(asked - done)),
        };
        let Some(comparison) = comparison else {
            sink(RerunStep { progress: progress(Stage::Cancelled, done), verdict: String::new(), identical: false, lines });
            return Ok(());
        };
        done += scenario.runs;
        identical &= results_sha256(&comparison.ensembles[0]) == scenario.results_sha256;
        lines.extend(differences(&comparison, scenario, Text(ask.language)));
        let stage = if done == asked { Stage::Full } else { Stage::Partial };
        let verdict = if done == asked { verdict(identical, &lines, &stored) } else { String::new() };
        sink(RerunStep { progress: progress(stage, done), verdict, identical: identical && done == asked, lines: lines.clone() });
    }
    desk.reruns.end(&ask.ticket);
    Ok(())
}

/// One stored scenario run again; nothing when it was stopped.
fn run(opened: &Opened, stored: &StoredScenario, stop: &std::sync::atomic::AtomicBool) -> Result<Option<Comparison>, Refusal> {
    let draft = opened.workspace.scenarios.iter().find(|draft| draft.id == stored.id);
    let draft = draft.ok_or_else(|| Refusal::input(format!("the document holds results of {} but not the scenario", stored.id)))?;
    let loaded = draft::loaded(draft, stored.adopters)?;
    let mut growth = Growth::new(vec![(loaded.scenario.clone(), None)], stored.seed);
    let (silent, runs) = (|_: usize| (), stored.runs as usize);
    if !growth.grow(runs, runs, Watch { cancel: stop, progress: &silent })? {
        return Ok(None);
    }
    Ok(Some(Comparison::shared(vec![loaded], growth.ensembles().to_vec(), stored.seed)))
}

/// Headline figures that came out otherwise, the relatively largest difference first.
fn differences(comparison: &Comparison, stored: &StoredScenario, text: Text) -> Vec<RerunLine> {
    let now = outcome::headlines(comparison, 0);
    let name = comparison.ensembles[0].scenario.name.clone();
    let line = |(indicator, entity, mean): &(String, String, Option<f64>)| {
        let new = now.iter().find(|l| l.indicator == indicator && l.entity == *entity).map(|l| l.mean).filter(|m| m.is_finite());
        let about = Indicator::find(indicator)?;
        (new != *mean).then(|| RerunLine {
            scenario: name.clone(),
            name: text.phrase(about.name),
            entity: text.label(entity),
            unit: text.phrase(about.unit),
            stored: *mean,
            now: new,
        })
    };
    let mut lines: Vec<RerunLine> = stored.headlines.iter().take(500).filter_map(line).collect();
    let size = |l: &RerunLine| match (l.stored, l.now) {
        (Some(a), Some(b)) => (a - b).abs() / a.abs().max(b.abs()).max(1e-12),
        _ => 1.0,
    };
    lines.sort_by(|a, b| size(b).total_cmp(&size(a)));
    lines
}

fn verdict(identical: bool, lines: &[RerunLine], stored: &Stored) -> String {
    let models = if stored.model_version == MODEL_VERSION {
        String::new()
    } else {
        format!(" (stored with model {}, this is {MODEL_VERSION})", stored.model_version.chars().take(40).collect::<String>())
    };
    match (identical, lines.len()) {
        (true, _) => format!("identical{models}"),
        (false, 0) => format!("differs, but in no headline figure{models}"),
        (false, n) => format!("differs in {}{models}", crate::words::count(n, "headline figure")),
    }
}
