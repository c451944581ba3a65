//! The data, and what the network makes of it: a map for two inputs, a curve for one, otherwise how often each class is
//! told as each.
//!
//! | file | what |
//! | --- | --- |
//! | [`own`] | points that a hand sets, moves and takes away |

pub mod own;

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Ui, vec2};

use crate::canvas::Stage;
use neurodial_core::insight::Picture;
use neurodial_core::insight::picture::{Kind, Map, Point};
use crate::look::{Look, Mode, type_scale};
use crate::widgets::maths::Piece;

use super::curves::frame::{Frame, swept_name};
use super::curves::geometry::Plane;
use super::plate::Side;
use super::training::sentence_ui;
use super::{Scene, confusion};
use neurodial_core::session::{Action, Coaching, Target};

/// Below this height or width nothing is drawn, in points.
const LEAST: f32 = 48.0;
/// How strong a map is in its colour at most.
const STRENGTH: f32 = 0.42;

/// The height on paper at this width, both in points.
pub fn paper_height(painter: &Painter, scene: &Scene<'_>, width: f32) -> Side {
    match scene.insight.picture(scene.session) {
        Some(Picture::Classes) => Side::fixed(confusion::paper_height(painter, scene, width)),
        _ => Side::new(120.0, (0.85 * width).clamp(150.0, 420.0)),
    }
}

/// Draws the pane.
pub fn data_ui(ui: &mut Ui, scene: &mut Scene<'_>, stage: &mut Stage) {
    if scene.paper.is_none() {
        own::controls_ui(ui, scene);
    }
    if let Some(complaint) = scene.session.course().and_then(|course| course.notice()) {
        sentence_ui(ui, scene, complaint);
    }
    if let Some(Err(reason)) = scene.insight.score(scene.session) {
        sentence_ui(ui, scene, reason);
        let has_data = scene
            .session
            .course()
            .is_some_and(|course| course.material().is_ok());
        if scene.paper.is_none() && has_data && ui.button("A network for this data").clicked() {
            scene.outbox.push(Action::Coach(Coaching::NewNetwork));
        }
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
    let input = |input: usize| match own::points(scene) {
        // Also while the network has other inputs.
        Some(points) => text(&points.names()[input]),
        None => swept_name(&painter, scene, Target::Input(input)),
    };
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
            own::field_ui(ui, scene, stage, &plane, &map.points);
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
            own::field_ui(ui, scene, stage, &plane, points);
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
        Picture::Classes => {
            if let Some(verdicts) = scene.insight.verdicts(scene.session) {
                confusion::tables_ui(ui, scene, stage, verdicts, rect);
            }
        }
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
        let strength = STRENGTH * lightness(look, kind);
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

/// How strong the ground of a kind is, as a part of the strongest: on paper some kinds are lighter than others, so that
/// they differ without colours too.
fn lightness(look: &Look, kind: Kind) -> f32 {
    const EVEN: ([f32; 4], f32) = ([1.0; 4], 1.0);
    const PRINT: ([f32; 4], f32) = ([0.55, 1.0, 0.75, 0.9], 0.55);
    const GRAY: ([f32; 4], f32) = ([0.2, 1.0, 0.55, 0.8], 0.3);
    let (classes, below) = match look.mode {
        Mode::Gray => GRAY,
        Mode::Print => PRINT,
        Mode::Light | Mode::Dark => EVEN,
    };
    match kind {
        Kind::Class(class) => classes[class % classes.len()],
        Kind::Degree(degree) if !degree.is_finite() => 0.0,
        Kind::Degree(degree) if degree < 0.0 => below * degree.abs().min(1.0) as f32,
        Kind::Degree(degree) => degree.min(1.0) as f32,
    }
}

/// The samples: the second of two classes and numbers above 0 as squares, all else as discs; those that are held out are
/// hollow.
pub(super) fn points_ui(painter: &Painter, scene: &Scene<'_>, plane: &Plane, points: &[Point]) {
    let look = scene.look;
    let size = if points.len() > 400 { 2.0 } else { 2.8 };
    let is_own = points.iter().any(|point| point.own.is_some());
    // What a hand is to take is larger.
    let size = if is_own { 4.0 } else { size };
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
            disc_ui(painter, at, size, (fill, stroke), scene.paper.is_some());
        }
    }
}

/// A disc with a rim. On a screen it is two discs, one on the other: there can be hundreds in every frame, and discs are
/// far cheaper than rims. On paper it is one shape.
fn disc_ui(painter: &Painter, at: Pos2, radius: f32, (fill, rim): (Color32, Stroke), is_paper: bool) {
    if is_paper {
        painter.circle(at, radius, fill, rim);
        return;
    }
    painter.circle_filled(at, radius + rim.width / 2.0, rim.color);
    painter.circle_filled(at, radius - rim.width / 2.0, fill);
}
