//! A scenario as a spreadsheet: what the draft sets, and below it every number, so that one can be changed and read back.

use faultline_models::scenario::Scenario;

use super::draft;
use crate::embedded;
use crate::refusal::Refusal;
use crate::scenarios::Loaded;
use crate::tables;
use crate::wire::EventLine;
use crate::wire_desktop::{Control, Draft, Imported, Language, LeverPath, SetSwitch, SetValue};

const HEADER: [&str; 12] = ["kind", "key", "value", "from", "over", "event", "unit", "low", "high", "grade", "source", "note"];

/// Most rows that are read.
const MAX_ROWS: usize = 5_000;

/// One row.
#[derive(Debug, Clone, Default)]
struct Line {
    kind: &'static str,
    key: String,
    value: Option<f64>,
    from: String,
    over: String,
    event: String,
    about: [String; 5],
    note: String,
}

/// The draft as CSV: `scenario`, `value`, `path`, `event` and `switch` rows make it; `number` rows say what everything else is, and one
/// that is changed is read back as a value; `ledger` rows are for reading only.
///
/// # Errors
/// When memory fails.
pub(crate) fn write(own: &Draft, loaded: &Loaded) -> Result<Vec<u8>, Refusal> {
    let mut lines = vec![Line { kind: "scenario", key: own.base.clone(), note: own.name.clone(), ..Line::default() }];
    lines.extend(own.values.iter().map(|v| Line { kind: "value", key: v.key.clone(), value: Some(v.value), ..Line::default() }));
    lines.extend(own.paths.iter().map(path_line));
    lines.extend(own.events.iter().map(|e| Line {
        kind: "event",
        key: e.date.clone(),
        value: Some(e.tension_shock),
        event: e.name.clone(),
        note: e.note.clone(),
        ..Line::default()
    }));
    lines.extend(own.switches.iter().map(|s| Line { kind: "switch", key: s.key.clone(), note: s.value.clone(), ..Line::default() }));
    lines.extend(controls(own)?.iter().filter(|c| !c.mixed && !c.set).map(number_line));
    lines.extend(ledger(&loaded.scenario));
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |e: &dyn std::fmt::Display| Refusal::failed(format!("the table was not made: {e}"));
    writer.write_record(HEADER).map_err(|e| failed(&e))?;
    for line in lines {
        let value = line.value.map_or(String::new(), tables::cell);
        let mut record = vec![line.kind.to_owned(), tables::safe(&line.key), value];
        record.extend([&line.from, &line.over, &line.event].map(|text| tables::safe(text)));
        record.extend(line.about.iter().enumerate().map(|(k, text)| if k == 1 || k == 2 { text.clone() } else { tables::safe(text) }));
        record.push(tables::safe(&line.note));
        writer.write_record(&record).map_err(|e| failed(&e))?;
    }
    writer.into_inner().map_err(|e| failed(&e))
}

fn path_line(p: &LeverPath) -> Line {
    let key = std::iter::once(p.lever.as_str()).chain(p.whom.iter().map(String::as_str)).chain(p.domain.as_deref()).collect::<Vec<_>>().join(".");
    Line {
        kind: "path",
        key,
        value: Some(p.to),
        from: p.from.clone(),
        over: p.over.to_string(),
        event: p.event.clone().unwrap_or_default(),
        note: p.because.clone(),
        ..Line::default()
    }
}

fn number_line(c: &Control) -> Line {
    let about = [c.unit.clone(), tables::cell(c.plausible_low), tables::cell(c.plausible_high), c.grade.clone(), c.source.clone()];
    Line { kind: "number", key: c.key.clone(), value: Some(c.value), about, note: c.name.clone(), ..Line::default() }
}

fn ledger(scenario: &Scenario) -> Vec<Line> {
    let line = |e: &faultline_models::scenario::LedgerEntry| {
        let q = &e.quantity;
        let about = [q.unit.clone(), tables::cell(q.low), tables::cell(q.high), q.grade.word().to_owned(), q.source.clone()];
        Line { kind: "ledger", key: e.key.clone(), value: Some(q.value), about, note: q.note.clone(), ..Line::default() }
    };
    scenario.ledger.iter().map(line).collect()
}

fn controls(own: &Draft) -> Result<Vec<Control>, Refusal> {
    Ok(super::inspect::inspect(own, &draft::loaded(own, None)?, Language::En, None)?.controls)
}

/// Reads a spreadsheet back as a draft.
///
/// # Errors
/// Everything that is wrong with it, row by row.
pub(crate) fn read(text: &str, id: &str) -> Result<Imported, Refusal> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let head: Vec<String> =
        reader.headers().map_err(|e| Refusal::input(format!("the table cannot be read: {e}")))?.iter().map(str::to_owned).collect();
    let column = |name: &str| head.iter().position(|h| h.trim() == name);
    let (Some(kind), Some(key), Some(value)) = (column("kind"), column("key"), column("value")) else {
        return Err(Refusal::input("the table has no columns kind, key and value; export a scenario as CSV to see how it looks"));
    };
    let mut own = draft::plain(id, id, embedded::BASELINE);
    let (mut wrong, mut numbers, mut ledger) = (Vec::new(), Vec::new(), 0);
    for (i, record) in reader.records().enumerate() {
        let row = i + 2;
        if i >= MAX_ROWS {
            wrong.push(format!("more than {MAX_ROWS} rows; the rest is not read"));
            break;
        }
        let Ok(record) = record else {
            wrong.push(format!("row {row}: cannot be read"));
            continue;
        };
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).map_or("", str::trim);
        let plain = |at: Option<usize>| cell(at).strip_prefix('\'').unwrap_or(cell(at)).to_owned();
        let number = |wrong: &mut Vec<String>| {
            let read = cell(Some(value)).parse::<f64>().ok().filter(|v| v.is_finite());
            if read.is_none() {
                wrong.push(format!("row {row}: “{}” is not a number", cell(Some(value)).chars().take(40).collect::<String>()));
            }
            read
        };
        let (key, note) = (plain(Some(key)), plain(column("note")));
        match cell(Some(kind)) {
            "" | "ledger" => ledger += usize::from(cell(Some(kind)) == "ledger"),
            "scenario" => (own.base, own.name) = (key, note),
            "value" => own.values.extend(number(&mut wrong).map(|value| SetValue { key, value })),
            "number" => numbers.extend(number(&mut wrong).map(|value| SetValue { key, value })),
            "switch" => own.switches.push(SetSwitch { key, value: note }),
            "event" => {
                let event = |shock: f64| EventLine { date: key, name: plain(column("event")), note, tension_shock: shock };
                own.events.extend(number(&mut wrong).map(event));
            }
            "path" => match (number(&mut wrong), cell(column("over")).parse()) {
                (Some(to), Ok(over)) => own.paths.push(path(&key, to, over, (plain(column("from")), plain(column("event")), note))),
                (_, Err(_)) => wrong.push(format!("row {row}: “over” should be a whole number of quarters")),
                _ => {}
            },
            other => wrong.push(format!("row {row}: “{}” is no kind of row", other.chars().filter(|c| !c.is_control()).take(40).collect::<String>())),
        }
    }
    if !wrong.is_empty() {
        wrong.truncate(100);
        return Err(Refusal { details: wrong, ..Refusal::input("the table has problems; nothing was imported") });
    }
    changed_numbers(&mut own, &numbers)?;
    draft::loaded(&own, None)?;
    let more = (ledger > 0).then(|| "Rows of kind “ledger” are for reading only; change rows of kind “number” or “value”.".to_owned());
    Ok(Imported { draft: own, notices: more.into_iter().collect() })
}

fn path(key: &str, to: f64, over: u32, (from, event, because): (String, String, String)) -> LeverPath {
    let mut parts = key.split('.');
    let lever = parts.next().unwrap_or("").to_owned();
    let (mut whom, mut domain) = (Vec::new(), None);
    let domains = crate::lists::baseline().map(|b| b.scenario.domains).unwrap_or_default();
    for part in parts {
        if domains.iter().any(|d| d.id == part) { domain = Some(part.to_owned()) } else { whom.push(part.to_owned()) }
    }
    LeverPath { lever, whom, domain, to, from, over, because, event: Some(event).filter(|e| !e.is_empty()) }
}

/// Numbers that are no longer what the draft makes them become values.
fn changed_numbers(own: &mut Draft, numbers: &[SetValue]) -> Result<(), Refusal> {
    if numbers.is_empty() {
        return Ok(());
    }
    let controls = controls(own)?;
    for number in numbers {
        match controls.iter().find(|c| c.key == number.key) {
            Some(control) if control.value == number.value => {}
            Some(_) => own.values.push(number.clone()),
            None => return Err(Refusal::input(format!("there is no lever or uncertainty {}", number.key.chars().take(60).collect::<String>()))),
        }
    }
    Ok(())
}
