//! `cargo +nightly fuzz run lesson fuzz/corpus/lesson fuzz/seeds/lesson`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| neurodial_fuzz::lesson(bytes));
