//! Rectangles: rounded, rotated, blurred, or filled with a texture.

use egui::epaint::{Brush, RectShape};
use egui::{CornerRadius, Pos2, Rect, Stroke, StrokeKind, pos2};

use super::element::{SvgElement, stroke_rgb_and_opacity};
use super::format::{format_fine, push_point, rgb_and_opacity};
use super::writer::SvgWriter;
use crate::FigureError;

impl SvgWriter<'_> {
    /// Writes a rectangle.
    ///
    /// # Errors
    /// Returns an error if the rectangle is filled with a texture that the drawing lacks, or its texture
    /// coordinates extend beyond the texture.
    pub(crate) fn rect(&mut self, shape: &RectShape) -> Result<(), FigureError> {
        let RectShape {
            rect,
            corner_radius,
            fill,
            stroke,
            stroke_kind,
            blur_width,
            angle,
            ..
        } = *shape;
        let sides = [rect.min.x, rect.min.y, rect.max.x, rect.max.y, angle, blur_width];
        if sides.iter().any(|side| side.is_nan()) || !angle.is_finite() {
            return Ok(());
        }
        // egui limits infinitely large rectangles in the same way.
        let limit = Rect::from_min_max(pos2(-1e6, -1e6), pos2(1e6, 1e6));
        let rect = rect.intersect(limit);
        if rect.is_negative() {
            return Ok(());
        }
        let stroke = stroke_rgb_and_opacity(stroke).map_or(Stroke::NONE, |_| stroke);
        // The distance of the stroke's inner edge from the rectangle's edge.
        let inset = match stroke_kind {
            StrokeKind::Inside => stroke.width,
            StrokeKind::Middle => 0.5 * stroke.width,
            StrokeKind::Outside => 0.0,
        };
        let (inner, outer) = (rect.shrink(inset), rect.expand(stroke.width - inset));
        let painted = outer.expand(2.0 * blur_width.max(0.0));
        let bounds = if angle == 0.0 {
            painted
        } else {
            let centered = Rect::from_center_size(Pos2::ZERO, painted.size());
            let rotated = centered.rotate_bb(egui::emath::Rot2::from_angle(angle));
            rotated.translate(rect.center().to_vec2())
        };
        if !self.is_visible(bounds) {
            return Ok(());
        }
        let CornerRadius { nw, ne, sw, se } = corner_radius;
        let radii = [nw, ne, se, sw].map(f32::from);
        let filter = (blur_width > 0.0).then(|| self.blur(painted, blur_width));
        let center = rect.center();
        let rect_element = |rect: Rect, outward: f32| {
            // A sharp corner stays sharp.
            let radius = |radius: f32| {
                if radius > 0.0 {
                    (radius + outward).max(0.1)
                } else {
                    0.0
                }
            };
            let element = rounded_rect(rect.expand(outward), radii.map(radius)).with_rotation(angle, center);
            match &filter {
                Some(filter) => element.with("filter", filter),
                None => element,
            }
        };
        if stroke.width > 0.0 && inner.size().min_elem() <= 0.0 {
            // The stroke covers the whole rectangle.
            let element = rect_element(rect, stroke.width - inset).with_fill(stroke.color);
            self.push(bounds, &element);
            return Ok(());
        }
        if let Some(brush) = &shape.brush {
            if rgb_and_opacity(fill).is_some() {
                let Brush { fill_texture_id, uv } = **brush;
                let clip_shape = rect_element(rect, -inset);
                // egui rotates the rectangle but not its texture.
                let image = if angle == 0.0 {
                    self.texture_image(fill_texture_id, uv, rect, fill)?
                } else {
                    self.clamped_texture_image(fill_texture_id, uv, rect, bounds, fill)?
                };
                self.push_clipped(bounds, &clip_shape, &image);
            }
            let element = rect_element(rect, 0.5 * stroke.width - inset);
            if stroke.width > 0.0 {
                let element = element.with_fill(egui::Color32::TRANSPARENT);
                self.push(bounds, &element.with_stroke(stroke));
            }
            return Ok(());
        }
        if stroke.width > 0.0 {
            self.fill_and_stroke(bounds, fill, stroke, |outward| {
                rect_element(rect, outward - inset)
            });
        } else if rect.is_positive() {
            self.fill_and_stroke(bounds, fill, stroke, |_| rect_element(rect, 0.0));
        }
        Ok(())
    }

    /// Defines a filter that blurs edges over `width` points as egui does, within `area`, and returns a
    /// reference to it.
    fn blur(&mut self, area: Rect, width: f32) -> String {
        // The standard deviation of a uniform distribution that is as wide.
        let deviation = width / 12_f32.sqrt();
        let mut attributes = r#" filterUnits="userSpaceOnUse""#.to_owned();
        let sides = [
            ("x", area.min.x),
            ("y", area.min.y),
            ("width", area.width()),
            ("height", area.height()),
        ];
        for (key, value) in sides {
            attributes.push_str(&format!(r#" {key}="{}""#, format_fine(value)));
        }
        attributes.push_str(r#" color-interpolation-filters="sRGB""#);
        let content = format!(r#"<feGaussianBlur stdDeviation="{}"/>"#, format_fine(deviation));
        let id = self.define("filter", &attributes, &content);
        format!("url(#{id})")
    }
}

/// Returns a rectangle with a radius for each corner: top left, top right, bottom right, bottom left.
fn rounded_rect(rect: Rect, radii: [f32; 4]) -> SvgElement {
    let max_radius = 0.5 * rect.size().min_elem();
    let [nw, ne, se, sw] = radii.map(|radius| radius.clamp(0.0, max_radius.max(0.0)));
    if nw == ne && ne == se && se == sw {
        let element = SvgElement::new("rect").with_lengths([
            ("x", rect.min.x),
            ("y", rect.min.y),
            ("width", rect.width()),
            ("height", rect.height()),
        ]);
        return if nw > 0.0 {
            element.with("rx", format_fine(nw))
        } else {
            element
        };
    }
    let Rect { min, max } = rect;
    let corners = [
        (nw, pos2(min.x, min.y + nw), pos2(min.x + nw, min.y)),
        (ne, pos2(max.x - ne, min.y), pos2(max.x, min.y + ne)),
        (se, pos2(max.x, max.y - se), pos2(max.x - se, max.y)),
        (sw, pos2(min.x + sw, max.y), pos2(min.x, max.y - sw)),
    ];
    let mut path_data = String::new();
    for (index, (radius, from, to)) in corners.into_iter().enumerate() {
        path_data.push(if index == 0 { 'M' } else { 'L' });
        push_point(&mut path_data, from);
        if radius > 0.0 {
            let radius = format_fine(radius);
            path_data.push_str(&format!("A{radius} {radius} 0 0 1 "));
            push_point(&mut path_data, to);
        }
    }
    path_data.push('Z');
    SvgElement::new("path").with("d", path_data)
}
