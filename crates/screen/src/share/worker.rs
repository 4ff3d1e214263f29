//! The thread behind a share: waits for damage and room, captures, encodes, hands out.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use tiles::Rect;
use tracing::{debug, warn};

use super::{
    ShareEvent,
    commands::Waiting,
    stream::{Stream, resources},
    viewer::{Newcomer, Newcomers, Viewer},
};
use crate::{
    Part, ScreenError, Way, WayNow,
    capture::{Capture, Changes, Look},
};

/// Shortest time from one capture to the next while the screen keeps changing. The first change after rest waits
/// for nothing.
const MIN_INTERVAL: Duration = Duration::from_millis(4);
/// Shortest time from one change of the way to the next: after each the whole screen is looked at anew.
const MIN_WAY: Duration = Duration::from_millis(250);

pub(super) struct Worker {
    capture: Box<dyn Capture>,
    way: WayNow,
    /// What was asked for last and is not taken yet, and when it may be.
    way_wanted: Option<Way>,
    way_at: Instant,
    newcomers: Arc<Newcomers>,
    stopped: Arc<AtomicBool>,
    /// Of all viewers. Nobody is in two of them, and none is empty.
    streams: Vec<Stream>,
    damaged: bool,
    next_capture: Instant,
    /// What may be seen; nothing before the first look.
    seen: Look,
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
    /// For the first viewer; others come by `newcomers`.
    pub(super) fn new(
        (capture, way): (Box<dyn Capture>, WayNow),
        first: Newcomer,
        newcomers: Arc<Newcomers>,
        stopped: Arc<AtomicBool>,
    ) -> Result<Self, ScreenError> {
        let now = Instant::now();
        let stream = Stream::new(Viewer::new(first, true, now), capture.size(), now)?;
        Ok(Self {
            capture,
            way,
            way_wanted: None,
            way_at: now,
            newcomers,
            stopped,
            streams: vec![stream],
            damaged: false,
            next_capture: now,
            seen: Look::default(),
            missed: false,
        })
    }

    pub(super) fn run(mut self) {
        match self.share() {
            Ok(()) | Err(End::Stopped) => debug!("Share ended"),
            Err(End::Failed(error)) => {
                warn!(%error, "Screen cannot be shared any longer");
                self.tell_all(&ShareEvent::Failed(error));
            }
        }
    }

    fn share(&mut self) -> Result<(), End> {
        let displays = self.capture.refresh()?;
        self.tell_all(&ShareEvent::Displays(displays));
        self.tell_all(&ShareEvent::Way(self.way));
        self.look()?;
        self.begin_epochs(Instant::now())?;
        loop {
            let timeout = self.timeout(Instant::now());
            let changes = self.capture.wait(timeout)?;
            if self.stopped.load(Ordering::SeqCst) {
                return Err(End::Stopped);
            }
            self.take_newcomers()?;
            self.take_commands()?;
            self.take_way()?;
            self.take_changes(&changes)?;
            self.look()?;
            self.tell_shown();
            let now = Instant::now();
            self.regroup(now)?;
            let size = self.capture.size();
            for stream in &mut self.streams {
                if stream.begin_wanted(now, size)? {
                    self.next_capture = now;
                }
            }
            for viewer in self.viewers_mut() {
                // Whoever takes nothing has gone, which is seen below.
                if !viewer.hand_out(now) || !viewer.repeat(now) {
                    debug!("A viewer has gone");
                }
            }
            if self.next_capture <= now {
                self.update(now)?;
            }
            self.tell_pointer(now)?;
            self.tell_shown();
            self.see_off()?;
        }
    }

    fn viewers_mut(&mut self) -> impl Iterator<Item = &mut Viewer> {
        self.streams.iter_mut().flat_map(|stream| &mut stream.viewers)
    }

    /// Whoever comes has a stream of their own, until they turn out to keep up with the others.
    fn take_newcomers(&mut self) -> Result<(), End> {
        for newcomer in self.newcomers.take() {
            let now = Instant::now();
            let displays = self.capture.refresh()?;
            let viewer = Viewer::new(newcomer, false, now);
            if viewer.tell(ShareEvent::Displays(displays)) && viewer.tell(ShareEvent::Way(self.way)) {
                self.add_stream(viewer, now)?;
            }
        }
        Ok(())
    }

    fn add_stream(&mut self, viewer: Viewer, now: Instant) -> Result<(), End> {
        let size = self.capture.size();
        let mut stream = Stream::new(viewer, size, now)?;
        stream.begin_epoch(now, size)?;
        self.streams.push(stream);
        self.next_capture = now;
        Ok(())
    }

    /// Those who are gone are forgotten; with the first one the share ends.
    fn see_off(&mut self) -> Result<(), End> {
        for stream in &mut self.streams {
            if stream.viewers.iter().any(Viewer::is_gone) {
                if stream.viewers.iter().any(|viewer| viewer.is_first && viewer.is_gone()) {
                    return Err(End::Stopped);
                }
                stream.viewers.retain(|viewer| !viewer.is_gone());
                stream.viewers_changed();
            }
        }
        self.streams.retain(|stream| !stream.viewers.is_empty());
        Ok(())
    }

    fn take_commands(&mut self) -> Result<(), End> {
        let now = Instant::now();
        let mut streams = std::mem::take(&mut self.streams);
        let (mut alone, mut part) = (Vec::new(), None);
        for stream in &mut streams {
            let mut at = 0;
            while let Some(viewer) = stream.viewers.get(at) {
                let told = viewer.commands.take();
                // What is shared is the customer's word, which comes by the share itself.
                part = told.part.filter(|_| viewer.is_first).or(part);
                self.way_wanted = told.way.or(self.way_wanted);
                let wants_anew = obey(stream, at, &told, now);
                match wants_anew.then(|| stream.take_one(now, at)).flatten() {
                    Some(viewer) => alone.push(viewer),
                    None => {
                        stream.epoch_wanted |= wants_anew;
                        at += 1;
                    }
                }
            }
        }
        self.streams = streams;
        for viewer in alone {
            self.add_stream(viewer, now)?;
        }
        part.map_or(Ok(()), |part| self.show_part(part))
    }

    /// Tells all of it though nothing may have changed: whoever asked waits for the answer.
    fn take_way(&mut self) -> Result<(), End> {
        let now = Instant::now();
        let Some(way) = self.way_wanted.take_if(|_| self.way_at <= now) else { return Ok(()) };
        self.way_at = now + MIN_WAY;
        self.way = self.capture.set_way(way)?;
        self.tell_all(&ShareEvent::Way(self.way));
        Ok(())
    }

    /// Streams become two where one viewer would hold up another, and one again where nobody does.
    fn regroup(&mut self, now: Instant) -> Result<(), End> {
        let mut leavers = Vec::new();
        for stream in &mut self.streams {
            let waits = self.damaged || !stream.dirty.is_empty();
            leavers.extend(stream.take_leavers(now, waits));
        }
        for viewer in leavers {
            self.add_stream(viewer, now)?;
        }
        let Some((first, others)) = self.streams.split_first_mut() else { return Ok(()) };
        let Some(at) = others.iter().position(|other| first.suits(other, now)) else { return Ok(()) };
        let joined = self.streams.remove(at + 1).viewers;
        if let Some(first) = self.streams.first_mut() {
            first.viewers.extend(joined);
            first.viewers_changed();
            first.begin_epoch(now, self.capture.size())?;
            self.next_capture = now;
        }
        Ok(())
    }

    /// The customer shares something else: nothing that waits is of it.
    fn show_part(&mut self, part: Part) -> Result<(), End> {
        self.capture.set_part(part);
        self.look()?;
        self.begin_epochs(Instant::now())
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
        let changed = look.mask.changed_from(&self.seen.mask);
        for stream in &mut self.streams {
            let beside = stream.motion.beside_area(changed.clone());
            stream.dirty.add(beside);
            stream.viewers.iter_mut().for_each(|viewer| viewer.pointer.seen_changed());
        }
        self.seen = look;
    }

    fn tell_shown(&mut self) {
        let shown = self.seen.shown.clone();
        for viewer in self.viewers_mut() {
            if !viewer.tell_shown(&shown) {
                debug!("A viewer has gone");
            }
        }
    }

    fn tell_all(&mut self, event: &ShareEvent) {
        for viewer in self.viewers_mut() {
            if !viewer.tell(event.clone()) {
                debug!("A viewer has gone");
            }
        }
    }

    fn take_changes(&mut self, changes: &Changes) -> Result<(), End> {
        self.damaged |= changes.damaged;
        self.viewers_mut().for_each(|viewer| viewer.pointer.note(changes));
        if changes.resized {
            self.look_again()?;
        }
        Ok(())
    }

    /// Screens were added, turned or resized.
    fn look_again(&mut self) -> Result<(), End> {
        let before = self.capture.size();
        let displays = self.capture.refresh()?;
        self.tell_all(&ShareEvent::Displays(displays));
        if before != self.capture.size() {
            self.begin_epochs(Instant::now())?;
        }
        Ok(())
    }

    fn begin_epochs(&mut self, now: Instant) -> Result<(), End> {
        let size = self.capture.size();
        for stream in &mut self.streams {
            stream.begin_epoch(now, size)?;
        }
        self.next_capture = now;
        Ok(())
    }

    /// What changed goes to each stream that has room for it.
    fn update(&mut self, now: Instant) -> Result<(), End> {
        let mut damaged = self.damaged;
        if !self.streams.iter().any(|stream| stream.may_capture(now, damaged)) {
            return Ok(());
        }
        if std::mem::take(&mut self.damaged) {
            let damage = self.capture.take_damage()?;
            damaged = !damage.is_empty();
            for stream in &mut self.streams {
                let left = stream.motion.damaged(now, damage.clone());
                stream.dirty.add(left);
            }
        }
        let mut streams = std::mem::take(&mut self.streams);
        let updated = self.update_streams(&mut streams, damaged);
        self.streams = streams;
        if updated? {
            let displays = self.capture.refresh()?;
            self.tell_all(&ShareEvent::Displays(displays));
            self.begin_epochs(Instant::now())?;
        }
        self.pace(now);
        Ok(())
    }

    /// Whether the screen has changed its size meanwhile.
    fn update_streams(&mut self, streams: &mut [Stream], damaged: bool) -> Result<bool, End> {
        for stream in streams {
            let now = Instant::now();
            if stream.may_capture(now, damaged) && self.update_stream(stream, now)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Captures what is dirty and hands out what differs; what moves goes as video. Whether the screen has changed its size.
    fn update_stream(&mut self, stream: &mut Stream, now: Instant) -> Result<bool, End> {
        let exact = stream.has_room();
        if exact {
            stream.change_motion(now)?;
        }
        let video = stream.motion.due(now);
        let mut areas: Vec<Rect> = video.into_iter().collect();
        if exact {
            areas.extend(self.take_dirty(stream, video));
        }
        if !areas.is_empty() && std::mem::take(&mut self.missed) {
            // Only for as long as it takes to read: nobody can move a window meanwhile.
            self.capture.hold(true)?;
            if let Some(look) = self.capture.look()? {
                let changed = look.mask.changed_from(&self.seen.mask);
                let beside = stream.motion.beside_area(changed);
                stream.dirty.add(beside);
                self.take_look(look);
            }
        }
        let finish = stream.finish(now);
        let patches = match areas.as_slice() {
            [] => Vec::new(),
            areas => match self.capture.capture(areas, &self.seen.mask) {
                Ok(Some(patches)) => patches,
                Ok(None) => {
                    self.missed = true;
                    let left = stream.motion.beside_area(areas.to_vec());
                    stream.dirty.add(left);
                    return Ok(false);
                }
                Err(error) => {
                    debug!(%error, areas = areas.len(), "Capture failed");
                    return self.is_resized(error);
                }
            },
        };
        let (film, patches) = patches.split_at(usize::from(video.is_some()));
        for patch in film {
            stream.motion.show(now, patch);
        }
        if exact
            && let Some(encoded) =
                stream.encoder.encode(patches, finish).map_err(|error| resources(&error))?
        {
            stream.sent(now, encoded);
            for viewer in &mut stream.viewers {
                if !viewer.hand_out(now) {
                    debug!("A viewer has gone");
                }
            }
        }
        Ok(false)
    }

    /// What one capture may hold beside the picture of the video.
    fn take_dirty(&self, stream: &mut Stream, video: Option<Rect>) -> Vec<Rect> {
        let (width, height) = self.capture.size();
        let room_px = self.capture.capacity_px().saturating_sub(video.map_or(0, |rect| rect.area()));
        stream.dirty.take(&Rect::new(0, 0, width, height), room_px)
    }

    /// A capture fails where the screen has just become smaller; where it has not, the display is lost.
    fn is_resized(&mut self, error: ScreenError) -> Result<bool, End> {
        let before = self.capture.size();
        self.capture.refresh()?;
        if before == self.capture.size() {
            return Err(End::Failed(error));
        }
        Ok(true)
    }

    /// At most half of a core: the next capture waits as long as this one took. The first picture is not kept waiting.
    fn pace(&mut self, began: Instant) {
        let end = Instant::now();
        let hurries = self.streams.iter().any(|stream| stream.hurries(end));
        let rest = if hurries { Duration::ZERO } else { (end - began).max(MIN_INTERVAL) };
        self.next_capture = end + rest;
    }

    fn tell_pointer(&mut self, now: Instant) -> Result<(), End> {
        let (capture, mask) = (&mut *self.capture, &self.seen.mask);
        for viewer in self.streams.iter_mut().flat_map(|stream| &mut stream.viewers) {
            let looks = !viewer.paused;
            for event in viewer.pointer.events(now, looks, capture, mask)? {
                if !viewer.tell(event) {
                    debug!("A viewer has gone");
                }
            }
        }
        Ok(())
    }

    /// How long nothing will have to be done unless something happens.
    fn timeout(&self, now: Instant) -> Option<Duration> {
        let of_streams =
            self.streams.iter().filter_map(|stream| stream.next_at(self.damaged, self.next_capture));
        let at = of_streams.chain(self.way_wanted.map(|_| self.way_at)).min();
        Some(at?.saturating_duration_since(now))
    }
}

/// What one of a stream's viewers has told. Whether the picture is to begin anew.
fn obey(stream: &mut Stream, at: usize, told: &Waiting, now: Instant) -> bool {
    let epoch = stream.encoder.epoch();
    let Some(viewer) = stream.viewers.get_mut(at) else { return false };
    if told.ahead {
        viewer.opening.go_ahead();
    }
    viewer.add_room(now, told.room_bytes);
    if let Some((_, update)) = told.acknowledged.filter(|(of, _)| *of == epoch) {
        viewer.acknowledged(now, update);
    }
    // All who take this stream get it: a whole picture every ten seconds is less than a stream of one's own.
    stream.state_wanted |= told.full_state;
    let mut wants_anew = told.new_epoch;
    if let Some(paused) = told.paused {
        wants_anew |= viewer.paused && !paused;
        viewer.paused = paused;
        if paused && stream.viewers.len() < 2 {
            stream.motion.pause();
        }
    }
    if told.track.is_some() || told.preference.is_some() || told.bandwidth_bits_per_s.is_some() {
        let Some(viewer) = stream.viewers.get_mut(at) else { return false };
        viewer.track = told.track.unwrap_or(viewer.track);
        viewer.preference = told.preference.unwrap_or(viewer.preference);
        viewer.bandwidth_bits_per_s = told.bandwidth_bits_per_s.or(viewer.bandwidth_bits_per_s);
        stream.viewers_changed();
    }
    if told.video_key {
        stream.motion.want_key();
    }
    wants_anew
}
