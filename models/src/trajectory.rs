//! What one run leaves behind: indicators over time, the log of standards work, and where the blocs ended.

use crate::scenario::Point;

/// How a run ends, on the interoperability of the blocs at the horizon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Future {
    /// All pairs of blocs joined and hardly more than one effective standard.
    SingleMarket,
    /// All pairs of blocs joined, several standards in use.
    CommonCore,
    /// The blocs hang together only through this one (by index).
    Bridge(usize),
    /// The blocs fall into two parts (these two, by index, are the first pair that is joined).
    TwoBlocs(usize, usize),
    /// The blocs fall into three parts or more, or are two and not joined.
    Split,
}

/// Something that happened in standards work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Milestone {
    /// A work item started; international when routed to the international body by this bloc.
    Started,
    /// A new edition was published after this many ticks of work.
    Published {
        /// Ticks from the start of the item.
        after: u16,
    },
    /// A ballot failed.
    BallotFailed,
    /// The item was dropped after its last failed ballot.
    Dropped,
    /// The bloc adopted the international text unchanged.
    AdoptedIdentically,
    /// The bloc adopted the international text with modifications.
    AdoptedModified,
    /// The bloc sent its next item to the international body.
    RoutedInternationally,
}

/// One entry of the log of standards work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LogEntry {
    /// Row of the calendar.
    pub row: u16,
    /// Domain, by index.
    pub domain: u8,
    /// Body, by standard index: a bloc's, or the international one (last).
    pub body: u8,
    /// What happened.
    pub milestone: Milestone,
}

/// The state that charts and splits need beside the indicators; one entry per row.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// Text points, `[row][domain][standard]`.
    pub points: Vec<Point>,
    /// Mutual recognition in effect, `[row][domain][pair]`.
    pub recognition: Vec<f64>,
    /// Size-weighted shares among active adopters, `[row][domain][bloc][standard]`.
    pub shares: Vec<f64>,
    /// Required standard of each bloc, `[row][domain][bloc]`: its own, or the international one.
    pub required: Vec<u8>,
    /// Alignment of each economy, `[row][domain][economy]`.
    pub alignment: Vec<u8>,
}

/// One run: the values of every column in every row.
#[derive(Debug, Clone, PartialEq)]
pub struct Trajectory {
    /// The seed of the run.
    pub seed: u32,
    /// Values, `[row][column]` in the order of the layout.
    pub values: Vec<f64>,
    /// Number of columns.
    pub columns: usize,
    /// Log of standards work in order of time.
    pub log: Vec<LogEntry>,
    /// State beside the indicators.
    pub trace: Trace,
    /// Where the run ends.
    pub future: Future,
}

impl Trajectory {
    /// The value of a column in a row.
    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.values[row * self.columns + column]
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.values.len() / self.columns
    }
}
