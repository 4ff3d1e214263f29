//! The customer's pointer, told apart from the picture.

use std::time::{Duration, Instant};

use super::ShareEvent;
use crate::{
    ScreenError,
    capture::{Capture, Changes},
};

/// Positions are not told more often.
const INTERVAL: Duration = Duration::from_millis(16);

/// What was told and what must be.
pub(super) struct Pointer {
    moved: bool,
    place: Option<(i32, i32)>,
    told_at: Instant,
    shape_changed: bool,
}

impl Pointer {
    /// Nothing was told yet.
    pub(super) fn new(now: Instant) -> Self {
        Self { moved: true, place: None, told_at: now, shape_changed: true }
    }

    pub(super) fn note(&mut self, changes: &Changes) {
        self.moved |= changes.pointer_moved;
        self.shape_changed |= changes.pointer_shape;
    }

    /// What is to be told now.
    pub(super) fn events(
        &mut self,
        now: Instant,
        capture: &mut dyn Capture,
    ) -> Result<Vec<ShareEvent>, ScreenError> {
        let mut events = Vec::new();
        if std::mem::take(&mut self.shape_changed) {
            events.push(ShareEvent::PointerShape(capture.pointer_shape()?));
        }
        if self.next_at().is_some_and(|at| at <= now) {
            self.moved = false;
            let place = capture.pointer_position()?;
            if self.place != Some(place) {
                (self.place, self.told_at) = (Some(place), now);
                events.push(ShareEvent::PointerPosition { x: place.0, y: place.1 });
            }
        }
        Ok(events)
    }

    pub(super) fn next_at(&self) -> Option<Instant> {
        self.moved.then(|| self.told_at + INTERVAL)
    }
}
