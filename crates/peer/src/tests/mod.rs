//! Two connections over real UDP sockets, and the order in which the outbox sends.

mod description;
mod hostile;
mod video;
mod viewer;
mod voice;

use std::time::{Duration, Instant};

use bytes::Bytes;
use protocol::Fingerprint;
use str0m::change::{SdpAnswer, SdpPendingOffer};
use str0m::channel::{ChannelConfig, Reliability};
use tokio::sync::mpsc::Receiver;
use tokio::time::timeout;

use crate::outbox::{Drain, Outbox, Overflow, WAITING_MESSAGES, Wrote};
use crate::peer::{Media, Offered, add_candidates, connection};
use crate::sockets::Sockets;
use crate::{
    Answered, Certificate, Channel, Command, Event, FailReason, Offer, Peer, PeerError, SCREEN_UNSENT_BYTES,
};

/// The console's half: what a browser does, made with the same core.
struct Console {
    rtc: str0m::Rtc,
    sockets: Sockets,
    candidates: Vec<String>,
    pending: SdpPendingOffer,
    sdp: String,
    certificate: Certificate,
}

async fn console() -> Console {
    let certificate = Certificate::generate().unwrap();
    let sockets = Sockets::open().await.unwrap();
    let mut rtc = connection(&certificate, Media::default(), Instant::now());
    let candidates = add_candidates(&mut rtc, &sockets);
    let mut api = rtc.sdp_api();
    for channel in Channel::ALL {
        let reliable = matches!(channel, Channel::Control | Channel::Screen);
        api.add_channel_with_config(ChannelConfig {
            label: channel.label().to_owned(),
            ordered: reliable,
            reliability: if reliable {
                Reliability::Reliable
            } else {
                Reliability::MaxRetransmits { retransmits: 0 }
            },
            ..ChannelConfig::default()
        });
    }
    let (offer, pending) = api.apply().unwrap();
    Console { rtc, sockets, candidates, pending, sdp: offer.to_sdp_string(), certificate }
}

impl Console {
    fn accept(mut self, answer: &str, remote: Fingerprint) -> (Peer, Receiver<Event>) {
        let answer = SdpAnswer::from_sdp_string(answer).unwrap();
        self.rtc.sdp_api().accept_answer(self.pending, answer).unwrap();
        Peer::spawn(self.rtc, self.sockets, self.candidates, Offered { sdp: String::new(), remote })
    }
}

async fn pair() -> ((Peer, Receiver<Event>), (Peer, Receiver<Event>)) {
    let console = console().await;
    let certificate = Certificate::generate().unwrap();
    let remote = console.certificate.fingerprint();
    let offer = Offer { sdp: &console.sdp, remote, certificate: &certificate, voice: false };
    let Answered { peer, events, sdp } = Peer::answer(offer).await.unwrap();
    assert_eq!(protocol::sdp::fingerprint(&sdp), Some(certificate.fingerprint()));
    (console.accept(&sdp, certificate.fingerprint()), (peer, events))
}

async fn until<T>(events: &mut Receiver<Event>, mut wanted: impl FnMut(Event) -> Option<T>) -> T {
    timeout(Duration::from_secs(20), async {
        loop {
            let event = events.recv().await.expect("the connection still tells something");
            if let Some(found) = wanted(event) {
                return found;
            }
        }
    })
    .await
    .expect("what was waited for comes")
}

async fn all_open(events: &mut Receiver<Event>) {
    let mut open = Vec::new();
    until(events, |event| {
        if let Event::Open(channel) = event {
            open.push(channel);
        }
        (open.len() == Channel::ALL.len()).then_some(())
    })
    .await;
}

async fn send(peer: &Peer, channel: Channel, bytes: impl Into<Bytes>) {
    peer.commands().send(Command::Send(channel, bytes.into())).await.unwrap();
}

#[tokio::test]
async fn messages_pass_both_ways_on_every_channel_and_the_end_is_told() {
    let ((console, mut at_console), (app, mut at_app)) = pair().await;
    all_open(&mut at_app).await;
    all_open(&mut at_console).await;
    for channel in Channel::ALL {
        let message = |event| match event {
            Event::Message(channel, bytes) => Some((channel, bytes)),
            _ => None,
        };
        send(&console, channel, "from the console").await;
        assert_eq!(until(&mut at_app, message).await, (channel, "from the console".into()));
        send(&app, channel, "from the app").await;
        assert_eq!(until(&mut at_console, message).await, (channel, "from the app".into()));
    }
    app.commands().send(Command::Close).await.unwrap();
    until(&mut at_app, |event| (event == Event::Closed).then_some(())).await;
    until(&mut at_console, |event| (event == Event::Closed).then_some(())).await;
}

#[tokio::test]
async fn the_screen_gets_room_again_as_it_is_acknowledged() {
    let ((_console, mut at_console), (app, mut at_app)) = pair().await;
    let room = |event| match event {
        Event::Room { bytes } => Some(bytes),
        _ => None,
    };
    assert_eq!(until(&mut at_app, room).await, SCREEN_UNSENT_BYTES);
    let packets = 20;
    let mut room_bytes = SCREEN_UNSENT_BYTES;
    let mut sent = 0;
    while sent < packets {
        if room_bytes < 16_384 {
            room_bytes += until(&mut at_app, room).await;
            continue;
        }
        send(&app, Channel::Screen, vec![7; 16_384]).await;
        room_bytes -= 16_384;
        sent += 1;
    }
    let mut received = 0;
    until(&mut at_console, |event| {
        received +=
            usize::from(matches!(event, Event::Message(Channel::Screen, ref bytes) if bytes.len() == 16_384));
        (received == packets).then_some(())
    })
    .await;
    while room_bytes < SCREEN_UNSENT_BYTES {
        room_bytes += until(&mut at_app, room).await;
    }
    assert_eq!(room_bytes, SCREEN_UNSENT_BYTES);
}

/// More than is taken in one go, on a channel that repeats nothing.
#[tokio::test]
async fn no_datagram_of_a_burst_is_lost() {
    let ((_console, mut at_console), (app, mut at_app)) = pair().await;
    all_open(&mut at_console).await;
    let mut received = [0, 0];
    let mut count = async |channel, wanted: usize| {
        let at = usize::from(channel == Channel::Repeat);
        until(&mut at_console, |event| {
            received[at] += usize::from(matches!(event, Event::Message(found, _) if found == channel));
            (received[at] == wanted).then_some(())
        })
        .await;
    };
    // The congestion window opens.
    let mut room_bytes = 0;
    for _ in 0..60 {
        while room_bytes < 16_384 {
            room_bytes += until(&mut at_app, |event| match event {
                Event::Room { bytes } => Some(bytes),
                _ => None,
            })
            .await;
        }
        send(&app, Channel::Screen, vec![7; 16_384]).await;
        room_bytes -= 16_384;
    }
    count(Channel::Screen, 60).await;
    for _ in 0..100 {
        send(&app, Channel::Repeat, vec![7; 1_000]).await;
    }
    count(Channel::Repeat, 100).await;
}

#[tokio::test]
async fn an_offer_with_another_certificate_than_the_policys_is_refused() {
    let console = console().await;
    let certificate = Certificate::generate().unwrap();
    let check = async |sdp: &str, remote| {
        Peer::answer(Offer { sdp, remote, certificate: &certificate, voice: false }).await
    };
    assert!(matches!(check(&console.sdp, Fingerprint([1; 32])).await, Err(PeerError::Fingerprint)));
    for text in
        ["", "v=0", "random", "v=0\r\no=- 0 0 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n", &"a".repeat(100_000)]
    {
        assert!(check(text, console.certificate.fingerprint()).await.is_err());
    }
    for length in (0..console.sdp.len()).step_by(7) {
        let cut =
            check(console.sdp.get(..length).unwrap_or_default(), console.certificate.fingerprint()).await;
        drop(cut);
    }
}

#[tokio::test]
async fn an_impostor_with_the_offer_but_not_the_certificate_never_connects() {
    let console = console().await;
    let certificate = Certificate::generate().unwrap();
    // The policy and the offer name the console; at the sockets answers someone else.
    let named = Certificate::generate().unwrap().fingerprint();
    let sdp = console
        .sdp
        .replace(&protocol::sdp::write(console.certificate.fingerprint()), &protocol::sdp::write(named));
    let offer = Offer { sdp: &sdp, remote: named, certificate: &certificate, voice: false };
    let Answered { peer: _app, mut events, sdp } = Peer::answer(offer).await.unwrap();
    let (_console, _at_console) = console.accept(&sdp, certificate.fingerprint());
    let end = until(&mut events, |event| match event {
        Event::Candidate(_) => None,
        other => Some(other),
    })
    .await;
    assert!(matches!(end, Event::Failed(FailReason::Protocol) | Event::Closed), "{end:?}");
}

#[tokio::test]
async fn candidates_that_are_hidden_malformed_or_too_many_are_skipped() {
    let ((_console, _at_console), (app, mut at_app)) = pair().await;
    let hidden = "candidate:1 1 udp 2113937151 0b1c.local 50000 typ host";
    for line in [hidden, "", "candidate:", "\u{0}", "candidate:1 1 udp 99999999999 300.1.1.1 99999 typ host"]
    {
        app.commands().send(Command::Candidate(line.to_owned())).await.unwrap();
    }
    for port in 1..200 {
        let line = format!("candidate:{port} 1 udp 1 192.0.2.1 {port} typ host");
        app.commands().send(Command::Candidate(line)).await.unwrap();
    }
    all_open(&mut at_app).await;
}

#[tokio::test]
async fn a_message_that_finds_no_room_ends_the_connection_unless_it_may_be_lost() {
    let ((_console, mut at_console), (app, mut at_app)) = pair().await;
    all_open(&mut at_app).await;
    // Nothing else runs here until the next await.
    let mut taken = 0;
    while app.send(Channel::Pointer, Bytes::from_static(b"a move")) {
        taken += 1;
        assert!(taken < 10_000, "there is an end to the room");
    }
    // The queue empties, and a lost move was no harm.
    until(&mut at_console, |event| matches!(event, Event::Message(Channel::Pointer, _)).then_some(())).await;
    assert!(app.send(Channel::Control, Bytes::from_static(b"a line")));
    until(&mut at_console, |event| matches!(event, Event::Message(Channel::Control, _)).then_some(())).await;
    while app.send(Channel::Control, Bytes::from_static(b"a line")) {}
    let end = until(&mut at_app, |event| match event {
        Event::Failed(reason) => Some(reason),
        _ => None,
    });
    assert_eq!(end.await, FailReason::NotReading);
    until(&mut at_console, |event| (event == Event::Closed).then_some(())).await;
    assert!(!app.send(Channel::Control, Bytes::from_static(b"a line")));
}

#[test]
fn the_outbox_sends_the_most_urgent_first_and_holds_a_limited_number() {
    let mut outbox = Outbox::default();
    for (channel, text) in [
        (Channel::Repeat, "repeat"),
        (Channel::Screen, "screen"),
        (Channel::Pointer, "pointer"),
        (Channel::Control, "control"),
    ] {
        outbox.push(channel, text.into()).unwrap();
    }
    let mut order = Vec::new();
    outbox.flush(|_, bytes| {
        order.push(bytes.clone());
        Wrote::Taken
    });
    assert_eq!(order, ["control", "pointer", "screen", "repeat"]);
    assert!(outbox.is_empty());
    for _ in 0..WAITING_MESSAGES {
        outbox.push(Channel::Control, Bytes::new()).unwrap();
        outbox.push(Channel::Repeat, Bytes::new()).unwrap();
    }
    assert_eq!(outbox.push(Channel::Control, Bytes::new()), Err(Overflow));
    assert_eq!(outbox.push(Channel::Repeat, Bytes::new()), Ok(()));
    let mut tried = 0;
    outbox.flush(|_, _| {
        tried += 1;
        Wrote::Full
    });
    assert_eq!(tried, 1);
}

#[test]
fn acknowledged_bytes_are_told_once() {
    let mut drain = Drain::default();
    drain.wrote(100);
    assert_eq!(drain.drained(100), 0);
    assert_eq!(drain.drained(40), 60);
    assert_eq!(drain.drained(40), 0);
    drain.wrote(10);
    assert_eq!(drain.drained(50), 0);
    assert_eq!(drain.drained(0), 50);
}
