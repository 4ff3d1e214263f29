//! Which pictures may be a logo: those that browsers draw and that run nothing.

/// Largest logo, in bytes.
pub(super) const MOST_BYTES: usize = 256 * 1024;

/// How a format begins, from which byte on, and its media type.
const FORMATS: [(&[u8], usize, &str); 3] = [
    // PNG (RFC 2083 §3.1), JPEG (T.81 §B.1.1.3), WebP in RIFF (RFC 9649 §2.4).
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"WEBP", 8, "image/webp"),
];

/// The media type of a picture by its first bytes; `None`: it is none that we serve.
pub(super) fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    let begins =
        |(magic, at, _): &&(&[u8], usize, &str)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(magic));
    FORMATS.iter().find(begins).map(|(.., kind)| *kind)
}
