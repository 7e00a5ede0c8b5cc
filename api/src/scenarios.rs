//! Scenarios by name or by file.

use std::path::{Path, PathBuf};

use faultline_models::scenario::{Adjust, Problem, Scenario, SourceText, load, parent_of};
use faultline_models::text::nearest;

use crate::disk;
use crate::embedded;
use crate::evidence::Evidence;
use crate::refusal::Refusal;

/// Longest chain of parents that is followed.
const MAX_CHAIN: usize = 16;

/// What the name of a scenario ends with when the client set values in it.
const CHANGED: &str = ", changed";

/// A scenario with the texts that it was read from and what was changed in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// The checked scenario.
    pub scenario: Scenario,
    /// The file and its parents, nearest first.
    pub sources: Vec<SourceText>,
    /// What the client changed.
    pub adjust: Adjust,
}

/// Loads a shipped scenario by its id, or a file by its path.
///
/// # Errors
/// When there is none of this name, the file cannot be read, or it has problems (all of them are listed).
pub fn open(reference: &str, adjust: &Adjust) -> Result<Loaded, Refusal> {
    check(&sources(reference)?, adjust)
}

/// Checks texts that are at hand.
///
/// A scenario in which the client set something says so in its name, which is what charts and summaries show.
///
/// # Errors
/// When they have problems; all of them are listed.
pub fn check(sources: &[SourceText], adjust: &Adjust) -> Result<Loaded, Refusal> {
    let name = sources.first().map_or("the scenario", |source| source.path.as_str());
    let mut scenario = load(sources, adjust).map_err(|mut problems| {
        problems.iter_mut().for_each(|problem| hint_at_parent(problem, sources));
        Refusal::problems(name, &problems)
    })?;
    let missing = missing_figures(&scenario, name);
    if !missing.is_empty() {
        return Err(Refusal::problems(name, &missing));
    }
    if !adjust.overrides.is_empty() {
        scenario.name.push_str(CHANGED);
    }
    Ok(Loaded { scenario, sources: sources.to_vec(), adjust: adjust.clone() })
}

/// Figures that a scenario cites and that are not among the evidence.
fn missing_figures(scenario: &Scenario, file: &str) -> Vec<Problem> {
    let evidence = Evidence::embedded();
    let missing = Evidence::cited_in(scenario).into_iter().filter(|(_, cited)| evidence.find(cited).is_none());
    let problem = |(key, cited): (String, String)| {
        let shown: String = cited.chars().filter(|c| !c.is_control()).take(60).collect();
        let hint = evidence.nearest(&cited).map_or_else(
            || "`faultline evidence` lists the keys; a source of your own needs no key".to_owned(),
            |near| format!("did you mean evidence:{near}?"),
        );
        Problem { file: file.to_owned(), line: None, key, message: format!("cites evidence:{shown}, and there is no such figure"), hint }
    };
    missing.map(problem).collect()
}

/// Loads several; what cannot be loaded is refused one by one, so that everything can be said at once.
///
/// The same scenario may be named twice when the second one is changed; it is then called `<id>-changed`.
pub fn open_all(asked: &[(String, Adjust)]) -> (Vec<Loaded>, Vec<Refusal>) {
    let (mut loaded, mut refusals): (Vec<Loaded>, Vec<Refusal>) = (Vec::new(), Vec::new());
    for (reference, adjust) in asked {
        match open(reference, adjust).and_then(|one| distinct(one, &loaded)) {
            Ok(one) => loaded.push(one),
            Err(refusal) => refusals.push(refusal),
        }
    }
    (loaded, refusals)
}

/// Gives a changed scenario another id than the one that it is compared with; refuses to compare a scenario with itself.
fn distinct(mut one: Loaded, others: &[Loaded]) -> Result<Loaded, Refusal> {
    let taken = |id: &str| others.iter().find(|other| other.scenario.id == id);
    let Some(twin) = taken(&one.scenario.id) else { return Ok(one) };
    let changed = format!("{}-changed", one.scenario.id);
    if twin.adjust == one.adjust || taken(&changed).is_some() {
        return Err(Refusal::input(format!("{} is named twice. Name each scenario once, and give files different names", one.scenario.id)));
    }
    one.scenario.id = changed;
    if !one.scenario.name.ends_with(CHANGED) {
        one.scenario.name.push_str(CHANGED);
    }
    Ok(one)
}

/// Whether there is a scenario of this name, sound or not.
pub(crate) fn exists(reference: &str) -> bool {
    sources(reference).is_ok()
}

/// The texts of a scenario and its parents.
fn sources(reference: &str) -> Result<Vec<SourceText>, Refusal> {
    if let Some(sources) = embedded::scenario_sources(reference) {
        return Ok(sources);
    }
    let path = Path::new(reference);
    let looks_like_path = reference.ends_with(".toml") || reference.contains(['/', '\\']) || disk::exists(path);
    if !looks_like_path {
        return Err(unknown(reference));
    }
    let mut sources = vec![from_file(path)?];
    while let Some(parent) = parent_of(&sources[sources.len() - 1]) {
        if sources.len() > MAX_CHAIN || sources.iter().any(|source| source.id == parent) {
            break;
        }
        match parent_source(&parent, path) {
            Some(source) => sources.push(source?),
            None => break,
        }
    }
    if parent_of(&sources[sources.len() - 1]).is_some() {
        // The chain leads nowhere. With the baseline at its end, everything else that is wrong is said at the same time.
        sources.extend(embedded::scenario_source(embedded::BASELINE));
    }
    Ok(sources)
}

/// Names the nearest shipped scenario where a parent is not known.
fn hint_at_parent(problem: &mut Problem, sources: &[SourceText]) {
    let Some(source) = sources.iter().find(|source| problem.key == "extends" && source.path == problem.file) else { return };
    let ids = embedded::scenario_ids();
    if let Some(stem) = parent_of(source).as_deref().and_then(|parent| parent.strip_suffix(".toml")) {
        let stem: String = stem.chars().filter(|c| !c.is_control()).take(60).collect();
        let own = if stem == source.id { "; a file cannot extend itself" } else { "" };
        problem.hint = format!("write the id without .toml, like extends = \"{stem}\"{own}");
        return;
    }
    let near = parent_of(source).and_then(|parent| nearest(&parent, ids.iter().map(String::as_str)).map(str::to_owned));
    if let Some(near) = near.filter(|_| problem.message.starts_with("there is no")) {
        problem.hint = format!("did you mean {near}? Else {}", problem.hint);
    }
}

fn unknown(reference: &str) -> Refusal {
    let ids = embedded::scenario_ids();
    let shown: String = reference.chars().filter(|c| !c.is_control()).take(60).collect();
    let hint = nearest(reference, ids.iter().map(String::as_str))
        .map_or_else(|| format!("Known: {}.", ids.join(", ")), |near| format!("Did you mean {near}?"));
    Refusal::input(format!("there is no scenario “{shown}”. {hint} A file is named by its path, ending in .toml"))
}

/// A parent: one that ships, or a file beside the child. The name is an identifier, so that it cannot lead elsewhere.
fn parent_source(parent: &str, child: &Path) -> Option<Result<SourceText, Refusal>> {
    if let Some(source) = embedded::scenario_source(parent) {
        return Some(Ok(source));
    }
    let plain = !parent.is_empty() && parent.len() <= 80 && parent.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let path: PathBuf = child.with_file_name(format!("{parent}.toml"));
    (plain && disk::exists(&path)).then(|| from_file(&path))
}

fn from_file(path: &Path) -> Result<SourceText, Refusal> {
    let text = disk::read_text(path, disk::MAX_TEXT)?;
    let id = path.file_stem().map_or_else(|| "scenario".to_owned(), |stem| stem.to_string_lossy().into_owned());
    Ok(SourceText { id, path: path.display().to_string(), text })
}

/// How a scenario differs from the baseline that it extends: its own numbers and its moves.
pub fn own_numbers(scenario: &Scenario) -> impl Iterator<Item = &faultline_models::scenario::LedgerEntry> {
    scenario.ledger.iter().filter(|entry| scenario.extends.is_empty() || entry.set_by != embedded::BASELINE)
}
