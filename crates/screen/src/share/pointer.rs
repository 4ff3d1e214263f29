//! The customer's pointer, told apart from the picture.

use std::time::{Duration, Instant};

use super::ShareEvent;
use crate::{
    ScreenError,
    capture::{Capture, Changes, Mask},
};

/// Told of a pointer that is not over what can be seen.
const AWAY: (i32, i32) = (-1, -1);
/// Positions are not told more often.
const INTERVAL: Duration = Duration::from_millis(16);
/// The pointer is looked at so often though nothing says that it moved: where a program puts it elsewhere, no hand has moved,
/// and the display tells nobody (X11: `WarpPointer` makes no raw motion).
const UNTOLD: Duration = Duration::from_millis(150);

/// What was told and what must be.
#[derive(Debug)]
pub(super) struct Pointer {
    moved: bool,
    place: Option<(i32, i32)>,
    told_at: Instant,
    looked_at: Instant,
    shape_changed: bool,
}

impl Pointer {
    /// Nothing was told yet.
    pub(super) fn new(now: Instant) -> Self {
        Self { moved: true, place: None, told_at: now, looked_at: now, shape_changed: true }
    }

    pub(super) fn note(&mut self, changes: &Changes) {
        self.moved |= changes.pointer_moved;
        self.shape_changed |= changes.pointer_shape;
    }

    /// Something else can be seen: the pointer may be over it now, or not any more.
    pub(super) fn seen_changed(&mut self) {
        self.moved = true;
    }

    /// What is to be told now; of a pointer that is over nothing that `mask` lets through, neither place nor shape. `looks`:
    /// somebody looks at the picture.
    pub(super) fn events(
        &mut self,
        now: Instant,
        looks: bool,
        capture: &mut dyn Capture,
        mask: &Mask,
    ) -> Result<Vec<ShareEvent>, ScreenError> {
        let mut events = Vec::new();
        let is_due = self.next_at(looks).is_some_and(|at| at <= now);
        if !is_due && !self.shape_changed {
            return Ok(events);
        }
        let (x, y) = capture.pointer_position()?;
        let is_seen = mask.holds(x, y);
        if is_seen && std::mem::take(&mut self.shape_changed) {
            events.push(ShareEvent::PointerShape(capture.pointer_shape()?));
        }
        if is_due {
            (self.moved, self.looked_at) = (false, now);
            let place = if is_seen { (x, y) } else { AWAY };
            if self.place != Some(place) {
                (self.place, self.told_at) = (Some(place), now);
                events.push(ShareEvent::PointerPosition { x: place.0, y: place.1 });
            }
        }
        Ok(events)
    }

    pub(super) fn next_at(&self, looks: bool) -> Option<Instant> {
        let told = self.moved.then(|| self.told_at + INTERVAL);
        let untold = looks.then(|| self.looked_at + UNTOLD);
        told.into_iter().chain(untold).min()
    }
}
