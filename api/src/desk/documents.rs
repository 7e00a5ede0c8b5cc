//! Documents on disk: open, save, versions, the list of recent ones; and the user’s settings.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::container::{self, MAX_FILE, Stored, StoredScenario};
use super::{Desk, export};
use crate::outcome;
use crate::provenance::results_sha256;
use crate::refusal::Refusal;
use crate::wire_desktop::{Opened, RecentLine, SaveAsk, Saved, Settings, VersionLine};
use crate::{clock, disk};

/// Versions kept of a document.
const VERSIONS: usize = 20;

/// Documents in the list of recent ones.
const RECENT: usize = 10;

/// Width of a thumbnail in pixels.
const THUMBNAIL: f64 = 240.0;

/// Largest file of the program’s own that is read, in bytes.
const MAX_OWN: u64 = 4 << 20;

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| "the file".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// Opens a document.
///
/// # Errors
/// When the file cannot be read or nothing in it could be saved.
pub(crate) fn open(desk: &Desk, path: &Path) -> Result<Opened, Refusal> {
    let bytes = disk::read_bytes(path, MAX_FILE)?;
    let opened = Opened { path: Some(path.display().to_string()), ..container::unpack(&bytes, &file_name(path))? };
    // A list that cannot be written is no reason not to open the document.
    let _ = note_recent(&desk.folder, path, &opened.workspace.title, container::thumbnail(&bytes).as_deref());
    Ok(opened)
}

/// Saves a document and keeps this state among its versions.
///
/// # Errors
/// When it cannot be written, or the file there was made by a newer version.
pub(crate) fn save(desk: &Desk, ask: &SaveAsk, path: &Path) -> Result<Saved, Refusal> {
    let (bytes, thumbnail) = packed(desk, ask)?;
    let kept = write(path, &bytes)?;
    // The document is safe from here on. Versions and the list of recent documents are a convenience.
    let _ = keep_version(&desk.folder, path, &bytes);
    let _ = note_recent(&desk.folder, path, &ask.workspace.title, thumbnail.as_deref());
    super::journal::done(&desk.folder, &desk.session, Some(path))?;
    Ok(saved(path, kept))
}

/// Saves a copy; neither versions nor the list of recent documents know of it.
///
/// # Errors
/// As for [`save`].
pub(crate) fn save_copy(desk: &Desk, ask: &SaveAsk, path: &Path) -> Result<Saved, Refusal> {
    let kept = write(path, &packed(desk, ask)?.0)?;
    Ok(saved(path, kept))
}

/// The file that was written, and the one beside it in which the former bytes were kept.
fn saved(path: &Path, kept: Option<PathBuf>) -> Saved {
    let paths = std::iter::once(path.to_owned()).chain(kept);
    Saved { paths: paths.map(|path| path.display().to_string()).collect(), when: clock::now() }
}

/// Writes a document; what stood there and could not be read whole is kept beside it, for somebody else may read more of it.
fn write(path: &Path, bytes: &[u8]) -> Result<Option<PathBuf>, Refusal> {
    let there = disk::exists(path).then(|| disk::read_bytes(path, MAX_FILE).ok()).flatten().filter(|there| !there.is_empty());
    if there.as_deref().and_then(container::newer).is_some() {
        let name = file_name(path);
        return Err(Refusal::write(format!("{name} was made by a newer version and is not replaced. Choose another name; nothing was changed")));
    }
    let kept = there.filter(|there| !container::whole(there)).map(|there| keep_damaged(path, &there)).transpose()?;
    disk::write_file(path, bytes, true)?;
    Ok(kept)
}

/// Keeps the bytes of a damaged file under a name beside it that is free.
fn keep_damaged(path: &Path, bytes: &[u8]) -> Result<PathBuf, Refusal> {
    let stem = path.file_stem().map_or_else(|| "document".to_owned(), |stem| stem.to_string_lossy().into_owned());
    let ending = path.extension().map_or_else(|| "faultline".to_owned(), |ending| ending.to_string_lossy().into_owned());
    let beside = |name: &str| path.with_file_name(format!("{name}.{ending}"));
    let free = beside(&disk::free_name(&format!("{stem}.damaged"), |name| disk::exists(&beside(name))));
    disk::write_file(&free, bytes, false)?;
    Ok(free)
}

/// The bytes of a document, and its thumbnail.
fn packed(desk: &Desk, ask: &SaveAsk) -> Result<(Vec<u8>, Option<Vec<u8>>), Refusal> {
    let stored = stored(desk, ask);
    let thumbnail = ask.thumbnail.as_ref().filter(|_| !ask.results.is_empty());
    let thumbnail = thumbnail.and_then(|chart| export::thumbnail(desk, &ask.results, chart, THUMBNAIL).ok());
    let bytes = container::pack(&ask.workspace, stored.as_ref(), thumbnail.as_deref())?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(Refusal::write("the document is larger than can be opened again. Remove some scenarios or notes; nothing was changed"));
    }
    Ok((bytes, thumbnail))
}

/// What is stored of the results that the window names, for drafts of this document as they are now.
fn stored(desk: &Desk, ask: &SaveAsk) -> Option<Stored> {
    let comparison = export::comparison(desk, &ask.results).ok()?;
    let of = |(index, loaded): (usize, &crate::scenarios::Loaded)| {
        let ensemble = &comparison.ensembles[index];
        let id = &loaded.sources.first()?.id;
        ask.workspace.scenarios.iter().find(|draft| draft.id == *id)?;
        let headlines = outcome::headlines(&comparison, index);
        Some(StoredScenario {
            id: id.clone(),
            seed: comparison.seed,
            runs: ensemble.runs.len() as u32,
            adopters: loaded.adjust.adopters.map(|n| n as u32),
            key: super::cache::key(loaded, comparison.seed),
            results_sha256: results_sha256(ensemble),
            headlines: headlines
                .into_iter()
                .map(|line| (line.indicator.to_owned(), line.entity, Some(line.mean).filter(|m| m.is_finite())))
                .collect(),
        })
    };
    let scenarios: Vec<StoredScenario> = comparison.loaded.iter().enumerate().filter_map(of).collect();
    (!scenarios.is_empty()).then(|| Stored { model_version: faultline_models::MODEL_VERSION.to_owned(), scenarios })
}

/// A short name for a path, for folders of the program’s own.
pub(crate) fn mark(path: &Path) -> String {
    let whole = disk::absolute(path);
    disk::hex(&Sha256::digest(whole.to_string_lossy().as_bytes()))[..24].to_owned()
}

fn versions_of(folder: &Path, path: &Path) -> PathBuf {
    folder.join("versions").join(mark(path))
}

fn keep_version(folder: &Path, path: &Path, bytes: &[u8]) -> Result<(), Refusal> {
    let room = versions_of(folder, path);
    disk::make_folder(&room)?;
    let kept = disk::list(&room);
    if kept.last().and_then(|last| disk::read_bytes(last, MAX_FILE).ok()).as_deref() != Some(bytes) {
        disk::write_file(&room.join(format!("{}.faultline", clock::stamp())), bytes, true)?;
    }
    let kept = disk::list(&room);
    kept.iter().take(kept.len().saturating_sub(VERSIONS)).try_for_each(|old| disk::remove(old))
}

/// Earlier states of a document, the newest first.
pub(crate) fn versions(desk: &Desk, path: &Path) -> Vec<VersionLine> {
    let line = |file: &PathBuf| {
        let id = file.file_stem()?.to_str()?.to_owned();
        let opened = container::unpack(&disk::read_bytes(file, MAX_FILE).ok()?, "the version").ok()?;
        let scenarios = opened.workspace.scenarios.iter().map(|draft| draft.name.clone()).collect();
        Some(VersionLine { when: clock::of_stamp(&id), id, title: opened.workspace.title, scenarios })
    };
    disk::list(&versions_of(&desk.folder, path)).iter().rev().take(VERSIONS).filter_map(line).collect()
}

/// An earlier state of a document.
///
/// # Errors
/// When it is no longer there or cannot be read.
pub(crate) fn restore(desk: &Desk, path: &Path, id: &str) -> Result<Opened, Refusal> {
    if !id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return Err(Refusal::input("there is no such version; choose one of the list"));
    }
    let file = versions_of(&desk.folder, path).join(format!("{id}.faultline"));
    let opened = container::unpack(&disk::read_bytes(&file, MAX_FILE)?, "the version")?;
    Ok(Opened { path: Some(path.display().to_string()), ..opened })
}

fn recent_file(folder: &Path) -> PathBuf {
    folder.join("recent.json")
}

/// Documents that were open lately, the newest first.
pub(crate) fn recent(desk: &Desk) -> Vec<RecentLine> {
    let lines = recent_lines(&desk.folder);
    lines.into_iter().map(|line| RecentLine { exists: disk::exists(Path::new(&line.path)), ..line }).collect()
}

fn recent_lines(folder: &Path) -> Vec<RecentLine> {
    let text = disk::read_text(&recent_file(folder), MAX_OWN).ok();
    let lines: Vec<RecentLine> = text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    lines.into_iter().take(RECENT).collect()
}

fn note_recent(folder: &Path, path: &Path, title: &str, thumbnail: Option<&[u8]>) -> Result<(), Refusal> {
    let path = disk::absolute(path).display().to_string();
    let mut lines = recent_lines(folder);
    let before = lines.iter().position(|line| line.path == path).map(|at| lines.remove(at));
    let picture = thumbnail.map(|png| format!("data:image/png;base64,{}", base64(png))).or_else(|| before.and_then(|line| line.thumbnail));
    lines.insert(0, RecentLine { path, title: title.to_owned(), when: clock::now(), thumbnail: picture, exists: true });
    lines.truncate(RECENT);
    disk::make_folder(folder)?;
    disk::write_file(&recent_file(folder), &json(&lines)?, true)
}

/// Base 64 (RFC 4648) of a small picture.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = u32::from(chunk[0]) << 16 | u32::from(chunk.get(1).copied().unwrap_or(0)) << 8 | u32::from(chunk.get(2).copied().unwrap_or(0));
        for k in 0..4 {
            let letter = LETTERS[(word >> (18 - 6 * k) & 63) as usize] as char;
            text.push(if k <= chunk.len() { letter } else { '=' });
        }
    }
    text
}

pub(crate) fn json<T: serde::Serialize>(value: &T) -> Result<Vec<u8>, Refusal> {
    serde_json::to_vec_pretty(value).map_err(|e| Refusal::failed(format!("not written: {e}. Nothing was changed")))
}

fn settings_file(folder: &Path) -> PathBuf {
    folder.join("settings.json")
}

/// The user’s settings; what cannot be read is as at first.
pub(crate) fn settings(folder: &Path) -> Settings {
    let text = disk::read_text(&settings_file(folder), MAX_OWN).ok();
    let settings: Settings = text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    Settings { scale: settings.scale.clamp(80, 200), ..settings }
}

/// Keeps the user’s settings.
///
/// # Errors
/// When the folder of the program cannot be written to.
pub(crate) fn set_settings(folder: &Path, settings: &Settings) -> Result<(), Refusal> {
    disk::make_folder(folder)?;
    disk::write_file(&settings_file(folder), &json(settings)?, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        for (bytes, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
