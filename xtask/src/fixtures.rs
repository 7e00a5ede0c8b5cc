//! `cargo xtask fixtures`: real answers of the api, recorded for the pages in a browser tab and for their tests.
//!
//! They are made when they are needed and are no part of the tree, so that they are always those of the engine at hand.

use std::fs;

use faultline_api::desk::{Desk, record};

use crate::shell::top;
use crate::{Outcome, only};

/// Writes the answers to ui/src/host/fixtures.
///
/// # Errors
/// When an answer is refused or cannot be written.
pub fn fixtures(arguments: &[String]) -> Outcome {
    only(arguments, &[])?;
    let room = top().join("ui/src/host/fixtures");
    fs::create_dir_all(&room).map_err(|e| format!("{}: {e}", room.display()))?;
    let desk = Desk::new(top().join("target/fixtures-desk"));
    record(&desk, &mut |name, json| {
        let path = room.join(format!("{name}.json"));
        fs::write(&path, json).map_err(|e| format!("{}: {e}", path.display()))
    })
}
