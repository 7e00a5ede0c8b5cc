//! The only place where files are read and written: bounded reads, and writes that are whole or not there at all.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use crate::refusal::Refusal;

/// Largest text that is read, in bytes.
pub const MAX_TEXT: u64 = 1 << 20;

/// File that marks a folder as written by Faultline, so that it may be replaced.
pub const MARK: &str = "provenance.json";

/// Reads a text file of at most `limit` bytes.
///
/// # Errors
/// When it is missing, no regular file, too large or not UTF-8.
pub fn read_text(path: &Path, limit: u64) -> Result<String, Refusal> {
    let shown = path.display();
    let refuse = |what: String| Refusal::input(format!("{shown}: {what}"));
    let about = fs::metadata(path).map_err(|e| refuse(reason(&e)))?;
    if !about.is_file() {
        return Err(refuse("is not a file".to_owned()));
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|e| refuse(reason(&e)))?;
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|e| refuse(reason(&e)))?;
    if bytes.len() as u64 > limit {
        return Err(refuse(format!("is larger than {limit} bytes, the most that is read. Split it, or remove what is not needed")));
    }
    String::from_utf8(bytes).map_err(|e| refuse(format!("is not a UTF-8 text (byte {} is none). Save it as UTF-8", e.utf8_error().valid_up_to() + 1)))
}

/// Whether something exists at a path.
pub fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Writes a file whole: to a temporary file beside it, then renamed. An existing file is replaced only with `replace`.
///
/// # Errors
/// When it exists, or when the folder cannot be written to or is full; nothing is left behind then.
pub fn write_file(path: &Path, content: &[u8], replace: bool) -> Result<(), Refusal> {
    if special(path) {
        return fs::OpenOptions::new()
            .write(true)
            .open(path)
            .and_then(|mut f| f.write_all(content).and_then(|()| f.flush()))
            .map_err(|e| cannot(path, &e));
    }
    write_with(path, replace, |temporary| fs::write(temporary, content).map_err(|e| cannot(path, &e)))
}

/// As [`write_file`], with the content written by `write` to the temporary file that it is given.
///
/// # Errors
/// As for [`write_file`], and what `write` refuses.
pub fn write_with(path: &Path, replace: bool, write: impl FnOnce(&Path) -> Result<(), Refusal>) -> Result<(), Refusal> {
    if path.is_dir() {
        return Err(Refusal::write(format!("{} is a folder. Name a file", path.display())));
    }
    if exists(path) && !replace {
        return Err(Refusal::write(format!("{} exists already. Choose another name, or give --force to replace it", path.display())));
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let temporary = tempfile::Builder::new().prefix(".faultline-").tempfile_in(folder).map_err(|e| cannot(path, &e))?;
    write(temporary.path())?;
    readable(temporary.path());
    temporary.persist(path).map_err(|e| cannot(path, &e.error))?;
    Ok(())
}

/// A device or pipe, which is written to as it is.
fn special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir())
}

/// A folder that appears whole under its name, or not at all.
pub struct Publication {
    target: PathBuf,
    temporary: tempfile::TempDir,
    replace: bool,
}

impl Publication {
    /// Prepares a folder beside `target`.
    ///
    /// # Errors
    /// When `target` exists (with `replace`: when Faultline did not write it), or its parent cannot be written to.
    pub fn begin(target: &Path, replace: bool) -> Result<Publication, Refusal> {
        check_target(target, replace)?;
        let parent = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(parent).map_err(|e| cannot(target, &e))?;
        let temporary = tempfile::Builder::new().prefix(".faultline-").tempdir_in(parent).map_err(|e| cannot(target, &e))?;
        Ok(Publication { target: target.to_owned(), temporary, replace })
    }

    /// Path at which a file of the publication is written for now; its folder exists.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn path(&self, name: &str) -> Result<PathBuf, Refusal> {
        let path = self.temporary.path().join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|e| cannot(&self.target, &e))?;
        }
        Ok(path)
    }

    /// Writes a file of the publication.
    ///
    /// # Errors
    /// When the disk is full or fails.
    pub fn write(&self, name: &str, content: &[u8]) -> Result<(), Refusal> {
        let path = self.path(name)?;
        fs::write(&path, content).map_err(|e| cannot(&self.target, &e))
    }

    /// Puts the folder in its place.
    ///
    /// # Errors
    /// When it cannot be renamed; what stood there before stays.
    pub fn finish(self) -> Result<(), Refusal> {
        check_target(&self.target, self.replace)?;
        open_to_all(self.temporary.path());
        let aside = self.target.with_file_name(format!(".faultline-old-{}", std::process::id()));
        let replaced = exists(&self.target);
        if replaced {
            fs::rename(&self.target, &aside).map_err(|e| cannot(&self.target, &e))?;
        }
        if let Err(e) = fs::rename(self.temporary.path(), &self.target) {
            if replaced {
                // What was there goes back where it was; if even that fails, the message names where it is.
                fs::rename(&aside, &self.target)
                    .map_err(|_| Refusal::write(format!("{}: {}; the former folder is at {}", self.target.display(), reason(&e), aside.display())))?;
            }
            return Err(cannot(&self.target, &e));
        }
        if replaced {
            fs::remove_dir_all(&aside).map_err(|e| {
                Refusal::write(format!(
                    "{} is written; the former one at {} could not be removed: {}",
                    self.target.display(),
                    aside.display(),
                    reason(&e)
                ))
            })?;
        }
        Ok(())
    }
}

/// Whether a folder may be written at `target`.
///
/// # Errors
/// When something is there that must not be replaced.
pub fn check_target(target: &Path, replace: bool) -> Result<(), Refusal> {
    if !exists(target) {
        return Ok(());
    }
    let shown = target.display();
    if !target.is_dir() {
        return Err(Refusal::write(format!("{shown} exists and is not a folder. Choose another name for --out")));
    }
    let empty = fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_none());
    match (empty, replace, target.join(MARK).is_file()) {
        (true, ..) | (false, true, true) => Ok(()),
        (false, true, false) => {
            Err(Refusal::write(format!("{shown} holds files that Faultline did not write, so --force does not replace it. Choose another folder")))
        }
        (false, false, _) => Err(Refusal::write(format!(
            "{shown} exists and is not empty. Choose another folder, or give --force to replace what Faultline wrote there"
        ))),
    }
}

/// Temporary files are private; what is published is as open as other files.
#[cfg(unix)]
fn readable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    // A file system without permissions refuses this, and needs none.
    let _ = fs::set_permissions(path, fs::Permissions::from_mode(0o644));
}

#[cfg(not(unix))]
fn readable(_: &Path) {}

#[cfg(unix)]
fn open_to_all(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let _ = fs::set_permissions(path, fs::Permissions::from_mode(0o755));
}

#[cfg(not(unix))]
fn open_to_all(_: &Path) {}

fn cannot(path: &Path, error: &std::io::Error) -> Refusal {
    Refusal::write(format!("{} was not written: {}. Nothing was changed", path.display(), reason(error)))
}

/// An error of the system in plain words.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_publication_is_whole_or_not_there() {
        let room = tempfile::tempdir().unwrap();
        let target = room.path().join("out");
        {
            let abandoned = Publication::begin(&target, false).unwrap();
            abandoned.write("a.txt", b"a").unwrap();
        }
        assert_eq!(fs::read_dir(room.path()).unwrap().count(), 0, "an abandoned publication leaves nothing");
        let publication = Publication::begin(&target, false).unwrap();
        publication.write("charts/a.txt", b"a").unwrap();
        publication.write(MARK, b"{}").unwrap();
        publication.finish().unwrap();
        assert_eq!(fs::read(target.join("charts/a.txt")).unwrap(), b"a");
        assert_eq!(fs::read_dir(room.path()).unwrap().count(), 1);
    }

    #[test]
    fn foreign_files_are_never_replaced() {
        let room = tempfile::tempdir().unwrap();
        let target = room.path().join("out");
        fs::create_dir(&target).unwrap();
        fs::write(target.join("thesis.doc"), b"years of work").unwrap();
        assert!(Publication::begin(&target, false).is_err());
        assert!(Publication::begin(&target, true).is_err());
        assert_eq!(fs::read(target.join("thesis.doc")).unwrap(), b"years of work");
        fs::write(target.join(MARK), b"{}").unwrap();
        let publication = Publication::begin(&target, true).unwrap();
        publication.write(MARK, b"{}").unwrap();
        publication.finish().unwrap();
        assert!(!target.join("thesis.doc").exists(), "a folder with our mark is replaced as a whole");
    }

    #[test]
    fn reads_are_bounded_and_refuse_what_is_no_text() {
        let room = tempfile::tempdir().unwrap();
        let path = room.path().join("file");
        fs::write(&path, vec![b'a'; 11]).unwrap();
        assert!(read_text(&path, 10).unwrap_err().message.contains("larger than 10 bytes"));
        assert_eq!(read_text(&path, 11).unwrap().len(), 11);
        fs::write(&path, [0xff, 0xfe]).unwrap();
        assert!(read_text(&path, 10).unwrap_err().message.contains("UTF-8"));
        assert!(read_text(room.path(), 10).unwrap_err().message.contains("not a file"));
    }

    #[test]
    fn a_file_is_replaced_only_when_asked() {
        let room = tempfile::tempdir().unwrap();
        let path = room.path().join("a.svg");
        write_file(&path, b"one", false).unwrap();
        assert!(write_file(&path, b"two", false).is_err());
        assert_eq!(fs::read(&path).unwrap(), b"one");
        write_file(&path, b"two", true).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
    }
}
