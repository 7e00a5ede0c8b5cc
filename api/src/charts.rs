//! Charts: from a comparison to a picture, in every format.

use faultline_charts::catalogue::{CHARTS, ChartKind, Gate, Needs, Options, Request, Shows, Stamp};
use faultline_charts::chart::Chart;
use faultline_charts::draw::{Figure, draw};
use faultline_charts::palette::Theme;
use faultline_charts::pdf::{Meta, pdf};
use faultline_charts::png::png;
use faultline_charts::style::{Size, Style, Surround};
use faultline_charts::words::Language;
use faultline_models::MODEL_VERSION;
use faultline_models::calendar::Quarter;
use faultline_models::scenario::{Adjust, Scenario, SourceText};
use faultline_models::text::nearest;

use crate::clock;
use crate::compare::Comparison;
use crate::evidence::Evidence;
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
    /// Language, by its id; the first of [`languages`] when not given.
    pub language: Option<String>,
    /// A single run, by position; all of them when not given.
    pub run: Option<usize>,
    /// Quarter that is shown, or up to which paths are drawn; the last one when not given.
    pub quarter: Option<String>,
    /// A place on a screen, instead of a size.
    pub screen: Option<Screen>,
}

/// A place on a screen, in px; title and footer stand around it, not in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
    /// Who looks at it.
    pub seen: Seen,
}

/// Who looks at a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// Somebody at a desk.
    Near,
    /// A room, by a projector.
    Far,
}

/// A chart, drawn.
#[derive(Debug, Clone)]
pub struct Picture {
    chart: Chart,
    figure: Figure,
}

/// All charts that can be drawn.
pub fn list() -> Vec<ChartLine> {
    list_in(Language::En)
}

/// All charts that can be drawn, described in a language.
pub fn list_in(language: Language) -> Vec<ChartLine> {
    CHARTS.iter().map(|kind| line(kind, language)).collect()
}

/// A chart, described in a language.
pub(crate) fn line(kind: &ChartKind, language: Language) -> ChartLine {
    let about = kind.about(language);
    let owned = [about.name, about.question, about.how_to_read].map(str::to_owned);
    let [name, question, how_to_read] = owned;
    ChartLine { id: kind.id, name, question, how_to_read }
}

/// Ids of all languages.
pub fn languages() -> Vec<&'static str> {
    Language::ALL.iter().map(|language| language.id()).collect()
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

/// Whether a chart shows one scenario, beside its baseline at most.
///
/// # Errors
/// As for [`find`].
pub fn shows_one(id: &str) -> Result<bool, Refusal> {
    Ok(find(id)?.shows != Shows::All)
}

/// Checks size, domain, language and quarter before anybody waits for runs.
///
/// # Errors
/// When one of them is unknown.
pub fn check(baseline: &Loaded, wish: &Wish) -> Result<(), Refusal> {
    let scenario = &baseline.scenario;
    let wrong = [style(wish).err(), domain(scenario, wish.domain.as_deref()).err(), language(wish).err(), row(scenario, wish).err()];
    let refusals: Vec<Refusal> = wrong.into_iter().flatten().collect();
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

/// What a takeaway title may say of a comparison; `None` where the chart states no finding or nothing is compared.
///
/// # Errors
/// As for [`picture`].
pub fn takeaway(comparison: &Comparison, id: &str, wish: &Wish) -> Result<Option<Gate>, Refusal> {
    let kind = find(id)?;
    with_request(comparison, &all(comparison), wish, |request| kind.takeaway(request))
}

/// Every chart that suits a comparison, with a name for its file.
///
/// A chart that shows a single scenario is drawn for each, with the first one as its baseline, and its name then ends with that of the
/// scenario.
///
/// # Errors
/// When there is no such size or domain.
pub fn every(comparison: &Comparison, wish: &Wish) -> Result<Vec<(String, Picture)>, Refusal> {
    let style = style(wish)?;
    let mut pictures = Vec::new();
    for kind in CHARTS {
        let several = comparison.ensembles.len() > 1 && kind.shows != Shows::All;
        let shown: Vec<Vec<usize>> =
            if several { all(comparison).into_iter().map(|at| if at == 0 { vec![0] } else { vec![0, at] }).collect() } else { vec![all(comparison)] };
        for indices in shown {
            let Ok(chart) = build(comparison, kind, &indices, wish) else { continue };
            let of = indices.last().map_or("", |at| &comparison.ensembles[*at].scenario.id);
            let name = if several { format!("{}-{}", kind.id, file_name(of)) } else { kind.id.to_owned() };
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

    /// The numbers that are drawn.
    pub fn rows(&self) -> &[faultline_charts::chart::Row] {
        &self.chart.table
    }

    /// Title, for lists of pictures.
    pub fn title(&self) -> &str {
        &self.chart.title
    }

    /// The drawing.
    pub const fn figure(&self) -> &Figure {
        &self.figure
    }

    /// Alternative text.
    pub fn alt(&self) -> &str {
        &self.chart.alt
    }
}

fn all(comparison: &Comparison) -> Vec<usize> {
    (0..comparison.ensembles.len()).collect()
}

pub(crate) fn build(comparison: &Comparison, kind: &ChartKind, indices: &[usize], wish: &Wish) -> Result<Chart, Refusal> {
    // What shows one scenario alone is stamped, and warned about, for that one alone.
    let indices = if kind.shows == Shows::Alone { &indices[indices.len() - 1..] } else { indices };
    with_request(comparison, indices, wish, |request| kind.build(request))?.map_err(|unsuited| Refusal::input(unsuited.to_string()))
}

/// Hands over what a chart of some of the scenarios is made from.
pub(crate) fn with_request<T>(comparison: &Comparison, indices: &[usize], wish: &Wish, make: impl FnOnce(&Request<'_>) -> T) -> Result<T, Refusal> {
    let ensembles: Vec<_> = indices.iter().map(|i| &*comparison.ensembles[*i]).collect();
    let findings: Vec<_> = indices.iter().map(|i| &*comparison.findings[*i]).collect();
    let options = Options {
        domain: domain(&comparison.ensembles[0].scenario, wish.domain.as_deref())?,
        run: wish.run,
        row: row(&comparison.ensembles[0].scenario, wish)?,
        takeaway: wish.takeaway,
        language: language(wish)?,
        stamp: stamp(comparison, indices),
        unverified: unverified(comparison, indices),
        set: set(comparison, indices),
    };
    Ok(make(&Request { ensembles: &ensembles, findings: &findings, options: &options }))
}

pub(crate) fn style(wish: &Wish) -> Result<Style, Refusal> {
    let theme = if wish.dark { Theme::Dark } else { Theme::Light };
    let page = match &wish.size {
        None => Size::default(),
        Some(id) => Size::ALL.into_iter().find(|size| size.id() == id).ok_or_else(|| unknown("size", id, &sizes()))?,
    };
    let (size, surround) = match wish.screen {
        None => (page, Surround::Full),
        Some(Screen { width, height, seen: Seen::Near }) => (Size::Screen { width, height }, Surround::Bare),
        Some(Screen { width, height, seen: Seen::Far }) => (Size::Projector { width, height }, Surround::Notes),
    };
    Ok(Style { theme, size, surround })
}

fn language(wish: &Wish) -> Result<Language, Refusal> {
    let Some(id) = &wish.language else { return Ok(Language::default()) };
    Language::ALL.into_iter().find(|language| language.id() == id).ok_or_else(|| unknown("language", id, &languages()))
}

/// The row of the quarter asked for.
fn row(scenario: &Scenario, wish: &Wish) -> Result<Option<usize>, Refusal> {
    let Some(text) = &wish.quarter else { return Ok(None) };
    let quarter: Quarter = text.parse().map_err(|sentence: String| Refusal::input(sentence))?;
    let calendar = scenario.calendar;
    let outside = || Refusal::input(format!("{quarter} is not simulated. Choose a quarter from {} to {}", calendar.start, calendar.end()));
    calendar.row(quarter).map(Some).ok_or_else(outside)
}

fn domain(scenario: &Scenario, id: Option<&str>) -> Result<Option<usize>, Refusal> {
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

/// What tells one result from another: model, texts and whatever was changed in them, runs, seed.
fn stamp(comparison: &Comparison, indices: &[usize]) -> Stamp {
    let mut sources: Vec<SourceText> = indices.iter().flat_map(|i| comparison.loaded[*i].sources.iter().cloned()).collect();
    let changes: Vec<&Adjust> = indices.iter().map(|i| &comparison.loaded[*i].adjust).filter(|adjust| **adjust != Adjust::default()).collect();
    if !changes.is_empty() {
        sources.push(SourceText { id: "changes".to_owned(), path: String::new(), text: format!("{changes:?}") });
    }
    Stamp {
        model: MODEL_VERSION.to_owned(),
        hash: texts_sha256(&sources)[..12].to_owned(),
        seed: comparison.seed,
        date: clock::date(),
        inputs: years(indices.iter().map(|i| &comparison.loaded[*i].scenario)),
    }
}

/// The years of the published figures that the scenarios cite, as `2019–2025`; empty when they cite none.
fn years<'s>(scenarios: impl Iterator<Item = &'s Scenario>) -> String {
    let evidence = Evidence::embedded();
    let cited = scenarios.flat_map(|scenario| &scenario.ledger).flat_map(|entry| Evidence::citations(&entry.quantity.source));
    let year = |key: &str| evidence.find(key)?.year.get(..4)?.parse::<u16>().ok();
    let all: Vec<u16> = cited.filter_map(year).collect();
    match (all.iter().min(), all.iter().max()) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => format!("{first}–{last}"),
        _ => String::new(),
    }
}

/// Inputs that rest on figures that nobody has verified, and all inputs, in the scenario that has most of the former.
pub(crate) fn unverified(comparison: &Comparison, indices: &[usize]) -> Option<[usize; 2]> {
    let of = |i: &usize| {
        let scenario = &comparison.loaded[*i].scenario;
        [show::unverified_numbers(scenario), scenario.ledger.len()]
    };
    indices.iter().map(of).max_by_key(|[n, _]| *n)
}

/// What the client set, each value once.
fn set(comparison: &Comparison, indices: &[usize]) -> Vec<String> {
    let mut set: Vec<String> = Vec::new();
    for o in indices.iter().flat_map(|i| &comparison.loaded[*i].adjust.overrides) {
        let line = format!("{} = {}", o.key, o.value);
        if !set.contains(&line) {
            set.push(line);
        }
    }
    let adopters = indices.iter().filter_map(|i| comparison.loaded[*i].adjust.adopters).next();
    set.extend(adopters.map(|n| format!("adopters = {n}")));
    set
}

/// The id of a scenario as part of a file name: a file from elsewhere may be called anything.
fn file_name(id: &str) -> String {
    id.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' }).take(60).collect()
}
