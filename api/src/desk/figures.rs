//! Figures for the window: from a comparison to a picture with its read-outs, table and titles.

use faultline_charts::catalogue::{ChartKind, OfRun, Request};
use faultline_charts::chart::{Chart, Row};
use faultline_charts::draw::{Figure, draw};
use faultline_charts::readout::Readout;
use faultline_charts::words::Language as ChartLanguage;

use super::container;
use super::text::Text;
use crate::charts::{self, Screen, Seen, Wish};
use crate::compare::Comparison;
use crate::refusal::Refusal;
use crate::wire_desktop::{ChartAsk, Colours, FigureWish, Language, PageSize, ReadoutLine, ScreenFigure, TableRow, Takeaway};

/// Charts that can be drawn of one domain.
pub(crate) const BY_DOMAIN: [&str; 10] =
    ["fragmentation", "adoption", "alignment", "cost", "access", "drafting", "interoperability", "mix", "requirement-map", "runs"];

/// Charts that speak of one quarter, or draw paths up to one.
pub(crate) const BY_QUARTER: [&str; 7] = ["comparison", "change-split", "cost", "access", "requirement-map", "mix", "drafting"];

/// The language of a chart.
pub(crate) const fn language(language: Language) -> ChartLanguage {
    match language {
        Language::En => ChartLanguage::En,
        Language::Zh => ChartLanguage::Zh,
        Language::Pseudo => ChartLanguage::Pseudo,
    }
}

/// A chart as the window wants it, as a wish.
pub(crate) fn wish(ask: &ChartAsk, theme: Colours, language: Language) -> FigureWish {
    FigureWish { theme, width: ask.width, height: ask.height, domain: ask.domain.clone(), language, ..FigureWish::default() }
}

/// Draws a chart of the given scenarios of a comparison; what does not suit it is said in the figure, not refused.
///
/// # Errors
/// When there is no such chart or quarter.
pub(crate) fn figure(comparison: &Comparison, indices: &[usize], id: &str, wish: &FigureWish) -> Result<ScreenFigure, Refusal> {
    let (kind, own) = (charts::find(id)?, wish_of(wish));
    let style = charts::style(&own)?;
    if let Some(why) = no_domain(comparison, wish) {
        return Ok(unsuited(kind, wish, &why));
    }
    let made = charts::with_request(comparison, indices, &own, |request| (kind.build(request), takeaway(kind, request)))?;
    let how_to_read = kind.about(language(wish.language)).how_to_read.to_owned();
    Ok(match made {
        (Ok(chart), takeaway) => {
            let figure = draw(&chart, &style);
            let run = (kind.of_run == OfRun::Always || wish.run.is_some()).then(|| (wish.run.unwrap_or(0), runs(comparison, indices)));
            let unverified = charts::unverified(comparison, indices).filter(|[n, _]| *n > 0).map(|[n, all]| (n as u32, all as u32));
            ScreenFigure { takeaway, how_to_read, run, unverified, ..screened(kind.id, chart, figure, wish) }
        }
        (Err(why), _) => unsuited(kind, wish, &why.to_string()),
    })
}

/// Why a domain cannot be drawn that the baseline does not have: the scenario may have been changed under a chart of it.
fn no_domain(comparison: &Comparison, wish: &FigureWish) -> Option<String> {
    let (asked, text) = (wish.domain.as_deref()?, Text(wish.language));
    let known: Vec<&str> = comparison.ensembles[0].scenario.domains.iter().map(|domain| domain.id.as_str()).collect();
    let names = || known.iter().map(|id| text.label(id)).collect::<Vec<_>>().join(", ");
    (!known.contains(&asked)).then(|| text.no_domain(&container::shown(asked), &names()))
}

/// The chart as a value.
///
/// # Errors
/// As for [`figure`], and when the scenarios do not suit the chart.
pub(crate) fn chart(comparison: &Comparison, id: &str, wish: &FigureWish) -> Result<Chart, Refusal> {
    let all: Vec<usize> = (0..comparison.ensembles.len()).collect();
    charts::build(comparison, charts::find(id)?, &all, &wish_of(wish))
}

/// The chart as a value and as it is drawn, for export.
///
/// # Errors
/// As for [`chart`].
pub(crate) fn drawn(comparison: &Comparison, id: &str, wish: &FigureWish) -> Result<(Chart, Figure), Refusal> {
    let chart = chart(comparison, id, wish)?;
    let figure = draw(&chart, &charts::style(&wish_of(wish))?);
    Ok((chart, figure))
}

/// The rows behind a chart.
pub(crate) fn table(chart: &Chart) -> Vec<TableRow> {
    chart.table.iter().map(row).collect()
}

/// Runs that all the scenarios have.
fn runs(comparison: &Comparison, indices: &[usize]) -> u32 {
    indices.iter().map(|i| comparison.ensembles[*i].runs.len()).min().unwrap_or(0) as u32
}

pub(crate) fn wish_of(wish: &FigureWish) -> Wish {
    let size = |size: PageSize| match size {
        PageSize::Slide => "slide",
        PageSize::HalfPage => "half-page",
        PageSize::Square => "square",
    };
    let seen = if wish.projector { Seen::Far } else { Seen::Near };
    let screen = (wish.size.is_none() && wish.width > 0 && wish.height > 0).then_some(Screen { width: wish.width, height: wish.height, seen });
    Wish {
        dark: wish.theme == Colours::Dark,
        size: wish.size.map(|s| size(s).to_owned()),
        takeaway: wish.takeaway,
        domain: wish.domain.clone(),
        language: Some(language(wish.language).id().to_owned()),
        run: wish.run.map(|run| run as usize),
        quarter: wish.quarter.clone(),
        screen,
    }
}

/// What a title may say, where the chart states a finding.
fn takeaway(kind: &ChartKind, request: &Request<'_>) -> Option<Takeaway> {
    let gate = kind.takeaway(request)?;
    Some(Takeaway { allowed: gate.agreement >= TENDENCY, title: gate.title, agreement: gate.agreement as u32 })
}

/// Pairs of 100 that must agree for a title that states a tendency.
const TENDENCY: usize = 66;

fn unsuited(kind: &ChartKind, wish: &FigureWish, why: &str) -> ScreenFigure {
    let about = kind.about(language(wish.language));
    ScreenFigure {
        chart: kind.id.to_owned(),
        domain: wish.domain.clone(),
        svg: String::new(),
        width: 0.0,
        height: 0.0,
        title: about.name.to_owned(),
        alt: why.to_owned(),
        how_to_read: about.how_to_read.to_owned(),
        notes: Vec::new(),
        unverified: None,
        readouts: Vec::new(),
        takeaway: None,
        run: None,
        quarter: None,
        unsuited: Some(why.to_owned()),
    }
}

/// A drawn chart as the window shows it.
pub(crate) fn screened(id: &str, chart: Chart, figure: Figure, wish: &FigureWish) -> ScreenFigure {
    ScreenFigure {
        chart: id.to_owned(),
        domain: wish.domain.clone(),
        svg: figure.svg,
        width: figure.width,
        height: figure.height,
        title: chart.title,
        alt: chart.alt,
        how_to_read: String::new(),
        notes: if wish.projector { Vec::new() } else { chart.notes },
        unverified: None,
        readouts: figure.readouts.into_iter().map(readout).collect(),
        takeaway: None,
        run: None,
        quarter: wish.quarter.clone().filter(|_| BY_QUARTER.contains(&id)),
        unsuited: None,
    }
}

fn readout(r: Readout) -> ReadoutLine {
    ReadoutLine { panel: r.panel as u32, series: r.series, x: r.x, y: r.y, year: r.year, text: r.text, value: r.value }
}

fn row(r: &Row) -> TableRow {
    TableRow {
        scenario: r.scenario.clone(),
        series: r.series.clone(),
        x: r.x.clone(),
        statistic: r.statistic.clone(),
        value: Some(r.value).filter(|v| v.is_finite()),
        unit: r.unit.clone(),
        n_runs: r.n_runs as u32,
    }
}
