//! System dialogs: they hand over paths, and only what they hand over may be read or written.

use std::path::PathBuf;

use faultline_api::Refusal;
use serde::Deserialize;
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder};

use crate::app::{MAIN, failed};
use crate::grants::Grants;

/// What a dialog shows; the words come from the page.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Words {
    /// Title of the dialog.
    title: String,
    /// What the files are called in the list of kinds.
    kind: String,
    /// Their extensions, without dot; the first is added to a name without any.
    extensions: Vec<String>,
    /// Name proposed for a new file.
    #[serde(default)]
    name: String,
}

impl Words {
    /// Name proposed for a new file.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

/// Asks for a file to open; `None` when the person thought better of it. Blocks: never call it on the main thread.
///
/// # Errors
/// When the dialog hands over something that is no file of this machine.
pub(crate) fn open(app: &AppHandle, words: &Words) -> Result<Option<PathBuf>, Refusal> {
    granted(app, dialog(app, words).blocking_pick_file())
}

/// Asks where to write; the system's dialog asks before it replaces. Blocks: never call it on the main thread.
///
/// # Errors
/// When the dialog hands over something that is no file of this machine.
pub(crate) fn save(app: &AppHandle, words: &Words) -> Result<Option<PathBuf>, Refusal> {
    let chosen = dialog(app, words).set_file_name(&words.name).blocking_save_file();
    let Some(path) = granted(app, chosen)? else { return Ok(None) };
    let path = with_extension(path, &words.extensions);
    app.state::<Grants>().grant(&path);
    Ok(Some(path))
}

/// The granted path that the page names, or the one that a dialog hands over.
///
/// # Errors
/// When the page names a path that nobody handed over.
pub(crate) fn path_or(
    app: &AppHandle,
    path: Option<String>,
    words: &Words,
    dialog: fn(&AppHandle, &Words) -> Result<Option<PathBuf>, Refusal>,
) -> Result<Option<PathBuf>, Refusal> {
    match path {
        Some(path) => app.state::<Grants>().check(&path).map(Some),
        None => dialog(app, words),
    }
}

fn dialog(app: &AppHandle, words: &Words) -> FileDialogBuilder<tauri::Wry> {
    let extensions: Vec<&str> = words.extensions.iter().map(String::as_str).collect();
    let dialog = app.dialog().file().set_title(&words.title).add_filter(&words.kind, &extensions);
    match app.get_webview_window(MAIN) {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    }
}

fn granted(app: &AppHandle, chosen: Option<tauri_plugin_dialog::FilePath>) -> Result<Option<PathBuf>, Refusal> {
    let Some(chosen) = chosen else { return Ok(None) };
    let path = chosen.into_path().map_err(failed)?;
    app.state::<Grants>().grant(&path);
    Ok(Some(path))
}

/// GTK's dialog leaves the name as it was typed.
fn with_extension(path: PathBuf, extensions: &[String]) -> PathBuf {
    let known = path.extension().is_some_and(|typed| extensions.iter().any(|e| typed.eq_ignore_ascii_case(e)));
    match extensions.first() {
        Some(first) if !known => {
            let mut name = path.into_os_string();
            name.push(".");
            name.push(first);
            PathBuf::from(name)
        }
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_typed_without_extension_gets_one_and_every_other_stays() {
        let extensions = ["faultline".to_owned()];
        for (typed, expected) in [("a", "a.faultline"), ("a.faultline", "a.faultline"), ("a.FAULTLINE", "a.FAULTLINE"), ("v1.2", "v1.2.faultline")] {
            assert_eq!(with_extension(PathBuf::from(typed), &extensions), PathBuf::from(expected));
        }
    }
}
