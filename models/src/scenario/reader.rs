//! Typed access to a parsed file that collects every problem instead of stopping at the first.

use super::problem::{Problem, SourceText, quoted};
use super::tree::{At, Node, Value};
use super::{Grade, LedgerEntry, Quantity};
use crate::calendar::Quarter;
use crate::text::nearest;

/// Longest text of one line, in characters.
pub(super) const MAX_LINE: usize = 120;

/// Longest prose, in characters.
pub(super) const MAX_PROSE: usize = 20_000;

/// Reads nodes and keeps account of problems and of the numbers met.
pub(super) struct Reader<'a> {
    sources: &'a [SourceText],
    pub(super) problems: Vec<Problem>,
    pub(super) ledger: Vec<LedgerEntry>,
}

/// Admissible range of a number.
pub(super) type Bounds = (f64, f64);

impl<'a> Reader<'a> {
    pub(super) fn new(sources: &'a [SourceText], problems: Vec<Problem>) -> Reader<'a> {
        Reader { sources, problems, ledger: Vec::new() }
    }

    /// The file in which a place lies: places count from the root of the chain, sources from its top.
    fn source(&self, at: At) -> Option<&SourceText> {
        self.sources.len().checked_sub(at.file + 1).map(|place| &self.sources[place])
    }

    /// Reports a problem at a place.
    pub(super) fn report(&mut self, at: At, key: &str, message: impl Into<String>, hint: impl Into<String>) {
        let file = self.source(at).map_or_else(String::new, |source| source.path.clone());
        self.problems.push(Problem { file, line: Some(at.line), key: key.to_owned(), message: message.into(), hint: hint.into() });
    }

    /// Id of the file in which a place lies.
    pub(super) fn file_id(&self, at: At) -> String {
        self.source(at).map_or_else(String::new, |source| source.id.clone())
    }

    /// Reports keys that are not known, each with the nearest known one.
    pub(super) fn only(&mut self, node: &Node, path: &str, known: &[&str]) {
        if !matches!(node.value, Value::Table(_)) {
            self.report(node.at, path, format!("is {}, but should be a table", node.kind()), "write it as a [section] or in braces { … }");
            return;
        }
        for (key, entry) in node.entries() {
            if !known.contains(&key.as_str()) {
                self.unknown(entry.at, path, key, known);
            }
        }
    }

    /// Reports one unknown key.
    pub(super) fn unknown(&mut self, at: At, path: &str, key: &str, known: &[&str]) {
        let hint = match nearest(key, known.iter().copied()) {
            Some(near) => format!("did you mean {near}?"),
            None if known.len() <= 16 => format!("known here: {}", known.join(", ")),
            None => "remove it, or see `faultline levers` for the names in use".to_owned(),
        };
        self.report(at, path, format!("unknown key {}", quoted(key)), hint);
    }

    /// A required entry; reports when it is missing.
    pub(super) fn required<'n>(&mut self, node: &'n Node, path: &str, key: &str) -> Option<&'n Node> {
        let found = node.get(key);
        if found.is_none() {
            let hint = "add it, or build on a complete scenario with extends = \"today-extended\"";
            self.report(node.at, &join(path, key), "is missing", hint);
        }
        found
    }

    /// One line of text.
    pub(super) fn line(&mut self, node: &Node, path: &str) -> String {
        let text = self.prose(node, path, MAX_LINE);
        if text.chars().any(char::is_control) {
            self.report(node.at, path, "holds control characters or line breaks", "keep it to one plain line");
        }
        text
    }

    /// Text of bounded length.
    pub(super) fn prose(&mut self, node: &Node, path: &str, longest: usize) -> String {
        let Value::Text(text) = &node.value else {
            self.report(node.at, path, format!("is {}, but should be text", node.kind()), "put it in quotes");
            return String::new();
        };
        let length = text.chars().count();
        if length > longest {
            self.report(node.at, path, format!("has {length} characters; at most {longest} are allowed"), "shorten it");
        }
        if text.trim().is_empty() {
            self.report(node.at, path, "is empty", "write at least a word");
        }
        text.trim().to_owned()
    }

    /// An identifier: letters, digits, hyphen and underscore, and none of the words with a meaning of their own.
    pub(super) fn id(&mut self, node: &Node, path: &str) -> String {
        let id = self.line(node, path);
        let plain = id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') && id.len() <= 40;
        if !id.is_empty() && !plain {
            self.report(node.at, path, format!("{} is no identifier", quoted(&id)), "use at most 40 letters, digits, - and _");
        }
        if ["INT", "none", "world", "rest", "all"].iter().any(|word| word.eq_ignore_ascii_case(&id)) {
            self.report(node.at, path, format!("{} has a meaning of its own here", quoted(&id)), "choose another identifier");
        }
        id
    }

    /// A finite number within bounds; the lower bound on failure, so that reading can go on.
    pub(super) fn number(&mut self, node: &Node, path: &str, (low, high): Bounds) -> f64 {
        let Value::Number(value) = node.value else {
            self.report(
                node.at,
                path,
                format!("is {}, but should be a number", node.kind()),
                format!("write a number from {low} to {high}, without quotes"),
            );
            return low;
        };
        if !value.is_finite() {
            self.report(node.at, path, "is not a finite number", format!("write a number from {low} to {high}"));
            return low;
        }
        if value < low || value > high {
            self.report(node.at, path, format!("{value} is out of range"), format!("it must lie between {low} and {high}"));
            return low;
        }
        value
    }

    /// Yes or no.
    pub(super) fn truth(&mut self, node: &Node, path: &str) -> bool {
        if let Value::Bool(truth) = node.value {
            return truth;
        }
        self.report(node.at, path, format!("is {}, but should be true or false", node.kind()), "write true or false, without quotes");
        false
    }

    /// A whole number within bounds.
    pub(super) fn whole(&mut self, node: &Node, path: &str, bounds: (u32, u32)) -> u32 {
        let value = self.number(node, path, (f64::from(bounds.0), f64::from(bounds.1)));
        if value.fract() != 0.0 {
            self.report(node.at, path, format!("{value} is not a whole number"), "leave out the fraction");
        }
        value as u32
    }

    /// A quarter such as `2027Q1`.
    pub(super) fn quarter(&mut self, node: &Node, path: &str) -> Option<Quarter> {
        let Value::Text(text) = &node.value else {
            self.report(node.at, path, format!("is {}, but should be a quarter", node.kind()), "write it in quotes, like \"2027Q1\"");
            return None;
        };
        text.parse().map_err(|message: String| self.report(node.at, path, message, "years 1800 to 2400, quarters Q1 to Q4")).ok()
    }

    /// One of a list of words.
    pub(super) fn word<'w>(&mut self, node: &Node, path: &str, words: &[&'w str]) -> &'w str {
        let text = self.line(node, path);
        if let Some(word) = words.iter().copied().find(|word| *word == text) {
            return word;
        }
        let near = nearest(&text, words.iter().copied()).map_or(String::new(), |near| format!("did you mean {near}? "));
        self.report(node.at, path, format!("{} is not known here", quoted(&text)), format!("{near}one of: {}", words.join(", ")));
        words[0]
    }

    /// Position of a name in a list of names.
    pub(super) fn named(&mut self, node: &Node, path: &str, names: &[String]) -> Option<usize> {
        let Value::Text(text) = &node.value else {
            self.report(node.at, path, format!("is {}, but should be a name", node.kind()), "put it in quotes");
            return None;
        };
        let found = names.iter().position(|name| name == text);
        if found.is_none() {
            let near = nearest(text, names.iter().map(String::as_str)).map_or(String::new(), |near| format!("did you mean {near}? "));
            self.report(node.at, path, format!("there is no {}", quoted(text)), format!("{near}one of: {}", names.join(", ")));
        }
        found
    }

    /// A number with its footing; enters the ledger.
    pub(super) fn quantity(&mut self, node: &Node, path: &str, bounds: Bounds) -> f64 {
        if matches!(node.value, Value::Number(_)) {
            self.report(node.at, path, "is a bare number", "write { value, unit, low, high, source, grade } so that a reader can judge it");
            return self.number(node, path, bounds);
        }
        if !matches!(node.value, Value::Table(_)) {
            self.report(
                node.at,
                path,
                format!("is {}, but should be a number with its footing", node.kind()),
                "write { value, unit, low, high, source, grade }",
            );
            return bounds.0;
        }
        self.only(node, path, &["value", "unit", "low", "high", "source", "grade", "note"]);
        let before = self.problems.len();
        let Some(value_node) = self.required(node, path, "value") else { return bounds.0 };
        let value = self.number(value_node, &join(path, "value"), bounds);
        let everything = (f64::MIN, f64::MAX);
        let low = self.required(node, path, "low").map_or(value, |n| self.number(n, &join(path, "low"), everything));
        let high = self.required(node, path, "high").map_or(value, |n| self.number(n, &join(path, "high"), everything));
        // A value that is wrong in itself is not measured against its range as well.
        if low > high {
            self.report(node.at, path, format!("low {low} is above high {high}"), "exchange them");
        } else if self.problems.len() == before && (value < low || value > high) {
            self.report(
                value_node.at,
                path,
                format!("{value} lies outside its own range {low} to {high}"),
                "widen low and high, or change the value",
            );
        }
        let grade = self.required(node, path, "grade").map_or(Grade::Assumed, |n| self.grade(n, &join(path, "grade")));
        let unit = self.required(node, path, "unit").map_or(String::new(), |n| self.line(n, &join(path, "unit")));
        let source = self.required(node, path, "source").map_or(String::new(), |n| self.prose(n, &join(path, "source"), 1000));
        let note = node.get("note").map_or(String::new(), |n| self.note(n, &join(path, "note")));
        let quantity = Quantity { value, low, high, unit, source, grade, note };
        let set_by = self.file_id(value_node.at);
        self.ledger.push(LedgerEntry { key: path.to_owned(), quantity, set_by });
        value
    }

    /// A remark, which may be empty.
    pub(super) fn note(&mut self, node: &Node, path: &str) -> String {
        if matches!(&node.value, Value::Text(text) if text.trim().is_empty()) { String::new() } else { self.prose(node, path, 2000) }
    }

    /// A grade of evidence.
    pub(super) fn grade(&mut self, node: &Node, path: &str) -> Grade {
        match self.word(node, path, &["assumed", "estimated", "measured"]) {
            "measured" => Grade::Measured,
            "estimated" => Grade::Estimated,
            _ => Grade::Assumed,
        }
    }
}

/// A dotted key.
pub(super) fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
