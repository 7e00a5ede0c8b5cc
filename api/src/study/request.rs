//! What a study is asked for, as typed, and what it is once checked.

use std::ops::Range;
use std::path::PathBuf;

use faultline_models::indicators::Indicator;
use faultline_models::run::MOST_RUNS;
use faultline_models::text::nearest;

use super::at_point;
use super::design::{self, Factor, MAX_POINTS};
use super::part::Extract;
use crate::ask::{Ask, whole_number};
use crate::compare::HEADLINES;
use crate::jobs::Plan;
use crate::refusal::Refusal;
use crate::scenarios::Loaded;

/// Points of a Latin hypercube when nothing else is asked for.
const DEFAULT_POINTS: usize = 1000;

/// Runs per point when nothing else is asked for.
const DEFAULT_RUNS: usize = 50;

/// Most runs of a part unless said otherwise: some seconds of work, which is what a kill may cost.
const RUNS_OF_A_PART: usize = 2048;

/// Most runs of a part that can be asked for.
const MOST_RUNS_OF_A_PART: u64 = 65_536;

/// Most bytes that the rows of a part, and the settings of its points, may take in memory.
const PART_BYTES: usize = 64 << 20;

/// Most parts of a study: a folder with more files is of no use to anybody.
const MAX_PARTS: usize = 1_000_000;

/// Which quarters of each run are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quarters {
    /// The last one.
    Last,
    /// The last of each year, and the last of all.
    Yearly,
    /// Every one.
    All,
}

/// A study as typed.
#[derive(Debug, Clone, Default)]
pub struct StudyAsk {
    /// One scenario, what is set in it throughout, runs per point, first seed, frame and threads.
    pub ask: Ask,
    /// What varies, each as `key`, `key=low..high`, `uncertainties` or `levers`.
    pub vary: Vec<String>,
    /// Points of the Latin hypercube.
    pub points: Option<String>,
    /// A table of points instead.
    pub design: Option<PathBuf>,
    /// Indicators that are kept; the headline ones where none is named.
    pub indicators: Vec<String>,
    /// Whether values of each domain are kept as well.
    pub by_domain: bool,
    /// Quarters that are kept; yearly when not said.
    pub quarters: Option<Quarters>,
    /// Runs per part; as many as some seconds take when not said.
    pub runs_per_part: Option<String>,
    /// Folder of the study.
    pub out: PathBuf,
}

/// A study that has been checked.
#[derive(Debug, Clone)]
pub struct Study {
    /// The scenario with what is set throughout.
    pub loaded: Loaded,
    /// Runs per point, first seed, threads.
    pub plan: Plan,
    /// What varies.
    pub factors: Vec<Factor>,
    /// Folder of the study.
    pub out: PathBuf,
    pub(super) values: Vec<f64>,
    pub(super) given: bool,
    pub(super) indicators: Vec<String>,
    pub(super) by_domain: bool,
    pub(super) quarters: Quarters,
    pub(super) runs_per_part: usize,
}

impl StudyAsk {
    /// Checks the request, loads the scenario and makes the design.
    ///
    /// # Errors
    /// Everything that is wrong with it, in one refusal.
    pub fn check(&self) -> Result<Study, Refusal> {
        let mut wrong = Vec::new();
        let runs = self.ask.runs.clone().or_else(|| Some(DEFAULT_RUNS.to_string()));
        let asked = Ask { runs, ..self.ask.clone() }.check().map_err(|refusal| wrong.push(refusal)).ok();
        let indicators = self.indicators(&mut wrong);
        let points = whole_number("--points", self.points.as_deref(), (1, MAX_POINTS as u64)).map_err(|refusal| wrong.push(refusal));
        let points = points.ok().flatten().unwrap_or(DEFAULT_POINTS);
        let runs_per_part =
            whole_number("--runs-per-part", self.runs_per_part.as_deref(), (1, MOST_RUNS_OF_A_PART)).map_err(|refusal| wrong.push(refusal));
        let Some(asked) = asked else { return Err(Refusal::all(wrong)) };
        let loaded = asked.loaded.into_iter().next().ok_or_else(|| Refusal::input("a study needs a scenario"))?;
        let design = self.design(&loaded, points, asked.plan.seed, &mut wrong);
        let (factors, values) = match design {
            Some(design) if wrong.is_empty() => design,
            _ => return Err(Refusal::all(wrong)),
        };
        let quarters = self.quarters.unwrap_or(Quarters::Yearly);
        let mut study = Study {
            plan: asked.plan,
            factors,
            out: self.out.clone(),
            values,
            given: self.design.is_some(),
            indicators,
            by_domain: self.by_domain,
            quarters,
            runs_per_part: 1,
            loaded,
        };
        study.runs_per_part = study.part_size(runs_per_part.ok().flatten().unwrap_or(RUNS_OF_A_PART));
        if study.parts() > MAX_PARTS {
            wrong.push(Refusal::input(format!(
                "the study would have {} parts; at most {MAX_PARTS} are written. Keep fewer quarters or indicators, or ask for fewer runs",
                study.parts()
            )));
            return Err(Refusal::all(wrong));
        }
        Ok(study)
    }

    /// Factors and points.
    fn design(&self, loaded: &Loaded, points: usize, seed: u32, wrong: &mut Vec<Refusal>) -> Option<(Vec<Factor>, Vec<f64>)> {
        let before = wrong.len();
        let (factors, values) = match &self.design {
            Some(_) if !self.vary.is_empty() || self.points.is_some() => {
                wrong.push(Refusal::input("--design gives the points itself. Leave --vary and --points away, or leave --design away"));
                return None;
            }
            Some(path) => match design::table(path) {
                Ok((factors, values)) => (factors, Some(values)),
                Err(refusal) => {
                    wrong.push(refusal);
                    return None;
                }
            },
            None if self.vary.is_empty() => {
                wrong.push(Refusal::input(
                    "nothing varies. Name what does with --vary KEY (--vary uncertainties for all of them), or give the points with --design FILE",
                ));
                return None;
            }
            None => (design::factors(&self.vary, &loaded.scenario, wrong), None),
        };
        for key in design::shared(&factors, loaded.adjust.overrides.iter().map(|o| o.key.as_str())) {
            wrong.push(Refusal::input(format!("{key} is set throughout (--set) and varies as well. Choose one of the two")));
        }
        wrong.extend(ends(loaded, &factors));
        wrong.extend(design::check_size(points, factors.len()).err().filter(|_| values.is_none()));
        if wrong.len() > before {
            return None;
        }
        let values = values.unwrap_or_else(|| design::hypercube(&factors, points, seed));
        Some((factors, values))
    }

    fn indicators(&self, wrong: &mut Vec<Refusal>) -> Vec<String> {
        if self.indicators.is_empty() {
            return HEADLINES.map(str::to_owned).to_vec();
        }
        for (i, id) in self.indicators.iter().enumerate() {
            if Indicator::find(id).is_none() {
                let near = nearest(id, faultline_models::indicators::INDICATORS.iter().map(|indicator| indicator.id));
                let hint = near.map_or_else(|| "See `faultline indicators`".to_owned(), |near| format!("Did you mean {near}?"));
                let shown: String = id.chars().filter(|c| !c.is_control()).take(60).collect();
                wrong.push(Refusal::input(format!("--indicator {shown}: there is no such indicator. {hint}")));
            } else if self.indicators[..i].contains(id) {
                wrong.push(Refusal::input(format!("--indicator {id} is named twice. Name it once")));
            }
        }
        self.indicators.clone()
    }
}

/// What the gate says to the ends of all ranges: each value is judged by itself there, so that what passes at both ends passes between.
fn ends(loaded: &Loaded, factors: &[Factor]) -> Vec<Refusal> {
    let at = |end: fn(&Factor) -> f64| {
        let values: Vec<f64> = factors.iter().map(end).collect();
        let mut refusal = at_point(loaded, factors.iter().map(|f| f.key.as_str()), &values).err()?;
        // The gate speaks of the flag by which values usually come.
        refusal.details.iter_mut().for_each(|line| *line = line.replacen("--set", "--vary", 1));
        Some(refusal)
    };
    let both: Vec<Refusal> = [at(|f| f.low), at(|f| f.high)].into_iter().flatten().collect();
    if both.is_empty() { both } else { vec![Refusal::all(both)] }
}

impl Study {
    /// Number of points.
    pub fn points(&self) -> usize {
        self.values.len() / self.factors.len().max(1)
    }

    /// Runs over all points.
    pub fn runs(&self) -> usize {
        self.points() * self.plan.runs
    }

    /// Number of parts.
    pub fn parts(&self) -> usize {
        self.runs().div_ceil(self.runs_per_part)
    }

    /// The values of a point, in the order of the factors.
    pub(super) fn point(&self, point: usize) -> &[f64] {
        &self.values[point * self.factors.len()..(point + 1) * self.factors.len()]
    }

    /// The runs of a part, counted through all points.
    pub(super) fn runs_of(&self, part: usize) -> Range<usize> {
        part * self.runs_per_part..((part + 1) * self.runs_per_part).min(self.runs())
    }

    /// Runs per part: as many as wanted and as fit the bounds, whole points where a point fits.
    fn part_size(&self, wanted: usize) -> usize {
        let scenario = &self.loaded.scenario;
        let extract = Extract::new(scenario, &self.indicators, self.by_domain, self.quarters);
        let per_run = extract.bytes_per_run(self.factors.len());
        let most = wanted.min((PART_BYTES / per_run.max(1)).max(MOST_RUNS));
        // What a point needs to be prepared: partners and sizes of every adopter.
        let per_point = scenario.sizes.adopters * (4 * scenario.sizes.partners + 40) + (1 << 16);
        let points = (most / self.plan.runs).min(PART_BYTES / per_point).max(1);
        most.min(points * self.plan.runs)
    }
}
