//! What the link and the page really take, by acknowledgements: bounds what is under way and how long an update is.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

/// Bytes handed out and not yet acknowledged: a slow page, not the channel, is what this waits for.
const MAX_UNDER_WAY_BYTES: usize = 512 * 1024;
/// As many updates.
const MAX_UNDER_WAY: usize = 90;
/// An update should pass within this, so that a click beside a video never waits longer for its picture.
const PASSES_WITHIN: Duration = Duration::from_millis(40);
/// Longest and shortest target, bytes.
const MAX_TARGET_BYTES: usize = 128 * 1024;
const MIN_TARGET_BYTES: usize = 12 * 1024;
/// Shorter updates tell of the delay, not of the rate.
const TELLING_BYTES: usize = 8 * 1024;

/// One update under way.
#[derive(Debug, Clone, Copy)]
struct UnderWay {
    update: u32,
    bytes: usize,
    sent_at: Instant,
}

/// What was sent and came back.
#[derive(Debug, Default)]
pub(super) struct Flow {
    under_way: VecDeque<UnderWay>,
    /// `None` until an update of some length was acknowledged.
    bytes_per_s: Option<usize>,
    /// The last acknowledgement: what was sent before it had to wait for what was acknowledged then.
    last_at: Option<Instant>,
}

impl Flow {
    pub(super) fn sent(&mut self, now: Instant, update: u32, bytes: usize) {
        self.under_way.push_back(UnderWay { update, bytes, sent_at: now });
    }

    /// What was made ahead goes only now.
    pub(super) fn sent_only(&mut self, now: Instant) {
        self.under_way.iter_mut().for_each(|update| update.sent_at = now);
    }

    /// Everything up to `update` is drawn.
    pub(super) fn acknowledged(&mut self, now: Instant, update: u32) {
        let mut bytes = 0;
        let mut sent_at = None;
        while let Some(first) = self.under_way.pop_front_if(|first| first.update <= update) {
            bytes += first.bytes;
            sent_at = sent_at.or(Some(first.sent_at));
        }
        let Some(sent_at) = sent_at else { return };
        let began = self.last_at.map_or(sent_at, |last| last.max(sent_at));
        self.last_at = Some(now);
        if bytes < TELLING_BYTES {
            return;
        }
        let took_us = usize::try_from((now - began).as_micros()).unwrap_or(usize::MAX).max(1);
        let rate = bytes.saturating_mul(1_000_000) / took_us;
        // Up slowly, down at once by half: a link that has become thin must not be filled first.
        self.bytes_per_s = Some(self.bytes_per_s.map_or(rate, |known| (known + rate.min(known * 2)) / 2));
    }

    pub(super) fn has_room(&self) -> bool {
        let bytes: usize = self.under_way.iter().map(|update| update.bytes).sum();
        bytes < MAX_UNDER_WAY_BYTES && self.under_way.len() < MAX_UNDER_WAY
    }

    /// What gets through, if that is known.
    pub(super) fn bytes_per_s(&self) -> Option<usize> {
        self.bytes_per_s
    }

    /// How long the next update should be.
    pub(super) fn target_bytes(&self) -> usize {
        let Some(rate) = self.bytes_per_s else { return MAX_TARGET_BYTES / 2 };
        let passes_within_ms = usize::try_from(PASSES_WITHIN.as_millis()).unwrap_or(0);
        (rate / 1000 * passes_within_ms).clamp(MIN_TARGET_BYTES, MAX_TARGET_BYTES)
    }

    /// The link stays what it is; acknowledgements of the old epoch are worth nothing.
    pub(super) fn begin_epoch(&mut self) {
        self.under_way.clear();
    }
}
