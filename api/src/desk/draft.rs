//! A draft becomes a scenario: its values, paths, events and switches are written as a scenario file, which passes the one gate.
//!
//! There is no second way in: what Explore runs is what the exported file says, so the file loads back to the identical scenario.

use std::sync::{Arc, Mutex, PoisonError};

use faultline_models::MODEL_VERSION;
use faultline_models::calendar::Quarter;
use faultline_models::scenario::{Adjust, Chain, LedgerEntry, Move, Override, Problem, Scenario, SourceText, parent_of};
use faultline_models::uncertainties::Uncertainty;
use toml::{Table, Value};

use crate::disk::MAX_TEXT;
use crate::embedded;
use crate::refusal::Refusal;
use crate::scenarios::Loaded;
use crate::wire_desktop::{Draft, LeverPath, ProblemLine};

/// What a number that the user set says about its source.
pub(crate) const BY_USER: &str = "set by the user";

/// Where problems with values come from, as the gate names it.
const SET: &str = "--set";

/// Where a problem with the number of adopters comes from, as the gate names it.
const ADOPTERS: &str = "--adopters";

/// What the gate advises somebody at a terminal, and what it says in the window.
const IN_THE_WINDOW: [(&str, &str); 6] = [
    ("see `faultline levers` for the names in use", "the controls show the names in use"),
    ("remove it, or see `faultline levers` for the names in use", "remove it, or take a name that the controls show"),
    ("name a shipped scenario (see `faultline list`) or put the parent’s file beside this one", "name a scenario of the list of scenarios"),
    (
        "a scenario is a TOML text in UTF-8; see `faultline export` for an example",
        "a scenario is a TOML text in UTF-8; export one to see how it looks",
    ),
    ("`faultline evidence` lists the keys; a source of your own needs no key", "a source of your own needs no key"),
    ("give --set once for each of them", "set each of them on its own"),
];

/// Longest name of a draft’s file.
const MAX_ID: usize = 80;

/// A draft without changes.
pub fn plain(id: &str, name: &str, base: &str) -> Draft {
    Draft {
        id: id.to_owned(),
        name: name.to_owned(),
        story: String::new(),
        base: base.to_owned(),
        text: None,
        values: Vec::new(),
        paths: Vec::new(),
        events: Vec::new(),
        switches: Vec::new(),
        notes: String::new(),
    }
}

/// The scenario that a draft stands for.
///
/// # Errors
/// All problems at once, each with the key of the control, path, event or switch that it belongs to.
pub fn check(draft: &Draft, adopters: Option<u32>) -> Result<Loaded, Vec<ProblemLine>> {
    let ground = beneath(draft)?;
    let mut problems = head_problems(draft);
    let (adjusted, wrong) =
        if draft.values.is_empty() && adopters.is_none() { (ground.base.clone(), Vec::new()) } else { with_values(draft, &ground.base, adopters) };
    problems.extend(wrong);
    let (text, places) = compose(draft, &ground, &adjusted).map_err(|problem| vec![problem])?;
    let id = if identifier(&draft.id) { draft.id.clone() } else { "scenario".to_owned() };
    let chain = ground.under.under(SourceText { path: format!("{id}.toml"), id, text });
    let adjust = Adjust { adopters: adopters.map(|n| n as usize), ..Adjust::default() };
    match chain.scenario(&adjust) {
        Ok(scenario) if problems.is_empty() => Ok(Loaded { scenario, sources: chain.into_sources(), adjust }),
        Ok(_) => Err(problems),
        Err(found) => {
            let own = chain.into_sources().swap_remove(0).path;
            problems.extend(found.iter().map(|problem| places.locate(problem, &own)));
            problems.dedup();
            Err(problems)
        }
    }
}

/// As [`check`], with the problems in one refusal.
///
/// # Errors
/// All problems at once.
pub fn loaded(draft: &Draft, adopters: Option<u32>) -> Result<Loaded, Refusal> {
    check(draft, adopters).map_err(|problems| {
        let line = |p: &ProblemLine| {
            let place = [p.file.as_str(), p.key.as_str()].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(": ");
            format!("{place}: {}. Hint: {}", p.message, p.hint)
        };
        let noun = if problems.len() == 1 { "problem" } else { "problems" };
        let message = format!("{} has {} {noun}; the results on screen are those of before.", draft.name, problems.len());
        Refusal { details: problems.iter().map(line).collect(), ..Refusal::input(message) }
    })
}

/// Drafts that passed the gate lately: the baseline is asked for with every move of a slider.
#[derive(Debug, Default)]
pub(crate) struct Known {
    lately: Mutex<Vec<Passed>>,
}

/// A draft with a number of adopters, and the scenario that it stands for.
type Passed = (Draft, Option<u32>, Arc<Loaded>);

/// Drafts that are remembered.
const LATELY: usize = 6;

impl Known {
    /// As [`loaded`]; a draft that was asked for lately is not read again.
    pub(crate) fn loaded(&self, draft: &Draft, adopters: Option<u32>) -> Result<Arc<Loaded>, Refusal> {
        let lately = || self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((.., known)) = lately().iter().find(|(d, a, _)| d == draft && *a == adopters) {
            return Ok(Arc::clone(known));
        }
        let fresh = Arc::new(loaded(draft, adopters)?);
        let mut all = lately();
        all.insert(0, (draft.clone(), adopters, Arc::clone(&fresh)));
        all.truncate(LATELY);
        Ok(fresh)
    }
}

/// The scenario file of a draft.
///
/// # Errors
/// All problems at once.
pub fn toml(draft: &Draft) -> Result<String, Vec<ProblemLine>> {
    check(draft, None).map(|mut loaded| std::mem::take(&mut loaded.sources[0].text))
}

/// The scenario that a draft builds on, as it is before any change.
///
/// # Errors
/// When there is no such scenario, or the imported text has problems.
pub fn base(draft: &Draft) -> Result<Scenario, Vec<ProblemLine>> {
    beneath(draft).map(|ground| ground.base.clone())
}

fn problem(key: &str, message: impl Into<String>, hint: impl Into<String>) -> ProblemLine {
    ProblemLine { file: String::new(), line: None, key: key.to_owned(), message: message.into(), hint: hint.into() }
}

/// A problem as the window tells it: nobody there has given an option.
fn as_line(p: &Problem) -> ProblemLine {
    let hint = IN_THE_WINDOW.iter().find(|(terminal, _)| *terminal == p.hint).map_or(p.hint.as_str(), |(_, window)| *window);
    let (message, hint) = (p.message.clone(), hint.to_owned());
    let file = if [SET, ADOPTERS].contains(&p.file.as_str()) { String::new() } else { p.file.clone() };
    ProblemLine { file, line: p.line.and_then(|l| u32::try_from(l).ok()), key: p.key.clone(), message, hint }
}

/// Whether a word can name a scenario: letters, digits, hyphen and underscore.
pub(crate) fn identifier(id: &str) -> bool {
    !id.is_empty() && id.len() <= MAX_ID && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// Problems with what is not written into the file.
fn head_problems(draft: &Draft) -> Vec<ProblemLine> {
    let id = (!identifier(&draft.id)).then(|| problem("id", "is no identifier", "use at most 80 letters, digits, - and _"));
    let finite = |v: &&crate::wire_desktop::SetValue| !v.value.is_finite();
    let values = draft.values.iter().filter(finite).map(|v| problem(&v.key, "is not a finite number", "give a number"));
    id.into_iter().chain(values).collect()
}

/// What drafts stand on: a shipped scenario or an imported text, read once and not with every move of a slider.
#[derive(Debug)]
struct Ground {
    /// The imported text, or nothing for a shipped scenario.
    text: Option<String>,
    id: String,
    /// What the file of a draft is laid over: an imported text is part of that file.
    under: Chain,
    base: Scenario,
}

impl Ground {
    fn read(draft: &Draft) -> Result<Ground, Vec<ProblemLine>> {
        let sources = match &draft.text {
            None => embedded::scenario_sources(&draft.base).ok_or_else(|| {
                vec![problem("base", format!("there is no shipped scenario “{}”", shown(&draft.base)), "choose one of the list of scenarios")]
            })?,
            Some(text) => imported(text),
        };
        let whole = Chain::read(&sources);
        let base = whole.scenario(&Adjust::default()).map_err(|problems| problems.iter().map(as_line).collect::<Vec<_>>())?;
        let under = if draft.text.is_some() { Chain::read(&sources[1..]) } else { whole };
        Ok(Ground { text: draft.text.clone(), id: draft.base.clone(), under, base })
    }

    fn carries(&self, draft: &Draft) -> bool {
        self.text == draft.text && (self.text.is_some() || self.id == draft.base)
    }
}

/// Grounds that are remembered.
const GROUNDS: usize = 12;

/// What a draft builds on.
fn beneath(draft: &Draft) -> Result<Arc<Ground>, Vec<ProblemLine>> {
    static LATELY: Mutex<Vec<Arc<Ground>>> = Mutex::new(Vec::new());
    let lately = || LATELY.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = lately().iter().find(|ground| ground.carries(draft)) {
        return Ok(Arc::clone(known));
    }
    let fresh = Arc::new(Ground::read(draft)?);
    let mut all = lately();
    all.insert(0, Arc::clone(&fresh));
    all.truncate(GROUNDS);
    Ok(fresh)
}

/// An imported text and the shipped scenarios that it extends.
pub(crate) fn imported(text: &str) -> Vec<SourceText> {
    let own = SourceText { id: "imported".to_owned(), path: "imported file".to_owned(), text: text.to_owned() };
    let parents = if text.len() as u64 > MAX_TEXT { None } else { parent_of(&own).and_then(|parent| embedded::scenario_sources(&parent)) };
    std::iter::once(own).chain(parents.unwrap_or_default()).collect()
}

fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}

/// The base with all values that are in order, and the problems of those that are not.
fn with_values(draft: &Draft, base: &Scenario, adopters: Option<u32>) -> (Scenario, Vec<ProblemLine>) {
    let mut overrides: Vec<Override> = Vec::new();
    for v in draft.values.iter().filter(|v| v.value.is_finite()) {
        overrides.push(Override { key: v.key.clone(), value: v.value });
    }
    let adjust = |overrides: Vec<Override>| Adjust { overrides, adopters: adopters.map(|n| n as usize), ..Adjust::default() };
    match base.with_values(&adjust(overrides.clone())) {
        Ok(scenario) => (scenario, Vec::new()),
        Err(problems) => {
            let wrong: Vec<ProblemLine> = problems.iter().map(as_line).collect();
            overrides.retain(|o| !problems.iter().any(|p| p.file == SET && p.key == o.key));
            let scenario = base.with_values(&Adjust { overrides, ..Adjust::default() });
            (scenario.unwrap_or_else(|_| base.clone()), wrong)
        }
    }
}

/// Which part of a draft each list entry of its file stands for.
struct Places {
    text: String,
    moves: Vec<String>,
    events: Vec<String>,
}

impl Places {
    /// A problem of the file as one of the draft.
    fn locate(&self, p: &Problem, own: &str) -> ProblemLine {
        let line = as_line(p);
        if p.file != own {
            return line;
        }
        let header = |name: &str| {
            let before = self.text.lines().take(p.line.unwrap_or(0));
            before.filter(|l| l.trim() == name).count().checked_sub(1)
        };
        let tail = p.key.split_once(']').map_or("", |(_, tail)| tail);
        let place = if p.key.starts_with("moves[") {
            header("[[moves]]").and_then(|k| self.moves.get(k))
        } else if p.key.starts_with("events[") {
            header("[[events]]").and_then(|k| self.events.get(k))
        } else {
            None
        };
        let key = place.map_or_else(|| p.key.clone(), |place| format!("{place}{tail}"));
        ProblemLine { file: String::new(), line: None, key, ..line }
    }
}

/// The scenario file of a draft, and what its entries stand for.
fn compose(draft: &Draft, ground: &Ground, adjusted: &Scenario) -> Result<(String, Places), ProblemLine> {
    let base = &ground.base;
    let mut table = match &draft.text {
        Some(text) => text.parse::<Table>().map_err(|e| problem("text", format!("not valid TOML: {}", e.message()), "import the file again"))?,
        None => Table::from_iter([("extends".to_owned(), Value::from(base.id.clone()))]),
    };
    table.insert("name".to_owned(), Value::from(draft.name.clone()));
    if !draft.story.trim().is_empty() {
        table.insert("story".to_owned(), Value::from(draft.story.clone()));
    }
    uncertainties(&mut table, draft, base, adjusted);
    switches(&mut table, draft);
    let mut places = Places { text: String::new(), moves: own(&table, "moves", "imported moves"), events: own(&table, "events", "imported events") };
    for (value, m) in lever_values(draft).zip(set_moves(adjusted)) {
        push(&mut table, "moves", set_move(m, adjusted));
        places.moves.push(value);
    }
    let mut paths: Vec<(usize, &LeverPath)> = draft.paths.iter().enumerate().collect();
    paths.sort_by_key(|(_, path)| path.from.parse::<Quarter>().unwrap_or(Quarter::new(9999, 4)));
    for (i, path) in paths {
        push(&mut table, "moves", drawn_move(path, base));
        places.moves.push(format!("paths[{}]", i + 1));
    }
    for (i, e) in draft.events.iter().enumerate() {
        let mut event = Table::new();
        event.insert("date".to_owned(), Value::from(e.date.clone()));
        event.insert("name".to_owned(), Value::from(e.name.clone()));
        if !e.note.trim().is_empty() {
            event.insert("note".to_owned(), Value::from(e.note.clone()));
        }
        event.insert("tension-shock".to_owned(), Value::from(e.tension_shock));
        push(&mut table, "events", event);
        places.events.push(format!("events[{}]", i + 1));
    }
    let written = toml::to_string(&table).map_err(|e| problem("text", e.to_string(), "simplify the imported file"))?;
    let text = format!("# A scenario of Faultline, model {MODEL_VERSION}.\n{written}");
    places.text.clone_from(&text);
    Ok((text, places))
}

/// A place for each entry that a list has already.
fn own(table: &Table, list: &str, place: &str) -> Vec<String> {
    let entries = table.get(list).and_then(Value::as_array).map_or(0, Vec::len);
    (0..entries).map(|i| format!("{place}[{}]", i + 1)).collect()
}

fn push(table: &mut Table, list: &str, entry: Table) {
    let entries = table.entry(list).or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(entries) = entries {
        entries.push(Value::Table(entry));
    }
}

/// Keys of the values that are levers, in order.
fn lever_values(draft: &Draft) -> impl Iterator<Item = String> + '_ {
    draft.values.iter().filter(|v| crate::ask::is_choice(&v.key)).map(|v| v.key.clone())
}

/// The moves that the values made.
fn set_moves(adjusted: &Scenario) -> impl Iterator<Item = &Move> {
    adjusted.moves.iter().filter(|m| m.set_by == SET)
}

fn set_move(m: &Move, scenario: &Scenario) -> Table {
    let bloc = |b: &usize| Value::from(scenario.blocs[*b].id.clone());
    let mut entry = Table::new();
    entry.insert("lever".to_owned(), Value::from(m.lever.clone()));
    if !m.blocs.is_empty() {
        entry.insert("blocs".to_owned(), Value::Array(m.blocs.iter().map(bloc).collect()));
    }
    if let Some((a, b)) = m.pair {
        entry.insert("pair".to_owned(), Value::Array([a, b].iter().map(bloc).collect()));
    }
    if let Some(d) = m.domain {
        entry.insert("domain".to_owned(), Value::from(scenario.domains[d].id.clone()));
    }
    course(&mut entry, m.to, &m.from.to_string(), m.over);
    entry.insert("because".to_owned(), Value::from(BY_USER));
    entry
}

fn drawn_move(path: &LeverPath, base: &Scenario) -> Table {
    let mut entry = Table::new();
    entry.insert("lever".to_owned(), Value::from(path.lever.clone()));
    let names = |ids: &[String]| Value::Array(ids.iter().cloned().map(Value::from).collect());
    match pair(&path.whom, base) {
        Some(ends) => entry.insert("pair".to_owned(), names(&ends)),
        None if path.whom.is_empty() => None,
        None => entry.insert("blocs".to_owned(), names(&path.whom)),
    };
    if let Some(domain) = &path.domain {
        entry.insert("domain".to_owned(), Value::from(domain.clone()));
    }
    course(&mut entry, path.to, &path.from, path.over);
    let because = if path.because.trim().is_empty() { BY_USER } else { &path.because };
    entry.insert("because".to_owned(), Value::from(because));
    if let Some(event) = &path.event {
        entry.insert("event".to_owned(), Value::from(event.clone()));
    }
    entry
}

/// A single `EU-US` is a pair; anything else is a list of blocs.
fn pair(whom: &[String], base: &Scenario) -> Option<[String; 2]> {
    let [one] = whom else { return None };
    let known = |id: &str| base.blocs.iter().any(|bloc| bloc.id == id);
    if known(one) {
        return None;
    }
    let cut = one.match_indices('-').find(|(at, _)| known(&one[..*at]) && known(&one[at + 1..]))?;
    Some([one[..cut.0].to_owned(), one[cut.0 + 1..].to_owned()])
}

fn course(entry: &mut Table, to: f64, from: &str, over: u32) {
    entry.insert("to".to_owned(), Value::from(to));
    entry.insert("from".to_owned(), Value::from(from));
    entry.insert("over".to_owned(), Value::from(i64::from(over)));
    entry.insert("replaces".to_owned(), Value::from(true));
    entry.insert("source".to_owned(), Value::from(BY_USER));
    entry.insert("grade".to_owned(), Value::from("assumed"));
}

/// Uncertainties that the draft sets, with unit and a range that holds the value.
fn uncertainties(table: &mut Table, draft: &Draft, base: &Scenario, adjusted: &Scenario) {
    let mut set: Vec<&'static Uncertainty> = Vec::new();
    for v in &draft.values {
        if let Some(u) = v.key.split('.').next().and_then(Uncertainty::find).filter(|u| !set.iter().any(|s| s.id == u.id)) {
            set.push(u);
        }
    }
    for u in set {
        let values = &adjusted.uncertainties[u.index()];
        let key = format!("uncertainties.{}", u.id);
        let one = base.ledger.iter().find(|e| e.key == key);
        let written = match one {
            Some(entry) if values.iter().all(|v| *v == values[0]) => quantity(entry, values[0]),
            _ => Table::from_iter(base.domains.iter().zip(values).filter_map(|(domain, value)| {
                let own = format!("{key}.{}", domain.id);
                let entry = one.or_else(|| base.ledger.iter().find(|e| e.key == own))?;
                Some((domain.id.clone(), Value::Table(quantity(entry, *value))))
            })),
        };
        let section = table.entry("uncertainties").or_insert_with(|| Value::Table(Table::new()));
        if let Value::Table(section) = section {
            section.insert(u.id.to_owned(), Value::Table(written));
        }
    }
}

/// A number with its footing: that of the base where the value is, else that the user set it.
fn quantity(entry: &LedgerEntry, value: f64) -> Table {
    let q = &entry.quantity;
    let kept = q.value == value;
    let mut table = Table::new();
    table.insert("value".to_owned(), Value::from(value));
    table.insert("unit".to_owned(), Value::from(q.unit.clone()));
    table.insert("low".to_owned(), Value::from(q.low.min(value)));
    table.insert("high".to_owned(), Value::from(q.high.max(value)));
    table.insert("source".to_owned(), Value::from(if kept { q.source.clone() } else { BY_USER.to_owned() }));
    table.insert("grade".to_owned(), Value::from(if kept { q.grade.word() } else { "assumed" }));
    if kept && !q.note.is_empty() {
        table.insert("note".to_owned(), Value::from(q.note.clone()));
    }
    table
}

fn switches(table: &mut Table, draft: &Draft) {
    if draft.switches.is_empty() {
        return;
    }
    let section = table.entry("structure").or_insert_with(|| Value::Table(Table::new()));
    let Value::Table(section) = section else { return };
    for switch in &draft.switches {
        let key = switch.key.strip_prefix("structure.").unwrap_or(&switch.key);
        let value = switch.value.trim();
        let number = value.parse::<f64>().ok().filter(|n| n.is_finite());
        section.insert(key.to_owned(), number.map_or_else(|| Value::from(value), Value::from));
    }
}
