//! `cargo xtask gallery`: the contact sheet of all charts, from real runs.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use faultline_api::Refusal;
use faultline_api::ask::Ask;
use faultline_api::compare::Comparison;
use faultline_api::gallery::files;
use faultline_api::jobs::{self, Watch};

use crate::Outcome;
use crate::shell::top;

/// What is drawn: the scenarios of the demo, with enough runs for honest bands and few enough adopters for a short wait.
const SCENARIOS: [&str; 3] = ["today-extended", "common-ground", "decoupling"];
const RUNS: usize = 200;
const ADOPTERS: usize = 600;

/// Draws all charts in both themes and all sizes into a folder, over what an earlier gallery left there.
///
/// # Errors
/// When the scenarios cannot be run or drawn, or the folder cannot be written.
pub fn gallery(arguments: &[String]) -> Outcome {
    let out = match arguments {
        [] => top().join("target/gallery"),
        [out] => PathBuf::from(out),
        [_, unknown, ..] => return Err(format!("“{unknown}” is not understood; one folder may be named")),
    };
    let comparison = comparison().map_err(|refusal| refusal.to_string())?;
    for (name, content) in files(&comparison).map_err(|refusal| refusal.to_string())? {
        let path = out.join(name);
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, content));
        written.map_err(|e| format!("{}: {e}", path.display()))?;
    }
    eprintln!("The gallery is in {}: begin with slide.html.", out.display());
    Ok(())
}

fn comparison() -> Result<Comparison, Refusal> {
    let scenarios = SCENARIOS.map(str::to_owned).to_vec();
    let ask = Ask { scenarios, runs: Some(RUNS.to_string()), adopters: Some(ADOPTERS.to_string()), ..Ask::default() };
    let asked = ask.check()?;
    let scenarios: Vec<_> = asked.loaded.iter().map(|loaded| loaded.scenario.clone()).collect();
    let watch = Watch { cancel: &AtomicBool::new(false), progress: &|_| () };
    let ensembles = jobs::run(&scenarios, asked.plan, watch)?;
    Ok(Comparison::new(asked.loaded, ensembles, asked.plan.seed))
}
