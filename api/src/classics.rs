//! Classics: the list, one of them run, and its small chart.

use std::path::Path;
use std::sync::atomic::Ordering;

use faultline_charts::chart::Chart;
use faultline_charts::trust;
use faultline_charts::words::Language;
use faultline_models::classics::{CLASSICS, Classic, Kind, Landscape, Line, MAX_RUNS, Outcome, Shape, Trial, Value, Values};
use faultline_models::ensemble::Control;
use serde::{Deserialize, Serialize};

use crate::ask::whole_number;
use crate::disk;
use crate::picture;
use crate::refusal::Refusal;
use crate::share_table::{cells, numbers, one_line, toml_problem};

/// A classic as told to a client.
#[derive(Debug, Clone, Serialize)]
pub struct ClassicLine {
    /// Key.
    pub id: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// What it shows.
    pub lesson: &'static str,
    /// The same told to a room, in a paragraph.
    pub story: &'static str,
    /// Which of the engine's rules run, in which limit.
    pub engine: &'static str,
    /// Author, year, place.
    pub source: &'static str,
    /// Level of agreement claimed.
    pub level: &'static str,
    /// Runs when nobody says; 1 where nothing is left to chance.
    pub runs: usize,
    /// Whether chance plays a part.
    pub random: bool,
    /// Its parameters.
    pub parameters: Vec<ParameterLine>,
}

/// A parameter as told to a client.
#[derive(Debug, Clone, Serialize)]
pub struct ParameterLine {
    /// Key.
    pub id: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Unit.
    pub unit: &'static str,
    /// `number`, `whole`, `list`, `matrix`, `word` or `file`.
    pub kind: &'static str,
    /// Default as it would be typed; empty for a file.
    pub default: String,
    /// Domain in words.
    pub domain: String,
    /// Smallest number, for numbers.
    pub low: Option<f64>,
    /// Largest number, for numbers.
    pub high: Option<f64>,
    /// The words, for words.
    pub words: Vec<&'static str>,
}

/// What a client asks for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Wish {
    /// Id of the classic.
    pub id: String,
    /// Keys and values as typed.
    pub given: Vec<(String, String)>,
    /// Number of runs as typed.
    pub runs: Option<String>,
    /// First seed as typed.
    pub seed: Option<String>,
}

/// A classic that was run.
#[derive(Debug, Clone, Serialize)]
pub struct ClassicPage {
    /// Key.
    pub id: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// What it shows.
    pub lesson: &'static str,
    /// Which of the engine's rules ran.
    pub engine: &'static str,
    /// Author, year, place.
    pub source: &'static str,
    /// Level of agreement claimed.
    pub level: &'static str,
    /// Values of all parameters, as they would be typed.
    pub parameters: Vec<(String, String)>,
    /// Number of runs.
    pub runs: usize,
    /// First seed.
    pub seed: u32,
    /// What was simulated.
    pub simulated: String,
    /// Figures beside their references.
    pub lines: Vec<ResultLine>,
    /// A list of cases: names of columns, then rows.
    pub listing: ListingPage,
    /// Remarks.
    pub notes: Vec<String>,
    /// The data of its chart.
    pub picture: PicturePage,
}

/// A figure beside its reference.
#[derive(Debug, Clone, Serialize)]
pub struct ResultLine {
    /// What it is.
    pub name: String,
    /// What was simulated; none where only theory speaks.
    pub simulated: Option<f64>,
    /// Its standard error; 0 where nothing is left to chance.
    pub standard_error: f64,
    /// The exact or published value.
    pub reference: Option<f64>,
    /// Standard error of the reference, 0 for exact values.
    pub reference_error: f64,
    /// Simulated minus reference.
    pub difference: Option<f64>,
    /// The same in standard errors.
    pub standard_errors_apart: Option<f64>,
    /// Whether they agree: the same number, or at most four standard errors apart.
    pub agrees: Option<bool>,
    /// Where the reference comes from.
    pub basis: &'static str,
}

/// A list of cases.
#[derive(Debug, Clone, Serialize)]
pub struct ListingPage {
    /// Names of the columns.
    pub columns: Vec<&'static str>,
    /// Cells.
    pub rows: Vec<Vec<String>>,
}

/// The data of a small chart.
#[derive(Debug, Clone, Serialize)]
pub struct PicturePage {
    /// Horizontal axis.
    pub x: String,
    /// Vertical axis.
    pub y: String,
    /// Series, later ones on top.
    pub series: Vec<SeriesPage>,
}

/// A series of a small chart.
#[derive(Debug, Clone, Serialize)]
pub struct SeriesPage {
    /// Name.
    pub name: String,
    /// `exact`, `unstable`, `dots`, `run` or `band`.
    pub shape: &'static str,
    /// Points x, y, standard error.
    pub points: Vec<[f64; 3]>,
}

/// All classics.
pub fn list() -> Vec<ClassicLine> {
    CLASSICS
        .iter()
        .map(|classic| ClassicLine {
            id: classic.id,
            name: classic.name,
            lesson: classic.lesson,
            story: classic.story,
            engine: classic.engine,
            source: classic.source,
            level: classic.level.words(),
            runs: classic.runs,
            random: classic.random(),
            parameters: classic.parameters.iter().map(parameter).collect(),
        })
        .collect()
}

/// A classic of the list.
///
/// # Errors
/// When there is none with this id.
pub(crate) fn line(id: &str) -> Result<ClassicLine, Refusal> {
    Classic::find(id).map_err(Refusal::input)?;
    list().into_iter().find(|line| line.id == id).ok_or_else(|| Refusal::failed("the list of classics is not whole"))
}

fn parameter(p: &faultline_models::classics::Parameter) -> ParameterLine {
    let (kind, bounds, words) = match p.kind {
        Kind::Number { low, high, .. } => ("number", Some((low, high)), Vec::new()),
        Kind::Whole { low, high, .. } => ("whole", Some((low as f64, high as f64)), Vec::new()),
        Kind::List { bounds, .. } => ("list", Some(bounds), Vec::new()),
        Kind::Matrix { bounds, .. } => ("matrix", Some(bounds), Vec::new()),
        Kind::Word(words) => ("word", None, words.to_vec()),
        Kind::File => ("file", None, Vec::new()),
    };
    ParameterLine {
        id: p.id,
        doc: p.doc,
        unit: p.unit,
        kind,
        default: p.default_text(),
        domain: p.domain(),
        low: bounds.map(|b| b.0),
        high: bounds.map(|b| b.1),
        words,
    }
}

/// Runs a classic.
///
/// # Errors
/// Everything that is wrong with the request, at once.
pub fn play(wish: &Wish) -> Result<ClassicPage, Refusal> {
    Ok(run(wish, &Control::default())?.page())
}

/// Runs a classic and draws its chart: SVG, PNG or PDF by the ending.
///
/// # Errors
/// As for [`play`], and when the ending is none of these.
pub fn draw(wish: &Wish, ending: &str, dark: bool) -> Result<(ClassicPage, Vec<u8>), Refusal> {
    let format = picture::format(ending)?;
    let played = run(wish, &Control::default())?;
    let drawn = picture::file(&played.chart(Language::En, &str::to_owned), format, dark)?;
    Ok((played.page(), drawn))
}

/// A classic that was run, before it is put into words.
#[derive(Debug)]
pub(crate) struct Played {
    /// Which one.
    pub(crate) classic: &'static Classic,
    values: Values,
    /// Number of runs.
    pub(crate) runs: usize,
    /// First seed.
    pub(crate) seed: u32,
    /// What it left behind.
    pub(crate) outcome: Outcome,
}

/// Runs a classic that may be followed and stopped.
///
/// # Errors
/// Everything that is wrong with the request, at once; an interruption when it was stopped.
pub(crate) fn run(wish: &Wish, control: &Control<'_>) -> Result<Played, Refusal> {
    let (classic, values, (runs, seed)) = read(wish)?;
    let stopped = || control.cancel.is_some_and(|flag| flag.load(Ordering::Relaxed));
    let refuse = |why: String| if stopped() { Refusal::interrupted(why) } else { Refusal::input(why) };
    let outcome = classic.run(&values, Trial { runs, seed, control }).map_err(refuse)?;
    Ok(Played { classic, values, runs, seed, outcome })
}

impl Played {
    /// Its chart; `said` puts names of axes and series into the language.
    pub(crate) fn chart(&self, language: Language, said: &dyn Fn(&str) -> String) -> Chart {
        let classic = self.classic;
        let told = trust::Told {
            id: classic.id,
            name: &said(classic.name),
            lesson: &said(classic.lesson),
            source: classic.source,
            simulated: &said(&self.outcome.simulated),
        };
        trust::classic(&told, &self.outcome.picture, self.runs, language, said)
    }

    /// Values of all parameters, as they would be typed.
    pub(crate) fn typed(&self) -> Vec<(String, String)> {
        let value = |id: &str| self.values.iter().find(|(key, _)| *key == id).map(|(_, value)| typed(value));
        self.classic.parameters.iter().filter_map(|p| Some((p.id.to_owned(), value(p.id)?))).collect()
    }

    /// It as a page.
    pub(crate) fn page(self) -> ClassicPage {
        let parameters = self.typed();
        let Played { classic, runs, seed, outcome, .. } = self;
        let Outcome { simulated, lines, listing, notes, picture } = outcome;
        ClassicPage {
            id: classic.id,
            name: classic.name,
            lesson: classic.lesson,
            engine: classic.engine,
            source: classic.source,
            level: classic.level.words(),
            parameters,
            runs,
            seed,
            simulated,
            lines: lines.into_iter().map(result).collect(),
            listing: ListingPage { columns: listing.columns, rows: listing.rows },
            notes,
            picture: PicturePage {
                x: picture.x,
                y: picture.y,
                series: picture.series.into_iter().map(|s| SeriesPage { name: s.name, shape: word(s.shape), points: s.points }).collect(),
            },
        }
    }
}

/// The classic, its values, and how many runs from which seed.
fn read(wish: &Wish) -> Result<(&'static Classic, Values, (usize, u32)), Refusal> {
    let classic = Classic::find(&wish.id).map_err(Refusal::input)?;
    let mut wrong: Vec<Refusal> = Vec::new();
    let values = Values::read(classic, &wish.given, &|path| landscape(Path::new(path)))
        .map_err(|list| wrong.extend(list.into_iter().map(Refusal::input)))
        .ok();
    let mut whole =
        |flag, text: &Option<String>, bounds| whole_number(flag, text.as_deref(), bounds).map_err(|refusal| wrong.push(refusal)).ok().flatten();
    let runs = whole("--runs", &wish.runs, (1, MAX_RUNS as u64)).unwrap_or(classic.runs);
    let seed = whole("--seed", &wish.seed, (0, u64::from(u32::MAX))).and_then(|seed| u32::try_from(seed).ok()).unwrap_or(1);
    match values {
        Some(values) if wrong.is_empty() => Ok((classic, values, (runs, seed))),
        _ => Err(Refusal::all(wrong)),
    }
}

fn word(shape: Shape) -> &'static str {
    match shape {
        Shape::Exact => "exact",
        Shape::Unstable => "unstable",
        Shape::Dots => "dots",
        Shape::Run => "run",
        Shape::Band => "band",
    }
}

fn result(line: Line) -> ResultLine {
    ResultLine {
        difference: line.difference(),
        standard_errors_apart: line.distance(),
        agrees: line.agrees(),
        name: line.name,
        simulated: line.simulated.filter(|x| x.is_finite()),
        standard_error: line.standard_error,
        reference: line.reference,
        reference_error: line.reference_error,
        basis: line.basis,
    }
}

/// A value as it would be typed.
fn typed(value: &Value) -> String {
    let join = |numbers: &[f64]| numbers.iter().map(f64::to_string).collect::<Vec<_>>().join(",");
    match value {
        Value::Number(number) => number.to_string(),
        Value::Whole(number) => number.to_string(),
        Value::List(numbers) => join(numbers),
        Value::Matrix(rows) => rows.iter().map(|row| join(row)).collect::<Vec<_>>().join(";"),
        Value::Word(word) => (*word).to_owned(),
        Value::File(_) => "as in the file".to_owned(),
    }
}

/// Names, sizes and propensities as written in TOML or JSON.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    names: Vec<String>,
    sizes: Vec<f64>,
    propensity: Vec<Vec<f64>>,
}

/// Names, sizes and propensities from a file: TOML or JSON with `names`, `sizes` and `propensity`, or CSV with a header
/// `name,size,` and the names, and a row for each.
fn landscape(path: &Path) -> Result<Landscape, String> {
    let say = |refusal: Refusal| refusal.to_string();
    let text = disk::read_text(path, disk::MAX_TEXT).map_err(say)?;
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let named = |e: String| format!("{}: {}", path.display(), one_line(&e));
    let written: Written = match ending.as_str() {
        "toml" => toml::from_str(&text).map_err(|e| named(toml_problem(&e, &text)))?,
        "json" => serde_json::from_str(&text).map_err(|e| named(e.to_string()))?,
        "csv" => {
            let rows = cells(path, &text).map_err(say)?;
            let mut wrong = Vec::new();
            let Some((header, rows)) = rows.split_first() else { return Err(named("is empty".to_owned())) };
            let table: Vec<Vec<f64>> = rows.iter().enumerate().map(|(i, row)| numbers(row, header, i + 2, &mut wrong)).collect();
            if !wrong.is_empty() {
                return Err(named(wrong.join("; ")));
            }
            let names: Vec<String> = rows.iter().map(|row| row.first().cloned().unwrap_or_default()).collect();
            if header.get(2..) != Some(&names[..]) {
                return Err(named(format!(
                    "the propensities are not a square in one order: {} rows, {} columns. The header should be name,size,{}",
                    names.len(),
                    header.len().saturating_sub(2),
                    names.join(",")
                )));
            }
            Written {
                names,
                sizes: table.iter().filter_map(|row| row.first().copied()).collect(),
                propensity: table.iter().map(|row| row.get(1..).unwrap_or_default().to_vec()).collect(),
            }
        }
        _ => return Err(named("is none of .toml, .json and .csv".to_owned())),
    };
    let plain = |name: String| name.chars().filter(|c| !c.is_control()).take(60).collect();
    Landscape::new(written.names.into_iter().map(plain).collect(), written.sizes, written.propensity).map_err(|wrong| named(wrong.join("; ")))
}
