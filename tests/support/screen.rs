//! What egui itself paints, as pixels: its own triangles, filled without a graphics card.

use std::collections::HashMap;

use egui::epaint::{Primitive, Vertex};
use egui::{Color32, ColorImage, Context, Pos2, RawInput, Rect, TextureId, Ui, Vec2, pos2};
use egui_figure::fonts;

/// Paints `ui` on white, `fine` pixels a point: red, green and blue of each pixel.
pub fn paint(size: Vec2, fine: f32, ui: impl Fn(&mut Ui)) -> Vec<[f32; 3]> {
    let context = Context::default();
    fonts::install(&context);
    let mut textures: HashMap<TextureId, ColorImage> = HashMap::new();
    let mut shapes = Vec::new();
    for _ in 0..3 {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
            ..RawInput::default()
        };
        let id = input.viewport_id;
        input.viewports.get_mut(&id).unwrap().native_pixels_per_point = Some(fine);
        let mut output = context.run_ui(input, |root| ui(root));
        for (id, changes) in output.textures_delta.set.drain() {
            for change in changes {
                let egui::ImageData::Color(image) = change.image;
                match change.pos {
                    None => {
                        textures.insert(id, (*image).clone());
                    }
                    Some([left, top]) => {
                        let whole = textures.get_mut(&id).unwrap();
                        for y in 0..image.height() {
                            for x in 0..image.width() {
                                whole[(left + x, top + y)] = image[(x, y)];
                            }
                        }
                    }
                }
            }
        }
        output.textures_delta.clear();
        shapes = output.shapes;
    }
    let [width, height] = [(size.x * fine) as usize, (size.y * fine) as usize];
    let mut pixels = vec![[255.0; 3]; width * height];
    for primitive in context.tessellate(shapes, fine) {
        let Primitive::Mesh(mesh) = primitive.primitive else {
            continue;
        };
        let texture = &textures[&mesh.texture_id];
        let clip = Rect::from_min_max(
            (primitive.clip_rect.min * fine).round(),
            (primitive.clip_rect.max * fine).round(),
        );
        for corners in mesh.indices.chunks(3) {
            let corners: Vec<Vertex> = corners.iter().map(|&at| mesh.vertices[at as usize]).collect();
            fill(&mut pixels, width, clip, texture, fine, &corners);
        }
    }
    pixels
}

fn fill(
    pixels: &mut [[f32; 3]],
    width: usize,
    clip: Rect,
    texture: &ColorImage,
    fine: f32,
    corners: &[Vertex],
) {
    let [a, b, c] = [0, 1, 2].map(|at| corners[at].pos * fine);
    let cross = |p: Pos2, q: Pos2, r: Pos2| (q.x - p.x) * (r.y - p.y) - (r.x - p.x) * (q.y - p.y);
    let area = cross(a, b, c);
    if area == 0.0 {
        return;
    }
    let height = pixels.len() / width;
    let reach = Rect::from_points(&[a, b, c]).intersect(clip);
    let range = |from: f32, to: f32, most: usize| {
        (from.floor().max(0.0) as usize)..(to.ceil().max(0.0) as usize).min(most)
    };
    for y in range(reach.min.y, reach.max.y, height) {
        for x in range(reach.min.x, reach.max.x, width) {
            // Not quite the middle: no pixel lies on an edge of two triangles.
            let at = pos2(x as f32 + 0.5001, y as f32 + 0.5002);
            let shares = [
                cross(b, c, at) / area,
                cross(c, a, at) / area,
                cross(a, b, at) / area,
            ];
            if shares.iter().any(|share| *share < 0.0) || !clip.contains(at) {
                continue;
            }
            let mix = |of: &dyn Fn(&Vertex) -> f32| -> f32 {
                corners
                    .iter()
                    .zip(shares)
                    .map(|(corner, share)| of(corner) * share)
                    .sum()
            };
            let uv = pos2(mix(&|corner| corner.uv.x), mix(&|corner| corner.uv.y));
            let texel = sample(texture, uv);
            let color: [f32; 4] = std::array::from_fn(|part| {
                mix(&|corner| f32::from(corner.color.to_array()[part])) * texel[part] / 255.0
            });
            let pixel = &mut pixels[y * width + x];
            *pixel = std::array::from_fn(|part| color[part] + pixel[part] * (1.0 - color[3] / 255.0));
        }
    }
}

/// The texel there, between its neighbours in the atlas of glyphs.
fn sample(texture: &ColorImage, uv: Pos2) -> [f32; 4] {
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
    let mut mixed = [0.0; 4];
    for (dx, dy) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)] {
        let share = (1.0 - (x - left - dx).abs()) * (1.0 - (y - top - dy).abs());
        let color = texel(left + dx, top + dy).to_array();
        for (sum, part) in mixed.iter_mut().zip(color) {
            *sum += share * f32::from(part);
        }
    }
    mixed
}
