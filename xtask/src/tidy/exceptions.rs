//! xtask/tidy.toml: what may break a rule, and why. Their number may only shrink.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::project::Project;

/// Per rule: a path (or name) and the reason.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Exceptions {
    /// Files over 600 lines.
    pub(crate) sizes: BTreeMap<String, String>,
    /// Files with a platform `cfg` outside a seam's `mod.rs`.
    pub(crate) platforms: BTreeMap<String, String>,
    /// Translation files that belong to no feature folder.
    pub(crate) features: BTreeMap<String, String>,
}

impl Exceptions {
    pub(crate) fn read(project: &Project) -> Result<Self> {
        let text = std::fs::read_to_string(project.path("xtask/tidy.toml")).context("xtask/tidy.toml")?;
        toml::from_str(&text).context("xtask/tidy.toml")
    }
}
