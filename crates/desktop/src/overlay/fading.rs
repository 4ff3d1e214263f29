//! The pointer that shows where the operator points: a trail that grows thin and is gone after a moment.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use protocol::drawing::Point;

use super::figure::middle;
use super::runs::{Area, Run, line, merge};

/// Red: seen on most screens.
pub(super) const RGB: [u8; 3] = [0xe0, 0x31, 0x31];
/// How long a place is seen.
const LIFE: Duration = Duration::from_millis(1_200);
/// Between two pictures of it.
const FRAME: Duration = Duration::from_millis(40);
/// Where it is now.
const HEAD_PX: f64 = 14.0;
/// Places that it is drawn through.
const PLACES: usize = 128;

/// The places of the last moment.
#[derive(Default)]
pub(super) struct Trail(VecDeque<(Point, Instant)>);

impl Trail {
    pub(super) fn point(&mut self, now: Instant, at: Point) {
        while PLACES <= self.0.len() {
            self.0.pop_front();
        }
        self.0.push_back((at, now));
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// When it looks different.
    pub(super) fn wake_at(&self, now: Instant) -> Option<Instant> {
        (!self.0.is_empty()).then(|| now + FRAME)
    }

    /// What is seen of it now.
    pub(super) fn runs(&mut self, now: Instant, area: Area) -> Vec<Run> {
        self.0.retain(|(_, at)| now.saturating_duration_since(*at) < LIFE);
        let mut runs = Vec::new();
        let width = |at: &Instant| {
            let left = 1.0 - now.saturating_duration_since(*at).as_secs_f64() / LIFE.as_secs_f64();
            (HEAD_PX * left.clamp(0.0, 1.0)).max(1.0)
        };
        for ((from, _), (to, at)) in self.0.iter().zip(self.0.iter().skip(1)) {
            line(area, middle(*from), middle(*to), width(at) / 2.0, &mut runs);
        }
        if let Some((at, when)) = self.0.back() {
            line(area, middle(*at), middle(*at), width(when), &mut runs);
        }
        merge(runs)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use protocol::drawing::Point;

    use super::{LIFE, Trail};
    use crate::overlay::runs::Area;

    #[test]
    fn it_grows_thin_and_is_gone() {
        let area = Area { width: 200, height: 100 };
        let (mut trail, start) = (Trail::default(), Instant::now());
        for step in 0..1_000 {
            trail.point(start, Point { x: step % 200, y: 50 });
        }
        let pixels = |trail: &mut Trail, after: Duration| {
            let runs = trail.runs(start + after, area);
            runs.iter().map(|run| i32::from(run.right - run.left)).sum::<i32>()
        };
        let (fresh, old) = (pixels(&mut trail, Duration::ZERO), pixels(&mut trail, LIFE / 2));
        assert!(0 < old && old < fresh, "{fresh} {old}");
        assert!(trail.wake_at(start).is_some());
        assert_eq!(pixels(&mut trail, LIFE), 0);
        assert_eq!(trail.wake_at(start), None);
    }
}
