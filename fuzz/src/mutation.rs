//! Inputs that are nearly right: those of a corpus, changed at random, the same on every machine for the same seed.

/// Numbers at which code breaks: nothing, signs, ends of bytes and words, and the lengths of our limits.
const EDGES: [u64; 14] = [
    0,
    1,
    0x7f,
    0x80,
    0xff,
    0x7fff,
    0xffff,
    0x4000,
    0x4001,
    0x7fff_ffff,
    0xffff_ffff,
    1 << 50,
    1 << 63,
    u64::MAX,
];
/// No input grows beyond this.
const MOST_BYTES: usize = 64 * 1024;

/// A source of changed inputs.
#[derive(Debug)]
pub struct Mutation(u64);

impl Mutation {
    /// One that begins at `seed`; 0 is as good as any other.
    #[must_use]
    pub fn of(seed: u64) -> Self {
        Self(seed ^ 0x9e37_79b9_7f4a_7c15)
    }

    /// xorshift64*.
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    /// A number below `end`; 0 where there is none.
    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX);
        usize::try_from(self.next() % end.max(1)).unwrap_or_default()
    }

    /// One of `seeds` with up to eight changes, or noise where there are none.
    pub fn input(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = self.one_of(seeds).unwrap_or_default();
        for _ in 0..=self.below(8) {
            self.change(&mut bytes, seeds);
        }
        bytes.truncate(MOST_BYTES);
        bytes
    }

    fn one_of(&mut self, seeds: &[Vec<u8>]) -> Option<Vec<u8>> {
        let at = self.below(seeds.len());
        seeds.get(at).cloned()
    }

    fn change(&mut self, bytes: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        let at = self.below(bytes.len());
        let rest = bytes.len() - at;
        match self.below(10) {
            0..=2 => {
                let bit = self.below(8);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << bit;
                }
            }
            3 => self.put_edge(bytes, at),
            4 => {
                let noise: Vec<u8> = (0..=self.below(16)).map(|_| self.next().to_le_bytes()[0]).collect();
                bytes.splice(at..at, noise);
            }
            5 => {
                let length = self.below(rest.min(64) + 1);
                bytes.drain(at..at + length);
            }
            6 => {
                let length = self.below(rest.min(512) + 1);
                let part = bytes.get(at..at + length).unwrap_or_default().to_vec();
                let place = self.below(bytes.len());
                bytes.splice(place..place, part);
            }
            7 => bytes.truncate(at),
            _ => {
                let other = self.one_of(seeds).unwrap_or_default();
                let from = self.below(other.len());
                let length = self.below((other.len() - from).min(2_048) + 1);
                let part = other.get(from..from + length).unwrap_or_default().to_vec();
                let replaced = self.below(rest.min(64) + 1);
                bytes.splice(at..at + replaced, part);
            }
        }
    }

    /// Writes a number over 1, 2, 4 or 8 bytes, in either order.
    fn put_edge(&mut self, bytes: &mut [u8], at: usize) {
        let edge = EDGES.get(self.below(EDGES.len())).copied().unwrap_or_default();
        let width = 1 << self.below(4);
        let (little, big) = (edge.to_le_bytes(), edge.to_be_bytes());
        let written = if self.below(2) == 0 { little.get(..width) } else { big.get(8 - width..) };
        for (place, byte) in bytes.iter_mut().skip(at).zip(written.unwrap_or_default()) {
            *place = *byte;
        }
    }
}
