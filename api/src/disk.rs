//! The only place where files are read and written: bounded reads, and writes that are whole or not there at all.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::refusal::Refusal;

/// Largest text that is read, in bytes.
pub const MAX_TEXT: u64 = 1 << 20;

/// How the names of files begin that are not whole yet.
const HALF_WRITTEN: &str = ".faultline-";

/// Reads a text file of at most `limit` bytes.
///
/// # Errors
/// When it is missing, no regular file, too large or not UTF-8.
pub fn read_text(path: &Path, limit: u64) -> Result<String, Refusal> {
    String::from_utf8(read_bytes(path, limit)?).map_err(|e| {
        let first = e.utf8_error().valid_up_to() + 1;
        Refusal::input(format!("{}: is not a UTF-8 text (byte {first} is none). Save it as UTF-8", path.display()))
    })
}

/// Reads a file of at most `limit` bytes.
///
/// # Errors
/// When it cannot be read, is no file, or is larger.
pub fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, Refusal> {
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
    Ok(bytes)
}

/// Files in a folder of the program’s own, by name; none where there is no such folder.
pub(crate) fn list(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.retain(|path| !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')));
    files.sort();
    files
}

/// Whether a folder has an entry, of any kind, whose name begins so.
pub(crate) fn has_entry(folder: &Path, beginning: &str) -> bool {
    let mut entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries.any(|entry| entry.file_name().to_string_lossy().starts_with(beginning))
}

/// Makes a folder of the program’s own, with all above it.
///
/// # Errors
/// When it cannot be made.
pub(crate) fn make_folder(folder: &Path) -> Result<(), Refusal> {
    fs::create_dir_all(folder).map_err(|e| cannot(folder, &e))
}

/// The first of `name`, `name-2`, `name-3` … that is not taken.
pub(crate) fn free_name(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut names = std::iter::once(name.to_owned()).chain((2..=u32::MAX).map(|n| format!("{name}-{n}")));
    names.find(|candidate| !taken(candidate)).unwrap_or_else(|| name.to_owned())
}

/// What takes the place of a folder that cannot be made or written to: a fresh one among the temporary ones. Nothing when it can.
pub fn instead_of(folder: &Path) -> Option<PathBuf> {
    let tried = fs::create_dir_all(folder).and_then(|()| tempfile::tempfile_in(folder));
    // Its name cannot be foreseen and nobody else may enter it, as what a web view keeps of its pages lies there.
    if tried.is_ok() { None } else { builder(0o700).tempdir().ok().map(tempfile::TempDir::keep) }
}

/// Removes a file of the program’s own.
///
/// # Errors
/// When it is not there or cannot be removed.
pub(crate) fn remove(file: &Path) -> Result<(), Refusal> {
    fs::remove_file(file).map_err(|e| Refusal::write(format!("{} was not removed: {}", file.display(), reason(&e))))
}

/// Renames a file of the program’s own.
///
/// # Errors
/// When it cannot be renamed.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<(), Refusal> {
    fs::rename(from, to).map_err(|e| cannot(from, &e))
}

/// A file that this process holds until it ends or lets go; the system lets go for a process that dies.
#[derive(Debug)]
pub(crate) struct Held(#[expect(dead_code, reason = "the lock lasts as long as the file is open")] fs::File);

/// Holds a file of the program’s own, which is made when needed; nothing when another process holds it, or none can be made.
pub(crate) fn hold(path: &Path) -> Option<Held> {
    let file = fs::OpenOptions::new().create(true).truncate(false).write(true).open(path).ok()?;
    file.try_lock().ok()?;
    Some(Held(file))
}

/// A path as it is known from everywhere.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}

/// A new file to be written piece by piece, inside a publication or at a temporary name.
///
/// # Errors
/// What the system says.
pub fn create(path: &Path) -> std::io::Result<fs::File> {
    fs::File::create(path)
}

/// A file to be read piece by piece.
///
/// # Errors
/// When it cannot be opened.
pub(crate) fn open(path: &Path) -> Result<fs::File, Refusal> {
    fs::File::open(path).map_err(|e| Refusal::input(reason(&e)))
}

/// As [`hold`], for a file that is there and that a person named.
///
/// # Errors
/// When another program holds it, or it cannot be opened.
pub(crate) fn hold_named(path: &Path) -> Result<Held, Refusal> {
    let file = fs::OpenOptions::new().read(true).append(true).open(path).map_err(|e| cannot(path, &e))?;
    match file.try_lock() {
        Ok(()) => Ok(Held(file)),
        // Some network disks know no locks; there nobody is kept out.
        Err(fs::TryLockError::Error(e)) if e.kind() == ErrorKind::Unsupported => Ok(Held(file)),
        Err(fs::TryLockError::WouldBlock) => Err(Refusal::write(format!(
            "{} is in use by another program that writes there. Wait until it ends, or choose another folder",
            path.display()
        ))),
        Err(fs::TryLockError::Error(e)) => Err(cannot(path, &e)),
    }
}

/// Removes what a killed program left half-written in a folder.
pub(crate) fn sweep(folder: &Path) {
    let ours = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with(HALF_WRITTEN) && entry.path().is_file();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten().filter(ours) {
        // What cannot be removed is in nobody's way.
        let _ = fs::remove_file(entry.path());
    }
}

/// Whether something exists at a path.
pub fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Writes a file whole: to a temporary file beside it, then renamed. An existing file is replaced only with `replace`.
///
/// A device or pipe is written to as it is; behind a link it is the file itself that is replaced.
///
/// # Errors
/// When it exists, or when the folder cannot be written to or is full; nothing is left behind then.
pub fn write_file(path: &Path, content: &[u8], replace: bool) -> Result<(), Refusal> {
    write_file_with(path, replace, |file| file.write_all(content))
}

/// As [`write_file`], for content that is written bit by bit.
///
/// # Errors
/// As for [`write_file`].
pub fn write_file_with(path: &Path, replace: bool, write: impl FnOnce(&mut fs::File) -> std::io::Result<()>) -> Result<(), Refusal> {
    if special(path) {
        let mut file = fs::OpenOptions::new().write(true).open(path).map_err(|e| cannot(path, &e))?;
        return write(&mut file).map_err(|e| cannot(path, &e));
    }
    check_file_target(path, replace)?;
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut temporary = builder(0o666).tempfile_in(parent(&target)).map_err(|e| cannot(path, &e))?;
    write(temporary.as_file_mut()).and_then(|()| temporary.as_file().sync_all()).map_err(|e| cannot(path, &e))?;
    temporary.persist(&target).map_err(|e| cannot(path, &e.error))?;
    Ok(())
}

/// Whether a file may be written at `path`; asked before the work, so that nobody waits for a refusal.
///
/// # Errors
/// When something is there that must not be replaced, or the folder is missing.
pub fn check_file_target(path: &Path, replace: bool) -> Result<(), Refusal> {
    let shown = path.display();
    if special(path) {
        return Ok(());
    }
    if path.is_dir() {
        return Err(Refusal::write(format!("{shown} is a folder. Name a file")));
    }
    if exists(path) && !replace {
        return Err(Refusal::write(format!("{shown} exists already. Choose another name, or give --force to replace it")));
    }
    let folder = parent(path);
    if !folder.is_dir() {
        return Err(Refusal::write(format!("{shown} was not written: there is no folder {}. Make it first", folder.display())));
    }
    Ok(())
}

/// A device or pipe, which is written to as it is.
fn special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir())
}

/// The folder that a path lies in.
fn parent(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes temporary files and folders that are as open to others as the user lets new files be.
#[cfg(unix)]
fn builder(mode: u32) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(HALF_WRITTEN).permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
    builder
}

#[cfg(not(unix))]
fn builder(_: u32) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(HALF_WRITTEN);
    builder
}

/// A file that Faultline wrote, as recorded in the provenance of its folder.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// Path within the folder, with `/`.
    pub name: String,
    /// SHA-256 of the content.
    pub sha256: String,
}

impl Written {
    /// The record of a file with this content.
    pub fn new(name: &str, content: &[u8]) -> Written {
        Written { name: name.to_owned(), sha256: hex(&Sha256::digest(content)) }
    }
}

/// What has become of a file since it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Now {
    /// It is as it was.
    Same,
    /// It has another content, or cannot be read.
    Changed,
    /// It is not there any more.
    Missing,
}

impl Written {
    /// What has become of it in `folder`.
    pub fn now(&self, folder: &Path) -> Now {
        let path = folder.join(&self.name);
        // A record from a stranger must not make anybody read elsewhere on the disk.
        if !self.lies_within() || !path.is_file() {
            return Now::Missing;
        }
        if hash_file(&path).is_ok_and(|sha256| sha256 == self.sha256) { Now::Same } else { Now::Changed }
    }

    /// Whether its name leads nowhere but into its folder.
    fn lies_within(&self) -> bool {
        Path::new(&self.name).components().all(|part| matches!(part, std::path::Component::Normal(_)))
    }
}

/// A folder of results that appears whole under its name, or not at all.
///
/// A new folder is made beside its place and renamed. Into a folder that is there already, files are moved at the very end;
/// if that fails half-way, everything is moved back.
pub struct Publication {
    target: PathBuf,
    temporary: tempfile::TempDir,
    former: Vec<Written>,
    written: Vec<Written>,
}

impl Publication {
    /// Prepares to publish to `target`. `former` lists what Faultline wrote there before and may now replace.
    ///
    /// # Errors
    /// When `target` holds anything and `former` is `None`, a former file was changed by somebody, or nothing can be written.
    pub fn begin(target: &Path, former: Option<Vec<Written>>) -> Result<Publication, Refusal> {
        check_folder_target(target, former.as_deref())?;
        let room = if target.is_dir() { target } else { parent(target) };
        fs::create_dir_all(room).map_err(|e| cannot(target, &e))?;
        let temporary = builder(0o777).tempdir_in(room).map_err(|e| cannot(target, &e))?;
        let former = former.unwrap_or_default().into_iter().filter(|file| target.join(&file.name).is_file()).collect();
        Ok(Publication { target: target.to_owned(), temporary, former, written: Vec::new() })
    }

    /// Writes a file of the publication.
    ///
    /// # Errors
    /// When the disk is full or fails, or somebody else’s file of that name is there.
    pub fn write(&mut self, name: &str, content: &[u8]) -> Result<(), Refusal> {
        self.write_with(name, |file| file.write_all(content))
    }

    /// Writes a file of the publication bit by bit.
    ///
    /// # Errors
    /// As for [`Publication::write`].
    pub fn write_with(&mut self, name: &str, write: impl FnOnce(&mut fs::File) -> std::io::Result<()>) -> Result<(), Refusal> {
        let theirs = self.target.join(name);
        if exists(&theirs) && !self.former.iter().any(|file| file.name == name) {
            return Err(Refusal::write(format!("{} is not from Faultline and is not replaced. Move it, or choose another folder", theirs.display())));
        }
        let path = self.temporary.path().join(name);
        fs::create_dir_all(parent(&path)).map_err(|e| cannot(&self.target, &e))?;
        let made = fs::File::create(&path).and_then(|mut file| write(&mut file).and_then(|()| file.sync_all()));
        made.map_err(|e| cannot(&self.target, &e))?;
        let sha256 = hash_file(&path).map_err(|e| cannot(&self.target, &e))?;
        self.written.push(Written { name: name.to_owned(), sha256 });
        Ok(())
    }

    /// What has been written so far.
    pub fn written(&self) -> &[Written] {
        &self.written
    }

    /// Puts everything in its place; gives the names of the files.
    ///
    /// # Errors
    /// When something cannot be renamed; what stood there before stays.
    pub fn finish(self) -> Result<Vec<String>, Refusal> {
        let names: Vec<String> = self.written.iter().map(|file| file.name.clone()).collect();
        if !self.target.is_dir() {
            fs::rename(self.temporary.path(), &self.target).map_err(|e| cannot(&self.target, &e))?;
            return Ok(names);
        }
        let former: Vec<String> = self.former.iter().map(|file| file.name.clone()).collect();
        let aside = self.temporary.path().join("former");
        let mut moved = Vec::new();
        let result =
            move_all(&self.target, &aside, &former, &mut moved).and_then(|()| move_all(self.temporary.path(), &self.target, &names, &mut moved));
        if let Err(e) = result {
            for (from, to) in moved.iter().rev() {
                // A second failure here would hide the first one, which is what can be acted on.
                let _ = fs::rename(to, from);
            }
            return Err(cannot(&self.target, &e));
        }
        for name in &former {
            // A folder of former files goes when it is empty; the system refuses to remove any other.
            let folder = self.target.join(name).parent().map(Path::to_owned).filter(|folder| *folder != self.target);
            folder.map(fs::remove_dir);
        }
        Ok(names)
    }
}

/// Renames files from one folder to another, noting each.
fn move_all(from: &Path, to: &Path, names: &[String], moved: &mut Vec<(PathBuf, PathBuf)>) -> std::io::Result<()> {
    for name in names {
        let (source, target) = (from.join(name), to.join(name));
        fs::create_dir_all(parent(&target))?;
        fs::rename(&source, &target)?;
        moved.push((source, target));
    }
    Ok(())
}

/// Whether results may be written to the folder `target`; asked before the work. `former` as for [`Publication::begin`].
///
/// # Errors
/// When something is there that must not be replaced.
pub fn check_folder_target(target: &Path, former: Option<&[Written]>) -> Result<(), Refusal> {
    let shown = target.display();
    if !exists(target) {
        return Ok(());
    }
    if !target.is_dir() {
        return Err(Refusal::write(format!("{shown} exists and is not a folder. Choose another name")));
    }
    if fs::read_dir(target).map_err(|e| cannot(target, &e))?.next().is_none() {
        return Ok(());
    }
    match former {
        None => Err(Refusal::write(format!(
            "{shown} exists and is not empty. Choose another folder, or give --force to replace what Faultline wrote there"
        ))),
        Some([]) => {
            Err(Refusal::write(format!("{shown} holds nothing that Faultline wrote, so --force replaces nothing there. Choose another folder")))
        }
        Some(former) => check_former(target, former),
    }
}

/// Whether former files are as they were written, and lie within the folder.
fn check_former(target: &Path, former: &[Written]) -> Result<(), Refusal> {
    if !former.iter().all(Written::lies_within) {
        return Err(Refusal::write(format!(
            "the list of files in {} is damaged, so nothing there is replaced. Choose another folder",
            target.display()
        )));
    }
    let changed = |file: &&Written| hash_file(&target.join(&file.name)).is_ok_and(|sha256| sha256 != file.sha256);
    let line = |file: &Written| format!("{} was changed since Faultline wrote it. Move it elsewhere to keep it, or remove it", file.name);
    let details: Vec<String> = former.iter().filter(changed).map(line).collect();
    if details.is_empty() {
        return Ok(());
    }
    Err(Refusal { details, ..Refusal::write(format!("{} holds files that are no longer as Faultline wrote them", target.display())) })
}

/// Hexadecimal SHA-256 of a file.
fn hash_file(path: &Path) -> std::io::Result<String> {
    let mut hash = Sha256::new();
    let mut file = fs::File::open(path)?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex(&hash.finalize())),
            n => hash.update(&buffer[..n]),
        }
    }
}

/// Hexadecimal digits of bytes.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn cannot(path: &Path, error: &std::io::Error) -> Refusal {
    Refusal::write(format!("{} was not written: {}. Nothing was changed", path.display(), reason(error)))
}

/// An error of the system in plain words.
pub fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        ErrorKind::NotADirectory => "a part of its path is not a folder".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn publish(target: &Path, former: Option<Vec<Written>>, files: &[(&str, &str)]) -> Result<Vec<Written>, Refusal> {
        let mut publication = Publication::begin(target, former)?;
        for (name, content) in files {
            publication.write(name, content.as_bytes())?;
        }
        let written = publication.written().to_vec();
        publication.finish().map(|_| written)
    }

    fn files(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_publication_is_whole_or_not_there() {
        let room = tempfile::tempdir().unwrap();
        let target = room.path().join("deep/out");
        let mut abandoned = Publication::begin(&target, None).unwrap();
        abandoned.write("a.txt", b"a").unwrap();
        drop(abandoned);
        assert!(files(&room.path().join("deep")).is_empty(), "an abandoned publication leaves nothing");
        publish(&target, None, &[("charts/a.txt", "a"), ("b.txt", "b")]).unwrap();
        assert_eq!(fs::read(target.join("charts/a.txt")).unwrap(), b"a");
        assert_eq!(files(&target), ["b.txt", "charts"]);
        assert_eq!(files(&room.path().join("deep")), ["out"]);
    }

    #[test]
    fn what_is_replaced_is_only_what_was_written_before() {
        let room = tempfile::tempdir().unwrap();
        let target = room.path().join("out");
        let first = publish(&target, None, &[("charts/old.svg", "1"), ("b.txt", "1")]).unwrap();
        fs::write(target.join("thesis.doc"), "years of work").unwrap();
        assert!(publish(&target, None, &[("b.txt", "2")]).is_err(), "not without being asked");
        let second = publish(&target, Some(first), &[("b.txt", "2"), ("c.txt", "2")]).unwrap();
        assert_eq!(files(&target), ["b.txt", "c.txt", "thesis.doc"]);
        assert!(publish(&target, Some(second), &[("thesis.doc", "3")]).is_err());
        assert_eq!(fs::read(target.join("thesis.doc")).unwrap(), b"years of work");
        assert_eq!(files(&target), ["b.txt", "c.txt", "thesis.doc"], "a refused publication leaves nothing behind");
    }

    #[test]
    fn a_file_that_somebody_edited_is_kept() {
        let room = tempfile::tempdir().unwrap();
        let target = room.path().join("out");
        let first = publish(&target, None, &[("summary.md", "ours")]).unwrap();
        fs::write(target.join("summary.md"), "with my remarks").unwrap();
        let refusal = publish(&target, Some(first), &[("summary.md", "new")]).unwrap_err();
        assert!(refusal.details[0].contains("summary.md was changed"), "{refusal}");
        assert_eq!(fs::read(target.join("summary.md")).unwrap(), b"with my remarks");
    }

    #[test]
    fn a_list_of_former_files_cannot_point_outside_the_folder() {
        let room = tempfile::tempdir().unwrap();
        let target = room.path().join("out");
        publish(&target, None, &[("a.txt", "a")]).unwrap();
        fs::write(room.path().join("precious"), "x").unwrap();
        let lie = Written { name: "../precious".to_owned(), sha256: hash_file(&room.path().join("precious")).unwrap() };
        assert!(publish(&target, Some(vec![lie]), &[("b.txt", "b")]).is_err());
        assert!(room.path().join("precious").exists());
    }

    #[test]
    fn a_failed_replacement_puts_everything_back() {
        let room = tempfile::tempdir().unwrap();
        let target = room.path().join("out");
        let first = publish(&target, None, &[("a.txt", "1"), ("b.txt", "1")]).unwrap();
        let mut publication = Publication::begin(&target, Some(first)).unwrap();
        publication.write("a.txt", b"2").unwrap();
        publication.write("c.txt", b"2").unwrap();
        // The second file goes missing before it can be moved.
        fs::remove_file(publication.temporary.path().join("c.txt")).unwrap();
        assert!(publication.finish().is_err());
        assert_eq!(fs::read(target.join("a.txt")).unwrap(), b"1");
        assert_eq!(files(&target), ["a.txt", "b.txt"]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_device_is_written_to_and_stays_a_device() {
        let refusal = write_file(Path::new("/dev/full"), b"x", true).unwrap_err();
        assert!(refusal.message.contains("disk is full"), "{refusal}");
        write_file(Path::new("/dev/null"), b"x", false).unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }

    #[cfg(unix)]
    #[test]
    fn behind_a_link_the_file_itself_is_replaced() {
        let room = tempfile::tempdir().unwrap();
        let (file, link) = (room.path().join("file"), room.path().join("link"));
        fs::write(&file, "1").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write_file(&link, b"2", true).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"2");
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
    fn a_folder_that_cannot_be_made_has_another_in_its_place() {
        let room = tempfile::tempdir().unwrap();
        fs::write(room.path().join("file"), "no folder").unwrap();
        assert_eq!(instead_of(&room.path().join("deep/data")), None);
        assert!(room.path().join("deep/data").is_dir() && files(&room.path().join("deep/data")).is_empty());
        let others = [(); 2].map(|()| instead_of(&room.path().join("file/data")).unwrap());
        assert_ne!(others[0], others[1]);
        // They are empty folders, or this fails.
        others.iter().for_each(|other| fs::remove_dir(other).unwrap());
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
