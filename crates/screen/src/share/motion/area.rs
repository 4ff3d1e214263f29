//! The open area of motion: what it shows, and whether it still deserves video.

use std::time::{Duration, Instant};

use tiles::{Patch, Rect};

use super::{
    edges::Edges,
    film::{Film, Picture},
};

/// Shortest time from one picture to the next.
const INTERVAL: Duration = Duration::from_millis(31);
/// So many times as long as a picture took, so that the encoder gets half of a core at most; where a large part moves and
/// nothing else shows it, a pause would let it move on, and the next picture would take as long again.
const BUSY_SHARE: u32 = 2;
const BUSY_SHARE_MOVING: u32 = 1;
/// Without a change for so long the area is at rest.
const REST: Duration = Duration::from_millis(400);
/// How long changes are gathered before the area is judged by them, and how many pictures at least: a busy machine makes
/// few, and what was not looked at has not stood still.
const LOOK: Duration = Duration::from_secs(2);
const LOOK_PICTURES: usize = 8;
/// Every so manyth changed row is looked at for edges.
const EDGE_ROWS: usize = 4;
/// Video clock, ticks a second (RFC 3551 §5, 90 kHz).
const TICKS_PER_MS: u128 = 90;
/// The lowest bits of a picture's RTP time name its area.
const ID_BITS: u32 = 15;

/// Why an area was opened, and so what it may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// It costs too much in the exact layer: a film, or it is given back.
    Costly,
    /// It moves, and the link is too thin for the exact layer, whatever it shows.
    Moving,
    /// It has just come, and the link is too thin: a picture, or it is given back.
    Fresh,
}

/// Why an area closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Over {
    /// Nothing changes any more.
    Rest,
    /// The operator wants it exactly, and the link carries that.
    Unwanted,
    /// A fifth of it and more does not change.
    Shrunk,
    /// What moves is larger than it.
    Grown,
    /// What changes compresses well without loss.
    Calm,
    /// Its first picture did.
    NoFilm,
    /// The encoder has failed.
    Failed,
}

/// One area from its opening to its end.
pub(super) struct Area {
    pub(super) id: u8,
    pub(super) rect: Rect,
    film: Film,
    content: Content,
    /// Where the video's clock began.
    clock: Instant,
    shown: Vec<u8>,
    /// The first picture was none that video is good for.
    no_film: bool,
    dirty: bool,
    /// A picture that stands by itself is asked for, whether or not something changes.
    key_wanted: bool,
    changed_at: Instant,
    next_at: Instant,
    look: Look,
}

/// What changed since a moment.
struct Look {
    began: Instant,
    pictures: usize,
    changed: Rect,
    edges: Edges,
}

impl Look {
    fn begin(now: Instant) -> Self {
        Self { began: now, pictures: 0, changed: Rect::default(), edges: Edges::default() }
    }

    fn add(&mut self, x: usize, y: usize, pixels: &[u8]) {
        let pixels = pixels.as_chunks::<4>().0;
        self.changed = self.changed.hull(&Rect::from_edges(x, y, x + pixels.len(), y + 1));
        if y.is_multiple_of(EDGE_ROWS) {
            self.edges.add(pixels);
        }
    }
}

impl Area {
    pub(super) fn new(
        id: u8,
        rect: Rect,
        film: Film,
        content: Content,
        clock: Instant,
        now: Instant,
    ) -> Self {
        Self {
            id,
            rect,
            film,
            content,
            clock,
            shown: Vec::new(),
            no_film: false,
            dirty: true,
            key_wanted: false,
            changed_at: now,
            next_at: now,
            look: Look::begin(now),
        }
    }

    pub(super) fn film(&self) -> &Film {
        &self.film
    }

    /// Something was drawn there.
    pub(super) fn set_dirty(&mut self) {
        self.dirty = true;
    }

    pub(super) fn due(&self, now: Instant) -> bool {
        (self.dirty || self.key_wanted) && self.next_at <= now
    }

    /// When there will be something to do for it.
    pub(super) fn next_at(&self) -> Instant {
        if self.dirty || self.key_wanted { self.next_at } else { self.changed_at + REST }
    }

    /// Shows what was captured there, if it differs from what was shown or must be shown anew.
    pub(super) fn show(&mut self, now: Instant, patch: &Patch<'_>) {
        self.dirty = false;
        let share = if self.content == Content::Moving { BUSY_SHARE_MOVING } else { BUSY_SHARE };
        self.next_at = now + INTERVAL.max(self.film.took() * share);
        let changed = self.note_changes(patch);
        if self.no_film {
            return;
        }
        if changed {
            self.changed_at = now;
            self.look.pictures += 1;
        }
        if !std::mem::take(&mut self.key_wanted) && !changed {
            return;
        }
        let mut bgrx = self.film.spare();
        bgrx.clear();
        bgrx.extend_from_slice(&self.shown);
        self.film.show(Picture { bgrx, rtp_time: self.rtp_time(now) });
    }

    /// The next picture is decodable by itself, and comes when one is due: who asks often gets no more pictures.
    pub(super) fn want_key(&mut self) {
        self.film.want_key();
        self.key_wanted = true;
    }

    /// The link could not carry it in the exact layer when it opened.
    pub(super) fn is_thin(&self) -> bool {
        self.content != Content::Costly
    }

    /// Whether the exact layer should have it back.
    pub(super) fn over(&mut self, now: Instant) -> Option<Over> {
        if self.film.failed() {
            return Some(Over::Failed);
        }
        if self.no_film {
            return Some(if self.content == Content::Fresh { Over::NoFilm } else { Over::Calm });
        }
        if !self.dirty && self.changed_at + REST <= now {
            return Some(Over::Rest);
        }
        if now < self.look.began + LOOK || self.look.pictures < LOOK_PICTURES {
            return None;
        }
        let look = std::mem::replace(&mut self.look, Look::begin(now));
        if look.changed.area() * 5 < self.rect.area() * 4 {
            return Some(Over::Shrunk);
        }
        (look.edges.are_few() && !self.is_thin()).then_some(Over::Calm)
    }

    /// Takes over what differs from the picture shown; whether anything did.
    fn note_changes(&mut self, patch: &Patch<'_>) -> bool {
        let Rect { x, y, width, .. } = self.rect;
        let row_bytes = usize::from(width) * 4;
        if self.shown.is_empty() {
            self.shown.extend(patch.rows().flatten());
            let mut edges = Edges::default();
            patch.rows().step_by(EDGE_ROWS).for_each(|row| edges.add(row.as_chunks::<4>().0));
            self.no_film = self.content != Content::Moving && edges.are_few();
            return true;
        }
        let mut changed = false;
        for (row, (old, new)) in self.shown.chunks_exact_mut(row_bytes).zip(patch.rows()).enumerate() {
            if old != new {
                let (first, last) = differing(old, new);
                self.look.add(
                    usize::from(x) + first,
                    usize::from(y) + row,
                    new.get(first * 4..last * 4).unwrap_or(new),
                );
                old.copy_from_slice(new);
                changed = true;
            }
        }
        changed
    }

    #[expect(clippy::cast_possible_truncation, reason = "RTP time wraps by its definition (RFC 3550 §5.1)")]
    fn rtp_time(&self, now: Instant) -> u32 {
        let ticks = (now - self.clock).as_millis() * TICKS_PER_MS;
        (ticks as u32 & !ID_BITS) | (u32::from(self.id) & ID_BITS)
    }
}

/// First differing pixel, and the one after the last.
fn differing(old: &[u8], new: &[u8]) -> (usize, usize) {
    let (old, new) = (old.as_chunks::<4>().0, new.as_chunks::<4>().0);
    let mut pairs = old.iter().zip(new).map(|(old, new)| old != new);
    let first = pairs.clone().position(|differs| differs).unwrap_or(0);
    let last = pairs.rposition(|differs| differs).unwrap_or(first);
    (first, last + 1)
}
