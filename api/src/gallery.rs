//! The contact sheet: every chart of a comparison in both themes and all sizes, to look at.

use faultline_charts::gallery::{Exhibit, page, sheet};
use faultline_charts::palette::Theme;
use faultline_charts::style::Size;

use crate::charts::{Format, Picture, Wish, every};
use crate::compare::Comparison;
use crate::jobs;
use crate::refusal::Refusal;

/// Pictures side by side on a sheet of pixels, and the width of each in pixels.
const COLUMNS: usize = 4;
const WIDTH: u32 = 720;

/// The files of the gallery with their paths: a page per size, a sheet per size and theme, and each picture alone.
///
/// # Errors
/// When a picture cannot be rasterised.
pub fn files(comparison: &Comparison) -> Result<Vec<(String, Vec<u8>)>, Refusal> {
    let mut files = Vec::new();
    for size in Size::ALL {
        let mut shown = Vec::new();
        for theme in Theme::ALL {
            let wish = Wish { dark: theme == Theme::Dark, size: Some(size.id().to_owned()), ..Wish::default() };
            shown.push((theme, every(comparison, &wish)?));
        }
        let all: Vec<Exhibit<'_>> = shown.iter().flat_map(|(theme, pictures)| exhibits(*theme, pictures)).collect();
        files.push((format!("{}.html", size.id()), page(&format!("Faultline: all charts, {}", size.id()), &all).into_bytes()));
        for (theme, pictures) in &shown {
            let name = format!("{}-{}", size.id(), theme.id());
            let content = sheet(&exhibits(*theme, pictures), COLUMNS, WIDTH);
            files.push((format!("{name}.png"), content.map_err(|e| Refusal::failed(format!("the sheet {name} was not made: {e}")))?));
            files.extend(jobs::each(None, pictures, |(id, picture)| Ok((format!("{name}/{id}.png"), picture.file(Format::Png)?)))?);
        }
    }
    Ok(files)
}

fn exhibits(theme: Theme, pictures: &[(String, Picture)]) -> Vec<Exhibit<'_>> {
    pictures.iter().map(|(name, picture)| Exhibit { name, theme, figure: picture.figure() }).collect()
}
