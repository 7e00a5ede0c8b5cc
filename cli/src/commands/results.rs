//! `run` and `compare`: the outcome on screen and, if asked, a folder with tables, charts, summary and provenance.

use std::path::Path;

use faultline_api::ask::Asked;
use faultline_api::compare::Comparison;
use faultline_api::publish::{self, Choices};
use faultline_api::wire::{FigureLine, Outcome};
use faultline_api::words::{count, number, of_100, signed};
use faultline_api::{Refusal, outcome};

use super::ensemble;
use crate::options::{Compare, FolderOptions, Run};
use crate::progress::spinner;
use crate::terminal::{Ending, Terminal, plain};

pub(super) fn run(options: &Run, terminal: &Terminal) -> Result<Ending, Refusal> {
    let asked = ensemble::ask(std::slice::from_ref(&options.scenario), &options.runs).check()?;
    act(asked, &options.folder, terminal)
}

pub(super) fn compare(options: &Compare, terminal: &Terminal) -> Result<Ending, Refusal> {
    let asked = ensemble::ask(&options.scenarios, &options.runs).compared()?;
    act(asked, &options.folder, terminal)
}

fn act(asked: Asked, folder: &FolderOptions, terminal: &Terminal) -> Result<Ending, Refusal> {
    let choices = Choices { replace: folder.force, parquet: folder.parquet, threads: asked.plan.threads };
    // Nobody should wait for runs that cannot be written.
    folder.out.as_ref().map_or(Ok(()), |out| publish::check(out, choices))?;
    let (comparison, ending) = ensemble::run(asked, terminal)?;
    let files = folder.out.as_ref().map_or(Ok(Vec::new()), |out| write(&comparison, out, choices, terminal))?;
    let outcome = outcome::of(&comparison, files);
    if terminal.json {
        terminal.answer(&outcome)?;
        return Ok(ending);
    }
    print(&outcome, &comparison, terminal);
    outcome.notes.iter().for_each(|note| terminal.say(format!("\n{}", plain(note))));
    match &folder.out {
        Some(out) => {
            terminal.say(format!("\n{} written to {}; begin with summary.md", count(outcome.files.len(), "file"), plain(&out.display().to_string())));
        }
        None => terminal.note("Nothing was written; --out FOLDER writes tables, charts and a summary."),
    }
    Ok(ending)
}

fn write(comparison: &Comparison, out: &Path, choices: Choices, terminal: &Terminal) -> Result<Vec<String>, Refusal> {
    let waiting = spinner(terminal, "drawing charts and writing tables");
    let files = publish::folder(comparison, out, choices);
    waiting.finish_and_clear();
    files
}

fn print(outcome: &Outcome, comparison: &Comparison, terminal: &Terminal) {
    for (index, scenario) in outcome.scenarios.iter().enumerate() {
        terminal.heading(format!(
            "{}{} — {} in {}",
            if index > 0 { "\n" } else { "" },
            plain(&scenario.name),
            comparison.runs_label(),
            scenario.quarter
        ));
        let futures: Vec<String> = scenario.futures.iter().map(|line| format!("{} in {} of 100", line.name, line.of_100)).collect();
        terminal.say(format!("runs end as: {}", futures.join(", ")));
        let header = if index == 0 {
            ["indicator", "mean", "middle 90 % of runs", "unit"]
        } else {
            ["indicator", "mean", "difference to the baseline", "pairs of runs agreeing"]
        };
        let rows = std::iter::once(header.map(str::to_owned).to_vec()).chain(scenario.figures.iter().map(row));
        terminal.table(&rows.collect::<Vec<_>>());
    }
    terminal.say("\n± is the half-width of the 95 % interval of the mean over runs. Runs under these assumptions, not a forecast.");
}

fn row(figure: &FigureLine) -> Vec<String> {
    let name = if figure.entity == "world" { figure.name.to_owned() } else { format!("{}, {}", figure.name, plain(&figure.entity)) };
    let mean = format!("{} ± {}", number(figure.mean), number(figure.half_width));
    let Some(d) = &figure.difference else {
        return vec![name, mean, format!("{} to {}", number(figure.q05), number(figure.q95)), figure.unit.to_owned()];
    };
    let agreement = match d.run_agreement.max(d.share_lower) {
        0.0 => "all equal".to_owned(),
        share => format!("{} {}", if d.run_agreement >= d.share_lower { "higher in" } else { "lower in" }, of_100(share)),
    };
    let caution = match (d.distinguishable || d.mean == 0.0, d.further_runs) {
        (true, _) => String::new(),
        (false, Some(more)) => format!("; not distinguishable from 0, about {more} more runs would decide"),
        (false, None) => "; not distinguishable from 0".to_owned(),
    };
    vec![name, mean, format!("{} ± {}", signed(d.mean), number(d.half_width)), agreement + &caution]
}
