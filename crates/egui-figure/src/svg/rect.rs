//! Rectangles: rounded, turned, blurred, or filled with a picture.

use egui::epaint::{Brush, RectShape};
use egui::{Pos2, Rect, Stroke, StrokeKind, pos2};

use super::element::{Element, visible};
use super::format::{fine, point_to, straight};
use super::writer::Writer;
use crate::FigureError;

impl Writer<'_> {
    /// # Errors
    /// If it is filled with a texture that the drawing lacks.
    pub fn rect(&mut self, shape: &RectShape) -> Result<(), FigureError> {
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
        // egui's own way with rectangles that are everywhere.
        let far = Rect::from_min_max(pos2(-1e6, -1e6), pos2(1e6, 1e6));
        let rect = rect.intersect(far);
        if rect.is_negative() {
            return Ok(());
        }
        let stroke = visible(stroke).map_or(Stroke::NONE, |_| stroke);
        // How far the inner edge of the stroke lies within the rectangle.
        let inset = match stroke_kind {
            StrokeKind::Inside => stroke.width,
            StrokeKind::Middle => 0.5 * stroke.width,
            StrokeKind::Outside => 0.0,
        };
        let (inner, outer) = (rect.shrink(inset), rect.expand(stroke.width - inset));
        let reach = outer.expand(2.0 * blur_width.max(0.0));
        let bounds = if angle == 0.0 {
            reach
        } else {
            let turned = Rect::from_center_size(Pos2::ZERO, reach.size());
            let turned = turned.rotate_bb(egui::emath::Rot2::from_angle(angle));
            turned.translate(rect.center().to_vec2())
        };
        if !self.sees(bounds) {
            return Ok(());
        }
        let corners = corner_radius;
        let radii = [corners.nw, corners.ne, corners.se, corners.sw].map(f32::from);
        let filter = (blur_width > 0.0).then(|| self.blur(reach, blur_width));
        let center = rect.center();
        let form = |rect: Rect, outwards: f32| {
            // A corner that is not round stays so.
            let radius = |radius: f32| {
                if radius > 0.0 {
                    (radius + outwards).max(0.1)
                } else {
                    0.0
                }
            };
            let element = rounded(rect.expand(outwards), radii.map(radius)).turned(angle, center);
            match &filter {
                Some(filter) => element.with("filter", filter),
                None => element,
            }
        };
        if stroke.width > 0.0 && inner.size().min_elem() <= 0.0 {
            // The stroke covers everything.
            let element = form(rect, stroke.width - inset).filled(stroke.color);
            self.place(bounds, &element);
            return Ok(());
        }
        if let Some(brush) = &shape.brush {
            if straight(fill).is_some() {
                let Brush { fill_texture_id, uv } = **brush;
                let window = form(rect, -inset);
                // egui turns the rectangle, not the picture in it.
                let picture = if angle == 0.0 {
                    self.picture(fill_texture_id, uv, rect, fill)?
                } else {
                    self.spread_picture(fill_texture_id, uv, rect, bounds, fill)?
                };
                self.place_in(bounds, &window, &picture);
            }
            let element = form(rect, 0.5 * stroke.width - inset);
            if stroke.width > 0.0 {
                let element = element.filled(egui::Color32::TRANSPARENT);
                self.place(bounds, &element.stroked(stroke));
            }
            return Ok(());
        }
        if stroke.width > 0.0 {
            self.outlined(bounds, fill, stroke, |outwards| form(rect, outwards - inset));
        } else if rect.is_positive() {
            self.outlined(bounds, fill, stroke, |_| form(rect, 0.0));
        }
        Ok(())
    }

    /// A filter that softens edges as egui does over `width` points, within `reach`.
    fn blur(&mut self, reach: Rect, width: f32) -> String {
        // The deviation of a ramp that is as wide.
        let deviation = width / 12_f32.sqrt();
        let mut attributes = r#" filterUnits="userSpaceOnUse""#.to_owned();
        let sides = [
            ("x", reach.min.x),
            ("y", reach.min.y),
            ("width", reach.width()),
            ("height", reach.height()),
        ];
        for (key, value) in sides {
            attributes.push_str(&format!(r#" {key}="{}""#, fine(value)));
        }
        attributes.push_str(r#" color-interpolation-filters="sRGB""#);
        let content = format!(r#"<feGaussianBlur stdDeviation="{}"/>"#, fine(deviation));
        let id = self.define("filter", &attributes, &content);
        format!("url(#{id})")
    }
}

/// A rectangle with a radius each corner: left top, right top, right bottom, left bottom.
fn rounded(rect: Rect, radii: [f32; 4]) -> Element {
    let most = 0.5 * rect.size().min_elem();
    let [nw, ne, se, sw] = radii.map(|radius| radius.clamp(0.0, most.max(0.0)));
    if nw == ne && ne == se && se == sw {
        let element = Element::new("rect").with_numbers([
            ("x", rect.min.x),
            ("y", rect.min.y),
            ("width", rect.width()),
            ("height", rect.height()),
        ]);
        return if nw > 0.0 {
            element.with("rx", fine(nw))
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
    let mut way = String::new();
    for (index, (radius, from, to)) in corners.into_iter().enumerate() {
        way.push(if index == 0 { 'M' } else { 'L' });
        point_to(&mut way, from);
        if radius > 0.0 {
            let radius = fine(radius);
            way.push_str(&format!("A{radius} {radius} 0 0 1 "));
            point_to(&mut way, to);
        }
    }
    way.push('Z');
    Element::new("path").with("d", way)
}
