//! The network as text that other programs read.
//!
//! | file | what |
//! | --- | --- |
//! | [`latex`] | a neuron's sum as LaTeX |

pub mod latex;
