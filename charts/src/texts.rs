//! All texts of a picture: each claims its place, and none is set where another one stands.

use crate::canvas::{Align, Canvas, Text};
use crate::geometry::{Point, Rect, clip_segment};
use crate::palette::Rgb;
use crate::style::Measures;
use crate::text::{clean, is_bold, width};

/// Font size, weight and colour.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Face {
    pub(crate) size: f64,
    pub(crate) bold: bool,
    pub(crate) colour: Rgb,
}

impl Face {
    /// Distance between the base lines of two lines.
    pub(crate) fn pitch(&self) -> f64 {
        self.size * Measures::LINE
    }

    /// Width of the widest of some lines.
    pub(crate) fn width_of(&self, lines: &[String]) -> f64 {
        lines.iter().map(|line| width(line, self.size, self.bold)).fold(0.0, f64::max)
    }

    /// Height of some lines, from the top of the first one's capitals to the bottom of the last one's descenders.
    pub(crate) fn height_of(&self, lines: usize) -> f64 {
        if lines == 0 { 0.0 } else { (lines - 1) as f64 * self.pitch() + self.size }
    }
}

/// Height of capitals and accents above the base line, in shares of the size; descenders reach the rest of 1 below.
const ASCENT: f64 = 0.77;

/// The texts placed so far, and what further ones must keep clear of.
pub(crate) struct Texts {
    page: Rect,
    placed: Vec<Text>,
    /// Places that are taken; texts of the owning panel may still stand in them.
    taken: Vec<(Rect, Option<usize>)>,
    /// Lines and markers: better avoided, but not forbidden.
    busy: Vec<Rect>,
}

impl Texts {
    pub(crate) const fn new(page: Rect) -> Self {
        Texts { page, placed: Vec::new(), taken: Vec::new(), busy: Vec::new() }
    }

    /// The box of some lines whose first base line belongs to a box with top left or top centre or top right at `at`.
    pub(crate) fn bounds(lines: &[String], face: Face, at: Point, align: Align) -> Rect {
        let (w, h) = (face.width_of(lines), face.height_of(lines.len()));
        let left = match align {
            Align::Start => at.0,
            Align::Middle => at.0 - w / 2.0,
            Align::End => at.0 - w,
        };
        Rect::new(left, at.1, left + w, at.1 + h)
    }

    /// Sets lines with their top at `at`, whatever is there.
    pub(crate) fn set(&mut self, lines: &[String], face: Face, at: Point, align: Align) {
        for (k, line) in lines.iter().enumerate() {
            let y = at.1 + k as f64 * face.pitch() + ASCENT * face.size;
            let (content, bold) = (clean(line).into_owned(), is_bold(&lines.concat(), face.bold));
            self.placed.push(Text { content, x: at.0, y, size: face.size, bold, align, colour: face.colour });
        }
        self.taken.push((Self::bounds(lines, face, at, align), None));
    }

    /// Sets lines if their place is free; says whether it did.
    pub(crate) fn try_set(&mut self, lines: &[String], face: Face, at: Point, align: Align, panel: usize) -> bool {
        let fits = self.is_free(&Self::bounds(lines, face, at, align), panel);
        if fits {
            self.set(lines, face, at, align);
        }
        fits
    }

    /// Whether a text of a panel may stand there.
    pub(crate) fn is_free(&self, place: &Rect, panel: usize) -> bool {
        self.page.contains(place) && self.taken.iter().all(|(taken, owner)| *owner == Some(panel) || !taken.overlaps(place))
    }

    /// Whether a line would cross a text.
    pub(crate) fn crosses(&self, a: Point, b: Point) -> bool {
        self.taken.iter().any(|(taken, owner)| owner.is_none() && clip_segment(a, b, taken).is_some())
    }

    /// How much of the picture a text there would cover.
    pub(crate) fn cost(&self, place: &Rect) -> usize {
        self.busy.iter().filter(|busy| busy.overlaps(place)).count()
    }

    /// Keeps texts of other panels out.
    pub(crate) fn take(&mut self, place: Rect, panel: usize) {
        self.taken.push((place, Some(panel)));
    }

    /// Says that a line or marker is there.
    pub(crate) fn occupy(&mut self, place: Rect) {
        self.busy.push(place);
    }

    /// Draws all texts.
    pub(crate) fn draw(&self, canvas: &mut Canvas<'_>) {
        self.placed.iter().for_each(|text| canvas.text(text));
    }
}
