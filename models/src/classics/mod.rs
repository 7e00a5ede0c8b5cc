//! Classics: text-book models of increasing returns, diffusion, committees and alliances, run by the engine's own rules in a limit,
//! each beside its exact or published value. One file each, one line in [`CLASSICS`].
//!
//! Command line, JSON, documents and the app's view are read off the list.

mod abc;
mod arthur;
mod ballot;
mod bass;
mod deffuant;
mod degroot;
mod gains_from_trade;
mod hegselmann_krause;
mod installed_base;
mod katz_shapiro;
mod landscape;
pub(crate) mod limit;
mod logit;
mod logit_chain;
pub(crate) mod numeric;
mod outcome;
mod parameter;
mod standardization_gap;
#[cfg(test)]
mod tests;
mod three_blocs;
mod urn;
mod variants;
mod voting_power;
mod war_of_attrition;
mod watts;

pub use landscape::Landscape;
pub use outcome::{Line, Listing, Outcome, Picture, Series, Shape};
pub use parameter::{Kind, Parameter, Value, Values};

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::ensemble::Control;
use crate::text::nearest;

/// What agreement with the reference is claimed (Axtell et al. 1996).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The same number up to rounding.
    Identity,
    /// The same law: differences lie within a few standard errors.
    Distribution,
    /// The same direction.
    Relation,
}

impl Level {
    /// The words used in tables.
    pub const fn words(self) -> &'static str {
        match self {
            Level::Identity => "numerical identity",
            Level::Distribution => "distributional",
            Level::Relation => "relational",
        }
    }
}

/// How often it is tried, with which chance, and who follows it.
#[derive(Clone, Copy)]
pub struct Trial<'a> {
    /// Number of runs.
    pub runs: usize,
    /// First seed; each further run takes the next one.
    pub seed: u32,
    /// Whoever follows the runs and may stop them.
    pub control: &'a Control<'a>,
}

/// What is said of a classic that was stopped.
const STOPPED: &str = "stopped before all runs were done; a classic has no result in parts";

impl Trial<'_> {
    /// The result of every run, in order of seeds.
    ///
    /// # Errors
    /// When it was stopped.
    fn each<T: Send>(self, run: impl Fn(u32) -> T + Sync + Send) -> Result<Vec<T>, String> {
        let done = AtomicUsize::new(0);
        let one = |i: usize| {
            if self.control.cancel.is_some_and(|flag| flag.load(Ordering::Relaxed)) {
                return None;
            }
            let result = run(self.seed.wrapping_add(u32::try_from(i).unwrap_or(u32::MAX)));
            let count = done.fetch_add(1, Ordering::Relaxed) + 1;
            if let Some(progress) = self.control.progress {
                progress(count);
            }
            Some(result)
        };
        crate::ensemble::in_order(self.runs, one).into_iter().collect::<Option<Vec<T>>>().ok_or_else(|| STOPPED.to_owned())
    }
}

/// A classic: what it is, its parameters, and how it is run.
#[derive(Debug, Clone, Copy)]
pub struct Classic {
    /// Key on the command line and in files.
    pub id: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// What it shows, in one or two sentences.
    pub lesson: &'static str,
    /// The same told to a room, in a paragraph.
    pub story: &'static str,
    /// Which of the engine's rules run, in which limit.
    pub engine: &'static str,
    /// Author, year, place.
    pub source: &'static str,
    /// Agreement claimed.
    pub level: Level,
    /// Parameters in the order of the help.
    pub parameters: &'static [Parameter],
    /// Runs when nobody says; 1 where nothing is left to chance.
    pub runs: usize,
    run: fn(&Values, Trial<'_>) -> Result<Outcome, String>,
}

/// Most runs of a classic.
pub const MAX_RUNS: usize = 1_000_000;

/// All classics, in the order of the gallery.
pub const CLASSICS: &[&Classic] = &[
    &arthur::CLASSIC,
    &urn::CLASSIC,
    &logit::CLASSIC,
    &logit_chain::CLASSIC,
    &three_blocs::CLASSIC,
    &bass::CLASSIC,
    &watts::CLASSIC,
    &degroot::CLASSIC,
    &hegselmann_krause::CLASSIC,
    &deffuant::CLASSIC,
    &ballot::CLASSIC,
    &landscape::CLASSIC,
    &katz_shapiro::CLASSIC,
    &installed_base::CLASSIC,
    &war_of_attrition::CLASSIC,
    &variants::CLASSIC,
    &standardization_gap::CLASSIC,
    &voting_power::CLASSIC,
    &gains_from_trade::CLASSIC,
    &abc::CLASSIC,
];

impl Classic {
    /// The classic with this id.
    ///
    /// # Errors
    /// A sentence with the nearest id when there is none.
    pub fn find(id: &str) -> Result<&'static Classic, String> {
        CLASSICS.iter().copied().find(|classic| classic.id == id).ok_or_else(|| {
            let known = || CLASSICS.iter().map(|classic| classic.id);
            let hint = nearest(id, known())
                .map_or_else(|| format!("Known: {}", known().collect::<Vec<_>>().join(", ")), |near| format!("Did you mean {near}?"));
            format!("there is no classic “{}”. {hint}", parameter::shown(id))
        })
    }

    /// Runs it.
    ///
    /// # Errors
    /// A sentence when the parameters, each in its domain, do not go together, or when it was stopped.
    pub fn run(&self, values: &Values, trial: Trial<'_>) -> Result<Outcome, String> {
        (self.run)(values, trial)
    }

    /// Whether chance plays a part: usually, or once sizes are drawn within their rounding.
    pub fn random(&self) -> bool {
        self.runs > 1 || self.parameters.iter().any(|parameter| parameter.id == "rounding")
    }
}
