//! The audience's window.

use std::time::{Duration, Instant};

use faultline_window_tests::{Place, Session};
use serde_json::json;

use crate::steps;

async fn windows(session: &Session, wanted: usize) {
    let begun = Instant::now();
    while session.windows().await.len() != wanted {
        assert!(begun.elapsed() < Duration::from_secs(60), "not {wanted} windows but {}", session.windows().await.len());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn f5_shows_the_audience_one_chart_at_projector_size_and_f5_ends_it() {
    let place = Place::empty();
    let session = steps::opened(&place).await;
    let console = session.windows().await.remove(0);
    steps::press("F5");
    windows(&session, 2).await;
    let audience = session.windows().await.into_iter().find(|window| *window != console).unwrap();
    session.switch_to(audience).await;
    session.until("document.querySelectorAll('svg').length === 1").await;
    session.shot("audience").await;
    let controls = session.js("return document.querySelectorAll('button, input, select').length;", Vec::new()).await;
    assert_eq!(controls, json!(0), "the audience sees no controls");
    let title = session.js("return document.body.innerText.trim();", Vec::new()).await;
    assert!(!title.as_str().unwrap().is_empty());
    session.switch_to(console.clone()).await;
    session.shot("console").await;
    steps::press("Next");
    steps::press("F5");
    windows(&session, 1).await;
    session.switch_to(console).await;
    steps::pictured(&session).await;
}
