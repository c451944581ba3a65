//! The anatomy of an artificial neuron: inputs, weights, bias, sum, activation, output.

use egui::{FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use super::duty::{self, Duty};
use super::label::Label;
use crate::canvas::{Canvas, Description, Item, Part, Place, Stage};
use crate::look::{Look, fonts, type_scale};
use crate::network::{Knob, NeuronAt, Symbol};
use crate::session::Target;
use crate::widgets::maths::Piece;

/// The figure in words.
pub const DESCRIPTION: &str = "An artificial neuron. Four inputs x1 to x4 on the left are each multiplied \
    by a weight, w1 to w4; the sum of the products and of the bias b is z = w1 x1 + w2 x2 + w3 x3 + w4 x4 + b; the \
    activation function makes of it the output a = f(z), which goes to the next neurons. A row of arrows below says it \
    in the words of the natural neuron: receive, add up, decide and pass on.";
/// The height of the drawing, in points.
pub const HEIGHT: f32 = 334.0;
const SUM: Pos2 = pos2(300.0, 154.0);
const SUM_RADIUS: f32 = 36.0;
const ACTIVATION: Pos2 = pos2(444.0, 154.0);
const BOX: Vec2 = vec2(72.0, 72.0);
const INPUT_X: f32 = 74.0;
const INPUT_YS: [f32; 4] = [64.0, 124.0, 184.0, 244.0];
const INPUT_RADIUS: f32 = 18.0;
/// How thick the weights are drawn: one as good as another.
const WIDTHS: [f32; 4] = [3.4, 1.7, 4.6, 2.4];
/// The middle of the bias's name.
const BIAS: Pos2 = pos2(300.0, 60.0);
/// The middle of the output's name.
const OUTPUT: Pos2 = pos2(590.0, 154.0);
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
            let line = Stroke::new(1.3, Duty::Receive.line(look));
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
            BIAS + vec2(0.0, 14.0),
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
                OUTPUT - vec2(14.0, 0.0),
            );
            centered(painter, &symbol('a', None), OUTPUT, look);
        },
    );
    let painter = canvas.painter();
    for label in labels() {
        label.paint(painter, look);
    }
    formulas(painter, look);
    duty::row(painter, look, 302.0, [8.0, 222.0, 382.0, 626.0]);
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
    let piece = Piece::symbol(painter, symbol, 1.1, look.ink);
    piece.paint_centered(painter, at.x - piece.width / 2.0, at.y);
}

/// A connection: the thicker, the larger its weight.
fn weight(painter: &Painter, look: &Look, index: usize, from: Pos2) {
    let way = (SUM - from).normalized();
    let ends = [from, SUM - (SUM_RADIUS + 1.0) * way];
    painter.line_segment(ends, Stroke::new(WIDTHS[index], Duty::Receive.color(look)));
    // All at one distance from the sum, so that their names stand in a column.
    let middle = from + ((176.0 - from.x) / way.x) * way;
    let piece = Piece::symbol(painter, &symbol('w', Some(index + 1)), 1.1, look.ink);
    let ground = Rect::from_center_size(middle, vec2(piece.width + 8.0, 22.0));
    painter.rect_filled(ground, 6.0, look.card);
    piece.paint_centered(painter, middle.x - piece.width / 2.0, middle.y);
}

fn sum(painter: &Painter, look: &Look) {
    let line = Stroke::new(1.3, Duty::AddUp.line(look));
    painter.circle(SUM, SUM_RADIUS, Duty::AddUp.fill(look), line);
    let font = FontId::new(34.0, fonts::serif());
    let sigma = Piece::text(painter, "Σ", font, look.ink);
    sigma.paint(painter, SUM + vec2(-sigma.width / 2.0, 12.0));
    let ends = [SUM.x + SUM_RADIUS + 1.0, ACTIVATION.x - BOX.x / 2.0 - 1.5];
    arrow(painter, look, pos2(ends[0], SUM.y), pos2(ends[1], SUM.y));
    let z = Piece::symbol(painter, &symbol('z', None), 1.1, look.ink);
    let middle = 0.5 * (ends[0] + ends[1]) - 3.0;
    z.paint(painter, pos2(middle - z.width / 2.0, SUM.y - 8.0));
}

fn arrow(painter: &Painter, look: &Look, from: Pos2, to: Pos2) {
    let way = (to - from).normalized();
    let back = to - 8.0 * way;
    painter.line_segment([from, back], Stroke::new(1.5, look.ink));
    let across = 3.6 * way.rot90();
    let head = vec![to, back + across, back - across];
    painter.add(Shape::convex_polygon(head, look.ink, Stroke::NONE));
}

/// A small picture of an activation function.
fn activation(painter: &Painter, look: &Look) {
    let rect = Rect::from_center_size(ACTIVATION, BOX);
    let line = Stroke::new(1.3, Duty::PassOn.line(look));
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
    painter.add(Shape::line(curve, Stroke::new(2.4, Duty::PassOn.line(look))));
}

/// What is computed, under the part that computes it.
fn formulas(painter: &Painter, look: &Look) {
    let font = type_scale::maths_upright();
    let text = |text: &str| Piece::text(painter, text, font.clone(), look.ink);
    let name =
        |letter: char, index: Option<usize>| Piece::symbol(painter, &symbol(letter, index), 1.0, look.ink);
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
    let italic = Piece::text(painter, "f", type_scale::maths(), look.ink);
    let output = vec![
        name('a', None),
        text(" = "),
        italic,
        Piece::space(1.5),
        text("("),
        name('z', None),
        text(")"),
    ];
    for (pieces, middle) in [(sum, 292.0), (output, ACTIVATION.x + 40.0)] {
        let row = Piece::row(pieces);
        row.paint(painter, pos2(middle - row.width / 2.0, 278.0));
    }
}

fn labels() -> [Label<'static>; 6] {
    [
        Label {
            name: "Inputs",
            words: "what comes in",
            at: (INPUT_X, 14.0),
            to: Some((INPUT_X, 49.0)),
        },
        Label {
            name: "Weights",
            words: "how much each counts",
            at: (196.0, 42.0),
            to: Some((206.0, 115.5)),
        },
        Label {
            name: "Bias",
            words: "shifts the sum",
            at: (392.0, 52.0),
            to: Some((310.0, 60.0)),
        },
        Label {
            name: "Sum",
            words: "of products and bias",
            at: (SUM.x, 218.0),
            to: Some((SUM.x, 184.0)),
        },
        Label {
            name: "Activation",
            words: "decides what is passed on",
            at: (ACTIVATION.x + 18.0, 218.0),
            to: Some((ACTIVATION.x, 184.0)),
        },
        Label {
            name: "Output",
            words: "goes to the next neurons",
            at: (558.0, 92.0),
            to: Some((OUTPUT.x, 141.0)),
        },
    ]
}
