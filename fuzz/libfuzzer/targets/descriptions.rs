//! See `fuzz/src/descriptions.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::run("descriptions", data));
