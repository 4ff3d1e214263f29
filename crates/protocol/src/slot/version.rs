//! The version that the customer app says of itself in its own bytes, so that whoever offers the file need not run it.
//!
//! | offset | bytes | what |
//! |---|---|---|
//! | 0 | 16 | magic `BESIDE-VERS-V1` and two line feeds |
//! | 16 | 1 | length of the version |
//! | 17 | length | version, printable ASCII |
//! | … | | zeros |
//! | 48 | 16 | trailer `1V-SREV-EDISEB` and two line feeds |

use crate::limits;
use memchr::memmem;

const MAGIC: [u8; 16] = *b"BESIDE-VERS-V1\n\n";
const TRAILER: [u8; 16] = *b"1V-SREV-EDISEB\n\n";
/// Where the version begins.
const HEAD_BYTES: usize = 17;
/// Longest version.
const LONGEST: usize = limits::VERSION_MARK_BYTES - HEAD_BYTES - TRAILER.len();

/// The mark of a version, as the customer app is built with. One that is too long does not build.
#[must_use]
#[expect(clippy::indexing_slicing, reason = "evaluated at compile time, where a wrong index does not build")]
#[expect(clippy::cast_possible_truncation, reason = "at most LONGEST")]
pub const fn version_mark(version: &str) -> [u8; limits::VERSION_MARK_BYTES] {
    let version = version.as_bytes();
    assert!(version.len() <= LONGEST, "the version is too long");
    let mut mark = [0; limits::VERSION_MARK_BYTES];
    let mut at = 0;
    while at < MAGIC.len() {
        mark[at] = MAGIC[at];
        mark[limits::VERSION_MARK_BYTES - TRAILER.len() + at] = TRAILER[at];
        at += 1;
    }
    mark[HEAD_BYTES - 1] = version.len() as u8;
    at = 0;
    while at < version.len() {
        mark[HEAD_BYTES + at] = version[at];
        at += 1;
    }
    mark
}

/// The version that a program says of itself; `None` where it says none, or several.
#[must_use]
pub fn version_in(program: &[u8]) -> Option<&str> {
    // As with the slot, the magic alone may be a constant of code that looks for it.
    let mut found = memmem::find_iter(program, &MAGIC).filter_map(|at| read(program.get(at..)?));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

fn read(bytes: &[u8]) -> Option<&str> {
    let mark = bytes.get(..limits::VERSION_MARK_BYTES)?.strip_suffix(&TRAILER)?;
    let (length, rest) = mark.get(MAGIC.len()..)?.split_first()?;
    let version = rest.get(..usize::from(*length))?;
    let is_printable = !version.is_empty() && version.iter().all(u8::is_ascii_graphic);
    std::str::from_utf8(version).ok().filter(|_| is_printable)
}
