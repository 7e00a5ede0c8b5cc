//! The recovery journal: what was not saved yet, written every few seconds, one file per session and document.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::documents::{json, mark};
use crate::disk::Held;
use crate::refusal::Refusal;
use crate::wire_desktop::{Condition, Opened, RecoveryLine, Workspace};
use crate::{clock, disk};

/// Largest journal that is read, in bytes.
const MAX_JOURNAL: u64 = 16 << 20;

/// A journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Journal {
    session: String,
    path: Option<String>,
    when: String,
    workspace: Workspace,
}

fn room(folder: &Path) -> PathBuf {
    folder.join("recovery")
}

fn file(folder: &Path, session: &str, path: Option<&Path>) -> PathBuf {
    let document = path.map_or_else(|| "untitled".to_owned(), mark);
    room(folder).join(format!("{session}-{document}.json"))
}

/// The mark of a session that is still going on.
fn presence(folder: &Path, session: &str) -> PathBuf {
    room(folder).join(format!(".{session}.lock"))
}

/// Says to other sessions that this one is going on, for as long as what is returned is kept.
pub(crate) fn attend(folder: &Path, session: &str) -> Option<Held> {
    disk::make_folder(&room(folder)).ok()?;
    disk::hold(&presence(folder, session))
}

/// Whether another session is still going on: then its journal is nobody else's business.
fn attended(folder: &Path, session: &str) -> bool {
    let mark = presence(folder, session);
    if !disk::exists(&mark) {
        return false;
    }
    let ended = disk::hold(&mark).is_some();
    if ended {
        // Nobody comes back to it; what is in the way of removing it is in nobody's way.
        let _ = disk::remove(&mark);
    }
    !ended
}

/// Writes the document into the journal of this session.
///
/// # Errors
/// When the folder cannot be written to.
pub(crate) fn write(folder: &Path, session: &str, workspace: &Workspace, path: Option<&Path>) -> Result<(), Refusal> {
    disk::make_folder(&room(folder))?;
    let shown = path.map(|p| p.display().to_string());
    let journal = Journal { session: session.to_owned(), path: shown, when: clock::now(), workspace: workspace.clone() };
    disk::write_file(&file(folder, session, path), &json(&journal)?, true)
}

/// Nothing is left to recover of a document of this session.
///
/// # Errors
/// When the journal cannot be removed.
pub(crate) fn done(folder: &Path, session: &str, path: Option<&Path>) -> Result<(), Refusal> {
    // A document that has just got its first name was in the journal without one.
    for path in [path, None] {
        let file = file(folder, session, path);
        if disk::exists(&file) {
            disk::remove(&file)?;
        }
    }
    Ok(())
}

fn read(file: &Path) -> Option<Journal> {
    serde_json::from_str(&disk::read_text(file, MAX_JOURNAL).ok()?).ok()
}

/// Journals that other sessions left behind, the newest first.
pub(crate) fn left(folder: &Path, session: &str) -> Vec<RecoveryLine> {
    let line = |file: &PathBuf| {
        let journal = read(file).filter(|journal| journal.session != session)?;
        let id = file.file_stem()?.to_str()?.to_owned();
        // The session's name is read off the file's own name, which can be no path.
        let session = id.rsplit_once('-').map_or(id.as_str(), |(session, _)| session);
        if attended(folder, session) {
            return None;
        }
        Some(RecoveryLine { id: id.clone(), path: journal.path, title: journal.workspace.title, when: journal.when })
    };
    let mut lines: Vec<RecoveryLine> = disk::list(&room(folder)).iter().filter_map(line).collect();
    lines.sort_by(|a, b| b.when.cmp(&a.when));
    lines
}

/// The file of an id; an id is never a path.
fn of_id(folder: &Path, id: &str) -> Result<PathBuf, Refusal> {
    let plain = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let file = room(folder).join(format!("{id}.json"));
    if plain && disk::exists(&file) { Ok(file) } else { Err(Refusal::input("there is nothing to recover under this name any more")) }
}

/// Takes over a journal of another session: it becomes one of this session, so that nothing is lost before it is saved.
///
/// # Errors
/// When it is no longer there or cannot be read.
pub(crate) fn recover(folder: &Path, session: &str, id: &str) -> Result<Opened, Refusal> {
    let file = of_id(folder, id)?;
    let journal = read(&file).ok_or_else(|| Refusal::input("the recovery journal is damaged; the file as it was last saved is as it was"))?;
    write(folder, session, &journal.workspace, journal.path.as_deref().map(Path::new))?;
    disk::remove(&file)?;
    Ok(Opened {
        workspace: journal.workspace,
        path: journal.path,
        condition: Condition::Whole,
        read_only: false,
        notices: vec![format!("Recovered from {}. It is not saved yet.", journal.when)],
        has_results: false,
    })
}

/// Gives up a journal.
///
/// # Errors
/// When it cannot be removed.
pub(crate) fn discard(folder: &Path, id: &str) -> Result<(), Refusal> {
    disk::remove(&of_id(folder, id)?)
}
