//! Hindcasts: episode files, and what came of them on one card.

use std::collections::BTreeMap;
use std::path::Path;

use faultline_charts::chart::Chart;
use faultline_charts::trust;
use faultline_charts::words::Language;
use faultline_models::calendar::Quarter;
use faultline_models::calibrate::{Prior, UNIDENTIFIED};
use faultline_models::hindcast::{Card, Effort, Episode, Fitted, Market, Observation, Owner};
use faultline_models::text::nearest;
use serde::{Deserialize, Serialize};

use crate::ask::whole_number;
use crate::disk;
use crate::embedded;
use crate::picture;
use crate::refusal::Refusal;
use crate::share_table::toml_problem;

/// An episode file as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    name: String,
    story: String,
    fit_until: String,
    potential: Option<f64>,
    #[serde(default)]
    potential_source: String,
    #[serde(default = "usual_adopters")]
    adopters: usize,
    blocs: Vec<WrittenOwner>,
    #[serde(default)]
    markets: Vec<WrittenMarket>,
    #[serde(default)]
    assumed: Vec<Assumed>,
    fitted: Vec<WrittenFitted>,
    observed: Vec<Seen>,
}

fn usual_adopters() -> usize {
    600
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenOwner {
    id: String,
    standard: String,
    size: f64,
    source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenMarket {
    id: String,
    size: f64,
    exposure: BTreeMap<String, f64>,
    source: String,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Assumed {
    key: String,
    value: f64,
    why: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFitted {
    key: String,
    low: f64,
    high: f64,
    why: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Seen {
    market: String,
    date: String,
    amounts: BTreeMap<String, f64>,
    source: String,
    status: String,
    #[serde(default)]
    note: String,
}

/// An episode in a list.
#[derive(Debug, Clone, Serialize)]
pub struct EpisodeLine {
    /// Id: the stem of its file.
    pub id: String,
    /// Name.
    pub name: String,
    /// Number of observations.
    pub observations: usize,
    /// Last quarter of the fitted years.
    pub fit_until: String,
}

/// What is asked of a hindcast, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Wish {
    /// Number of draws from the prior.
    pub draws: Option<String>,
    /// Number of draws kept.
    pub keep: Option<String>,
    /// First seed.
    pub seed: Option<String>,
}

/// What came of an episode.
#[derive(Debug, Clone, Serialize)]
pub struct CardPage {
    /// Name.
    pub name: String,
    /// The story.
    pub story: String,
    /// Last quarter of the fitted years.
    pub fit_until: String,
    /// Draws from the prior.
    pub draws: usize,
    /// Draws kept.
    pub kept: usize,
    /// First seed.
    pub seed: u32,
    /// The finding in a sentence or two.
    pub verdict: String,
    /// Fitted parameters.
    pub parameters: Vec<ParameterPage>,
    /// Pairs that the data bind together.
    pub bound_together: Vec<String>,
    /// What was set, with reasons.
    pub assumed: Vec<(String, f64, String)>,
    /// Mean absolute error of shares in the fitted years.
    pub error_fitted: f64,
    /// Scores on the years held back.
    pub scores: Vec<ScorePage>,
    /// Every share.
    pub points: Vec<PointPage>,
    /// Sources with their status.
    pub sources: Vec<SourcePage>,
}

/// A fitted parameter.
#[derive(Debug, Clone, Serialize)]
pub struct ParameterPage {
    /// Key.
    pub key: String,
    /// Prior range.
    pub prior: (f64, f64),
    /// Posterior quantiles 5, 50 and 95 per cent.
    pub posterior: [f64; 3],
    /// Width of the posterior over that of the prior.
    pub width: f64,
    /// Whether the data say something about it.
    pub identified: bool,
    /// Why this prior.
    pub why: String,
}

/// Mean absolute errors of shares on years held back.
#[derive(Debug, Clone, Serialize)]
pub struct ScorePage {
    /// Market.
    pub market: String,
    /// Observations.
    pub observations: usize,
    /// Of the model.
    pub model: f64,
    /// Of shares that stay as last seen (equal shares where none was seen).
    pub persistence: f64,
    /// Of additions that go on as before.
    pub proportional: Option<f64>,
    /// Shares within the band.
    pub hits: usize,
    /// Shares in all.
    pub of: usize,
    /// Whether the model is nearer than every benchmark.
    pub beats_benchmarks: bool,
}

/// A share seen beside the band of the kept runs.
#[derive(Debug, Clone, Serialize)]
pub struct PointPage {
    /// Market.
    pub market: String,
    /// Date.
    pub date: String,
    /// Date as a decimal year.
    pub year: f64,
    /// Standard.
    pub standard: String,
    /// `start`, `fitted` or `held back`.
    pub part: &'static str,
    /// Share seen.
    pub seen: f64,
    /// Quantiles 5, 50 and 95 per cent.
    pub band: [f64; 3],
    /// Whether it lies within the band.
    pub hit: bool,
}

/// A source of observations.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub struct SourcePage {
    /// Source.
    pub source: String,
    /// `verified` or `unverified`.
    pub status: String,
    /// Dates that rest on it.
    pub dates: Vec<String>,
    /// Remark.
    pub note: String,
}

/// The shipped episodes.
///
/// # Errors
/// When a shipped file has problems.
pub fn list() -> Result<Vec<EpisodeLine>, Refusal> {
    embedded::episode_ids()
        .into_iter()
        .map(|id| {
            let (_, episode) = open(&id)?;
            Ok(EpisodeLine { id, observations: episode.observed.len(), fit_until: episode.fit_until.to_string(), name: episode.name })
        })
        .collect()
}

/// Fits the first years of an episode and looks at the later ones. `name` is the id of a shipped episode or the path of a file.
///
/// # Errors
/// Everything that is wrong with the file or the wish.
pub fn play(name: &str, wish: &Wish) -> Result<CardPage, Refusal> {
    let (written, episode, effort) = ready(name, wish)?;
    Ok(page(&written, &episode, effort, &episode.hindcast(effort)))
}

/// The episode and what is to be done with it, or everything that is wrong.
fn ready(name: &str, wish: &Wish) -> Result<(Written, Episode, Effort), Refusal> {
    let mut wrong: Vec<Refusal> = Vec::new();
    let mut whole =
        |flag, text: &Option<String>, bounds| whole_number(flag, text.as_deref(), bounds).map_err(|refusal| wrong.push(refusal)).ok().flatten();
    let draws = whole("--draws", &wish.draws, (20, 1_000_000)).unwrap_or(4_000);
    let keep = whole("--keep", &wish.keep, (10, 100_000)).unwrap_or((draws / 40).max(10));
    let seed = whole("--seed", &wish.seed, (0, u64::from(u32::MAX))).and_then(|seed| u32::try_from(seed).ok()).unwrap_or(1);
    if keep > draws {
        wrong.push(Refusal::input(format!("--keep {keep}: only {draws} are drawn")));
    }
    let opened = open(name).map_err(|refusal| wrong.push(refusal));
    match opened {
        Ok((written, episode)) if wrong.is_empty() => Ok((written, episode, Effort { draws, keep: keep as f64 / draws as f64, seed })),
        _ => Err(Refusal::all(wrong)),
    }
}

/// As [`play`], with its chart: SVG, PNG or PDF by the ending.
///
/// # Errors
/// As for [`play`], and when the ending is none of these.
pub fn draw(name: &str, wish: &Wish, ending: &str, dark: bool) -> Result<(CardPage, Vec<u8>), Refusal> {
    let format = picture::format(ending)?;
    drawn(name, wish, &|chart| picture::file(&chart(Language::En, &str::to_owned), format, dark))
}

/// The chart of a card in a language; names of the episode are put into it by a function.
pub(crate) type InLanguage<'a> = &'a dyn Fn(Language, &dyn Fn(&str) -> String) -> Chart;

/// As [`play`], with whatever is drawn of its chart.
pub(crate) fn drawn<T>(name: &str, wish: &Wish, draw: &dyn Fn(InLanguage<'_>) -> Result<T, Refusal>) -> Result<(CardPage, T), Refusal> {
    let (written, episode, effort) = ready(name, wish)?;
    let card = episode.hindcast(effort);
    let drawn = draw(&|language, said| trust::hindcast("hindcast", &episode, &card, language, said))?;
    Ok((page(&written, &episode, effort, &card), drawn))
}

/// Reads an episode and checks it.
fn open(name: &str) -> Result<(Written, Episode), Refusal> {
    let (path, text) = source(name)?;
    let refuse = |wrong: &[String]| Refusal::all(wrong.iter().take(50).map(|text| Refusal::input(format!("{path}: {text}"))).collect());
    let written: Written = toml::from_str(&text).map_err(|e| refuse(&[toml_problem(&e, &text)]))?;
    let mut wrong = Vec::new();
    let episode = episode(&written, &mut wrong);
    wrong.extend(episode.problems());
    if wrong.is_empty() { Ok((written, episode)) } else { Err(refuse(&wrong)) }
}

fn source(name: &str) -> Result<(String, String), Refusal> {
    if name.ends_with(".toml") {
        return Ok((name.to_owned(), disk::read_text(Path::new(name), disk::MAX_TEXT)?));
    }
    let found = embedded::episode_text(name).map(|text| (format!("episodes/{name}.toml"), text.to_owned()));
    found.ok_or_else(|| {
        let ids = embedded::episode_ids();
        let hint = nearest(name, ids.iter().map(String::as_str))
            .map_or_else(|| format!("Shipped: {}", ids.join(", ")), |near| format!("Did you mean {near}?"));
        let shown: String = name.chars().filter(|c| !c.is_control()).take(60).collect();
        Refusal::input(format!("there is no episode “{shown}”. {hint}. A file of one’s own is named by its path, ending in .toml"))
    })
}

/// Text that people see, without control characters and of bounded length.
fn plain(text: &str, longest: usize) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).take(longest).collect()
}

fn episode(written: &Written, wrong: &mut Vec<String>) -> Episode {
    let standards: Vec<&str> = written.blocs.iter().map(|b| b.standard.as_str()).collect();
    let owners: Vec<&str> = written.blocs.iter().map(|b| b.id.as_str()).collect();
    for (id, source) in written.blocs.iter().map(|b| (&b.id, &b.source)).chain(written.markets.iter().map(|m| (&m.id, &m.source))) {
        if source.trim().is_empty() {
            wrong.push(format!("{id}: say where its size comes from (source)"));
        }
    }
    if written.observed.len() > 500 || written.markets.len() > 50 {
        wrong.push("at most 500 observations and 50 markets are read".to_owned());
    }
    let fit_until = quarter(&written.fit_until, "fit-until", wrong);
    Episode {
        name: plain(&written.name, 120),
        story: plain(&written.story, 4_000),
        blocs: written.blocs.iter().map(|b| Owner { id: plain(&b.id, 40), standard: plain(&b.standard, 40), size: b.size }).collect(),
        markets: written
            .markets
            .iter()
            .map(|m| Market { id: plain(&m.id, 40), size: m.size, exposure: by_name(&m.exposure, &owners, &format!("exposure of {}", m.id), wrong) })
            .collect(),
        assumed: written.assumed.iter().map(|a| (a.key.clone(), a.value)).collect(),
        fitted: written
            .fitted
            .iter()
            .map(|f| Fitted { key: f.key.clone(), prior: Prior { low: f.low, high: f.high }, why: plain(&f.why, 500) })
            .collect(),
        observed: written
            .observed
            .iter()
            .map(|seen| Observation {
                market: plain(&seen.market, 40),
                date: quarter(&seen.date, "date", wrong),
                written: plain(&seen.date, 20),
                amounts: by_name(&seen.amounts, &standards, &format!("observed {} {}", seen.market, seen.date), wrong),
                source: plain(&seen.source, 300),
                status: seen.status.clone(),
            })
            .collect(),
        fit_until,
        potential: written.potential,
        adopters: written.adopters,
    }
}

/// Numbers in the order of names; what is not given is 0.
fn by_name(given: &BTreeMap<String, f64>, names: &[&str], at: &str, wrong: &mut Vec<String>) -> Vec<f64> {
    for unknown in given.keys().filter(|key| !names.contains(&key.as_str())) {
        wrong.push(format!("{at}: there is no {}. Known: {}", plain(unknown, 40), names.join(", ")));
    }
    names.iter().map(|name| given.get(*name).copied().unwrap_or(0.0)).collect()
}

/// The quarter of a date written 2009, 2009-11 or 2009Q4; a year alone means its end.
fn quarter(text: &str, at: &str, wrong: &mut Vec<String>) -> Quarter {
    let parsed = text.parse::<Quarter>().ok().or_else(|| {
        let (year, month) = text.split_once('-').map_or((text, Some(12)), |(year, month)| (year, month.parse::<i32>().ok()));
        let (year, month) = (year.parse::<i32>().ok()?, month?);
        ((1800..=2400).contains(&year) && (1..=12).contains(&month)).then(|| Quarter::new(year, (month - 1) / 3 + 1))
    });
    parsed.unwrap_or_else(|| {
        wrong.push(format!("{at}: “{}” is no date; write it like 2009, 2009-11 or 2009Q4", plain(text, 20)));
        Quarter::new(2000, 1)
    })
}

fn page(written: &Written, episode: &Episode, effort: Effort, card: &Card) -> CardPage {
    let scores: Vec<ScorePage> = card
        .scores
        .iter()
        .map(|score| ScorePage {
            market: score.market.clone(),
            observations: score.observations,
            model: score.model,
            persistence: score.persistence,
            proportional: score.proportional,
            hits: score.hits.0,
            of: score.hits.1,
            beats_benchmarks: score.model < score.persistence && score.proportional.is_none_or(|other| score.model < other),
        })
        .collect();
    let parameters = episode.fitted.iter().zip(&card.parameters).map(|(fitted, found)| ParameterPage {
        key: fitted.key.clone(),
        prior: (fitted.prior.low, fitted.prior.high),
        posterior: found.quantiles,
        width: found.width,
        identified: found.width < UNIDENTIFIED,
        why: fitted.why.clone(),
    });
    let key = |k: usize| episode.fitted[k].key.as_str();
    CardPage {
        name: episode.name.clone(),
        story: episode.story.clone(),
        fit_until: episode.fit_until.to_string(),
        draws: effort.draws,
        kept: card.kept,
        seed: effort.seed,
        verdict: verdict(&scores),
        parameters: parameters.collect(),
        bound_together: card.bound.iter().map(|(a, b, r)| format!("{} and {} (correlation {r:+.2})", key(*a), key(*b))).collect(),
        assumed: assumed(written),
        error_fitted: card.error_fitted,
        scores,
        points: card
            .points
            .iter()
            .map(|point| PointPage {
                market: point.market.clone(),
                date: point.date.clone(),
                year: point.quarter.decimal_year(),
                standard: point.standard.clone(),
                part: point.part.word(),
                seen: point.seen,
                band: point.band,
                hit: point.hit(),
            })
            .collect(),
        sources: sources(written),
    }
}

fn assumed(written: &Written) -> Vec<(String, f64, String)> {
    let set = written.assumed.iter().map(|a| (a.key.clone(), a.value, plain(&a.why, 500)));
    set.chain(written.potential.map(|potential| ("potential".to_owned(), potential, plain(&written.potential_source, 500)))).collect()
}

/// Hits and misses in words.
fn verdict(scores: &[ScorePage]) -> String {
    let one = |score: &ScorePage| {
        let against = match (score.model < score.persistence, score.proportional.map(|other| score.model < other)) {
            (true, Some(true)) => "nearer than both benchmarks",
            (true, None) => "nearer than the benchmark",
            (true, Some(false)) => "nearer than persistence, but not than proportional growth",
            (false, Some(true)) => "nearer than proportional growth, but not than persistence",
            (false, _) => "not nearer than the benchmark: a miss",
        };
        format!("{}: {} of {} shares within the band, mean error {:.3}, {against}.", score.market, score.hits, score.of, score.model)
    };
    scores.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn sources(written: &Written) -> Vec<SourcePage> {
    let mut pages: Vec<SourcePage> = Vec::new();
    for seen in &written.observed {
        let (source, note) = (plain(&seen.source, 300), plain(&seen.note, 500));
        match pages.iter_mut().find(|page| page.source == source && page.status == seen.status && page.note == note) {
            Some(page) => page.dates.push(format!("{} {}", seen.market, seen.date)),
            None => pages.push(SourcePage { source, status: seen.status.clone(), dates: vec![format!("{} {}", seen.market, seen.date)], note }),
        }
    }
    pages
}
