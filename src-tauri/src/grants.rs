//! Which paths the page may name: only those that a person handed over, so that a page gone wrong reaches no other file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use faultline_api::Refusal;

use crate::app::failed;

/// Paths that came from a dialog, from the command line, from the list of recent files or from the recovery folder.
#[derive(Default)]
pub(crate) struct Grants {
    paths: Mutex<BTreeSet<PathBuf>>,
    /// The folder into which a chart was last exported: further ones may go there, under names that are free.
    exports: Mutex<Option<PathBuf>>,
}

impl Grants {
    /// From now on the page may name this path.
    pub(crate) fn grant(&self, path: &Path) {
        if let Ok(mut paths) = self.paths.lock() {
            paths.insert(path.to_path_buf());
        }
    }

    /// A chart was exported into this folder, which a person chose.
    pub(crate) fn export_into(&self, folder: Option<&Path>) {
        if let Ok(mut exports) = self.exports.lock() {
            *exports = folder.map(Path::to_path_buf);
        }
    }

    /// The folder into which a chart was last exported.
    pub(crate) fn exports(&self) -> Option<PathBuf> {
        self.exports.lock().ok()?.clone()
    }

    /// The path, if it was handed over.
    ///
    /// # Errors
    /// When nobody handed it over.
    pub(crate) fn check(&self, path: &str) -> Result<PathBuf, Refusal> {
        let path = PathBuf::from(path);
        if self.paths.lock().map_err(failed)?.contains(&path) {
            return Ok(path);
        }
        Err(Refusal::input(format!("“{}” was not chosen in a dialog; choose the file anew", path.display())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_that_were_handed_over_may_be_named() {
        let grants = Grants::default();
        grants.grant(Path::new("/documents/market.faultline"));
        assert!(grants.check("/documents/market.faultline").is_ok());
        for other in ["/documents/other.faultline", "/documents", "/documents/market.faultline/../x", ""] {
            assert!(grants.check(other).is_err(), "{other}");
        }
    }
}
