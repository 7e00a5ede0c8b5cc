//! Theme and measures together: what every drawing function needs to know.

use crate::canvas::Stroke;
use crate::chart::{Dash, Fill, Role, TextSize, Weight};
use crate::palette::{Rgb, Theme};
use crate::style::{Measures, Style};
use crate::texts::Face;

/// Theme and measures of a picture.
pub(crate) struct Pen {
    pub(crate) theme: Theme,
    pub(crate) m: Measures,
}

impl Pen {
    pub(crate) fn new(style: &Style) -> Self {
        Pen { theme: style.theme, m: style.size.measures() }
    }

    pub(crate) fn colour(&self, role: Role) -> Rgb {
        self.theme.colour(role)
    }

    pub(crate) fn width(&self, weight: Weight) -> f64 {
        match weight {
            Weight::Own => self.m.own,
            Weight::Context => self.m.context,
            Weight::Edge => self.m.edge,
            Weight::Hair => self.m.hair,
        }
    }

    pub(crate) fn stroke(&self, role: Role, weight: Weight, dash: Dash) -> Stroke {
        Stroke { colour: self.colour(role), width: self.width(weight), dash }
    }

    /// The smallest text.
    pub(crate) fn small(&self, role: Role) -> Face {
        Face { size: self.m.small, bold: false, colour: self.colour(role) }
    }

    /// Text of a panel.
    pub(crate) fn face(&self, size: TextSize, bold: bool, role: Role) -> Face {
        let size = match size {
            TextSize::Small => self.m.small,
            TextSize::Body => self.m.body,
        };
        Face { size, bold, colour: self.colour(role) }
    }

    /// Headings of panels.
    pub(crate) fn heading(&self) -> Face {
        Face { size: self.m.body, bold: true, colour: self.colour(Role::Ink) }
    }

    /// The colour of text on a fill.
    pub(crate) fn text_on(&self, fill: &Fill) -> Rgb {
        self.theme.fill(fill).map_or_else(|| self.colour(Role::Ink), |ground| self.theme.text_on(ground))
    }
}
