//! An input as steps: each a kind (1 byte), a length (2 bytes, big-endian) and that many bytes, or what is left.

/// Steps of one input.
const MOST_STEPS: usize = 64;

/// One thing that happens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step<'a> {
    pub(crate) kind: u8,
    pub(crate) bytes: &'a [u8],
}

impl Step<'_> {
    /// The byte at a place; 0 behind the end.
    pub(crate) fn byte(self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or_default()
    }

    /// At most `most` characters of it as text.
    pub(crate) fn text(self, most: usize) -> String {
        String::from_utf8_lossy(self.bytes).chars().take(most).collect()
    }
}

/// The steps of an input.
pub(crate) fn steps(mut rest: &[u8]) -> impl Iterator<Item = Step<'_>> {
    std::iter::from_fn(move || {
        let ([kind, high, low], tail) = rest.split_first_chunk::<3>()?;
        let length = usize::from(u16::from_be_bytes([*high, *low])).min(tail.len());
        let (bytes, later) = tail.split_at_checked(length)?;
        rest = later;
        Some(Step { kind: *kind, bytes })
    })
    .take(MOST_STEPS)
}
