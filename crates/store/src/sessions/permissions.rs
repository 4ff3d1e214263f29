//! Permissions as they are kept: a JSON object by their names on the wire, and absent is forbidden.

use protocol::Permissions;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// A kept value.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Kept(BTreeMap<String, bool>);

impl From<Permissions> for Kept {
    fn from(permissions: Permissions) -> Self {
        Self(permissions.named().map(|(name, allowed)| (name.to_owned(), allowed)).collect())
    }
}

impl From<Kept> for Permissions {
    fn from(kept: Kept) -> Self {
        Self::of_names(|name| kept.0.get(name).is_some_and(|allowed| *allowed))
    }
}

pub(super) fn serialize<S: Serializer>(permissions: &Permissions, to: S) -> Result<S::Ok, S::Error> {
    Kept::from(*permissions).serialize(to)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Permissions, D::Error> {
    Kept::deserialize(from).map(Permissions::from)
}
