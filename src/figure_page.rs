//! Figures made of panes: side by side on a page of a given size, drawn without a window.
//!
//! A file imports only files above it in this table.
//!
//! | file | content |
//! | --- | --- |
//! | `length` | [`Length`]: `85mm`, `600px`, and font sizes |
//! | `panel_layout` | `PanelLayout`: the positions of the panels on the page |
//! | `legend` | the legend of a snapshot overlay |
//! | `rendered_figure` | [`RenderedFigure`]: the figure as SVG, PNG or PDF |
//! | `figure_spec` | [`FigureSpec`]: the panels of a figure, what they show, and the page |

pub(crate) mod figure_spec;
pub(crate) mod legend;
pub(crate) mod length;
pub(crate) mod panel_layout;
pub(crate) mod rendered_figure;

pub use figure_spec::{FigureCaption, FigureSpec};
pub use length::Length;
pub(crate) use rendered_figure::FigurePageError;
pub use rendered_figure::{FigureFormat, RenderedFigure};
