//! Any bytes as packets of the picture and as a pointer's shape: errors or a picture. Each packet stands behind its length,
//! two bytes. What was drawn lies within the picture.

use tiles::{Decoder, Order, decompress_pointer};

/// Packets that one input may hold: each costs a bounded time.
const MOST_PACKETS: usize = 64;

pub(crate) fn run(data: &[u8]) {
    let mut decoder = Decoder::new(Order::Rgba);
    let mut rest = data;
    for _ in 0..MOST_PACKETS {
        let Some((length, tail)) = rest.split_first_chunk::<2>() else { break };
        let length = usize::from(u16::from_le_bytes(*length)).min(tail.len());
        let Some((packet, later)) = tail.split_at_checked(length) else { break };
        receive(&mut decoder, packet);
        rest = later;
    }
    if let Some(([width, height], shape)) = data.split_first_chunk::<2>() {
        let (width, height) = (u16::from(*width), u16::from(*height));
        if let Ok(rgba) = decompress_pointer(shape, width, height) {
            assert_eq!(rgba.len(), usize::from(width) * usize::from(height) * 4);
        }
    }
}

fn receive(decoder: &mut Decoder, packet: &[u8]) {
    if decoder.receive(packet).is_ok_and(|drawn| drawn.is_some()) {
        let bounds = decoder.picture().map(tiles::Picture::bounds).expect("what was drawn is there");
        assert!(decoder.changed().iter().all(|rect| bounds.holds(rect)), "within the picture");
    }
}
