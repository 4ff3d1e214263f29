//! A picture made smaller by the means of its pixels: the windows' own renderer takes every so many, which leaves holes in letters.

use slint::{Rgba8Pixel, SharedPixelBuffer};

/// Sums of red, green and blue, and of how many.
type Sum = [u32; 4];

/// The whole picture within `width` × `height` pixels, in its own proportions; one that fits already is as it was.
pub(super) fn within(
    picture: &SharedPixelBuffer<Rgba8Pixel>,
    width: u32,
    height: u32,
) -> SharedPixelBuffer<Rgba8Pixel> {
    let (from_width, from_height) = (picture.width(), picture.height());
    if from_width <= width && from_height <= height {
        return picture.clone();
    }
    let side = |across: u64, by: u64, of: u64| u32::try_from(across * by / of.max(1)).unwrap_or(1).max(1);
    let [w, h, room_w, room_h] = [from_width, from_height, width, height].map(u64::from);
    let (to_width, to_height) = if w * room_h < h * room_w {
        (side(w, room_h, h), height.max(1))
    } else {
        (width.max(1), side(h, room_w, w))
    };
    let mut to = SharedPixelBuffer::new(to_width, to_height);
    let columns: Vec<usize> = runs(from_width, to_width).collect();
    let mut sums = vec![Sum::default(); columns.len()];
    let mut rows = picture.as_slice().chunks_exact(from_width.max(1) as usize);
    let targets = to.make_mut_slice().chunks_exact_mut(to_width as usize);
    for (target, count) in targets.zip(runs(from_height, to_height)) {
        sums.fill(Sum::default());
        rows.by_ref().take(count).for_each(|row| add(row, &columns, &mut sums));
        for (pixel, [red, green, blue, count]) in target.iter_mut().zip(&sums) {
            let mean = |sum: &u32| u8::try_from(sum / (*count).max(1)).unwrap_or(u8::MAX);
            *pixel = Rgba8Pixel::new(mean(red), mean(green), mean(blue), u8::MAX);
        }
    }
    to
}

fn add(row: &[Rgba8Pixel], columns: &[usize], sums: &mut [Sum]) {
    let mut pixels = row.iter();
    for ([red, green, blue, count], run) in sums.iter_mut().zip(columns) {
        for pixel in pixels.by_ref().take(*run) {
            *red += u32::from(pixel.r);
            *green += u32::from(pixel.g);
            *blue += u32::from(pixel.b);
            *count += 1;
        }
    }
}

/// How many of `from` go into each of `to`, which are no more.
fn runs(from: u32, to: u32) -> impl Iterator<Item = usize> {
    let edge = move |at: u32| u64::from(at) * u64::from(from) / u64::from(to.max(1));
    (0..to).map(move |at| usize::try_from(edge(at + 1) - edge(at)).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use slint::{Rgba8Pixel, SharedPixelBuffer};

    use super::within;

    fn picture(width: u32, height: u32, grey: impl Fn(usize) -> u8) -> SharedPixelBuffer<Rgba8Pixel> {
        let mut picture = SharedPixelBuffer::new(width, height);
        for (at, pixel) in picture.make_mut_slice().iter_mut().enumerate() {
            let grey = grey(at);
            *pixel = Rgba8Pixel::new(grey, grey, grey, 255);
        }
        picture
    }

    #[test]
    fn a_picture_keeps_its_proportions_and_a_small_one_its_size() {
        let sizes = |width, height, room| {
            let made = within(&picture(width, height, |_| 0), room, room);
            (made.width(), made.height())
        };
        assert_eq!(sizes(200, 100, 100), (100, 50));
        assert_eq!(sizes(100, 300, 150), (50, 150));
        assert_eq!(sizes(40, 30, 100), (40, 30));
        assert_eq!(sizes(2_560, 1, 100), (100, 1));
        assert_eq!(sizes(7, 5, 3), (3, 2));
        assert_eq!(sizes(7, 5, 0), (1, 1));
    }

    #[test]
    fn thin_lines_grow_paler_and_do_not_vanish() {
        let stripes = picture(6, 6, |at| if at % 3 == 0 { 0 } else { 255 });
        let made = within(&stripes, 2, 2);
        assert!(
            made.as_slice().iter().all(|pixel| pixel.r == 170 && pixel.a == 255),
            "{:?}",
            made.as_slice()
        );
    }
}
