//! The workloads as pure functions from a picture's number to its pixels.

use std::path::Path;

use anyhow::Context;
use fontdue::{Font, FontSettings};

use crate::Workload;
use crate::canvas::{Canvas, Colour};

/// Where the click workload's square stands, in pixels.
pub(crate) const SQUARE: (u32, u32, u32, u32) = (400, 300, 200, 200);
/// Where the video region stands, in pixels.
pub(crate) const VIDEO: (u32, u32, u32, u32) = (320, 240, 640, 360);
/// The side of a square of the strip, in pixels, in the corner of the screen and in that of the video region.
const STRIP_SQUARE: u32 = 8;
const VIDEO_STRIP_SQUARE: u32 = 16;
/// How far one picture scrolls, in pixels: one line of text.
const LINE: u32 = 24;
const PAPER: Colour = 0x00ff_ffff;
const INK: Colour = 0x0022_2222;
const INKS: [Colour; 6] = [INK, INK, INK, 0x00c0_0000, 0x0000_40c0, 0x0000_8040];
const SYLLABLES: &str =
    "가나다라마바사아자차카타파하원격지원상담고객화면제어접속번호기록통계부서관리자동의중지연결";

/// A workload and what it needs to draw.
pub(crate) struct Scene {
    workload: Workload,
    font: Font,
}

impl Scene {
    /// Reads the font. Errors: the file is missing or no font.
    pub(crate) fn new(workload: Workload, font: &Path) -> anyhow::Result<Scene> {
        let bytes = std::fs::read(font).with_context(|| format!("cannot read {}", font.display()))?;
        let font = Font::from_bytes(bytes, FontSettings::default()).map_err(anyhow::Error::msg)?;
        Ok(Scene { workload, font })
    }

    pub(crate) fn workload(&self) -> Workload {
        self.workload
    }

    /// Picture `number` of this workload.
    pub(crate) fn picture(&self, number: u32, width: u32, height: u32) -> Canvas {
        let mut canvas = Canvas::new(width, height, PAPER);
        match self.workload {
            Workload::Click => {
                let colour = if number.is_multiple_of(2) { 0x0030_60c0 } else { 0x00e0_8020 };
                let (x, y, w, h) = SQUARE;
                canvas.fill(x, y, w, h, colour);
            }
            Workload::Still => self.lines(&mut canvas, 0),
            Workload::Typing => self.typed(&mut canvas, number),
            Workload::Scroll => self.lines(&mut canvas, number),
            Workload::Video => {
                self.lines(&mut canvas, 0);
                plasma(&mut canvas, number);
            }
        }
        if self.workload == Workload::Video {
            // Within the region, or pictures of the strip alone would count; large enough for a lossy codec.
            canvas.strip((0, 0), STRIP_SQUARE, 0);
            canvas.strip((VIDEO.0, VIDEO.1), VIDEO_STRIP_SQUARE, number);
        } else {
            canvas.strip((0, 0), STRIP_SQUARE, number);
        }
        canvas
    }

    fn lines(&self, canvas: &mut Canvas, first: u32) {
        for row in 0..canvas.height() / LINE + 1 {
            self.line(canvas, first + row, row * LINE + 18);
        }
    }

    /// One line of text: shuffled syllables and letters, so that no line repeats another, every sixth word coloured.
    fn line(&self, canvas: &mut Canvas, line: u32, baseline: u32) {
        let mut random = Random(line.wrapping_mul(2_654_435_761) | 1);
        let mut pen = 8;
        while pen + 120 < canvas.width() {
            let colour = INKS.get(random.below(12) as usize).copied().unwrap_or(INK);
            pen = canvas.text(&self.font, 15.0, (pen, baseline), colour, &random.word()) + 6;
        }
    }

    fn typed(&self, canvas: &mut Canvas, number: u32) {
        let mut random = Random(7);
        let text: Vec<char> = (0..number).map(|_| random.letter()).collect();
        for (row, line) in (0u32..).zip(text.chunks(80)) {
            let line: String = line.iter().collect();
            canvas.text(&self.font, 15.0, (40, 80 + row * LINE), INK, &line);
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a channel is clamped to 0..=255 before it is made an integer"
)]
/// Moving colours with grain, which no lossless codec compresses well.
fn plasma(canvas: &mut Canvas, number: u32) {
    let (left, top, width, height) = VIDEO;
    let mut random = Random(number.wrapping_mul(97) | 1);
    let time = number as f32 * 0.12;
    for y in 0..height {
        for x in 0..width {
            let (u, v) = (x as f32 * 0.02, y as f32 * 0.025);
            let wave =
                |phase: f32| ((u + time + phase).sin() + (v - time * 0.7 + phase).cos()) * 55.0 + 128.0;
            let grain = (random.next() & 15) as f32 - 8.0;
            let channel = |phase: f32| (wave(phase) + grain).clamp(0.0, 255.0) as u32;
            canvas.set(left + x, top + y, channel(0.0) << 16 | channel(2.1) << 8 | channel(4.2));
        }
    }
}

/// xorshift32: the same pictures on every machine, without a dependency.
struct Random(u32);

impl Random {
    fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0
    }

    fn below(&mut self, limit: u32) -> u32 {
        self.next() % limit
    }

    fn letter(&mut self) -> char {
        if self.below(2) == 0 {
            char::from(b'a' + u8::try_from(self.below(26)).unwrap_or_default())
        } else {
            let syllables = u32::try_from(SYLLABLES.chars().count()).unwrap_or(1);
            SYLLABLES.chars().nth(self.below(syllables) as usize).unwrap_or('가')
        }
    }

    fn word(&mut self) -> String {
        (0..2 + self.below(6)).map(|_| self.letter()).collect()
    }
}
