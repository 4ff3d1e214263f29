//! Which options there are, and how a new department starts.

/// An option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OptionKey {
    /// F-05 문자 채팅.
    TextChat,
    /// S-02 접속전 고객동의.
    ConsentBeforeConnect,
    /// S-06 접속시 자동제어모드.
    AutoControl,
    /// S-07 상담원 제어 불가.
    ViewOnly,
}

impl OptionKey {
    /// All of them, in the order of the tables.
    pub(super) const ALL: [Self; 4] =
        [Self::TextChat, Self::ConsentBeforeConnect, Self::AutoControl, Self::ViewOnly];

    /// As it is kept and sent.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::TextChat => "text_chat",
            Self::ConsentBeforeConnect => "consent_before_connect",
            Self::AutoControl => "auto_control",
            Self::ViewOnly => "view_only",
        }
    }

    /// Of a new department.
    pub(super) const fn default(self) -> bool {
        match self {
            Self::TextChat | Self::ConsentBeforeConnect | Self::AutoControl => true,
            Self::ViewOnly => false,
        }
    }

    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }
}
