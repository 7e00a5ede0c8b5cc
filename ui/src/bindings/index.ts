// Written by `cargo xtask bindings` from the types in api/src/wire*.rs. Do not edit.

/**
 * Kinds of refusal that callers branch on.
 */
export type Code = "bad-input" | "cannot-write" | "interrupted" | "failed";

/**
 * Why something was not done.
 */
export type Refusal = { 
/**
 * Kind.
 */
code: Code, 
/**
 * What happened, what is safe, what next.
 */
message: string, 
/**
 * One line per problem, where there are several.
 */
details: Array<string>, };

/**
 * A sourced figure: one row of an evidence file.
 */
export type Figure = { 
/**
 * Key by which it is cited.
 */
key: string, 
/**
 * Value as published (a number, a range or a word).
 */
value: string, 
/**
 * Unit in words.
 */
unit: string, 
/**
 * Year or period.
 */
year: string, 
/**
 * Place.
 */
geography: string, 
/**
 * What it measures.
 */
what: string, 
/**
 * Title of the source.
 */
source: string, 
/**
 * Publisher.
 */
publisher: string, 
/**
 * Where it was read.
 */
address: string, 
/**
 * `verified` (read in a page) or `unverified` (from memory).
 */
status: string, 
/**
 * Kind of source, e.g. primary or secondary.
 */
basis: string, 
/**
 * Remark.
 */
note: string, };

/**
 * A scenario in a list.
 */
export type ScenarioLine = { 
/**
 * Id.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * First sentence of the story.
 */
gist: string, 
/**
 * The scenario that it extends, or nothing.
 */
extends: string | null, };

/**
 * A number of a scenario.
 */
export type NumberLine = { 
/**
 * Dotted key as in the file.
 */
key: string, 
/**
 * Value used.
 */
value: number, 
/**
 * Value in the baseline, where it differs.
 */
baseline: number | null, 
/**
 * Lower end of the plausible range.
 */
low: number, 
/**
 * Upper end of the plausible range.
 */
high: number, 
/**
 * Unit.
 */
unit: string, 
/**
 * Source.
 */
source: string, 
/**
 * Measured, estimated or assumed.
 */
grade: string, 
/**
 * Remark, or empty.
 */
note: string, 
/**
 * File that set it.
 */
set_by: string, 
/**
 * Keys of cited figures that nobody has verified.
 */
unverified: Array<string>, };

/**
 * A change of a lever over time.
 */
export type MoveLine = { 
/**
 * Lever, or `cooperation`.
 */
lever: string, 
/**
 * Name of the lever.
 */
name: string, 
/**
 * Blocs, pair and domain that it is restricted to; empty for all.
 */
whom: Array<string>, 
/**
 * Target.
 */
to: number, 
/**
 * Unit of the target.
 */
unit: string, 
/**
 * First quarter.
 */
from: string, 
/**
 * Quarters that it takes.
 */
over: number, 
/**
 * Why.
 */
because: string, 
/**
 * Dated event that it belongs to.
 */
event: string | null, 
/**
 * Source of the target.
 */
source: string, 
/**
 * Measured, estimated or assumed.
 */
grade: string, 
/**
 * File that wrote it.
 */
set_by: string, 
/**
 * Keys of cited figures that nobody has verified.
 */
unverified: Array<string>, };

/**
 * A dated event.
 */
export type EventLine = { 
/**
 * Quarter.
 */
date: string, 
/**
 * Name.
 */
name: string, 
/**
 * One sentence.
 */
note: string, 
/**
 * Added to tension.
 */
tension_shock: number, };

/**
 * A structural switch that differs from the baseline.
 */
export type SwitchLine = { 
/**
 * Key in the file.
 */
key: string, 
/**
 * Setting.
 */
value: string, 
/**
 * Setting in the baseline.
 */
baseline: string, };

/**
 * How many numbers rest on what.
 */
export type Grades = { 
/**
 * Read off a published figure.
 */
measured: number, 
/**
 * Derived from published figures.
 */
estimated: number, 
/**
 * A judgement.
 */
assumed: number, 
/**
 * Of all these: resting on a figure that nobody has verified.
 */
unverified: number, };

/**
 * A scenario in full.
 */
export type ScenarioPage = { 
/**
 * Id.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Parents, nearest first.
 */
extends: Array<string>, 
/**
 * Paragraphs.
 */
story: Array<string>, 
/**
 * First quarter.
 */
from: string, 
/**
 * Last quarter.
 */
to: string, 
/**
 * Number of adopters.
 */
adopters: number, 
/**
 * Blocs: id and name.
 */
blocs: Array<[string, string]>, 
/**
 * Domains: id and name.
 */
domains: Array<[string, string]>, 
/**
 * Moves.
 */
moves: Array<MoveLine>, 
/**
 * Events.
 */
events: Array<EventLine>, 
/**
 * Structural switches that differ from the baseline.
 */
switches: Array<SwitchLine>, 
/**
 * Numbers: those that differ from the baseline, or all.
 */
numbers: Array<NumberLine>, 
/**
 * How all its numbers are founded.
 */
grades: Grades, };

/**
 * A lever.
 */
export type LeverLine = { 
/**
 * Key.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * What it is set for: world, bloc, pair of blocs.
 */
per: string, 
/**
 * Unit.
 */
unit: string, 
/**
 * Smallest value.
 */
low: number, 
/**
 * Largest value.
 */
high: number, 
/**
 * Value at full decoupling.
 */
decoupling: number, 
/**
 * Value at full cooperation.
 */
cooperation: number, 
/**
 * Values today, per bloc or pair, in the baseline.
 */
today: Array<[string, number]>, 
/**
 * Heading.
 */
group: string, 
/**
 * What moving it means.
 */
reading: string, };

/**
 * An uncertainty.
 */
export type UncertaintyLine = { 
/**
 * Key.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Unit.
 */
unit: string, 
/**
 * Values in the baseline with plausible range, per domain where it has several.
 */
values: Array<NumberLine>, 
/**
 * Heading.
 */
group: string, 
/**
 * What it means.
 */
reading: string, };

/**
 * An indicator.
 */
export type IndicatorLine = { 
/**
 * Key.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Unit.
 */
unit: string, 
/**
 * Smallest possible value.
 */
low: number, 
/**
 * Largest possible value; nothing when there is none.
 */
high: number | null, 
/**
 * Formula.
 */
formula: string, 
/**
 * How to read it.
 */
reading: string, };

/**
 * A chart that can be drawn.
 */
export type ChartLine = { 
/**
 * Key.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * The question that it answers.
 */
question: string, 
/**
 * How to read it.
 */
how_to_read: string, };

/**
 * A way in which runs end.
 */
export type FutureLine = { 
/**
 * Kind of end state: `single-market`, `common-core`, `bridge`, `two-blocs` or `split`.
 */
kind: string, 
/**
 * Name.
 */
name: string, 
/**
 * Number of runs.
 */
runs: number, 
/**
 * Of 100 runs; all lines together add to 100.
 */
of_100: number, };

/**
 * A figure, with its paired difference to the baseline.
 */
export type FigureLine = { 
/**
 * Indicator.
 */
indicator: string, 
/**
 * Name of the indicator.
 */
name: string, 
/**
 * Whom it speaks of.
 */
entity: string, 
/**
 * Unit.
 */
unit: string, 
/**
 * Mean over runs.
 */
mean: number | null, 
/**
 * Half-width of the 95 per cent interval of the mean.
 */
half_width: number | null, 
/**
 * 5 per cent of runs lie below.
 */
q05: number | null, 
/**
 * The middle run.
 */
q50: number | null, 
/**
 * 5 per cent of runs lie above.
 */
q95: number | null, 
/**
 * Difference to the baseline; nothing for the baseline.
 */
difference: DifferenceLine | null, };

/**
 * A paired difference to the baseline.
 */
export type DifferenceLine = { 
/**
 * Mean.
 */
mean: number | null, 
/**
 * Half-width of the 95 per cent interval of the mean.
 */
half_width: number | null, 
/**
 * Run agreement: share of pairs in which the scenario exceeds the baseline.
 */
run_agreement: number | null, 
/**
 * Share of pairs in which it lies below.
 */
share_lower: number | null, 
/**
 * Whether the mean can be told from 0.
 */
distinguishable: boolean, 
/**
 * Further runs that would decide, where it cannot.
 */
further_runs: number | null, };

/**
 * Language of all sentences.
 */
export type Language = "en" | "zh" | "pseudo";

/**
 * Colours of a picture.
 */
export type Colours = "light" | "dark";

/**
 * Colours of the window.
 */
export type ThemeChoice = "system" | "light" | "dark";

/**
 * Whether things move on screen.
 */
export type MotionChoice = "system" | "reduced" | "full";

/**
 * What the user has set about the program; kept in one file beside the recovery journal, never in a document.
 */
export type Settings = { 
/**
 * Colours of the window.
 */
theme: ThemeChoice, 
/**
 * Language.
 */
language: Language, 
/**
 * Zoom in per cent, 80 to 200.
 */
scale: number, 
/**
 * Whether single letters act on a focused chart.
 */
single_letter_keys: boolean, 
/**
 * Whether things move.
 */
motion: MotionChoice, 
/**
 * Call-outs that were dismissed, by id.
 */
dismissed: Array<string>, 
/**
 * The last way in which a chart was exported.
 */
export: ExportPreset, };

/**
 * A value that the user set, by its key: `lever[.slot][.domain]`, `uncertainty[.domain]` or `cooperation[.…]`.
 */
export type SetValue = { 
/**
 * Key, as after `--set` on the command line.
 */
key: string, 
/**
 * Value, in the unit of the lever or uncertainty.
 */
value: number, };

/**
 * A change of a lever over time that the user drew.
 *
 * From its first quarter on it takes the place of whatever the scenario does with the lever later.
 */
export type LeverPath = { 
/**
 * Lever, or `cooperation`.
 */
lever: string, 
/**
 * Bloc ids, or one pair written `EU-US`; empty for all.
 */
whom: Array<string>, 
/**
 * Domain, or nothing for all.
 */
domain: string | null, 
/**
 * Target, in the unit of the lever.
 */
to: number, 
/**
 * First quarter, `2027Q1`.
 */
from: string, 
/**
 * Quarters that it takes; 0 is a step.
 */
over: number, 
/**
 * Why.
 */
because: string, 
/**
 * Name of the dated event that it belongs to.
 */
event: string | null, };

/**
 * A structural switch that the user set.
 */
export type SetSwitch = { 
/**
 * Key in the file, `choice`.
 */
key: string, 
/**
 * Setting as written in the file, `threshold`.
 */
value: string, };

/**
 * A scenario as the user is building it: what a shipped or imported one becomes when these values, paths and events are laid over it.
 */
export type Draft = { 
/**
 * Identifier, unique in the workspace: letters, digits, `-` and `_`.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Story; empty for that of the base.
 */
story: string, 
/**
 * The shipped scenario that it builds on.
 */
base: string, 
/**
 * Text of an imported scenario file that stands between the base and the changes; nothing otherwise.
 */
text: string | null, 
/**
 * Values set; a later one wins over an earlier one that covers the same thing.
 */
values: Array<SetValue>, 
/**
 * Changes of levers over time.
 */
paths: Array<LeverPath>, 
/**
 * Dated events.
 */
events: Array<EventLine>, 
/**
 * Structural switches.
 */
switches: Array<SetSwitch>, 
/**
 * The user’s remarks.
 */
notes: string, };

/**
 * A chart on screen.
 */
export type ChartChoice = { 
/**
 * Chart, by id.
 */
chart: string, 
/**
 * Domain, by id; nothing for all.
 */
domain: string | null, };

/**
 * File formats of a chart.
 */
export type FileFormat = "png" | "svg" | "pdf" | "csv";

/**
 * Sizes of an exported picture.
 */
export type PageSize = "slide" | "half-page" | "square";

/**
 * How a chart is exported.
 */
export type ExportPreset = { 
/**
 * Formats; one file each.
 */
formats: Array<FileFormat>, 
/**
 * Size.
 */
size: PageSize, 
/**
 * Colours.
 */
theme: Colours, 
/**
 * Let the title state the finding, where the runs carry it.
 */
takeaway: boolean, };

/**
 * A document: scenarios, what is shown of them, and remarks. Whatever a file does not have is empty; whatever it has besides is left out.
 */
export type Workspace = { 
/**
 * Version of the format of the file.
 */
format: number, 
/**
 * Version of the model that its results were made with.
 */
model_version: string, 
/**
 * Title.
 */
title: string, 
/**
 * Scenarios, in the user’s order.
 */
scenarios: Array<Draft>, 
/**
 * The frozen baseline, by id.
 */
baseline: string, 
/**
 * The scenario that Explore shows, by id.
 */
shown: string, 
/**
 * The scenarios that Compare sets against the baseline, by id.
 */
compared: Array<string>, 
/**
 * First seed.
 */
seed: number, 
/**
 * Runs per scenario.
 */
runs: number, 
/**
 * Number of adopters; nothing for that of each scenario.
 */
adopters: number | null, 
/**
 * The user’s remarks.
 */
notes: string, 
/**
 * Levers and uncertainties that the user keeps at the top, by key.
 */
favourites: Array<string>, 
/**
 * The lever that a newcomer is invited to move, by key.
 */
highlighted: string | null, 
/**
 * Charts shown in Explore, in order.
 */
charts: Array<ChartChoice>, 
/**
 * How charts are exported.
 */
export: ExportPreset, };

/**
 * Everything that does not change while the program runs.
 */
export type Library = { 
/**
 * Version of the model.
 */
model_version: string, 
/**
 * Shipped scenarios, the baseline first.
 */
scenarios: Array<ScenarioLine>, 
/**
 * Levers.
 */
levers: Array<LeverLine>, 
/**
 * Uncertainties.
 */
uncertainties: Array<UncertaintyLine>, 
/**
 * Indicators.
 */
indicators: Array<IndicatorLine>, 
/**
 * Charts.
 */
charts: Array<ChartInfo>, 
/**
 * Structural switches.
 */
switches: Array<SwitchInfo>, 
/**
 * End states of runs, from least to most split.
 */
futures: Array<FutureInfo>, 
/**
 * Blocs of the baseline: id and name.
 */
blocs: Array<[string, string]>, 
/**
 * Domains of the baseline: id and name.
 */
domains: Array<[string, string]>, 
/**
 * Quarters of the baseline.
 */
quarters: Array<string>, 
/**
 * Most runs per scenario that the window asks for.
 */
max_runs: number, };

/**
 * A chart that can be shown.
 */
export type ChartInfo = { 
/**
 * Whether it shows all compared scenarios in one picture; else it is drawn once for each.
 */
together: boolean, 
/**
 * Whether it needs a baseline and at least one more scenario.
 */
compares: boolean, 
/**
 * Whether it can be drawn of a single domain.
 */
by_domain: boolean, 
/**
 * Whether it shows a single run, so that one can step through runs.
 */
by_run: boolean, 
/**
 * Whether it shows a single quarter, so that the years can be played.
 */
by_quarter: boolean, 
/**
 * Key.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * The question that it answers.
 */
question: string, 
/**
 * How to read it.
 */
how_to_read: string, };

/**
 * A structural switch.
 */
export type SwitchInfo = { 
/**
 * Key in the file.
 */
key: string, 
/**
 * Name.
 */
name: string, 
/**
 * What it decides.
 */
reading: string, 
/**
 * Settings: as written in the file, and in words. Empty for a number.
 */
settings: Array<[string, string]>, 
/**
 * Bounds, for a number.
 */
bounds: [number, number] | null, };

/**
 * An end state of runs.
 */
export type FutureInfo = { 
/**
 * Kind, as in a line of futures.
 */
kind: string, 
/**
 * Name.
 */
name: string, 
/**
 * What it means, in one sentence.
 */
reading: string, };

/**
 * What somebody chooses, or what nobody knows.
 */
export type InputKind = "choice" | "assumption";

/**
 * Something wrong with a draft, and what to do.
 */
export type ProblemLine = { 
/**
 * File as shown to people; empty for the draft itself.
 */
file: string, 
/**
 * Line, from 1.
 */
line: number | null, 
/**
 * Key: of a control, `paths[2].to`, `events[1].date`, or of the imported file.
 */
key: string, 
/**
 * What is wrong.
 */
message: string, 
/**
 * What to do.
 */
hint: string, };

/**
 * Something that can be moved.
 */
export type Control = { 
/**
 * Key to set it by.
 */
key: string, 
/**
 * Lever, uncertainty, or `cooperation`.
 */
id: string, 
/**
 * Choice or assumption.
 */
kind: InputKind, 
/**
 * Heading.
 */
group: string, 
/**
 * Name, with whom and where it holds.
 */
name: string, 
/**
 * Bloc or pair, `EU-US`; nothing for all.
 */
slot: string | null, 
/**
 * Domain; nothing for all.
 */
domain: string | null, 
/**
 * Value in the draft. For a lever: the level that it has reached in the last quarter, before tension acts on it.
 * Where slots or domains differ, their mean (`mixed` says so).
 */
value: number, 
/**
 * Value in the scenario that the draft builds on.
 */
default: number, 
/**
 * Value in the baseline.
 */
baseline: number, 
/**
 * Whether the things that it covers have different values.
 */
mixed: boolean, 
/**
 * Whether the draft sets it under this very key.
 */
set: boolean, 
/**
 * Whether it changes over time, by a path of the draft or of the scenario that it builds on.
 */
moves: boolean, 
/**
 * Least value that can be set.
 */
low: number, 
/**
 * Largest value that can be set.
 */
high: number, 
/**
 * Lower end of the range that is held plausible.
 */
plausible_low: number, 
/**
 * Upper end of the range that is held plausible.
 */
plausible_high: number, 
/**
 * One step of the slider.
 */
step: number, 
/**
 * Unit in words.
 */
unit: string, 
/**
 * Factor by which it is shown, and the unit beside the number: `(100, "%")` or `(1, "")`.
 */
shown_as: [number, string], 
/**
 * Source of the value.
 */
source: string, 
/**
 * Measured, estimated or assumed.
 */
grade: string, 
/**
 * Keys of cited figures.
 */
cited: Array<string>, 
/**
 * Those of them that nobody has verified.
 */
unverified: Array<string>, 
/**
 * What moving it means.
 */
reading: string, 
/**
 * Steps of the model in which it acts.
 */
used_in: Array<string>, };

/**
 * The inputs in which a draft differs from the baseline.
 */
export type Changed = { 
/**
 * Number of choices.
 */
choices: number, 
/**
 * Number of assumptions.
 */
assumptions: number, 
/**
 * The inputs.
 */
inputs: Array<InputDiff>, };

/**
 * The course of a lever in the draft and in the baseline.
 */
export type Track = { 
/**
 * Key of the control.
 */
key: string, 
/**
 * Quarters.
 */
quarters: Array<string>, 
/**
 * Values in the draft.
 */
values: Array<number>, 
/**
 * Values in the baseline.
 */
baseline: Array<number>, };

/**
 * Everything about one draft that does not need a run.
 */
export type Inspection = { 
/**
 * All problems; with any, everything below speaks of the base alone.
 */
problems: Array<ProblemLine>, 
/**
 * The scenario, unless there are problems.
 */
page: ScenarioPage | null, 
/**
 * Everything that can be moved.
 */
controls: Array<Control>, 
/**
 * The inputs in which it differs from the baseline.
 */
changed: Changed, 
/**
 * The course of the lever that was asked for.
 */
track: Track | null, 
/**
 * The scenario as a file; empty with problems.
 */
toml: string, };

/**
 * One number of the assumptions ledger.
 */
export type LedgerLine = { 
/**
 * Dotted key as in the file.
 */
key: string, 
/**
 * Key of the control that sets it, if there is one.
 */
control: string | null, 
/**
 * Choice or assumption.
 */
kind: InputKind, 
/**
 * Heading.
 */
group: string, 
/**
 * Name for people.
 */
name: string, 
/**
 * Value.
 */
value: number, 
/**
 * Value in the scenario that the draft builds on.
 */
default: number | null, 
/**
 * Value in the baseline.
 */
baseline: number | null, 
/**
 * Value of a lever at the end of the runs, where moves bring it to another one that is the same in all places that the line speaks of.
 */
ends: number | null, 
/**
 * Lower end of the plausible range.
 */
low: number, 
/**
 * Upper end of the plausible range.
 */
high: number, 
/**
 * Unit.
 */
unit: string, 
/**
 * Source.
 */
source: string, 
/**
 * Measured, estimated or assumed.
 */
grade: string, 
/**
 * Remark, or empty.
 */
note: string, 
/**
 * Keys of cited figures.
 */
cited: Array<string>, 
/**
 * Those of them that nobody has verified.
 */
unverified: Array<string>, 
/**
 * File or draft that set it.
 */
set_by: string, 
/**
 * Who changed it from the default: the draft, by name, or a scenario; nothing for a default.
 */
changed_by: string | null, 
/**
 * Where it is used.
 */
used_in: Array<string>, };

/**
 * The assumptions ledger of a draft.
 */
export type Ledger = { 
/**
 * All numbers.
 */
lines: Array<LedgerLine>, 
/**
 * How they are founded.
 */
grades: Grades, };

/**
 * A chart as the window wants it.
 */
export type ChartAsk = { 
/**
 * Chart, by id.
 */
chart: string, 
/**
 * Domain, by id; nothing for all.
 */
domain: string | null, 
/**
 * Width in px of the screen.
 */
width: number, 
/**
 * Height in px of the screen.
 */
height: number, };

/**
 * What the window asks for while a slider moves.
 */
export type ExploreAsk = { 
/**
 * Name of this request, to cancel it by; a new one cancels the one before.
 */
ticket: string, 
/**
 * The frozen baseline.
 */
baseline: Draft, 
/**
 * The scenario shown.
 */
shown: Draft, 
/**
 * Runs per scenario.
 */
runs: number, 
/**
 * Runs of the preview; 0 for none.
 */
preview_runs: number, 
/**
 * First seed.
 */
seed: number, 
/**
 * Number of adopters.
 */
adopters: number | null, 
/**
 * Charts.
 */
charts: Array<ChartAsk>, 
/**
 * Colours.
 */
theme: Colours, 
/**
 * Language.
 */
language: Language, };

/**
 * How far an answer is.
 */
export type Stage = "preview" | "partial" | "full" | "cancelled";

/**
 * How far the work has come.
 */
export type Progress = { 
/**
 * Ticket of the request.
 */
ticket: string, 
/**
 * Stage of the answer.
 */
stage: Stage, 
/**
 * Runs per scenario that the answer rests on.
 */
runs_done: number, 
/**
 * Runs per scenario that were asked for.
 */
runs_asked: number, 
/**
 * Seconds that the rest will take, once that can be told.
 */
seconds_left: number | null, };

/**
 * The one sentence.
 */
export type Finding = { 
/**
 * The sentence; conditional and neutral.
 */
text: string, 
/**
 * Whether the runs tell a difference.
 */
distinguishable: boolean, 
/**
 * Pairs of 100 that agree in the direction of the difference in fragmentation.
 */
agreement: number | null, };

/**
 * Where the runs of a scenario end.
 */
export type ScenarioFutures = { 
/**
 * Draft, by id.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Last quarter.
 */
quarter: string, 
/**
 * End states, most frequent first; they add to 100.
 */
futures: Array<FutureLine>, };

/**
 * A place on a figure with the numbers that stand there.
 */
export type ReadoutLine = { 
/**
 * Panel, from 0.
 */
panel: number, 
/**
 * Series.
 */
series: string, 
/**
 * Place in px of the figure.
 */
x: number, 
/**
 * Place in px of the figure.
 */
y: number, 
/**
 * Decimal year, where the horizontal axis is time.
 */
year: number | null, 
/**
 * What stands there.
 */
text: string, 
/**
 * The value, where it is one number.
 */
value: number | null, };

/**
 * One row of the table behind a figure.
 */
export type TableRow = { 
/**
 * Scenario.
 */
scenario: string, 
/**
 * Series.
 */
series: string, 
/**
 * Year, quarter or category.
 */
x: string, 
/**
 * Statistic.
 */
statistic: string, 
/**
 * Value drawn; nothing where there is none.
 */
value: number | null, 
/**
 * Unit.
 */
unit: string, 
/**
 * Number of runs behind it.
 */
n_runs: number, };

/**
 * What a title may say.
 */
export type Takeaway = { 
/**
 * Whether enough runs agree for a title that states a finding.
 */
allowed: boolean, 
/**
 * The title that is allowed: a finding, a tendency, or that there is no clear difference.
 */
title: string, 
/**
 * Pairs of 100 that agree.
 */
agreement: number, };

/**
 * A figure for the screen.
 */
export type ScreenFigure = { 
/**
 * Chart, by id.
 */
chart: string, 
/**
 * Domain, by id; nothing for all.
 */
domain: string | null, 
/**
 * The picture: real text, no scripts, nothing loaded from elsewhere.
 */
svg: string, 
/**
 * Width in px.
 */
width: number, 
/**
 * Height in px.
 */
height: number, 
/**
 * Title.
 */
title: string, 
/**
 * Alternative text.
 */
alt: string, 
/**
 * How to read it.
 */
how_to_read: string, 
/**
 * What must be said beside the picture and is not part of it; empty for a projector, where the picture says it.
 */
notes: Array<string>, 
/**
 * How many of the inputs rest on figures that nobody has verified, and how many inputs there are; nothing when none does.
 */
unverified: [number, number] | null, 
/**
 * What to show when a pointer comes near.
 */
readouts: Array<ReadoutLine>, 
/**
 * What a takeaway title may say; nothing where no scenarios are compared.
 */
takeaway: Takeaway | null, 
/**
 * The run that is shown, and out of how many; for charts of a single run.
 */
run: [number, number] | null, 
/**
 * The quarter that is shown; for charts of a single quarter.
 */
quarter: string | null, 
/**
 * Why it could not be drawn; then there is no picture.
 */
unsuited: string | null, };

/**
 * An answer to [`ExploreAsk`]; each replaces the one before.
 */
export type Step = { 
/**
 * The one sentence.
 */
finding: Finding, 
/**
 * Where the runs end, the baseline first.
 */
futures: Array<ScenarioFutures>, 
/**
 * Headline figures of the scenario shown, with paired differences to the baseline.
 */
headlines: Array<FigureLine>, 
/**
 * Figures, in the order asked for.
 */
figures: Array<ScreenFigure>, 
/**
 * Keys of the results, the baseline first, to ask for further figures by.
 */
results: Array<string>, 
/**
 * Ticket of the request.
 */
ticket: string, 
/**
 * Stage of the answer.
 */
stage: Stage, 
/**
 * Runs per scenario that the answer rests on.
 */
runs_done: number, 
/**
 * Runs per scenario that were asked for.
 */
runs_asked: number, 
/**
 * Seconds that the rest will take, once that can be told.
 */
seconds_left: number | null, };

/**
 * What is wanted of a single figure.
 */
export type FigureWish = { 
/**
 * Colours.
 */
theme: Colours, 
/**
 * Size of a page; nothing for `width` and `height` in px of the screen.
 */
size: PageSize | null, 
/**
 * Projector: text and lines for the back row.
 */
projector: boolean, 
/**
 * Width in px.
 */
width: number, 
/**
 * Height in px.
 */
height: number, 
/**
 * Domain, by id.
 */
domain: string | null, 
/**
 * Run, from 0; nothing for the chart’s own choice.
 */
run: number | null, 
/**
 * Quarter; nothing for the last.
 */
quarter: string | null, 
/**
 * Let the title state the finding, where the runs carry it.
 */
takeaway: boolean, 
/**
 * Language.
 */
language: Language, };

/**
 * Asks for a figure of results that are there.
 */
export type FigureAsk = { 
/**
 * Keys of the results, the baseline first.
 */
results: Array<string>, 
/**
 * Chart, by id.
 */
chart: string, 
/**
 * What is wanted.
 */
wish: FigureWish, };

/**
 * Asks for a comparison.
 */
export type CompareAsk = { 
/**
 * Name of this request.
 */
ticket: string, 
/**
 * The baseline, then two to four scenarios (one will do).
 */
drafts: Array<Draft>, 
/**
 * Runs per scenario.
 */
runs: number, 
/**
 * First seed.
 */
seed: number, 
/**
 * Number of adopters.
 */
adopters: number | null, 
/**
 * Small multiples: each chart is drawn once per scenario on shared axes, or once of all where it compares by itself.
 */
charts: Array<ChartAsk>, 
/**
 * Colours.
 */
theme: Colours, 
/**
 * Language.
 */
language: Language, };

/**
 * A value over runs.
 */
export type Spread = { 
/**
 * Mean.
 */
mean: number | null, 
/**
 * 5 per cent of runs lie below.
 */
q05: number | null, 
/**
 * The middle run.
 */
q50: number | null, 
/**
 * 5 per cent of runs lie above.
 */
q95: number | null, };

/**
 * One scenario in a row of outcomes.
 */
export type OutcomeCell = { 
/**
 * Draft, by id.
 */
scenario: string, 
/**
 * Value over runs.
 */
spread: Spread, 
/**
 * Paired difference to the baseline.
 */
difference: DifferenceLine | null, 
/**
 * Difference relative to the larger of the two means, in per cent; rows are sorted by the largest.
 */
relative: number, 
/**
 * Run agreement in words: “higher in 98 of 100”.
 */
agreement: string, 
/**
 * A warning where the difference cannot be told from nothing, or empty.
 */
caution: string, };

/**
 * One outcome in all scenarios.
 */
export type OutcomeRow = { 
/**
 * Indicator.
 */
indicator: string, 
/**
 * Name.
 */
name: string, 
/**
 * Whom it speaks of.
 */
entity: string, 
/**
 * Unit.
 */
unit: string, 
/**
 * The quarter that it speaks of.
 */
quarter: string, 
/**
 * The baseline.
 */
baseline: Spread, 
/**
 * The others.
 */
cells: Array<OutcomeCell>, };

/**
 * An input that is not the same in all scenarios.
 */
export type InputDiff = { 
/**
 * Key of the control that sets it, or key in the file.
 */
key: string, 
/**
 * Choice or assumption.
 */
kind: InputKind, 
/**
 * Heading.
 */
group: string, 
/**
 * Name, with whom and where.
 */
name: string, 
/**
 * Unit.
 */
unit: string, 
/**
 * Whether it is the course over time that differs; the values are those of the last quarter.
 */
over_time: boolean, 
/**
 * Values, the baseline first; nothing where it has none or is a word.
 */
values: Array<number | null>, 
/**
 * Values as shown, the baseline first.
 */
shown: Array<string>, };

/**
 * A chart of several scenarios, side by side on shared axes.
 */
export type SmallMultiples = { 
/**
 * Chart, by id.
 */
chart: string, 
/**
 * Name of the chart.
 */
name: string, 
/**
 * Whether one figure shows all scenarios.
 */
together: boolean, 
/**
 * Figures: one for all, or one per scenario in order, the baseline first.
 */
figures: Array<ScreenFigure>, };

/**
 * An answer to [`CompareAsk`]; each replaces the one before.
 */
export type CompareStep = { 
/**
 * Where the runs end, the baseline first.
 */
futures: Array<ScenarioFutures>, 
/**
 * Outcomes, the relatively largest difference first.
 */
outcomes: Array<OutcomeRow>, 
/**
 * One sentence per scenario.
 */
findings: Array<Finding>, 
/**
 * Small multiples, in the order asked for.
 */
charts: Array<SmallMultiples>, 
/**
 * Inputs that differ.
 */
inputs: Array<InputDiff>, 
/**
 * Keys of the results, the baseline first.
 */
results: Array<string>, 
/**
 * Ticket of the request.
 */
ticket: string, 
/**
 * Stage of the answer.
 */
stage: Stage, 
/**
 * Runs per scenario that the answer rests on.
 */
runs_done: number, 
/**
 * Runs per scenario that were asked for.
 */
runs_asked: number, 
/**
 * Seconds that the rest will take, once that can be told.
 */
seconds_left: number | null, };

/**
 * Asks why two scenarios differ.
 */
export type WhyAsk = { 
/**
 * Name of this request.
 */
ticket: string, 
/**
 * The baseline.
 */
baseline: Draft, 
/**
 * The other scenario.
 */
other: Draft, 
/**
 * Runs per combination of changes.
 */
runs: number, 
/**
 * First seed.
 */
seed: number, 
/**
 * Number of adopters.
 */
adopters: number | null, 
/**
 * Indicator; of the world.
 */
indicator: string, 
/**
 * Quarter; nothing for the last.
 */
quarter: string | null, 
/**
 * Language.
 */
language: Language, };

/**
 * A part of a difference.
 */
export type WhyPart = { 
/**
 * Name.
 */
name: string, 
/**
 * Mean over pairs of runs, in the unit of the indicator.
 */
mean: number, 
/**
 * Half-width of the 95 per cent interval of the mean.
 */
half_width: number | null, 
/**
 * Share of the whole in per cent; all parts add to 100. Nothing where the whole cannot be told from 0.
 */
percent: number | null, };

/**
 * A group of changed inputs and its part of the difference.
 */
export type WhyGroup = { 
/**
 * Choice or assumption.
 */
kind: InputKind, 
/**
 * The inputs in it, by name.
 */
inputs: Array<string>, 
/**
 * Name.
 */
name: string, 
/**
 * Mean over pairs of runs, in the unit of the indicator.
 */
mean: number, 
/**
 * Half-width of the 95 per cent interval of the mean.
 */
half_width: number | null, 
/**
 * Share of the whole in per cent; all parts add to 100. Nothing where the whole cannot be told from 0.
 */
percent: number | null, };

/**
 * Why two scenarios differ.
 */
export type WhyAnswer = { 
/**
 * Indicator.
 */
indicator: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its unit.
 */
unit: string, 
/**
 * Quarter.
 */
quarter: string, 
/**
 * The whole difference.
 */
total: WhyPart, 
/**
 * What the choices do alone, what the assumptions do alone, and what they do only together.
 */
parts: Array<WhyPart>, 
/**
 * The same difference by groups of inputs: exact Shapley values.
 */
groups: Array<WhyGroup>, 
/**
 * What was put together so that at most six groups remain, or empty.
 */
merged: string, 
/**
 * The answer in one sentence.
 */
sentence: string, 
/**
 * Whether the whole can be told from 0.
 */
distinguishable: boolean, };

/**
 * An answer to [`WhyAsk`].
 */
export type WhyStep = { 
/**
 * The answer, from the runs done so far; nothing before the first.
 */
answer: WhyAnswer | null, 
/**
 * Ticket of the request.
 */
ticket: string, 
/**
 * Stage of the answer.
 */
stage: Stage, 
/**
 * Runs per scenario that the answer rests on.
 */
runs_done: number, 
/**
 * Runs per scenario that were asked for.
 */
runs_asked: number, 
/**
 * Seconds that the rest will take, once that can be told.
 */
seconds_left: number | null, };

/**
 * How a document was found.
 */
export type Condition = "whole" | "older-model" | "newer" | "damaged";

/**
 * An opened document.
 */
export type Opened = { 
/**
 * The document.
 */
workspace: Workspace, 
/**
 * Its file; nothing when it has none yet.
 */
path: string | null, 
/**
 * How it was found.
 */
condition: Condition, 
/**
 * Whether it must not be changed.
 */
read_only: boolean, 
/**
 * What the user should know, in sentences: what was saved, what was lost, what next.
 */
notices: Array<string>, 
/**
 * Whether results are stored in it, so that a re-run can be compared with them.
 */
has_results: boolean, };

/**
 * A saved file.
 */
export type Saved = { 
/**
 * The files written.
 */
paths: Array<string>, 
/**
 * When, in UTC: `2026-03-02T09:30:00Z`.
 */
when: string, };

/**
 * Asks to save a document.
 */
export type SaveAsk = { 
/**
 * The document.
 */
workspace: Workspace, 
/**
 * Results to store in it, by key: headline figures, and what is needed to tell whether they come out the same.
 */
results: Array<string>, 
/**
 * Chart for the thumbnail, of these results; nothing for none.
 */
thumbnail: string | null, };

/**
 * A document that was open lately.
 */
export type RecentLine = { 
/**
 * File.
 */
path: string, 
/**
 * Title.
 */
title: string, 
/**
 * When it was last saved or opened, in UTC.
 */
when: string, 
/**
 * A small picture as a `data:` address, or nothing.
 */
thumbnail: string | null, 
/**
 * Whether the file is still there.
 */
exists: boolean, };

/**
 * Work that was not saved when the program ended.
 */
export type RecoveryLine = { 
/**
 * Id, to recover or discard it by.
 */
id: string, 
/**
 * File that it belongs to, or nothing.
 */
path: string | null, 
/**
 * Title.
 */
title: string, 
/**
 * When it was last written, in UTC.
 */
when: string, };

/**
 * An earlier state of a document.
 */
export type VersionLine = { 
/**
 * Id, to restore it by.
 */
id: string, 
/**
 * When it was saved, in UTC.
 */
when: string, 
/**
 * Title.
 */
title: string, 
/**
 * Names of its scenarios.
 */
scenarios: Array<string>, };

/**
 * A figure that a re-run gave, beside the stored one.
 */
export type RerunLine = { 
/**
 * Scenario, by name.
 */
scenario: string, 
/**
 * Indicator, by name.
 */
name: string, 
/**
 * Whom it speaks of.
 */
entity: string, 
/**
 * Unit.
 */
unit: string, 
/**
 * Mean stored.
 */
stored: number | null, 
/**
 * Mean now.
 */
now: number | null, };

/**
 * What running a document’s scenarios again showed.
 */
export type RerunStep = { 
/**
 * The verdict in one line; empty before the end.
 */
verdict: string, 
/**
 * Whether every number is the same.
 */
identical: boolean, 
/**
 * Figures that differ, the relatively largest difference first.
 */
lines: Array<RerunLine>, 
/**
 * Ticket of the request.
 */
ticket: string, 
/**
 * Stage of the answer.
 */
stage: Stage, 
/**
 * Runs per scenario that the answer rests on.
 */
runs_done: number, 
/**
 * Runs per scenario that were asked for.
 */
runs_asked: number, 
/**
 * Seconds that the rest will take, once that can be told.
 */
seconds_left: number | null, };

/**
 * Asks to run a document’s stored results again.
 */
export type RerunAsk = { 
/**
 * Name of this request.
 */
ticket: string, 
/**
 * File of the document.
 */
path: string, 
/**
 * Language.
 */
language: Language, };

/**
 * Asks to export a chart.
 */
export type ExportAsk = { 
/**
 * The figure as it is seen; size and colours come from the preset.
 */
figure: FigureAsk, 
/**
 * How it is exported.
 */
preset: ExportPreset, };

/**
 * Form of an exported scenario.
 */
export type ScenarioFormat = "toml" | "csv";

/**
 * An imported scenario.
 */
export type Imported = { 
/**
 * The draft, ready to be added to the workspace.
 */
draft: Draft, 
/**
 * What the user should know, in sentences.
 */
notices: Array<string>, };

/**
 * Words of a system dialog.
 */
export type DialogWords = { 
/**
 * Title of the dialog.
 */
title: string, 
/**
 * What the files are called.
 */
kind: string, 
/**
 * Endings of their names.
 */
extensions: Array<string>, 
/**
 * Name proposed.
 */
name: string, };

/**
 * What the window says when the page begins to listen.
 */
export type Hello = { 
/**
 * File that the program was started with.
 */
opened: string | null, 
/**
 * Version of the program.
 */
app_version: string, 
/**
 * Version of the model.
 */
model_version: string, 
/**
 * Version of the web view.
 */
webview_version: string, 
/**
 * Colours of the operating system.
 */
system_theme: Colours, 
/**
 * What is known of a crash of the last session.
 */
crashed: string | null, };

/**
 * Kinds of entries of a native menu.
 */
export type MenuKind = "command" | "check" | "separator" | "menu";

/**
 * An entry of a native menu.
 */
export type MenuItem = { 
/**
 * Kind.
 */
kind: MenuKind, 
/**
 * Id, sent back when it is activated.
 */
id: string, 
/**
 * Label.
 */
label: string, 
/**
 * Keys, `CmdOrCtrl+S`; nothing for none.
 */
accelerator: string | null, 
/**
 * Whether it can be activated.
 */
enabled: boolean, 
/**
 * Whether it is ticked.
 */
checked: boolean, 
/**
 * Entries of a menu within.
 */
items: Array<MenuItem>, };

/**
 * The native menu bar.
 */
export type MenuModel = { 
/**
 * Menus, each an entry of kind `menu`.
 */
menus: Array<MenuItem>, };

/**
 * What the audience sees.
 */
export type AudienceState = { 
/**
 * The picture, or nothing.
 */
figure: ScreenFigure | null, 
/**
 * What to ask for when it must be drawn anew.
 */
ask: FigureAsk | null, 
/**
 * One line above it.
 */
title: string, 
/**
 * One line below it.
 */
note: string, 
/**
 * Whether the screen is blank.
 */
blank: boolean, 
/**
 * Colours.
 */
theme: Colours, 
/**
 * Language of the texts.
 */
language: Language, };

/**
 * How a parameter is given.
 */
export type ParameterKind = "number" | "whole" | "list" | "matrix" | "word" | "file";

/**
 * A parameter of a classic.
 */
export type ClassicParameter = { 
/**
 * Key, as in the literature and on the command line.
 */
id: string, 
/**
 * What it is.
 */
doc: string, 
/**
 * Unit; empty for words and files.
 */
unit: string, 
/**
 * How it is given.
 */
kind: ParameterKind, 
/**
 * Default as it would be typed; empty for a file.
 */
default: string, 
/**
 * Domain in words.
 */
domain: string, 
/**
 * Smallest number, for numbers.
 */
low: number | null, 
/**
 * Largest number, for numbers.
 */
high: number | null, 
/**
 * The words, for words: as typed, and as said.
 */
words: Array<[string, string]>, };

/**
 * A classic in the gallery.
 */
export type ClassicInfo = { 
/**
 * Key.
 */
id: string, 
/**
 * Name for people.
 */
name: string, 
/**
 * What it shows.
 */
lesson: string, 
/**
 * The same told to a room, in a paragraph.
 */
story: string, 
/**
 * Which of the engine’s rules run, in which limit.
 */
engine: string, 
/**
 * Author, year, place.
 */
source: string, 
/**
 * Level of agreement claimed.
 */
level: string, 
/**
 * Runs when nobody says.
 */
runs: number, 
/**
 * Whether chance plays a part; else runs and seed say nothing.
 */
random: boolean, 
/**
 * Its parameters.
 */
parameters: Array<ClassicParameter>, };

/**
 * Asks for a classic to be run.
 */
export type ClassicAsk = { 
/**
 * Name of this request.
 */
ticket: string, 
/**
 * Classic, by id.
 */
id: string, 
/**
 * Parameters as typed; what is not named has its default.
 */
given: Array<[string, string]>, 
/**
 * Number of runs as typed; empty for the usual number.
 */
runs: string, 
/**
 * First seed as typed; empty for 1.
 */
seed: string, 
/**
 * Width of the picture in px.
 */
width: number, 
/**
 * Height of the picture in px.
 */
height: number, 
/**
 * Colours.
 */
theme: Colours, 
/**
 * Language.
 */
language: Language, };

/**
 * What is wrong with a field.
 */
export type FieldProblem = { 
/**
 * Key of the parameter, `runs` or `seed`; empty when it belongs to none.
 */
key: string, 
/**
 * What is wrong and what to do.
 */
message: string, };

/**
 * A figure beside its reference.
 */
export type BesideLine = { 
/**
 * What it is.
 */
name: string, 
/**
 * What was simulated; nothing where only theory speaks.
 */
simulated: number | null, 
/**
 * Its standard error; 0 where nothing is left to chance.
 */
standard_error: number, 
/**
 * The exact or published value.
 */
reference: number | null, 
/**
 * Simulated minus reference.
 */
difference: number | null, 
/**
 * The same in standard errors.
 */
apart: number | null, 
/**
 * Whether they agree: the same number, or at most four standard errors apart.
 */
agrees: boolean | null, 
/**
 * Where the reference comes from.
 */
basis: string, };

/**
 * A classic that was run.
 */
export type ClassicAnswer = { 
/**
 * What was simulated.
 */
simulated: string, 
/**
 * Figures beside their references.
 */
lines: Array<BesideLine>, 
/**
 * Names of the columns of a list of cases; empty when there is none.
 */
columns: Array<string>, 
/**
 * Its rows.
 */
rows: Array<Array<string>>, 
/**
 * Remarks.
 */
notes: Array<string>, 
/**
 * The chart.
 */
figure: ScreenFigure, 
/**
 * Key of the result, to ask for further figures by.
 */
results: Array<string>, 
/**
 * The same on the command line.
 */
command: string, };

/**
 * An answer to [`ClassicAsk`]; each replaces the one before.
 */
export type ClassicStep = { 
/**
 * What is wrong with the fields; then nothing was run.
 */
problems: Array<FieldProblem>, 
/**
 * The answer, once all runs are done.
 */
answer: ClassicAnswer | null, 
/**
 * Ticket of the request.
 */
ticket: string, 
/**
 * Stage of the answer.
 */
stage: Stage, 
/**
 * Runs per scenario that the answer rests on.
 */
runs_done: number, 
/**
 * Runs per scenario that were asked for.
 */
runs_asked: number, 
/**
 * Seconds that the rest will take, once that can be told.
 */
seconds_left: number | null, };

/**
 * How a piece of text is set.
 */
export type SpanStyle = "plain" | "strong" | "emphasis" | "code";

/**
 * A piece of text.
 */
export type Span = { 
/**
 * The text.
 */
text: string, 
/**
 * How it is set.
 */
style: SpanStyle, };

/**
 * A block of the document.
 */
export type TrustBlock = { "kind": "paragraph", 
/**
 * Its pieces.
 */
spans: Array<Span>, } | { "kind": "list", 
/**
 * Its items.
 */
items: Array<Array<Span>>, } | { "kind": "table", 
/**
 * Heads of the columns.
 */
head: Array<Array<Span>>, 
/**
 * Rows of cells.
 */
rows: Array<Array<Array<Span>>>, } | { "kind": "picture", 
/**
 * Real text, no scripts, nothing loaded from elsewhere.
 */
svg: string, 
/**
 * Alternative text.
 */
alt: string, };

/**
 * A part of the document, with everything up to the next heading.
 */
export type TrustPart = { 
/**
 * Id within the document.
 */
id: string, 
/**
 * 1 for the whole, 2 for a part, 3 for a part of a part.
 */
level: number, 
/**
 * Heading.
 */
title: string, 
/**
 * Classic that it speaks of, by id.
 */
classic: string | null, 
/**
 * Whether it is the card of an episode of the past.
 */
card: boolean, 
/**
 * What it says.
 */
blocks: Array<TrustBlock>, };

/**
 * How far to trust this: the generated document, to be read in the window.
 */
export type TrustPage = { 
/**
 * Model that the figures were computed with.
 */
model_version: string, 
/**
 * Its parts, in reading order; the first one holds the title.
 */
parts: Array<TrustPart>, };
