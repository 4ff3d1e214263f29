//! Statuses of answers (RFC 8011 §B.1), as far as this printer gives them or its asker hears them.

/// Done.
pub const OK: u16 = 0x0000;
/// Done, without some of what was asked for.
pub const OK_IGNORED: u16 = 0x0001;
/// The highest of those that say "done".
pub const LAST_OK: u16 = 0x00ff;
/// No request.
pub const BAD_REQUEST: u16 = 0x0400;
/// Whoever asks must say who they are.
pub const FORBIDDEN: u16 = 0x0401;
/// Say who you are.
pub const NOT_AUTHENTICATED: u16 = 0x0402;
/// You may not.
pub const NOT_AUTHORIZED: u16 = 0x0403;
/// Not in this state.
pub const NOT_POSSIBLE: u16 = 0x0404;
/// There is no such thing.
pub const NOT_FOUND: u16 = 0x0406;
/// Too large.
pub const TOO_LARGE: u16 = 0x0408;
/// A format that is not taken.
pub const FORMAT: u16 = 0x040a;
/// Attributes that are not taken, and were insisted on.
pub const ATTRIBUTES: u16 = 0x040b;
/// A charset that is not spoken.
pub const CHARSET: u16 = 0x040d;
/// A compression that is not taken.
pub const COMPRESSION: u16 = 0x040f;
/// The document is none of its format.
pub const DOCUMENT: u16 = 0x0411;
/// An operation that is not done.
pub const OPERATION: u16 = 0x0501;
/// A version that is not spoken.
pub const VERSION: u16 = 0x0503;
/// Come again.
pub const BUSY: u16 = 0x0507;
/// Not now.
pub const NOT_ACCEPTING: u16 = 0x0506;
/// The job was cancelled meanwhile.
pub const JOB_CANCELED: u16 = 0x0508;
/// One document a job.
pub const ONE_DOCUMENT: u16 = 0x0509;
