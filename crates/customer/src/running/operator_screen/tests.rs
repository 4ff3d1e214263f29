use std::sync::mpsc;
use std::time::Duration;

use tiles::{Encoder, Finish, Patch, Rect};

use super::{Seen, Watch};

/// No test waits that long.
const PATIENCE: Duration = Duration::from_secs(30);
const SIDE: u16 = 64;

/// The packets of an epoch whose one picture has this grey.
fn packets(epoch: u32, side: u16, grey: u8) -> Vec<Vec<u8>> {
    let mut encoder = Encoder::new(epoch, side, side).unwrap();
    let bytes = vec![grey; usize::from(side) * usize::from(side) * 4];
    let patch = Patch::new(Rect::new(0, 0, side, side), usize::from(side) * 4, &bytes).unwrap();
    let finish = Finish { more_dirty: false, check_every_row: true, target_bytes: usize::MAX };
    encoder.encode(&[patch], finish).unwrap().unwrap().packets
}

fn watch(from_epoch: u32) -> (Watch, mpsc::Receiver<Seen>) {
    let (tell, seen) = mpsc::channel();
    let watch = Watch::start(from_epoch, move |what| tell.send(what).unwrap_or_default());
    (watch, seen)
}

fn send(watch: &Watch, packets: Vec<Vec<u8>>) {
    for packet in packets {
        assert!(watch.take(packet.into()));
    }
}

/// F-09: the window gets what the console sent, pixel by pixel, and nothing of an earlier showing.
#[test]
fn a_picture_of_this_showing_is_shown_and_one_of_an_earlier_is_not() {
    let (watch, seen) = watch(7);
    send(&watch, packets(6, SIDE, 10));
    send(&watch, packets(7, SIDE, 200));
    let Seen::Shown { epoch: 7, update: 0, look: Some(place) } = seen.recv_timeout(PATIENCE).unwrap() else {
        panic!("not shown")
    };
    let picture = place.take().unwrap();
    assert_eq!((picture.width(), picture.height()), (SIDE.into(), SIDE.into()));
    assert!(picture.as_slice().iter().all(|pixel| (pixel.r, pixel.g, pixel.b) == (200, 200, 200)));
}

/// What a window does not take is replaced, and it is not called for twice.
#[test]
fn only_the_newest_picture_waits_for_the_window() {
    let (watch, seen) = watch(0);
    send(&watch, packets(1, SIDE, 10));
    send(&watch, packets(2, SIDE, 20));
    let Seen::Shown { look: Some(place), .. } = seen.recv_timeout(PATIENCE).unwrap() else { panic!() };
    let Seen::Shown { look: None, epoch: 2, .. } = seen.recv_timeout(PATIENCE).unwrap() else { panic!() };
    assert_eq!(place.take().unwrap().as_slice().first().unwrap().r, 20);
    assert!(place.take().is_none());
}

/// after the end nothing is left for a window that would still look.
#[test]
fn nothing_is_left_after_the_end() {
    let (watch, seen) = watch(0);
    send(&watch, packets(1, SIDE, 10));
    let Seen::Shown { look: Some(place), .. } = seen.recv_timeout(PATIENCE).unwrap() else { panic!() };
    drop(watch);
    assert!(place.take().is_none());
}

/// A console's bytes are a stranger's: nonsense, and a picture larger than the window takes, end in a word and nothing else.
#[test]
fn what_is_no_picture_is_faulty() {
    let huge = packets(1, protocol::limits::OPERATOR_SCREEN_SIDE_PX + 1, 10);
    for hostile in [vec![vec![1, 2, 3]], vec![vec![0xff; 16 * 1024]], huge] {
        let (watch, seen) = watch(0);
        send(&watch, hostile);
        assert_eq!(seen.recv_timeout(PATIENCE).unwrap(), Seen::Faulty);
    }
}
