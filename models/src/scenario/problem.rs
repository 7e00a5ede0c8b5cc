//! What is wrong with a scenario file, said so that it can be mended.

use std::fmt;

/// The text of a scenario file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceText {
    /// File stem: the id of the scenario.
    pub id: String,
    /// Path as shown to people.
    pub path: String,
    /// Content.
    pub text: String,
}

/// One thing that is wrong, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// File as shown to people, or `--set` and the like.
    pub file: String,
    /// Line, from 1.
    pub line: Option<usize>,
    /// Dotted key.
    pub key: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if !self.key.is_empty() {
            write!(f, ": {}", self.key)?;
        }
        write!(f, ": {}", self.message)?;
        if self.hint.is_empty() { Ok(()) } else { write!(f, ". Hint: {}", self.hint) }
    }
}

/// A string from a file, short and without control characters, for use in a message.
pub(super) fn quoted(text: &str) -> String {
    let clean: String = text.chars().filter(|c| !c.is_control()).take(60).collect();
    if text.chars().count() > 60 { format!("“{clean}…”") } else { format!("“{clean}”") }
}
