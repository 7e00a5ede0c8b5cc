//! Saving, losing power, recovering, opening.

use std::fs;
use std::time::{Duration, Instant};

use faultline_window_tests::{Place, Session, desktop};

use crate::steps::{self, LEVER};

#[tokio::test]
async fn what_was_done_after_the_last_save_survives_a_kill() {
    let place = Place::empty();
    let session = steps::opened(&place).await;
    let path = steps::save_as(&session, &place, "market.faultline").await;
    assert_eq!(&fs::read(&path).unwrap()[..2], b"PK", "a workspace is a zip container");
    steps::drag_to(&session, if steps::share(&session).await > 0.5 { 0.15 } else { 0.85 }).await;
    let moved = steps::value(&session).await;
    // Five seconds of work at most may be lost.
    tokio::time::sleep(Duration::from_secs(5)).await;
    session.kill();
    let again = Session::start(&place, &[]).await;
    again.until("document.querySelector('dialog[open]')").await;
    again.shot("recovery").await;
    again.click("dialog[open] button.primary").await;
    again.until(&format!("Math.abs(document.querySelector('{LEVER}')?.valueAsNumber - {moved}) < 1e-9")).await;
}

#[tokio::test]
async fn a_saved_document_opens_as_it_was_by_argument_and_by_dialog() {
    let place = Place::empty();
    let session = steps::opened(&place).await;
    steps::drag_to(&session, if steps::share(&session).await > 0.5 { 0.2 } else { 0.8 }).await;
    let moved = steps::value(&session).await;
    let path = steps::save_as(&session, &place, "own.faultline").await;
    drop(session);
    let shown = format!("Math.abs(document.querySelector('{LEVER}')?.valueAsNumber - {moved}) < 1e-9");
    let argument = path.display().to_string();
    let by_argument = Session::start(&place, &[&argument]).await;
    by_argument.until(&shown).await;
    drop(by_argument);
    let by_dialog = steps::opened(&Place::empty()).await;
    steps::press("ctrl+o");
    desktop::answer_dialog("^Open", &path);
    by_dialog.until(&shown).await;
}

#[tokio::test]
async fn a_damaged_file_is_refused_with_a_sentence_and_the_window_lives_on() {
    let place = Place::empty();
    let path = place.file("broken.faultline");
    fs::write(&path, b"PK\x03\x04 and then nothing").unwrap();
    let argument = path.display().to_string();
    let session = Session::start(&place, &[&argument]).await;
    session.until("document.body.innerText.includes('broken.faultline')").await;
    session.shot("damaged-file").await;
    steps::pictured(&session).await;
}

#[tokio::test]
async fn closing_asks_when_there_are_changes_and_closes_when_there_are_none() {
    let place = Place::empty();
    let session = steps::opened(&place).await;
    steps::press("ctrl+w");
    gone(&session).await;
    let session = steps::opened(&Place::empty()).await;
    steps::drag_to(&session, if steps::share(&session).await > 0.5 { 0.3 } else { 0.7 }).await;
    steps::press("ctrl+w");
    session.until("document.querySelector('dialog[open]')").await;
    assert!(session.runs());
    session.shot("closing").await;
}

async fn gone(session: &Session) {
    let begun = Instant::now();
    while session.runs() {
        assert!(begun.elapsed() < Duration::from_secs(60), "the app does not end");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
