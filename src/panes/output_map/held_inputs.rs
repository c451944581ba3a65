//! The output that a map shows, and the values of the inputs that are held constant while its two numbers
//! vary.

use egui::{Painter, Pos2};

use crate::panes::PaneContext;
use crate::theme::type_scale;
use crate::widgets::math::MathBox;
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::Adjustable;

/// The height of the line above the plot area, in points.
pub const LINE_HEIGHT: f32 = 15.0;
/// The maximum number of held inputs that are listed with their values; more of them are counted.
const MAX_NAMED: usize = 4;

/// Draws `a₂, where x₃ = 0 and x₄ = 1`, ending at `right` on the baseline, in the longest form that is at
/// most `room` points wide: otherwise only the number of held inputs, or the output alone. Without held
/// inputs the window draws nothing, because the heading is sufficient.
pub fn held_inputs_ui(
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
    let mut pieces = forms.into_iter().flatten();
    let piece = pieces.find_map(|rest| {
        let piece = MathBox::row([output(), rest]);
        (piece.width <= room).then_some(piece)
    });
    let piece = piece.unwrap_or_else(output);
    if piece.width <= room {
        piece.paint(painter, Pos2::new(right.x - piece.width, right.y));
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
    let ink = context.theme.weak_text;
    let text = |text: String| MathBox::text(painter, text, type_scale::small(), ink);
    let mut pieces = Vec::new();
    for (place, &input) in held.iter().enumerate() {
        let before = match place {
            0 => ", where ",
            _ if place + 1 == held.len() => " and ",
            _ => ", ",
        };
        let symbol = context.session.architecture().input_symbol(input);
        let value = context.session.document().inputs[input];
        pieces.push(text(before.to_owned()));
        pieces.push(MathBox::symbol(painter, &symbol, 0.9, ink));
        pieces.push(text(format!(" = {}", context.format_number(value))));
    }
    Some(MathBox::row(pieces))
}

/// Lays out the number of held inputs, or returns `None` if there are none.
fn input_count_text(painter: &Painter, context: &PaneContext<'_>) -> Option<MathBox> {
    let held = held_inputs(context).len();
    let words = match held {
        0 => return None,
        1 => ", the other input as it is".to_owned(),
        _ => format!(", the other {held} inputs as they are"),
    };
    Some(MathBox::text(
        painter,
        words,
        type_scale::small(),
        context.theme.weak_text,
    ))
}
