//! The anatomy of a natural neuron: dendrites, cell body, axon with its myelin, terminals.

use egui::epaint::PathShape;
use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use crate::look::Look;

use super::label::Label;
use super::limb::{Limb, smooth};

/// The height of the drawing, in points.
pub const HEIGHT: f32 = 340.0;
/// The middle of the cell body.
const BODY: Pos2 = pos2(214.0, 182.0);

/// Draws it.
pub fn natural_ui(ui: &mut Ui, look: &Look) {
    let painter = ui.painter().clone();
    let line = Stroke::new(1.5, Look::mix(look.identity[0], look.ink, 0.35));
    let cell = Look::mix(look.card, look.identity[0], 0.2);
    // Outlines of everything first, then all fills: so the parts flow into one body.
    let mut parts: Vec<Shape> = Vec::new();
    for limb in dendrites().iter().chain(&terminals()).chain([&axon()]) {
        parts.push(limb.shape(cell, Stroke::NONE));
    }
    parts.push(polygon(body(), cell));
    for shape in &parts {
        if let Shape::Path(path) = shape {
            let outlined = PathShape {
                stroke: Stroke::new(2.0 * line.width, line.color).into(),
                ..path.clone()
            };
            painter.add(Shape::Path(outlined));
        }
    }
    boutons(&painter, cell, line);
    painter.extend(parts);
    nucleus(&painter, look);
    myelin(&painter, look);
    signal(&painter, look);
    for label in labels() {
        label.paint(&painter, look);
    }
}

fn polygon(points: Vec<Pos2>, fill: Color32) -> Shape {
    Shape::Path(PathShape {
        points,
        closed: true,
        fill,
        stroke: Stroke::NONE.into(),
    })
}

/// The outline of the cell body: a little star-shaped, drawn out towards its dendrites and its axon.
fn body() -> Vec<Pos2> {
    const RADII: [f32; 16] = [
        52.0, 42.0, 40.0, 46.0, 43.0, 40.0, 46.0, 44.0, 50.0, 43.0, 45.0, 41.0, 46.0, 42.0, 40.0, 42.0,
    ];
    let mut points: Vec<Pos2> = (0..RADII.len())
        .map(|index| {
            let angle = index as f32 / RADII.len() as f32 * std::f32::consts::TAU;
            BODY + RADII[index] * vec2(angle.cos(), angle.sin())
        })
        .collect();
    points.push(points[0]);
    smooth(&points)
}

fn dendrites() -> Vec<Limb> {
    let limb = |points: &[(f32, f32)], from: f32, to: f32| Limb::new(points.iter().copied(), [from, to]);
    vec![
        // Up to the left.
        limb(
            &[(200.0, 160.0), (168.0, 124.0), (142.0, 96.0), (112.0, 80.0)],
            20.0,
            4.0,
        ),
        limb(&[(148.0, 102.0), (142.0, 74.0), (126.0, 50.0)], 8.0, 2.5),
        limb(&[(126.0, 87.0), (98.0, 92.0), (70.0, 84.0)], 6.0, 2.5),
        limb(&[(116.0, 82.0), (96.0, 64.0), (78.0, 58.0)], 5.0, 2.5),
        // To the left.
        limb(
            &[(200.0, 180.0), (150.0, 176.0), (108.0, 168.0), (66.0, 172.0)],
            20.0,
            4.0,
        ),
        limb(&[(126.0, 171.0), (98.0, 150.0), (66.0, 140.0)], 8.0, 2.5),
        limb(&[(100.0, 168.0), (74.0, 186.0), (46.0, 190.0)], 6.0, 2.5),
        limb(&[(72.0, 172.0), (54.0, 164.0), (40.0, 164.0)], 4.0, 2.5),
        // Down to the left.
        limb(
            &[(200.0, 202.0), (166.0, 232.0), (140.0, 258.0), (106.0, 274.0)],
            20.0,
            4.0,
        ),
        limb(&[(150.0, 248.0), (148.0, 276.0), (134.0, 300.0)], 8.0, 2.5),
        limb(&[(132.0, 264.0), (100.0, 252.0), (70.0, 252.0)], 6.0, 2.5),
        limb(&[(110.0, 272.0), (92.0, 288.0), (72.0, 294.0)], 5.0, 2.5),
        // Up and down.
        limb(
            &[(216.0, 156.0), (224.0, 116.0), (214.0, 82.0), (226.0, 52.0)],
            16.0,
            2.5,
        ),
        limb(&[(218.0, 92.0), (200.0, 72.0), (192.0, 50.0)], 6.0, 2.5),
        limb(
            &[(216.0, 206.0), (226.0, 246.0), (214.0, 274.0), (222.0, 296.0)],
            16.0,
            2.5,
        ),
        limb(&[(217.0, 266.0), (198.0, 282.0), (192.0, 300.0)], 6.0, 2.5),
    ]
}

/// The middle of the axon, from the cell body to where it branches.
fn axon_way() -> Vec<Pos2> {
    smooth(&[
        pos2(230.0, 182.0),
        pos2(270.0, 182.0),
        pos2(360.0, 172.0),
        pos2(450.0, 182.0),
        pos2(540.0, 190.0),
        pos2(606.0, 180.0),
    ])
}

fn axon() -> Limb {
    let way: Vec<(f32, f32)> = axon_way().into_iter().map(|at| (at.x, at.y)).collect();
    // The hillock: wide where it leaves the body.
    let mut limb = Limb::new(way, [9.0, 7.0]);
    limb.widths = [11.0, 7.0];
    limb
}

const BOUTONS: [(f32, f32); 6] = [
    (700.0, 84.0),
    (722.0, 128.0),
    (734.0, 170.0),
    (730.0, 212.0),
    (712.0, 252.0),
    (676.0, 284.0),
];

fn terminals() -> Vec<Limb> {
    let limb = |points: &[(f32, f32)], from: f32, to: f32| Limb::new(points.iter().copied(), [from, to]);
    vec![
        limb(
            &[(600.0, 181.0), (638.0, 150.0), (668.0, 116.0), BOUTONS[0]],
            7.0,
            3.0,
        ),
        limb(&[(650.0, 137.0), (686.0, 136.0), BOUTONS[1]], 4.5, 3.0),
        limb(
            &[(600.0, 181.0), (650.0, 176.0), (694.0, 176.0), BOUTONS[2]],
            6.0,
            3.0,
        ),
        limb(&[(654.0, 176.0), (690.0, 196.0), BOUTONS[3]], 4.5, 3.0),
        limb(
            &[(600.0, 179.0), (638.0, 208.0), (672.0, 234.0), BOUTONS[4]],
            7.0,
            3.0,
        ),
        limb(&[(644.0, 213.0), (660.0, 248.0), BOUTONS[5]], 4.5, 3.0),
    ]
}

fn boutons(painter: &Painter, fill: Color32, line: Stroke) {
    for at in BOUTONS {
        painter.circle(Pos2::from(at), 6.5, fill, line);
    }
}

fn nucleus(painter: &Painter, look: &Look) {
    let fill = Look::mix(look.card, look.identity[0], 0.5);
    let line = Stroke::new(1.25, Look::mix(look.identity[0], look.ink, 0.35));
    painter.circle(BODY + vec2(-3.0, 1.0), 17.0, fill, line);
    let inner = Look::mix(look.identity[0], look.ink, 0.35);
    painter.circle_filled(BODY + vec2(1.0, -2.0), 5.0, inner);
}

/// Segments of myelin around the axon, with bare nodes between them.
fn myelin(painter: &Painter, look: &Look) {
    const SEGMENTS: usize = 5;
    const GAP: f32 = 0.016;
    const THICKNESS: f32 = 23.0;
    let way = axon_way();
    let line = Stroke::new(1.5, Look::mix(look.identity[2], look.ink, 0.2));
    let fill = Look::mix(look.card, look.identity[2], 0.26);
    let (first, last) = (0.17, 0.93);
    let pitch = (last - first) / SEGMENTS as f32;
    for segment in 0..SEGMENTS {
        let from = first + pitch * segment as f32 + GAP;
        let to = first + pitch * (segment + 1) as f32 - GAP;
        let at = |share: f32| way[((way.len() - 1) as f32 * share).round() as usize];
        let (start, end) = (at(from), at(to));
        let along = end - start;
        // A capsule, turned to lie along the axon.
        let rect = Rect::from_center_size(start + 0.5 * along, vec2(along.length(), THICKNESS));
        let shape =
            egui::epaint::RectShape::new(rect, 9.0, fill, line, StrokeKind::Middle).with_angle(along.angle());
        painter.add(shape);
    }
}

/// Which way the signal runs.
fn signal(painter: &Painter, look: &Look) {
    let from = pos2(330.0, 306.0);
    let way = Vec2::new(180.0, 0.0);
    let stroke = Stroke::new(1.5, look.ink_soft);
    painter.arrow(from, way, stroke);
    painter.text(
        from + vec2(90.0, 16.0),
        egui::Align2::CENTER_CENTER,
        "the signal runs this way",
        crate::look::type_scale::small(),
        look.ink_soft,
    );
}

fn labels() -> [Label<'static>; 7] {
    [
        Label {
            name: "Dendrites",
            words: "receive signals",
            at: (52.0, 20.0),
            to: (92.0, 64.0),
        },
        Label {
            name: "Cell body (soma)",
            words: "adds them up",
            at: (316.0, 240.0),
            to: (246.0, 208.0),
        },
        Label {
            name: "Nucleus",
            words: "",
            at: (300.0, 96.0),
            to: (224.0, 172.0),
        },
        Label {
            name: "Axon",
            words: "carries the signal on",
            at: (584.0, 262.0),
            to: (588.0, 184.0),
        },
        Label {
            name: "Myelin sheath",
            words: "speeds the signal up",
            at: (396.0, 92.0),
            to: (396.0, 164.0),
        },
        Label {
            name: "Node of Ranvier",
            words: "a gap in the sheath",
            at: (462.0, 246.0),
            to: (463.0, 188.0),
        },
        Label {
            name: "Axon terminals",
            words: "pass it on",
            at: (640.0, 36.0),
            to: (695.0, 78.0),
        },
    ]
}
