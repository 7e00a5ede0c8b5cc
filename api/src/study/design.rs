//! The points of a study: a Latin hypercube over named factors, or a table that the user gives.

use std::collections::BTreeSet;
use std::path::Path;

use faultline_models::design::latin_hypercube;
use faultline_models::levers::{COOPERATION, LEVERS, Lever};
use faultline_models::scenario::Scenario;
use faultline_models::uncertainties::{UNCERTAINTIES, Uncertainty};

use crate::disk;
use crate::refusal::Refusal;
use crate::tables::cell;

/// Most points of a design.
pub(super) const MAX_POINTS: usize = 1_000_000;

/// Most factors of a design.
const MAX_FACTORS: usize = 256;

/// Most numbers of a design: what is kept of it in memory.
const MAX_NUMBERS: usize = 20_000_000;

/// Largest table of points that is read, in bytes.
const MAX_TABLE: u64 = 256 << 20;

/// How many wrong cells of a table are named.
const SHOWN: usize = 20;

/// Name of the column that counts the points.
pub(super) const POINT: &str = "point";

/// Words that stand for many factors.
const ALL_UNCERTAINTIES: &str = "uncertainties";
const ALL_LEVERS: &str = "levers";

/// Something that differs between points.
#[derive(Debug, Clone, PartialEq)]
pub struct Factor {
    /// Key as for `--set`.
    pub key: String,
    /// Smallest value of the design.
    pub low: f64,
    /// Largest value of the design.
    pub high: f64,
}

/// The factors that are named as `key`, `key=low..high`, `uncertainties` or `levers`; what is wrong with them goes to `wrong`.
pub(super) fn factors(named: &[String], scenario: &Scenario, wrong: &mut Vec<Refusal>) -> Vec<Factor> {
    let mut found = Vec::new();
    for text in named {
        match text.trim() {
            ALL_UNCERTAINTIES => found.extend(UNCERTAINTIES.iter().filter_map(|u| shipped(u.id, scenario))),
            ALL_LEVERS => found.extend(LEVERS.iter().filter_map(|lever| shipped(lever.id, scenario))),
            one => match factor(one, scenario) {
                Ok(factor) => found.push(factor),
                Err(refusal) => wrong.push(refusal),
            },
        }
    }
    check_keys(&found.iter().map(|f| f.key.as_str()).collect::<Vec<_>>(), "--vary", wrong);
    found
}

fn factor(text: &str, scenario: &Scenario) -> Result<Factor, Refusal> {
    let Some((key, range)) = text.split_once('=') else {
        let none = || {
            let shown = shown(text);
            // An unknown name is named by the gate, with the nearest known one.
            if bounds(text).is_none() {
                return Ok(Factor { key: text.to_owned(), low: 0.0, high: 0.0 });
            }
            Err(Refusal::input(format!("--vary {shown}: the scenario gives no range for it. Write --vary {shown}=LOW..HIGH")))
        };
        return shipped(text, scenario).map_or_else(none, Ok);
    };
    let ends = range.split_once("..").and_then(|(low, high)| Some((low.trim().parse::<f64>().ok()?, high.trim().parse::<f64>().ok()?)));
    match ends {
        Some((low, high)) if low.is_finite() && high.is_finite() && low <= high => Ok(Factor { key: key.trim().to_owned(), low, high }),
        _ => Err(Refusal::input(format!(
            "--vary {}: is no range. Write it like home-mandate.EU=0.2..0.9, the lower end first, or leave the range away for the scenario’s",
            shown(text)
        ))),
    }
}

/// The range that a key has in a scenario: of an uncertainty the plausible one of the ledger, of a lever all that it can be set to.
fn shipped(key: &str, scenario: &Scenario) -> Option<Factor> {
    let (id, _) = key.split_once('.').unwrap_or((key, ""));
    if Uncertainty::find(id).is_none() {
        return bounds(key).map(|(low, high)| Factor { key: key.to_owned(), low, high });
    }
    plausible(key, scenario).or_else(|| plausible(id, scenario)).map(|(low, high)| Factor { key: key.to_owned(), low, high })
}

/// The hull of the plausible ranges of an uncertainty and its domains, where it has any width.
fn plausible(key: &str, scenario: &Scenario) -> Option<(f64, f64)> {
    let key = format!("uncertainties.{key}");
    let below = format!("{key}.");
    let ranges = scenario.ledger.iter().filter(|entry| entry.key == key || entry.key.starts_with(&below)).map(|e| (e.quantity.low, e.quantity.high));
    let (low, high) = ranges.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
    let (least, most) = bounds(key.trim_start_matches("uncertainties."))?;
    Some((low.max(least), high.min(most))).filter(|(low, high)| low < high)
}

/// What the engine accepts for a key; nothing when no such thing is known.
fn bounds(key: &str) -> Option<(f64, f64)> {
    let id = key.split('.').next().unwrap_or("");
    let master = (id == COOPERATION).then_some((0.0, 1.0));
    master.or_else(|| Lever::find(id).map(|l| (l.low, l.high))).or_else(|| Uncertainty::find(id).map(|u| (u.low, u.high)))
}

/// No factor twice, none within another, and not too many.
fn check_keys(keys: &[&str], from: &str, wrong: &mut Vec<Refusal>) {
    for (i, key) in keys.iter().enumerate() {
        if keys[..i].contains(key) {
            wrong.push(Refusal::input(format!("{from}: {} is named twice. Name it once", shown(key))));
        }
        if let Some(whole) = keys.iter().find(|whole| key.strip_prefix(**whole).is_some_and(|rest| rest.starts_with('.'))) {
            wrong.push(Refusal::input(format!("{from}: {} is a part of {}, which varies as well. Keep one of the two", shown(key), shown(whole))));
        }
    }
    if keys.len() > MAX_FACTORS {
        wrong.push(Refusal::input(format!("{from}: {} factors; at most {MAX_FACTORS} vary in a study", keys.len())));
    }
}

/// The points of a Latin hypercube over the factors' ranges, `[point][factor]`.
pub(super) fn hypercube(factors: &[Factor], points: usize, seed: u32) -> Vec<f64> {
    let mut design = latin_hypercube(points, factors.len(), seed);
    for point in design.chunks_mut(factors.len().max(1)) {
        point.iter_mut().zip(factors).for_each(|(value, f)| *value = f.low + (f.high - f.low) * *value);
    }
    design
}

/// Whether a design of this size is kept in memory; told before it is made.
pub(super) fn check_size(points: usize, factors: usize) -> Result<(), Refusal> {
    if points.saturating_mul(factors) <= MAX_NUMBERS {
        return Ok(());
    }
    Err(Refusal::input(format!(
        "{points} points of {factors} factors are more than {MAX_NUMBERS} numbers. Ask for at most {} points, or split the study",
        MAX_NUMBERS / factors
    )))
}

/// Factors and points of a table: a header of keys, then one line of numbers per point.
///
/// # Errors
/// Everything that is wrong with it, with line and column.
pub(super) fn table(path: &Path) -> Result<(Vec<Factor>, Vec<f64>), Refusal> {
    let text = disk::read_text(path, MAX_TABLE)?;
    let name = shown(&path.display().to_string());
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().map_err(|e| Refusal::input(format!("{name}: {e}")))?.clone();
    let mut wrong = Vec::new();
    let counted = header.iter().next() == Some(POINT);
    let keys: Vec<&str> = header.iter().skip(usize::from(counted)).collect();
    if keys.is_empty() || keys.iter().any(|key| key.is_empty()) {
        wrong.push(Refusal::input(format!("{name}:1: the first line names what varies, one key per column, like switching-cost,home-mandate.EU")));
    }
    check_keys(&keys, &format!("{name}:1"), &mut wrong);
    let mut points = Vec::new();
    for (number, record) in reader.records().enumerate() {
        if number >= MAX_POINTS || points.len() > MAX_NUMBERS {
            wrong.push(Refusal::input(format!("{name}: has more than {MAX_POINTS} points or {MAX_NUMBERS} numbers. Split it")));
            break;
        }
        let record = record.map_err(|e| Refusal::input(format!("{name}: {e}")))?;
        let line = record.position().map_or(0, csv::Position::line);
        let mut say = |problem: String| wrong.push(Refusal::input(format!("{name}:{line}: {problem}")));
        if record.len() != header.len() {
            say(format!("has {} cells, the first line names {}", record.len(), header.len()));
            continue;
        }
        if counted && record.get(0) != Some((number + 1).to_string().as_str()) {
            say(format!("the column {POINT} counts the points, so {} should stand here; or leave that column away", number + 1));
        }
        for (key, cell) in keys.iter().zip(record.iter().skip(usize::from(counted))) {
            points.push(number_of(cell, key).unwrap_or_else(|problem| {
                say(problem);
                f64::NAN
            }));
        }
    }
    if points.is_empty() && wrong.is_empty() {
        wrong.push(Refusal::input(format!("{name}: has no points below its first line")));
    }
    refuse(wrong)?;
    let column = |k: usize| points.iter().skip(k).step_by(keys.len()).copied();
    let factor = |(k, key): (usize, &&str)| Factor {
        key: (*key).to_owned(),
        low: column(k).fold(f64::INFINITY, f64::min),
        high: column(k).fold(f64::NEG_INFINITY, f64::max),
    };
    Ok((keys.iter().enumerate().map(factor).collect(), points))
}

fn number_of(cell: &str, key: &str) -> Result<f64, String> {
    let value: f64 = cell.parse().map_err(|_| format!("{}: “{}” is not a number. Write it like 0.7", shown(key), shown(cell)))?;
    match bounds(key) {
        Some((low, high)) if !(low..=high).contains(&value) => {
            Err(format!("{}: {value} is out of range; it must lie between {low} and {high}", shown(key)))
        }
        None if !value.is_finite() => Err(format!("{}: {value} is no finite number", shown(key))),
        _ => Ok(value),
    }
}

/// The first problems as one refusal.
fn refuse(mut wrong: Vec<Refusal>) -> Result<(), Refusal> {
    if wrong.is_empty() {
        return Ok(());
    }
    let more = wrong.len().saturating_sub(SHOWN);
    wrong.truncate(SHOWN);
    if more > 0 {
        wrong.push(Refusal::input(format!("and {more} more")));
    }
    Err(Refusal::all(wrong))
}

/// The design as a table that can be given back.
pub(super) fn csv(factors: &[Factor], points: &[f64]) -> String {
    let header = std::iter::once(POINT).chain(factors.iter().map(|f| f.key.as_str()));
    let mut text = header.collect::<Vec<_>>().join(",") + "\n";
    for (i, point) in points.chunks(factors.len().max(1)).enumerate() {
        let cells = std::iter::once((i + 1).to_string()).chain(point.iter().map(|value| cell(*value)));
        text += &(cells.collect::<Vec<_>>().join(",") + "\n");
    }
    text
}

/// Which of the keys are also in a list of others.
pub(super) fn shared<'a>(factors: &'a [Factor], others: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let others: BTreeSet<&str> = others.collect();
    factors.iter().map(|f| f.key.as_str()).filter(|key| others.contains(key)).collect()
}

/// What was typed, short and without control characters.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(120).collect()
}
