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
    /// What stands around the panels.
    pub surround: Surround,
}

/// What stands around the panels of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Surround {
    /// Title, subtitle, notes and footer: the picture can be cut out of its page.
    #[default]
    Full,
    /// Notes alone: the page around the picture says the rest.
    Notes,
    /// Nothing but the key: the page says everything.
    Bare,
}

/// Size of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Size {
    /// 1920 × 1080 px: a slide.
    #[default]
    Slide,
    /// 170 × 120 mm: half a page of A4.
    HalfPage,
    /// 1080 × 1080 px.
    Square,
    /// A panel of a window, in CSS px.
    Screen {
        /// Width.
        width: u32,
        /// Height.
        height: u32,
    },
    /// A picture for the wall, in px of a projector: no text below 24 px.
    Projector {
        /// Width.
        width: u32,
        /// Height.
        height: u32,
    },
}

/// The smallest and the largest side of a picture whose size a client chooses, in px.
const SIDES: [u32; 2] = [120, 8192];

impl Size {
    /// The sizes of exported pictures.
    pub const ALL: [Size; 3] = [Size::Slide, Size::HalfPage, Size::Square];

    /// Name for options and files.
    pub const fn id(self) -> &'static str {
        match self {
            Size::Slide => "slide",
            Size::HalfPage => "half-page",
            Size::Square => "square",
            Size::Screen { .. } => "screen",
            Size::Projector { .. } => "projector",
        }
    }

    /// Scale at which PNG files are usually wanted: twice the pixels on screens, 300 dots per inch on paper.
    pub const fn png_scale(self) -> f64 {
        match self {
            Size::HalfPage => 3.125,
            Size::Projector { .. } => 1.0,
            Size::Slide | Size::Square | Size::Screen { .. } => 2.0,
        }
    }

    /// `width` and `height` as an SVG file states them.
    pub(crate) fn stated(self) -> (String, String) {
        match self {
            Size::HalfPage => ("170mm".to_owned(), "120mm".to_owned()),
            other => {
                let m = other.measures();
                (format!("{:.0}", m.width), format!("{:.0}", m.height))
            }
        }
    }

    /// Text and lines in px (96 to the inch).
    pub(crate) fn measures(self) -> Measures {
        match self {
            Size::Slide => SLIDE,
            Size::HalfPage => HALF_PAGE,
            Size::Square => SQUARE,
            Size::Screen { width, height } => Measures { width: side(width), height: side(height), ..SCREEN },
            Size::Projector { width, height } => Measures { width: side(width), height: side(height), ..PROJECTOR },
        }
    }
}

/// A side in px, within bounds.
fn side(px: u32) -> f64 {
    f64::from(px.clamp(SIDES[0], SIDES[1]))
}

const SLIDE: Measures = Measures {
    width: 1920.0,
    height: 1080.0,
    margin: 76.8,
    fine: 24.0,
    small: 24.0,
    body: 27.0,
    title: 37.0,
    own: 5.0,
    context: 3.0,
    edge: 2.0,
    hair: 2.0,
};

const HALF_PAGE: Measures = Measures {
    width: 642.5,
    height: 453.5,
    margin: 25.7,
    fine: 10.0,
    small: 10.0,
    body: 11.3,
    title: 14.7,
    own: 2.0,
    context: 1.0,
    edge: 0.7,
    hair: 0.6,
};

const SQUARE: Measures = Measures { width: 1080.0, height: 1080.0, margin: 43.2, fine: 22.0, small: 28.0, body: 32.0, title: 44.0, ..SLIDE };

const SCREEN: Measures = Measures {
    width: 640.0,
    height: 360.0,
    margin: 8.0,
    fine: 12.0,
    small: 12.0,
    body: 14.0,
    title: 20.0,
    own: 2.5,
    context: 1.2,
    edge: 0.8,
    hair: 1.0,
};

const PROJECTOR: Measures = Measures { margin: 24.0, fine: 24.0, small: 24.0, body: 32.0, title: 40.0, ..SLIDE };

/// Text sizes and line widths in px.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measures {
    pub(crate) width: f64,
    pub(crate) height: f64,
    /// Around everything.
    pub(crate) margin: f64,
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

    /// The usual distance between things that belong together.
    pub(crate) fn gap(&self) -> f64 {
        self.small * 0.5
    }

    /// Radius of a marker.
    pub(crate) fn marker(&self) -> f64 {
        self.small * 0.27
    }
}
