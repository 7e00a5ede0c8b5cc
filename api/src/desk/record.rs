//! Real answers, recorded for the pages in a browser tab and for their tests, which have no engine.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde::Serialize;

use super::{Desk, start};
use crate::evidence::Evidence;
use crate::refusal::Refusal;
use crate::wire_desktop::{ChartAsk, Colours, CompareAsk, CompareStep, ExploreAsk, FigureAsk, FigureWish, Language, Step, TableRow, WhyAsk, WhyStep};
use crate::wire_trust::{ClassicAsk, ClassicStep};

/// Runs per scenario of a recorded answer.
const RUNS: u32 = 100;

/// Runs per combination of changes.
const WHY_RUNS: u32 = 16;

/// Size of recorded figures, in px.
const SIZE: (u32, u32) = (640, 360);

/// Rows of a recorded table.
const TABLE: usize = 60;

const LANGUAGES: [(Language, &str); 2] = [(Language::En, "en"), (Language::Zh, "zh")];
const THEMES: [(Colours, &str); 2] = [(Colours::Light, "light"), (Colours::Dark, "dark")];

/// Records the answers about the opening document; `put` gets a name and JSON for each.
///
/// # Errors
/// What the desk refuses, or what `put` fails with.
pub fn record(desk: &Desk, put: &mut dyn FnMut(&str, &str) -> Result<(), String>) -> Result<(), String> {
    let said = |refusal: Refusal| refusal.to_string();
    for (language, lang) in LANGUAGES {
        let library = desk.library(language).map_err(said)?;
        let charts: Vec<ChartAsk> = library.charts.iter().map(|c| chart(c.line.id)).collect();
        let workspace = start::workspace(language);
        let baseline = &workspace.scenarios[0];
        put(&format!("library.{lang}"), &json(&library)?)?;
        put(&format!("opened.{lang}"), &json(&desk.new_workspace(language).map_err(said)?)?)?;
        for draft in &workspace.scenarios {
            let id = &draft.id;
            put(&format!("inspect.{id}.{lang}"), &json(&desk.inspect(draft, baseline, language, Some(start::HIGHLIGHTED)).map_err(said)?)?)?;
            put(&format!("ledger.{id}.{lang}"), &json(&desk.ledger(draft, baseline, language).map_err(said)?)?)?;
            for (theme, colours) in THEMES {
                let ask = ExploreAsk {
                    ticket: "recorded".to_owned(),
                    baseline: baseline.clone(),
                    shown: draft.clone(),
                    runs: RUNS,
                    preview_runs: 0,
                    seed: workspace.seed,
                    adopters: None,
                    charts: charts.clone(),
                    theme,
                    language,
                };
                let step: Step = last(|sink| desk.explore(&ask, sink)).map_err(said)?;
                if theme == Colours::Light {
                    put(&format!("tables.{id}.{lang}"), &json(&tables(desk, &step.results, &charts, language))?)?;
                }
                put(&format!("explore.{id}.{colours}.{lang}"), &json(&step)?)?;
            }
        }
        for (theme, colours) in THEMES {
            let ask = CompareAsk {
                ticket: "recorded".to_owned(),
                drafts: workspace.scenarios.clone(),
                runs: RUNS,
                seed: workspace.seed,
                adopters: None,
                charts: ["comparison", "fragmentation", "futures", "mix"].map(chart).to_vec(),
                theme,
                language,
            };
            let step: CompareStep = last(|sink| desk.compare(&ask, sink)).map_err(said)?;
            put(&format!("compare.{colours}.{lang}"), &json(&step)?)?;
        }
        let mut other = workspace.scenarios[2].clone();
        other.values.push(crate::wire_desktop::SetValue { key: "network-strength".to_owned(), value: 4.0 });
        let ask = WhyAsk {
            ticket: "recorded".to_owned(),
            baseline: baseline.clone(),
            other,
            runs: WHY_RUNS,
            seed: workspace.seed,
            adopters: None,
            indicator: "fragmentation".to_owned(),
            quarter: None,
            language,
        };
        let step: WhyStep = last(|sink| desk.why(&ask, sink)).map_err(said)?;
        put(&format!("why.{lang}"), &json(&step)?)?;
    }
    classics(desk, put)?;
    let figures: BTreeMap<&str, _> = Evidence::embedded().all().iter().map(|figure| (figure.key.as_str(), figure)).collect();
    put("evidence", &json(&figures)?)
}

/// The list of classics, each of them run as it is offered, and the document on trust.
fn classics(desk: &Desk, put: &mut dyn FnMut(&str, &str) -> Result<(), String>) -> Result<(), String> {
    let said = |refusal: Refusal| refusal.to_string();
    for (language, lang) in LANGUAGES {
        let list = desk.classics(language).map_err(said)?;
        put(&format!("classics.{lang}"), &json(&list)?)?;
        for (theme, colours) in THEMES {
            put(&format!("trust.{colours}.{lang}"), &json(&desk.trust(theme, language).map_err(said)?)?)?;
        }
    }
    for classic in desk.classics(Language::En).map_err(said)? {
        let (key, command) = {
            let step = played(desk, &classic.id, Language::En, Colours::Light).map_err(said)?;
            let answer = step.answer.ok_or_else(|| format!("{}: {:?}", classic.id, step.problems))?;
            (answer.results, answer.command)
        };
        for (language, lang) in LANGUAGES {
            for (theme, colours) in THEMES {
                let wish = FigureWish { theme, language, width: SIZE.0, height: SIZE.1, ..FigureWish::default() };
                let answer = super::classics::answer_of(desk, &key, &wish, &command).map_err(said)?;
                put(&format!("classic.{}.{colours}.{lang}", classic.id), &json(&answer)?)?;
                if theme == Colours::Light {
                    let own = ChartAsk { chart: classic.id.clone(), domain: None, width: SIZE.0, height: SIZE.1 };
                    put(&format!("tables.classic-{}.{lang}", classic.id), &json(&tables(desk, &key, &[own], language))?)?;
                }
            }
        }
    }
    Ok(())
}

/// A classic as it is offered, run once.
fn played(desk: &Desk, id: &str, language: Language, theme: Colours) -> Result<ClassicStep, Refusal> {
    let (width, height) = SIZE;
    let empty = String::new;
    let ask = ClassicAsk {
        ticket: "recorded".to_owned(),
        id: id.to_owned(),
        given: Vec::new(),
        runs: empty(),
        seed: empty(),
        width,
        height,
        theme,
        language,
    };
    last(|sink| desk.classic(&ask, sink))
}

/// The rows behind the charts that suit the results, by chart, without those that nobody scrolls to in a test.
fn tables(desk: &Desk, results: &[String], charts: &[ChartAsk], language: Language) -> BTreeMap<String, Vec<TableRow>> {
    let wish = || FigureWish { width: SIZE.0, height: SIZE.1, language, ..FigureWish::default() };
    let rows = |chart: &ChartAsk| desk.table(&FigureAsk { results: results.to_vec(), chart: chart.chart.clone(), wish: wish() });
    let few = |rows: Vec<TableRow>| rows.into_iter().take(TABLE).collect();
    charts.iter().filter_map(|chart| Some((chart.chart.clone(), few(rows(chart).ok()?)))).collect()
}

fn chart(id: &str) -> ChartAsk {
    ChartAsk { chart: id.to_owned(), domain: None, width: SIZE.0, height: SIZE.1 }
}

fn json<T: Serialize>(value: &T) -> Result<String, String> {
    serde_json::to_string(value).map_err(|e| e.to_string())
}

/// The last step of an answer.
fn last<T: Send>(ask: impl FnOnce(&(dyn Fn(T) + Sync)) -> Result<(), Refusal>) -> Result<T, Refusal> {
    let step = Mutex::new(None);
    ask(&|one| *step.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(one))?;
    let step = step.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    step.ok_or_else(|| Refusal::failed("no answer came"))
}
