//! What a map is of, and at which inputs the others are held while its two numbers vary.

use egui::{Painter, Pos2};

use crate::look::type_scale;
use neurodial_core::network::NeuronAddress;
use crate::panes::PaneContext;
use neurodial_core::session::Adjustable;
use crate::widgets::maths::MathBox;

/// The height of the line over the plane, in points.
pub const LINE_HEIGHT: f32 = 15.0;
/// More held inputs than this are told by their number alone.
const MAX_NAMED: usize = 4;

/// `a₂, where x₃ = 0 and x₄ = 1`, ending at `right` on the base line, in the longest form that is at most `room` points
/// wide: else only how many inputs are held, else the output alone. With nothing held a window says all in its heading.
pub fn held_inputs_ui(painter: &Painter, context: &PaneContext<'_>, at: NeuronAddress, right: Pos2, room: f32) {
    let forms = [inputs_with_values(painter, context), input_count_text(painter, context)];
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

/// The inputs that the map is not over; those that are computed follow the others.
fn held_inputs(context: &PaneContext<'_>) -> Vec<usize> {
    let over = context.session.view().map_axes;
    let features = context.session.document().features();
    let inputs = 0..context.session.architecture().input_count();
    inputs
        .filter(|&input| !over.contains(&Adjustable::Input(input)) && features.feature(input).is_none())
        .collect()
}

/// Each held input with its value, if they are few.
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

/// How many inputs are held.
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
