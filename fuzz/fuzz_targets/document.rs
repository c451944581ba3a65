//! `cargo +nightly fuzz run document fuzz/corpus/document fuzz/seeds/document`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| neurodial_fuzz::document(bytes));
