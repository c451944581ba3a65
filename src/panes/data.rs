//! The data, and what the network makes of it: a map for two inputs, a curve for one, otherwise how often each class is
//! told as each.

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Align2, Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::insight::Picture;
use crate::insight::picture::{Kind, Map, Point};
use crate::learning::Confusion;
use crate::look::{Look, type_scale};
use crate::widgets::maths::Piece;

use super::Scene;
use super::curves::frame::{Frame, swept_name};
use super::curves::geometry::Plane;
use super::training::sentence_ui;
use crate::session::Target;

/// Below this height or width nothing is drawn, in points.
const LEAST: f32 = 48.0;
/// How strong a map is in its colour at most.
const STRENGTH: f32 = 0.42;

/// Draws the pane.
pub fn data_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    if let Some(Err(reason)) = scene.insight.score(scene.session) {
        sentence_ui(ui, scene, reason);
    }
    let Some(picture) = scene.insight.picture(scene.session) else {
        if scene.session.course().is_none() {
            let hint = "Choose data under Training; here it is shown with what the network makes of it.";
            ui.label(egui::RichText::new(hint).color(scene.look.ink_soft));
        }
        return;
    };
    let rect = ui.available_rect_before_wrap().intersect(ui.clip_rect());
    if rect.width() < LEAST || rect.height() < LEAST {
        return;
    }
    let painter = ui.painter().clone();
    let text = |text: &str| Piece::text(&painter, text, type_scale::small(), scene.look.ink_soft);
    let input = |input: usize| swept_name(&painter, scene, Target::Input(input));
    match picture {
        Picture::Map(map) => {
            let frame = Frame {
                x: map.x,
                y: map.y,
                x_name: input(0),
                y_name: input(1),
                margin: 10.0,
            };
            let plane = frame.show(ui, scene, rect);
            map_ui(&painter, scene, &plane, map);
        }
        Picture::Curve { x, y, line, points } => {
            let frame = Frame {
                x: *x,
                y: *y,
                x_name: input(0),
                y_name: text("target and output"),
                margin: 10.0,
            };
            let plane = frame.show(ui, scene, rect);
            let clipped = painter.with_clip_rect(plane.rect);
            points_ui(&clipped, scene, &plane, points);
            let stroke = Stroke::new(2.5, scene.look.ink);
            clipped.add(Shape::line(plane.line(line), stroke));
        }
        Picture::Scatter { ends, points } => {
            let frame = Frame {
                x: *ends,
                y: *ends,
                x_name: text("target"),
                y_name: text("output"),
                margin: 10.0,
            };
            let plane = frame.show(ui, scene, rect);
            let clipped = painter.with_clip_rect(plane.rect);
            let diagonal = [ends[0], ends[1]].map(|value| plane.screen([value, value]));
            clipped.line_segment(diagonal, Stroke::new(1.0, scene.look.axis));
            points_ui(&clipped, scene, &plane, points);
        }
        Picture::Confusion { confusion, names } => confusion_ui(&painter, scene, rect, confusion, names),
    }
}

fn color(look: &Look, kind: Kind) -> Color32 {
    match kind {
        Kind::Class(class) => look.identity(class),
        Kind::Degree(degree) if degree > 0.0 => look.positive,
        Kind::Degree(_) => look.negative,
    }
}

/// The network over the plane in colours, where it changes its mind as a line, and the samples.
fn map_ui(painter: &Painter, scene: &Scene<'_>, plane: &Plane, map: &Map) {
    let look = scene.look;
    let clipped = painter.with_clip_rect(plane.rect);
    let last = (map.places.max(2) - 1) as f64;
    let place = |[column, row]: [f64; 2]| {
        plane.screen([
            map.x[0] + (map.x[1] - map.x[0]) * column / last,
            map.y[0] + (map.y[1] - map.y[0]) * row / last,
        ])
    };
    let mut mesh = Mesh::default();
    for (index, &kind) in map.kinds.iter().enumerate() {
        let strength = match kind {
            Kind::Class(_) => STRENGTH,
            Kind::Degree(degree) if degree.is_finite() => STRENGTH * degree.abs().min(1.0) as f32,
            Kind::Degree(_) => 0.0,
        };
        mesh.vertices.push(Vertex {
            pos: place([(index % map.places) as f64, (index / map.places) as f64]),
            uv: WHITE_UV,
            color: Look::mix(look.card, color(look, kind), strength),
        });
    }
    let columns = map.places as u32;
    for row in 0..columns.saturating_sub(1) {
        for column in 0..columns.saturating_sub(1) {
            let corner = row * columns + column;
            mesh.add_triangle(corner, corner + 1, corner + columns);
            mesh.add_triangle(corner + 1, corner + columns, corner + columns + 1);
        }
    }
    clipped.add(Shape::mesh(mesh));
    for border in &map.borders {
        let line: Vec<Pos2> = border.iter().map(|&point| place(point)).collect();
        clipped.add(Shape::line(line, Stroke::new(1.5, look.ink_soft)));
    }
    points_ui(&clipped, scene, plane, &map.points);
}

/// The samples: the second of two classes and numbers above 0 as squares, all else as discs; those that are held out are
/// hollow.
fn points_ui(painter: &Painter, scene: &Scene<'_>, plane: &Plane, points: &[Point]) {
    let look = scene.look;
    let size = if points.len() > 400 { 2.0 } else { 2.8 };
    for point in points {
        let at = plane.screen([point.x, point.y]);
        let color = color(look, point.kind);
        let (fill, stroke) = if point.is_test {
            (look.card, Stroke::new(1.3, color))
        } else {
            (color, Stroke::new(0.8, look.card))
        };
        let is_square = match point.kind {
            Kind::Class(class) => class % 2 == 1,
            Kind::Degree(degree) => degree > 0.0,
        };
        if is_square {
            let square = Rect::from_center_size(at, vec2(1.8 * size, 1.8 * size));
            painter.rect(square, 0.0, fill, stroke, StrokeKind::Middle);
        } else {
            painter.circle(at, size, fill, stroke);
        }
    }
}

/// A row for each class, a column for what it was told as; the diagonal is right.
fn confusion_ui(painter: &Painter, scene: &Scene<'_>, rect: Rect, confusion: &Confusion, names: &[String]) {
    let look = scene.look;
    let font = type_scale::small();
    let classes = confusion.classes();
    let layout = |text: String| painter.layout_no_wrap(text, font.clone(), look.ink_soft);
    let widest = names
        .iter()
        .map(|name| layout(crate::words::shortened(name)).size().x);
    let label = widest.fold(0.0, f32::max).min(rect.width() / 3.0);
    let head = 34.0;
    let left = rect.left() + label + 8.0;
    let room = vec2(rect.right() - left, rect.height() - head);
    let cell = (room.x / classes as f32).min(room.y / classes as f32).min(64.0);
    if cell < 4.0 {
        return;
    }
    let corner = pos2(left, rect.top() + head);
    let middle = left + cell * classes as f32 / 2.0;
    let title = format!("told as; {} right in all", confusion.right());
    painter.text(
        pos2(middle.max(rect.left() + 70.0), rect.top() + 8.0),
        Align2::CENTER_CENTER,
        title,
        font.clone(),
        look.ink_soft,
    );
    for (class, name) in names.iter().enumerate().take(classes) {
        let along = (class as f32 + 0.5) * cell;
        let name = crate::words::shortened(name);
        let beside = pos2(left - 6.0, corner.y + along);
        let clipped = painter.with_clip_rect(Rect::from_min_max(rect.min, pos2(left, rect.bottom())));
        clipped.text(beside, Align2::RIGHT_CENTER, &name, font.clone(), look.ink_soft);
        let above = Rect::from_center_size(pos2(left + along, corner.y - 10.0), vec2(cell - 2.0, 14.0));
        // What does not fit over its column begins at its left end.
        let is_wide = layout(name.clone()).size().x > above.width();
        let (at, align) = if is_wide {
            (above.left_center(), Align2::LEFT_CENTER)
        } else {
            (above.center(), Align2::CENTER_CENTER)
        };
        painter.with_clip_rect(above.intersect(painter.clip_rect())).text(
            at,
            align,
            &name,
            font.clone(),
            look.ink_soft,
        );
        let total: usize = (0..classes).map(|told| confusion.count(class, told)).sum();
        for told in 0..classes {
            let count = confusion.count(class, told);
            let at = corner + vec2(told as f32 * cell, class as f32 * cell);
            let square = Rect::from_min_size(at, vec2(cell, cell)).shrink(1.0);
            let base = if told == class {
                look.positive
            } else {
                look.negative
            };
            let part = count as f32 / total.max(1) as f32;
            let strength = if count == 0 { 0.0 } else { 0.12 + STRENGTH * part };
            painter.rect_filled(square, 2.0, Look::mix(look.track, base, strength));
            if count > 0 && cell >= 14.0 {
                painter.text(
                    square.center(),
                    Align2::CENTER_CENTER,
                    count.to_string(),
                    font.clone(),
                    look.ink,
                );
            }
        }
    }
}
