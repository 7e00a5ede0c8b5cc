//! A comparison as a folder: tables, charts, summary and provenance, all or nothing.

use std::path::Path;

use crate::charts::{self, Format, Picture, Wish};
use crate::compare::Comparison;
use crate::disk::{Publication, Written, check_folder_target, exists, read_text};
use crate::jobs;
use crate::provenance::{MAX_FILE, Provenance};
use crate::refusal::Refusal;
use crate::summary;
use crate::tables::{self, Extent};

/// The file that says what Faultline wrote to a folder, and how to make it again.
const PROVENANCE: &str = "provenance.json";

/// Formats in which each chart is written.
const FORMATS: [Format; 3] = [Format::Svg, Format::Png, Format::Pdf];

/// What goes into the folder, and what may be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Choices {
    /// Replace what Faultline wrote there before.
    pub replace: bool,
    /// Also write every run.
    pub parquet: bool,
    /// Threads for drawing; `None` for all cores.
    pub threads: Option<usize>,
}

/// Refuses a folder that cannot be written to, before anybody waits for runs.
///
/// # Errors
/// When something is there that must not be replaced, nothing can be written, or `out` is `-`.
pub fn check(out: &Path, choices: Choices) -> Result<(), Refusal> {
    if out == Path::new("-") {
        return Err(Refusal::input(
            "--out - is standard output, and a folder does not go there. Name a folder, or take `faultline export` for one table",
        ));
    }
    check_folder_target(out, former(out, choices).as_deref())
}

/// Writes the folder and gives the names of its files.
///
/// # Errors
/// When it must not be replaced, or cannot be written; nothing is left behind then.
pub fn folder(comparison: &Comparison, out: &Path, choices: Choices) -> Result<Vec<String>, Refusal> {
    let mut publication = Publication::begin(out, former(out, choices))?;
    let pictures = charts::every(comparison, &Wish::default())?;
    publication.write("summary.md", summary::markdown(comparison, &pictures).as_bytes())?;
    publication.write_with("headlines.csv", |file| tables::csv(comparison, Extent::Headlines, file))?;
    publication.write_with("results.csv", |file| tables::csv(comparison, Extent::Everything, file))?;
    if choices.parquet {
        publication.write_with("runs.parquet", |file| tables::parquet(&comparison.ensembles, file))?;
    }
    for (name, content) in drawn("charts", &pictures, &FORMATS, choices.threads)? {
        publication.write(&name, &content)?;
    }
    // Last, because it lists the others.
    let provenance = Provenance::of(comparison, publication.written().to_vec());
    publication.write(PROVENANCE, &provenance.to_json()?)?;
    publication.finish()
}

/// Every picture in every format, with its path.
fn drawn(folder: &str, pictures: &[(String, Picture)], formats: &[Format], threads: Option<usize>) -> Result<Vec<(String, Vec<u8>)>, Refusal> {
    let jobs: Vec<_> = pictures.iter().flat_map(|(name, picture)| formats.iter().map(move |format| (name, picture, *format))).collect();
    jobs::each(threads, &jobs, |(name, picture, format)| Ok((format!("{folder}/{name}.{}", format.ending()), picture.file(*format)?)))
}

/// With leave to replace: what Faultline wrote to a folder before. A folder without a readable record holds nothing of ours.
fn former(out: &Path, choices: Choices) -> Option<Vec<Written>> {
    if !choices.replace {
        return None;
    }
    let path = out.join(PROVENANCE);
    if !exists(&path) {
        return Some(Vec::new());
    }
    let record = read_text(&path, MAX_FILE).and_then(|text| Ok((Provenance::from_json(&text)?, text)));
    Some(
        record.map_or_else(
            |_| Vec::new(),
            |(provenance, text)| provenance.files.into_iter().chain([Written::new(PROVENANCE, text.as_bytes())]).collect(),
        ),
    )
}
