//! What is true of every drawn figure, whatever the chart, the size and the theme.

mod reading;
mod samples;

use faultline_charts::chart::{Axis, Cell, Chart, Fill, Panel, Role};
use faultline_charts::draw::{Figure, draw};
use faultline_charts::palette::Theme;
use faultline_charts::pdf::{Meta, pdf};
use faultline_charts::png::png;
use faultline_charts::style::{Size, Style};
use resvg::tiny_skia::{Pixmap, Transform};

use reading::{read, texts};

/// Every sample at every size; the theme moves nothing.
fn every_layout() -> impl Iterator<Item = (String, Chart, Figure)> {
    samples::all().into_iter().flat_map(|chart| {
        Size::ALL.into_iter().map(move |size| {
            let name = format!("{}-{}", chart.id, size.id());
            (name, chart.clone(), draw(&chart, &Style { size, ..Style::default() }))
        })
    })
}

#[test]
fn every_text_lies_inside_the_picture_and_none_touches_another() {
    let wrong: Vec<String> = every_layout().flat_map(|(name, _, figure)| reading::illegible(&name, &figure)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn title_subtitle_and_footer_are_there_in_full_at_every_size() {
    for (name, chart, figure) in every_layout().filter(|(_, chart, _)| chart.id != "hostile") {
        let drawn: String = texts(read(&figure.svg).root()).into_iter().map(|(content, _)| content + " ").collect();
        let squeezed = drawn.replace(' ', "");
        for text in [&chart.title, &chart.subtitle, &chart.footer].into_iter().chain(&chart.notes) {
            assert!(squeezed.contains(&text.replace(' ', "")), "{name}: “{text}” is not in “{drawn}”");
        }
    }
}

#[test]
fn numbers_of_a_heat_map_have_one_size_however_narrow_its_cells() {
    let mut narrow = 0;
    for width in (120..480).step_by(20) {
        let cell = |k: usize| {
            let text = if k.is_multiple_of(2) { "0.71" } else { "0.88" }.to_owned();
            Cell { x: [k as f64, k as f64 + 1.0], y: [0.0, 1.0], fill: Fill::solid(Role::Heat(0.5)), text, corner: false, around: None }
        };
        let mut panel = Panel::new("", Axis::hidden(0.0, 7.0), Axis::hidden(0.0, 1.0));
        panel.marks = (0..7).map(|k| cell(k).mark("")).collect();
        let mut chart = Chart::new("heat", "Heat");
        chart.panels.push(panel);
        let svg = draw(&chart, &Style { size: Size::Screen { width, height: 100 }, ..Style::default() }).svg;
        let pieces = svg.split("<text").filter(|piece| piece.contains("0.71") || piece.contains("0.88"));
        let mut sizes: Vec<&str> = pieces.filter_map(|piece| piece.split_once("font-size=\"")?.1.split('"').next()).collect();
        narrow += usize::from(!sizes.is_empty());
        sizes.dedup();
        assert!(sizes.len() <= 1, "{width} px: {sizes:?}");
    }
    assert!(narrow > 3, "numbers were drawn in {narrow} widths");
}

#[test]
fn direct_labels_are_all_drawn() {
    for (name, chart, figure) in every_layout().filter(|(_, chart, _)| ["shares", "fragmentation"].contains(&chart.id.as_str())) {
        let drawn: Vec<String> = texts(read(&figure.svg).root()).into_iter().map(|(content, _)| content).collect();
        let wanted: &[&str] = if chart.id == "shares" { &["50 %", "59 %", "18 %", "7 %"] } else { &["median", "baseline", "late repair"] };
        for label in wanted {
            assert!(drawn.iter().any(|d| d == label), "{name}: {label} is not among {drawn:?}");
        }
    }
}

#[test]
fn hostile_text_stays_text() {
    let figure = draw(&samples::hostile(), &Style::default());
    assert!(!figure.svg.contains("<script") && figure.svg.contains("&lt;script&gt;"));
    assert!(!figure.svg.chars().any(|c| c.is_control() && c != '\n'), "control characters survive");
    assert!(!figure.svg.contains('\u{202e}'), "a character that turns text round survives");
    let known = ["svg", "title", "desc", "rect", "line", "polyline", "polygon", "circle", "text"];
    for tag in figure.svg.split('<').skip(1).map(|t| t.trim_start_matches('/')) {
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
        assert!(known.contains(&name.as_str()), "unexpected element {name}");
    }
}

#[test]
fn the_picture_says_what_it_shows() {
    for (name, chart, figure) in every_layout().filter(|(_, chart, _)| chart.id != "hostile") {
        assert!(figure.svg.contains("role=\"img\""), "{name}");
        assert!(figure.svg.contains(&format!("<desc>{}</desc>", chart.alt)), "{name}");
        assert!(
            figure.svg.contains("font-family=\"Inter, &apos;Noto Sans SC&apos;") || figure.svg.contains("font-family=\"Inter, 'Noto Sans SC'"),
            "{name}"
        );
    }
}

#[test]
fn the_same_chart_gives_the_same_bytes() {
    for chart in samples::all() {
        let [one, two] = [(); 2].map(|()| draw(&chart, &Style::default()));
        assert_eq!(one, two);
        let [one, two] = [one, two].map(|figure| pdf(&figure, &Meta::of(&chart)).expect("a PDF"));
        assert!(one == two, "{}: PDF differs", chart.id);
    }
}

#[test]
fn png_shows_the_same_pixels_as_the_svg() {
    let styles = Size::ALL.into_iter().flat_map(|size| Theme::ALL.map(|theme| Style { theme, size, ..Style::default() }));
    for (figure, style) in styles.map(|style| (draw(&samples::intervals(), &style), style)) {
        let name = format!("{style:?}");
        let file = Pixmap::decode_png(&png(&figure, 1.0).expect("a PNG")).expect("readable");
        let mut shown = Pixmap::new(file.width(), file.height()).expect("a size");
        let tree = read(&figure.svg);
        let (x, y) = (file.width() as f32 / tree.size().width(), file.height() as f32 / tree.size().height());
        resvg::render(&tree, Transform::from_scale(x, y), &mut shown.as_mut());
        let differing = file.pixels().iter().zip(shown.pixels()).filter(|(a, b)| a != b).count();
        assert_eq!(differing, 0, "{name}");
        assert!(file.pixels().iter().all(|p| p.alpha() == 255), "{name} has holes");
    }
}

#[test]
fn png_has_the_size_asked_for() {
    for (size, width, height) in [(Size::Slide, 3840, 2160), (Size::HalfPage, 2008, 1417), (Size::Square, 2160, 2160)] {
        let figure = draw(&samples::futures(), &Style { size, ..Style::default() });
        let file = Pixmap::decode_png(&png(&figure, size.png_scale()).expect("a PNG")).expect("readable");
        assert_eq!((file.width(), file.height()), (width, height), "{}", size.id());
    }
    let figure = draw(&samples::futures(), &Style::default());
    for scale in [0.0, -1.0, f64::NAN, f64::INFINITY, 1000.0] {
        assert!(png(&figure, scale).is_err(), "{scale}");
    }
}

#[test]
fn pdf_embeds_its_fonts_and_says_what_it_shows() {
    let chart = samples::intervals();
    let file = pdf(&draw(&chart, &Style::default()), &Meta::of(&chart)).expect("a PDF");
    let has = |what: &str| file.windows(what.len()).any(|w| w == what.as_bytes());
    assert!(file.starts_with(b"%PDF"));
    for what in ["/FontFile", "Inter", "NotoSansSC", "/ToUnicode", "/Alt", "/Title", "/Figure"] {
        assert!(has(what), "{what} is missing");
    }
    assert!(!has("/Subtype/Image") && !has("/Subtype /Image"), "the picture is not vector");
}
