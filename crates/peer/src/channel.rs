//! The data channels.

/// A data channel, by its label (peer.proto), in falling urgency: all of a connection share one congestion window and
/// one queue, so the order is decided before anything is written to it (design, The session, 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    /// Reliable, ordered messages.
    Control,
    /// Unordered, not repeated: pointer moves, repeats of keys and buttons.
    Pointer,
    /// Reliable, ordered picture packets.
    Screen,
    /// Unordered, not repeated: the last small picture packet again.
    Repeat,
    /// Reliable, ordered: files. The only one of its connection (files.proto).
    Files,
    /// Reliable, ordered: pictures of the operator's screen (F-09). Only the console sends on it.
    OperatorScreen,
}

impl Channel {
    pub(crate) const ALL: [Self; 6] =
        [Self::Control, Self::Pointer, Self::Screen, Self::Repeat, Self::Files, Self::OperatorScreen];

    /// The label under which the console opens it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Control => "control",
            Self::Pointer => "pointer",
            Self::Screen => "screen",
            Self::Repeat => "repeat",
            Self::Files => "files",
            Self::OperatorScreen => "operator-screen",
        }
    }

    /// Whether what is sent arrives, and in order.
    pub(crate) fn is_reliable(self) -> bool {
        matches!(self, Self::Control | Self::Screen | Self::Files | Self::OperatorScreen)
    }

    pub(crate) fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.label() == label)
    }

    pub(crate) fn index(self) -> usize {
        match self {
            Self::Control => 0,
            Self::Pointer => 1,
            Self::Screen => 2,
            Self::Repeat => 3,
            Self::Files => 4,
            Self::OperatorScreen => 5,
        }
    }
}
