//! What a pointer is told: a place on the picture and the numbers that stand there.

use serde::Serialize;

use crate::chart::{Axis, Chart, Direction, Mark, Shape, number};
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
    /// What stands there, `2031.1: 0.43`.
    pub text: String,
}

/// The readouts of all named marks.
pub(crate) fn of(chart: &Chart, frames: &[Frame], pen: &Pen) -> Vec<Readout> {
    let mut readouts = Vec::new();
    for (k, (panel, frame)) in chart.panels.iter().zip(frames).enumerate() {
        for mark in panel.marks.iter().filter(|m| !m.series.is_empty()) {
            let places = places(mark, &Place { pen, frame }, &panel.x, &panel.y);
            readouts.extend(places.into_iter().filter(|p| p.0.is_finite() && p.1.is_finite()).map(|(x, y, text)| Readout {
                panel: k,
                series: mark.series.clone(),
                x: tenth(x),
                y: tenth(y),
                text,
            }));
        }
    }
    readouts
}

/// Tenths of a px, as in the drawing.
fn tenth(px: f64) -> f64 {
    (px * 10.0).round() / 10.0
}

fn places(mark: &Mark, place: &Place<'_>, x: &Axis, y: &Axis) -> Vec<(f64, f64, String)> {
    let at = |p: [f64; 2], text: String| {
        let (px, py) = place.frame.px(p);
        (px, py, text)
    };
    let along = |direction: Direction| if direction == Direction::Horizontal { x } else { y };
    match &mark.shape {
        Shape::Line(line) => line.points.iter().map(|&p| at(p, format!("{}: {}", position(x, p[0]), value(y, p[1])))).collect(),
        Shape::Dots(dots) => dots.points.iter().map(|&p| at(p, format!("{}: {}", position(x, p[0]), value(y, p[1])))).collect(),
        Shape::Interval(i) => {
            let axis = along(i.along);
            let (px, py) = place.on_interval(i, i.point);
            vec![(px, py, format!("{} ({} to {})", value(axis, i.point), value(axis, i.outer[0]), value(axis, i.outer[1])))]
        }
        Shape::Cell(cell) => {
            let (px, py) = place.rect(cell.x, cell.y).centre();
            vec![(px, py, cell.text.clone())]
        }
        Shape::Segments(bar) => {
            let part = |p: &crate::chart::Segment| {
                let (px, py) = place.segment(bar, p.from, p.to).centre();
                (px, py, format!("{}: {}", p.name, value(along(bar.along), p.to - p.from)))
            };
            bar.parts.iter().filter(|p| p.from != p.to).map(part).collect()
        }
        Shape::Dotplot(plot) => plot.stacks.iter().map(|s| at([x.from, s.at], format!("{}: {}", value(y, s.at), s.count))).collect(),
        Shape::Path(path) => path.stops.iter().map(|stop| at(stop.at, stop.label.clone())).collect(),
        Shape::Band(_) | Shape::Ribbon(_) | Shape::Block(_) | Shape::Rule(_) | Shape::Label(_) | Shape::Area(_) => Vec::new(),
    }
}

/// A position on an axis: the name at a tick, else the number.
fn position(axis: &Axis, at: f64) -> String {
    let tick = axis.ticks.iter().find(|t| (t.at - at).abs() < 1e-9 && !t.label.is_empty());
    tick.map_or_else(|| number(at, decimals(axis)), |t| t.label.clone())
}

/// A value with its unit.
fn value(axis: &Axis, value: f64) -> String {
    let unit = if axis.unit.is_empty() { String::new() } else { format!(" {}", axis.unit) };
    format!("{}{unit}", number(value, decimals(axis)))
}

/// Three significant digits of the axis' range.
fn decimals(axis: &Axis) -> usize {
    let span = (axis.to - axis.from).abs();
    if span.is_finite() && span > 0.0 { (2.0 - span.log10().floor()).clamp(0.0, 6.0) as usize } else { 2 }
}
