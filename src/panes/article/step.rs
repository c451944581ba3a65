//! The step function, as textbooks draw it: two pieces, and at the jump a dot for the value that it has there and a
//! ring for the one that it has not.

use egui::{Align2, Painter, Pos2, Shape, Stroke, Ui, pos2, vec2};

use super::symbol;
use crate::canvas::{Canvas, Description, Item, Part, Place, Stage};
use crate::look::{Look, type_scale};
use neurodial_core::network::NeuronAt;
use crate::widgets::maths::Piece;

/// The figure in words.
pub const DESCRIPTION: &str = "The step function of x: it is 0 for all x up to 0, and at 0 itself, where a filled dot \
    stands; it is 1 for all x above 0, with an open ring where that piece begins.";
/// The width and the height of the drawing, in points.
pub const SIZE: [f32; 2] = [320.0, 152.0];
/// Where both axes are 0.
const ORIGIN: Pos2 = pos2(156.0, 120.0);
/// How high 1 is over 0, in points.
const UNIT: f32 = 76.0;
/// From the origin to the ends of the axes: left, right, up, down.
const REACH: [f32; 4] = [142.0, 144.0, 108.0, 26.0];
/// The radius of the dot and of the ring, in points.
const DOT: f32 = 4.6;
/// The thickness of the function, in points.
const WIDTH: f32 = 2.6;

/// Draws it.
pub fn step_ui(ui: &mut Ui, look: &Look) {
    let mut stage = Stage::of_figure();
    let rect = ui.max_rect();
    axes(ui.painter(), look);
    let mut canvas = Canvas::new(ui, &mut stage, rect, egui::Id::unique("step"));
    let part = Part::Curve(NeuronAt { layer: 0, neuron: 0 });
    canvas.begin(part);
    pieces(canvas.painter(), look);
    canvas.place(Item::new(part, Place::Rect(rect)), || {
        Description::of("step function", "0 up to and at 0, 1 beyond")
    });
    canvas.end();
    words(canvas.painter(), look);
}

/// The height of the function's upper piece.
fn top() -> f32 {
    ORIGIN.y - UNIT
}

fn axes(painter: &Painter, look: &Look) {
    let [left, right, up, down] = REACH;
    let ends = [
        (ORIGIN - vec2(left, 0.0), ORIGIN + vec2(right, 0.0)),
        (ORIGIN + vec2(0.0, down), ORIGIN - vec2(0.0, up)),
    ];
    for (from, to) in ends {
        let way = (to - from).normalized();
        let back = to - 7.0 * way;
        painter.line_segment([from, back], Stroke::new(1.0, look.axis));
        let across = 3.0 * way.rot90();
        let head = vec![to, back + across, back - across];
        painter.add(Shape::convex_polygon(head, look.axis, Stroke::NONE));
    }
    let name = |letter: char| Piece::symbol(painter, &symbol(letter), 1.0, look.ink);
    let x = name('x');
    x.paint(painter, ORIGIN + vec2(right - x.width - 2.0, 18.0));
    let upright = |text: &str| Piece::text(painter, text, type_scale::maths_upright(), look.ink);
    let y = Piece::row([upright("step("), name('x'), upright(")")]);
    y.paint(painter, ORIGIN + vec2(10.0, 10.0 - up));
    let number = |text: &str, at: Pos2| {
        painter.text(at, Align2::RIGHT_CENTER, text, type_scale::body(), look.ink);
    };
    number("1", pos2(ORIGIN.x - DOT - 6.0, top()));
    number("0", ORIGIN + vec2(-6.0, 12.0));
}

fn pieces(painter: &Painter, look: &Look) {
    let stroke = Stroke::new(WIDTH, look.identity[0]);
    let [left, right, ..] = REACH;
    painter.line_segment([ORIGIN - vec2(left, 0.0), ORIGIN], stroke);
    painter.line_segment(
        [pos2(ORIGIN.x, top()), pos2(ORIGIN.x + right - 10.0, top())],
        stroke,
    );
    painter.circle_filled(ORIGIN, DOT, stroke.color);
    let ring = Stroke::new(1.8, stroke.color);
    painter.circle(pos2(ORIGIN.x, top()), DOT - ring.width, look.card, ring);
}

/// What the pieces are, beside them.
fn words(painter: &Painter, look: &Look) {
    let [left, right, ..] = REACH;
    let upright = |text: &str| Piece::text(painter, text, type_scale::maths_upright(), look.ink);
    let x = || Piece::symbol(painter, &symbol('x'), 1.0, look.ink);
    let off = Piece::row([upright("0 if "), x(), upright(" ≤ 0")]);
    off.paint(
        painter,
        ORIGIN + vec2(-0.5 * (left + 8.0) - off.width / 2.0, -12.0),
    );
    let on = Piece::row([upright("1 if "), x(), upright(" > 0")]);
    let middle = ORIGIN.x + 0.5 * right;
    on.paint(painter, pos2(middle - on.width / 2.0, top() + 24.0));
}
