//! Documents, as they come and as PDF. A PDF is passed on as it is; pictures of pages (PWG 5102.4, Apple's raster, JPEG)
//! become one, row by row: what is kept in memory is a row, what a header has, and a few bytes of each page.

mod jpeg;
mod page_count;
mod pdf;
mod raster;
#[cfg(test)]
mod tests;

use self::{jpeg::Jpeg, page_count::PageCount, raster::Raster};

/// What its first bytes must say what a document is.
const SENSED_BYTES: usize = 8;
/// A PDF says so within its first bytes (ISO 32000-1, annex H.3.4.1).
const PDF_MARK_WITHIN: usize = 1_024;
const PDF_MARK: &[u8] = b"%PDF-";

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Portable Document Format.
    Pdf,
    /// PWG Raster (PWG 5102.4).
    Pwg,
    /// Apple Raster.
    Urf,
    /// One picture.
    Jpeg,
}

impl Format {
    /// All of them, the best first.
    pub const ALL: [Self; 4] = [Self::Pdf, Self::Pwg, Self::Urf, Self::Jpeg];

    /// As documents are called in requests.
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Pwg => "image/pwg-raster",
            Self::Urf => "image/urf",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// The format that is called so.
    #[must_use]
    pub fn of_mime(mime: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.mime().eq_ignore_ascii_case(mime.trim()))
    }

    fn of_first(bytes: &[u8]) -> Option<Self> {
        let begins = |mark: &[u8]| bytes.starts_with(mark);
        match () {
            () if begins(PDF_MARK) => Some(Self::Pdf),
            () if begins(raster::PWG_MARK) => Some(Self::Pwg),
            () if begins(raster::URF_MARK) => Some(Self::Urf),
            () if begins(jpeg::MARK) => Some(Self::Jpeg),
            () => None,
        }
    }
}

/// Pages from one to another, both included, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRange {
    from: u32,
    to: u32,
}

impl PageRange {
    /// `None`: it ends before it begins, or begins before the first page.
    #[must_use]
    pub fn new(from: u32, to: u32) -> Option<Self> {
        (1 <= from && from <= to).then_some(Self { from, to })
    }
}

/// Why a document is none.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum DocumentError {
    /// It is not what it was said to be, or ends in the middle.
    #[error("document is malformed")]
    Malformed,
    /// It is nothing that is taken.
    #[error("document is of no known format")]
    Format,
    /// A page is larger than any paper, or there are too many.
    #[error("document has too much in it")]
    TooLarge,
}

/// A document that is whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finished {
    /// 0: not known, of a PDF that does not show it.
    pub pages: u32,
}

/// Makes a document a PDF.
pub struct ToPdf {
    reader: Reader,
    wishes: Option<Wishes>,
}

/// What is asked of pictures of pages.
#[derive(Clone, Debug)]
pub(crate) struct Wishes {
    pages: Vec<PageRange>,
    paper: (u32, u32),
    most_pages: u32,
}

impl Wishes {
    fn has(&self, page: u32) -> bool {
        self.pages.is_empty() || self.pages.iter().any(|range| (range.from..=range.to).contains(&page))
    }
}

enum Reader {
    /// Its first bytes are to say what it is.
    Sensing(Vec<u8>),
    Pdf {
        head: Vec<u8>,
        is_one: bool,
        count: PageCount,
    },
    Raster(Box<Raster>),
    Jpeg(Jpeg),
}

impl ToPdf {
    /// `format`: none, as the document says itself. `pages`: of pictures of pages; empty: all. `paper`: that a picture goes
    /// on, in hundredths of a millimetre. `most_pages`: more pictures of pages are too large.
    #[must_use]
    pub fn new(format: Option<Format>, pages: Vec<PageRange>, paper: (u32, u32), most_pages: u32) -> Self {
        let wishes = Wishes { pages, paper, most_pages };
        match format {
            Some(format) => Self { reader: Reader::of(format, wishes), wishes: None },
            None => Self { reader: Reader::Sensing(Vec::new()), wishes: Some(wishes) },
        }
    }

    /// Takes the next bytes; what there is of the PDF is put to the end of `out`.
    ///
    /// Errors: [`DocumentError`]; it takes nothing more then.
    pub fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), DocumentError> {
        let Reader::Sensing(head) = &mut self.reader else { return self.reader.push(bytes, out) };
        head.extend_from_slice(bytes);
        if head.len() < SENSED_BYTES { Ok(()) } else { self.sensed(out) }
    }

    /// The document ends here.
    ///
    /// Errors: [`DocumentError`].
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<Finished, DocumentError> {
        if matches!(self.reader, Reader::Sensing(_)) {
            self.sensed(out)?;
        }
        match self.reader {
            Reader::Sensing(_) => Err(DocumentError::Format),
            Reader::Pdf { is_one: false, .. } => Err(DocumentError::Malformed),
            Reader::Pdf { count, .. } => Ok(Finished { pages: count.finish() }),
            Reader::Raster(raster) => Ok(Finished { pages: raster.finish(out)? }),
            Reader::Jpeg(jpeg) => Ok(Finished { pages: jpeg.finish(out)? }),
        }
    }

    fn sensed(&mut self, out: &mut Vec<u8>) -> Result<(), DocumentError> {
        let Reader::Sensing(head) = &mut self.reader else { return Ok(()) };
        let head = std::mem::take(head);
        let format = Format::of_first(&head).ok_or(DocumentError::Format)?;
        let wishes = self.wishes.take().ok_or(DocumentError::Format)?;
        self.reader = Reader::of(format, wishes);
        self.reader.push(&head, out)
    }
}

impl Reader {
    fn of(format: Format, wishes: Wishes) -> Self {
        match format {
            Format::Pdf => Self::Pdf { head: Vec::new(), is_one: false, count: PageCount::default() },
            Format::Pwg => Self::Raster(Box::new(Raster::pwg(wishes))),
            Format::Urf => Self::Raster(Box::new(Raster::urf(wishes))),
            Format::Jpeg => Self::Jpeg(Jpeg::new(wishes)),
        }
    }

    fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), DocumentError> {
        match self {
            Self::Sensing(_) => Err(DocumentError::Format),
            Self::Pdf { head, is_one, count } => {
                if !*is_one {
                    let room = PDF_MARK_WITHIN.saturating_sub(head.len()).min(bytes.len());
                    head.extend_from_slice(bytes.get(..room).unwrap_or_default());
                    *is_one = memchr::memmem::find(head, PDF_MARK).is_some();
                    if !*is_one && PDF_MARK_WITHIN <= head.len() {
                        return Err(DocumentError::Malformed);
                    }
                }
                count.push(bytes);
                out.extend_from_slice(bytes);
                Ok(())
            }
            Self::Raster(raster) => raster.push(bytes, out),
            Self::Jpeg(jpeg) => jpeg.push(bytes, out),
        }
    }
}
