//! The document that the program opens with: cooperation against decoupling, with one lever highlighted.

use faultline_models::MODEL_VERSION;

use super::text::Text;
use super::{Desk, draft, explore};
use crate::embedded::BASELINE;
use crate::wire_desktop::{ChartChoice, Condition, ExportPreset, Language, Opened, Workspace};

/// Version of the format of documents.
pub(crate) const FORMAT: u32 = 1;

/// The scenario shown at first.
pub const SHOWN: &str = "common-ground";

/// The lever that is highlighted: of all levers, the one that alone, put at its end of decoupling while all others cooperate, takes most
/// from the common foundation in the last quarter. A test runs all of them again and compares.
pub const HIGHLIGHTED: &str = "identical-adoption";

/// First seed.
const SEED: u32 = 1;

/// Runs per scenario.
const RUNS: u32 = 200;

/// Runs of the preview; also what is run before the page has loaded.
pub(crate) const PREVIEW: u32 = 16;

/// The opening document.
pub(crate) fn workspace(language: Language) -> Workspace {
    let text = Text(language);
    let scenarios = [BASELINE, SHOWN, "decoupling"].map(|id| draft::plain(id, &text.scenario(id), id));
    Workspace {
        format: FORMAT,
        model_version: MODEL_VERSION.to_owned(),
        title: text.opening_title(),
        scenarios: scenarios.to_vec(),
        baseline: BASELINE.to_owned(),
        shown: SHOWN.to_owned(),
        compared: vec![SHOWN.to_owned(), "decoupling".to_owned()],
        seed: SEED,
        runs: RUNS,
        adopters: None,
        notes: String::new(),
        favourites: Vec::new(),
        highlighted: Some(HIGHLIGHTED.to_owned()),
        charts: charts(),
        export: ExportPreset::default(),
    }
}

/// Charts shown in Explore at first.
pub(crate) fn charts() -> Vec<ChartChoice> {
    ["fragmentation", "futures", "adoption"].map(|chart| ChartChoice { chart: chart.to_owned(), domain: None }).to_vec()
}

/// The opening document, as if it had been opened.
pub(crate) fn opened(language: Language) -> Opened {
    Opened { workspace: workspace(language), path: None, condition: Condition::Whole, read_only: false, notices: Vec::new(), has_results: false }
}

/// Runs the preview of the opening document. The names of scenarios are part of their texts, so the language counts.
pub(crate) fn warm(desk: &Desk) {
    let language = super::documents::settings(&desk.folder).language;
    let workspace = workspace(language);
    let _turn = desk.explores.turn();
    let drafts = [&workspace.scenarios[0], &workspace.scenarios[1]];
    // The shipped scenarios pass the gate; should they not, the first request of the page says so.
    if let Ok(work) = explore::Work::begin(desk, "warm", &drafts, (RUNS, SEED, None)) {
        work.warm(PREVIEW as usize);
    }
}
