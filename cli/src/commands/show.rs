//! One scenario: shown, or checked.

use faultline_api::model::Adjust;
use faultline_api::wire::{MoveLine, NumberLine, ScenarioPage};
use faultline_api::words::count;
use faultline_api::{Refusal, scenarios, show};

use crate::options::{Check, Show};
use crate::terminal::{Ending, Terminal, plain};

pub(super) fn show(options: &Show, terminal: &Terminal) -> Result<(), Refusal> {
    let page = show::page(&scenarios::open(&options.scenario, &Adjust::default())?, options.all)?;
    if terminal.json {
        return terminal.answer(&page);
    }
    terminal.heading(format!("{} ({})", plain(&page.name), page.id));
    page.story.iter().for_each(|paragraph| terminal.say(format!("\n{}", wrapped(&plain(paragraph)))));
    terminal.say(format!("\n{} to {}, {}", page.from, page.to, count(page.adopters, "adopter")));
    changes(&page, terminal);
    numbers(&page, options.all, terminal);
    let g = page.grades;
    terminal.say(format!(
        "\nOf its numbers {} are measured, {} estimated, {} assumed; {} rest on a figure that nobody has verified.",
        g.measured, g.estimated, g.assumed, g.unverified
    ));
    Ok(())
}

fn changes(page: &ScenarioPage, terminal: &Terminal) {
    let (own, taken): (Vec<&MoveLine>, Vec<&MoveLine>) = page.moves.iter().partition(|m| page.extends.is_empty() || m.set_by == page.id);
    if !page.extends.is_empty() {
        terminal.heading(format!("\nWhat differs from {}", page.extends.join(", which extends ")));
        if own.is_empty() && page.numbers.is_empty() && page.switches.is_empty() {
            terminal.say("  nothing");
        }
    }
    own.iter().for_each(|m| terminal.say(format!("  {}", change(m))));
    for switch in &page.switches {
        terminal.say(format!("  structure: {} is {} instead of {}", switch.key, switch.value, switch.baseline));
    }
    for event in &page.events {
        terminal.say(format!("  event {}: {} {}", event.date, plain(&event.name), plain(&event.note)));
    }
    if !taken.is_empty() {
        terminal.heading("\nTaken over from them");
        taken.iter().for_each(|m| terminal.say(format!("  {}", change(m))));
    }
}

fn change(m: &MoveLine) -> String {
    let whom = if m.whom.is_empty() { String::new() } else { format!(" ({})", m.whom.join(", ")) };
    let how = if m.over == 0 { "at once".to_owned() } else { format!("over {}", count(m.over as usize, "quarter")) };
    format!("{}{whom} to {} from {} {how}: {} [{}; {}{}]", m.lever, m.to, m.from, plain(&m.because), m.grade, plain(&m.source), flag(&m.unverified))
}

fn flag(unverified: &[String]) -> String {
    if unverified.is_empty() { String::new() } else { format!("; UNVERIFIED: {}", unverified.join(", ")) }
}

fn numbers(page: &ScenarioPage, all: bool, terminal: &Terminal) {
    if page.numbers.is_empty() {
        return;
    }
    terminal.heading(if all { "\nEvery number" } else { "\nNumbers of its own" });
    page.numbers.iter().for_each(|n| terminal.say(format!("  {}", number_line(n))));
}

fn number_line(n: &NumberLine) -> String {
    let before = n.baseline.map_or(String::new(), |before| format!(" (baseline {before})"));
    let note = if n.note.is_empty() { String::new() } else { format!(" — {}", plain(&n.note)) };
    format!(
        "{} = {}{before}, {} to {}, {} [{}; {}{}]{note}",
        n.key,
        n.value,
        n.low,
        n.high,
        plain(&n.unit),
        n.grade,
        plain(&n.source),
        flag(&n.unverified)
    )
}

/// Text in lines of at most 100 characters.
fn wrapped(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.len() - 1;
        if !lines[last].is_empty() && lines[last].chars().count() + 1 + word.chars().count() > 100 {
            lines.push(word.to_owned());
        } else {
            let gap = if lines[last].is_empty() { "" } else { " " };
            lines[last] = format!("{}{gap}{word}", lines[last]);
        }
    }
    lines.join("\n")
}

pub(super) fn check(options: &Check, terminal: &Terminal) -> Result<Ending, Refusal> {
    let verdicts: Vec<(&String, Result<String, Refusal>)> =
        options.files.iter().map(|file| (file, scenarios::open(file, &Adjust::default()).map(|loaded| loaded.scenario.name))).collect();
    let refusals: Vec<Refusal> = verdicts.iter().filter_map(|(_, verdict)| verdict.clone().err()).collect();
    if !terminal.json {
        verdicts.iter().filter(|(_, verdict)| verdict.is_ok()).for_each(|(file, _)| terminal.say(format!("{}: ok", plain(file))));
        return if refusals.is_empty() { Ok(Ending::Done) } else { Err(Refusal::all(refusals)) };
    }
    let line = |(file, verdict): &(&String, Result<String, Refusal>)| match verdict {
        Ok(name) => serde_json::json!({ "file": file, "name": name, "ok": true }),
        Err(refusal) => serde_json::json!({ "file": file, "ok": false, "message": refusal.message, "details": refusal.details }),
    };
    let files: Vec<serde_json::Value> = verdicts.iter().map(line).collect();
    if refusals.is_empty() {
        terminal.answer(&files)?;
        return Ok(Ending::Done);
    }
    let refusal = Refusal::all(refusals);
    terminal.answer(&serde_json::json!({ "code": refusal.code, "message": refusal.message, "details": refusal.details, "files": files }))?;
    terminal.complain(&refusal);
    Ok(Ending::Refused(refusal.code))
}
