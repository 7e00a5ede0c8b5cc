//! `cargo xtask test`: everything that can be tested, fastest first.

use crate::shell::{has_cargo, run_cargo};
use crate::{Outcome, only};

/// Name of the one slow test: the plausibility checks over paired ensembles.
const SLOW: &str = "shipped_scenarios_show_the_patterns";

/// Runs all tests; `--fast` leaves out the plausibility checks.
///
/// # Errors
/// When a test fails.
pub fn test(arguments: &[String]) -> Outcome {
    only(arguments, &["--fast"])?;
    let fast = !arguments.is_empty();
    if has_cargo("nextest") {
        run_cargo(&["nextest", "run", "--workspace", "--locked", "--no-fail-fast", "--", "--skip", SLOW], &[])?;
        run_cargo(&["test", "--workspace", "--locked", "--doc"], &[])?;
    } else {
        run_cargo(&["test", "--workspace", "--locked", "--no-fail-fast", "--", "--skip", SLOW], &[])?;
    }
    if fast {
        return Ok(());
    }
    run_cargo(&["test", "--locked", "--package", "faultline-tests", "--test", "plausibility", "--", "--nocapture"], &[])
}
