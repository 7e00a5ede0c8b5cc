//! What can be typed: commands, arguments and flags.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Args, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use faultline_api::classics;

/// Exit codes, as shown in the help and in the manual.
pub(crate) const EXIT_CODES: &str = "Exit codes:
  0    done; for verify: identical
  1    verify found a difference, or the work failed
  2    bad input or usage: a scenario file, a name, an option
  3    the result could not be written
  130  stopped with Ctrl-C; what was done by then is kept

Scenarios are named by id (see `faultline list`) or by the path of a file ending in .toml.
Machine output (--json) goes to standard output, progress and remarks to standard error.";

/// What happens to technical standards when blocs cooperate or decouple: runs scenarios, compares them and draws charts.
///
/// Results are what follows from stated assumptions; they are not a forecast.
#[derive(Debug, Parser)]
#[command(name = "faultline", version, about, after_help = EXIT_CODES, max_term_width = 110, propagate_version = true)]
pub(crate) struct Options {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Flags that every command takes.
    #[command(flatten)]
    pub(crate) common: Common,
}

/// Flags that every command takes.
#[derive(Debug, Clone, Copy, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Common {
    /// Print JSON for machines on standard output.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// No progress and no remarks; errors are still printed.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// More remarks on what is done.
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
    /// When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded.
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    pub(crate) color: Colour,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the shipped scenarios.
    List,
    /// Show a scenario: its story, and what differs from the baseline with sources and grades.
    Show(Show),
    /// Check scenario files and say everything that is wrong with them.
    Check(Check),
    /// Run one scenario.
    Run(Run),
    /// Compare scenarios; the first is the frozen baseline.
    Compare(Compare),
    /// Draw one chart.
    Chart(Chart),
    /// List the charts that can be drawn.
    Charts,
    /// Run a text-book model by the engine’s rules, beside its exact or published value; without a name, list them.
    Classic(Classic),
    /// Export the results or the numbers of a scenario as a table.
    Export(Export),
    /// Show a sourced figure, or list them all.
    Evidence(EvidenceArgs),
    /// Fit the first years of a contest of the past and hold the model against the later ones; without a name, list the episodes.
    Hindcast(Hindcast),
    /// List the indicators: what is read off a run.
    Indicators,
    /// List the levers: what somebody can choose.
    Levers,
    /// List the uncertainties: what nobody chooses and nobody knows exactly.
    Uncertainties,
    /// Compute every fragmentation metric of a table of shares.
    Metrics(Metrics),
    /// Run many points of a space of assumptions, each with the same seeds, into a folder of Parquet files; goes on where it was stopped.
    Study(Study),
    /// Run a result again and say whether it is identical.
    Verify(Verify),
    /// Measure speed on a reference workload.
    Bench(Bench),
    /// Print a completion script for a shell.
    Completions(Completions),
    /// Print the manual page.
    Man,
}

/// `show`.
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// Scenario: an id or a path.
    pub(crate) scenario: String,
    /// Show every number, not only those that differ from the baseline.
    #[arg(long)]
    pub(crate) all: bool,
}

/// `check`.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Scenario files.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<String>,
}

/// How scenarios are run.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Runs")]
pub(crate) struct RunOptions {
    /// Set a lever or an uncertainty; may be repeated.
    ///
    /// lever[.bloc|.pair][.domain]=value, for example home-mandate.EU=0.9, mutual-recognition.EU-US=0.5, cooperation=0.4,
    /// switching-cost=2. A lever moves there over eight quarters from 2027Q1, in place of what the scenario does with it;
    /// an uncertainty has its value throughout. When scenarios are compared, levers leave the first one as it is.
    #[arg(long, value_name = "KEY=VALUE")]
    pub(crate) set: Vec<String>,
    /// Runs per scenario, 1 to 100000 [default: 200].
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub(crate) runs: Option<String>,
    /// First seed; each further run takes the next one [default: 1].
    #[arg(long, value_name = "SEED", allow_hyphen_values = true)]
    pub(crate) seed: Option<String>,
    /// Number of adopters, up to 1000000 [default: that of the scenario].
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub(crate) adopters: Option<String>,
    /// First quarter, like 2025Q1 [default: that of the scenario].
    ///
    /// The world begins there in the state that the scenario gives for its start. Changes and events that lie earlier are not run; the
    /// result says so.
    #[arg(long, value_name = "QUARTER", allow_hyphen_values = true)]
    pub(crate) from: Option<String>,
    /// Last quarter, like 2040Q4 [default: that of the scenario].
    #[arg(long, value_name = "QUARTER", allow_hyphen_values = true)]
    pub(crate) to: Option<String>,
    /// Threads to use; results do not depend on it [default: all cores].
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub(crate) threads: Option<String>,
}

/// Where a folder of results goes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Results")]
pub(crate) struct FolderOptions {
    /// Folder to write tables, charts, summary and provenance to.
    #[arg(short, long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,
    /// Replace what Faultline wrote there before; files of others are never touched.
    #[arg(long, requires = "out")]
    pub(crate) force: bool,
    /// Also write every run to runs.parquet.
    #[arg(long, requires = "out")]
    pub(crate) parquet: bool,
}

/// `run`.
#[derive(Debug, Args)]
pub(crate) struct Run {
    /// Scenario: an id or a path.
    pub(crate) scenario: String,
    /// How it is run.
    #[command(flatten)]
    pub(crate) runs: RunOptions,
    /// Where results go.
    #[command(flatten)]
    pub(crate) folder: FolderOptions,
}

/// `compare`.
#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// Scenarios: ids or paths. The first is the baseline; a single one is compared with itself as changed by --set.
    #[arg(required = true, value_name = "SCENARIO")]
    pub(crate) scenarios: Vec<String>,
    /// How they are run.
    #[command(flatten)]
    pub(crate) runs: RunOptions,
    /// Where results go.
    #[command(flatten)]
    pub(crate) folder: FolderOptions,
}

/// Where a single file goes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Results")]
pub(crate) struct FileOptions {
    /// File to write; - for standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Replace the file if it exists.
    #[arg(long, requires = "out")]
    pub(crate) force: bool,
}

/// `chart`.
#[derive(Debug, Args)]
pub(crate) struct Chart {
    /// Chart: an id, see `faultline charts`.
    pub(crate) id: String,
    /// Scenarios: ids or paths; the first is the baseline.
    #[arg(required = true, value_name = "SCENARIO")]
    pub(crate) scenarios: Vec<String>,
    /// File format [default: by the ending of --out, else svg].
    #[arg(long, value_enum)]
    pub(crate) format: Option<ChartFormat>,
    /// Colours for a light or a dark background.
    #[arg(long, value_enum, default_value_t = Theme::Light)]
    pub(crate) theme: Theme,
    /// Size.
    #[arg(long, value_enum, default_value_t = Size::Slide)]
    pub(crate) size: Size,
    /// Let the title say the finding, where the runs carry it.
    #[arg(long)]
    pub(crate) takeaway: bool,
    /// Show one domain, by id [default: all, weighted].
    #[arg(long)]
    pub(crate) domain: Option<String>,
    /// Language of all texts: en or zh [default: en].
    #[arg(long)]
    pub(crate) language: Option<String>,
    /// Show a single run, counted from 1 [default: all].
    #[arg(long, value_name = "NUMBER", value_parser = clap::builder::RangedU64ValueParser::<u64>::new().range(1..=1_000_000))]
    pub(crate) only_run: Option<u64>,
    /// Show this quarter, like 2031Q2 [default: the last].
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) quarter: Option<String>,
    /// Where it goes.
    #[command(flatten)]
    pub(crate) file: FileOptions,
    /// How the scenarios are run.
    #[command(flatten)]
    pub(crate) runs: RunOptions,
}

/// Format of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ChartFormat {
    /// Vectors with real text.
    Svg,
    /// Pixels.
    Png,
    /// Vectors with embedded fonts.
    Pdf,
    /// The numbers behind the chart.
    Csv,
}

/// Colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// Size of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Size {
    /// A slide, 16 to 9.
    Slide,
    /// Half a page of A4.
    HalfPage,
    /// A square.
    Square,
}

/// `classic`: a subcommand for each classic, with its parameters as options; both are read off the list.
#[derive(Debug)]
pub(crate) struct Classic {
    /// Id and parameters as typed; none for the list.
    pub(crate) chosen: Option<(String, Vec<(String, String)>)>,
    /// Number of runs as typed.
    pub(crate) runs: Option<String>,
    /// First seed as typed.
    pub(crate) seed: Option<String>,
    /// File for its chart.
    pub(crate) out: Option<PathBuf>,
    /// Replace that file.
    pub(crate) force: bool,
}

impl Args for Classic {
    fn augment_args(command: clap::Command) -> clap::Command {
        command.subcommands(classics::list().into_iter().map(subcommand))
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Classic::augment_args(command)
    }
}

/// The subcommand of a classic.
fn subcommand(classic: classics::ClassicLine) -> clap::Command {
    let mut command =
        clap::Command::new(classic.id).about(format!("{}: {}", classic.name, classic.lesson)).after_help(format!("Source: {}.", classic.source));
    for p in classic.parameters {
        let default = if p.default.is_empty() { String::new() } else { format!(" [default: {}]", p.default) };
        let name = if p.kind == "file" { "FILE" } else { "VALUE" };
        let help = format!("{}; {} ({}){default}", p.doc, p.domain, p.unit);
        command = command.arg(Arg::new(p.id).long(p.id).value_name(name).help(help).allow_hyphen_values(true).help_heading("Parameters"));
    }
    let runs = format!("Number of runs, 1 to 1000000 [default: {}]", classic.runs);
    let seed = "First seed; each further run takes the next one [default: 1]";
    command
        .arg(Arg::new(RUNS).long("runs").value_name("N").help(runs).allow_hyphen_values(true))
        .arg(Arg::new(SEED).long("seed").value_name("SEED").help(seed).allow_hyphen_values(true))
        .arg(Arg::new(OUT).long("out").short('o').value_name("FILE").help("Draw its chart into this file: .svg, .png, .pdf or .csv"))
        .arg(Arg::new(FORCE).long("force").requires(OUT).num_args(0).action(ArgAction::SetTrue).help("Replace the file if it exists"))
}

/// Ids of the options that every classic has; no parameter is called so.
const RUNS: &str = "number of runs";
const SEED: &str = "first seed";
const OUT: &str = "file for the chart";
const FORCE: &str = "replace the file";

impl FromArgMatches for Classic {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let Some((id, matches)) = matches.subcommand() else { return Ok(Classic { chosen: None, runs: None, seed: None, out: None, force: false }) };
        let typed = |key: &str| matches.try_get_one::<String>(key).ok().flatten().cloned();
        let own = classics::list().into_iter().find(|classic| classic.id == id).map(|classic| classic.parameters).unwrap_or_default();
        let given = own.iter().filter_map(|p| Some((p.id.to_owned(), typed(p.id)?))).collect();
        Ok(Classic {
            chosen: Some((id.to_owned(), given)),
            runs: typed(RUNS),
            seed: typed(SEED),
            out: typed(OUT).map(PathBuf::from),
            force: matches.get_flag(FORCE),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Classic::from_arg_matches(matches)?;
        Ok(())
    }
}

/// `export`.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// Scenario: an id or a path.
    pub(crate) scenario: String,
    /// What to export.
    #[arg(long, value_enum, default_value_t = What::Results)]
    pub(crate) what: What,
    /// File format [default: by the ending of --out, else csv].
    #[arg(long, value_enum)]
    pub(crate) format: Option<TableFormat>,
    /// Where it goes.
    #[command(flatten)]
    pub(crate) file: FileOptions,
    /// How the scenario is run.
    #[command(flatten)]
    pub(crate) runs: RunOptions,
}

/// What to export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum What {
    /// Statistics over runs, tidy.
    Results,
    /// Every value of every run.
    Runs,
    /// The numbers of the scenario with unit, range, source and grade.
    Ledger,
}

/// Format of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// Comma-separated values.
    Csv,
    /// JSON.
    Json,
    /// Parquet, for --what runs.
    Parquet,
}

/// `evidence`.
#[derive(Debug, Args)]
pub(crate) struct EvidenceArgs {
    /// Key of the figure.
    pub(crate) key: Option<String>,
}

/// `hindcast`.
#[derive(Debug, Args)]
pub(crate) struct Hindcast {
    /// Episode: an id, or the path of a file ending in .toml.
    pub(crate) episode: Option<String>,
    /// Draws from the priors, one run each, 20 to 1000000 [default: 4000].
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub(crate) draws: Option<String>,
    /// How many of them are kept: those nearest to the fitted years [default: one in forty].
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub(crate) keep: Option<String>,
    /// First seed [default: 1].
    #[arg(long, value_name = "SEED", allow_hyphen_values = true)]
    pub(crate) seed: Option<String>,
    /// Draw its card into this file: .svg, .png, .pdf or .csv.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Replace the file if it exists.
    #[arg(long, requires = "out")]
    pub(crate) force: bool,
}

/// `metrics`.
#[derive(Debug, Args)]
pub(crate) struct Metrics {
    /// Table: CSV (header group,weight,STANDARD,…; weight may be left out), or TOML or JSON with standards, groups and distances.
    pub(crate) file: PathBuf,
    /// Distances of the standards, 0 to 1, as a square CSV with their names [default: 1 between any two].
    #[arg(long, value_name = "FILE")]
    pub(crate) distances: Option<PathBuf>,
    /// Further order of Hill and Leinster–Cobbold numbers; may be repeated.
    #[arg(long, value_name = "Q")]
    pub(crate) order: Vec<f64>,
    /// Further exponent of Esteban–Ray polarisation; may be repeated.
    #[arg(long, value_name = "A")]
    pub(crate) alpha: Vec<f64>,
}

/// What is said below the help of `study`.
const STUDY: &str = "Give the same command again to go on after a stop, a kill or a full disk: parts that are whole are kept, and the result is the \
same to the byte as if nothing had happened. Another design, scenario, seed or version is refused and named.

The folder holds study.json (what the study is), design.csv (its points, to be given back with --design), and part-….parquet: one line per run \
and quarter with point, seed, quarter, end state, what varies, and the indicators.";

/// `study`.
#[derive(Debug, Args)]
#[command(after_help = STUDY)]
pub(crate) struct Study {
    /// Scenario: an id or a path.
    pub(crate) scenario: String,
    /// Folder of the study: a new one, or one that was stopped.
    #[arg(short, long, value_name = "FOLDER", help_heading = "Results")]
    pub(crate) out: PathBuf,
    /// Indicator to keep; may be repeated [default: the headline ones].
    #[arg(long = "indicator", value_name = "ID", help_heading = "Results")]
    pub(crate) indicators: Vec<String>,
    /// Keep the values of each domain as well.
    #[arg(long, help_heading = "Results")]
    pub(crate) by_domain: bool,
    /// Quarters of each run to keep.
    #[arg(long, value_enum, default_value_t = Quarters::Yearly, help_heading = "Results")]
    pub(crate) quarters: Quarters,
    /// Runs per part, which is what a kill may cost, 1 to 65536 [default: 2048, fewer where they are large].
    #[arg(long, value_name = "N", allow_hyphen_values = true, help_heading = "Results")]
    pub(crate) runs_per_part: Option<String>,
    /// What varies between points; may be repeated.
    ///
    /// KEY as for --set takes the scenario’s range: for an uncertainty the plausible one (see `faultline show --all`), for a lever all that
    /// it can be set to. KEY=LOW..HIGH takes another range. `uncertainties` and `levers` stand for all of them.
    #[arg(long, value_name = "KEY", help_heading = "Design")]
    pub(crate) vary: Vec<String>,
    /// Points of the design, 1 to 1000000: a Latin hypercube over the ranges, drawn with the first seed [default: 1000].
    #[arg(long, value_name = "N", allow_hyphen_values = true, help_heading = "Design")]
    pub(crate) points: Option<String>,
    /// Points of your own instead: a CSV with one key per column and one point per line.
    #[arg(long, value_name = "FILE", help_heading = "Design")]
    pub(crate) design: Option<PathBuf>,
    /// How each point is run.
    #[command(flatten)]
    pub(crate) runs: StudyRuns,
}

/// How the points of a study are run.
#[derive(Debug, Args)]
#[command(next_help_heading = "Runs")]
pub(crate) struct StudyRuns {
    /// Set a lever or an uncertainty throughout, as for `run`; may be repeated.
    #[arg(long, value_name = "KEY=VALUE")]
    pub(crate) set: Vec<String>,
    /// Runs per point, 1 to 100000; all points have the same seeds [default: 50].
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub(crate) runs: Option<String>,
    /// First seed; each further run takes the next one [default: 1].
    #[arg(long, value_name = "SEED", allow_hyphen_values = true)]
    pub(crate) seed: Option<String>,
    /// Number of adopters, up to 1000000 [default: that of the scenario].
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub(crate) adopters: Option<String>,
    /// First quarter, like 2025Q1 [default: that of the scenario].
    #[arg(long, value_name = "QUARTER", allow_hyphen_values = true)]
    pub(crate) from: Option<String>,
    /// Last quarter, like 2040Q4 [default: that of the scenario].
    #[arg(long, value_name = "QUARTER", allow_hyphen_values = true)]
    pub(crate) to: Option<String>,
    /// Threads to use; results do not depend on it [default: all cores].
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub(crate) threads: Option<String>,
}

/// Quarters of each run that a study keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Quarters {
    /// The last one.
    Last,
    /// The last of each year.
    Yearly,
    /// Every one.
    All,
}

/// `verify`.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// provenance.json of a result.
    pub(crate) file: PathBuf,
    /// Threads to use.
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub(crate) threads: Option<String>,
}

/// `bench`.
#[derive(Debug, Args)]
pub(crate) struct Bench {
    /// What to run.
    #[command(subcommand)]
    pub(crate) workload: Workload,
}

/// Reference workloads.
#[derive(Debug, Subcommand)]
pub(crate) enum Workload {
    /// Adopters on a given network, and nothing else: the workload that other tools are measured on as well.
    #[command(name = "adopt-1")]
    Adopt1(Adopt1),
    /// Runs of a scenario with all indicators, and their findings; nothing is written.
    Ensemble(TimedEnsemble),
}

/// `bench adopt-1`.
#[derive(Debug, Args)]
pub(crate) struct Adopt1 {
    /// Folder with the network: graph_<FIRMS>_8.bin, little-endian 32-bit numbers, eight partners per firm.
    #[arg(long, value_name = "DIR")]
    pub(crate) graph: PathBuf,
    /// Adopters.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(20..=1_000_000))]
    pub(crate) firms: u32,
    /// Runs.
    #[arg(long, value_name = "N", default_value_t = 96, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) runs: u32,
    /// Threads.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: u16,
    /// Repetitions, each timed.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) reps: u16,
    /// Also write users per bloc and standard at ticks 0, 10, 40 and 80, as lines `run,tick,counts`; an existing file is replaced.
    #[arg(long, value_name = "FILE")]
    pub(crate) stats: Option<PathBuf>,
}

/// `bench ensemble`.
#[derive(Debug, Args)]
pub(crate) struct TimedEnsemble {
    /// Scenario: an id or a path.
    #[arg(default_value = "today-extended")]
    pub(crate) scenario: String,
    /// Runs.
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) runs: u32,
    /// Adopters instead of the scenario's.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(20..=1_000_000))]
    pub(crate) adopters: Option<u32>,
    /// Threads; all cores unless given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// Repetitions, each timed.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) reps: u16,
}

/// `completions`.
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// Shell.
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}
