//! Chinese, dark, large: nothing breaks, and pictures for looking at.

use faultline_window_tests::{Place, Session};
use serde_json::json;

use crate::steps;

/// What sticks out sideways of the window, or of a box that cuts it off.
async fn sticking_out(session: &Session) -> Vec<String> {
    let script = "const wide = [];
        if (document.documentElement.scrollWidth > document.documentElement.clientWidth + 1) wide.push('the page scrolls sideways');
        for (const e of document.querySelectorAll('button, label, h1, h2, h3, .finding')) {
            const box = e.getBoundingClientRect();
            if (box.width === 0 || e.closest('.visually-hidden') || getComputedStyle(e).visibility === 'hidden') continue;
            if (box.right > innerWidth + 1 && !e.closest('.side:not(.open)')) wide.push(e.outerHTML.slice(0, 120));
        }
        return wide;";
    let found = session.js(script, Vec::new()).await;
    found.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn chinese_dark_and_large_fit_and_stay() {
    let place = Place::empty();
    let session = steps::opened(&place).await;
    assert_eq!(sticking_out(&session).await, Vec::<String>::new(), "as it comes");
    steps::command(&session, "Dark").await;
    session.until("document.documentElement.dataset.theme === 'dark'").await;
    steps::pictured(&session).await;
    session.shot("dark").await;
    for _ in 0..5 {
        steps::press("ctrl+equal");
    }
    session.until("Math.abs(devicePixelRatio - 1.5) < 0.01 || innerWidth < 900").await;
    session.painted().await;
    session.shot("dark-150").await;
    assert_eq!(sticking_out(&session).await, Vec::<String>::new(), "at 150 per cent");
    steps::press("ctrl+0");
    session.until("innerWidth > 1200").await;
    steps::command(&session, "简体中文").await;
    session.until("document.documentElement.lang.startsWith('zh')").await;
    session.until("/[\\u4e00-\\u9fff]/.test(document.querySelector('[data-finding]').innerText)").await;
    session.until("[...document.querySelectorAll('[data-chart] [role=img] svg')].every((svg) => /[\\u4e00-\\u9fff]/.test(svg.textContent))").await;
    session.shot("chinese-dark").await;
    assert_eq!(sticking_out(&session).await, Vec::<String>::new(), "in Chinese");
    drop(session);
    let again = steps::opened(&place).await;
    let looks = again.js("return [document.documentElement.dataset.theme, document.documentElement.lang.slice(0, 2)];", Vec::new()).await;
    assert_eq!(looks, json!(["dark", "zh"]), "what was chosen is there at the next start");
}

#[tokio::test]
async fn the_smallest_promised_window_fits() {
    let place = Place::empty();
    let session = steps::opened(&place).await;
    session.resize(1024, 700).await;
    session.until("innerWidth <= 1024").await;
    session.shot("1024x700").await;
    assert_eq!(sticking_out(&session).await, Vec::<String>::new());
}
