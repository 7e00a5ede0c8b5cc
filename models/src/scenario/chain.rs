//! A scenario file and its parents, parsed and laid over each other once: a file that changes with every move of a slider is laid over
//! parents that stay.

use super::problem::{Problem, SourceText, quoted};
use super::tree::{At, Node, Value, overlay, parse};

/// The key that names the parent of a file.
pub(super) const EXTENDS: &str = "extends";

/// A scenario file and its parents.
#[derive(Debug, Clone)]
pub struct Chain {
    /// The file itself first, then its parents, nearest first.
    pub(super) sources: Vec<SourceText>,
    /// All of them laid over each other, nearest on top.
    pub(super) tree: Node,
    /// What each file names as its parent, in the order of the sources.
    extends: Vec<Option<Node>>,
    /// What is wrong with the syntax.
    syntax: Vec<Problem>,
}

impl Chain {
    /// Parses files: the scenario itself first, then its parents, nearest first. What is wrong with them is told by [`Chain::scenario`].
    pub fn read(sources: &[SourceText]) -> Chain {
        let empty = Node { at: At { file: 0, line: 1 }, value: Value::Table(Vec::new()) };
        let none = Chain { sources: Vec::new(), tree: empty, extends: Vec::new(), syntax: Vec::new() };
        sources.iter().rev().fold(none, |below, source| below.under(source.clone()))
    }

    /// This chain with another file on top.
    #[must_use]
    pub fn under(&self, own: SourceText) -> Chain {
        let (node, mut syntax) = parse(&own, self.sources.len());
        syntax.extend(self.syntax.iter().cloned());
        let extends = std::iter::once(node.get(EXTENDS).cloned()).chain(self.extends.iter().cloned()).collect();
        let tree = if self.sources.is_empty() { node } else { overlay(&self.tree, &node, &own.id) };
        let sources = std::iter::once(own).chain(self.sources.iter().cloned()).collect();
        Chain { sources, tree, extends, syntax }
    }

    /// The files: the scenario itself first, then its parents.
    pub fn into_sources(self) -> Vec<SourceText> {
        self.sources
    }

    /// Whether the last file names no parent.
    pub(super) fn ends(&self) -> bool {
        self.extends.last().is_some_and(|extends| !matches!(extends, Some(Node { value: Value::Text(_), .. })))
    }

    /// Everything that is wrong with the chain itself.
    pub(super) fn problems(&self) -> Vec<Problem> {
        let links = (0..self.sources.len()).filter_map(|file| self.check_extends(file));
        self.syntax.iter().cloned().chain(links).collect()
    }

    /// Whether `extends` of a file names the next one of the chain, or nothing at its end.
    fn check_extends(&self, file: usize) -> Option<Problem> {
        let (sources, extends) = (&self.sources, self.extends[file].as_ref()?);
        let refuse = |message: String, hint: &str| {
            Some(Problem { file: sources[file].path.clone(), line: Some(extends.at.line), key: EXTENDS.to_owned(), message, hint: hint.to_owned() })
        };
        let Value::Text(parent) = &extends.value else {
            return refuse(format!("names {}, but should name a scenario in quotes", extends.kind()), "write it like extends = \"today-extended\"");
        };
        if sources.get(file + 1).is_some_and(|next| next.id == *parent) {
            return None;
        }
        if sources[..=file].iter().any(|source| source.id == *parent) {
            let path: Vec<&str> = sources[..=file].iter().map(|source| source.id.as_str()).chain([parent.as_str()]).collect();
            return refuse(format!("goes round in a circle: {}", path.join(" → ")), "let one of them stand on its own or extend today-extended");
        }
        refuse(
            format!("there is no scenario {}", quoted(parent)),
            "name a shipped scenario (see `faultline list`) or put the parent’s file beside this one",
        )
    }
}

/// The id named by `extends`, if the text can be read that far.
pub fn parent_of(source: &SourceText) -> Option<String> {
    match parse(source, 0).0.get(EXTENDS)?.value.clone() {
        Value::Text(parent) => Some(parent),
        _ => None,
    }
}
