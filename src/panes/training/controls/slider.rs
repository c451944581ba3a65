//! A hyperparameter as a small slider; it can also be entered as text.

use egui::{FontSelection, Id, Rect, Ui, vec2};

use crate::canvas::{Canvas, Element, ElementInfo, Elements, FocusLinks, Handle, HitShape, Placement};
use crate::panes::context::PaneContext;
use crate::panes::number_entry::field_ui;
use crate::widgets::compact_slider::{self, CompactSliderGeometry, CompactSliderState};
use neurodial_core::session::{Adjustable, Hyperparameter};

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
        canvas.place(placement, || {
            ElementInfo::new(hyperparameter.label(context.messages), text)
        });
        // The field is wider and higher than the number in a list.
        field_ui(&mut canvas, context, target, rect.shrink2(vec2(6.0, 4.0)), font);
        return;
    }
    let state = CompactSliderState {
        name: hyperparameter.short_label(context.messages),
        value: &text,
        fraction: scale.fraction_of(value),
        is_highlighted: canvas.is_highlighted(element),
    };
    compact_slider::paint(canvas.painter(), context.theme, geometry, state, font);
    canvas.place(placement, || ElementInfo {
        numeric_value: Some((value.min(scale.max), range)),
        is_button: true,
        ..ElementInfo::new(hyperparameter.label(context.messages), text.clone())
    });
    canvas.place_again(
        Placement::new(Element::Number(target), HitShape::Rect(geometry.number_rect()))
            .handle(handle.map(Handle::beside_track))
            .rank(1),
    );
    if let Some(response) = canvas.ctx().read_response(id) {
        response.on_hover_text(hyperparameter.tooltip(context.messages));
    }
}
