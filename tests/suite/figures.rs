//! What is true of every chart of every shipped scenario: it can be read at every size, in every language and theme, and says what it shows.

#[path = "../../charts/tests/reading/mod.rs"]
mod reading;

use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use faultline_charts::catalogue::{CHARTS, ChartKind, Needs, OfRun, Options, Request, Shows, Stamp};
use faultline_charts::chart::{Chart, Shape, Swatch};
use faultline_charts::draw::{Figure, draw};
use faultline_charts::palette::Theme;
use faultline_charts::pdf::{Meta, pdf};
use faultline_charts::png::png;
use faultline_charts::style::{Size, Style, Surround};
use faultline_charts::words::Language;
use faultline_models::ensemble::{Control, Ensemble};
use faultline_models::findings::Findings;
use faultline_tests::shipped;
use resvg::tiny_skia::Pixmap;

use crate::text::claims;

const BASELINE: &str = "today-extended";

/// Every shipped scenario, the baseline first; run once for all tests of this file.
static SHIPPED: LazyLock<Vec<(Ensemble, Findings)>> = LazyLock::new(|| {
    let ids = shipped::files("scenarios", "toml").into_iter().map(|path| path.file_stem().unwrap().to_string_lossy().into_owned());
    let others = ids.filter(|id| id != BASELINE);
    let run = |id: String| {
        let scenario = shipped::adjusted(&id, &Default::default(), Some(100), None);
        let ensemble = Ensemble::run(&scenario, 1, 20, &Control::default());
        let findings = Findings::of(&ensemble);
        (ensemble, findings)
    };
    std::iter::once(BASELINE.to_owned()).chain(others).map(run).collect()
});

fn options(language: Language) -> Options {
    let stamp = Stamp { model: "0.1.0".into(), hash: "b1bff3026e14".into(), seed: 1, date: "2026-03-02".into(), inputs: "2025Q1".into() };
    Options { language, stamp, unverified: Some([94, 233]), ..Options::default() }
}

/// A chart of some of the shipped scenarios.
fn chart(kind: &ChartKind, of: &[usize], options: &Options) -> Option<Chart> {
    if kind.needs == Needs::Two && of.len() < 2 {
        return None;
    }
    let (ensembles, findings): (Vec<_>, Vec<_>) = of.iter().map(|at| (&SHIPPED[*at].0, &SHIPPED[*at].1)).unzip();
    let made = kind.build(&Request { ensembles: &ensembles, findings: &findings, options });
    Some(made.unwrap_or_else(|unsuited| panic!("{}: {unsuited}", kind.id)))
}

/// Each scenario alone, with the baseline, and three together.
fn selections() -> Vec<Vec<usize>> {
    let pairs = (1..SHIPPED.len()).map(|at| vec![0, at]);
    std::iter::once(vec![0]).chain(pairs).chain([vec![0, 1, 2], vec![0, 1, 2, 3], vec![0, 1, 2, 3, 4]]).collect()
}

/// Every chart of some selections, with a name for messages.
fn charts_of(selections: &[Vec<usize>], language: Language) -> Vec<(String, Chart)> {
    let of = |kind: &&ChartKind| {
        let named = |of: &Vec<usize>| Some((format!("{}-{of:?}-{}", kind.id, language.id()), chart(kind, of, &options(language))?));
        selections.iter().filter_map(named).collect::<Vec<_>>()
    };
    CHARTS.iter().flat_map(of).collect()
}

/// Every chart of every selection.
fn every_chart(language: Language) -> Vec<(String, Chart)> {
    charts_of(&selections(), language)
}

/// Every chart of one, two, three and four scenarios: enough where only the room for words differs.
fn few_charts(language: Language) -> Vec<(String, Chart)> {
    charts_of(&[vec![2], vec![0, 1], vec![0, 2, 3], vec![0, 1, 2, 3]], language)
}

fn assert_legible(charts: &[(String, Chart)], styles: &[Style]) {
    let drawn = charts.iter().flat_map(|(name, chart)| styles.iter().map(move |style| (format!("{name} {:?}", style.size), draw(chart, style))));
    let wrong: Vec<String> = drawn.flat_map(|(name, figure)| reading::illegible(&name, &figure)).collect();
    assert!(wrong.is_empty(), "{} texts collide or are cut:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

#[test]
fn every_chart_of_every_scenario_can_be_read_at_all_sizes_of_a_page() {
    assert_legible(&every_chart(Language::En), &Size::ALL.map(|size| Style { size, ..Style::default() }));
}

#[test]
fn every_chart_can_be_read_in_chinese_and_in_longer_words() {
    for language in [Language::Zh, Language::Pseudo] {
        assert_legible(&few_charts(language), &Size::ALL.map(|size| Style { size, ..Style::default() }));
    }
}

#[test]
fn every_chart_can_be_read_on_screens_from_a_small_panel_to_a_whole_window() {
    let screen = |(width, height)| Style { size: Size::Screen { width, height }, surround: Surround::Notes, ..Style::default() };
    let bare = |(width, height)| Style { size: Size::Screen { width, height }, surround: Surround::Bare, ..Style::default() };
    let wall = |(width, height)| Style { size: Size::Projector { width, height }, surround: Surround::Notes, ..Style::default() };
    let styles = [screen((320, 220)), bare((320, 220)), screen((640, 300)), screen((1100, 260)), screen((1600, 900)), wall((1824, 864))];
    for language in Language::ALL {
        assert_legible(&few_charts(language), &styles);
    }
}

#[test]
fn end_states_are_named_in_the_narrowest_charts() {
    let futures = ChartKind::find("futures").unwrap();
    for language in [Language::En, Language::Zh] {
        for of in selections() {
            let chart = chart(futures, &of, &options(language)).unwrap();
            let parts = chart.panels[0].marks.iter().filter_map(|mark| match &mark.shape {
                Shape::Segments(bar) => Some(&bar.parts),
                _ => None,
            });
            let names: Vec<String> = parts.flatten().map(|part| part.name.replace(' ', "")).collect();
            for (width, height) in [(200, 200), (240, 180), (320, 220), (460, 160)] {
                let drawn = squeezed(&draw(&chart, &Style { size: Size::Screen { width, height }, surround: Surround::Bare, ..Style::default() }));
                let missing: Vec<&String> = names.iter().filter(|name| !drawn.contains(*name)).collect();
                assert!(missing.is_empty(), "{of:?} {} {width} × {height}: {missing:?} missing in {drawn}", language.id());
            }
        }
    }
}

#[test]
fn a_chart_of_one_scenario_alone_says_nothing_of_the_baseline_beside_it() {
    let alone: Vec<_> = CHARTS.iter().filter(|kind| kind.shows == Shows::Alone).collect();
    assert!(!alone.is_empty());
    for kind in alone {
        let beside = chart(kind, &[0, 1], &options(Language::En)).unwrap();
        assert_eq!(beside, chart(kind, &[1], &options(Language::En)).unwrap(), "{}", kind.id);
        assert!(!beside.footer.contains(&SHIPPED[0].0.scenario.name), "{}: {}", kind.id, beside.footer);
    }
    // What draws the baseline names it.
    let beside = chart(ChartKind::find("adoption").unwrap(), &[0, 1], &options(Language::En)).unwrap();
    assert!(beside.footer.contains(&SHIPPED[0].0.scenario.name), "{}", beside.footer);
}

/// Words drawn, without spaces: lines are broken differently at every size.
fn squeezed(figure: &Figure) -> String {
    reading::texts(reading::read(&figure.svg).root()).into_iter().map(|(content, _)| content.replace([' ', '\u{A0}'], "")).collect()
}

#[test]
fn title_source_caveat_and_stamp_are_there_in_full_at_every_size() {
    for (name, chart) in every_chart(Language::En) {
        for size in Size::ALL {
            let drawn = squeezed(&draw(&chart, &Style { size, ..Style::default() }));
            for text in [&chart.title, &chart.subtitle, &chart.footer].into_iter().chain(&chart.notes).chain(chart.key.iter().map(|key| &key.label)) {
                assert!(drawn.contains(&text.replace([' ', '\u{A0}'], "")), "{name} {size:?}: “{text}” is missing in {drawn}");
            }
            let banded = |mark: &faultline_charts::chart::Mark| {
                matches!(mark.shape, faultline_charts::chart::Shape::Band(_) | faultline_charts::chart::Shape::Interval(_))
            };
            let bands = chart.panels.iter().flat_map(|panel| &panel.marks).any(banded);
            assert_eq!(drawn.contains("Bands:middle50%and90%ofruns"), bands, "{name}: bands are explained where there are some");
            for text in ["notaforecast", "forecast.Model0.1.0", "b1bff3026e14", "seed1", "2026-03-02"] {
                assert!(drawn.contains(text), "{name} {size:?}: {text} is missing");
            }
        }
    }
}

/// Names of rows that nobody could guess.
fn row_names(chart: &Chart) -> Vec<String> {
    let named = chart.panels.iter().flat_map(|panel| &panel.y.ticks).filter(|tick| tick.label.chars().next().is_some_and(char::is_alphabetic));
    named.map(|tick| tick.label.clone()).collect()
}

#[test]
fn no_row_loses_its_name_on_a_page() {
    for (name, chart) in every_chart(Language::En).into_iter().filter(|(name, _)| !name.contains("interoperability")) {
        // Known limit: all rows of more than three scenarios do not fit into a square, and those of five only on a slide.
        let fits = |size: Size| match size {
            Size::Square => !name.contains("[0, 1, 2, 3"),
            Size::HalfPage => !name.contains("3, 4]"),
            _ => true,
        };
        for size in Size::ALL.into_iter().filter(|size| fits(*size)) {
            let drawn = squeezed(&draw(&chart, &Style { size, ..Style::default() }));
            for row in row_names(&chart) {
                assert!(drawn.contains(&row.replace(' ', "")), "{name} {size:?}: {row} is missing");
            }
        }
    }
}

#[test]
fn alternative_texts_are_there_and_short_and_give_numbers() {
    for language in Language::ALL {
        for (name, chart) in every_chart(language) {
            let count = chart.alt.chars().count();
            assert!((40..=600).contains(&count), "{name}: {count} characters: {}", chart.alt);
            assert!(chart.alt.chars().any(|c| c.is_ascii_digit()), "{name}: {}", chart.alt);
        }
    }
    for (name, chart) in every_chart(Language::En).into_iter().filter(|(name, _)| ["fragmentation", "adoption"].iter().any(|id| name.starts_with(id)))
    {
        assert!(chart.alt.contains(" goes from ") && chart.alt.contains("% of runs)"), "{name}: {}", chart.alt);
    }
}

#[test]
fn no_picture_claims_to_know_the_future() {
    for (name, chart) in every_chart(Language::En) {
        let said: Vec<&str> =
            [&chart.title, &chart.subtitle, &chart.footer, &chart.alt].into_iter().chain(&chart.notes).map(String::as_str).collect();
        assert!(claims(&said.join("\n")).is_empty(), "{name}");
    }
}

#[test]
fn panels_have_few_bands_and_few_colours() {
    for (name, chart) in every_chart(Language::En) {
        for panel in &chart.panels {
            let bands = panel.marks.iter().filter(|mark| matches!(mark.shape, Shape::Band(_))).count();
            assert!(bands <= 2, "{name}: {bands} bands");
            let mut coloured: Vec<&str> =
                panel.marks.iter().filter(|mark| matches!(&mark.shape, Shape::Path(_))).map(|mark| mark.series.as_str()).collect();
            coloured.dedup();
            assert!(coloured.len() <= 8, "{name}: {coloured:?}");
        }
    }
}

#[test]
fn charts_over_time_show_the_baseline_dashed() {
    for id in ["fragmentation", "adoption", "mix", "runs"] {
        let kind = ChartKind::find(id).unwrap();
        let [alone, beside] = [vec![1], vec![0, 1]].map(|of| dashes(&chart(kind, &of, &options(Language::En)).unwrap()));
        assert!(beside > alone, "{id}: {beside} dashed lines with a baseline, {alone} without");
    }
}

/// Dashed lines and key entries in ink.
fn dashes(chart: &Chart) -> usize {
    use faultline_charts::chart::{Dash, Role};
    let is = |role: Role, dash: Dash| role == Role::Ink && dash == Dash::Dash;
    let lines =
        chart.panels.iter().flat_map(|panel| &panel.marks).filter(|mark| matches!(&mark.shape, Shape::Line(line) if is(line.role, line.dash)));
    lines.count() + chart.key.iter().filter(|key| matches!(key.swatch, Swatch::Line { role, dash, .. } if is(role, dash))).count()
}

#[test]
fn readouts_on_charts_over_time_carry_year_value_and_range() {
    for id in ["fragmentation", "adoption"] {
        let chart = chart(ChartKind::find(id).unwrap(), &[0, 1], &options(Language::En)).unwrap();
        let figure = draw(&chart, &Style { size: Size::Screen { width: 640, height: 360 }, surround: Surround::Notes, ..Style::default() });
        let ranged: Vec<_> = figure.readouts.iter().filter(|r| r.outer.is_some()).collect();
        assert!(ranged.len() >= 64, "{id}: {} readouts with a range", ranged.len());
        for readout in ranged {
            let ([low, high], value, year) = (readout.outer.unwrap(), readout.value.unwrap(), readout.year.unwrap());
            assert!(low <= value && value <= high && (2025.0..2041.0).contains(&year), "{id}: {readout:?}");
            assert!(!readout.text.contains("20 2") && readout.x >= 0.0 && readout.x <= 640.0 && readout.y <= 360.0, "{id}: {readout:?}");
        }
    }
}

#[test]
fn every_chart_has_readouts() {
    for (name, chart) in every_chart(Language::En) {
        assert!(!draw(&chart, &Style::default()).readouts.is_empty(), "{name} tells a pointer nothing");
    }
}

#[test]
fn a_single_run_is_that_run_and_nothing_else() {
    let one = |run: usize| Options { run: Some(run), ..options(Language::En) };
    let seed = SHIPPED[1].0.runs[7].seed;
    for kind in CHARTS.iter().filter(|kind| kind.of_run != OfRun::Never) {
        let drawn = chart(kind, &[0, 1], &one(7)).unwrap();
        assert_ne!(drawn.panels, chart(kind, &[0, 1], &one(8)).unwrap().panels, "{}: two runs look the same", kind.id);
        let bands = drawn.panels.iter().flat_map(|panel| &panel.marks).filter(|mark| matches!(mark.shape, Shape::Band(_))).count();
        assert_eq!(bands, 0, "{}: one run has no bands", kind.id);
        assert!(drawn.subtitle.contains(&format!("seed {seed}")), "{}: {}", kind.id, drawn.subtitle);
    }
    let (ensembles, findings) = ([&SHIPPED[1].0], [&SHIPPED[1].1]);
    let request = Request { ensembles: &ensembles, findings: &findings, options: &one(20) };
    assert!(CHARTS.iter().filter(|kind| kind.needs == Needs::One).all(|kind| kind.build(&request).is_err()), "there is no 21st run");
}

#[test]
fn earlier_quarters_can_be_shown() {
    let until = |row: usize| Options { row: Some(row), ..options(Language::En) };
    for id in ["mix", "requirement-map", "interoperability", "futures", "alignment", "fragmentation", "adoption", "cost", "comparison"] {
        let kind = ChartKind::find(id).unwrap();
        let [early, late] = [10, 50].map(|row| chart(kind, &[0, 1], &until(row)).unwrap());
        assert_ne!(early.panels, late.panels, "{id} shows no time passing");
    }
    let futures = ChartKind::find("futures").unwrap();
    let last = SHIPPED[0].0.rows() - 1;
    let ends = |options: &Options| chart(futures, &[0, 1, 2], options).unwrap().table;
    assert_eq!(ends(&until(last)), ends(&options(Language::En)));
}

#[test]
fn languages_change_words_and_no_numbers() {
    for kind in CHARTS {
        let [english, chinese] = [Language::En, Language::Zh].map(|language| chart(kind, &[0, 1], &options(language)).unwrap());
        let numbers = |chart: &Chart| chart.table.iter().map(|row| row.value.to_bits()).collect::<Vec<_>>();
        assert_eq!(numbers(&english), numbers(&chinese), "{}", kind.id);
        assert_ne!(english.title, chinese.title);
        assert!(chinese.footer.contains("不是预测"));
    }
}

#[test]
fn takeaway_titles_pass_their_gate() {
    let asked = Options { takeaway: true, ..options(Language::En) };
    for at in 1..SHIPPED.len() {
        for id in ["fragmentation", "comparison"] {
            let kind = ChartKind::find(id).unwrap();
            let (ensembles, findings) = ([&SHIPPED[0].0, &SHIPPED[at].0], [&SHIPPED[0].1, &SHIPPED[at].1]);
            let gate = kind.takeaway(&Request { ensembles: &ensembles, findings: &findings, options: &asked }).unwrap();
            let title = chart(kind, &[0, at], &asked).unwrap().title;
            assert_eq!(title, gate.title);
            assert_eq!(gate.clear, gate.agreement >= 90, "{title}: {} of 100", gate.agreement);
            assert_eq!(title.starts_with("No clear difference"), gate.agreement < 66, "{title}: {} of 100", gate.agreement);
        }
    }
}

/// Runs one of poppler's programs on a file; `None` where poppler is not installed.
fn poppler(program: &str, arguments: &[&str], file: &Path) -> Option<Vec<u8>> {
    let made = Command::new(program).args(arguments).arg(file).output().ok()?;
    assert!(made.status.success(), "{program}: {}", String::from_utf8_lossy(&made.stderr));
    Some(made.stdout)
}

#[test]
fn svg_png_and_pdf_look_alike_and_pdf_text_can_be_selected() {
    if Command::new("pdftoppm").arg("-v").output().is_err() {
        eprintln!("poppler is not installed: PDF files are not rasterised by this test");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for kind in CHARTS {
        // At scales at which both have a whole number of pixels.
        for (theme, size, scale) in [(Theme::Light, Size::Slide, 1.0), (Theme::Dark, Size::HalfPage, 2.0)] {
            let chart = chart(kind, &[0, 1], &options(Language::En)).unwrap();
            let figure = draw(&chart, &Style { theme, size, ..Style::default() });
            let file = folder.path().join(format!("{}.pdf", kind.id));
            std::fs::write(&file, pdf(&figure, &Meta::of(&chart)).unwrap()).unwrap();
            let page = Pixmap::decode_png(&poppler("pdftoppm", &["-r", &format!("{}", 96.0 * scale), "-png"], &file).unwrap()).unwrap();
            let picture = Pixmap::decode_png(&png(&figure, scale).unwrap()).unwrap();
            let differing = differing(&page, &picture);
            assert!(differing < 0.01, "{} {size:?}: {:.2} % of the pixels differ", kind.id, 100.0 * differing);
            let text =
                String::from_utf8(poppler("pdftotext", &[], &file).map(|_| std::fs::read(file.with_extension("txt")).unwrap()).unwrap()).unwrap();
            let squeezed = |text: &str| text.replace(char::is_whitespace, "");
            assert!(squeezed(&text).contains(&squeezed(&chart.footer)), "{}: the footer cannot be selected in {text}", kind.id);
            let fonts = String::from_utf8(poppler("pdffonts", &[], &file).unwrap()).unwrap();
            let embedded = fonts.lines().skip(2).all(|line| line.contains(" yes "));
            assert!(embedded && fonts.contains("Inter"), "{}: {fonts}", kind.id);
        }
    }
}

/// Share of the pixels that differ by more than smoothing of edges does, on the area that both have.
fn differing(a: &Pixmap, b: &Pixmap) -> f64 {
    let (width, height) = (a.width().min(b.width()), a.height().min(b.height()));
    assert!(
        a.width().abs_diff(b.width()) <= 1 && a.height().abs_diff(b.height()) <= 1,
        "{} × {}, {} × {}",
        a.width(),
        a.height(),
        b.width(),
        b.height()
    );
    let far = |x: u32, y: u32| {
        let (p, q) = (a.pixel(x, y).unwrap(), b.pixel(x, y).unwrap());
        [(p.red(), q.red()), (p.green(), q.green()), (p.blue(), q.blue())].into_iter().any(|(p, q)| p.abs_diff(q) > 64)
    };
    let count = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).filter(|(x, y)| far(*x, *y)).count();
    count as f64 / f64::from(width * height)
}
