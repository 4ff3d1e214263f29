//! See `fuzz/src/messages.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::run("messages", data));
