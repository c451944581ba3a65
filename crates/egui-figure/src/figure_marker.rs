//! Marker shapes that bracket other shapes, so that the SVG groups them under a name and a title.
//!
//! egui's shapes have no names. A UI that is drawn to a figure may add a marker before and after the shapes
//! of one item. Markers paint nothing; they are paint callbacks that nothing ever calls. Don't add them in a
//! window.

use std::sync::Arc;

use egui::{PaintCallback, Rect, Shape};

/// A shape that paints nothing and begins, titles or ends a group of the shapes around it. Groups can be
/// nested. Don't add markers in a window: there they are paint callbacks that the renderer doesn't know.
///
/// ```
/// # fn main() -> Result<(), egui_figure::FigureError> {
/// use egui_figure::{FigureMarker, HeadlessContext, svg};
///
/// let drawing = HeadlessContext::new().draw(egui::vec2(96.0, 48.0), |ui| {
///     let name = "point[1,2]".to_owned();
///     ui.painter().add(FigureMarker::BeginGroup { name }.into_shape());
///     ui.painter().add(FigureMarker::Title("The second point".to_owned()).into_shape());
///     ui.painter().circle_filled(egui::pos2(48.0, 24.0), 4.0, egui::Color32::RED);
///     ui.painter().add(FigureMarker::EndGroup.into_shape());
/// })?;
/// let svg = svg::from_drawing(&drawing, &svg::SvgOptions::new(drawing.size))?;
/// assert!(svg.contains(r#"<g id="point-1-2" data-name="point[1,2]">"#));
/// assert!(svg.contains("<title>The second point</title>"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureMarker {
    /// Begins a group: the shapes that follow belong to it.
    BeginGroup {
        /// The name of the group, such as `point[1,2]`, from which its SVG id is made.
        name: String,
    },
    /// The title of the innermost open group, which browsers show as a tooltip.
    Title(String),
    /// Ends the innermost open group.
    EndGroup,
}

impl FigureMarker {
    /// Returns the shape that carries the marker.
    pub fn into_shape(self) -> Shape {
        Shape::Callback(PaintCallback {
            rect: Rect::EVERYTHING,
            callback: Arc::new(self),
        })
    }

    /// Returns the marker that a callback carries, if any.
    pub(crate) fn from_callback(callback: &PaintCallback) -> Option<&Self> {
        callback.callback.downcast_ref()
    }
}
