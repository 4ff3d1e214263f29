//! One who looks: what may be sent to them, and what they have.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::sync::mpsc;

use super::{
    Channel, Preference, ShareEvent, VideoTrack, commands::Commands, flow::Flow, opening::Opening,
    pointer::Pointer, repeat::Repeats,
};
use crate::Shown;

/// A link counts as full for so long after there was no room: it comes back in lumps of several updates.
const FULL_FOR: Duration = Duration::from_millis(300);
/// How long the others wait for one who has no room.
const WAITED_FOR: Duration = Duration::from_millis(150);
/// How long one who could not keep up, or looked away, has a stream of their own at least; it doubles each time.
const ALONE: Duration = Duration::from_secs(2);
const ALONE_LONGEST: Duration = Duration::from_secs(300);

/// What is told to a viewer, and by whom.
#[derive(Debug)]
pub(super) struct Viewer {
    pub(super) commands: Arc<Commands>,
    pub(super) events: mpsc::Sender<ShareEvent>,
    gone: Arc<AtomicBool>,
    /// The share ends with this one, and it says what is shared.
    pub(super) is_first: bool,
    pub(super) paused: bool,
    pub(super) track: Option<VideoTrack>,
    pub(super) preference: Preference,
    pub(super) bandwidth_bits_per_s: Option<u32>,
    pub(super) room_bytes: usize,
    /// Until when there was last no room.
    link_full_at: Option<Instant>,
    pub(super) opening: Opening,
    /// The rest of one update that did not fit into the room.
    outbox: VecDeque<Vec<u8>>,
    pub(super) flow: Flow,
    pub(super) repeats: Repeats,
    pub(super) pointer: Pointer,
    pub(super) shown_told: Option<Shown>,
    /// Since when the others wait for this one.
    behind_since: Option<Instant>,
    alone: Duration,
    /// When this one may share a stream with others.
    pub(super) joins_at: Instant,
}

/// Those who came since the thread looked last.
#[derive(Debug, Default)]
pub(super) struct Newcomers(Mutex<Vec<Newcomer>>);

#[derive(Debug)]
pub(super) struct Newcomer {
    pub(super) commands: Arc<Commands>,
    pub(super) events: mpsc::Sender<ShareEvent>,
    pub(super) gone: Arc<AtomicBool>,
}

impl Newcomers {
    pub(super) fn add(&self, newcomer: Newcomer) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(newcomer);
    }

    pub(super) fn take(&self) -> Vec<Newcomer> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Viewer {
    pub(super) fn new(newcomer: Newcomer, is_first: bool, now: Instant) -> Self {
        let Newcomer { commands, events, gone } = newcomer;
        Self {
            commands,
            events,
            gone,
            is_first,
            paused: false,
            track: None,
            preference: Preference::default(),
            bandwidth_bits_per_s: None,
            room_bytes: 0,
            link_full_at: None,
            opening: Opening::default(),
            outbox: VecDeque::new(),
            flow: Flow::default(),
            repeats: Repeats::default(),
            pointer: Pointer::new(now),
            shown_told: None,
            behind_since: None,
            alone: ALONE,
            joins_at: now,
        }
    }

    pub(super) fn is_gone(&self) -> bool {
        self.gone.load(Ordering::SeqCst) || self.events.is_closed()
    }

    /// There is more room; whether it is the first.
    pub(super) fn add_room(&mut self, now: Instant, bytes: usize) -> bool {
        if bytes != 0 && self.room_bytes == 0 {
            self.link_full_at = Some(now);
        }
        let is_first = bytes != 0 && self.opening.room(now);
        if is_first {
            self.flow.sent_only(now);
            self.link_full_at = None;
        }
        self.room_bytes = self.room_bytes.saturating_add(bytes);
        is_first
    }

    /// Whether the console could take an update now.
    pub(super) fn has_room(&self) -> bool {
        let room = self.room_bytes != 0 || self.opening.is_ahead();
        !self.paused && self.outbox.is_empty() && room && self.flow.has_room()
    }

    pub(super) fn is_full(&self, now: Instant) -> bool {
        self.link_full_at.is_some_and(|at| now < at + FULL_FOR)
    }

    /// Whether the others have waited long enough; `waits`: they do, now.
    pub(super) fn holds_up(&mut self, now: Instant, waits: bool) -> bool {
        if !waits {
            self.behind_since = None;
            return false;
        }
        let since = *self.behind_since.get_or_insert(now);
        since + WAITED_FOR <= now
    }

    /// When the pointer is to be looked at.
    pub(super) fn pointer_at(&self) -> Option<Instant> {
        self.pointer.next_at(!self.paused)
    }

    /// When the others will have waited long enough.
    pub(super) fn left_at(&self) -> Option<Instant> {
        self.behind_since.map(|since| since + WAITED_FOR)
    }

    /// From here on a stream of their own, for a while.
    pub(super) fn goes_alone(&mut self, now: Instant) {
        self.behind_since = None;
        self.joins_at = now + self.alone;
        self.alone = (self.alone * 2).min(ALONE_LONGEST);
    }

    pub(super) fn begin_epoch(&mut self) {
        self.outbox.clear();
        self.flow.begin_epoch();
        self.repeats.clear();
    }

    pub(super) fn acknowledged(&mut self, now: Instant, update: u32) {
        self.flow.acknowledged(now, update);
        self.repeats.acknowledged(update);
    }

    /// An update was made for this one among others.
    pub(super) fn sent(&mut self, now: Instant, update: u32, packets: &[Vec<u8>], more: bool) {
        self.opening.made(more);
        self.flow.sent(now, update, packets.iter().map(Vec::len).sum());
        if !self.opening.waits() {
            self.repeats.sent(now, update, packets);
        }
        self.outbox.extend(packets.iter().cloned());
    }

    /// Hands out what there is room for. `false`: nobody takes it.
    pub(super) fn hand_out(&mut self, now: Instant) -> bool {
        while self.room_bytes != 0 {
            let Some(bytes) = self.outbox.pop_front() else { break };
            self.room_bytes = self.room_bytes.saturating_sub(bytes.len());
            if !self.tell(ShareEvent::Packet { channel: Channel::Ordered, bytes }) {
                return false;
            }
        }
        if self.room_bytes == 0 {
            self.link_full_at = Some(now);
        }
        true
    }

    /// Hands out again what may be lost.
    pub(super) fn repeat(&mut self, now: Instant) -> bool {
        let due = self.repeats.due(now);
        due.into_iter().all(|bytes| self.tell(ShareEvent::Packet { channel: Channel::Repeat, bytes }))
    }

    pub(super) fn tell_shown(&mut self, shown: &Shown) -> bool {
        if self.shown_told.as_ref() == Some(shown) {
            return true;
        }
        self.shown_told = Some(shown.clone());
        self.tell(ShareEvent::Shown(shown.clone()))
    }

    /// `false`: nobody takes it.
    pub(super) fn tell(&self, event: ShareEvent) -> bool {
        self.events.blocking_send(event).is_ok()
    }
}
