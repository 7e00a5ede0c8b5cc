//! `export`: results or assumptions of one scenario as a table.

use std::io::{self, Write};
use std::path::Path;

use faultline_api::tables::{self, Extent};
use faultline_api::{Refusal, disk, outcome, show};

use super::ensemble;
use crate::options::{Export, FileOptions, TableFormat, What};
use crate::terminal::{Ending, Terminal, plain};

pub(super) fn export(options: &Export, terminal: &Terminal) -> Result<Ending, Refusal> {
    if terminal.json {
        return Err(Refusal::input("export writes a table of its own. Leave out --json, or give --format json"));
    }
    let format = options.format.unwrap_or_else(|| by_ending(options.file.out.as_deref()));
    check(options, format)?;
    let ask = ensemble::ask(std::slice::from_ref(&options.scenario), &options.runs);
    if options.what == What::Ledger {
        let asked = ask.check()?;
        let page = show::page(&asked.loaded[0], true)?;
        let content = if format == TableFormat::Json { json(&page)? } else { tables::ledger(&page)? };
        return write(&options.file, terminal, |out| out.write_all(&content)).map(|()| Ending::Done);
    }
    let asked = ask.check()?;
    if let Some(out) = options.file.out.as_deref().filter(|out| *out != Path::new("-")) {
        disk::check_file_target(out, options.file.force)?;
    }
    let (comparison, ending) = ensemble::run(asked, terminal)?;
    let results = json(&outcome::of(&comparison, Vec::new()))?;
    write(&options.file, terminal, |mut out| match (options.what, format) {
        (What::Runs, _) => tables::parquet(&comparison.ensembles, &mut out),
        (_, TableFormat::Json) => out.write_all(&results),
        _ => tables::csv(&comparison, Extent::Everything, &mut out),
    })?;
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
fn write(file: &FileOptions, terminal: &Terminal, content: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>) -> Result<(), Refusal> {
    match &file.out {
        Some(out) if out != Path::new("-") => {
            disk::write_file_with(out, file.force, |file| content(file))?;
            terminal.note(format!("{} written", plain(&out.display().to_string())));
        }
        _ => terminal.raw(content),
    }
    Ok(())
}
