//! `cargo xtask test`: everything that can be tested, fastest first.

use std::process::Command;

use crate::node::{self, npm};
use crate::shell::{has_cargo, run, run_cargo, top};
use crate::{Outcome, app, fixtures, only, system};

/// Name of the one slow test: the plausibility checks over paired ensembles.
const SLOW: &str = "shipped_scenarios_show_the_patterns";

/// A suite: its name, whether `--fast` runs it, and how it is run.
struct Suite {
    name: &'static str,
    fast: bool,
    run: fn() -> Outcome,
}

const SUITES: &[Suite] = &[
    Suite { name: "rust", fast: true, run: rust },
    Suite { name: "ui", fast: false, run: ui },
    Suite { name: "shell", fast: false, run: shell },
    Suite { name: "window", fast: false, run: window },
    Suite { name: "browser", fast: false, run: browser },
    Suite { name: "plausibility", fast: false, run: plausibility },
];

/// Arguments of this chore, for the help.
pub const ARGUMENTS: &str = "[--fast] [SUITE…]";

/// Runs the suites that are named, or all; `--fast` leaves out whatever needs a window, a browser or minutes.
///
/// # Errors
/// When a suite fails; the others have been run nevertheless.
pub fn test(arguments: &[String]) -> Outcome {
    let names: Vec<&str> = SUITES.iter().map(|suite| suite.name).collect();
    only(arguments, &[&["--fast"], &names[..]].concat())?;
    let fast = arguments.iter().any(|argument| argument == "--fast");
    let named = arguments.len() > usize::from(fast);
    let chosen = SUITES.iter().filter(|suite| if named { arguments.iter().any(|name| name == suite.name) } else { suite.fast || !fast });
    let failures: Vec<String> = chosen.filter_map(|suite| (suite.run)().err().map(|problem| format!("{}: {problem}", suite.name))).collect();
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
}

/// The engine, its charts, the api, the command line, and what crosses them.
fn rust() -> Outcome {
    if has_cargo("nextest") {
        run_cargo(&["nextest", "run", "--locked", "--no-fail-fast", "--", "--skip", SLOW], &[])?;
        run_cargo(&["test", "--locked", "--doc"], &[])
    } else {
        run_cargo(&["test", "--locked", "--no-fail-fast", "--", "--skip", SLOW], &[])
    }
}

/// Types and state of the user interface.
fn ui() -> Outcome {
    node::packages()?;
    npm(&["run", "check"])?;
    npm(&["run", "test"])
}

/// The pages in a browser, against the recorded host.
fn browser() -> Outcome {
    if !["chromium", "google-chrome"].into_iter().any(system::has) && std::env::var_os("CHROMIUM").is_none() {
        system::ensure(system::BROWSER)?;
    }
    node::packages()?;
    fixtures::fixtures(&[])?;
    npm(&["run", "test:browser"])
}

/// What the window's own crate does without a window.
fn shell() -> Outcome {
    app::prepare()?;
    run_cargo(&["test", "--locked", "--package", "faultline-app"], &[])
}

/// The real window, driven as a person would.
fn window() -> Outcome {
    if !cfg!(target_os = "linux") {
        eprintln!("The real window is tested on Linux only: no driver for this system's web view is at hand.");
        return Ok(());
    }
    system::ensure(system::TEST)?;
    let binary = app::build(false)?;
    // One at a time: each looks at a window of its own on the one screen, and the engine takes all cores.
    let job = ["test", "--locked", "--package", "faultline-window-tests", "--", "--test-threads=1", "--nocapture"];
    let flows = || run(on_a_display("cargo").args(job).current_dir(top()).env("FAULTLINE_APP", &binary));
    // Keys go through an X server and a web view of another process, and on a busy machine one is lost now and then; what fails twice has failed.
    flows().or_else(|problem| {
        eprintln!("{problem}\nThe flows are tried once more; what failed stands above.");
        flows()
    })
}

/// A command on an invisible display of its own, so that the tests' keys and clicks go to the window and nowhere else.
pub fn on_a_display(program: &str) -> Command {
    let mut command = Command::new("xvfb-run");
    command.args(["-a", "-s", "-screen 0 1600x1100x24 -nolisten tcp", program]).env_remove("WAYLAND_DISPLAY");
    command
}

/// Paired ensembles against the patterns that the model must show.
fn plausibility() -> Outcome {
    run_cargo(&["test", "--locked", "--package", "faultline-tests", "--test", "plausibility", "--", "--nocapture"], &[])
}
