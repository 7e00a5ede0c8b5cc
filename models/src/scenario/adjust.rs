//! What a caller changes in a scenario without touching its file: values of levers and uncertainties, counts, calendar.

use super::problem::{Problem, quoted};
use super::values::Names;
use super::{Grade, LedgerEntry, Move, Quantity, Scenario};
use crate::calendar::Quarter;
use crate::levers::{COOPERATION, LEVERS, Lever, Scope};
use crate::text::nearest;
use crate::uncertainties::{UNCERTAINTIES, Uncertainty};

/// Length of the ramp by which an overridden lever moves, in quarters.
const RAMP: u32 = 8;

/// Quarter in which an overridden lever begins to move.
const BEGIN: Quarter = Quarter::new(2027, 1);

/// A value to use instead of the scenario's.
#[derive(Debug, Clone, PartialEq)]
pub struct Override {
    /// `lever`, `lever.slot`, `lever.domain`, `lever.slot.domain`, `cooperation…`, an uncertainty, or `uncertainty.domain`.
    pub key: String,
    /// The value.
    pub value: f64,
}

/// All changes to a scenario that a caller asks for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Adjust {
    /// Values of levers and uncertainties. A lever is moved to its value over eight quarters from 2027Q1 (from the start, if
    /// that is later), in place of anything that the scenario does with it; an uncertainty has its value throughout.
    pub overrides: Vec<Override>,
    /// Number of adopters.
    pub adopters: Option<usize>,
    /// First quarter.
    pub from: Option<Quarter>,
    /// Last quarter.
    pub to: Option<Quarter>,
}

/// The value given for an uncertainty as a whole.
pub(super) fn value_of(adjust: &Adjust, id: &str) -> Option<f64> {
    adjust.overrides.iter().rev().find(|o| o.key == id).map(|o| o.value).filter(|value| value.is_finite())
}

impl Scenario {
    /// This scenario with other values of levers, uncertainties and counts. What follows from values elsewhere (places of blocs, ledger)
    /// stays as it was, and so does the calendar: a file that holds the values has all of it when it is read.
    ///
    /// # Errors
    /// Every problem with the changes.
    pub fn with_values(&self, adjust: &Adjust) -> Result<Scenario, Vec<Problem>> {
        let mut own = self.clone();
        let problems = apply(&mut own, adjust);
        if problems.is_empty() { Ok(own) } else { Err(problems) }
    }
}

/// Applies the changes; gives every problem with them.
pub(super) fn apply(scenario: &mut Scenario, adjust: &Adjust) -> Vec<Problem> {
    let names = Names {
        blocs: scenario.blocs.iter().map(|bloc| bloc.id.clone()).collect(),
        domains: scenario.domains.iter().map(|domain| domain.id.clone()).collect(),
        blocs_file: 0,
    };
    let mut problems = Vec::new();
    if let Some(adopters) = adjust.adopters {
        let least = scenario.blocs.len() + scenario.economies.len();
        if (least..=1_000_000).contains(&adopters) {
            scenario.sizes.adopters = adopters;
        } else {
            problems.push(problem(
                "--adopters",
                "adopters",
                format!("{adopters} is out of range"),
                format!("give {least} (one per market) to 1000000"),
            ));
        }
    }
    for o in &adjust.overrides {
        if let Err(problem) = apply_one(scenario, o, &names) {
            problems.push(problem);
        }
    }
    problems
}

fn problem(file: &str, key: &str, message: String, hint: String) -> Problem {
    Problem { file: file.to_owned(), line: None, key: key.to_owned(), message, hint }
}

fn apply_one(scenario: &mut Scenario, o: &Override, names: &Names) -> Result<(), Problem> {
    let mut parts = o.key.split('.');
    let id = parts.next().unwrap_or("");
    let parts: Vec<&str> = parts.collect();
    let refuse = |message: String, hint: String| Err(problem("--set", &o.key, message, hint));
    if let Some(uncertainty) = Uncertainty::find(id) {
        return set_uncertainty(scenario, o, uncertainty, &parts, names);
    }
    let lever = Lever::find(id);
    if lever.is_none() && id != COOPERATION {
        let known = LEVERS.iter().map(|lever| lever.id).chain(UNCERTAINTIES.iter().map(|u| u.id)).chain([COOPERATION]);
        let hint =
            nearest(id, known).map_or_else(|| "see `faultline levers` for the names in use".to_owned(), |near| format!("did you mean {near}?"));
        return refuse(format!("there is no lever or uncertainty {}", quoted(id)), hint);
    }
    let (low, high) = lever.map_or((0.0, 1.0), |lever| (lever.low, lever.high));
    check_range(o, low, high)?;
    let target = Target::new(o, lever, &parts, names)?;
    let end = scenario.calendar.end();
    if end <= BEGIN {
        let message = format!("moves the lever from {BEGIN} on, but the runs end in {end}");
        return refuse(message, format!("let the runs end later than {BEGIN}, or write the value under [levers] in a scenario file"));
    }
    scenario.moves.push(target.into_move(o, id, BEGIN.max(scenario.calendar.start)));
    Ok(())
}

fn check_range(o: &Override, low: f64, high: f64) -> Result<(), Problem> {
    if o.value.is_finite() && o.value >= low && o.value <= high {
        return Ok(());
    }
    Err(problem("--set", &o.key, format!("{} is out of range", o.value), format!("it must lie between {low} and {high}")))
}

fn set_uncertainty(scenario: &mut Scenario, o: &Override, uncertainty: &Uncertainty, parts: &[&str], names: &Names) -> Result<(), Problem> {
    check_range(o, uncertainty.low, uncertainty.high)?;
    let values = &mut scenario.uncertainties[uncertainty.index()];
    match parts {
        [] => values.fill(o.value),
        [domain] if uncertainty.per_domain => match names.domains.iter().position(|d| d == domain) {
            Some(d) => values[d] = o.value,
            None => {
                return Err(problem(
                    "--set",
                    &o.key,
                    format!("there is no domain {}", quoted(domain)),
                    format!("one of: {}", names.domains.join(", ")),
                ));
            }
        },
        _ => return Err(problem("--set", &o.key, "is one value for all".to_owned(), format!("write {}=…", uncertainty.id))),
    }
    Ok(())
}

/// What may stand in the place of a part that is not known.
fn hint(o: &Override, lever: Option<&Lever>, part: &str, names: &Names) -> String {
    let slots = match lever.map(|lever| lever.scope) {
        Some(Scope::World) => Vec::new(),
        Some(scope) => names.slots(scope),
        None => [names.slots(Scope::Bloc), names.slots(Scope::Pair)].concat(),
    };
    let domains = names.domains.iter().filter(|_| lever.is_none_or(Lever::per_domain)).cloned();
    let known: Vec<String> = slots.into_iter().chain(domains).collect();
    if known.is_empty() {
        return format!("it is one value for the world: write {}=…", o.key.split('.').next().unwrap_or(""));
    }
    let near = nearest(part, known.iter().map(String::as_str)).map_or(String::new(), |near| format!("did you mean {near}? "));
    format!("{near}one of: {}", known.join(", "))
}

/// What an overridden lever is restricted to.
#[derive(Default)]
struct Target {
    blocs: Vec<usize>,
    pair: Option<(usize, usize)>,
    domain: Option<usize>,
}

impl Target {
    fn new(o: &Override, lever: Option<&Lever>, parts: &[&str], names: &Names) -> Result<Target, Problem> {
        let mut target = Target::default();
        for part in parts {
            let former = (target.domain, target.slots());
            if let Some(domain) = names.domains.iter().position(|d| d == part).filter(|_| lever.is_none_or(Lever::per_domain)) {
                target.domain = Some(domain);
            } else if let Some(bloc) = names.slot(Scope::Bloc, part).filter(|_| lever.is_none_or(|l| l.scope == Scope::Bloc)) {
                target.blocs = vec![bloc];
            } else if let Some(pair) = names.slot(Scope::Pair, part).filter(|_| lever.is_none_or(|l| l.scope == Scope::Pair)) {
                target.pair = Some(super::pairs(names.blocs.len())[pair]);
            } else {
                return Err(problem("--set", &o.key, format!("{} cannot be set here", quoted(part)), hint(o, lever, part, names)));
            }
            // A second bloc would silently take the place of the first one.
            if (former.0.is_some() && target.slots() == former.1) || (former.1 > 0 && target.domain == former.0) {
                let message = format!("{} comes on top of another of its kind; one bloc or pair and one domain can be named", quoted(part));
                return Err(problem("--set", &o.key, message, "give --set once for each of them".to_owned()));
            }
        }
        Ok(target)
    }

    /// How many blocs or pairs are named.
    fn slots(&self) -> usize {
        self.blocs.len() + usize::from(self.pair.is_some())
    }

    fn into_move(self, o: &Override, id: &str, from: Quarter) -> Move {
        Move {
            lever: id.to_owned(),
            blocs: self.blocs,
            pair: self.pair,
            domain: self.domain,
            to: o.value,
            from,
            over: RAMP,
            replaces: true,
            because: "set by the user for this run".to_owned(),
            event: None,
            source: "set by the user".to_owned(),
            grade: Grade::Assumed,
            set_by: "--set".to_owned(),
        }
    }
}

/// Enters changed uncertainties and counts in the ledger, so that no table shows a value that was not used.
pub(super) fn note_in_ledger(scenario: &mut Scenario, adjust: &Adjust) {
    let adopters = adjust.adopters.map(|n| ("sizes.adopters".to_owned(), n as f64));
    let values = adjust.overrides.iter().filter(|o| Uncertainty::find(o.key.split('.').next().unwrap_or("")).is_some());
    for (key, value) in values.map(|o| (format!("uncertainties.{}", o.key), o.value)).chain(adopters) {
        let prefix = format!("{key}.");
        for entry in scenario.ledger.iter_mut().filter(|entry| entry.key == key || entry.key.starts_with(&prefix)) {
            *entry = changed(entry, value);
        }
    }
}

fn changed(entry: &LedgerEntry, value: f64) -> LedgerEntry {
    let q = &entry.quantity;
    let quantity = Quantity {
        value,
        low: q.low.min(value),
        high: q.high.max(value),
        unit: q.unit.clone(),
        source: "set by the user".to_owned(),
        grade: Grade::Assumed,
        note: String::new(),
    };
    LedgerEntry { key: entry.key.clone(), quantity, set_by: "--set".to_owned() }
}
