//! Texts of marks find their places: beside their points, clear of each other, connected by a thin line when they had to move.

use crate::canvas::{Align, Canvas, Stroke};
use crate::chart::{Anchor, Direction, Fill, Hold, Label, Mark, Path, Role, Rule, Segments, Shape, TextSize, Weight};
use crate::geometry::{Point, Rect, push_apart};
use crate::layout::{name_air, name_rows};
use crate::marks::{Place, spread_out};
use crate::style::Measures;
use crate::text::{clean, shorten, widest_piece, width, wrap};
use crate::texts::{Face, Texts};

/// The texts of one panel.
pub(crate) struct Labels<'p> {
    pub(crate) place: Place<'p>,
    /// Index of the panel.
    pub(crate) index: usize,
}

impl Labels<'_> {
    /// Sets all texts of the panel's marks; those with the least freedom first.
    pub(crate) fn set(&self, canvas: &mut Canvas<'_>, texts: &mut Texts, marks: &[Mark]) {
        marks.iter().for_each(|mark| self.occupy(texts, &mark.shape));
        let cells = self.cell_sizes(marks);
        for mark in marks {
            match &mark.shape {
                Shape::Cell(cell) => self.inside_in(texts, &self.place.rect(cell.x, cell.y), &cell.text, &cell.fill, cells),
                Shape::Block(block) => self.inside(texts, &self.place.rect(block.x, block.y), &block.text, &block.fill),
                Shape::Segments(bar) => self.segments(canvas, texts, bar),
                _ => (),
            }
        }
        let mut groups: Vec<u32> = marks.iter().filter_map(|m| group_of(label_of(m)?)).collect();
        groups.sort_unstable();
        groups.dedup();
        for group in groups {
            let members: Vec<&Label> = marks.iter().filter_map(label_of).filter(|l| group_of(l) == Some(group)).collect();
            self.group(canvas, texts, &members);
        }
        for mark in marks {
            match &mark.shape {
                Shape::Interval(interval) => self.interval(texts, interval),
                Shape::Rule(rule) => self.rule(canvas, texts, rule),
                Shape::Label(label) if label.hold == Hold::Free => self.label(canvas, texts, label),
                Shape::Label(label) if label.hold == Hold::Fixed => self.fixed(texts, label),
                Shape::Path(path) => self.stops(canvas, texts, path),
                _ => (),
            }
        }
    }

    /// Remembers where lines and markers are, so that free texts keep off them.
    fn occupy(&self, texts: &mut Texts, shape: &Shape) {
        let (points, weight): (&[[f64; 2]], Weight) = match shape {
            Shape::Line(line) => (&line.points, line.weight),
            Shape::Path(path) => (&path.points, path.weight),
            Shape::Dots(dots) => (&dots.points, Weight::Own),
            Shape::Rule(rule) => {
                let ends = self.place.rule_ends(rule);
                return ends.into_iter().for_each(|(a, b)| texts.occupy(Rect::around(a, b).grown(self.place.pen.m.hair)));
            }
            _ => return,
        };
        let reach = self.place.pen.width(weight);
        let points: Vec<Point> = points.iter().map(|&p| self.place.frame.px(p)).collect();
        points.iter().for_each(|&p| texts.occupy(Rect::around(p, p).grown(reach)));
        if !matches!(shape, Shape::Dots(_)) {
            let halves = points.windows(2).map(|w| ((w[0].0 + w[1].0) / 2.0, (w[0].1 + w[1].1) / 2.0));
            halves.for_each(|p| texts.occupy(Rect::around(p, p).grown(reach)));
        }
        if let Shape::Line(line) = shape
            && line.marker.is_some()
        {
            spread_out(points.len()).for_each(|k| texts.occupy(Rect::around(points[k], points[k]).grown(self.place.pen.m.marker())));
        }
    }

    /// A text in the middle of a filled rectangle, if it fits.
    fn inside(&self, texts: &mut Texts, rect: &Rect, text: &str, fill: &Fill) {
        let m = &self.place.pen.m;
        self.inside_in(texts, rect, text, fill, &[m.small, m.fine]);
    }

    /// Sizes that the cells of a panel may have: one for all, since of numbers side by side a larger one would seem to say more.
    fn cell_sizes(&self, marks: &[Mark]) -> &[f64] {
        let fits = |mark: &Mark| match &mark.shape {
            Shape::Cell(cell) if !cell.text.is_empty() => {
                self.lines_inside(&self.place.rect(cell.x, cell.y), &cell.text, self.place.pen.m.small).is_some()
            }
            _ => true,
        };
        std::slice::from_ref(if marks.iter().all(fits) { &self.place.pen.m.small } else { &self.place.pen.m.fine })
    }

    /// The same in the first of some sizes that fits.
    fn inside_in(&self, texts: &mut Texts, rect: &Rect, text: &str, fill: &Fill, sizes: &[f64]) {
        let (cx, cy) = rect.centre();
        for size in sizes.iter().filter(|_| !text.is_empty()) {
            let face = Face { size: *size, bold: false, colour: self.place.pen.text_on(fill) };
            let Some(lines) = self.lines_inside(rect, text, *size) else { continue };
            if texts.try_set(&lines, face, (cx, cy - face.height_of(lines.len()) / 2.0), Align::Middle, self.index) {
                return;
            }
        }
    }

    /// The lines of a text within a rectangle, if it fits as a whole.
    fn lines_inside(&self, rect: &Rect, text: &str, size: f64) -> Option<Vec<String>> {
        let air = self.place.pen.m.gap() * 0.4;
        let most = (((rect.height() - air) / (size * Measures::LINE)) + 0.25) as usize;
        let lines = wrap(text, size, false, rect.width() - air, 4);
        let whole = widest_piece(text, size, false) <= rect.width() - air && lines.iter().all(|l| !l.ends_with('…') || text.ends_with('…'));
        (whole && lines.len() <= most).then_some(lines)
    }

    fn segments(&self, canvas: &mut Canvas<'_>, texts: &mut Texts, bar: &Segments) {
        for part in bar.parts.iter().filter(|p| p.from != p.to) {
            let rect = self.place.segment(bar, part.from, part.to);
            if part.fill.hatch && !part.inside.is_empty() {
                self.plate(canvas, &rect, &part.inside, &part.fill);
            }
            self.inside(texts, &rect, &part.inside, &part.fill);
            let face = self.place.pen.small(Role::Muted);
            if !part.below.is_empty() && width(&part.below, face.size, false) <= rect.width() {
                let at = (rect.centre().0, rect.bottom + self.place.pen.m.gap() * 0.5);
                self.ground(canvas, &Texts::bounds(std::slice::from_ref(&part.below), face, at, Align::Middle), face.size * 0.2);
                texts.try_set(std::slice::from_ref(&part.below), face, at, Align::Middle, self.index);
            }
        }
        self.names(canvas, texts, bar);
    }

    /// A plain patch under a text that would stand on hatching.
    fn plate(&self, canvas: &mut Canvas<'_>, rect: &Rect, text: &str, fill: &Fill) {
        let size = self.place.pen.m.small;
        let (w, (cx, cy)) = (width(text, size, false) + size * 0.5, rect.centre());
        if let Some(colour) = self.place.pen.theme.fill(fill).filter(|_| w <= rect.width()) {
            canvas.rect(&Rect::new(cx - w / 2.0, cy - size * 0.7, cx + w / 2.0, cy + size * 0.7), colour);
        }
    }

    /// A patch of page under a text, so that no line crosses it.
    fn ground(&self, canvas: &mut Canvas<'_>, text: &Rect, air: f64) {
        let patch = Rect::new(text.left - air, text.top, text.right + air, text.bottom);
        canvas.rect(&patch, self.place.pen.colour(Role::Surface));
    }

    /// Names above the parts of a horizontal bar, pushed apart in as many rows as they need.
    fn names(&self, canvas: &mut Canvas<'_>, texts: &mut Texts, bar: &Segments) {
        let (m, frame) = (&self.place.pen.m, self.place.frame);
        let parts: Vec<_> = bar.named().collect();
        if parts.is_empty() || bar.along == Direction::Vertical {
            return;
        }
        let face = self.place.pen.small(Role::Ink);
        let rows = name_rows(parts.iter().map(|p| p.above.as_str()), frame.plot.width(), m);
        for row in 0..rows {
            let members: Vec<_> = parts.iter().skip(row).step_by(rows).collect();
            let centres: Vec<f64> = members.iter().map(|p| self.place.segment(bar, p.from, p.to).centre().0).collect();
            let lines: Vec<String> = members.iter().map(|p| shorten(&p.above, face.size, false, frame.plot.width())).collect();
            let sizes: Vec<f64> = lines.iter().map(|l| width(l, face.size, false) + name_air(m)).collect();
            let (low, high) = (frame.plot.left - name_air(m) / 2.0, frame.cell.right + name_air(m) / 2.0);
            let Some(places) = push_apart(&centres, &sizes, low, high) else { continue };
            let bar_top = self.place.segment(bar, bar.parts[0].from, bar.parts[0].to).top;
            let top = bar_top - m.gap() - face.size - (rows - 1 - row) as f64 * face.pitch();
            for ((line, &x), &centre) in lines.into_iter().zip(&places).zip(&centres) {
                self.ground(canvas, &Texts::bounds(std::slice::from_ref(&line), face, (x, top), Align::Middle), m.small * 0.2);
                texts.try_set(&[line], face, (x, top), Align::Middle, self.index);
                let thin = Stroke::solid(self.place.pen.colour(Role::Muted), m.hair);
                canvas.line(&[(x, top + face.size), (centre, bar_top)], thin);
            }
        }
    }

    /// Direct labels, pushed apart vertically; moved ones are connected to their points.
    fn group(&self, canvas: &mut Canvas<'_>, texts: &mut Texts, members: &[&Label]) {
        let (m, frame) = (&self.place.pen.m, self.place.frame);
        let mut kept: Vec<(&Label, Point, Vec<String>, Face)> = Vec::new();
        let indent = m.small * 0.9 + if members.iter().any(|label| label.marker.is_some()) { m.marker() * 3.0 } else { 0.0 };
        for label in members {
            let at = frame.px(label.at);
            let face = self.face(label);
            let room = match label.anchor {
                Anchor::Right => at.0 - frame.cell.left,
                _ => frame.cell.right - at.0,
            } - indent;
            let room = room.max(m.small * 3.0);
            let breaks = widest_piece(&label.text, face.size, label.bold) > room;
            let text = if breaks && !label.brief.is_empty() { &label.brief } else { &label.text };
            let lines = wrap(text, face.size, label.bold, room, 2);
            if at.1.is_finite() && !lines.is_empty() {
                kept.push((label, at, lines, face));
            }
        }
        let heights = |kept: &[(&Label, Point, Vec<String>, Face)]| kept.iter().map(|k| k.3.height_of(k.2.len()) + m.small * 0.3).collect::<Vec<_>>();
        let (low, high) = (frame.plot.top - m.small * 0.6, frame.plot.bottom + m.small * 0.6);
        while !kept.is_empty() && heights(&kept).iter().sum::<f64>() > high - low {
            kept.pop();
        }
        let wishes: Vec<f64> = kept.iter().map(|k| k.1.1.clamp(low, high)).collect();
        let Some(places) = push_apart(&wishes, &heights(&kept), low, high) else { return };
        for ((label, at, lines, face), y) in kept.into_iter().zip(places) {
            let (side, align) = if label.anchor == Anchor::Right { (-1.0, Align::End) } else { (1.0, Align::Start) };
            let start = at.0 + side * m.small * 0.9;
            if (y - at.1).abs() > m.small * 0.35 {
                let thin = Stroke::solid(self.place.pen.colour(label.role), m.hair);
                let end = if label.marker.is_some() { start - side * m.small * 0.15 } else { at.0 + side * (indent - m.small * 0.2) };
                canvas.line(&[(at.0 + side * m.small * 0.3, at.1), (end, y)], thin);
            }
            if let Some(marker) = label.marker {
                canvas.marker((start + side * m.marker(), y), marker, m.marker(), self.place.pen.colour(label.role), 1.0, m.edge);
            }
            let x = at.0 + side * indent;
            let top = y - face.height_of(lines.len()) / 2.0;
            texts.try_set(&lines, face, (x, top), align, self.index);
        }
    }

    /// A number after the upper end of an interval, or before the lower one, or nowhere: farther away it would seem to belong to another row.
    fn interval(&self, texts: &mut Texts, interval: &crate::chart::Interval) {
        let face = self.place.pen.small(Role::Ink);
        let [low, high] = interval.outer.map(|end| self.place.on_interval(interval, end));
        let sides = match interval.along {
            Direction::Horizontal => [(high, Anchor::Left), (low, Anchor::Right)],
            Direction::Vertical => [(high, Anchor::Above), (low, Anchor::Below)],
        };
        for (at, anchor) in sides {
            if self.exactly(texts, at, &interval.label, face, anchor) {
                return;
            }
        }
    }

    fn fixed(&self, texts: &mut Texts, label: &Label) {
        self.exactly(texts, self.place.frame.px(label.at), &label.text, self.face(label), label.anchor);
    }

    /// Sets one line beside a point if it fits into the cell; says whether it did.
    fn exactly(&self, texts: &mut Texts, at: Point, text: &str, face: Face, anchor: Anchor) -> bool {
        if text.is_empty() || !(at.0.is_finite() && at.1.is_finite()) {
            return false;
        }
        let m = &self.place.pen.m;
        let lines = [clean(text).into_owned()];
        let (corner, align) = corner(at, m.marker() + m.small * 0.35, anchor, face, 1);
        let bounds = Texts::bounds(&lines, face, corner, align);
        self.place.frame.cell.grown(m.small * 0.5).contains(&bounds) && texts.try_set(&lines, face, corner, align, self.index)
    }

    fn face(&self, label: &Label) -> Face {
        let role = if label.role == Role::Muted { Role::Muted } else { Role::Ink };
        self.place.pen.face(label.size, label.bold, role)
    }

    fn label(&self, canvas: &mut Canvas<'_>, texts: &mut Texts, label: &Label) {
        let at = self.place.frame.px(label.at);
        if let Some(marker) = label.marker {
            canvas.marker(at, marker, self.place.pen.m.marker(), self.place.pen.colour(label.role), 1.0, self.place.pen.m.edge);
        }
        let mut anchors = vec![label.anchor];
        anchors.extend([Anchor::Above, Anchor::Below, Anchor::Left, Anchor::Right].into_iter().filter(|a| *a != label.anchor));
        self.beside(canvas, texts, at, &label.text, self.face(label), &anchors);
    }

    fn stops(&self, canvas: &mut Canvas<'_>, texts: &mut Texts, path: &Path) {
        let face = self.place.pen.face(TextSize::Small, false, Role::Ink);
        for stop in &path.stops {
            let at = self.place.frame.px(stop.at);
            self.beside(canvas, texts, at, &stop.label, face, &[Anchor::Left, Anchor::Right, Anchor::Above, Anchor::Below]);
        }
    }

    /// Sets a text beside a point: the first of the anchors if it is free, else whichever covers least, else farther away with a thin line.
    fn beside(&self, canvas: &mut Canvas<'_>, texts: &mut Texts, at: Point, text: &str, face: Face, anchors: &[Anchor]) {
        if text.is_empty() || !(at.0.is_finite() && at.1.is_finite()) {
            return;
        }
        let m = &self.place.pen.m;
        let lines = wrap(text, face.size, face.bold, self.place.frame.cell.width() * 0.6, 2);
        for far in [1.0, 2.4, 4.0, 6.0] {
            let gap = (m.marker() + m.small * 0.35) * far;
            let options = anchors.iter().enumerate().filter_map(|(rank, &anchor)| {
                let (corner, align) = corner(at, gap, anchor, face, lines.len());
                let bounds = Texts::bounds(&lines, face, corner, align);
                let reachable = self.place.frame.cell.grown(m.small * 0.5).contains(&bounds);
                let clear = far == 1.0 || !texts.crosses(at, nearest(at, &bounds));
                (reachable && clear && texts.is_free(&bounds, self.index)).then(|| (texts.cost(&bounds) * 2 + rank, corner, align))
            });
            let Some((_, corner, align)) = options.min_by_key(|option| option.0) else { continue };
            if far > 1.0 {
                let bounds = Texts::bounds(&lines, face, corner, align);
                canvas.line(&[at, nearest(at, &bounds)], Stroke::solid(face.colour, m.hair));
            }
            texts.set(&lines, face, corner, align);
            return;
        }
    }

    fn rule(&self, canvas: &mut Canvas<'_>, texts: &mut Texts, rule: &Rule) {
        let Some((a, b)) = self.place.rule_ends(rule).filter(|_| !rule.label.is_empty()) else { return };
        let m = &self.place.pen.m;
        let face = self.place.pen.small(Role::Muted);
        let frame = self.place.frame;
        let gap = m.gap() * 0.5;
        let share = if rule.along == Direction::Horizontal { 0.9 } else { 0.4 };
        let lines = wrap(&rule.label, face.size, false, (frame.plot.width() * share).max(m.small * 6.0), 3);
        let height = face.height_of(lines.len());
        let options: Vec<(Point, Align)> = match rule.along {
            Direction::Horizontal => {
                let (above, below) = (a.1 - gap - height, a.1 + gap);
                vec![((b.0, above), Align::End), ((a.0 + gap, above), Align::Start), ((b.0, below), Align::End), ((a.0 + gap, below), Align::Start)]
            }
            Direction::Vertical => {
                let row = |k: usize| frame.plot.top + k as f64 * face.size * Measures::LINE;
                let most = ((frame.plot.height() / face.pitch()) as usize).min(12);
                (0..most).flat_map(|k| [((a.0 + gap, row(k)), Align::Start), ((a.0 - gap, row(k)), Align::End)]).collect()
            }
        };
        let free = options.into_iter().filter(|(at, align)| {
            let bounds = Texts::bounds(&lines, face, *at, *align);
            frame.cell.contains(&bounds) && texts.is_free(&bounds, self.index)
        });
        let costed: Vec<_> = free.map(|(at, align)| (texts.cost(&Texts::bounds(&lines, face, at, align)), at, align)).collect();
        if let Some(&(cost, at, align)) = costed.iter().min_by_key(|option| option.0) {
            if cost > 0 {
                self.ground(canvas, &Texts::bounds(&lines, face, at, align), m.small * 0.1);
            }
            texts.set(&lines, face, at, align);
        }
    }
}

fn label_of(mark: &Mark) -> Option<&Label> {
    match &mark.shape {
        Shape::Label(label) => Some(label),
        _ => None,
    }
}

/// The point of a rectangle that is nearest to another point.
fn nearest(at: Point, to: &Rect) -> Point {
    (at.0.clamp(to.left, to.right), at.1.clamp(to.top, to.bottom))
}

fn group_of(label: &Label) -> Option<u32> {
    match label.hold {
        Hold::Group(group) => Some(group),
        Hold::Free | Hold::Fixed => None,
    }
}

/// Where the top left (or top centre, or top right) of a text beside a point stands.
fn corner(at: Point, gap: f64, anchor: Anchor, face: Face, lines: usize) -> (Point, Align) {
    let h = face.height_of(lines);
    match anchor {
        Anchor::Left => ((at.0 + gap, at.1 - h / 2.0), Align::Start),
        Anchor::Right => ((at.0 - gap, at.1 - h / 2.0), Align::End),
        Anchor::Middle => ((at.0, at.1 - h / 2.0), Align::Middle),
        Anchor::Above => ((at.0, at.1 - gap - h), Align::Middle),
        Anchor::Below => ((at.0, at.1 + gap), Align::Middle),
    }
}
