//! Rasterizes triangles whose color changes in two directions to an embedded image, because SVG has no paint
//! for them.

use egui::{Pos2, Rect, Vec2, vec2};

use super::element::SvgElement;
use super::mesh::{Triangle, to_color32, union_outline};
use super::texture::image_element;
use super::writer::SvgWriter;
use crate::FigureError;
use crate::png::Raster;

/// The resolution of the image, unless that is too many pixels.
const PIXELS_PER_POINT: f32 = 4.0;
/// The maximum number of pixels per side.
const MAX_PIXELS_PER_SIDE: f32 = 2048.0;

impl SvgWriter<'_> {
    /// Writes the triangles as one image, clipped to their common outline, and clears the list.
    ///
    /// # Errors
    /// Returns an error if the image can't be encoded.
    pub(crate) fn flush_mixed(&mut self, triangles: &mut Vec<Triangle>) -> Result<(), FigureError> {
        let triangles = std::mem::take(triangles);
        let corners: Vec<[Pos2; 3]> = triangles.iter().map(|triangle| triangle.corners).collect();
        let bounds = Rect::from_points(corners.as_flattened());
        if triangles.is_empty() || !bounds.is_finite() || !self.is_visible(bounds) {
            return Ok(());
        }
        let pixels_per_point = PIXELS_PER_POINT.min(MAX_PIXELS_PER_SIDE / bounds.size().max_elem());
        // One more pixel on each side: programs blend the outermost pixels with what is beyond them.
        let size = (bounds.size() * pixels_per_point).ceil() + Vec2::splat(2.0);
        let area = Rect::from_center_size(bounds.center(), size / pixels_per_point);
        let raster = rasterize_triangles(
            &triangles,
            area.min,
            pixels_per_point,
            [size.x as u32, size.y as u32],
        );
        let image = image_element(&raster, area)?;
        let clip_shape = SvgElement::new("path").with("d", union_outline(&corners));
        self.push_clipped(bounds, &clip_shape, &image);
        Ok(())
    }
}

/// Returns an image with the color at the center of each pixel. Pixels just outside a triangle get its
/// extrapolated color.
fn rasterize_triangles(
    triangles: &[Triangle],
    origin: Pos2,
    pixels_per_point: f32,
    size: [u32; 2],
) -> Raster {
    let [width, height] = size.map(|side| side as usize);
    let mut pixels = vec![([0.0; 4], f32::NEG_INFINITY); width * height];
    for triangle in triangles {
        let corners = triangle
            .corners
            .map(|corner| (corner - origin) * pixels_per_point);
        let area = triangle.double_area() * pixels_per_point * pixels_per_point;
        let covered = Rect::from_points(&corners.map(Vec2::to_pos2)).expand(2.0);
        let to_index = |value: f32| value.floor().max(0.0) as usize;
        for y in to_index(covered.min.y)..height.min(to_index(covered.max.y.ceil())) {
            for x in to_index(covered.min.x)..width.min(to_index(covered.max.x.ceil())) {
                let at = vec2(x as f32 + 0.5, y as f32 + 0.5);
                let [a, b, c] = corners;
                let cross = |p: Vec2, q: Vec2| (p - at).x * (q - at).y - (q - at).x * (p - at).y;
                let weights = [cross(b, c) / area, cross(c, a) / area, cross(a, b) / area];
                // If triangles overlap, the one that contains the pixel or is nearest to it counts; of
                // several that contain it, the last.
                let depth = weights.into_iter().fold(f32::INFINITY, f32::min).min(0.0);
                let Some(pixel) = pixels.get_mut(y * width + x) else {
                    continue;
                };
                if depth >= pixel.1 {
                    let interpolate = |channel: usize| {
                        let corners = triangle.colors.iter().zip(weights);
                        corners
                            .map(|(color, weight)| color[channel] * weight)
                            .sum::<f32>()
                    };
                    *pixel = (std::array::from_fn(interpolate), depth);
                }
            }
        }
    }
    let to_rgba = |(color, _): &([f32; 4], f32)| to_color32(*color).to_srgba_unmultiplied();
    Raster {
        width: size[0],
        height: size[1],
        rgba: pixels.iter().flat_map(to_rgba).collect(),
    }
}
