//! The receiving end: packets in, an exact picture out.

use crate::{
    DecodeError, Order, Picture, Rect,
    areas::Areas,
    limits::{
        MAX_CALL_WORK_PX, MAX_REPEAT_BYTES, MAX_SIDE_PX, MAX_UPDATE_BYTES, MAX_WAITING, PACKET_WORK_PX,
    },
    paint::paint_body,
    repaint::Repaint,
    stream::Decompressor,
    update::{PACKET_HEADER_BYTES, PacketHeader, UpdateHeader},
};

/// Which updates were drawn, and what the console may say about the picture now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The running epoch.
    pub epoch: u32,
    /// The last update that was drawn.
    pub update: u32,
    /// Whether the picture was compared with the sender's newest captured one, and is the same.
    pub exact: bool,
    /// Whether the last checksum that came differed: the sender must begin a new epoch.
    pub mismatch: bool,
}

/// The size of the picture that an epoch begins with this packet; `None`: it begins none.
pub fn begun_size(packet: &[u8]) -> Option<(u16, u16)> {
    let (header, part) = PacketHeader::read(packet).ok()?;
    let (update, _) = UpdateHeader::read(part).ok().filter(|_| header.update == 0 && header.index == 0)?;
    Some((update.width, update.height))
}

/// Decodes one sender's picture. Every epoch begins with an empty picture; after an error all packets of the epoch
/// are dropped until the next one begins.
pub struct Decoder {
    order: Order,
    side_px: u16,
    state: Option<Epoch>,
    changed: Vec<Rect>,
    work_px: u64,
    begun: bool,
}

/// What lives as long as an epoch.
struct Epoch {
    number: u32,
    /// The update that comes next.
    next: u32,
    broken: bool,
    picture: Picture,
    areas: Areas,
    repaint: Repaint,
    stream: Decompressor,
    /// Parts of the next update so far, and how many.
    parts: Vec<u8>,
    part_count: u16,
    /// Whole updates that overtook the next one.
    waiting: Vec<(u32, Vec<u8>)>,
    exact: bool,
    mismatch: bool,
    body: Vec<u8>,
    work_px: u64,
}

impl Decoder {
    /// A decoder without a picture, which keeps pixels in `order`.
    pub fn new(order: Order) -> Self {
        Self::within(order, MAX_SIDE_PX)
    }

    /// The same, for pictures whose sides are at most `side_px`: a larger one is over the limit.
    pub fn within(order: Order, side_px: u16) -> Self {
        Self { order, side_px, state: None, changed: Vec::new(), work_px: 0, begun: false }
    }

    /// Takes one packet, from either channel, and draws every update that it completes.
    ///
    /// `Ok(None)`: nothing new was drawn (part of an update, a duplicate, an older epoch). [`Decoder::changed`] tells
    /// where to look afterwards. Errors: the packet or its update is not valid; ask for a new epoch.
    pub fn receive(&mut self, packet: &[u8]) -> Result<Option<Progress>, DecodeError> {
        self.changed.clear();
        self.work_px = PACKET_WORK_PX;
        self.begun = false;
        let (header, part) = PacketHeader::read(packet)?;
        if self.epoch_of(&header).is_none() {
            self.begin(&header, part)?;
        }
        let Some(epoch) = self.state.as_mut().filter(|epoch| epoch.number == header.epoch) else {
            return Ok(None);
        };
        if epoch.broken || header.update < epoch.next {
            return Ok(None);
        }
        let drawn = epoch.take(&header, part);
        self.work_px += std::mem::take(&mut epoch.work_px);
        if drawn.is_err() {
            epoch.broken = true;
            epoch.exact = false;
        } else {
            self.changed = epoch.repaint.take(&epoch.areas);
            self.work_px += self.changed.iter().map(|rect| rect.area() as u64).sum::<u64>();
        }
        Ok(drawn?.then(|| epoch.progress()))
    }

    /// What a canvas that shows the picture must draw anew after the last call of [`Decoder::receive`]: where it wrote,
    /// and nothing of an open area, which belongs to the video. After a settled update the canvas then shows the
    /// picture outside of open areas, whatever it showed before.
    pub fn changed(&self) -> &[Rect] {
        &self.changed
    }

    /// What the last call of [`Decoder::receive`] costs, whoever asks for it: how many pixels it made, wrote, compared or
    /// wants drawn, and for all else as many as take that long. A receiver that grants a sender so many a second
    /// cannot be kept busy by it.
    pub fn work_px(&self) -> u64 {
        self.work_px
    }

    /// Whether the last call of [`Decoder::receive`] began an epoch, which costs memory as well.
    pub fn begun(&self) -> bool {
        self.begun
    }

    /// The picture after the last update; `None` before the first.
    pub fn picture(&self) -> Option<&Picture> {
        self.state.as_ref().map(|epoch| &epoch.picture)
    }

    /// The open areas of motion, by id.
    pub fn areas(&self) -> &[(u8, Rect)] {
        self.state.as_ref().map_or(&[], |epoch| epoch.areas.list())
    }

    /// The running epoch, if the packet belongs to it or to an older one.
    fn epoch_of(&self, header: &PacketHeader) -> Option<&Epoch> {
        self.state.as_ref().filter(|epoch| header.epoch <= epoch.number)
    }

    /// Begins the packet's epoch, if it is the first packet of one.
    fn begin(&mut self, header: &PacketHeader, part: &[u8]) -> Result<(), DecodeError> {
        if header.update != 0 || header.index != 0 {
            return Ok(());
        }
        let (update, _) = UpdateHeader::read(part)?;
        if self.side_px < update.width.max(update.height) {
            return Err(DecodeError::Limit);
        }
        // Never two pictures at a time: each may be as large as there is room for one.
        self.state = None;
        let picture = Picture::new(update.width, update.height, self.order).ok_or(DecodeError::Limit)?;
        self.work_px += (picture.width() * picture.height()) as u64;
        self.begun = true;
        self.state = Some(Epoch {
            number: header.epoch,
            next: 0,
            broken: false,
            repaint: Repaint::new(picture.bounds()),
            picture,
            areas: Areas::default(),
            stream: Decompressor::new()?,
            parts: Vec::new(),
            part_count: 0,
            waiting: Vec::new(),
            exact: false,
            mismatch: false,
            body: Vec::new(),
            work_px: 0,
        });
        Ok(())
    }
}

impl Epoch {
    /// Takes a part of the next update or of a later one; whether something was drawn.
    fn take(&mut self, header: &PacketHeader, part: &[u8]) -> Result<bool, DecodeError> {
        if self.next < header.update {
            self.keep_for_later(header, part)?;
            return Ok(false);
        }
        if header.count == 1 {
            self.draw(part)?;
            self.draw_waiting()?;
            return Ok(true);
        }
        if header.index < self.part_count {
            return Ok(false);
        }
        if header.index != self.part_count {
            return Err(DecodeError::Order);
        }
        if MAX_UPDATE_BYTES < self.parts.len() + part.len() {
            return Err(DecodeError::Limit);
        }
        self.parts.extend_from_slice(part);
        self.part_count += 1;
        if self.part_count < header.count {
            return Ok(false);
        }
        let update = std::mem::take(&mut self.parts);
        self.draw(&update)?;
        self.draw_waiting()?;
        Ok(true)
    }

    /// Only small updates of a single packet travel on the channel that can overtake.
    fn keep_for_later(&mut self, header: &PacketHeader, part: &[u8]) -> Result<(), DecodeError> {
        if header.count != 1 || MAX_REPEAT_BYTES < PACKET_HEADER_BYTES + part.len() {
            return Err(DecodeError::Order);
        }
        let known = self.waiting.iter().any(|(update, _)| *update == header.update);
        if !known && self.waiting.len() < MAX_WAITING {
            self.waiting.push((header.update, part.to_vec()));
        }
        Ok(())
    }

    fn draw_waiting(&mut self) -> Result<(), DecodeError> {
        while let Some(place) = self.waiting.iter().position(|(update, _)| *update == self.next) {
            if MAX_CALL_WORK_PX < self.work_px {
                return Err(DecodeError::Limit);
            }
            let (_, update) = self.waiting.swap_remove(place);
            self.draw(&update)?;
        }
        let next = self.next;
        self.waiting.retain(|(update, _)| next < *update);
        Ok(())
    }

    fn draw(&mut self, update: &[u8]) -> Result<(), DecodeError> {
        let (header, part) = UpdateHeader::read(update)?;
        let size = (usize::from(header.width), usize::from(header.height));
        if size != (self.picture.width(), self.picture.height()) {
            return Err(DecodeError::Order);
        }
        if header.body_bytes != 0 {
            // A byte takes about as long as a pixel, also one that no operation is made of.
            self.work_px += header.body_bytes as u64;
            self.body.resize(header.body_bytes, 0);
            self.stream.fill(part, &mut self.body)?;
            let Self { body, picture, areas, repaint, work_px, .. } = self;
            paint_body(body, picture, areas, repaint, work_px)?;
        } else if !part.is_empty() {
            return Err(DecodeError::Length);
        }
        self.parts.clear();
        self.part_count = 0;
        self.next = self.next.checked_add(1).ok_or(DecodeError::Limit)?;
        if header.settled {
            self.repaint.settle();
        }
        self.compare(&header);
        Ok(())
    }

    /// Sets what may be said about the picture after an update.
    fn compare(&mut self, header: &UpdateHeader) {
        let Some(checksum) = header.checksum else {
            self.exact = false;
            return;
        };
        if checksum.every_row {
            self.picture.forget_hashes();
        }
        self.work_px += (self.picture.stale_rows() * self.picture.width()) as u64;
        self.mismatch = self.picture.checksum() != checksum.value;
        self.exact = !self.mismatch && header.settled && self.areas.list().is_empty();
    }

    fn progress(&self) -> Progress {
        Progress {
            epoch: self.number,
            update: self.next.saturating_sub(1),
            exact: self.exact,
            mismatch: self.mismatch,
        }
    }
}
