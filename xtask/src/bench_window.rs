//! `cargo xtask bench-window`: what the real window takes, into the table of docs/performance.md.

use std::fs;

use crate::Outcome;
use crate::app;
use crate::bench::machine;
use crate::markers::{replaced, table};
use crate::shell::{run_cargo, target, top};
use crate::suites::on_a_display;
use crate::system;

/// Measures the release build and renews the table; minutes of dragging may be given (default: 10).
///
/// # Errors
/// When something does not build or run, or the table cannot be written.
pub fn bench_window(arguments: &[String]) -> Outcome {
    let minutes = match arguments {
        [] => "10".to_owned(),
        [minutes] => minutes.parse::<u32>().map_err(|_| format!("“{minutes}” is no number of minutes"))?.to_string(),
        [_, unknown, ..] => return Err(format!("“{unknown}” is not understood; minutes of dragging may be named")),
    };
    system::ensure(system::TEST)?;
    let binary = app::build(true)?;
    run_cargo(&["build", "--locked", "--package", "faultline-window-tests", "--bin", "measure-window"], &[])?;
    let mut measure = on_a_display(&target().join("debug/measure-window").display().to_string());
    let answer = measure
        .arg(&minutes)
        .env("FAULTLINE_APP", &binary)
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|e| format!("cannot measure: {e}"))?;
    let text = String::from_utf8_lossy(&answer.stdout);
    print!("{text}");
    if !answer.status.success() {
        return Err("the measurement failed".into());
    }
    let rows = text.lines().map(|line| line.split('\t').map(str::to_owned).collect::<Vec<String>>());
    let block = format!("Measured on {}.\n\n{}", machine(), table(&["what", "median", "95th percentile, or most", "unit", "number"], rows));
    let path = top().join("docs/performance.md");
    let document = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    fs::write(&path, replaced(&document, "window", &block)?).map_err(|e| format!("{}: {e}", path.display()))
}
