//! A picture as a value: what is drawn, in data coordinates and in roles instead of colours; nothing about pixels.
//!
//! ```
//! use faultline_charts::chart::{Axis, Chart, Line, Panel, Role};
//!
//! let mut panel = Panel::new("World", Axis::years(2025.0, 2040.0), Axis::linear("index", 0.0, 1.0));
//! panel.marks.push(Line::own(Role::System, vec![[2025.0, 0.2], [2040.0, 0.6]]).mark("median"));
//! let mut chart = Chart::new("fragmentation", "Fragmentation index, 2025–2040");
//! chart.panels.push(panel);
//! ```

use serde::Serialize;

pub use crate::shapes::{
    Anchor, Area, Band, Block, Cell, Dash, Direction, Dotplot, Dots, Fill, Hold, Interval, Label, Line, Mark, Marker, Path, Ribbon, Role, Rule,
    Segment, Segments, Shape, Stack, Stop, TextSize, Tint, Weight,
};

/// A whole picture with everything that must stay with it when it is cut out of its page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chart {
    /// Id in the catalogue, `fragmentation`.
    pub id: String,
    /// Descriptive title (measure, unit, who, when) or a takeaway title that passed its gate; wraps.
    pub title: String,
    /// Second line under the title: scenario, unit, number of runs; may be empty; wraps.
    pub subtitle: String,
    /// What colours, dashes and hatches mean, drawn as one row under the subtitle. Prefer direct labels; may be empty.
    pub key: Vec<Key>,
    /// How the panels share the picture.
    pub layout: Layout,
    /// The panels, in reading order.
    pub panels: Vec<Panel>,
    /// Short remarks under the panels, each on its own line; may be empty.
    pub notes: Vec<String>,
    /// Source, bands, caveat and stamp; always drawn, wraps.
    pub footer: String,
    /// Alternative text of at most 600 characters.
    pub alt: String,
    /// Tidy rows of exactly what is drawn.
    pub table: Vec<Row>,
    /// Language tag of its texts, `en`.
    pub language: String,
}

impl Chart {
    /// An empty chart whose panels flow into rows.
    pub fn new(id: &str, title: &str) -> Self {
        Chart {
            id: id.to_owned(),
            title: title.to_owned(),
            subtitle: String::new(),
            key: Vec::new(),
            layout: Layout::Flow,
            panels: Vec::new(),
            notes: Vec::new(),
            footer: String::new(),
            alt: String::new(),
            table: Vec::new(),
            language: "en".to_owned(),
        }
    }
}

/// How panels share the picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Layout {
    /// Panels of equal size, in reading order, in as many columns as suit the size of the picture; `Panel::cell` is not read.
    Flow,
    /// A fixed grid: relative widths of the columns and heights of the rows; every panel says its place in `Panel::cell`.
    Grid {
        /// Relative widths of the columns.
        columns: Vec<f64>,
        /// Relative heights of the rows.
        rows: Vec<f64>,
    },
}

/// Where a panel stands.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub enum Place {
    /// A cell of the grid, both counted from 0 at the top left.
    Cell {
        /// Row.
        row: usize,
        /// Column.
        column: usize,
    },
    /// Inside the plot area of an earlier panel.
    Inset {
        /// Index of that panel in `Chart::panels`.
        of: usize,
        /// Left edge as a share of its width.
        left: f64,
        /// Top edge as a share of its height.
        top: f64,
        /// Share of its width.
        width: f64,
        /// Share of its height.
        height: f64,
    },
}

/// One system of coordinates with its marks; marks are drawn in order, later ones on top. Marks are clipped to the axes' ranges
/// (labels may stand outside).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Panel {
    /// Heading of the panel; may be empty; ellipsised if too long.
    pub title: String,
    /// Colour and marker of the heading's little key, e.g. the bloc a small multiple is about.
    pub badge: Option<(Role, Marker)>,
    /// Where it stands.
    pub place: Place,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis; `from` is at the bottom (give `from` > `to` to count downwards).
    pub y: Axis,
    /// Height of one unit of y divided by the width of one unit of x where shapes must keep their form (ternary, maps); else the
    /// panel fills its cell.
    pub aspect: Option<f64>,
    /// What is drawn.
    pub marks: Vec<Mark>,
}

impl Panel {
    /// A panel without marks in the first cell.
    pub fn new(title: &str, x: Axis, y: Axis) -> Self {
        Panel { title: title.to_owned(), badge: None, place: Place::Cell { row: 0, column: 0 }, x, y, aspect: None, marks: Vec::new() }
    }

    /// The same panel in another cell.
    pub fn at(mut self, row: usize, column: usize) -> Self {
        self.place = Place::Cell { row, column };
        self
    }
}

/// An axis: range, ticks and what they are called.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Axis {
    /// Name with unit, `% of firms`; drawn above a vertical axis and under a horizontal one; may be empty.
    pub label: String,
    /// Unit for readouts and tables, `%`; may be empty.
    pub unit: String,
    /// Value at the left or bottom end.
    pub from: f64,
    /// Value at the right or top end.
    pub to: f64,
    /// Ticks with their labels; labels that would touch are left out (numbers) or wrapped and ellipsised (names).
    pub ticks: Vec<Tick>,
    /// Draw a thin line across the panel at each tick.
    pub grid: bool,
    /// Draw the axis line.
    pub line: bool,
    /// Labels on the other side: top for a horizontal axis, right for a vertical one.
    pub opposite: bool,
    /// Room kept free outside the far end (right, or top) for direct labels: the longest text that will stand there.
    pub room_for: String,
    /// Values are decimal years, so that readouts can be linked across panels.
    pub time: bool,
}

/// A tick of an axis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tick {
    /// Where, in data coordinates.
    pub at: f64,
    /// What is written; may be empty.
    pub label: String,
}

impl Axis {
    /// An axis with round ticks and a grid.
    pub fn linear(label: &str, from: f64, to: f64) -> Self {
        let ticks = round_ticks(from, to, 5);
        Axis { ticks, grid: true, ..Axis::hidden(from, to).labelled(label) }
    }

    /// A time axis in decimal years, with a tick at the start of every fifth (or, for short ranges, every) year.
    pub fn years(from: f64, to: f64) -> Self {
        let step = if to - from > 40.0 {
            10.0
        } else if to - from > 7.0 {
            5.0
        } else {
            1.0
        };
        let first = (from / step).ceil() as i64;
        let last = (to / step + 1e-9).floor() as i64;
        let ticks = (first..=last).map(|k| k as f64 * step).map(|at| Tick { at, label: format!("{at:.0}") }).collect();
        Axis { ticks, line: true, time: true, ..Axis::hidden(from, to) }
    }

    /// An axis of names: the k-th name stands at k, the range reaches from −0.5 to n − 0.5.
    pub fn names<T: Into<String>>(names: impl IntoIterator<Item = T>) -> Self {
        let ticks: Vec<Tick> = names.into_iter().enumerate().map(|(k, name)| Tick { at: k as f64, label: name.into() }).collect();
        let to = ticks.len() as f64 - 0.5;
        Axis { ticks, ..Axis::hidden(-0.5, to) }
    }

    /// An axis that is only a range: no line, no ticks, no label.
    pub fn hidden(from: f64, to: f64) -> Self {
        let (label, unit, room_for) = (String::new(), String::new(), String::new());
        Axis { label, unit, from, to, ticks: Vec::new(), grid: false, line: false, opposite: false, room_for, time: false }
    }

    /// The same axis with a label.
    pub fn labelled(mut self, label: &str) -> Self {
        label.clone_into(&mut self.label);
        self
    }

    /// The same axis with a unit for readouts.
    pub fn in_unit(mut self, unit: &str) -> Self {
        unit.clone_into(&mut self.unit);
        self
    }

    /// The same axis with room outside its far end for direct labels as long as `text`.
    pub fn with_room_for(mut self, text: &str) -> Self {
        text.clone_into(&mut self.room_for);
        self
    }

    /// The same axis counted the other way round: names from top to bottom.
    pub fn reversed(mut self) -> Self {
        std::mem::swap(&mut self.from, &mut self.to);
        self
    }

    /// The same axis with its labels on the other side.
    pub fn on_opposite_side(mut self) -> Self {
        self.opposite = true;
        self
    }
}

/// About `count` round ticks within the range, labelled with as many decimals as they need.
pub fn round_ticks(from: f64, to: f64, count: usize) -> Vec<Tick> {
    let (low, high) = (from.min(to), from.max(to));
    let span = high - low;
    if !span.is_finite() || span <= 0.0 || count == 0 {
        return Vec::new();
    }
    let power = 10f64.powf((span / count as f64).log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].map(|m| m * power).into_iter().find(|s| span / s <= count as f64 + 0.5).unwrap_or(10.0 * power);
    let decimals = (0..6).find(|&d| ((step * 10f64.powi(d)).round() - step * 10f64.powi(d)).abs() < 1e-6).unwrap_or(6) as usize;
    let (first, last) = ((low / step - 1e-9).ceil() as i64, (high / step + 1e-9).floor() as i64);
    (first..=last).map(|k| k as f64 * step).map(|at| Tick { at, label: number(at, decimals) }).collect()
}

/// A number as charts write it: a true minus sign, and no minus before a zero.
pub fn number(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let text = format!("{:.decimals$}", value.abs());
    let zero = text.chars().all(|c| c == '0' || c == '.');
    if value < 0.0 && !zero { format!("−{text}") } else { text }
}

/// One entry of the key.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Key {
    /// What it means.
    pub label: String,
    /// What it looks like.
    pub swatch: Swatch,
}

/// The little picture of a key entry.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Swatch {
    /// A piece of line with an optional marker.
    Line {
        /// Its colour.
        role: Role,
        /// Its weight.
        weight: Weight,
        /// Its dash.
        dash: Dash,
        /// Its marker.
        marker: Option<Marker>,
    },
    /// A little rectangle.
    Fill(Fill),
    /// A marker alone.
    Dot {
        /// Its colour.
        role: Role,
        /// Its form.
        marker: Marker,
    },
}

/// One row of the table behind a chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Scenario, or a pair `B − A`.
    pub scenario: String,
    /// Series: bloc, standard, future, with the panel's domain if there is one.
    pub series: String,
    /// Year, quarter or category.
    pub x: String,
    /// `mean`, `q05`, `q50`, `share`, `count`, …
    pub statistic: String,
    /// The value drawn.
    pub value: f64,
    /// Its unit.
    pub unit: String,
    /// Number of runs behind it.
    pub n_runs: usize,
}
