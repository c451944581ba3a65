//! Reads any bytes as a table, with the default choices: `cargo +nightly fuzz run table`, with the files of
//! `crates/core/tests/core/table_cases` as the corpus.

#![no_main]

use libfuzzer_sys::fuzz_target;
use neurodial_core::data::{ColumnSelection, TableOptions, table, table_text};

fuzz_target!(|bytes: &[u8]| {
    let options = TableOptions::default();
    if let Ok(source) = table_text::decode(bytes.to_vec(), &options) {
        let _ = table::read_with(&source, &options, &ColumnSelection::default());
    }
});
