//! Figures, charts as files, and scenarios as files, from results that are there.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use faultline_charts::draw::Figure;
use faultline_charts::pdf::{Meta, pdf};
use faultline_charts::png::png;
use faultline_models::ensemble::Ensemble;
use faultline_models::scenario::{Adjust, load, parent_of};

use super::cache::{self, Entry};
use super::{Desk, classics, draft, figures, spreadsheet};
use crate::compare::Comparison;
use crate::embedded::{self, BASELINE};
use crate::jobs::{Growth, Watch};
use crate::refusal::Refusal;
use crate::tables::chart_table;
use crate::wire_desktop::{Draft, ExportAsk, FigureAsk, FigureWish, FileFormat, Imported, Saved, ScenarioFormat, ScreenFigure, TableRow};
use crate::{clock, disk};

/// Pixels to the px of an exported picture.
const PNG_SCALE: f64 = 2.0;

/// The comparison behind keys of results, run again where memory had to let go of it.
///
/// # Errors
/// When a key is not known, or a run fails.
pub(crate) fn comparison(desk: &Desk, keys: &[String]) -> Result<Comparison, Refusal> {
    let gone = || Refusal::input("these results are no longer there; run the scenario again, nothing else is lost");
    if keys.is_empty() {
        return Err(gone());
    }
    let mut comparison = Comparison { loaded: Vec::new(), ensembles: Vec::new(), findings: Vec::new(), seed: 0 };
    for result in keys {
        let (key, runs, asked) = cache::of_result(result).ok_or_else(gone)?;
        let entry = whole(desk, desk.cache.find(key).ok_or_else(gone)?, runs)?;
        let (ensemble, findings) = desk.with_findings(key, &entry, (runs, asked));
        comparison.loaded.push((*desk.cache.find(key).ok_or_else(gone)?.loaded).clone());
        comparison.ensembles.push(ensemble);
        comparison.findings.push(findings);
        comparison.seed = desk.cache.find(key).map_or(comparison.seed, |e| e.seed);
    }
    Ok(comparison)
}

/// The ensemble of an entry with at least `runs` runs.
fn whole(desk: &Desk, entry: Entry, runs: usize) -> Result<Arc<Ensemble>, Refusal> {
    if let Some(ensemble) = entry.ensemble.as_ref().filter(|e| e.runs.len() >= runs) {
        return Ok(Arc::clone(ensemble));
    }
    let (never, silent) = (std::sync::atomic::AtomicBool::new(false), |_: usize| ());
    let mut growth = Growth::new(vec![(entry.loaded.scenario.clone(), entry.ensemble.clone())], entry.seed);
    growth.grow(runs, entry.runs.max(runs), Watch { cancel: &never, progress: &silent })?;
    let ensemble = Arc::clone(&growth.ensembles()[0]);
    desk.cache.put(Entry { ensemble: Some(Arc::clone(&ensemble)), findings: None, firsts: Vec::new(), ..entry });
    Ok(ensemble)
}

/// A figure of results that are there.
///
/// # Errors
/// Unknown results, chart, domain or quarter.
pub(crate) fn figure(desk: &Desk, ask: &FigureAsk) -> Result<ScreenFigure, Refusal> {
    if classics::is_classic(&ask.results) {
        return classics::figure(desk, &ask.results, &ask.wish);
    }
    let comparison = comparison(desk, &ask.results)?;
    let all: Vec<usize> = (0..ask.results.len()).collect();
    figures::figure(&comparison, &all, &ask.chart, &ask.wish)
}

/// The rows behind a figure, which has thousands of them and is seldom asked for them.
///
/// # Errors
/// As for [`figure`], and when the scenarios do not suit the chart.
pub(crate) fn table(desk: &Desk, ask: &FigureAsk) -> Result<Vec<TableRow>, Refusal> {
    let chart = match classics::is_classic(&ask.results) {
        true => classics::chart(desk, &ask.results, &ask.wish)?,
        false => figures::chart(&comparison(desk, &ask.results)?, &ask.chart, &ask.wish)?,
    };
    Ok(figures::table(&chart))
}

/// The wish of a figure on screen, on a page of the preset.
fn on_page(ask: &ExportAsk) -> FigureWish {
    let preset = &ask.preset;
    FigureWish { size: Some(preset.size), projector: false, theme: preset.theme, takeaway: preset.takeaway, ..ask.figure.wish.clone() }
}

fn drawn(desk: &Desk, ask: &ExportAsk) -> Result<(faultline_charts::chart::Chart, Figure), Refusal> {
    if classics::is_classic(&ask.figure.results) {
        return classics::drawn(desk, &ask.figure.results, &on_page(ask));
    }
    let comparison = comparison(desk, &ask.figure.results)?;
    figures::drawn(&comparison, &ask.figure.chart, &on_page(ask))
}

fn failed(e: &dyn std::fmt::Display) -> Refusal {
    Refusal::failed(format!("the picture was not made: {e}. Nothing was written; try another format or size"))
}

/// A chart as the bytes of a PNG picture.
///
/// # Errors
/// Unknown results or chart.
pub(crate) fn picture(desk: &Desk, ask: &ExportAsk) -> Result<Vec<u8>, Refusal> {
    let (_, figure) = drawn(desk, ask)?;
    png(&figure, PNG_SCALE).map_err(|e| failed(&e))
}

/// A small PNG of a chart of some results, at most `width` pixels wide.
pub(crate) fn thumbnail(desk: &Desk, results: &[String], chart: &str, width: f64) -> Result<Vec<u8>, Refusal> {
    let comparison = comparison(desk, results)?;
    let (_, figure) = figures::drawn(&comparison, chart, &FigureWish::default())?;
    png(&figure, width / figure.width).map_err(|e| failed(&e))
}

/// Writes a chart in each format of the preset: the first at `path`, which may be there, the others beside it with their own endings,
/// under a name that is free.
///
/// # Errors
/// Unknown results or chart, no format, or when a file cannot be written.
pub(crate) fn export_chart(desk: &Desk, ask: &ExportAsk, path: &Path) -> Result<Saved, Refusal> {
    let single = ask.preset.formats.len() == 1;
    write_chart(desk, ask, |format| match Some(&format) == ask.preset.formats.first() {
        true if single => path.to_owned(),
        true => path.with_extension(ending(format)),
        false => {
            let beside = |name: &str| path.with_file_name(format!("{name}.{}", ending(format)));
            beside(&disk::free_name(&stem(path), |name| disk::exists(&beside(name))))
        }
    })
}

/// Writes a chart in each format of the preset into a folder, all under one name that is free.
///
/// # Errors
/// As for [`export_chart`].
pub(crate) fn export_chart_into(desk: &Desk, ask: &ExportAsk, folder: &Path, name: &str) -> Result<Saved, Refusal> {
    let place = |name: &str, format: FileFormat| folder.join(format!("{name}.{}", ending(format)));
    let free = disk::free_name(&stem(Path::new(name)), |name| ask.preset.formats.iter().any(|format| disk::exists(&place(name, *format))));
    write_chart(desk, ask, |format| place(&free, format))
}

/// Name of a file without folder and ending.
fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(|| "chart".to_owned(), |stem| stem.to_string_lossy().into_owned())
}

/// Makes all files before the first is written.
fn write_chart(desk: &Desk, ask: &ExportAsk, place: impl Fn(FileFormat) -> PathBuf) -> Result<Saved, Refusal> {
    if ask.preset.formats.is_empty() {
        return Err(Refusal::input("no format is chosen; choose at least one of PNG, SVG, PDF and CSV"));
    }
    let (chart, figure) = drawn(desk, ask)?;
    let content = |format: FileFormat| match format {
        FileFormat::Svg => Ok(figure.svg.clone().into_bytes()),
        FileFormat::Png => png(&figure, PNG_SCALE).map_err(|e| failed(&e)),
        FileFormat::Pdf => pdf(&figure, &Meta::of(&chart)).map_err(|e| failed(&e)),
        FileFormat::Csv => chart_table(&chart.table),
    };
    let mut formats = ask.preset.formats.clone();
    formats.dedup();
    let files = formats.into_iter().map(|format| Ok((place(format), content(format)?))).collect::<Result<Vec<(PathBuf, Vec<u8>)>, Refusal>>()?;
    for (target, _) in &files {
        disk::check_file_target(target, true)?;
    }
    for (target, bytes) in &files {
        disk::write_file(target, bytes, true)?;
    }
    Ok(Saved { paths: files.into_iter().map(|(target, _)| target.display().to_string()).collect(), when: clock::now() })
}

const fn ending(format: FileFormat) -> &'static str {
    match format {
        FileFormat::Png => "png",
        FileFormat::Svg => "svg",
        FileFormat::Pdf => "pdf",
        FileFormat::Csv => "csv",
    }
}

/// Writes a draft as a scenario file or a spreadsheet.
///
/// # Errors
/// Problems of the draft, or when it cannot be written.
pub(crate) fn export_scenario(draft: &Draft, format: ScenarioFormat, path: &Path) -> Result<Saved, Refusal> {
    let loaded = draft::loaded(draft, None)?;
    let content = match format {
        ScenarioFormat::Toml => loaded.sources[0].text.clone().into_bytes(),
        ScenarioFormat::Csv => spreadsheet::write(draft, &loaded)?,
    };
    disk::write_file(path, &content, true)?;
    Ok(Saved { paths: vec![path.display().to_string()], when: clock::now() })
}

/// Reads a scenario file or a spreadsheet of one as a draft.
///
/// # Errors
/// When it cannot be read, with everything that is wrong with it.
pub(crate) fn import_scenario(path: &Path) -> Result<Imported, Refusal> {
    let text = disk::read_text(path, disk::MAX_TEXT)?;
    let id = file_id(path);
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) {
        return spreadsheet::read(&text, &id);
    }
    import_text(&text, &id)
}

/// A scenario file from anywhere as a draft: it passes the gate, or everything that is wrong with it is said.
pub(crate) fn import_text(text: &str, id: &str) -> Result<Imported, Refusal> {
    let sources = draft::imported(text);
    let scenario = load(&sources, &Adjust::default()).map_err(|problems| Refusal::problems(id, &problems))?;
    let base = parent_of(&sources[0]).filter(|parent| embedded::scenario_source(parent).is_some());
    let mut notices = Vec::new();
    if base.is_none() {
        notices.push("The file stands on its own: it builds on no shipped scenario.".to_owned());
    }
    let mut draft = draft::plain(id, &scenario.name, base.as_deref().unwrap_or(BASELINE));
    draft.text = Some(text.to_owned());
    draft::loaded(&draft, None)?;
    Ok(Imported { draft, notices })
}

/// An identifier from the name of a file, which may be called anything.
pub(crate) fn file_id(path: &Path) -> String {
    let stem = path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    let plain: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).take(60).collect();
    let trimmed = plain.trim_matches('-');
    if trimmed.is_empty() { "imported".to_owned() } else { trimmed.to_owned() }
}
