//! The network as text that other programs read, and their text as a network.
//!
//! | file | what |
//! | --- | --- |
//! | [`listing`] | [`Listing`]: a written network, and which of its numbers is which knob or input |
//! | [`language`] | [`Language`]: what a network can be written as |
//! | [`python`] | plain Python, lists and a loop, as the article writes it |
//! | [`numpy`], [`pytorch`] | Python with these libraries |
//! | [`rust`] | a Rust program that needs nothing but the standard library |
//! | [`latex`] | a neuron's sum, or the whole network as matrices, as LaTeX |
//! | [`live`] | [`LiveListing`]: a listing that follows its document |
//! | [`syntax`] | what the pieces of a line are, for colours |
//! | [`edit`] | which knobs an edited listing turns |
//! | [`matrix`] | pasted numbers as matrices |
//! | [`assembly`] | matrices as a network |
//!
//! Every program prints the outputs as its last line, as a list at full precision. Numbers are written with the
//! fewest digits that read back as the same number.

pub mod assembly;
pub mod edit;
pub mod language;
pub mod latex;
pub mod listing;
pub mod live;
pub mod matrix;
pub mod numpy;
pub mod python;
pub mod pytorch;
pub mod rust;
pub mod syntax;

pub use language::Language;
pub use listing::{SourceListing, NumberSpan};
pub use live::LiveListing;
