//! What is known of a crash, for the next start.

use std::path::{Path, PathBuf};

use crate::refusal::Refusal;
use crate::{clock, disk};

/// Reports kept.
const KEPT: usize = 5;

/// Longest report that is read, in bytes.
const MAX_REPORT: u64 = 64 << 10;

fn room(folder: &Path) -> PathBuf {
    folder.join("crashes")
}

/// Writes down a crash.
///
/// # Errors
/// When the folder of the program cannot be written to.
pub fn note(folder: &Path, text: &str) -> Result<(), Refusal> {
    let room = room(folder);
    disk::make_folder(&room)?;
    let bounded: String = text.chars().take(16_000).collect();
    disk::write_file(&room.join(format!("crash-{}.new", clock::stamp())), bounded.as_bytes(), true)?;
    let kept = disk::list(&room);
    kept.iter().take(kept.len().saturating_sub(KEPT)).try_for_each(|old| disk::remove(old))
}

/// The newest crash that was not shown yet; it is not given again.
pub fn take(folder: &Path) -> Option<String> {
    let fresh: Vec<PathBuf> = disk::list(&room(folder)).into_iter().filter(|file| file.extension().is_some_and(|e| e == "new")).collect();
    let text = fresh.last().and_then(|file| disk::read_text(file, MAX_REPORT).ok());
    for file in fresh {
        // A report that cannot be renamed is shown once more; that is all.
        let _ = disk::rename(&file, &file.with_extension("txt"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crash_is_told_once_and_five_are_kept() {
        let room = tempfile::tempdir().unwrap();
        assert_eq!(take(room.path()), None);
        for n in 0..8 {
            note(room.path(), &format!("crash {n}")).unwrap();
        }
        assert_eq!(take(room.path()).as_deref(), Some("crash 7"));
        assert_eq!(take(room.path()), None);
        assert_eq!(disk::list(&super::room(room.path())).len(), KEPT);
    }
}
