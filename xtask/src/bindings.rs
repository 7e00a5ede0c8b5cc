//! `cargo xtask bindings`: the TypeScript types of everything that crosses the wire, read off the api.

use std::fs;
use std::path::PathBuf;

use faultline_api::wire_desktop;

use crate::shell::top;
use crate::{Outcome, only};

/// Renews the file, or with `--check` says whether it is stale.
///
/// # Errors
/// When the file cannot be read or written, or (with `--check`) is stale.
pub fn bindings(arguments: &[String]) -> Outcome {
    only(arguments, &["--check"])?;
    if !arguments.is_empty() {
        return check();
    }
    let path = path();
    let folder = path.parent().map_or_else(top, PathBuf::from);
    fs::create_dir_all(&folder).and_then(|()| fs::write(&path, wire_desktop::bindings())).map_err(|e| format!("{}: {e}", path.display()))
}

/// Whether the file is that of the code.
///
/// # Errors
/// A sentence when it is not, or when that cannot be told.
pub fn check() -> Outcome {
    let written = fs::read_to_string(path()).map_err(|e| format!("{}: {e}", path().display()))?;
    if written == wire_desktop::bindings() { Ok(()) } else { Err("ui/src/bindings/index.ts is stale; run: cargo xtask bindings".to_owned()) }
}

fn path() -> PathBuf {
    top().join("ui/src/bindings/index.ts")
}
