//! Whatever is drawn, lost, repeated or made up.

use proptest::prelude::*;

use super::{CHECKED, Screen, canvas::Canvas, send_to, shows, text};
use crate::{Decoder, Encoder, Order, PacketHeader, Picture, Rect, change, limits};

#[derive(Debug, Clone)]
enum Step {
    Fill(Rect, u32),
    Text(Rect, u32),
    Scroll(Rect, usize, u32),
    Open(u8, Rect),
    Close(u8),
}

/// Whatever comes, what was drawn lies inside of the picture.
fn take_anything(decoder: &mut Decoder, packet: &[u8]) {
    if decoder.receive(packet).is_ok_and(|progress| progress.is_some()) {
        let bounds = decoder.picture().unwrap().bounds();
        assert!(decoder.changed().iter().all(|rect| bounds.holds(rect)));
    }
}

const WIDTH: u16 = 200;
const HEIGHT: u16 = 180;

fn any_rect() -> impl Strategy<Value = Rect> {
    (0..WIDTH - 1, 0..HEIGHT - 1).prop_flat_map(|(x, y)| {
        (1..=WIDTH - x, 1..=HEIGHT - y).prop_map(move |(width, height)| Rect::new(x, y, width, height))
    })
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        // Black is what nobody has sent yet: the case in which a canvas keeps what it showed before.
        (any_rect(), prop_oneof![Just(0), any::<u32>()])
            .prop_map(|(rect, colour)| Step::Fill(rect, colour & 0xff_ffff)),
        (any_rect(), any::<u32>()).prop_map(|(rect, seed)| Step::Text(rect, seed)),
        (any_rect(), 1..40_usize, any::<u32>()).prop_map(|(rect, rows, seed)| Step::Scroll(rect, rows, seed)),
        (0..3_u8, any_rect()).prop_map(|(id, rect)| Step::Open(id, rect)),
        (0..3_u8).prop_map(Step::Close),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The invariant of the whole codec.
    #[test]
    fn the_senders_model_is_the_receivers_picture(steps in prop::collection::vec(any_step(), 1..14)) {
        let mut screen = Screen::new(WIDTH, HEIGHT);
        let (mut encoder, mut decoder) = (Encoder::new(9, WIDTH, HEIGHT).unwrap(), Decoder::new(Order::Rgba));
        let mut canvas = Canvas::new(WIDTH, HEIGHT);
        let mut open: Vec<u8> = Vec::new();
        for step in steps {
            match step {
                Step::Fill(rect, colour) => screen.fill(&rect, |_, _| colour),
                Step::Text(rect, seed) => screen.fill(&rect, |x, y| text(x, y, seed)),
                Step::Scroll(rect, rows, seed) => screen.scroll_up(&rect, rows, seed),
                Step::Open(id, rect) => if encoder.open_area(id, rect).is_ok() { open.push(id); },
                Step::Close(id) => if encoder.close_area(id).is_ok() { open.retain(|other| *other != id); },
            }
            send_to(&mut encoder, &mut decoder, &screen, CHECKED, &mut canvas);
            canvas.shows(&screen, decoder.areas());
        }
        for id in open {
            encoder.close_area(id).unwrap();
        }
        let progress = send_to(&mut encoder, &mut decoder, &screen, CHECKED, &mut canvas).unwrap();
        prop_assert!(progress.exact);
        canvas.shows(&screen, &[]);
        shows(decoder.picture().unwrap(), &screen);
    }

    #[test]
    fn changed_rectangles_hold_every_difference_and_do_not_meet(
        rects in prop::collection::vec(any_rect(), 0..6), left in 0..100_u16, top in 0..100_u16,
    ) {
        let mut screen = Screen::new(WIDTH, HEIGHT);
        let whole = screen.whole();
        screen.fill(&whole, |_, _| 0);
        let model = Picture::new(WIDTH, HEIGHT, Order::Bgrx).unwrap();
        for rect in &rects {
            screen.fill(rect, |x, y| text(x, y, 5));
        }
        let area = Rect::from_edges(usize::from(left), usize::from(top), 200, 180);
        let found = change::changed_rects(&model, &screen.patch(area));
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                let pixel = Rect::from_edges(x, y, x + 1, y + 1);
                let count = found.iter().filter(|rect| rect.holds(&pixel)).count();
                prop_assert!(count <= 1, "rectangles meet at {x}, {y}");
                prop_assert!(screen.colour(x, y) == 0 || count == 1, "difference at {x}, {y} was missed");
            }
        }
    }

    #[test]
    fn random_bytes_never_panic(packets in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 1..8)) {
        let mut decoder = Decoder::new(Order::Rgba);
        for packet in packets {
            take_anything(&mut decoder, &packet);
        }
    }

    /// A valid stream with some bytes changed: errors, or a picture, but neither panic nor endless work.
    #[test]
    fn mutated_streams_never_panic(
        seed in any::<u32>(),
        mutations in prop::collection::vec((0..4_usize, any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut screen = Screen::new(WIDTH, HEIGHT);
        let (mut encoder, mut packets) = (Encoder::new(1, WIDTH, HEIGHT).unwrap(), Vec::new());
        for step in 0..4_u32 {
            let rect = Rect::new(10, 10, 150, 120);
            screen.fill(&rect, |x, y| text(x, y, seed ^ step));
            if step == 2 {
                encoder.open_area(1, Rect::new(0, 0, 9, 9)).unwrap();
            }
            packets.extend(encoder.encode(&[screen.patch(screen.whole())], CHECKED).unwrap().unwrap().packets);
        }
        for (packet, place, value) in mutations {
            if let Some(packet) = packets.get_mut(packet) {
                let place = place.index(packet.len());
                packet[place] = value;
            }
        }
        let mut decoder = Decoder::new(Order::Rgba);
        for packet in &packets {
            prop_assert!(packet.len() <= limits::MAX_PACKET_BYTES);
            take_anything(&mut decoder, packet);
        }
    }

    /// Bodies that pass zstd, to reach the operations behind it.
    #[test]
    fn random_operations_never_panic(
        kinds in prop::collection::vec((0..7_u8, prop::collection::vec(0..40_u8, 0..40)), 0..12),
    ) {
        let body: Vec<u8> = kinds
            .into_iter()
            .flat_map(|(kind, mut fields)| { fields.insert(0, kind); fields })
            .collect();
        let mut packet = vec![1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 64, 0, 64, 0, 0];
        packet.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
        packet.extend(zstd::bulk::compress(&body, 1).unwrap());
        prop_assert!(PacketHeader::read(&packet).is_ok());
        take_anything(&mut Decoder::new(Order::Rgba), &packet);
    }
}
