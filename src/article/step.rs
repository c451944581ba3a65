//! The step function as textbooks draw it: two pieces, with a filled dot at the jump for the value that it
//! has there and an open ring for the value that it does not have.

use egui::{Align2, Painter, Pos2, Stroke, Ui, pos2, vec2};

use super::labels::{arrow_ui, symbol};
use crate::canvas::{Canvas, Element, ElementInfo, Elements, HitShape, Placement};
use crate::theme::{ColorTheme, type_scale};
use crate::widgets::math::MathBox;
use neurodial_core::network::NeuronAddress;
use neurodial_core::text::Messages;

/// The width and the height of the drawing, in points.
pub(crate) const SIZE: [f32; 2] = [320.0, 152.0];
/// The origin of both axes.
const ORIGIN: Pos2 = pos2(156.0, 120.0);
/// The height of 1 above 0, in points.
const UNIT: f32 = 76.0;
/// The lengths of the axes from the origin: left, right, up, down, in points.
const AXIS_LENGTHS: [f32; 4] = [142.0, 144.0, 108.0, 26.0];
/// The radius of the dot and of the ring, in points.
const DOT_RADIUS: f32 = 4.6;
/// The width of the function's line, in points.
const LINE_WIDTH: f32 = 2.6;

pub(crate) fn step_ui(ui: &mut Ui, theme: &ColorTheme, messages: Messages) {
    let mut elements = Elements::for_figure();
    let rect = ui.max_rect();
    axes_ui(ui.painter(), theme);
    let mut canvas = Canvas::new(ui, &mut elements, rect, egui::Id::unique("step"));
    let element = Element::Curve(NeuronAddress { layer: 0, neuron: 0 });
    canvas.begin_element(element);
    pieces_ui(canvas.painter(), theme);
    canvas.place(Placement::new(element, HitShape::Rect(rect)), || {
        ElementInfo::new(messages.article_step(), messages.article_step_values())
    });
    canvas.end_element();
    labels_ui(canvas.painter(), theme, messages);
}

/// Returns the y coordinate of the function's upper piece.
fn upper_y() -> f32 {
    ORIGIN.y - UNIT
}

fn axes_ui(painter: &Painter, theme: &ColorTheme) {
    let [left, right, up, down] = AXIS_LENGTHS;
    let ends = [
        (ORIGIN - vec2(left, 0.0), ORIGIN + vec2(right, 0.0)),
        (ORIGIN + vec2(0.0, down), ORIGIN - vec2(0.0, up)),
    ];
    for (from, to) in ends {
        arrow_ui(painter, [from, to], Stroke::new(1.0, theme.axis), vec2(7.0, 3.0));
    }
    let name = |letter: char| MathBox::symbol(painter, &symbol(letter, None), 1.0, theme.text);
    let x = name('x');
    x.paint(painter, ORIGIN + vec2(right - x.width - 2.0, 18.0));
    let upright = |text: &str| MathBox::text(painter, text, type_scale::math_upright(), theme.text);
    let y = MathBox::row([upright("step("), name('x'), upright(")")]);
    y.paint(painter, ORIGIN + vec2(10.0, 10.0 - up));
    let number = |text: &str, at: Pos2| {
        painter.text(at, Align2::RIGHT_CENTER, text, type_scale::body(), theme.text);
    };
    number("1", pos2(ORIGIN.x - DOT_RADIUS - 6.0, upper_y()));
    number("0", ORIGIN + vec2(-6.0, 12.0));
}

fn pieces_ui(painter: &Painter, theme: &ColorTheme) {
    let stroke = Stroke::new(LINE_WIDTH, theme.neuron_colors[0]);
    let [left, right, ..] = AXIS_LENGTHS;
    painter.line_segment([ORIGIN - vec2(left, 0.0), ORIGIN], stroke);
    painter.line_segment(
        [
            pos2(ORIGIN.x, upper_y()),
            pos2(ORIGIN.x + right - 10.0, upper_y()),
        ],
        stroke,
    );
    painter.circle_filled(ORIGIN, DOT_RADIUS, stroke.color);
    let ring = Stroke::new(1.8, stroke.color);
    painter.circle(
        pos2(ORIGIN.x, upper_y()),
        DOT_RADIUS - ring.width,
        theme.card,
        ring,
    );
}

/// Draws the formulas of the two pieces beside them.
fn labels_ui(painter: &Painter, theme: &ColorTheme, messages: Messages) {
    let [left, right, ..] = AXIS_LENGTHS;
    let upright = |text: &str| MathBox::text(painter, text, type_scale::math_upright(), theme.text);
    let formula = |text: &str| match text.split_once('x') {
        Some((before, after)) => MathBox::row([
            upright(before),
            MathBox::symbol(painter, &symbol('x', None), 1.0, theme.text),
            upright(after),
        ]),
        None => upright(text),
    };
    let low = formula(messages.article_step_low());
    let low_middle = ORIGIN.x - 0.5 * (left + 8.0);
    low.paint(painter, pos2(low_middle - low.width / 2.0, ORIGIN.y - 12.0));
    let high = formula(messages.article_step_high());
    let high_middle = ORIGIN.x + 0.5 * right;
    high.paint(painter, pos2(high_middle - high.width / 2.0, upper_y() + 24.0));
}
