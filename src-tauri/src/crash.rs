//! What is written down when the app itself fails.

use std::path::{Path, PathBuf};

use faultline_api::desk::crash;

/// Writes every panic into the data folder before the usual message goes to standard error.
pub(crate) fn watch(data: &Path) {
    let folder: PathBuf = data.to_path_buf();
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |fault| {
        let report = format!("Faultline {}\n{fault}\n{}", env!("CARGO_PKG_VERSION"), std::backtrace::Backtrace::force_capture());
        // A report that cannot be written must not hide the fault itself.
        let _ = crash::note(&folder, &report);
        usual(fault);
    }));
}

/// The newest report that nobody has been told of.
pub(crate) fn last(data: &Path) -> Option<String> {
    crash::take(data)
}
