//! Making a result again from its provenance, and the verdict.

use std::fmt::Write as _;
use std::path::Path;

use faultline_models::MODEL_VERSION;
use faultline_models::ensemble::Ensemble;
use faultline_models::scenario::SourceText;
use serde::Serialize;

use crate::disk::{Now, Written};
use crate::embedded;
use crate::jobs::{self, Watch};
use crate::provenance::{Provenance, ScenarioRecord, TextRecord, evidence_sha256, fragmentation, results_sha256, row_sha256, text_sha256};
use crate::refusal::Refusal;
use crate::scenarios::{self, Loaded};

/// What making a result again showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Verdict {
    /// Whether every number of every run is the same, and the files are as recorded.
    pub identical: bool,
    /// The verdict in one line.
    pub sentence: String,
}

/// Makes a result again and compares it with its record, and the files of its `folder` with theirs.
///
/// # Errors
/// When its scenarios cannot be loaded any more, the runs cannot be made, or it was stopped.
pub fn verify(provenance: &Provenance, folder: &Path, threads: Option<usize>, watch: Watch<'_>) -> Result<Verdict, Refusal> {
    let (loaded, mut differences, notes) = load(provenance)?;
    let scenarios: Vec<_> = loaded.into_iter().map(|one| one.scenario).collect();
    let ensembles = jobs::run_seeds(&scenarios, &provenance.seeds, threads, watch)?;
    if ensembles[0].runs.len() < provenance.seeds.len() {
        return Err(Refusal::interrupted("stopped before all runs were made again; there is no verdict"));
    }
    differences.extend(provenance.scenarios.iter().zip(&ensembles).find_map(|(record, ensemble)| difference(record, ensemble)));
    differences.extend(files(&provenance.files, folder));
    let identical = differences.is_empty();
    let mut sentence = if identical { "identical".to_owned() } else { differences.join("; ") };
    if !notes.is_empty() {
        let _ = write!(sentence, " ({})", notes.join("; "));
    }
    Ok(Verdict { identical, sentence })
}

/// Most files that are named one by one.
const MAX_NAMED: usize = 3;

/// The files that are no longer as they were recorded, in words.
fn files(recorded: &[Written], folder: &Path) -> Option<String> {
    let state = |file: &Written| match file.now(folder) {
        Now::Same => None,
        Now::Changed => Some(format!("{} is not as recorded", shown(&file.name))),
        Now::Missing => Some(format!("{} is missing", shown(&file.name))),
    };
    let found: Vec<String> = recorded.iter().filter_map(state).collect();
    let named = found.iter().take(MAX_NAMED).cloned().collect::<Vec<_>>().join(", ");
    match found.len() {
        0 => None,
        n if n > MAX_NAMED => Some(format!("differs in its files: {named} and {} more", n - MAX_NAMED)),
        _ => Some(format!("differs in its files: {named}")),
    }
}

/// The recorded scenarios, what differs from the record, and what has changed since.
///
/// Another version may bring other texts and evidence with the same results. Under the same version a recorded fingerprint that
/// does not fit was not written by it.
fn load(provenance: &Provenance) -> Result<(Vec<Loaded>, Vec<String>, Vec<String>), Refusal> {
    let (mut loaded, mut notes, mut refusals) = (Vec::new(), Vec::new(), Vec::new());
    if provenance.evidence_sha256 != evidence_sha256() {
        notes.push("the evidence is not the recorded one".to_owned());
    }
    for record in &provenance.scenarios {
        for text in record.texts.iter().filter(|text| changed(text)) {
            let note = format!("the text of scenario {} is not the recorded one", shown(&text.id));
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        match sources(record).and_then(|sources| scenarios::check(&sources, &record.adjust.adjust()?)) {
            Ok(one) => loaded.push(one),
            Err(refusal) => refusals.push(refusal),
        }
    }
    if !refusals.is_empty() {
        return Err(Refusal::all(refusals));
    }
    if provenance.model_version == MODEL_VERSION {
        return Ok((loaded, notes.into_iter().map(|note| format!("differs: {note}")).collect(), Vec::new()));
    }
    notes.insert(0, format!("made with model {}, this is {MODEL_VERSION}", shown(&provenance.model_version)));
    Ok((loaded, Vec::new(), notes))
}

/// Whether the shipped text that a record refers to is another one now.
fn changed(text: &TextRecord) -> bool {
    text.text.is_none() && embedded::scenario_source(&text.id).is_some_and(|now| text_sha256(&now.text) != text.sha256)
}

/// Texts of a recorded scenario: those in the record, else the shipped ones.
fn sources(record: &ScenarioRecord) -> Result<Vec<SourceText>, Refusal> {
    let source = |t: &TextRecord| match &t.text {
        Some(text) => Ok(SourceText { id: t.id.clone(), path: format!("{}.toml in the provenance file", shown(&t.id)), text: text.clone() }),
        None => embedded::scenario_source(&t.id).ok_or_else(|| {
            Refusal::input(format!("the scenario {} does not ship with this version, and the file holds no text of it", shown(&t.id)))
        }),
    };
    record.texts.iter().map(source).collect()
}

/// The first quarter in which the results differ, in words.
fn difference(record: &ScenarioRecord, ensemble: &Ensemble) -> Option<String> {
    let (calendar, id) = (ensemble.scenario.calendar, shown(&record.id));
    if record.id != ensemble.scenario.id && record.id != format!("{}-changed", ensemble.scenario.id) {
        return Some(format!("differs in name: {id} recorded, {} now", ensemble.scenario.id));
    }
    if record.rows.len() != calendar.rows {
        return Some(format!("differs in length: {} quarters recorded, {} now (scenario {id})", record.rows.len(), calendar.rows));
    }
    let now = fragmentation(ensemble);
    let same = record.results_sha256 == results_sha256(ensemble);
    let rows = (0..calendar.rows).find(|row| record.rows[*row] != row_sha256(ensemble, *row) || !close(record.fragmentation[*row], now[*row]));
    let Some(row) = rows else {
        return (!same).then_some(format!("differs in the log of standards work or in the record itself, not in any indicator (scenario {id})"));
    };
    Some(match (row..calendar.rows).find(|row| !close(record.fragmentation[*row], now[*row])) {
        Some(at) => format!("differs from {} in fragmentation by {} (scenario {id})", calendar.quarter(at), apart(record.fragmentation[at], now[at])),
        None if same => format!("differs in the recorded fingerprint of {}, not in any result (scenario {id})", calendar.quarter(row)),
        None => format!("differs from {} in other indicators than mean fragmentation (scenario {id})", calendar.quarter(row)),
    })
}

/// Whether two means are the same but for the last digit, which reading them from JSON may cost.
fn close(recorded: Option<f64>, now: Option<f64>) -> bool {
    match (recorded, now) {
        (Some(recorded), Some(now)) => (recorded - now).abs() <= 4.0 * f64::EPSILON * now.abs().max(1.0),
        (recorded, now) => recorded.is_none() && now.is_none(),
    }
}

/// How far two means are apart.
fn apart(recorded: Option<f64>, now: Option<f64>) -> String {
    match (recorded, now) {
        (Some(recorded), Some(now)) if (now - recorded).abs() >= 5e-7 => format!("{:+.6}", now - recorded),
        (Some(recorded), Some(now)) => format!("{:+.1e}", now - recorded),
        _ => "a value that is defined in only one of the two".to_owned(),
    }
}

/// A word from the file, short and without control characters.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}
