//! All charts at a glance: a page for the browser and a sheet of pixels, in both themes.

use std::fmt::Write;

use resvg::tiny_skia::{Pixmap, PixmapPaint, Transform};

use crate::chart::Role;
use crate::draw::Figure;
use crate::palette::{Rgb, Theme};
use crate::png::{RenderError, pixels};
use crate::svg::escape;
use crate::text::clean;

/// A named figure of the gallery.
#[derive(Debug, Clone, Copy)]
pub struct Exhibit<'a> {
    /// Its caption, `fragmentation`.
    pub name: &'a str,
    /// The theme it was drawn in.
    pub theme: Theme,
    /// The figure.
    pub figure: &'a Figure,
}

/// A page with all figures, light ones first; it needs no script and loads nothing.
pub fn page(title: &str, exhibits: &[Exhibit<'_>]) -> String {
    let title = escape(&clean(title));
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    );
    for theme in Theme::ALL {
        let shown: Vec<_> = exhibits.iter().filter(|exhibit| exhibit.theme == theme).collect();
        if shown.is_empty() {
            continue;
        }
        let id = theme.id();
        let _ = writeln!(page, "<section class=\"{id}\" aria-label=\"{id} theme\">\n<h2>{id} theme</h2>");
        for exhibit in shown {
            let name = escape(&clean(exhibit.name));
            let _ = writeln!(page, "<figure>\n{}<figcaption>{name}</figcaption>\n</figure>", exhibit.figure.svg);
        }
        page.push_str("</section>\n");
    }
    page.push_str("</body>\n</html>\n");
    page
}

const STYLE: &str = "\
body { margin: 0; font-family: Inter, system-ui, sans-serif; color: #1a1f26; background: #f5f7fa; }
h1, h2 { margin: 0; padding: 1rem 1.5rem 0; font-size: 1.25rem; }
h2 { padding-left: 0; flex-basis: 100%; font-size: 1rem; }
section { display: flex; flex-wrap: wrap; gap: 1rem; padding: 0 1.5rem 1.5rem; }
section.dark { color: #f2f4f7; background: #1b2129; }
figure { margin: 0; flex: 1 1 30rem; max-width: 48rem; }
figure svg { display: block; width: 100%; height: auto; border: 1px solid #7b8592; }
figcaption { padding: 0.25rem 0; font-size: 0.875rem; }
";

/// All figures on one sheet of pixels, `columns` side by side, each `width` pixels wide, on the panel colour of the first one's theme.
pub fn sheet(exhibits: &[Exhibit<'_>], columns: usize, width: u32) -> Result<Vec<u8>, RenderError> {
    let columns = columns.clamp(1, exhibits.len().max(1));
    let gap = (width / 40).max(2);
    let pictures: Vec<Pixmap> = exhibits.iter().map(|e| pixels(e.figure, f64::from(width) / e.figure.width)).collect::<Result<_, _>>()?;
    let rows: Vec<u32> = pictures.chunks(columns).map(|row| row.iter().map(Pixmap::height).max().unwrap_or(0)).collect();
    let (w, h) = (columns as u32 * (width + gap) + gap, rows.iter().map(|r| r + gap).sum::<u32>() + gap);
    let mut sheet = Pixmap::new(w, h).ok_or(RenderError::Size { width: f64::from(w), height: f64::from(h) })?;
    let Rgb(r, g, b) = ground(exhibits.first().map_or(Theme::Light, |e| e.theme));
    sheet.fill(resvg::tiny_skia::Color::from_rgba8(r, g, b, 255));
    let mut top = gap;
    for (row, height) in pictures.chunks(columns).zip(rows) {
        for (column, picture) in row.iter().enumerate() {
            let left = gap + column as u32 * (width + gap);
            sheet.draw_pixmap(left as i32, top as i32, picture.as_ref(), &PixmapPaint::default(), Transform::identity(), None);
        }
        top += height + gap;
    }
    sheet.encode_png().map_err(|error| RenderError::Encoding(error.to_string()))
}

/// A colour that sets the figures off from the sheet.
fn ground(theme: Theme) -> Rgb {
    theme.colour(Role::Muted).mixed(theme.colour(Role::Surface), 0.25)
}
