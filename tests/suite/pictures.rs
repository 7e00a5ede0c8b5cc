//! Golden pictures: every chart of a small ensemble, compared byte by byte; written anew as the golden results are.

use faultline_charts::catalogue::{CHARTS, Needs, Options, Request};
use faultline_charts::draw::draw;
use faultline_charts::palette::Theme;
use faultline_charts::style::Style;
use faultline_models::findings::Findings;
use faultline_tests::shipped;

use crate::golden::{all_agree, compare, small};

#[test]
fn every_chart_of_a_small_ensemble_is_the_golden_picture() {
    let ensembles = [small("today-extended"), small("decoupling")];
    let findings = ensembles.each_ref().map(Findings::of);
    let folder = shipped::top().join("tests/golden/svg");
    // Light slides, and the first chart in the other theme too: colours come from one table.
    let styles = |first: bool| {
        let slide = |theme| (theme, Style { theme, ..Style::default() });
        if first { vec![slide(Theme::Light), slide(Theme::Dark)] } else { vec![slide(Theme::Light)] }
    };
    all_agree(CHARTS.iter().enumerate().flat_map(|(i, kind)| {
        let wanted = if kind.needs == Needs::Two { 2 } else { 1 };
        let (ensembles, findings): (Vec<_>, Vec<_>) = ensembles.iter().zip(&findings).take(wanted).unzip();
        let request = Request { ensembles: &ensembles, findings: &findings, options: &Options::default() };
        let chart = kind.build(&request).unwrap_or_else(|unsuited| panic!("{}: {unsuited}", kind.id));
        let compared = |(theme, style): &(Theme, Style)| {
            let name = if *theme == Theme::Light { format!("{}.svg", kind.id) } else { format!("{}-dark.svg", kind.id) };
            compare(&folder.join(name), &draw(&chart, style).svg)
        };
        styles(i == 0).iter().map(compared).collect::<Vec<_>>()
    }));
}
