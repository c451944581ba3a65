//! A number that can be dragged, and edited after a click.

use egui::{Align2, FontId, Rect, vec2};

use crate::canvas::{Canvas, Element, ElementInfo, Handle, HitShape, Placement};
use crate::theme::type_scale;
use crate::widgets::number_field::{FieldOutcome, value_field_ui};
use neurodial_core::session::{Adjustable, Edit};
use neurodial_core::text::{FieldDraft, Localized as _};

use super::context::PaneContext;

/// Draws the value of a knob or an input in `rect`, or the text field while it is edited.
///
/// A click opens the text field, and dragging up or down changes the value. A typed value is applied when the
/// pass ends; invalid text stays in the field, with the reason below it.
pub(crate) fn number_entry_ui(
    canvas: &mut Canvas<'_>,
    context: &mut PaneContext<'_>,
    target: Adjustable,
    rect: Rect,
    font: FontId,
    align: Align2,
) {
    let value = context.session.document().value(target).unwrap_or(0.0);
    let id = canvas.id();
    if canvas.elements().is_editing(id, target) {
        field_ui(canvas, context, target, rect, font);
        return;
    }
    let element = Element::Number(target);
    let theme = context.theme;
    let text = match target {
        Adjustable::Hyperparameter(_) => context.format_number(value),
        Adjustable::Knob(_) | Adjustable::Input(_) => context.format_adjustable(value),
    };
    let is_highlighted = canvas.is_highlighted(element) || context.session.view().highlighted == Some(target);
    let color = if context.session.document().is_locked(target) {
        theme.weak_text
    } else {
        theme.text
    };
    let painter = canvas.painter();
    let mut galley = painter.layout_no_wrap(text.clone(), font.clone(), color);
    if galley.size().x > rect.width() {
        // Shrink a long number instead of cutting it off.
        let min_size = match context.is_presented {
            true => type_scale::small().size.min(font.size),
            false => 0.5 * font.size,
        };
        let scale = (rect.width() / galley.size().x).max(min_size / font.size);
        let smaller = FontId::new(font.size * scale, font.family);
        galley = painter.layout_no_wrap(text, smaller, color);
    }
    let at = align.align_size_within_rect(galley.size(), rect.shrink2(vec2(2.0, 0.0)));
    if is_highlighted && context.is_presented {
        let background = at.expand2(vec2(4.0, 0.0));
        painter.rect_filled(background, 4.0, context.highlight_color(target));
    } else if is_highlighted {
        painter.hline(
            at.x_range(),
            at.bottom() + 1.0,
            egui::Stroke::new(1.0, theme.track_edge),
        );
    }
    painter.galley(at.min, galley, color);
    let handle = Handle::vertical_drag(target, context.session.document().range(target));
    let item = Placement::new(element, HitShape::Rect(rect))
        .handle(Some(handle))
        .rank(2);
    let architecture = context.session.architecture();
    canvas.place(item, || ElementInfo {
        name: context
            .messages
            .value_of(target.describe_in(architecture, context.messages)),
        value: Some(neurodial_core::text::format_fixed(
            value,
            context.session.view().decimals,
        )),
        is_button: true,
        ..ElementInfo::default()
    });
}

/// Draws the text field in which the value of an adjustable is edited.
pub(super) fn field_ui(
    canvas: &mut Canvas<'_>,
    context: &mut PaneContext<'_>,
    target: Adjustable,
    rect: Rect,
    font: FontId,
) {
    let Some(mut editing) = canvas.elements().number_edit.take() else {
        return;
    };
    let field_id = editing.field_id();
    let architecture = context.session.architecture();
    let name = context
        .messages
        .new_value_of(target.describe_in(architecture, context.messages));
    let field = rect.expand2(vec2(6.0, 1.0));
    let document = context.session.document();
    let read = |draft: &FieldDraft| Edit::from_entry(document, target, &draft.text);
    let messages = context.messages;
    let error = |draft: &FieldDraft| {
        let error = read(draft).err().filter(|_| !draft.is_sign_only());
        error.map(|error| error.message(messages))
    };
    let problem = error(&editing.draft);
    let (position, label) = ((field, field_id), (name.as_str(), font));
    match value_field_ui(
        canvas.ui(),
        position,
        label,
        &mut editing.draft,
        problem,
        |draft| read(draft).ok(),
    ) {
        FieldOutcome::Pending => {
            if let Some(reason) = error(&editing.draft) {
                reason_ui(canvas, context, field, &reason);
                canvas.elements().number_error = Some(reason);
            }
            editing.field_rect = Some(field);
            canvas.elements().number_edit = Some(editing);
        }
        FieldOutcome::Ended {
            value: edit,
            returns_focus,
        } => {
            context.actions.extend(edit.map(Into::into));
            if returns_focus {
                canvas.elements().next_focus_request = editing.return_focus;
            }
        }
    }
}

fn reason_ui(canvas: &mut Canvas<'_>, context: &PaneContext<'_>, field: Rect, reason: &str) {
    let theme = context.theme;
    let painter = canvas.ctx().layer_painter(egui::LayerId::new(
        egui::Order::Tooltip,
        egui::Id::unique("reason"),
    ));
    let galley = painter.layout(reason.to_owned(), type_scale::small(), theme.warning, 240.0);
    let screen = canvas.ctx().content_rect();
    let left = field.left().min(screen.right() - galley.size().x - 16.0);
    let at = Rect::from_min_size(
        egui::pos2(left, field.bottom() + 4.0),
        galley.size() + vec2(12.0, 8.0),
    );
    let stroke = egui::Stroke::new(1.0, theme.border);
    painter.rect(at, 5.0, theme.card_raised, stroke, egui::StrokeKind::Outside);
    painter.galley(at.min + vec2(6.0, 4.0), galley, theme.warning);
}
