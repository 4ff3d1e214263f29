//! See `fuzz/src/hosting.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::run("hosting", data));
