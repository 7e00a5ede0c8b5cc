//! `cargo xtask golden`: the golden files, written by the tests that read them.

use crate::shell::run_cargo;
use crate::{Outcome, only};

/// Environment variable that makes the golden tests write instead of compare.
pub const REWRITE: &str = "FAULTLINE_WRITE_GOLDEN";

/// Writes all golden files anew.
///
/// # Errors
/// When the tests that write them fail.
pub fn golden(arguments: &[String]) -> Outcome {
    only(arguments, &[])?;
    run_cargo(&["test", "--package", "faultline-tests", "--test", "suite", "golden"], &[(REWRITE, "1")])?;
    eprintln!("Golden files are written. They move only together with a “Results change” entry in CHANGELOG.md.");
    Ok(())
}
