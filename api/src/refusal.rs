//! A refusal has a code for the program and a sentence for the person.

use std::fmt;

use faultline_models::scenario::Problem;

/// Kinds of refusal that callers branch on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// The input is wrong: a scenario file, an option, a name.
    BadInput,
    /// The result cannot be written.
    CannotWrite,
    /// The user stopped it before there was anything to keep.
    Interrupted,
    /// Anything else that stopped the work.
    Failed,
}

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Refusal {
    /// Kind.
    pub code: Code,
    /// What happened, what is safe, what next.
    pub message: String,
    /// One line per problem, where there are several.
    pub details: Vec<String>,
}

impl Refusal {
    /// Wrong input.
    pub fn input(message: impl Into<String>) -> Refusal {
        Refusal { code: Code::BadInput, message: message.into(), details: Vec::new() }
    }

    /// Nothing could be written.
    pub fn write(message: impl Into<String>) -> Refusal {
        Refusal { code: Code::CannotWrite, message: message.into(), details: Vec::new() }
    }

    /// The work stopped.
    pub fn failed(message: impl Into<String>) -> Refusal {
        Refusal { code: Code::Failed, message: message.into(), details: Vec::new() }
    }

    /// The user stopped it before there was anything to keep.
    pub fn interrupted(message: impl Into<String>) -> Refusal {
        Refusal { code: Code::Interrupted, message: message.into(), details: Vec::new() }
    }

    /// Problems of a scenario.
    pub fn problems(id: &str, problems: &[Problem]) -> Refusal {
        let count = problems.len();
        let noun = if count == 1 { "problem" } else { "problems" };
        Refusal { code: Code::BadInput, message: format!("{id} has {count} {noun}"), details: problems.iter().map(ToString::to_string).collect() }
    }

    /// Several refusals as one: the first code counts, every sentence and every detail is kept once.
    pub fn all(refusals: Vec<Refusal>) -> Refusal {
        if let [one] = &refusals[..] {
            return one.clone();
        }
        let code = refusals.first().map_or(Code::Failed, |first| first.code);
        let mut details: Vec<String> = Vec::new();
        for refusal in refusals {
            let lines = if refusal.details.is_empty() { vec![refusal.message] } else { refusal.details };
            for line in lines {
                if !details.contains(&line) {
                    details.push(line);
                }
            }
        }
        match details.len() {
            1 => Refusal { code, message: details.remove(0), details },
            n => Refusal { code, message: format!("{n} things are wrong"), details },
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)?;
        self.details.iter().try_for_each(|line| write!(f, "\n  {line}"))
    }
}

impl std::error::Error for Refusal {}
