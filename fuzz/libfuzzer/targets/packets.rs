//! See `fuzz/src/packets.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::run("packets", data));
