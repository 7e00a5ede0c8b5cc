//! The format of `tests/checks/*.toml`: what a check claims, which pattern it stands for, and what is known to be open.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A file of checks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckFile {
    /// Paired runs per ensemble.
    pub(crate) runs: usize,
    /// Adopters per run.
    pub(crate) adopters: usize,
    /// The checks.
    pub(crate) check: Vec<Check>,
}

/// One check.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Check {
    /// Number of the pattern in docs/model.md.
    pub(crate) pattern: u8,
    /// The fact, as a sentence.
    pub(crate) says: String,
    /// What an independent prototype of the same text gave, for docking.
    pub(crate) prototype: String,
    /// The claim.
    pub(crate) claim: Claim,
    /// Set when the claim does not hold and stays listed in the open.
    pub(crate) known_miss: Option<KnownMiss>,
}

/// A claim that is known not to hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KnownMiss {
    /// The figure found.
    pub(crate) figure: String,
    /// Why it is left so.
    pub(crate) why: String,
}

/// What can be claimed.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Claim {
    /// The mean over the runs lies between `low` and `high`.
    Mean {
        of: Measure,
        #[serde(default = "minus_infinity")]
        low: f64,
        #[serde(default = "infinity")]
        high: f64,
    },
    /// The share of runs whose value lies between `low` and `high` is at least `at_least`.
    ShareOfRuns {
        of: Measure,
        #[serde(default = "minus_infinity")]
        low: f64,
        #[serde(default = "infinity")]
        high: f64,
        at_least: f64,
    },
    /// In at least the share `at_least` of the pairs of runs with the same seed, `greater` exceeds `smaller`.
    ShareOfPairs { greater: Measure, smaller: Measure, at_least: f64 },
    /// The mean of `of` − `minus` over pairs of runs lies between `low` and `high`.
    MeanOfPairs {
        of: Measure,
        minus: Measure,
        #[serde(default = "minus_infinity")]
        low: f64,
        #[serde(default = "infinity")]
        high: f64,
    },
    /// The share of runs that end in one of these futures is at least `at_least`.
    Futures { of: Case, among: Vec<String>, at_least: f64 },
    /// No single future takes more than this share of the runs.
    NoFutureAbove { of: Case, share: f64 },
    /// Along the values of a key the mean never rises by more than `errors` standard errors of the paired difference.
    FallsAlong { of: Measure, key: String, values: Vec<f64>, errors: f64 },
    /// Along the values of a key the spread over seeds is larger somewhere inside than at both ends.
    SpreadPeaksInside { of: Measure, key: String, values: Vec<f64> },
    /// The settings together lower the measure by more than the sum of what each alone does, by more than `errors` standard errors.
    Complements { of: Measure, settings: Vec<(String, f64)>, errors: f64 },
}

/// An ensemble: a scenario, with settings on top.
#[derive(Debug, Clone, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    /// Id of the scenario.
    pub(crate) scenario: String,
    /// What is set on top, as with `--set`.
    #[serde(default)]
    pub(crate) set: BTreeMap<String, f64>,
    /// Last quarter, where it is not the scenario's.
    pub(crate) to: Option<String>,
}

/// A number read off every run of an ensemble.
#[derive(Debug, Clone, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Measure {
    /// Id of the scenario.
    pub(crate) scenario: String,
    /// What is set on top, as with `--set`.
    #[serde(default)]
    pub(crate) set: BTreeMap<String, f64>,
    /// Last quarter of the run, where it is not the scenario's.
    pub(crate) to: Option<String>,
    /// Id of the indicator.
    pub(crate) indicator: String,
    /// Label of the entity.
    #[serde(default = "world")]
    pub(crate) entity: String,
    /// Id of the domain; without it the weighted sum.
    pub(crate) domain: Option<String>,
    /// Quarter that is read; without it the last.
    pub(crate) at: Option<String>,
    /// Scenario whose value, run by run, is subtracted.
    pub(crate) against: Option<String>,
}

impl Measure {
    /// The ensemble that is measured.
    pub(crate) fn case(&self) -> Case {
        Case { scenario: self.scenario.clone(), set: self.set.clone(), to: self.to.clone() }
    }

    /// The same measure with settings added.
    pub(crate) fn with(&self, settings: &[(String, f64)]) -> Measure {
        let mut changed = self.clone();
        changed.set.extend(settings.iter().cloned());
        changed
    }

    /// The same measure in the scenario that it is held against.
    pub(crate) fn reference(&self) -> Option<Measure> {
        let scenario = self.against.clone()?;
        Some(Measure { scenario, set: BTreeMap::new(), against: None, ..self.clone() })
    }
}

impl Claim {
    /// All measures that the claim reads.
    pub(crate) fn measures(&self) -> Vec<Measure> {
        match self {
            Claim::Mean { of, .. } | Claim::ShareOfRuns { of, .. } => vec![of.clone()],
            Claim::ShareOfPairs { greater, smaller, .. } => vec![greater.clone(), smaller.clone()],
            Claim::MeanOfPairs { of, minus, .. } => vec![of.clone(), minus.clone()],
            Claim::Futures { .. } | Claim::NoFutureAbove { .. } => Vec::new(),
            Claim::FallsAlong { of, key, values, .. } | Claim::SpreadPeaksInside { of, key, values } => along(of, key, values),
            Claim::Complements { of, settings, .. } => {
                let alone = settings.iter().map(|setting| of.with(std::slice::from_ref(setting)));
                [of.clone(), of.with(settings)].into_iter().chain(alone).collect()
            }
        }
    }

    /// The ensemble whose futures the claim reads.
    pub(crate) fn futures(&self) -> Option<&Case> {
        match self {
            Claim::Futures { of, .. } | Claim::NoFutureAbove { of, .. } => Some(of),
            _ => None,
        }
    }
}

/// A measure at every value of a key.
pub(crate) fn along(of: &Measure, key: &str, values: &[f64]) -> Vec<Measure> {
    values.iter().map(|value| of.with(&[(key.to_owned(), *value)])).collect()
}

fn world() -> String {
    "world".to_owned()
}

fn infinity() -> f64 {
    f64::INFINITY
}

fn minus_infinity() -> f64 {
    f64::NEG_INFINITY
}
