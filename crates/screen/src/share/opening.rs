//! The first picture of a share: made before there is room for it, and finished without the pauses of later ones.

use std::time::{Duration, Instant};

/// How long captures may follow each other without a pause. A whole picture takes 50 to 100 ms; a screen that never
/// rests must not take a whole core for longer.
const HURRY: Duration = Duration::from_millis(250);

/// How far the first picture is. There is one a share: no console can ask for another hurry.
#[derive(Debug, Default)]
pub(super) struct Opening {
    ahead: bool,
    hurry: Hurry,
}

#[derive(Debug, Default)]
enum Hurry {
    /// There has been no room yet.
    #[default]
    Waits,
    Until(Instant),
    Over,
}

impl Opening {
    /// One update may be made although there is no room.
    pub(super) fn go_ahead(&mut self) {
        self.ahead = matches!(self.hurry, Hurry::Waits);
    }

    /// Whether there has been no room yet: nothing may go out, not even a repeat.
    pub(super) fn waits(&self) -> bool {
        matches!(self.hurry, Hurry::Waits)
    }

    /// Whether an update may be made now that there is no room for it.
    pub(super) fn is_ahead(&self) -> bool {
        self.ahead
    }

    /// There is room. Whether it is the first.
    pub(super) fn room(&mut self, now: Instant) -> bool {
        self.ahead = false;
        let is_first = matches!(self.hurry, Hurry::Waits);
        if is_first {
            self.hurry = Hurry::Until(now + HURRY);
        }
        is_first
    }

    /// An update was made; `more`: the picture is not whole yet.
    pub(super) fn made(&mut self, more: bool) {
        self.ahead = false;
        if !more {
            self.hurry = match self.hurry {
                // It waits for its room, and changes until then are part of it.
                Hurry::Waits => Hurry::Waits,
                Hurry::Until(_) | Hurry::Over => Hurry::Over,
            };
        }
    }

    /// Whether the next capture waits for nothing.
    pub(super) fn hurries(&self, now: Instant) -> bool {
        matches!(self.hurry, Hurry::Until(until) if now < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_update_is_made_without_room_and_no_other() {
        let mut opening = Opening::default();
        assert!(!opening.is_ahead());
        opening.go_ahead();
        assert!(opening.is_ahead());
        opening.made(true);
        assert!(!opening.is_ahead());
    }

    #[test]
    fn the_first_room_alone_begins_the_hurry_and_ends_what_goes_ahead() {
        let now = Instant::now();
        let mut opening = Opening::default();
        opening.go_ahead();
        assert!(!opening.hurries(now));
        assert!(opening.room(now));
        assert!(!opening.is_ahead());
        assert!(opening.hurries(now));
        assert!(!opening.room(now));
        opening.go_ahead();
        assert!(!opening.is_ahead(), "a console asks for no capture that it has no room for");
    }

    #[test]
    fn the_hurry_ends_with_the_whole_picture_and_in_any_case() {
        let now = Instant::now();
        let mut opening = Opening::default();
        opening.room(now);
        opening.made(true);
        assert!(opening.hurries(now));
        assert!(!opening.hurries(now + HURRY));
        opening.made(false);
        assert!(!opening.hurries(now));
        opening.room(now);
        assert!(!opening.hurries(now));
    }
}
