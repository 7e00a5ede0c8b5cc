//! What a page gone wrong could reach: nothing.

use faultline_window_tests::{Place, Session};
use serde_json::{Value, json};

use crate::steps;

/// What a command answers: `["given", …]` or `["refused", …]`.
async fn asked(session: &Session, command: &str, arguments: Value) -> (String, String) {
    let script = format!(
        "window.__TAURI_INTERNALS__.invoke({}, {}).then((x) => done(['given', JSON.stringify(x)]), (e) => done(['refused', typeof e === 'string' ? e : e.message]));",
        json!(command),
        arguments
    );
    let answer = session.js_async(&script).await;
    (answer[0].as_str().unwrap().to_owned(), answer[1].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn the_page_reaches_no_file_that_nobody_handed_over() {
    let place = Place::empty();
    let session = steps::opened(&place).await;
    let words = json!({ "title": "x", "kind": "x", "extensions": ["faultline"], "name": "x" });
    let (verdict, sentence) = asked(&session, "open_workspace", json!({ "path": "/etc/passwd", "words": words })).await;
    assert_eq!(verdict, "refused");
    assert!(sentence.contains("/etc/passwd"), "{sentence}");
    assert_eq!(asked(&session, "versions", json!({ "path": "/etc/passwd" })).await.0, "refused");
}

#[tokio::test]
async fn the_page_has_no_powers_of_the_framework() {
    let place = Place::empty();
    let session = steps::opened(&place).await;
    for (command, arguments) in [
        ("plugin:dialog|open", json!({ "options": {} })),
        ("plugin:fs|read_file", json!({ "path": "/etc/passwd" })),
        ("plugin:shell|execute", json!({ "program": "id" })),
        ("plugin:event|emit", json!({ "event": "command", "payload": "close" })),
        ("plugin:webview|create_webview_window", json!({ "options": { "label": "x", "url": "https://example.org" } })),
        ("plugin:window|destroy", json!({})),
        ("plugin:app|version", json!({})),
    ] {
        let (verdict, sentence) = asked(&session, command, arguments).await;
        assert_eq!(verdict, "refused", "{command}: {sentence}");
    }
}

#[tokio::test]
async fn the_page_loads_nothing_runs_no_text_and_goes_nowhere() {
    let place = Place::empty();
    let session = steps::opened(&place).await;
    let fetched = session.js_async("fetch('http://127.0.0.1:9/').then(() => done('fetched'), () => done('blocked'));").await;
    assert_eq!(fetched, json!("blocked"));
    let run = session.js("try { return Function('return 1')(); } catch (problem) { return problem.name; }", Vec::new()).await;
    assert_eq!(run, json!("EvalError"));
    let injected = "window.harm = 0; const box = document.createElement('div'); document.body.append(box);
        box.innerHTML = '<img src=x onerror=\"window.harm = 1\"><svg onload=\"window.harm = 2\"></svg>';
        setTimeout(() => { box.remove(); done(window.harm); }, 400);";
    assert_eq!(session.js_async(injected).await, json!(0), "handlers in text do not run");
    let moved = session.js_async("location.href = 'https://example.org/'; setTimeout(() => done(location.protocol), 400);").await;
    assert_eq!(moved, json!("tauri:"));
    let opened = session.js("return window.open('https://example.org/') === null;", Vec::new()).await;
    assert_eq!(opened, json!(true));
    assert_eq!(session.windows().await.len(), 1);
}
