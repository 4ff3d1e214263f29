//! What a packet may cost, and what is refused.

use super::{CHECKED, END, Screen, send, shows, text};
use crate::{DecodeError, Decoder, Encoder, Order, Rect, limits};

#[test]
fn impossible_sizes_are_refused() {
    for (width, height) in [(0, 10), (10, 0), (16_385, 10), (16_384, 16_384)] {
        assert!(Encoder::new(1, width, height).is_err(), "{width} x {height}");
    }
    assert!(Encoder::new(1, 16_384, 16).is_ok());
}

/// An update of a picture of 64 × 64 pixels with this body, as a hostile sender makes it.
pub(super) fn hostile(epoch: u8, flags: &[u8], body: &[u8]) -> Vec<u8> {
    let mut packet = vec![1, 0, epoch, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 64, 0, 64, 0];
    packet.extend(flags);
    packet.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
    packet.extend(zstd::bulk::compress(body, 1).unwrap());
    packet
}

#[test]
fn areas_that_open_and_close_are_paid_for_like_other_pixels() {
    let once: &[u8] = &[4, 1, 0, 0, 0, 0, 64, 0, 64, 0, 5, 1];
    let mut decoder = Decoder::new(Order::Rgba);
    assert!(decoder.receive(&hostile(1, &[0], &once.repeat(4))).is_ok());
    assert_eq!(decoder.receive(&hostile(2, &[0], &once.repeat(5))), Err(DecodeError::Limit));
}

#[test]
fn what_a_packet_costs_is_told() {
    const WHOLE: u64 = 64 * 64;
    const SMALL: u64 = limits::PACKET_WORK_PX + limits::OPERATION_WORK_PX as u64;
    let fill: &[u8] = &[0, 0, 0, 0, 0, 64, 0, 32, 0, 1, 2, 3];
    let small = SMALL + fill.len() as u64;
    let mut decoder = Decoder::new(Order::Rgba);
    decoder.receive(&hostile(1, &[0], fill)).unwrap();
    assert_eq!(decoder.work_px(), small + 2 * WHOLE, "a new picture, half of it filled and drawn");
    assert!(decoder.begun());
    decoder.receive(&hostile(1, &[0], fill)).unwrap();
    assert_eq!(decoder.work_px(), limits::PACKET_WORK_PX, "known already");
    assert!(!decoder.begun());
    decoder.receive(&hostile(2, &[6, 0, 0, 0, 0, 0, 0, 0, 0], fill)).unwrap();
    assert_eq!(decoder.work_px(), small + 3 * WHOLE, "and compared from the first row to the last");
    let refused = [fill, &[99]].concat();
    decoder.receive(&hostile(3, &[0], &refused)).unwrap_err();
    assert_eq!(decoder.work_px(), small + 1 + WHOLE + WHOLE / 2, "what was done before the refusal");
}

#[test]
fn a_packet_does_not_draw_what_waited_for_it_without_end() {
    // Fills all of 4096 × 4096 pixels four times, for a few dozen bytes.
    let fills = [0, 0, 0, 0, 0, 0, 16, 0, 16, 1, 2, 3].repeat(4);
    let update = |number: u8| {
        let mut packet = hostile(1, &[0], &fills);
        packet[6] = number;
        packet.splice(14..18, [0, 16, 0, 16]);
        packet
    };
    let (mut first, mut second) = (update(0), update(0));
    first.truncate(30);
    second.drain(14..30);
    (first[12], second[10], second[12]) = (2, 1, 2);
    let mut decoder = Decoder::new(Order::Rgba);
    assert_eq!(decoder.receive(&first), Ok(None));
    for number in 1..=20 {
        assert_eq!(decoder.receive(&update(number)), Ok(None));
    }
    assert_eq!(decoder.receive(&second), Err(DecodeError::Limit));
    let one_update = 4 << 24;
    let most = limits::MAX_CALL_WORK_PX + one_update + limits::PACKET_WORK_PX * 2;
    assert!(decoder.work_px() <= most, "{} px", decoder.work_px());
}

#[test]
fn only_what_may_be_repeated_waits() {
    let long = [1; limits::MAX_REPEAT_BYTES];
    let mut packet = hostile(1, &[0], &[0, 0, 0, 0, 0, 64, 0, 32, 0, 1, 2, 3]);
    let mut decoder = Decoder::new(Order::Rgba);
    decoder.receive(&packet).unwrap();
    packet[6] = 2;
    packet.extend(long);
    assert_eq!(decoder.receive(&packet), Err(DecodeError::Order));
}

#[test]
fn a_picture_that_cannot_be_made_leaves_none() {
    let mut decoder = Decoder::new(Order::Rgba);
    decoder.receive(&hostile(1, &[0], &[0, 0, 0, 0, 0, 64, 0, 32, 0, 1, 2, 3])).unwrap();
    let mut huge = hostile(2, &[0], &[]);
    huge.splice(14..18, [0, 64, 0, 64]);
    assert_eq!(decoder.receive(&huge), Err(DecodeError::Limit));
    assert!(decoder.picture().is_none(), "the old one went before the new one was made");
}

#[test]
fn a_copy_out_of_an_open_area_is_refused() {
    let mut screen = Screen::new(256, 256);
    let whole = screen.whole();
    screen.fill(&whole, |x, y| text(x, y, 3));
    let (mut encoder, mut decoder) = (Encoder::new(1, 256, 256).unwrap(), Decoder::new(Order::Rgba));
    send(&mut encoder, &mut decoder, &screen, END);
    encoder.open_area(3, Rect::new(50, 50, 100, 100)).unwrap();
    screen.scroll_up(&whole, 20, 9);
    let progress = send(&mut encoder, &mut decoder, &screen, CHECKED).unwrap();
    assert!(!progress.exact && !progress.mismatch);
    assert_eq!(decoder.areas(), [(3, Rect::new(50, 50, 100, 100))]);
    assert!(encoder.open_area(4, Rect::new(60, 60, 5, 5)).is_err());
    encoder.close_area(3).unwrap();
    assert!(send(&mut encoder, &mut decoder, &screen, CHECKED).unwrap().exact);
    shows(decoder.picture().unwrap(), &screen);
}
