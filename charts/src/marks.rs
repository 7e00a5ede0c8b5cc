//! Marks become lines and areas on the page, clipped to their panel.

use crate::canvas::{Canvas, Stroke};
use crate::chart::{
    Band, Cell, Dash, Direction, Dotplot, Dots, Fill, Interval, Line, Mark, Marker, Path, Ribbon, Role, Rule, Segments, Shape, Tint, Weight,
};
use crate::geometry::{Point, Rect, clip_line, clip_polygon};
use crate::layout::Frame;
use crate::pen::Pen;

/// Everything a mark needs to be drawn.
pub(crate) struct Place<'p> {
    pub(crate) pen: &'p Pen,
    pub(crate) frame: &'p Frame,
}

/// Draws a mark without its texts.
pub(crate) fn draw(canvas: &mut Canvas<'_>, place: &Place<'_>, mark: &Mark) {
    match &mark.shape {
        Shape::Band(band) => place.band(canvas, band),
        Shape::Line(line) => place.line(canvas, line),
        Shape::Dots(dots) => place.dots(canvas, dots),
        Shape::Dotplot(plot) => place.dotplot(canvas, plot),
        Shape::Segments(bar) => place.segments(canvas, bar),
        Shape::Interval(interval) => place.interval(canvas, interval),
        Shape::Cell(cell) => place.cell(canvas, cell),
        Shape::Ribbon(ribbon) => place.ribbon(canvas, ribbon),
        Shape::Block(block) => place.fill(canvas, &place.rect(block.x, block.y).corners(), &block.fill),
        Shape::Rule(rule) => place.rule(canvas, rule),
        Shape::Label(_) => (),
        Shape::Path(path) => place.path(canvas, path),
        Shape::Area(area) => {
            let points: Vec<Point> = area.points.iter().map(|&p| place.frame.px(p)).collect();
            place.fill(canvas, &points, &area.fill);
        }
    }
}

impl Place<'_> {
    /// The rectangle between two values of x and two values of y.
    pub(crate) fn rect(&self, x: [f64; 2], y: [f64; 2]) -> Rect {
        Rect::around(self.frame.px([x[0], y[0]]), self.frame.px([x[1], y[1]]))
    }

    /// A polygon with its fill, hatch and outline.
    pub(crate) fn fill(&self, canvas: &mut Canvas<'_>, points: &[Point], fill: &Fill) {
        if points.iter().any(|p| !(p.0.is_finite() && p.1.is_finite())) {
            return;
        }
        let polygon = clip_polygon(points, &self.frame.plot);
        if polygon.len() < 3 {
            return;
        }
        if let Some(colour) = self.pen.theme.fill(fill) {
            canvas.polygon(&polygon, colour, 1.0);
        }
        if fill.hatch {
            self.hatch(canvas, &polygon, if fill.tint == Tint::Empty { fill.role } else { Role::Surface });
        }
        if let Some(role) = fill.outline {
            let closed: Vec<Point> = points.iter().chain(points.first()).copied().collect();
            let stroke = self.pen.stroke(role, Weight::Hair, Dash::Solid);
            clip_line(&closed, &self.frame.plot.grown(0.1)).iter().for_each(|piece| canvas.line(piece, stroke));
        }
    }

    fn hatch(&self, canvas: &mut Canvas<'_>, polygon: &[Point], role: Role) {
        canvas.hatch(polygon, self.pen.m.small * 0.36, Stroke::solid(self.pen.colour(role), self.pen.m.hair));
    }

    fn band(&self, canvas: &mut Canvas<'_>, band: &Band) {
        let finite = |p: &[f64; 3]| p.iter().all(|v| v.is_finite());
        for piece in band.points.split(|p| !finite(p)).filter(|piece| piece.len() > 1) {
            let lower: Vec<Point> = piece.iter().map(|p| self.frame.px([p[0], p[1]])).collect();
            let upper: Vec<Point> = piece.iter().map(|p| self.frame.px([p[0], p[2]])).collect();
            let around: Vec<Point> = lower.iter().chain(upper.iter().rev()).copied().collect();
            self.fill(canvas, &around, &band.fill);
            let edge = Fill::tinted(band.fill.role, Tint::Mix(crate::palette::EDGE));
            let colour = self.pen.theme.fill(&edge).unwrap_or_else(|| self.pen.colour(band.fill.role));
            for piece in [lower, upper].iter().flat_map(|side| clip_line(side, &self.frame.plot)) {
                canvas.line(&piece, Stroke::solid(colour, self.pen.m.edge));
            }
        }
    }

    fn line(&self, canvas: &mut Canvas<'_>, line: &Line) {
        let points: Vec<Point> = line.points.iter().map(|&p| self.frame.px(p)).collect();
        let stroke = self.pen.stroke(line.role, line.weight, line.dash);
        clip_line(&points, &self.frame.plot).iter().for_each(|piece| canvas.line(piece, stroke));
        if let Some(marker) = line.marker {
            spread_out(points.len()).filter_map(|k| self.visible(points[k])).for_each(|at| self.marker(canvas, at, marker, line.role, 1.0));
        }
    }

    /// The point, if it lies in the data area.
    fn visible(&self, at: Point) -> Option<Point> {
        let plot = self.frame.plot.grown(0.5);
        plot.contains(&Rect::around(at, at)).then_some(at)
    }

    /// A marker with a thin margin in the colour of the page, so that it stands out from lines.
    fn marker(&self, canvas: &mut Canvas<'_>, at: Point, marker: Marker, role: Role, size: f64) {
        let (radius, edge) = (self.pen.m.marker() * size, self.pen.m.edge);
        if marker != Marker::Cross {
            let ground = if marker == Marker::Ring { Marker::Circle } else { marker };
            canvas.marker(at, ground, radius + edge * 0.8, self.pen.colour(Role::Surface), 1.0, edge);
        }
        canvas.marker(at, marker, radius, self.pen.colour(role), 1.0, self.pen.m.context.max(edge));
    }

    fn dots(&self, canvas: &mut Canvas<'_>, dots: &Dots) {
        let colour = self.pen.colour(dots.role);
        for at in dots.points.iter().filter_map(|&p| self.visible(self.frame.px(p))) {
            if dots.strength >= 1.0 {
                self.marker(canvas, at, dots.marker, dots.role, dots.size);
            } else {
                canvas.marker(at, dots.marker, self.pen.m.marker() * dots.size, colour, dots.strength, self.pen.m.edge);
            }
        }
    }

    fn dotplot(&self, canvas: &mut Canvas<'_>, plot: &Dotplot) {
        let pitch = self.dot_pitch(plot);
        for stack in &plot.stacks {
            for k in 0..stack.count {
                let at = (self.frame.x.px(plot.from) + pitch * (k as f64 + 0.5), self.frame.y.px(stack.at));
                canvas.marker(at, plot.marker, pitch * 0.45, self.pen.colour(stack.role), 1.0, self.pen.m.edge);
            }
        }
    }

    /// Distance of the dots of a dotplot in px.
    pub(crate) fn dot_pitch(&self, plot: &Dotplot) -> f64 {
        let most = plot.stacks.iter().map(|s| s.count).max().unwrap_or(1).max(1);
        self.frame.y.length(plot.bin).min((self.frame.plot.right - self.frame.x.px(plot.from)) / most as f64)
    }

    fn segments(&self, canvas: &mut Canvas<'_>, bar: &Segments) {
        for part in bar.parts.iter().filter(|p| p.from != p.to) {
            let rect = self.segment(bar, part.from, part.to);
            self.fill(canvas, &rect.corners(), &part.fill);
            if part.fill.outline.is_none() {
                canvas.outline(&rect.corners(), self.pen.stroke(Role::Surface, Weight::Hair, Dash::Solid));
            }
        }
    }

    /// The rectangle of a part of a stacked bar, on whole px: long edges between two px are blurred, and every renderer blurs them
    /// in its own way.
    pub(crate) fn segment(&self, bar: &Segments, from: f64, to: f64) -> Rect {
        let across = [bar.at - bar.thickness / 2.0, bar.at + bar.thickness / 2.0];
        let rect = match bar.along {
            Direction::Horizontal => self.rect([from, to], across),
            Direction::Vertical => self.rect(across, [from, to]),
        };
        Rect::new(rect.left.round(), rect.top.round(), rect.right.round(), rect.bottom.round())
    }

    /// A position on an interval in px.
    pub(crate) fn on_interval(&self, interval: &Interval, value: f64) -> Point {
        match interval.along {
            Direction::Horizontal => self.frame.px([value, interval.at]),
            Direction::Vertical => self.frame.px([interval.at, value]),
        }
    }

    fn interval(&self, canvas: &mut Canvas<'_>, interval: &Interval) {
        let colour = self.pen.colour(interval.role);
        for ([from, to], width) in [(interval.outer, self.pen.m.context), (interval.inner, self.pen.m.marker() * 1.5)] {
            let ends = [self.on_interval(interval, from), self.on_interval(interval, to)];
            clip_line(&ends, &self.frame.plot).iter().for_each(|piece| canvas.line(piece, Stroke::solid(colour, width)));
        }
        let Some(at) = self.visible(self.on_interval(interval, interval.point)) else { return };
        let [low, high] = interval.inner.map(|end| self.on_interval(interval, end));
        let thick = (high.0 - low.0).hypot(high.1 - low.1);
        // On a thick part that is hardly longer than the marker a margin would leave stubs.
        if thick > self.pen.m.marker() * 5.0 {
            self.marker(canvas, at, interval.marker, interval.role, 1.35);
        } else {
            canvas.marker(at, interval.marker, self.pen.m.marker() * 1.35, colour, 1.0, self.pen.m.edge);
        }
    }

    fn cell(&self, canvas: &mut Canvas<'_>, cell: &Cell) {
        let rect = self.rect(cell.x, cell.y);
        self.fill(canvas, &rect.corners(), &cell.fill);
        if cell.corner {
            let side = (self.pen.m.small * 0.5).min(rect.height() * 0.4);
            let corner = [(rect.right, rect.top), (rect.right, rect.top + side), (rect.right - side, rect.top)];
            canvas.polygon(&corner, self.pen.text_on(&cell.fill), 1.0);
        }
    }

    fn ribbon(&self, canvas: &mut Canvas<'_>, ribbon: &Ribbon) {
        const STEPS: usize = 24;
        let edge = |from: f64, to: f64| {
            (0..=STEPS).map(move |k| {
                let t = k as f64 / STEPS as f64;
                let eased = t * t * (3.0 - 2.0 * t);
                self.frame.px([ribbon.x[0] + t * (ribbon.x[1] - ribbon.x[0]), from + eased * (to - from)])
            })
        };
        let back: Vec<Point> = edge(ribbon.from[1], ribbon.to[1]).collect();
        let around: Vec<Point> = edge(ribbon.from[0], ribbon.to[0]).chain(back.into_iter().rev()).collect();
        if around.iter().all(|p| p.0.is_finite() && p.1.is_finite()) {
            canvas.polygon(&around, self.pen.colour(ribbon.role), ribbon.strength);
            if ribbon.hatch {
                self.hatch(canvas, &around, Role::Surface);
            }
        }
    }

    /// The ends of a rule, if it crosses the data area.
    pub(crate) fn rule_ends(&self, rule: &Rule) -> Option<(Point, Point)> {
        let plot = &self.frame.plot;
        let (a, b) = match rule.along {
            Direction::Horizontal => ((plot.left, self.frame.y.px(rule.at)), (plot.right, self.frame.y.px(rule.at))),
            Direction::Vertical => ((self.frame.x.px(rule.at), plot.top), (self.frame.x.px(rule.at), plot.bottom)),
        };
        (self.visible(a).is_some() && self.visible(b).is_some()).then_some((a, b))
    }

    fn rule(&self, canvas: &mut Canvas<'_>, rule: &Rule) {
        if let Some((a, b)) = self.rule_ends(rule) {
            canvas.line(&[a, b], self.pen.stroke(rule.role, Weight::Hair, rule.dash));
        }
    }

    fn path(&self, canvas: &mut Canvas<'_>, path: &Path) {
        let points: Vec<Point> = path.points.iter().map(|&p| self.frame.px(p)).collect();
        let stroke = self.pen.stroke(path.role, path.weight, path.dash);
        clip_line(&points, &self.frame.plot).iter().for_each(|piece| canvas.line(piece, stroke));
        if path.arrow {
            self.arrow_head(canvas, &points, path.role);
        }
        for stop in &path.stops {
            self.visible(self.frame.px(stop.at)).into_iter().for_each(|at| self.marker(canvas, at, stop.marker, path.role, 1.0));
        }
    }

    /// A triangle at the end of a path, in the direction of its last visible piece.
    fn arrow_head(&self, canvas: &mut Canvas<'_>, points: &[Point], role: Role) {
        let length = self.pen.m.marker() * 2.6;
        let Some(&tip) = points.last().filter(|p| self.visible(**p).is_some()) else { return };
        let Some(tail) = points.iter().rev().find(|p| (p.0 - tip.0).hypot(p.1 - tip.1) > length * 0.5) else { return };
        let way = (tip.0 - tail.0).hypot(tip.1 - tail.1);
        let (dx, dy) = ((tip.0 - tail.0) / way * length, (tip.1 - tail.1) / way * length);
        let side = |s: f64| (tip.0 - dx - s * dy * 0.45, tip.1 - dy + s * dx * 0.45);
        canvas.polygon(&[tip, side(1.0), side(-1.0)], self.pen.colour(role), 1.0);
    }
}

/// About six evenly spread positions among `count`, the last one among them.
pub(crate) fn spread_out(count: usize) -> impl Iterator<Item = usize> {
    let step = count.div_ceil(6).max(1);
    (0..count).rev().step_by(step)
}
