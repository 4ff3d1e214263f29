//! What the caller asks of a connection, and what it tells.

use bytes::Bytes;

use crate::Channel;

/// What the caller asks of the connection.
#[derive(Debug)]
pub enum Command {
    /// A candidate of the other end, as in RFC 8839 §5.1 without "a="; empty: no more.
    Candidate(String),
    /// A new offer on the same connection (ICE restart after a change of network). Answered by [`Event::Answer`]; an
    /// offer with another certificate ends the connection.
    Offer(String),
    /// A message of 1 byte to 16 KiB; another is skipped.
    Send(Channel, Bytes),
    /// A picture of the video track, one AV1 temporal unit. One that has no room is dropped, and so are all that follow
    /// until the next key picture; [`Event::VideoKeyWanted`] then asks for it.
    Video {
        /// In which of the agreed profiles it is: 4:4:4, or 4:2:0.
        full_chroma: bool,
        /// Its time on the wire, exactly as it is here.
        rtp_time: u32,
        /// Whether it can be shown without any other.
        key: bool,
        /// The temporal unit.
        bytes: Bytes,
    },
    /// How much video there could be: the connection finds out whether the way carries it. 0 lets the way rest.
    VideoDemand {
        /// The rate that would be used if the way carried it.
        bits_per_s: u32,
    },
    /// Whether the voice is open: closed, as it begins, nothing that is said leaves, and nothing that comes is told.
    VoiceOpen(bool),
    /// A packet of the voice, of Opus, 20 ms at most of what was said.
    Voice {
        /// Of its first sample, in samples at 48 kHz.
        time: u64,
        /// The packet.
        bytes: Bytes,
    },
    /// Says goodbye and ends.
    Close,
}

/// What the connection tells.
#[derive(Debug, PartialEq, Eq)]
pub enum Event {
    /// The answer to [`Command::Offer`].
    Answer(String),
    /// A candidate of ours; empty: no more.
    Candidate(String),
    /// Connected, or connected again.
    Connected {
        /// Whether a relay passes the media on.
        relayed: bool,
    },
    /// The console's channel is there.
    Open(Channel),
    /// A message of at most 16 KiB. Longer ones are skipped, and one over 256 KiB ends the connection.
    Message(Channel, Bytes),
    /// So many more bytes may be sent on the screen channel: [`SCREEN_UNSENT_BYTES`] when it opens, then what the other
    /// end acknowledged.
    Room {
        /// More bytes than before.
        bytes: usize,
    },
    /// The other end takes video, and the connection is up.
    VideoReady {
        /// Whether it takes 4:4:4; 4:2:0 otherwise.
        full_chroma: bool,
    },
    /// The next picture has to be one that can be shown without any other.
    VideoKeyWanted,
    /// A packet of the console's voice, while it is open: a stranger's bytes.
    Voice {
        /// Of its first sample, in samples at 48 kHz.
        time: u64,
        /// The packet.
        bytes: Bytes,
    },
    /// The console talks although the voice is closed; once a second at most.
    VoiceUninvited,
    /// What the way carries, all together; told while there is a demand for video, when it has changed by a tenth.
    Bandwidth {
        /// Bits each second.
        bits_per_s: u32,
    },
    /// Nothing gets through just now; it may come back.
    Disconnected,
    /// The connection is over, by itself.
    Failed(FailReason),
    /// The connection is over: [`Command::Close`], or the other end closed it.
    Closed,
}

/// Why a connection failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailReason {
    /// No way to the other end was found in time.
    NoPath,
    /// The way was lost and did not come back.
    Lost,
    /// The other end broke the protocol, or proved to be someone else.
    Protocol,
    /// The other end does not read what it is sent.
    NotReading,
}
