//! Which records of a bucket have a word: a set of places, as a bitmap in memory and in whichever form is shorter when kept.

/// Bits of a record's key that say its place within its bucket. A bitmap of a bucket stands in a row of PostgreSQL as it is, which
/// twice as many places would not. Tests have few records, and many buckets.
pub(super) const PLACE_BITS: u32 = if cfg!(test) { 7 } else { 13 };
/// Places of a bucket.
pub(super) const PLACES: u16 = 1 << PLACE_BITS;

/// Places of a block.
const BLOCK: usize = u64::BITS as usize;
const BLOCKS: usize = PLACES as usize / BLOCK;
/// Bytes of a bitmap. A list is shorter, by which it is known.
const BITMAP_BYTES: usize = PLACES as usize / 8;

/// A set of places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Places([u64; BLOCKS]);

impl Places {
    pub(super) const NONE: Self = Self([0; BLOCKS]);
    pub(super) const ALL: Self = Self([u64::MAX; BLOCKS]);

    /// Adds a place, or takes it out; beyond the bucket there is none.
    pub(super) fn set(&mut self, place: u16, is_in: bool) {
        let bit = 1 << (u32::from(place) % u64::BITS);
        if let Some(block) = self.0.get_mut(usize::from(place) / BLOCK) {
            *block = if is_in { *block | bit } else { *block & !bit };
        }
    }

    pub(super) fn contains(&self, place: u16) -> bool {
        self.0
            .get(usize::from(place) / BLOCK)
            .is_some_and(|block| block >> (u32::from(place) % u64::BITS) & 1 == 1)
    }

    pub(super) fn is_empty(&self) -> bool {
        *self == Self::NONE
    }

    pub(super) fn len(&self) -> u32 {
        self.0.iter().map(|block| block.count_ones()).sum()
    }

    /// What is in both.
    pub(super) fn and(&self, other: &Self) -> Self {
        self.with(other, |one, other| one & other)
    }

    /// What is in either.
    pub(super) fn or(&self, other: &Self) -> Self {
        self.with(other, |one, other| one | other)
    }

    fn with(&self, other: &Self, both: fn(u64, u64) -> u64) -> Self {
        let mut made = self.clone();
        made.0.iter_mut().zip(&other.0).for_each(|(block, other)| *block = both(*block, *other));
        made
    }

    /// From the smallest on.
    pub(super) fn iter(&self) -> impl Iterator<Item = u16> {
        (0..).step_by(BLOCK).zip(&self.0).flat_map(|(first, bits)| {
            let mut rest = *bits;
            std::iter::from_fn(move || {
                let bit = u16::try_from(rest.trailing_zeros()).ok().filter(|_| rest != 0)?;
                rest &= rest - 1;
                Some(first + bit)
            })
        })
    }

    /// As it is kept: a list of two bytes each (little-endian), or where that is longer, a bitmap from the first place on, the lowest
    /// bit first.
    pub(super) fn encode(&self) -> Vec<u8> {
        if is_listed(self.len() as usize) {
            self.iter().flat_map(u16::to_le_bytes).collect()
        } else {
            self.0.iter().flat_map(|block| block.to_le_bytes()).collect()
        }
    }

    /// As [`Self::encode`], of places from the smallest on: many of these are made at once, and most hold one or two.
    pub(super) fn encode_list(places: &[u16]) -> Vec<u8> {
        if is_listed(places.len()) {
            return places.iter().copied().flat_map(u16::to_le_bytes).collect();
        }
        let mut set = Self::NONE;
        places.iter().for_each(|place| set.set(*place, true));
        set.encode()
    }

    /// From what is kept.
    pub(super) fn decode(kept: &[u8]) -> Self {
        let mut places = Self::NONE;
        if kept.len() == BITMAP_BYTES {
            let (blocks, _) = kept.as_chunks();
            places.0.iter_mut().zip(blocks).for_each(|(block, bytes)| *block = u64::from_le_bytes(*bytes));
        } else {
            let (listed, _) = kept.as_chunks();
            listed.iter().for_each(|place| places.set(u16::from_le_bytes(*place), true));
        }
        places
    }
}

/// Whether so many places are shorter as a list.
const fn is_listed(places: usize) -> bool {
    places * 2 < BITMAP_BYTES
}

#[cfg(test)]
mod tests {
    use super::{BITMAP_BYTES, PLACES, Places};

    fn places(listed: impl IntoIterator<Item = u16>) -> Places {
        let mut places = Places::NONE;
        listed.into_iter().for_each(|place| places.set(place, true));
        places
    }

    #[test]
    fn what_is_kept_is_read_again_in_either_form() {
        for listed in [
            vec![],
            vec![0],
            vec![63, 64],
            vec![PLACES - 1],
            (0..PLACES).step_by(3).collect(),
            (0..PLACES).collect(),
        ] {
            let kept = places(listed.iter().copied());
            assert_eq!(kept.len() as usize, listed.len());
            assert!(kept.encode().len() <= BITMAP_BYTES);
            let read = Places::decode(&kept.encode());
            assert_eq!(read, kept);
            assert_eq!(Places::encode_list(&listed), kept.encode());
            assert_eq!(read.iter().collect::<Vec<_>>(), listed);
            assert!((0..PLACES).all(|place| read.contains(place) == listed.contains(&place)));
        }
        assert_eq!(places(0..PLACES), Places::ALL);
    }

    #[test]
    fn sets_are_put_together_and_reduced() {
        let (even, small) = (places((0..PLACES).step_by(2)), places(0..10));
        assert_eq!(even.and(&small), places([0, 2, 4, 6, 8]));
        assert_eq!(places([1]).or(&places([70])), places([1, 70]));
        let mut one = places([7]);
        one.set(7, false);
        assert!(one.is_empty() && !small.is_empty());
    }

    #[test]
    fn bytes_that_nobody_wrote_are_read_as_what_they_hold() {
        assert_eq!(Places::decode(&[1]), Places::NONE);
        assert_eq!(Places::decode(&[3, 0, 255, 255, 9]), places([3]));
    }
}
