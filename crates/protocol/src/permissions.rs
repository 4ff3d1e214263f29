//! What may be done, as a value that is only ever cut.

use crate::wire;

/// Permissions of a session (Y-1). The default forbids everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Permissions {
    /// The screen may be shown.
    pub view: bool,
    /// Mouse and keyboard may be applied (S-07 inverted).
    pub control: bool,
    /// Text chat (F-05).
    pub chat: bool,
    /// Control is on at once after consent (S-06); counts only with `control`.
    pub control_at_start: bool,
}

impl Permissions {
    /// What both allow.
    #[must_use]
    pub fn intersect(self, other: Self) -> Self {
        Self {
            view: self.view && other.view,
            control: self.control && other.control,
            chat: self.chat && other.chat,
            control_at_start: self.control_at_start && other.control_at_start,
        }
    }

    /// Whether nothing here is outside `limit`.
    #[must_use]
    pub fn within(self, limit: Self) -> bool {
        self.intersect(limit) == self
    }
}

impl From<&wire::Permissions> for Permissions {
    fn from(wire: &wire::Permissions) -> Self {
        Self {
            view: wire.may_view,
            control: wire.may_control,
            chat: wire.may_chat,
            control_at_start: wire.control_at_start,
        }
    }
}

impl From<Option<&wire::Permissions>> for Permissions {
    fn from(wire: Option<&wire::Permissions>) -> Self {
        wire.map(Self::from).unwrap_or_default()
    }
}

impl From<Permissions> for wire::Permissions {
    fn from(permissions: Permissions) -> Self {
        Self {
            may_view: permissions.view,
            may_control: permissions.control,
            may_chat: permissions.chat,
            control_at_start: permissions.control_at_start,
        }
    }
}
