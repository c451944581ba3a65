//! The anatomy of an artificial neuron: inputs, weights, bias, sum, activation, output.

use egui::{Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use crate::look::{Look, type_scale};
use crate::network::Symbol;
use crate::widgets::maths::Piece;

use super::label::Label;

/// The height of the drawing, in points.
pub const HEIGHT: f32 = 340.0;
const SUM: Pos2 = pos2(352.0, 182.0);
const SUM_RADIUS: f32 = 44.0;
const ACTIVATION: Pos2 = pos2(540.0, 182.0);
const BOX: Vec2 = vec2(84.0, 84.0);
const INPUT_X: f32 = 120.0;
const INPUT_YS: [f32; 4] = [74.0, 146.0, 218.0, 290.0];
const INPUT_RADIUS: f32 = 20.0;
const WIDTHS: [f32; 4] = [3.2, 1.6, 4.2, 2.2];

/// Draws it.
pub fn artificial_ui(ui: &mut Ui, look: &Look) {
    let painter = ui.painter().clone();
    let line = Stroke::new(1.5, Look::mix(look.identity[0], look.ink, 0.35));
    let cell = Look::mix(look.card, look.identity[0], 0.2);
    for (index, y) in INPUT_YS.into_iter().enumerate() {
        weight(&painter, look, index, pos2(INPUT_X, y));
    }
    for (index, y) in INPUT_YS.into_iter().enumerate() {
        let at = pos2(INPUT_X, y);
        painter.circle(at, INPUT_RADIUS, look.card, Stroke::new(1.5, look.ink));
        centered(&painter, &symbol('x', Some(index + 1)), at, look);
    }
    bias(&painter, look);
    painter.circle(SUM, SUM_RADIUS, cell, line);
    let sigma = Piece::text(
        &painter,
        "Σ",
        egui::FontId::new(38.0, crate::look::fonts::serif()),
        look.ink,
    );
    sigma.paint(&painter, SUM + vec2(-sigma.width / 2.0, 13.0));
    arrow(
        &painter,
        look,
        pos2(SUM.x + SUM_RADIUS, SUM.y),
        pos2(ACTIVATION.x - BOX.x / 2.0, SUM.y),
    );
    let z = Piece::symbol(&painter, &symbol('z', None), 1.0, look.ink);
    let middle = 0.5 * (SUM.x + SUM_RADIUS + ACTIVATION.x - BOX.x / 2.0);
    z.paint(&painter, pos2(middle - z.width / 2.0, SUM.y - 9.0));
    activation(&painter, look);
    arrow(
        &painter,
        look,
        pos2(ACTIVATION.x + BOX.x / 2.0, SUM.y),
        pos2(690.0, SUM.y),
    );
    centered(&painter, &symbol('a', None), pos2(706.0, SUM.y), look);
    for label in labels() {
        label.paint(&painter, look);
    }
    formula(&painter, look);
}

fn symbol(letter: char, index: Option<usize>) -> Symbol {
    Symbol {
        letter,
        subscript: index.map(|index| index.to_string()).unwrap_or_default(),
        superscript: None,
    }
}

fn centered(painter: &Painter, symbol: &Symbol, at: Pos2, look: &Look) {
    let piece = Piece::symbol(painter, symbol, 1.0, look.ink);
    piece.paint_centered(painter, at.x - piece.width / 2.0, at.y);
}

/// A connection: the thicker, the larger its weight; dashed where the weight is negative.
fn weight(painter: &Painter, look: &Look, index: usize, from: Pos2) {
    let way = (SUM - from).normalized();
    let ends = [from + INPUT_RADIUS * way, SUM - (SUM_RADIUS + 1.0) * way];
    let is_negative = index == 2;
    let color = if is_negative { look.negative } else { look.positive };
    let stroke = Stroke::new(WIDTHS[index], color);
    if is_negative {
        painter.extend(Shape::dashed_line(&ends, stroke, 10.0, 6.0));
    } else {
        painter.line_segment(ends, stroke);
    }
    let middle = ends[0] + 0.42 * (ends[1] - ends[0]);
    let piece = Piece::symbol(painter, &symbol('w', Some(index + 1)), 1.0, color);
    let ground = Rect::from_center_size(middle, vec2(piece.width + 8.0, 22.0));
    painter.rect_filled(ground, 6.0, look.card);
    piece.paint_centered(painter, middle.x - piece.width / 2.0, middle.y);
}

fn bias(painter: &Painter, look: &Look) {
    let from = pos2(SUM.x, 92.0);
    centered(painter, &symbol('b', None), pos2(SUM.x, 76.0), look);
    arrow(painter, look, from, pos2(SUM.x, SUM.y - SUM_RADIUS));
}

fn arrow(painter: &Painter, look: &Look, from: Pos2, to: Pos2) {
    let way = (to - from).normalized();
    let back = to - 9.0 * way;
    painter.line_segment([from, back], Stroke::new(1.75, look.ink));
    let across = 4.0 * way.rot90();
    let head = vec![to, back + across, back - across];
    painter.add(Shape::convex_polygon(head, look.ink, Stroke::NONE));
}

/// A small picture of an activation function.
fn activation(painter: &Painter, look: &Look) {
    let rect = Rect::from_center_size(ACTIVATION, BOX);
    let line = Stroke::new(1.5, Look::mix(look.identity[2], look.ink, 0.2));
    painter.rect(
        rect,
        10.0,
        Look::mix(look.card, look.identity[2], 0.2),
        line,
        StrokeKind::Middle,
    );
    let axis = Stroke::new(1.0, look.axis);
    let inner = rect.shrink(14.0);
    painter.hline(inner.x_range(), inner.bottom() - 8.0, axis);
    painter.vline(inner.center().x, inner.y_range(), axis);
    let zero = inner.bottom() - 8.0;
    let curve = vec![
        pos2(inner.left(), zero),
        pos2(inner.center().x, zero),
        pos2(inner.right(), inner.top() + 4.0),
    ];
    painter.add(Shape::line(
        curve,
        Stroke::new(2.5, Look::mix(look.identity[2], look.ink, 0.2)),
    ));
}

fn formula(painter: &Painter, look: &Look) {
    let font = type_scale::maths_upright();
    let text = |text: &str| Piece::text(painter, text, font.clone(), look.ink);
    let name =
        |letter: char, index: Option<usize>| Piece::symbol(painter, &symbol(letter, index), 1.0, look.ink);
    let mut pieces = vec![name('z', None), text(" = ")];
    for index in 1..=4 {
        pieces.push(name('w', Some(index)));
        pieces.push(Piece::space(1.0));
        pieces.push(name('x', Some(index)));
        pieces.push(text(" + "));
    }
    pieces.extend([name('b', None), Piece::space(28.0), name('a', None), text(" = ")]);
    pieces.push(Piece::text(painter, "f", type_scale::maths(), look.ink));
    pieces.extend([text("("), name('z', None), text(")")]);
    let row = Piece::row(pieces);
    row.paint(painter, pos2(530.0 - row.width / 2.0, 312.0));
}

fn labels() -> [Label<'static>; 6] {
    [
        Label {
            name: "Inputs",
            words: "what comes in",
            at: (46.0, 20.0),
            to: (102.0, 62.0),
        },
        Label {
            name: "Weights",
            words: "say how much each counts",
            at: (214.0, 30.0),
            to: (213.0, 100.0),
        },
        Label {
            name: "Bias",
            words: "shifts the sum",
            at: (440.0, 70.0),
            to: (368.0, 76.0),
        },
        Label {
            name: "Sum",
            words: "of all products and the bias",
            at: (352.0, 256.0),
            to: (352.0, 228.0),
        },
        Label {
            name: "Activation",
            words: "decides what is passed on",
            at: (540.0, 256.0),
            to: (540.0, 226.0),
        },
        Label {
            name: "Output",
            words: "goes to the next neurons",
            at: (690.0, 118.0),
            to: (706.0, 168.0),
        },
    ]
}
