//! The wheel: 1/120 of a notch in, whole notches out.

/// One notch, as wheels and browsers count it.
const NOTCH: i32 = 120;

/// Keeps what is left of a notch, so that a fine wheel or a touchpad scrolls as far as it was turned.
#[derive(Debug, Default)]
pub(crate) struct Wheel {
    x: i32,
    y: i32,
}

impl Wheel {
    /// Adds a turn and takes the whole notches out: right and up are positive.
    pub(crate) fn turn(&mut self, x: i32, y: i32) -> (i32, i32) {
        (axis(&mut self.x, x), axis(&mut self.y, y))
    }

    /// Forgets the rest of a notch.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

fn axis(rest: &mut i32, turned: i32) -> i32 {
    // A change of direction starts anew: the rest would delay the first notch back.
    if rest.signum() * turned.signum() < 0 {
        *rest = 0;
    }
    let sum = rest.saturating_add(turned);
    *rest = sum % NOTCH;
    sum / NOTCH
}
