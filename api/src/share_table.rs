//! Tables of shares from files of anybody's: CSV, TOML or JSON, checked, and all metrics of them.

use std::path::Path;

use faultline_models::metrics::{self, Metric, ShareTable};
use serde::{Deserialize, Serialize};

use crate::disk;
use crate::refusal::Refusal;

/// How far shares and weights may miss 1: rounding in the last places, not a missing standard.
const TOLERANCE: f64 = 1e-6;

/// Most groups, standards, values or edges that are read.
const MOST: usize = 10_000;

/// What a client asks of a table.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// Further orders of Hill and Leinster–Cobbold numbers, from 0.
    pub orders: Vec<f64>,
    /// Further exponents of Esteban–Ray polarisation, above 0 and up to 1.6.
    pub exponents: Vec<f64>,
}

/// One metric as told to a client.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MetricLine {
    /// Key.
    pub id: String,
    /// Name for people.
    pub name: &'static str,
    /// The value; missing where it is not defined.
    pub value: Option<f64>,
    /// Unit or bounds.
    pub unit: &'static str,
    /// Formula.
    pub formula: &'static str,
}

/// A table as written in TOML or JSON.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    standards: Vec<String>,
    #[serde(default, alias = "blocs")]
    groups: Vec<Group>,
    distances: Option<Vec<Vec<f64>>>,
    #[serde(default)]
    values: Vec<Values>,
    network: Option<Network>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    name: String,
    weight: Option<f64>,
    shares: Vec<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Values {
    name: String,
    values: Vec<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Network {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Node {
    name: String,
    group: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Edge {
    between: [String; 2],
    weight: Option<f64>,
}

/// All metrics of the table in a file; distances may stand in a file of their own.
///
/// # Errors
/// When a file cannot be read or its table does not make sense; every problem is named.
pub fn of_file(path: &Path, distances: Option<&Path>, wish: &Wish) -> Result<Vec<MetricLine>, Refusal> {
    let mut written = read(path)?;
    if let Some(path) = distances {
        let matrix = square(path, &disk::read_text(path, disk::MAX_TEXT)?, &written.standards)?;
        written.distances = Some(matrix);
    }
    let mut wrong = wrong_wishes(wish);
    let list = metrics_of(&written, wish, &mut wrong);
    if wrong.is_empty() { Ok(list.into_iter().map(line).collect()) } else { Err(refusal(path, &wrong)) }
}

fn wrong_wishes(wish: &Wish) -> Vec<String> {
    let orders = wish.orders.iter().filter(|q| !(0.0..=1000.0).contains(*q)).map(|q| format!("--order {q}: should lie between 0 and 1000"));
    let exponents = wish.exponents.iter().filter(|a| !(**a > 0.0 && **a <= 1.6)).map(|a| format!("--alpha {a}: should be above 0 and at most 1.6"));
    orders.chain(exponents).collect()
}

fn refusal(path: &Path, wrong: &[String]) -> Refusal {
    let one = |text: &String| Refusal::input(format!("{}: {text}", path.display()));
    Refusal::all(wrong.iter().take(30).map(one).collect())
}

fn line(metric: Metric) -> MetricLine {
    let Metric { id, name, value, unit, formula } = metric;
    MetricLine { id, name, value: value.is_finite().then_some(value), unit, formula }
}

fn read(path: &Path) -> Result<Written, Refusal> {
    let text = disk::read_text(path, disk::MAX_TEXT)?;
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let refuse = |what: String| refusal(path, &[what]);
    match ending.as_str() {
        "toml" => toml::from_str(&text).map_err(|e| refuse(toml_problem(&e, &text))),
        "json" => serde_json::from_str(&text).map_err(|e| refuse(one_line(&e.to_string()))),
        "csv" => from_csv(path, &text),
        _ => Err(refuse("is none of .csv, .toml and .json. Let the name end in the format that it has".to_owned())),
    }
}

/// What a TOML parser found wrong, with its line, on one line.
pub(crate) fn toml_problem(problem: &toml::de::Error, text: &str) -> String {
    let line = problem.span().map_or(1, |span| 1 + text.bytes().take(span.start).filter(|byte| *byte == b'\n').count());
    format!("line {line}: {}", one_line(problem.message()))
}

/// A message of a parser on one line.
pub(crate) fn one_line(text: &str) -> String {
    text.split(['\n', '\r']).map(str::trim).filter(|part| !part.is_empty() && !part.chars().all(|c| "|^-".contains(c))).collect::<Vec<_>>().join(" ")
}

/// Rows of cells with their line numbers; the first is the header.
pub(crate) fn cells(path: &Path, text: &str) -> Result<Vec<Vec<String>>, Refusal> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).comment(Some(b'#')).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| refusal(path, &[one_line(&e.to_string())]))?;
        rows.push(record.iter().map(|cell| cell.trim_start_matches('\u{feff}').to_owned()).collect());
        if rows.len() > MOST {
            return Err(refusal(path, &[format!("has more than {MOST} rows, the most that is read")]));
        }
    }
    Ok(rows)
}

/// The numbers of a row after its name; complaints name row and column.
pub(crate) fn numbers(row: &[String], header: &[String], number: usize, wrong: &mut Vec<String>) -> Vec<f64> {
    if row.len() != header.len() {
        wrong.push(format!("row {number} has {} cells, but the header has {}", row.len(), header.len()));
    }
    let cells = row.iter().zip(header).skip(1);
    cells
        .map(|(cell, column)| {
            cell.parse().unwrap_or_else(|_| {
                wrong.push(format!("row {number}, column {column}: “{}” is not a number", shown(cell)));
                f64::NAN
            })
        })
        .collect()
}

/// Text from a file, short and plain.
pub(crate) fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}

/// A header `group,weight,first standard,…` and a row per group.
fn from_csv(path: &Path, text: &str) -> Result<Written, Refusal> {
    let rows = cells(path, text)?;
    let Some((header, rows)) = rows.split_first() else {
        return Err(refusal(path, &["is empty. Write a header group,weight,… and a row per group".to_owned()]));
    };
    let weight = header.iter().position(|name| name.eq_ignore_ascii_case("weight"));
    if weight == Some(0) {
        return Err(refusal(path, &["the first column should name the group, not its weight".to_owned()]));
    }
    let mut wrong = Vec::new();
    let mut written =
        Written { standards: header.iter().skip(1).filter(|name| !name.eq_ignore_ascii_case("weight")).cloned().collect(), ..Written::default() };
    for (i, row) in rows.iter().enumerate() {
        let mut values = numbers(row, header, i + 2, &mut wrong);
        let weight = weight.and_then(|at| (at - 1 < values.len()).then(|| values.remove(at - 1)));
        written.groups.push(Group { name: row.first().cloned().unwrap_or_default(), weight, shares: values });
    }
    if wrong.is_empty() { Ok(written) } else { Err(refusal(path, &wrong)) }
}

/// A square matrix from CSV with names in the header and in the first column, in the order of `names`.
pub(crate) fn square(path: &Path, text: &str, names: &[String]) -> Result<Vec<Vec<f64>>, Refusal> {
    let rows = cells(path, text)?;
    let (header, rows) = rows.split_first().ok_or_else(|| refusal(path, &["is empty".to_owned()]))?;
    let mut wrong = Vec::new();
    if header.get(1..) != Some(names) {
        wrong.push(format!("the columns should be {}, in this order", names.join(", ")));
    }
    let order: Vec<&str> = rows.iter().filter_map(|row| row.first().map(String::as_str)).collect();
    if order != names {
        wrong.push(format!("the rows should be {}, in this order", names.join(", ")));
    }
    let matrix = rows.iter().enumerate().map(|(i, row)| numbers(row, header, i + 2, &mut wrong)).collect();
    if wrong.is_empty() { Ok(matrix) } else { Err(refusal(path, &wrong)) }
}

/// The metrics of whatever the file holds.
fn metrics_of(written: &Written, wish: &Wish, wrong: &mut Vec<String>) -> Vec<Metric> {
    let mut list = Vec::new();
    if !written.groups.is_empty() || !written.standards.is_empty() {
        list.extend(share_table(written, wrong).map(|table| table.metrics(&wish.orders, &wish.exponents)).unwrap_or_default());
    }
    if !written.values.is_empty() {
        list.extend(of_values(&written.values, wrong));
    }
    if let Some(network) = &written.network {
        list.extend(of_network(network, wrong));
    }
    if list.is_empty() && wrong.is_empty() {
        wrong.push("holds nothing to measure. Give standards and groups with shares, or values in groups, or a network".to_owned());
    }
    list
}

fn share_table(written: &Written, wrong: &mut Vec<String>) -> Option<ShareTable> {
    let (groups, n) = (&written.groups, written.standards.len());
    if groups.is_empty() || n == 0 || groups.len() > 200 || n > 200 {
        wrong.push(format!("has {} groups and {n} standards; 1 to 200 of each are needed", groups.len()));
        return None;
    }
    unique(&written.standards, "standard", wrong);
    unique(&groups.iter().map(|g| g.name.clone()).collect::<Vec<_>>(), "group", wrong);
    for group in groups {
        check_row(group, n, wrong);
    }
    let weights = weights(groups, wrong);
    let distances = distances(written, wrong);
    wrong.is_empty().then(|| ShareTable {
        groups: groups.iter().map(|g| shown(&g.name)).collect(),
        standards: written.standards.iter().map(|s| shown(s)).collect(),
        shares: groups.iter().map(|g| g.shares.clone()).collect(),
        weights,
        distances,
    })
}

fn unique(names: &[String], what: &str, wrong: &mut Vec<String>) {
    for (i, name) in names.iter().enumerate() {
        if name.trim().is_empty() {
            wrong.push(format!("{what} {} has no name", i + 1));
        } else if names[..i].contains(name) {
            wrong.push(format!("the {what} {} is named twice", shown(name)));
        }
    }
}

fn check_row(group: &Group, standards: usize, wrong: &mut Vec<String>) {
    let name = shown(&group.name);
    if group.shares.len() != standards {
        wrong.push(format!("{name} has {} shares, but there are {standards} standards", group.shares.len()));
    } else if let Some(share) = group.shares.iter().find(|share| !(0.0..=1.0).contains(*share)) {
        wrong.push(format!("{name}: the share {share} does not lie between 0 and 1"));
    } else if (group.shares.iter().sum::<f64>() - 1.0).abs() > TOLERANCE {
        wrong.push(format!("{name}: the shares add to {}, not to 1", rounded(group.shares.iter().sum())));
    }
}

fn rounded(sum: f64) -> f64 {
    (sum * 1e9).round() / 1e9
}

/// Weights as given, or equal where none is.
fn weights(groups: &[Group], wrong: &mut Vec<String>) -> Vec<f64> {
    let given: Vec<f64> = groups.iter().filter_map(|group| group.weight).collect();
    if given.is_empty() {
        return vec![1.0 / groups.len() as f64; groups.len()];
    }
    let total: f64 = given.iter().sum();
    if given.len() < groups.len() {
        wrong.push(format!("{} of {} groups have a weight; give it to all or to none", given.len(), groups.len()));
    } else if given.iter().any(|w| !(0.0..=1.0).contains(w)) {
        wrong.push("a weight does not lie between 0 and 1".to_owned());
    } else if (total - 1.0).abs() > TOLERANCE {
        wrong.push(format!("the weights add to {}, not to 1", rounded(total)));
    }
    given
}

/// Distances as given, or 1 between any two standards.
fn distances(written: &Written, wrong: &mut Vec<String>) -> Vec<f64> {
    let n = written.standards.len();
    let Some(matrix) = &written.distances else {
        return (0..n * n).map(|at| f64::from(u8::from(at / n != at % n))).collect();
    };
    if matrix.len() != n || matrix.iter().any(|row| row.len() != n) {
        wrong.push(format!("the distances are not a square of {n} by {n}"));
        return Vec::new();
    }
    for (a, row) in matrix.iter().enumerate() {
        for (b, d) in row.iter().enumerate() {
            let pair = || format!("{} and {}", shown(&written.standards[a]), shown(&written.standards[b]));
            if !(0.0..=1.0).contains(d) {
                wrong.push(format!("the distance {d} of {} does not lie between 0 and 1", pair()));
            } else if a == b && *d != 0.0 {
                wrong.push(format!("the distance of {} to itself is {d}, not 0", shown(&written.standards[a])));
            } else if a < b && (d - matrix[b][a]).abs() > 1e-12 {
                wrong.push(format!("the distance of {} is {d} one way and {} the other", pair(), matrix[b][a]));
            }
        }
    }
    matrix.concat()
}

fn of_values(values: &[Values], wrong: &mut Vec<String>) -> Vec<Metric> {
    for group in values {
        if group.values.is_empty() || group.values.len() > MOST || group.values.iter().any(|v| !(*v > 0.0 && v.is_finite())) {
            wrong.push(format!("values of {}: should be 1 to {MOST} positive numbers", shown(&group.name)));
        }
    }
    if wrong.is_empty() { metrics::of_values(&values.iter().map(|group| group.values.clone()).collect::<Vec<_>>()) } else { Vec::new() }
}

fn of_network(network: &Network, wrong: &mut Vec<String>) -> Vec<Metric> {
    let names: Vec<String> = network.nodes.iter().map(|node| node.name.clone()).collect();
    if names.len() > 1000 || network.edges.len() > MOST || network.edges.is_empty() {
        wrong.push(format!("the network has {} nodes and {} edges; up to 1000 and 1 to {MOST} are read", names.len(), network.edges.len()));
        return Vec::new();
    }
    unique(&names, "node", wrong);
    let mut groups: Vec<&str> = Vec::new();
    let mut group = Vec::new();
    for node in &network.nodes {
        let at = groups.iter().position(|name| *name == node.group).unwrap_or_else(|| {
            groups.push(&node.group);
            groups.len() - 1
        });
        group.push(at);
    }
    let mut edges = Vec::new();
    for edge in &network.edges {
        let ends: Vec<usize> = edge.between.iter().filter_map(|end| names.iter().position(|name| name == end)).collect();
        let weight = edge.weight.unwrap_or(1.0);
        match ends[..] {
            [a, b] if a != b && weight > 0.0 && weight.is_finite() => edges.push((a, b, weight)),
            _ => wrong.push(format!(
                "the edge {}–{} should join two different nodes with a positive weight",
                shown(&edge.between[0]),
                shown(&edge.between[1])
            )),
        }
    }
    if wrong.is_empty() { metrics::of_network(&edges, &group) } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Result<Vec<MetricLine>, Refusal> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(if text.contains("group,") { "t.csv" } else { "t.toml" });
        std::fs::write(&path, text).unwrap();
        of_file(&path, None, &Wish::default())
    }

    fn value(lines: &[MetricLine], id: &str) -> f64 {
        lines.iter().find(|line| line.id == id).and_then(|line| line.value).unwrap()
    }

    #[test]
    fn the_same_table_in_two_formats_gives_the_same_metrics() {
        let csv = check("group,weight,a,b\nEU,0.4,0.7,0.3\nCN,0.6,0.1,0.9\n").unwrap();
        let toml = "standards = [\"a\", \"b\"]\n[[groups]]\nname = \"EU\"\nweight = 0.4\nshares = [0.7, 0.3]\n[[groups]]\nname = \"CN\"\nweight = 0.6\nshares = [0.1, 0.9]\n";
        assert_eq!(csv, check(toml).unwrap());
        assert!((value(&csv, "pooled.a") - 0.34).abs() < 1e-12);
    }

    #[test]
    fn a_table_that_does_not_make_sense_is_refused_with_its_reason() {
        for (text, reason) in [
            ("group,a,b\nEU,0.7,0.2\n", "add to 0.9"),
            ("group,weight,a,b\nEU,0.5,0.5,0.5\nCN,0.6,1,0\n", "weights add to 1.1"),
            ("group,a,b\nEU,0.7\n", "2 cells, but the header has 3"),
            ("group,a,b\nEU,1.2,-0.2\n", "between 0 and 1"),
            ("group,a,b\nEU,much,0\n", "much"),
            ("group,a,a\nEU,0.5,0.5\n", "twice"),
            ("standards = [\"a\", \"b\"]\ndistances = [[0.0, 1.0]]\n[[groups]]\nname = \"EU\"\nshares = [1.0, 0.0]\n", "square"),
            ("standards = [\"a\", \"b\"]\ndistances = [[0.0, 1.0], [0.5, 0.0]]\n[[groups]]\nname = \"EU\"\nshares = [1.0, 0.0]\n", "one way"),
            ("colour = 1\n", "colour"),
            ("", "nothing to measure"),
            ("group,a,b\n", "0 groups"),
            ("group,a,b\nEU,nan,1\n", "between 0 and 1"),
        ] {
            let said = check(text).unwrap_err().to_string();
            assert!(said.contains(reason), "{reason} is not said: {said}");
        }
    }
}
