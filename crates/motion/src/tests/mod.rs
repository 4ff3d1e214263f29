//! Pictures go in, and what a decoder makes of them is looked at.

mod decoder;
mod picture;

use std::time::Duration;

use decoder::decoded;
use picture::Picture;

use crate::planes::Planes;
use crate::{Chroma, Coded, Decoded, Decoder, Encoder, Frame, MotionError, Settings};

const BOTH: [Chroma; 2] = [Chroma::Full, Chroma::Half];

/// At 30 pictures/s.
const STEP: Duration = Duration::from_nanos(33_333_333);

fn encoder(picture: &Picture, chroma: Chroma, bits_per_s: u32) -> Encoder {
    let (width, height) = (u16::try_from(picture.width).unwrap(), u16::try_from(picture.height).unwrap());
    Encoder::new(Settings { width, height, chroma, bits_per_s }).unwrap()
}

/// What a browser shows after the picture has stood still for `pictures` pictures.
fn shown(picture: &Picture, chroma: Chroma, bits_per_s: u32, pictures: u32) -> Decoded {
    let (mut encoder, mut decoder) = (encoder(picture, chroma, bits_per_s), Decoder::new().unwrap());
    let coded =
        (0..pictures).filter_map(|step| encoder.encode(&picture.frame(), STEP * step, false).unwrap());
    coded.map(|coded| decoded(&mut decoder, &coded.bytes)).last().unwrap()
}

/// A picture of real text and colours, a window of the app itself, within a second at 4 Mbit/s. Half the colours cost
/// coloured edges: they are measured by their brightness alone.
#[test]
fn a_real_picture_comes_out_as_it_went_in() {
    let picture = Picture::real();
    let decoded = shown(&picture, Chroma::Full, 4_000_000, 30);
    let error = picture.mean_square_error(&decoded, |wanted, found| wanted.into_iter().zip(found).collect());
    assert!(psnr(error) > 40.0, "{} dB", psnr(error));
    let decoded = shown(&picture, Chroma::Half, 4_000_000, 30);
    let error =
        picture.mean_square_error(&decoded, |wanted, found| vec![(brightness(wanted), brightness(found))]);
    assert!(psnr(error) > 36.0, "{} dB", psnr(error));
}

fn psnr(mean_square_error: f64) -> f64 {
    10.0 * (255.0 * 255.0 / mean_square_error).log10()
}

fn brightness([red, green, blue]: [f64; 3]) -> f64 {
    0.299 * red + 0.587 * green + 0.114 * blue
}

/// Within 3 of 255, by a decoder that knows BT.601; and the sequence header says the same.
#[test]
fn flat_colours_are_kept() {
    let colours =
        [[255, 0, 0], [0, 255, 0], [0, 0, 255], [128, 128, 128], [255, 255, 255], [0, 0, 0], [30, 60, 200]];
    for chroma in BOTH {
        for colour in colours {
            let picture = Picture::flat(160, 96, colour);
            let decoded = shown(&picture, chroma, 2_000_000, 8);
            assert_eq!(decoded.colour, [1, 13, 6, 0], "BT.709, sRGB, BT.601, limited");
            for (found, wanted) in decoded.rgb(80, 48).into_iter().zip(colour) {
                assert!((found - f64::from(wanted)).abs() <= 3.0, "{chroma:?} {colour:?}: {found}");
            }
        }
    }
}

/// Before libaom: each number of the planes is within 1 of ITU-R BT.601 in floating point, for colours from the whole cube;
/// half colours are means of neighbours, at the odd edge too.
#[test]
fn planes_hold_the_colours_of_the_standard() {
    let (width, height) = (49, 7);
    let pixels: Vec<[u8; 4]> =
        (0..width * height).map(|at| [at * 5, at * 29, at * 101, 9].map(low_byte)).collect();
    for (chroma, shift) in [(Chroma::Full, 0), (Chroma::Half, 1)] {
        let mut planes = Planes::new(width, height, chroma);
        planes.fill(pixels.as_flattened(), width * 4);
        let [_, stride, _] = planes.strides_bytes();
        let [luma, blueness, redness] = planes.all();
        for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
            let at = (y >> shift) * stride + (x >> shift);
            let [wanted_luma, _, _] = standard(&[pixels[y * width + x]]);
            let (top, left) = (y >> shift << shift, x >> shift << shift);
            let (bottom, right) = ((top + shift).min(height - 1), (left + shift).min(width - 1));
            let block = [(top, left), (top, right), (bottom, left), (bottom, right)];
            let [_, wanted_blueness, wanted_redness] = standard(&block.map(|(y, x)| pixels[y * width + x]));
            let found = [luma[y * width + x], blueness[at], redness[at]];
            for (found, wanted) in found.into_iter().zip([wanted_luma, wanted_blueness, wanted_redness]) {
                assert!(
                    (f64::from(found) - wanted).abs() <= 1.2,
                    "{chroma:?} {x} {y}: {found}, not {wanted}"
                );
            }
        }
    }
}

fn low_byte(number: usize) -> u8 {
    number.to_le_bytes()[0]
}

/// Brightness, blueness and redness of the mean of some pixels, limited range.
fn standard(pixels: &[[u8; 4]]) -> [f64; 3] {
    let mean = |channel: usize| {
        pixels.iter().map(|pixel| f64::from(pixel[channel])).sum::<f64>() / pixels.len() as f64 / 255.0
    };
    let (blue, green, red) = (mean(0), mean(1), mean(2));
    let luma = brightness([red, green, blue]);
    [16.0 + 219.0 * luma, 128.0 + 224.0 * (blue - luma) / 1.772, 128.0 + 224.0 * (red - luma) / 1.402]
}

#[test]
fn every_size_has_its_pixels() {
    for chroma in BOTH {
        for (width, height) in [(1, 1), (1, 9), (2, 2), (7, 1), (33, 17), (64, 65), (321, 179)] {
            let picture = Picture::flat(width, height, [200, 120, 40]);
            let decoded = shown(&picture, chroma, 1_000_000, 8);
            assert_eq!((decoded.width, decoded.height), (width, height));
            for (x, y) in [(0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)] {
                for (found, wanted) in decoded.rgb(x, y).into_iter().zip([200.0, 120.0, 40.0]) {
                    assert!((found - wanted).abs() <= 6.0, "{chroma:?} {width} x {height}: {found}");
                }
            }
        }
    }
}

#[test]
fn what_lies_between_the_rows_is_not_seen() {
    let mut picture = Picture::flat(40, 30, [10, 20, 30]);
    let alone = shown(&picture, Chroma::Half, 1_000_000, 1);
    picture.widen_rows(52, 0xff);
    assert_eq!(shown(&picture, Chroma::Half, 1_000_000, 1).planes, alone.planes);
}

/// Nor does the area stand still for longer than a quarter of a second where the link is too thin for anything.
#[test]
fn a_key_picture_comes_first_and_on_request_alone() {
    let mut picture = Picture::moving(320, 180);
    for chroma in BOTH {
        // So few bits that pictures are left out: a key picture never is.
        let mut encoder = encoder(&picture, chroma, 3_000);
        let (mut keys, mut dropped, mut longest_dropped) = (Vec::new(), 0, 0);
        for step in 0..120 {
            picture.advance();
            let wanted = step == 50 || step == 51;
            let coded = encoder.encode(&picture.frame(), STEP * step, wanted).unwrap();
            dropped = if coded.is_some() { 0 } else { dropped + 1 };
            longest_dropped = longest_dropped.max(dropped);
            if coded.is_some_and(|coded| coded.key) {
                keys.push(step);
            }
        }
        assert_eq!(keys, [0, 50, 51]);
        assert!((1..=8).contains(&longest_dropped), "{longest_dropped} pictures of 33 ms left out");
    }
}

/// Whoever joins late decodes from a key picture on.
#[test]
fn a_key_picture_needs_none_before_it() {
    let picture = Picture::flat(96, 64, [90, 180, 20]);
    let mut encoder = encoder(&picture, Chroma::Full, 1_000_000);
    for step in 0..5 {
        encoder.encode(&picture.frame(), STEP * step, false).unwrap();
    }
    let coded = encoder.encode(&picture.frame(), STEP * 5, true).unwrap().unwrap();
    let shown = decoded(&mut Decoder::new().unwrap(), &coded.bytes);
    assert!((shown.rgb(50, 30)[1] - 180.0).abs() <= 3.0);
}

/// The kind of content changes how libaom codes, in the middle of a stream.
#[test]
fn a_film_that_becomes_a_page_of_text_is_still_decoded() {
    let mut film = Picture::moving(1280, 720);
    let page = Picture::page(1280, 720);
    for chroma in BOTH {
        let (mut encoder, mut decoder) = (encoder(&film, chroma, 4_000_000), Decoder::new().unwrap());
        let mut last = None;
        for step in 0..24 {
            film.advance();
            let frame = if step / 6 % 2 == 0 { film.frame() } else { page.frame() };
            let coded = encoder.encode(&frame, STEP * step, step % 6 == 0).unwrap();
            last = coded.map(|Coded { bytes, .. }| decoded(&mut decoder, &bytes)).or(last);
        }
        let error = page
            .mean_square_error(&last.unwrap(), |wanted, found| vec![(brightness(wanted), brightness(found))]);
        assert!(psnr(error) > 25.0, "{} dB", psnr(error));
    }
}

/// Within a fifth, over two seconds that begin a second after the change.
#[test]
fn a_changed_bit_rate_is_obeyed() {
    let mut picture = Picture::moving(320, 180);
    for chroma in BOTH {
        let mut encoder = encoder(&picture, chroma, 1_500_000);
        let mut step = 0;
        for bits_per_s in [1_500_000, 400_000, 1_000_000] {
            encoder.set_bits_per_s(bits_per_s).unwrap();
            assert_eq!(encoder.settings().bits_per_s, bits_per_s);
            let mut bytes = 0;
            for picture_of_three_seconds in 0..90 {
                picture.advance();
                let coded = encoder.encode(&picture.frame(), STEP * step, false).unwrap();
                if picture_of_three_seconds >= 30 {
                    bytes += coded.map_or(0, |coded| coded.bytes.len());
                }
                step += 1;
            }
            let share = bytes as f64 * 8.0 / 2.0 / f64::from(bits_per_s);
            assert!((0.8..1.2).contains(&share), "{chroma:?}: {share} of {bits_per_s} bit/s");
        }
    }
}

/// Rate control knows no rests: the bits of five seconds are not spent on the pictures after them.
#[test]
fn pictures_after_a_rest_are_no_larger_than_others() {
    let mut picture = Picture::moving(320, 180);
    let mut encoder = encoder(&picture, Chroma::Full, 500_000);
    let mut at = Duration::ZERO;
    let mut sizes = Vec::new();
    for step in 0..96 {
        picture.advance();
        at += if step == 90 { Duration::from_secs(5) } else { STEP };
        let coded = encoder.encode(&picture.frame(), at, false).unwrap();
        sizes.push(coded.map_or(0, |coded| coded.bytes.len()));
    }
    let (before, after): (usize, usize) = (sizes[84..90].iter().sum(), sizes[90..].iter().sum());
    assert!(after <= before * 2, "{after} bytes after {before}");
}

#[test]
fn wrong_buffers_and_sizes_are_refused() {
    let picture = Picture::flat(20, 10, [1, 2, 3]);
    let mut encoder = encoder(&picture, Chroma::Full, 1_000_000);
    let mut refused = |bgrx: &[u8], stride_bytes| {
        encoder.encode(&Frame { bgrx, stride_bytes }, Duration::ZERO, false).unwrap_err()
    };
    assert_eq!(refused(&[0; 800], 79), MotionError::Stride { needed_bytes: 80, given_bytes: 79 });
    assert_eq!(refused(&[0; 800], 0), MotionError::Stride { needed_bytes: 80, given_bytes: 0 });
    assert_eq!(refused(&[0; 799], 80), MotionError::Pixels { needed_bytes: 800, given_bytes: 799 });
    assert_eq!(refused(&[], 80), MotionError::Pixels { needed_bytes: 800, given_bytes: 0 });
    assert_eq!(refused(&[0; 979], 100), MotionError::Pixels { needed_bytes: 980, given_bytes: 979 });
    // The last row may end where its pixels end.
    assert!(encoder.encode(&Frame { bgrx: &[0; 980], stride_bytes: 100 }, Duration::ZERO, false).is_ok());
    for (width, height) in [(0, 10), (10, 0), (u16::MAX, u16::MAX)] {
        let settings = Settings { width, height, chroma: Chroma::Half, bits_per_s: 1 };
        assert_eq!(Encoder::new(settings).unwrap_err(), MotionError::Size { width, height });
    }
}

/// A clock that stands still or runs backwards costs nothing but accuracy.
#[test]
fn times_need_not_grow() {
    let picture = Picture::flat(20, 10, [1, 2, 3]);
    let mut encoder = encoder(&picture, Chroma::Half, u32::MAX);
    for at in [5, 5, 4, 0, 6].map(Duration::from_secs) {
        assert!(encoder.encode(&picture.frame(), at, false).unwrap().is_some());
    }
}

#[test]
fn an_encoder_moves_to_another_thread() {
    let picture = Picture::moving(64, 64);
    let mut encoder = encoder(&picture, Chroma::Full, 500_000);
    encoder.encode(&picture.frame(), Duration::ZERO, false).unwrap();
    let coded = std::thread::spawn(move || encoder.encode(&picture.frame(), STEP, false).unwrap());
    assert!(!coded.join().unwrap().unwrap().key);
}

/// What a file is made of: no picture is left out, each is fine at once, and its pixels come back as colours.
#[test]
fn a_file_has_every_picture_and_its_colours() {
    let mut film = Picture::moving(320, 180);
    let mut encoder = Encoder::for_file(320, 180).unwrap();
    let mut decoder = Decoder::new().unwrap();
    for step in 0..20 {
        film.advance();
        let coded = encoder.encode(&film.frame(), STEP * step, step == 10).unwrap().unwrap();
        assert_eq!(coded.key, step % 10 == 0);
        let shown = decoded(&mut decoder, &coded.bytes);
        let error =
            film.mean_square_error(&shown, |wanted, found| vec![(brightness(wanted), brightness(found))]);
        assert!(psnr(error) > 35.0, "picture {step}: {} dB", psnr(error));
    }
    let flat = Picture::flat(41, 31, [200, 120, 40]);
    let coded = Encoder::for_file(41, 31).unwrap().encode(&flat.frame(), STEP, true).unwrap().unwrap();
    let shown = decoded(&mut Decoder::new().unwrap(), &coded.bytes);
    assert_eq!((shown.width(), shown.height()), (41, 31));
    let [blue, green, red, _] = shown.row(30).last().unwrap();
    for (found, wanted) in [(red, 200), (green, 120), (blue, 40_u8)] {
        assert!(found.abs_diff(wanted) <= 3, "{found} for {wanted}");
    }
    assert_eq!(shown.row(31).count(), 0);
    // Bytes that are no picture are refused, and what comes after them is read.
    assert!(decoder.decode(&[0xff; 40]).is_err());
    let again = Encoder::for_file(320, 180).unwrap().encode(&film.frame(), STEP, true).unwrap().unwrap();
    assert!(decoder.decode(&again.bytes).unwrap().is_some());
}
