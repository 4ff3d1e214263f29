//! The spare keycodes on the display: mapped when a character needs one, put back at the end or after a crash.

use std::collections::VecDeque;
use std::path::Path;
use std::time::{Duration, Instant};

use x11rb::protocol::xproto::ConnectionExt as _;

use super::display::Display;
use super::journal::{self, Journal, Row};
use super::keymap::{self, Keymap, SPARE_KEYS_MIN};
use super::pool::{Place, Pool};
use crate::input::{InputError, Unsupported};

/// Where Unicode starts among keysyms: U+0061 is 0x0100_0061 (X11 protocol, appendix A).
const UNICODE: u32 = 0x0100_0000;

/// Remembered changes of ours, to tell their notifications from those of others. More than are ever under way.
const CHANGES_MAX: usize = 64;

/// Keysyms that are Latin-1 characters as they are.
const LATIN_1: std::ops::RangeInclusive<u32> = 0xa0..=0xff;

/// The keysym by which a character is typed.
///
/// Latin letters too go as Unicode keysyms, though the protocol has older ones for them: an input method in Hangul
/// mode composes `a` (0x61) to ㅁ but passes U+0061 (0x0100_0061) on, and Xlib, GDK and libxkbcommon read both alike. Not
/// so from U+00A0 to U+00FF: Xlib makes a single byte of the Unicode keysym even in a UTF-8 locale (seen in xterm), so
/// these keep the keysyms that they have always had; no input method composes them.
pub(super) fn keysym(character: char) -> u32 {
    let code_point = u32::from(character);
    if LATIN_1.contains(&code_point) { code_point } else { UNICODE | code_point }
}

/// Spare keycodes and what was on them.
pub(super) struct Spares {
    pool: Pool,
    originals: Vec<Row>,
    journal: Option<Journal>,
    changes: VecDeque<u64>,
    stale: bool,
}

impl Spares {
    /// Chooses the keycodes and writes the journal.
    pub(super) fn open(display: &Display, runtime_dir: &Path) -> Result<Self, Unsupported> {
        let unsupported = Unsupported { what: "input-no-spare-keys" };
        let chosen = Keymap::read(display).and_then(|keymap| keymap::spare_keys(display, &keymap));
        let originals = chosen.map_err(|_| unsupported)?;
        if originals.len() < SPARE_KEYS_MIN {
            return Err(unsupported);
        }
        let journal = match Journal::write(runtime_dir, &display.name, &originals) {
            Ok(journal) => Some(journal),
            Err(error) => {
                // Control without the note is better than none: only a crash would leave rare keys changed.
                tracing::warn!(%error, "Input journal cannot be written");
                None
            }
        };
        let pool = Pool::new(originals.iter().map(|(keycode, _)| *keycode));
        Ok(Self { pool, originals, journal, changes: VecDeque::new(), stale: false })
    }

    /// The keycode for a keysym, mapped now if need be; `Err` holds the time at which to ask again: when programs have had
    /// time to learn of it, or when a keycode is free.
    pub(super) fn place(
        &mut self,
        display: &Display,
        now: Instant,
        keysym: u32,
    ) -> Result<Result<u8, Instant>, InputError> {
        match self.pool.find(now, keysym) {
            Place::Mapped(keycode) => {
                self.pool.touch(now, keycode);
                Ok(Ok(keycode))
            }
            Place::Free(keycode) => {
                // The same on both levels: neither Shift nor a case rule changes it.
                let sequence = change(display, keycode, &[keysym, keysym])?;
                self.remember(sequence);
                Ok(Err(self.pool.assign(now, keycode, keysym)))
            }
            Place::NotBefore(time) => Ok(Err(time)),
        }
    }

    /// A key table changed: ours, or did somebody switch the layout?
    pub(super) fn table_changed(&mut self, sequence: u64) {
        self.stale |= !self.changes.contains(&sequence);
    }

    /// After a foreign change: looks which keycodes still carry what we put there.
    ///
    /// Gives the new table, when there is one.
    pub(super) fn refresh(&mut self, display: &Display) -> Result<Option<Keymap>, InputError> {
        if !std::mem::take(&mut self.stale) {
            return Ok(None);
        }
        let keymap = Keymap::read(display)?;
        let assigned: Vec<(u8, u32)> = self.pool.assigned().collect();
        for (keycode, original) in &mut self.originals {
            let row = keymap.row(*keycode);
            let ours = assigned.iter().any(|(code, keysym)| code == keycode && row.first() == Some(keysym));
            if ours {
                continue;
            }
            self.pool.forget(*keycode);
            if keymap.may_lend(*keycode) {
                *original = row.to_vec();
            } else {
                self.pool.remove(*keycode);
            }
        }
        Ok(Some(keymap))
    }

    /// Puts everything back, no sooner than a second after the last character was pressed: a program may
    /// still be looking it up.
    pub(super) fn restore(&mut self, display: &Display) -> Result<(), InputError> {
        if let Some(at) = self.pool.quiet_at() {
            std::thread::sleep(at.saturating_duration_since(Instant::now()).min(Duration::from_secs(1)));
        }
        let assigned: Vec<(u8, u32)> = self.pool.assigned().collect();
        let current = Keymap::read(display)?;
        for (keycode, keysym) in assigned {
            let original = self.originals.iter().find(|(code, _)| *code == keycode);
            if let (Some((_, row)), true) = (original, current.row(keycode).first() == Some(&keysym)) {
                change(display, keycode, row)?;
            }
            self.pool.forget(keycode);
        }
        display.sync()?;
        if let Some(journal) = self.journal.take() {
            journal.done();
        }
        Ok(())
    }

    fn remember(&mut self, sequence: u64) {
        if self.changes.len() == CHANGES_MAX {
            self.changes.pop_front();
        }
        self.changes.push_back(sequence);
    }
}

/// Puts right what crashed apps left: lent keycodes get their keysyms back, held keys and buttons go up.
pub(super) fn recover(display: &Display, runtime_dir: &Path) -> Result<(), InputError> {
    for left in journal::left_behind(runtime_dir, &display.name) {
        let keymap = Keymap::read(display)?;
        for (keycode, original) in &left.rows {
            // The display may have been started anew since, or the layout switched: only what is ours goes.
            if is_ours(keymap.row(*keycode)) {
                change(display, *keycode, original)?;
            }
        }
        super::hands::lift_everything(display)?;
        display.sync()?;
        tracing::info!(keys = left.rows.len(), "Keyboard put right after a crash");
        left.done();
    }
    Ok(())
}

/// Whether a row looks as text leaves it: one Unicode or language keysym on every level.
fn is_ours(row: &[u32]) -> bool {
    let mut used = row.iter().filter(|keysym| **keysym != 0);
    let Some(first) = used.next() else { return false };
    let text = (UNICODE..=UNICODE | 0x10_ffff).contains(first) || LATIN_1.contains(first);
    let ours = text || matches!(*first, 0xff31 | 0xff34);
    ours && used.all(|keysym| keysym == first)
}

/// Changes one row of the table; gives the request's number.
fn change(display: &Display, keycode: u8, keysyms: &[u32]) -> Result<u64, InputError> {
    let width = u8::try_from(keysyms.len()).unwrap_or(u8::MAX);
    Ok(display.connection.change_keyboard_mapping(1, keycode, width, keysyms)?.sequence_number())
}
