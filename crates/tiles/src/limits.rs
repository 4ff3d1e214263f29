//! Every bound of the codec, in one place. The decoder obeys them against a hostile sender, the encoder keeps
//! within them, so that neither memory nor time grows with what arrives.

/// Longest side of a picture, pixels.
pub const MAX_SIDE_PX: u16 = 16_384;
/// Largest picture, pixels: 16,384 × 4,096, which is 256 MiB in the decoder.
pub const MAX_PICTURE_PX: usize = 1 << 26;
/// Longest packet, header included, bytes: what one message of a data channel may hold.
pub const MAX_PACKET_BYTES: usize = 16 * 1024;
/// Most packets of one update.
pub const MAX_PACKETS: u16 = 256;
/// Longest decompressed body of an update, bytes.
pub const MAX_BODY_BYTES: usize = 2 * 1024 * 1024;
/// Longest update as sent, bytes: what [`MAX_PACKETS`] hold, cut to what a body can become.
pub const MAX_UPDATE_BYTES: usize = MAX_BODY_BYTES + 64 * 1024;
/// Most rectangles in one update.
pub const MAX_OPERATIONS: usize = 32_768;
/// Most pixels that all rectangles of one update may write, as a multiple of the picture: a sender has no reason
/// to paint a pixel more often, and a hostile one is not given the time.
pub const MAX_OVERDRAW: usize = 4;
/// And beyond the picture itself, pixels: the time that one update takes has an end also where the picture is huge.
pub const MAX_OVERDRAW_PX: usize = 1 << 26;
/// Most areas of motion open at a time.
pub const MAX_AREAS: usize = 8;
/// Most rectangles that are drawn one by one after a packet; above it one around all is drawn, because each call of a
/// canvas costs more than a few equal pixels.
pub const MAX_SEPARATE_RECTS: usize = 24;
/// What a packet costs beyond its pixels, as so many of them.
pub const PACKET_WORK_PX: u64 = 4_096;
/// What an operation costs beyond its pixels, as so many of them.
pub const OPERATION_WORK_PX: usize = 32;
/// Most single-packet updates that the decoder keeps for later, when a repeated one overtakes the one before.
pub const MAX_WAITING: usize = 32;
/// Work, in pixels, after which one packet draws no further update that waited for it: without an end, one small packet
/// would keep a page busy for seconds. The sixteen updates that a sender keeps for repeating fit into it at 3840 × 2160.
pub const MAX_CALL_WORK_PX: u64 = 1 << 28;
/// An update that is not longer than this, header included, travels whole in one datagram and is worth repeating
/// on the unordered channel.
pub const MAX_REPEAT_BYTES: usize = 1_100;
/// Most colours of a palette rectangle.
pub const MAX_COLOURS: usize = 32;
/// Side of the grid on which changes are looked for, pixels.
pub const GRID_PX: usize = 64;
/// Longest body that the encoder makes, bytes, so that one rectangle more stays below [`MAX_BODY_BYTES`].
pub const BODY_BUDGET_BYTES: usize = 1024 * 1024;
/// Shortest body budget, bytes: below it an update would hold little but its header.
pub const MIN_BODY_BUDGET_BYTES: usize = 24 * 1024;
/// Window of the zstd stream, as a power of two: what the decoder must keep, and no more.
pub const WINDOW_LOG: u32 = 23;
/// Level of the zstd stream.
pub const LEVEL: i32 = 1;
/// Widest and highest pointer shape, pixels.
pub const MAX_POINTER_PX: u16 = 96;
