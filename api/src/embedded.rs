//! The shipped scenarios and evidence, carried inside the program so that it works anywhere and offline.

use faultline_models::scenario::{SourceText, parent_of};
use include_dir::{Dir, include_dir};

static SCENARIOS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../scenarios");
static EPISODES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../episodes");
static PICTURES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../docs/images/validation");
static EVIDENCE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../evidence");

/// The baseline that the others are compared with.
pub const BASELINE: &str = "today-extended";

/// Order in which the first scenarios are shown; any other file follows by name.
const ORDER: [&str; 10] = [
    BASELINE,
    "common-ground",
    "selective-cooperation",
    "transatlantic",
    "managed-rivalry",
    "decoupling",
    "late-repair",
    "half-repair",
    "brussels-effect",
    "open-source-commons",
];

/// Ids of the shipped scenarios, the baseline first.
pub fn scenario_ids() -> Vec<String> {
    let rank = |id: &str| ORDER.iter().position(|o| *o == id).unwrap_or(ORDER.len());
    let mut ids: Vec<String> = SCENARIOS
        .files()
        .filter(|file| file.path().extension().is_some_and(|ext| ext == "toml"))
        .filter_map(|file| Some(file.path().file_stem()?.to_str()?.to_owned()))
        .collect();
    ids.sort_by(|a, b| rank(a).cmp(&rank(b)).then(a.cmp(b)));
    ids
}

/// Text of a shipped scenario file.
pub fn scenario_source(id: &str) -> Option<SourceText> {
    let text = SCENARIOS.get_file(format!("{id}.toml"))?.contents_utf8()?;
    Some(SourceText { id: id.to_owned(), path: format!("scenarios/{id}.toml"), text: text.to_owned() })
}

/// A shipped scenario file followed by its parents, nearest first.
pub fn scenario_sources(id: &str) -> Option<Vec<SourceText>> {
    let mut sources = vec![scenario_source(id)?];
    while let Some(parent) = parent_of(&sources[sources.len() - 1]) {
        if sources.iter().any(|source| source.id == parent) {
            break;
        }
        match scenario_source(&parent) {
            Some(source) => sources.push(source),
            None => break,
        }
    }
    Some(sources)
}

/// Ids of the shipped episodes, by name.
pub fn episode_ids() -> Vec<String> {
    let stem = |file: &include_dir::File<'_>| Some(file.path().file_stem()?.to_str()?.to_owned());
    let mut ids: Vec<String> = EPISODES.files().filter(|file| file.path().extension().is_some_and(|ext| ext == "toml")).filter_map(stem).collect();
    ids.sort();
    ids
}

/// Text of a shipped episode.
pub fn episode_text(id: &str) -> Option<&'static str> {
    EPISODES.get_file(format!("{id}.toml"))?.contents_utf8()
}

/// A picture of the document on how far to trust this, by the name of its file.
pub(crate) fn picture(file: &str) -> Option<&'static str> {
    PICTURES.get_file(file)?.contents_utf8()
}

/// Names and texts of the evidence files, by name.
pub(crate) fn evidence_files() -> Vec<(String, &'static str)> {
    let mut files: Vec<(String, &'static str)> = EVIDENCE
        .files()
        .filter(|file| file.path().extension().is_some_and(|ext| ext == "csv"))
        .filter_map(|file| Some((file.path().file_stem()?.to_str()?.to_owned(), file.contents_utf8()?)))
        .collect();
    files.sort();
    files
}
