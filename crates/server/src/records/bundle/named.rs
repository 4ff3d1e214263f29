//! Which files the entries of a record name, with their digests.

use crate::secrets::unhex_exactly;
use serde_json::Value;
use std::collections::VecDeque;
use store::{RecordingId, chain::Hash};

/// What was kept beside the chain.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    /// Screen captures in their order: number, SHA-256.
    pub(super) captures: VecDeque<(i64, Hash)>,
    pub(super) recordings: Vec<Recording>,
    /// Video files: the number of the recording, SHA-256.
    pub(super) films: Vec<(i64, Hash)>,
    /// Recordings that went before their record did.
    pub(super) gone: Vec<i64>,
}

/// A recording that was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Recording {
    pub(super) no: i64,
    pub(super) id: RecordingId,
    /// As `docs/recordings.md` makes it.
    pub(super) digest: Hash,
}

impl Named {
    /// Takes what an entry of the server says; what has no digest names no file.
    pub(super) fn take(&mut self, kind: &str, body: &str) {
        let body: Value = serde_json::from_str(body).unwrap_or_default();
        let Some(no) = body.get("no").and_then(Value::as_i64) else { return };
        let digest = |name: &str| -> Option<Hash> {
            unhex_exactly(body.get(name)?.as_str()?).and_then(|bytes| bytes.try_into().ok())
        };
        match kind {
            "capture-kept" => self.captures.extend(digest("sha256").map(|sha256| (no, sha256))),
            "recording-kept" => {
                let id = body.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok());
                let kept = id.zip(digest("digest")).map(|(id, digest)| Recording { no, id, digest });
                self.recordings.extend(kept);
            }
            "recording-film" => self.films.extend(digest("sha256").map(|sha256| (no, sha256))),
            "recording-deleted" => self.gone.push(no),
            _ => {}
        }
    }
}
