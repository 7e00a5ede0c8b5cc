//! The charts that can be drawn. One file each, one line in [`CHARTS`], its sentences in `words/`.

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

use crate::chart::{Chart, Mark, Shape};
use crate::words::{About, Language, Words};

pub use wording::Gate;

/// A kind of chart.
#[derive(Clone, Copy)]
pub struct ChartKind {
    /// Key on the command line and in file names.
    pub id: &'static str,
    /// What it needs.
    pub needs: Needs,
    /// What of several scenarios it shows.
    pub shows: Shows,
    /// What it does with a single run.
    pub of_run: OfRun,
    about: fn(&Words) -> About,
    build: fn(&Request<'_>) -> Result<Chart, Unsuited>,
    /// The finding that a takeaway title may state.
    finding: Option<fn(&Request<'_>) -> Option<Gate>>,
}

/// How many scenarios a chart needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// One; further ones are set beside it where that makes sense.
    One,
    /// A baseline and at least one more.
    Two,
}

/// What of several scenarios a chart shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// The last one; the first is its baseline, drawn dashed on charts over time.
    Last,
    /// The last one alone: nothing of its baseline is drawn, so that nothing of the chart speaks of it.
    Alone,
    /// All of them.
    All,
}

/// What a chart does with a single run that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfRun {
    /// It shows that run alone: what one could experience, instead of the spread.
    Alone,
    /// It is about a single run anyway; the first one if none is asked for.
    Always,
    /// It counts runs, so that one alone would say nothing.
    Never,
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
    /// A single run, by position; `None` for all of them.
    pub run: Option<usize>,
    /// Row of the calendar that is shown, or up to which paths are drawn; `None` for the last one.
    pub row: Option<usize>,
    /// Let the title state the finding where enough runs agree.
    pub takeaway: bool,
    /// Language of all sentences.
    pub language: Language,
    /// What the footer says about the origin.
    pub stamp: Stamp,
    /// How many inputs rest on figures that nobody has verified, and how many there are; said under the chart when not 0.
    pub unverified: Option<[usize; 2]>,
    /// What the client set for this chart, `key = value`; said under it.
    pub set: Vec<String>,
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
    /// Quarter that the inputs describe, or empty.
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

    /// Name, question and how to read it.
    pub fn about(&self, language: Language) -> About {
        (self.about)(language.words())
    }

    /// Makes the chart.
    ///
    /// # Errors
    /// When the ensembles do not suit it; the sentence says why.
    pub fn build(&self, request: &Request<'_>) -> Result<Chart, Unsuited> {
        self.check(request)?;
        match (self.shows, request.ensembles, request.findings) {
            (Shows::Last, [first, .., last], [first_found, .., last_found]) => {
                let (ensembles, findings) = ([*first, *last], [*first_found, *last_found]);
                self.of_one_or_all(&Request { ensembles: &ensembles, findings: &findings, options: request.options })
            }
            (Shows::Alone, [.., last], [.., last_found]) => {
                self.of_one_or_all(&Request { ensembles: &[*last], findings: &[*last_found], options: request.options })
            }
            _ => self.of_one_or_all(request),
        }
    }

    /// What a takeaway title may say of the request; `None` where the chart states no finding or nothing is compared.
    pub fn takeaway(&self, request: &Request<'_>) -> Option<Gate> {
        self.check(request).ok()?;
        (self.finding?)(request)
    }

    fn check(&self, request: &Request<'_>) -> Result<(), Unsuited> {
        let (given, words) = (request.ensembles.len(), request.words());
        if given == 0 || request.findings.len() != given || request.ensembles.iter().any(|e| e.runs.is_empty()) {
            return Err(Unsuited(words.no_runs()));
        }
        if self.needs == Needs::Two && given < 2 {
            return Err(Unsuited(words.needs_two(self.id)));
        }
        let fewest = request.ensembles.iter().map(|e| e.runs.len()).min().unwrap_or(0);
        match request.options.run {
            Some(run) if run >= fewest => Err(Unsuited(words.no_such_run(run + 1, fewest))),
            _ => Ok(()),
        }
    }

    /// The chart of all runs, or, where it can, of the one asked for.
    fn of_one_or_all(&self, request: &Request<'_>) -> Result<Chart, Unsuited> {
        let Some(run) = request.options.run.filter(|_| self.of_run == OfRun::Alone) else { return self.finished(request) };
        let alone = |e: &&Ensemble| Ensemble { scenario: e.scenario.clone(), layout: e.layout.clone(), runs: vec![e.runs[run].clone()], asked: 1 };
        let ensembles: Vec<Ensemble> = request.ensembles.iter().map(alone).collect();
        let findings: Vec<Findings> = ensembles.iter().map(Findings::of).collect();
        let (ensembles, findings): (Vec<_>, Vec<_>) = ensembles.iter().zip(&findings).unzip();
        self.finished(&Request { ensembles: &ensembles, findings: &findings, options: request.options })
    }

    /// The chart with what all charts carry.
    fn finished(&self, request: &Request<'_>) -> Result<Chart, Unsuited> {
        let mut chart = (self.build)(request)?;
        if request.options.takeaway
            && let Some(gate) = self.takeaway(request)
        {
            chart.title = gate.title;
        }
        chart.notes.extend(wording::notes(request));
        // Where nothing shows a spread over runs, a sentence on bands would only puzzle.
        let banded = |mark: &Mark| matches!(mark.shape, Shape::Band(_) | Shape::Interval(_));
        chart.footer = wording::footer(request, chart.panels.iter().flat_map(|panel| &panel.marks).any(banded));
        request.options.language.tag().clone_into(&mut chart.language);
        Ok(chart)
    }
}

impl<'a> Request<'a> {
    /// The baseline.
    fn base(&self) -> &'a Ensemble {
        self.ensembles[0]
    }

    /// The scenario shown by charts that show one.
    fn shown(&self) -> (&'a Ensemble, &'a Findings) {
        let last = self.ensembles.len() - 1;
        (self.ensembles[last], self.findings[last])
    }

    /// The baseline beside the scenario shown, if there are two.
    fn baseline(&self) -> Option<(&'a Ensemble, &'a Findings)> {
        (self.ensembles.len() > 1).then(|| (self.ensembles[0], self.findings[0]))
    }

    /// Pairs of ensemble and bands.
    fn each(&self) -> impl Iterator<Item = (&'a Ensemble, &'a Findings)> {
        self.ensembles.iter().copied().zip(self.findings.iter().copied())
    }

    /// The row shown of an ensemble.
    fn row(&self, ensemble: &Ensemble) -> usize {
        self.options.row.map_or(ensemble.rows() - 1, |row| row.min(ensemble.rows() - 1))
    }

    /// The row shown that two ensembles have in common.
    fn common_row(&self, a: &Ensemble, b: &Ensemble) -> usize {
        self.row(a).min(self.row(b))
    }

    /// The sentences.
    fn words(&self) -> &'static Words {
        self.options.language.words()
    }

    /// Name of the domain shown, for titles.
    fn domain_name(&self, domain: Option<usize>) -> String {
        let words = self.words();
        domain.and_then(|d| self.base().scenario.domains.get(d)).map_or_else(|| words.all_domains(), |d| words.proper(&d.name).to_owned())
    }

    /// The wanted domain, checked against the scenario.
    fn domain(&self) -> Result<Option<usize>, Unsuited> {
        match self.options.domain {
            Some(d) if self.ensembles.iter().any(|e| d >= e.scenario.domains.len()) => Err(Unsuited(self.words().no_domain())),
            domain => Ok(domain),
        }
    }
}
