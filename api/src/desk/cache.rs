//! Ensembles that were run, by what they were run from, so that a figure, a theme or an export needs no new run.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use faultline_models::ensemble::Ensemble;
use faultline_models::findings::Findings;
use faultline_models::trajectory::Trajectory;
use sha2::{Digest, Sha256};

use crate::disk::hex;
use crate::scenarios::Loaded;

/// Most memory that ensembles may take, in bytes, unless those of the last request alone take more: two of the default scenario.
const MAX_BYTES: usize = 128 << 20;

/// Most scenarios that are remembered; those without an ensemble can be run again.
const MAX_ENTRIES: usize = 64;

/// What is remembered of a scenario that was run.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// Its key.
    pub(crate) key: String,
    /// The scenario with its texts.
    pub(crate) loaded: Arc<Loaded>,
    /// First seed.
    pub(crate) seed: u32,
    /// Runs that were asked for.
    pub(crate) runs: usize,
    /// The runs, unless they had to go.
    pub(crate) ensemble: Option<Arc<Ensemble>>,
    /// Their bands.
    pub(crate) findings: Option<Arc<Findings>>,
    /// The first few of the runs with their bands: what a preview is held against, again and again.
    pub(crate) firsts: Vec<Found>,
}

/// Runs and their bands.
pub(crate) type Found = (Arc<Ensemble>, Arc<Findings>);

/// Most numbers of first runs that are remembered of an entry: as many as a picture has stages.
const MAX_FIRSTS: usize = 4;

/// The cache: the entry used last comes last.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    entries: Mutex<Vec<Entry>>,
    /// Keys of what is on screen.
    shown: Mutex<Vec<String>>,
}

/// Key of what a scenario gives with a first seed: its texts, what was changed beside them, and the seed.
pub(crate) fn key(loaded: &Loaded, seed: u32) -> String {
    let mut hash = Sha256::new();
    for source in &loaded.sources {
        for part in [&source.id, &source.text] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    hash.update(format!("{:?}{seed}", loaded.adjust));
    hex(&hash.finalize())[..32].to_owned()
}

/// Key of a result as it was seen: of the scenario, the runs done, and the runs asked for.
pub(crate) fn result_key(key: &str, ensemble: &Ensemble) -> String {
    format!("{key}.{}.{}", ensemble.runs.len(), ensemble.asked)
}

/// A result key taken apart.
pub(crate) fn of_result(result: &str) -> Option<(&str, usize, usize)> {
    let mut parts = result.split('.');
    let found = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    parts.next().is_none().then_some(found)
}

/// What an ensemble takes in memory, in bytes.
fn bytes(ensemble: &Ensemble) -> usize {
    let one = |run: &Arc<Trajectory>| {
        let trace = &run.trace;
        run.values.len() * 8
            + trace.points.len() * 16
            + (trace.recognition.len() + trace.shares.len()) * 8
            + trace.required.len()
            + trace.alignment.len()
            + run.log.len() * size_of::<faultline_models::trajectory::LogEntry>()
    };
    ensemble.runs.iter().map(one).sum()
}

impl Cache {
    fn entries(&self) -> MutexGuard<'_, Vec<Entry>> {
        // The list is whole at every moment, whatever happened to a thread that held it.
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn shown(&self) -> MutexGuard<'_, Vec<String>> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// These are asked for now, and stay however much memory they take.
    pub(crate) fn show(&self, keys: &[String]) {
        *self.shown() = keys.to_vec();
    }

    /// The entry of a key, which is now the one used last.
    pub(crate) fn find(&self, key: &str) -> Option<Entry> {
        let mut entries = self.entries();
        let at = entries.iter().position(|entry| entry.key == key)?;
        let entry = entries.remove(at);
        entries.push(entry.clone());
        Some(entry)
    }

    /// The first `runs` of an ensemble, as one for which `asked` were asked.
    pub(crate) fn first_of(&self, key: &str, ensemble: &Ensemble, (runs, asked): (usize, usize)) -> Found {
        let entry = self.find(key);
        let known = |entry: &Entry| entry.firsts.iter().find(|(fewer, _)| fewer.runs.len() == runs && fewer.asked == asked).cloned();
        if let Some(found) = entry.as_ref().and_then(known) {
            return found;
        }
        let fewer = Arc::new(ensemble.first(runs, asked));
        let findings = Arc::new(Findings::of(&fewer));
        if let Some(mut entry) = entry {
            entry.firsts.truncate(MAX_FIRSTS - 1);
            entry.firsts.insert(0, (Arc::clone(&fewer), Arc::clone(&findings)));
            self.put(entry);
        }
        (fewer, findings)
    }

    /// Puts an entry in place of that of the same key, and lets go of what was used longest ago where memory is short.
    pub(crate) fn put(&self, entry: Entry) {
        let mut entries = self.entries();
        entries.retain(|other| other.key != entry.key);
        entries.push(entry);
        let mut held: usize = entries.iter().filter_map(|e| e.ensemble.as_deref()).map(bytes).sum();
        let (last, shown) = (entries.len() - 1, self.shown());
        for entry in entries[..last].iter_mut().filter(|entry| !shown.contains(&entry.key)) {
            if held <= MAX_BYTES {
                break;
            }
            held -= entry.ensemble.as_deref().map_or(0, bytes);
            (entry.ensemble, entry.findings, entry.firsts) = (None, None, Vec::new());
        }
        if entries.len() > MAX_ENTRIES {
            entries.remove(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::draft;

    fn entry(id: &str, runs: usize) -> Entry {
        let loaded = draft::loaded(&draft::plain(id, id, "today-extended"), Some(100)).unwrap();
        let ensemble = Ensemble::run(&loaded.scenario, 1, runs, &faultline_models::ensemble::Control::default());
        Entry {
            key: key(&loaded, 1),
            loaded: Arc::new(loaded),
            seed: 1,
            runs,
            ensemble: Some(Arc::new(ensemble)),
            findings: None,
            firsts: Vec::new(),
        }
    }

    #[test]
    fn a_key_tells_seeds_and_changes_apart() {
        let mut changed = draft::plain("a", "a", "today-extended");
        changed.values.push(crate::wire_desktop::SetValue { key: "switching-cost".to_owned(), value: 2.0 });
        let plain = draft::loaded(&draft::plain("a", "a", "today-extended"), None).unwrap();
        let changed = draft::loaded(&changed, None).unwrap();
        let few = draft::loaded(&draft::plain("a", "a", "today-extended"), Some(100)).unwrap();
        let keys = [key(&plain, 1), key(&plain, 2), key(&changed, 1), key(&few, 1)];
        assert!((0..4).all(|i| (0..i).all(|j| keys[i] != keys[j])));
        assert_eq!(key(&plain, 1), keys[0]);
    }

    #[test]
    fn what_was_used_longest_ago_goes_first_and_can_be_run_again() {
        let cache = Cache::default();
        let one = entry("one", 2);
        let size = bytes(one.ensemble.as_deref().unwrap());
        assert!(size > 100_000, "a run takes {size} bytes");
        cache.put(one.clone());
        let key = one.key.clone();
        let other = entry("two", 1);
        let mut big = other.clone();
        let many = vec![big.ensemble.as_ref().unwrap().runs[0].clone(); MAX_BYTES / (size / 2) + 1];
        let scenario = big.ensemble.as_ref().unwrap();
        big.ensemble = Some(Arc::new(Ensemble { runs: many, ..(**scenario).clone() }));
        cache.show(&[key.clone(), big.key.clone()]);
        cache.put(big);
        assert!(cache.find(&key).unwrap().ensemble.is_some(), "what is on screen stays");
        cache.show(std::slice::from_ref(&other.key));
        cache.put(cache.find(&other.key).unwrap());
        let left = cache.find(&key).unwrap();
        assert!(left.ensemble.is_none() && left.runs == 2, "the recipe stays");
    }
}
