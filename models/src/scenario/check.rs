//! The gate: from files as written to a checked scenario, or to everything that is wrong with them.

use super::adjust::{self, Adjust};
use super::chain::{Chain, EXTENDS};
use super::problem::{Problem, SourceText};
use super::reader::{MAX_PROSE, Reader, join};
use super::tree::{At, Node, Value};
use super::{Bloc, Domain, Economy, EconomyGroup, FutureRule, Point, Scenario, Sizes, changes, values};
use crate::calendar::{Calendar, Quarter};

/// Most problems that are listed; a file of rubbish has thousands.
const MAX_PROBLEMS: usize = 100;

/// Most rows of a calendar.
const MAX_ROWS: i32 = 400;

const TOP: [&str; 17] = [
    "name",
    "extends",
    "story",
    "keep-moves",
    "calendar",
    "sizes",
    "domains",
    "blocs",
    "groups",
    "economies",
    "trade",
    "levers",
    "uncertainties",
    "structure",
    "future",
    "moves",
    "events",
];

/// Checks a scenario and its parents and gives the complete scenario, or every problem at once.
///
/// `sources` holds the file itself first, then its parents, nearest first. Where a parent cannot be found, a complete scenario may
/// stand in its place: the broken link is a problem all the same, and whatever else is wrong with the files is found beside it.
///
/// # Errors
/// All problems found, in the order of the file; at most 100.
pub fn load(sources: &[SourceText], adjust: &Adjust) -> Result<Scenario, Vec<Problem>> {
    Chain::read(sources).scenario(adjust)
}

impl Chain {
    /// As [`load`] of these files.
    ///
    /// # Errors
    /// All problems found, in the order of the file; at most 100.
    pub fn scenario(&self, adjust: &Adjust) -> Result<Scenario, Vec<Problem>> {
        let (sources, mut problems) = (&self.sources[..], self.problems());
        // A chain without an end or broken syntax makes everything below it look missing: that would bury what is wrong.
        if !self.ends() || problems.iter().any(|problem| problem.key != EXTENDS) {
            sort(&mut problems, sources);
            return Err(problems);
        }
        let mut reader = Reader::new(sources, problems);
        let mut scenario = read(&mut reader, &self.tree, sources, adjust);
        let mut problems = std::mem::take(&mut reader.problems);
        sort(&mut problems, sources);
        problems.extend(adjust::apply(&mut scenario, adjust));
        if problems.is_empty() {
            scenario.ledger = reader.ledger;
            adjust::note_in_ledger(&mut scenario, adjust);
            return Ok(scenario);
        }
        Err(bounded(problems, sources))
    }
}

/// So many problems as people read.
fn bounded(mut problems: Vec<Problem>, sources: &[SourceText]) -> Vec<Problem> {
    if problems.len() > MAX_PROBLEMS {
        let more = problems.len() - MAX_PROBLEMS;
        problems.truncate(MAX_PROBLEMS);
        let file = sources.first().map_or_else(String::new, |source| source.path.clone());
        let hint = "mend these first and check again".to_owned();
        problems.push(Problem { file, line: None, key: String::new(), message: format!("{more} more problems"), hint });
    }
    problems
}

/// Problems of the file itself first, then of its parents, each in the order of lines and said once.
fn sort(problems: &mut Vec<Problem>, sources: &[SourceText]) {
    problems.sort_by_key(|problem| (sources.iter().position(|source| source.path == problem.file), problem.line));
    let mut said: Vec<Problem> = Vec::new();
    problems.retain(|problem| {
        let fresh = !said.contains(problem);
        if fresh {
            said.push(problem.clone());
        }
        fresh
    });
}

fn read(reader: &mut Reader<'_>, tree: &Node, sources: &[SourceText], adjust: &Adjust) -> Scenario {
    reader.only(tree, "", &TOP);
    let name = reader.required(tree, "", "name").map_or(String::new(), |n| reader.line(n, "name"));
    let story = reader.required(tree, "", "story").map_or(String::new(), |n| reader.prose(n, "story", MAX_PROSE));
    let calendar = calendar(reader, tree, adjust);
    let domains = domains(reader, tree);
    let written = blocs(reader, tree, &domains);
    let bloc_ids: Vec<String> = written.iter().map(|bloc| bloc.id.clone()).collect();
    let groups = groups(reader, tree, &bloc_ids);
    let economies = economies(reader, tree, &bloc_ids, &groups);
    let names = values::Names {
        blocs: bloc_ids,
        domains: domains.iter().map(|domain| domain.id.clone()).collect(),
        blocs_file: tree.get("blocs").map_or(0, |node| node.at.file),
    };
    let mut scenario = Scenario {
        id: sources.first().map_or_else(String::new, |source| source.id.clone()),
        name,
        story: story.split("\n\n").map(|p| p.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|p| !p.is_empty()).collect(),
        extends: sources.iter().skip(1).map(|source| source.id.clone()).collect(),
        calendar: calendar.0,
        trade: trade(reader, tree, &names.blocs, written.len() != 1 || !economies.is_empty()),
        sizes: sizes(reader, tree, written.len() + economies.len()),
        future_rule: future_rule(reader, tree),
        structure: changes::structure(reader, tree),
        uncertainties: values::uncertainties(reader, tree, &names),
        levers_today: values::levers(reader, tree, &names),
        moves: Vec::new(),
        events: Vec::new(),
        ledger: Vec::new(),
        blocs: Vec::new(),
        groups,
        economies,
        domains,
    };
    changes::read(reader, tree, &names, calendar.1, &mut scenario);
    check_start(reader, tree, &written, &scenario);
    if let Some(spread) = adjust::value_of(adjust, "ideal-spread") {
        let index = const { crate::uncertainties::index_of("ideal-spread") };
        scenario.uncertainties[index].fill(spread);
    }
    scenario.blocs = place(&written, &scenario);
    scenario
}

/// Nobody can start on an international text that is absent.
fn check_start(reader: &mut Reader<'_>, tree: &Node, written: &[WrittenBloc], scenario: &Scenario) {
    if scenario.structure.international_text {
        return;
    }
    for (bloc, node) in written.iter().zip(tree.get("blocs").map_or(&[][..], Node::items)) {
        let path = join("blocs", &bloc.id);
        let hint = "leave it out, or write structure.international-text = \"offered\"";
        if let Some(identical) = node.get("starts-identical").filter(|_| bloc.starts_identical.contains(&true)) {
            reader.report(identical.at, &join(&path, "starts-identical"), "names domains, but the international text is absent", hint);
        }
        if let Some(mix) = node.get("start-mix").filter(|_| bloc.start_mix.as_ref().and_then(|mix| mix.last()).is_some_and(|share| *share > 0.0)) {
            reader.report(mix.at, &join(&path, "start-mix"), "gives INT a share, but the international text is absent", hint);
        }
    }
}

/// The calendar in force and the one written in the file, which dates are checked against.
fn calendar(reader: &mut Reader<'_>, tree: &Node, adjust: &Adjust) -> (Calendar, Calendar) {
    let fallback = Calendar { start: Quarter::new(2025, 1), rows: 64 };
    let Some(node) = reader.required(tree, "", "calendar") else { return (fallback, fallback) };
    reader.only(node, "calendar", &["start", "end"]);
    let start = reader.required(node, "calendar", "start").and_then(|n| reader.quarter(n, "calendar.start"));
    let end = reader.required(node, "calendar", "end").and_then(|n| reader.quarter(n, "calendar.end"));
    let (Some(start), Some(end)) = (start, end) else { return (fallback, fallback) };
    let written = span(start, end).unwrap_or_else(|message| {
        reader.report(node.at, "calendar", message, format!("let end come after start, at most {MAX_ROWS} quarters in all"));
        fallback
    });
    if adjust.from.is_none() && adjust.to.is_none() {
        return (written, written);
    }
    let in_force = span(adjust.from.unwrap_or(start), adjust.to.unwrap_or(end)).unwrap_or_else(|message| {
        let hint = format!("the scenario runs from {start} to {end}; give at least two and at most {MAX_ROWS} quarters");
        reader.problems.push(Problem { file: "--from/--to".to_owned(), line: None, key: "calendar".to_owned(), message, hint });
        fallback
    });
    (in_force, written)
}

fn span(start: Quarter, end: Quarter) -> Result<Calendar, String> {
    match end.since(start) + 1 {
        rows if rows < 2 => Err(format!("ends at {end}, which is not after its start {start}")),
        rows if rows > MAX_ROWS => Err(format!("spans {rows} quarters; at most {MAX_ROWS} are allowed")),
        rows => Ok(Calendar { start, rows: rows as usize }),
    }
}

/// The items of a required list of tables, bounded in number.
fn list<'n>(reader: &mut Reader<'_>, tree: &'n Node, key: &str, (least, most): (usize, usize)) -> &'n [Node] {
    let node = if least > 0 { reader.required(tree, "", key) } else { tree.get(key) };
    let Some(node) = node else { return &[] };
    if !matches!(node.value, Value::Array(_)) {
        reader.report(node.at, key, format!("is {}, but should be a list of tables", node.kind()), format!("write each entry under [[{key}]]"));
        return &[];
    }
    let items = node.items();
    if items.len() < least || items.len() > most {
        reader.report(node.at, key, format!("has {} entries", items.len()), format!("give {least} to {most}"));
    }
    &items[..items.len().min(most)]
}

/// Reports an id that was used before.
fn unique(reader: &mut Reader<'_>, at: At, path: &str, id: &str, seen: &[String]) {
    if !id.is_empty() && seen.iter().any(|other| other == id) {
        reader.report(at, path, format!("the identifier {id} is used twice"), "give each entry its own");
    }
}

fn domains(reader: &mut Reader<'_>, tree: &Node) -> Vec<Domain> {
    let mut domains: Vec<Domain> = Vec::new();
    for (i, node) in list(reader, tree, "domains", (1, 8)).iter().enumerate() {
        let (id, name, path) = head(reader, node, "domains", i, &["weight", "spread"]);
        unique(reader, node.at, &path, &id, &domains.iter().map(|d| d.id.clone()).collect::<Vec<_>>());
        let weight = quantity(reader, node, &path, "weight", (0.0, 1.0));
        let spread = quantity(reader, node, &path, "spread", (0.0, 3.0));
        domains.push(Domain { id, name, weight, spread });
    }
    let total: f64 = domains.iter().map(|domain| domain.weight).sum();
    if let Some(node) = tree.get("domains")
        && !domains.is_empty()
        && (total - 1.0).abs() > 1e-6
    {
        reader.report(node.at, "domains", format!("the weights add to {total}"), "let them add to 1");
    }
    domains
}

/// Identifier, name and path of an entry, and a check of its keys.
fn head(reader: &mut Reader<'_>, node: &Node, list: &str, index: usize, keys: &[&str]) -> (String, String, String) {
    let numbered = format!("{list}[{}]", index + 1);
    let id = reader.required(node, &numbered, "id").map_or(String::new(), |n| reader.id(n, &join(&numbered, "id")));
    let path = if id.is_empty() { numbered } else { format!("{list}.{id}") };
    let known: Vec<&str> = ["id", "name"].iter().chain(keys).copied().collect();
    reader.only(node, &path, &known);
    let name = reader.required(node, &path, "name").map_or(String::new(), |n| reader.line(n, &join(&path, "name")));
    (id, name, path)
}

fn quantity(reader: &mut Reader<'_>, node: &Node, path: &str, key: &str, bounds: (f64, f64)) -> f64 {
    reader.required(node, path, key).map_or(bounds.0, |n| reader.quantity(n, &join(path, key), bounds))
}

/// A bloc as written: its point before the spread of a domain is applied.
struct WrittenBloc {
    id: String,
    name: String,
    size: f64,
    ideal: Point,
    starts_identical: Vec<bool>,
    work_months: f64,
    quality: f64,
    taste: Vec<f64>,
    start_mix: Option<Vec<f64>>,
}

const BLOC_KEYS: [&str; 8] = ["size", "ideal-stringency", "ideal-state-led", "work-months", "starts-identical", "quality", "taste", "start-mix"];

fn blocs(reader: &mut Reader<'_>, tree: &Node, domains: &[Domain]) -> Vec<WrittenBloc> {
    let names: Vec<String> = domains.iter().map(|domain| domain.id.clone()).collect();
    let mut blocs: Vec<WrittenBloc> = Vec::new();
    for (i, node) in list(reader, tree, "blocs", (1, 7)).iter().enumerate() {
        let (id, name, path) = head(reader, node, "blocs", i, &BLOC_KEYS);
        unique(reader, node.at, &path, &id, &blocs.iter().map(|b| b.id.clone()).collect::<Vec<_>>());
        let mut starts_identical = vec![false; names.len()];
        if let Some(identical) = node.get("starts-identical") {
            if !matches!(identical.value, Value::Array(_)) {
                reader.report(
                    identical.at,
                    &join(&path, "starts-identical"),
                    format!("is {}, but should be a list", identical.kind()),
                    "list domain ids in square brackets",
                );
            }
            for item in identical.items() {
                if let Some(d) = reader.named(item, &join(&path, "starts-identical"), &names) {
                    starts_identical[d] = true;
                }
            }
        }
        blocs.push(WrittenBloc {
            size: quantity(reader, node, &path, "size", (1e-9, 1e15)),
            ideal: [quantity(reader, node, &path, "ideal-stringency", (0.0, 1.0)), quantity(reader, node, &path, "ideal-state-led", (0.0, 1.0))],
            work_months: quantity(reader, node, &path, "work-months", (1.0, 240.0)),
            quality: node.get("quality").map_or(0.0, |n| reader.quantity(n, &join(&path, "quality"), (-5.0, 5.0))),
            starts_identical,
            taste: Vec::new(),
            start_mix: None,
            id,
            name,
        });
    }
    let ids: Vec<String> = blocs.iter().map(|bloc| bloc.id.clone()).collect();
    for (bloc, node) in blocs.iter_mut().zip(list(reader, tree, "blocs", (1, 7))) {
        let path = join("blocs", &bloc.id);
        bloc.taste = per_standard(reader, node, &path, "taste", &ids, (-20.0, 20.0)).unwrap_or_else(|| vec![0.0; ids.len() + 1]);
        bloc.start_mix = per_standard(reader, node, &path, "start-mix", &ids, (0.0, 1.0));
        if let (Some(mix), Some(written)) = (&bloc.start_mix, node.get("start-mix"))
            && (mix.iter().sum::<f64>() - 1.0).abs() > 1e-6
        {
            reader.report(written.at, &join(&path, "start-mix"), format!("the shares add to {}", mix.iter().sum::<f64>()), "let them add to 1");
        }
    }
    blocs
}

/// An optional quantity per standard, named by the blocs' ids and `INT`; 0 for those that are not named.
fn per_standard(reader: &mut Reader<'_>, node: &Node, path: &str, key: &str, blocs: &[String], bounds: (f64, f64)) -> Option<Vec<f64>> {
    let table = node.get(key)?;
    let path = join(path, key);
    let known: Vec<&str> = blocs.iter().map(String::as_str).chain(["INT"]).collect();
    reader.only(table, &path, &known);
    Some(known.iter().map(|standard| table.get(standard).map_or(0.0, |n| reader.quantity(n, &join(&path, standard), bounds))).collect())
}

/// Ideal points per domain: the written triangle, shrunk or stretched about its centre by the domain's spread and by the
/// uncertain spread of ideal points.
fn place(written: &[WrittenBloc], scenario: &Scenario) -> Vec<Bloc> {
    let stretch = scenario.uncertainties[const { crate::uncertainties::index_of("ideal-spread") }].first().copied().unwrap_or(1.0);
    let n = written.len().max(1) as f64;
    let centre = [0, 1].map(|axis| written.iter().map(|bloc| bloc.ideal[axis]).sum::<f64>() / n);
    let point = |bloc: &WrittenBloc, spread: f64| {
        [0, 1].map(|axis: usize| (centre[axis] + stretch * spread * (bloc.ideal[axis] - centre[axis])).clamp(0.0, 1.0))
    };
    written
        .iter()
        .map(|bloc| Bloc {
            id: bloc.id.clone(),
            name: bloc.name.clone(),
            size: bloc.size,
            ideal: scenario.domains.iter().map(|domain| point(bloc, domain.spread)).collect(),
            starts_identical: bloc.starts_identical.clone(),
            work_months: bloc.work_months,
            quality: bloc.quality,
            taste: bloc.taste.clone(),
            start_mix: bloc.start_mix.clone(),
        })
        .collect()
}

/// One quantity per bloc under `key`.
fn per_bloc(reader: &mut Reader<'_>, node: &Node, path: &str, key: &str, (blocs, bounds): (&[String], (f64, f64))) -> Vec<f64> {
    let Some(table) = reader.required(node, path, key) else { return vec![bounds.0; blocs.len()] };
    let path = join(path, key);
    let known: Vec<&str> = blocs.iter().map(String::as_str).collect();
    reader.only(table, &path, &known);
    blocs.iter().map(|bloc| quantity(reader, table, &path, bloc, bounds)).collect()
}

fn groups(reader: &mut Reader<'_>, tree: &Node, blocs: &[String]) -> Vec<EconomyGroup> {
    let mut groups: Vec<EconomyGroup> = Vec::new();
    for (i, node) in list(reader, tree, "groups", (0, 16)).iter().enumerate() {
        let (id, name, path) = head(reader, node, "groups", i, &["pull"]);
        unique(reader, node.at, &path, &id, &groups.iter().map(|g| g.id.clone()).chain(blocs.iter().cloned()).collect::<Vec<_>>());
        let pull = per_bloc(reader, node, &path, "pull", (blocs, (0.0, 1.0)));
        groups.push(EconomyGroup { id, name, pull });
    }
    groups
}

fn economies(reader: &mut Reader<'_>, tree: &Node, blocs: &[String], groups: &[EconomyGroup]) -> Vec<Economy> {
    let names: Vec<String> = groups.iter().map(|group| group.id.clone()).collect();
    let mut economies: Vec<Economy> = Vec::new();
    for (i, node) in list(reader, tree, "economies", (0, 200)).iter().enumerate() {
        let (id, name, path) = head(reader, node, "economies", i, &["group", "size", "exposure"]);
        unique(reader, node.at, &path, &id, &economies.iter().map(|e| e.id.clone()).chain(blocs.iter().cloned()).collect::<Vec<_>>());
        let group = reader.required(node, &path, "group").and_then(|n| reader.named(n, &join(&path, "group"), &names)).unwrap_or(0);
        let size = quantity(reader, node, &path, "size", (1e-9, 1e15));
        let exposure = per_bloc(reader, node, &path, "exposure", (blocs, (0.0, 1.0)));
        let total: f64 = exposure.iter().sum();
        if (total - 1.0).abs() > 1e-3 {
            reader.report(node.at, &join(&path, "exposure"), format!("the exposures add to {total:.4}"), "let them add to 1");
        }
        economies.push(Economy { id, name, group, size, exposure });
    }
    economies
}

/// Two-way trade between market groups, `(blocs + 1)²`, symmetric; the rest of the world comes last. A bloc alone trades with nobody.
fn trade(reader: &mut Reader<'_>, tree: &Node, blocs: &[String], any: bool) -> Vec<f64> {
    let names: Vec<String> = blocs.iter().cloned().chain(["rest".to_owned()]).collect();
    let n = names.len();
    let mut trade = vec![f64::NAN; n * n];
    for (i, node) in list(reader, tree, "trade", (usize::from(any), n * n)).iter().enumerate() {
        let path = format!("trade[{}]", i + 1);
        reader.only(node, &path, &["between", "value"]);
        let ends: Vec<usize> = reader
            .required(node, &path, "between")
            .map_or(Vec::new(), |pair| pair.items().iter().filter_map(|item| reader.named(item, &join(&path, "between"), &names)).collect());
        let [a, b] = ends[..] else {
            reader.report(
                node.at,
                &join(&path, "between"),
                "should name two market groups",
                "write it like between = [\"EU\", \"CN\"], with \"rest\" for the economies",
            );
            continue;
        };
        let value =
            reader.required(node, &path, "value").map_or(0.0, |v| reader.quantity(v, &format!("trade.{}-{}", names[a], names[b]), (0.0, 1e15)));
        if a == b && a < n - 1 {
            let hint = "trade within a bloc is not asked for; name two different groups";
            reader.report(node.at, &join(&path, "between"), format!("names {} twice", names[a]), hint);
        }
        if !trade[a * n + b].is_nan() {
            reader.report(node.at, &path, format!("trade between {} and {} is given twice", names[a], names[b]), "keep one of them");
        }
        trade[a * n + b] = value;
        trade[b * n + a] = value;
    }
    missing_trade(reader, tree, &names, &trade);
    trade.into_iter().map(|value| if value.is_nan() { 0.0 } else { value }).collect()
}

fn missing_trade(reader: &mut Reader<'_>, tree: &Node, names: &[String], trade: &[f64]) {
    let n = names.len();
    let rest = n - 1;
    let has_rest = tree.get("economies").is_some_and(|list| !list.items().is_empty());
    let Some(node) = tree.get("trade") else { return };
    for a in 0..n {
        for b in a..n {
            let wanted = (a != b || a == rest) && (has_rest || b != rest);
            if wanted && trade[a * n + b].is_nan() {
                reader.report(node.at, "trade", format!("trade between {} and {} is missing", names[a], names[b]), "add a [[trade]] entry for it");
            }
        }
    }
}

fn sizes(reader: &mut Reader<'_>, tree: &Node, markets: usize) -> Sizes {
    let keys = [
        "adopters",
        "suppliers",
        "partners",
        "home-members",
        "foreign-members",
        "international-members",
        "economy-members",
        "active-at-start",
        "tension-at-start",
        "international-work-months",
        "structure-seed",
    ];
    let node = reader.required(tree, "", "sizes").cloned().unwrap_or(Node { at: tree.at, value: Value::Table(Vec::new()) });
    if tree.get("sizes").is_some() {
        reader.only(&node, "sizes", &keys);
    }
    let mut value =
        |key: &str, bounds: (f64, f64)| if tree.get("sizes").is_some() { quantity(reader, &node, "sizes", key, bounds) } else { bounds.0 };
    let least = markets.max(1) as f64;
    let numbers = [
        value(keys[0], (least, 1e6)),
        value(keys[1], (0.0, 1e5)),
        value(keys[2], (0.0, 64.0)),
        value(keys[3], (0.0, 200.0)),
        value(keys[4], (0.0, 200.0)),
        value(keys[5], (0.0, 200.0)),
        value(keys[6], (0.0, 200.0)),
        value(keys[7], (0.0, 1.0)),
        value(keys[8], (0.0, 1.0)),
        value(keys[9], (1.0, 240.0)),
        value(keys[10], (0.0, f64::from(u32::MAX))),
    ];
    for (key, number) in
        keys.iter().zip(numbers).filter(|(key, _)| !matches!(**key, "active-at-start" | "tension-at-start" | "international-work-months"))
    {
        if number.fract() != 0.0 {
            reader.report(node.at, &join("sizes", key), format!("{number} is not a whole number"), "leave out the fraction");
        }
    }
    let whole = |i: usize| numbers[i] as usize;
    Sizes {
        adopters: whole(0),
        suppliers: whole(1),
        partners: whole(2),
        home_members: whole(3),
        foreign_members: whole(4),
        international_members: whole(5),
        economy_members: whole(6),
        active_at_start: numbers[7],
        tension_at_start: numbers[8],
        international_work_months: numbers[9],
        structure_seed: numbers[10] as u32,
    }
}

fn future_rule(reader: &mut Reader<'_>, tree: &Node) -> FutureRule {
    let Some(node) = reader.required(tree, "", "future") else { return FutureRule { joined_from: 0.7, single_up_to: 1.25 } };
    reader.only(node, "future", &["joined-from", "single-up-to"]);
    FutureRule {
        joined_from: quantity(reader, node, "future", "joined-from", (0.0, 1.0)),
        single_up_to: quantity(reader, node, "future", "single-up-to", (1.0, 8.0)),
    }
}
