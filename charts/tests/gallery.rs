//! The gallery shows every figure once and lets nothing in.

#[allow(dead_code, reason = "only some of the samples are exhibited")]
mod samples;

use faultline_charts::draw::draw;
use faultline_charts::gallery::{Exhibit, page, sheet};
use faultline_charts::palette::Theme;
use faultline_charts::style::Style;
use resvg::tiny_skia::Pixmap;

#[test]
fn the_page_shows_every_figure_and_no_script() {
    let figures = Theme::ALL.map(|theme| (theme, draw(&samples::hostile(), &Style { theme, ..Style::default() })));
    let exhibits: Vec<_> = figures.iter().map(|(theme, figure)| Exhibit { name: "<script>x</script>", theme: *theme, figure }).collect();
    let html = page("Charts & </title>", &exhibits);
    assert_eq!(html.matches("<svg ").count(), 2);
    assert_eq!(html.matches("</title>").count(), 3, "one for the page, one for each figure");
    assert!(!html.contains("<script") && !html.contains("src=") && !html.contains("href="), "something is run or loaded");
    assert!(html.contains("class=\"light\"") && html.contains("class=\"dark\""));
}

#[test]
fn the_sheet_holds_all_figures_in_rows() {
    let figure = draw(&samples::futures(), &Style::default());
    let exhibits = [Exhibit { name: "futures", theme: Theme::Light, figure: &figure }; 3];
    let file = Pixmap::decode_png(&sheet(&exhibits, 2, 400).expect("a sheet")).expect("readable");
    let (gap, height) = (10, 225);
    assert_eq!((file.width(), file.height()), (2 * 400 + 3 * gap, 2 * height + 3 * gap));
    let white = file.pixel(gap + 5, gap + 5).expect("inside");
    assert_eq!([white.red(), white.green(), white.blue()], [255; 3]);
}
