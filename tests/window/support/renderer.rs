//! Renders frames of a test window to pixels without a graphics card, as figures are rendered.

use egui::{Context, FullOutput, TexturesDelta};
use egui_figure::svg::{self, SvgOptions};
use egui_figure::{Drawing, Textures, png};
use egui_kittest::TestRenderer;
use image::RgbaImage;

/// Renders the shapes of egui through SVG to pixels.
#[derive(Default)]
pub struct SvgRenderer {
    textures: Textures,
}

impl TestRenderer for SvgRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        self.textures.update(delta);
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        let size = ctx.content_rect().size();
        let drawing = Drawing::from_shapes(ctx, size, output.shapes.clone(), self.textures.clone());
        let pixels = size * output.pixels_per_point;
        let [width, height] = [pixels.x, pixels.y].map(|side| side.round() as u32);
        let options = SvgOptions {
            width: width.to_string(),
            height: height.to_string(),
            background: Some(ctx.global_style().visuals.panel_fill),
            ..SvgOptions::new(size)
        };
        let svg = svg::from_drawing(&drawing, &options).map_err(|error| error.to_string())?;
        let raster = png::rasterize(&svg, [width, height]).map_err(|error| error.to_string())?;
        RgbaImage::from_raw(width, height, raster.rgba).ok_or_else(|| "no pixels".to_owned())
    }
}
