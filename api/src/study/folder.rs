//! The folder of a study: its record, its design and its parts, and whether what is there belongs to what is asked.

use std::path::PathBuf;

use faultline_models::MODEL_VERSION;
use serde_json::{Value, json};

use super::design;
use super::part::{self, Block, Extract};
use super::request::Study;
use crate::disk::{self, Held};
use crate::provenance::{Changes, evidence_sha256, text_records, text_sha256};
use crate::refusal::Refusal;

/// Version of the format.
const FORMAT: u32 = 1;

const RECORD: &str = "study.json";
const DESIGN: &str = "design.csv";

/// Largest record that is read, in bytes.
const MAX_RECORD: u64 = 64 << 20;

/// A folder that holds this study and nothing else of ours, and that nobody else writes to meanwhile.
pub(super) struct Folder {
    path: PathBuf,
    /// Fingerprint of the record, by which a part says where it belongs.
    identity: String,
    /// Keeps other programs from the same study until this one ends, however it ends.
    _held: Held,
}

impl Folder {
    /// Begins a new study in a folder that is empty or missing, or opens the one that is there.
    ///
    /// # Errors
    /// When something else is there, the study there is another one (saying in what), a part is damaged, or nothing can be written.
    pub(super) fn open(study: &Study) -> Result<Folder, Refusal> {
        let extract = Extract::new(&study.loaded.scenario, &study.indicators, study.by_domain, study.quarters);
        let table = design::csv(&study.factors, &study.values);
        let record = record(study, &extract, &text_sha256(&table));
        let text = serde_json::to_string_pretty(&record).map_err(|e| Refusal::failed(e.to_string()))? + "\n";
        let path = study.out.join(RECORD);
        if !disk::exists(&path) {
            begin(study, &text)?;
        }
        check_record(study, &record)?;
        let held = disk::hold_named(&path)?;
        disk::sweep(&study.out);
        let folder = Folder { path: study.out.clone(), identity: text_sha256(&text), _held: held };
        folder.check_design(&table)?;
        folder.check_parts(study, &extract)?;
        Ok(folder)
    }

    fn part(&self, number: usize) -> PathBuf {
        self.path.join(format!("part-{:06}.parquet", number + 1))
    }

    /// Whether a part is there.
    pub(super) fn has(&self, number: usize) -> bool {
        disk::exists(&self.part(number))
    }

    /// Writes a part, whole or not at all.
    pub(super) fn write(&self, number: usize, extract: &Extract, study: &Study, blocks: &[Block]) -> Result<(), Refusal> {
        disk::write_file_with(&self.part(number), false, |file| part::write(file, extract, study, (&self.identity, number), blocks)).map_err(
            |refusal| Refusal { message: format!("{}. The parts before it are kept; give the same command again", refusal.message), ..refusal },
        )
    }

    fn check_design(&self, table: &str) -> Result<(), Refusal> {
        let path = self.path.join(DESIGN);
        if !disk::exists(&path) {
            return disk::write_file(&path, table.as_bytes(), false);
        }
        let there = disk::read_bytes(&path, table.len() as u64);
        if there.is_ok_and(|there| there == table.as_bytes()) {
            return Ok(());
        }
        Err(Refusal::input(format!("{} was changed since the study began. Move it away, and give the same command again", path.display())))
    }

    fn check_parts(&self, study: &Study, extract: &Extract) -> Result<(), Refusal> {
        let problem = |number: usize| {
            let path = self.part(number);
            let file = disk::open(&path).err();
            let problem = match file {
                Some(refusal) => refusal.message,
                None => part::check(disk::open(&path).ok()?, extract, study, (&self.identity, number)).err()?,
            };
            Some(format!("{}: {problem}", path.display()))
        };
        let details: Vec<String> = (0..study.parts()).filter(|number| self.has(*number)).filter_map(problem).collect();
        if details.is_empty() {
            return Ok(());
        }
        let message = "parts of the study are not as Faultline wrote them. Move them away, and give the same command again: they are run anew";
        Err(Refusal { details, ..Refusal::input(message) })
    }
}

/// Writes the record into a new folder: from then on the folder is a study.
fn begin(study: &Study, record: &str) -> Result<(), Refusal> {
    disk::sweep(&study.out);
    disk::check_folder_target(&study.out, None).map_err(|refusal| Refusal {
        message: format!("{} is not empty and holds no study. Choose another folder", study.out.display()),
        ..refusal
    })?;
    disk::make_folder(&study.out)?;
    disk::write_file(&study.out.join(RECORD), record.as_bytes(), false)
}

/// Whether the record that is there is that of the study that is asked for.
fn check_record(study: &Study, asked: &Value) -> Result<(), Refusal> {
    let path = study.out.join(RECORD);
    let damaged = |what: String| Refusal::input(format!("{}: {what}. Choose another folder for a new study", path.display()));
    let text = disk::read_text(&path, MAX_RECORD)?;
    let there: Value = serde_json::from_str(&text).map_err(|e| damaged(format!("is damaged ({e})")))?;
    let mut details = Vec::new();
    differences("", &there, asked, &mut details);
    if details.is_empty() {
        return Ok(());
    }
    let message = format!("the study in {} is another one than asked for. Give its command, or choose another folder", study.out.display());
    Err(Refusal { details, ..Refusal::input(message) })
}

/// Every place where two records differ, as a sentence.
fn differences(at: &str, there: &Value, asked: &Value, found: &mut Vec<String>) {
    let below = |key: &str| if at.is_empty() { key.to_owned() } else { format!("{at}.{key}") };
    match (there, asked) {
        (Value::Object(a), Value::Object(b)) => {
            let others = b.iter().filter(|(key, _)| !a.contains_key(*key));
            for (key, value) in a.iter() {
                differences(&below(key), value, b.get(key).unwrap_or(&Value::Null), found);
            }
            others.for_each(|(key, value)| differences(&below(key), &Value::Null, value, found));
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).enumerate().for_each(|(i, (a, b))| differences(&below(&(i + 1).to_string()), a, b, found));
        }
        _ if there == asked => {}
        _ => found.push(format!("{at}: {} there, {} asked for", short(there), short(asked))),
    }
}

fn short(value: &Value) -> String {
    let text = match value {
        Value::Null => "nothing".to_owned(),
        Value::Array(list) => format!("{} of them", list.len()),
        other => other.to_string(),
    };
    if text.chars().count() > 60 { text.chars().take(57).collect::<String>() + "…" } else { text }
}

/// Everything that decides what the study's bytes are.
fn record(study: &Study, extract: &Extract, design_sha256: &str) -> Value {
    let kind = if study.given { "given" } else { "latin-hypercube" };
    let factors: Vec<Value> = study.factors.iter().map(|f| json!({ "key": f.key, "low": f.low, "high": f.high })).collect();
    let columns: Vec<Value> = extract.names.iter().map(|name| json!({ "name": name, "unit": part::unit(name) })).collect();
    json!({
        "format": FORMAT,
        "model-version": MODEL_VERSION,
        "evidence-sha256": evidence_sha256(),
        "scenario": {
            "id": study.loaded.scenario.id,
            "texts": text_records(&study.loaded),
            "adjust": Changes::from(&study.loaded.adjust),
        },
        "design": { "kind": kind, "points": study.points(), "factors": factors, "sha256": design_sha256 },
        "seed": study.plan.seed,
        "runs-per-point": study.plan.runs,
        "quarters": study.quarters,
        "columns": columns,
        "runs-per-part": study.runs_per_part,
        "parts": study.parts(),
    })
}
