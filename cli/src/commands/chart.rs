//! `chart`: one chart of one or more scenarios, in one format.

use std::path::Path;

use faultline_api::charts::{self, Format, Picture, Wish};
use faultline_api::{Refusal, disk};

use super::ensemble;
use crate::options::{Chart, ChartFormat, Size, Theme};
use crate::terminal::{Ending, Terminal, plain};

pub(super) fn chart(options: &Chart, terminal: &Terminal) -> Result<Ending, Refusal> {
    let out = options.file.out.as_deref().filter(|out| *out != Path::new("-"));
    let compares = charts::compares(&options.id);
    let ask = ensemble::ask(&options.scenarios, &options.runs);
    let pair = options.scenarios.len() > 1 || (matches!(compares, Ok(true)) && !options.runs.set.is_empty());
    let asked = if pair { ask.compared() } else { ask.check() };
    let format = format(options);
    let (asked, format) = match (asked, format, compares) {
        (Ok(asked), Ok(format), Ok(compares)) => {
            if compares && asked.loaded.len() < 2 {
                return Err(Refusal::input(format!("the chart {} compares scenarios. Name a second one, or change this one with --set", options.id)));
            }
            (asked, format)
        }
        (asked, format, compares) => return Err(Refusal::all(compares.err().into_iter().chain(format.err()).chain(asked.err()).collect())),
    };
    if charts::shows_one(&options.id)? && asked.loaded.len() > 2 {
        return Err(Refusal::input(format!(
            "the chart {} shows one scenario, beside the baseline that is named first. Name two at most, and draw it once for each",
            options.id
        )));
    }
    let wish = wish(options);
    charts::check(&asked.loaded[0], &wish)?;
    out.map_or(Ok(()), |out| disk::check_file_target(out, options.file.force))?;
    let (comparison, ending) = ensemble::run(asked, terminal)?;
    let picture = charts::picture(&comparison, &options.id, &wish)?;
    write(&picture, format, out, options, terminal)?;
    Ok(ending)
}

fn wish(options: &Chart) -> Wish {
    let size = match options.size {
        Size::Slide => "slide",
        Size::HalfPage => "half-page",
        Size::Square => "square",
    };
    Wish {
        dark: options.theme == Theme::Dark,
        size: Some(size.to_owned()),
        takeaway: options.takeaway,
        domain: options.domain.clone(),
        language: options.language.clone(),
        run: options.only_run.map(|run| run as usize - 1),
        quarter: options.quarter.clone(),
        screen: None,
    }
}

/// The format asked for, or that of the file’s ending.
fn format(options: &Chart) -> Result<Format, Refusal> {
    let ending = options.file.out.as_deref().and_then(Path::extension).map(|e| e.to_string_lossy().to_lowercase());
    if let (Some(format), Some(ending)) = (options.format, &ending)
        && Format::ALL.iter().any(|known| known.ending() == ending)
        && !format!("{format:?}").eq_ignore_ascii_case(ending)
    {
        return Err(Refusal::input(format!(
            "--format and the ending of --out, .{ending}, name different formats. Leave out --format, or change the ending"
        )));
    }
    match (options.format, ending) {
        (Some(ChartFormat::Svg), _) | (None, None) => Ok(Format::Svg),
        (Some(ChartFormat::Png), _) => Ok(Format::Png),
        (Some(ChartFormat::Pdf), _) => Ok(Format::Pdf),
        (Some(ChartFormat::Csv), _) => Ok(Format::Csv),
        (None, Some(ending)) => Format::ALL.into_iter().find(|format| format.ending() == ending).ok_or_else(|| {
            Refusal::input(format!(
                "--out: no chart is written as “{}”. Let the name end in .svg, .png, .pdf or .csv, or give --format",
                plain(&ending)
            ))
        }),
    }
}

/// To a file, or to standard output.
fn write(picture: &Picture, format: Format, out: Option<&Path>, options: &Chart, terminal: &Terminal) -> Result<(), Refusal> {
    let content = picture.file(format)?;
    let Some(out) = out else {
        if terminal.json {
            let svg = picture.figure().svg.as_str();
            return terminal.answer(&serde_json::json!({ "title": picture.title(), "alt": picture.alt(), "table": picture.rows(), "svg": svg }));
        }
        terminal.raw(|stream| stream.write_all(&content));
        return Ok(());
    };
    disk::write_file(out, &content, options.file.force)?;
    if terminal.json {
        let about = serde_json::json!({ "file": out, "title": picture.title(), "alt": picture.alt() });
        return terminal.answer(&about);
    }
    terminal.note(format!("{} written: {}", plain(&out.display().to_string()), plain(picture.title())));
    Ok(())
}
