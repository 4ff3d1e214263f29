//! Paper, by its self-describing names (PWG 5101.1).

use crate::ipp::{Attribute, Value};

/// A paper's name, width and height in hundredths of a millimetre. The first is the default.
pub(super) const PAPERS: [(&str, i32, i32); 12] = [
    ("iso_a4_210x297mm", 21_000, 29_700),
    ("iso_a3_297x420mm", 29_700, 42_000),
    ("iso_a5_148x210mm", 14_800, 21_000),
    ("iso_a6_105x148mm", 10_500, 14_800),
    ("iso_b5_176x250mm", 17_600, 25_000),
    ("jis_b4_257x364mm", 25_700, 36_400),
    ("jis_b5_182x257mm", 18_200, 25_700),
    ("na_letter_8.5x11in", 21_590, 27_940),
    ("na_legal_8.5x14in", 21_590, 35_560),
    ("na_ledger_11x17in", 27_940, 43_180),
    ("na_index-4x6_4x6in", 10_160, 15_240),
    ("jpn_hagaki_100x148mm", 10_000, 14_800),
];

/// Width and height of a paper of ours.
pub(super) fn size_of(name: &str) -> Option<(u32, u32)> {
    let (_, x, y) = PAPERS.iter().find(|(known, ..)| *known == name)?;
    Some((u32::try_from(*x).ok()?, u32::try_from(*y).ok()?))
}

/// The size that a `media-col` names, where it is one of ours.
pub(super) fn size_in(media_col: &[Attribute]) -> Option<(u32, u32)> {
    let member = |members: &[Attribute], name: &str| {
        members.iter().find(|member| member.name == name).and_then(|member| member.values.first().cloned())
    };
    let Some(Value::Collection(size)) = member(media_col, "media-size") else { return None };
    let side = |name| member(&size, name).and_then(|value| value.as_number());
    let (x, y) = (side("x-dimension")?, side("y-dimension")?);
    // A sheet may lie either way.
    let is_meant =
        |(_, width, height): &&(&str, i32, i32)| (*width, *height) == (x, y) || (*height, *width) == (x, y);
    PAPERS.iter().find(is_meant)?;
    Some((u32::try_from(x).ok()?, u32::try_from(y).ok()?))
}

/// `media-size` of a paper.
pub(super) fn size(x: i32, y: i32) -> Value {
    Value::Collection(vec![
        Attribute::one("x-dimension", Value::Integer(x)),
        Attribute::one("y-dimension", Value::Integer(y)),
    ])
}

/// `media-col` of a paper: pages are shown to their edges.
pub(super) fn col(x: i32, y: i32) -> Value {
    let margin = |side: &str| Attribute::one(&format!("media-{side}-margin"), Value::Integer(0));
    Value::Collection(vec![
        Attribute::one("media-size", size(x, y)),
        margin("bottom"),
        margin("left"),
        margin("right"),
        margin("top"),
        Attribute::one("media-source", Value::keyword("auto")),
        Attribute::one("media-type", Value::keyword("stationery")),
    ])
}
