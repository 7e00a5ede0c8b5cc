//! Scenario files as written: parsed with line numbers, and one laid over another.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Problem, SourceText};

/// Longest text that is read, in bytes.
const MAX_BYTES: usize = 1 << 20;

/// Where a value was written: file (0 is the root of the chain, its child 1, and so on to the scenario itself) and line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct At {
    pub(super) file: usize,
    pub(super) line: usize,
}

/// A value with its place.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) at: At,
    pub(super) value: Value,
}

/// A value as written.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Table(Vec<(String, Node)>),
    Array(Vec<Node>),
    Text(String),
    Number(f64),
    Bool(bool),
    Date,
}

impl Node {
    /// The entries of a table; none for anything else.
    pub(super) fn entries(&self) -> &[(String, Node)] {
        match &self.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    /// The items of an array; none for anything else.
    pub(super) fn items(&self) -> &[Node] {
        match &self.value {
            Value::Array(items) => items,
            _ => &[],
        }
    }

    /// The entry of a table with this key.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|(k, _)| k == key).map(|(_, node)| node)
    }

    /// Whether this is a quantity: a table with a `value`.
    pub(super) fn is_quantity(&self) -> bool {
        self.get("value").is_some()
    }

    /// The word for its type.
    pub(super) fn kind(&self) -> &'static str {
        match self.value {
            Value::Table(_) => "a table",
            Value::Array(_) => "a list",
            Value::Text(_) => "text",
            Value::Number(_) => "a number",
            Value::Bool(_) => "true or false",
            Value::Date => "a date",
        }
    }
}

/// Parses a file; syntax errors become problems, and what can be read is returned all the same.
pub(super) fn parse(source: &SourceText, file: usize) -> (Node, Vec<Problem>) {
    let whole = |message: String, hint: &str| Problem { file: source.path.clone(), line: None, key: String::new(), message, hint: hint.to_owned() };
    let empty = Node { at: At { file, line: 1 }, value: Value::Table(Vec::new()) };
    if source.text.len() > MAX_BYTES {
        return (
            empty,
            vec![whole(
                format!("the file has {} bytes; at most {MAX_BYTES} are read", source.text.len()),
                "split it with `extends`, or remove what is not needed",
            )],
        );
    }
    if source.text.contains('\0') {
        return (
            empty,
            vec![whole("this is not a text file".to_owned(), "a scenario is a TOML text in UTF-8; see `faultline export` for an example")],
        );
    }
    let lines = LineIndex::new(&source.text);
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    let problems = errors
        .iter()
        .take(50)
        .map(|error| Problem {
            file: source.path.clone(),
            line: error.span().map(|span| lines.line(span.start)),
            key: String::new(),
            message: format!("not valid TOML: {}", error.message().replace('\n', "; ")),
            hint: if error.message().contains("duplicate key") {
                "the key stands twice in its table; keep one".to_owned()
            } else {
                "check quotes, brackets and equals signs near this line; numbers begin with a digit (0.5, not .5)".to_owned()
            },
        })
        .collect();
    (table_node(table.get_ref(), file, 1, &lines), problems)
}

fn table_node(table: &DeTable<'_>, file: usize, line: usize, lines: &LineIndex) -> Node {
    let mut entries: Vec<(String, Node)> = table
        .iter()
        .map(|(key, value)| {
            let line = lines.line(key.span().start);
            (key.get_ref().to_string(), node(value, file, line, lines))
        })
        .collect();
    entries.sort_by_key(|(_, node)| node.at.line);
    Node { at: At { file, line }, value: Value::Table(entries) }
}

fn node(value: &Spanned<DeValue<'_>>, file: usize, line: usize, lines: &LineIndex) -> Node {
    let at = At { file, line };
    let value = match value.get_ref() {
        DeValue::Table(table) => return table_node(table, file, line, lines),
        DeValue::Array(items) => Value::Array(items.iter().map(|item| node(item, file, lines.line(item.span().start), lines)).collect()),
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::Number(f64::INFINITY), |n| Value::Number(n as f64))
        }
        DeValue::Float(number) => Value::Number(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(truth) => Value::Bool(*truth),
        DeValue::Datetime(_) => Value::Date,
    };
    Node { at, value }
}

/// Byte offsets of line starts.
struct LineIndex(Vec<usize>);

impl LineIndex {
    fn new(text: &str) -> LineIndex {
        LineIndex(std::iter::once(0).chain(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1)).collect())
    }

    fn line(&self, offset: usize) -> usize {
        self.0.partition_point(|start| *start <= offset)
    }
}

/// Lists that a child adds to instead of replacing them.
const APPENDED: [&str; 2] = ["moves", "events"];

/// Lays a child over its parent.
pub(super) fn overlay(parent: &Node, child: &Node, child_id: &str) -> Node {
    let fresh = matches!(child.get("keep-moves"), Some(Node { value: Value::Bool(false), .. }));
    let mut entries: Vec<(String, Node)> = parent.entries().iter().filter(|(key, _)| !(fresh && APPENDED.contains(&key.as_str()))).cloned().collect();
    for (key, node) in child.entries() {
        match entries.iter_mut().find(|(k, _)| k == key) {
            Some((_, below)) if APPENDED.contains(&key.as_str()) => append(below, node),
            Some((_, below)) => *below = laid_over(below, node, child_id),
            None => entries.push((key.clone(), node.clone())),
        }
    }
    Node { at: child.at, value: Value::Table(entries) }
}

fn append(below: &mut Node, node: &Node) {
    if let (Value::Array(items), Value::Array(more)) = (&mut below.value, &node.value) {
        items.extend(more.iter().cloned());
    } else {
        *below = node.clone();
    }
}

fn laid_over(below: &Node, node: &Node, id: &str) -> Node {
    match (&below.value, &node.value) {
        (Value::Table(_), Value::Number(_)) if below.is_quantity() => {
            let table = Node { at: node.at, value: Value::Table(vec![("value".to_owned(), node.clone())]) };
            quantity_over(below, &table, id)
        }
        // A number that was one for all is given per domain: nothing of it is left to inherit from.
        (Value::Table(_), Value::Table(over)) if below.is_quantity() && !over.is_empty() && over.iter().all(|(_, n)| n.is_quantity()) => node.clone(),
        (Value::Table(_), Value::Table(_)) if below.is_quantity() => quantity_over(below, node, id),
        // And the other way round.
        (Value::Table(_), Value::Table(_)) if node.is_quantity() => node.clone(),
        (Value::Table(entries), Value::Table(over)) => {
            let mut entries = entries.clone();
            for (key, node) in over {
                match entries.iter_mut().find(|(k, _)| k == key) {
                    Some((_, below)) => *below = laid_over(below, node, id),
                    None => entries.push((key.clone(), node.clone())),
                }
            }
            Node { at: node.at, value: Value::Table(entries) }
        }
        _ => node.clone(),
    }
}

/// A child's value keeps the parent's unit and range; source and grade are its own, because the parent's speak of another value.
fn quantity_over(below: &Node, node: &Node, id: &str) -> Node {
    let own = |key: &str| node.get(key).is_some();
    let text = |text: String| Node { at: node.at, value: Value::Text(text) };
    let inherited = below.entries().iter().filter(|(key, _)| !own(key) && (!own("value") || ["unit", "low", "high"].contains(&key.as_str())));
    let mut entries: Vec<(String, Node)> = node.entries().to_vec();
    entries.extend(inherited.cloned());
    if own("value") && !own("source") {
        entries.push(("source".to_owned(), text(format!("set in {id}"))));
    }
    if own("value") && !own("grade") {
        entries.push(("grade".to_owned(), text("assumed".to_owned())));
    }
    Node { at: node.at, value: Value::Table(entries) }
}
