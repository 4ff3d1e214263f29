//! The sending end: captured parts in, packets out.

use crate::{
    Order, Patch, Picture, Rect,
    areas::Areas,
    body::{write_close, write_copy, write_open},
    change::changed_rects,
    kind::write_pixels,
    limits::{BODY_BUDGET_BYTES, MAX_OPERATIONS, MIN_BODY_BUDGET_BYTES},
    patch::colour,
    rect::subtract_all,
    scroll::find_moves,
    stream::Compressor,
    update::{Checksum, UpdateHeader, packets},
};

/// Pixels in rows that changed since their last hash below which a checksum costs less than it tells.
const CHEAP_CHECKSUM_PX: usize = 256 * 1024;

/// Why an update cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum EncodeError {
    /// zstd has no memory.
    #[error("cannot compress")]
    Compression(#[from] std::io::Error),
    /// The picture's size is zero or over the limits.
    #[error("a picture of {width} x {height} pixels is not possible")]
    Size {
        /// Asked for, pixels.
        width: u16,
        /// Asked for, pixels.
        height: u16,
    },
    /// No area of that id is open, or none can be opened there.
    #[error("area of motion cannot be opened or closed")]
    Area,
}

/// How an update ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finish {
    /// Whether more of the screen is known to have changed than these patches hold.
    pub more_dirty: bool,
    /// Whether the checksum must be there, over every row anew, even if nothing changed.
    pub check_every_row: bool,
    /// How long the update should be at most, bytes as sent: what the link carries in a moment. An estimate by the
    /// update before; pixels beyond it come with the next ones.
    pub target_bytes: usize,
}

/// An update, ready to be sent.
#[derive(Debug)]
pub struct Encoded {
    /// Its number within the epoch.
    pub update: u32,
    /// Its packets, in order.
    pub packets: Vec<Vec<u8>>,
    /// What changed but did not fit: capture and encode it again.
    pub rest: Vec<Rect>,
    /// Whether every row was checked.
    pub checked: bool,
    /// What was sent as pixels, and about how many bytes of the packets each rectangle took.
    pub sent: Vec<(Rect, usize)>,
}

/// Encodes one viewer's picture from the beginning of an epoch to its end.
///
/// INVARIANT: `model` is what the decoder's picture is after the last update.
pub struct Encoder {
    epoch: u32,
    next: u32,
    model: Picture,
    areas: Areas,
    stream: Compressor,
    /// Operations that open and close areas, for the next update.
    pending: Vec<u8>,
    settled: bool,
    body: Vec<u8>,
    /// How many bytes are sent for 256 bytes of body, by the last updates.
    sent_per_256: usize,
    /// Where the last update stopped: the next one goes on there, or a lively top of the screen would keep all
    /// below from ever being sent.
    resume_y: usize,
}

/// What an update may still hold.
struct Budget {
    body_bytes: usize,
    operations: usize,
    /// What was written so far, with the bytes of body of each.
    written: Vec<(Rect, usize)>,
}

impl Encoder {
    /// Begins an epoch; the decoder begins with the first packet of its first update. Errors: [`EncodeError::Size`],
    /// [`EncodeError::Compression`].
    pub fn new(epoch: u32, width: u16, height: u16) -> Result<Self, EncodeError> {
        let model = Picture::new(width, height, Order::Bgrx).ok_or(EncodeError::Size { width, height })?;
        Ok(Self {
            epoch,
            next: 0,
            model,
            areas: Areas::default(),
            stream: Compressor::new()?,
            pending: Vec::new(),
            settled: false,
            body: Vec::new(),
            sent_per_256: 64,
            resume_y: 0,
        })
    }

    /// The epoch's number.
    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    /// What the decoder shows after the last update.
    pub fn model(&self) -> &Picture {
        &self.model
    }

    /// Whether the last update left nothing open: the decoder shows the newest captured picture.
    pub fn settled(&self) -> bool {
        self.settled
    }

    /// Hands a rectangle over to video from the next update on. Its pixels are unknown until the area is closed.
    /// Errors: [`EncodeError::Area`] outside of the picture, over another area or with too many of them.
    pub fn open_area(&mut self, id: u8, rect: Rect) -> Result<(), EncodeError> {
        if rect.is_empty() || !self.model.bounds().holds(&rect) {
            return Err(EncodeError::Area);
        }
        self.areas.open(id, rect).map_err(|_| EncodeError::Area)?;
        self.model.fill(&rect, 0);
        write_open(&mut self.pending, id, &rect);
        Ok(())
    }

    /// Takes a rectangle back; the caller captures it anew. Errors: [`EncodeError::Area`].
    pub fn close_area(&mut self, id: u8) -> Result<Rect, EncodeError> {
        let rect = self.areas.close(id).map_err(|_| EncodeError::Area)?;
        write_close(&mut self.pending, id);
        Ok(rect)
    }

    /// Makes the update that brings the decoder to what `patches` show. `None`: there is nothing to tell.
    /// Errors: [`EncodeError::Compression`]; the epoch cannot go on.
    pub fn encode(&mut self, patches: &[Patch<'_>], finish: Finish) -> Result<Option<Encoded>, EncodeError> {
        let mut body = std::mem::take(&mut self.body);
        body.clear();
        body.append(&mut self.pending);
        let mut rest = Vec::new();
        let mut budget = self.budget(finish.target_bytes);
        for patch in patches {
            self.add_patch(patch, &mut body, &mut budget, &mut rest);
        }
        self.resume_y = rest.iter().map(Rect::top).find(|top| self.resume_y < *top).unwrap_or(0);
        let settled = self.settles(&rest, finish);
        let newly_settled = settled && !self.settled;
        let encoded = if body.is_empty() && !finish.check_every_row && !newly_settled {
            None
        } else {
            Some(self.finish(&body, finish, rest, budget.written)?)
        };
        self.body = body;
        Ok(encoded)
    }

    fn budget(&self, target_bytes: usize) -> Budget {
        let body_bytes = (target_bytes.saturating_mul(256) / self.sent_per_256.max(1))
            .clamp(MIN_BODY_BUDGET_BYTES, BODY_BUDGET_BYTES);
        Budget { body_bytes, operations: MAX_OPERATIONS / 2, written: Vec::new() }
    }

    fn add_patch(
        &mut self,
        patch: &Patch<'_>,
        body: &mut Vec<u8>,
        budget: &mut Budget,
        rest: &mut Vec<Rect>,
    ) {
        let mut changed = changed_rects(&self.model, patch);
        if self.add_moves(patch, &changed, body, budget) {
            changed = changed_rects(&self.model, patch);
        }
        let band_px = budget.body_bytes / 6;
        let parts = subtract_all(&changed, &self.areas.rects());
        let mut bands: Vec<_> = parts.iter().flat_map(|rect| rect.bands(band_px)).collect();
        if budget.body_bytes < parts.iter().map(Rect::area).sum::<usize>() * 3 {
            // Not all may fit: a menu that opens beside a video goes first, then where the last update stopped.
            bands.sort_by_key(|band| (band_px / 2 < band.area(), band.top() < self.resume_y));
        }
        for band in bands {
            if budget.operations == 0 || budget.body_bytes <= body.len() {
                rest.push(band);
                continue;
            }
            budget.operations -= 1;
            let before = body.len();
            write_pixels(body, &band, patch);
            budget.written.push((band, body.len() - before));
            self.take_over(&band, patch);
        }
    }

    /// Writes and does the copies that scrolling needs; whether there were any.
    fn add_moves(
        &mut self,
        patch: &Patch<'_>,
        changed: &[Rect],
        body: &mut Vec<u8>,
        budget: &mut Budget,
    ) -> bool {
        let changed_px: usize = changed.iter().map(Rect::area).sum();
        let hull = changed.iter().fold(Rect::default(), |hull, rect| hull.hull(rect));
        // Nothing has been shown that could have moved, and the first picture is the one that somebody waits for.
        let is_first = self.next == 0;
        // Changes far apart are no scrolling; a search over all between them would only cost time.
        if is_first || changed_px * 4 < hull.area() {
            return false;
        }
        let mut moved = false;
        for found in find_moves(&self.model, patch, &hull) {
            let known = !self.areas.meet(&found.from) && !self.areas.meet(&found.to);
            if known && budget.operations != 0 {
                budget.operations -= 1;
                write_copy(body, &found.from, &found.to);
                self.model.copy(&found.from, &found.to);
                moved = true;
            }
        }
        moved
    }

    /// Makes the model show `rect` as captured.
    fn take_over(&mut self, rect: &Rect, patch: &Patch<'_>) {
        for y in rect.top()..rect.bottom() {
            let Some(span) = self.model.span_mut(rect, y) else { return };
            for (pixel, bytes) in span.iter_mut().zip(patch.span(rect.left(), rect.right(), y)) {
                *pixel = colour(*bytes);
            }
        }
    }

    /// Nothing is left to send, and no pixel is shown by video.
    fn settles(&self, rest: &[Rect], finish: Finish) -> bool {
        rest.is_empty() && !finish.more_dirty && self.areas.list().is_empty()
    }

    fn finish(
        &mut self,
        body: &[u8],
        finish: Finish,
        rest: Vec<Rect>,
        mut sent: Vec<(Rect, usize)>,
    ) -> Result<Encoded, EncodeError> {
        let settled = self.settles(&rest, finish);
        let header = UpdateHeader {
            width: self.model.bounds().width,
            height: self.model.bounds().height,
            // Told also while an area is open: the receiver knows its areas, and that black is black beside them.
            settled: rest.is_empty() && !finish.more_dirty,
            checksum: self.checksum(finish.check_every_row, settled),
            body_bytes: body.len(),
        };
        let mut bytes = Vec::with_capacity(64 + body.len() / 16);
        header.write(&mut bytes);
        if !body.is_empty() {
            self.stream.add(body, &mut bytes)?;
            self.learn(body.len(), bytes.len());
        }
        let update = self.next;
        self.next = self.next.wrapping_add(1);
        self.settled = settled;
        for (_, spent) in &mut sent {
            *spent = *spent * bytes.len() / body.len().max(1);
        }
        let packets = packets(self.epoch, update, &bytes);
        Ok(Encoded { update, packets, rest, checked: finish.check_every_row, sent })
    }

    /// Small updates tell nothing of how well pixels compress.
    fn learn(&mut self, body_bytes: usize, sent_bytes: usize) {
        if MIN_BODY_BUDGET_BYTES / 2 < body_bytes {
            self.sent_per_256 = (self.sent_per_256 + (sent_bytes * 256 / body_bytes).max(1)).div_ceil(2);
        }
    }

    fn checksum(&mut self, every_row: bool, settled: bool) -> Option<Checksum> {
        if every_row {
            self.model.forget_hashes();
        }
        let cheap = settled && self.model.stale_rows() * self.model.width() <= CHEAP_CHECKSUM_PX;
        (every_row || cheap).then(|| Checksum { value: self.model.checksum(), every_row })
    }
}
