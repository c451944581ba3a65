//! What a map is of, and at which inputs the others are held while its two numbers vary.

use egui::{Painter, Pos2};

use crate::look::type_scale;
use neurodial_core::network::NeuronAt;
use crate::panes::Scene;
use neurodial_core::session::Target;
use crate::widgets::maths::Piece;

/// The height of the line over the plane, in points.
pub const LINE: f32 = 15.0;
/// More held inputs than this are told by their number alone.
const MOST_NAMED: usize = 4;

/// `a₂, where x₃ = 0 and x₄ = 1`, ending at `right` on the base line, in the longest form that is at most `room` points
/// wide: else only how many inputs are held, else the output alone. With nothing held a window says all in its heading.
pub fn held_ui(painter: &Painter, scene: &Scene<'_>, at: NeuronAt, right: Pos2, room: f32) {
    let forms = [named(painter, scene), counted(painter, scene)];
    let has_held = !held(scene).is_empty();
    if scene.paper.is_none() && !has_held {
        return;
    }
    let output = || {
        let symbol = scene.session.blueprint().a_symbol(at);
        Piece::symbol(painter, &symbol, 0.9, scene.identity(at))
    };
    let mut pieces = forms.into_iter().flatten();
    let piece = pieces.find_map(|rest| {
        let piece = Piece::row([output(), rest]);
        (piece.width <= room).then_some(piece)
    });
    let piece = piece.unwrap_or_else(output);
    if piece.width <= room {
        piece.paint(painter, Pos2::new(right.x - piece.width, right.y));
    }
}

/// The inputs that the map is not over; those that are computed follow the others.
fn held(scene: &Scene<'_>) -> Vec<usize> {
    let over = scene.session.view().map_over;
    let features = scene.session.document().features();
    let inputs = 0..scene.session.blueprint().inputs();
    inputs
        .filter(|&input| !over.contains(&Target::Input(input)) && features.feature(input).is_none())
        .collect()
}

/// Each held input with its value, if they are few.
fn named(painter: &Painter, scene: &Scene<'_>) -> Option<Piece> {
    let held = held(scene);
    if !(1..=MOST_NAMED).contains(&held.len()) {
        return None;
    }
    let ink = scene.look.ink_soft;
    let text = |text: String| Piece::text(painter, text, type_scale::small(), ink);
    let mut pieces = Vec::new();
    for (place, &input) in held.iter().enumerate() {
        let before = match place {
            0 => ", where ",
            _ if place + 1 == held.len() => " and ",
            _ => ", ",
        };
        let symbol = scene.session.blueprint().input_symbol(input);
        let value = scene.session.document().inputs[input];
        pieces.push(text(before.to_owned()));
        pieces.push(Piece::symbol(painter, &symbol, 0.9, ink));
        pieces.push(text(format!(" = {}", scene.number(value))));
    }
    Some(Piece::row(pieces))
}

/// How many inputs are held.
fn counted(painter: &Painter, scene: &Scene<'_>) -> Option<Piece> {
    let held = held(scene).len();
    let words = match held {
        0 => return None,
        1 => ", the other input as it is".to_owned(),
        _ => format!(", the other {held} inputs as they are"),
    };
    Some(Piece::text(
        painter,
        words,
        type_scale::small(),
        scene.look.ink_soft,
    ))
}
