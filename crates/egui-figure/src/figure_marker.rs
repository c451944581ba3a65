//! Marker shapes that bracket other shapes, so that the SVG groups them under a name and a title.
//!
//! egui's shapes have no names. A UI that is drawn to a figure may add a marker before and after the shapes
//! of one thing. Markers paint nothing; they are paint callbacks that nothing ever calls. Don't add them in a
//! window.

use std::sync::Arc;

use egui::{PaintCallback, Rect, Shape};

/// A shape that paints nothing and begins, titles or ends a group of the shapes around it. Groups can be
/// nested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureMarker {
    /// Begins a group: the shapes that follow belong to it.
    BeginGroup {
        /// The name of the group, such as `w[1,2,3]`, from which its SVG id is made.
        name: String,
    },
    /// The title of the innermost open group, for people: “weight from input 3 to neuron 2: 0.26”.
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
    pub fn from_callback(callback: &PaintCallback) -> Option<&Self> {
        callback.callback.downcast_ref()
    }
}
