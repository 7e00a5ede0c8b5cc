//! `export`: results or assumptions of one scenario as a table.

use std::path::Path;

use faultline_api::ask::Moved;
use faultline_api::model::Adjust;
use faultline_api::{Refusal, disk, scenarios, show, tables};

use super::ensemble;
use crate::options::{Export, FileOptions, TableFormat, What};
use crate::terminal::{Ending, Terminal};

pub(super) fn export(options: &Export, terminal: &Terminal) -> Result<Ending, Refusal> {
    let format = options.format.unwrap_or_else(|| by_ending(options.file.out.as_deref()));
    check(options, format)?;
    if options.what == What::Ledger {
        let adjust = ensemble::ask(std::slice::from_ref(&options.scenario), &options.runs).check(Moved::All)?;
        let loaded = adjust.loaded.into_iter().next().map_or_else(|| scenarios::open(&options.scenario, &Adjust::default()), Ok)?;
        let page = show::page(&loaded, true)?;
        let content = if format == TableFormat::Json { json(&page)? } else { tables::ledger(&page)? };
        return write(&content, &options.file, terminal).map(|()| Ending::Done);
    }
    if let Some(out) = options.file.out.as_deref().filter(|out| *out != Path::new("-")) {
        disk::check_file_target(out, options.file.force)?;
    }
    let ask = ensemble::ask(std::slice::from_ref(&options.scenario), &options.runs);
    let (comparison, ending) = ensemble::run(&ask, Moved::All, terminal)?;
    match (options.what, format, &options.file.out) {
        (What::Runs, _, Some(out)) => {
            disk::write_file_with(out, options.file.force, |file| tables::parquet(&comparison.ensembles, file))?;
            terminal.note(format!("{} written", out.display()));
        }
        (_, TableFormat::Json, _) => write(&json(&faultline_api::outcome::of(&comparison, Vec::new()))?, &options.file, terminal)?,
        _ => write(&tables::csv(&comparison)?, &options.file, terminal)?,
    }
    Ok(ending)
}

/// What cannot be put into which format is refused before anything runs.
fn check(options: &Export, format: TableFormat) -> Result<(), Refusal> {
    let to_file = options.file.out.as_deref().is_some_and(|out| out != Path::new("-"));
    match (options.what, format) {
        (What::Runs, TableFormat::Parquet) if to_file => Ok(()),
        (What::Runs, _) => Err(Refusal::input("all runs are exported as Parquet, to a file. Give --out runs.parquet")),
        (_, TableFormat::Parquet) => Err(Refusal::input("only --what runs is exported as Parquet. Choose csv or json")),
        _ => Ok(()),
    }
}

fn by_ending(out: Option<&Path>) -> TableFormat {
    match out.and_then(Path::extension).and_then(|e| e.to_str()) {
        Some("json") => TableFormat::Json,
        Some("parquet") => TableFormat::Parquet,
        _ => TableFormat::Csv,
    }
}

fn json(value: &impl serde::Serialize) -> Result<Vec<u8>, Refusal> {
    serde_json::to_vec_pretty(value).map_err(|e| Refusal::failed(e.to_string()))
}

/// To a file, or to standard output.
fn write(content: &[u8], file: &FileOptions, terminal: &Terminal) -> Result<(), Refusal> {
    match &file.out {
        Some(out) if out != Path::new("-") => {
            disk::write_file(out, content, file.force)?;
            terminal.note(format!("{} written", out.display()));
            Ok(())
        }
        _ => terminal.raw(content),
    }
}
