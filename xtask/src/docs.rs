//! `cargo xtask docs`: the tables of docs/model.md, read off the code's lists and the baseline scenario.

use std::fs;
use std::path::PathBuf;

use faultline_api::lists;
use faultline_api::model::{INDICATORS, LEVERS, LedgerEntry, Lever, Scenario, TICK, UNCERTAINTIES, Uncertainty};

use crate::markers::{replaced, table};
use crate::shell::top;
use crate::{Outcome, only};

/// Renews the tables, or with `--check` says whether they are stale.
///
/// # Errors
/// When the document cannot be read or written, a marker is missing, or (with `--check`) a table is stale.
pub fn docs(arguments: &[String]) -> Outcome {
    only(arguments, &["--check"])?;
    if !arguments.is_empty() {
        return check();
    }
    let renewed = renewed(&read()?)?;
    fs::write(path(), renewed).map_err(|e| format!("{}: {e}", path().display()))
}

/// Whether the tables are those of the code.
///
/// # Errors
/// A sentence when they are not, or when that cannot be told.
pub fn check() -> Outcome {
    let document = read()?;
    if renewed(&document)? == document { Ok(()) } else { Err("docs/model.md is stale; run: cargo xtask docs".to_owned()) }
}

/// The document with all tables written anew.
///
/// # Errors
/// When a marker is missing or the baseline scenario cannot be loaded.
pub fn renewed(document: &str) -> Result<String, String> {
    let baseline = lists::baseline().map_err(|refusal| refusal.to_string())?.scenario;
    let document = replaced(document, "tick", &tick())?;
    let document = replaced(&document, "indicators", &indicators())?;
    let document = replaced(&document, "levers", &levers(&baseline))?;
    replaced(&document, "uncertainties", &uncertainties(&baseline))
}

fn path() -> PathBuf {
    top().join("docs/model.md")
}

fn read() -> Result<String, String> {
    fs::read_to_string(path()).map_err(|e| format!("{}: {e}", path().display()))
}

fn tick() -> String {
    let rows = TICK
        .iter()
        .zip(1..)
        .map(|(step, number)| vec![number.to_string(), format!("`{}`", step.name), step.does.to_owned(), step.equation.to_owned()]);
    table(&["", "step", "what happens", "equation"], rows)
}

fn indicators() -> String {
    let rows = INDICATORS.iter().map(|indicator| {
        let bounds = range(indicator.low, indicator.high);
        vec![
            format!("`{}`", indicator.id),
            indicator.name.to_owned(),
            indicator.formula.to_owned(),
            bounds,
            indicator.unit.to_owned(),
            indicator.reading.to_owned(),
        ]
    });
    table(&["id", "name", "formula", "bounds", "unit", "how to read it"], rows)
}

fn levers(baseline: &Scenario) -> String {
    let rows = LEVERS.iter().map(|lever| {
        vec![
            format!("`{}`", lever.id),
            lever.symbol.to_owned(),
            format!("{}. {}", lever.name, lever.reading),
            lever.scope.word().to_owned(),
            lever.unit.to_owned(),
            number(lever.corner_decoupling),
            today(baseline, lever),
            number(lever.corner_cooperation),
            lever.recommendation.map_or_else(|| "–".to_owned(), |number| number.to_string()),
        ]
    });
    table(&["key", "symbol", "lever", "per", "unit", "at cooperation 0", "today (grade)", "at cooperation 1", "recommendation"], rows)
}

fn today(baseline: &Scenario, lever: &Lever) -> String {
    let shown = |(part, entry): &(String, &LedgerEntry)| format!("{part}{} ({})", number(entry.quantity.value), entry.quantity.grade.word());
    entries(baseline, &format!("levers.{}", lever.id)).iter().map(shown).collect::<Vec<_>>().join("; ")
}

fn uncertainties(baseline: &Scenario) -> String {
    let rows = UNCERTAINTIES.iter().map(|uncertainty| {
        vec![
            format!("`{}`", uncertainty.id),
            uncertainty.symbol.to_owned(),
            format!("{}. {}", uncertainty.name, uncertainty.reading),
            values(baseline, uncertainty),
            uncertainty.unit.to_owned(),
            range(uncertainty.low, uncertainty.high),
        ]
    });
    table(&["key", "symbol", "uncertainty", "value (range, grade)", "unit", "engine bounds"], rows)
}

fn values(baseline: &Scenario, uncertainty: &Uncertainty) -> String {
    let shown = |(part, entry): &(String, &LedgerEntry)| {
        let q = &entry.quantity;
        format!("{part}{} ({}, {})", number(q.value), range(q.low, q.high), q.grade.word())
    };
    entries(baseline, &format!("uncertainties.{}", uncertainty.id)).iter().map(shown).collect::<Vec<_>>().join("; ")
}

/// The ledger's entries for a key and the keys below it, each with what stands below (`EU `, or nothing), in the ledger's order.
fn entries<'a>(scenario: &'a Scenario, key: &str) -> Vec<(String, &'a LedgerEntry)> {
    let part = |entry: &'a LedgerEntry| {
        let below = entry.key.strip_prefix(key)?;
        match below.strip_prefix('.') {
            Some("all" | "world") => Some((String::new(), entry)),
            Some(part) => Some((format!("{part} "), entry)),
            None => below.is_empty().then_some((String::new(), entry)),
        }
    };
    scenario.ledger.iter().filter_map(part).collect()
}

fn range(low: f64, high: f64) -> String {
    let end = |value: f64| if value.is_finite() { number(value) } else { "∞".to_owned() };
    let low = if low.is_finite() { number(low) } else { "−∞".to_owned() };
    format!("{low} to {}", end(high))
}

/// A number as it would be typed.
fn number(value: f64) -> String {
    format!("{value}").replace('-', "−")
}
