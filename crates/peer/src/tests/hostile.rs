//! Messages as no console of ours sends them.

use bytes::Bytes;
use tokio::sync::mpsc::Receiver;

use super::viewer::{Pending, Viewer};
use crate::{Channel, Event, Peer};

async fn open() -> (Viewer, Peer, Receiver<Event>) {
    let pending = Pending::new().await;
    let sdp = pending.sdp.clone();
    let (mut viewer, app, events, _) = pending.connect(&sdp).await;
    viewer.run_until(|viewer| viewer.is_open()).await;
    (viewer, app, events)
}

/// Messages that the app has told so far.
fn told(events: &mut Receiver<Event>) -> Vec<Bytes> {
    std::iter::from_fn(|| events.try_recv().ok())
        .filter_map(|event| match event {
            Event::Message(Channel::Control, bytes) => Some(bytes),
            _ => None,
        })
        .collect()
}

#[tokio::test]
async fn a_message_over_the_limit_is_skipped_either_way_and_the_others_arrive() {
    let (mut viewer, app, mut events) = open().await;
    let mut random = 7_u32;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        random.to_be_bytes()[0]
    })
    .take(16_384)
    .collect();
    for message in [&noise[..], &[7; 16_385], &[7; 200_000], &[0xff; 3], &noise[..1], b"end"] {
        assert!(viewer.say(message), "{} bytes", message.len());
    }
    let mut arrived = Vec::new();
    viewer
        .run_until(|_| {
            arrived.extend(told(&mut events));
            arrived.last().is_some_and(|last| last == "end")
        })
        .await;
    let wanted = [&noise[..], &[0xff; 3], &noise[..1], b"end"];
    assert_eq!(arrived, wanted);
    for message in [&noise[..0], &[1; 16_385], b"still here"] {
        assert!(app.send(Channel::Control, Bytes::copy_from_slice(message)));
    }
    viewer.run_until(|viewer| !viewer.messages.is_empty()).await;
    assert_eq!(viewer.messages, [b"still here"]);
}

#[tokio::test]
async fn of_a_message_without_end_only_the_beginning_is_kept() {
    let (mut viewer, app, mut events) = open().await;
    let huge = vec![7; 100_000_000];
    assert!(viewer.say(&huge));
    viewer.run_until(|_| app.commands().is_closed()).await;
    let taken = huge.len() - viewer.unacknowledged_bytes();
    assert!(taken < 1_000_000, "{taken} bytes");
    let mut end = Vec::new();
    while let Ok(event) = events.try_recv() {
        assert!(!matches!(event, Event::Message(..)));
        if matches!(event, Event::Failed(_) | Event::Closed) {
            end.push(event);
        }
    }
    assert_eq!(end, [Event::Closed]);
}
