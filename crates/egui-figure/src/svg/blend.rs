//! Triangles whose colour changes in two directions, as an embedded picture: SVG has no paint for them.

use egui::{Pos2, Rect, Vec2, vec2};

use super::element::Element;
use super::mesh::{Triangle, rounded, union};
use super::picture::image;
use super::writer::Writer;
use crate::FigureError;
use crate::png::Raster;

/// Pixels a point, if that is not too many.
const FINE: f32 = 4.0;
/// The most pixels of a side.
const MOST: f32 = 2048.0;

impl Writer<'_> {
    /// Draws the triangles as one picture in their common outline, and forgets them.
    ///
    /// # Errors
    /// If the picture can't be written.
    pub fn end_mixed(&mut self, triangles: &mut Vec<Triangle>) -> Result<(), FigureError> {
        let triangles = std::mem::take(triangles);
        let corners: Vec<[Pos2; 3]> = triangles.iter().map(|triangle| triangle.at).collect();
        let bounds = Rect::from_points(corners.as_flattened());
        if triangles.is_empty() || !bounds.is_finite() || !self.sees(bounds) {
            return Ok(());
        }
        let fine = FINE.min(MOST / bounds.size().max_elem());
        // A pixel more on each side: programs blend the outermost ones with what lies beyond.
        let size = (bounds.size() * fine).ceil() + Vec2::splat(2.0);
        let area = Rect::from_center_size(bounds.center(), size / fine);
        let raster = blended(&triangles, area.min, fine, [size.x as u32, size.y as u32]);
        let picture = image(&raster, area)?;
        let window = Element::new("path").with("d", union(&corners));
        self.place_in(bounds, &window, &picture);
        Ok(())
    }
}

/// The colours in the middle of each pixel; those just outside of a triangle get what it would have there.
fn blended(triangles: &[Triangle], origin: Pos2, fine: f32, size: [u32; 2]) -> Raster {
    let [width, height] = size.map(|side| side as usize);
    let mut pixels = vec![([0.0; 4], f32::NEG_INFINITY); width * height];
    for triangle in triangles {
        let corners = triangle.at.map(|corner| (corner - origin) * fine);
        let area = triangle.area() * fine * fine;
        let reach = Rect::from_points(&corners.map(Vec2::to_pos2)).expand(2.0);
        let low = |value: f32| value.floor().max(0.0) as usize;
        for y in low(reach.min.y)..height.min(low(reach.max.y.ceil())) {
            for x in low(reach.min.x)..width.min(low(reach.max.x.ceil())) {
                let at = vec2(x as f32 + 0.5, y as f32 + 0.5);
                let [a, b, c] = corners;
                let cross = |p: Vec2, q: Vec2| (p - at).x * (q - at).y - (q - at).x * (p - at).y;
                let shares = [cross(b, c) / area, cross(c, a) / area, cross(a, b) / area];
                // Where several reach, the one that the pixel is in, or nearest to, counts; the later if in both.
                let depth = shares.into_iter().fold(f32::INFINITY, f32::min).min(0.0);
                let Some(pixel) = pixels.get_mut(y * width + x) else {
                    continue;
                };
                if depth >= pixel.1 {
                    let part = |part: usize| {
                        let parts = triangle.color.iter().zip(shares);
                        parts.map(|(color, share)| color[part] * share).sum::<f32>()
                    };
                    *pixel = (std::array::from_fn(part), depth);
                }
            }
        }
    }
    let straight = |(color, _): &([f32; 4], f32)| rounded(*color).to_srgba_unmultiplied();
    Raster {
        width: size[0],
        height: size[1],
        rgba: pixels.iter().flat_map(straight).collect(),
    }
}
