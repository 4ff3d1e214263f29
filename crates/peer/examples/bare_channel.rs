//! The app's connection with nothing on it: what a data channel alone carries, beside which `cargo xtask bench files`
//! states what files reach. Takes one session description (hexadecimal) from standard input and prints the answer; then
//! `send N` sends N bytes, no more than 1 MiB ahead of the other end, which says a byte for each 64 KiB that it has; and
//! `expect N` prints `received` once N bytes have come.

use std::io::Write as _;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use bytes::Bytes;
use peer::{Answered, Certificate, Channel, Command, Event, Offer, Peer};
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{Sender, channel};

/// As large as messages may be.
const MESSAGE_BYTES: usize = 16 * 1024;
/// Messages that may be on their way.
const AHEAD: usize = 64;
/// Messages that the other end says to have at once.
const HAD: usize = 4;

#[tokio::main]
async fn main() -> Result<()> {
    let (typed, mut lines) = channel(16);
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            if typed.blocking_send(line).is_err() {
                return;
            }
        }
    });
    let offer = String::from_utf8(hex::decode(lines.recv().await.context("no offer")?)?)?;
    let remote = protocol::sdp::fingerprint(&offer).context("offer without a fingerprint")?;
    let certificate = Certificate::generate()?;
    let Answered { peer, mut events, sdp } =
        Peer::answer(Offer { sdp: &offer, remote, certificate: &certificate, voice: false }).await?;
    tell(&format!("answer {}", hex::encode(sdp)))?;
    let mut expected = None;
    let mut received = 0_usize;
    let room = Arc::new(Semaphore::new(AHEAD));
    loop {
        tokio::select! {
            line = lines.recv() => {
                let Some(line) = line else { return Ok(()) };
                match line.split_once(' ') {
                    Some(("candidate", text)) => {
                        peer.commands().send(Command::Candidate(text.to_owned())).await?;
                    }
                    Some(("send", count)) => {
                        tokio::spawn(send(peer.commands().clone(), Arc::clone(&room), count.parse()?));
                    }
                    Some(("expect", count)) => {
                        expected = Some(count.parse::<usize>()?);
                        received = 0;
                    }
                    _ => bail!("{line} is no command"),
                }
            }
            event = events.recv() => match event.context("the connection ended")? {
                Event::Candidate(line) if !line.is_empty() => tell(&format!("candidate {line}"))?,
                Event::Open(_) => tell("open")?,
                Event::Message(..) if expected.is_none() => room.add_permits(HAD),
                Event::Message(_, bytes) => received += bytes.len(),
                Event::Failed(reason) => bail!("the connection failed: {reason:?}"),
                _ => {}
            },
        }
        if expected.is_some_and(|count| received >= count) {
            expected = None;
            tell("received")?;
        }
    }
}

async fn send(commands: Sender<Command>, room: Arc<Semaphore>, count: usize) -> Result<()> {
    let message = Bytes::from(vec![0x5a; MESSAGE_BYTES]);
    let mut left = count;
    while left != 0 {
        let bytes = message.slice(..left.min(MESSAGE_BYTES));
        left -= bytes.len();
        room.acquire().await?.forget();
        commands.send(Command::Send(Channel::Files, bytes)).await?;
    }
    Ok(())
}

fn tell(line: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}
