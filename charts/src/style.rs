//! How large a picture is and how large its text and lines are: re-set for each size, not scaled.

use serde::Serialize;

use crate::palette::Theme;

/// Everything that a chart does not say itself about its looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Style {
    /// Light or dark.
    pub theme: Theme,
    /// Size of the picture.
    pub size: Size,
}

/// Size of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Size {
    /// 1920 × 1080 px: a slide or a screen.
    #[default]
    Slide,
    /// 170 × 120 mm: half a page of A4.
    HalfPage,
    /// 1080 × 1080 px.
    Square,
}

impl Size {
    /// All sizes.
    pub const ALL: [Size; 3] = [Size::Slide, Size::HalfPage, Size::Square];

    /// Name for options and files.
    pub const fn id(self) -> &'static str {
        match self {
            Size::Slide => "slide",
            Size::HalfPage => "half-page",
            Size::Square => "square",
        }
    }

    /// Scale at which PNG files are usually wanted: twice the pixels on screens, 300 dots per inch on paper.
    pub const fn png_scale(self) -> f64 {
        match self {
            Size::HalfPage => 3.125,
            Size::Slide | Size::Square => 2.0,
        }
    }

    /// `width` and `height` as an SVG file states them.
    pub(crate) const fn stated(self) -> (&'static str, &'static str) {
        match self {
            Size::Slide => ("1920", "1080"),
            Size::HalfPage => ("170mm", "120mm"),
            Size::Square => ("1080", "1080"),
        }
    }

    /// Text and lines in px (96 to the inch).
    pub(crate) const fn measures(self) -> Measures {
        match self {
            Size::Slide => {
                Measures { width: 1920.0, height: 1080.0, fine: 24.0, small: 24.0, body: 27.0, title: 37.0, own: 5.0, context: 3.0, edge: 2.0, hair: 2.0 }
            }
            Size::HalfPage => {
                Measures { width: 642.5, height: 453.5, fine: 10.0, small: 10.0, body: 11.3, title: 14.7, own: 2.0, context: 1.0, edge: 0.7, hair: 0.6 }
            }
            Size::Square => {
                Measures { width: 1080.0, height: 1080.0, fine: 22.0, small: 28.0, body: 32.0, title: 44.0, own: 5.0, context: 3.0, edge: 2.0, hair: 2.0 }
            }
        }
    }
}

/// Text sizes and line widths in px.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measures {
    pub(crate) width: f64,
    pub(crate) height: f64,
    /// Notes and footer; never less than a fiftieth of the height of a picture for a wall.
    pub(crate) fine: f64,
    pub(crate) small: f64,
    pub(crate) body: f64,
    pub(crate) title: f64,
    pub(crate) own: f64,
    pub(crate) context: f64,
    pub(crate) edge: f64,
    pub(crate) hair: f64,
}

impl Measures {
    /// Height of a line of text relative to its size.
    pub(crate) const LINE: f64 = 1.3;

    /// Margin around everything.
    pub(crate) fn margin(&self) -> f64 {
        self.width * 0.04
    }

    /// The usual distance between things that belong together.
    pub(crate) fn gap(&self) -> f64 {
        self.small * 0.5
    }

    /// Radius of a marker.
    pub(crate) fn marker(&self) -> f64 {
        self.small * 0.27
    }
}
