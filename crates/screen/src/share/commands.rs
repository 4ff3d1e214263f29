//! Commands that wait for the thread. They become one, so that no console can make them pile up.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Preference, ShareCommand, VideoTrack};
use crate::{Part, Way};

/// Where commands wait.
#[derive(Debug, Default)]
pub(super) struct Commands(Mutex<Waiting>);

/// All commands since the thread looked last, taken together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Waiting {
    /// The thread has been woken and has not looked yet.
    woken: bool,
    /// The first update shall be made before there is room.
    pub(super) ahead: bool,
    /// The sum.
    pub(super) room_bytes: usize,
    /// The last: it stands for those before it.
    pub(super) acknowledged: Option<(u32, u32)>,
    /// A new epoch was asked for, or a pause ended that the thread never saw.
    pub(super) new_epoch: bool,
    /// The same, and the area of motion stays.
    pub(super) full_state: bool,
    /// Whether it shall pause, if that was said.
    pub(super) paused: Option<bool>,
    /// The last: whether the console takes video.
    pub(super) track: Option<Option<VideoTrack>>,
    /// A picture of the video must stand by itself.
    pub(super) video_key: bool,
    /// The last.
    pub(super) bandwidth_bits_per_s: Option<u32>,
    /// The last.
    pub(super) preference: Option<Preference>,
    /// The last.
    pub(super) way: Option<Way>,
    /// The last.
    pub(super) part: Option<Part>,
}

impl Commands {
    /// Adds a command; whether the thread must be woken for it.
    pub(super) fn add(&self, command: ShareCommand) -> bool {
        let mut waiting = self.lock();
        match command {
            ShareCommand::Ahead => waiting.ahead = true,
            ShareCommand::Room { bytes } => waiting.room_bytes = waiting.room_bytes.saturating_add(bytes),
            ShareCommand::Acknowledged { epoch, update } => waiting.acknowledged = Some((epoch, update)),
            ShareCommand::NewEpoch => waiting.new_epoch = true,
            ShareCommand::FullState => waiting.full_state = true,
            ShareCommand::Pause => waiting.paused = Some(true),
            ShareCommand::Resume => {
                waiting.new_epoch |= waiting.paused == Some(true);
                waiting.paused = Some(false);
            }
            ShareCommand::Video(track) => waiting.track = Some(track),
            ShareCommand::VideoKey => waiting.video_key = true,
            ShareCommand::Bandwidth { bits_per_s } => waiting.bandwidth_bits_per_s = Some(bits_per_s),
            ShareCommand::Preference(preference) => waiting.preference = Some(preference),
            ShareCommand::Way(way) => waiting.way = Some(way),
            ShareCommand::Part(part) => waiting.part = Some(part),
        }
        !std::mem::replace(&mut waiting.woken, true)
    }

    pub(super) fn take(&self) -> Waiting {
        std::mem::take(&mut *self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
