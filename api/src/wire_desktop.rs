//! What goes over the wire between the window and the api, in both directions: plain values that read as JSON.
//!
//! The window keeps the document as one immutable value ([`Workspace`]) and asks questions about it; nothing of the model's types
//! is seen there. Numbers that may be missing are `Option`, seeds are `u32`, and nothing is wider than what JSON carries exactly.

use serde::{Deserialize, Serialize};

use crate::wire::{
    ChartLine, DifferenceLine, EventLine, FigureLine, FutureLine, Grades, IndicatorLine, LeverLine, ScenarioLine, ScenarioPage, UncertaintyLine,
};

// What the user chooses about looks and words.

/// Language of all sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    Zh,
    /// English with accents, lengthened: shows what is not translated and what does not fit.
    Pseudo,
}

/// Colours of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Colours {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

/// Colours of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum ThemeChoice {
    /// As the operating system has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// Whether things move on screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum MotionChoice {
    /// As the operating system has it.
    #[default]
    System,
    /// Nothing moves.
    Reduced,
    /// Everything may move.
    Full,
}

/// What the user has set about the program; kept in one file beside the recovery journal, never in a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(default)]
pub struct Settings {
    /// Colours of the window.
    pub theme: ThemeChoice,
    /// Language.
    pub language: Language,
    /// Zoom in per cent, 80 to 200.
    pub scale: u32,
    /// Whether single letters act on a focused chart.
    pub single_letter_keys: bool,
    /// Whether things move.
    pub motion: MotionChoice,
    /// Call-outs that were dismissed, by id.
    pub dismissed: Vec<String>,
    /// The last way in which a chart was exported.
    pub export: ExportPreset,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            theme: ThemeChoice::System,
            language: Language::En,
            scale: 100,
            single_letter_keys: true,
            motion: MotionChoice::System,
            dismissed: Vec::new(),
            export: ExportPreset::default(),
        }
    }
}

// The document.

/// A value that the user set, by its key: `lever[.slot][.domain]`, `uncertainty[.domain]` or `cooperation[.…]`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SetValue {
    /// Key, as after `--set` on the command line.
    pub key: String,
    /// Value, in the unit of the lever or uncertainty.
    pub value: f64,
}

/// A change of a lever over time that the user drew.
///
/// From its first quarter on it takes the place of whatever the scenario does with the lever later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LeverPath {
    /// Lever, or `cooperation`.
    pub lever: String,
    /// Bloc ids, or one pair written `EU-US`; empty for all.
    pub whom: Vec<String>,
    /// Domain, or nothing for all.
    pub domain: Option<String>,
    /// Target, in the unit of the lever.
    pub to: f64,
    /// First quarter, `2027Q1`.
    pub from: String,
    /// Quarters that it takes; 0 is a step.
    pub over: u32,
    /// Why.
    pub because: String,
    /// Name of the dated event that it belongs to.
    pub event: Option<String>,
}

/// A structural switch that the user set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SetSwitch {
    /// Key in the file, `choice`.
    pub key: String,
    /// Setting as written in the file, `threshold`.
    pub value: String,
}

/// A scenario as the user is building it: what a shipped or imported one becomes when these values, paths and events are laid over it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(default)]
pub struct Draft {
    /// Identifier, unique in the workspace: letters, digits, `-` and `_`.
    pub id: String,
    /// Name.
    pub name: String,
    /// Story; empty for that of the base.
    pub story: String,
    /// The shipped scenario that it builds on.
    pub base: String,
    /// Text of an imported scenario file that stands between the base and the changes; nothing otherwise.
    pub text: Option<String>,
    /// Values set; a later one wins over an earlier one that covers the same thing.
    pub values: Vec<SetValue>,
    /// Changes of levers over time.
    pub paths: Vec<LeverPath>,
    /// Dated events.
    pub events: Vec<EventLine>,
    /// Structural switches.
    pub switches: Vec<SetSwitch>,
    /// The user’s remarks.
    pub notes: String,
}

/// A chart on screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ChartChoice {
    /// Chart, by id.
    pub chart: String,
    /// Domain, by id; nothing for all.
    pub domain: Option<String>,
}

/// File formats of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum FileFormat {
    /// Pixels, two to the px.
    Png,
    /// Vectors with real text.
    Svg,
    /// Vectors with embedded fonts.
    Pdf,
    /// The numbers that are drawn.
    Csv,
}

/// Sizes of an exported picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum PageSize {
    /// A slide, 16 to 9.
    #[default]
    Slide,
    /// Half a page of A4.
    HalfPage,
    /// A square.
    Square,
}

/// How a chart is exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(default)]
pub struct ExportPreset {
    /// Formats; one file each.
    pub formats: Vec<FileFormat>,
    /// Size.
    pub size: PageSize,
    /// Colours.
    pub theme: Colours,
    /// Let the title state the finding, where the runs carry it.
    pub takeaway: bool,
}

impl Default for ExportPreset {
    fn default() -> ExportPreset {
        ExportPreset { formats: vec![FileFormat::Png], size: PageSize::Slide, theme: Colours::Light, takeaway: false }
    }
}

/// A document: scenarios, what is shown of them, and remarks. Whatever a file does not have is empty; whatever it has besides is left out.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(default)]
pub struct Workspace {
    /// Version of the format of the file.
    pub format: u32,
    /// Version of the model that its results were made with.
    pub model_version: String,
    /// Title.
    pub title: String,
    /// Scenarios, in the user’s order.
    pub scenarios: Vec<Draft>,
    /// The frozen baseline, by id.
    pub baseline: String,
    /// The scenario that Explore shows, by id.
    pub shown: String,
    /// The scenarios that Compare sets against the baseline, by id.
    pub compared: Vec<String>,
    /// First seed.
    pub seed: u32,
    /// Runs per scenario.
    pub runs: u32,
    /// Number of adopters; nothing for that of each scenario.
    pub adopters: Option<u32>,
    /// The user’s remarks.
    pub notes: String,
    /// Levers and uncertainties that the user keeps at the top, by key.
    pub favourites: Vec<String>,
    /// The lever that a newcomer is invited to move, by key.
    pub highlighted: Option<String>,
    /// Charts shown in Explore, in order.
    pub charts: Vec<ChartChoice>,
    /// How charts are exported.
    pub export: ExportPreset,
}

// What there is to choose from.

/// Everything that does not change while the program runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Library {
    /// Version of the model.
    pub model_version: String,
    /// Shipped scenarios, the baseline first.
    pub scenarios: Vec<ScenarioLine>,
    /// Levers.
    pub levers: Vec<LeverLine>,
    /// Uncertainties.
    pub uncertainties: Vec<UncertaintyLine>,
    /// Indicators.
    pub indicators: Vec<IndicatorLine>,
    /// Charts.
    pub charts: Vec<ChartInfo>,
    /// Structural switches.
    pub switches: Vec<SwitchInfo>,
    /// End states of runs, from least to most split.
    pub futures: Vec<FutureInfo>,
    /// Blocs of the baseline: id and name.
    pub blocs: Vec<(String, String)>,
    /// Domains of the baseline: id and name.
    pub domains: Vec<(String, String)>,
    /// Quarters of the baseline.
    pub quarters: Vec<String>,
    /// Most runs per scenario that the window asks for.
    pub max_runs: u32,
}

/// A chart that can be shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ChartInfo {
    /// Chart.
    #[serde(flatten)]
    pub line: ChartLine,
    /// Whether it shows all compared scenarios in one picture; else it is drawn once for each.
    pub together: bool,
    /// Whether it needs a baseline and at least one more scenario.
    pub compares: bool,
    /// Whether it can be drawn of a single domain.
    pub by_domain: bool,
    /// Whether it shows a single run, so that one can step through runs.
    pub by_run: bool,
    /// Whether it shows a single quarter, so that the years can be played.
    pub by_quarter: bool,
}

/// A structural switch.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SwitchInfo {
    /// Key in the file.
    pub key: String,
    /// Name.
    pub name: String,
    /// What it decides.
    pub reading: String,
    /// Settings: as written in the file, and in words. Empty for a number.
    pub settings: Vec<(String, String)>,
    /// Bounds, for a number.
    pub bounds: Option<(f64, f64)>,
}

/// An end state of runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FutureInfo {
    /// Kind, as in a line of futures.
    pub kind: String,
    /// Name.
    pub name: String,
    /// What it means, in one sentence.
    pub reading: String,
}

// One scenario.

/// What somebody chooses, or what nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum InputKind {
    /// A lever.
    Choice,
    /// An uncertainty, an event, a switch or any other number.
    Assumption,
}

/// Something wrong with a draft, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ProblemLine {
    /// File as shown to people; empty for the draft itself.
    pub file: String,
    /// Line, from 1.
    pub line: Option<u32>,
    /// Key: of a control, `paths[2].to`, `events[1].date`, or of the imported file.
    pub key: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// Something that can be moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Control {
    /// Key to set it by.
    pub key: String,
    /// Lever, uncertainty, or `cooperation`.
    pub id: String,
    /// Choice or assumption.
    pub kind: InputKind,
    /// Heading.
    pub group: String,
    /// Name, with whom and where it holds.
    pub name: String,
    /// Bloc or pair, `EU-US`; nothing for all.
    pub slot: Option<String>,
    /// Domain; nothing for all.
    pub domain: Option<String>,
    /// Value in the draft. For a lever: the level that it has reached in the last quarter, before tension acts on it.
    /// Where slots or domains differ, their mean (`mixed` says so).
    pub value: f64,
    /// Value in the scenario that the draft builds on.
    pub default: f64,
    /// Value in the baseline.
    pub baseline: f64,
    /// Whether the things that it covers have different values.
    pub mixed: bool,
    /// Whether the draft sets it under this very key.
    pub set: bool,
    /// Whether it changes over time, by a path of the draft or of the scenario that it builds on.
    pub moves: bool,
    /// Least value that can be set.
    pub low: f64,
    /// Largest value that can be set.
    pub high: f64,
    /// Lower end of the range that is held plausible.
    pub plausible_low: f64,
    /// Upper end of the range that is held plausible.
    pub plausible_high: f64,
    /// One step of the slider.
    pub step: f64,
    /// Unit in words.
    pub unit: String,
    /// Factor by which it is shown, and the unit beside the number: `(100, "%")` or `(1, "")`.
    pub shown_as: (f64, String),
    /// Source of the value.
    pub source: String,
    /// Measured, estimated or assumed.
    pub grade: String,
    /// Keys of cited figures.
    pub cited: Vec<String>,
    /// Those of them that nobody has verified.
    pub unverified: Vec<String>,
    /// What moving it means.
    pub reading: String,
    /// Steps of the model in which it acts.
    pub used_in: Vec<String>,
}

/// The inputs in which a draft differs from the baseline.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Changed {
    /// Number of choices.
    pub choices: u32,
    /// Number of assumptions.
    pub assumptions: u32,
    /// The inputs.
    pub inputs: Vec<InputDiff>,
}

/// The course of a lever in the draft and in the baseline.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Track {
    /// Key of the control.
    pub key: String,
    /// Quarters.
    pub quarters: Vec<String>,
    /// Values in the draft.
    pub values: Vec<f64>,
    /// Values in the baseline.
    pub baseline: Vec<f64>,
}

/// Everything about one draft that does not need a run.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Inspection {
    /// All problems; with any, everything below speaks of the base alone.
    pub problems: Vec<ProblemLine>,
    /// The scenario, unless there are problems.
    pub page: Option<ScenarioPage>,
    /// Everything that can be moved.
    pub controls: Vec<Control>,
    /// The inputs in which it differs from the baseline.
    pub changed: Changed,
    /// The course of the lever that was asked for.
    pub track: Option<Track>,
    /// The scenario as a file; empty with problems.
    pub toml: String,
}

/// One number of the assumptions ledger.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct LedgerLine {
    /// Dotted key as in the file.
    pub key: String,
    /// Key of the control that sets it, if there is one.
    pub control: Option<String>,
    /// Choice or assumption.
    pub kind: InputKind,
    /// Heading.
    pub group: String,
    /// Name for people.
    pub name: String,
    /// Value.
    pub value: f64,
    /// Value in the scenario that the draft builds on.
    pub default: Option<f64>,
    /// Value in the baseline.
    pub baseline: Option<f64>,
    /// Value of a lever at the end of the runs, where moves bring it to another one that is the same in all places that the line speaks of.
    pub ends: Option<f64>,
    /// Lower end of the plausible range.
    pub low: f64,
    /// Upper end of the plausible range.
    pub high: f64,
    /// Unit.
    pub unit: String,
    /// Source.
    pub source: String,
    /// Measured, estimated or assumed.
    pub grade: String,
    /// Remark, or empty.
    pub note: String,
    /// Keys of cited figures.
    pub cited: Vec<String>,
    /// Those of them that nobody has verified.
    pub unverified: Vec<String>,
    /// File or draft that set it.
    pub set_by: String,
    /// Who changed it from the default: the draft, by name, or a scenario; nothing for a default.
    pub changed_by: Option<String>,
    /// Where it is used.
    pub used_in: Vec<String>,
}

/// The assumptions ledger of a draft.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Ledger {
    /// All numbers.
    pub lines: Vec<LedgerLine>,
    /// How they are founded.
    pub grades: Grades,
}

// Runs.

/// A chart as the window wants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ChartAsk {
    /// Chart, by id.
    pub chart: String,
    /// Domain, by id; nothing for all.
    pub domain: Option<String>,
    /// Width in px of the screen.
    pub width: u32,
    /// Height in px of the screen.
    pub height: u32,
}

/// What the window asks for while a slider moves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ExploreAsk {
    /// Name of this request, to cancel it by; a new one cancels the one before.
    pub ticket: String,
    /// The frozen baseline.
    pub baseline: Draft,
    /// The scenario shown.
    pub shown: Draft,
    /// Runs per scenario.
    pub runs: u32,
    /// Runs of the preview; 0 for none.
    pub preview_runs: u32,
    /// First seed.
    pub seed: u32,
    /// Number of adopters.
    pub adopters: Option<u32>,
    /// Charts.
    pub charts: Vec<ChartAsk>,
    /// Colours.
    pub theme: Colours,
    /// Language.
    pub language: Language,
}

/// How far an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// From few runs.
    Preview,
    /// From part of the runs.
    Partial,
    /// From all runs.
    Full,
    /// Stopped; what is shown stays.
    Cancelled,
}

/// How far the work has come.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Progress {
    /// Ticket of the request.
    pub ticket: String,
    /// Stage of the answer.
    pub stage: Stage,
    /// Runs per scenario that the answer rests on.
    pub runs_done: u32,
    /// Runs per scenario that were asked for.
    pub runs_asked: u32,
    /// Seconds that the rest will take, once that can be told.
    pub seconds_left: Option<f64>,
}

/// The one sentence.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Finding {
    /// The sentence; conditional and neutral.
    pub text: String,
    /// Whether the runs tell a difference.
    pub distinguishable: bool,
    /// Pairs of 100 that agree in the direction of the difference in fragmentation.
    pub agreement: Option<u32>,
}

/// Where the runs of a scenario end.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ScenarioFutures {
    /// Draft, by id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Last quarter.
    pub quarter: String,
    /// End states, most frequent first; they add to 100.
    pub futures: Vec<FutureLine>,
}

/// A place on a figure with the numbers that stand there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ReadoutLine {
    /// Panel, from 0.
    pub panel: u32,
    /// Series.
    pub series: String,
    /// Place in px of the figure.
    pub x: f64,
    /// Place in px of the figure.
    pub y: f64,
    /// Decimal year, where the horizontal axis is time.
    pub year: Option<f64>,
    /// What stands there.
    pub text: String,
    /// The value, where it is one number.
    pub value: Option<f64>,
}

/// One row of the table behind a figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct TableRow {
    /// Scenario.
    pub scenario: String,
    /// Series.
    pub series: String,
    /// Year, quarter or category.
    pub x: String,
    /// Statistic.
    pub statistic: String,
    /// Value drawn; nothing where there is none.
    pub value: Option<f64>,
    /// Unit.
    pub unit: String,
    /// Number of runs behind it.
    pub n_runs: u32,
}

/// What a title may say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Takeaway {
    /// Whether enough runs agree for a title that states a finding.
    pub allowed: bool,
    /// The title that is allowed: a finding, a tendency, or that there is no clear difference.
    pub title: String,
    /// Pairs of 100 that agree.
    pub agreement: u32,
}

/// A figure for the screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ScreenFigure {
    /// Chart, by id.
    pub chart: String,
    /// Domain, by id; nothing for all.
    pub domain: Option<String>,
    /// The picture: real text, no scripts, nothing loaded from elsewhere.
    pub svg: String,
    /// Width in px.
    pub width: f64,
    /// Height in px.
    pub height: f64,
    /// Title.
    pub title: String,
    /// Alternative text.
    pub alt: String,
    /// How to read it.
    pub how_to_read: String,
    /// What must be said beside the picture and is not part of it; empty for a projector, where the picture says it.
    pub notes: Vec<String>,
    /// How many of the inputs rest on figures that nobody has verified, and how many inputs there are; nothing when none does.
    pub unverified: Option<(u32, u32)>,
    /// What to show when a pointer comes near.
    pub readouts: Vec<ReadoutLine>,
    /// What a takeaway title may say; nothing where no scenarios are compared.
    pub takeaway: Option<Takeaway>,
    /// The run that is shown, and out of how many; for charts of a single run.
    pub run: Option<(u32, u32)>,
    /// The quarter that is shown; for charts of a single quarter.
    pub quarter: Option<String>,
    /// Why it could not be drawn; then there is no picture.
    pub unsuited: Option<String>,
}

/// An answer to [`ExploreAsk`]; each replaces the one before.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Step {
    /// How far it is.
    #[serde(flatten)]
    pub progress: Progress,
    /// The one sentence.
    pub finding: Finding,
    /// Where the runs end, the baseline first.
    pub futures: Vec<ScenarioFutures>,
    /// Headline figures of the scenario shown, with paired differences to the baseline.
    pub headlines: Vec<FigureLine>,
    /// Figures, in the order asked for.
    pub figures: Vec<ScreenFigure>,
    /// Keys of the results, the baseline first, to ask for further figures by.
    pub results: Vec<String>,
}

/// What is wanted of a single figure.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(default)]
pub struct FigureWish {
    /// Colours.
    pub theme: Colours,
    /// Size of a page; nothing for `width` and `height` in px of the screen.
    pub size: Option<PageSize>,
    /// Projector: text and lines for the back row.
    pub projector: bool,
    /// Width in px.
    pub width: u32,
    /// Height in px.
    pub height: u32,
    /// Domain, by id.
    pub domain: Option<String>,
    /// Run, from 0; nothing for the chart’s own choice.
    pub run: Option<u32>,
    /// Quarter; nothing for the last.
    pub quarter: Option<String>,
    /// Let the title state the finding, where the runs carry it.
    pub takeaway: bool,
    /// Language.
    pub language: Language,
}

/// Asks for a figure of results that are there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct FigureAsk {
    /// Keys of the results, the baseline first.
    pub results: Vec<String>,
    /// Chart, by id.
    pub chart: String,
    /// What is wanted.
    pub wish: FigureWish,
}

/// Asks for a comparison.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CompareAsk {
    /// Name of this request.
    pub ticket: String,
    /// The baseline, then two to four scenarios (one will do).
    pub drafts: Vec<Draft>,
    /// Runs per scenario.
    pub runs: u32,
    /// First seed.
    pub seed: u32,
    /// Number of adopters.
    pub adopters: Option<u32>,
    /// Small multiples: each chart is drawn once per scenario on shared axes, or once of all where it compares by itself.
    pub charts: Vec<ChartAsk>,
    /// Colours.
    pub theme: Colours,
    /// Language.
    pub language: Language,
}

/// A value over runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Spread {
    /// Mean.
    pub mean: Option<f64>,
    /// 5 per cent of runs lie below.
    pub q05: Option<f64>,
    /// The middle run.
    pub q50: Option<f64>,
    /// 5 per cent of runs lie above.
    pub q95: Option<f64>,
}

/// One scenario in a row of outcomes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct OutcomeCell {
    /// Draft, by id.
    pub scenario: String,
    /// Value over runs.
    pub spread: Spread,
    /// Paired difference to the baseline.
    pub difference: Option<DifferenceLine>,
    /// Difference relative to the larger of the two means, in per cent; rows are sorted by the largest.
    pub relative: f64,
    /// Run agreement in words: “higher in 98 of 100”.
    pub agreement: String,
    /// A warning where the difference cannot be told from nothing, or empty.
    pub caution: String,
}

/// One outcome in all scenarios.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct OutcomeRow {
    /// Indicator.
    pub indicator: String,
    /// Name.
    pub name: String,
    /// Whom it speaks of.
    pub entity: String,
    /// Unit.
    pub unit: String,
    /// The quarter that it speaks of.
    pub quarter: String,
    /// The baseline.
    pub baseline: Spread,
    /// The others.
    pub cells: Vec<OutcomeCell>,
}

/// An input that is not the same in all scenarios.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct InputDiff {
    /// Key of the control that sets it, or key in the file.
    pub key: String,
    /// Choice or assumption.
    pub kind: InputKind,
    /// Heading.
    pub group: String,
    /// Name, with whom and where.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Whether it is the course over time that differs; the values are those of the last quarter.
    pub over_time: bool,
    /// Values, the baseline first; nothing where it has none or is a word.
    pub values: Vec<Option<f64>>,
    /// Values as shown, the baseline first.
    pub shown: Vec<String>,
}

/// A chart of several scenarios, side by side on shared axes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SmallMultiples {
    /// Chart, by id.
    pub chart: String,
    /// Name of the chart.
    pub name: String,
    /// Whether one figure shows all scenarios.
    pub together: bool,
    /// Figures: one for all, or one per scenario in order, the baseline first.
    pub figures: Vec<ScreenFigure>,
}

/// An answer to [`CompareAsk`]; each replaces the one before.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CompareStep {
    /// How far it is.
    #[serde(flatten)]
    pub progress: Progress,
    /// Where the runs end, the baseline first.
    pub futures: Vec<ScenarioFutures>,
    /// Outcomes, the relatively largest difference first.
    pub outcomes: Vec<OutcomeRow>,
    /// One sentence per scenario.
    pub findings: Vec<Finding>,
    /// Small multiples, in the order asked for.
    pub charts: Vec<SmallMultiples>,
    /// Inputs that differ.
    pub inputs: Vec<InputDiff>,
    /// Keys of the results, the baseline first.
    pub results: Vec<String>,
}

/// Asks why two scenarios differ.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct WhyAsk {
    /// Name of this request.
    pub ticket: String,
    /// The baseline.
    pub baseline: Draft,
    /// The other scenario.
    pub other: Draft,
    /// Runs per combination of changes.
    pub runs: u32,
    /// First seed.
    pub seed: u32,
    /// Number of adopters.
    pub adopters: Option<u32>,
    /// Indicator; of the world.
    pub indicator: String,
    /// Quarter; nothing for the last.
    pub quarter: Option<String>,
    /// Language.
    pub language: Language,
}

/// A part of a difference.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct WhyPart {
    /// Name.
    pub name: String,
    /// Mean over pairs of runs, in the unit of the indicator.
    pub mean: f64,
    /// Half-width of the 95 per cent interval of the mean.
    pub half_width: Option<f64>,
    /// Share of the whole in per cent; all parts add to 100. Nothing where the whole cannot be told from 0.
    pub percent: Option<i32>,
}

/// A group of changed inputs and its part of the difference.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct WhyGroup {
    /// Its Shapley value.
    #[serde(flatten)]
    pub part: WhyPart,
    /// Choice or assumption.
    pub kind: InputKind,
    /// The inputs in it, by name.
    pub inputs: Vec<String>,
}

/// Why two scenarios differ.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct WhyAnswer {
    /// Indicator.
    pub indicator: String,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Quarter.
    pub quarter: String,
    /// The whole difference.
    pub total: WhyPart,
    /// What the choices do alone, what the assumptions do alone, and what they do only together.
    pub parts: Vec<WhyPart>,
    /// The same difference by groups of inputs: exact Shapley values.
    pub groups: Vec<WhyGroup>,
    /// What was put together so that at most six groups remain, or empty.
    pub merged: String,
    /// The answer in one sentence.
    pub sentence: String,
    /// Whether the whole can be told from 0.
    pub distinguishable: bool,
}

/// An answer to [`WhyAsk`].
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct WhyStep {
    /// How far it is.
    #[serde(flatten)]
    pub progress: Progress,
    /// The answer, from the runs done so far; nothing before the first.
    pub answer: Option<WhyAnswer>,
}

// Documents.

/// How a document was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// As it was saved.
    Whole,
    /// Made with an older model: its results may differ from new runs.
    OlderModel,
    /// Made with a newer model or format: it can be read, not changed.
    Newer,
    /// Damaged: some of it was saved.
    Damaged,
}

/// An opened document.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Opened {
    /// The document.
    pub workspace: Workspace,
    /// Its file; nothing when it has none yet.
    pub path: Option<String>,
    /// How it was found.
    pub condition: Condition,
    /// Whether it must not be changed.
    pub read_only: bool,
    /// What the user should know, in sentences: what was saved, what was lost, what next.
    pub notices: Vec<String>,
    /// Whether results are stored in it, so that a re-run can be compared with them.
    pub has_results: bool,
}

/// A saved file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Saved {
    /// The files written.
    pub paths: Vec<String>,
    /// When, in UTC: `2026-03-02T09:30:00Z`.
    pub when: String,
}

/// Asks to save a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct SaveAsk {
    /// The document.
    pub workspace: Workspace,
    /// Results to store in it, by key: headline figures, and what is needed to tell whether they come out the same.
    pub results: Vec<String>,
    /// Chart for the thumbnail, of these results; nothing for none.
    pub thumbnail: Option<String>,
}

/// A document that was open lately.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RecentLine {
    /// File.
    pub path: String,
    /// Title.
    pub title: String,
    /// When it was last saved or opened, in UTC.
    pub when: String,
    /// A small picture as a `data:` address, or nothing.
    pub thumbnail: Option<String>,
    /// Whether the file is still there.
    pub exists: bool,
}

/// Work that was not saved when the program ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RecoveryLine {
    /// Id, to recover or discard it by.
    pub id: String,
    /// File that it belongs to, or nothing.
    pub path: Option<String>,
    /// Title.
    pub title: String,
    /// When it was last written, in UTC.
    pub when: String,
}

/// An earlier state of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct VersionLine {
    /// Id, to restore it by.
    pub id: String,
    /// When it was saved, in UTC.
    pub when: String,
    /// Title.
    pub title: String,
    /// Names of its scenarios.
    pub scenarios: Vec<String>,
}

/// A figure that a re-run gave, beside the stored one.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RerunLine {
    /// Scenario, by name.
    pub scenario: String,
    /// Indicator, by name.
    pub name: String,
    /// Whom it speaks of.
    pub entity: String,
    /// Unit.
    pub unit: String,
    /// Mean stored.
    pub stored: Option<f64>,
    /// Mean now.
    pub now: Option<f64>,
}

/// What running a document’s scenarios again showed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RerunStep {
    /// How far it is.
    #[serde(flatten)]
    pub progress: Progress,
    /// The verdict in one line; empty before the end.
    pub verdict: String,
    /// Whether every number is the same.
    pub identical: bool,
    /// Figures that differ, the relatively largest difference first.
    pub lines: Vec<RerunLine>,
}

/// Asks to run a document’s stored results again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct RerunAsk {
    /// Name of this request.
    pub ticket: String,
    /// File of the document.
    pub path: String,
    /// Language.
    pub language: Language,
}

/// Asks to export a chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ExportAsk {
    /// The figure as it is seen; size and colours come from the preset.
    pub figure: FigureAsk,
    /// How it is exported.
    pub preset: ExportPreset,
}

/// Form of an exported scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum ScenarioFormat {
    /// The scenario file, which loads back to the same scenario.
    Toml,
    /// Its numbers with unit, range, source and grade, for a spreadsheet.
    Csv,
}

/// An imported scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Imported {
    /// The draft, ready to be added to the workspace.
    pub draft: Draft,
    /// What the user should know, in sentences.
    pub notices: Vec<String>,
}

// The window around it.

/// Words of a system dialog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DialogWords {
    /// Title of the dialog.
    pub title: String,
    /// What the files are called.
    pub kind: String,
    /// Endings of their names.
    pub extensions: Vec<String>,
    /// Name proposed.
    pub name: String,
}

/// What the window says when the page begins to listen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Hello {
    /// File that the program was started with.
    pub opened: Option<String>,
    /// Version of the program.
    pub app_version: String,
    /// Version of the model.
    pub model_version: String,
    /// Version of the web view.
    pub webview_version: String,
    /// Colours of the operating system.
    pub system_theme: Colours,
    /// What is known of a crash of the last session.
    pub crashed: Option<String>,
}

/// Kinds of entries of a native menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum MenuKind {
    /// A command.
    Command,
    /// A command that can be ticked.
    Check,
    /// A line.
    Separator,
    /// A menu within.
    Menu,
}

/// An entry of a native menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct MenuItem {
    /// Kind.
    pub kind: MenuKind,
    /// Id, sent back when it is activated.
    pub id: String,
    /// Label.
    pub label: String,
    /// Keys, `CmdOrCtrl+S`; nothing for none.
    pub accelerator: Option<String>,
    /// Whether it can be activated.
    pub enabled: bool,
    /// Whether it is ticked.
    pub checked: bool,
    /// Entries of a menu within.
    pub items: Vec<MenuItem>,
}

/// The native menu bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct MenuModel {
    /// Menus, each an entry of kind `menu`.
    pub menus: Vec<MenuItem>,
}

/// What the audience sees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct AudienceState {
    /// The picture, or nothing.
    pub figure: Option<ScreenFigure>,
    /// What to ask for when it must be drawn anew.
    pub ask: Option<FigureAsk>,
    /// One line above it.
    pub title: String,
    /// One line below it.
    pub note: String,
    /// Whether the screen is blank.
    pub blank: bool,
    /// Colours.
    pub theme: Colours,
    /// Language of the texts.
    pub language: Language,
}

/// All types that cross the wire, as one TypeScript module.
#[cfg(feature = "bindings")]
pub fn bindings() -> String {
    use ts_rs::TS;

    fn declared<T: TS>(all: &mut String) {
        let config = ts_rs::Config::default();
        let text = T::docs().unwrap_or_default();
        all.push_str(&text);
        all.push_str("export ");
        all.push_str(&T::decl(&config));
        all.push_str("\n\n");
    }
    let mut all = String::from("// Written by `cargo xtask bindings` from the types in api/src/wire*.rs. Do not edit.\n\n");
    macro_rules! declare {
        ($($name:ty),* $(,)?) => { $(declared::<$name>(&mut all);)* };
    }
    declare!(
        crate::refusal::Code,
        crate::Refusal,
        crate::evidence::Figure,
        ScenarioLine,
        crate::wire::NumberLine,
        crate::wire::MoveLine,
        EventLine,
        crate::wire::SwitchLine,
        Grades,
        ScenarioPage,
        LeverLine,
        UncertaintyLine,
        IndicatorLine,
        ChartLine,
        FutureLine,
        FigureLine,
        DifferenceLine,
        Language,
        Colours,
        ThemeChoice,
        MotionChoice,
        Settings,
        SetValue,
        LeverPath,
        SetSwitch,
        Draft,
        ChartChoice,
        FileFormat,
        PageSize,
        ExportPreset,
        Workspace,
        Library,
        ChartInfo,
        SwitchInfo,
        FutureInfo,
        InputKind,
        ProblemLine,
        Control,
        Changed,
        Track,
        Inspection,
        LedgerLine,
        Ledger,
        ChartAsk,
        ExploreAsk,
        Stage,
        Progress,
        Finding,
        ScenarioFutures,
        ReadoutLine,
        TableRow,
        Takeaway,
        ScreenFigure,
        Step,
        FigureWish,
        FigureAsk,
        CompareAsk,
        Spread,
        OutcomeCell,
        OutcomeRow,
        InputDiff,
        SmallMultiples,
        CompareStep,
        WhyAsk,
        WhyPart,
        WhyGroup,
        WhyAnswer,
        WhyStep,
        Condition,
        Opened,
        Saved,
        SaveAsk,
        RecentLine,
        RecoveryLine,
        VersionLine,
        RerunLine,
        RerunStep,
        RerunAsk,
        ExportAsk,
        ScenarioFormat,
        Imported,
        DialogWords,
        Hello,
        MenuKind,
        MenuItem,
        MenuModel,
        AudienceState,
        crate::wire_trust::ParameterKind,
        crate::wire_trust::ClassicParameter,
        crate::wire_trust::ClassicInfo,
        crate::wire_trust::ClassicAsk,
        crate::wire_trust::FieldProblem,
        crate::wire_trust::BesideLine,
        crate::wire_trust::ClassicAnswer,
        crate::wire_trust::ClassicStep,
        crate::wire_trust::SpanStyle,
        crate::wire_trust::Span,
        crate::wire_trust::TrustBlock,
        crate::wire_trust::TrustPart,
        crate::wire_trust::TrustPage,
    );
    all.truncate(all.trim_end().len());
    all.push('\n');
    all
}
