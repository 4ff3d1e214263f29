//! How many pages a PDF has, as far as it shows that while it passes: its page objects, also those in compressed object streams
//! (ISO 32000-1 §7.5.7). A hint for a person; nothing depends on it.

use flate2::{Decompress, FlushDecompress, Status};
use memchr::memmem;

/// What is inflated of one document; a few megabytes hold the objects of ten thousand pages.
const INFLATED_BYTES: u64 = 64 * 1024 * 1024;
/// What a token needs after it: blanks, and a name.
const AHEAD: usize = 64;
const BLOCK: usize = 16 * 1024;

/// The counter.
pub(super) struct PageCount {
    pages: u32,
    kept: Vec<u8>,
    place: Place,
    inflated: u64,
    /// The stream that comes holds objects.
    holds_objects: bool,
}

enum Place {
    Objects,
    /// In a stream that holds no objects, until "endstream".
    Stream,
    /// In one that does.
    Packed {
        inflate: Box<Decompress>,
        text: Scan,
    },
}

/// What was inflated and is not yet looked at.
#[derive(Default)]
struct Scan {
    kept: Vec<u8>,
    pages: u32,
}

impl Default for PageCount {
    fn default() -> Self {
        Self { pages: 0, kept: Vec::new(), place: Place::Objects, inflated: 0, holds_objects: false }
    }
}

impl PageCount {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        let mut input = std::mem::take(&mut self.kept);
        input.extend_from_slice(bytes);
        let mut rest = input.as_slice();
        while self.step(&mut rest, false) {}
        self.kept = rest.to_vec();
    }

    pub(super) fn finish(mut self) -> u32 {
        let input = std::mem::take(&mut self.kept);
        let mut rest = input.as_slice();
        while self.step(&mut rest, true) {}
        if let Place::Packed { text, .. } = &mut self.place {
            text.scan(&[], true);
            self.pages = self.pages.saturating_add(text.pages);
        }
        self.pages
    }

    /// Goes on by one token or stream. `false`: it needs more bytes.
    fn step(&mut self, rest: &mut &[u8], is_last: bool) -> bool {
        match &mut self.place {
            Place::Objects => self.objects(rest, is_last),
            Place::Stream => match memmem::find(rest, b"endstream") {
                Some(at) => {
                    *rest = rest.get(at + 9..).unwrap_or_default();
                    self.place = Place::Objects;
                    true
                }
                None => {
                    *rest = rest.get(rest.len().saturating_sub(8)..).unwrap_or_default();
                    false
                }
            },
            Place::Packed { inflate, text } => {
                if rest.is_empty() {
                    return false;
                }
                let mut block = [0; BLOCK];
                let (before_in, before_out) = (inflate.total_in(), inflate.total_out());
                let done = inflate.decompress(rest, &mut block, FlushDecompress::None);
                let read = usize::try_from(inflate.total_in() - before_in).unwrap_or(usize::MAX);
                let written = inflate.total_out() - before_out;
                *rest = rest.get(read..).unwrap_or_default();
                let inflated = usize::try_from(written).unwrap_or(0);
                text.scan(block.get(..inflated).unwrap_or_default(), false);
                self.inflated = self.inflated.saturating_add(written);
                let goes_on = matches!(done, Ok(Status::Ok)) && self.inflated < INFLATED_BYTES;
                if !goes_on || (read == 0 && written == 0) {
                    text.scan(&[], true);
                    self.pages = self.pages.saturating_add(text.pages);
                    self.place = Place::Stream;
                }
                true
            }
        }
    }

    fn objects(&mut self, rest: &mut &[u8], is_last: bool) -> bool {
        let kind = memmem::find(rest, b"/Type");
        let stream = memmem::find(rest, b"stream");
        let Some(at) = [kind, stream].into_iter().flatten().min() else {
            *rest = rest.get(rest.len().saturating_sub(5)..).unwrap_or_default();
            return false;
        };
        *rest = rest.get(at..).unwrap_or_default();
        if rest.len() < AHEAD && !is_last {
            return false;
        }
        if stream == Some(at) {
            let line_end = rest.get(6..8).unwrap_or_default();
            let skipped = if line_end.starts_with(b"\r\n") { 8 } else { 7 };
            *rest = rest.get(skipped..).unwrap_or_default();
            let holds_objects = std::mem::take(&mut self.holds_objects);
            self.place = if holds_objects && self.inflated < INFLATED_BYTES {
                Place::Packed { inflate: Box::new(Decompress::new(true)), text: Scan::default() }
            } else {
                Place::Stream
            };
            return true;
        }
        match name_after(rest) {
            b"Page" => self.pages = self.pages.saturating_add(1),
            b"ObjStm" => self.holds_objects = true,
            _ => {}
        }
        *rest = rest.get(5..).unwrap_or_default();
        true
    }
}

impl Scan {
    fn scan(&mut self, bytes: &[u8], is_last: bool) {
        let mut input = std::mem::take(&mut self.kept);
        input.extend_from_slice(bytes);
        let mut rest = input.as_slice();
        while let Some(at) = memmem::find(rest, b"/Type") {
            rest = rest.get(at..).unwrap_or_default();
            if rest.len() < AHEAD && !is_last {
                self.kept = rest.to_vec();
                return;
            }
            self.pages = self.pages.saturating_add(u32::from(name_after(rest) == b"Page"));
            rest = rest.get(5..).unwrap_or_default();
        }
        self.kept = rest.get(rest.len().saturating_sub(4)..).unwrap_or_default().to_vec();
    }
}

/// The name after "/Type".
fn name_after(at_type: &[u8]) -> &[u8] {
    let rest = at_type.get(5..).unwrap_or_default().trim_ascii_start();
    let Some(name) = rest.strip_prefix(b"/") else { return &[] };
    let end = name.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(name.len());
    name.get(..end).unwrap_or_default()
}
