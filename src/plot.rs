//! Plots: axes, grid, and labels that keep off each other. They know no session.
//!
//! | module | contents |
//! | --- | --- |
//! | `axis` | a linear or logarithmic axis and its ticks |
//! | `plot_area` | the rectangle between two axes: from values to screen positions |
//! | `plot_frame` | the axes with their numbers and names, and the grid between them |
//! | `label_placement` | where labels are, so that they cover neither marks nor each other |
//! | `contour_lines` | the lines of contours, with their labels |
//! | `map_point` | the texture of a map and the point on it that can be dragged |
//!
//! # Why not `egui_plot`
//! A plot of this program is a figure too, and is dragged by its curves and points. `egui_plot` draws lines and
//! a grid, but axes, names and labels only in its own widget: not as groups of an SVG file, with neither
//! mathematical symbols as names nor numbers that stay on the page; and its gestures would compete with those of
//! `app::gestures`. Of all that it has, the grid alone was used, which is ten lines here.

pub(crate) mod axis;
pub(crate) mod contour_lines;
pub(crate) mod label_placement;
pub(crate) mod map_point;
pub(crate) mod plot_area;
pub(crate) mod plot_frame;

pub(crate) use axis::Axis;
pub(crate) use label_placement::{LabelObstacle, LabelPlacer, PlacedLabel};
pub(crate) use plot_area::PlotArea;
pub use plot_frame::YLabel;
pub(crate) use plot_frame::{NumberedSides, PlotFrame};
