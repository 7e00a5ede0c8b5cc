//! Everything about a draft that does not need a run: controls, what differs from the baseline, the ledger.

use faultline_models::levers::{COOPERATION, LEVERS, Lever};
use faultline_models::rules::uses;
use faultline_models::scenario::{LedgerEntry, Scenario};
use faultline_models::uncertainties::{UNCERTAINTIES, Uncertainty};

use super::draft::{self, BY_USER};
use super::given;
use super::inputs::{self, key, level, placed, shown_as, slots};
use super::text::Text;
use crate::evidence::Evidence;
use crate::refusal::Refusal;
use crate::scenarios::Loaded;
use crate::show;
use crate::wire::Grades;
use crate::wire_desktop::{Changed, Control, Draft, InputKind, Inspection, Language, Ledger, LedgerLine, Track};

/// The three scenarios that a control is read off.
struct Views<'a> {
    draft: &'a Draft,
    own: &'a Scenario,
    base: &'a Scenario,
    baseline: &'a Scenario,
    text: Text,
}

/// Inspects a draft beside the baseline; with `track`, also the course of that lever.
///
/// # Errors
/// When the shipped baseline has problems; those of the draft are part of the answer.
pub(crate) fn inspect(own: &Draft, against: &Loaded, language: Language, track: Option<&str>) -> Result<Inspection, Refusal> {
    let (loaded, problems) = match draft::check(own, None) {
        Ok(loaded) => (Some(loaded), Vec::new()),
        Err(problems) => (None, problems),
    };
    // With problems, the controls still show the base, so that the user can go on from there.
    let base = draft::base(own).unwrap_or_else(|_| against.scenario.clone());
    let scenario = loaded.as_ref().map_or(&base, |l| &l.scenario);
    let views = Views { draft: own, own: scenario, base: &base, baseline: &against.scenario, text: Text(language) };
    let toml = loaded.as_ref().map_or_else(String::new, |l| l.sources[0].text.clone());
    Ok(Inspection {
        problems,
        page: loaded.as_ref().map(|l| show::page(l, false)).transpose()?,
        controls: controls(&views),
        changed: changed(against, loaded.as_ref(), views.text),
        track: track.and_then(|key| course(&views, key)),
        toml,
    })
}

fn changed(baseline: &Loaded, own: Option<&Loaded>, text: Text) -> Changed {
    let inputs = own.map_or_else(Vec::new, |own| inputs::differing(&[&baseline.scenario, &own.scenario], text));
    let count = |kind: InputKind| inputs.iter().filter(|d| d.kind == kind).count() as u32;
    Changed { choices: count(InputKind::Choice), assumptions: count(InputKind::Assumption), inputs }
}

/// All controls: the master slider, levers from the general to the particular, uncertainties.
fn controls(views: &Views<'_>) -> Vec<Control> {
    let mut all = vec![master(views)];
    for lever in LEVERS {
        let own = slots(lever, views.own);
        let several = own.len() > 1;
        let general = several.then_some(None).into_iter().chain(own);
        for slot in general {
            all.push(lever_control(views, lever, slot.as_deref(), None));
            if lever.per_domain() {
                all.extend(views.own.domains.iter().map(|d| lever_control(views, lever, slot.as_deref(), Some(&d.id))));
            }
        }
    }
    for u in UNCERTAINTIES {
        all.push(uncertainty_control(views, u, None));
        if u.per_domain {
            all.extend(views.own.domains.iter().map(|d| uncertainty_control(views, u, Some(&d.id))));
        }
    }
    all
}

/// Levels in the last quarter of everything that a lever’s control covers.
fn levels(scenario: &Scenario, lever: &Lever, slot: Option<&str>, domain: Option<&str>) -> Vec<f64> {
    courses(scenario, lever, slot, domain).iter().filter_map(|course| course.last().copied()).map(level).collect()
}

fn courses(scenario: &Scenario, lever: &Lever, slot: Option<&str>, domain: Option<&str>) -> Vec<Vec<f64>> {
    let all = slots(lever, scenario);
    let wanted = |s: &Option<String>| slot.is_none() || s.as_deref() == slot;
    let at = all.iter().enumerate().filter(|(_, s)| wanted(s)).map(|(i, _)| i);
    let domains: Vec<usize> = (0..scenario.domains.len()).filter(|d| domain.is_none_or(|id| scenario.domains[*d].id == id)).collect();
    at.flat_map(|slot| domains.iter().map(move |d| scenario.lever_path(lever.index(), *d, slot))).collect()
}

fn mean(values: &[f64]) -> f64 {
    // Equal values are their own mean to the last bit.
    match values {
        [] => 0.0,
        [first, rest @ ..] if rest.iter().all(|v| v == first) => *first,
        values => values.iter().sum::<f64>() / values.len() as f64,
    }
}

fn lever_control(views: &Views<'_>, lever: &Lever, slot: Option<&str>, domain: Option<&str>) -> Control {
    let text = views.text;
    let own = courses(views.own, lever, slot, domain);
    let last: Vec<f64> = own.iter().filter_map(|course| course.last().copied()).map(level).collect();
    let key = key(lever.id, slot, domain);
    let entry = lever_entry(views.own, lever, slot);
    let by_move = views.own.moves.iter().rev().find(|m| m.lever == lever.id || m.lever == COOPERATION);
    let moves = own.iter().any(|course| course.iter().any(|v| *v != course[0]));
    let (source, grade) = match by_move.filter(|_| moves) {
        Some(m) => (m.source.clone(), m.grade.word()),
        None => entry.map_or((String::new(), "assumed"), |e| (e.quantity.source.clone(), e.quantity.grade.word())),
    };
    let (low, high) = entry.map_or((lever.low, lever.high), |e| (e.quantity.low, e.quantity.high));
    Control {
        set: views.draft.values.iter().any(|v| v.key == key),
        key,
        id: lever.id.to_owned(),
        kind: InputKind::Choice,
        group: text.phrase(lever.group),
        name: placed(text, lever.name, slot, domain),
        slot: slot.map(str::to_owned),
        domain: domain.map(str::to_owned),
        value: mean(&last),
        default: mean(&levels(views.base, lever, slot, domain)),
        baseline: mean(&levels(views.baseline, lever, slot, domain)),
        mixed: last.iter().any(|v| *v != last[0]),
        moves,
        low: lever.low,
        high: lever.high,
        plausible_low: low,
        plausible_high: high,
        step: step(lever.low, lever.high),
        unit: text.phrase(lever.unit),
        shown_as: shown_as(lever.unit),
        cited: cited(&source),
        unverified: show::unverified(&source),
        source: text.phrase(&source),
        grade: grade.to_owned(),
        reading: text.phrase(lever.reading),
        used_in: used_in(lever.id, text),
    }
}

/// The number that says where a lever stands today: of the slot, or of all.
fn lever_entry<'a>(scenario: &'a Scenario, lever: &Lever, slot: Option<&str>) -> Option<&'a LedgerEntry> {
    let prefix = format!("levers.{}.", lever.id);
    let of = |part: &str| scenario.ledger.iter().find(|e| e.key.strip_prefix(&prefix) == Some(part));
    slot.and_then(of).or_else(|| of("all")).or_else(|| of("world")).or_else(|| scenario.ledger.iter().find(|e| e.key.starts_with(&prefix)))
}

/// The slider that moves all levers. Its value is how far the levers have come from one end to the other, on average.
fn master(views: &Views<'_>) -> Control {
    let text = views.text;
    let name = "Cooperation (all levers)";
    let own = cooperation(views.own);
    let source = views.own.moves.iter().rev().find(|m| m.lever == COOPERATION).map_or_else(String::new, |m| m.source.clone());
    Control {
        key: COOPERATION.to_owned(),
        id: COOPERATION.to_owned(),
        kind: InputKind::Choice,
        group: text.phrase("Master slider"),
        name: text.phrase(name),
        slot: None,
        domain: None,
        value: mean(&own),
        default: mean(&cooperation(views.base)),
        baseline: mean(&cooperation(views.baseline)),
        mixed: own.iter().any(|v| (v - own[0]).abs() > 1e-9),
        set: views.draft.values.iter().any(|v| v.key == COOPERATION),
        moves: !views.own.moves.is_empty(),
        low: 0.0,
        high: 1.0,
        plausible_low: 0.0,
        plausible_high: 1.0,
        step: 0.01,
        unit: text.phrase("0 decoupling to 1 cooperation"),
        shown_as: (1.0, String::new()),
        cited: cited(&source),
        unverified: show::unverified(&source),
        source: if source.is_empty() { BY_USER.to_owned() } else { text.phrase(&source) },
        grade: "assumed".to_owned(),
        reading: text
            .phrase("Moves all levers together between decoupling (0) and cooperation (1); a lever that is already further stays where it is."),
        used_in: used_in(COOPERATION, text),
    }
}

/// How far each slot of each lever has come between its two ends; slots without any way to go do not count.
fn cooperation(scenario: &Scenario) -> Vec<f64> {
    let mut all = Vec::new();
    for lever in LEVERS {
        for d in 0..scenario.domains.len() {
            for slot in 0..lever.scope.slots(scenario.blocs.len()) {
                let today = scenario.levers_today[lever.index()][d][slot];
                let (from, to) = (lever.decoupling_end(today), lever.cooperation_end(today));
                let last = scenario.lever_path(lever.index(), d, slot).last().copied().unwrap_or(today);
                if (to - from).abs() > 1e-9 {
                    all.push(((last - from) / (to - from)).clamp(0.0, 1.0));
                }
            }
        }
    }
    all
}

fn uncertainty_control(views: &Views<'_>, u: &Uncertainty, domain: Option<&str>) -> Control {
    let text = views.text;
    let values = |s: &Scenario| {
        let all = &s.uncertainties[u.index()];
        let picked = s.domains.iter().zip(all).filter(|(d, _)| domain.is_none_or(|id| d.id == id)).map(|(_, v)| *v);
        picked.collect::<Vec<f64>>()
    };
    let own = values(views.own);
    let entries: Vec<&LedgerEntry> = uncertainty_entries(views.own, u, domain);
    let low = entries.iter().map(|e| e.quantity.low).fold(f64::INFINITY, f64::min);
    let high = entries.iter().map(|e| e.quantity.high).fold(f64::NEG_INFINITY, f64::max);
    let (low, high) = if low.is_finite() { (low, high) } else { (u.low, u.high) };
    let first = entries.first();
    let source = first.map_or_else(String::new, |e| e.quantity.source.clone());
    let key = key(u.id, None, domain);
    Control {
        set: views.draft.values.iter().any(|v| v.key == key),
        key,
        id: u.id.to_owned(),
        kind: InputKind::Assumption,
        group: text.phrase(u.group),
        name: placed(text, u.name, None, domain),
        slot: None,
        domain: domain.map(str::to_owned),
        value: mean(&own),
        default: mean(&values(views.base)),
        baseline: mean(&values(views.baseline)),
        mixed: own.iter().any(|v| *v != own[0]),
        moves: false,
        low: u.low,
        high: u.high,
        plausible_low: low,
        plausible_high: high,
        step: step(low, high),
        unit: text.phrase(u.unit),
        shown_as: shown_as(u.unit),
        cited: cited(&source),
        unverified: show::unverified(&source),
        source: text.phrase(&source),
        grade: first.map_or("assumed", |e| e.quantity.grade.word()).to_owned(),
        reading: text.phrase(u.reading),
        used_in: used_in(u.id, text),
    }
}

fn uncertainty_entries<'a>(scenario: &'a Scenario, u: &Uncertainty, domain: Option<&str>) -> Vec<&'a LedgerEntry> {
    let whole = format!("uncertainties.{}", u.id);
    let own = |e: &&LedgerEntry| {
        let below = e.key.strip_prefix(&whole).map(|rest| rest.strip_prefix('.').unwrap_or(rest));
        below.is_some_and(|rest| {
            (rest.is_empty() && e.key == whole) || (e.key != whole && e.key[whole.len()..].starts_with('.') && domain.is_none_or(|d| d == rest))
        })
    };
    scenario.ledger.iter().filter(own).collect()
}

/// A round step that divides a range into fifty to two hundred parts.
fn step(low: f64, high: f64) -> f64 {
    let raw = (high - low) / 100.0;
    if !(raw.is_finite() && raw > 0.0) {
        return 0.01;
    }
    let exponent = raw.log10().floor() as i32;
    let mantissa = raw / 10f64.powi(exponent);
    let round = if mantissa < 1.5 {
        1
    } else if mantissa < 3.5 {
        2
    } else if mantissa < 7.5 {
        5
    } else {
        10
    };
    // Written and read back, so that a step is 0.01 and not its neighbour.
    format!("{round}e{exponent}").parse().unwrap_or(raw)
}

/// Steps of the model in which a lever or uncertainty acts; the master slider acts wherever a lever does.
fn used_in(id: &str, text: Text) -> Vec<String> {
    let of = |id: &str| uses(id).into_iter().map(|step| text.phrase(step)).collect::<Vec<String>>();
    if id != COOPERATION {
        return of(id);
    }
    let mut all: Vec<String> = Vec::new();
    for step in LEVERS.iter().flat_map(|lever| of(lever.id)) {
        if !all.contains(&step) {
            all.push(step);
        }
    }
    all
}

fn cited(source: &str) -> Vec<String> {
    Evidence::citations(source).into_iter().map(str::to_owned).collect()
}

/// The course of a lever in the draft and the baseline: the mean of what the control covers.
fn course(views: &Views<'_>, key: &str) -> Option<Track> {
    let mut parts = key.split('.');
    let lever = Lever::find(parts.next()?)?;
    let own = slots(lever, views.own);
    let rest: Vec<&str> = parts.collect();
    let slot = rest.iter().copied().find(|p| own.iter().any(|s| s.as_deref() == Some(*p)));
    let domain = rest.iter().copied().find(|p| views.own.domains.iter().any(|d| d.id == *p));
    let mean_of = |scenario: &Scenario| {
        let all = courses(scenario, lever, slot, domain);
        (0..scenario.calendar.rows).map(|row| mean(&all.iter().map(|course| course[row]).collect::<Vec<_>>())).collect::<Vec<f64>>()
    };
    let calendar = views.own.calendar;
    Some(Track {
        key: key.to_owned(),
        quarters: (0..calendar.rows).map(|row| calendar.quarter(row).to_string()).collect(),
        values: mean_of(views.own),
        baseline: mean_of(views.baseline),
    })
}

/// The assumptions ledger: every number of a draft and every target of its moves.
///
/// # Errors
/// When the draft has problems.
pub(crate) fn ledger(own: &Draft, against: &Loaded, language: Language) -> Result<Ledger, Refusal> {
    let loaded = draft::loaded(own, None)?;
    let base = draft::base(own).map_err(|_| Refusal::input(format!("the scenario that {} builds on cannot be loaded", own.name)))?;
    let text = Text(language);
    let numbers = loaded.scenario.ledger.iter().map(|entry| number_line(entry, own, (&loaded.scenario, &base), &against.scenario, text));
    let moves = loaded.scenario.moves.iter().enumerate().map(|(i, m)| move_line(i, m, own, &loaded.scenario, text));
    let lines: Vec<LedgerLine> = numbers.chain(moves).collect();
    Ok(Ledger { grades: grades(&lines), lines })
}

fn grades(lines: &[LedgerLine]) -> Grades {
    let count = |grade: &str| lines.iter().filter(|line| line.grade == grade).count();
    let unverified = lines.iter().filter(|line| !line.unverified.is_empty()).count();
    Grades { measured: count("measured"), estimated: count("estimated"), assumed: count("assumed"), unverified }
}

/// Where moves bring a lever that is written with this value, if it ends elsewhere, and alike in all blocs, pairs and domains of the key.
fn ends(ledger_key: &str, value: f64, scenario: &Scenario) -> Option<f64> {
    let parts: Vec<&str> = ledger_key.strip_prefix("levers.")?.split('.').collect();
    let lever = Lever::find(parts[0])?;
    let named = |id: &str| parts[1..].contains(&id);
    let slots = inputs::slots(lever, scenario);
    let any_slot = !slots.iter().flatten().any(|slot| named(slot));
    let any_domain = !scenario.domains.iter().any(|domain| named(&domain.id));
    let domains = (0..scenario.domains.len()).filter(|d| any_domain || named(&scenario.domains[*d].id));
    let places = domains.flat_map(|d| (0..slots.len()).map(move |slot| (d, slot)));
    let there = places.filter(|(_, slot)| any_slot || slots[*slot].as_deref().is_some_and(named));
    let mut last = there.filter_map(|(d, slot)| scenario.lever_path(lever.index(), d, slot).last().copied().map(inputs::level));
    let first = last.next()?;
    (first != value && last.all(|other| other == first)).then_some(first)
}

fn number_line(entry: &LedgerEntry, own: &Draft, (scenario, base): (&Scenario, &Scenario), baseline: &Scenario, text: Text) -> LedgerLine {
    let q = &entry.quantity;
    let about = about(&entry.key, text);
    let value_in = |s: &Scenario| s.ledger.iter().find(|e| e.key == entry.key).map(|e| e.quantity.value);
    let default = value_in(base).or_else(|| whole_value(&entry.key, base));
    LedgerLine {
        key: entry.key.clone(),
        control: about.control,
        kind: about.kind,
        group: about.group,
        name: about.name,
        value: q.value,
        default,
        baseline: value_in(baseline).or_else(|| whole_value(&entry.key, baseline)),
        ends: ends(&entry.key, q.value, scenario),
        low: q.low,
        high: q.high,
        unit: text.phrase(&q.unit),
        cited: cited(&q.source),
        unverified: show::unverified(&q.source),
        source: text.phrase(&q.source),
        grade: q.grade.word().to_owned(),
        note: text.phrase(&q.note),
        changed_by: changed_by(&entry.set_by, default != Some(q.value), own),
        set_by: entry.set_by.clone(),
        used_in: about.used_in,
    }
}

/// The value of an uncertainty that is one for all where its line is for one domain.
fn whole_value(key: &str, scenario: &Scenario) -> Option<f64> {
    let mut parts = key.strip_prefix("uncertainties.")?.split('.');
    let u = Uncertainty::find(parts.next()?)?;
    let domain = parts.next()?;
    let at = scenario.domains.iter().position(|d| d.id == domain)?;
    Some(scenario.uncertainties[u.index()][at])
}

/// Who changed a number from the shipped baseline: the draft, an imported file, or a scenario that it builds on.
fn changed_by(set_by: &str, differs: bool, own: &Draft) -> Option<String> {
    if set_by == own.id {
        return differs.then(|| own.name.clone());
    }
    (set_by != crate::embedded::BASELINE).then(|| set_by.to_owned())
}

fn move_line(index: usize, m: &faultline_models::scenario::Move, own: &Draft, scenario: &Scenario, text: Text) -> LedgerLine {
    let lever = Lever::find(&m.lever);
    let whom = show::whom(m, scenario);
    let id = m.lever.as_str();
    let when = if m.over == 0 { m.from.to_string() } else { format!("{}–{}", m.from, m.from.plus(m.over as i32)) };
    let parts: Vec<String> = whom.iter().map(|w| text.label(w)).chain([when]).collect();
    let name = lever.map_or_else(|| text.phrase("Cooperation (all levers)"), |l| text.phrase(l.name));
    LedgerLine {
        key: format!("moves[{}]", index + 1),
        control: Some(key(id, None, None)),
        kind: InputKind::Choice,
        group: lever.map_or_else(|| text.phrase("Master slider"), |l| text.phrase(l.group)),
        name: text.placed(&name, &parts),
        value: m.to,
        default: None,
        baseline: None,
        ends: None,
        low: lever.map_or(0.0, |l| l.low),
        high: lever.map_or(1.0, |l| l.high),
        unit: lever.map_or_else(|| text.phrase("0 decoupling to 1 cooperation"), |l| text.phrase(l.unit)),
        cited: cited(&m.source),
        unverified: show::unverified(&m.source),
        source: text.phrase(&m.source),
        grade: m.grade.word().to_owned(),
        note: text.phrase(&m.because),
        changed_by: if m.set_by == own.id { Some(own.name.clone()) } else { changed_by(&m.set_by, true, own) },
        set_by: m.set_by.clone(),
        used_in: used_in(id, text),
    }
}

/// What a key of the ledger speaks of.
struct About {
    control: Option<String>,
    kind: InputKind,
    group: String,
    name: String,
    used_in: Vec<String>,
}

/// Where numbers that are neither levers nor uncertainties act, by the beginning of their key.
const OTHER_USES: [(&str, &[&str]); 10] = [
    ("sizes.adopters", &["adopt"]),
    ("sizes.suppliers", &["supply"]),
    ("sizes.partners", &["adopt"]),
    ("sizes.active", &["adopt"]),
    ("sizes.tension", &["tense"]),
    ("sizes.", &["draft"]),
    ("blocs.", &["draft", "recognise", "supply", "adopt"]),
    ("groups.", &["align"]),
    ("economies.", &["adopt", "align"]),
    ("trade.", &["adopt", "align", "read-out of trade"]),
];

fn about(ledger_key: &str, text: Text) -> About {
    let parts: Vec<&str> = ledger_key.split('.').collect();
    match parts[..] {
        ["levers", id, ref rest @ ..] if Lever::find(id).is_some() => {
            let lever = Lever::find(id).unwrap_or(LEVERS[0]);
            let named: Vec<&str> = rest.iter().copied().filter(|p| !matches!(*p, "all" | "world")).collect();
            let labels: Vec<String> = named.iter().map(|p| text.label(p)).collect();
            About {
                control: Some(std::iter::once(id).chain(named).collect::<Vec<_>>().join(".")),
                kind: InputKind::Choice,
                group: text.phrase(lever.group),
                name: text.placed(&text.phrase(lever.name), &labels),
                used_in: used_in(id, text),
            }
        }
        ["uncertainties", id, ref rest @ ..] if Uncertainty::find(id).is_some() => {
            let u = Uncertainty::find(id).unwrap_or(&UNCERTAINTIES[0]);
            About {
                control: Some(std::iter::once(id).chain(rest.iter().copied()).collect::<Vec<_>>().join(".")),
                kind: InputKind::Assumption,
                group: text.phrase(u.group),
                name: placed(text, u.name, None, rest.first().copied()),
                used_in: used_in(id, text),
            }
        }
        _ => {
            let acts = OTHER_USES.iter().find(|(prefix, _)| ledger_key.starts_with(prefix)).map_or(&["read-out"][..], |(_, steps)| *steps);
            About {
                control: None,
                kind: InputKind::Assumption,
                group: text.numbers(),
                name: given::name(ledger_key, text),
                used_in: acts.iter().map(|s| text.phrase(s)).collect(),
            }
        }
    }
}
