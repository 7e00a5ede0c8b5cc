//! `cargo xtask validation`: docs/validation.md and its charts, every figure computed.

use std::fs;

use faultline_api::validation;

use crate::shell::top;
use crate::{Outcome, only};

/// Computes everything and writes the document and its charts.
///
/// # Errors
/// When something shipped does not load, or a file cannot be written.
pub fn validation(arguments: &[String]) -> Outcome {
    only(arguments, &[])?;
    let report = validation::report().map_err(|refusal| refusal.to_string())?;
    let folder = top().join("docs/images/validation");
    let files = report.charts.into_iter().map(|(name, content)| (folder.join(name), content));
    for (path, content) in files.chain([(top().join("docs/validation.md"), report.text.into_bytes())]) {
        path.parent().map_or(Ok(()), fs::create_dir_all).map_err(|e| format!("{}: {e}", path.display()))?;
        fs::write(&path, content).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    eprintln!("docs/validation.md and its charts are written.");
    Ok(())
}
