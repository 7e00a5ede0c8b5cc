//! Measurements of the real window, as rows of a table: what, median, 95th percentile, unit. `cargo xtask bench-window` calls it.
//!
//! Times in the page run from the time stamp of the input event to the frame in which the answer has been painted. The start runs
//! from the moment at which the kernel created the process to the first frame after the picture of all runs.

use std::fs;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use faultline_window_tests::{Place, Session, processes};
use serde_json::{Value, json};
use tokio::time::sleep;

/// Starts that are timed.
const STARTS: usize = 20;
/// Steps of the slider that are timed.
const STEPS: usize = 40;
/// Hundredths of a second are what the kernel counts the age of processes in.
const TICKS: f64 = 100.0;
/// The slider that a newcomer is invited to move.
const LEVER: &str = ".start [data-control] input[type=range]";

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let minutes: u64 = std::env::args().nth(1).and_then(|argument| argument.parse().ok()).unwrap_or(10);
    // One part alone, to look into it: `starts`, `steps` or `dragging`.
    let part = std::env::args().nth(2);
    let wanted = |name: &str| part.as_deref().is_none_or(|part| part == name);
    if wanted("starts") {
        starts().await;
    }
    if wanted("steps") {
        steps().await;
    }
    if wanted("dragging") {
        dragging(minutes).await;
    }
}

/// Starts again and again, each in an empty home.
async fn starts() {
    let mut starts = Vec::new();
    let mut first = Vec::new();
    for _ in 0..STARTS {
        let (pictured, complete) = start().await;
        first.push(pictured);
        starts.push(complete);
    }
    row("start to first picture", first, "ms");
    row("start to picture of all runs", starts, "ms");
}

fn row(what: &str, mut values: Vec<f64>, unit: &str) {
    assert!(!values.is_empty(), "nothing was measured: {what}");
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
    println!("{what}\t{:.0}\t{:.0}\t{unit}\t{}", at(0.5), at(0.95), values.len());
}

/// One start in an empty home: milliseconds from the process to the first picture, and to that of all runs.
async fn start() -> (f64, f64) {
    let place = Place::empty();
    let session = Session::start(&place, &[]).await;
    let born = born(session.app_process());
    session.until("document.querySelectorAll('[data-chart] [role=img] svg').length >= 2").await;
    session.painted().await;
    let pictured = now() - born;
    full(&session).await;
    session.painted().await;
    (pictured, now() - born)
}

async fn full(session: &Session) {
    session.until("document.querySelector('.run')?.dataset.stage === 'full' && document.querySelector('.run').dataset.running === 'false'").await;
}

/// Milliseconds since 1970.
fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64() * 1e3
}

/// When the process was created, in milliseconds since 1970.
fn born(process: u32) -> f64 {
    let line = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let ticks: f64 = line.rsplit_once(')').unwrap().1.split_whitespace().nth(19).unwrap().parse().unwrap();
    let uptime: f64 = fs::read_to_string("/proc/uptime").unwrap().split_whitespace().next().unwrap().parse().unwrap();
    now() - (uptime - ticks / TICKS) * 1e3
}

/// Notes for each input when its preview and its full picture were painted, and the longest time for which the page did not answer.
const RECORDER: &str = "
    window.times = { preview: [], full: [], block: 0 };
    let at = 0, waiting = [];
    const moved = (event) => { if (event.target.type === 'range') { at = event.timeStamp; waiting = ['preview', 'full']; } };
    // A slider answers keys itself, so that a key is no input event.
    addEventListener('input', moved, true);
    addEventListener('keydown', moved, true);
    const channel = new MessageChannel();
    let painted = [];
    channel.port1.onmessage = () => { for (const note of painted.splice(0)) note(performance.now()); };
    const afterPaint = (note) => requestAnimationFrame(() => { painted.push(note); channel.port2.postMessage(0); });
    new MutationObserver(() => {
        const stage = document.querySelector('[data-chart]').dataset.stage;
        if (waiting[0] === 'preview' && stage !== 'full') { waiting.shift(); const from = at; afterPaint((now) => window.times.preview.push(now - from)); }
        else if (waiting.at(-1) === 'full' && waiting.length === 1 && stage === 'full') { waiting = []; const from = at; afterPaint((now) => window.times.full.push(now - from)); }
    }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-stage'] });
    let last = performance.now();
    const beat = new MessageChannel();
    beat.port1.onmessage = () => { const now = performance.now(); window.times.block = Math.max(window.times.block, now - last); last = now; setTimeout(() => { last = performance.now(); beat.port2.postMessage(0); }, 4); };
    beat.port2.postMessage(0);
    return true;";

async fn steps() {
    let place = Place::empty();
    let session = Session::start(&place, &[]).await;
    full(&session).await;
    session.js(RECORDER, Vec::new()).await;
    let script = "const e = document.querySelector(arguments[0]); e.scrollIntoView({block: 'center'}); e.focus(); return (e.valueAsNumber - e.min) / (e.max - e.min);";
    let share = session.js(script, vec![json!(LEVER)]).await.as_f64().unwrap();
    let key = if share > 0.5 { "\u{E012}" } else { "\u{E014}" };
    for _ in 0..STEPS {
        session.keys(key).await;
        sleep(Duration::from_millis(50)).await;
        session.until("!document.querySelector('[data-finding]').classList.contains('stale')").await;
        full(&session).await;
        session.painted().await;
    }
    let times = session.js("return window.times;", Vec::new()).await;
    let of = |name: &str| times[name].as_array().unwrap().iter().filter_map(Value::as_f64).collect::<Vec<f64>>();
    row("slider to painted preview", of("preview"), "ms");
    row("slider to picture of all runs", of("full"), "ms");
    println!("longest time the page did not answer, {STEPS} steps\t\t{:.0}\tms\t1", times["block"].as_f64().unwrap());
}

/// Drags back and forth for some minutes and looks at the memory of the processes, and at the frames painted.
async fn dragging(minutes: u64) {
    let place = Place::empty();
    let session = Session::start(&place, &[]).await;
    full(&session).await;
    let script = "const e = document.querySelector(arguments[0]); e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect(); return [r.left + 9, r.width - 18, r.top + r.height / 2];";
    let place = session.js(script, vec![json!(LEVER)]).await;
    let of = |index: usize| place[index].as_f64().unwrap();
    let at = |share: f64| (of(0) + share * of(1), of(2));
    memory(&session, "before dragging");
    let begun = Instant::now();
    let mut share = 0.1;
    for minute in 1..=minutes {
        while begun.elapsed() < Duration::from_secs(60 * minute) {
            // Another end every time, so that the cache of results fills as it does with a person.
            let next = if share < 0.5 { 0.6 + 0.37 * fraction(begun) } else { 0.03 + 0.37 * fraction(begun) };
            session.drag(at(share), at(next), 40, Duration::from_millis(25)).await;
            share = next;
        }
        if [1, minutes / 2, minutes].contains(&minute) {
            memory(&session, &format!("after {minute} min of dragging"));
        }
    }
}

/// A number from 0 to 1 that is another one each time.
fn fraction(begun: Instant) -> f64 {
    f64::from(begun.elapsed().subsec_micros() % 1000) / 1000.0
}

fn memory(session: &Session, when: &str) {
    let app = session.app_process();
    let (resident, proportional) = processes::memory(app).unwrap();
    println!("memory of the app process, {when}\t{proportional:.0}\t{resident:.0}\tMB (shared parts counted in part, in full)\t1");
    for process in processes::below(app).into_iter().filter(|process| process.name.starts_with("WebKitWeb")) {
        if let Some((resident, proportional)) = processes::memory(process.id) {
            println!("memory of the page's process, {when}\t{proportional:.0}\t{resident:.0}\tMB (shared parts counted in part, in full)\t1");
        }
    }
}
