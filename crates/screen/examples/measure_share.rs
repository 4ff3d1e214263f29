//! Shares the display of the environment with consoles that draw at once, and prints what that costs, one JSON line a figure:
//! `DISPLAY=:1 cargo run --release -p screen --example measure_share -- 10` measures ten seconds, and with `2` behind it two
//! viewers of the same size (F-18), whose second one may add at most a fifth to `share_cpu`. `plain` behind that captures the plain
//! way (S-04).
#![expect(clippy::print_stdout, reason = "a measurement")]

use std::time::{Duration, Instant};

use screen::{Channel, Share, ShareCommand, ShareEvent, ShareOptions, Viewing, Way, captures};
use tiles::{Decoder, Order};
use tokio::sync::mpsc::{Receiver, error::TryRecvError};

/// A console by hand.
struct Console {
    events: Receiver<ShareEvent>,
    send: Box<dyn Fn(ShareCommand)>,
    decoder: Decoder,
    bytes: usize,
    updates: usize,
    longest: usize,
    decoding: Duration,
}

impl Console {
    fn new(events: Receiver<ShareEvent>, send: Box<dyn Fn(ShareCommand)>) -> Self {
        send(ShareCommand::Room { bytes: 64 * 1024 });
        let (decoder, decoding) = (Decoder::new(Order::Rgba), Duration::ZERO);
        Self { events, send, decoder, bytes: 0, updates: 0, longest: 0, decoding }
    }

    /// Draws what has come; whether there was anything.
    fn draw(&mut self) -> bool {
        let event = match self.events.try_recv() {
            Ok(event) => event,
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => return false,
        };
        let ShareEvent::Packet { channel, bytes: packet } = event else { return true };
        self.bytes += packet.len();
        if channel == Channel::Ordered {
            (self.send)(ShareCommand::Room { bytes: packet.len() });
        }
        let began = Instant::now();
        let drawn = self.decoder.receive(&packet).expect("a valid packet");
        self.decoding += began.elapsed();
        self.longest = self.longest.max(packet.len());
        if let Some(progress) = drawn {
            self.updates += 1;
            (self.send)(ShareCommand::Acknowledged { epoch: progress.epoch, update: progress.update });
        }
        true
    }
}

fn main() {
    let given = |at| std::env::args().nth(at).and_then(|given: String| given.parse::<u64>().ok());
    let (seconds, viewers) = (given(1).unwrap_or(10), given(2).unwrap_or(1));
    let way = if std::env::args().nth(3).is_some_and(|way| way == "plain") { Way::Plain } else { Way::Fast };
    let (share, events) = Share::start(ShareOptions { way, ..ShareOptions::default() }).expect("a display");
    let joined: Vec<(Viewing, _)> = (1..viewers).map(|_| share.join()).collect();
    let mut consoles = vec![Console::new(events, Box::new(move |command| share.send(command)))];
    for (viewing, events) in joined {
        consoles.push(Console::new(events, Box::new(move |command| viewing.send(command))));
    }
    let end = Instant::now() + Duration::from_secs(seconds);
    while Instant::now() < end {
        let mut drawn = false;
        consoles.iter_mut().for_each(|console| drawn |= console.draw());
        if !drawn {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
    print("viewers", consoles.len(), "1");
    for console in &consoles {
        print("bytes", console.bytes, "B");
        print("updates", console.updates, "1");
        print("longest_packet", console.longest, "B");
        print("decoding", usize::try_from(console.decoding.as_millis()).unwrap_or(0), "ms");
    }
    print("captures", usize::try_from(captures()).unwrap_or(0), "1");
    print("share_cpu", screen_thread_ms(), "ms");
}

/// Processor time of the share's thread, from the kernel's ticks of 10 ms.
fn screen_thread_ms() -> usize {
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let mut stats = threads.filter_map(|thread| std::fs::read_to_string(thread.path().join("stat")).ok());
    let own = stats.find(|stat| stat.contains("(screen)")).unwrap_or_default();
    let fields = own.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<usize>().ok()).sum::<usize>() * 10
}

fn print(metric: &str, value: usize, unit: &str) {
    println!(
        "{{\"bench\":\"screen\",\"system\":\"beside\",\"metric\":\"{metric}\",\"value\":{value},\"unit\":\"{unit}\"}}"
    );
}
