//! Drawn things that panes share. They know no session.
//!
//! | file | noun |
//! | --- | --- |
//! | [`maths`] | mathematical names with real indices, and lines of them |
//! | [`track`] | the groove and handle of a slider |
//! | [`number_field`] | a number that is being typed |

pub mod maths;
pub mod number_field;
pub mod track;
