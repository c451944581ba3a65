//! A hyperparameter as a small slider; it can also be entered as text.

use egui::{FontSelection, Id, Rect, Ui, vec2};

use crate::canvas::{Canvas, Element, ElementInfo, Elements, FocusLinks, Handle, HitShape, Placement};
use crate::panes::context::PaneContext;
use crate::panes::number_entry::field_ui;
use crate::widgets::compact_slider::{self, CompactSliderGeometry, CompactSliderState};
use neurodial_core::session::{Adjustable, Hyperparameter};

/// Returns the short name in front of the value.
const fn short_name(hyperparameter: Hyperparameter) -> &'static str {
    match hyperparameter {
        Hyperparameter::Samples => "points",
        Hyperparameter::Noise => "noise",
        Hyperparameter::TestFraction => "test",
        Hyperparameter::Seed => "seed",
        Hyperparameter::LearningRate => "rate",
        Hyperparameter::BatchSize => "batch",
        Hyperparameter::Epochs => "epochs",
        Hyperparameter::L1 => "L1",
        Hyperparameter::L2 => "L2",
    }
}

/// Returns a description for the tooltip.
const fn hint(hyperparameter: Hyperparameter) -> &'static str {
    match hyperparameter {
        Hyperparameter::Samples => "How many points are made",
        Hyperparameter::Noise => "How far points are off, as a standard deviation",
        Hyperparameter::TestFraction => "The part of the samples that is held out for testing",
        Hyperparameter::Seed => {
            "Makes the data, holds samples out, and orders them; the same seed, the same run"
        }
        Hyperparameter::LearningRate => "Learning rate: how far a step goes",
        Hyperparameter::BatchSize => "The samples of a step",
        Hyperparameter::Epochs => "How often every sample is seen before training ends",
        Hyperparameter::L1 => "L1 regularisation: what the size of every weight costs",
        Hyperparameter::L2 => "L2 regularisation: what the square of every weight costs",
    }
}

/// Draws a hyperparameter into `rect`: its slider with the number above the track, or the text field while it
/// is entered.
pub(crate) fn slider_ui(
    ui: &mut Ui,
    context: &mut PaneContext<'_>,
    elements: &mut Elements,
    hyperparameter: Hyperparameter,
    rect: Rect,
) {
    let id = Id::unique(("setting", hyperparameter));
    let target = Adjustable::Hyperparameter(hyperparameter);
    let element = Element::Adjustable(target);
    let document = context.session.document();
    let Some(value) = document.value(target) else {
        return;
    };
    let (text, scale, range) = (
        document.entry_text(target),
        document.slider_scale(target),
        document.range(target),
    );
    let font = FontSelection::Default.resolve(ui.style());
    let mut canvas = Canvas::new(ui, elements, rect, id);
    let is_edited = canvas.elements().is_editing(id, target);
    let geometry = CompactSliderGeometry::from_rect(rect);
    let handle = (!is_edited).then(|| Handle::track(target, geometry.from, geometry.to, scale, value));
    let placement = Placement::new(element, HitShape::Rect(rect))
        .handle(handle)
        .focusable(FocusLinks::default());
    if is_edited {
        canvas.place(placement, || ElementInfo::new(hyperparameter.name(), text));
        // The field is wider and higher than the number in a list.
        field_ui(&mut canvas, context, target, rect.shrink2(vec2(6.0, 4.0)), font);
        return;
    }
    let state = CompactSliderState {
        name: short_name(hyperparameter),
        value: &text,
        fraction: scale.fraction_of(value),
        is_highlighted: canvas.is_highlighted(element),
    };
    compact_slider::paint(canvas.painter(), context.theme, geometry, state, font);
    canvas.place(placement, || ElementInfo {
        numeric_value: Some((value.min(scale.max), range)),
        is_button: true,
        ..ElementInfo::new(hyperparameter.name(), text.clone())
    });
    canvas.place_again(
        Placement::new(Element::Number(target), HitShape::Rect(geometry.number_rect()))
            .handle(handle.map(Handle::beside_track))
            .rank(1),
    );
    if let Some(response) = canvas.ctx().read_response(id) {
        response.on_hover_text(hint(hyperparameter));
    }
}
