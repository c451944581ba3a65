//! The anatomy of an artificial neuron: inputs, weights, bias, sum, activation, output.

use egui::{FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use super::labels::{Callout, arrow_ui, role_row_ui, symbol};
use crate::canvas::{Canvas, Element, ElementInfo, Elements, HitShape, Placement};
use crate::panes::cell::drawing::LabelRole;
use crate::theme::{ColorTheme, type_scale};
use crate::widgets::math::MathBox;
use egui_figure::fonts;
use neurodial_core::network::{Knob, MathSymbol, NeuronAddress};
use neurodial_core::session::Adjustable;
use neurodial_core::text::Messages;

/// The height of the drawing, in points.
pub(crate) const HEIGHT: f32 = 392.0;
const SUM_CENTER: Pos2 = pos2(330.0, 172.0);
const SUM_RADIUS: f32 = 40.0;
const ACTIVATION_CENTER: Pos2 = pos2(468.0, 172.0);
const BOX_SIZE: Vec2 = vec2(76.0, 76.0);
const INPUT_X: f32 = 66.0;
const INPUT_YS: [f32; 4] = [86.0, 147.0, 208.0, 269.0];
const INPUT_RADIUS: f32 = 23.0;
/// The line widths of the weights, in points, chosen for their appearance only.
const WEIGHT_LINE_WIDTHS: [f32; 4] = [3.8, 2.0, 5.2, 2.8];
/// The center of the bias's symbol.
const BIAS_CENTER: Pos2 = pos2(330.0, 60.0);
/// The center of the output's symbol.
const OUTPUT_CENTER: Pos2 = pos2(598.0, 172.0);
/// The scale of symbols relative to the default size, so that their indices can be read in a narrow column
/// too.
const SYMBOL_SCALE: f32 = 1.45;
const NEURON: NeuronAddress = NeuronAddress { layer: 0, neuron: 0 };

pub(crate) fn artificial_neuron_ui(ui: &mut Ui, theme: &ColorTheme, messages: Messages) {
    let mut elements = Elements::for_figure();
    let rect = ui.max_rect();
    let mut canvas = Canvas::new(ui, &mut elements, rect, egui::Id::unique("artificial_neuron"));
    for (index, y) in INPUT_YS.into_iter().enumerate() {
        let element = Element::Adjustable(Adjustable::Knob(Knob::weight(0, 0, index)));
        group_ui(
            &mut canvas,
            element,
            messages.article_weight_of(messages.input_number(index + 1)),
            |painter| {
                weight_ui(painter, theme, index, pos2(INPUT_X, y));
            },
        );
    }
    for (index, y) in INPUT_YS.into_iter().enumerate() {
        let element = Element::Adjustable(Adjustable::Input(index));
        group_ui(
            &mut canvas,
            element,
            messages.input_number(index + 1),
            |painter| {
                let at = pos2(INPUT_X, y);
                let line = Stroke::new(1.6, LabelRole::Receive.outline_color(theme));
                painter.circle(at, INPUT_RADIUS, LabelRole::Receive.fill_color(theme), line);
                centered_symbol_ui(painter, &symbol('x', Some(index + 1)), at, theme);
            },
        );
    }
    let bias = Element::Adjustable(Adjustable::Knob(Knob::bias(0, 0)));
    group_ui(&mut canvas, bias, messages.knob_bias().to_owned(), |painter| {
        centered_symbol_ui(painter, &symbol('b', None), BIAS_CENTER, theme);
        signal_arrow_ui(
            painter,
            theme,
            BIAS_CENTER + vec2(0.0, 17.0),
            SUM_CENTER - vec2(0.0, SUM_RADIUS + 1.5),
        );
    });
    group_ui(
        &mut canvas,
        Element::Neuron(NEURON),
        messages.article_neuron().to_owned(),
        |painter| {
            sum_ui(painter, theme);
            activation_ui(painter, theme);
            signal_arrow_ui(
                painter,
                theme,
                pos2(ACTIVATION_CENTER.x + BOX_SIZE.x / 2.0 + 1.0, SUM_CENTER.y),
                OUTPUT_CENTER - vec2(18.0, 0.0),
            );
            centered_symbol_ui(painter, &symbol('a', None), OUTPUT_CENTER, theme);
        },
    );
    let painter = canvas.painter();
    for label in callouts(messages) {
        label.paint(painter, theme);
    }
    formulas_ui(painter, theme);
    let roles = [
        messages.article_receive(),
        messages.article_add_up(),
        messages.article_pass_on(),
    ];
    role_row_ui(painter, theme, roles, 350.0, [8.0, 238.0, 402.0, 623.0]);
}

/// Draws a part as its own group.
fn group_ui(canvas: &mut Canvas<'_>, element: Element, name: String, draw: impl FnOnce(&Painter)) {
    canvas.begin_element(element);
    draw(canvas.painter());
    let item = Placement::new(element, HitShape::Rect(canvas.rect()));
    canvas.place(item, || ElementInfo {
        name,
        ..ElementInfo::default()
    });
    canvas.end_element();
}

fn centered_symbol_ui(painter: &Painter, symbol: &MathSymbol, at: Pos2, theme: &ColorTheme) {
    let math_box = MathBox::symbol(painter, symbol, SYMBOL_SCALE, theme.text);
    math_box.paint_centered(painter, at.x - math_box.width / 2.0, at.y);
}

/// Draws a connection whose width shows the size of its weight.
fn weight_ui(painter: &Painter, theme: &ColorTheme, index: usize, from: Pos2) {
    let direction = (SUM_CENTER - from).normalized();
    let ends = [from, SUM_CENTER - (SUM_RADIUS + 1.0) * direction];
    painter.line_segment(
        ends,
        Stroke::new(WEIGHT_LINE_WIDTHS[index], LabelRole::Receive.color(theme)),
    );
    // All symbols have the same distance from the sum, so that they are aligned in a column.
    let middle = from + ((186.0 - from.x) / direction.x) * direction;
    let math_box = MathBox::symbol(painter, &symbol('w', Some(index + 1)), SYMBOL_SCALE, theme.text);
    let background = Rect::from_center_size(middle, vec2(math_box.width + 10.0, 28.0));
    painter.rect_filled(background, 6.0, theme.card);
    math_box.paint_centered(painter, middle.x - math_box.width / 2.0, middle.y);
}

fn sum_ui(painter: &Painter, theme: &ColorTheme) {
    let line = Stroke::new(1.6, LabelRole::AddUp.outline_color(theme));
    painter.circle(SUM_CENTER, SUM_RADIUS, LabelRole::AddUp.fill_color(theme), line);
    let font = FontId::new(44.0, fonts::serif());
    let sigma = MathBox::text(painter, "Σ", font, theme.text);
    sigma.paint(painter, SUM_CENTER + vec2(-sigma.width / 2.0, 15.5));
    let ends = [
        SUM_CENTER.x + SUM_RADIUS + 1.0,
        ACTIVATION_CENTER.x - BOX_SIZE.x / 2.0 - 1.5,
    ];
    signal_arrow_ui(
        painter,
        theme,
        pos2(ends[0], SUM_CENTER.y),
        pos2(ends[1], SUM_CENTER.y),
    );
    let z = MathBox::symbol(painter, &symbol('z', None), SYMBOL_SCALE, theme.text);
    let middle = 0.5 * (ends[0] + ends[1]) - 3.0;
    z.paint(painter, pos2(middle - z.width / 2.0, SUM_CENTER.y - 10.0));
}

fn signal_arrow_ui(painter: &Painter, theme: &ColorTheme, from: Pos2, to: Pos2) {
    arrow_ui(painter, [from, to], Stroke::new(1.8, theme.text), vec2(10.0, 4.6));
}

/// Draws the activation function as a small plot.
fn activation_ui(painter: &Painter, theme: &ColorTheme) {
    let rect = Rect::from_center_size(ACTIVATION_CENTER, BOX_SIZE);
    let line = Stroke::new(1.6, LabelRole::PassOn.outline_color(theme));
    painter.rect(
        rect,
        9.0,
        LabelRole::PassOn.fill_color(theme),
        line,
        StrokeKind::Middle,
    );
    let axis = Stroke::new(1.0, ColorTheme::mix(theme.axis, theme.text, 0.3));
    let inner = rect.shrink(12.0);
    let zero = inner.bottom() - 7.0;
    painter.hline(inner.x_range(), zero, axis);
    painter.vline(inner.center().x, inner.y_range(), axis);
    let curve = vec![
        pos2(inner.left(), zero),
        pos2(inner.center().x, zero),
        pos2(inner.right(), inner.top() + 6.0),
    ];
    painter.add(Shape::line(
        curve,
        Stroke::new(2.8, LabelRole::PassOn.outline_color(theme)),
    ));
}

/// Draws the formulas below the parts that compute them.
fn formulas_ui(painter: &Painter, theme: &ColorTheme) {
    let upright = type_scale::math_upright();
    let font = FontId::new(SYMBOL_SCALE * upright.size, upright.family);
    let text = |text: &str| MathBox::text(painter, text, font.clone(), theme.text);
    let name = |letter: char, index: Option<usize>| {
        MathBox::symbol(painter, &symbol(letter, index), SYMBOL_SCALE, theme.text)
    };
    let mut sum = vec![name('z', None), text(" = ")];
    for index in 1..=4 {
        sum.extend([
            name('w', Some(index)),
            MathBox::space(1.0),
            name('x', Some(index)),
            text(" + "),
        ]);
    }
    sum.push(name('b', None));
    let italic = type_scale::math();
    let italic = FontId::new(SYMBOL_SCALE * italic.size, italic.family);
    let italic = MathBox::text(painter, "f", italic, theme.text);
    let output = vec![
        name('a', None),
        text(" = "),
        italic,
        MathBox::space(3.5),
        text("("),
        name('z', None),
        text(")"),
    ];
    for (boxes, middle) in [(sum, 226.0), (output, 522.0)] {
        let row = MathBox::row(boxes);
        row.paint(painter, pos2(middle - row.width / 2.0, 330.0));
    }
}

fn callouts(messages: Messages) -> [Callout; 6] {
    [
        Callout {
            name: messages.article_inputs(),
            detail: messages.article_inputs_detail(),
            name_center: (INPUT_X, 16.0),
            line_end: Some((INPUT_X, 67.0)),
        },
        Callout {
            name: messages.article_weights(),
            detail: messages.article_weights_detail(),
            name_center: (214.0, 38.0),
            line_end: Some((240.0, 141.0)),
        },
        Callout {
            name: messages.article_bias(),
            detail: messages.article_bias_detail(),
            name_center: (430.0, 50.0),
            line_end: Some((342.0, 60.0)),
        },
        Callout {
            name: messages.article_sum(),
            detail: messages.article_sum_detail(),
            name_center: (SUM_CENTER.x, 246.0),
            line_end: Some((SUM_CENTER.x, 204.0)),
        },
        Callout {
            name: messages.article_activation(),
            detail: messages.article_activation_detail(),
            name_center: (ACTIVATION_CENTER.x + 32.0, 246.0),
            line_end: Some((ACTIVATION_CENTER.x, 204.0)),
        },
        Callout {
            name: messages.article_output_part(),
            detail: messages.article_output_part_detail(),
            name_center: (583.0, 104.0),
            line_end: Some((OUTPUT_CENTER.x, 157.0)),
        },
    ]
}
