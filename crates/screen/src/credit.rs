//! Turns a data channel's buffered amount into room for the share.

use crate::ShareCommand;

/// Counts for the ordered picture channel: what went in, what is still buffered, so what has drained since.
///
/// Use: [`Credit::opening`] once, [`Credit::sent`] for each packet given to the channel, [`Credit::buffered`]
/// whenever the channel's buffered amount is known anew. What the share may have under way is then never more than
/// the limit, counting the packets between it and the channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credit {
    limit_bytes: usize,
    under_way_bytes: usize,
}

impl Credit {
    /// Unsent picture bytes that keep a lossy or thin link responsive (design, Picture).
    pub const LIMIT_BYTES: usize = 64 * 1024;

    /// For a channel that has just opened.
    pub fn new() -> Self {
        Self { limit_bytes: Self::LIMIT_BYTES, under_way_bytes: 0 }
    }

    /// The first command: all of the room.
    pub fn opening(&self) -> ShareCommand {
        ShareCommand::Room { bytes: self.limit_bytes }
    }

    /// A packet of the ordered channel was handed to the peer.
    pub fn sent(&mut self, bytes: usize) {
        self.under_way_bytes += bytes;
    }

    /// The channel buffers this much now; the command to send, if room came back.
    pub fn buffered(&mut self, buffered_bytes: usize) -> Option<ShareCommand> {
        let drained = self.under_way_bytes.saturating_sub(buffered_bytes);
        self.under_way_bytes -= drained;
        (drained != 0).then_some(ShareCommand::Room { bytes: drained })
    }
}

impl Default for Credit {
    fn default() -> Self {
        Self::new()
    }
}
