//! Shares the display of the environment with a console that draws at once, and prints what that costs, one JSON
//! line a figure: `DISPLAY=:1 cargo run --release -p screen --example measure_share -- 10` measures ten seconds.
#![expect(clippy::print_stdout, reason = "a measurement")]

use std::time::{Duration, Instant};

use screen::{Channel, Share, ShareCommand, ShareEvent, ShareOptions, captures};
use tiles::{Decoder, Order};
use tokio::sync::mpsc::error::TryRecvError;

fn main() {
    let seconds = std::env::args().nth(1).and_then(|given| given.parse().ok()).unwrap_or(10);
    let (share, mut events) = Share::start(ShareOptions::default()).expect("a display");
    share.send(ShareCommand::Room { bytes: 64 * 1024 });
    let (mut decoder, mut bytes, mut updates, mut longest) = (Decoder::new(Order::Rgba), 0, 0, 0);
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut decoding = Duration::ZERO;
    while Instant::now() < end {
        let event = match events.try_recv() {
            Ok(event) => event,
            Err(TryRecvError::Empty) => {
                std::thread::sleep(Duration::from_millis(1));
                continue;
            }
            Err(TryRecvError::Disconnected) => break,
        };
        let ShareEvent::Packet { channel, bytes: packet } = event else { continue };
        bytes += packet.len();
        if channel == Channel::Ordered {
            share.send(ShareCommand::Room { bytes: packet.len() });
        }
        let began = Instant::now();
        let drawn = decoder.receive(&packet).expect("a valid packet");
        decoding += began.elapsed();
        longest = longest.max(packet.len());
        if let Some(progress) = drawn {
            updates += 1;
            share.send(ShareCommand::Acknowledged { epoch: progress.epoch, update: progress.update });
        }
    }
    print("bytes", bytes, "B");
    print("updates", updates, "1");
    print("captures", usize::try_from(captures()).unwrap_or(0), "1");
    print("longest_packet", longest, "B");
    print("decoding", usize::try_from(decoding.as_millis()).unwrap_or(0), "ms");
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
