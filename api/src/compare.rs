//! Comparing scenarios with a frozen baseline: ensembles, bands, and paired differences.

use std::sync::Arc;

use faultline_models::ensemble::Ensemble;
use faultline_models::findings::{Findings, PairedDifference, paired};
use faultline_models::indicators::Indicator;
use faultline_models::layout::{Column, Entity};

use crate::scenarios::Loaded;

/// The headline of a comparison: what is shown first, in this order.
pub const HEADLINES: [&str; 12] = [
    "fragmentation",
    "fragmentation-world",
    "interoperability",
    "effective-standards",
    "divergence",
    "common-baseline",
    "standards-distance",
    "identical-share",
    "compliance-cost",
    "market-access",
    "cross-bloc-trade",
    "consumer-surplus",
];

/// One or more scenarios, run with the same seeds; the first is the baseline.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// Scenarios with their texts.
    pub loaded: Vec<Loaded>,
    /// Their ensembles, in the same order.
    pub ensembles: Vec<Arc<Ensemble>>,
    /// Their bands, in the same order.
    pub findings: Vec<Arc<Findings>>,
    /// First seed.
    pub seed: u32,
}

/// A difference to the baseline in one column at one quarter.
#[derive(Debug, Clone)]
pub struct Difference {
    /// The indicator.
    pub indicator: &'static Indicator,
    /// The column in the compared scenario.
    pub column: Column,
    /// Mean of the baseline.
    pub baseline: f64,
    /// Mean of the compared scenario.
    pub scenario: f64,
    /// The paired difference.
    pub paired: PairedDifference,
}

impl Comparison {
    /// Works out the bands.
    pub fn new(loaded: Vec<Loaded>, ensembles: Vec<Ensemble>, seed: u32) -> Comparison {
        Comparison::shared(loaded, ensembles.into_iter().map(Arc::new).collect(), seed)
    }

    /// As [`Comparison::new`], of ensembles that others hold as well.
    pub fn shared(loaded: Vec<Loaded>, ensembles: Vec<Arc<Ensemble>>, seed: u32) -> Comparison {
        let findings = ensembles.iter().map(|ensemble| Arc::new(Findings::of(ensemble))).collect();
        Comparison { loaded, ensembles, findings, seed }
    }

    /// The last row that the baseline and a scenario share.
    pub fn last_row(&self, scenario: usize) -> usize {
        self.ensembles[0].rows().min(self.ensembles[scenario].rows()) - 1
    }

    /// Runs done and asked for.
    pub fn runs(&self) -> (usize, usize) {
        let done = self.ensembles.iter().map(|e| e.runs.len()).min().unwrap_or(0);
        (done, self.ensembles.first().map_or(0, |e| e.asked))
    }

    /// “200 runs”, or “140 of 200 runs” when it was stopped.
    pub fn runs_label(&self) -> String {
        match self.runs() {
            (done, asked) if done == asked => crate::words::count(done, "run"),
            (done, asked) => format!("{done} of {asked} runs"),
        }
    }

    /// Position of the same column in the baseline: same indicator and names, whatever the order of blocs and domains.
    pub fn in_baseline(&self, scenario: usize, column: &Column) -> Option<usize> {
        let (base, other) = (&self.ensembles[0], &self.ensembles[scenario]);
        let domain = |e: &Ensemble, d: Option<usize>| d.map(|d| e.scenario.domains[d].id.clone());
        let (label, wanted) = (column.entity.label(&other.scenario), domain(other, column.domain));
        base.layout.of(column.indicator).find(|at| {
            let c = &base.layout.columns[*at];
            c.entity.label(&base.scenario) == label && domain(base, c.domain) == wanted
        })
    }

    /// The paired difference of a column at a row; `None` where the baseline has no such column.
    pub fn difference(&self, scenario: usize, at: usize, row: usize) -> Option<Difference> {
        let column = self.ensembles[scenario].layout.columns[at].clone();
        let base = self.in_baseline(scenario, &column)?;
        Some(Difference {
            indicator: Indicator::find(column.indicator)?,
            baseline: self.findings[0].at(row, base).mean,
            scenario: self.findings[scenario].at(row, at).mean,
            paired: paired(&self.ensembles[0], &self.ensembles[scenario], row, (base, at)),
            column,
        })
    }

    /// Columns of an indicator over all domains: the one for the world where there is such, else those of blocs or pairs.
    pub fn whole(&self, scenario: usize, id: &str) -> Vec<usize> {
        let layout = &self.ensembles[scenario].layout;
        let all: Vec<usize> = layout.of(id).filter(|at| layout.columns[*at].domain.is_none()).collect();
        let world = all.iter().copied().find(|at| layout.columns[*at].entity == Entity::World);
        world.map_or(all, |at| vec![at])
    }

    /// Differences in the headline indicators at the last common quarter.
    pub fn headlines(&self, scenario: usize) -> Vec<Difference> {
        let row = self.last_row(scenario);
        HEADLINES.iter().flat_map(|id| self.whole(scenario, id)).filter_map(|at| self.difference(scenario, at, row)).collect()
    }
}
