//! Fills the triangles that egui makes of a UI, without a graphics card.

use std::collections::HashMap;

use egui::epaint::{Primitive, Vertex};
use egui::{Color32, ColorImage, Context, Pos2, RawInput, Rect, TextureId, Ui, Vec2, pos2};
use egui_figure::{FallbackFonts, fonts};

/// Paints `ui` on white and returns red, green and blue of each pixel, from 0 to 255.
pub fn paint(
    size: Vec2,
    pixels_per_point: f32,
    fallback_fonts: FallbackFonts,
    ui: impl Fn(&mut Ui),
) -> Vec<[f32; 3]> {
    let context = Context::default();
    fonts::install(&context);
    fonts::set_fallback_fonts(&context, fallback_fonts);
    let mut textures: HashMap<TextureId, ColorImage> = HashMap::new();
    let mut shapes = Vec::new();
    for _ in 0..3 {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
            ..RawInput::default()
        };
        let id = input.viewport_id;
        input.viewports.get_mut(&id).unwrap().native_pixels_per_point = Some(pixels_per_point);
        let mut output = context.run_ui(input, |root| ui(root));
        for (id, changes) in output.textures_delta.set.drain() {
            for change in changes {
                let egui::ImageData::Color(image) = change.image;
                match change.pos {
                    None => {
                        textures.insert(id, (*image).clone());
                    }
                    Some([left, top]) => {
                        let target = textures.get_mut(&id).unwrap();
                        for y in 0..image.height() {
                            for x in 0..image.width() {
                                target[(left + x, top + y)] = image[(x, y)];
                            }
                        }
                    }
                }
            }
        }
        output.textures_delta.clear();
        shapes = output.shapes;
    }
    let [width, height] = [size.x, size.y].map(|side| (side * pixels_per_point) as usize);
    let mut pixels = vec![[255.0; 3]; width * height];
    for primitive in context.tessellate(shapes, pixels_per_point) {
        let Primitive::Mesh(mesh) = primitive.primitive else {
            continue;
        };
        let texture = &textures[&mesh.texture_id];
        let clip = Rect::from_min_max(
            (primitive.clip_rect.min * pixels_per_point).round(),
            (primitive.clip_rect.max * pixels_per_point).round(),
        );
        for corners in mesh.indices.chunks(3) {
            let corners: Vec<Vertex> = corners
                .iter()
                .map(|&index| mesh.vertices[index as usize])
                .collect();
            fill_triangle(&mut pixels, width, clip, texture, pixels_per_point, &corners);
        }
    }
    pixels
}

/// Blends a triangle onto the pixels.
fn fill_triangle(
    pixels: &mut [[f32; 3]],
    width: usize,
    clip: Rect,
    texture: &ColorImage,
    pixels_per_point: f32,
    corners: &[Vertex],
) {
    let [a, b, c] = [0, 1, 2].map(|index| corners[index].pos * pixels_per_point);
    let cross = |p: Pos2, q: Pos2, r: Pos2| (q.x - p.x) * (r.y - p.y) - (r.x - p.x) * (q.y - p.y);
    let area = cross(a, b, c);
    if area == 0.0 {
        return;
    }
    let height = pixels.len() / width;
    let bounds = Rect::from_points(&[a, b, c]).intersect(clip);
    let range = |from: f32, to: f32, end: usize| {
        (from.floor().max(0.0) as usize)..(to.ceil().max(0.0) as usize).min(end)
    };
    for y in range(bounds.min.y, bounds.max.y, height) {
        for x in range(bounds.min.x, bounds.max.x, width) {
            // Slightly off the center, so that no sample lies on the common edge of two triangles.
            let sample = pos2(x as f32 + 0.5001, y as f32 + 0.5002);
            let weights = [
                cross(b, c, sample) / area,
                cross(c, a, sample) / area,
                cross(a, b, sample) / area,
            ];
            if weights.iter().any(|weight| *weight < 0.0) || !clip.contains(sample) {
                continue;
            }
            let interpolate = |value: &dyn Fn(&Vertex) -> f32| -> f32 {
                corners
                    .iter()
                    .zip(weights)
                    .map(|(corner, weight)| value(corner) * weight)
                    .sum()
            };
            let uv = pos2(
                interpolate(&|corner| corner.uv.x),
                interpolate(&|corner| corner.uv.y),
            );
            let texel = sample_texture(texture, uv);
            let color: [f32; 4] = std::array::from_fn(|channel| {
                interpolate(&|corner| f32::from(corner.color.to_array()[channel])) * texel[channel] / 255.0
            });
            let pixel = &mut pixels[y * width + x];
            *pixel =
                std::array::from_fn(|channel| color[channel] + pixel[channel] * (1.0 - color[3] / 255.0));
        }
    }
}

/// Returns the color of a texture at `uv`: the nearest texel of a tiny texture, and otherwise (in the font
/// atlas) interpolated between texels.
fn sample_texture(texture: &ColorImage, uv: Pos2) -> [f32; 4] {
    let [width, height] = texture.size;
    let texel = |x: f32, y: f32| -> Color32 {
        let x = (x.max(0.0) as usize).min(width - 1);
        let y = (y.max(0.0) as usize).min(height - 1);
        texture[(x, y)]
    };
    let (x, y) = (uv.x * width as f32, uv.y * height as f32);
    if width < 16 {
        return texel(x, y).to_array().map(f32::from);
    }
    let (x, y) = (x - 0.5, y - 0.5);
    let (left, top) = (x.floor(), y.floor());
    let mut mean = [0.0; 4];
    for (dx, dy) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)] {
        let weight = (1.0 - (x - left - dx).abs()) * (1.0 - (y - top - dy).abs());
        let color = texel(left + dx, top + dy).to_array();
        for (sum, channel) in mean.iter_mut().zip(color) {
            *sum += weight * f32::from(channel);
        }
    }
    mean
}
