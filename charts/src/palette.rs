//! Roles become colours: one light and one dark theme, with contrasts that a test computes.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::chart::{Fill, Role, Tint};

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rgb(
    /// Red.
    pub u8,
    /// Green.
    pub u8,
    /// Blue.
    pub u8,
);

const fn hex(value: u32) -> Rgb {
    Rgb((value >> 16) as u8, (value >> 8) as u8, value as u8)
}

impl Rgb {
    /// This colour over `under` with the given strength.
    pub fn mixed(self, under: Rgb, strength: f64) -> Rgb {
        let s = strength.clamp(0.0, 1.0);
        let mix = |a: u8, b: u8| (f64::from(a) * s + f64::from(b) * (1.0 - s)).round() as u8;
        Rgb(mix(self.0, under.0), mix(self.1, under.1), mix(self.2, under.2))
    }

    /// Relative luminance (WCAG 2.2).
    pub fn luminance(self) -> f64 {
        let linear = |c: u8| match f64::from(c) / 255.0 {
            c if c <= 0.04045 => c / 12.92,
            c => ((c + 0.055) / 1.055).powf(2.4),
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Contrast to another colour, 1 to 21 (WCAG 2.2).
    pub fn contrast(self, other: Rgb) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

/// Strength of the edge of a band.
pub(crate) const EDGE: f64 = 0.35;

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Theme {
    /// For paper, projectors and light screens.
    #[default]
    Light,
    /// For dark screens.
    Dark,
}

impl Theme {
    /// Both themes.
    pub const ALL: [Theme; 2] = [Theme::Light, Theme::Dark];

    /// Name for options and files.
    pub const fn id(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    const fn pick(self, light: u32, dark: u32) -> Rgb {
        match self {
            Theme::Light => hex(light),
            Theme::Dark => hex(dark),
        }
    }

    /// The colour of a role.
    pub fn colour(self, role: Role) -> Rgb {
        match role {
            Role::Bloc(0) => self.pick(0xC2560C, 0xFFA24A),
            Role::Bloc(1) => self.pick(0x4B2E83, 0xB784E0),
            Role::Bloc(2) => self.pick(0x00695C, 0x7FF0CC),
            Role::Bloc(3) => self.pick(0x2F455E, 0xE1E9F1),
            Role::Bloc(4) => self.pick(0x627890, 0x9DB0C4),
            Role::Bloc(5) => self.pick(0x8A6D3B, 0xD9C79A),
            Role::Bloc(_) => self.pick(0x6B7F00, 0xC3D45A),
            Role::Rest => self.pick(0xBD6FA5, 0xD83B88),
            Role::Common => self.pick(0x1F2A37, 0xF2F4F7),
            Role::Context => self.pick(0xC3C9D1, 0x4C5766),
            Role::System => self.pick(0x2F455E, 0xE1E9F1),
            Role::Ink => self.pick(0x1A1F26, 0xF2F4F7),
            Role::Muted => self.pick(0x56606D, 0xA9B3C0),
            Role::Grid => self.pick(0xE3E7EC, 0x2C343F),
            Role::Surface => self.pick(0xFFFFFF, 0x12161C),
            Role::Future(step) => self.future(step),
            Role::Heat(share) => step_of(share, [0xF3F6F9, 0xCAD7E4, 0x95ADC6, 0x4F7596, 0x1F4E79]),
            Role::Diff(signed) => step_of((signed + 1.0) / 2.0, [0x2166AC, 0x92C5DE, 0xF7F7F7, 0xF4A582, 0xB2182B]),
        }
    }

    const fn future(self, step: usize) -> Rgb {
        match step {
            0 => self.pick(0xDCE3EB, 0x3A4654),
            1 => self.pick(0xA9B8C9, 0x65788D),
            2 => self.pick(0x627890, 0x9DB0C4),
            _ => self.pick(0x2F455E, 0xE1E9F1),
        }
    }

    /// The colour of a fill; `None` when it is only an outline.
    pub fn fill(self, fill: &Fill) -> Option<Rgb> {
        let (colour, surface) = (self.colour(fill.role), self.colour(Role::Surface));
        let (outer, inner) = self.bands(fill.role).unwrap_or_else(|| match self {
            Theme::Light => (colour.mixed(surface, 0.12), colour.mixed(surface, 0.28)),
            Theme::Dark => (colour.mixed(surface, 0.14), colour.mixed(surface, 0.30)),
        });
        match fill.tint {
            Tint::Solid => Some(colour),
            Tint::Band90 => Some(outer),
            Tint::Band50 => Some(inner),
            Tint::Mix(strength) => Some(colour.mixed(surface, strength)),
            Tint::Empty => None,
        }
    }

    /// Tints of the 90 % and 50 % bands where they were chosen by hand.
    const fn bands(self, role: Role) -> Option<(Rgb, Rgb)> {
        Some(match role {
            Role::Bloc(0) => (self.pick(0xF8EBE2, 0x332A22), self.pick(0xEED0BB, 0x59402A)),
            Role::Bloc(1) => (self.pick(0xE9E6F0, 0x292537), self.pick(0xCDC4DC, 0x443757)),
            Role::Bloc(2) => (self.pick(0xE0EDEB, 0x213535), self.pick(0xB8D5D1, 0x335751)),
            Role::Rest => (self.pick(0xF7EEF4, 0x2E1B2B), self.pick(0xEDD7E6, 0x4D213C)),
            _ => return None,
        })
    }

    /// Dark or white text, whichever reads better on the colour.
    pub fn text_on(self, ground: Rgb) -> Rgb {
        let (dark, white) = (hex(0x1A1F26), hex(0xFFFFFF));
        if ground.contrast(dark) >= ground.contrast(white) { dark } else { white }
    }
}

/// The step of a five-step ramp that a share from 0 to 1 falls into.
fn step_of(share: f64, ramp: [u32; 5]) -> Rgb {
    let step = if share.is_nan() { 0.0 } else { (share * 5.0).floor().clamp(0.0, 4.0) };
    hex(ramp[step as usize])
}

/// A drawing of this program in the colours of the other theme: every colour stands for a role, and its place is the same.
pub fn recoloured(svg: &str, from: Theme, to: Theme) -> String {
    let written = |c: Rgb| format!("#{:02X}{:02X}{:02X}", c.0, c.1, c.2);
    let pairs: BTreeMap<String, String> =
        drawn_with().map(|fill| (from.fill(&fill), to.fill(&fill))).filter_map(|(a, b)| Some((written(a?), written(b?)))).rev().collect();
    let mut pieces = svg.split("=\"#");
    let mut drawing = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let known = piece.get(..6).and_then(|digits| pairs.get(&format!("#{digits}")));
        drawing.push_str("=\"");
        match known {
            Some(colour) => {
                drawing.push_str(colour);
                drawing.push_str(&piece[6..]);
            }
            None => {
                drawing.push('#');
                drawing.push_str(piece);
            }
        }
    }
    drawing
}

/// What marks of charts on trust are drawn with: roles as they are, as bands, and as the edges of bands.
fn drawn_with() -> impl DoubleEndedIterator<Item = Fill> {
    const PAGE: [Role; 7] = [Role::Surface, Role::Ink, Role::Muted, Role::Grid, Role::Context, Role::System, Role::Rest];
    const TINTS: [Tint; 4] = [Tint::Solid, Tint::Band90, Tint::Band50, Tint::Mix(EDGE)];
    PAGE.into_iter().chain((0..7).map(Role::Bloc)).flat_map(|role| TINTS.map(|tint| Fill::tinted(role, tint)))
}

#[cfg(test)]
mod tests {
    use ::palette::color_difference::Ciede2000;
    use ::palette::{FromColor, Lab, LinSrgb, Srgb};

    use super::*;

    const BLOCS: [Role; 4] = [Role::Bloc(0), Role::Bloc(1), Role::Bloc(2), Role::Rest];

    #[test]
    fn text_stands_out_at_least_four_and_a_half_to_one() {
        for theme in Theme::ALL {
            let surface = theme.colour(Role::Surface);
            for role in [Role::Ink, Role::Muted] {
                assert!(theme.colour(role).contrast(surface) >= 4.5, "{role:?} {}", theme.id());
            }
            let steps = (0..=4).flat_map(|k| [Role::Heat(f64::from(k) / 4.0), Role::Diff(f64::from(k) / 2.0 - 1.0), Role::Future(k as usize)]);
            for ground in steps.chain(BLOCS).chain([Role::Common]).map(|role| theme.colour(role)) {
                let contrast = theme.text_on(ground).contrast(ground);
                assert!(contrast >= 4.0, "{ground:?} {} {contrast:.2}", theme.id());
            }
        }
    }

    #[test]
    fn marks_stand_out_at_least_three_to_one() {
        for theme in Theme::ALL {
            let surface = theme.colour(Role::Surface);
            for role in (0..7).map(Role::Bloc).chain([Role::Rest, Role::Common, Role::System, Role::Future(3)]) {
                let contrast = theme.colour(role).contrast(surface);
                assert!(contrast >= 3.0, "{role:?} {} {contrast:.2}", theme.id());
            }
        }
    }

    #[test]
    fn a_line_stands_out_from_its_own_bands() {
        for theme in Theme::ALL {
            for role in BLOCS.into_iter().chain([Role::System]) {
                let band = theme.fill(&Fill::tinted(role, Tint::Band50)).expect("a band is filled");
                let contrast = theme.colour(role).contrast(band);
                assert!(contrast >= 2.2, "{role:?} {} {contrast:.2}", theme.id());
            }
        }
    }

    /// What trichromats see, and what is seen without one of the three cones (Machado, Oliveira & Fernandes 2009, severity 1, linear sRGB).
    const VISIONS: [(&str, [[f32; 3]; 3]); 4] = [
        ("all cones", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        ("protanopia", [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]]),
        ("deuteranopia", [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]]),
        ("tritanopia", [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]]),
    ];

    fn seen(colour: Rgb, vision: &[[f32; 3]; 3]) -> Lab {
        let linear: LinSrgb = Srgb::new(colour.0, colour.1, colour.2).into_linear();
        let part = |row: &[f32; 3]| (row[0] * linear.red + row[1] * linear.green + row[2] * linear.blue).clamp(0.0, 1.0);
        Lab::from_color(LinSrgb::new(part(&vision[0]), part(&vision[1]), part(&vision[2])))
    }

    #[test]
    fn blocs_differ_in_colour_for_every_kind_of_colour_vision() {
        for theme in Theme::ALL {
            for (name, vision) in VISIONS {
                for (k, a) in BLOCS.into_iter().enumerate() {
                    for b in BLOCS.into_iter().skip(k + 1) {
                        let difference = seen(theme.colour(a), &vision).difference(seen(theme.colour(b), &vision));
                        assert!(difference >= 14.0, "{a:?} and {b:?}, {}, {name}: CIEDE2000 {difference:.1}", theme.id());
                    }
                }
            }
        }
    }

    #[test]
    fn seven_blocs_and_the_rest_differ_in_colour_dash_and_marker() {
        use crate::chart::{Dash, Marker};
        let markers: Vec<Marker> = (0..7).map(Marker::of_bloc).chain([Marker::Diamond, Marker::Ring]).collect();
        for a in 0..7 {
            for b in a + 1..7 {
                assert_ne!(Dash::of_bloc(a), Dash::of_bloc(b), "blocs {a} and {b}");
                Theme::ALL.into_iter().for_each(|theme| assert_ne!(theme.colour(Role::Bloc(a)), theme.colour(Role::Bloc(b)), "blocs {a} and {b}"));
            }
        }
        assert!(markers.iter().enumerate().all(|(k, marker)| !markers[..k].contains(marker)), "{markers:?}");
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        assert!((Rgb(0, 0, 0).contrast(Rgb(255, 255, 255)) - 21.0).abs() < 1e-9);
        assert!((hex(0x777777).contrast(hex(0xFFFFFF)) - 4.48).abs() < 0.01);
    }
}
