//! Long studies: many points of a space of assumptions, each with the same seeds, streamed to Parquet in parts.
//!
//! A study is a folder: `study.json` says what it is, `design.csv` lists its points, and each `part-….parquet` holds the same number of
//! runs. A part appears whole under its name or not at all, so that whatever stops a study loses at most the part that was under way;
//! the same request goes on from there, and ends with the same bytes as if nothing had happened.

mod design;
mod folder;
mod part;
mod request;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use faultline_models::run::{MOST_RUNS, Setting, Way, run_group};
use faultline_models::scenario::{Adjust, Override};

use crate::jobs::{Watch, each};
use crate::refusal::Refusal;
use crate::scenarios::{self, Loaded};
use folder::Folder;
use part::{Block, Extract};

pub use request::{Quarters, Study, StudyAsk};

/// What has become of a study.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Progress {
    /// Points of the design.
    pub points: usize,
    /// Runs per point.
    pub runs_per_point: usize,
    /// Parts of the whole study.
    pub parts: usize,
    /// Parts that were there before.
    pub found: usize,
    /// Parts that are there now.
    pub done: usize,
    /// Runs in them.
    pub runs: usize,
}

impl Progress {
    /// Whether every part is there.
    pub fn complete(&self) -> bool {
        self.done == self.parts
    }
}

/// Runs what is missing of a study, part by part. `watch.progress` is told all runs that are done, those found included; once it is
/// called before anything runs.
///
/// # Errors
/// When the folder holds something else or cannot be written to, a point is no scenario, or the threads cannot be started. Being
/// stopped is no error: the parts that are whole are kept.
pub fn run(study: &Study, watch: Watch<'_>) -> Result<Progress, Refusal> {
    let folder = Folder::open(study)?;
    let extract = Extract::new(&study.loaded.scenario, &study.indicators, study.by_domain, study.quarters);
    let there: Vec<bool> = (0..study.parts()).map(|part| folder.has(part)).collect();
    let found = there.iter().filter(|there| **there).count();
    let before: usize = (0..study.parts()).filter(|part| there[*part]).map(|part| study.runs_of(part).len()).sum();
    let done = AtomicUsize::new(before);
    (watch.progress)(before);
    let mut written = 0;
    for part in (0..study.parts()).filter(|part| !there[*part]) {
        let blocks = match blocks(study, &extract, study.runs_of(part), watch, &done) {
            Err(_) if watch.cancel.load(Ordering::Relaxed) => break,
            other => other?,
        };
        folder.write(part, &extract, study, &blocks)?;
        written += 1;
    }
    let kept = (0..study.parts()).filter(|part| folder.has(*part)).map(|part| study.runs_of(part).len()).sum();
    Ok(Progress { points: study.points(), runs_per_point: study.plan.runs, parts: study.parts(), found, done: found + written, runs: kept })
}

/// Some runs of one point, which go side by side.
struct Group {
    /// Position of the point among those of the part.
    at: usize,
    point: usize,
    seeds: Vec<u32>,
}

/// The runs of a part, counted through all points; in their order, whatever the threads did.
fn blocks(study: &Study, extract: &Extract, runs: Range<usize>, watch: Watch<'_>, done: &AtomicUsize) -> Result<Vec<Block>, Refusal> {
    let each_point = study.plan.runs;
    let points: Vec<usize> = (runs.start / each_point..=(runs.end - 1) / each_point).collect();
    let settings = each(study.plan.threads, &points, |point| setting(study, *point))?;
    let groups: Vec<Group> = points.iter().enumerate().flat_map(|(at, point)| groups(study, at, *point, &runs)).collect();
    each(study.plan.threads, &groups, |group| {
        let trajectories = run_group(&settings[group.at], &group.seeds, Way::Fast, &|| watch.cancel.load(Ordering::Relaxed));
        let trajectories = trajectories.ok_or_else(|| Refusal::interrupted("stopped"))?;
        let so_far = done.fetch_add(group.seeds.len(), Ordering::Relaxed) + group.seeds.len();
        (watch.progress)(so_far);
        Ok(extract.block(group.point, &trajectories))
    })
}

/// The groups of a point's runs that lie in a part: as many as go side by side, of even size.
fn groups(study: &Study, at: usize, point: usize, runs: &Range<usize>) -> Vec<Group> {
    let first = point * study.plan.runs;
    let range = runs.start.max(first) - first..runs.end.min(first + study.plan.runs) - first;
    let size = range.len().div_ceil(range.len().div_ceil(MOST_RUNS));
    let seeds: Vec<u32> = range.map(|run| study.plan.seed + run as u32).collect();
    seeds.chunks(size).map(|seeds| Group { at, point, seeds: seeds.to_vec() }).collect()
}

/// The scenario at a point, prepared to run.
fn setting(study: &Study, point: usize) -> Result<Setting, Refusal> {
    let loaded = at_point(&study.loaded, study.factors.iter().map(|f| f.key.as_str()), study.point(point))
        .map_err(|refusal| Refusal { message: format!("point {}: {}", point + 1, refusal.message), ..refusal })?;
    let indicators: Vec<&str> = study.indicators.iter().map(String::as_str).collect();
    Setting::new(&loaded.scenario).measuring(&indicators).map_err(|id| Refusal::input(format!("there is no indicator {id}")))
}

/// A scenario with these values laid over whatever else is set.
fn at_point<'k>(base: &Loaded, keys: impl Iterator<Item = &'k str>, values: &[f64]) -> Result<Loaded, Refusal> {
    let mut adjust: Adjust = base.adjust.clone();
    adjust.overrides.extend(keys.zip(values).map(|(key, value)| Override { key: key.to_owned(), value: *value }));
    scenarios::check(&base.sources, &adjust)
}
