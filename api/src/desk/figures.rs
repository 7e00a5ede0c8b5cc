//! Figures for the window: from a comparison to a picture with its read-outs, table and titles.

use faultline_charts::catalogue::{ChartKind, Gate, Needs, Options, Request};
use faultline_charts::chart::{Chart, Row};
use faultline_charts::draw::{Figure, draw};
use faultline_charts::palette::Theme;
use faultline_charts::readout::Readout;
use faultline_charts::style::{Size, Style};
use faultline_models::findings::{Clarity, paired};
use faultline_models::layout::Entity;

use crate::charts;
use crate::compare::Comparison;
use crate::refusal::Refusal;
use crate::wire_desktop::{ChartAsk, Colours, FigureWish, Language, PageSize, ReadoutLine, ScreenFigure, TableRow, Takeaway};

/// Charts that can be drawn of one domain.
pub(crate) const BY_DOMAIN: [&str; 10] =
    ["fragmentation", "adoption", "alignment", "compliance-cost", "market-access", "drafting", "interoperability", "mix", "requirement-map", "runs"];

/// Charts of a single run.
pub(crate) const BY_RUN: [&str; 2] = ["drafting", "runs"];

/// Charts of a single quarter.
pub(crate) const BY_QUARTER: [&str; 0] = [];

/// What a chart says about itself.
pub(crate) struct Words {
    pub(crate) name: String,
    pub(crate) question: String,
    pub(crate) how_to_read: String,
}

/// What a chart says about itself in a language.
pub(crate) fn words(kind: &ChartKind, _language: Language) -> Words {
    Words { name: kind.name.to_owned(), question: kind.question.to_owned(), how_to_read: kind.how_to_read.to_owned() }
}

/// The tag of a language in files.
pub(crate) const fn language_tag(language: Language) -> &'static str {
    match language {
        Language::Zh => "zh-Hans",
        Language::En | Language::Pseudo => "en",
    }
}

/// A chart as the window wants it, as a wish.
pub(crate) fn wish(ask: &ChartAsk, theme: Colours, language: Language) -> FigureWish {
    FigureWish { theme, width: ask.width, height: ask.height, domain: ask.domain.clone(), language, ..FigureWish::default() }
}

/// Draws a chart of the given scenarios of a comparison; what does not suit it is said in the figure, not refused.
///
/// # Errors
/// When there is no such chart, domain or quarter.
pub(crate) fn figure(comparison: &Comparison, indices: &[usize], id: &str, wish: &FigureWish) -> Result<ScreenFigure, Refusal> {
    let kind = charts::find(id)?;
    let drawn = chart(comparison, indices, kind, wish)?;
    let about = words(kind, wish.language);
    Ok(match drawn {
        Ok(chart) => {
            let figure = draw(&chart, &style(wish));
            screen(kind, about, chart, figure, wish, takeaway(comparison, indices, kind, wish))
        }
        Err(why) => ScreenFigure {
            chart: kind.id.to_owned(),
            domain: wish.domain.clone(),
            svg: String::new(),
            width: 0.0,
            height: 0.0,
            title: about.name,
            alt: why.clone(),
            how_to_read: about.how_to_read,
            readouts: Vec::new(),
            table: Vec::new(),
            takeaway: None,
            run: None,
            quarter: None,
            unsuited: Some(why),
        },
    })
}

/// The chart as a value and as it is drawn, for export.
///
/// # Errors
/// As for [`figure`], and when the scenarios do not suit the chart.
pub(crate) fn drawn(comparison: &Comparison, id: &str, wish: &FigureWish) -> Result<(Chart, Figure), Refusal> {
    let all: Vec<usize> = (0..comparison.ensembles.len()).collect();
    let chart = chart(comparison, &all, charts::find(id)?, wish)?.map_err(Refusal::input)?;
    let figure = draw(&chart, &style(wish));
    Ok((chart, figure))
}

/// The chart as a value, or why the scenarios do not suit it.
fn chart(comparison: &Comparison, indices: &[usize], kind: &ChartKind, wish: &FigureWish) -> Result<Result<Chart, String>, Refusal> {
    let options = options(comparison, indices, wish)?;
    let ensembles: Vec<_> = indices.iter().map(|i| &*comparison.ensembles[*i]).collect();
    let findings: Vec<_> = indices.iter().map(|i| &*comparison.findings[*i]).collect();
    Ok(kind.build(&Request { ensembles: &ensembles, findings: &findings, options: &options }).map_err(|unsuited| unsuited.to_string()))
}

fn options(comparison: &Comparison, indices: &[usize], wish: &FigureWish) -> Result<Options, Refusal> {
    Ok(Options {
        domain: charts::domain(&comparison.ensembles[indices[0]].scenario, wish.domain.as_deref())?,
        run: wish.run.unwrap_or(0) as usize,
        takeaway: wish.takeaway,
        stamp: charts::stamp(comparison, indices),
        notes: charts::notes(comparison, indices),
    })
}

fn style(wish: &FigureWish) -> Style {
    let theme = if wish.theme == Colours::Dark { Theme::Dark } else { Theme::Light };
    let size = match wish.size {
        Some(PageSize::HalfPage) => Size::HalfPage,
        Some(PageSize::Square) => Size::Square,
        Some(PageSize::Slide) | None => Size::Slide,
    };
    Style { theme, size }
}

/// What a title may say, where scenarios are compared and the chart speaks of fragmentation.
fn takeaway(comparison: &Comparison, indices: &[usize], kind: &ChartKind, _wish: &FigureWish) -> Option<Takeaway> {
    let (Some(first), Some(last)) = (indices.first(), indices.last()) else { return None };
    if first == last || !(kind.id == "fragmentation" || kind.needs == Needs::Two) {
        return None;
    }
    let (a, b) = (&comparison.ensembles[*first], &comparison.ensembles[*last]);
    let at = (a.layout.find("fragmentation", &Entity::World, None)?, b.layout.find("fragmentation", &Entity::World, None)?);
    let difference = paired(a, b, a.rows().min(b.rows()) - 1, at);
    let gate = Gate::of("Fragmentation", &b.scenario.name, &difference);
    Some(Takeaway { allowed: difference.clarity() != Clarity::None, title: gate.title, agreement: gate.agreement as u32 })
}

fn screen(kind: &ChartKind, about: Words, chart: Chart, figure: Figure, wish: &FigureWish, takeaway: Option<Takeaway>) -> ScreenFigure {
    ScreenFigure {
        chart: kind.id.to_owned(),
        domain: wish.domain.clone(),
        svg: figure.svg,
        width: figure.width,
        height: figure.height,
        title: chart.title,
        alt: chart.alt,
        how_to_read: about.how_to_read,
        readouts: figure.readouts.into_iter().map(readout).collect(),
        table: chart.table.iter().map(row).collect(),
        takeaway,
        run: None,
        quarter: None,
        unsuited: None,
    }
}

fn readout(r: Readout) -> ReadoutLine {
    ReadoutLine { panel: r.panel as u32, series: r.series, x: r.x, y: r.y, year: None, text: r.text, value: None }
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
