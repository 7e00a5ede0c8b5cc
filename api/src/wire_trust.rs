//! What goes over the wire about trust: the classics as they are played in the window, and the document on how far to trust it all.

use serde::{Deserialize, Serialize};

use crate::wire_desktop::{Colours, Language, Progress, ScreenFigure};

/// How a parameter is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum ParameterKind {
    /// A number.
    Number,
    /// A whole number.
    Whole,
    /// Numbers separated by commas.
    List,
    /// A square matrix: rows separated by semicolons.
    Matrix,
    /// One of some words.
    Word,
    /// A file of one’s own.
    File,
}

/// A parameter of a classic.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ClassicParameter {
    /// Key, as in the literature and on the command line.
    pub id: String,
    /// What it is.
    pub doc: String,
    /// Unit; empty for words and files.
    pub unit: String,
    /// How it is given.
    pub kind: ParameterKind,
    /// Default as it would be typed; empty for a file.
    pub default: String,
    /// Domain in words.
    pub domain: String,
    /// Smallest number, for numbers.
    pub low: Option<f64>,
    /// Largest number, for numbers.
    pub high: Option<f64>,
    /// The words, for words: as typed, and as said.
    pub words: Vec<(String, String)>,
}

/// A classic in the gallery.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ClassicInfo {
    /// Key.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// What it shows.
    pub lesson: String,
    /// The same told to a room, in a paragraph.
    pub story: String,
    /// Which of the engine’s rules run, in which limit.
    pub engine: String,
    /// Author, year, place.
    pub source: String,
    /// Level of agreement claimed.
    pub level: String,
    /// Runs when nobody says.
    pub runs: u32,
    /// Whether chance plays a part; else runs and seed say nothing.
    pub random: bool,
    /// Its parameters.
    pub parameters: Vec<ClassicParameter>,
}

/// Asks for a classic to be run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ClassicAsk {
    /// Name of this request.
    pub ticket: String,
    /// Classic, by id.
    pub id: String,
    /// Parameters as typed; what is not named has its default.
    pub given: Vec<(String, String)>,
    /// Number of runs as typed; empty for the usual number.
    pub runs: String,
    /// First seed as typed; empty for 1.
    pub seed: String,
    /// Width of the picture in px.
    pub width: u32,
    /// Height of the picture in px.
    pub height: u32,
    /// Colours.
    pub theme: Colours,
    /// Language.
    pub language: Language,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FieldProblem {
    /// Key of the parameter, `runs` or `seed`; empty when it belongs to none.
    pub key: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// A figure beside its reference.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct BesideLine {
    /// What it is.
    pub name: String,
    /// What was simulated; nothing where only theory speaks.
    pub simulated: Option<f64>,
    /// Its standard error; 0 where nothing is left to chance.
    pub standard_error: f64,
    /// The exact or published value.
    pub reference: Option<f64>,
    /// Simulated minus reference.
    pub difference: Option<f64>,
    /// The same in standard errors.
    pub apart: Option<f64>,
    /// Whether they agree: the same number, or at most four standard errors apart.
    pub agrees: Option<bool>,
    /// Where the reference comes from.
    pub basis: String,
}

/// A classic that was run.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ClassicAnswer {
    /// What was simulated.
    pub simulated: String,
    /// Figures beside their references.
    pub lines: Vec<BesideLine>,
    /// Names of the columns of a list of cases; empty when there is none.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
    /// Remarks.
    pub notes: Vec<String>,
    /// The chart.
    pub figure: ScreenFigure,
    /// Key of the result, to ask for further figures by.
    pub results: Vec<String>,
    /// The same on the command line.
    pub command: String,
}

/// An answer to [`ClassicAsk`]; each replaces the one before.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ClassicStep {
    /// How far it is.
    #[serde(flatten)]
    pub progress: Progress,
    /// What is wrong with the fields; then nothing was run.
    pub problems: Vec<FieldProblem>,
    /// The answer, once all runs are done.
    pub answer: Option<ClassicAnswer>,
}

/// How a piece of text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum SpanStyle {
    /// As it is.
    Plain,
    /// Bold.
    Strong,
    /// Slanted.
    Emphasis,
    /// As typed.
    Code,
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Span {
    /// The text.
    pub text: String,
    /// How it is set.
    pub style: SpanStyle,
}

/// A block of the document.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum TrustBlock {
    /// A paragraph.
    Paragraph {
        /// Its pieces.
        spans: Vec<Span>,
    },
    /// A list.
    List {
        /// Its items.
        items: Vec<Vec<Span>>,
    },
    /// A table.
    Table {
        /// Heads of the columns.
        head: Vec<Vec<Span>>,
        /// Rows of cells.
        rows: Vec<Vec<Vec<Span>>>,
    },
    /// A picture.
    Picture {
        /// Real text, no scripts, nothing loaded from elsewhere.
        svg: String,
        /// Alternative text.
        alt: String,
    },
}

/// A part of the document, with everything up to the next heading.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TrustPart {
    /// Id within the document.
    pub id: String,
    /// 1 for the whole, 2 for a part, 3 for a part of a part.
    pub level: u32,
    /// Heading.
    pub title: String,
    /// Classic that it speaks of, by id.
    pub classic: Option<String>,
    /// Whether it is the card of an episode of the past.
    pub card: bool,
    /// What it says.
    pub blocks: Vec<TrustBlock>,
}

/// How far to trust this: the generated document, to be read in the window.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TrustPage {
    /// Model that the figures were computed with.
    pub model_version: String,
    /// Its parts, in reading order; the first one holds the title.
    pub parts: Vec<TrustPart>,
}
