//! Grid lines, axis lines, tick labels and axis names.

use crate::canvas::{Align, Canvas, Stroke};
use crate::chart::{Axis, Panel, Role};
use crate::layout::{Frame, badge_width, heading_height, heading_lines, is_names, name_lines, tick_spacing, ticks_height, y_label_lines};
use crate::pen::Pen;
use crate::text::{shorten, width, wrap};
use crate::texts::{Face, Texts};

/// Draws what lies under the marks.
pub(crate) fn draw_grid(canvas: &mut Canvas<'_>, pen: &Pen, panel: &Panel, frame: &Frame) {
    let stroke = Stroke::solid(pen.colour(Role::Grid), pen.m.hair);
    let plot = &frame.plot;
    for tick in ticks_inside(&panel.y).filter(|_| panel.y.grid) {
        let y = frame.y.px(tick);
        canvas.line(&[(plot.left, y), (plot.right, y)], stroke);
    }
    for tick in ticks_inside(&panel.x).filter(|_| panel.x.grid) {
        let x = frame.x.px(tick);
        canvas.line(&[(x, plot.top), (x, plot.bottom)], stroke);
    }
}

/// Draws the axis lines with their ticks.
pub(crate) fn draw_lines(canvas: &mut Canvas<'_>, pen: &Pen, panel: &Panel, frame: &Frame) {
    let stroke = Stroke::solid(pen.colour(Role::Muted), pen.m.hair);
    let plot = &frame.plot;
    if panel.x.line {
        let (y, out) = if panel.x.opposite { (plot.top, -1.0) } else { (plot.bottom, 1.0) };
        canvas.line(&[(plot.left, y), (plot.right, y)], stroke);
        for tick in ticks_inside(&panel.x) {
            let x = frame.x.px(tick);
            canvas.line(&[(x, y), (x, y + out * pen.m.gap() * 0.4)], stroke);
        }
    }
    if panel.y.line {
        let x = if panel.y.opposite { plot.right } else { plot.left };
        canvas.line(&[(x, plot.top), (x, plot.bottom)], stroke);
    }
}

fn ticks_inside(axis: &Axis) -> impl Iterator<Item = f64> + '_ {
    let (low, high) = (axis.from.min(axis.to), axis.from.max(axis.to));
    let slack = (high - low) * 1e-9;
    axis.ticks.iter().map(|t| t.at).filter(move |at| (low - slack..=high + slack).contains(at))
}

/// Sets heading, axis names and tick labels of a panel.
pub(crate) fn set_texts(texts: &mut Texts, pen: &Pen, panel: &Panel, frame: &Frame, index: usize) {
    let (face, gap) = (pen.small(Role::Muted), pen.m.gap());
    let cell = &frame.cell;
    let title = heading_lines(panel, cell.width(), &pen.m);
    let heading = heading_height(&title, &pen.m);
    if !title.is_empty() {
        texts.try_set(&title, pen.heading(), (cell.left + badge_width(panel, &pen.m), cell.top), Align::Start, index);
    }
    if frame.shows.y {
        let y_label = y_label_lines(panel, cell.width(), &pen.m);
        let (x, align) = if panel.y.opposite { (cell.right, Align::End) } else { (cell.left, Align::Start) };
        if !y_label.is_empty() {
            texts.try_set(&y_label, face, (x, cell.top + heading), align, index);
        }
        set_y_ticks(texts, pen, panel, frame, index);
    }
    if frame.shows.x {
        set_x_ticks(texts, pen, panel, frame, index);
        let label = shorten(&panel.x.label, pen.m.small, false, cell.width());
        if !label.is_empty() {
            let half = width(&label, pen.m.small, false) / 2.0;
            let centre = frame.plot.centre().0.clamp(cell.left + half, (cell.right - half).max(cell.left + half));
            let ticks = ticks_height(panel, frame.plot.width(), &pen.m);
            let y = if panel.x.opposite { frame.plot.top - ticks - gap - face.size } else { frame.plot.bottom + ticks + gap * 0.6 };
            texts.try_set(&[label], face, (centre, y), Align::Middle, index);
        }
    }
}

fn set_x_ticks(texts: &mut Texts, pen: &Pen, panel: &Panel, frame: &Frame, index: usize) {
    let face = pen.small(Role::Muted);
    let room = tick_spacing(&panel.x, frame.plot.width()) - pen.m.gap();
    let names = is_names(&panel.x);
    let keep = if names { 1 } else { every(&panel.x, room, pen) };
    for tick in panel.x.ticks.iter().filter(|t| !t.label.is_empty()).step_by(keep) {
        let lines = if names { wrap(&tick.label, face.size, false, room, 3) } else { vec![tick.label.clone()] };
        let y = if panel.x.opposite { frame.plot.top - pen.m.gap() - face.height_of(lines.len()) } else { frame.plot.bottom + pen.m.gap() };
        texts.try_set(&lines, face, (frame.x.px(tick.at), y), Align::Middle, index);
    }
}

/// Every how-manieth number is written so that they keep apart.
fn every(axis: &Axis, room: f64, pen: &Pen) -> usize {
    let widest = axis.ticks.iter().map(|t| width(&t.label, pen.m.small, false)).fold(0.0, f64::max);
    let step = room + pen.m.gap();
    ((widest + pen.m.gap()) / step.max(1.0)).ceil().max(1.0) as usize
}

fn set_y_ticks(texts: &mut Texts, pen: &Pen, panel: &Panel, frame: &Frame, index: usize) {
    let spacing = tick_spacing(&panel.y, frame.plot.height());
    // Names of rows that are closer than the usual text is high are set in the smallest one.
    let small = pen.small(Role::Muted);
    let face = Face { size: if is_names(&panel.y) && spacing < small.size * 1.05 { pen.m.fine } else { small.size }, ..small };
    let lines = if is_names(&panel.y) { name_lines(spacing, &pen.m) } else { 1 };
    let (x, align, room) = if panel.y.opposite {
        (frame.plot.right + pen.m.gap(), Align::Start, frame.cell.right - frame.plot.right - pen.m.gap())
    } else {
        (frame.plot.left - pen.m.gap(), Align::End, frame.plot.left - frame.cell.left - pen.m.gap())
    };
    // Numbers may be thinned out; a name that is left out cannot be guessed.
    let keep = if is_names(&panel.y) { 1 } else { (face.size * 1.2 / spacing.max(0.1)).ceil().max(1.0) as usize };
    for tick in panel.y.ticks.iter().filter(|t| !t.label.is_empty()).step_by(keep) {
        let lines = wrap(&tick.label, face.size, false, room + 1.0, lines);
        let top = frame.y.px(tick.at) - face.height_of(lines.len()) / 2.0;
        texts.try_set(&lines, face, (x, top), align, index);
    }
}
