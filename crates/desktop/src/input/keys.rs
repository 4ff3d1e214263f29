//! Physical keys by name.

use protocol::input::Combination;

/// Linux's number of the physical key with this W3C `code`, `None` for one that no keyboard reports to Linux.
///
/// On X11 the keycode is this number plus 8 (xkeyboard-config `keycodes/evdev`). Sources: W3C UI Events KeyboardEvent
/// code Values §3; `linux/input-event-codes.h`; Chromium `ui/events/keycodes/dom/dom_code_data.inc` for the pairing.
pub(crate) fn evdev(code: &str) -> Option<u8> {
    TABLES.iter().flat_map(|table| table.iter()).find(|(name, _)| *name == code).map(|(_, number)| *number)
}

/// Whether this key changes the meaning of others while it is held (and is no lock).
pub(crate) fn is_modifier(code: &str) -> bool {
    MODIFIERS.iter().any(|(name, _)| *name == code)
}

const TABLES: [&[(&str, u8)]; 7] = [WRITING, MODIFIERS, FUNCTIONAL, CONTROL_PAD, NUMPAD, FUNCTION, MEDIA];

const WRITING: &[(&str, u8)] = &[
    ("Backquote", 41),
    ("Backslash", 43),
    ("BracketLeft", 26),
    ("BracketRight", 27),
    ("Comma", 51),
    ("Digit0", 11),
    ("Digit1", 2),
    ("Digit2", 3),
    ("Digit3", 4),
    ("Digit4", 5),
    ("Digit5", 6),
    ("Digit6", 7),
    ("Digit7", 8),
    ("Digit8", 9),
    ("Digit9", 10),
    ("Equal", 13),
    ("IntlBackslash", 86),
    ("IntlRo", 89),
    ("IntlYen", 124),
    ("KeyA", 30),
    ("KeyB", 48),
    ("KeyC", 46),
    ("KeyD", 32),
    ("KeyE", 18),
    ("KeyF", 33),
    ("KeyG", 34),
    ("KeyH", 35),
    ("KeyI", 23),
    ("KeyJ", 36),
    ("KeyK", 37),
    ("KeyL", 38),
    ("KeyM", 50),
    ("KeyN", 49),
    ("KeyO", 24),
    ("KeyP", 25),
    ("KeyQ", 16),
    ("KeyR", 19),
    ("KeyS", 31),
    ("KeyT", 20),
    ("KeyU", 22),
    ("KeyV", 47),
    ("KeyW", 17),
    ("KeyX", 45),
    ("KeyY", 21),
    ("KeyZ", 44),
    ("Minus", 12),
    ("Period", 52),
    ("Quote", 40),
    ("Semicolon", 39),
    ("Slash", 53),
    ("Space", 57),
];

const MODIFIERS: &[(&str, u8)] = &[
    ("AltLeft", 56),
    ("AltRight", 100),
    ("ControlLeft", 29),
    ("ControlRight", 97),
    ("MetaLeft", 125),
    ("MetaRight", 126),
    ("ShiftLeft", 42),
    ("ShiftRight", 54),
];

const FUNCTIONAL: &[(&str, u8)] = &[
    ("Backspace", 14),
    ("CapsLock", 58),
    ("ContextMenu", 127),
    ("Convert", 92),
    ("Enter", 28),
    ("HangulMode", 122),
    ("Hanja", 123),
    ("KanaMode", 93),
    ("Lang1", 122),
    ("Lang2", 123),
    ("Lang3", 90),
    ("Lang4", 91),
    ("Lang5", 85),
    ("NonConvert", 94),
    ("Tab", 15),
];

const CONTROL_PAD: &[(&str, u8)] = &[
    ("ArrowDown", 108),
    ("ArrowLeft", 105),
    ("ArrowRight", 106),
    ("ArrowUp", 103),
    ("Delete", 111),
    ("End", 107),
    ("Help", 138),
    ("Home", 102),
    ("Insert", 110),
    ("PageDown", 109),
    ("PageUp", 104),
];

const NUMPAD: &[(&str, u8)] = &[
    ("NumLock", 69),
    ("Numpad0", 82),
    ("Numpad1", 79),
    ("Numpad2", 80),
    ("Numpad3", 81),
    ("Numpad4", 75),
    ("Numpad5", 76),
    ("Numpad6", 77),
    ("Numpad7", 71),
    ("Numpad8", 72),
    ("Numpad9", 73),
    ("NumpadAdd", 78),
    ("NumpadChangeSign", 118),
    ("NumpadComma", 121),
    ("NumpadDecimal", 83),
    ("NumpadDivide", 98),
    ("NumpadEnter", 96),
    ("NumpadEqual", 117),
    ("NumpadMultiply", 55),
    ("NumpadParenLeft", 179),
    ("NumpadParenRight", 180),
    ("NumpadSubtract", 74),
];

const FUNCTION: &[(&str, u8)] = &[
    ("Escape", 1),
    ("F1", 59),
    ("F10", 68),
    ("F11", 87),
    ("F12", 88),
    ("F13", 183),
    ("F14", 184),
    ("F15", 185),
    ("F16", 186),
    ("F17", 187),
    ("F18", 188),
    ("F19", 189),
    ("F2", 60),
    ("F20", 190),
    ("F21", 191),
    ("F22", 192),
    ("F23", 193),
    ("F24", 194),
    ("F3", 61),
    ("F4", 62),
    ("F5", 63),
    ("F6", 64),
    ("F7", 65),
    ("F8", 66),
    ("F9", 67),
    ("Pause", 119),
    ("PrintScreen", 99),
    ("ScrollLock", 70),
];

const MEDIA: &[(&str, u8)] = &[
    ("Again", 129),
    ("AudioVolumeDown", 114),
    ("AudioVolumeMute", 113),
    ("AudioVolumeUp", 115),
    ("BrightnessDown", 224),
    ("BrightnessUp", 225),
    ("BrowserBack", 158),
    ("BrowserFavorites", 156),
    ("BrowserForward", 159),
    ("BrowserHome", 172),
    ("BrowserRefresh", 173),
    ("BrowserSearch", 217),
    ("BrowserStop", 128),
    ("Copy", 133),
    ("Cut", 137),
    ("Eject", 161),
    ("Find", 136),
    ("LaunchApp1", 157),
    ("LaunchApp2", 140),
    ("LaunchMail", 155),
    ("MediaFastForward", 208),
    ("MediaPause", 201),
    ("MediaPlay", 200),
    ("MediaPlayPause", 164),
    ("MediaRecord", 167),
    ("MediaRewind", 168),
    ("MediaSelect", 226),
    ("MediaStop", 166),
    ("MediaTrackNext", 163),
    ("MediaTrackPrevious", 165),
    ("Open", 134),
    ("Paste", 135),
    ("Power", 116),
    ("Props", 130),
    ("Sleep", 142),
    ("Undo", 131),
    ("WakeUp", 143),
];

/// The keys of a combination, in the order in which they go down.
pub(crate) fn of_combination(combination: Combination) -> &'static [&'static str] {
    match combination {
        Combination::CtrlAltDel => &["ControlLeft", "AltLeft", "Delete"],
        Combination::Super => &["MetaLeft"],
        Combination::AltTab => &["AltLeft", "Tab"],
        Combination::AltF4 => &["AltLeft", "F4"],
        Combination::Hangul => &["Lang1"],
        Combination::Hanja => &["Lang2"],
        Combination::PrintScreen => &["PrintScreen"],
        Combination::CtrlEsc => &["ControlLeft", "Escape"],
    }
}
