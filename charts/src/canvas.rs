//! The page: px in, plotters' SVG backend out. plotters places on whole numbers, so everything is drawn ten times as large.

use plotters::prelude::SVGBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, RGBColor, ShapeStyle, TextStyle};
use plotters_backend::{BackendCoord, DrawingBackend};

use crate::chart::{Dash, Marker};
use crate::geometry::{Point, Rect, hatch};
use crate::palette::Rgb;

/// Units of the drawing per px.
pub(crate) const FINE: f64 = 10.0;
/// plotters writes `font-size` as the asked size divided by this.
const FONT_RATIO: f64 = 1.24;
/// Distance from plotters' top anchor to the base line, in shares of the size.
const TOP_TO_BASE: f64 = 0.76;

/// How a line looks, in px.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stroke {
    pub(crate) colour: Rgb,
    pub(crate) width: f64,
    pub(crate) dash: Dash,
}

impl Stroke {
    pub(crate) const fn solid(colour: Rgb, width: f64) -> Self {
        Stroke { colour, width, dash: Dash::Solid }
    }
}

/// Which part of a line of text stands at its x.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Start,
    Middle,
    End,
}

/// A line of text ready to be drawn.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) content: String,
    pub(crate) x: f64,
    /// The base line.
    pub(crate) y: f64,
    pub(crate) size: f64,
    pub(crate) bold: bool,
    pub(crate) align: Align,
    pub(crate) colour: Rgb,
}

/// The page that is drawn on.
pub(crate) struct Canvas<'a> {
    backend: SVGBackend<'a>,
    /// The dashes of each line drawn, in order: plotters knows of none.
    dashes: Vec<Dashes>,
}

/// Lengths of the marks and gaps of a line, in px; none when it is solid.
pub(crate) type Dashes = Vec<f64>;

fn fine(value: f64) -> i32 {
    (value * FINE).round() as i32
}

fn coord(point: Point) -> BackendCoord {
    (fine(point.0), fine(point.1))
}

fn rgb(colour: Rgb) -> RGBColor {
    RGBColor(colour.0, colour.1, colour.2)
}

fn shape(colour: Rgb, strength: f64, width: f64) -> ShapeStyle {
    ShapeStyle { color: rgb(colour).mix(strength), filled: true, stroke_width: fine(width).max(1) as u32 }
}

impl<'a> Canvas<'a> {
    /// A page of the given size in px that writes into `svg`.
    pub(crate) fn new(svg: &'a mut String, width: f64, height: f64) -> Self {
        Canvas { backend: SVGBackend::with_string(svg, (fine(width) as u32, fine(height) as u32)), dashes: Vec::new() }
    }

    /// Closes the document and gives the dashes of its lines.
    pub(crate) fn finish(mut self) -> Vec<Dashes> {
        self.backend.present().expect("writing to memory does not fail");
        self.dashes
    }

    /// A line through the points.
    pub(crate) fn line(&mut self, points: &[Point], stroke: Stroke) {
        if points.len() < 2 {
            return;
        }
        let style = shape(stroke.colour, 1.0, stroke.width);
        let drawn = match *points {
            [a, b] => self.backend.draw_line(coord(a), coord(b), &style),
            _ => self.backend.draw_path(points.iter().copied().map(coord), &style),
        };
        drawn.expect("writing to memory does not fail");
        self.dashes.push(pattern(stroke.dash).iter().map(|share| share * stroke.width).collect());
    }

    /// A filled polygon.
    pub(crate) fn polygon(&mut self, points: &[Point], colour: Rgb, strength: f64) {
        let style = shape(colour, strength, 0.0);
        self.backend.fill_polygon(points.iter().copied().map(coord), &style).expect("writing to memory does not fail");
    }

    /// A filled rectangle.
    pub(crate) fn rect(&mut self, rect: &Rect, colour: Rgb) {
        let style = shape(colour, 1.0, 0.0);
        let corners = (coord((rect.left, rect.top)), coord((rect.right, rect.bottom)));
        self.backend.draw_rect(corners.0, corners.1, &style, true).expect("writing to memory does not fail");
    }

    /// The outline of a polygon.
    pub(crate) fn outline(&mut self, points: &[Point], stroke: Stroke) {
        let closed: Vec<Point> = points.iter().chain(points.first()).copied().collect();
        self.line(&closed, stroke);
    }

    /// Diagonal lines across a polygon.
    pub(crate) fn hatch(&mut self, polygon: &[Point], step: f64, stroke: Stroke) {
        for (a, b) in hatch(polygon, step) {
            self.line(&[a, b], stroke);
        }
    }

    /// A marker of the given radius; rings and crosses take `stroke_width`.
    pub(crate) fn marker(&mut self, at: Point, marker: Marker, radius: f64, colour: Rgb, strength: f64, stroke_width: f64) {
        let (x, y) = at;
        let r = radius;
        match marker {
            Marker::Circle => self.circle(at, r, shape(colour, strength, 0.0), true),
            Marker::Ring => self.circle(at, r - stroke_width / 2.0, shape(colour, strength, stroke_width), false),
            // Half widths chosen so that all forms weigh about the same.
            Marker::Square => self.polygon(&Rect::new(x, y, x, y).grown(r * 0.9).corners(), colour, strength),
            Marker::Diamond => self.polygon(&[(x, y - 1.25 * r), (x + 1.25 * r, y), (x, y + 1.25 * r), (x - 1.25 * r, y)], colour, strength),
            Marker::Triangle => self.polygon(&[(x, y - 1.2 * r), (x + 1.15 * r, y + 0.85 * r), (x - 1.15 * r, y + 0.85 * r)], colour, strength),
            Marker::Down => self.polygon(&[(x, y + 1.2 * r), (x + 1.15 * r, y - 0.85 * r), (x - 1.15 * r, y - 0.85 * r)], colour, strength),
            Marker::Plus => {
                let (long, half) = (1.2 * r, 0.45 * r);
                let corner = |across: f64, down: f64| (x + across, y + down);
                let arms = [
                    corner(-half, -long),
                    corner(half, -long),
                    corner(half, -half),
                    corner(long, -half),
                    corner(long, half),
                    corner(half, half),
                    corner(half, long),
                    corner(-half, long),
                    corner(-half, half),
                    corner(-long, half),
                    corner(-long, -half),
                    corner(-half, -half),
                ];
                self.polygon(&arms, colour, strength);
            }
            Marker::Bar => self.polygon(&Rect::new(x - 0.55 * r, y - 1.3 * r, x + 0.55 * r, y + 1.3 * r).corners(), colour, strength),
            Marker::Hourglass => {
                self.polygon(&[(x - 1.1 * r, y - 1.15 * r), (x + 1.1 * r, y - 1.15 * r), (x, y)], colour, strength);
                self.polygon(&[(x - 1.1 * r, y + 1.15 * r), (x + 1.1 * r, y + 1.15 * r), (x, y)], colour, strength);
            }
            Marker::Cross => {
                let stroke = Stroke::solid(colour, stroke_width);
                self.line(&[(x - r, y - r), (x + r, y + r)], stroke);
                self.line(&[(x - r, y + r), (x + r, y - r)], stroke);
            }
        }
    }

    fn circle(&mut self, at: Point, radius: f64, style: ShapeStyle, filled: bool) {
        let radius = fine(radius).max(1) as u32;
        self.backend.draw_circle(coord(at), radius, &style, filled).expect("writing to memory does not fail");
    }

    /// A line of text.
    pub(crate) fn text(&mut self, text: &Text) {
        let h_pos = match text.align {
            Align::Start => HPos::Left,
            Align::Middle => HPos::Center,
            Align::End => HPos::Right,
        };
        let weight = if text.bold { FontStyle::Bold } else { FontStyle::Normal };
        let colour = rgb(text.colour);
        let style = TextStyle::from(("Inter", asked_size(text.size), weight)).color(&colour).pos(Pos::new(h_pos, VPos::Top));
        let at = coord((text.x, text.y - TOP_TO_BASE * text.size));
        self.backend.draw_text(&text.content, &style, at).expect("writing to memory does not fail");
    }
}

/// The size to ask plotters for so that exactly `px` (in tenths) is written.
fn asked_size(px: f64) -> f64 {
    let wanted = (px * FINE).round();
    let about = wanted * FONT_RATIO;
    [about, about.next_down(), about.next_up()].into_iter().find(|asked| asked / FONT_RATIO == wanted).unwrap_or(about)
}

/// Lengths of the marks and gaps of a dashed line, in widths of the line.
const fn pattern(dash: Dash) -> &'static [f64] {
    match dash {
        Dash::Solid => &[],
        Dash::Dash => &[3.2, 1.8],
        Dash::DashDot => &[4.0, 1.6, 1.0, 1.6],
        Dash::Dot => &[1.0, 1.6],
        Dash::Long => &[7.5, 2.0],
        Dash::DashDotDot => &[4.0, 1.6, 1.0, 1.6, 1.0, 1.6],
        Dash::LongDot => &[7.5, 1.6, 1.0, 1.6],
    }
}
