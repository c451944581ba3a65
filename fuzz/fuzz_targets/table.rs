//! `cargo +nightly fuzz run table fuzz/corpus/table fuzz/seeds/table`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| neurodial_fuzz::table(bytes));
