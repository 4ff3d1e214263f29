//! Permissions between the database and the machines.

use store::sessions::Permissions;

/// As messages and machines have them.
pub(super) fn to_protocol(kept: Permissions) -> protocol::Permissions {
    protocol::Permissions {
        view: kept.may_view,
        control: kept.may_control,
        chat: kept.may_chat,
        control_at_start: kept.control_at_start,
    }
}

/// As the database keeps them.
pub(super) fn to_store(permissions: protocol::Permissions) -> Permissions {
    Permissions {
        may_view: permissions.view,
        may_control: permissions.control,
        may_chat: permissions.chat,
        control_at_start: permissions.control_at_start,
    }
}
