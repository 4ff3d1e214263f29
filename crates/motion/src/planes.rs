//! The three planes that libaom reads: brightness, blueness and redness.

use crate::colour::Rgb;

/// How finely a picture's colours are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Chroma {
    /// One colour a pixel: 4:4:4, AV1 profile 1. Coloured text stays sharp.
    Full,
    /// One colour for two by two pixels: 4:2:0, AV1 profile 0. Every browser with AV1 decodes it.
    Half,
}

impl Chroma {
    /// The binary logarithm of how many pixels share a colour, in each direction.
    pub(crate) fn shift(self) -> u32 {
        match self {
            Self::Full => 0,
            Self::Half => 1,
        }
    }
}

/// Pictures of one size, in the colours of video.
pub(crate) struct Planes {
    width: usize,
    chroma: Chroma,
    luma: Vec<u8>,
    blueness: Vec<u8>,
    redness: Vec<u8>,
    /// One row of pixels at half size, for [`Chroma::Half`].
    means: Vec<[u8; 4]>,
}

impl Planes {
    pub(crate) fn new(width: usize, height: usize, chroma: Chroma) -> Self {
        let shift = chroma.shift();
        let colours = halved(width, shift) * halved(height, shift);
        Self {
            width,
            chroma,
            luma: vec![0; width * height],
            blueness: vec![0; colours],
            redness: vec![0; colours],
            means: vec![[0; 4]; halved(width, shift)],
        }
    }

    /// Brightness, blueness, redness; each row follows the one before without a gap.
    pub(crate) fn all(&self) -> [&[u8]; 3] {
        [&self.luma, &self.blueness, &self.redness]
    }

    /// Bytes from row to row in each of [`Self::all`].
    pub(crate) fn strides_bytes(&self) -> [usize; 3] {
        let colours = halved(self.width, self.chroma.shift());
        [self.width, colours, colours]
    }

    /// Takes over a picture. `bgrx`: every row of the picture, `stride_bytes` apart.
    pub(crate) fn fill(&mut self, bgrx: &[u8], stride_bytes: usize) {
        let row_bytes = self.width * 4;
        let rows = bgrx.chunks(stride_bytes).filter_map(|row| row.get(..row_bytes));
        match self.chroma {
            Chroma::Full => self.fill_full(rows),
            Chroma::Half => self.fill_half(rows),
        }
    }

    fn fill_full<'a>(&mut self, rows: impl Iterator<Item = &'a [u8]>) {
        let planes = self.luma.chunks_exact_mut(self.width);
        let planes = planes.zip(self.blueness.chunks_exact_mut(self.width));
        let planes = planes.zip(self.redness.chunks_exact_mut(self.width));
        for (row, ((luma, blueness), redness)) in rows.zip(planes) {
            let (pixels, _) = row.as_chunks::<4>();
            convert(pixels, luma, Rgb::luma);
            convert(pixels, blueness, Rgb::blueness);
            convert(pixels, redness, Rgb::redness);
        }
    }

    fn fill_half<'a>(&mut self, mut rows: impl Iterator<Item = &'a [u8]>) {
        let colours = halved(self.width, 1);
        let planes = self.luma.chunks_mut(self.width * 2);
        let planes = planes.zip(self.blueness.chunks_exact_mut(colours));
        let planes = planes.zip(self.redness.chunks_exact_mut(colours));
        for ((luma, blueness), redness) in planes {
            let Some(upper) = rows.next() else { return };
            // An odd picture's last row is its own neighbour.
            let lower = rows.next().unwrap_or(upper);
            let (upper, _) = upper.as_chunks::<4>();
            let (lower, _) = lower.as_chunks::<4>();
            for (pixels, luma) in [upper, lower].into_iter().zip(luma.chunks_exact_mut(self.width)) {
                convert(pixels, luma, Rgb::luma);
            }
            means(upper, lower, &mut self.means);
            convert(&self.means, blueness, Rgb::blueness);
            convert(&self.means, redness, Rgb::redness);
        }
    }
}

#[inline(always)]
fn convert(pixels: &[[u8; 4]], out: &mut [u8], by: impl Fn(Rgb) -> u8) {
    for (out, pixel) in out.iter_mut().zip(pixels) {
        *out = by(Rgb::of(*pixel));
    }
}

/// The mean of each two by two pixels. A pass of its own, since the compiler makes vector code of it and of what follows,
/// but not of both at once (0.5 ns a pixel against 2.4).
fn means(upper: &[[u8; 4]], lower: &[[u8; 4]], means: &mut [[u8; 4]]) {
    let (upper, upper_last) = upper.as_chunks::<2>();
    let (lower, lower_last) = lower.as_chunks::<2>();
    for (mean, (upper, lower)) in means.iter_mut().zip(upper.iter().zip(lower)) {
        *mean = mean_of([upper[0], upper[1], lower[0], lower[1]]);
    }
    // An odd picture's last column is its own neighbour.
    if let ([upper], [lower], Some(mean)) = (upper_last, lower_last, means.last_mut()) {
        *mean = mean_of([*upper, *upper, *lower, *lower]);
    }
}

/// The mean of four pixels, two of their bytes at once in each half of a word.
#[inline(always)]
fn mean_of(pixels: [[u8; 4]; 4]) -> [u8; 4] {
    const HALVES: u32 = 0x00ff_00ff;
    const ROUNDING: u32 = 0x0002_0002;
    let [a, b, c, d] = pixels.map(u32::from_le_bytes);
    let even = (a & HALVES) + (b & HALVES) + (c & HALVES) + (d & HALVES) + ROUNDING;
    let odd = (a >> 8 & HALVES) + (b >> 8 & HALVES) + (c >> 8 & HALVES) + (d >> 8 & HALVES) + ROUNDING;
    ((even >> 2 & HALVES) | (odd >> 2 & HALVES) << 8).to_le_bytes()
}

fn halved(pixels: usize, shift: u32) -> usize {
    if shift == 0 { pixels } else { pixels.div_ceil(2) }
}
