//! A comparison as a folder: tables, summary and provenance, all or nothing.

use std::path::Path;

use crate::compare::Comparison;
use crate::disk::{MARK, Publication};
use crate::provenance::Provenance;
use crate::refusal::Refusal;
use crate::{summary, tables};

/// What goes into the folder, and what may be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Choices {
    /// Replace a folder that Faultline wrote.
    pub replace: bool,
    /// Also write every run.
    pub parquet: bool,
}

/// Writes the folder and gives the names of its files.
///
/// # Errors
/// When it must not be replaced, or cannot be written; nothing is left behind then.
pub fn folder(comparison: &Comparison, out: &Path, choices: Choices) -> Result<Vec<String>, Refusal> {
    let publication = Publication::begin(out, choices.replace)?;
    let mut files = Vec::new();
    let mut write = |name: &str, content: &[u8]| {
        files.push(name.to_owned());
        publication.write(name, content)
    };
    write("summary.md", summary::markdown(comparison).as_bytes())?;
    write("results.csv", &tables::csv(comparison)?)?;
    write(MARK, &Provenance::of(comparison).to_json()?)?;
    if choices.parquet {
        tables::parquet(&comparison.ensembles, &publication.path("runs.parquet")?)?;
        files.push("runs.parquet".to_owned());
    }
    publication.finish()?;
    Ok(files)
}
