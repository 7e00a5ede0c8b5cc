//! `cargo xtask demo`: the main job in one command.

use crate::Outcome;
use crate::shell::run_cargo;

/// Compares three shipped scenarios into a folder of charts.
///
/// # Errors
/// When the comparison fails.
pub fn demo(arguments: &[String]) -> Outcome {
    let out = match arguments {
        [] => "charts-out",
        [out] => out,
        [_, unknown, ..] => return Err(format!("“{unknown}” is not understood; one folder may be named")),
    };
    let job = ["run", "--release", "--locked", "--package", "faultline-cli", "--", "compare", "today-extended", "common-ground", "decoupling"];
    run_cargo(&[&job[..], &["--out", out]].concat(), &[])
}
