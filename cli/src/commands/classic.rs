//! `classic`: a text-book model beside its exact or published value.

use std::path::Path;

use faultline_api::classics::{self, ClassicPage, ResultLine, Wish};
use faultline_api::{Refusal, disk};

use crate::options::Classic;
use crate::terminal::{Terminal, plain};

pub(super) fn classic(options: &Classic, terminal: &Terminal) -> Result<(), Refusal> {
    let Some((id, given)) = &options.chosen else { return list(terminal) };
    let wish = Wish { id: id.clone(), given: given.clone(), runs: options.runs.clone(), seed: options.seed.clone() };
    let page = match &options.out {
        None => classics::play(&wish)?,
        Some(out) => {
            disk::check_file_target(out, options.force)?;
            let (page, chart) = classics::draw(&wish, &ending(out), false)?;
            disk::write_file(out, &chart, options.force)?;
            terminal.note(format!("{} written", out.display()));
            page
        }
    };
    if terminal.json {
        return terminal.answer(&page);
    }
    print(&page, terminal);
    Ok(())
}

/// Ending of a file name, in small letters.
pub(super) fn ending(file: &Path) -> String {
    file.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
}

fn list(terminal: &Terminal) -> Result<(), Refusal> {
    let classics = classics::list();
    if terminal.json {
        return terminal.answer(&classics);
    }
    for classic in classics {
        terminal.heading(format!("{} — {}", classic.id, classic.name));
        terminal.say(format!("  {}", classic.lesson));
        terminal.say(format!("  {}", classic.source));
        let keys: Vec<String> =
            classic.parameters.iter().map(|p| format!("--{} {}", p.id, if p.default.is_empty() { "FILE" } else { &p.default })).collect();
        terminal.say(format!("  {}", keys.join("  ")));
    }
    Ok(())
}

fn print(page: &ClassicPage, terminal: &Terminal) {
    terminal.heading(format!("{} — {}", page.name, page.source));
    terminal.say(page.lesson);
    let values: Vec<String> = page.parameters.iter().map(|(key, value)| format!("{key} = {value}")).collect();
    terminal.say(format!("\n{}; seed {}", values.join(", "), page.seed));
    terminal.say(format!("Simulated: {}.", page.simulated));
    terminal.say(format!("Engine: {}.\n", page.engine));
    let head = ["", "simulated", "s.e.", "exact or published", "difference in s.e.", "from"].map(str::to_owned).to_vec();
    terminal.table(&std::iter::once(head).chain(page.lines.iter().map(row)).collect::<Vec<_>>());
    if !page.listing.rows.is_empty() {
        terminal.say("");
        let head: Vec<String> = page.listing.columns.iter().map(|&column| column.to_owned()).collect();
        let cells = page.listing.rows.iter().map(|row| row.iter().map(|cell| plain(cell)).collect());
        terminal.table(&std::iter::once(head).chain(cells).collect::<Vec<Vec<String>>>());
    }
    if !page.notes.is_empty() {
        terminal.say("");
    }
    page.notes.iter().for_each(|note| terminal.say(note));
}

fn row(line: &ResultLine) -> Vec<String> {
    let number = |x: Option<f64>| x.map_or_else(|| "–".to_owned(), shown);
    let apart = match (line.standard_errors_apart, line.difference) {
        (Some(apart), _) => format!("{apart:+.2}"),
        (None, Some(difference)) => format!("differs by {}", shown(difference)),
        (None, None) => "–".to_owned(),
    };
    let error = if line.standard_error > 0.0 { shown(line.standard_error) } else { "–".to_owned() };
    vec![line.name.clone(), number(line.simulated), error, number(line.reference), apart, line.basis.to_owned()]
}

/// Six decimals, or as many significant digits where the number is small or large.
fn shown(x: f64) -> String {
    match x.abs() {
        size if size >= 1e6 || (size < 1e-4 && size > 0.0) => format!("{x:.4e}"),
        _ => format!("{x:.6}"),
    }
}
