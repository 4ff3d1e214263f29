//! Small updates again on the unordered channel, so that one lost packet does not cost SCTP's timer (0.4 to 1 s).

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use tiles::limits::MAX_REPEAT_BYTES;

/// When a packet goes again after it was first sent, unless it was acknowledged. On a near network the
/// acknowledgement is there before the first of them, so that repeats cost nothing where nothing gets lost.
const AFTER: [Duration; 4] = [
    Duration::from_millis(30),
    Duration::from_millis(70),
    Duration::from_millis(150),
    Duration::from_millis(300),
];
/// Packets kept for repeating.
const MAX_KEPT: usize = 16;

/// Small updates that were not acknowledged yet.
#[derive(Debug, Default)]
pub(super) struct Repeats(VecDeque<Kept>);

#[derive(Debug)]
struct Kept {
    update: u32,
    sent_at: Instant,
    times: usize,
    packet: Vec<u8>,
}

impl Repeats {
    /// An update that has just been sent as these packets.
    pub(super) fn sent(&mut self, now: Instant, update: u32, packets: &[Vec<u8>]) {
        let [packet] = packets else { return };
        if MAX_REPEAT_BYTES < packet.len() {
            return;
        }
        if MAX_KEPT <= self.0.len() {
            self.0.pop_front();
        }
        self.0.push_back(Kept { update, sent_at: now, times: 0, packet: packet.clone() });
    }

    /// Everything up to `update` is drawn.
    pub(super) fn acknowledged(&mut self, update: u32) {
        self.0.retain(|kept| update < kept.update);
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// The packets whose time has come.
    pub(super) fn due(&mut self, now: Instant) -> Vec<Vec<u8>> {
        let mut packets = Vec::new();
        for kept in &mut self.0 {
            if kept.next_at().is_some_and(|at| at <= now) {
                kept.times += 1;
                packets.push(kept.packet.clone());
            }
        }
        self.0.retain(|kept| kept.times < AFTER.len());
        packets
    }

    pub(super) fn next_at(&self) -> Option<Instant> {
        self.0.iter().filter_map(Kept::next_at).min()
    }
}

impl Kept {
    fn next_at(&self) -> Option<Instant> {
        AFTER.get(self.times).map(|after| self.sent_at + *after)
    }
}
