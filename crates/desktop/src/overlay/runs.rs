//! Pixels in rows: what a line of some width covers.

/// Pixels beside each other in one row: `left` belongs to it, `right` does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Run {
    pub(super) y: i16,
    pub(super) left: i16,
    pub(super) right: i16,
}

/// What can be drawn on, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) width: i16,
    pub(super) height: i16,
}

/// A place between pixels: the middle of pixel (x, y) is (x + 0.5, y + 0.5).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Area {
    /// The pixels of row `y` whose middle lies from `left` to `right`; none outside of the area.
    #[expect(clippy::cast_possible_truncation, reason = "held within the area")]
    fn run(self, y: i16, left: f64, right: f64) -> Option<Run> {
        let within = |x: f64| (x - 0.5).ceil().clamp(0.0, f64::from(self.width)) as i16;
        let run = Run { y, left: within(left), right: within(right) };
        (run.left < run.right && 0 <= y && y < self.height).then_some(run)
    }

    /// Whatever of a run lies within.
    pub(super) fn cut(self, run: Run) -> Option<Run> {
        self.run(run.y, f64::from(run.left), f64::from(run.right))
    }
}

/// The pixels of a line with round ends. It is convex, so that each row has one run.
#[expect(clippy::cast_possible_truncation, reason = "held within the area")]
pub(super) fn line(area: Area, from: Place, to: Place, width_px: f64, into: &mut Vec<Run>) {
    let radius = width_px / 2.0;
    let (top, bottom) = (from.y.min(to.y) - radius, from.y.max(to.y) + radius);
    let rows = |y: f64| y.clamp(0.0, f64::from(area.height)) as i16;
    let sides = sides(from, to, radius);
    for y in rows(top.floor())..rows(bottom.ceil()) {
        let middle = f64::from(y) + 0.5;
        let mut across = Across::default();
        for end in [from, to] {
            let off = middle - end.y;
            let half = (radius * radius - off * off).max(0.0).sqrt();
            // As with columns: of two rows that it touches by half, the upper one.
            if (-radius..radius).contains(&off) {
                across.take(end.x - half);
                across.take(end.x + half);
            }
        }
        for (a, b) in sides {
            let share = (middle - a.y) / (b.y - a.y);
            if (0.0..=1.0).contains(&share) {
                across.take(a.x + share * (b.x - a.x));
            }
        }
        into.extend(across.0.and_then(|(left, right)| area.run(y, left, right)));
    }
}

/// The two long sides of a line; a point has none.
fn sides(from: Place, to: Place, radius: f64) -> [(Place, Place); 2] {
    let (x, y) = (to.x - from.x, to.y - from.y);
    let length = x.hypot(y);
    let (x, y) = if length == 0.0 { (0.0, 0.0) } else { (-y / length * radius, x / length * radius) };
    let moved = |place: Place, side: f64| Place { x: place.x + side * x, y: place.y + side * y };
    [1.0, -1.0].map(|side| (moved(from, side), moved(to, side)))
}

/// The narrowest run over what it was given.
#[derive(Default)]
struct Across(Option<(f64, f64)>);

impl Across {
    fn take(&mut self, x: f64) {
        let (left, right) = self.0.unwrap_or((x, x));
        self.0 = Some((left.min(x), right.max(x)));
    }
}

/// In rows from the top, from left to right, none touching another.
pub(super) fn merge(mut runs: Vec<Run>) -> Vec<Run> {
    runs.sort_unstable();
    runs.dedup_by(|next, before| {
        let touches = next.y == before.y && next.left <= before.right;
        if touches {
            before.right = before.right.max(next.right);
        }
        touches
    });
    runs
}

#[cfg(test)]
mod tests {
    use super::{Area, Place, Run, line, merge};

    const AREA: Area = Area { width: 100, height: 50 };

    fn middle(x: i16, y: i16) -> Place {
        Place { x: f64::from(x) + 0.5, y: f64::from(y) + 0.5 }
    }

    fn drawn(from: (i16, i16), to: (i16, i16), width_px: f64) -> Vec<Run> {
        let mut runs = Vec::new();
        line(AREA, middle(from.0, from.1), middle(to.0, to.1), width_px, &mut runs);
        runs
    }

    #[test]
    fn a_thin_line_is_one_pixel_wide_and_ends_where_it_was_drawn_to() {
        assert_eq!(drawn((10, 5), (20, 5), 1.0), [Run { y: 5, left: 10, right: 21 }]);
        let down = drawn((10, 5), (10, 7), 1.0);
        assert_eq!(down, [5, 6, 7].map(|y| Run { y, left: 10, right: 11 }));
        let steep = drawn((0, 0), (9, 9), 1.0);
        assert!((0..10).all(|at| steep.iter().any(|run| run.y == at && run.left <= at && at < run.right)));
    }

    #[test]
    fn a_wide_one_has_its_width_and_round_ends() {
        let runs = drawn((20, 20), (60, 20), 9.0);
        assert_eq!(runs.iter().map(|run| run.y).collect::<Vec<_>>(), (16..=24).collect::<Vec<_>>());
        assert!(runs.iter().all(|run| run.left <= 20 && 61 <= run.right));
        let widest = runs.iter().find(|run| run.y == 20);
        assert_eq!(widest, Some(&Run { y: 20, left: 16, right: 65 }));
        assert!(runs.first().is_some_and(|run| 16 < run.left));
        let slanted = drawn((20, 10), (40, 40), 8.0);
        assert!(slanted.iter().all(|run| run.right - run.left < 17));
    }

    #[test]
    fn nothing_lies_outside_of_the_area() {
        for (from, to) in
            [((-500, -500), (500, 500)), ((-9, 20), (-2, 30)), ((120, 3), (300, 3)), ((5, -40), (5, 90))]
        {
            for run in drawn(from, to, 7.0) {
                assert!(
                    0 <= run.y && run.y < 50 && 0 <= run.left && run.left < run.right && run.right <= 100
                );
            }
        }
        assert_eq!(AREA.cut(Run { y: 3, left: -5, right: 5 }), Some(Run { y: 3, left: 0, right: 5 }));
        assert_eq!(AREA.cut(Run { y: 50, left: 0, right: 5 }), None);
    }

    #[test]
    fn runs_that_touch_become_one() {
        let run = |y, left, right| Run { y, left, right };
        let runs = vec![run(2, 5, 9), run(1, 0, 4), run(2, 1, 5), run(1, 6, 8), run(2, 2, 3), run(1, 0, 2)];
        assert_eq!(merge(runs), [run(1, 0, 4), run(1, 6, 8), run(2, 1, 9)]);
    }
}
