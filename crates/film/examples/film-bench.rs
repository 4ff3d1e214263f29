//! How long a film takes, beside how long the recording is: a minute of office work at 1920 × 1080, made of the pictures of
//! `picture-workload`. `cargo xtask bench film` builds and runs it; one JSON line on standard output.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench: what fails ends it, and its figures are its result"
)]

use film::{Film, Outline};
use protocol::recording::{Content, Entry, Piece};
use std::{env, fs, process::Command, time::Instant};
use tiles::{Encoder, Finish, Patch, Rect};

const SIDE: (u16, u16) = (1920, 1080);
const LENGTH_MS: u32 = 60_000;
const PIECE_MS: u32 = 3_000;
/// A full state, as consoles ask for.
const STATE_MS: u32 = 10_000;
/// So many times faster than real time, at least.
const WANTED: f64 = 3.0;

/// What happens.
enum Happens {
    /// Picture `n` of a workload of `picture-workload`.
    Shows(&'static str, u32),
    Points(i32, i32),
}

fn main() {
    let workload = env::args().nth(1).unwrap_or_else(|| "target/release/picture-workload".to_owned());
    let pieces = recorded(&workload);
    let began = Instant::now();
    let mut outline = Outline::default();
    pieces.iter().for_each(|piece| outline.add(&Piece::read(piece).unwrap()));
    let mut film = Film::new(outline.plan().unwrap()).unwrap();
    let mut clusters = Vec::new();
    for piece in &pieces {
        clusters.extend(film.take(&Piece::read(piece).unwrap()).unwrap());
    }
    let (rest, head) = film.finish().unwrap();
    let took_s = began.elapsed().as_secs_f64();
    let file = [head, clusters, rest].concat();
    if let Some(out) = env::args().nth(2) {
        fs::write(out, &file).unwrap();
    }
    let length_s = f64::from(LENGTH_MS) / 1000.0;
    let recorded: usize = pieces.iter().map(Vec::len).sum();
    println!(
        "{{\"bench\":\"film\",\"width\":{},\"height\":{},\"length_s\":{length_s},\"took_s\":{took_s:.2},\
         \"times_real_time\":{:.1},\"wanted\":{WANTED:.1},\"recording_bytes\":{recorded},\"film_bytes\":{}}}",
        SIDE.0,
        SIDE.1,
        length_s / took_s,
        file.len(),
    );
}

/// Typing, pointing, scrolling, reading, and from window to window.
fn office() -> Vec<(u32, Happens)> {
    let mut work = Vec::new();
    (0..150).for_each(|n| work.push((n * 120, Happens::Shows("typing", n))));
    (0..240).for_each(|n| {
        let step = i32::try_from(n).unwrap();
        work.push((20_000 + n * 33, Happens::Points(200 + step * 6, 150 + step * 3)));
    });
    (0..180).for_each(|n| work.push((30_000 + n * 33, Happens::Shows("scroll", n))));
    (0..10).for_each(|n| {
        let what = if n % 2 == 0 { Happens::Shows("typing", 149) } else { Happens::Shows("scroll", n) };
        work.push((48_000 + n * 1_000, what));
    });
    work
}

fn recorded(workload: &str) -> Vec<Vec<u8>> {
    let whole = Rect::new(0, 0, SIDE.0, SIDE.1);
    let finish = Finish { more_dirty: false, check_every_row: false, target_bytes: 1 << 30 };
    let (mut epoch, mut state_ms) = (0, None);
    let mut encoder = Encoder::new(epoch, SIDE.0, SIDE.1).unwrap();
    let mut entries: Vec<(u32, bool, Vec<u8>)> = Vec::new();
    let mut points = Vec::new();
    for (at_ms, happens) in office() {
        let (kind, no) = match happens {
            Happens::Points(x, y) => {
                points.push((at_ms, x, y));
                continue;
            }
            Happens::Shows(kind, no) => (kind, no),
        };
        let pixels = picture(workload, kind, no);
        let mut begins = state_ms.is_none_or(|state_ms| STATE_MS <= at_ms - state_ms);
        if begins {
            (epoch, state_ms) = (epoch + 1, Some(at_ms));
            encoder = Encoder::new(epoch, SIDE.0, SIDE.1).unwrap();
        }
        // What does not fit into one update comes with the next one.
        loop {
            let patch = Patch::new(whole, usize::from(SIDE.0) * 4, &pixels).unwrap();
            let Some(update) = encoder.encode(&[patch], finish).unwrap() else { break };
            for packet in update.packets {
                entries.push((at_ms, std::mem::take(&mut begins), packet));
            }
            if update.rest.is_empty() {
                break;
            }
        }
    }
    let screens = entries.iter().map(|(at_ms, begins, packet)| Entry {
        at_ms: *at_ms,
        content: Content::Screen { begins: *begins, packet },
    });
    let points = points
        .iter()
        .map(|(at_ms, x, y)| Entry { at_ms: *at_ms, content: Content::PointerAt { x: *x, y: *y } });
    let mut all: Vec<_> = screens.chain(points).collect();
    all.sort_by_key(|entry| entry.at_ms);
    let piece = |no: u32| {
        let (starts_ms, ends_ms) = ((no - 1) * PIECE_MS, no * PIECE_MS);
        let inside = |entry: &&Entry<'_>| starts_ms <= entry.at_ms && entry.at_ms < ends_ms;
        Piece { no, starts_ms, ends_ms, entries: all.iter().filter(inside).copied().collect() }.write()
    };
    (1..=LENGTH_MS / PIECE_MS).map(piece).collect()
}

/// Blue, green, red and nothing of each pixel.
fn picture(workload: &str, kind: &str, no: u32) -> Vec<u8> {
    let file = env::temp_dir().join(format!("beside-film-bench-{}", std::process::id()));
    let (no, size) = (no.to_string(), format!("{}x{}", SIDE.0, SIDE.1));
    let done = Command::new(workload)
        .args([kind, "--dump", &no, "--size", &size, "--out"])
        .arg(&file)
        .status()
        .unwrap();
    assert!(done.success(), "{workload} does not draw");
    let pixels = fs::read(&file).unwrap();
    fs::remove_file(&file).unwrap();
    pixels
}
