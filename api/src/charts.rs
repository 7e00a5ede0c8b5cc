//! Charts: from a comparison to a picture, in every format.

use faultline_charts::catalogue::{CHARTS, ChartKind, Needs, Options, Request, Stamp};
use faultline_charts::chart::Chart;
use faultline_charts::draw::{Figure, draw};
use faultline_charts::palette::Theme;
use faultline_charts::pdf::{Meta, pdf};
use faultline_charts::png::png;
use faultline_charts::style::{Size, Style};
use faultline_models::MODEL_VERSION;
use faultline_models::scenario::Scenario;
use faultline_models::text::nearest;

use crate::clock;
use crate::compare::Comparison;
use crate::provenance::texts_sha256;
use crate::refusal::Refusal;
use crate::scenarios::Loaded;
use crate::show;
use crate::tables::chart_table;
use crate::wire::ChartLine;

/// File formats of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Vectors with real text.
    Svg,
    /// Pixels.
    Png,
    /// Vectors with embedded fonts.
    Pdf,
    /// The numbers that are drawn.
    Csv,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 4] = [Format::Svg, Format::Png, Format::Pdf, Format::Csv];

    /// Ending of a file name.
    pub const fn ending(self) -> &'static str {
        match self {
            Format::Svg => "svg",
            Format::Png => "png",
            Format::Pdf => "pdf",
            Format::Csv => "csv",
        }
    }
}

/// What a client may choose about a chart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wish {
    /// Dark colours.
    pub dark: bool,
    /// Size, by its id; the first of [`sizes`] when not given.
    pub size: Option<String>,
    /// Let the title state the finding where enough runs agree.
    pub takeaway: bool,
    /// Domain, by its id.
    pub domain: Option<String>,
}

/// A chart, drawn.
#[derive(Debug, Clone)]
pub struct Picture {
    chart: Chart,
    figure: Figure,
}

/// All charts that can be drawn.
pub fn list() -> Vec<ChartLine> {
    CHARTS
        .iter()
        .map(|kind| ChartLine {
            id: kind.id,
            name: kind.name.to_owned(),
            question: kind.question.to_owned(),
            how_to_read: kind.how_to_read.to_owned(),
        })
        .collect()
}

/// Ids of all sizes.
pub fn sizes() -> Vec<&'static str> {
    Size::ALL.iter().map(|size| size.id()).collect()
}

/// The kind of chart with this id.
///
/// # Errors
/// When there is none; the nearest one is named.
pub fn find(id: &str) -> Result<&'static ChartKind, Refusal> {
    ChartKind::find(id).ok_or_else(|| unknown("chart", id, &CHARTS.iter().map(|kind| kind.id).collect::<Vec<_>>()))
}

/// Whether a chart compares scenarios and cannot be drawn of one.
///
/// # Errors
/// As for [`find`].
pub fn compares(id: &str) -> Result<bool, Refusal> {
    Ok(find(id)?.needs == Needs::Two)
}

/// Checks size and domain before anybody waits for runs.
///
/// # Errors
/// When one of them is unknown.
pub fn check(baseline: &Loaded, wish: &Wish) -> Result<(), Refusal> {
    let refusals: Vec<Refusal> = style(wish).err().into_iter().chain(domain(&baseline.scenario, wish.domain.as_deref()).err()).collect();
    if refusals.is_empty() { Ok(()) } else { Err(Refusal::all(refusals)) }
}

/// Draws a chart of all scenarios of a comparison.
///
/// # Errors
/// When there is no such chart, size or domain, or the scenarios do not suit it.
pub fn picture(comparison: &Comparison, id: &str, wish: &Wish) -> Result<Picture, Refusal> {
    let style = style(wish)?;
    let chart = build(comparison, find(id)?, &all(comparison), wish)?;
    Ok(Picture { figure: draw(&chart, &style), chart })
}

/// Every chart that suits a comparison, with a name for its file.
///
/// A chart that shows a single scenario is drawn for each, and its name then ends with that of the scenario.
///
/// # Errors
/// When there is no such size or domain.
pub fn every(comparison: &Comparison, wish: &Wish) -> Result<Vec<(String, Picture)>, Refusal> {
    let style = style(wish)?;
    let mut pictures = Vec::new();
    for kind in CHARTS {
        let Ok(chart) = build(comparison, kind, &all(comparison), wish) else { continue };
        if kind.needs == Needs::Two || comparison.ensembles.len() == 1 || shows_several(&chart) {
            pictures.push((kind.id.to_owned(), Picture { figure: draw(&chart, &style), chart }));
            continue;
        }
        for index in all(comparison) {
            let Ok(chart) = build(comparison, kind, &[index], wish) else { continue };
            let name = format!("{}-{}", kind.id, file_name(&comparison.ensembles[index].scenario.id));
            pictures.push((name, Picture { figure: draw(&chart, &style), chart }));
        }
    }
    Ok(pictures)
}

impl Picture {
    /// The picture as a file.
    ///
    /// # Errors
    /// When it cannot be rasterised or printed.
    pub fn file(&self, format: Format) -> Result<Vec<u8>, Refusal> {
        let failed = |e: faultline_charts::png::RenderError| Refusal::failed(format!("the chart {} was not made: {e}", self.chart.id));
        match format {
            Format::Svg => Ok(self.figure.svg.clone().into_bytes()),
            Format::Png => png(&self.figure, self.figure.size.png_scale()).map_err(failed),
            Format::Pdf => pdf(&self.figure, &Meta::of(&self.chart)).map_err(failed),
            Format::Csv => chart_table(&self.chart.table),
        }
    }

    /// Title, for lists of pictures.
    pub fn title(&self) -> &str {
        &self.chart.title
    }

    /// Alternative text.
    pub fn alt(&self) -> &str {
        &self.chart.alt
    }
}

fn all(comparison: &Comparison) -> Vec<usize> {
    (0..comparison.ensembles.len()).collect()
}

/// Whether the numbers drawn are of more than one scenario.
fn shows_several(chart: &Chart) -> bool {
    chart.table.first().is_some_and(|first| chart.table.iter().any(|row| row.scenario != first.scenario))
}

fn build(comparison: &Comparison, kind: &ChartKind, indices: &[usize], wish: &Wish) -> Result<Chart, Refusal> {
    let ensembles: Vec<_> = indices.iter().map(|i| &*comparison.ensembles[*i]).collect();
    let findings: Vec<_> = indices.iter().map(|i| &*comparison.findings[*i]).collect();
    let options = Options {
        domain: domain(&comparison.ensembles[0].scenario, wish.domain.as_deref())?,
        takeaway: wish.takeaway,
        stamp: stamp(comparison, indices),
        notes: notes(comparison, indices),
        ..Options::default()
    };
    kind.build(&Request { ensembles: &ensembles, findings: &findings, options: &options }).map_err(|unsuited| Refusal::input(unsuited.to_string()))
}

fn style(wish: &Wish) -> Result<Style, Refusal> {
    let theme = if wish.dark { Theme::Dark } else { Theme::Light };
    let size = match &wish.size {
        None => Size::default(),
        Some(id) => Size::ALL.into_iter().find(|size| size.id() == id).ok_or_else(|| unknown("size", id, &sizes()))?,
    };
    Ok(Style { theme, size })
}

pub(crate) fn domain(scenario: &Scenario, id: Option<&str>) -> Result<Option<usize>, Refusal> {
    let Some(id) = id else { return Ok(None) };
    let domains = &scenario.domains;
    let found = domains.iter().position(|domain| domain.id == id);
    found.map(Some).ok_or_else(|| unknown("domain", id, &domains.iter().map(|domain| domain.id.as_str()).collect::<Vec<_>>()))
}

fn unknown(what: &str, name: &str, known: &[&str]) -> Refusal {
    let shown: String = name.chars().filter(|c| !c.is_control()).take(60).collect();
    let hint = nearest(name, known.iter().copied()).map_or_else(|| format!("Known: {}", known.join(", ")), |near| format!("Did you mean {near}?"));
    Refusal::input(format!("there is no {what} “{shown}”. {hint}"))
}

pub(crate) fn stamp(comparison: &Comparison, indices: &[usize]) -> Stamp {
    let sources: Vec<_> = indices.iter().flat_map(|i| comparison.loaded[*i].sources.iter().cloned()).collect();
    Stamp {
        model: MODEL_VERSION.to_owned(),
        hash: texts_sha256(&sources)[..12].to_owned(),
        seed: comparison.seed,
        date: clock::date(),
        inputs: format!("as of {}", comparison.ensembles[indices[0]].scenario.calendar.start),
    }
}

/// What must stand under a chart that is cut out of its page: unverified figures, and what the client set.
pub(crate) fn notes(comparison: &Comparison, indices: &[usize]) -> Vec<String> {
    let scenarios: Vec<_> = indices.iter().map(|i| &comparison.loaded[*i]).collect();
    let mut notes = Vec::new();
    let unverified = scenarios.iter().map(|one| show::unverified_numbers(&one.scenario)).max().unwrap_or(0);
    if unverified > 0 {
        notes.push(format!(
            "{unverified} of {} inputs rest on figures that nobody has verified; `faultline show` marks them.",
            scenarios[0].scenario.ledger.len()
        ));
    }
    let mut set: Vec<String> = Vec::new();
    for o in scenarios.iter().flat_map(|one| &one.adjust.overrides) {
        let line = format!("{} = {}", o.key, o.value);
        if !set.contains(&line) {
            set.push(line);
        }
    }
    if !set.is_empty() {
        notes.push(format!("Set for this chart: {}.", set.join(", ")));
    }
    notes
}

/// The id of a scenario as part of a file name: a file from elsewhere may be called anything.
fn file_name(id: &str) -> String {
    id.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' }).take(60).collect()
}
