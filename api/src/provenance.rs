//! What it takes to rebuild a result, and the verdict after rebuilding it.

use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;

use faultline_models::MODEL_VERSION;
use faultline_models::calendar::Quarter;
use faultline_models::ensemble::Ensemble;
use faultline_models::layout::Entity;
use faultline_models::scenario::{Adjust, Override, SourceText};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::compare::Comparison;
use crate::embedded;
use crate::jobs::{self, Plan};
use crate::refusal::Refusal;
use crate::scenarios::{self, Loaded};

/// Largest provenance file that is read, in bytes.
pub const MAX_FILE: u64 = 16 << 20;

/// Version of the format.
const FORMAT: u32 = 1;

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
    /// Id of the file that it was read from; another scenario of the result may be the same file, changed.
    pub source: String,
    /// What was changed in it on the command line.
    pub adjust: Changes,
    /// SHA-256 of its texts, parents included.
    pub sha256: String,
    /// Texts that do not ship with the program, so that the result can be rebuilt elsewhere; empty for shipped scenarios.
    pub texts: Vec<TextRecord>,
    /// SHA-256 of all results.
    pub results_sha256: String,
    /// First 16 hexadecimal digits of the SHA-256 of each quarter's results.
    pub rows: Vec<String>,
    /// Mean fragmentation in each quarter.
    pub fragmentation: Vec<f64>,
}

/// A scenario text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextRecord {
    /// File stem.
    pub id: String,
    /// Content.
    pub text: String,
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
    fn adjust(&self) -> Result<Adjust, Refusal> {
        let quarter = |text: &Option<String>| text.as_ref().map(|t| t.parse::<Quarter>()).transpose().map_err(Refusal::input);
        Ok(Adjust {
            overrides: self.set.iter().map(|(key, value)| Override { key: key.clone(), value: *value }).collect(),
            adopters: self.adopters,
            from: quarter(&self.from)?,
            to: quarter(&self.to)?,
        })
    }
}

/// Hexadecimal SHA-256.
fn sha256(parts: impl Iterator<Item = Vec<u8>>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        // The length keeps “ab, c” and “a, bc” apart.
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(&part);
    }
    hash.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Fingerprint of scenario texts.
pub fn texts_sha256(sources: &[SourceText]) -> String {
    sha256(sources.iter().flat_map(|source| [source.id.clone().into_bytes(), source.text.clone().into_bytes()]))
}

/// Fingerprint of the evidence that ships with the program.
pub fn evidence_sha256() -> String {
    sha256(embedded::evidence_files().into_iter().flat_map(|(name, text)| [name.into_bytes(), text.as_bytes().to_vec()]))
}

/// Fingerprint of all results of an ensemble: values in the order of seeds, where the runs end, and the log of standards work.
pub fn results_sha256(ensemble: &Ensemble) -> String {
    sha256(ensemble.runs.iter().flat_map(|run| {
        let values = run.values.iter().flat_map(|v| v.to_bits().to_le_bytes()).collect();
        [run.seed.to_le_bytes().to_vec(), values, format!("{:?}", run.future).into_bytes(), format!("{:?}", run.log).into_bytes()]
    }))
}

fn row_sha256(ensemble: &Ensemble, row: usize) -> String {
    let of_run = |run: &faultline_models::trajectory::Trajectory| {
        run.values[row * run.columns..(row + 1) * run.columns].iter().flat_map(|v| v.to_bits().to_le_bytes()).collect()
    };
    sha256(ensemble.runs.iter().map(of_run))[..16].to_owned()
}

/// Mean fragmentation per row.
fn fragmentation(ensemble: &Ensemble) -> Vec<f64> {
    let Some(column) = ensemble.layout.find("fragmentation", &Entity::World, None) else { return Vec::new() };
    let n = ensemble.runs.len().max(1) as f64;
    (0..ensemble.rows()).map(|row| ensemble.values(row, column).iter().sum::<f64>() / n).collect()
}

impl Provenance {
    /// The provenance of a comparison.
    pub fn of(comparison: &Comparison) -> Provenance {
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
    /// When it is damaged or of a later format; the sentence says where.
    pub fn from_json(text: &str) -> Result<Provenance, Refusal> {
        let provenance: Provenance =
            serde_json::from_str(text).map_err(|e| Refusal::input(format!("the provenance file is damaged or was not written by Faultline: {e}")))?;
        let mut wrong = Vec::new();
        if provenance.format != FORMAT {
            wrong.push(format!("its format is {}, this program reads {FORMAT}; use the version of Faultline that wrote it", provenance.format));
        }
        if provenance.seeds.is_empty() || provenance.seeds.len() > 100_000 {
            wrong.push(format!("it lists {} seeds; 1 to 100000 make sense", provenance.seeds.len()));
        }
        if provenance.scenarios.is_empty() || provenance.scenarios.len() > 32 {
            wrong.push(format!("it lists {} scenarios; 1 to 32 make sense", provenance.scenarios.len()));
        }
        if wrong.is_empty() {
            return Ok(provenance);
        }
        Err(Refusal { details: wrong, ..Refusal::input("the provenance file cannot be used") })
    }
}

fn record(loaded: &Loaded, ensemble: &Ensemble) -> ScenarioRecord {
    let sources = &loaded.sources;
    let shipped = |source: &SourceText| embedded::scenario_source(&source.id).is_some_and(|known| known.text == source.text);
    let all_shipped = sources.iter().all(shipped);
    let texts = if all_shipped { Vec::new() } else { sources.iter().map(|s| TextRecord { id: s.id.clone(), text: s.text.clone() }).collect() };
    ScenarioRecord {
        id: ensemble.scenario.id.clone(),
        source: sources[0].id.clone(),
        adjust: (&loaded.adjust).into(),
        sha256: texts_sha256(sources),
        texts,
        results_sha256: results_sha256(ensemble),
        rows: (0..ensemble.rows()).map(|row| row_sha256(ensemble, row)).collect(),
        fragmentation: fragmentation(ensemble),
    }
}

/// The command that makes the result again. The first scenario of a comparison keeps its levers, so the last one holds all that was set.
fn rebuild(comparison: &Comparison) -> String {
    let everything = Adjust::default();
    let adjust = comparison.loaded.last().map_or(&everything, |loaded| &loaded.adjust);
    let verb = if comparison.loaded.len() == 1 { "run" } else { "compare" };
    let mut command = format!("faultline {verb}");
    for loaded in &comparison.loaded {
        let source = &loaded.sources[0];
        let shipped = embedded::scenario_source(&source.id).is_some_and(|known| known.text == source.text);
        let _ = write!(command, " {}{}", source.id, if shipped { "" } else { ".toml" });
    }
    let _ = write!(command, " --runs {} --seed {}", comparison.runs().1, comparison.seed);
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

/// What rebuilding a result showed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Verdict {
    /// Whether every number of every run is the same.
    pub identical: bool,
    /// The verdict in one line.
    pub sentence: String,
}

/// Rebuilds a result and compares.
///
/// # Errors
/// When the file's scenarios cannot be loaded any more, or the runs cannot be made.
pub fn verify(provenance: &Provenance, threads: Option<usize>, cancel: &AtomicBool, progress: &(dyn Fn(usize) + Sync)) -> Result<Verdict, Refusal> {
    let mut notes = Vec::new();
    if provenance.model_version != MODEL_VERSION {
        notes.push(format!("made with model {}, this is {MODEL_VERSION}", provenance.model_version));
    }
    if provenance.evidence_sha256 != evidence_sha256() {
        notes.push("the evidence has changed since".to_owned());
    }
    let mut first: Option<String> = None;
    for (i, record) in provenance.scenarios.iter().enumerate() {
        let sources = sources(record)?;
        if texts_sha256(&sources) != record.sha256 {
            notes.push(format!("the scenario {} has changed since", record.id));
        }
        let loaded = scenarios::check(&sources, &record.adjust.adjust()?)?;
        let ensemble = rerun(loaded.scenario, provenance, threads, cancel, &|done| progress(i * provenance.seeds.len() + done))?;
        first = first.or_else(|| difference(record, &ensemble));
    }
    let identical = first.is_none();
    let mut sentence = first.unwrap_or_else(|| "identical".to_owned());
    if !notes.is_empty() {
        let _ = write!(sentence, " ({})", notes.join("; "));
    }
    Ok(Verdict { identical, sentence })
}

/// Texts of a recorded scenario: those in the record, or the shipped ones.
fn sources(record: &ScenarioRecord) -> Result<Vec<SourceText>, Refusal> {
    if record.texts.is_empty() {
        return embedded::scenario_sources(&record.source)
            .ok_or_else(|| Refusal::input(format!("the scenario {} does not ship with this version, and the file holds no text of it", record.id)));
    }
    Ok(record
        .texts
        .iter()
        .map(|t| SourceText { id: t.id.clone(), path: format!("{}.toml in the provenance file", t.id), text: t.text.clone() })
        .collect())
}

/// Runs the recorded seeds, which need not be consecutive after an interruption.
fn rerun(
    scenario: faultline_models::scenario::Scenario,
    provenance: &Provenance,
    threads: Option<usize>,
    cancel: &AtomicBool,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Ensemble, Refusal> {
    let last = provenance.seeds.iter().max().copied().unwrap_or(provenance.seed);
    let span = last.checked_sub(provenance.seed).filter(|span| *span < 100_000);
    let Some(span) = span else { return Err(Refusal::input("the provenance file is damaged: its seeds do not follow its first seed")) };
    let plan = Plan { runs: span as usize + 1, seed: provenance.seed, threads };
    let mut ensembles = jobs::run(&[scenario], plan, cancel, progress)?;
    let Some(mut ensemble) = ensembles.pop() else { return Err(Refusal::failed("nothing was run")) };
    if ensemble.runs.len() < plan.runs {
        return Err(Refusal::interrupted("stopped before all runs were redone; there is no verdict"));
    }
    ensemble.runs.retain(|run| provenance.seeds.contains(&run.seed));
    Ok(ensemble)
}

/// The first quarter in which the results differ, in words.
fn difference(record: &ScenarioRecord, ensemble: &Ensemble) -> Option<String> {
    if record.results_sha256 == results_sha256(ensemble) {
        return None;
    }
    let calendar = ensemble.scenario.calendar;
    if record.rows.len() != calendar.rows {
        return Some(format!("differs in length: {} quarters recorded, {} now (scenario {})", record.rows.len(), calendar.rows, record.id));
    }
    let now = fragmentation(ensemble);
    let Some(row) = (0..calendar.rows).find(|row| record.rows[*row] != row_sha256(ensemble, *row)) else {
        return Some(format!("differs in the log of standards work or in the record itself, not in any indicator (scenario {})", record.id));
    };
    let apart = |row: &usize| (now[*row] - record.fragmentation.get(*row).copied().unwrap_or(f64::NAN)).abs() > 1e-12;
    Some(match (row..calendar.rows).find(apart) {
        Some(at) => {
            let by = now[at] - record.fragmentation.get(at).copied().unwrap_or(f64::NAN);
            format!("differs from {} in fragmentation by {by:+.6} (scenario {})", calendar.quarter(at), record.id)
        }
        None => format!("differs from {}, not in mean fragmentation but in other indicators (scenario {})", calendar.quarter(row), record.id),
    })
}
