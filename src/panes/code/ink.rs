//! How the pieces of a line look, in the window and on paper.

use std::ops::Range;

use egui::{Color32, FontId, Painter};

use crate::canvas::Description;
use neurodial_core::code::syntax::{Kind, pieces};
use neurodial_core::code::{Language, Span};
use neurodial_core::network::{NeuronAt, Term};
use crate::panes::Scene;
use neurodial_core::session::Target;

/// From line to line in the usual type, in points.
pub const PITCH: f32 = 18.0;
/// From the text to the left end of a tinted line, in points.
pub const MARGIN: f32 = 6.0;

/// The width of a character.
pub fn advance(painter: &Painter, font: &FontId) -> f32 {
    const COUNT: usize = 20;
    let text = "0".repeat(COUNT);
    let galley = painter.layout_no_wrap(text, font.clone(), Color32::BLACK);
    galley.size().x / COUNT as f32
}

/// The pieces of a line and their colours: numbers by their sign, as everywhere, and the rest quietly.
pub fn fragments(
    scene: &Scene<'_>,
    language: Language,
    text: &str,
    start: usize,
    spans: &[Span],
) -> Vec<(Range<usize>, Color32)> {
    let look = scene.look;
    let mut spans = spans.iter().peekable();
    let mut fragments = Vec::new();
    for (range, kind) in pieces(language, text) {
        let color = match kind {
            Kind::Plain => look.ink,
            Kind::Keyword => look.accent,
            Kind::Comment | Kind::Text => look.ink_soft,
        };
        let mut from = range.start;
        while let Some(span) = spans.next_if(|span| span.range.start - start < range.end) {
            let number = span.range.start - start..span.range.end - start;
            if number.start < from || number.end > range.end {
                continue;
            }
            if from < number.start {
                fragments.push((from..number.start, color));
            }
            from = number.end;
            fragments.push((number, number_color(scene, span.target)));
        }
        if from < range.end {
            fragments.push((from..range.end, color));
        }
    }
    fragments
}

/// What a screen reader, and a figure, says of a number of the program.
pub fn description(scene: &Scene<'_>, target: Target, text: String) -> Description {
    let document = scene.session.document();
    Description {
        name: format!("{}, in the code", target.words(scene.session.blueprint())),
        value: Some(text),
        number: document
            .value(target)
            .map(|value| (value, document.range(target))),
        is_disabled: document.is_locked(target),
        ..Description::default()
    }
}

/// A weight has the colour of its sign.
fn number_color(scene: &Scene<'_>, target: Target) -> Color32 {
    match target {
        Target::Knob(knob) if matches!(knob.term, Term::Weight { .. }) => {
            let value = scene.session.document().value(target).unwrap_or(0.0);
            scene.look.sign(value)
        }
        Target::Knob(_) | Target::Input(_) => scene.look.ink,
    }
}

/// Whether all that can be turned on a line are weights of the selected neuron, and there are some.
pub fn is_of_selected(scene: &Scene<'_>, spans: &[Span]) -> bool {
    let selected = scene.session.view().selected;
    let is_its = |span: &Span| is_weight_of(span.target, selected);
    !spans.is_empty() && spans.iter().all(is_its) && scene.is_selected(selected)
}

/// The ground of such a line.
pub fn selection_tint(scene: &Scene<'_>) -> Color32 {
    scene.look.tint(scene.identity(scene.session.view().selected))
}

fn is_weight_of(target: Target, at: NeuronAt) -> bool {
    let Target::Knob(knob) = target else {
        return false;
    };
    matches!(knob.term, Term::Weight { .. }) && (knob.layer, knob.neuron) == (at.layer, at.neuron)
}
