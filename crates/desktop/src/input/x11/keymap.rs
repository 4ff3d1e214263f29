//! The display's key table as the core protocol shows it, and the keycodes that may be lent to text.

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ConnectionExt as _, GrabMode, ModMask};

use super::display::Display;
use crate::input::{InputError, keys};

/// So many keycodes are taken for text; the design asks for 32 or more.
const SPARE_KEYS: usize = 40;

/// The least with which text is typed at all, on desktops whose tables are nearly full.
pub(super) const SPARE_KEYS_MIN: usize = 8;

/// Keycodes of keys that hardly any keyboard has, and that no window manager acts on by itself: evdev's names are MENU,
/// FILE, SENDFILE, XFER, PROG1, PROG2, MSDOS, CYCLEWINDOWS, PHONE, CONFIG, EXIT, SCROLLUP, SCROLLDOWN, NEW, PROG3, PROG4,
/// DASHBOARD, CLOSE, PLAY, SOUND, EMAIL, CHAT, CONNECT, FINANCE, SPORT, SHOP, SEND, REPLY, FORWARDMAIL, SAVE, DOCUMENTS. Keys that laptops
/// have (radio, touchpad, brightness, sleep) and keys that the operator can press by name are not lent.
const LENDABLE: &[u8] = &[
    155, 159, 177, 227, 228, 229, 226, 239, 240, 241, 242, 243, 153, 162, 147, 182, 214, 189, 185, 186, 221,
    215, 223, 224, 210, 211, 212, 156, 157, 152, 179,
];

/// XF86 keysyms (`XF86keysym.h`): keys for programs and devices, no characters.
const XF86: std::ops::RangeInclusive<u32> = 0x1008_0000..=0x1008_ffff;

/// A copy of the table.
pub(super) struct Keymap {
    first: u8,
    width: usize,
    keysyms: Vec<u32>,
}

impl Keymap {
    pub(super) fn read(display: &Display) -> Result<Self, InputError> {
        let setup = display.connection.setup();
        let first = setup.min_keycode;
        let count = setup.max_keycode.saturating_sub(first).saturating_add(1);
        let reply = display.connection.get_keyboard_mapping(first, count)?.reply()?;
        Ok(Self { first, width: reply.keysyms_per_keycode.max(1).into(), keysyms: reply.keysyms })
    }

    /// The keysyms of a keycode; empty for one outside the table.
    pub(super) fn row(&self, keycode: u8) -> &[u32] {
        let start = usize::from(keycode.saturating_sub(self.first)) * self.width;
        if keycode < self.first {
            return &[];
        }
        self.keysyms.get(start..start + self.width).unwrap_or_default()
    }

    /// The first keycode that carries a keysym at any level.
    pub(super) fn find(&self, keysym: u32) -> Option<u8> {
        let index = self.keysyms.iter().position(|symbol| *symbol == keysym)? / self.width;
        u8::try_from(index).ok()?.checked_add(self.first)
    }

    /// Whether text may borrow this keycode, as far as the table tells: nothing on it, or only a rare key.
    pub(super) fn may_lend(&self, keycode: u8) -> bool {
        let row = self.row(keycode);
        let empty = !row.is_empty() && row.iter().all(|symbol| *symbol == 0);
        empty || LENDABLE.contains(&keycode) && row.iter().all(|symbol| *symbol == 0 || XF86.contains(symbol))
    }
}

/// Picks the keycodes for text, each with its row to be put back later: empty ones first, then rare keys.
pub(super) fn spare_keys(display: &Display, keymap: &Keymap) -> Result<Vec<(u8, Vec<u32>)>, InputError> {
    let modifiers = display.connection.get_modifier_mapping()?.reply()?.keycodes;
    // Keycode 8 is evdev's "no key"; input methods take what stands for it as "not a key at all".
    let numbers = 9..=display.connection.setup().max_keycode;
    let empty = numbers.filter(|keycode| !LENDABLE.contains(keycode));
    let mut spare = Vec::new();
    for keycode in empty.chain(LENDABLE.iter().copied()) {
        if spare.len() == SPARE_KEYS {
            break;
        }
        if keymap.may_lend(keycode) && !modifiers.contains(&keycode) && !is_grabbed(display, keycode)? {
            spare.push((keycode, keymap.row(keycode).to_vec()));
        }
    }
    Ok(spare)
}

/// Whether a window manager listens for this key: it would swallow the character.
fn is_grabbed(display: &Display, keycode: u8) -> Result<bool, InputError> {
    let (connection, root) = (&display.connection, display.root);
    let grab = connection.grab_key(false, root, ModMask::ANY, keycode, GrabMode::ASYNC, GrabMode::ASYNC)?;
    if grab.check().is_err() {
        return Ok(true);
    }
    connection.ungrab_key(keycode, root, ModMask::ANY)?;
    Ok(false)
}

/// The keycode of a physical key in this table.
///
/// 한/영 and 한자 are on keys of their own on a Korean keyboard, and on the right Alt and Ctrl in the layout for PC
/// keyboards: the key that carries the keysym is the right one.
pub(super) fn keycode(keymap: &Keymap, code: &str) -> Option<u8> {
    let usual = keys::evdev(code)?.checked_add(8)?;
    match language_keysym(code) {
        Some(keysym) if !keymap.row(usual).contains(&keysym) => keymap.find(keysym),
        _ => Some(usual),
    }
}

/// The keysym that makes a key the one for 한/영 (Hangul) or 한자 (`Hangul_Hanja`).
pub(super) fn language_keysym(code: &str) -> Option<u32> {
    match code {
        "Lang1" | "HangulMode" => Some(0xff31),
        "Lang2" | "Hanja" => Some(0xff34),
        _ => None,
    }
}
