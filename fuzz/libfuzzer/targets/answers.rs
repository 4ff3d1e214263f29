//! See `fuzz/src/answers.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::run("answers", data));
