//! The video track between two cores over real sockets.

use std::time::{Duration, Instant};

use bytes::Bytes;
use str0m::media::MediaData;

use super::until;
use super::viewer::{Pending, Viewer};
use crate::{Channel, Command, Event, Peer};

/// A temporal unit as an encoder makes it: a delimiter, for a key picture a sequence header, and a frame.
fn picture(key: bool, frame_bytes: usize, fill: u8) -> Bytes {
    let mut unit = vec![0x12, 0x00];
    if key {
        unit.extend([0x0a, 0x03, 1, 2, 3]);
    }
    unit.push(0x32);
    let mut size = frame_bytes;
    while 127 < size {
        unit.push(u8::try_from(size & 0x7f).unwrap() | 0x80);
        size >>= 7;
    }
    unit.push(u8::try_from(size).unwrap());
    unit.extend(std::iter::repeat_n(fill, frame_bytes));
    unit.into()
}

async fn show(peer: &Peer, full_chroma: bool, rtp_time: u32, key: bool, bytes: Bytes) {
    let picture = Command::Video { full_chroma, rtp_time, key, bytes };
    peer.commands().send(picture).await.unwrap();
}

async fn demand(peer: &Peer, bits_per_s: u32) {
    peer.commands().send(Command::VideoDemand { bits_per_s }).await.unwrap();
}

/// Without the delimiter, which does not travel.
fn travelling(unit: &Bytes) -> &[u8] {
    unit.get(2..).unwrap()
}

#[tokio::test]
async fn pictures_arrive_whole_in_either_profile_with_exactly_their_time_and_no_delay() {
    let pending = Pending::new().await;
    let sdp = pending.sdp.clone();
    let (mut viewer, app, mut events, answer) = pending.connect(&sdp).await;
    assert!(answer.contains("a=sendonly"), "{answer}");
    let mut profile = None;
    viewer
        .run_until(|_| {
            while let Ok(event) = events.try_recv() {
                if let Event::VideoReady { full_chroma } = event {
                    profile = Some(full_chroma);
                }
            }
            profile.is_some()
        })
        .await;
    assert_eq!(profile, Some(true));
    demand(&app, 8_000_000).await;
    // The low bits say something, and the clock passes its end.
    let times = [0xffff_ffe0_u32 | 0x7, 0xffff_fff0 | 0xf, 0x0000_0001, 90_003];
    for (count, (number, time)) in (1..).zip((0_u8..).zip(times)) {
        let full = number % 2 == 0;
        let unit = picture(number == 0, 6_000, number);
        show(&app, full, time, number == 0, unit.clone()).await;
        viewer.run_until(|viewer| viewer.pictures.len() == count).await;
        let got = viewer.pictures.last().unwrap();
        assert_eq!(got.data.as_ref(), travelling(&unit));
        assert_eq!(Viewer::profile_of(&got.params), Some(u8::from(full)));
    }
    let media: Vec<_> = viewer.headers.iter().filter(|header| !header.has_padding).collect();
    for time in times {
        let of_this = media.iter().filter(|header| header.timestamp == time).count();
        assert!(5 < of_this, "{time} in {of_this} packets");
    }
    for header in media.iter().filter(|header| times.contains(&header.timestamp)) {
        let delay = (header.ext_vals.play_delay_min, header.ext_vals.play_delay_max);
        assert!(delay.0.is_some_and(|min| min.is_zero()) && delay.1.is_some_and(|max| max.is_zero()));
        assert!(header.ext_vals.transport_cc.is_some());
    }
}

#[tokio::test]
async fn a_lost_packet_is_sent_again_and_a_request_for_a_key_picture_is_told() {
    let pending = Pending::new().await;
    let sdp = pending.sdp.clone();
    let (viewer, app, events, _) = pending.connect(&sdp).await;
    let (mut viewer, mut events) = ready(viewer, events).await;
    show(&app, true, 16, true, picture(true, 60_000, 1)).await;
    viewer.run_until(|viewer| viewer.pictures.len() == 1).await;
    let before = viewer.arrived;
    viewer.arrived = 0;
    viewer.lost = |number| number == 5;
    let unit = picture(false, 20_000, 2);
    show(&app, true, 32, false, unit.clone()).await;
    // What comes after the gap shows that something is missing.
    show(&app, true, 48, false, picture(false, 3_000, 3)).await;
    viewer.run_until(|viewer| viewer.pictures.len() == 3).await;
    let arrived = viewer.pictures.get(1).unwrap();
    assert_eq!((arrived.time.numer() & 0xffff_ffff, arrived.data.as_ref()), (32, travelling(&unit)));
    assert!(before > 50 && viewer.arrived > 20);
    while events.try_recv().is_ok() {}
    viewer.ask_for_key();
    let told = tokio::spawn(async move {
        until(&mut events, |event| (event == Event::VideoKeyWanted).then_some(())).await;
    });
    viewer.run_until(|_| told.is_finished()).await;
    told.await.unwrap();
}

/// Runs the viewer until the app tells that video may begin.
async fn ready(
    mut viewer: Viewer,
    mut events: tokio::sync::mpsc::Receiver<Event>,
) -> (Viewer, tokio::sync::mpsc::Receiver<Event>) {
    let told = tokio::spawn(async move {
        until(&mut events, |event| matches!(event, Event::VideoReady { .. }).then_some(())).await;
        events
    });
    viewer.run_until(|_| told.is_finished()).await;
    (viewer, told.await.unwrap())
}

#[tokio::test]
async fn the_way_is_measured_while_there_is_a_demand_and_rests_without_one() {
    let pending = Pending::new().await;
    let sdp = pending.sdp.clone();
    let (viewer, app, events, _) = pending.connect(&sdp).await;
    let (mut viewer, mut events) = ready(viewer, events).await;
    viewer.run_for(Duration::from_millis(500), |_| false).await;
    assert_eq!(viewer.arrived, 0, "nothing is sent before there is a demand");
    demand(&app, 20_000_000).await;
    show(&app, true, 16, true, picture(true, 10_000, 1)).await;
    let mut told = Vec::new();
    viewer
        .run_until(|_| {
            while let Ok(event) = events.try_recv() {
                if let Event::Bandwidth { bits_per_s } = event {
                    told.push(bits_per_s);
                }
            }
            told.iter().any(|bits| 8_000_000 < *bits)
        })
        .await;
    for pair in told.windows(2) {
        let [before, after] = pair else { unreachable!() };
        assert!(before / 10 <= before.abs_diff(*after), "{told:?}");
    }
    demand(&app, 0).await;
    viewer.run_for(Duration::from_millis(700), |_| false).await;
    let before = viewer.arrived;
    viewer.run_for(Duration::from_secs(2), |_| false).await;
    assert_eq!(viewer.arrived, before, "nothing is sent without a demand");
    demand(&app, 20_000_000).await;
    show(&app, true, 32, true, picture(true, 10_000, 2)).await;
    viewer.run_until(|viewer| viewer.pictures.len() == 2).await;
}

#[tokio::test]
async fn without_a_line_for_av1_nothing_is_said_of_video() {
    for (from, to) in [("AV1/90000", "VP8/90000"), ("a=recvonly", "a=inactive")] {
        let pending = Pending::new().await;
        let sdp = pending.sdp.replace(from, to);
        assert_ne!(sdp, pending.sdp);
        let (mut viewer, app, mut events, _) = pending.connect(&sdp).await;
        demand(&app, 8_000_000).await;
        show(&app, true, 16, true, picture(true, 10_000, 1)).await;
        let mut open = false;
        viewer
            .run_until(|_| {
                while let Ok(event) = events.try_recv() {
                    assert!(!matches!(event, Event::VideoReady { .. } | Event::Bandwidth { .. }));
                    open |= matches!(event, Event::Open(_));
                }
                open
            })
            .await;
        viewer.run_for(Duration::from_millis(300), |_| false).await;
        assert_eq!(viewer.arrived, 0);
        assert!(!app.commands().is_closed());
    }
}

#[tokio::test]
async fn video_goes_on_after_a_change_of_network_whether_it_rested_or_not() {
    let pending = Pending::new().await;
    let sdp = pending.sdp.clone();
    let (viewer, app, events, _) = pending.connect(&sdp).await;
    let (mut viewer, mut events) = ready(viewer, events).await;
    for (count, bits_per_s) in [(1, 0), (2, 8_000_000)] {
        demand(&app, 8_000_000).await;
        demand(&app, bits_per_s).await;
        let (offer, pending) = viewer.restart();
        app.commands().send(Command::Offer(offer)).await.unwrap();
        let mut answer = None;
        viewer
            .run_until(|_| {
                while let Ok(event) = events.try_recv() {
                    if let Event::Answer(sdp) = event {
                        answer = Some(sdp);
                    }
                }
                answer.is_some()
            })
            .await;
        let answer = answer.unwrap();
        assert!(answer.contains("a=sendonly"), "{answer}");
        viewer.accept(pending, &answer);
        viewer.run_for(Duration::from_millis(300), |_| false).await;
        demand(&app, 8_000_000).await;
        show(&app, true, count, true, picture(true, 1_000, 1)).await;
        viewer.run_until(|viewer| viewer.pictures.len() == count as usize).await;
    }
}

#[tokio::test]
async fn a_picture_that_is_no_av1_costs_only_itself() {
    let pending = Pending::new().await;
    let sdp = pending.sdp.clone();
    let (viewer, app, events, _) = pending.connect(&sdp).await;
    let (mut viewer, _events) = ready(viewer, events).await;
    for bytes in [&b""[..], b"text", &[0x32, 0xff, 0xff], &[0x36]] {
        show(&app, true, 16, true, Bytes::from_static(bytes)).await;
    }
    show(&app, true, 32, true, picture(true, 500, 1)).await;
    viewer.run_until(|viewer| viewer.pictures.len() == 1).await;
}

#[tokio::test]
async fn video_that_the_way_does_not_carry_is_dropped_and_holds_up_no_message() {
    let pending = Pending::new().await;
    let sdp = pending.sdp.clone();
    let (viewer, app, events, _) = pending.connect(&sdp).await;
    let (mut viewer, mut events) = ready(viewer, events).await;
    viewer.run_until(|viewer| viewer.is_open()).await;
    let offered = 60;
    for number in 0..offered {
        show(&app, true, number * 1_500, number == 0, picture(number == 0, 200_000, 1)).await;
        viewer.run_for(Duration::from_millis(10), |_| false).await;
    }
    // The queue is full now, and takes seconds to empty.
    let asked = Instant::now();
    assert!(app.send(Channel::Control, Bytes::from_static(b"urgent")));
    viewer.run_until(|viewer| !viewer.messages.is_empty()).await;
    assert!(asked.elapsed() < Duration::from_millis(400), "{:?}", asked.elapsed());
    let mut wanted = false;
    viewer
        .run_until(|_| {
            while let Ok(event) = events.try_recv() {
                wanted |= event == Event::VideoKeyWanted;
            }
            wanted
        })
        .await;
    // Nothing that builds on a lost picture is sent.
    show(&app, true, 1, false, picture(false, 1_000, 2)).await;
    show(&app, true, 2, true, picture(true, 1_000, 3)).await;
    let time = |picture: &MediaData| picture.time.numer() & 0xffff_ffff;
    viewer.run_until(|viewer| viewer.pictures.last().is_some_and(|last| time(last) == 2)).await;
    assert!(viewer.pictures.iter().all(|picture| time(picture) != 1));
    let shown = viewer.pictures.len();
    assert!((2..40).contains(&shown), "{shown} of {offered}");
}
