//! The fonts every picture is measured, rasterised and printed with; nothing is ever looked up on the machine.

use std::sync::{Arc, OnceLock};

use resvg::usvg::fontdb::Database;
use ttf_parser::Face;

/// Latin, regular.
pub(crate) const INTER: &[u8] = include_bytes!("../fonts/Inter-Regular.ttf");
/// Latin, bold.
pub(crate) const INTER_BOLD: &[u8] = include_bytes!("../fonts/Inter-Bold.ttf");
/// Simplified Chinese, regular: the fallback for what Inter lacks.
pub(crate) const NOTO_SC: &[u8] = include_bytes!("../fonts/NotoSansSC-Subset.ttf");

/// Value of `font-family` in every SVG; the first two are bundled, the rest serves viewers without them.
pub const FAMILY: &str = "Inter, 'Noto Sans SC', system-ui, sans-serif";

/// The bundled fonts for the rasteriser and the PDF writer.
pub(crate) fn database() -> Arc<Database> {
    static DATABASE: OnceLock<Arc<Database>> = OnceLock::new();
    let load = || {
        let mut fonts = Database::new();
        [INTER, INTER_BOLD, NOTO_SC].into_iter().for_each(|font| fonts.load_font_data(font.to_vec()));
        fonts.set_sans_serif_family("Inter");
        Arc::new(fonts)
    };
    Arc::clone(DATABASE.get_or_init(load))
}

/// Latin regular, Latin bold, Chinese.
fn faces() -> &'static [Face<'static>; 3] {
    static FACES: OnceLock<[Face<'static>; 3]> = OnceLock::new();
    let parse = |font| Face::parse(font, 0).expect("a bundled font is a font");
    FACES.get_or_init(|| [INTER, INTER_BOLD, NOTO_SC].map(parse))
}

/// Whether a bundled font can draw a character in both weights.
pub fn has(c: char) -> bool {
    let [regular, heavy, chinese] = faces().each_ref().map(|face| face.glyph_index(c).is_some());
    (regular && heavy) || chinese
}

/// Advance width of a character in shares of the font size.
pub(crate) fn advance(c: char, bold: bool) -> f64 {
    let [regular, heavy, chinese] = faces();
    let width = |face: &Face<'_>| face.glyph_index(c).and_then(|g| face.glyph_hor_advance(g)).map(|a| f64::from(a) / f64::from(face.units_per_em()));
    width(if bold { heavy } else { regular }).or_else(|| width(chinese)).unwrap_or(1.0)
}
