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
    /// Which labels of the axes are written.
    pub(crate) shows: Shows,
}

impl Frame {
    fn new(panel: &Panel, cell: Rect, margins: Margins, shows: Shows) -> Self {
        let room = plot(&cell, margins);
        let plot = panel.aspect.map_or(room, |aspect| with_aspect(&room, panel, aspect));
        Frame { cell, plot, x: Scale::new(&panel.x, plot.left, plot.right), y: Scale::new(&panel.y, plot.bottom, plot.top), shows }
    }

    /// A frame without coordinates of its own: swatches of the key.
    pub(crate) fn plain(plot: Rect) -> Self {
        let scale = Scale { from: 0.0, per_unit: 1.0, origin: 0.0 };
        Frame { cell: plot, plot, x: scale, y: scale, shows: ALL }
    }

    /// A point of the panel in px.
    pub(crate) fn px(&self, point: [f64; 2]) -> Point {
        (self.x.px(point[0]), self.y.px(point[1]))
    }
}

/// The largest rectangle of the wanted form within `room`, at its top; under a heading at its left, else in the middle.
fn with_aspect(room: &Rect, panel: &Panel, aspect: f64) -> Rect {
    let form = form(panel, aspect);
    if !(form.is_finite() && form > 0.0) {
        return *room;
    }
    let w = room.width().min(room.height() / form).max(0.0);
    let left = if panel.title.is_empty() { room.centre().0 - w / 2.0 } else { room.left };
    Rect::new(left, room.top, left + w, room.top + w * form)
}

/// Height over width of a data area in which shapes keep their form.
fn form(panel: &Panel, aspect: f64) -> f64 {
    aspect * ((panel.y.to - panel.y.from) / (panel.x.to - panel.x.from)).abs()
}

/// The data area of a cell; never less than nothing.
fn plot(cell: &Rect, margins: Margins) -> Rect {
    let (left, top) = (cell.left + margins.left, cell.top + margins.top);
    Rect::new(left, top, (cell.right - margins.right).max(left + 1.0), (cell.bottom - margins.bottom).max(top + 1.0))
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

/// Which labels of its axes a panel writes: neighbours with the same axis share them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shows {
    pub(crate) x: bool,
    pub(crate) y: bool,
}

/// Places all panels of a chart on `body`.
pub(crate) fn arrange(chart: &Chart, m: &Measures, body: &Rect) -> Vec<Frame> {
    let grid = Grid::of(chart, body, m);
    let mut frames: Vec<Frame> = Vec::with_capacity(chart.panels.len());
    for (k, panel) in chart.panels.iter().enumerate() {
        let frame = match panel.place {
            Place::Inset { of, left, top, width, height } if of < k => {
                let plot = frames[of].plot;
                let (x, y) = (plot.left + left * plot.width(), plot.top + top * plot.height());
                let cell = Rect::new(x, y, x + width * plot.width(), y + height * plot.height()).grown(-m.gap());
                Frame::new(panel, cell, margins(panel, ALL, cell.width(), m), ALL)
            }
            _ => Frame::new(panel, grid.cells[k], grid.margins[k], grid.shows[k]),
        };
        frames.push(frame);
    }
    frames
}

const ALL: Shows = Shows { x: true, y: true };

/// The margins of a panel that shares them with no other.
fn margins(panel: &Panel, shows: Shows, width: f64, m: &Measures) -> Margins {
    vertical(panel, shows, horizontal(panel, shows, width, m), width, m)
}

/// Cells and margins of all panels (meaningless for insets).
struct Grid {
    cells: Vec<Rect>,
    margins: Vec<Margins>,
    shows: Vec<Shows>,
}

/// Row and column of each panel; none for insets.
type Places = Vec<Option<(usize, usize)>>;

impl Grid {
    fn of(chart: &Chart, body: &Rect, m: &Measures) -> Self {
        match &chart.layout {
            Layout::Grid { columns, rows } if !columns.is_empty() && !rows.is_empty() => {
                let place = |panel: &Panel| match panel.place {
                    Place::Inset { .. } => None,
                    Place::Cell { row, column } => Some((row.min(rows.len() - 1), column.min(columns.len() - 1))),
                };
                Grid::with(chart, body, m, (columns, rows), &chart.panels.iter().map(place).collect())
            }
            _ => Grid::flowing(chart, body, m),
        }
    }

    /// Panels in as many columns as leave them the largest data areas.
    fn flowing(chart: &Chart, body: &Rect, m: &Measures) -> Self {
        let standing: Vec<bool> = chart.panels.iter().map(|panel| !matches!(panel.place, Place::Inset { .. })).collect();
        let count = standing.iter().filter(|stands| **stands).count().max(1);
        let candidate = |columns: usize| {
            let mut at = 0..;
            let places = standing.iter().map(|stands| stands.then(|| at.next().map(|k| (k / columns, k % columns))).flatten()).collect();
            Grid::with(chart, body, m, (&vec![1.0; columns], &vec![1.0; count.div_ceil(columns)]), &places)
        };
        let mut best = candidate(1);
        for columns in 2..=count {
            let next = candidate(columns);
            // A little better is not worth a picture with more columns.
            if next.room(chart) > best.room(chart) * 1.02 {
                best = next;
            }
        }
        best
    }

    /// Cells such that data areas line up and have the wanted relative sizes.
    fn with(chart: &Chart, body: &Rect, m: &Measures, (columns, rows): (&[f64], &[f64]), places: &Places) -> Self {
        let shows: Vec<Shows> = (0..places.len()).map(|k| shown(chart, places, k)).collect();
        let between = m.small * 1.2;
        let nominal = |weight: f64| (body.width() - between * (columns.len() - 1) as f64) * weight / columns.iter().sum::<f64>();
        let members = |of: fn((usize, usize)) -> usize, at: usize| {
            places.iter().enumerate().filter(move |(_, place)| place.map(of) == Some(at)).map(|(k, _)| k)
        };
        let side = |c: usize| {
            members(|p| p.1, c).map(|k| horizontal(&chart.panels[k], shows[k], nominal(columns[c]), m)).fold(Margins::default(), Margins::max)
        };
        let sides: Vec<Margins> = (0..columns.len()).map(side).collect();
        let xs = tracks(columns, &sides.iter().map(|s| s.left + s.right).collect::<Vec<_>>(), (body.left, body.right), between);
        let width = |k: usize| places[k].map_or(0.0, |(_, c)| xs[c].1 - xs[c].0);
        let level = |r: usize| {
            let of = |k: usize| vertical(&chart.panels[k], shows[k], places[k].map_or(Margins::default(), |(_, c)| sides[c]), width(k), m);
            members(|p| p.0, r).map(of).fold(Margins::default(), Margins::max)
        };
        let levels: Vec<Margins> = (0..rows.len()).map(level).collect();
        let ys = tracks(rows, &levels.iter().map(|l| l.top + l.bottom).collect::<Vec<_>>(), (body.top, body.bottom), between);
        let cells = places.iter().map(|p| p.map_or(*body, |(r, c)| Rect::new(xs[c].0, ys[r].0, xs[c].1, ys[r].1))).collect();
        let margins =
            |p: &Option<(usize, usize)>| p.map_or(Margins::default(), |(r, c)| Margins { top: levels[r].top, bottom: levels[r].bottom, ..sides[c] });
        Grid { cells, margins: places.iter().map(margins).collect(), shows }
    }

    /// Size of the smallest data area, in px: the height of the largest part of it that has a pleasant form.
    fn room(&self, chart: &Chart) -> f64 {
        let of = |k: usize| {
            let plot = plot(&self.cells[k], self.margins[k]);
            let panel = &chart.panels[k];
            let form = panel.aspect.map_or(1.0 / PLEASANT, |aspect| form(panel, aspect));
            plot.height().min(plot.width() * form)
        };
        let standing = (0..self.cells.len()).filter(|&k| !matches!(chart.panels[k].place, Place::Inset { .. }));
        standing.map(of).fold(f64::INFINITY, f64::min)
    }
}

/// Width over height of a pleasant data area.
const PLEASANT: f64 = 1.6;

/// A panel leaves labels to its neighbour if that has the same axis: to the one at its left, and to the one below (above, for labels on top).
fn shown(chart: &Chart, places: &Places, k: usize) -> Shows {
    let Some((row, column)) = places[k] else { return ALL };
    let panel = &chart.panels[k];
    let neighbour = |row: Option<usize>, column: Option<usize>| {
        let at = places.iter().position(|place| *place == row.zip(column))?;
        places[at].map(|_| &chart.panels[at])
    };
    let left = neighbour(Some(row), column.checked_sub(1));
    let across = if panel.x.opposite { neighbour(row.checked_sub(1), Some(column)) } else { neighbour(Some(row + 1), Some(column)) };
    Shows {
        x: across.is_none_or(|other| other.x != panel.x || other.aspect.is_some()),
        y: panel.y.opposite || left.is_none_or(|other| other.y != panel.y || other.aspect.is_some()),
    }
}

/// Begin and end of tracks whose insides, less their margins, have the given relative sizes.
fn tracks(weights: &[f64], margins: &[f64], (from, to): (f64, f64), between: f64) -> Vec<(f64, f64)> {
    let sum: f64 = weights.iter().sum();
    let room = to - from - between * (weights.len() - 1) as f64 - margins.iter().sum::<f64>();
    let mut at = from;
    let mut track = |(weight, margin): (&f64, &f64)| {
        let begin = at;
        at += room * weight / sum + margin + between;
        (begin, at - between)
    };
    weights.iter().zip(margins).map(&mut track).collect()
}

/// Room left and right of the data area.
fn horizontal(panel: &Panel, shows: Shows, cell_width: f64, m: &Measures) -> Margins {
    let names = if shows.y { name_width(&panel.y, cell_width, m) } else { 0.0 };
    let label = if names > 0.0 { names + m.gap() } else { 0.0 };
    let direct = match panel.x.room_for.as_str() {
        "" => 0.0,
        text => (width(text, m.small, false) + m.marker() * 3.0 + m.small * 1.2).min(cell_width * 0.45),
    };
    // Half of the outermost labels of the x axis stands outside.
    let outside = |label: Option<&String>| label.map_or(0.0, |l| width(l, m.small, false) / 2.0).min(m.small * 1.5);
    let ticks = &panel.x.ticks;
    let (first, last) =
        if is_names(&panel.x) { (0.0, 0.0) } else { (outside(ticks.first().map(|t| &t.label)), outside(ticks.last().map(|t| &t.label))) };
    let (near, far) = if panel.y.opposite { (0.0, label) } else { (label, 0.0) };
    Margins { left: near.max(first), right: (far + direct).max(last), ..Margins::default() }
}

/// Room above and below the data area, given the room at its sides and the width of the cell.
fn vertical(panel: &Panel, shows: Shows, sides: Margins, cell_width: f64, m: &Measures) -> Margins {
    let plot_width = cell_width - sides.left - sides.right;
    let heading = heading_height(&heading_lines(panel, cell_width, m), m);
    let y_label = if shows.y { m.small * Measures::LINE * y_label_lines(panel, cell_width, m).len() as f64 } else { 0.0 };
    // Half of the uppermost tick label of the y axis stands above the data area.
    let half = if panel.y.ticks.is_empty() || is_names(&panel.y) { 0.0 } else { m.small * 0.5 };
    let above = heading + if y_label > 0.0 { y_label + m.gap() * 1.5 } else { half } + headroom(panel, plot_width, m);
    let axis = if shows.x { axis_height(panel, plot_width, m) } else { 0.0 };
    let below = if axis == 0.0 { half } else { 0.0 };
    let (top, bottom) = if panel.x.opposite { (axis, 0.0) } else { (0.0, axis) };
    Margins { top: above + top, bottom: bottom + below, ..sides }
}

/// Height of the labels and the name of the horizontal axis.
fn axis_height(panel: &Panel, plot_width: f64, m: &Measures) -> f64 {
    let name = if panel.x.label.is_empty() { 0.0 } else { m.small * Measures::LINE + m.gap() * 0.4 };
    ticks_height(panel, plot_width, m) + name
}

/// Height of the labels of the horizontal axis with the gap before them.
pub(crate) fn ticks_height(panel: &Panel, plot_width: f64, m: &Measures) -> f64 {
    let lines = tick_lines(&panel.x, plot_width, m);
    if lines == 0 { 0.0 } else { (lines - 1) as f64 * m.small * Measures::LINE + m.small + m.gap() }
}

/// The heading of a panel, in lines.
pub(crate) fn heading_lines(panel: &Panel, cell_width: f64, m: &Measures) -> Vec<String> {
    wrap(&panel.title, m.body, true, cell_width - badge_width(panel, m), 3)
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
        Shape::Segments(bar) if bar.along == Direction::Horizontal => Some(name_rows(bar.named().map(|p| p.above.as_str()), plot_width, m)),
        _ => None,
    });
    match rows.max() {
        None | Some(0) => 0.0,
        Some(rows) => rows as f64 * m.small * Measures::LINE + m.gap(),
    }
}

/// Number of rows that names above a bar need, dealt out in turn, so that each row has room for its own; in the narrowest one name a row.
pub(crate) fn name_rows<'a>(names: impl Iterator<Item = &'a str>, plot_width: f64, m: &Measures) -> usize {
    let sizes: Vec<f64> = names.map(|name| width(name, m.small, false).min(plot_width) + name_air(m)).collect();
    let fits = |rows: usize| (0..rows).all(|row| sizes.iter().skip(row).step_by(rows).sum::<f64>() <= plot_width + name_air(m));
    (1..sizes.len()).find(|rows| fits(*rows)).unwrap_or(sizes.len())
}

/// Air around a name above a bar; half of it may stand outside the data area at either end.
pub(crate) fn name_air(m: &Measures) -> f64 {
    m.small * 0.8
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
