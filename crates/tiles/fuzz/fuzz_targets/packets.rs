//! Any bytes as packets: errors or a picture, never a panic. Each packet stands behind its length, two bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tiles::{Decoder, Order};

fuzz_target!(|data: &[u8]| {
    let mut decoder = Decoder::new(Order::Rgba);
    let mut rest = data;
    while let Some((length, tail)) = rest.split_first_chunk::<2>() {
        let length = usize::from(u16::from_le_bytes(*length)).min(tail.len());
        let (packet, later) = tail.split_at(length);
        let _drawn = decoder.receive(packet);
        rest = later;
    }
});
