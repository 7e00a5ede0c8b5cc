//! Plane geometry of the page, in px with y downwards: rectangles, clipping, hatching and pushing apart.

/// A point.
pub(crate) type Point = (f64, f64);

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rect {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Rect {
    pub(crate) const fn new(left: f64, top: f64, right: f64, bottom: f64) -> Self {
        Rect { left, top, right, bottom }
    }

    pub(crate) fn around(a: Point, b: Point) -> Self {
        Rect::new(a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1))
    }

    pub(crate) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(crate) fn height(&self) -> f64 {
        self.bottom - self.top
    }

    pub(crate) fn centre(&self) -> Point {
        ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }

    pub(crate) fn grown(&self, by: f64) -> Self {
        Rect::new(self.left - by, self.top - by, self.right + by, self.bottom + by)
    }

    pub(crate) fn overlaps(&self, other: &Rect) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    pub(crate) fn contains(&self, other: &Rect) -> bool {
        self.left <= other.left && self.right >= other.right && self.top <= other.top && self.bottom >= other.bottom
    }

    pub(crate) fn corners(&self) -> [Point; 4] {
        [(self.left, self.top), (self.right, self.top), (self.right, self.bottom), (self.left, self.bottom)]
    }
}

/// The part of the segment a–b inside the rectangle (Liang and Barsky 1984).
pub(crate) fn clip_segment(a: Point, b: Point, within: &Rect) -> Option<(Point, Point)> {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (p, q) in [(-dx, a.0 - within.left), (dx, within.right - a.0), (-dy, a.1 - within.top), (dy, within.bottom - a.1)] {
        if p == 0.0 && q < 0.0 {
            return None;
        }
        if p < 0.0 {
            enter = enter.max(q / p);
        } else if p > 0.0 {
            leave = leave.min(q / p);
        }
    }
    let at = |t: f64| (a.0 + t * dx, a.1 + t * dy);
    (enter <= leave).then(|| (at(enter), at(leave)))
}

/// The pieces of a line inside the rectangle; points that are not finite interrupt it.
pub(crate) fn clip_line(points: &[Point], within: &Rect) -> Vec<Vec<Point>> {
    let mut pieces: Vec<Vec<Point>> = Vec::new();
    let mut open = false;
    for pair in points.windows(2) {
        let finite = pair.iter().all(|p| p.0.is_finite() && p.1.is_finite());
        let Some((a, b)) = finite.then(|| clip_segment(pair[0], pair[1], within)).flatten() else {
            open = false;
            continue;
        };
        match pieces.last_mut() {
            Some(piece) if open && piece.last() == Some(&a) => piece.push(b),
            _ => pieces.push(vec![a, b]),
        }
        open = b == pair[1];
    }
    pieces
}

/// The part of a polygon inside the rectangle (Sutherland and Hodgman 1974).
pub(crate) fn clip_polygon(points: &[Point], within: &Rect) -> Vec<Point> {
    type Side<'a> = (&'a dyn Fn(Point) -> bool, &'a dyn Fn(Point, Point) -> Point);
    let at_x = |x: f64| move |a: Point, b: Point| (x, a.1 + (b.1 - a.1) * (x - a.0) / (b.0 - a.0));
    let at_y = |y: f64| move |a: Point, b: Point| (a.0 + (b.0 - a.0) * (y - a.1) / (b.1 - a.1), y);
    let sides: [Side<'_>; 4] = [
        (&|p| p.0 >= within.left, &at_x(within.left)),
        (&|p| p.0 <= within.right, &at_x(within.right)),
        (&|p| p.1 >= within.top, &at_y(within.top)),
        (&|p| p.1 <= within.bottom, &at_y(within.bottom)),
    ];
    let mut polygon = points.to_vec();
    for (inside, cross) in sides {
        let mut next = Vec::with_capacity(polygon.len() + 2);
        for (k, &b) in polygon.iter().enumerate() {
            let a = polygon[(k + polygon.len() - 1) % polygon.len()];
            if inside(a) != inside(b) {
                next.push(cross(a, b));
            }
            if inside(b) {
                next.push(b);
            }
        }
        polygon = next;
    }
    polygon
}

/// Diagonals that hatch a polygon, `step` px apart (measured across).
pub(crate) fn hatch(polygon: &[Point], step: f64) -> Vec<(Point, Point)> {
    let sums = polygon.iter().map(|p| p.0 + p.1);
    let (low, high) = sums.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), s| (l.min(s), h.max(s)));
    let step = step * std::f64::consts::SQRT_2;
    if !(low.is_finite() && high.is_finite() && step > 0.0) {
        return Vec::new();
    }
    // Diagonals lie on multiples of the step on the whole page, so that neighbouring fills hatch alike.
    let (first, last) = ((low / step).ceil() as i64, (high / step).floor() as i64);
    (first..=last).flat_map(|k| diagonal(polygon, k as f64 * step)).collect()
}

/// The pieces of the line x + y = `sum` inside a polygon.
fn diagonal(polygon: &[Point], sum: f64) -> Vec<(Point, Point)> {
    let mut crossings: Vec<f64> = Vec::new();
    for (k, &b) in polygon.iter().enumerate() {
        let a = polygon[(k + polygon.len() - 1) % polygon.len()];
        let (from, to) = (a.0 + a.1 - sum, b.0 + b.1 - sum);
        if (from < 0.0) != (to < 0.0) {
            crossings.push(a.0 + (b.0 - a.0) * from / (from - to));
        }
    }
    crossings.sort_by(f64::total_cmp);
    crossings.chunks_exact(2).map(|pair| ((pair[0], sum - pair[0]), (pair[1], sum - pair[1]))).collect()
}

/// Positions as close as possible to the wanted ones (least squares) such that things of the given sizes, centred on them, do not
/// overlap, keep their order and stay between `low` and `high`; `None` if they cannot.
pub(crate) fn push_apart(wanted: &[f64], sizes: &[f64], low: f64, high: f64) -> Option<Vec<f64>> {
    if sizes.iter().sum::<f64>() > high - low {
        return None;
    }
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]).then(a.cmp(&b)));
    // Neighbours that touch form a block, which stands where its members' wishes are on average (pool adjacent violators).
    struct Run {
        members: Vec<usize>,
        size: f64,
        wish: f64,
    }
    let place = |run: &Run| (run.wish / run.members.len() as f64).clamp(low, (high - run.size).max(low));
    let mut runs: Vec<Run> = Vec::new();
    for k in order {
        runs.push(Run { members: vec![k], size: sizes[k], wish: wanted[k] - sizes[k] / 2.0 });
        while let [.., before, last] = runs.as_slice() {
            if place(before) + before.size <= place(last) + 1e-9 {
                break;
            }
            let last = runs.pop().expect("two were matched");
            let before = runs.last_mut().expect("two were matched");
            before.wish += last.wish - before.size * last.members.len() as f64;
            before.size += last.size;
            before.members.extend(last.members);
        }
    }
    let mut places = vec![0.0; wanted.len()];
    for run in &runs {
        let mut edge = place(run);
        for &k in &run.members {
            places[k] = edge + sizes[k] / 2.0;
            edge += sizes[k];
        }
    }
    Some(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_pushed_apart_do_not_overlap_keep_their_order_and_stay_inside() {
        let cases: [(&[f64], &[f64]); 5] = [
            (&[50.0, 50.0, 50.0, 50.0], &[20.0; 4]),
            (&[0.0, 1.0, 99.0, 100.0], &[25.0; 4]),
            (&[10.0, 90.0], &[20.0; 2]),
            (&[70.0, 20.0, 69.0], &[10.0, 60.0, 30.0]),
            (&[], &[]),
        ];
        for (wanted, sizes) in cases {
            let places = push_apart(wanted, sizes, 0.0, 100.0).expect("they fit");
            for a in 0..places.len() {
                assert!(places[a] - sizes[a] / 2.0 >= -1e-9 && places[a] + sizes[a] / 2.0 <= 100.0 + 1e-9, "{wanted:?} → {places:?}");
                for b in 0..a {
                    assert!((places[a] - places[b]).abs() >= (sizes[a] + sizes[b]) / 2.0 - 1e-9, "{wanted:?} → {places:?}");
                    assert!(wanted[a] == wanted[b] || (wanted[a] < wanted[b]) == (places[a] < places[b]), "{wanted:?} → {places:?}");
                }
            }
        }
    }

    #[test]
    fn things_that_do_not_touch_stay_where_they_are() {
        assert_eq!(push_apart(&[10.0, 90.0], &[20.0, 20.0], 0.0, 100.0), Some(vec![10.0, 90.0]));
        assert_eq!(push_apart(&[10.0, 90.0], &[60.0, 60.0], 0.0, 100.0), None);
    }

    #[test]
    fn clipping_keeps_what_is_inside_and_only_that() {
        let square = Rect::new(0.0, 0.0, 10.0, 10.0);
        let pieces = clip_line(&[(-5.0, 5.0), (5.0, 5.0), (5.0, 20.0), (f64::NAN, 0.0), (1.0, 1.0), (2.0, 2.0)], &square);
        assert_eq!(pieces, [vec![(0.0, 5.0), (5.0, 5.0), (5.0, 10.0)], vec![(1.0, 1.0), (2.0, 2.0)]]);
        let clipped = clip_polygon(&[(-5.0, -5.0), (5.0, -5.0), (5.0, 5.0), (-5.0, 5.0)], &square);
        assert!(clipped.iter().all(|&(x, y)| (0.0..=5.0).contains(&x) && (0.0..=5.0).contains(&y)) && clipped.len() == 4, "{clipped:?}");
    }

    #[test]
    fn hatching_stays_inside_the_polygon() {
        let triangle = [(0.0, 0.0), (100.0, 0.0), (0.0, 100.0)];
        let lines = hatch(&triangle, 10.0);
        assert!(lines.len() >= 6);
        assert!(lines.iter().flat_map(|(a, b)| [a, b]).all(|p| p.0 >= -1e-9 && p.1 >= -1e-9 && p.0 + p.1 <= 100.0 + 1e-9));
    }
}
