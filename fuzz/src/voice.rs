//! Any bytes as packets of a voice (F-14): silence or sound, within bounds, and evenly. Each packet stands behind its time, four bytes
//! that are multiplied so that they reach everywhere, and its length, one byte.

use voice::{FRAME, Listener, RATE};

/// Packets that one input may hold: each costs a bounded time.
const MOST_PACKETS: usize = 128;

pub(crate) fn run(data: &[u8]) {
    let mut listener = Listener::new().expect("there is memory for a codec");
    let mut rest = data;
    for _ in 0..MOST_PACKETS {
        let Some((time, tail)) = rest.split_first_chunk::<4>() else { break };
        let Some((length, tail)) = tail.split_first() else { break };
        let length = usize::from(*length).min(tail.len());
        let Some((packet, later)) = tail.split_at_checked(length) else { break };
        let time = u32::from_le_bytes(*time);
        // Even times are those of an ordinary sender, the others are anywhere.
        let time = if time % 2 == 0 { u64::from(time) * 480 } else { u64::MAX - u64::from(time) * 7 };
        listener.take(time, packet.to_vec().into());
        let mut sound = [f32::NAN; FRAME];
        listener.fill(&mut sound);
        assert!(sound.iter().all(|sample| sample.is_finite()), "every sample is one");
        rest = later;
    }
    let mut second = vec![f32::NAN; RATE as usize];
    listener.fill(&mut second);
    assert!(second.iter().all(|sample| sample.is_finite()), "every sample is one");
}
