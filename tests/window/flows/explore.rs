//! First insight, dragging, cancelling, undoing.

use std::time::Duration;

use faultline_window_tests::{Place, Session};
use serde_json::json;

use crate::steps::{self, LEVER};

#[tokio::test]
async fn the_window_opens_on_the_sample_already_computed_and_a_drag_changes_the_sentence() {
    let place = Place::empty();
    let session = steps::computed(&place).await;
    let charts = session.js("return [...document.querySelectorAll('[data-chart] [role=img] svg')].length;", Vec::new()).await;
    assert!(charts.as_u64().unwrap() >= 2, "the futures and fragmentation over time are drawn");
    let before = steps::finding(&session).await;
    assert!(before.len() > 20, "{before}");
    session.shot("first-minute-light").await;
    steps::watch_badge(&session).await;
    let target = if steps::share(&session).await > 0.5 { 0.05 } else { 0.95 };
    steps::drag_to(&session, target).await;
    steps::full(&session).await;
    let after = steps::finding(&session).await;
    assert_ne!(before, after, "the sentence speaks of the lever that was moved");
    session.shot("first-minute-dragged").await;
}

#[tokio::test]
async fn a_drag_shows_a_preview_then_all_runs_and_is_one_step() {
    let place = Place::empty();
    let session = steps::computed(&place).await;
    let before = steps::value(&session).await;
    steps::watch_badge(&session).await;
    let target = if steps::share(&session).await > 0.5 { 0.1 } else { 0.9 };
    steps::drag_to(&session, target).await;
    steps::full(&session).await;
    let seen = steps::seen(&session).await;
    let stages: Vec<&str> = seen.iter().map(|state| state[0].as_str()).collect();
    let preview = stages.iter().position(|stage| *stage == "preview").unwrap_or_else(|| panic!("no preview: {stages:?}"));
    assert!(stages[preview..].contains(&"full"), "{stages:?}");
    let marked = seen.iter().filter(|state| state[0] == "preview").all(|state| state[1].contains("preview"));
    assert!(marked, "a picture from few runs says so: {seen:?}");
    let moved = steps::value(&session).await;
    assert!((moved - before).abs() > 1e-9);
    steps::press("ctrl+z");
    session.until(&format!("Math.abs(document.querySelector('{LEVER}').valueAsNumber - {before}) < 1e-9")).await;
}

#[tokio::test]
async fn a_run_can_be_stopped_and_keeps_what_it_has() {
    let place = Place::empty();
    let session = steps::opened(&place).await;
    // Many runs, so that there is something left to stop.
    steps::command(&session, "Runs, seed and size").await;
    session.until("document.querySelector('dialog[open] input')").await;
    session.js("const field = document.querySelector('dialog[open] input'); field.focus(); field.select();", Vec::new()).await;
    session.keys("2000\u{E007}").await;
    session.until("document.querySelector('.run').dataset.running === 'true' && document.querySelector('.run button')").await;
    session.until("/\\d+\\/2000/.test(document.querySelector('.run').innerText)").await;
    session.click(".run button").await;
    session.until("document.querySelector('.run').dataset.running === 'false'").await;
    let badge = session.js("return document.querySelector('.run').innerText;", Vec::new()).await;
    let text = badge.as_str().unwrap();
    assert!(text.contains("of 2000"), "{text}");
    let charts = session.js("return document.querySelectorAll('[data-chart] [role=img] svg').length;", Vec::new()).await;
    assert!(charts.as_u64().unwrap() >= 2, "what was there stays");
}

#[tokio::test]
async fn moving_on_at_once_leaves_only_the_last_wish() {
    let place = Place::empty();
    let session = steps::opened(&place).await;
    for target in [0.9, 0.2, 0.7, 0.4] {
        let (from, to) = steps::points(&session, (steps::share(&session).await, target)).await;
        session.drag(from, to, 3, Duration::from_millis(10)).await;
    }
    let wanted = steps::value(&session).await;
    steps::full(&session).await;
    let stale = session.js("return document.querySelector('[data-finding]').classList.contains('stale');", Vec::new()).await;
    assert_eq!(stale, json!(false));
    let rested = steps::finding(&session).await;
    // The same value reached in one movement says the same: nothing of the earlier wishes is left in the answer.
    let fresh = Place::empty();
    let other = steps::opened(&fresh).await;
    let script = "const e = document.querySelector(arguments[0]); e.focus(); const row = e.closest('[data-control]').querySelector('input[type=text]'); row.focus(); row.select(); return e.min;";
    other.js(script, vec![json!(LEVER)]).await;
    other.keys(&format!("{wanted}\u{E007}")).await;
    other.until(&format!("Math.abs(document.querySelector('{LEVER}').valueAsNumber - {wanted}) < 1e-9")).await;
    other.until("!document.querySelector('[data-finding]').classList.contains('stale')").await;
    steps::full(&other).await;
    assert_eq!(steps::finding(&other).await, rested);
}

#[tokio::test]
async fn thirty_steps_back_and_thirty_forward_give_the_identical_scenario() {
    let place = Place::empty();
    let session = steps::opened(&place).await;
    let start = steps::value(&session).await;
    nudge(&session, 30).await;
    let moved = steps::value(&session).await;
    assert!((moved - start).abs() > 1e-9);
    let before = steps::scenario_file(&session, &place.file("before.toml")).await;
    for _ in 0..30 {
        steps::press("ctrl+z");
    }
    session.until(&format!("Math.abs(document.querySelector('{LEVER}').valueAsNumber - {start}) < 1e-9")).await;
    let undone = steps::scenario_file(&session, &place.file("undone.toml")).await;
    assert_ne!(undone, before);
    for _ in 0..30 {
        steps::press("ctrl+shift+z");
    }
    session.until(&format!("Math.abs(document.querySelector('{LEVER}').valueAsNumber - {moved}) < 1e-9")).await;
    let after = steps::scenario_file(&session, &place.file("after.toml")).await;
    assert_eq!(before, after);
}

/// Presses an arrow key this many times, each a step of its own.
async fn nudge(session: &Session, times: usize) {
    let down = steps::share(session).await > 0.5;
    session.js("document.querySelector(arguments[0]).focus();", vec![json!(LEVER)]).await;
    for _ in 0..times {
        session.keys(if down { "\u{E012}" } else { "\u{E014}" }).await;
    }
}
