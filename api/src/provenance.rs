//! What it takes to make a result again and to tell whether it is the same.

use std::fmt::Write as _;
use std::sync::Arc;

use faultline_models::MODEL_VERSION;
use faultline_models::calendar::Quarter;
use faultline_models::ensemble::Ensemble;
use faultline_models::layout::Entity;
use faultline_models::scenario::{Adjust, Override, SourceText};
use faultline_models::trajectory::Trajectory;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::ask::{MAX_RUNS, MAX_SCENARIOS};
use crate::compare::Comparison;
use crate::disk::{Written, hex};
use crate::embedded;
use crate::refusal::Refusal;
use crate::scenarios::Loaded;

/// Largest provenance file that is read, in bytes.
pub const MAX_FILE: u64 = 16 << 20;

/// Version of the format.
const FORMAT: u32 = 1;

/// Files that every folder of results has, beside charts.
const ALWAYS: [&str; 3] = ["summary.md", "headlines.csv", "results.csv"];

/// Everything needed to rebuild a result and to tell whether it is the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Provenance {
    /// Version of this format.
    pub format: u32,
    /// Version of the model.
    pub model_version: String,
    /// SHA-256 of all evidence files.
    pub evidence_sha256: String,
    /// First seed.
    pub seed: u32,
    /// Runs asked for, per scenario.
    pub runs_asked: usize,
    /// Seeds of the runs done.
    pub seeds: Vec<u32>,
    /// Scenarios; the first is the baseline.
    pub scenarios: Vec<ScenarioRecord>,
    /// Command that makes the result again.
    pub rebuild: String,
    /// Platform on which it was made.
    pub platform: String,
    /// The other files of the folder.
    pub files: Vec<Written>,
}

/// Changes that were asked for on the command line.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Changes {
    /// Values set, as `key=value`.
    pub set: Vec<(String, f64)>,
    /// Number of adopters.
    pub adopters: Option<usize>,
    /// First quarter.
    pub from: Option<String>,
    /// Last quarter.
    pub to: Option<String>,
}

/// One scenario of a result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ScenarioRecord {
    /// Id.
    pub id: String,
    /// What was changed in it on the command line.
    pub adjust: Changes,
    /// Its text and those of its parents, nearest first.
    pub texts: Vec<TextRecord>,
    /// SHA-256 of all results.
    pub results_sha256: String,
    /// SHA-256 of each quarter’s results.
    pub rows: Vec<String>,
    /// Mean fragmentation in each quarter.
    pub fragmentation: Vec<Option<f64>>,
}

/// A scenario text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextRecord {
    /// File stem.
    pub id: String,
    /// SHA-256 of the content.
    pub sha256: String,
    /// Content, when it does not ship with the program, so that the result can be made again elsewhere.
    pub text: Option<String>,
}

impl From<&Adjust> for Changes {
    fn from(adjust: &Adjust) -> Changes {
        Changes {
            set: adjust.overrides.iter().map(|o| (o.key.clone(), o.value)).collect(),
            adopters: adjust.adopters,
            from: adjust.from.map(|q| q.to_string()),
            to: adjust.to.map(|q| q.to_string()),
        }
    }
}

impl Changes {
    /// As the gate takes them.
    pub(crate) fn adjust(&self) -> Result<Adjust, Refusal> {
        let quarter = |text: &Option<String>| text.as_ref().map(|t| t.parse::<Quarter>()).transpose().map_err(Refusal::input);
        Ok(Adjust {
            overrides: self.set.iter().map(|(key, value)| Override { key: key.clone(), value: *value }).collect(),
            adopters: self.adopters,
            from: quarter(&self.from)?,
            to: quarter(&self.to)?,
        })
    }
}

/// Hexadecimal SHA-256 of parts, kept apart by their lengths.
fn sha256<P: AsRef<[u8]>>(parts: impl Iterator<Item = P>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.as_ref().len() as u64).to_le_bytes());
        hash.update(part);
    }
    hex(&hash.finalize())
}

/// Fingerprint of several scenario texts with their ids.
pub(crate) fn texts_sha256(sources: &[SourceText]) -> String {
    sha256(sources.iter().flat_map(|source| [source.id.as_bytes(), source.text.as_bytes()]))
}

/// Fingerprint of the evidence that ships with the program.
pub fn evidence_sha256() -> String {
    sha256(embedded::evidence_files().into_iter().flat_map(|(name, text)| [name.into_bytes(), text.as_bytes().to_vec()]))
}

/// Fingerprint of all results of an ensemble: values in the order of seeds, where the runs end, and the log of standards work.
pub fn results_sha256(ensemble: &Ensemble) -> String {
    let part = |run: &Arc<Trajectory>| {
        let mut bytes = run.seed.to_le_bytes().to_vec();
        bytes.extend(run.values.iter().flat_map(bits));
        bytes.extend(format!("{:?}{:?}", run.future, run.log).into_bytes());
        bytes
    };
    sha256(ensemble.runs.iter().map(part))
}

/// Fingerprint of one quarter of all runs.
pub(crate) fn row_sha256(ensemble: &Ensemble, row: usize) -> String {
    let part = |run: &Arc<Trajectory>| run.values[row * run.columns..(row + 1) * run.columns].iter().flat_map(bits).collect::<Vec<u8>>();
    sha256(ensemble.runs.iter().map(part))
}

/// The bits of a value, least significant byte first. Processors differ in the sign of “not a number”, which means nothing.
fn bits(value: &f64) -> [u8; 8] {
    if value.is_nan() { f64::NAN.to_bits() } else { value.to_bits() }.to_le_bytes()
}

/// Mean fragmentation per row; nothing where it is not defined.
pub(crate) fn fragmentation(ensemble: &Ensemble) -> Vec<Option<f64>> {
    let Some(column) = ensemble.layout.find("fragmentation", &Entity::World, None) else { return Vec::new() };
    let n = ensemble.runs.len().max(1) as f64;
    let mean = |row: usize| ensemble.values(row, column).iter().sum::<f64>() / n;
    (0..ensemble.rows()).map(|row| Some(mean(row)).filter(|mean| mean.is_finite())).collect()
}

impl Provenance {
    /// The provenance of a comparison whose other files are `files`.
    pub fn of(comparison: &Comparison, files: Vec<Written>) -> Provenance {
        let scenarios: Vec<ScenarioRecord> =
            comparison.loaded.iter().zip(&comparison.ensembles).map(|(loaded, ensemble)| record(loaded, ensemble)).collect();
        Provenance {
            format: FORMAT,
            model_version: MODEL_VERSION.to_owned(),
            evidence_sha256: evidence_sha256(),
            seed: comparison.seed,
            runs_asked: comparison.runs().1,
            seeds: comparison.ensembles[0].runs.iter().map(|run| run.seed).collect(),
            rebuild: rebuild(comparison),
            scenarios,
            platform: format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH),
            files,
        }
    }

    /// As pretty JSON.
    ///
    /// # Errors
    /// When memory fails.
    pub fn to_json(&self) -> Result<Vec<u8>, Refusal> {
        serde_json::to_vec_pretty(self).map_err(|e| Refusal::failed(e.to_string()))
    }

    /// Reads a provenance file.
    ///
    /// # Errors
    /// When it is damaged or of another format; every damaged part is named.
    pub fn from_json(text: &str) -> Result<Provenance, Refusal> {
        let damaged = |details: Vec<String>| Refusal { details, ..Refusal::input("the provenance file is damaged, or was not written by Faultline") };
        let value: Value = serde_json::from_str(text).map_err(|e| damaged(vec![format!("not JSON: {e}")]))?;
        let provenance: Provenance = match serde_json::from_value(value.clone()) {
            Ok(provenance) => provenance,
            Err(first) => return Err(damaged(damages(&value, &first.to_string()))),
        };
        let wrong = provenance.contradictions();
        if wrong.is_empty() { Ok(provenance) } else { Err(damaged(wrong)) }
    }

    /// What cannot be in a file that Faultline wrote.
    fn contradictions(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        if self.format != FORMAT {
            wrong.push(format!("format: is {}, this program reads {FORMAT}; use the version of Faultline that wrote it", self.format));
        }
        if self.seeds.is_empty() || self.seeds.len() > MAX_RUNS || self.seeds.len() > self.runs_asked {
            wrong.push(format!("seeds: lists {} for {} runs asked; 1 to {MAX_RUNS} make sense", self.seeds.len(), self.runs_asked));
        }
        if self.runs_asked > MAX_RUNS {
            wrong.push(format!("runs-asked: is {}; 1 to {MAX_RUNS} make sense", self.runs_asked));
        }
        for name in ALWAYS.into_iter().filter(|name| !self.files.iter().any(|file| file.name == *name)) {
            wrong.push(format!("files: does not list {name}, which every result has"));
        }
        if !self.seeds.is_sorted_by(|a, b| a < b) || self.seeds.first().is_some_and(|first| *first < self.seed) {
            wrong.push("seeds: are not in order, or lie before the first seed".to_owned());
        }
        if self.scenarios.is_empty() || self.scenarios.len() > MAX_SCENARIOS {
            wrong.push(format!("scenarios: lists {}; 1 to {MAX_SCENARIOS} make sense", self.scenarios.len()));
        }
        for record in &self.scenarios {
            wrong.extend(record.contradictions());
        }
        wrong
    }
}

impl ScenarioRecord {
    fn contradictions(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        let id: String = self.id.chars().filter(|c| !c.is_control()).take(60).collect();
        if self.texts.is_empty() || self.texts.len() > 32 {
            wrong.push(format!("scenario {id}: has {} texts; its own and those of its parents are expected", self.texts.len()));
        }
        let altered = |t: &&TextRecord| t.text.as_ref().is_some_and(|text| text_sha256(text) != t.sha256);
        wrong.extend(
            self.texts
                .iter()
                .filter(altered)
                .map(|t| format!("scenario {id}: the text of {} was altered; it no longer has the recorded SHA-256", t.id)),
        );
        if self.rows.len() != self.fragmentation.len() {
            wrong.push(format!("scenario {id}: has {} quarters in rows and {} in fragmentation", self.rows.len(), self.fragmentation.len()));
        }
        if let Err(refusal) = self.adjust.adjust() {
            wrong.push(format!("scenario {id}: {}", refusal.message));
        }
        wrong
    }
}

/// Every damaged part of a record, each read by itself; `first` when none of them shows by itself.
fn damages(value: &Value, first: &str) -> Vec<String> {
    fn part<T: DeserializeOwned>(value: &Value, key: &str) -> Option<String> {
        let Some(found) = value.get(key) else { return Some(format!("{key}: is missing")) };
        serde_json::from_value::<T>(found.clone()).err().map(|e| format!("{key}: {e}"))
    }
    let mut details: Vec<String> = [
        part::<u32>(value, "format"),
        part::<String>(value, "model-version"),
        part::<String>(value, "evidence-sha256"),
        part::<u32>(value, "seed"),
        part::<usize>(value, "runs-asked"),
        part::<Vec<u32>>(value, "seeds"),
        part::<String>(value, "rebuild"),
        part::<String>(value, "platform"),
        part::<Vec<Written>>(value, "files"),
    ]
    .into_iter()
    .flatten()
    .collect();
    match value.get("scenarios").and_then(Value::as_array) {
        None => details.push("scenarios: is missing or not a list".to_owned()),
        Some(list) => {
            let broken = |(i, item): (usize, &Value)| {
                serde_json::from_value::<ScenarioRecord>(item.clone()).err().map(|e| format!("scenarios[{}]: {e}", i + 1))
            };
            details.extend(list.iter().enumerate().filter_map(broken));
        }
    }
    if details.is_empty() { vec![first.to_owned()] } else { details }
}

/// Fingerprint of a scenario text.
pub fn text_sha256(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// The texts of a scenario, with their content where it does not ship with the program.
pub(crate) fn text_records(loaded: &Loaded) -> Vec<TextRecord> {
    let text = |source: &SourceText| TextRecord {
        id: source.id.clone(),
        sha256: text_sha256(&source.text),
        text: (!ships(source)).then(|| source.text.clone()),
    };
    loaded.sources.iter().map(text).collect()
}

fn record(loaded: &Loaded, ensemble: &Ensemble) -> ScenarioRecord {
    ScenarioRecord {
        id: ensemble.scenario.id.clone(),
        adjust: (&loaded.adjust).into(),
        texts: text_records(loaded),
        results_sha256: results_sha256(ensemble),
        rows: (0..ensemble.rows()).map(|row| row_sha256(ensemble, row)).collect(),
        fragmentation: fragmentation(ensemble),
    }
}

/// Whether a text is the one that ships with the program under this id.
fn ships(source: &SourceText) -> bool {
    embedded::scenario_source(&source.id).is_some_and(|known| known.text == source.text)
}

/// The command that makes the result again. The first scenario of a comparison keeps its levers, so the last one holds all that was set.
fn rebuild(comparison: &Comparison) -> String {
    let everything = Adjust::default();
    let adjust = comparison.loaded.last().map_or(&everything, |loaded| &loaded.adjust);
    let verb = if comparison.loaded.len() == 1 { "run" } else { "compare" };
    let mut command = format!("faultline {verb}");
    for loaded in comparison.loaded.iter().filter(|one| !is_twin(one, comparison)) {
        let source = &loaded.sources[0];
        let name = if ships(source) { source.id.clone() } else { quoted(&format!("{}.toml", source.id)) };
        let _ = write!(command, " {name}");
    }
    let _ = write!(command, " --runs {} --seed {}", comparison.runs().0, comparison.seed);
    for o in &adjust.overrides {
        let _ = write!(command, " --set {}={}", o.key, o.value);
    }
    if let Some(adopters) = adjust.adopters {
        let _ = write!(command, " --adopters {adopters}");
    }
    for (flag, quarter) in [("--from", adjust.from), ("--to", adjust.to)] {
        if let Some(quarter) = quarter {
            let _ = write!(command, " {flag} {quarter}");
        }
    }
    command + " --out results"
}

/// Whether a scenario is the first one, changed; on the command line it is not named a second time.
fn is_twin(loaded: &Loaded, comparison: &Comparison) -> bool {
    let first = &comparison.loaded[0];
    comparison.loaded.len() == 2 && loaded.sources == first.sources && loaded.scenario.id != first.scenario.id
}

/// A word of a command line, in quotes where a shell would take it apart; control characters as `$'…'` writes them.
fn quoted(word: &str) -> String {
    if word.chars().any(char::is_control) {
        let escaped = |c: char| match c {
            '\'' | '\\' => format!("\\{c}"),
            c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
            c => c.to_string(),
        };
        return format!("$'{}'", word.chars().map(escaped).collect::<String>());
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '=');
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_a_shell_would_take_apart_are_quoted() {
        for (word, quotes) in [
            ("mine.toml", "mine.toml"),
            ("my own.toml", "'my own.toml'"),
            ("a'b;rm.toml", "'a'\\''b;rm.toml'"),
            ("a\n\x1b[31m'.toml", "$'a\\u000a\\u001b[31m\\'.toml'"),
        ] {
            assert_eq!(quoted(word), quotes);
        }
    }

    #[test]
    fn every_damaged_part_is_named() {
        let text = r#"{"format": 1, "model-version": 3, "seeds": ["x"], "scenarios": [{"id": 7}]}"#;
        let refusal = Provenance::from_json(text).unwrap_err().to_string();
        for part in ["model-version", "evidence-sha256: is missing", "seeds", "scenarios[1]", "files: is missing"] {
            assert!(refusal.contains(part), "{part} is missing in: {refusal}");
        }
        assert!(Provenance::from_json("{").unwrap_err().to_string().contains("not JSON"));
        assert!(Provenance::from_json("[]").is_err());
    }
}
