//! `cargo +nightly fuzz run pasted_code fuzz/corpus/pasted_code fuzz/seeds/pasted_code`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| neurodial_fuzz::pasted_code(bytes));
