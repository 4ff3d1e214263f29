//! Measures the codec alone on made-up desktops of 1920 × 1080, one JSON line a figure:
//! `cargo run --release -p tiles --example measure`.
#![expect(
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a measurement"
)]

use std::time::Instant;

use tiles::{Decoder, Encoder, Finish, Order, Patch, Rect};

const WIDTH: usize = 1920;
const HEIGHT: usize = 1080;
const LINE: usize = 24;
const FINISH: Finish = Finish { more_dirty: false, check_every_row: false, target_bytes: 256 * 1024 };

/// A desktop in memory, as it would be captured.
struct Desktop {
    bytes: Vec<u8>,
    random: u32,
}

impl Desktop {
    fn new() -> Self {
        Self { bytes: vec![0xf0; WIDTH * HEIGHT * 4], random: 12_345 }
    }

    fn next(&mut self, below: u32) -> u32 {
        self.random = self.random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.random >> 8) % below
    }

    fn set(&mut self, x: usize, y: usize, colour: u32) {
        let start = (y * WIDTH + x) * 4;
        self.bytes[start..start + 4].copy_from_slice(&colour.to_le_bytes());
    }

    /// One of 300 glyphs, grey at its edges, 14 pixels wide.
    fn glyph(&mut self, x: usize, y: usize) {
        let glyph = self.next(300);
        for row in 3..LINE - 4 {
            for column in 0..12 {
                let mix = (glyph * 7919 + (row * 12 + column) as u32 * 31).wrapping_mul(0x9e37_79b9) >> 24;
                let grey = if mix < 40 { mix * 5 } else { 0xff };
                self.set(x + column, y + row, grey * 0x01_0101);
            }
        }
    }

    fn line(&mut self, y: usize) {
        let (left, right) = (40, 1880);
        for row in y..y + LINE {
            for x in left..right {
                self.set(x, row, 0xff_ffff);
            }
        }
        let mut x = left + 10;
        let end = right - 20 - self.next(900) as usize;
        while x + 14 < end {
            if self.next(6) != 0 {
                self.glyph(x, y);
            }
            x += 14;
        }
    }

    fn scroll(&mut self) {
        let (top, bottom) = (24, 24 + 42 * LINE);
        for y in top..bottom - LINE {
            let from = (y + LINE) * WIDTH * 4 + 160;
            self.bytes.copy_within(from..from + 1840 * 4, y * WIDTH * 4 + 160);
        }
        self.line(bottom - LINE);
    }

    fn noise(&mut self, area: &Rect) {
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                let colour = self.next(1 << 24);
                self.set(x, y, colour);
            }
        }
    }
}

fn main() {
    let mut desktop = Desktop::new();
    for line in 0..42 {
        desktop.line(24 + line * LINE);
    }
    let whole = Rect::new(0, 0, 1920, 1080);
    let (mut encoder, mut decoder) = (Encoder::new(1, 1920, 1080).expect("size"), Decoder::new(Order::Rgba));
    run("open", 1, &mut desktop, &mut encoder, &mut decoder, |_, _| whole);
    run("scroll", 90, &mut desktop, &mut encoder, &mut decoder, |desktop, _| {
        desktop.scroll();
        whole
    });
    run("typing", 90, &mut desktop, &mut encoder, &mut decoder, |desktop, step| {
        desktop.glyph(60 + step * 14, 24 + 30 * LINE);
        Rect::new(50 + step as u16 * 14, 740, 40, 30)
    });
    run("click", 90, &mut desktop, &mut encoder, &mut decoder, |desktop, step| {
        for y in 300..700 {
            for x in 400..800 {
                desktop.set(x, y, if step % 2 == 0 { 0x22_88ff } else { 0xff_8822 });
            }
        }
        Rect::new(400, 300, 400, 400)
    });
    run("noise", 30, &mut desktop, &mut encoder, &mut decoder, |desktop, _| {
        let area = Rect::new(300, 300, 640, 360);
        desktop.noise(&area);
        area
    });
}

fn run(
    workload: &str,
    pictures: usize,
    desktop: &mut Desktop,
    encoder: &mut Encoder,
    decoder: &mut Decoder,
    mut draw: impl FnMut(&mut Desktop, usize) -> Rect,
) {
    let (mut encode_ms, mut decode_ms, mut bytes) = (Vec::new(), 0.0, 0);
    for step in 0..pictures {
        let mut dirty = vec![draw(desktop, step)];
        let mut spent_ms = 0.0;
        while !dirty.is_empty() {
            let began = Instant::now();
            let patches: Vec<_> = dirty
                .iter()
                .filter_map(|rect| {
                    let start = (rect.top() * WIDTH + rect.left()) * 4;
                    Patch::new(*rect, WIDTH * 4, &desktop.bytes[start..])
                })
                .collect();
            let Some(encoded) = encoder.encode(&patches, FINISH).expect("encode") else { break };
            spent_ms += began.elapsed().as_secs_f64() * 1e3;
            let began = Instant::now();
            for packet in &encoded.packets {
                bytes += packet.len();
                decoder.receive(packet).expect("decode");
            }
            decode_ms += began.elapsed().as_secs_f64() * 1e3;
            dirty = encoded.rest;
        }
        encode_ms.push(spent_ms);
    }
    encode_ms.sort_by(f64::total_cmp);
    // The least is what a loaded machine disturbs least.
    print(workload, "encode_least", encode_ms[0], "ms");
    print(workload, "encode_p50", encode_ms[pictures / 2], "ms");
    print(workload, "encode_p95", encode_ms[pictures * 95 / 100], "ms");
    print(workload, "decode_mean", decode_ms / pictures as f64, "ms");
    print(workload, "bytes", bytes as f64 / pictures as f64, "B");
}

fn print(workload: &str, metric: &str, value: f64, unit: &str) {
    println!(
        "{{\"bench\":\"tiles\",\"system\":\"beside\",\"workload\":\"{workload}\",\"metric\":\"{metric}\",\"value\":{value:.3},\"unit\":\"{unit}\"}}"
    );
}
