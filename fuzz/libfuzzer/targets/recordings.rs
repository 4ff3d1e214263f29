//! See `fuzz/src/recordings.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::run("recordings", data));
