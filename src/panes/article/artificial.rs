//! The anatomy of an artificial neuron: inputs, weights, bias, sum, activation, output.

use egui::{FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use super::duty::{self, Duty};
use super::label::Label;
use crate::canvas::{Canvas, Description, Item, Part, Place, Stage};
use crate::look::{Look, type_scale};
use egui_figure::fonts;
use neurodial_core::network::{Knob, NeuronAt, Symbol};
use neurodial_core::session::Target;
use crate::widgets::maths::Piece;

/// The figure in words.
pub const DESCRIPTION: &str = "An artificial neuron. Four inputs x1 to x4 on the left are each multiplied \
    by a weight, w1 to w4; the sum of the products and of the bias b is z = w1 x1 + w2 x2 + w3 x3 + w4 x4 + b; the \
    activation function makes of it the output a = f(z), which goes to the next neurons. A row of arrows below says it \
    in the words of the natural neuron: receive, add up, decide and pass on.";
/// The height of the drawing, in points.
pub const HEIGHT: f32 = 392.0;
const SUM: Pos2 = pos2(330.0, 172.0);
const SUM_RADIUS: f32 = 40.0;
const ACTIVATION: Pos2 = pos2(468.0, 172.0);
const BOX: Vec2 = vec2(76.0, 76.0);
const INPUT_X: f32 = 66.0;
const INPUT_YS: [f32; 4] = [86.0, 147.0, 208.0, 269.0];
const INPUT_RADIUS: f32 = 23.0;
/// How thick the weights are drawn: one as good as another.
const WIDTHS: [f32; 4] = [3.8, 2.0, 5.2, 2.8];
/// The middle of the bias's name.
const BIAS: Pos2 = pos2(330.0, 60.0);
/// The middle of the output's name.
const OUTPUT: Pos2 = pos2(598.0, 172.0);
/// The size of symbols, as a part of the usual one: their indices too can be read in a narrow column.
const SYMBOL: f32 = 1.45;
const NEURON: NeuronAt = NeuronAt { layer: 0, neuron: 0 };

/// Draws it.
pub fn artificial_ui(ui: &mut Ui, look: &Look) {
    let mut stage = Stage::of_figure();
    let rect = ui.max_rect();
    let mut canvas = Canvas::new(ui, &mut stage, rect, egui::Id::unique("artificial neuron"));
    for (index, y) in INPUT_YS.into_iter().enumerate() {
        let part = Part::Target(Target::Knob(Knob::weight(0, 0, index)));
        group(
            &mut canvas,
            part,
            format!("weight of input {}", index + 1),
            |painter| {
                weight(painter, look, index, pos2(INPUT_X, y));
            },
        );
    }
    for (index, y) in INPUT_YS.into_iter().enumerate() {
        let part = Part::Target(Target::Input(index));
        group(&mut canvas, part, format!("input {}", index + 1), |painter| {
            let at = pos2(INPUT_X, y);
            let line = Stroke::new(1.6, Duty::Receive.line(look));
            painter.circle(at, INPUT_RADIUS, Duty::Receive.fill(look), line);
            centered(painter, &symbol('x', Some(index + 1)), at, look);
        });
    }
    let bias = Part::Target(Target::Knob(Knob::bias(0, 0)));
    group(&mut canvas, bias, "bias".to_owned(), |painter| {
        centered(painter, &symbol('b', None), BIAS, look);
        arrow(
            painter,
            look,
            BIAS + vec2(0.0, 17.0),
            SUM - vec2(0.0, SUM_RADIUS + 1.5),
        );
    });
    group(
        &mut canvas,
        Part::Neuron(NEURON),
        "neuron".to_owned(),
        |painter| {
            sum(painter, look);
            activation(painter, look);
            arrow(
                painter,
                look,
                pos2(ACTIVATION.x + BOX.x / 2.0 + 1.0, SUM.y),
                OUTPUT - vec2(18.0, 0.0),
            );
            centered(painter, &symbol('a', None), OUTPUT, look);
        },
    );
    let painter = canvas.painter();
    for label in labels() {
        label.paint(painter, look);
    }
    formulas(painter, look);
    duty::row(painter, look, 350.0, [8.0, 238.0, 402.0, 623.0]);
}

/// Draws a part as a group of its own.
fn group(canvas: &mut Canvas<'_>, part: Part, name: String, draw: impl FnOnce(&Painter)) {
    canvas.begin(part);
    draw(canvas.painter());
    let item = Item::new(part, Place::Rect(canvas.rect()));
    canvas.place(item, || Description {
        name,
        ..Description::default()
    });
    canvas.end();
}

fn symbol(letter: char, index: Option<usize>) -> Symbol {
    Symbol {
        letter,
        subscript: index.map(|index| index.to_string()).unwrap_or_default(),
        superscript: None,
    }
}

fn centered(painter: &Painter, symbol: &Symbol, at: Pos2, look: &Look) {
    let piece = Piece::symbol(painter, symbol, SYMBOL, look.ink);
    piece.paint_centered(painter, at.x - piece.width / 2.0, at.y);
}

/// A connection: the thicker, the larger its weight.
fn weight(painter: &Painter, look: &Look, index: usize, from: Pos2) {
    let way = (SUM - from).normalized();
    let ends = [from, SUM - (SUM_RADIUS + 1.0) * way];
    painter.line_segment(ends, Stroke::new(WIDTHS[index], Duty::Receive.color(look)));
    // All at one distance from the sum, so that their names stand in a column.
    let middle = from + ((186.0 - from.x) / way.x) * way;
    let piece = Piece::symbol(painter, &symbol('w', Some(index + 1)), SYMBOL, look.ink);
    let ground = Rect::from_center_size(middle, vec2(piece.width + 10.0, 28.0));
    painter.rect_filled(ground, 6.0, look.card);
    piece.paint_centered(painter, middle.x - piece.width / 2.0, middle.y);
}

fn sum(painter: &Painter, look: &Look) {
    let line = Stroke::new(1.6, Duty::AddUp.line(look));
    painter.circle(SUM, SUM_RADIUS, Duty::AddUp.fill(look), line);
    let font = FontId::new(44.0, fonts::serif());
    let sigma = Piece::text(painter, "Σ", font, look.ink);
    sigma.paint(painter, SUM + vec2(-sigma.width / 2.0, 15.5));
    let ends = [SUM.x + SUM_RADIUS + 1.0, ACTIVATION.x - BOX.x / 2.0 - 1.5];
    arrow(painter, look, pos2(ends[0], SUM.y), pos2(ends[1], SUM.y));
    let z = Piece::symbol(painter, &symbol('z', None), SYMBOL, look.ink);
    let middle = 0.5 * (ends[0] + ends[1]) - 3.0;
    z.paint(painter, pos2(middle - z.width / 2.0, SUM.y - 10.0));
}

fn arrow(painter: &Painter, look: &Look, from: Pos2, to: Pos2) {
    let way = (to - from).normalized();
    let back = to - 10.0 * way;
    painter.line_segment([from, back], Stroke::new(1.8, look.ink));
    let across = 4.6 * way.rot90();
    let head = vec![to, back + across, back - across];
    painter.add(Shape::convex_polygon(head, look.ink, Stroke::NONE));
}

/// A small picture of an activation function.
fn activation(painter: &Painter, look: &Look) {
    let rect = Rect::from_center_size(ACTIVATION, BOX);
    let line = Stroke::new(1.6, Duty::PassOn.line(look));
    painter.rect(rect, 9.0, Duty::PassOn.fill(look), line, StrokeKind::Middle);
    let axis = Stroke::new(1.0, Look::mix(look.axis, look.ink, 0.3));
    let inner = rect.shrink(12.0);
    let zero = inner.bottom() - 7.0;
    painter.hline(inner.x_range(), zero, axis);
    painter.vline(inner.center().x, inner.y_range(), axis);
    let curve = vec![
        pos2(inner.left(), zero),
        pos2(inner.center().x, zero),
        pos2(inner.right(), inner.top() + 6.0),
    ];
    painter.add(Shape::line(curve, Stroke::new(2.8, Duty::PassOn.line(look))));
}

/// What is computed, under the part that computes it.
fn formulas(painter: &Painter, look: &Look) {
    let upright = type_scale::maths_upright();
    let font = FontId::new(SYMBOL * upright.size, upright.family);
    let text = |text: &str| Piece::text(painter, text, font.clone(), look.ink);
    let name =
        |letter: char, index: Option<usize>| Piece::symbol(painter, &symbol(letter, index), SYMBOL, look.ink);
    let mut sum = vec![name('z', None), text(" = ")];
    for index in 1..=4 {
        sum.extend([
            name('w', Some(index)),
            Piece::space(1.0),
            name('x', Some(index)),
            text(" + "),
        ]);
    }
    sum.push(name('b', None));
    let italic = type_scale::maths();
    let italic = FontId::new(SYMBOL * italic.size, italic.family);
    let italic = Piece::text(painter, "f", italic, look.ink);
    let output = vec![
        name('a', None),
        text(" = "),
        italic,
        Piece::space(3.5),
        text("("),
        name('z', None),
        text(")"),
    ];
    for (pieces, middle) in [(sum, 226.0), (output, 522.0)] {
        let row = Piece::row(pieces);
        row.paint(painter, pos2(middle - row.width / 2.0, 330.0));
    }
}

fn labels() -> [Label<'static>; 6] {
    [
        Label {
            name: "Inputs",
            words: "what comes in",
            at: (INPUT_X, 16.0),
            to: Some((INPUT_X, 67.0)),
        },
        Label {
            name: "Weights",
            words: "how much each counts",
            at: (214.0, 38.0),
            to: Some((240.0, 141.0)),
        },
        Label {
            name: "Bias",
            words: "shifts the sum",
            at: (430.0, 50.0),
            to: Some((342.0, 60.0)),
        },
        Label {
            name: "Sum",
            words: "adds them up",
            at: (SUM.x, 246.0),
            to: Some((SUM.x, 204.0)),
        },
        Label {
            name: "Activation",
            words: "decides what goes on",
            at: (ACTIVATION.x + 26.0, 246.0),
            to: Some((ACTIVATION.x, 204.0)),
        },
        Label {
            name: "Output",
            words: "is passed on",
            at: (583.0, 104.0),
            to: Some((OUTPUT.x, 157.0)),
        },
    ]
}
