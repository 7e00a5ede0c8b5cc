//! What goes over the wire to a client: plain values that read as JSON. The command line and the window see these, never the model's types.

use serde::{Deserialize, Serialize};

/// A scenario in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ScenarioLine {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// First sentence of the story.
    pub gist: String,
    /// The scenario that it extends, or nothing.
    pub extends: Option<String>,
}

/// A number of a scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct NumberLine {
    /// Dotted key as in the file.
    pub key: String,
    /// Value used.
    pub value: f64,
    /// Value in the baseline, where it differs.
    pub baseline: Option<f64>,
    /// Lower end of the plausible range.
    pub low: f64,
    /// Upper end of the plausible range.
    pub high: f64,
    /// Unit.
    pub unit: String,
    /// Source.
    pub source: String,
    /// Measured, estimated or assumed.
    pub grade: &'static str,
    /// Remark, or empty.
    pub note: String,
    /// File that set it.
    pub set_by: String,
    /// Keys of cited figures that nobody has verified.
    pub unverified: Vec<String>,
}

/// A change of a lever over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct MoveLine {
    /// Lever, or `cooperation`.
    pub lever: String,
    /// Name of the lever.
    pub name: String,
    /// Blocs, pair and domain that it is restricted to; empty for all.
    pub whom: Vec<String>,
    /// Target.
    pub to: f64,
    /// Unit of the target.
    pub unit: String,
    /// First quarter.
    pub from: String,
    /// Quarters that it takes.
    pub over: u32,
    /// Why.
    pub because: String,
    /// Dated event that it belongs to.
    pub event: Option<String>,
    /// Source of the target.
    pub source: String,
    /// Measured, estimated or assumed.
    pub grade: &'static str,
    /// File that wrote it.
    pub set_by: String,
    /// Keys of cited figures that nobody has verified.
    pub unverified: Vec<String>,
}

/// A dated event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct EventLine {
    /// Quarter.
    pub date: String,
    /// Name.
    pub name: String,
    /// One sentence.
    pub note: String,
    /// Added to tension.
    pub tension_shock: f64,
}

/// A structural switch that differs from the baseline.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SwitchLine {
    /// Key in the file.
    pub key: &'static str,
    /// Setting.
    pub value: String,
    /// Setting in the baseline.
    pub baseline: String,
}

/// How many numbers rest on what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Grades {
    /// Read off a published figure.
    pub measured: usize,
    /// Derived from published figures.
    pub estimated: usize,
    /// A judgement.
    pub assumed: usize,
    /// Of all these: resting on a figure that nobody has verified.
    pub unverified: usize,
}

/// A scenario in full.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ScenarioPage {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Parents, nearest first.
    pub extends: Vec<String>,
    /// Paragraphs.
    pub story: Vec<String>,
    /// First quarter.
    pub from: String,
    /// Last quarter.
    pub to: String,
    /// Number of adopters.
    pub adopters: usize,
    /// Blocs: id and name.
    pub blocs: Vec<(String, String)>,
    /// Domains: id and name.
    pub domains: Vec<(String, String)>,
    /// Moves.
    pub moves: Vec<MoveLine>,
    /// Events.
    pub events: Vec<EventLine>,
    /// Structural switches that differ from the baseline.
    pub switches: Vec<SwitchLine>,
    /// Numbers: those that differ from the baseline, or all.
    pub numbers: Vec<NumberLine>,
    /// How all its numbers are founded.
    pub grades: Grades,
}

/// A lever.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LeverLine {
    /// Key.
    pub id: &'static str,
    /// Name.
    pub name: String,
    /// What it is set for: world, bloc, pair of blocs.
    pub per: &'static str,
    /// Unit.
    pub unit: String,
    /// Smallest value.
    pub low: f64,
    /// Largest value.
    pub high: f64,
    /// Value at full decoupling.
    pub decoupling: f64,
    /// Value at full cooperation.
    pub cooperation: f64,
    /// Values today, per bloc or pair, in the baseline.
    pub today: Vec<(String, f64)>,
    /// Heading.
    pub group: String,
    /// What moving it means.
    pub reading: String,
}

/// An uncertainty.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct UncertaintyLine {
    /// Key.
    pub id: &'static str,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Values in the baseline with plausible range, per domain where it has several.
    pub values: Vec<NumberLine>,
    /// Heading.
    pub group: String,
    /// What it means.
    pub reading: String,
}

/// An indicator.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct IndicatorLine {
    /// Key.
    pub id: &'static str,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Smallest possible value.
    pub low: f64,
    /// Largest possible value; nothing when there is none.
    pub high: Option<f64>,
    /// Formula.
    pub formula: &'static str,
    /// How to read it.
    pub reading: String,
}

/// A chart that can be drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ChartLine {
    /// Key.
    pub id: &'static str,
    /// Name.
    pub name: String,
    /// The question that it answers.
    pub question: String,
    /// How to read it.
    pub how_to_read: String,
}

/// The outcome of one or more scenarios at the last quarter.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Outcome {
    /// Version of the model.
    pub model_version: &'static str,
    /// First seed.
    pub seed: u32,
    /// Runs asked for per scenario.
    pub runs_asked: usize,
    /// Runs done per scenario.
    pub runs_done: usize,
    /// Scenarios; the first is the baseline.
    pub scenarios: Vec<ScenarioOutcome>,
    /// Files written, if any.
    pub files: Vec<String>,
}

/// The outcome of one scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ScenarioOutcome {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// The quarter that the figures speak of.
    pub quarter: String,
    /// Where the runs end, most frequent first.
    pub futures: Vec<FutureLine>,
    /// Figures.
    pub figures: Vec<FigureLine>,
    /// Mean fragmentation in each quarter.
    pub fragmentation: Vec<(String, f64)>,
}

/// A way in which runs end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FutureLine {
    /// Kind of end state: `single-market`, `common-core`, `bridge`, `two-blocs` or `split`.
    pub kind: &'static str,
    /// Name.
    pub name: String,
    /// Number of runs.
    pub runs: usize,
    /// Of 100 runs; all lines together add to 100.
    pub of_100: usize,
}

/// A figure, with its paired difference to the baseline.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FigureLine {
    /// Indicator.
    pub indicator: &'static str,
    /// Name of the indicator.
    pub name: String,
    /// Whom it speaks of.
    pub entity: String,
    /// Unit.
    pub unit: String,
    /// Mean over runs.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub mean: f64,
    /// Half-width of the 95 per cent interval of the mean.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub half_width: f64,
    /// 5 per cent of runs lie below.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub q05: f64,
    /// The middle run.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub q50: f64,
    /// 5 per cent of runs lie above.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub q95: f64,
    /// Difference to the baseline; nothing for the baseline.
    pub difference: Option<DifferenceLine>,
}

/// A paired difference to the baseline.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DifferenceLine {
    /// Mean.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub mean: f64,
    /// Half-width of the 95 per cent interval of the mean.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub half_width: f64,
    /// Run agreement: share of pairs in which the scenario exceeds the baseline.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub run_agreement: f64,
    /// Share of pairs in which it lies below.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub share_lower: f64,
    /// Whether the mean can be told from 0.
    pub distinguishable: bool,
    /// Further runs that would decide, where it cannot.
    pub further_runs: Option<usize>,
}
