//! The inputs in which scenarios differ: the one list behind the counts of Explore, the table of Compare and the question why.

use faultline_models::levers::{LEVERS, Lever, Scope};
use faultline_models::scenario::Scenario;
use faultline_models::uncertainties::{UNCERTAINTIES, Uncertainty};

use super::given;
use super::text::{Text, plain_number};
use crate::show;
use crate::wire_desktop::{InputDiff, InputKind};

/// Factor by which a number is shown, and the unit beside it: shares and chances as per cent.
pub(crate) fn shown_as(unit: &str) -> (f64, String) {
    let hundredth = (unit.starts_with("share ") || unit == "share" || unit.starts_with("probability"))
        && !unit.contains("unit cost")
        && !unit.contains("mean supplier");
    if hundredth { (100.0, "%".to_owned()) } else { (1.0, String::new()) }
}

/// A value as shown, without its unit.
pub(crate) fn shown(value: f64, unit: &str) -> String {
    // Rounding before showing: 0.07 × 100 is 7.000000000000001.
    plain_number((value * shown_as(unit).0 * 1e9).round() / 1e9)
}

/// A level as it was set: a ramp reaches its target but for the last bit.
pub(crate) fn level(value: f64) -> f64 {
    (value * 1e12).round() / 1e12
}

/// Names of the slots of a lever, in order; the world has none.
pub(crate) fn slots(lever: &Lever, scenario: &Scenario) -> Vec<Option<String>> {
    let bloc = |b: usize| scenario.blocs[b].id.as_str();
    match lever.scope {
        Scope::World => vec![None],
        Scope::Bloc => scenario.blocs.iter().map(|b| Some(b.id.clone())).collect(),
        Scope::Pair => scenario.pairs().into_iter().map(|(a, b)| Some(format!("{}-{}", bloc(a), bloc(b)))).collect(),
    }
}

/// Name of something with whom and where it holds.
pub(crate) fn placed(text: Text, name: &str, slot: Option<&str>, domain: Option<&str>) -> String {
    let parts: Vec<String> = slot.into_iter().chain(domain).map(|id| text.label(id)).collect();
    text.placed(&text.phrase(name), &parts)
}

/// A key with its slot and domain.
pub(crate) fn key(id: &str, slot: Option<&str>, domain: Option<&str>) -> String {
    std::iter::once(id).chain(slot).chain(domain).collect::<Vec<_>>().join(".")
}

/// The inputs in which the scenarios are not all the same; the first is the baseline.
pub(crate) fn differing(scenarios: &[&Scenario], text: Text) -> Vec<InputDiff> {
    let levers = LEVERS.iter().flat_map(|lever| lever_rows(lever, scenarios, text));
    let uncertainties = UNCERTAINTIES.iter().flat_map(|u| uncertainty_rows(u, scenarios, text));
    let rest = event_row(scenarios, text).into_iter().chain(switch_rows(scenarios, text)).chain(number_rows(scenarios, text));
    levers.chain(uncertainties).chain(rest).collect()
}

/// The course of a lever in each domain of the baseline, by the names of slot and domain; nothing where a scenario has no such place.
fn courses(lever: &Lever, slot: Option<&str>, base: &Scenario, scenario: &Scenario) -> Vec<Option<Vec<f64>>> {
    let at = slots(lever, scenario).iter().position(|s| s.as_deref() == slot);
    let course = |id: &str| Some(scenario.lever_path(lever.index(), scenario.domains.iter().position(|d| d.id == id)?, at?));
    base.domains.iter().map(|domain| course(&domain.id)).collect()
}

/// Whether scenarios differ from the first in something that not all of them have: a bloc or domain that is missing is a difference of
/// its own, told by its size or weight, and none in every lever and assumption.
fn differ<T: PartialEq>(own: &[Option<T>]) -> bool {
    own.iter().flatten().any(|value| own[0].as_ref() != Some(value))
}

/// Values by domain and scenario as those of all domains in one, where no scenario has more than one of them.
fn uniform<T: PartialEq + Clone>(by_domain: &[Vec<Option<T>>]) -> Option<Vec<Option<T>>> {
    let one = |scenario: usize| {
        let mut own = by_domain.iter().filter_map(|all| all[scenario].as_ref());
        let first = own.next();
        own.all(|other| Some(other) == first).then(|| first.cloned())
    };
    (0..by_domain[0].len()).map(one).collect()
}

/// What is told row by row: once for all domains where each scenario has one value for all of its own, else domain by domain.
fn told<T: PartialEq + Clone>(by_domain: Vec<Vec<Option<T>>>, base: &Scenario) -> Vec<(Option<&str>, Vec<Option<T>>)> {
    let rows = match uniform(&by_domain) {
        Some(all) => vec![(None, all)],
        None => base.domains.iter().map(|domain| Some(domain.id.as_str())).zip(by_domain).collect(),
    };
    rows.into_iter().filter(|(_, own)| differ(own)).collect()
}

fn lever_rows(lever: &Lever, scenarios: &[&Scenario], text: Text) -> Vec<InputDiff> {
    let base = scenarios[0];
    let mut rows = Vec::new();
    for slot in slots(lever, base) {
        let mut all: Vec<_> = scenarios.iter().map(|s| courses(lever, slot.as_deref(), base, s).into_iter()).collect();
        let by_domain = base.domains.iter().map(|_| all.iter_mut().map(|own| own.next().flatten()).collect()).collect();
        for (domain, own) in told::<Vec<f64>>(by_domain, base) {
            let values: Vec<Option<f64>> = own.iter().map(|course| course.as_ref().and_then(|c| c.last().copied()).map(level)).collect();
            rows.push(InputDiff {
                key: key(lever.id, slot.as_deref(), domain),
                kind: InputKind::Choice,
                group: text.phrase(lever.group),
                name: placed(text, lever.name, slot.as_deref(), domain),
                unit: text.phrase(lever.unit),
                over_time: !differ(&values),
                shown: words(&values, lever.unit, text),
                values,
            });
        }
    }
    rows
}

fn words(values: &[Option<f64>], unit: &str, text: Text) -> Vec<String> {
    let sign = shown_as(unit).1;
    let word = |v: f64| [shown(v, unit), sign.clone()].join(if sign.is_empty() { "" } else { " " });
    values.iter().map(|v| v.map_or_else(|| text.none(), word)).collect()
}

fn uncertainty_rows(u: &Uncertainty, scenarios: &[&Scenario], text: Text) -> Vec<InputDiff> {
    let base = scenarios[0];
    let value = |s: &Scenario, id: &str| s.domains.iter().position(|d| d.id == id).map(|d| s.uncertainties[u.index()][d]);
    let by_domain = base.domains.iter().map(|d| scenarios.iter().map(|s| value(s, &d.id)).collect()).collect();
    told::<f64>(by_domain, base)
        .into_iter()
        .map(|(domain, values)| InputDiff {
            key: key(u.id, None, domain),
            kind: InputKind::Assumption,
            group: text.phrase(u.group),
            name: placed(text, u.name, None, domain),
            unit: text.phrase(u.unit),
            over_time: false,
            shown: words(&values, u.unit, text),
            values,
        })
        .collect()
}

/// Dated events as they act on runs, in one row.
fn event_row(scenarios: &[&Scenario], text: Text) -> Option<InputDiff> {
    let acting = |s: &Scenario| s.events.iter().filter(|e| e.tension_shock != 0.0).map(|e| (e.date, e.tension_shock)).collect::<Vec<_>>();
    let all: Vec<_> = scenarios.iter().map(|s| acting(s)).collect();
    if all.iter().all(|events| *events == all[0]) {
        return None;
    }
    let names = |s: &&Scenario| {
        let acting = s.events.iter().filter(|e| e.tension_shock != 0.0);
        let names: Vec<String> = acting.map(|e| format!("{} {} ({})", e.date, e.name, crate::words::signed(e.tension_shock))).collect();
        if names.is_empty() { text.none() } else { names.join("; ") }
    };
    Some(InputDiff {
        key: "events".to_owned(),
        kind: InputKind::Assumption,
        group: text.other_inputs(),
        name: text.events(),
        unit: String::new(),
        over_time: false,
        values: vec![None; scenarios.len()],
        shown: scenarios.iter().map(names).collect(),
    })
}

fn switch_rows(scenarios: &[&Scenario], text: Text) -> Vec<InputDiff> {
    let all: Vec<_> = scenarios.iter().map(|s| show::words(&s.structure)).collect();
    (0..all[0].len())
        .filter(|k| all.iter().any(|words| words[*k].1 != all[0][*k].1))
        .map(|k| InputDiff {
            key: format!("structure.{}", all[0][k].0),
            kind: InputKind::Assumption,
            group: text.structure(),
            name: super::library::switch_name(all[0][k].0, text),
            unit: String::new(),
            over_time: false,
            values: all.iter().map(|words| words[k].1.parse().ok()).collect(),
            shown: all.iter().map(|words| words[k].1.clone()).collect(),
        })
        .collect()
}

/// Numbers that are neither levers nor uncertainties.
fn number_rows(scenarios: &[&Scenario], text: Text) -> Vec<InputDiff> {
    let own = |key: &str| !key.starts_with("levers.") && !key.starts_with("uncertainties.");
    let mut keys: Vec<&str> = Vec::new();
    for entry in scenarios.iter().flat_map(|s| &s.ledger).filter(|e| own(&e.key)) {
        if !keys.contains(&entry.key.as_str()) {
            keys.push(&entry.key);
        }
    }
    let row = |key: &str| {
        let entries: Vec<_> = scenarios.iter().map(|s| s.ledger.iter().find(|e| e.key == key)).collect();
        let values: Vec<Option<f64>> = entries.iter().map(|e| e.map(|e| e.quantity.value)).collect();
        let unit = entries.iter().flatten().next().map_or("", |e| e.quantity.unit.as_str());
        values.iter().any(|v| *v != values[0]).then(|| InputDiff {
            key: key.to_owned(),
            kind: InputKind::Assumption,
            group: text.numbers(),
            name: given::name(key, text),
            unit: unit.to_owned(),
            over_time: false,
            shown: words(&values, "", text),
            values,
        })
    };
    keys.into_iter().filter_map(row).collect()
}

/// The changes in a few words: one or two by name, more by number.
pub(crate) fn in_words(inputs: &[InputDiff], text: Text) -> String {
    let named = |d: &InputDiff| {
        let (from, to) = (d.shown.first().map_or("", String::as_str), d.shown.last().map_or("", String::as_str));
        if d.over_time { d.name.clone() } else { text.moved(&d.name, from, to) }
    };
    if let [one] = inputs {
        return named(one);
    }
    let choices = inputs.iter().filter(|d| d.kind == InputKind::Choice).count();
    match inputs {
        [one, two] => format!("{}, {}", named(one), named(two)),
        all => text.many_moved(choices, all.len() - choices),
    }
}
