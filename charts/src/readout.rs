//! What a pointer is told: a place on the picture and the numbers that stand there.

use serde::Serialize;

use crate::chart::{Axis, Chart, Direction, Mark, Shape, number};
use crate::geometry::Point;
use crate::layout::Frame;
use crate::marks::Place;
use crate::pen::Pen;

/// A place on the picture with its numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Readout {
    /// Index of the panel in `Chart::panels`.
    pub panel: usize,
    /// Name of the series.
    pub series: String,
    /// Place in px.
    pub x: f64,
    /// Place in px.
    pub y: f64,
    /// Decimal year, where the place stands for one: panels can be linked by it.
    pub year: Option<f64>,
    /// The value, where it is one number.
    pub value: Option<f64>,
    /// Unit of value and ranges; may be empty.
    pub unit: String,
    /// Range of the middle half of the runs, where there is one.
    pub inner: Option<[f64; 2]>,
    /// Range of nine tenths of the runs, where there is one.
    pub outer: Option<[f64; 2]>,
    /// What stands there without the year, `0.43 (0.31–0.52)`: value and range of nine tenths of the runs; where the other axis is
    /// a number, that too.
    pub text: String,
}

/// What a mark says at one of its points.
struct Told {
    at: Point,
    year: Option<f64>,
    value: Option<f64>,
    inner: Option<[f64; 2]>,
    outer: Option<[f64; 2]>,
    text: String,
}

impl Told {
    /// Words alone.
    fn words(at: Point, text: String) -> Self {
        Told { at, year: None, value: None, inner: None, outer: None, text }
    }

    /// A number with the ranges around it, on an axis.
    fn number(at: Point, axis: &Axis, value: f64, inner: Option<[f64; 2]>, outer: Option<[f64; 2]>) -> Self {
        let range = outer.filter(|[low, high]| high > low);
        let range = range.map_or_else(String::new, |[low, high]| format!(" ({}–{})", plain(axis, low), plain(axis, high)));
        Told { at, year: None, value: Some(value), inner, outer, text: format!("{}{range}", written(axis, value)) }
    }

    /// The same with the place on the other axis, where neither a year nor a name says it.
    fn standing(self, axis: &Axis, at: f64) -> Self {
        let told = !axis.time && !axis.label.is_empty() && !crate::layout::is_names(axis) && !axis.ticks.is_empty();
        Told { text: if told { format!("{} · {} {}", self.text, axis.label, plain(axis, at)) } else { self.text }, ..self }
    }

    fn in_year(self, year: Option<f64>) -> Self {
        Told { year, ..self }
    }
}

/// The readouts of all named marks.
pub(crate) fn of(chart: &Chart, frames: &[Frame], pen: &Pen) -> Vec<Readout> {
    let mut readouts = Vec::new();
    for (k, (panel, frame)) in chart.panels.iter().zip(frames).enumerate() {
        for mark in panel.marks.iter().filter(|m| !m.series.is_empty()) {
            let told = told(mark, &Place { pen, frame }, &panel.x, &panel.y);
            readouts.extend(told.into_iter().filter(|t| t.at.0.is_finite() && t.at.1.is_finite()).map(|t| Readout {
                panel: k,
                series: mark.series.clone(),
                x: tenth(t.at.0),
                y: tenth(t.at.1),
                year: t.year,
                value: t.value,
                unit: unit_of(mark, &panel.x, &panel.y).to_owned(),
                inner: t.inner,
                outer: t.outer,
                text: t.text,
            }));
        }
    }
    readouts
}

/// Tenths of a px, as in the drawing.
fn tenth(px: f64) -> f64 {
    (px * 10.0).round() / 10.0
}

fn unit_of<'a>(mark: &Mark, x: &'a Axis, y: &'a Axis) -> &'a str {
    match &mark.shape {
        Shape::Interval(i) if i.along == Direction::Horizontal => &x.unit,
        Shape::Segments(bar) if bar.along == Direction::Horizontal => &x.unit,
        _ => &y.unit,
    }
}

fn told(mark: &Mark, place: &Place<'_>, x: &Axis, y: &Axis) -> Vec<Told> {
    let px = |p: [f64; 2]| place.frame.px(p);
    let along = |direction: Direction| if direction == Direction::Horizontal { x } else { y };
    let year = |at: f64| x.time.then_some(at);
    match &mark.shape {
        Shape::Line(line) => {
            let of = |(k, p): (usize, &[f64; 2])| {
                let around = line.around.get(k);
                let (inner, outer) = (around.map(|a| [a[1], a[2]]), around.map(|a| [a[0], a[3]]));
                Told::number(px(*p), y, p[1], inner, outer).in_year(year(p[0])).standing(x, p[0])
            };
            line.points.iter().enumerate().filter(|(_, p)| p[1].is_finite()).map(of).collect()
        }
        // On an axis of names the series says it all.
        Shape::Dots(dots) if crate::layout::is_names(y) || y.ticks.is_empty() => {
            dots.points.iter().map(|&p| Told::words(px(p), position(x, p[0])).in_year(year(p[0]))).collect()
        }
        Shape::Dots(dots) => dots.points.iter().map(|&p| Told::number(px(p), y, p[1], None, None).in_year(year(p[0])).standing(x, p[0])).collect(),
        Shape::Interval(i) => {
            let other = if i.along == Direction::Horizontal { y } else { x };
            vec![Told::number(place.on_interval(i, i.point), along(i.along), i.point, Some(i.inner), Some(i.outer)).standing(other, i.at)]
        }
        Shape::Cell(cell) => {
            let range = cell.around.map_or_else(String::new, |[low, high]| format!(" ({}–{})", number(low, 2), number(high, 2)));
            let words = Told::words(place.rect(cell.x, cell.y).centre(), format!("{}{range}", cell.text));
            vec![Told { outer: cell.around, ..words }]
        }
        Shape::Segments(bar) => {
            let axis = along(bar.along);
            let part = |p: &crate::chart::Segment| Told {
                value: Some(p.to - p.from),
                ..Told::words(place.segment(bar, p.from, p.to).centre(), format!("{} {} ({})", p.name, written(axis, p.to - p.from), p.below))
            };
            bar.parts.iter().filter(|p| p.from != p.to).map(part).collect()
        }
        Shape::Dotplot(plot) => {
            plot.stacks.iter().map(|s| Told::words(px([plot.from, s.at]), format!("{}: {}", written(y, s.at), s.count))).collect()
        }
        Shape::Path(path) if path.told.is_empty() => path.stops.iter().map(|stop| Told::words(px(stop.at), stop.label.clone())).collect(),
        Shape::Path(path) => {
            path.points.iter().zip(&path.told).map(|(&p, (when, text))| Told::words(px(p), text.clone()).in_year(Some(*when))).collect()
        }
        Shape::Ribbon(ribbon) => {
            let middle = |ends: [f64; 2]| f64::midpoint(ends[0], ends[1]);
            vec![Told::words(px([middle(ribbon.x), f64::midpoint(middle(ribbon.from), middle(ribbon.to))]), ribbon.text.clone())]
        }
        Shape::Band(_) | Shape::Block(_) | Shape::Rule(_) | Shape::Label(_) | Shape::Area(_) => Vec::new(),
    }
}

/// A position on an axis: a quarter, the name at a tick, else the number.
fn position(axis: &Axis, at: f64) -> String {
    if axis.time {
        let quarters = (at * 4.0).round();
        return format!("{:.0}Q{:.0}", (quarters / 4.0).floor(), quarters.rem_euclid(4.0) + 1.0);
    }
    let tick = axis.ticks.iter().find(|t| (t.at - at).abs() < 1e-9 && !t.label.is_empty());
    tick.map_or_else(|| plain(axis, at), |t| t.label.clone())
}

/// A value with its unit.
fn written(axis: &Axis, value: f64) -> String {
    let unit = if axis.unit.is_empty() { String::new() } else { format!(" {}", axis.unit) };
    format!("{}{unit}", plain(axis, value))
}

/// A value with three significant digits of the axis' range.
fn plain(axis: &Axis, value: f64) -> String {
    let span = (axis.to - axis.from).abs();
    let decimals = if span.is_finite() && span > 0.0 { (2.0 - span.log10().floor()).clamp(0.0, 6.0) as usize } else { 2 };
    number(value, decimals)
}
