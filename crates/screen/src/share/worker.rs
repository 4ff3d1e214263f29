//! The thread behind a share: waits for damage and room, captures, encodes, hands out.

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use tiles::{EncodeError, Encoded, Encoder, Finish, Rect};
use tokio::sync::mpsc;
use tracing::{debug, info, warn};

use super::{
    Channel, ShareEvent,
    checks::Checks,
    commands::Commands,
    dirty::Dirty,
    flow::Flow,
    motion::{Change, Motion},
    opening::Opening,
    pointer::Pointer,
    repeat::Repeats,
};
use crate::{
    Part, ScreenError, Shown,
    capture::{Capture, Changes, Look},
};

/// Shortest time from one capture to the next while the screen keeps changing. The first change after rest waits
/// for nothing.
const MIN_INTERVAL: Duration = Duration::from_millis(4);
/// A link counts as full for so long after there was no room: it comes back in lumps of several updates.
const FULL_FOR: Duration = Duration::from_millis(300);
/// Shortest life of an epoch: a console cannot make us encode whole pictures without end.
const MIN_EPOCH: Duration = Duration::from_millis(250);

/// Epochs grow through all shares of this process, so that no console takes a new share's for an old one's.
static EPOCHS: AtomicU32 = AtomicU32::new(0);

pub(super) struct Worker {
    capture: Box<dyn Capture>,
    commands: Arc<Commands>,
    events: mpsc::Sender<ShareEvent>,
    stopped: Arc<AtomicBool>,
    encoder: Encoder,
    epoch_began: Instant,
    epoch_wanted: bool,
    /// A new epoch is wanted that keeps the area of motion.
    state_wanted: bool,
    paused: bool,
    room_bytes: usize,
    /// Until when there was last no room.
    link_full_at: Option<Instant>,
    opening: Opening,
    /// The rest of one update that did not fit into the room.
    outbox: VecDeque<Vec<u8>>,
    flow: Flow,
    repeats: Repeats,
    damaged: bool,
    dirty: Dirty,
    next_capture: Instant,
    checks: Checks,
    pointer: Pointer,
    motion: Motion,
    /// What may be seen; nothing before the first look.
    seen: Look,
    shown_told: Option<Shown>,
    /// Windows moved while pixels were read: for the next reading they are held where they are.
    missed: bool,
}

/// Why the thread ends.
enum End {
    Stopped,
    Failed(ScreenError),
}

impl From<ScreenError> for End {
    fn from(error: ScreenError) -> Self {
        Self::Failed(error)
    }
}

impl Worker {
    pub(super) fn new(
        capture: Box<dyn Capture>,
        commands: Arc<Commands>,
        events: mpsc::Sender<ShareEvent>,
        stopped: Arc<AtomicBool>,
    ) -> Result<Self, ScreenError> {
        let now = Instant::now();
        let (width, height) = capture.size();
        Ok(Self {
            motion: Motion::new(events.clone()),
            capture,
            commands,
            events,
            stopped,
            encoder: next_encoder(width, height)?,
            epoch_began: now,
            epoch_wanted: false,
            state_wanted: false,
            paused: false,
            room_bytes: 0,
            link_full_at: None,
            opening: Opening::default(),
            outbox: VecDeque::new(),
            flow: Flow::default(),
            repeats: Repeats::default(),
            damaged: false,
            dirty: Dirty::default(),
            next_capture: now,
            checks: Checks::default(),
            pointer: Pointer::new(now),
            seen: Look::default(),
            shown_told: None,
            missed: false,
        })
    }

    pub(super) fn run(mut self) {
        match self.share() {
            Ok(()) | Err(End::Stopped) => debug!("Share ended"),
            Err(End::Failed(error)) => {
                warn!(%error, "Screen cannot be shared any longer");
                // Nobody listens any more: then nobody needs to know.
                drop(self.events.blocking_send(ShareEvent::Failed(error)));
            }
        }
    }

    fn share(&mut self) -> Result<(), End> {
        let displays = self.capture.refresh()?;
        self.tell(ShareEvent::Displays(displays))?;
        self.look()?;
        self.begin_epoch(Instant::now())?;
        loop {
            let timeout = self.timeout(Instant::now());
            let changes = self.capture.wait(timeout)?;
            if self.stopped.load(Ordering::SeqCst) || self.events.is_closed() {
                return Err(End::Stopped);
            }
            self.take_commands()?;
            self.take_changes(&changes)?;
            self.look()?;
            self.tell_shown()?;
            let now = Instant::now();
            if MIN_EPOCH <= now - self.epoch_began {
                if self.epoch_wanted {
                    self.begin_epoch(now)?;
                } else if self.state_wanted && !self.paused {
                    self.begin_state(now)?;
                }
            }
            self.hand_out()?;
            self.repeat(now)?;
            if self.may_capture() && self.next_capture <= now {
                self.update(now)?;
            }
            self.tell_pointer(now)?;
            self.tell_shown()?;
        }
    }

    fn take_commands(&mut self) -> Result<(), End> {
        let told = self.commands.take();
        if told.ahead {
            self.opening.go_ahead();
        }
        self.add_room(told.room_bytes);
        if let Some((epoch, update)) = told.acknowledged {
            self.acknowledged(epoch, update);
        }
        self.epoch_wanted |= told.new_epoch;
        self.state_wanted |= told.full_state;
        if let Some(paused) = told.paused {
            self.epoch_wanted |= self.paused && !paused;
            self.paused = paused;
            if paused {
                self.motion.pause();
            }
        }
        if let Some(track) = told.track {
            self.motion.set_track(track);
        }
        if let Some(preference) = told.preference {
            self.motion.set_preference(preference);
        }
        if let Some(bits_per_s) = told.bandwidth_bits_per_s {
            self.motion.set_bandwidth(bits_per_s);
        }
        if told.video_key {
            self.motion.want_key();
        }
        match told.part {
            Some(part) => self.show_part(part),
            None => Ok(()),
        }
    }

    /// The customer shares something else: nothing that waits is of it.
    fn show_part(&mut self, part: Part) -> Result<(), End> {
        self.capture.set_part(part);
        self.look()?;
        self.begin_epoch(Instant::now())
    }

    /// Looks at what may be seen, if that can have changed.
    fn look(&mut self) -> Result<(), End> {
        if let Some(look) = self.capture.look()? {
            self.take_look(look);
        }
        Ok(())
    }

    /// Where something else may be seen than before, that is sent.
    fn take_look(&mut self, look: Look) {
        let changed = self.motion.beside_area(look.mask.changed_from(&self.seen.mask));
        self.dirty.add(changed);
        self.pointer.seen_changed();
        self.seen = look;
    }

    fn tell_shown(&mut self) -> Result<(), End> {
        if self.shown_told.as_ref() != Some(&self.seen.shown) {
            self.shown_told = Some(self.seen.shown.clone());
            self.tell(ShareEvent::Shown(self.seen.shown.clone()))?;
        }
        Ok(())
    }

    fn add_room(&mut self, bytes: usize) {
        let now = Instant::now();
        if bytes != 0 && self.room_bytes == 0 {
            self.link_full_at = Some(now);
        }
        if bytes != 0 && self.opening.room(now) {
            self.flow.sent_only(now);
            self.link_full_at = None;
            self.next_capture = now;
        }
        self.room_bytes = self.room_bytes.saturating_add(bytes);
    }

    fn acknowledged(&mut self, epoch: u32, update: u32) {
        if epoch != self.encoder.epoch() {
            return;
        }
        self.flow.acknowledged(Instant::now(), update);
        self.repeats.acknowledged(update);
    }

    fn take_changes(&mut self, changes: &Changes) -> Result<(), End> {
        self.damaged |= changes.damaged;
        self.pointer.note(changes);
        if changes.resized {
            self.look_again()?;
        }
        Ok(())
    }

    /// Screens were added, turned or resized.
    fn look_again(&mut self) -> Result<(), End> {
        let before = self.capture.size();
        let displays = self.capture.refresh()?;
        self.tell(ShareEvent::Displays(displays))?;
        if before != self.capture.size() {
            self.begin_epoch(Instant::now())?;
        }
        Ok(())
    }

    fn begin_epoch(&mut self, now: Instant) -> Result<(), End> {
        let (width, height) = self.capture.size();
        self.motion.begin_epoch(width, height);
        self.begin_picture(now)
    }

    /// A new epoch of the same picture, with its area of motion.
    fn begin_state(&mut self, now: Instant) -> Result<(), End> {
        self.begin_picture(now)?;
        if let Some((id, rect)) = self.motion.go_on() {
            self.encoder.open_area(id, rect).map_err(|error| resources(&error))?;
            let left = self.motion.beside_area(self.dirty.drain());
            self.dirty.add(left);
        }
        Ok(())
    }

    fn begin_picture(&mut self, now: Instant) -> Result<(), End> {
        let (width, height) = self.capture.size();
        self.encoder = next_encoder(width, height)?;
        info!(epoch = self.encoder.epoch(), width, height, "Picture begins");
        self.epoch_began = now;
        self.epoch_wanted = false;
        self.state_wanted = false;
        self.outbox.clear();
        self.flow.begin_epoch();
        self.repeats.clear();
        self.dirty.clear();
        self.dirty.add([Rect::new(0, 0, width, height)]);
        self.checks = Checks::default();
        self.next_capture = now;
        Ok(())
    }

    /// Whether the console could take an update now.
    fn has_room(&self) -> bool {
        let room = self.room_bytes != 0 || self.opening.is_ahead();
        !self.paused && self.outbox.is_empty() && room && self.flow.has_room()
    }

    /// Whether there is also something to capture or to check.
    fn may_capture(&self) -> bool {
        let now = Instant::now();
        let something = self.damaged || !self.dirty.is_empty() || self.checks.due(now);
        let video = self.motion.next_at().is_some_and(|at| self.damaged || at <= now);
        (something && self.has_room()) || (video && !self.paused)
    }

    /// Captures what is dirty and hands out what differs; what moves goes as video.
    fn update(&mut self, now: Instant) -> Result<(), End> {
        if self.damaged {
            self.damaged = false;
            let damage = self.capture.take_damage()?;
            self.dirty.add(self.motion.damaged(now, damage));
        }
        let exact = self.has_room();
        if exact {
            self.change_motion(now)?;
        }
        let video = self.motion.due(now);
        let mut areas: Vec<Rect> = video.into_iter().collect();
        if exact {
            areas.extend(self.take_dirty(video));
        }
        if !areas.is_empty() && std::mem::take(&mut self.missed) {
            // Only for as long as it takes to read: nobody can move a window meanwhile.
            self.capture.hold(true)?;
            self.look()?;
        }
        let finish = self.finish(now);
        let patches = match areas.as_slice() {
            [] => Vec::new(),
            areas => match self.capture.capture(areas, &self.seen.mask) {
                Ok(Some(patches)) => patches,
                Ok(None) => {
                    self.missed = true;
                    let left = self.motion.beside_area(areas.to_vec());
                    self.dirty.add(left);
                    return Ok(());
                }
                Err(error) => return self.look_again_after(error, areas),
            },
        };
        let (film, patches) = patches.split_at(usize::from(video.is_some()));
        for patch in film {
            self.motion.show(now, patch);
        }
        let encoded = match exact {
            true => self.encoder.encode(patches, finish).map_err(|error| resources(&error))?,
            false => None,
        };
        self.pace(now);
        encoded.map_or(Ok(()), |encoded| self.send(now, encoded))
    }

    /// What one capture may hold beside the picture of the video.
    fn take_dirty(&mut self, video: Option<Rect>) -> Vec<Rect> {
        let (width, height) = self.capture.size();
        let room_px = self.capture.capacity_px().saturating_sub(video.map_or(0, |rect| rect.area()));
        self.dirty.take(&Rect::new(0, 0, width, height), room_px)
    }

    fn finish(&self, now: Instant) -> Finish {
        Finish {
            more_dirty: !self.dirty.is_empty(),
            check_every_row: self.checks.due(now),
            target_bytes: self.flow.target_bytes(),
        }
    }

    /// Opens or closes the area of motion, where it is time; the next update tells the console.
    fn change_motion(&mut self, now: Instant) -> Result<(), End> {
        match self.motion.decide(now, self.flow.bytes_per_s(), self.encoder.model()) {
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

    fn send(&mut self, now: Instant, encoded: Encoded) -> Result<(), End> {
        let more = !self.dirty.is_empty() || !encoded.rest.is_empty();
        self.opening.made(more);
        let full = self.link_full_at.is_some_and(|at| now < at + FULL_FOR);
        self.motion.sent(now, &encoded, more && full);
        self.dirty.add(encoded.rest);
        self.checks.sent(now, encoded.checked);
        let bytes = encoded.packets.iter().map(Vec::len).sum();
        self.flow.sent(now, encoded.update, bytes);
        if !self.opening.waits() {
            self.repeats.sent(now, encoded.update, &encoded.packets);
        }
        self.outbox.extend(encoded.packets);
        self.hand_out()
    }

    /// A capture fails where the screen has just become smaller; where it has not, the display is lost.
    fn look_again_after(&mut self, error: ScreenError, areas: &[Rect]) -> Result<(), End> {
        let before = self.capture.size();
        self.look_again()?;
        if before == self.capture.size() {
            return Err(End::Failed(error));
        }
        debug!(%error, areas = areas.len(), "Screen changed its size during a capture");
        Ok(())
    }

    /// At most half of a core: the next capture waits as long as this one took. The first picture is not kept waiting.
    fn pace(&mut self, began: Instant) {
        let end = Instant::now();
        let rest = if self.opening.hurries(end) { Duration::ZERO } else { (end - began).max(MIN_INTERVAL) };
        self.next_capture = end + rest;
    }

    fn hand_out(&mut self) -> Result<(), End> {
        while self.room_bytes != 0 {
            let Some(bytes) = self.outbox.pop_front() else { break };
            self.room_bytes = self.room_bytes.saturating_sub(bytes.len());
            self.tell(ShareEvent::Packet { channel: Channel::Ordered, bytes })?;
        }
        if self.room_bytes == 0 {
            self.link_full_at = Some(Instant::now());
        }
        Ok(())
    }

    fn repeat(&mut self, now: Instant) -> Result<(), End> {
        for bytes in self.repeats.due(now) {
            self.tell(ShareEvent::Packet { channel: Channel::Repeat, bytes })?;
        }
        Ok(())
    }

    fn tell_pointer(&mut self, now: Instant) -> Result<(), End> {
        for event in self.pointer.events(now, &mut *self.capture, &self.seen.mask)? {
            self.tell(event)?;
        }
        Ok(())
    }

    /// How long nothing will have to be done unless something happens.
    fn timeout(&self, now: Instant) -> Option<Duration> {
        let can_capture = self.has_room();
        let waiting = self.damaged || !self.dirty.is_empty();
        let video_damage = self.damaged && !self.paused && self.motion.next_at().is_some();
        let deadlines = [
            ((can_capture && waiting) || video_damage).then_some(self.next_capture),
            self.checks.at().filter(|_| can_capture).map(|at| at.max(self.next_capture)),
            self.repeats.next_at(),
            (self.epoch_wanted || (self.state_wanted && !self.paused)).then(|| self.epoch_began + MIN_EPOCH),
            self.motion.next_at().filter(|_| !self.paused).map(|at| at.max(self.next_capture)),
            self.pointer.next_at(),
        ];
        let first = deadlines.into_iter().flatten().min()?;
        Some(first.saturating_duration_since(now))
    }

    fn tell(&self, event: ShareEvent) -> Result<(), End> {
        self.events.blocking_send(event).map_err(|_| End::Stopped)
    }
}

fn next_encoder(width: u16, height: u16) -> Result<Encoder, ScreenError> {
    let epoch = EPOCHS.fetch_add(1, Ordering::SeqCst).wrapping_add(1);
    Encoder::new(epoch, width, height).map_err(|error| match error {
        EncodeError::Size { width, height } => ScreenError::Size { width, height },
        other => resources(&other),
    })
}

fn resources(error: &EncodeError) -> ScreenError {
    ScreenError::Resources { reason: error.to_string() }
}
