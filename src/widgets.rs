//! Drawn things that panes share. They know no session.
//!
//! | file | noun |
//! | --- | --- |
//! | [`maths`] | mathematical names with real indices, and lines of them |
//! | [`track`] | the groove and handle of a slider |
//! | [`gauge`] | a small slider with its name and its value |
//! | [`dial`] | the same bent round: a knob of a radio |
//! | [`strip`] | a quantity over the range of a track or dial, as colours |
//! | [`marks`] | what else a track or dial tells: where the neuron switches, which way its number goes |
//! | [`number_field`] | a number that is being typed |

pub mod dial;
pub mod gauge;
pub mod marks;
pub mod maths;
pub mod number_field;
pub mod strip;
pub mod track;
