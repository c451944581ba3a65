//! The anatomy of a natural neuron: dendrites, cell body, axon with its myelin, terminals.
//!
//! | file | noun |
//! | --- | --- |
//! | [`cell`] | the form of the cell |
//! | [`limb`] | [`limb::Limb`]: a tapering line that branches |

pub mod cell;
pub mod limb;

use egui::epaint::PathShape;
use egui::{Color32, Painter, Pos2, Shape, Stroke, Ui, vec2};

use super::duty::{self, Duty};
use super::label::Label;
use egui_figure::Mark;
use crate::look::{Look, Mode};
use cell::{BANDS, FORM, NUCLEUS, axon_at, before_axon};

/// The figure in words.
pub const DESCRIPTION: &str = "A natural neuron. Branching dendrites on the left receive signals; the cell \
    body (soma) with its nucleus adds them up; the axon hillock, where the axon leaves the body, decides whether to \
    fire; the axon, wrapped in segments of the myelin sheath with nodes of Ranvier between them, carries the signal to \
    the right, where the axon terminals pass it on. A row of arrows below says it in three words: receive, add up, \
    decide and pass on.";
/// The height of the drawing, in points.
pub const HEIGHT: f32 = 392.0;
/// How thick outlines are, in points.
const LINE: f32 = 1.6;

/// Draws it.
pub fn natural_ui(ui: &mut Ui, look: &Look) {
    let painter = ui.painter().clone();
    part(&painter, "cell", "nerve cell", || {
        fills(&painter, look);
        outlines(&painter, look);
    });
    part(&painter, "nucleus", "nucleus", || nucleus(&painter, look));
    part(&painter, "myelin", "myelin sheath", || myelin(&painter, look));
    for label in labels() {
        label.paint(&painter, look);
    }
    duty::row(&painter, look, 350.0, [8.0, 138.0, 240.0, 623.0]);
}

/// Draws a part as a group of its own.
fn part(painter: &Painter, address: &str, title: &str, draw: impl FnOnce()) {
    painter.add(
        Mark::Open {
            address: address.to_owned(),
        }
        .shape(),
    );
    draw();
    painter.add(Mark::Title(title.to_owned()).shape());
    painter.add(Mark::Close.shape());
}

/// The whole in the dendrites' colour, the axon over it in its own, and then bands that lead to the body's.
fn fills(painter: &Painter, look: &Look) {
    let [receive, add, pass] = Duty::ALL.map(|duty| duty.fill(look));
    fill(painter, &FORM.whole, receive);
    fill(painter, &FORM.axon, pass);
    for (index, sides) in FORM.bands.iter().enumerate() {
        let share = (index + 1) as f32 / BANDS.len() as f32;
        for (points, other) in sides.iter().zip([receive, pass]) {
            fill(painter, points, Look::mix(other, add, share));
        }
    }
}

fn fill(painter: &Painter, points: &[Pos2], fill: Color32) {
    painter.add(Shape::Path(PathShape {
        points: points.to_vec(),
        closed: true,
        fill,
        stroke: Stroke::NONE.into(),
    }));
}

/// The line around the cell, in the colour of the part that it goes around.
fn outlines(painter: &Painter, look: &Look) {
    let duty = |at: Pos2| {
        if cell::body(at) < BANDS[2] {
            Duty::AddUp
        } else if before_axon(at) < 0.0 {
            Duty::PassOn
        } else {
            Duty::Receive
        }
    };
    let Some(&start) = FORM.whole.first() else { return };
    let mut run: Vec<Pos2> = Vec::new();
    let mut present = duty(start);
    for &point in FORM.whole.iter().chain([&start]) {
        run.push(point);
        let next = duty(point);
        if next != present {
            let stroke = Stroke::new(LINE, present.line(look));
            painter.add(Shape::line(std::mem::replace(&mut run, vec![point]), stroke));
            present = next;
        }
    }
    painter.add(Shape::line(run, Stroke::new(LINE, present.line(look))));
}

fn nucleus(painter: &Painter, look: &Look) {
    let color = Duty::AddUp.color(look);
    let fill = Look::mix(look.card, color, if look.mode == Mode::Gray { 0.1 } else { 0.5 });
    let line = Stroke::new(1.2, Duty::AddUp.line(look));
    painter.add(egui::epaint::EllipseShape {
        center: NUCLEUS,
        radius: vec2(14.0, 12.5),
        fill,
        stroke: line,
        angle: -0.3,
    });
    painter.circle_filled(NUCLEUS + vec2(3.0, -2.5), 3.6, Duty::AddUp.line(look));
}

/// Where a segment of myelin begins and ends, along the axon.
const SEGMENTS: [[f32; 2]; 4] = [[256.0, 312.0], [320.0, 376.0], [384.0, 440.0], [448.0, 490.0]];

/// Segments of myelin around the axon, with bare nodes between them.
fn myelin(painter: &Painter, look: &Look) {
    let color = Duty::PassOn.color(look);
    let (fill, shade) = if look.mode == Mode::Gray {
        (look.card, Look::mix(look.card, look.ink, 0.3))
    } else {
        (
            Look::mix(look.card, color, 0.12),
            Look::mix(look.card, color, 0.5),
        )
    };
    let line = Stroke::new(LINE, Duty::PassOn.line(look));
    for ends in SEGMENTS {
        painter.add(Shape::Path(PathShape {
            points: capsule(ends),
            closed: true,
            fill,
            stroke: line.into(),
        }));
        // Its layers, seen from the side.
        for aside in [-5.4, 5.4] {
            let inner = [ends[0] + 7.0, ends[1] - 7.0];
            let way = (0..=8).map(|step| beside(inner, step as f32 / 8.0, aside));
            painter.add(Shape::line(way.collect(), Stroke::new(1.0, shade)));
        }
    }
}

/// A place beside the axon, at a share of the way from one end to the other.
fn beside([from, to]: [f32; 2], share: f32, aside: f32) -> Pos2 {
    let x = from + share * (to - from);
    let along = (axon_at(x + 1.0) - axon_at(x - 1.0)).normalized();
    axon_at(x) + aside * along.rot90()
}

/// A capsule that is bent as the axon is.
fn capsule(ends: [f32; 2]) -> Vec<Pos2> {
    const HALF: f32 = 10.5;
    const ROUND: f32 = 8.0;
    /// Points of each end, and of each side.
    const STEPS: usize = 7;
    let length = ends[1] - ends[0];
    // Shares of the length with their shares of the thickness, along one side.
    let quarter = |step: usize| libm::sincosf(std::f32::consts::FRAC_PI_2 * step as f32 / STEPS as f32);
    let start = (0..=STEPS).map(|step| {
        let (sin, cos) = quarter(step);
        (ROUND / length * (1.0 - cos), (HALF - ROUND + ROUND * sin) / HALF)
    });
    let side: Vec<(f32, f32)> = start
        .clone()
        .chain(
            (1..STEPS)
                .map(|step| (step as f32 / STEPS as f32, 1.0))
                .filter(|(share, _)| (ROUND / length..1.0 - ROUND / length).contains(share)),
        )
        .chain(start.rev().map(|(share, thick)| (1.0 - share, thick)))
        .collect();
    let there = side
        .iter()
        .map(|&(share, thick)| beside(ends, share, -HALF * thick));
    let back = side
        .iter()
        .rev()
        .map(|&(share, thick)| beside(ends, share, HALF * thick));
    there.chain(back).collect()
}

/// The end of a line on the axon.
fn on_axon(x: f32, aside: f32) -> Option<(f32, f32)> {
    let at = axon_at(x) + vec2(0.0, aside);
    Some((at.x, at.y))
}

fn labels() -> [Label<'static>; 8] {
    [
        Label {
            name: "Dendrites",
            words: "receive signals",
            at: (68.0, 16.0),
            to: Some((92.0, 129.0)),
        },
        Label {
            name: "Nucleus",
            words: "",
            at: (282.0, 62.0),
            to: Some((182.0, 189.5)),
        },
        Label {
            name: "Cell body (soma)",
            words: "adds them up",
            at: (278.0, 300.0),
            to: Some((194.0, 204.0)),
        },
        Label {
            name: "Axon hillock",
            words: "decides whether to fire",
            at: (339.0, 240.0),
            to: on_axon(226.0, 3.0),
        },
        Label {
            name: "Myelin sheath",
            words: "speeds it up",
            at: (344.0, 106.0),
            to: on_axon(344.0, -6.0),
        },
        Label {
            name: "Node of Ranvier",
            words: "a gap in the sheath",
            at: (458.0, 300.0),
            to: on_axon(444.0, 1.0),
        },
        Label {
            name: "Axon",
            words: "carries it on",
            at: (484.0, 106.0),
            to: on_axon(498.0, 0.0),
        },
        Label {
            name: "Axon terminals",
            words: "pass it on",
            at: (538.0, 18.0),
            to: Some((574.5, 103.5)),
        },
    ]
}
