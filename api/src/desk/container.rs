//! A document as a file: a zip container with the workspace as JSON, each scenario as a file of its own, and results that can be dropped.
//!
//! A file may come from anybody. Only entries with known names are read, each up to a bound whatever it claims about itself, and no name in
//! it ever becomes a path. What is damaged is left out and said; what is whole is kept.

use std::io::{Cursor, Read, Write};

use faultline_models::MODEL_VERSION;
use serde::{Deserialize, Serialize};
use zip::read::read_zipfile_from_stream;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::start::FORMAT;
use super::{draft, export};
use crate::refusal::Refusal;
use crate::wire_desktop::{Condition, Draft, Imported, Opened, Workspace};

/// Largest file that is read, in bytes.
pub(crate) const MAX_FILE: u64 = 64 << 20;

/// Most entries that are looked at.
const MAX_ENTRIES: usize = 500;

/// Most scenarios of a document.
pub(crate) const MAX_SCENARIOS: usize = 100;

/// Most bytes of an entry, unpacked.
const MAX_ENTRY: u64 = 8 << 20;

/// Most bytes of all entries together, unpacked.
const MAX_ALL: u64 = 48 << 20;

/// Longest story or remark, in characters.
const MAX_PROSE: usize = 20_000;

/// Longest title or name, in characters: as much as the gate lets a name have.
const MAX_NAME: usize = 120;

/// Values of a draft that are read.
const MAX_VALUES: usize = 2_000;

const WORKSPACE: &str = "workspace.json";
const RESULTS: &str = "results.json";
const THUMBNAIL: &str = "thumbnail.png";
const SCENARIOS: &str = "scenarios/";

/// Results that are stored with a document, to tell whether new runs come out the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Stored {
    /// Version of the model that made them.
    pub(crate) model_version: String,
    /// One per scenario.
    pub(crate) scenarios: Vec<StoredScenario>,
}

/// Stored results of one scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredScenario {
    /// Draft, by id.
    pub(crate) id: String,
    /// First seed.
    pub(crate) seed: u32,
    /// Runs.
    pub(crate) runs: u32,
    /// Number of adopters, if it was set.
    pub(crate) adopters: Option<u32>,
    /// Fingerprint of the scenario’s texts and of the seed.
    pub(crate) key: String,
    /// SHA-256 of all results.
    pub(crate) results_sha256: String,
    /// Headline figures: indicator, entity, mean.
    pub(crate) headlines: Vec<(String, String, Option<f64>)>,
}

/// What was found in a file.
#[derive(Debug, Default)]
struct Found {
    workspace: Option<Vec<u8>>,
    results: Option<Vec<u8>>,
    thumbnail: Option<Vec<u8>>,
    scenarios: Vec<(String, Vec<u8>)>,
    damaged: Vec<String>,
    /// Whether the file ends before its list of contents.
    torn: bool,
}

/// Packs a document.
///
/// # Errors
/// When memory fails.
pub(crate) fn pack(workspace: &Workspace, results: Option<&Stored>, thumbnail: Option<&[u8]>) -> Result<Vec<u8>, Refusal> {
    let title = named(&workspace.title);
    let workspace = Workspace { format: FORMAT, model_version: MODEL_VERSION.to_owned(), title, ..workspace.clone() };
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // No dates: the same document gives the same bytes. What matters most comes first, in case the file is torn.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(zip::DateTime::default());
    let mut put = |name: &str, content: &[u8]| zip.start_file(name, options).map_err(failed).and_then(|()| zip.write_all(content).map_err(failed));
    put(WORKSPACE, &serde_json::to_vec_pretty(&workspace).map_err(failed)?)?;
    for draft in &workspace.scenarios {
        // A draft with problems is kept in the workspace alone; it has no file that loads.
        if let Ok(text) = draft::toml(draft) {
            put(&format!("{SCENARIOS}{}.toml", draft.id), text.as_bytes())?;
        }
    }
    if let Some(results) = results {
        put(RESULTS, &serde_json::to_vec(results).map_err(failed)?)?;
    }
    if let Some(thumbnail) = thumbnail {
        put(THUMBNAIL, thumbnail)?;
    }
    Ok(zip.finish().map_err(failed)?.into_inner())
}

fn failed(e: impl std::fmt::Display) -> Refusal {
    Refusal::failed(format!("the document was not packed: {e}. Nothing was written"))
}

/// Unpacks a document and says how it was found.
///
/// # Errors
/// When nothing of it could be read.
pub(crate) fn unpack(bytes: &[u8], name: &str) -> Result<Opened, Refusal> {
    let found = find(bytes);
    let mut notices = Vec::new();
    let value: Option<serde_json::Value> = found.workspace.as_deref().and_then(|bytes| serde_json::from_slice(bytes).ok());
    let newer = value.as_ref().and_then(newer_than_this);
    let made_with = value.as_ref().and_then(|value| value.get("model_version")?.as_str().map(shown));
    let read = value.and_then(|value| serde_json::from_value::<Workspace>(value).ok()).filter(|workspace| !workspace.scenarios.is_empty());
    damage(&found, read.as_ref(), &mut notices);
    let has_results = stored_in(&found).is_some();
    // Those of a newer version may just look otherwise.
    if found.results.is_some() && !has_results && newer.is_none() {
        notices.push("The stored results are damaged and were left out; the scenarios can be run again.".to_owned());
    }
    let mut workspace = match read {
        Some(workspace) => workspace,
        None => salvaged(&found, name, &mut notices)?,
    };
    // Also of a document whose shape is not known here: the page says what it was made with.
    workspace.model_version = made_with.unwrap_or(workspace.model_version);
    mend(&mut workspace, &mut notices);
    let condition = match (&newer, notices.is_empty()) {
        (Some(_), _) => Condition::Newer,
        (None, false) => Condition::Damaged,
        (None, true) if workspace.model_version != MODEL_VERSION => Condition::OlderModel,
        (None, true) => Condition::Whole,
    };
    notices.extend(newer);
    if condition == Condition::OlderModel {
        older(&workspace.model_version, has_results, &mut notices);
    }
    if condition == Condition::Damaged {
        notices.push("When it is saved, the file as it was is kept beside it, with “damaged” in its name.".to_owned());
    }
    Ok(Opened { read_only: condition == Condition::Newer, has_results, workspace, path: None, condition, notices })
}

/// Says that what is on screen is of this model: a document of an older one brings its headline figures alone.
fn older(model: &str, has_results: bool, notices: &mut Vec<String>) {
    if has_results {
        notices.push(format!(
            "The document was made with model {model}; what is shown was run with this one, {MODEL_VERSION}. Run it again to compare with the stored figures."
        ));
    } else {
        notices.push(format!(
            "The document was made with model {model}; what is shown was run with this one, {MODEL_VERSION}. It holds no figures to compare with."
        ));
    }
}

/// Says which parts of a file are damaged, and what that means: a scenario is in it twice, once for other programs.
fn damage(found: &Found, read: Option<&Workspace>, notices: &mut Vec<String>) {
    let whole = |id: &&str| read.is_some_and(|workspace| workspace.scenarios.iter().any(|draft| draft.id == *id));
    for entry in &found.damaged {
        match scenario_of(entry).filter(whole) {
            Some(id) => {
                notices
                    .push(format!("The copy of {id} that other programs read is damaged; the scenario itself was read, and nothing of it is lost."));
            }
            None => notices.push(format!("{entry} is damaged and was left out.")),
        }
    }
    if found.torn {
        notices.push("The file ends too early: it was cut off while it was written or copied.".to_owned());
    }
}

/// Whether a file is a document that can be read whole, so that nothing is lost with it when another state takes its place.
pub(crate) fn whole(bytes: &[u8]) -> bool {
    unpack(bytes, "").is_ok_and(|opened| opened.condition != Condition::Damaged)
}

/// The results stored in a document.
pub(crate) fn stored(bytes: &[u8]) -> Option<Stored> {
    stored_in(&find(bytes))
}

fn stored_in(found: &Found) -> Option<Stored> {
    let stored: Stored = serde_json::from_slice(found.results.as_deref()?).ok()?;
    (stored.scenarios.len() <= MAX_SCENARIOS).then_some(stored)
}

/// The small picture stored in a document, if it is one.
pub(crate) fn thumbnail(bytes: &[u8]) -> Option<Vec<u8>> {
    find(bytes).thumbnail.filter(|png| png.starts_with(b"\x89PNG") && png.len() < 256 << 10)
}

/// Whether a file was made by a newer version, in words.
pub(crate) fn newer(bytes: &[u8]) -> Option<String> {
    let value: serde_json::Value = serde_json::from_slice(find(bytes).workspace.as_deref()?).ok()?;
    newer_than_this(&value)
}

fn newer_than_this(value: &serde_json::Value) -> Option<String> {
    let format = value.get("format").and_then(serde_json::Value::as_u64).unwrap_or(0);
    let model = value.get("model_version").and_then(serde_json::Value::as_str).unwrap_or("");
    if format > u64::from(FORMAT) {
        let message = format!(
            "The document has format {format}, and this program reads up to format {FORMAT}. It can be read as far as it is understood, not changed: save a copy to go on."
        );
        return Some(message);
    }
    (numbers(model) > numbers(MODEL_VERSION)).then(|| {
        format!("The document was made with model {}, and this is {MODEL_VERSION}. It can be read, not changed: save a copy to go on.", shown(model))
    })
}

/// The numbers of a version, for comparison.
fn numbers(version: &str) -> Vec<u64> {
    version.split(['.', '-', '+']).map_while(|part| part.parse().ok()).collect()
}

/// A word from a file, short and of plain characters.
pub(crate) fn shown(text: &str) -> String {
    plain(text).take(40).collect()
}

/// A title or name from a file, as long as one can be and of plain characters.
pub(crate) fn named(text: &str) -> String {
    plain(text).take(MAX_NAME).collect()
}

/// The characters of a text that show as they stand: none that control a terminal or turn the direction of what follows.
fn plain(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

/// Reads the entries of a file; where its list of contents is gone, entry by entry from the start.
fn find(bytes: &[u8]) -> Found {
    let mut found = Found::default();
    let mut left = MAX_ALL;
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        found.torn = true;
        let mut stream = Cursor::new(bytes);
        for _ in 0..MAX_ENTRIES {
            let Ok(Some(mut entry)) = read_zipfile_from_stream(&mut stream) else { break };
            let name = name_of(&entry);
            take(&mut found, &name, &mut entry, &mut left);
        }
        return found;
    };
    for i in 0..archive.len().min(MAX_ENTRIES) {
        let name = archive.name_for_index(i).and_then(Result::ok).map(|name| name.to_string()).unwrap_or_default();
        match archive.by_index(i) {
            Ok(mut entry) => take(&mut found, &name, &mut entry, &mut left),
            Err(_) if known(&name) => found.damaged.push(name),
            Err(_) => found.damaged.push(format!("Entry {}", i + 1)),
        }
    }
    found
}

/// Name of an entry; one that is no text is not known.
fn name_of<R: Read>(entry: &zip::read::ZipFile<'_, R>) -> String {
    entry.name().map(|name| name.to_string()).unwrap_or_default()
}

/// The scenario that an entry is of, by id.
fn scenario_of(entry: &str) -> Option<&str> {
    entry.strip_prefix(SCENARIOS)?.strip_suffix(".toml").filter(|id| draft::identifier(id))
}

/// Whether an entry with this name is read at all.
fn known(name: &str) -> bool {
    [WORKSPACE, RESULTS, THUMBNAIL].contains(&name) || scenario_of(name).is_some()
}

/// Takes an entry with a known name, bounded.
fn take(found: &mut Found, name: &str, entry: &mut impl Read, left: &mut u64) {
    if !known(name) {
        return;
    }
    let bound = MAX_ENTRY.min(*left);
    let mut content = Vec::new();
    let read = entry.take(bound + 1).read_to_end(&mut content);
    *left -= bound.min(content.len() as u64);
    if read.is_err() || content.len() as u64 > bound {
        found.damaged.push(name.to_owned());
        return;
    }
    match (name, scenario_of(name)) {
        (WORKSPACE, _) => found.workspace = Some(content),
        (RESULTS, _) => found.results = Some(content),
        (THUMBNAIL, _) => found.thumbnail = Some(content),
        (_, Some(id)) => found.scenarios.push((id.to_owned(), content)),
        _ => {}
    }
}

/// A workspace of the scenarios that could still be read, when the list of contents could not.
fn salvaged(found: &Found, name: &str, notices: &mut Vec<String>) -> Result<Workspace, Refusal> {
    let mut workspace = super::start::workspace(crate::wire_desktop::Language::En);
    let mut saved = Vec::new();
    for (id, content) in found.scenarios.iter().take(MAX_SCENARIOS) {
        let text = std::str::from_utf8(content).ok();
        match text.and_then(|text| export::import_text(text, id).ok()) {
            Some(imported) => saved.push(imported.draft),
            None => notices.push(format!("The scenario {id} could not be read.")),
        }
    }
    if saved.is_empty() {
        let details = notices.clone();
        let message =
            format!("{name} is no document of Faultline, or is damaged beyond reading. It was not changed; an earlier version may still be there");
        return Err(Refusal { details, ..Refusal::input(message) });
    }
    let names: Vec<String> = saved.iter().map(|d: &Draft| d.name.clone()).collect();
    notices.push(format!("The document itself could not be read. Saved from it: {}. Lost: title, notes, and what was shown.", names.join(", ")));
    workspace.title = name.to_owned();
    if !saved.iter().any(|d| d.id == workspace.baseline) {
        saved.insert(0, workspace.scenarios[0].clone());
    }
    workspace.shown.clone_from(&saved[saved.len() - 1].id);
    workspace.compared = saved.iter().map(|d| d.id.clone()).filter(|id| *id != workspace.baseline).take(4).collect();
    workspace.scenarios = saved;
    workspace.highlighted = None;
    Ok(workspace)
}

/// Mends what does not fit together, and says so.
fn mend(workspace: &mut Workspace, notices: &mut Vec<String>) {
    if workspace.scenarios.len() > MAX_SCENARIOS {
        notices.push(format!("It holds {} scenarios; the first {MAX_SCENARIOS} were kept.", workspace.scenarios.len()));
        workspace.scenarios.truncate(MAX_SCENARIOS);
    }
    let mut seen: Vec<String> = Vec::new();
    for draft in &mut workspace.scenarios {
        if !draft::identifier(&draft.id) || seen.contains(&draft.id) {
            let fresh = (1..).map(|n| format!("scenario-{n}")).find(|id| !seen.contains(id)).unwrap_or_default();
            notices.push(format!("The scenario “{}” had no identifier of its own and is now called {fresh}.", shown(&draft.name)));
            draft.id = fresh;
        }
        seen.push(draft.id.clone());
        mend_draft(draft, notices);
    }
    name(&mut workspace.title, notices);
    bound(&mut workspace.notes, notices);
    let first = workspace.scenarios[0].id.clone();
    for (what, id) in [("baseline", &mut workspace.baseline), ("scenario shown", &mut workspace.shown)] {
        if !seen.contains(id) {
            notices.push(format!("The {what} was not among the scenarios; it is now the first one."));
            id.clone_from(&first);
        }
    }
    workspace.compared.retain(|id| seen.contains(id));
    workspace.compared.truncate(4);
    workspace.favourites.truncate(200);
    mend_charts(workspace, notices);
    mend_runs(workspace, notices);
}

/// An imported scenario with the same bounds as one in a document.
pub(crate) fn mended(mut imported: Imported) -> Imported {
    mend_draft(&mut imported.draft, &mut imported.notices);
    imported
}

/// Bounds what a draft holds.
fn mend_draft(draft: &mut Draft, notices: &mut Vec<String>) {
    name(&mut draft.name, notices);
    if draft.name.trim().is_empty() {
        draft.name.clone_from(&draft.id);
    }
    draft.events.iter_mut().for_each(|event| name(&mut event.name, notices));
    for text in [&mut draft.story, &mut draft.notes] {
        bound(text, notices);
    }
    if draft.values.len().max(draft.paths.len()) > MAX_VALUES {
        notices.push(format!("The scenario “{}” sets more than 2000 values; the rest was left out.", shown(&draft.name)));
    }
    draft.values.truncate(MAX_VALUES);
    draft.paths.truncate(500);
    draft.events.truncate(200);
    draft.switches.truncate(50);
}

/// Leaves out charts that there are none of, and shows those of a domain that no scenario on screen has for all domains.
fn mend_charts(workspace: &mut Workspace, notices: &mut Vec<String>) {
    workspace.charts.retain(|chart| crate::charts::find(&chart.chart).is_ok());
    if workspace.charts.is_empty() {
        workspace.charts = super::start::charts();
    }
    workspace.charts.truncate(13);
    if workspace.charts.iter().all(|chart| chart.domain.is_none()) {
        return;
    }
    let domains = domains(workspace);
    let strange = |id: &String| !domains.is_empty() && !domains.contains(id);
    for chart in &mut workspace.charts {
        if let Some(id) = chart.domain.take_if(|id| strange(id)) {
            let (chart, id) = (shown(&chart.chart), shown(&id));
            notices.push(format!("The chart {chart} was set to the domain “{id}”, which no scenario shown has; it now shows all domains."));
        }
    }
}

/// Domains of the scenarios that are on screen; none where none of them loads.
fn domains(workspace: &Workspace) -> Vec<String> {
    let on_screen = |draft: &&Draft| [&workspace.baseline, &workspace.shown].contains(&&draft.id) || workspace.compared.contains(&draft.id);
    let bases = workspace.scenarios.iter().filter(on_screen).filter_map(|draft| draft::base(draft).ok());
    bases.flat_map(|base| base.domains.into_iter().map(|domain| domain.id)).collect()
}

/// Bounds what is run.
fn mend_runs(workspace: &mut Workspace, notices: &mut Vec<String>) {
    let (runs, seed) = (workspace.runs.clamp(1, super::explore::MAX_RUNS), workspace.seed.min(u32::MAX - super::explore::MAX_RUNS));
    if runs != workspace.runs {
        notices.push(format!("It asks for {} runs, which are not run; it is now {runs}.", workspace.runs));
    }
    if seed != workspace.seed {
        notices.push(format!("Its seed {} is too large; it is now {seed}.", workspace.seed));
    }
    (workspace.runs, workspace.seed) = (runs, seed);
}

/// Leaves plain characters of a title or name, and cuts it where it is longer than one can be.
fn name(text: &mut String, notices: &mut Vec<String>) {
    let before = plain(text).count();
    *text = named(text);
    if before > MAX_NAME {
        notices.push(format!("The name “{}…” is longer than {MAX_NAME} characters and was cut.", shown(text)));
    }
}

/// Cuts a text that is longer than anybody writes.
fn bound(text: &mut String, notices: &mut Vec<String>) {
    if text.chars().count() > MAX_PROSE {
        *text = text.chars().take(MAX_PROSE).collect();
        notices.push(format!("A text of more than {MAX_PROSE} characters was cut."));
    }
}
