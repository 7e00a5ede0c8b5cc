//! The classics as they are played in the window: run in the background, put into the language, and kept for figures and exports.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use faultline_charts::chart::Chart;
use faultline_charts::draw::{Figure, draw};
use faultline_charts::trust;
use faultline_models::classics::{Line, Parameter};
use faultline_models::ensemble::Control;

use super::Desk;
use super::figures;
use super::text::Text;
use crate::charts;
use crate::classics::{self, ParameterLine, Played, Wish};
use crate::clock::Stopwatch;
use crate::refusal::{Code, Refusal};
use crate::wire_desktop::{FigureWish, Language, Progress, ScreenFigure, Stage};
use crate::wire_trust::{BesideLine, ClassicAnswer, ClassicAsk, ClassicInfo, ClassicParameter, ClassicStep, FieldProblem, ParameterKind};

/// Results that are kept for further figures.
const KEPT: usize = 24;

/// What every key of such a result begins with.
const PREFIX: &str = "classic:";

/// Classics that were run, the newest last.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    kept: Mutex<VecDeque<(String, Arc<Played>)>>,
    count: AtomicUsize,
}

impl Shelf {
    fn keep(&self, played: Played) -> (String, Arc<Played>) {
        let key = format!("{PREFIX}{}", self.count.fetch_add(1, Ordering::Relaxed));
        let played = Arc::new(played);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back((key.clone(), Arc::clone(&played)));
        while kept.len() > KEPT {
            kept.pop_front();
        }
        (key, played)
    }

    /// The result behind a key.
    ///
    /// # Errors
    /// When it had to go.
    fn find(&self, key: &str) -> Result<Arc<Played>, Refusal> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.iter().find(|(known, _)| known == key).map(|(_, played)| Arc::clone(played));
        found.ok_or_else(|| Refusal::input("this result is no longer there; run the classic again, nothing else is lost"))
    }
}

/// Whether keys of results are that of a classic.
pub(crate) fn is_classic(results: &[String]) -> bool {
    results.first().is_some_and(|key| key.starts_with(PREFIX))
}

/// All classics in the language.
pub(crate) fn list(language: Language) -> Vec<ClassicInfo> {
    let text = Text(language);
    let info = |line: classics::ClassicLine| ClassicInfo {
        id: line.id.to_owned(),
        name: text.classic(line.name),
        lesson: text.classic(line.lesson),
        story: text.classic(line.story),
        engine: text.classic(line.engine),
        source: text.classic(line.source),
        level: text.classic(line.level),
        runs: u32::try_from(line.runs).unwrap_or(u32::MAX),
        random: line.random,
        parameters: line.parameters.iter().map(|p| parameter(p, text)).collect(),
    };
    classics::list().into_iter().map(info).collect()
}

fn parameter(line: &ParameterLine, text: Text) -> ClassicParameter {
    let kind = kind(line.kind);
    let bare = matches!(kind, ParameterKind::Word | ParameterKind::File);
    ClassicParameter {
        id: line.id.to_owned(),
        doc: text.classic(line.doc),
        unit: if bare { String::new() } else { text.classic(line.unit) },
        kind,
        default: line.default.clone(),
        domain: domain(line, text),
        low: line.low,
        high: line.high,
        words: line.words.iter().map(|word| ((*word).to_owned(), text.classic(word))).collect(),
    }
}

fn kind(word: &str) -> ParameterKind {
    match word {
        "number" => ParameterKind::Number,
        "whole" => ParameterKind::Whole,
        "list" => ParameterKind::List,
        "matrix" => ParameterKind::Matrix,
        "word" => ParameterKind::Word,
        _ => ParameterKind::File,
    }
}

/// The domain of a parameter in the language; words stand as they are chosen.
fn domain(line: &ParameterLine, text: Text) -> String {
    match line.kind {
        "word" => line.words.iter().map(|word| text.classic(word)).collect::<Vec<_>>().join(", "),
        _ => text.classic(&line.domain),
    }
}

/// Runs a classic; answers arrive in `sink`.
///
/// # Errors
/// An unknown classic, or a fault; what is wrong with the fields is part of the answer.
pub(crate) fn play(desk: &Desk, ask: &ClassicAsk, sink: &(dyn Fn(ClassicStep) + Sync)) -> Result<(), Refusal> {
    let request = desk.played.begin(&ask.ticket);
    let _turn = desk.played.turn();
    let result = answer(desk, ask, &request.stop, sink);
    desk.played.end(&ask.ticket);
    result
}

fn answer(desk: &Desk, ask: &ClassicAsk, stop: &std::sync::atomic::AtomicBool, sink: &(dyn Fn(ClassicStep) + Sync)) -> Result<(), Refusal> {
    let text = Text(ask.language);
    let line = classics::line(&ask.id)?;
    let typed = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let wish = Wish { id: ask.id.clone(), given: ask.given.clone(), runs: typed(&ask.runs), seed: typed(&ask.seed) };
    let asked = wish.runs.as_ref().and_then(|runs| runs.parse().ok()).unwrap_or(line.runs);
    let progress = |stage, done: usize| Progress {
        ticket: ask.ticket.clone(),
        stage,
        runs_done: u32::try_from(done).unwrap_or(u32::MAX),
        runs_asked: u32::try_from(asked).unwrap_or(u32::MAX),
        seconds_left: None,
    };
    let bare = |stage, done, problems| ClassicStep { progress: progress(stage, done), problems, answer: None };
    let (watch, told, most) = (Stopwatch::start(), Mutex::new(0.0), AtomicUsize::new(0));
    let on_run = |done: usize| {
        // Pictures need further runs; the count of the figures stands until they are done.
        if done <= most.fetch_max(done, Ordering::Relaxed) {
            return;
        }
        let mut last = told.lock().unwrap_or_else(PoisonError::into_inner);
        if watch.seconds() - *last > PULSE {
            *last = watch.seconds();
            sink(bare(Stage::Partial, done.min(asked), Vec::new()));
        }
    };
    let played = match classics::run(&wish, &Control { cancel: Some(stop), progress: Some(&on_run) }) {
        Ok(played) => played,
        Err(refusal) if refusal.code == Code::Interrupted => {
            sink(bare(Stage::Cancelled, most.load(Ordering::Relaxed).min(asked), Vec::new()));
            return Ok(());
        }
        Err(refusal) if refusal.code == Code::BadInput => {
            sink(bare(Stage::Full, 0, problems(&refusal, &line.parameters, ask, text)));
            return Ok(());
        }
        Err(refusal) => return Err(refusal),
    };
    let (key, played) = desk.shelf.keep(played);
    let wish = FigureWish { theme: ask.theme, width: ask.width, height: ask.height, language: ask.language, ..FigureWish::default() };
    sink(ClassicStep {
        progress: progress(Stage::Full, played.runs),
        problems: Vec::new(),
        answer: Some(told_in(&played, &key, &wish, command(&played, ask), text)?),
    });
    Ok(())
}

/// Seconds between two reports of progress.
const PULSE: f64 = 0.1;

fn told_in(played: &Played, key: &str, wish: &FigureWish, command: String, text: Text) -> Result<ClassicAnswer, Refusal> {
    let outcome = &played.outcome;
    let beside = |line: &Line| BesideLine {
        name: text.classic(&line.name),
        simulated: line.simulated.filter(|x| x.is_finite()),
        standard_error: line.standard_error,
        reference: line.reference,
        difference: line.difference().filter(|x| x.is_finite()),
        apart: line.distance().filter(|x| x.is_finite()),
        agrees: line.agrees(),
        basis: text.classic(line.basis),
    };
    Ok(ClassicAnswer {
        simulated: text.classic(&outcome.simulated),
        lines: outcome.lines.iter().map(beside).collect(),
        columns: outcome.listing.columns.iter().map(|column| text.classic(column)).collect(),
        rows: outcome.listing.rows.clone(),
        notes: outcome.notes.iter().map(|note| text.classic(note)).collect(),
        figure: screen(played, wish)?,
        results: vec![key.to_owned()],
        command,
    })
}

/// The answer of a result that is there, in another language or other colours.
///
/// # Errors
/// When the result had to go.
#[cfg(feature = "bindings")]
pub(crate) fn answer_of(desk: &Desk, results: &[String], wish: &FigureWish, command: &str) -> Result<ClassicAnswer, Refusal> {
    let key = results.first().map_or("", String::as_str);
    told_in(&*desk.shelf.find(key)?, key, wish, command.to_owned(), Text(wish.language))
}

/// The same on the command line: what differs from the defaults, quoted where a shell needs it.
fn command(played: &Played, ask: &ClassicAsk) -> String {
    let usual = |id: &str| played.classic.parameters.iter().find(|p| p.id == id).map(Parameter::default_text);
    let quoted = |value: &str| if value.contains([' ', ';', '(', '\'']) { format!("\"{value}\"") } else { value.to_owned() };
    let mut words = vec![format!("faultline classic {}", played.classic.id)];
    for (id, value) in ask.given.iter().filter(|(id, value)| usual(id).is_some_and(|usual| usual != value.trim())) {
        words.push(format!("--{id} {}", quoted(value.trim())));
    }
    if played.runs != played.classic.runs {
        words.push(format!("--runs {}", played.runs));
    }
    if played.seed != 1 {
        words.push(format!("--seed {}", played.seed));
    }
    words.join(" ")
}

/// A figure of a result that is there, on screen.
///
/// # Errors
/// When the result had to go, or there is no such size.
pub(crate) fn figure(desk: &Desk, results: &[String], wish: &FigureWish) -> Result<ScreenFigure, Refusal> {
    screen(&*desk.shelf.find(results.first().map_or("", String::as_str))?, wish)
}

/// The chart as a value.
///
/// # Errors
/// As for [`figure`].
pub(crate) fn chart(desk: &Desk, results: &[String], wish: &FigureWish) -> Result<Chart, Refusal> {
    Ok(chart_of(&*desk.shelf.find(results.first().map_or("", String::as_str))?, wish))
}

/// The chart as a value and as it is drawn, for export.
///
/// # Errors
/// As for [`figure`].
pub(crate) fn drawn(desk: &Desk, results: &[String], wish: &FigureWish) -> Result<(Chart, Figure), Refusal> {
    picture(&*desk.shelf.find(results.first().map_or("", String::as_str))?, wish)
}

fn chart_of(played: &Played, wish: &FigureWish) -> Chart {
    let text = Text(wish.language);
    played.chart(figures::language(wish.language), &|english| text.classic(english))
}

fn picture(played: &Played, wish: &FigureWish) -> Result<(Chart, Figure), Refusal> {
    let chart = chart_of(played, wish);
    let figure = draw(&chart, &charts::style(&figures::wish_of(wish))?);
    Ok((chart, figure))
}

fn screen(played: &Played, wish: &FigureWish) -> Result<ScreenFigure, Refusal> {
    let (chart, figure) = picture(played, wish)?;
    Ok(ScreenFigure {
        how_to_read: trust::how_to_read(figures::language(wish.language)),
        ..figures::screened(played.classic.id, chart, figure, wish)
    })
}

/// What is wrong, each at its field. The engine's sentences begin with the option they speak of.
fn problems(refusal: &Refusal, parameters: &[ParameterLine], ask: &ClassicAsk, text: Text) -> Vec<FieldProblem> {
    let sentences = if refusal.details.is_empty() { vec![refusal.message.clone()] } else { refusal.details.clone() };
    sentences.iter().map(|sentence| problem(sentence, parameters, ask, text)).collect()
}

fn problem(sentence: &str, parameters: &[ParameterLine], ask: &ClassicAsk, text: Text) -> FieldProblem {
    let Some(rest) = sentence.strip_prefix("--") else { return FieldProblem { key: String::new(), message: text.classic(sentence) } };
    let key: String = rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-')).collect();
    // `--t: why`, `--n and --z: why`, `--runs x: why`.
    let why = rest.split_once(": ").map_or(sentence, |(_, why)| why).trim();
    let typed = ask.given.iter().find(|(id, _)| *id == key).map(|(_, value)| value.trim());
    let known = parameters.iter().find(|p| p.id == key && p.kind != "file");
    // Out of the domain of one field: said with the domain, in the language. What does not go together is said as it is.
    let message = match (known, typed) {
        (Some(p), Some(typed)) if why.starts_with('“') => text.out_of_domain(&typed.chars().take(60).collect::<String>(), &domain(p, text)),
        _ => text.classic(why),
    };
    FieldProblem { key, message }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire_desktop::{Colours, FigureAsk, PageSize};

    fn desk() -> Desk {
        Desk::new(std::env::temp_dir().join("faultline-classics"))
    }

    fn ask(id: &str, given: &[(&str, &str)], runs: &str, language: Language) -> ClassicAsk {
        ClassicAsk {
            ticket: "test".to_owned(),
            id: id.to_owned(),
            given: given.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect(),
            runs: runs.to_owned(),
            seed: String::new(),
            width: 600,
            height: 340,
            theme: Colours::Light,
            language,
        }
    }

    fn steps(desk: &Desk, ask: &ClassicAsk) -> Vec<ClassicStep> {
        let steps = Mutex::new(Vec::new());
        play(desk, ask, &|step| steps.lock().unwrap().push(step)).unwrap();
        steps.into_inner().unwrap()
    }

    fn last(desk: &Desk, ask: &ClassicAsk) -> ClassicStep {
        steps(desk, ask).pop().unwrap()
    }

    #[test]
    fn a_classic_gives_the_figures_of_the_command_line_and_says_how_to_repeat_them() {
        let desk = desk();
        let given = [("p", "0.55"), ("r", "0.1")];
        let answer = last(&desk, &ask("arthur", &given, "300", Language::En)).answer.unwrap();
        assert_eq!(answer.command, "faultline classic arthur --p 0.55 --runs 300");
        let typed = Wish {
            id: "arthur".to_owned(),
            given: given.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
            runs: Some("300".to_owned()),
            seed: None,
        };
        let page = classics::play(&typed).unwrap();
        let told: Vec<(String, Option<f64>, Option<f64>)> = answer.lines.iter().map(|l| (l.name.clone(), l.simulated, l.reference)).collect();
        let known: Vec<(String, Option<f64>, Option<f64>)> = page.lines.iter().map(|l| (l.name.clone(), l.simulated, l.reference)).collect();
        assert_eq!(told, known);
        assert!(answer.figure.svg.starts_with("<svg") && !answer.figure.how_to_read.is_empty());
        let rows = FigureAsk { results: answer.results, chart: "arthur".to_owned(), wish: FigureWish::default() };
        assert!(!desk.table(&rows).unwrap().is_empty());
    }

    #[test]
    fn everything_wrong_is_said_at_its_field_at_once_and_nothing_is_run() {
        let desk = desk();
        let step = last(&desk, &ask("arthur", &[("p", "2"), ("r", "abc")], "0", Language::En));
        assert!(step.answer.is_none());
        let keys: Vec<&str> = step.problems.iter().map(|problem| problem.key.as_str()).collect();
        assert_eq!(keys, ["p", "r", "runs"]);
        assert_eq!(step.problems[0].message, "“2” is not possible here: 0 to 1");
        let chinese = last(&desk, &ask("arthur", &[("p", "2")], "x", Language::Zh)).problems;
        assert!(chinese.iter().all(|problem| problem.message.chars().any(|c| c as u32 > 0x2e7f)), "{chinese:?}");
        let together = last(&desk, &ask("war-of-attrition", &[("c", "1")], "", Language::En)).problems;
        assert_eq!(together.iter().map(|problem| problem.key.as_str()).collect::<Vec<_>>(), ["c"]);
        let square = last(&desk, &ask("degroot", &[("T", "0.5,0.5;1")], "", Language::En)).problems;
        assert!(square[0].message.contains("not square"), "{square:?}");
    }

    #[test]
    fn a_newer_request_stops_the_one_before() {
        let desk = Arc::new(desk());
        let (slow, other) = (ask("arthur", &[("steps", "100000"), ("r", "0"), ("s", "0")], "100000", Language::En), Arc::clone(&desk));
        let begun = Arc::new(std::sync::Barrier::new(2));
        let told = Arc::clone(&begun);
        let thread = std::thread::spawn(move || {
            let (last, first) = (Mutex::new(None), std::sync::Once::new());
            play(&other, &slow, &|step| {
                first.call_once(|| {
                    told.wait();
                });
                *last.lock().unwrap() = Some(step);
            })
            .unwrap();
            last.into_inner().unwrap().unwrap()
        });
        begun.wait();
        desk.cancel("test");
        let step = thread.join().unwrap();
        assert_eq!(step.progress.stage, Stage::Cancelled);
        assert!(step.answer.is_none() && step.progress.runs_done < step.progress.runs_asked);
    }

    #[test]
    fn a_result_is_drawn_anew_in_other_colours_language_and_size_without_a_run() {
        let desk = desk();
        let answer = last(&desk, &ask("gains-from-trade", &[], "", Language::En)).answer.unwrap();
        let wish = FigureWish { theme: Colours::Dark, language: Language::Zh, width: 400, height: 240, ..FigureWish::default() };
        let again = figure(&desk, &answer.results, &wish).unwrap();
        assert!(again.title.chars().any(|c| c as u32 > 0x2e7f) && again.svg != answer.figure.svg);
        let page = FigureWish { size: Some(PageSize::Slide), ..wish };
        let (_, slide) = drawn(&desk, &answer.results, &page).unwrap();
        assert!(slide.svg.contains("Arkolakis"), "the source stays with the picture");
        assert!(figure(&desk, &["classic:99999".to_owned()], &page).is_err());
    }

    #[test]
    fn the_list_is_that_of_the_command_line_in_every_language() {
        for language in [Language::En, Language::Zh, Language::Pseudo] {
            let ids: Vec<String> = list(language).into_iter().map(|info| info.id).collect();
            assert_eq!(ids, classics::list().iter().map(|line| line.id.to_owned()).collect::<Vec<_>>());
        }
        assert!(list(Language::En).iter().find(|info| info.id == "landscape").is_some_and(|info| info.random));
    }
}
