//! Exported files hold what was seen.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use faultline_window_tests::session::PATIENCE;
use faultline_window_tests::{Place, Session, desktop};

use crate::steps;

/// Opens the export dialog on the first chart, chooses this format and confirms.
async fn export(session: &Session, place: &Place, format: &str) -> Vec<u8> {
    let path = place.file(&format!("chart.{format}"));
    focus_chart(session).await;
    steps::press("ctrl+e");
    session.until("document.querySelector('dialog[open]')").await;
    // First the wished one, then the others off: one format is always chosen.
    let script = "const wanted = arguments[0].toUpperCase(); const boxes = () => [...document.querySelectorAll('dialog[open] input[type=checkbox]')];
        const is = (box) => box.closest('label').innerText.trim().startsWith(wanted);
        for (const box of boxes().filter(is)) if (!box.checked) box.click();
        for (const box of boxes().filter((box) => !is(box))) if (box.checked) box.click();
        return boxes().filter((box) => box.checked).length;";
    let chosen = session.js(script, vec![format.into()]).await;
    assert_eq!(chosen, serde_json::json!(1), "one format is chosen");
    session.painted().await;
    session.shot(&format!("export-{format}")).await;
    let again = session.js("return document.querySelector('dialog[open] [data-elsewhere]') !== null;", Vec::new()).await;
    session.click(if again == serde_json::json!(true) { "dialog[open] [data-elsewhere]" } else { "dialog[open] button.primary" }).await;
    desktop::answer_dialog("^Export chart", &path);
    steps::bytes(&path).await
}

async fn focus_chart(session: &Session) {
    session.until("document.querySelector('[data-chart]')").await;
    session.js("document.querySelector('[data-chart]').focus();", Vec::new()).await;
}

#[tokio::test]
async fn every_format_holds_the_chart_with_its_caveat() {
    let place = Place::empty();
    let session = steps::computed(&place).await;
    let title = session.js("return document.querySelector('[data-chart] h3').innerText;", Vec::new()).await;
    let title = title.as_str().unwrap().to_owned();
    let png = export(&session, &place, "png").await;
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!((side(16), side(20)), (3840, 2160), "a slide at two pixels to the px");
    let svg = String::from_utf8(export(&session, &place, "svg").await).unwrap();
    assert!(svg.contains("<svg") && svg.contains("<text"), "text stays text");
    assert!(!svg.contains("<script") && !svg.contains("href=\"http"));
    for words in ["not a forecast", "seed"] {
        assert!(svg.contains(words), "the footer says “{words}”");
    }
    let pdf = export(&session, &place, "pdf").await;
    assert_eq!(&pdf[..5], b"%PDF-");
    let text = pdf_text(&place.file("chart.pdf"));
    assert!(text.contains("not a forecast"), "{text}");
    let csv = String::from_utf8(export(&session, &place, "csv").await).unwrap();
    let mut lines = csv.lines().filter(|line| !line.starts_with('#'));
    assert_eq!(lines.next().unwrap(), "scenario,series,x,statistic,value,unit,n_runs");
    assert!(lines.count() > 3);
    assert!(!title.is_empty());
    // From then on two actions are enough: the folder and the settings are those of last time.
    focus_chart(&session).await;
    steps::press("ctrl+e");
    session.until("document.querySelector('dialog[open] [data-elsewhere]')").await;
    session.keys("\u{E007}").await;
    session.until("!document.querySelector('dialog[open]')").await;
    let written = std::fs::read_dir(place.file("")).unwrap().flatten().filter(|entry| entry.path().extension().is_some_and(|e| e == "csv"));
    assert_eq!(written.count(), 2, "a second table under a name of its own");
}

fn pdf_text(path: &Path) -> String {
    let answer = Command::new("pdftotext").arg(path).arg("-").output().expect("pdftotext is installed");
    String::from_utf8_lossy(&answer.stdout).replace('\n', " ")
}

#[tokio::test]
async fn a_copied_chart_is_on_the_clipboard() {
    let place = Place::empty();
    let session = steps::opened(&place).await;
    focus_chart(&session).await;
    let begun = Instant::now();
    loop {
        // A window that has just come to the front may not hear the first keys.
        steps::press("ctrl+shift+c");
        let png = desktop::clipboard("image/png");
        if png.starts_with(b"\x89PNG") && png.len() > 10_000 {
            break;
        }
        assert!(begun.elapsed() < PATIENCE, "nothing on the clipboard");
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
}
