//! Pictures of pages, row by row: PWG Raster (PWG 5102.4) and Apple's, which have the same rows under other headers.

use std::io::Write as _;

use flate2::{Compression, write::ZlibEncoder};

use super::{
    DocumentError, Wishes,
    pdf::{Colours, Pdf, Picture},
};

pub(super) const PWG_MARK: &[u8] = b"RaS2";
pub(super) const URF_MARK: &[u8] = b"UNIRAST\0";
/// Of one page.
const PWG_HEADER: usize = 1_796;
/// Of one page; the document's own is the mark and a count of pages.
const URF_HEADER: usize = 32;
const URF_START: usize = 12;
/// Each way.
const SIDE_PX: u32 = 32_768;
/// Of one page: A3 at 600 dots per inch has 70 million.
const PAGE_PX: u64 = 100_000_000;
/// Of a document, with the rows that are repeated.
const DOCUMENT_PX: u64 = 20_000_000_000;
const DPI: std::ops::RangeInclusive<u32> = 30..=2_400;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Pwg,
    Urf,
}

/// What a page's header says.
#[derive(Clone, Copy, Debug)]
struct Layout {
    width_px: u32,
    height_px: u32,
    dpi: (u32, u32),
    colours: Colours,
    bits: u32,
    is_inverted: bool,
    row_bytes: usize,
    /// The unit of the row's code.
    pixel_bytes: usize,
}

enum Stage {
    Start,
    Header,
    Rows(Box<Rows>),
}

/// A page whose rows come.
struct Rows {
    layout: Layout,
    row: Vec<u8>,
    /// How often the row stands that comes; none: that is the next byte.
    times: Option<u32>,
    left: u32,
    /// Compresses what is written; none: the page is not wanted.
    picture: Option<ZlibEncoder<Vec<u8>>>,
}

/// The reader.
pub(super) struct Raster {
    kind: Kind,
    stage: Stage,
    /// What is not yet a whole header or code.
    kept: Vec<u8>,
    pdf: Pdf,
    wishes: Wishes,
    pages: u32,
    pixels: u64,
}

impl Raster {
    pub(super) fn pwg(wishes: Wishes) -> Self {
        Self::new(Kind::Pwg, wishes)
    }

    pub(super) fn urf(wishes: Wishes) -> Self {
        Self::new(Kind::Urf, wishes)
    }

    fn new(kind: Kind, wishes: Wishes) -> Self {
        Self { kind, stage: Stage::Start, kept: Vec::new(), pdf: Pdf::default(), wishes, pages: 0, pixels: 0 }
    }

    pub(super) fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), DocumentError> {
        let mut input = std::mem::take(&mut self.kept);
        input.extend_from_slice(bytes);
        let mut rest = input.as_slice();
        while self.step(&mut rest, out)? {}
        self.kept = rest.to_vec();
        Ok(())
    }

    pub(super) fn finish(self, out: &mut Vec<u8>) -> Result<u32, DocumentError> {
        let pages = self.pdf.pages();
        if !matches!(self.stage, Stage::Header) || !self.kept.is_empty() || pages == 0 {
            return Err(DocumentError::Malformed);
        }
        self.pdf.finish(out);
        Ok(pages)
    }

    /// Reads one thing. `false`: it needs more bytes.
    fn step(&mut self, rest: &mut &[u8], out: &mut Vec<u8>) -> Result<bool, DocumentError> {
        match &mut self.stage {
            Stage::Start => {
                let (mark, length) = match self.kind {
                    Kind::Pwg => (PWG_MARK, PWG_MARK.len()),
                    Kind::Urf => (URF_MARK, URF_START),
                };
                let Some(start) = take(rest, length) else { return Ok(false) };
                if !start.starts_with(mark) {
                    return Err(DocumentError::Malformed);
                }
                self.stage = Stage::Header;
            }
            Stage::Header => {
                let length = if self.kind == Kind::Pwg { PWG_HEADER } else { URF_HEADER };
                let Some(header) = take(rest, length) else { return Ok(false) };
                let layout = if self.kind == Kind::Pwg { pwg(header)? } else { urf(header)? };
                self.begin(layout, out)?;
            }
            Stage::Rows(rows) => {
                let Some(times) = rows.read(rest)? else { return Ok(false) };
                let pixels = u64::from(times).saturating_mul(u64::from(rows.layout.width_px));
                self.pixels = self.pixels.saturating_add(pixels);
                if DOCUMENT_PX < self.pixels {
                    return Err(DocumentError::TooLarge);
                }
                if let Some(picture) = &mut rows.picture {
                    for _ in 0..times {
                        picture.write_all(&rows.row).map_err(|_| DocumentError::Malformed)?;
                        self.pdf.put(picture.get_ref(), out);
                        picture.get_mut().clear();
                    }
                }
                if rows.left == 0 {
                    self.end(out)?;
                }
            }
        }
        Ok(true)
    }

    fn begin(&mut self, layout: Layout, out: &mut Vec<u8>) -> Result<(), DocumentError> {
        self.pages = self.pages.saturating_add(1);
        if self.wishes.most_pages < self.pages {
            return Err(DocumentError::TooLarge);
        }
        let is_wanted = self.wishes.has(self.pages);
        if is_wanted {
            let size = |px: u32, dpi: u32| u64::from(px).saturating_mul(7_200) / u64::from(dpi.max(1));
            let page = (size(layout.width_px, layout.dpi.0), size(layout.height_px, layout.dpi.1));
            let picture = Picture {
                width_px: layout.width_px,
                height_px: layout.height_px,
                colours: layout.colours,
                bits: layout.bits,
                is_inverted: layout.is_inverted,
                filter: "FlateDecode",
                page,
                place: (0, 0, page.0, page.1),
            };
            self.pdf.begin(&picture, out);
        }
        self.stage = Stage::Rows(Box::new(Rows {
            layout,
            row: Vec::with_capacity(layout.row_bytes),
            times: None,
            left: layout.height_px,
            picture: is_wanted.then(|| ZlibEncoder::new(Vec::new(), Compression::fast())),
        }));
        Ok(())
    }

    fn end(&mut self, out: &mut Vec<u8>) -> Result<(), DocumentError> {
        if let Stage::Rows(rows) = std::mem::replace(&mut self.stage, Stage::Header)
            && let Some(picture) = rows.picture
        {
            let last = picture.finish().map_err(|_| DocumentError::Malformed)?;
            self.pdf.put(&last, out);
            self.pdf.end(out);
        }
        Ok(())
    }
}

impl Rows {
    /// Reads on to the end of a row: how often it stands. Nothing: it needs more bytes.
    ///
    /// A row: how often it stands once more 1, then codes of its pixels: 0 to 127, one pixel, which stands so often once more;
    /// 129 to 255, 257 less that many pixels; 128, nothing more until the end of the row (PWG 5102.4 §4.2; the last is Apple's).
    fn read(&mut self, rest: &mut &[u8]) -> Result<Option<u32>, DocumentError> {
        let times = match self.times {
            Some(times) => times,
            None => {
                let Some([again]) = take(rest, 1) else { return Ok(None) };
                let times = u32::from(*again) + 1;
                if self.left < times {
                    return Err(DocumentError::Malformed);
                }
                self.row.clear();
                *self.times.insert(times)
            }
        };
        while self.row.len() < self.layout.row_bytes {
            let Some(code) = rest.first().copied() else { return Ok(None) };
            let (pixels, repeats) = match code {
                0..=127 => (1, usize::from(code) + 1),
                128 => (0, 1),
                129..=255 => (257 - usize::from(code), 1),
            };
            let length = pixels * self.layout.pixel_bytes;
            let Some(coded) = rest.get(1..=length) else { return Ok(None) };
            if self.layout.row_bytes < self.row.len() + length * repeats {
                return Err(DocumentError::Malformed);
            }
            if code == 128 {
                let paper = if self.layout.is_inverted { 0 } else { 0xff };
                self.row.resize(self.layout.row_bytes, paper);
            }
            for _ in 0..repeats {
                self.row.extend_from_slice(coded);
            }
            *rest = rest.get(1 + length..).unwrap_or_default();
        }
        self.times = None;
        self.left = self.left.saturating_sub(times);
        Ok(Some(times))
    }
}

/// Of a page's header of PWG 5102.4 §4.3, all big-endian: dots per inch across 276 and along 280, width 372, height 376, bits
/// of a colour 384 and of a pixel 388, bytes of a row 392, order of colours 396, their space 400.
fn pwg(header: &[u8]) -> Result<Layout, DocumentError> {
    let number = |at: usize| u32_at(header, at).ok_or(DocumentError::Malformed);
    let (bits, pixel_bits) = (number(384)?, number(388)?);
    // Colours of a pixel stand beside each other.
    if !header.starts_with(b"PwgRaster\0") || number(396)? != 0 {
        return Err(DocumentError::Malformed);
    }
    let (colours, is_inverted) = match (number(400)?, bits, pixel_bits) {
        (0 | 18, 1, 1) | (0 | 18, 8, 8) => (Colours::Gray, false),
        (3, 1, 1) | (3, 8, 8) => (Colours::Gray, true),
        (1 | 19, 8, 24) => (Colours::Rgb, false),
        _ => return Err(DocumentError::Format),
    };
    let layout =
        layout((number(372)?, number(376)?), (number(276)?, number(280)?), colours, bits, is_inverted)?;
    if usize::try_from(number(392)?) != Ok(layout.row_bytes) {
        return Err(DocumentError::Malformed);
    }
    Ok(layout)
}

/// Of a page's header, as CUPS reads it (`cups/raster-stream.c` of 2.4, `cups_raster_read_header`): bits of a pixel 1, their space 1,
/// sides 1, quality 1, 8 of no use here, width 4, height 4, dots per inch 4, 8 of no use.
fn urf(header: &[u8]) -> Result<Layout, DocumentError> {
    let number = |at: usize| u32_at(header, at).ok_or(DocumentError::Malformed);
    let colours = match (header.first(), header.get(1)) {
        (Some(8), Some(0 | 4)) => Colours::Gray,
        (Some(24), Some(1 | 5)) => Colours::Rgb,
        _ => return Err(DocumentError::Format),
    };
    layout((number(12)?, number(16)?), (number(20)?, number(20)?), colours, 8, false)
}

fn layout(
    (width_px, height_px): (u32, u32),
    dpi: (u32, u32),
    colours: Colours,
    bits: u32,
    is_inverted: bool,
) -> Result<Layout, DocumentError> {
    let sides = [width_px, height_px];
    if sides.contains(&0) || !DPI.contains(&dpi.0) || !DPI.contains(&dpi.1) {
        return Err(DocumentError::Malformed);
    }
    if sides.iter().any(|side| SIDE_PX < *side) || PAGE_PX < u64::from(width_px) * u64::from(height_px) {
        return Err(DocumentError::TooLarge);
    }
    let of_pixel = if colours == Colours::Rgb { 3 } else { 1 };
    let row_bits = u64::from(width_px) * u64::from(bits) * of_pixel;
    let row_bytes = usize::try_from(row_bits.div_ceil(8)).map_err(|_| DocumentError::TooLarge)?;
    let pixel_bytes = if colours == Colours::Rgb { 3 } else { 1 };
    Ok(Layout { width_px, height_px, dpi, colours, bits, is_inverted, row_bytes, pixel_bytes })
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(taken)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|bytes| u32::from_be_bytes(*bytes))
}
