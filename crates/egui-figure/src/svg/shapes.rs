//! Circles, ellipses, paths, Bézier curves and bands.
//!
//! egui draws the stroke of a circle or ellipse outside the outline, and that of a path inside, in the middle
//! or outside; SVG draws it always in the middle. So outlines are offset here, as egui's tessellator does.

use egui::epaint::{
    BandPoint, BandShape, CircleShape, ColorMode, CubicBezierShape, EllipseShape, PathShape, PathStroke,
    QuadraticBezierShape,
};
use egui::{Color32, Pos2, Rect, Stroke, StrokeKind, Vec2, emath::Rot2};

use super::element::{SvgElement, stroke_rgb_and_opacity};
use super::format::{push_point, rgb_and_opacity};
use super::writer::SvgWriter;

impl SvgWriter<'_> {
    /// Writes a circle.
    pub(crate) fn circle(&mut self, circle: &CircleShape) {
        let CircleShape {
            center,
            radius,
            fill,
            stroke,
        } = *circle;
        if radius.is_nan() || radius <= 0.0 || center.any_nan() {
            return;
        }
        let bounds = Rect::from_center_size(center, Vec2::splat(2.0 * (radius + stroke.width.max(0.0))));
        self.fill_and_stroke(bounds, fill, stroke, |outward| {
            SvgElement::new("circle").with_lengths([
                ("cx", center.x),
                ("cy", center.y),
                ("r", radius + outward),
            ])
        });
    }

    /// Writes an ellipse.
    pub(crate) fn ellipse(&mut self, ellipse: &EllipseShape) {
        let EllipseShape {
            center,
            radius,
            fill,
            stroke,
            angle,
        } = *ellipse;
        if radius.any_nan() || radius.min_elem() <= 0.0 || center.any_nan() || !angle.is_finite() {
            return;
        }
        let unrotated =
            Rect::from_center_size(Pos2::ZERO, 2.0 * (radius + Vec2::splat(stroke.width.max(0.0))));
        let bounds = unrotated
            .rotate_bb(Rot2::from_angle(angle))
            .translate(center.to_vec2());
        self.fill_and_stroke(bounds, fill, stroke, |outward| {
            SvgElement::new("ellipse")
                .with_lengths([
                    ("cx", center.x),
                    ("cy", center.y),
                    ("rx", radius.x + outward),
                    ("ry", radius.y + outward),
                ])
                .with_rotation(angle, center)
        });
    }

    /// Writes a shape with a stroke that begins at its edge and extends outward. `element_at_offset` returns
    /// the shape, enlarged by a distance in points.
    pub(crate) fn fill_and_stroke(
        &mut self,
        bounds: Rect,
        fill: Color32,
        stroke: Stroke,
        element_at_offset: impl Fn(f32) -> SvgElement,
    ) {
        let is_filled = rgb_and_opacity(fill).is_some();
        match stroke_rgb_and_opacity(stroke) {
            None if is_filled => self.push(bounds, &element_at_offset(0.0).with_fill(fill)),
            None => {}
            // An opaque stroke hides the part of the fill below it.
            Some((_, opacity)) if opacity >= 1.0 || !is_filled => {
                let element = element_at_offset(0.5 * stroke.width);
                self.push(bounds, &element.with_fill(fill).with_stroke(stroke));
            }
            Some(_) => {
                self.push(bounds, &element_at_offset(0.0).with_fill(fill));
                let element = element_at_offset(0.5 * stroke.width).with_fill(Color32::TRANSPARENT);
                self.push(bounds, &element.with_stroke(stroke));
            }
        }
    }

    /// Writes a polyline or polygon.
    pub(crate) fn path(&mut self, path: &PathShape) {
        let PathShape {
            points,
            closed,
            fill,
            stroke,
        } = path;
        if points.len() < 2 || points.iter().any(|point| point.any_nan()) {
            return;
        }
        let fill = if *closed && points.len() > 2 {
            *fill
        } else {
            Color32::TRANSPARENT
        };
        let bounds = Rect::from_points(points).expand(2.0 * stroke.width.max(0.0));
        if !self.is_visible(bounds) {
            return;
        }
        let color = match &stroke.color {
            ColorMode::Solid(color) => *color,
            ColorMode::UV(color_at) => {
                let area = Rect::from_points(points).expand(0.5 * stroke.width);
                if rgb_and_opacity(fill).is_some() {
                    let element = SvgElement::new("path").with("d", path_data(points, true));
                    self.push(bounds, &element.with_fill(fill));
                }
                let center_line = offset_outline(points, *closed, stroke_center_offset(stroke));
                self.gradient_stroke(&center_line, *closed, stroke.width, |point| color_at(area, point));
                return;
            }
        };
        let mut points = points.clone();
        if rgb_and_opacity(fill).is_some() && double_clockwise_area(&points) < 0.0 {
            points.reverse();
        }
        let solid_stroke = Stroke::new(stroke.width, color);
        let inner = match stroke.kind {
            StrokeKind::Inside => -stroke.width,
            StrokeKind::Middle => -0.5 * stroke.width,
            StrokeKind::Outside => 0.0,
        };
        if stroke_rgb_and_opacity(solid_stroke).is_none() {
            let inner = if stroke.width > 0.0 { inner } else { 0.0 };
            let element =
                SvgElement::new("path").with("d", path_data(&offset_outline(&points, *closed, inner), true));
            if rgb_and_opacity(fill).is_some() {
                self.push(bounds, &element.with_fill(fill));
            }
            return;
        }
        let closed = *closed;
        self.fill_and_stroke(bounds, fill, solid_stroke, |outward| {
            let points = offset_outline(&points, closed, inner + outward);
            let element = SvgElement::new("path").with("d", path_data(&points, closed));
            if !closed && has_sharp_corner(&points) {
                // egui cuts off corners sharper than a right angle, at which a miter is √2 stroke widths
                // long.
                return element.with("stroke-miterlimit", "1.42");
            }
            element
        });
    }

    /// Writes a band.
    pub(crate) fn band(&mut self, band: &BandShape) {
        if !band.angle.is_finite() {
            return;
        }
        let rotation = Rot2::from_angle(band.angle);
        let inset = match band.stroke_kind {
            StrokeKind::Inside => band.stroke.width,
            StrokeKind::Middle => 0.5 * band.stroke.width,
            StrokeKind::Outside => 0.0,
        };
        let at = |x: f32, y: f32| (rotation * Vec2::new(x, y)).to_pos2();
        // A band that is thinner than its stroke is drawn as the stroke alone.
        let edges = |point: &BandPoint| {
            let half = (0.5 * point.y.span() - inset).max(0.0);
            let center = point.y.center();
            (at(point.x, center - half), at(point.x, center + half))
        };
        for run in band_runs(&band.points) {
            let (lower, upper): (Vec<Pos2>, Vec<Pos2>) = run.iter().map(edges).unzip();
            self.path(&PathShape {
                points: lower.into_iter().chain(upper.into_iter().rev()).collect(),
                closed: true,
                fill: band.fill,
                stroke: PathStroke::from(band.stroke).outside(),
            });
        }
    }

    /// Writes a quadratic Bézier curve.
    pub(crate) fn quadratic_bezier(&mut self, curve: &QuadraticBezierShape) {
        let (fill, stroke) = (curve.fill, &curve.stroke);
        if curve.points.iter().any(|point| point.any_nan()) {
            return;
        }
        if let Some(stroke) = as_plain_stroke(stroke, curve.closed) {
            self.bezier(&curve.points, 'Q', curve.closed, fill, stroke);
        } else {
            let points = curve.flatten(Some(FLATNESS));
            self.flattened_path(points, curve.closed, fill, stroke);
        }
    }

    /// Writes a cubic Bézier curve.
    pub(crate) fn cubic_bezier(&mut self, curve: &CubicBezierShape) {
        let (fill, stroke) = (curve.fill, &curve.stroke);
        if curve.points.iter().any(|point| point.any_nan()) {
            return;
        }
        if let Some(stroke) = as_plain_stroke(stroke, curve.closed) {
            self.bezier(&curve.points, 'C', curve.closed, fill, stroke);
        } else {
            for points in curve.flatten_closed(Some(FLATNESS), None) {
                self.flattened_path(points, curve.closed, fill, stroke);
            }
        }
    }

    fn bezier(&mut self, points: &[Pos2], command: char, closed: bool, fill: Color32, stroke: Stroke) {
        let Some((start, rest)) = points.split_first() else {
            return;
        };
        let mut path_data = "M".to_owned();
        push_point(&mut path_data, *start);
        for (index, &point) in rest.iter().enumerate() {
            path_data.push(if index == 0 { command } else { ' ' });
            push_point(&mut path_data, point);
        }
        if closed {
            path_data.push('Z');
        }
        let fill = if closed { fill } else { Color32::TRANSPARENT };
        if rgb_and_opacity(fill).is_none() && stroke_rgb_and_opacity(stroke).is_none() {
            return;
        }
        let bounds = Rect::from_points(points).expand(2.0 * stroke.width.max(0.0));
        let element = SvgElement::new("path").with("d", path_data);
        self.push(bounds, &element.with_fill(fill).with_stroke(stroke));
    }

    fn flattened_path(&mut self, points: Vec<Pos2>, closed: bool, fill: Color32, stroke: &PathStroke) {
        self.path(&PathShape {
            points,
            closed,
            fill,
            stroke: stroke.clone(),
        });
    }
}

/// The tolerance for flattening curves, in points.
const FLATNESS: f32 = 0.02;

/// Returns the stroke of a curve that needs no flattening: of one color, in the middle of the outline, and
/// with no fill that shows through it. Returns `None` for other strokes.
fn as_plain_stroke(stroke: &PathStroke, closed: bool) -> Option<Stroke> {
    match stroke.color {
        ColorMode::Solid(color) if stroke.kind == StrokeKind::Middle => {
            let stroke = Stroke::new(stroke.width, color);
            let is_translucent = stroke_rgb_and_opacity(stroke).is_some_and(|(_, opacity)| opacity < 1.0);
            (!closed || !is_translucent).then_some(stroke)
        }
        ColorMode::Solid(color) => {
            let stroke = Stroke::new(stroke.width, color);
            stroke_rgb_and_opacity(stroke).is_none().then_some(Stroke::NONE)
        }
        ColorMode::UV(_) => None,
    }
}

/// Returns the outward distance of the stroke's center line from the outline, in points.
fn stroke_center_offset(stroke: &PathStroke) -> f32 {
    match stroke.kind {
        StrokeKind::Inside => -0.5 * stroke.width,
        StrokeKind::Middle => 0.0,
        StrokeKind::Outside => 0.5 * stroke.width,
    }
}

/// Returns the `d` attribute of a polygon or polyline, without repeated points.
pub(crate) fn path_data(points: &[Pos2], closed: bool) -> String {
    let mut data = "M".to_owned();
    let mut last = String::new();
    for &point in points {
        let mut text = String::new();
        push_point(&mut text, point);
        if text == last {
            continue;
        }
        if !last.is_empty() {
            data.push(' ');
        }
        data.push_str(&text);
        last = text;
    }
    if closed {
        data.push('Z');
    }
    data
}

/// Returns twice the area of a polygon, positive if it is clockwise on a page where y points downward.
pub(crate) fn double_clockwise_area(points: &[Pos2]) -> f64 {
    let mut area = 0.0;
    let next = points.iter().cycle().skip(1);
    for (a, b) in points.iter().zip(next) {
        area += f64::from(a.x) * f64::from(b.y) - f64::from(b.x) * f64::from(a.y);
    }
    area
}

/// Returns the outward normals of the segments before and after each point.
fn normals(points: &[Pos2], closed: bool) -> Vec<[Vec2; 2]> {
    let count = points.len();
    let normal = |from: usize, to: usize| match (points.get(from), points.get(to)) {
        (Some(&from), Some(&to)) => (to - from).normalized().rot90(),
        _ => Vec2::ZERO,
    };
    (0..count)
        .map(|index| {
            let is_first = index == 0 && !closed;
            let is_last = index + 1 == count && !closed;
            let mut before = normal((index + count - 1) % count, index);
            let mut after = normal(index, (index + 1) % count);
            if is_first || before == Vec2::ZERO {
                before = after;
            }
            if is_last || after == Vec2::ZERO {
                after = before;
            }
            [before, after]
        })
        .collect()
}

/// Returns the outline offset outward by `distance` points, with corners mitered as in egui.
fn offset_outline(points: &[Pos2], closed: bool, distance: f32) -> Vec<Pos2> {
    if distance == 0.0 {
        return points.to_vec();
    }
    let pairs = points.iter().zip(normals(points, closed));
    pairs
        .map(|(&point, [before, after])| {
            let normal = 0.5 * (before + after);
            let length = normal.length_sq();
            if length > 1e-3 {
                point + distance * normal / length
            } else {
                point + distance * after
            }
        })
        .collect()
}

/// True if a line turns by more than a right angle at some point.
fn has_sharp_corner(points: &[Pos2]) -> bool {
    let corners = normals(points, false);
    corners.iter().any(|[before, after]| before.dot(*after) < -0.01)
}

/// Returns the runs of points on which a band can be drawn, as epaint's `BandRuns` does.
fn band_runs(points: &[BandPoint]) -> impl Iterator<Item = &[BandPoint]> {
    let is_valid = |point: &BandPoint| point.is_finite() && point.y.min <= point.y.max;
    points
        .chunk_by(move |a, b| is_valid(a) && is_valid(b) && a.x < b.x)
        .filter(|run| run.len() > 1)
}
