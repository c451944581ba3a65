//! Pages about lessons for print: worksheets, and the answers of a class.
//!
//! | file | content |
//! | --- | --- |
//! | `page_flow` | texts and plots below each other, divided into pages |
//! | `worksheet` | the questions of a lesson, with empty axes for sketches |
//! | `class_summary` | the answers of a class |

pub(crate) mod class_summary;
pub(crate) mod page_flow;
pub(crate) mod worksheet;
