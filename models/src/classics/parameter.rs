//! Parameters of classics: named as in the literature, with domain and default, read from text.

use std::collections::BTreeMap;

use super::{Classic, Landscape};
use crate::text::nearest;

/// A parameter of a classic.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// Key, as in the literature.
    pub id: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Unit in words.
    pub unit: &'static str,
    /// Kind, domain and default.
    pub kind: Kind,
}

/// Kind, domain and default of a parameter.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A number from `low` to `high`.
    Number {
        /// Default.
        default: f64,
        /// Smallest admissible value.
        low: f64,
        /// Largest admissible value.
        high: f64,
    },
    /// A whole number from `low` to `high`.
    Whole {
        /// Default.
        default: usize,
        /// Smallest admissible value.
        low: usize,
        /// Largest admissible value.
        high: usize,
    },
    /// Numbers from `low` to `high`, separated by commas.
    List {
        /// Default.
        default: &'static [f64],
        /// Bounds of each number.
        bounds: (f64, f64),
        /// Bounds of how many.
        length: (usize, usize),
    },
    /// A square matrix: rows separated by semicolons, numbers by commas.
    Matrix {
        /// Default, row by row.
        default: &'static [f64],
        /// Bounds of each number.
        bounds: (f64, f64),
        /// Most rows.
        most: usize,
    },
    /// One of some words, the first by default.
    Word(&'static [&'static str]),
    /// A file with names, sizes and a matrix; none by default.
    File,
}

/// A number.
pub(super) const fn number(id: &'static str, doc: &'static str, unit: &'static str, default: f64, (low, high): (f64, f64)) -> Parameter {
    Parameter { id, doc, unit, kind: Kind::Number { default, low, high } }
}

/// A whole number.
pub(super) const fn whole(id: &'static str, doc: &'static str, unit: &'static str, default: usize, (low, high): (usize, usize)) -> Parameter {
    Parameter { id, doc, unit, kind: Kind::Whole { default, low, high } }
}

/// A list of numbers.
pub(super) const fn list(
    id: &'static str,
    doc: &'static str,
    unit: &'static str,
    default: &'static [f64],
    (bounds, length): ((f64, f64), (usize, usize)),
) -> Parameter {
    Parameter { id, doc, unit, kind: Kind::List { default, bounds, length } }
}

/// One of some words.
pub(super) const fn word(id: &'static str, doc: &'static str, words: &'static [&'static str]) -> Parameter {
    Parameter { id, doc, unit: "word", kind: Kind::Word(words) }
}

impl Parameter {
    /// Default as it would be typed.
    pub fn default_text(&self) -> String {
        let join = |numbers: &[f64]| numbers.iter().map(f64::to_string).collect::<Vec<_>>().join(",");
        match self.kind {
            Kind::Number { default, .. } => default.to_string(),
            Kind::Whole { default, .. } => default.to_string(),
            Kind::List { default, .. } => join(default),
            Kind::Matrix { default, .. } => default.chunks(side(default.len())).map(join).collect::<Vec<_>>().join(";"),
            Kind::Word(words) => words[0].to_owned(),
            Kind::File => String::new(),
        }
    }

    /// Domain in words.
    pub fn domain(&self) -> String {
        match self.kind {
            Kind::Number { low, high, .. } => format!("{low} to {high}"),
            Kind::Whole { low, high, .. } => format!("{low} to {high}, whole"),
            Kind::List { bounds, length, .. } => format!("{} to {} numbers from {} to {}", length.0, length.1, bounds.0, bounds.1),
            Kind::Matrix { bounds, most, .. } => format!("up to {most} rows of as many numbers from {} to {}", bounds.0, bounds.1),
            Kind::Word(words) => words.join(", "),
            Kind::File => "a file".to_owned(),
        }
    }

    fn read(&self, text: &str, open: &dyn Fn(&str) -> Result<Landscape, String>) -> Result<Value, String> {
        let refuse = |why: String| format!("--{}: {why}", self.id);
        match self.kind {
            Kind::Number { low, high, .. } => one(text, (low, high)).map(Value::Number).map_err(refuse),
            Kind::Whole { low, high, .. } => match text.trim().replace('_', "").parse::<usize>() {
                Ok(number) if (low..=high).contains(&number) => Ok(Value::Whole(number)),
                _ => Err(refuse(format!("“{}” should be a whole number from {low} to {high}", shown(text)))),
            },
            Kind::List { bounds, length, .. } => {
                let numbers = several(text, bounds).map_err(refuse)?;
                if (length.0..=length.1).contains(&numbers.len()) {
                    Ok(Value::List(numbers))
                } else {
                    Err(refuse(format!("has {} numbers; give {} to {}, separated by commas", numbers.len(), length.0, length.1)))
                }
            }
            Kind::Matrix { bounds, most, .. } => {
                let rows = text.split(';').map(|row| several(row, bounds)).collect::<Result<Vec<_>, _>>().map_err(refuse)?;
                if rows.len() <= most && rows.iter().all(|row| row.len() == rows.len()) {
                    Ok(Value::Matrix(rows))
                } else {
                    let lengths = rows.iter().map(|row| row.len().to_string()).collect::<Vec<_>>().join(", ");
                    Err(refuse(format!(
                        "is not square: {} rows of {lengths} numbers. Give as many numbers in each row as there are rows, at most {most}",
                        rows.len()
                    )))
                }
            }
            Kind::Word(words) => words.iter().find(|word| **word == text.trim()).map(|word| Value::Word(word)).ok_or_else(|| {
                let hint = nearest(text, words.iter().copied()).map_or(String::new(), |near| format!(" Did you mean {near}?"));
                refuse(format!("“{}” is not known here. One of: {}.{hint}", shown(text), words.join(", ")))
            }),
            Kind::File => open(text).map(Value::File).map_err(refuse),
        }
    }

    fn default_value(&self) -> Option<Value> {
        Some(match self.kind {
            Kind::Number { default, .. } => Value::Number(default),
            Kind::Whole { default, .. } => Value::Whole(default),
            Kind::List { default, .. } => Value::List(default.to_vec()),
            Kind::Matrix { default, .. } => Value::Matrix(default.chunks(side(default.len())).map(<[f64]>::to_vec).collect()),
            Kind::Word(words) => Value::Word(words[0]),
            Kind::File => return None,
        })
    }
}

/// Side of a square of so many numbers.
fn side(cells: usize) -> usize {
    (1..).find(|n| n * n >= cells).unwrap_or(1)
}

fn one(text: &str, (low, high): (f64, f64)) -> Result<f64, String> {
    match fraction(text.trim()) {
        Some(number) if number >= low && number <= high => Ok(number),
        _ => Err(format!("“{}” should be a number from {low} to {high}", shown(text))),
    }
}

/// A number, or a fraction such as 1/3.
fn fraction(text: &str) -> Option<f64> {
    let number = match text.split_once('/') {
        Some((above, below)) => above.trim().parse::<f64>().ok()? / below.trim().parse::<f64>().ok()?,
        None => text.parse().ok()?,
    };
    number.is_finite().then_some(number)
}

fn several(text: &str, bounds: (f64, f64)) -> Result<Vec<f64>, String> {
    text.split(',').map(|part| one(part, bounds)).collect()
}

/// What was typed, short and without control characters.
pub(super) fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}

/// A value of a parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// A whole number.
    Whole(usize),
    /// Numbers.
    List(Vec<f64>),
    /// A square matrix.
    Matrix(Vec<Vec<f64>>),
    /// A word.
    Word(&'static str),
    /// What a file held.
    File(Landscape),
}

/// Values of all parameters of a classic.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Values(BTreeMap<&'static str, Value>);

impl Values {
    /// Reads what was typed; what was not has its default. `open` reads a file.
    ///
    /// # Errors
    /// Everything that is wrong, a sentence each.
    pub fn read(classic: &Classic, given: &[(String, String)], open: &dyn Fn(&str) -> Result<Landscape, String>) -> Result<Values, Vec<String>> {
        let mut values: BTreeMap<&'static str, Value> =
            classic.parameters.iter().filter_map(|parameter| Some((parameter.id, parameter.default_value()?))).collect();
        let mut wrong = Vec::new();
        for (key, text) in given {
            match classic.parameters.iter().find(|parameter| parameter.id == key) {
                Some(parameter) => match parameter.read(text, open) {
                    Ok(value) => drop(values.insert(parameter.id, value)),
                    Err(why) => wrong.push(why),
                },
                None => {
                    let known: Vec<&str> = classic.parameters.iter().map(|parameter| parameter.id).collect();
                    wrong.push(format!("--{}: {} has no such parameter. Known: {}", shown(key), classic.id, known.join(", ")));
                }
            }
        }
        if wrong.is_empty() { Ok(Values(values)) } else { Err(wrong) }
    }

    /// The defaults.
    pub fn defaults(classic: &Classic) -> Values {
        Values(classic.parameters.iter().filter_map(|parameter| Some((parameter.id, parameter.default_value()?))).collect())
    }

    /// Every key with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|(id, value)| (*id, value))
    }

    pub(super) fn number(&self, id: &str) -> f64 {
        match self.0.get(id) {
            Some(Value::Number(number)) => *number,
            _ => f64::NAN,
        }
    }

    pub(super) fn whole(&self, id: &str) -> usize {
        match self.0.get(id) {
            Some(Value::Whole(number)) => *number,
            _ => 0,
        }
    }

    pub(super) fn list(&self, id: &str) -> &[f64] {
        match self.0.get(id) {
            Some(Value::List(numbers)) => numbers,
            _ => &[],
        }
    }

    pub(super) fn matrix(&self, id: &str) -> &[Vec<f64>] {
        match self.0.get(id) {
            Some(Value::Matrix(rows)) => rows,
            _ => &[],
        }
    }

    pub(super) fn word(&self, id: &str) -> &'static str {
        match self.0.get(id) {
            Some(Value::Word(word)) => word,
            _ => "",
        }
    }

    pub(super) fn file(&self, id: &str) -> Option<&Landscape> {
        match self.0.get(id) {
            Some(Value::File(file)) => Some(file),
            _ => None,
        }
    }
}
