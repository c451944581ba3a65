//! `cargo +nightly fuzz run link fuzz/corpus/link fuzz/seeds/link`

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| neurodial_fuzz::link(bytes));
