//! A single chart value as a file.

use faultline_charts::chart::Chart;
use faultline_charts::draw::draw;
use faultline_charts::palette::Theme;
use faultline_charts::pdf::{Meta, pdf};
use faultline_charts::png::png;
use faultline_charts::style::{Size, Style};

use crate::charts::Format;
use crate::refusal::Refusal;
use crate::tables::chart_table;

/// The format of an ending.
///
/// # Errors
/// When there is none for it.
pub(crate) fn format(ending: &str) -> Result<Format, Refusal> {
    Format::ALL.into_iter().find(|format| format.ending() == ending).ok_or_else(|| {
        let shown: String = ending.chars().filter(|c| !c.is_control()).take(20).collect();
        Refusal::input(format!("--out: no chart is written as “{shown}”. Let the name end in .svg, .png, .pdf or .csv"))
    })
}

/// The chart as a file, half a page in size.
///
/// # Errors
/// When it cannot be rasterised or printed.
pub(crate) fn file(chart: &Chart, format: Format, dark: bool) -> Result<Vec<u8>, Refusal> {
    let style = Style { theme: if dark { Theme::Dark } else { Theme::Light }, size: Size::HalfPage, ..Style::default() };
    let figure = draw(chart, &style);
    let failed = |e: faultline_charts::png::RenderError| Refusal::failed(format!("the chart {} was not made: {e}", chart.id));
    match format {
        Format::Svg => Ok(figure.svg.clone().into_bytes()),
        Format::Png => png(&figure, figure.size.png_scale()).map_err(failed),
        Format::Pdf => pdf(&figure, &Meta::of(chart)).map_err(failed),
        Format::Csv => chart_table(&chart.table),
    }
}
