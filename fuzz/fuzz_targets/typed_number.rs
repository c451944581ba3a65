//! `cargo +nightly fuzz run typed_number fuzz/corpus/typed_number fuzz/seeds/typed_number`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| neurodial_fuzz::typed_number(bytes));
