//! The output that a map shows, and the values of the inputs that are held constant while its two numbers
//! vary.

use egui::{Painter, Pos2};

use crate::panes::context::PaneContext;
use crate::theme::type_scale;
use crate::widgets::math::MathBox;
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::Adjustable;

/// The height of the line above the plot area, in points.
pub(crate) const LINE_HEIGHT: f32 = 15.0;
/// The maximum number of held inputs that are listed with their values; more of them are counted.
const MAX_NAMED: usize = 4;

/// Draws `a₂, where x₃ = 0 and x₄ = 1`, ending at `right` on the baseline, in the longest form that is at
/// most `room` points wide: otherwise only the number of held inputs, or the output alone. Without held
/// inputs the window draws nothing, because the heading is sufficient.
pub(crate) fn held_inputs_ui(
    painter: &Painter,
    context: &PaneContext<'_>,
    at: NeuronAddress,
    right: Pos2,
    room: f32,
) {
    let forms = [
        inputs_with_values(painter, context),
        input_count_text(painter, context),
    ];
    let has_held = !held_inputs(context).is_empty();
    if context.options.is_none() && !has_held {
        return;
    }
    let output = || {
        let symbol = context.session.architecture().a_symbol(at);
        MathBox::symbol(painter, &symbol, 0.9, context.neuron_color(at))
    };
    let mut boxes = forms.into_iter().flatten();
    let math_box = boxes.find_map(|values| {
        let math_box = MathBox::row([output(), values]);
        (math_box.width <= room).then_some(math_box)
    });
    let math_box = math_box.unwrap_or_else(output);
    if math_box.width <= room {
        math_box.paint(painter, Pos2::new(right.x - math_box.width, right.y));
    }
}

/// Returns the inputs that the map is not over. Computed inputs are not among them, because they follow the
/// others.
fn held_inputs(context: &PaneContext<'_>) -> Vec<usize> {
    let over = context.session.view().map_axes;
    let features = context.session.document().features();
    let inputs = 0..context.session.architecture().input_count();
    inputs
        .filter(|&input| !over.contains(&Adjustable::Input(input)) && features.feature(input).is_none())
        .collect()
}

/// Lays out each held input with its value, or returns `None` if there are none or too many.
fn inputs_with_values(painter: &Painter, context: &PaneContext<'_>) -> Option<MathBox> {
    let held = held_inputs(context);
    if !(1..=MAX_NAMED).contains(&held.len()) {
        return None;
    }
    let color = context.theme.weak_text;
    let text = |text: String| MathBox::text(painter, text, type_scale::small(), color);
    let mut boxes = Vec::new();
    for (position, &input) in held.iter().enumerate() {
        let before = match position {
            0 => ", where ",
            _ if position + 1 == held.len() => " and ",
            _ => ", ",
        };
        let symbol = context.session.architecture().input_symbol(input);
        let value = context.session.document().inputs[input];
        boxes.push(text(before.to_owned()));
        boxes.push(MathBox::symbol(painter, &symbol, 0.9, color));
        boxes.push(text(format!(" = {}", context.format_number(value))));
    }
    Some(MathBox::row(boxes))
}

/// Lays out the number of held inputs, or returns `None` if there are none.
fn input_count_text(painter: &Painter, context: &PaneContext<'_>) -> Option<MathBox> {
    let held = held_inputs(context).len();
    let text = match held {
        0 => return None,
        1 => ", the other input as it is".to_owned(),
        _ => format!(", the other {held} inputs as they are"),
    };
    Some(MathBox::text(
        painter,
        text,
        type_scale::small(),
        context.theme.weak_text,
    ))
}
