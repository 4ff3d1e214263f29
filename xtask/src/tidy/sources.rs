//! The files that git knows (or would add), read once for all rules.

use std::process::Command;

use anyhow::{Context as _, Result};

use crate::project::Project;

/// One text file of the project.
pub(crate) struct Source {
    /// Relative to the root, with forward slashes.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    /// Whether the file is a test: beside the code (`tests.rs`, `*.test.ts`), or in a folder of tests.
    pub(crate) fn is_test(&self) -> bool {
        let path = &self.path;
        path.starts_with("e2e/")
            || path.ends_with("/tests.rs")
            || path.contains("/tests/")
            || path.contains(".test.")
            || path.contains("/contract.rs")
    }

    pub(crate) fn is_generated(&self) -> bool {
        self.path.contains("/generated/") || self.path.ends_with(".snap")
    }

    pub(crate) fn extension(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    pub(crate) fn file_name(&self) -> &str {
        self.path.rsplit_once('/').map_or(self.path.as_str(), |(_, name)| name)
    }
}

/// All of them.
pub(crate) struct Sources {
    pub(crate) files: Vec<Source>,
}

impl Sources {
    /// Reads every tracked or new, not ignored file that is text.
    pub(crate) fn read(project: &Project) -> Result<Self> {
        let output = Command::new("git")
            .current_dir(project.root())
            .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
            .output()
            .context("git ls-files")?;
        let mut files = Vec::new();
        for path in String::from_utf8_lossy(&output.stdout).split('\0').filter(|path| !path.is_empty()) {
            // Pictures and other binary files are no text and have no rules here.
            if let Ok(text) = std::fs::read_to_string(project.path(path)) {
                files.push(Source { path: path.to_owned(), text });
            }
        }
        Ok(Self { files })
    }

    /// Files with one of these extensions.
    pub(crate) fn with(&self, extensions: &'static [&str]) -> impl Iterator<Item = &Source> {
        self.files.iter().filter(move |file| extensions.contains(&file.extension()))
    }

    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let files = files
            .iter()
            .map(|(path, text)| Source { path: (*path).to_owned(), text: (*text).to_owned() })
            .collect();
        Self { files }
    }
}
