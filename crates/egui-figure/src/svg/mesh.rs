//! Triangle meshes: flat triangles and gradients become paths, textured rectangles become images.
//!
//! egui interpolates the color of a triangle linearly between its corners. Where the color changes in one
//! direction only, as wherever at most two colors meet, this is exactly a linear gradient. Neighboring
//! triangles with the same paint become one path, which avoids the seam that most programs show between
//! touching edges. All other triangles become an image (`mesh_raster`).

use std::collections::BTreeMap;

use egui::{Color32, Mesh, Pos2, Rect, TextureId, Vec2, epaint::Vertex, epaint::WHITE_UV};

use super::element::SvgElement;
use super::format::{push_point, rgb_and_opacity};
use super::shapes::double_clockwise_area;
use super::texture::rect_and_uv;
use super::writer::SvgWriter;
use crate::{FigureError, UnsupportedShape};

/// A triangle with the color of each corner as red, green, blue and alpha, premultiplied as in egui.
#[derive(Clone, Copy)]
pub(crate) struct Triangle {
    /// The corners, in points.
    pub(crate) corners: [Pos2; 3],
    /// The colors of the corners, from 0 to 255.
    pub(crate) colors: [[f32; 4]; 3],
}

/// The paint of one or several triangles.
enum TrianglePaint {
    /// One color.
    Flat(Color32),
    /// A gradient along a unit vector: the colors at stops in ascending order, each given by its distance
    /// from the page's origin along that vector in points.
    Linear {
        direction: Vec2,
        stops: Vec<(f32, [f32; 4])>,
    },
}

impl SvgWriter<'_> {
    /// Writes a triangle mesh.
    ///
    /// # Errors
    /// Returns an error if the mesh has a texture on anything but upright rectangles.
    pub(crate) fn mesh(&mut self, mesh: &Mesh) -> Result<(), FigureError> {
        let bounds = mesh.calc_bounds();
        let has_nan = mesh.vertices.iter().any(|vertex| vertex.pos.any_nan());
        if !mesh.is_valid() || has_nan || !self.is_visible(bounds) {
            return Ok(());
        }
        let corners: Vec<Vertex> = mesh
            .indices
            .iter()
            .filter_map(|&index| mesh.vertices.get(index as usize).copied())
            .collect();
        if mesh.texture_id != TextureId::default() {
            return self.textured_rects(mesh.texture_id, &corners);
        }
        if corners.iter().any(|corner| corner.uv != WHITE_UV) {
            return Err(FigureError::UnsupportedShape(UnsupportedShape::GlyphMesh));
        }
        let triangles = corners.chunks_exact(3).map(|corners| {
            let vertex = |index: usize| corners.get(index).copied().unwrap_or_default();
            Triangle {
                corners: [0, 1, 2].map(|index| vertex(index).pos),
                colors: [0, 1, 2].map(|index| vertex(index).color.to_array().map(f32::from)),
            }
        });
        let mut run: Option<(TrianglePaint, Vec<[Pos2; 3]>)> = None;
        let mut mixed: Vec<Triangle> = Vec::new();
        for triangle in triangles.filter(|triangle| triangle.double_area() != 0.0) {
            let Some(paint) = triangle.paint() else {
                self.flush_run(run.take());
                mixed.push(triangle);
                continue;
            };
            self.flush_mixed(&mut mixed)?;
            if let Some((run_paint, members)) = &mut run
                && run_paint.try_merge(&paint)
            {
                members.push(triangle.corners);
            } else {
                self.flush_run(run.take());
                run = Some((paint, vec![triangle.corners]));
            }
        }
        self.flush_run(run);
        self.flush_mixed(&mut mixed)
    }

    /// Writes triangles with the same paint as one path.
    fn flush_run(&mut self, run: Option<(TrianglePaint, Vec<[Pos2; 3]>)>) {
        let Some((paint, triangles)) = run else { return };
        let points: Vec<Pos2> = triangles.iter().flatten().copied().collect();
        let element = SvgElement::new("path").with("d", union_outline(&triangles));
        let element = match paint {
            TrianglePaint::Flat(color) if rgb_and_opacity(color).is_none() => return,
            TrianglePaint::Flat(color) => element.with_fill(color),
            TrianglePaint::Linear { direction, stops } => {
                let (Some(first), Some(last)) = (stops.first(), stops.last()) else {
                    return;
                };
                let (low, length) = (first.0, last.0 - first.0);
                // Through the center of the shape, so that the numbers stay small.
                let center = Rect::from_points(&points).center();
                let start = center + (low - center.to_vec2().dot(direction)) * direction;
                let fractions: Vec<(f32, Color32)> = stops
                    .iter()
                    .map(|&(at, color)| ((at - low) / length, to_color32(color)))
                    .collect();
                if fractions
                    .iter()
                    .all(|&(_, color)| rgb_and_opacity(color).is_none())
                {
                    return;
                }
                let paint = self.linear_gradient(start, start + length * direction, &fractions);
                element.with("fill", paint)
            }
        };
        self.push(Rect::from_points(&points), &element);
    }

    /// Writes pairs of triangles that make up textured rectangles.
    fn textured_rects(&mut self, texture: TextureId, corners: &[Vertex]) -> Result<(), FigureError> {
        for pair in corners.chunks(6) {
            let tint = pair.first().map_or(Color32::WHITE, |corner| corner.color);
            let corners_and_uvs: Vec<(Pos2, Pos2)> =
                pair.iter().map(|corner| (corner.pos, corner.uv)).collect();
            let has_one_tint = pair.len() == 6 && pair.iter().all(|corner| corner.color == tint);
            let Some((rect, uv)) = rect_and_uv(&corners_and_uvs).filter(|_| has_one_tint) else {
                return Err(FigureError::UnsupportedShape(UnsupportedShape::TexturedTriangles));
            };
            self.push_texture(texture, uv, rect, tint)?;
        }
        Ok(())
    }
}

/// Rounds a color to whole numbers.
pub(crate) fn to_color32(color: [f32; 4]) -> Color32 {
    let [r, g, b, a] = color.map(|channel| channel.round().clamp(0.0, 255.0) as u8);
    Color32::from_rgba_premultiplied(r, g, b, a)
}

fn color_difference(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
    std::array::from_fn(|channel| b[channel] - a[channel])
}

/// Returns the largest difference of one channel, from 0 to 255.
fn max_color_difference(a: [f32; 4], b: [f32; 4]) -> f32 {
    color_difference(a, b)
        .into_iter()
        .map(f32::abs)
        .fold(0.0, f32::max)
}

fn lerp_color(a: [f32; 4], b: [f32; 4], t: f32) -> [f32; 4] {
    std::array::from_fn(|channel| a[channel] + t * (b[channel] - a[channel]))
}

/// The largest difference of colors that is treated as invisible, on a scale of 0 to 255.
const MAX_INVISIBLE_DIFFERENCE: f32 = 1.5;

impl Triangle {
    /// Returns twice the area, negative if the corners are in counterclockwise order on the screen.
    pub(crate) fn double_area(&self) -> f32 {
        let [a, b, c] = self.corners;
        (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)
    }

    /// Returns the paint, or `None` if the color changes in two directions.
    fn paint(&self) -> Option<TrianglePaint> {
        let [a, b, c] = self.colors;
        let range = max_color_difference(a, b)
            .max(max_color_difference(b, c))
            .max(max_color_difference(a, c));
        if range < 0.5 {
            return Some(TrianglePaint::Flat(to_color32(a)));
        }
        // The gradient of each color channel, in levels per point.
        let (to_b, to_c) = (
            self.corners[1] - self.corners[0],
            self.corners[2] - self.corners[0],
        );
        let (rise_b, rise_c) = (color_difference(a, b), color_difference(a, c));
        let area = self.double_area();
        let slope = |channel: usize| {
            let (b, c) = (rise_b[channel], rise_c[channel]);
            Vec2::new(b * to_c.y - c * to_b.y, c * to_b.x - b * to_c.x) / area
        };
        let slopes = [0, 1, 2, 3].map(slope);
        let steepest = slopes
            .into_iter()
            .max_by(|a, b| a.length_sq().total_cmp(&b.length_sq()))?;
        let mut direction = steepest.normalized();
        // Use one sign for each direction, so that neighboring triangles agree.
        if direction.x < -1e-4 || (direction.x.abs() <= 1e-4 && direction.y < 0.0) {
            direction = -direction;
        }
        let size = Rect::from_points(&self.corners).size().length();
        let change_across = |slope: &Vec2| (slope.x * direction.y - slope.y * direction.x).abs() * size;
        if !slopes
            .iter()
            .all(|slope| change_across(slope) < MAX_INVISIBLE_DIFFERENCE)
        {
            return None;
        }
        let mut stops: Vec<(f32, [f32; 4])> = self
            .corners
            .iter()
            .zip(self.colors)
            .map(|(at, color)| (at.to_vec2().dot(direction), color))
            .collect();
        stops.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (low, high) = (*stops.first()?, *stops.last()?);
        (high.0 > low.0).then(|| TrianglePaint::Linear {
            direction,
            stops: vec![low, high],
        })
    }
}

impl TrianglePaint {
    /// True if this paint also covers `other`; a gradient is extended by one stop if needed.
    fn try_merge(&mut self, other: &Self) -> bool {
        match (self, other) {
            (Self::Flat(color), Self::Flat(other)) => color == other,
            (
                Self::Linear { direction, stops },
                Self::Linear {
                    direction: other_direction,
                    stops: other_stops,
                },
            ) => {
                let (Some(&low), Some(&high)) = (other_stops.first(), other_stops.last()) else {
                    return false;
                };
                if direction.dot(*other_direction) < 0.999_99 {
                    return false;
                }
                let agrees = |stop: (f32, [f32; 4])| {
                    color_at(stops, stop.0)
                        .is_some_and(|color| max_color_difference(color, stop.1) < MAX_INVISIBLE_DIFFERENCE)
                };
                match (agrees(low), agrees(high)) {
                    // The color must also agree in between, in case there are stops between the two ends.
                    (true, true) => {
                        let middle = 0.5 * (low.0 + high.0);
                        agrees((middle, lerp_color(low.1, high.1, 0.5)))
                    }
                    (true, false) if stops.last().is_some_and(|last| is_same_position(last.0, low.0)) => {
                        stops.push(high);
                        true
                    }
                    (false, true)
                        if stops
                            .first()
                            .is_some_and(|first| is_same_position(first.0, high.0)) =>
                    {
                        stops.insert(0, low);
                        true
                    }
                    _ => false,
                }
            }
            _ => false,
        }
    }
}

/// True if two positions along a gradient, in points, are practically equal.
fn is_same_position(a: f32, b: f32) -> bool {
    (a - b).abs() < 1e-3
}

/// Returns the color of a gradient at a position, or `None` if the gradient doesn't cover it.
fn color_at(stops: &[(f32, [f32; 4])], at: f32) -> Option<[f32; 4]> {
    stops.windows(2).find_map(|pair| {
        let &[(low, from), (high, to)] = pair else {
            return None;
        };
        let t = (at - low) / (high - low);
        (-1e-3..=1.0 + 1e-3).contains(&t).then(|| lerp_color(from, to, t))
    })
}

/// A position in hundredths of a point, as it is written.
type GridPoint = (i64, i64);
/// For each directed edge, the number of times it is traversed minus the number of times its reverse is.
type EdgeCounts = BTreeMap<GridPoint, BTreeMap<GridPoint, u32>>;

/// Returns the common outline of triangles as the `d` attribute of a path; edges shared by two triangles
/// vanish.
pub(crate) fn union_outline(triangles: &[[Pos2; 3]]) -> String {
    let key = |point: Pos2| -> GridPoint {
        let hundredths = |value: f32| (f64::from(value) * 100.0).round() as i64;
        (hundredths(point.x), hundredths(point.y))
    };
    let mut edges = EdgeCounts::new();
    let mut positions: BTreeMap<GridPoint, Pos2> = BTreeMap::new();
    for &triangle in triangles {
        let mut corners = triangle;
        if double_clockwise_area(&corners) < 0.0 {
            corners.reverse();
        }
        let [a, b, c] = corners;
        for (from, to) in [(a, b), (b, c), (c, a)] {
            let (start, end) = (key(from), key(to));
            if start == end {
                continue;
            }
            positions.insert(start, from);
            positions.insert(end, to);
            let back = edges.get_mut(&end).and_then(|ends| ends.get_mut(&start));
            match back {
                Some(count) if *count > 0 => *count -= 1,
                _ => *edges.entry(start).or_default().entry(end).or_default() += 1,
            }
        }
    }
    let mut path_data = String::new();
    let starts: Vec<GridPoint> = edges.keys().copied().collect();
    for start in starts {
        while let Some(ring) = take_ring(&mut edges, start) {
            for (index, grid_point) in without_collinear_points(&ring).iter().enumerate() {
                path_data.push(if index == 0 { 'M' } else { ' ' });
                if let Some(&point) = positions.get(grid_point) {
                    push_point(&mut path_data, point);
                }
            }
            path_data.push('Z');
        }
    }
    path_data
}

/// Removes a closed ring of edges that begins at `start` and returns its points; `None` if there is none.
fn take_ring(edges: &mut EdgeCounts, start: GridPoint) -> Option<Vec<GridPoint>> {
    let mut ring = vec![start];
    let mut at = start;
    loop {
        let ends = edges.get_mut(&at)?;
        let (&next, count) = ends.iter_mut().find(|(_, count)| **count > 0)?;
        *count -= 1;
        if next == start {
            return Some(ring);
        }
        ring.push(next);
        at = next;
    }
}

/// Returns the ring without points that lie on the line between their neighbors.
fn without_collinear_points(ring: &[GridPoint]) -> Vec<GridPoint> {
    let count = ring.len();
    let at = |index: usize| ring.get(index % count).copied().unwrap_or_default();
    (0..count)
        .filter(|&index| {
            let (before, here, after) = (at(index + count - 1), at(index), at(index + 1));
            let (ax, ay) = (here.0 - before.0, here.1 - before.1);
            let (bx, by) = (after.0 - here.0, after.1 - here.1);
            ax * by != ay * bx || ax * bx + ay * by < 0
        })
        .map(at)
        .collect()
}
