//! Progress with time left, and stopping with Ctrl-C.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::terminal::Terminal;

/// Set when the user wants to stop.
pub(crate) fn cancelled() -> &'static AtomicBool {
    static FLAG: OnceLock<&'static AtomicBool> = OnceLock::new();
    FLAG.get_or_init(|| {
        static CANCEL: AtomicBool = AtomicBool::new(false);
        static TIMES: AtomicU32 = AtomicU32::new(0);
        // Without a handler Ctrl-C ends the program at once, which loses nothing that was written.
        let _ = ctrlc::set_handler(|| {
            CANCEL.store(true, Ordering::Relaxed);
            if TIMES.fetch_add(1, Ordering::Relaxed) > 0 {
                std::process::exit(130);
            }
        });
        &CANCEL
    })
}

/// A bar over all runs of a command; invisible where it would only clutter a log.
pub(crate) fn bar(terminal: &Terminal, runs: usize) -> ProgressBar {
    let target = if terminal.shows_progress() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(runs as u64), target);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} runs{left} · Ctrl-C keeps what is done") {
        bar.set_style(style.with_key("left", time_left));
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// The time left, once the first runs are done: before, nobody knows.
fn time_left(state: &ProgressState, out: &mut dyn std::fmt::Write) {
    if state.pos() > 0 {
        let _ = write!(out, " · {:#} left", HumanDuration(state.eta()));
    }
}

/// Says what is being done while nothing can be counted.
pub(crate) fn spinner(terminal: &Terminal, what: &'static str) -> ProgressBar {
    let target = if terminal.shows_progress() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let spinner = ProgressBar::with_draw_target(None, target).with_message(what);
    spinner.enable_steady_tick(Duration::from_millis(100));
    spinner
}
