//! What changes over time, and the structural switches.

use super::reader::{MAX_LINE, Reader, join};
use super::tree::{Node, Value};
use super::values::Names;
use super::{Choice, Event, Grade, Move, NetworkTerm, OnIdenticalAdoption, Reach, Review, Scenario, SizeLaw, Structure, Updating, VariantRule};
use crate::calendar::{Calendar, Quarter};
use crate::levers::{COOPERATION, LEVERS, Lever, Scope};

/// Floor of the logarithmic network term.
const LOGARITHM_FLOOR: f64 = 0.05;

const MAX_MOVES: usize = 500;
const MAX_EVENTS: usize = 200;
const MOVE_KEYS: [&str; 12] = ["lever", "blocs", "pair", "domain", "to", "from", "over", "replaces", "because", "event", "source", "grade"];

/// Reads moves and events into the scenario; dates are checked against the calendar as written.
pub(super) fn read(reader: &mut Reader<'_>, tree: &Node, names: &Names, written: Calendar, scenario: &mut Scenario) {
    for (i, node) in bounded(reader, tree, "moves", MAX_MOVES).iter().enumerate() {
        let path = format!("moves[{}]", i + 1);
        if let Some(change) = read_move(reader, node, &path, names, (written, None)) {
            check_order(reader, node, &path, &change, &scenario.moves);
            scenario.moves.push(change);
        }
    }
    for (i, node) in bounded(reader, tree, "events", MAX_EVENTS).iter().enumerate() {
        let path = format!("events[{}]", i + 1);
        read_event(reader, node, &path, names, written, scenario);
    }
    check_events(reader, tree, scenario);
    scenario.events.sort_by_key(|event| event.date);
}

/// A move that says which event it belongs to names one that is there.
fn check_events(reader: &mut Reader<'_>, tree: &Node, scenario: &Scenario) {
    for (i, node) in tree.get("moves").map_or(&[][..], Node::items).iter().enumerate() {
        let Some(event) = node.get("event") else { continue };
        let known = matches!(&event.value, Value::Text(name) if scenario.events.iter().any(|e| e.name == name.trim()));
        if !known {
            let path = format!("moves[{}].event", i + 1);
            reader.report(event.at, &path, "names no event of the scenario", "add the event under [[events]], or leave it out");
        }
    }
}

fn bounded<'n>(reader: &mut Reader<'_>, tree: &'n Node, key: &str, most: usize) -> &'n [Node] {
    let Some(node) = tree.get(key) else { return &[] };
    if !matches!(node.value, Value::Array(_)) {
        reader.report(node.at, key, format!("is {}, but should be a list of tables", node.kind()), format!("write each entry under [[{key}]]"));
    }
    if node.items().len() > most {
        reader.report(node.at, key, format!("has {} entries; at most {most} are allowed", node.items().len()), "leave out what is not needed");
    }
    &node.items()[..node.items().len().min(most)]
}

/// Changes of the same lever stand in order of time.
fn check_order(reader: &mut Reader<'_>, node: &Node, path: &str, change: &Move, earlier: &[Move]) {
    let same = |m: &&Move| m.lever == change.lever && m.blocs == change.blocs && m.pair == change.pair && m.domain == change.domain;
    let before = earlier.iter().rev().find(same).filter(|_| !change.replaces);
    if before.is_some_and(|before| before.from == change.from && before.set_by == change.set_by) {
        let message = format!("begins in {}, as the move of the same lever above it does", change.from);
        reader.report(node.at, &join(path, "from"), message, "keep one of the two, or write replaces = true if it takes the place of that one");
    }
    if let Some(before) = before.filter(|before| before.from > change.from) {
        let message = format!("begins in {}, before the move of the same lever above it, which begins in {}", change.from, before.from);
        let hint = "put moves of a lever in order of time, or write replaces = true if it takes the place of that one";
        reader.report(node.at, &join(path, "from"), message, hint);
    }
}

/// A move of the scenario, or of an event that gives it its date and its reason.
fn read_move(reader: &mut Reader<'_>, node: &Node, path: &str, names: &Names, (written, event): (Calendar, Option<(&str, Quarter)>)) -> Option<Move> {
    reader.only(node, path, &MOVE_KEYS);
    let ids: Vec<&str> = [COOPERATION].into_iter().chain(LEVERS.iter().map(|lever| lever.id)).collect();
    let before = reader.problems.len();
    let lever = reader.required(node, path, "lever").map(|n| reader.word(n, &join(path, "lever"), &ids))?;
    let spec = Lever::find(lever);
    let blocs = bloc_list(reader, node, path, "blocs", names);
    let pair = pair(reader, node, path, names);
    let domain = node.get("domain").and_then(|n| reader.named(n, &join(path, "domain"), &names.domains));
    check_scope(reader, node, path, spec, (blocs.is_empty(), pair.is_some(), domain.is_some()));
    let bounds = spec.map_or((0.0, 1.0), |lever| (lever.low, lever.high));
    let to = reader.required(node, path, "to").map(|n| reader.number(n, &join(path, "to"), bounds));
    let from = match (node.get("from"), event) {
        (None, Some((_, date))) => Some(date),
        _ => reader.required(node, path, "from").and_then(|n| reader.quarter(n, &join(path, "from"))),
    };
    if let Some(from) = from.filter(|from| *from > written.end()) {
        let message = format!("begins in {from}, after the scenario ends in {}", written.end());
        reader.report(node.at, &join(path, "from"), message, "choose an earlier quarter, or a later calendar.end");
    }
    let over = node.get("over").map_or(0, |n| reader.whole(n, &join(path, "over"), (0, 400)));
    let replaces = node.get("replaces").is_some_and(|n| reader.truth(n, &join(path, "replaces")));
    let own_event = node.get("event").map(|n| reader.prose(n, &join(path, "event"), MAX_LINE));
    let because = match (node.get("because"), event) {
        (None, Some((name, _))) => name.to_owned(),
        _ => reader.required(node, path, "because").map_or(String::new(), |n| reader.prose(n, &join(path, "because"), 1000)),
    };
    let set_by = reader.file_id(node.at);
    let source = node.get("source").map_or_else(|| format!("set in {set_by}"), |n| reader.prose(n, &join(path, "source"), 1000));
    let grade = node.get("grade").map_or(Grade::Assumed, |n| reader.grade(n, &join(path, "grade")));
    if reader.problems.len() > before {
        return None;
    }
    Some(Move {
        lever: lever.to_owned(),
        blocs,
        pair,
        domain,
        to: to?,
        from: from?,
        over,
        replaces,
        because,
        event: event.map(|(name, _)| name.to_owned()).or(own_event),
        source,
        grade,
        set_by,
    })
}

fn bloc_list(reader: &mut Reader<'_>, node: &Node, path: &str, key: &str, names: &Names) -> Vec<usize> {
    let Some(list) = node.get(key) else { return Vec::new() };
    let path = join(path, key);
    if !matches!(list.value, Value::Array(_)) || list.items().is_empty() {
        reader.report(
            list.at,
            &path,
            format!("is {}, but should be a list of bloc ids", list.kind()),
            format!("write it like {key} = [\"{}\"]", names.blocs.join("\", \"")),
        );
    }
    list.items().iter().filter_map(|item| reader.named(item, &path, &names.blocs)).collect()
}

fn pair(reader: &mut Reader<'_>, node: &Node, path: &str, names: &Names) -> Option<(usize, usize)> {
    node.get("pair")?;
    let before = reader.problems.len();
    let ends = bloc_list(reader, node, path, "pair", names);
    match ends[..] {
        [a, b] if a != b => return Some((a.min(b), a.max(b))),
        _ if reader.problems.len() == before => {
            reader.report(node.at, &join(path, "pair"), "should name two different blocs", "write it like pair = [\"EU\", \"US\"]");
        }
        _ => {}
    }
    None
}

/// Whether what a move is restricted to fits the lever.
fn check_scope(reader: &mut Reader<'_>, node: &Node, path: &str, lever: Option<&'static Lever>, (all_blocs, pair, domain): (bool, bool, bool)) {
    let refuse = |reader: &mut Reader<'_>, key: &str, message: &str, hint: &str| reader.report(node.at, &join(path, key), message, hint);
    if !all_blocs && pair {
        refuse(reader, "pair", "stands beside `blocs`", "give one of the two");
    }
    let Some(lever) = lever else { return };
    if pair && lever.scope != Scope::Pair {
        refuse(reader, "pair", "is given for a lever that is not set per pair", "use `blocs`, or leave it out");
    }
    if !all_blocs && lever.scope == Scope::World {
        refuse(reader, "blocs", "is given for a lever that is one for the world", "leave it out");
    }
    if domain && !lever.per_domain() {
        refuse(reader, "domain", "is given for a lever that is one for all domains", "leave it out");
    }
}

fn read_event(reader: &mut Reader<'_>, node: &Node, path: &str, names: &Names, written: Calendar, scenario: &mut Scenario) {
    reader.only(node, path, &["date", "name", "note", "tension-shock", "moves"]);
    let date = reader.required(node, path, "date").and_then(|n| reader.quarter(n, &join(path, "date")));
    let name = reader.required(node, path, "name").map_or(String::new(), |n| reader.prose(n, &join(path, "name"), MAX_LINE));
    let note = node.get("note").map_or(String::new(), |n| reader.note(n, &join(path, "note")));
    let tension_shock = node.get("tension-shock").map_or(0.0, |n| reader.number(n, &join(path, "tension-shock"), (-1.0, 1.0)));
    let Some(date) = date else { return };
    if written.row(date).is_none() {
        let message = format!("{date} lies outside the scenario, which runs from {} to {}", written.start, written.end());
        reader.report(node.at, &join(path, "date"), message, "choose a quarter within the calendar");
    }
    if date == written.start && tension_shock != 0.0 {
        let message = format!("is dated {date}, the start state, on which nothing acts");
        let hint = format!("date the event {} or later, or change sizes.tension-at-start", date.plus(1));
        reader.report(node.at, &join(path, "tension-shock"), message, hint);
    }
    for (i, item) in node.get("moves").map_or(&[][..], Node::items).iter().enumerate() {
        let path = format!("{path}.moves[{}]", i + 1);
        if let Some(change) = read_move(reader, item, &path, names, (written, Some((&name, date)))) {
            scenario.moves.push(change);
        }
    }
    scenario.events.push(Event { date, name, note, tension_shock });
}

/// The structural switches; each has a default, so that a file names only what it changes.
pub(super) fn structure(reader: &mut Reader<'_>, tree: &Node) -> Structure {
    let empty = Node { at: tree.at, value: Value::Table(Vec::new()) };
    let node = tree.get("structure").unwrap_or(&empty);
    let keys = [
        "network-term",
        "network-exponent",
        "choice",
        "updating",
        "variant",
        "on-identical-adoption",
        "review",
        "adopter-sizes",
        "reach",
        "reciprocity",
        "international-text",
    ];
    reader.only(node, "structure", &keys);
    let mut word = |key: &str, words: &[&'static str]| node.get(key).map_or(words[0], |n| reader.word(n, &join("structure", key), words));
    let term = word("network-term", &["linear", "logarithmic", "power"]);
    let choice = match word("choice", &["logit", "threshold", "best-reply"]) {
        "threshold" => Choice::Threshold,
        "best-reply" => Choice::BestReply,
        _ => Choice::Logit,
    };
    let updating = if word("updating", &["synchronous", "random-order"]) == "random-order" { Updating::RandomOrder } else { Updating::Synchronous };
    let variant = match word("variant", &["best", "strictest", "weighted-mean"]) {
        "strictest" => VariantRule::Strictest,
        "weighted-mean" => VariantRule::WeightedMean,
        _ => VariantRule::Best,
    };
    let relabel = word("on-identical-adoption", &["withdraw", "relabel"]) == "relabel";
    let international_text = word("international-text", &["offered", "absent"]) == "offered";
    let review = if word("review", &["cycle", "hazard"]) == "hazard" { Review::Hazard } else { Review::Cycle };
    let sizes = if word("adopter-sizes", &["pareto", "equal"]) == "equal" { SizeLaw::Equal } else { SizeLaw::Pareto };
    let reach = if word("reach", &["trade", "pooled"]) == "pooled" { Reach::Pooled } else { Reach::Trade };
    let number = |reader: &mut Reader<'_>, key: &str, default: f64, bounds: (f64, f64)| {
        node.get(key).map_or(default, |n| reader.number(n, &join("structure", key), bounds))
    };
    let exponent = number(reader, "network-exponent", 1.0, (0.1, 10.0));
    let network_term = match term {
        "logarithmic" => NetworkTerm::Logarithmic(LOGARITHM_FLOOR),
        "power" => NetworkTerm::Power(exponent),
        _ => NetworkTerm::Linear,
    };
    Structure {
        network_term,
        choice,
        updating,
        variant,
        on_identical_adoption: if relabel { OnIdenticalAdoption::Relabel } else { OnIdenticalAdoption::Withdraw },
        review,
        sizes,
        reach,
        reciprocity: number(reader, "reciprocity", 0.0, (0.0, 1.0)),
        international_text,
    }
}
