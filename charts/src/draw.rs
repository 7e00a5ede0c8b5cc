//! A chart and a style become a figure: title, key, panels, notes and footer on one page.

use serde::Serialize;

use crate::axes;
use crate::canvas::{Align, Canvas, Stroke};
use crate::chart::{Chart, Key, Place, Role, Swatch, Weight};
use crate::geometry::Rect;
use crate::labels::Labels;
use crate::layout::{Frame, arrange};
use crate::marks;
use crate::pen::Pen;
use crate::readout::{self, Readout};
use crate::style::{Size, Style, Surround};
use crate::svg;
use crate::text::{width, wrap};
use crate::texts::{Face, Texts};

/// A drawn chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// The picture: real text, no scripts, nothing loaded from elsewhere.
    pub svg: String,
    /// Its size; PNG and PDF follow it.
    pub size: Size,
    /// Width in px.
    pub width: f64,
    /// Height in px.
    pub height: f64,
    /// What to show when a pointer comes near, in px of the picture.
    pub readouts: Vec<Readout>,
}

/// Draws a chart; the same chart and style always give the same bytes.
///
/// ```
/// use faultline_charts::{chart::Chart, draw::draw, style::Style};
///
/// let figure = draw(&Chart::new("empty", "Nothing yet <&>"), &Style::default());
/// assert!(figure.svg.starts_with("<svg ") && figure.svg.contains("Nothing yet &lt;&amp;&gt;"));
/// ```
pub fn draw(chart: &Chart, style: &Style) -> Figure {
    let pen = Pen::new(style);
    let mut drawn = String::new();
    let mut canvas = Canvas::new(&mut drawn, pen.m.width, pen.m.height);
    let page = Rect::new(0.0, 0.0, pen.m.width, pen.m.height);
    canvas.rect(&page, pen.colour(Role::Surface));
    let mut texts = Texts::new(page.grown(-pen.m.margin * 0.4));
    let body = surround(&mut canvas, &mut texts, &pen, chart, style.surround);
    let frames = arrange(chart, &pen.m, &body);
    panels(&mut canvas, &mut texts, &pen, chart, &frames);
    texts.draw(&mut canvas);
    let dashes = canvas.finish();
    Figure {
        svg: svg::document(&drawn, &dashes, chart, style.size),
        size: style.size,
        width: pen.m.width,
        height: pen.m.height,
        readouts: readout::of(chart, &frames, &pen),
    }
}

/// Title, subtitle and key at the top, notes and footer at the bottom; what is left between them is returned.
fn surround(canvas: &mut Canvas<'_>, texts: &mut Texts, pen: &Pen, chart: &Chart, surround: Surround) -> Rect {
    let m = &pen.m;
    let mut body = Rect::new(m.margin, m.margin, m.width - m.margin, m.height - m.margin * 0.8);
    let full = surround == Surround::Full;
    let title = Face { size: m.title, bold: true, colour: pen.colour(Role::Ink) };
    let subtitle = Face { size: m.body, bold: false, colour: pen.colour(Role::Muted) };
    for (text, face, most) in [(&chart.title, title, 3), (&chart.subtitle, subtitle, 2)].into_iter().filter(|_| full) {
        let lines = wrap(text, face.size, face.bold, body.width(), most);
        if !lines.is_empty() {
            texts.set(&lines, face, (body.left, body.top), Align::Start);
            body.top += lines.len() as f64 * face.pitch();
        }
    }
    body.top += if full { m.gap() * 0.8 } else { 0.0 };
    key(canvas, texts, pen, &chart.key, &mut body);
    body.top += if full { m.gap() * 0.8 } else { 0.0 };
    let fine = |role| Face { size: m.fine, bold: false, colour: pen.colour(role) };
    let notes: Vec<String> = chart.notes.iter().flat_map(|note| wrap(note, m.fine, false, body.width(), 5)).take(9).collect();
    let footer = if full { wrap(&chart.footer, m.fine, false, body.width(), 6) } else { Vec::new() };
    let notes = if surround == Surround::Bare { Vec::new() } else { notes };
    for (lines, face) in [(footer, fine(Role::Muted)), (notes, fine(Role::Ink))] {
        if !lines.is_empty() {
            body.bottom -= face.height_of(lines.len());
            texts.set(&lines, face, (body.left, body.bottom), Align::Start);
            body.bottom -= m.gap() * 1.3;
        }
    }
    body.bottom -= if surround == Surround::Bare { 0.0 } else { m.gap() };
    body
}

/// The key: swatches with their meaning, side by side, in as many rows as needed.
fn key(canvas: &mut Canvas<'_>, texts: &mut Texts, pen: &Pen, entries: &[Key], body: &mut Rect) {
    let (m, face) = (&pen.m, pen.small(Role::Ink));
    let mut x = body.left;
    for entry in entries {
        let swatch_width = if matches!(entry.swatch, Swatch::Dot { .. }) { m.marker() * 2.6 } else { m.small * 1.9 };
        let label = crate::text::shorten(&entry.label, face.size, false, body.width() - swatch_width - m.gap());
        let needed = swatch_width + m.gap() * 0.7 + width(&label, face.size, false);
        if x > body.left && x + needed > body.right {
            x = body.left;
            body.top += face.pitch();
        }
        let place = Rect::new(x, body.top, x + swatch_width, body.top + m.small);
        swatch(canvas, pen, &entry.swatch, &place);
        texts.set(&[label], face, (place.right + m.gap() * 0.7, body.top), Align::Start);
        x += needed + m.small * 1.1;
    }
    if !entries.is_empty() {
        body.top += face.pitch() + m.gap() * 0.4;
    }
}

fn swatch(canvas: &mut Canvas<'_>, pen: &Pen, swatch: &Swatch, place: &Rect) {
    let m = &pen.m;
    let (cx, cy) = place.centre();
    match swatch {
        Swatch::Line { role, weight, dash, marker } => {
            canvas.line(&[(place.left, cy), (place.right, cy)], pen.stroke(*role, *weight, *dash));
            if let Some(marker) = marker {
                canvas.marker((cx, cy), *marker, m.marker(), pen.colour(*role), 1.0, m.edge);
            }
        }
        Swatch::Fill(fill) => {
            let box_ = place.grown(-m.small * 0.06);
            let frame = Frame::plain(box_);
            marks::Place { pen, frame: &frame }.fill(canvas, &box_.corners(), fill);
        }
        Swatch::Dot { role, marker } => canvas.marker((cx, cy), *marker, m.marker(), pen.colour(*role), 1.0, m.context),
    }
}

/// All panels: first everything that is not text, then texts in order of their freedom.
fn panels(canvas: &mut Canvas<'_>, texts: &mut Texts, pen: &Pen, chart: &Chart, frames: &[Frame]) {
    for (panel, frame) in chart.panels.iter().zip(frames) {
        if let Place::Inset { .. } = panel.place {
            let ground = frame.cell.grown(pen.m.gap());
            canvas.rect(&ground, pen.colour(Role::Surface));
            canvas.outline(&ground.corners(), Stroke::solid(pen.colour(Role::Muted), pen.width(Weight::Hair)));
        }
        axes::draw_grid(canvas, pen, panel, frame);
        panel.marks.iter().for_each(|mark| marks::draw(canvas, &marks::Place { pen, frame }, mark));
        axes::draw_lines(canvas, pen, panel, frame);
        if let Some((role, marker)) = panel.badge {
            let at = (frame.cell.left + pen.m.marker() * 1.2, frame.cell.top + pen.m.body * 0.45);
            canvas.marker(at, marker, pen.m.marker() * 1.1, pen.colour(role), 1.0, pen.m.context);
        }
    }
    for (k, (panel, frame)) in chart.panels.iter().zip(frames).enumerate() {
        if let Place::Inset { .. } = panel.place {
            texts.take(frame.cell.grown(pen.m.gap()), k);
        }
    }
    for (k, (panel, frame)) in chart.panels.iter().zip(frames).enumerate() {
        axes::set_texts(texts, pen, panel, frame, k);
    }
    for (index, (panel, frame)) in chart.panels.iter().zip(frames).enumerate() {
        Labels { place: marks::Place { pen, frame }, index }.set(canvas, texts, &panel.marks);
    }
}
