//! The network written as source code, and networks read from pasted text.
//!
//! | file | contents |
//! | --- | --- |
//! | `source_listing` | [`SourceListing`]: the text, and the position of each knob's and input's number |
//! | `language` | the network written in each [`Language`] |
//! | `python` | plain Python with lists and a loop, like the code in the article |
//! | `numpy`, `pytorch` | Python with these libraries |
//! | `rust` | a Rust program that needs nothing but the standard library |
//! | [`latex`] | LaTeX of the whole network as matrices, or of the weighted sum of one neuron |
//! | [`live_listing`] | [`LiveListing`]: a listing that is updated along with its document |
//! | [`syntax`] | the syntax highlighting of a line |
//! | [`edit`] | the changes of knobs and inputs in an edited listing |
//! | [`matrix_parser`] | matrices from pasted text |
//! | [`parsed_network`] | a network from matrices |
//!
//! Every program prints the outputs as its last line, as a list at full precision. Numbers are written with
//! the fewest digits that read back as the same number.

pub mod edit;
pub(crate) mod language;
pub mod latex;
pub mod live_listing;
pub mod matrix_parser;
pub(crate) mod numpy;
pub mod parsed_network;
pub(crate) mod python;
pub(crate) mod pytorch;
pub(crate) mod rust;
pub(crate) mod source_listing;
pub mod syntax;

pub use language::Language;
pub use live_listing::LiveListing;
pub use source_listing::{NumberSpan, SourceListing};
