//! Shapes as pixels. A figure grows by what comes, and is drawn again as a whole when what lay on it goes.

use protocol::drawing::{Look, Point, Tool};

use super::runs::{Area, Place, Run, line, merge};
use super::words::Words;

/// Of a highlighter one row in so many is drawn: its colour is seen, and so is what it lies on.
const HATCH_ROWS: i16 = 3;
/// Of an arrow's head, in widths of its line, and at least.
const HEAD_WIDTHS: f64 = 4.0;
const HEAD_PX: f64 = 12.0;
/// Half of the angle of an arrow's head.
const HEAD_ANGLE: f64 = 0.5;
/// An ellipse has a corner for each so many pixels of its box, and at least the second number.
const ELLIPSE_STEP_PX: f64 = 4.0;
const ELLIPSE_STEPS: f64 = 24.0;

/// One shape.
pub(super) struct Figure {
    pub(super) look: Look,
    points: Vec<Point>,
}

impl Figure {
    pub(super) fn new(look: &Look) -> Self {
        Self { look: look.clone(), points: Vec::new() }
    }

    /// Red, green, blue.
    pub(super) fn rgb(&self) -> [u8; 3] {
        match &self.look {
            Look::Line { rgb, .. } | Look::Text { rgb, .. } => rgb.0,
        }
    }

    /// Whether what was drawn of it stays as it is when points come.
    pub(super) fn only_grows(&self) -> bool {
        self.points.is_empty() || matches!(&self.look, Look::Line { tool: Tool::Pen | Tool::Highlighter, .. })
    }

    /// Takes points; gives the pixels that come with them, of one that only grows.
    pub(super) fn extend(&mut self, points: &[Point], area: Area, words: &mut Words) -> Vec<Run> {
        let before = self.points.len().saturating_sub(1);
        self.points.extend_from_slice(points);
        self.drawn(self.points.get(before..).unwrap_or_default(), area, words)
    }

    /// All of its pixels.
    pub(super) fn whole(&self, area: Area, words: &mut Words) -> Vec<Run> {
        self.drawn(&self.points, area, words)
    }

    fn drawn(&self, points: &[Point], area: Area, words: &mut Words) -> Vec<Run> {
        let (Some(first), Some(last)) = (points.first(), points.last()) else { return Vec::new() };
        match &self.look {
            Look::Text { text, height_px, .. } => {
                let runs = words.runs(text, *height_px, *first);
                merge(runs.into_iter().filter_map(|run| area.cut(run)).collect())
            }
            Look::Line { tool, width_px, .. } => {
                let (from, to) = (middle(*first), middle(*last));
                let width_px = f64::from(*width_px);
                let path = match tool {
                    Tool::Pen | Tool::Highlighter => points.iter().copied().map(middle).collect(),
                    Tool::Line => vec![from, to],
                    Tool::Arrow => arrow(from, to, width_px),
                    Tool::Box => {
                        vec![from, Place { x: to.x, ..from }, to, Place { x: from.x, ..to }, from]
                    }
                    Tool::Ellipse => ellipse(from, to),
                };
                let mut runs = stroked(&path, width_px, area);
                if *tool == Tool::Highlighter {
                    runs.retain(|run| run.y % HATCH_ROWS == 0);
                }
                runs
            }
        }
    }
}

/// The middle of a pixel.
pub(super) fn middle(point: Point) -> Place {
    Place { x: f64::from(point.x) + 0.5, y: f64::from(point.y) + 0.5 }
}

/// A line through all of these; of one place a point.
fn stroked(path: &[Place], width_px: f64, area: Area) -> Vec<Run> {
    let mut runs = Vec::new();
    if let [place] = path {
        line(area, *place, *place, width_px, &mut runs);
    }
    for (from, to) in path.iter().zip(path.iter().skip(1)) {
        line(area, *from, *to, width_px, &mut runs);
    }
    merge(runs)
}

/// To the tip, and around its head.
fn arrow(from: Place, to: Place, width_px: f64) -> Vec<Place> {
    let length = (to.x - from.x).hypot(to.y - from.y);
    let head = (width_px * HEAD_WIDTHS).max(HEAD_PX).min(length);
    let back = (from.y - to.y).atan2(from.x - to.x);
    let barb = |angle: f64| {
        let angle = back + angle;
        Place { x: to.x + head * angle.cos(), y: to.y + head * angle.sin() }
    };
    vec![from, to, barb(HEAD_ANGLE), to, barb(-HEAD_ANGLE)]
}

fn ellipse(from: Place, to: Place) -> Vec<Place> {
    let (x, y) = ((from.x + to.x) / 2.0, (from.y + to.y) / 2.0);
    let (across, down) = ((to.x - from.x).abs() / 2.0, (to.y - from.y).abs() / 2.0);
    let steps = ((across + down) * 2.0 / ELLIPSE_STEP_PX).max(ELLIPSE_STEPS).ceil();
    #[expect(clippy::cast_possible_truncation, reason = "a desktop has at most 32,767 pixels each way")]
    #[expect(clippy::cast_sign_loss, reason = "at least ELLIPSE_STEPS")]
    let count = steps as u32;
    let at = |step: u32| {
        let angle = f64::from(step) / steps * std::f64::consts::TAU;
        Place { x: x + across * angle.cos(), y: y + down * angle.sin() }
    };
    (0..=count).map(at).collect()
}

#[cfg(test)]
mod tests {
    use protocol::drawing::{Look, Point, Rgb, Tool};

    use super::{Area, Figure, Run, Words};

    const AREA: Area = Area { width: 200, height: 100 };

    fn figure(tool: Tool, width_px: u16) -> Figure {
        Figure::new(&Look::Line { tool, rgb: Rgb([1, 2, 3]), width_px })
    }

    fn points(places: &[(i16, i16)]) -> Vec<Point> {
        places.iter().map(|(x, y)| Point { x: *x, y: *y }).collect()
    }

    fn drawn(tool: Tool, width_px: u16, places: &[(i16, i16)]) -> Vec<Run> {
        figure(tool, width_px).extend(&points(places), AREA, &mut Words::default())
    }

    fn has(runs: &[Run], x: i16, y: i16) -> bool {
        runs.iter().any(|run| run.y == y && run.left <= x && x < run.right)
    }

    #[test]
    fn a_pen_that_grows_is_the_same_as_one_that_came_at_once() {
        let mut grown = figure(Tool::Pen, 5);
        let mut words = Words::default();
        let mut runs = Vec::new();
        for place in [(10, 10), (50, 20), (40, 60), (40, 60), (90, 12)] {
            assert!(grown.only_grows());
            runs.extend(grown.extend(&points(&[place]), AREA, &mut words));
        }
        let whole = grown.whole(AREA, &mut words);
        assert_eq!(super::merge(runs), whole);
        assert!(has(&whole, 10, 10) && has(&whole, 90, 12) && !has(&whole, 100, 12));
    }

    #[test]
    fn each_shape_has_the_pixels_that_make_it() {
        let corners = [(20, 20), (30, 90), (120, 80)];
        let line = drawn(Tool::Line, 3, &corners);
        assert!(has(&line, 20, 20) && has(&line, 70, 50) && has(&line, 120, 80) && !has(&line, 30, 90));
        let arrow = drawn(Tool::Arrow, 3, &corners);
        assert!(line.iter().all(|run| has(&arrow, run.left, run.y)) && line.len() <= arrow.len());
        assert!(arrow.iter().any(|run| has(&line, run.left, run.y) != has(&line, run.right - 1, run.y)));
        let framed = drawn(Tool::Box, 3, &corners);
        for (x, y) in [(20, 20), (120, 20), (120, 80), (20, 80), (70, 20), (20, 50)] {
            assert!(has(&framed, x, y), "{x},{y}");
        }
        assert!(!has(&framed, 70, 50));
        let round = drawn(Tool::Ellipse, 3, &corners);
        for (x, y) in [(20, 50), (120, 50), (70, 20), (70, 80)] {
            assert!(has(&round, x, y), "{x},{y}");
        }
        assert!(!has(&round, 70, 50) && !has(&round, 21, 21));
        let point = drawn(Tool::Pen, 6, &[(50, 50)]);
        assert!(has(&point, 50, 50) && !has(&point, 56, 50));
    }

    #[test]
    fn what_is_highlighted_can_be_read() {
        let marked = drawn(Tool::Highlighter, 20, &[(20, 50), (100, 50)]);
        let rows: Vec<i16> = marked.iter().map(|run| run.y).collect();
        assert!(rows.len() > 4 && rows.iter().zip(rows.iter().skip(1)).all(|(one, next)| next - one == 3));
    }

    #[test]
    fn words_of_both_scripts_have_pixels_below_their_corner() {
        let mut words = Words::default();
        for text in ["here", "여기"] {
            let look = Look::Text { text: text.to_owned(), rgb: Rgb([0; 3]), height_px: 24 };
            let runs = Figure::new(&look).extend(&points(&[(30, 40)]), AREA, &mut words);
            assert!(20 < runs.len(), "{text}: {}", runs.len());
            assert!(runs.iter().all(|run| 40 <= run.y && run.y < 76 && 26 <= run.left), "{text}");
        }
    }

    #[test]
    fn an_arrow_of_no_length_and_a_box_far_away_are_no_trouble() {
        for tool in [Tool::Pen, Tool::Highlighter, Tool::Line, Tool::Arrow, Tool::Box, Tool::Ellipse] {
            drawn(tool, 64, &[(5, 5), (5, 5)]);
            drawn(tool, 1, &[(-32_767, -32_767), (32_767, 32_767)]);
            assert_eq!(drawn(tool, 1, &[]), []);
        }
    }
}
