//! Pictures to encode.

use std::fs::File;
use std::io::BufReader;

use crate::Decoded;
use crate::Frame;

pub(super) struct Picture {
    pub(super) width: usize,
    pub(super) height: usize,
    stride_bytes: usize,
    bgrx: Vec<u8>,
    step: usize,
}

impl Picture {
    fn of(width: usize, height: usize, rgb: impl Fn(usize, usize) -> [u8; 3]) -> Self {
        let mut bgrx = Vec::with_capacity(width * height * 4);
        for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
            let [red, green, blue] = rgb(x, y);
            bgrx.extend([blue, green, red, 0x5a]);
        }
        Self { width, height, stride_bytes: width * 4, bgrx, step: 0 }
    }

    pub(super) fn flat(width: usize, height: usize, rgb: [u8; 3]) -> Self {
        Self::of(width, height, |_, _| rgb)
    }

    /// The customer's question for consent, as the manual shows it.
    pub(super) fn real() -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/screens/app-consent.en.light.png");
        let mut decoder = png::Decoder::new(BufReader::new(File::open(path).unwrap()));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut bytes).unwrap();
        let samples = info.color_type.samples();
        assert!(samples >= 3, "a coloured picture");
        let (width, height) = (info.width as usize, info.height as usize);
        Self::of(width, height, |x, y| {
            let start = y * info.line_size + x * samples;
            [bytes[start], bytes[start + 1], bytes[start + 2]]
        })
    }

    /// Black strokes on white.
    pub(super) fn page(width: usize, height: usize) -> Self {
        let is_ink =
            |x: usize, y: usize| y % 18 > 5 && (x / 9 * 7 + y / 18 * 13) % 5 > 1 && (x % 9 < 2 || y % 6 < 1);
        Self::of(width, height, |x, y| if is_ink(x, y) { [0; 3] } else { [255; 3] })
    }

    /// Waves of colour under noise that is new in each picture: no encoder makes it small.
    pub(super) fn moving(width: usize, height: usize) -> Self {
        let mut picture = Self::flat(width, height, [0; 3]);
        picture.advance();
        picture
    }

    pub(super) fn advance(&mut self) {
        self.step += 1;
        let mut random = u32::try_from(self.step).unwrap();
        let (width, step) = (self.width, self.step);
        for (index, pixel) in self.bgrx.chunks_exact_mut(4).enumerate() {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let grain = (random >> 27) as usize;
            let (x, y) = (index % width + step * 3, index / width + step);
            let wave = |period: usize, at: usize| (at % period).abs_diff(period / 2) * 200 / period;
            for (level, shift) in pixel.iter_mut().zip([0, 17, 31]) {
                let value = wave(37 + shift, x) + wave(23 + shift, y) + grain;
                *level = u8::try_from(value).unwrap();
            }
        }
    }

    /// Puts bytes between the rows that belong to no pixel.
    pub(super) fn widen_rows(&mut self, stride_pixels: usize, filler: u8) {
        let rows = self.bgrx.chunks_exact(self.width * 4);
        let gap = vec![filler; (stride_pixels - self.width) * 4];
        self.bgrx = rows.flat_map(|row| [row, &gap].concat()).collect();
        self.stride_bytes = stride_pixels * 4;
    }

    pub(super) fn frame(&self) -> Frame<'_> {
        Frame { bgrx: &self.bgrx, stride_bytes: self.stride_bytes }
    }

    fn rgb(&self, x: usize, y: usize) -> [f64; 3] {
        let start = y * self.stride_bytes + x * 4;
        [2, 1, 0].map(|channel| f64::from(self.bgrx[start + channel]))
    }

    /// Over all pixels and what `compared` makes of the wanted and the found colour.
    pub(super) fn mean_square_error(
        &self,
        decoded: &Decoded,
        compared: impl Fn([f64; 3], [f64; 3]) -> Vec<(f64, f64)>,
    ) -> f64 {
        let (mut sum, mut count) = (0.0, 0.0);
        for (y, x) in (0..self.height).flat_map(|y| (0..self.width).map(move |x| (y, x))) {
            for (wanted, found) in compared(self.rgb(x, y), decoded.rgb(x, y)) {
                sum += (wanted - found).powi(2);
                count += 1.0;
            }
        }
        sum / count
    }
}
