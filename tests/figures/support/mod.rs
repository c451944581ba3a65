//! Documents to draw, parsed figures, and measures of their layout and colors.

pub mod color_vision;
pub mod documents;
pub mod layout_checks;
pub mod parsed_figure;
