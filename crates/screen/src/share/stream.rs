//! One stream of updates, encoded once for all who take it: their pictures are the same, update for update. Whoever cannot
//! keep up with the others gets a stream of their own (`docs/adr/0011-one-stream-for-all-who-keep-up.md`).

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use tiles::{EncodeError, Encoded, Encoder, Finish, Rect};
use tracing::info;

use super::{
    checks::Checks,
    dirty::Dirty,
    motion::{Change, Motion},
    outlet::Outlet,
    viewer::Viewer,
};
use crate::ScreenError;

/// Shortest life of an epoch: a console cannot make us encode whole pictures without end.
const MIN_EPOCH: Duration = Duration::from_millis(250);

/// Epochs grow through all shares of this process, so that no console takes a new share's for an old one's.
static EPOCHS: AtomicU32 = AtomicU32::new(0);

pub(super) struct Stream {
    pub(super) viewers: Vec<Viewer>,
    outlet: Outlet,
    pub(super) encoder: Encoder,
    epoch_began: Instant,
    pub(super) epoch_wanted: bool,
    /// A new epoch is wanted that keeps the area of motion.
    pub(super) state_wanted: bool,
    pub(super) dirty: Dirty,
    pub(super) checks: Checks,
    pub(super) motion: Motion,
}

impl Stream {
    /// For one viewer; [`Self::begin_epoch`] comes next.
    pub(super) fn new(viewer: Viewer, size: (u16, u16), now: Instant) -> Result<Self, ScreenError> {
        let outlet = Outlet::default();
        let mut stream = Self {
            viewers: vec![viewer],
            motion: Motion::new(outlet.clone()),
            outlet,
            encoder: next_encoder(size)?,
            epoch_began: now,
            epoch_wanted: false,
            state_wanted: false,
            dirty: Dirty::default(),
            checks: Checks::default(),
        };
        stream.viewers_changed();
        Ok(stream)
    }

    /// Others look from here on, or want it otherwise.
    pub(super) fn viewers_changed(&mut self) {
        self.outlet.set(self.viewers.iter().map(|viewer| viewer.events.clone()).collect());
        let tracks = self.viewers.iter().map(|viewer| viewer.track);
        let both = |one: Option<super::VideoTrack>, other: Option<super::VideoTrack>| {
            Some(super::VideoTrack { full_chroma: one?.full_chroma && other?.full_chroma })
        };
        self.motion.set_track(tracks.reduce(both).flatten());
        if let Some(viewer) = self.viewers.first() {
            self.motion.set_preference(viewer.preference);
        }
        let bandwidth = self.viewers.iter().filter_map(|viewer| viewer.bandwidth_bits_per_s).min();
        bandwidth.into_iter().for_each(|bits_per_s| self.motion.set_bandwidth(bits_per_s));
    }

    /// Whether these two could be one.
    pub(super) fn suits(&self, other: &Self, now: Instant) -> bool {
        let all = || self.viewers.iter().chain(&other.viewers);
        let (Some(first), Some(theirs)) = (self.viewers.first(), other.viewers.first()) else { return false };
        first.preference == theirs.preference
            && first.track.is_some() == theirs.track.is_some()
            && all().all(|viewer| viewer.has_room() && !viewer.is_full(now))
            && other.viewers.iter().all(|viewer| viewer.joins_at <= now)
            && self.may_begin_epoch(now)
    }

    /// Those who leave this stream at this moment: they look away, want the picture anew or otherwise, or keep the others
    /// waiting. `waits`: something is to be sent.
    pub(super) fn take_leavers(&mut self, now: Instant, waits: bool) -> Vec<Viewer> {
        let some_have_room = self.viewers.iter().any(Viewer::has_room);
        let first = self.viewers.first().map(|viewer| (viewer.preference, viewer.track.is_some()));
        let (mut leavers, mut at) = (Vec::new(), 0);
        while 1 < self.viewers.len()
            && let Some(viewer) = self.viewers.get_mut(at)
        {
            let waited_for = waits && some_have_room && !viewer.has_room();
            let otherwise = 0 < at && first != Some((viewer.preference, viewer.track.is_some()));
            if viewer.paused || otherwise || viewer.holds_up(now, waited_for) {
                let mut viewer = self.viewers.remove(at);
                viewer.goes_alone(now);
                leavers.push(viewer);
            } else {
                at += 1;
            }
        }
        if !leavers.is_empty() {
            self.viewers_changed();
        }
        leavers
    }

    /// The one at `at` takes a stream of its own; nothing where it has one.
    pub(super) fn take_one(&mut self, now: Instant, at: usize) -> Option<Viewer> {
        if self.viewers.len() < 2 || self.viewers.len() <= at {
            return None;
        }
        let mut viewer = self.viewers.remove(at);
        viewer.goes_alone(now);
        self.viewers_changed();
        Some(viewer)
    }

    pub(super) fn may_begin_epoch(&self, now: Instant) -> bool {
        self.epoch_began + MIN_EPOCH <= now
    }

    /// Begins the epoch that somebody asked for, if it is time. Whether one has begun.
    pub(super) fn begin_wanted(&mut self, now: Instant, size: (u16, u16)) -> Result<bool, ScreenError> {
        if !self.may_begin_epoch(now) {
            return Ok(false);
        }
        if self.epoch_wanted {
            self.begin_epoch(now, size)?;
        } else if self.state_wanted && !self.is_paused() {
            self.begin_state(now, size)?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    pub(super) fn begin_epoch(&mut self, now: Instant, size: (u16, u16)) -> Result<(), ScreenError> {
        self.motion.begin_epoch(size.0, size.1);
        self.begin_picture(now, size)
    }

    /// A new epoch of the same picture, with its area of motion.
    fn begin_state(&mut self, now: Instant, size: (u16, u16)) -> Result<(), ScreenError> {
        self.begin_picture(now, size)?;
        if let Some((id, rect)) = self.motion.go_on() {
            self.encoder.open_area(id, rect).map_err(|error| resources(&error))?;
            let left = self.motion.beside_area(self.dirty.drain());
            self.dirty.add(left);
        }
        Ok(())
    }

    fn begin_picture(&mut self, now: Instant, size: (u16, u16)) -> Result<(), ScreenError> {
        let (width, height) = size;
        self.encoder = next_encoder(size)?;
        info!(epoch = self.encoder.epoch(), width, height, viewers = self.viewers.len(), "Picture begins");
        self.epoch_began = now;
        self.epoch_wanted = false;
        self.state_wanted = false;
        self.viewers.iter_mut().for_each(Viewer::begin_epoch);
        self.dirty.clear();
        self.dirty.add([Rect::new(0, 0, width, height)]);
        self.checks = Checks::default();
        Ok(())
    }

    pub(super) fn is_paused(&self) -> bool {
        self.viewers.iter().all(|viewer| viewer.paused)
    }

    /// Whether all could take an update now.
    pub(super) fn has_room(&self) -> bool {
        self.viewers.iter().all(Viewer::has_room)
    }

    pub(super) fn is_full(&self, now: Instant) -> bool {
        self.viewers.iter().any(|viewer| viewer.is_full(now))
    }

    pub(super) fn hurries(&self, now: Instant) -> bool {
        self.viewers.iter().any(|viewer| viewer.opening.hurries(now))
    }

    /// Whether there is something to capture or to check, and room for it.
    pub(super) fn may_capture(&self, now: Instant, damaged: bool) -> bool {
        let something = damaged || !self.dirty.is_empty() || self.checks.due(now);
        let video = self.motion.next_at().is_some_and(|at| damaged || at <= now);
        (something && self.has_room()) || (video && !self.is_paused())
    }

    pub(super) fn finish(&self, now: Instant) -> Finish {
        let targets = self.viewers.iter().map(|viewer| viewer.flow.target_bytes());
        Finish {
            more_dirty: !self.dirty.is_empty(),
            check_every_row: self.checks.due(now),
            target_bytes: targets.min().unwrap_or_default(),
        }
    }

    /// Opens or closes the area of motion, where it is time; the next update tells the consoles.
    pub(super) fn change_motion(&mut self, now: Instant) -> Result<(), ScreenError> {
        let rate = self.viewers.iter().filter_map(|viewer| viewer.flow.bytes_per_s()).min();
        match self.motion.decide(now, rate, self.encoder.model()) {
            Some(Change::Open { id, rect }) => {
                self.encoder.open_area(id, rect).map_err(|error| resources(&error))?;
                let left = self.motion.beside_area(self.dirty.drain());
                self.dirty.add(left);
            }
            Some(Change::Close { id }) => {
                let rect = self.encoder.close_area(id).map_err(|error| resources(&error))?;
                self.dirty.add([rect]);
            }
            None => {}
        }
        Ok(())
    }

    /// Takes what was made; the caller hands it out.
    pub(super) fn sent(&mut self, now: Instant, encoded: Encoded) {
        let more = !self.dirty.is_empty() || !encoded.rest.is_empty();
        let full = self.is_full(now);
        self.motion.sent(now, &encoded, more && full);
        self.dirty.add(encoded.rest);
        self.checks.sent(now, encoded.checked);
        for viewer in &mut self.viewers {
            viewer.sent(now, encoded.update, &encoded.packets, more);
        }
    }

    /// When there will be something to do although nothing happens.
    pub(super) fn next_at(&self, damaged: bool, next_capture: Instant) -> Option<Instant> {
        let can_capture = self.has_room();
        let waiting = damaged || !self.dirty.is_empty();
        let paused = self.is_paused();
        let video_damage = damaged && !paused && self.motion.next_at().is_some();
        let of_stream = [
            ((can_capture && waiting) || video_damage).then_some(next_capture),
            self.checks.at().filter(|_| can_capture).map(|at| at.max(next_capture)),
            (self.epoch_wanted || (self.state_wanted && !paused)).then(|| self.epoch_began + MIN_EPOCH),
            self.motion.next_at().filter(|_| !paused).map(|at| at.max(next_capture)),
        ];
        let of_viewers = self
            .viewers
            .iter()
            .flat_map(|viewer| [viewer.repeats.next_at(), viewer.pointer_at(), viewer.left_at()]);
        of_stream.into_iter().chain(of_viewers).flatten().min()
    }
}

fn next_encoder((width, height): (u16, u16)) -> Result<Encoder, ScreenError> {
    let epoch = EPOCHS.fetch_add(1, Ordering::SeqCst).wrapping_add(1);
    Encoder::new(epoch, width, height).map_err(|error| match error {
        EncodeError::Size { width, height } => ScreenError::Size { width, height },
        other => resources(&other),
    })
}

pub(super) fn resources(error: &EncodeError) -> ScreenError {
    ScreenError::Resources { reason: error.to_string() }
}
