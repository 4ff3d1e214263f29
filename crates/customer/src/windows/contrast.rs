//! The windows' colours, read from where they are written: what people must read or find stands out from its ground.

use std::collections::BTreeMap;

const THEME: &str = include_str!("../../ui/theme.slint");
/// Names of colours that are grounds, and of the line between two parts that nobody presses.
const GROUNDS: [&str; 5] = ["ground", "surface", "raised", "accent-ground", "line"];

/// WCAG 2.2, 1.4.3: letters.
const LETTERS: f64 = 4.5;
/// WCAG 2.2, 1.4.11: borders of controls, and signs.
const CONTROLS: f64 = 3.0;

/// Colour, where it stands, and what it must have.
const PAIRS: [(&str, &[&str], f64); 11] = [
    ("text", &["ground", "surface", "raised", "accent-ground"], LETTERS),
    ("muted", &["ground", "surface", "raised", "accent-ground"], LETTERS),
    ("accent", &["ground", "surface"], LETTERS),
    ("danger", &["surface"], LETTERS),
    ("on-accent", &["accent", "accent-pressed"], LETTERS),
    ("on-danger", &["danger", "danger-pressed"], LETTERS),
    ("edge", &["surface", "raised"], CONTROLS),
    ("accent", &["raised"], CONTROLS),
    ("accent-pressed", &["surface"], CONTROLS),
    ("danger-pressed", &["surface"], CONTROLS),
    ("good", &["surface"], CONTROLS),
];

/// Name → dark, light.
fn colours() -> BTreeMap<&'static str, [&'static str; 2]> {
    let of = |line: &'static str| {
        let (name, value) = line.trim().strip_prefix("out property <color> ")?.split_once(": dark ? ")?;
        let (dark, light) = value.trim_end_matches(';').split_once(" : ")?;
        Some((name, [dark, light]))
    };
    THEME.lines().filter_map(of).collect()
}

/// Relative luminance, 0 to 1, of `#rrggbb`.
fn luminance(colour: &str) -> f64 {
    let number = u32::from_str_radix(colour.trim_start_matches('#'), 16).expect(colour);
    let [_, red, green, blue] = number.to_be_bytes().map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn letters_and_controls_stand_out_from_their_ground() {
    let colours = colours();
    let mut faint = Vec::new();
    for (name, grounds, least) in PAIRS {
        for ground in grounds {
            for (scheme, (colour, below)) in
                ["dark", "light"].iter().zip(colours[name].iter().zip(colours[ground]))
            {
                let found = contrast(colour, below);
                if found < least {
                    faint.push(format!("{name} on {ground}, {scheme}: {found:.2}, not {least}"));
                }
            }
        }
    }
    assert!(faint.is_empty(), "{faint:#?}");
}

/// A new colour gets its pairs above.
#[test]
fn every_colour_is_a_ground_or_measured_on_one() {
    let written = THEME.matches("<color>").count();
    assert_eq!(colours().len(), written, "every colour reads");
    let known = |name: &&str| GROUNDS.contains(name) || PAIRS.iter().any(|(colour, ..)| colour == name);
    let strange: Vec<_> = colours().into_keys().filter(|name| !known(name)).collect();
    assert!(strange.is_empty(), "{strange:?}");
}
