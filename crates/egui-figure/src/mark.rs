//! What brackets the shapes of a part while a figure is drawn, so that the writer of a file can group them.
//!
//! egui's shapes are anonymous. In a figure, and only there, a part's shapes stand between two marks that paint
//! nothing; they travel through egui as paint callbacks, which nobody calls.

use std::sync::Arc;

use egui::{PaintCallback, Rect, Shape};

/// A shape that paints nothing and says what the shapes after it belong to. Parts may lie in parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureMarker {
    /// The shapes of a part follow.
    BeginGroup {
        /// The part's address, counted from 1: `w[1,2,3]`.
        name: String,
    },
    /// What the open part is called and worth, in words: “weight from input 3 to neuron 2: 0.26”.
    Title(String),
    /// The innermost open part ends.
    EndGroup,
}

impl FigureMarker {
    /// The shape that carries it.
    pub fn into_shape(self) -> Shape {
        Shape::Callback(PaintCallback {
            rect: Rect::EVERYTHING,
            callback: Arc::new(self),
        })
    }

    /// The mark that a callback carries, if it is one.
    pub fn from_callback(callback: &PaintCallback) -> Option<&Self> {
        callback.callback.downcast_ref()
    }
}
