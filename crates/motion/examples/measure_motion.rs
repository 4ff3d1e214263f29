//! Measures the encoder alone on made-up moving pictures, one JSON line a figure:
//! `cargo run -p motion --example measure_motion`.
//!
//! `photo` is noise in six octaves, as photographs have it, drifting behind a part that drifts the other way, with
//! grain that is new in each picture; `text` is a page of strokes in colours, scrolling by five rows a picture. Both at
//! 30 pictures/s.
#![expect(
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a measurement"
)]

use std::time::{Duration, Instant};

use motion::{Chroma, Encoder, Frame, Settings};

const PICTURES: u32 = 90;
const LINE: usize = 20;

struct Random(u32);

impl Random {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) % limit
    }
}

/// A picture larger than what is shown of it.
struct Scene {
    width: usize,
    bgrx: Vec<u8>,
}

impl Scene {
    fn photo(width: usize, height: usize) -> Self {
        let mut bgrx = vec![0; width * height * 4];
        for channel in 0..3 {
            let mut random = Random(77 + channel as u32);
            let lattice: Vec<f32> = (0..256 * 256).map(|_| random.below(1000) as f32 / 1000.0).collect();
            for y in 0..height {
                for x in 0..width {
                    let level: f32 = (0..6).map(|octave| smooth(&lattice, x, y, octave)).sum();
                    bgrx[(y * width + x) * 4 + channel] = (level * 110.0).clamp(0.0, 255.0) as u8;
                }
            }
        }
        Self { width, bgrx }
    }

    fn text(width: usize, height: usize) -> Self {
        let mut scene = Self { width, bgrx: vec![0xff; width * height * 4] };
        let mut random = Random(5);
        for top in (0..height - LINE).step_by(LINE) {
            let colour = [0x00_0000, 0x00_0000, 0xc0_2020, 0x10_40d0][random.below(4) as usize];
            let end = width - 12 - random.below(width as u32 / 2) as usize;
            for left in (10..end).step_by(10) {
                if random.below(6) != 0 {
                    scene.glyph(left, top, random.below(60), colour);
                }
            }
        }
        scene
    }

    /// One of 60 signs of three strokes, upright or level, two pixels thick.
    fn glyph(&mut self, left: usize, top: usize, glyph: u32, colour: u32) {
        let mut random = Random(glyph * 7919);
        for stroke in 0..3 {
            let (x, y) = (random.below(6) as usize, 3 + random.below(10) as usize);
            let (right, bottom) = if stroke % 2 == 0 { (x + 2, 15) } else { (8, y + 2) };
            for (row, column) in (y..bottom).flat_map(|row| (x..right).map(move |column| (row, column))) {
                let start = ((top + row) * self.width + left + column) * 4;
                self.bgrx[start..start + 4].copy_from_slice(&colour.to_le_bytes());
            }
        }
    }

    /// What is seen of it from a place, as wide and tall as `settings` say.
    fn cut(&self, left: usize, top: usize, settings: Settings) -> Vec<u8> {
        let rows = self.bgrx.chunks_exact(self.width * 4).skip(top).take(settings.height.into());
        rows.flat_map(|row| &row[left * 4..(left + usize::from(settings.width)) * 4]).copied().collect()
    }

    fn picture(&self, workload: &str, step: u32, settings: Settings) -> Vec<u8> {
        let step = step as usize;
        if workload == "text" {
            return self.cut(0, step * 5, settings);
        }
        let (width, height) = (usize::from(settings.width), usize::from(settings.height));
        let mut behind = self.cut(step * 3, step, settings);
        let before = self.cut(PICTURES as usize * 3 - step * 2, 2 * step, settings);
        for row in height / 4..height * 3 / 4 {
            let part = (row * width + width / 3) * 4..(row * width + width * 2 / 3) * 4;
            behind[part.clone()].copy_from_slice(&before[part]);
        }
        let mut random = Random(step as u32);
        for level in &mut behind {
            *level = level.saturating_add(random.below(7) as u8);
        }
        behind
    }
}

/// Noise of a cell size that halves with each octave, stronger the larger the cells are.
fn smooth(lattice: &[f32], x: usize, y: usize, octave: i32) -> f32 {
    let cell = 128 >> octave;
    let (left, top) = (x / cell % 255, y / cell % 255);
    let (right_share, below_share) = ((x % cell) as f32 / cell as f32, (y % cell) as f32 / cell as f32);
    let at = |x: usize, y: usize| lattice[y * 256 + x];
    let above = at(left, top) * (1.0 - right_share) + at(left + 1, top) * right_share;
    let below = at(left, top + 1) * (1.0 - right_share) + at(left + 1, top + 1) * right_share;
    (above * (1.0 - below_share) + below * below_share) * 0.6_f32.powi(octave)
}

fn main() {
    for (width, height, bits_per_s) in [(640, 360, 3_000_000), (1920, 1080, 8_000_000)] {
        let (wide, tall) = (usize::from(width) + 300, usize::from(height) + 5 * PICTURES as usize);
        let scenes = [("photo", Scene::photo(wide, tall)), ("text", Scene::text(wide, tall))];
        for (workload, scene) in &scenes {
            for chroma in [Chroma::Full, Chroma::Half] {
                run(workload, scene, Settings { width, height, chroma, bits_per_s });
            }
        }
    }
}

fn run(workload: &str, scene: &Scene, settings: Settings) {
    let mut encoder = Encoder::new(settings).expect("encoder");
    let (mut spent_ms, mut bytes, mut dropped) = (Vec::new(), Vec::new(), 0);
    for step in 0..PICTURES {
        let bgrx = scene.picture(workload, step, settings);
        let frame = Frame { bgrx: &bgrx, stride_bytes: usize::from(settings.width) * 4 };
        let began = Instant::now();
        let coded = encoder.encode(&frame, Duration::from_millis(33) * step, false).expect("encode");
        spent_ms.push(began.elapsed().as_secs_f64() * 1e3);
        match coded {
            Some(coded) => bytes.push(coded.bytes.len()),
            None => dropped += 1,
        }
    }
    let name = format!("{workload}-{}x{}-{:?}", settings.width, settings.height, settings.chroma);
    print(&name, "key_ms", spent_ms.remove(0), "ms");
    print(&name, "key_bytes", bytes.remove(0) as f64, "B");
    spent_ms.sort_by(f64::total_cmp);
    print(&name, "encode_p50", spent_ms[spent_ms.len() / 2], "ms");
    print(&name, "encode_p95", spent_ms[spent_ms.len() * 95 / 100], "ms");
    let total_bytes: usize = bytes.iter().sum();
    print(&name, "rate", total_bytes as f64 * 8.0 / (f64::from(PICTURES) / 30.0) / 1e6, "Mbit/s");
    print(&name, "dropped", f64::from(dropped), "pictures");
}

fn print(workload: &str, metric: &str, value: f64, unit: &str) {
    println!(
        "{{\"bench\":\"motion\",\"system\":\"beside\",\"workload\":\"{workload}\",\"metric\":\"{metric}\",\"value\":{value:.3},\"unit\":\"{unit}\"}}"
    );
}
