//! One picture on one page: a PDF holds it as it is (ISO 32000-1 §7.4.8), once its header has said how large it is.

use super::{
    DocumentError, Wishes,
    pdf::{Colours, Pdf, Picture},
};

pub(super) const MARK: &[u8] = &[0xff, 0xd8, 0xff];
/// What stands before the frame header: colour profiles and small pictures among it.
const HEADER_BYTES: usize = 4 * 1024 * 1024;

/// The reader.
pub(super) struct Jpeg {
    wishes: Wishes,
    /// What came before the frame header; none: the page is begun.
    head: Option<Vec<u8>>,
    /// Where in `head` the next marker stands.
    at: usize,
    /// Adobe's marker, which turns inks around.
    is_adobe: bool,
    pdf: Pdf,
}

impl Jpeg {
    pub(super) fn new(wishes: Wishes) -> Self {
        Self { wishes, head: Some(Vec::new()), at: 0, is_adobe: false, pdf: Pdf::default() }
    }

    pub(super) fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), DocumentError> {
        let Some(head) = &mut self.head else {
            self.pdf.put(bytes, out);
            return Ok(());
        };
        head.extend_from_slice(bytes);
        let Some(frame) = self.frame()? else {
            let is_long = self.head.as_ref().is_some_and(|head| HEADER_BYTES < head.len());
            return if is_long { Err(DocumentError::Malformed) } else { Ok(()) };
        };
        self.pdf.begin(&self.on_paper(frame), out);
        let head = self.head.take().unwrap_or_default();
        self.pdf.put(&head, out);
        Ok(())
    }

    pub(super) fn finish(mut self, out: &mut Vec<u8>) -> Result<u32, DocumentError> {
        if self.head.is_some() {
            return Err(DocumentError::Malformed);
        }
        self.pdf.end(out);
        self.pdf.finish(out);
        Ok(1)
    }

    /// Width, height and number of colours, as soon as they are there. Marker 2, length 2 with itself, then what it holds; of a
    /// frame: bits 1, height 2, width 2, colours 1 (ITU-T T.81 §B.2.2).
    fn frame(&mut self) -> Result<Option<(u32, u32, u8)>, DocumentError> {
        let head = self.head.as_deref().unwrap_or_default();
        if self.at == 0 {
            if head.len() < MARK.len() {
                return Ok(None);
            }
            if !head.starts_with(MARK) {
                return Err(DocumentError::Malformed);
            }
            self.at = 2;
        }
        while let Some([lead, marker, high, low]) =
            head.get(self.at..).and_then(|rest| rest.first_chunk::<4>())
        {
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            match (*lead, *marker) {
                // Filling.
                (0xff, 0xff) => self.at += 1,
                (0xff, 0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf) => {
                    let Some(frame) = head.get(self.at + 4..).and_then(|rest| rest.first_chunk::<6>()) else {
                        return Ok(None);
                    };
                    let [bits, h1, h2, w1, w2, colours] = *frame;
                    let side = |high, low| u32::from(u16::from_be_bytes([high, low]));
                    let (width, height) = (side(w1, w2), side(h1, h2));
                    return match bits {
                        8 if 0 < width && 0 < height && matches!(colours, 1 | 3 | 4) => {
                            Ok(Some((width, height, colours)))
                        }
                        _ => Err(DocumentError::Format),
                    };
                }
                // The picture without a frame, or its end.
                (0xff, 0xda | 0xd9) => return Err(DocumentError::Malformed),
                (0xff, 0xee) => {
                    let Some(name) = head.get(self.at + 4..self.at + 9) else { return Ok(None) };
                    self.is_adobe |= name == b"Adobe";
                    self.at += 2 + length.max(2);
                }
                (0xff, _) => self.at += 2 + length.max(2),
                _ => return Err(DocumentError::Malformed),
            }
        }
        Ok(None)
    }

    /// As large as it fits on the paper, which lies as the picture does, and in its middle.
    fn on_paper(&self, (width_px, height_px, colours): (u32, u32, u8)) -> Picture {
        let hundredths = |of_mm: u32| u64::from(of_mm) * 7_200 / 2_540;
        let (a, b) = (hundredths(self.wishes.paper.0), hundredths(self.wishes.paper.1));
        let (short, long) = (a.min(b), a.max(b));
        let page = if height_px < width_px { (long, short) } else { (short, long) };
        let (w, h) = (u64::from(width_px), u64::from(height_px));
        // By its width, if it is not too high then.
        let by_width = (page.0, page.0 * h / w);
        let (width, height) = if by_width.1 <= page.1 { by_width } else { (page.1 * w / h, page.1) };
        let place = ((page.0 - width.min(page.0)) / 2, (page.1 - height.min(page.1)) / 2, width, height);
        let colours = match colours {
            1 => Colours::Gray,
            3 => Colours::Rgb,
            _ => Colours::Cmyk,
        };
        let is_inverted = self.is_adobe && colours == Colours::Cmyk;
        Picture { width_px, height_px, colours, bits: 8, is_inverted, filter: "DCTDecode", page, place }
    }
}
