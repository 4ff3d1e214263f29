//! The motion layer's half at the customer: which part of the screen goes as video, from when until when.

mod activity;
mod area;
mod edges;
mod film;
mod rate;
#[cfg(test)]
mod tests;

use std::time::{Duration, Instant};

use motion::Chroma;
use tiles::{Encoded, Patch, Picture, Rect};
use tracing::{info, warn};

use self::{
    activity::{Activity, Threshold, worth_joining},
    area::{Area, Content, Over},
    edges::Edges,
    film::Film,
};
use super::{Preference, ShareEvent, VideoTrack, outlet::Outlet};

/// Changes a second that make video of a cell; a blinking cursor has two, typing up to ten in one cell.
const LIVELY_PER_S: f32 = 6.0;
/// Of what is drawn, where the link cannot follow: it looks at the screen only a few times a second then.
const DRAWN_PER_S: f32 = 1.5;
/// As often a thin link makes video even of text that scrolls: the exact layer would show a picture of many moments.
const DRAWN_TEXT_PER_S: f32 = 3.0;
/// One in so many pixels of what is drawn must wait to be sent.
const WAITING_SHARE: usize = 4;
/// Bytes a second of the exact layer above which video is the better way.
const COSTLY_BYTES_PER_S: f32 = 500_000.0;
const COSTLY_FOR_SPEED_BYTES_PER_S: f32 = 200_000.0;
/// How long the exact layer must be behind, and how little gets through, before the link counts as too thin for it.
const BEHIND: Duration = Duration::from_millis(500);
const THIN_BYTES_PER_S: usize = 1_000_000;
/// What is fresh and waits on a thin link goes as video if it is at least one in so many of the screen's pixels.
const LARGE_SHARE: usize = 8;
/// After an area that was no video after all, and after one that failed.
const CALM_WAIT: Duration = Duration::from_secs(5);
const FAILED_WAIT: Duration = Duration::from_secs(30);
/// From the end of one area to the beginning of the next.
const PAUSE: Duration = Duration::from_millis(300);
/// Smallest area, pixels: less is cheap whatever it shows.
const MIN_AREA_PX: usize = 64 * 64;

/// What the exact layer must be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Open { id: u8, rect: Rect },
    Close { id: u8 },
}

/// What is to become video.
struct Wanted {
    rect: Rect,
    content: Content,
}

/// The motion layer of one share.
pub(super) struct Motion {
    outlet: Outlet,
    /// The video's clock, one for all areas: RTP time never goes back.
    clock: Instant,
    bounds: Rect,
    track: Option<VideoTrack>,
    preference: Preference,
    link_bits_per_s: Option<u32>,
    /// What was sent.
    activity: Activity,
    /// What was drawn: where little gets through, what is sent of a film is too little to tell.
    drawn: Activity,
    area: Option<Area>,
    next_id: u8,
    not_before: Option<Instant>,
    /// What is only fresh, and does not move, waits until then: the last time it was text.
    fresh_not_before: Option<Instant>,
    behind_since: Option<Instant>,
    /// Around what was drawn while the exact layer was behind.
    fresh: Rect,
    /// What changed by the last update and did not fit into it.
    waiting: Vec<Rect>,
}

impl Motion {
    pub(super) fn new(outlet: Outlet) -> Self {
        Self {
            outlet,
            clock: Instant::now(),
            bounds: Rect::default(),
            track: None,
            preference: Preference::default(),
            link_bits_per_s: None,
            activity: Activity::default(),
            drawn: Activity::default(),
            area: None,
            next_id: 0,
            not_before: None,
            fresh_not_before: None,
            behind_since: None,
            fresh: Rect::default(),
            waiting: Vec::new(),
        }
    }

    /// No area is open any more, and the whole picture is to be sent.
    pub(super) fn begin_epoch(&mut self, width: u16, height: u16) {
        self.bounds = Rect::new(0, 0, width, height);
        self.activity = Activity::new(width, height);
        self.activity.forget(&self.bounds);
        self.drawn = Activity::new(width, height);
        if self.area.take().is_some() {
            self.tell_demand();
        }
        self.behind_since = None;
        self.fresh = self.bounds;
        self.waiting.clear();
    }

    /// The whole picture is to be sent once more, for a recording, and the area stays what it is.
    pub(super) fn go_on(&mut self) -> Option<(u8, Rect)> {
        self.activity.forget(&self.bounds);
        self.area.as_ref().map(|area| (area.id, area.rect))
    }

    pub(super) fn set_track(&mut self, track: Option<VideoTrack>) {
        self.track = track;
    }

    pub(super) fn set_preference(&mut self, preference: Preference) {
        self.preference = preference;
        self.set_rate();
        if self.area.is_some() {
            self.tell_demand();
        }
    }

    pub(super) fn set_bandwidth(&mut self, bits_per_s: u32) {
        self.link_bits_per_s = Some(bits_per_s);
        self.set_rate();
    }

    /// The console cannot decode without a picture that stands by itself.
    pub(super) fn want_key(&mut self) {
        if let Some(area) = &mut self.area {
            area.want_key();
        }
    }

    /// Nobody looks, so nothing is to be sent; the next epoch begins without an area.
    pub(super) fn pause(&self) {
        if self.area.is_some() {
            self.tell(0);
        }
    }

    /// The rectangle to capture for the next picture of the video, if it is time.
    pub(super) fn due(&self, now: Instant) -> Option<Rect> {
        self.area.as_ref().filter(|area| area.due(now)).map(|area| area.rect)
    }

    /// When there will be something to do.
    pub(super) fn next_at(&self) -> Option<Instant> {
        self.area.as_ref().map(Area::next_at)
    }

    /// Takes the damage that lies under video; what the exact layer must see to is left.
    pub(super) fn damaged(&mut self, now: Instant, damage: Vec<Rect>) -> Vec<Rect> {
        let left = self.beside_area(damage);
        for rect in &left {
            self.drawn.note(now, rect, rect.area());
        }
        if self.area.is_none() {
            self.fresh = left.iter().fold(self.fresh, |fresh, rect| fresh.hull(rect));
        }
        left
    }

    /// What of these rectangles lies beside the open area.
    pub(super) fn beside_area(&mut self, rects: Vec<Rect>) -> Vec<Rect> {
        let Some(area) = &mut self.area else { return rects };
        let mut left = Vec::with_capacity(rects.len());
        for rect in rects {
            if rect.meets(&area.rect) {
                area.set_dirty();
            }
            rect.subtract_into(&area.rect, &mut left);
        }
        left
    }

    pub(super) fn show(&mut self, now: Instant, patch: &Patch<'_>) {
        if let Some(area) = &mut self.area {
            area.show(now, patch);
        }
    }

    /// The exact layer has made an update; `behind`: it still has something to send, and the link was full before this.
    pub(super) fn sent(&mut self, now: Instant, encoded: &Encoded, behind: bool) {
        self.waiting.clone_from(&encoded.rest);
        for (rect, bytes) in &encoded.sent {
            self.activity.note(now, rect, *bytes);
        }
        if behind {
            self.behind_since.get_or_insert(now);
        } else {
            self.behind_since = None;
            self.fresh = Rect::default();
        }
    }

    fn is_behind(&self, now: Instant) -> bool {
        self.behind_since.is_some_and(|since| since + BEHIND <= now)
    }

    /// Opens or closes an area where that is better now. `link_bytes_per_s`: what the exact layer gets through,
    /// where that is known; `model`: the exact picture as it was sent.
    pub(super) fn decide(
        &mut self,
        now: Instant,
        link_bytes_per_s: Option<usize>,
        model: &Picture,
    ) -> Option<Change> {
        let thin = self.is_behind(now) && link_bytes_per_s.is_some_and(|rate| rate < THIN_BYTES_PER_S);
        match &mut self.area {
            Some(area) => {
                let rect = area.rect;
                let exactly = self.preference == Preference::Quality && !area.is_thin();
                let over = match self.track {
                    Some(_) if exactly => Over::Unwanted,
                    Some(_) => area.over(now).or_else(|| self.grown(now, thin, &rect))?,
                    None => Over::Rest,
                };
                Some(self.close(now, over))
            }
            None => self.open(now, thin, model),
        }
    }

    /// What moves goes on beyond the area.
    fn grown(&self, now: Instant, thin: bool, area: &Rect) -> Option<Over> {
        let beyond = if thin { self.drawn_and_waiting(now, DRAWN_PER_S) } else { self.liveliest(now) }?;
        worth_joining(area, &beyond).then_some(Over::Grown)
    }

    fn close(&mut self, now: Instant, over: Over) -> Change {
        self.not_before = Some(match over {
            Over::Rest | Over::Unwanted | Over::Shrunk | Over::Grown | Over::NoFilm => now + PAUSE,
            Over::Calm => now + CALM_WAIT,
            Over::Failed => now + FAILED_WAIT,
        });
        if over == Over::NoFilm {
            self.fresh_not_before = Some(now + CALM_WAIT);
        }
        let id = self.area.take().map_or(0, |area| area.id);
        self.behind_since = None;
        self.fresh = Rect::default();
        self.waiting.clear();
        self.tell_demand();
        info!(id, ?over, "Motion ends");
        Change::Close { id }
    }

    fn open(&mut self, now: Instant, thin: bool, model: &Picture) -> Option<Change> {
        let track = self.track?;
        if self.not_before.is_some_and(|not_before| now < not_before) {
            return None;
        }
        let Wanted { rect, content } = self.wanted(now, thin, model)?;
        if rect.area() < MIN_AREA_PX {
            return None;
        }
        let chroma = if track.full_chroma && self.preference != Preference::Speed {
            Chroma::Full
        } else {
            Chroma::Half
        };
        let film = match Film::start(&rect, chroma, self.bits_per_s(&rect), self.outlet.clone()) {
            Ok(film) => film,
            Err(error) => {
                warn!(%error, "Motion not begun");
                self.not_before = Some(now + FAILED_WAIT);
                return None;
            }
        };
        let id = self.next_id;
        self.next_id = id.wrapping_add(1);
        self.activity.forget(&rect);
        self.behind_since = None;
        self.area = Some(Area::new(id, rect, film, content, self.clock, now));
        self.tell_demand();
        info!(id, ?rect, ?chroma, ?content, "Motion begins");
        Some(Change::Open { id, rect })
    }

    /// What should be video now.
    fn wanted(&self, now: Instant, thin: bool, model: &Picture) -> Option<Wanted> {
        if thin {
            return self.wanted_on_thin_link(now, model);
        }
        // Text that scrolls may cost much for a moment, while a slow machine cannot follow; video would cost more.
        let rect = self.liveliest(now)?;
        let is_film = !Edges::of(model, &rect).are_few();
        is_film.then(|| Wanted { rect: self.with_its_edge(rect), content: Content::Costly })
    }

    /// Where the exact layer cannot follow. What scrolls is video there whatever it shows; what has only come is tried.
    fn wanted_on_thin_link(&self, now: Instant, model: &Picture) -> Option<Wanted> {
        if let Some(rect) = self.drawn_and_waiting(now, DRAWN_TEXT_PER_S) {
            return Some(Wanted { rect: self.with_its_edge(rect), content: Content::Moving });
        }
        let all = self.waiting.iter().fold(Rect::default(), |all, rect| all.hull(rect));
        let fresh = self.fresh.intersection(&all);
        let large = self.bounds.area() <= fresh.area() * LARGE_SHARE;
        if large && self.fresh_not_before.is_none_or(|not_before| not_before <= now) {
            return Some(Wanted { rect: fresh, content: Content::Fresh });
        }
        let rect = self.drawn_and_waiting(now, DRAWN_PER_S)?;
        let is_film = !Edges::of(model, &rect).are_few();
        is_film.then(|| Wanted { rect: self.with_its_edge(rect), content: Content::Moving })
    }

    /// Its edge may be among what there was no room for.
    fn with_its_edge(&self, film: Rect) -> Rect {
        let near = self.waiting.iter().map(|rect| film.hull(rect));
        let edge = near.filter(|hull| hull.area() * 3 <= film.area() * 4);
        edge.fold(film, |all, hull| all.hull(&hull)).intersection(&self.bounds)
    }

    /// What is drawn so often, if much of it has not been sent.
    fn drawn_and_waiting(&self, now: Instant, changes_per_s: f32) -> Option<Rect> {
        let rect = self.drawn.liveliest(now, &Threshold { changes_per_s, bytes_per_s: 0.0 })?;
        let waiting: usize = self.waiting.iter().map(|waits| waits.intersection(&rect).area()).sum();
        (rect.area() <= waiting * WAITING_SHARE).then_some(rect)
    }

    /// What moves most; `None`: nothing that is to go as video.
    fn liveliest(&self, now: Instant) -> Option<Rect> {
        let bytes_per_s = match self.preference {
            Preference::Balanced => COSTLY_BYTES_PER_S,
            Preference::Speed => COSTLY_FOR_SPEED_BYTES_PER_S,
            // Sharp is what was asked for; only where the link cannot carry it there is video.
            Preference::Quality => return None,
        };
        self.activity.liveliest(now, &Threshold { changes_per_s: LIVELY_PER_S, bytes_per_s })
    }

    fn set_rate(&mut self) {
        if let Some(area) = &self.area {
            area.film().set_bits_per_s(self.bits_per_s(&area.rect));
        }
    }

    /// Congestion control looks for more than is used only as far as it would be used.
    fn tell_demand(&self) {
        self.tell(self.area.as_ref().map_or(0, |area| rate::wanted_bits_per_s(self.preference, &area.rect)));
    }

    fn tell(&self, bits_per_s: u32) {
        // Nobody listens any more: then nobody needs to know.
        self.outlet.send(&ShareEvent::VideoDemand { bits_per_s });
    }

    fn bits_per_s(&self, rect: &Rect) -> u32 {
        rate::within(self.link_bits_per_s, rate::wanted_bits_per_s(self.preference, rect))
    }
}
