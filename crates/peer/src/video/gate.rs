//! Which pictures are let through. Pure: no connection, no clock.

use std::time::Duration;

/// The oldest packet may have waited so long: what comes later than that is no picture of now.
const AGE: Duration = Duration::from_millis(400);
/// The most that may wait at all.
const BYTES: usize = 2 * 1024 * 1024;

/// What waits to be sent.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Queued {
    pub(super) bytes: usize,
    /// How long the oldest of it has waited.
    pub(super) age: Duration,
}

/// Holds pictures back while the queue is full. A picture builds on the one before it, so after a lost one the next that
/// gets through is a key picture; and that is asked for only when there is room, or it would be lost as well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Gate {
    /// All get through.
    #[default]
    Open,
    /// None does until what waits is sent.
    Draining,
    /// Only a key picture does.
    Key,
}

impl Gate {
    /// Whether this picture gets through.
    pub(super) fn admit(&mut self, key: bool, queued: &Queued) -> bool {
        if *self == Self::Draining || AGE < queued.age || BYTES < queued.bytes {
            *self = Self::Draining;
            return false;
        }
        if *self == Self::Key && key {
            *self = Self::Open;
        }
        *self == Self::Open
    }

    /// A picture that had got through was lost all the same.
    pub(super) fn lost(&mut self) {
        *self = Self::Draining;
    }

    pub(super) fn is_draining(self) -> bool {
        self == Self::Draining
    }

    /// Whether a key picture is to be asked for: once, when nothing waits any more.
    pub(super) fn drained(&mut self, queued: &Queued) -> bool {
        let drained = *self == Self::Draining && queued.bytes == 0;
        if drained {
            *self = Self::Key;
        }
        drained
    }
}
