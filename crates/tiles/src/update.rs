//! An update as sent, and the packets that carry it.
//!
//! Integers are little-endian.
//! ```text
//! packet   version u8 (1)
//!          reserved u8 (0)
//!          epoch u32: grows by one when the sender begins anew with an empty picture and a new zstd stream
//!          update u32: number within the epoch, from 0
//!          index u16, count u16: which part of the update, of how many (1..=256)
//!          part: the rest, packets are at most 16 KiB
//! update   width u16, height u16: of the whole picture, the same through an epoch
//!          flags u8: 1 settled (the picture is the newest captured one), 2 a checksum follows,
//!                    4 the checksum is to be taken over every row anew
//!          checksum u64 where flag 2 is set: of the picture after this update (see `Picture::checksum`)
//!          body_bytes u32: length of the body after decompression, at most 2 MiB
//!          the rest: the next flushed part of the epoch's zstd stream; empty where body_bytes is 0
//! ```

use crate::{
    DecodeError,
    bytes::Reader,
    limits::{MAX_BODY_BYTES, MAX_PACKET_BYTES, MAX_PACKETS},
};

pub(crate) const VERSION: u8 = 1;
/// Bytes of a packet before its part.
pub(crate) const PACKET_HEADER_BYTES: usize = 14;

const FLAG_SETTLED: u8 = 1;
const FLAG_CHECKSUM: u8 = 2;
const FLAG_EVERY_ROW: u8 = 4;

/// Where a packet belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PacketHeader {
    /// The epoch.
    pub epoch: u32,
    /// The update of the epoch, from 0.
    pub update: u32,
    /// Which part, from 0.
    pub index: u16,
    /// Of how many, from 1.
    pub count: u16,
}

impl PacketHeader {
    /// Splits a packet into its header and its part of the update. Errors: [`DecodeError::Length`],
    /// [`DecodeError::Version`], [`DecodeError::Limit`].
    pub fn read(packet: &[u8]) -> Result<(Self, &[u8]), DecodeError> {
        if MAX_PACKET_BYTES < packet.len() {
            return Err(DecodeError::Limit);
        }
        let mut reader = Reader::new(packet);
        let (version, reserved) = reader.u8().zip(reader.u8()).ok_or(DecodeError::Length)?;
        if version != VERSION || reserved != 0 {
            return Err(DecodeError::Version);
        }
        let header = read_numbers(&mut reader).ok_or(DecodeError::Length)?;
        if header.count == 0 || MAX_PACKETS < header.count || header.count <= header.index {
            return Err(DecodeError::Limit);
        }
        Ok((header, reader.rest()))
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&[VERSION, 0]);
        out.extend_from_slice(&self.epoch.to_le_bytes());
        out.extend_from_slice(&self.update.to_le_bytes());
        out.extend_from_slice(&self.index.to_le_bytes());
        out.extend_from_slice(&self.count.to_le_bytes());
    }
}

fn read_numbers(reader: &mut Reader<'_>) -> Option<PacketHeader> {
    Some(PacketHeader {
        epoch: reader.u32()?,
        update: reader.u32()?,
        index: reader.u16()?,
        count: reader.u16()?,
    })
}

/// Cuts an update into packets of at most [`MAX_PACKET_BYTES`].
pub(crate) fn packets(epoch: u32, update: u32, bytes: &[u8]) -> Vec<Vec<u8>> {
    let parts = bytes.chunks(MAX_PACKET_BYTES - PACKET_HEADER_BYTES);
    let count = u16::try_from(parts.len()).unwrap_or(u16::MAX);
    parts
        .zip(0_u16..)
        .map(|(part, index)| {
            let mut packet = Vec::with_capacity(PACKET_HEADER_BYTES + part.len());
            PacketHeader { epoch, update, index, count }.write(&mut packet);
            packet.extend_from_slice(part);
            packet
        })
        .collect()
}

/// A checksum that travels with an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Checksum {
    pub(crate) value: u64,
    /// Whether no remembered hash of a row may be used.
    pub(crate) every_row: bool,
}

/// What stands before the compressed body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UpdateHeader {
    pub(crate) width: u16,
    pub(crate) height: u16,
    pub(crate) settled: bool,
    pub(crate) checksum: Option<Checksum>,
    pub(crate) body_bytes: usize,
}

impl UpdateHeader {
    pub(crate) fn read(update: &[u8]) -> Result<(Self, &[u8]), DecodeError> {
        let mut reader = Reader::new(update);
        let header = Self::read_fields(&mut reader).ok_or(DecodeError::Length)??;
        Ok((header, reader.rest()))
    }

    fn read_fields(reader: &mut Reader<'_>) -> Option<Result<Self, DecodeError>> {
        let (width, height, flags) = (reader.u16()?, reader.u16()?, reader.u8()?);
        if flags & !(FLAG_SETTLED | FLAG_CHECKSUM | FLAG_EVERY_ROW) != 0 {
            return Some(Err(DecodeError::Version));
        }
        let checksum = match flags & FLAG_CHECKSUM {
            0 => None,
            _ => Some(Checksum { value: reader.u64()?, every_row: flags & FLAG_EVERY_ROW != 0 }),
        };
        let body_bytes = usize::try_from(reader.u32()?).unwrap_or(usize::MAX);
        if MAX_BODY_BYTES < body_bytes {
            return Some(Err(DecodeError::Limit));
        }
        Some(Ok(Self { width, height, settled: flags & FLAG_SETTLED != 0, checksum, body_bytes }))
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.width.to_le_bytes());
        out.extend_from_slice(&self.height.to_le_bytes());
        let mut flags = if self.settled { FLAG_SETTLED } else { 0 };
        if let Some(checksum) = self.checksum {
            flags |= FLAG_CHECKSUM | if checksum.every_row { FLAG_EVERY_ROW } else { 0 };
        }
        out.push(flags);
        if let Some(checksum) = self.checksum {
            out.extend_from_slice(&checksum.value.to_le_bytes());
        }
        out.extend_from_slice(&u32::try_from(self.body_bytes).unwrap_or(u32::MAX).to_le_bytes());
    }
}
