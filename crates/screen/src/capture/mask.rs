//! What of a picture may be seen, as rectangles; and how the rest is made unseen.

use tiles::Rect;

use crate::{Part, PartState, Shown};

/// What is outside of the shared part, blue first.
const OUTSIDE: [u8; 4] = [0, 0, 0, 0xff];
/// The program's own windows.
const OWN: [u8; 4] = [0x80, 0x80, 0x80, 0xff];
/// What can be seen consists of so many rectangles at most: a window under a thousand others shows less of itself.
const MAX_VISIBLE: usize = 256;
const PIXEL_BYTES: usize = 4;

/// Every pixel of the picture is in one of three: seen as it is, outside, or of the program's own windows.
///
/// INVARIANT: the three do not meet, and cover `bounds` together. The default lets nothing through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Mask {
    bounds: Rect,
    /// Around the part with what covers it.
    area: Rect,
    visible: Vec<Rect>,
    own: Vec<Rect>,
    outside: Vec<Rect>,
}

impl Mask {
    /// Of `part` is seen what is covered neither by `over` nor by `own`.
    pub(crate) fn new(bounds: Rect, part: &[Rect], over: &[Rect], own: &[Rect]) -> Self {
        let shared = disjoint(part.iter().map(|rect| rect.intersection(&bounds)));
        let area = shared.iter().fold(Rect::default(), |area, rect| area.hull(rect));
        let uncovered = subtract(shared, over);
        let mut visible = subtract(uncovered.clone(), own);
        visible.sort_by_key(|rect| std::cmp::Reverse(rect.area()));
        let seen = subtract(uncovered, &visible);
        visible.truncate(MAX_VISIBLE);
        let outside = subtract(subtract(vec![bounds], &visible), &seen);
        Self { bounds, area, visible, own: seen, outside }
    }

    /// Paints what may not be seen over `pixels`, which are those of `rect`, row after row without space between.
    pub(crate) fn apply(&self, rect: &Rect, pixels: &mut [u8]) {
        // Of another size of the screen: it says nothing about these pixels.
        if !self.bounds.holds(rect) {
            return fill(rect, rect, OUTSIDE, pixels);
        }
        for hidden in &self.outside {
            fill(rect, hidden, OUTSIDE, pixels);
        }
        for own in &self.own {
            fill(rect, own, OWN, pixels);
        }
    }

    /// Where a picture by this mask can differ from one by `before` although nothing was drawn.
    pub(crate) fn changed_from(&self, before: &Self) -> Vec<Rect> {
        let differ = |now: &[Rect], then: &[Rect]| {
            let mut all = subtract(now.to_vec(), then);
            all.extend(subtract(then.to_vec(), now));
            all
        };
        let mut changed = differ(&self.visible, &before.visible);
        changed.extend(differ(&self.own, &before.own));
        changed
    }

    /// Around the part with what covers it: nothing outside is ever seen.
    pub(crate) fn area(&self) -> Rect {
        self.area
    }

    /// Whether the pixel is one of the part that nothing but the program's own windows covers.
    pub(crate) fn holds(&self, x: i32, y: i32) -> bool {
        let (Ok(x), Ok(y)) = (u16::try_from(x), u16::try_from(y)) else { return false };
        let pixel = Rect::new(x, y, 1, 1);
        self.visible.iter().chain(&self.own).any(|rect| rect.holds(&pixel))
    }

    /// What is told of it.
    pub(crate) fn shown(&self, part: Part, gone: bool) -> Shown {
        let state = match (gone, self.visible.is_empty()) {
            (true, _) => PartState::Gone,
            (false, true) => PartState::Hidden,
            (false, false) => PartState::Shown,
        };
        Shown { part, state, area: self.area, visible: self.visible.clone() }
    }
}

/// The same pixels, none of them twice.
fn disjoint(rects: impl IntoIterator<Item = Rect>) -> Vec<Rect> {
    let mut all: Vec<Rect> = Vec::new();
    for rect in rects {
        let new = subtract(vec![rect], &all);
        all.extend(new);
    }
    all
}

/// `rects` without every pixel of `holes`, and without the empty ones.
fn subtract(rects: Vec<Rect>, holes: &[Rect]) -> Vec<Rect> {
    let mut left: Vec<Rect> = rects.into_iter().filter(|rect| !rect.is_empty()).collect();
    for hole in holes {
        let mut next = Vec::with_capacity(left.len() + 3);
        left.iter().for_each(|rect| rect.subtract_into(hole, &mut next));
        left = next;
    }
    left
}

/// Paints what `part` and `rect` share, in pixels of `rect`.
fn fill(rect: &Rect, part: &Rect, colour: [u8; 4], pixels: &mut [u8]) {
    let both = rect.intersection(part);
    if both.is_empty() {
        return;
    }
    let stride = usize::from(rect.width) * PIXEL_BYTES;
    let (from, to) = (both.left() - rect.left(), both.right() - rect.left());
    let rows = both.top() - rect.top()..both.bottom() - rect.top();
    for row in pixels.chunks_exact_mut(stride).take(rows.end).skip(rows.start) {
        let Some(row) = row.get_mut(from * PIXEL_BYTES..to * PIXEL_BYTES) else { continue };
        row.as_chunks_mut::<PIXEL_BYTES>().0.fill(colour);
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    const BOUNDS: Rect = Rect::new(0, 0, 48, 32);

    /// Also such as lie beside the picture, or nowhere.
    fn rect() -> impl Strategy<Value = Rect> {
        (0_u16..60, 0_u16..40, 0_u16..40, 0_u16..30).prop_map(|(x, y, w, h)| Rect::new(x, y, w, h))
    }

    fn holds(rects: &[Rect], x: u16, y: u16) -> bool {
        rects.iter().any(|rect| rect.holds(&Rect::new(x, y, 1, 1)))
    }

    proptest! {
        #[test]
        fn what_is_outside_or_covered_is_painted_over_and_nothing_else(
            part in vec(rect(), 0..4),
            over in vec(rect(), 0..6),
            own in vec(rect(), 0..3),
            captured in rect(),
        ) {
            let captured = captured.intersection(&BOUNDS);
            prop_assume!(!captured.is_empty());
            let mask = Mask::new(BOUNDS, &part, &over, &own);
            let mut pixels = vec![0x55; captured.area() * PIXEL_BYTES];
            mask.apply(&captured, &mut pixels);
            for (index, pixel) in pixels.as_chunks::<PIXEL_BYTES>().0.iter().enumerate() {
                let x = captured.x + u16::try_from(index % usize::from(captured.width)).unwrap();
                let y = captured.y + u16::try_from(index / usize::from(captured.width)).unwrap();
                let expected = match (holds(&part, x, y) && !holds(&over, x, y), holds(&own, x, y)) {
                    (true, true) => OWN,
                    (true, false) => [0x55; 4],
                    (false, _) => OUTSIDE,
                };
                prop_assert_eq!(*pixel, expected, "at {}, {}", x, y);
                prop_assert_eq!(mask.holds(x.into(), y.into()), expected != OUTSIDE);
            }
        }

        #[test]
        fn what_another_mask_shows_differently_is_named(
            parts in (vec(rect(), 0..3), vec(rect(), 0..3)),
            overs in (vec(rect(), 0..3), vec(rect(), 0..3)),
            owns in (vec(rect(), 0..2), vec(rect(), 0..2)),
        ) {
            let before = Mask::new(BOUNDS, &parts.0, &overs.0, &owns.0);
            let after = Mask::new(BOUNDS, &parts.1, &overs.1, &owns.1);
            let changed = after.changed_from(&before);
            let picture = |mask: &Mask| {
                let mut pixels = vec![0x55; BOUNDS.area() * PIXEL_BYTES];
                mask.apply(&BOUNDS, &mut pixels);
                pixels
            };
            let (one, other) = (picture(&before), picture(&after));
            for (index, (a, b)) in one.as_chunks::<4>().0.iter().zip(other.as_chunks::<4>().0).enumerate() {
                let x = u16::try_from(index % usize::from(BOUNDS.width)).unwrap();
                let y = u16::try_from(index / usize::from(BOUNDS.width)).unwrap();
                prop_assert!(a == b || holds(&changed, x, y), "{}, {} is not named", x, y);
            }
        }
    }

    #[test]
    fn a_mask_of_another_screen_shows_nothing() {
        let mask = Mask::new(BOUNDS, &[BOUNDS], &[], &[]);
        let larger = Rect::new(0, 0, 64, 32);
        let mut pixels = vec![0x55; larger.area() * PIXEL_BYTES];
        mask.apply(&larger, &mut pixels);
        assert!(pixels.as_chunks::<4>().0.iter().all(|pixel| *pixel == OUTSIDE));
    }
}
