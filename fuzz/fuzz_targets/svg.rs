//! `cargo +nightly fuzz run svg fuzz/corpus/svg fuzz/seeds/svg`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| neurodial_fuzz::figure(bytes));
