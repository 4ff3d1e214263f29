use std::time::Duration;

use crate::{Chroma, Encoder, Frame, Settings};

#[test]
fn the_first_picture_is_a_key_picture() {
    for chroma in [Chroma::Full, Chroma::Half] {
        let settings = Settings { width: 33, height: 17, chroma, bits_per_s: 1_000_000 };
        let mut encoder = Encoder::new(settings).unwrap();
        let frame = Frame { bgrx: &[77; 33 * 17 * 4], stride_bytes: 33 * 4 };
        let coded = encoder.encode(&frame, Duration::ZERO, false).unwrap().unwrap();
        assert!(coded.key);
        let coded = encoder.encode(&frame, Duration::from_millis(33), false).unwrap().unwrap();
        assert!(!coded.key);
    }
}
