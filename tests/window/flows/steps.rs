//! Steps that several flows share.

use std::path::{Path, PathBuf};
use std::time::Duration;

use faultline_window_tests::desktop;
use faultline_window_tests::{Place, Session};
use serde_json::{Value, json};

/// The slider that a newcomer is invited to move.
pub(crate) const LEVER: &str = ".start [data-control] input[type=range]";

/// A window that shows its first picture and hears keys.
pub(crate) async fn opened(place: &Place) -> Session {
    let session = Session::start(place, &[]).await;
    pictured(&session).await;
    desktop::focus(&desktop::wait_for("^Faultline$"));
    session.until("document.hasFocus()").await;
    session
}

/// A window that shows its first picture of all runs.
pub(crate) async fn computed(place: &Place) -> Session {
    let session = opened(place).await;
    full(&session).await;
    session
}

/// Waits for a picture, of however many runs.
pub(crate) async fn pictured(session: &Session) {
    session.until("document.querySelectorAll('[data-chart] [role=img] svg').length >= 2 && document.querySelector('[data-control]')").await;
}

/// Waits until the picture rests on all runs.
pub(crate) async fn full(session: &Session) {
    session.until("document.querySelector('.run')?.dataset.stage === 'full' && document.querySelector('.run').dataset.running === 'false'").await;
}

/// The one sentence.
pub(crate) async fn finding(session: &Session) -> String {
    session.js("return document.querySelector('[data-finding]').innerText;", Vec::new()).await.as_str().unwrap().to_owned()
}

/// Value of the slider.
pub(crate) async fn value(session: &Session) -> f64 {
    session.js("return document.querySelector(arguments[0]).valueAsNumber;", vec![json!(LEVER)]).await.as_f64().unwrap()
}

/// Points of the slider at these shares of its range, in px of the page.
pub(crate) async fn points(session: &Session, shares: (f64, f64)) -> ((f64, f64), (f64, f64)) {
    let script = "const e = document.querySelector(arguments[0]); e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();
        return [r.left + 9, r.width - 18, r.top + r.height / 2];";
    let measured = session.js(script, vec![json!(LEVER)]).await;
    let of = |index: usize| measured[index].as_f64().unwrap();
    let at = |share: f64| (of(0) + share * of(1), of(2));
    (at(shares.0), at(shares.1))
}

/// Where the thumb stands, as a share of the range.
pub(crate) async fn share(session: &Session) -> f64 {
    let script = "const e = document.querySelector(arguments[0]); return (e.valueAsNumber - e.min) / (e.max - e.min);";
    session.js(script, vec![json!(LEVER)]).await.as_f64().unwrap()
}

/// Drags the slider from where it stands to this share of its range, as one movement of a hand.
pub(crate) async fn drag_to(session: &Session, target: f64) {
    let (from, to) = points(session, (share(session).await, target)).await;
    session.drag(from, to, 12, Duration::from_millis(30)).await;
}

/// Notes from now on each state of the badge: stage, runs in words, and the sentence beside it.
pub(crate) async fn watch_badge(session: &Session) {
    let script = "window.seen = []; const note = () => { const badge = document.querySelector('.run'); if (!badge) return;
        const now = [badge.dataset.stage, badge.innerText.replace(/\\s+/g, ' ').trim(), document.querySelector('[data-finding]').innerText];
        if (JSON.stringify(now) !== JSON.stringify(window.seen.at(-1))) window.seen.push(now); };
        new MutationObserver(note).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true }); note(); return true;";
    session.js(script, Vec::new()).await;
}

/// The states noted since.
pub(crate) async fn seen(session: &Session) -> Vec<[String; 3]> {
    let all = session.js("return window.seen;", Vec::new()).await;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    all.as_array().unwrap().iter().map(|state| [text(&state[0]), text(&state[1]), text(&state[2])]).collect()
}

/// Does a command by its name, through the palette.
pub(crate) async fn command(session: &Session, name: &str) {
    desktop::focus(&desktop::wait_for("^Faultline$"));
    desktop::press("ctrl+k");
    session.until("document.activeElement?.matches('dialog input, [role=dialog] input, [role=combobox]')").await;
    session.keys(name).await;
    session.painted().await;
    session.keys("\u{E007}").await;
}

/// Presses keys as on a keyboard, with the window in front.
pub(crate) fn press(keys: &str) {
    desktop::focus(&desktop::wait_for("^Faultline$"));
    desktop::press(keys);
}

/// Exports the scenario shown as a file, through the system's dialog, and gives its text.
pub(crate) async fn scenario_file(session: &Session, path: &Path) -> String {
    command(session, "scenario as TOML").await;
    desktop::answer_dialog("Export scenario as TOML", path);
    written(path).await
}

/// Waits for a file that is being written, and reads it.
pub(crate) async fn written(path: &Path) -> String {
    String::from_utf8(bytes(path).await).unwrap()
}

/// Waits for a file that is being written, and reads it.
pub(crate) async fn bytes(path: &Path) -> Vec<u8> {
    for _ in 0..4000 {
        if let Ok(bytes) = std::fs::read(path)
            && !bytes.is_empty()
        {
            return bytes;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("{} was not written", path.display());
}

/// Saves the document under a new name.
pub(crate) async fn save_as(session: &Session, place: &Place, name: &str) -> PathBuf {
    let path = place.file(name);
    press("ctrl+s");
    desktop::answer_dialog("^Save$", &path);
    bytes(&path).await;
    session.painted().await;
    path
}
