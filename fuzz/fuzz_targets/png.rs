//! `cargo +nightly fuzz run png fuzz/corpus/png fuzz/seeds/png`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| neurodial_fuzz::figure(bytes));
