//! `cargo xtask picture`: the picture of the README.

use crate::shell::run_cargo;
use crate::{Outcome, only};

/// Draws fragmentation under three scenarios for the README.
///
/// # Errors
/// When the runs or the drawing fail.
pub fn picture(arguments: &[String]) -> Outcome {
    only(arguments, &[])?;
    let cli = ["run", "--release", "--locked", "--package", "faultline-cli", "--"];
    let job = ["chart", "fragmentation", "today-extended", "common-ground", "decoupling", "--out", "docs/images/fragmentation.svg", "--force"];
    run_cargo(&[&cli[..], &job].concat(), &[])
}
