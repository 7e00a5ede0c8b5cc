//! Where the panels stand: cells of the grid, margins for labels, and the scales between data and px.

use crate::chart::{Axis, Chart, Direction, Layout, Panel, Place, Shape};
use crate::geometry::{Point, Rect};
use crate::style::Measures;
use crate::text::{width, wrap};

/// A linear scale from data to px.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    from: f64,
    per_unit: f64,
    origin: f64,
}

impl Scale {
    fn new(axis: &Axis, origin: f64, end: f64) -> Self {
        let span = axis.to - axis.from;
        let per_unit = if span.is_finite() && span != 0.0 { (end - origin) / span } else { 0.0 };
        Scale { from: axis.from, per_unit, origin }
    }

    /// Position of a value in px.
    pub(crate) fn px(&self, value: f64) -> f64 {
        self.origin + (value - self.from) * self.per_unit
    }

    /// Length in px of a distance in data units.
    pub(crate) fn length(&self, distance: f64) -> f64 {
        (distance * self.per_unit).abs()
    }
}

/// A panel on the page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    /// Everything that belongs to the panel.
    pub(crate) cell: Rect,
    /// The data area.
    pub(crate) plot: Rect,
    pub(crate) x: Scale,
    pub(crate) y: Scale,
}

impl Frame {
    fn new(panel: &Panel, cell: Rect, margins: Margins) -> Self {
        let plot = Rect::new(cell.left + margins.left, cell.top + margins.top, cell.right - margins.right, cell.bottom - margins.bottom);
        let plot = panel.aspect.map_or(plot, |aspect| with_aspect(&plot, panel, aspect));
        Frame { cell, plot, x: Scale::new(&panel.x, plot.left, plot.right), y: Scale::new(&panel.y, plot.bottom, plot.top) }
    }

    /// A frame without coordinates of its own: swatches of the key.
    pub(crate) fn plain(plot: Rect) -> Self {
        let scale = Scale { from: 0.0, per_unit: 1.0, origin: 0.0 };
        Frame { cell: plot, plot, x: scale, y: scale }
    }

    /// A point of the panel in px.
    pub(crate) fn px(&self, point: [f64; 2]) -> Point {
        (self.x.px(point[0]), self.y.px(point[1]))
    }
}

/// The largest rectangle of the wanted form within `room`, at its top, centred from side to side.
fn with_aspect(room: &Rect, panel: &Panel, aspect: f64) -> Rect {
    let form = aspect * ((panel.y.to - panel.y.from) / (panel.x.to - panel.x.from)).abs();
    if !(form.is_finite() && form > 0.0) {
        return *room;
    }
    let w = room.width().min(room.height() / form);
    let cx = room.centre().0;
    Rect::new(cx - w / 2.0, room.top, cx + w / 2.0, room.top + w * form)
}

/// Room around the data area.
#[derive(Debug, Clone, Copy, Default)]
struct Margins {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Margins {
    fn max(self, other: Margins) -> Margins {
        Margins {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// Places all panels of a chart on `body`.
pub(crate) fn arrange(chart: &Chart, m: &Measures, body: &Rect) -> Vec<Frame> {
    let grid = Grid::of(chart, body, m);
    let mut frames: Vec<Frame> = Vec::with_capacity(chart.panels.len());
    for (k, panel) in chart.panels.iter().enumerate() {
        let (cell, margins) = match (panel.place, grid.cells[k]) {
            (Place::Inset { of, left, top, width, height }, _) if of < k => {
                let plot = frames[of].plot;
                let (x, y) = (plot.left + left * plot.width(), plot.top + top * plot.height());
                let cell = Rect::new(x, y, x + width * plot.width(), y + height * plot.height());
                (cell.grown(-m.gap()), inset_margins(panel, &cell.grown(-m.gap()), m))
            }
            (_, cell) => (cell, grid.margins(chart, k, m)),
        };
        frames.push(Frame::new(panel, cell, margins));
    }
    frames
}

/// The margins of an inset.
fn inset_margins(panel: &Panel, cell: &Rect, m: &Measures) -> Margins {
    vertical(panel, horizontal(panel, cell.width(), m), cell, m)
}

/// The cells of all panels (meaningless for insets).
struct Grid {
    cells: Vec<Rect>,
    /// Row and column of each panel; none for insets.
    places: Vec<Option<(usize, usize)>>,
}

impl Grid {
    fn of(chart: &Chart, body: &Rect, m: &Measures) -> Self {
        let standing = |p: &Panel| !matches!(p.place, Place::Inset { .. });
        let count = chart.panels.iter().filter(|p| standing(p)).count().max(1);
        let (columns, rows) = match &chart.layout {
            Layout::Grid { columns, rows } if !columns.is_empty() && !rows.is_empty() => (columns.clone(), rows.clone()),
            _ => {
                let columns = columns_that_suit(count, body);
                (vec![1.0; columns], vec![1.0; count.div_ceil(columns)])
            }
        };
        let flowing = chart.layout == Layout::Flow;
        let mut next = 0;
        let places: Vec<Option<(usize, usize)>> = chart
            .panels
            .iter()
            .map(|panel| match panel.place {
                Place::Inset { .. } => None,
                Place::Cell { row, column } if !flowing => Some((row.min(rows.len() - 1), column.min(columns.len() - 1))),
                Place::Cell { .. } => {
                    next += 1;
                    Some(((next - 1) / columns.len(), (next - 1) % columns.len()))
                }
            })
            .collect();
        let between = m.small * 1.2;
        let (xs, ys) = (tracks(&columns, body.left, body.right, between), tracks(&rows, body.top, body.bottom, between));
        let cells = places.iter().map(|p| p.map_or(*body, |(r, c)| Rect::new(xs[c].0, ys[r].0, xs[c].1, ys[r].1))).collect();
        Grid { cells, places }
    }

    /// Margins shared within the column (left, right) and within the row (top, bottom), or by all panels that flow, so that data
    /// areas line up.
    fn margins(&self, chart: &Chart, k: usize, m: &Measures) -> Margins {
        let Some((row, column)) = self.places[k] else { return Margins::default() };
        let flows = chart.layout == Layout::Flow;
        let at = |j: usize| self.places[j].is_some_and(|place| place.1 == column || flows);
        let sides = (0..self.cells.len()).filter(|&j| at(j)).map(|j| horizontal(&chart.panels[j], self.cells[j].width(), m));
        let sides = sides.fold(Margins::default(), Margins::max);
        let level = (0..self.cells.len()).filter(|&j| self.places[j].is_some_and(|place| place.0 == row || flows));
        level.map(|j| vertical(&chart.panels[j], sides, &self.cells[j], m)).fold(Margins::default(), Margins::max)
    }
}

/// The number of columns for which cells come closest to a pleasant form.
fn columns_that_suit(count: usize, body: &Rect) -> usize {
    let cost = |columns: usize| {
        let rows = count.div_ceil(columns);
        let form = (body.width() / columns as f64) / (body.height() / rows as f64);
        let empty = (columns * rows - count) as f64 / count as f64;
        (form / 1.45).ln().abs() + empty
    };
    (1..=count).min_by(|&a, &b| cost(a).total_cmp(&cost(b))).unwrap_or(1)
}

/// Begin and end of tracks with the given relative sizes.
fn tracks(weights: &[f64], from: f64, to: f64, between: f64) -> Vec<(f64, f64)> {
    let sum: f64 = weights.iter().sum();
    let room = to - from - between * (weights.len() - 1) as f64;
    let mut at = from;
    let mut track = |weight: &f64| {
        let begin = at;
        at += room * weight / sum + between;
        (begin, at - between)
    };
    weights.iter().map(&mut track).collect()
}

/// Room left and right of the data area.
fn horizontal(panel: &Panel, cell_width: f64, m: &Measures) -> Margins {
    let names = name_width(&panel.y, cell_width, m);
    let label = if names > 0.0 { names + m.gap() } else { 0.0 };
    let direct = match panel.x.room_for.as_str() {
        "" => 0.0,
        text => (width(text, m.body, false) + m.marker() * 3.0 + m.small * 1.2).min(cell_width * 0.36),
    };
    // Half of the outermost labels of the x axis stands outside.
    let outside = |label: Option<&String>| label.map_or(0.0, |l| width(l, m.small, false) / 2.0).min(m.small * 1.5);
    let ticks = &panel.x.ticks;
    let (first, last) =
        if is_names(&panel.x) { (0.0, 0.0) } else { (outside(ticks.first().map(|t| &t.label)), outside(ticks.last().map(|t| &t.label))) };
    let (near, far) = if panel.y.opposite { (0.0, label) } else { (label, 0.0) };
    Margins { left: near.max(first), right: (far + direct).max(last), ..Margins::default() }
}

/// Room above and below the data area, given the room at its sides.
fn vertical(panel: &Panel, sides: Margins, cell: &Rect, m: &Measures) -> Margins {
    let plot_width = cell.width() - sides.left - sides.right;
    let line = m.small * Measures::LINE;
    let heading = heading_height(&heading_lines(panel, cell.width(), m), m);
    let y_label = line * y_label_lines(panel, cell.width(), m).len() as f64;
    let lines = tick_lines(&panel.x, plot_width, m);
    let ticks = if lines == 0 { 0.0 } else { (lines - 1) as f64 * line + m.small + m.gap() };
    let x_label = if panel.x.label.is_empty() { 0.0 } else { line + m.gap() * 0.4 };
    // Half of the uppermost tick label of the y axis stands above the data area.
    let half = if panel.y.ticks.is_empty() || is_names(&panel.y) { 0.0 } else { m.small * 0.5 };
    let above = heading + if y_label > 0.0 { y_label + m.gap() * 1.5 } else { half } + headroom(panel, plot_width, m);
    let below = if lines == 0 && x_label == 0.0 { half } else { 0.0 };
    let (top, bottom) = if panel.x.opposite { (ticks + x_label, 0.0) } else { (0.0, ticks + x_label) };
    Margins { top: above + top, bottom: bottom + below, ..sides }
}

/// The heading of a panel, in lines.
pub(crate) fn heading_lines(panel: &Panel, cell_width: f64, m: &Measures) -> Vec<String> {
    wrap(&panel.title, m.body, true, cell_width - badge_width(panel, m), 2)
}

/// Room for the little key before a heading.
pub(crate) fn badge_width(panel: &Panel, m: &Measures) -> f64 {
    panel.badge.map_or(0.0, |_| m.marker() * 3.2)
}

/// Height of a heading with the room under it.
pub(crate) fn heading_height(lines: &[String], m: &Measures) -> f64 {
    if lines.is_empty() { 0.0 } else { lines.len() as f64 * m.body * Measures::LINE + m.gap() * 0.5 }
}

/// The label of the vertical axis, in lines over the whole width of the cell.
pub(crate) fn y_label_lines(panel: &Panel, cell_width: f64, m: &Measures) -> Vec<String> {
    wrap(&panel.y.label, m.small, false, cell_width, 2)
}

/// Room above the data area for the names of the parts of a stacked bar.
fn headroom(panel: &Panel, plot_width: f64, m: &Measures) -> f64 {
    let rows = panel.marks.iter().filter_map(|mark| match &mark.shape {
        Shape::Segments(bar) if bar.along == Direction::Horizontal => Some(name_rows(bar.parts.iter().map(|p| p.above.as_str()), plot_width, m)),
        _ => None,
    });
    match rows.max() {
        None | Some(0) => 0.0,
        Some(rows) => rows as f64 * m.small * Measures::LINE + m.gap(),
    }
}

/// Number of rows that names need side by side.
pub(crate) fn name_rows<'a>(names: impl Iterator<Item = &'a str>, room: f64, m: &Measures) -> usize {
    let total: f64 = names.filter(|n| !n.is_empty()).map(|n| width(n, m.small, false).min(room) + m.small).sum();
    (total / room.max(1.0)).ceil() as usize
}

/// Whether the ticks of an axis are names (to be wrapped) and not numbers (to be thinned).
pub(crate) fn is_names(axis: &Axis) -> bool {
    axis.ticks.iter().filter_map(|t| t.label.chars().next()).any(char::is_alphabetic)
}

/// Lines a tick label of a vertical axis may have, for a given distance of ticks in px.
pub(crate) fn name_lines(spacing: f64, m: &Measures) -> usize {
    ((spacing / (m.small * Measures::LINE)) as usize).clamp(1, 4)
}

/// Room for the longest tick label of a vertical axis: numbers in full, names wrapped to at most a third of the cell.
fn name_width(axis: &Axis, cell_width: f64, m: &Measures) -> f64 {
    let longest = axis.ticks.iter().map(|t| width(&t.label, m.small, false)).fold(0.0, f64::max);
    longest.min(cell_width * 0.34)
}

/// Smallest distance between two ticks in px.
pub(crate) fn tick_spacing(axis: &Axis, length: f64) -> f64 {
    let span = (axis.to - axis.from).abs();
    let closest = axis.ticks.windows(2).map(|w| (w[1].at - w[0].at).abs()).fold(span, f64::min);
    if span > 0.0 { closest / span * length } else { length }
}

/// Number of lines of the labels of a horizontal axis.
fn tick_lines(axis: &Axis, length: f64, m: &Measures) -> usize {
    if axis.ticks.iter().all(|t| t.label.is_empty()) {
        return 0;
    }
    if !is_names(axis) {
        return 1;
    }
    let room = tick_spacing(axis, length) - m.gap();
    axis.ticks.iter().map(|t| wrap(&t.label, m.small, false, room, 3).len()).max().unwrap_or(0)
}
