//! F-14: a voice each way between two cores over real sockets, and nothing where it may not be.

use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::sync::mpsc::Receiver;

use super::viewer::{Pending, Viewer};
use crate::{Command, Event, Peer};

/// 20 ms of silence (RFC 6716 §3.1: full band, one frame).
const PACKET: &[u8] = &[0xf8, 0xff, 0xfe];
const EVERY: Duration = Duration::from_millis(20);

struct Pair {
    console: Viewer,
    app: Peer,
    at_app: Receiver<Event>,
    answer: String,
    /// Packets that the console has said.
    said: u64,
}

/// A console that offers a line of audio, and an app that may talk on one or not.
async fn pair(voice: bool) -> Pair {
    let pending = Pending::offering(true).await;
    let sdp = pending.sdp.clone();
    let (mut console, app, at_app, answer) = pending.connect_to(&sdp, voice).await;
    console.run_until(|console| console.is_open()).await;
    Pair { console, app, at_app, answer, said: 0 }
}

impl Pair {
    async fn command(&self, command: Command) {
        self.app.commands().send(command).await.unwrap();
    }

    /// The console talks for a while; what the app was told of it.
    async fn talk(&mut self, packets: u64) -> Vec<Event> {
        let until = self.said + packets;
        let Self { console, at_app, said, .. } = self;
        let (mut told, mut next) = (Vec::new(), Instant::now());
        console
            .run_until(|console| {
                if next <= Instant::now() && *said < until {
                    console.talk(960 * *said, PACKET);
                    *said += 1;
                    next = Instant::now() + EVERY;
                }
                while let Ok(event) = at_app.try_recv() {
                    told.push(event);
                }
                *said == until && next <= Instant::now()
            })
            .await;
        told.retain(|event| matches!(event, Event::Voice { .. } | Event::VoiceUninvited));
        told
    }

    /// The app talks for a while; how many packets the console got.
    async fn listen(&mut self, packets: u64) -> usize {
        for number in 0..packets {
            self.command(Command::Voice { time: 960 * number, bytes: Bytes::from_static(PACKET) }).await;
            self.console.run_for(EVERY, |_| false).await;
        }
        self.console.run_for(Duration::from_millis(200), |_| false).await;
        let got = std::mem::take(&mut self.console.pictures);
        assert!(got.iter().all(|packet| packet.data.as_ref() == PACKET));
        got.len()
    }
}

#[tokio::test]
async fn a_voice_goes_each_way_while_it_is_open() {
    let mut pair = pair(true).await;
    pair.command(Command::VoiceOpen(true)).await;
    let told = pair.talk(20).await;
    let times: Vec<u64> = told
        .iter()
        .filter_map(|event| match event {
            Event::Voice { time, bytes } if bytes == PACKET => Some(*time),
            _ => None,
        })
        .collect();
    assert!(10 < times.len(), "{told:?}");
    assert!(times.windows(2).all(|pair| pair[1] == pair[0] + 960), "{times:?}");
    assert!(10 < pair.listen(20).await);
    pair.command(Command::VoiceOpen(false)).await;
    assert_eq!(pair.listen(5).await, 0);
}

/// Whoever talks to an app that does not listen is told of, seldom, and not heard.
#[tokio::test]
async fn while_it_is_closed_nothing_is_heard_and_nothing_leaves() {
    let mut pair = pair(true).await;
    let told = pair.talk(30).await;
    assert_eq!(told, [Event::VoiceUninvited]);
    assert_eq!(pair.listen(5).await, 0);
}

/// Y-1: no line of audio is agreed where the policy allows no voice, whatever a console offers and an app is told.
#[tokio::test]
async fn a_line_that_may_not_be_is_refused() {
    let mut pair = pair(false).await;
    assert!(pair.answer.contains("m=audio 0 "), "{}", pair.answer);
    pair.command(Command::VoiceOpen(true)).await;
    assert_eq!(pair.talk(5).await, []);
    assert_eq!(pair.listen(5).await, 0);
}
