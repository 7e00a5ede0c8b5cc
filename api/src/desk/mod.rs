//! Everything that the window asks for, as one value that its threads share: a cache of ensembles, the requests under way, and the
//! folder in which the program keeps what belongs to no document.
//!
//! The document itself is a value in the window. Each function here takes values and returns values; what it remembers only saves time.

mod cache;
mod classics;
mod compare;
mod container;
pub mod crash;
mod crew;
mod documents;
pub mod draft;
mod explore;
mod export;
mod figures;
mod given;
mod inputs;
mod inspect;
mod journal;
mod library;
#[cfg(feature = "bindings")]
mod record;
mod rerun;
mod spreadsheet;
mod start;
#[cfg(test)]
mod tests;
pub(crate) mod text;
mod tickets;
mod trust;
mod why;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::clock;
use crate::disk::Held;
use crate::refusal::Refusal;
use crate::wire_desktop::{
    Colours, CompareAsk, CompareStep, Draft, ExploreAsk, ExportAsk, FigureAsk, Imported, Inspection, Language, Ledger, Library, Opened, RecentLine,
    RecoveryLine, RerunAsk, RerunStep, SaveAsk, Saved, ScenarioFormat, ScreenFigure, Settings, Step, TableRow, VersionLine, WhyAsk, WhyStep,
    Workspace,
};
use crate::wire_trust::{ClassicAsk, ClassicInfo, ClassicStep, TrustPage};

use cache::Cache;
use crew::Crew;
use tickets::Tickets;

#[cfg(feature = "bindings")]
pub use record::record;
pub use start::{HIGHLIGHTED, SHOWN};

/// The desk: one for the whole program.
#[derive(Debug)]
pub struct Desk {
    folder: PathBuf,
    session: String,
    /// The mark that this session is going on, from its first journal on.
    attending: OnceLock<Option<Held>>,
    cache: Cache,
    drafts: draft::Known,
    crew: Crew,
    explores: Tickets,
    compares: Tickets,
    whys: Tickets,
    reruns: Tickets,
    played: Tickets,
    shelf: classics::Shelf,
}

impl Desk {
    /// A desk that keeps settings, the recovery journal, versions and the list of recent documents in `folder`, which it makes when needed.
    pub fn new(folder: PathBuf) -> Desk {
        Desk {
            folder,
            session: clock::session(),
            attending: OnceLock::new(),
            cache: Cache::default(),
            drafts: draft::Known::default(),
            crew: Crew::default(),
            explores: Tickets::default(),
            compares: Tickets::default(),
            whys: Tickets::default(),
            reruns: Tickets::default(),
            played: Tickets::default(),
            shelf: classics::Shelf::default(),
        }
    }

    /// Runs a first few runs of the opening document, so that the first picture is there when the page has loaded.
    pub fn warm(&self) {
        start::warm(self);
    }

    /// Everything there is to choose from.
    ///
    /// # Errors
    /// When a shipped scenario has problems.
    pub fn library(&self, language: Language) -> Result<Library, Refusal> {
        library::library(language)
    }

    /// Everything about a draft that needs no run; with `track`, also the course of that lever.
    ///
    /// # Errors
    /// When the baseline has problems; those of the draft are part of the answer.
    pub fn inspect(&self, draft: &Draft, baseline: &Draft, language: Language, track: Option<&str>) -> Result<Inspection, Refusal> {
        inspect::inspect(draft, &*self.drafts.loaded(baseline, None)?, language, track)
    }

    /// The assumptions ledger of a draft.
    ///
    /// # Errors
    /// When the draft or the baseline has problems.
    pub fn ledger(&self, draft: &Draft, baseline: &Draft, language: Language) -> Result<Ledger, Refusal> {
        inspect::ledger(draft, &*self.drafts.loaded(baseline, None)?, language)
    }

    /// Runs the shown draft beside the baseline; answers arrive in `sink`, each replacing the one before. A new request stops this one.
    ///
    /// # Errors
    /// Problems of the drafts, an unknown chart, or a failure of the run.
    pub fn explore(&self, ask: &ExploreAsk, sink: &(dyn Fn(Step) + Sync)) -> Result<(), Refusal> {
        explore::explore(self, ask, sink)
    }

    /// Compares drafts with the baseline, as [`Desk::explore`] does.
    ///
    /// # Errors
    /// Problems of the drafts, too few or too many of them, an unknown chart, or a failure of the run.
    pub fn compare(&self, ask: &CompareAsk, sink: &(dyn Fn(CompareStep) + Sync)) -> Result<(), Refusal> {
        compare::compare(self, ask, sink)
    }

    /// Splits the difference between two drafts by cause.
    ///
    /// # Errors
    /// Problems of the drafts, scenarios that cannot be mixed, an unknown indicator or quarter, or a failure of the run.
    pub fn why(&self, ask: &WhyAsk, sink: &(dyn Fn(WhyStep) + Sync)) -> Result<(), Refusal> {
        why::why(self, ask, sink)
    }

    /// Runs the stored results of a document again and compares.
    ///
    /// # Errors
    /// When the document cannot be read, holds no results, or a run fails.
    pub fn rerun(&self, ask: &RerunAsk, sink: &(dyn Fn(RerunStep) + Sync)) -> Result<(), Refusal> {
        rerun::rerun(self, ask, sink)
    }

    /// Stops a request; what is shown stays.
    pub fn cancel(&self, ticket: &str) {
        [&self.explores, &self.compares, &self.whys, &self.reruns, &self.played].into_iter().for_each(|tickets| tickets.cancel(ticket));
    }

    /// The first picture of a request was painted: the engine waits for that, so that both do not want the same cores.
    pub fn seen(&self, ticket: &str) {
        [&self.explores, &self.compares].into_iter().for_each(|tickets| tickets.seen(ticket));
    }

    /// The classics, to be played.
    ///
    /// # Errors
    /// None today.
    pub fn classics(&self, language: Language) -> Result<Vec<ClassicInfo>, Refusal> {
        Ok(classics::list(language))
    }

    /// Runs a classic; answers arrive in `sink`. A new request stops this one.
    ///
    /// # Errors
    /// An unknown classic, or a fault; what is wrong with a parameter is part of the answer.
    pub fn classic(&self, ask: &ClassicAsk, sink: &(dyn Fn(ClassicStep) + Sync)) -> Result<(), Refusal> {
        classics::play(self, ask, sink)
    }

    /// How far to trust this: the generated document with its pictures.
    ///
    /// # Errors
    /// None today.
    pub fn trust(&self, theme: Colours, language: Language) -> Result<TrustPage, Refusal> {
        Ok(trust::page(theme, language))
    }

    /// A figure of results that are there; those that had to go from memory are run again.
    ///
    /// # Errors
    /// Unknown results, chart, domain or quarter.
    pub fn figure(&self, ask: &FigureAsk) -> Result<ScreenFigure, Refusal> {
        export::figure(self, ask)
    }

    /// The rows behind a figure of results that are there.
    ///
    /// # Errors
    /// As for [`Desk::figure`], and when the scenarios do not suit the chart.
    pub fn table(&self, ask: &FigureAsk) -> Result<Vec<TableRow>, Refusal> {
        export::table(self, ask)
    }

    /// The document that the program opens with.
    ///
    /// # Errors
    /// None today; a refusal would say what is wrong with the shipped scenarios.
    pub fn new_workspace(&self, language: Language) -> Result<Opened, Refusal> {
        Ok(start::opened(language))
    }

    /// Opens a document.
    ///
    /// # Errors
    /// When the file cannot be read or nothing in it could be saved.
    pub fn open_workspace(&self, path: &Path) -> Result<Opened, Refusal> {
        documents::open(self, path)
    }

    /// Saves a document, whole or not at all, and keeps this state among its versions.
    ///
    /// # Errors
    /// When it cannot be written, or the file there was made by a newer version.
    pub fn save_workspace(&self, ask: &SaveAsk, path: &Path) -> Result<Saved, Refusal> {
        documents::save(self, ask, path)
    }

    /// Saves a copy; the document stays what it was.
    ///
    /// # Errors
    /// As for [`Desk::save_workspace`].
    pub fn save_copy(&self, ask: &SaveAsk, path: &Path) -> Result<Saved, Refusal> {
        documents::save_copy(self, ask, path)
    }

    /// Writes the document into the recovery journal; its file stays as it was saved.
    ///
    /// # Errors
    /// When the folder of the program cannot be written to.
    pub fn autosave(&self, workspace: &Workspace, path: Option<&Path>) -> Result<(), Refusal> {
        self.attend();
        journal::write(&self.folder, &self.session, workspace, path)
    }

    fn attend(&self) {
        let _ = self.attending.get_or_init(|| journal::attend(&self.folder, &self.session));
    }

    /// Nothing is left to recover of this document.
    ///
    /// # Errors
    /// When the journal cannot be removed.
    pub fn autosave_done(&self, path: Option<&Path>) -> Result<(), Refusal> {
        journal::done(&self.folder, &self.session, path)
    }

    /// Work that was not saved by sessions that ended; those that are still going on keep theirs.
    ///
    /// # Errors
    /// None today.
    pub fn recovery(&self) -> Result<Vec<RecoveryLine>, Refusal> {
        Ok(journal::left(&self.folder, &self.session))
    }

    /// Takes over work that was not saved.
    ///
    /// # Errors
    /// When it is no longer there or cannot be read.
    pub fn recover(&self, id: &str) -> Result<Opened, Refusal> {
        self.attend();
        journal::recover(&self.folder, &self.session, id)
    }

    /// Gives up work that was not saved.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn discard_recovery(&self, id: &str) -> Result<(), Refusal> {
        journal::discard(&self.folder, id)
    }

    /// Earlier states of a document, the newest first; at most twenty.
    ///
    /// # Errors
    /// None today.
    pub fn versions(&self, path: &Path) -> Result<Vec<VersionLine>, Refusal> {
        Ok(documents::versions(self, path))
    }

    /// An earlier state of a document; the file stays as it is until the user saves.
    ///
    /// # Errors
    /// When it is no longer there or cannot be read.
    pub fn restore(&self, path: &Path, id: &str) -> Result<Opened, Refusal> {
        documents::restore(self, path, id)
    }

    /// Documents that were open lately, the newest first; at most ten.
    ///
    /// # Errors
    /// None today.
    pub fn recent(&self) -> Result<Vec<RecentLine>, Refusal> {
        Ok(documents::recent(self))
    }

    /// Reads a scenario file or a spreadsheet of one as a draft.
    ///
    /// # Errors
    /// When it cannot be read, with everything that is wrong with it.
    pub fn import_scenario(&self, path: &Path) -> Result<Imported, Refusal> {
        export::import_scenario(path).map(container::mended)
    }

    /// Writes a draft as a scenario file or a spreadsheet.
    ///
    /// # Errors
    /// Problems of the draft, or when it cannot be written.
    pub fn export_scenario(&self, draft: &Draft, format: ScenarioFormat, path: &Path) -> Result<Saved, Refusal> {
        export::export_scenario(draft, format, path)
    }

    /// Writes a chart in each format of the preset, beside each other; only the file at `path` is replaced when it is there.
    ///
    /// # Errors
    /// Unknown results or chart, or when it cannot be written.
    pub fn export_chart(&self, ask: &ExportAsk, path: &Path) -> Result<Saved, Refusal> {
        export::export_chart(self, ask, path)
    }

    /// Writes a chart into a folder under a name that is free there; nothing is replaced.
    ///
    /// # Errors
    /// As for [`Desk::export_chart`].
    pub fn export_chart_into(&self, ask: &ExportAsk, folder: &Path, name: &str) -> Result<Saved, Refusal> {
        export::export_chart_into(self, ask, folder, name)
    }

    /// A chart as the bytes of a PNG picture.
    ///
    /// # Errors
    /// Unknown results or chart.
    pub fn picture(&self, ask: &ExportAsk) -> Result<Vec<u8>, Refusal> {
        export::picture(self, ask)
    }

    /// The user’s settings.
    ///
    /// # Errors
    /// None today; settings that cannot be read are the default ones.
    pub fn settings(&self) -> Result<Settings, Refusal> {
        Ok(documents::settings(&self.folder))
    }

    /// Keeps the user’s settings.
    ///
    /// # Errors
    /// When the folder of the program cannot be written to.
    pub fn set_settings(&self, settings: &Settings) -> Result<(), Refusal> {
        documents::set_settings(&self.folder, settings)
    }
}
