//! An egui context without a window, and the shapes that it draws.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::emath::TSTransform;
use egui::epaint::{ClippedShape, ImageDelta};
use egui::{
    ColorImage, Context, ImageData, Memory, RawInput, Rect, Shape, TextureFilter, TextureId, TexturesDelta,
    Ui, Vec2,
};

use super::FigureError;
use crate::FallbackFonts;
use crate::bundled_fonts::FontFace;
use crate::figure_marker::FigureMarker;
use crate::fonts::{self, BodyFont, FallbackLoader};

/// The resolution for egui's rounding to pixels, so fine that the rounding is invisible in print: a quarter
/// of a point is 0.07 mm.
const PIXELS_PER_POINT: f32 = 4.0;
/// The maximum number of passes per drawing.
const MAX_PASSES: u32 = 8;
/// The maximum width and height of a drawing in points (about 14 m).
const MAX_SIDE: f32 = 40_000.0;

/// An egui context without a window, with the bundled fonts. Create it once and use it for any number of
/// drawings.
///
/// ```
/// # fn main() -> Result<(), egui_figure::FigureError> {
/// let mut headless = egui_figure::HeadlessContext::new();
/// headless.context().set_theme(egui::Theme::Light);
/// let drawing = headless.draw(egui::vec2(120.0, 40.0), |ui| {
///     ui.label("A label");
/// })?;
/// assert!(!drawing.shapes.is_empty());
/// # Ok(())
/// # }
/// ```
pub struct HeadlessContext {
    context: Context,
    body_font: BodyFont,
    textures: Textures,
    has_drawn: bool,
}

/// A texture that the UI drew.
#[derive(Clone)]
pub(crate) struct Texture {
    /// The pixels.
    pub(crate) image: Arc<ColorImage>,
    /// True if pixels are enlarged as squares (nearest-neighbor filter) rather than smoothed.
    pub(crate) uses_nearest_filter: bool,
}

/// The pixels of all textures except the font atlas.
#[derive(Clone, Default)]
pub struct Textures(BTreeMap<TextureId, Texture>);

/// The shapes of a UI in points, painted from first to last.
#[derive(Clone)]
pub struct Drawing {
    /// The width and height in points.
    pub size: Vec2,
    /// The shapes, in points from the top left corner.
    pub shapes: Vec<ClippedShape>,
    /// The pixels of all textures except the font atlas.
    pub textures: Textures,
    /// The font of the body text.
    pub body_font: BodyFont,
    /// The fonts after the bundled ones in each family.
    pub(crate) fallback_faces: Vec<FontFace>,
}

impl HeadlessContext {
    /// Creates a context whose body text is sans-serif.
    pub fn new() -> Self {
        Self::with_body_font(BodyFont::Sans)
    }

    /// Creates a context whose body text has serifs.
    pub fn with_serif_text() -> Self {
        Self::with_body_font(BodyFont::Serif)
    }

    fn with_body_font(body_font: BodyFont) -> Self {
        let context = Context::default();
        fonts::install_body_font(&context, body_font);
        context.options_mut(|options| {
            options.zoom_with_keyboard = false;
            // A figure may show one widget twice, and nothing in it is interactive.
            options.warn_on_id_clash = false;
        });
        Self {
            context,
            body_font,
            textures: Textures::default(),
            has_drawn: false,
        }
    }

    /// Sets the fonts for characters that the bundled fonts lack, before anything is drawn. Without them, such
    /// a character in a drawing is an error.
    pub fn set_fallback_fonts(&mut self, fallback_fonts: FallbackFonts) {
        fonts::set_fallback_fonts(&self.context, fallback_fonts);
    }

    /// Returns the fonts for characters that the bundled fonts lack.
    pub fn fallback_fonts(&self) -> FallbackFonts {
        fonts::fallback_fonts(&self.context)
    }

    /// Returns the egui context, for setting its theme or style.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Runs `ui` on an area of `size` points until two passes draw the same shapes, at most 8 passes.
    ///
    /// Each drawing starts with empty egui memory, so that it doesn't depend on earlier ones; the style is
    /// kept.
    ///
    /// # Errors
    /// Returns an error if `size` is not positive and finite, or a side is over 40,000 points.
    pub fn draw(&mut self, size: Vec2, mut ui: impl FnMut(&mut Ui)) -> Result<Drawing, FigureError> {
        if !(size.is_finite() && size.min_elem() > 0.0 && size.max_elem() <= MAX_SIDE) {
            return Err(FigureError::InvalidDrawingSize(size));
        }
        // Don't reset the memory before the first pass: it holds the fonts that are about to be loaded.
        if std::mem::replace(&mut self.has_drawn, true) {
            self.context.memory_mut(|memory| {
                let mut new_memory = Memory::default();
                new_memory.options = std::mem::take(&mut memory.options);
                *memory = new_memory;
            });
        }
        self.context.all_styles_mut(|style| style.animation_time = 0.0);
        let mut shapes = self.run_pass(size, 0, &mut ui);
        let mut fallback_faces = self.fallback_faces();
        for pass in 1..MAX_PASSES {
            let next = self.run_pass(size, pass, &mut ui);
            let next_faces = self.fallback_faces();
            let is_settled = fallback_faces == next_faces && draw_the_same(&shapes, &next);
            shapes = next;
            fallback_faces = next_faces;
            if is_settled {
                break;
            }
        }
        Ok(Drawing {
            size,
            shapes,
            textures: self.textures.clone(),
            body_font: self.body_font,
            fallback_faces,
        })
    }

    fn fallback_faces(&self) -> Vec<FontFace> {
        fallback_faces(&self.context)
    }

    fn run_pass(&mut self, size: Vec2, pass: u32, ui: &mut impl FnMut(&mut Ui)) -> Vec<ClippedShape> {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(egui::Pos2::ZERO, size)),
            // One second per pass, so that all animations have ended.
            time: Some(f64::from(pass)),
            focused: false,
            ..RawInput::default()
        };
        if let Some(viewport) = input.viewports.get_mut(&input.viewport_id) {
            viewport.native_pixels_per_point = Some(PIXELS_PER_POINT);
        }
        let mut output = self.context.run_ui(input, |root| ui(root));
        let mut delta = std::mem::take(&mut output.textures_delta);
        self.textures.update(&mut delta);
        output.shapes
    }
}

impl Default for HeadlessContext {
    fn default() -> Self {
        Self::new()
    }
}

impl Textures {
    /// Applies the texture changes of a pass and clears `delta`.
    pub fn update(&mut self, delta: &mut TexturesDelta) {
        for (id, changes) in delta.set.drain() {
            for change in changes {
                if id != TextureId::default() {
                    apply_image_delta(&mut self.0, id, change);
                }
            }
        }
        for id in &delta.free {
            self.0.remove(id);
        }
        delta.clear();
    }

    /// Returns the texture with this id, or `None` for the font atlas and unknown ids.
    pub(crate) fn get(&self, id: &TextureId) -> Option<&Texture> {
        self.0.get(id)
    }
}

/// Replaces the texture `id`, or the part of it that the change covers.
fn apply_image_delta(textures: &mut BTreeMap<TextureId, Texture>, id: TextureId, change: ImageDelta) {
    let ImageData::Color(image) = change.image;
    match (change.pos, textures.get_mut(&id)) {
        (Some([left, top]), Some(texture)) => {
            let target = Arc::make_mut(&mut texture.image);
            let width = target.width();
            for (y, row) in image.pixels.chunks_exact(image.width().max(1)).enumerate() {
                let start = (top + y) * width + left;
                if let Some(pixels) = target.pixels.get_mut(start..start + row.len()) {
                    pixels.copy_from_slice(row);
                }
            }
        }
        _ => {
            let uses_nearest_filter = change.options.magnification == TextureFilter::Nearest;
            textures.insert(
                id,
                Texture {
                    image,
                    uses_nearest_filter,
                },
            );
        }
    }
}

/// True if two passes drew the same. egui's own equality compares callbacks by pointer, so two equal markers
/// would differ.
fn draw_the_same(first: &[ClippedShape], second: &[ClippedShape]) -> bool {
    fn same_shape(first: &Shape, second: &Shape) -> bool {
        match (first, second) {
            (Shape::Vec(first), Shape::Vec(second)) => {
                first.len() == second.len() && first.iter().zip(second).all(|(a, b)| same_shape(a, b))
            }
            (Shape::Callback(first), Shape::Callback(second)) => {
                FigureMarker::from_callback(first) == FigureMarker::from_callback(second)
            }
            _ => first == second,
        }
    }
    let pairs = || first.iter().zip(second);
    first.len() == second.len()
        && pairs().all(|(a, b)| {
            a.clip_rect == b.clip_rect
                && a.transform_after_tessellation == b.transform_after_tessellation
                && same_shape(&a.shape, &b.shape)
        })
}

/// Returns the fonts after the bundled ones in each family.
fn fallback_faces(ctx: &Context) -> Vec<FontFace> {
    let faces = ctx.with_plugin(|loader: &mut FallbackLoader| loader.loaded_faces());
    faces.unwrap_or_default()
}

impl Drawing {
    /// Creates a drawing of shapes that a context with [installed](fonts::install) fonts has painted.
    pub fn from_shapes(ctx: &Context, size: Vec2, shapes: Vec<ClippedShape>, textures: Textures) -> Self {
        Self {
            size,
            shapes,
            textures,
            body_font: BodyFont::Sans,
            fallback_faces: fallback_faces(ctx),
        }
    }

    /// Moves all shapes and their clip rectangles by `offset` points; the size stays the same.
    pub fn translate(&mut self, offset: Vec2) {
        for clipped in &mut self.shapes {
            clipped.transform(TSTransform::from_translation(offset));
        }
    }

    /// Clips all shapes to `rect`, and makes that rectangle the whole drawing.
    pub fn crop(&mut self, rect: Rect) {
        for clipped in &mut self.shapes {
            clipped.clip_rect = clipped.clip_rect.intersect(rect);
        }
        self.translate(-rect.min.to_vec2());
        self.size = rect.size();
    }

    /// Paints another drawing of the same context on top. The size becomes the maximum of both.
    pub fn append(&mut self, other: Self) {
        self.shapes.extend(other.shapes);
        self.textures.0.extend(other.textures.0);
        self.size = self.size.max(other.size);
    }
}
