//! Figures become pixels, by our own rasteriser with our own fonts: the same on every machine.

use std::fmt;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use crate::draw::Figure;
use crate::fonts;

/// Why a figure could not be rasterised or printed.
#[derive(Debug)]
pub enum RenderError {
    /// The SVG could not be read back.
    Svg(resvg::usvg::Error),
    /// No picture has this many pixels.
    Size {
        /// Width asked for, in pixels.
        width: f64,
        /// Height asked for, in pixels.
        height: f64,
    },
    /// The picture could not be written in its format.
    Encoding(String),
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RenderError::Svg(error) => write!(f, "the drawing could not be read back: {error}"),
            RenderError::Size { width, height } => write!(f, "a picture of {width:.0} × {height:.0} pixels cannot be made; choose a smaller scale"),
            RenderError::Encoding(message) => write!(f, "the picture could not be written: {message}"),
        }
    }
}

impl std::error::Error for RenderError {}

/// The longest side a PNG may have in pixels.
const LONGEST: f64 = 16_384.0;

/// A figure as a PNG file, `scale` pixels to the px of the figure (`Size::png_scale` is the usual one).
pub fn png(figure: &Figure, scale: f64) -> Result<Vec<u8>, RenderError> {
    let pixmap = pixels(figure, scale)?;
    pixmap.encode_png().map_err(|error| RenderError::Encoding(error.to_string()))
}

/// A figure as pixels.
pub(crate) fn pixels(figure: &Figure, scale: f64) -> Result<Pixmap, RenderError> {
    let (width, height) = ((figure.width * scale).round(), (figure.height * scale).round());
    let wrong = RenderError::Size { width, height };
    if !(width >= 1.0 && height >= 1.0 && width <= LONGEST && height <= LONGEST) {
        return Err(wrong);
    }
    let tree = tree(&figure.svg)?;
    let mut pixmap = Pixmap::new(width as u32, height as u32).ok_or(wrong)?;
    let (x, y) = (width as f32 / tree.size().width(), height as f32 / tree.size().height());
    resvg::render(&tree, Transform::from_scale(x, y), &mut pixmap.as_mut());
    Ok(pixmap)
}

/// The SVG read with the bundled fonts only.
pub(crate) fn tree(svg: &str) -> Result<Tree, RenderError> {
    let options = Options { fontdb: fonts::database(), font_family: "Inter".to_owned(), ..Options::default() };
    Tree::from_str(svg, &options).map_err(RenderError::Svg)
}
