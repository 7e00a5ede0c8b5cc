//! The charts that can be drawn. One file each, one line in [`CHARTS`].

mod adoption;
mod alignment;
mod bars;
mod change_split;
mod comparison;
mod drafting;
mod fragmentation;
mod futures;
mod interoperability;
mod mix;
mod requirement_map;
mod runs;
mod series;
mod wording;

use std::fmt;

use faultline_models::ensemble::Ensemble;
use faultline_models::findings::Findings;

use crate::chart::Chart;

pub use wording::Gate;

/// A kind of chart.
#[derive(Clone, Copy)]
pub struct ChartKind {
    /// Key on the command line and in file names.
    pub id: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// The question that it answers.
    pub question: &'static str,
    /// How to read it, in at most 40 words.
    pub how_to_read: &'static str,
    /// What it needs.
    pub needs: Needs,
    build: fn(&Request<'_>) -> Result<Chart, Unsuited>,
}

/// How many scenarios a chart needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// One; further ones are set beside it where that makes sense.
    One,
    /// A baseline and at least one more.
    Two,
}

/// What a chart is made from.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Ensembles; the first is the baseline.
    pub ensembles: &'a [&'a Ensemble],
    /// Their bands, in the same order.
    pub findings: &'a [&'a Findings],
    /// What is wanted.
    pub options: &'a Options,
}

/// What is wanted of a chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Options {
    /// Domain, by index; `None` for all, or for the chart's own choice.
    pub domain: Option<usize>,
    /// Run shown by charts of a single run, by position.
    pub run: usize,
    /// Let the title state the finding where enough runs agree.
    pub takeaway: bool,
    /// What the footer says about the origin.
    pub stamp: Stamp,
    /// Remarks to print under the chart, such as that an unverified figure stands behind it.
    pub notes: Vec<String>,
}

/// Where a chart comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stamp {
    /// Version of the model.
    pub model: String,
    /// Short hash of the scenarios.
    pub hash: String,
    /// First seed.
    pub seed: u32,
    /// Date, or empty.
    pub date: String,
    /// Vintage of the inputs.
    pub inputs: String,
}

/// Why a chart cannot be made of what is at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsuited(pub String);

impl fmt::Display for Unsuited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unsuited {}

/// All charts, in the order of the gallery.
pub const CHARTS: &[&ChartKind] = &[
    &fragmentation::KIND,
    &futures::KIND,
    &adoption::KIND,
    &comparison::KIND,
    &change_split::KIND,
    &interoperability::KIND,
    &alignment::KIND,
    &bars::COST,
    &bars::ACCESS,
    &requirement_map::KIND,
    &mix::KIND,
    &runs::KIND,
    &drafting::KIND,
];

impl ChartKind {
    /// The chart with this id.
    pub fn find(id: &str) -> Option<&'static ChartKind> {
        CHARTS.iter().copied().find(|kind| kind.id == id)
    }

    /// Makes the chart.
    ///
    /// # Errors
    /// When the ensembles do not suit it; the sentence says why.
    pub fn build(&self, request: &Request<'_>) -> Result<Chart, Unsuited> {
        let given = request.ensembles.len();
        if given == 0 || request.findings.len() != given || request.ensembles.iter().any(|e| e.runs.is_empty()) {
            return Err(Unsuited("there are no runs to draw".to_owned()));
        }
        if self.needs == Needs::Two && given < 2 {
            return Err(Unsuited(format!("the chart {} compares scenarios: name a second one", self.id)));
        }
        let mut chart = (self.build)(request)?;
        chart.notes.extend(request.options.notes.iter().cloned());
        chart.footer = wording::footer(request);
        Ok(chart)
    }
}

impl Request<'_> {
    /// The baseline.
    fn base(&self) -> &Ensemble {
        self.ensembles[0]
    }

    /// Pairs of ensemble and bands.
    fn each(&self) -> impl Iterator<Item = (&Ensemble, &Findings)> {
        self.ensembles.iter().copied().zip(self.findings.iter().copied())
    }

    /// Name of the domain shown, for titles.
    fn domain_name(&self, domain: Option<usize>) -> String {
        domain.and_then(|d| self.base().scenario.domains.get(d)).map_or_else(|| "all domains".to_owned(), |d| d.name.clone())
    }

    /// The wanted domain, checked against the scenario.
    fn domain(&self) -> Result<Option<usize>, Unsuited> {
        match self.options.domain {
            Some(d) if d >= self.base().scenario.domains.len() => Err(Unsuited("the scenario has no such domain".to_owned())),
            domain => Ok(domain),
        }
    }
}
