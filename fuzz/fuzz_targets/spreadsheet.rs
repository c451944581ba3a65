//! `cargo +nightly fuzz run spreadsheet fuzz/corpus/spreadsheet fuzz/seeds/spreadsheet`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| neurodial_fuzz::spreadsheet(bytes));
