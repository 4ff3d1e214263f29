//! Scrolling: finds by how much a part of the screen moved up or down, so that it is copied instead of sent.
//!
//! The search may be wrong without harm: copies are done to the sender's picture too, and what then differs from
//! the captured one is sent as pixels.

use std::ops::Range;

use crate::{Patch, Picture, Rect, change::differ, patch::colour};

/// Width of the strips whose rows are compared, pixels.
const STRIP_PX: usize = 64;
/// Lowest part worth a search, pixels.
const MIN_HEIGHT_PX: usize = 24;
/// Smallest changed part worth a search, pixels.
const MIN_AREA_PX: usize = 8 * 1024;
/// Rows that a copy must have at least.
const MIN_RUN_ROWS: usize = 8;
/// Of so many rows one is looked at where one is like the others; at most half of `MIN_RUN_ROWS`.
const LOOK_ROWS: usize = 4;
/// How many strips, spread over the part, vote for a distance.
const VOTING_STRIPS: usize = 5;
/// Votes that a distance needs at least.
const MIN_VOTES: usize = 8;

/// A move of pixels within the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Move {
    pub(crate) from: Rect,
    pub(crate) to: Rect,
}

/// Copies, in the order in which they must be done, that bring `model` nearer to `patch` within `part`.
pub(crate) fn find_moves(model: &Picture, patch: &Patch<'_>, part: &Rect) -> Vec<Move> {
    let part = part.intersection(&patch.rect()).intersection(&model.bounds());
    if usize::from(part.height) < MIN_HEIGHT_PX || part.area() < MIN_AREA_PX {
        return Vec::new();
    }
    let strips = strips_of(&part);
    let step = strips.len().div_ceil(VOTING_STRIPS).max(1);
    let mut votes = Votes::new(usize::from(part.height));
    for strip in strips.iter().skip(step / 2).step_by(step) {
        votes.count(&Hashes::of(model, patch, strip));
    }
    let Some(distance) = votes.winner() else { return Vec::new() };
    let mut moves = Vec::new();
    for strip in &strips {
        add_moves(&Rows { model, patch, strip }, distance, &mut moves);
    }
    // A copy must not write what a later one reads: against the direction of the move.
    moves.sort_by_key(|found: &Move| found.to.top());
    if 0 < distance {
        moves.reverse();
    }
    moves
}

fn strips_of(part: &Rect) -> Vec<Rect> {
    (part.left()..part.right())
        .step_by(STRIP_PX)
        .map(|left| Rect::from_edges(left, part.top(), part.right().min(left + STRIP_PX), part.bottom()))
        .collect()
}

/// Hashes of the rows of one strip, before and now.
struct Hashes {
    before: Vec<u64>,
    now: Vec<u64>,
}

impl Hashes {
    fn of(model: &Picture, patch: &Patch<'_>, strip: &Rect) -> Self {
        let rows = || strip.top()..strip.bottom();
        Self {
            before: rows().map(|y| hash_row(model.span(strip, y).unwrap_or(&[]), |value| *value)).collect(),
            now: rows()
                .map(|y| hash_row(patch.span(strip.left(), strip.right(), y), |bytes| colour(*bytes)))
                .collect(),
        }
    }

    fn unchanged(&self, y: usize) -> bool {
        self.before.get(y) == self.now.get(y)
    }
}

/// The rows of one strip, before and now. Once the distance is known, to compare takes a fifth of what hashes take.
struct Rows<'a> {
    model: &'a Picture,
    patch: &'a Patch<'a>,
    strip: &'a Rect,
}

impl Rows<'_> {
    /// Whether row `y` now is what stood `distance` above it, within the strip.
    fn moved(&self, y: usize, distance: isize) -> bool {
        let Some(source) = y.checked_add_signed(-distance) else { return false };
        let now = self.patch.span(self.strip.left(), self.strip.right(), y);
        (self.strip.top()..self.strip.bottom()).contains(&source)
            && self.model.span(self.strip, source).is_some_and(|before| !differ(before, now))
    }

    fn unchanged(&self, y: usize) -> bool {
        self.moved(y, 0)
    }
}

const LANES: usize = 4;
const PRIME: u64 = 0x9e37_79b9_7f4a_7c15;

/// A hash of the pixels of a row; equal rows have equal hashes, and others hardly ever. Two pixels a multiplication
/// and four lanes beside each other: vector code of 32-bit multiplications was half as fast without SSE 4.1.
fn hash_row<T>(pixels: &[T], value: impl Fn(&T) -> u32) -> u64 {
    let mut lanes = [PRIME; LANES];
    let (pairs, last) = pixels.as_chunks::<2>();
    let (chunks, rest) = pairs.as_chunks::<LANES>();
    for chunk in chunks {
        for (lane, [first, second]) in lanes.iter_mut().zip(chunk) {
            *lane = mix(*lane, u64::from(value(first)) | u64::from(value(second)) << 32);
        }
    }
    for (lane, [first, second]) in lanes.iter_mut().zip(rest) {
        *lane = mix(*lane, u64::from(value(first)) | u64::from(value(second)) << 32);
    }
    let odd = last.iter().fold(0, |all, pixel| mix(all, u64::from(value(pixel))));
    lanes.iter().fold(odd, |all, lane| mix(all.rotate_left(23), *lane))
}

fn mix(hash: u64, value: u64) -> u64 {
    (hash ^ value).wrapping_mul(PRIME).rotate_left(29)
}

/// How many rows speak for each distance.
struct Votes {
    rows: usize,
    /// Index is distance + rows.
    counts: Vec<usize>,
    changed: usize,
}

impl Votes {
    fn new(rows: usize) -> Self {
        Self { rows, counts: vec![0; rows * 2 + 1], changed: 0 }
    }

    /// Each changed row votes for the distance to the only row before that was like it.
    fn count(&mut self, rows: &Hashes) {
        let table = Table::of(&rows.before);
        for (y, hash) in rows.now.iter().enumerate().filter(|(y, _)| !rows.unchanged(*y)) {
            self.changed += 1;
            let Some(source) = table.only_place(*hash) else { continue };
            if let Some(count) = self.counts.get_mut(y + self.rows - source) {
                *count += 1;
            }
        }
    }

    /// The distance downwards that enough rows agree on.
    fn winner(&self) -> Option<isize> {
        let (index, votes) = self.counts.iter().enumerate().max_by_key(|(_, votes)| **votes)?;
        if *votes < MIN_VOTES || votes * 8 < self.changed || index == self.rows {
            return None;
        }
        Some(isize::try_from(index).ok()? - isize::try_from(self.rows).ok()?)
    }
}

/// Finds a hash among the rows, open addressing over a power of two.
struct Table {
    slots: Vec<Slot>,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    hash: u64,
    /// Row + 1; 0 is a free slot.
    place: usize,
    repeated: bool,
}

impl Table {
    fn of(hashes: &[u64]) -> Self {
        let mut table = Self { slots: vec![Slot::default(); (hashes.len() * 2).next_power_of_two()] };
        for (row, hash) in hashes.iter().enumerate() {
            let place = table.find(*hash);
            let Some(slot) = table.slots.get_mut(place) else { continue };
            if slot.place == 0 {
                *slot = Slot { hash: *hash, place: row + 1, repeated: false };
            } else {
                slot.repeated = true;
            }
        }
        table
    }

    fn only_place(&self, hash: u64) -> Option<usize> {
        let slot = self.slots.get(self.find(hash))?;
        if slot.repeated { None } else { slot.place.checked_sub(1) }
    }

    /// The slot of this hash, or the free one where it would stand: half of the slots stay free.
    fn find(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut place = usize::try_from(hash >> 40).unwrap_or(0) & mask;
        while self.slots.get(place).is_some_and(|slot| slot.place != 0 && slot.hash != hash) {
            place = (place + 1) & mask;
        }
        place
    }
}

/// Adds the runs of moved rows of one strip, joined with the same run of the strip at its left. Within a run not every
/// row is looked at: to read all of them takes longer than to send one that was guessed wrong.
fn add_moves(rows: &Rows<'_>, distance: isize, moves: &mut Vec<Move>) {
    let (mut free, bottom) = (rows.strip.top(), rows.strip.bottom());
    let mut y = free;
    while y < bottom {
        if !rows.moved(y, distance) {
            y += LOOK_ROWS;
            continue;
        }
        let start = (free..y).rev().take_while(|row| rows.moved(*row, distance)).last().unwrap_or(y);
        let mut end = y + 1;
        while end + LOOK_ROWS <= bottom && rows.moved(end + LOOK_ROWS - 1, distance) {
            end += LOOK_ROWS;
        }
        end += (end..bottom).take_while(|row| rows.moved(*row, distance)).count();
        let changed = || (start..end).step_by(LOOK_ROWS).any(|row| !rows.unchanged(row));
        if MIN_RUN_ROWS <= end - start && changed() {
            add_move(rows.strip, start..end, distance, moves);
        }
        (free, y) = (end, end + 1);
    }
}

fn add_move(strip: &Rect, rows: Range<usize>, distance: isize, moves: &mut Vec<Move>) {
    let to = Rect::from_edges(strip.left(), rows.start, strip.right(), rows.end);
    let back = i32::try_from(-distance).unwrap_or(0);
    let neighbour = moves
        .iter_mut()
        .rev()
        .find(|found| found.to.right() == to.left() && found.to.y == to.y && found.to.height == to.height);
    let to = match &neighbour {
        Some(found) => found.to.hull(&to),
        None => to,
    };
    let Some(from) = to.moved_by(0, back) else { return };
    match neighbour {
        Some(found) => *found = Move { from, to },
        None => moves.push(Move { from, to }),
    }
}
