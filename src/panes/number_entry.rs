//! A number in place: shown, dragged, and typed on a click.

use egui::{Align2, FontId, Rect, vec2};

use crate::canvas::{Canvas, Description, Grip, Item, Part, Place};
use neurodial_core::session::{Action, Target};
use crate::widgets::number_field::{Typed, number_field};

use super::Scene;

/// Shows a target's number in `rect`, or the field in which it is being typed.
///
/// A click opens the field and a drag up or down turns it. What is typed is applied when the pass ends; what is
/// no number stays in the field, with the reason under it.
pub fn number_entry(
    canvas: &mut Canvas<'_>,
    scene: &mut Scene<'_>,
    target: Target,
    rect: Rect,
    font: FontId,
    align: Align2,
) {
    let value = scene.session.document().value(target).unwrap_or(0.0);
    let id = canvas.id();
    if canvas.stage().is_editing(id, target) {
        field_ui(canvas, scene, target, rect, font);
        return;
    }
    let part = Part::Number(target);
    let look = scene.look;
    let text = scene.number(value);
    let is_lit = canvas.is_lit(part) || scene.session.view().held == Some(target);
    let color = if scene.session.document().is_locked(target) {
        look.ink_soft
    } else {
        look.ink
    };
    let painter = canvas.painter();
    let mut galley = painter.layout_no_wrap(text.clone(), font.clone(), color);
    if galley.size().x > rect.width() {
        // A long number gets smaller rather than cut.
        let scale = (rect.width() / galley.size().x).max(0.5);
        let smaller = FontId::new(font.size * scale, font.family);
        galley = painter.layout_no_wrap(text, smaller, color);
    }
    let at = align.align_size_within_rect(galley.size(), rect.shrink2(vec2(2.0, 0.0)));
    if is_lit {
        painter.hline(
            at.x_range(),
            at.bottom() + 1.0,
            egui::Stroke::new(1.0, look.track_edge),
        );
    }
    painter.galley(at.min, galley, color);
    let grip = Grip::lever(target, scene.session.document().range(target));
    let item = Item::new(part, Place::Rect(rect)).grip(Some(grip)).rank(2);
    let blueprint = scene.session.blueprint();
    canvas.place(item, || Description {
        name: format!("number of {}", target.words(blueprint)),
        value: Some(neurodial_core::words::fixed(value, scene.session.view().decimals)),
        is_button: true,
        ..Description::default()
    });
}

/// The field in which a target's number is being typed.
pub(super) fn field_ui(
    canvas: &mut Canvas<'_>,
    scene: &mut Scene<'_>,
    target: Target,
    rect: Rect,
    font: FontId,
) {
    let Some(mut editing) = canvas.stage().editing.take() else {
        return;
    };
    let field_id = editing.field_id();
    let name = format!("type {}", target.words(scene.session.blueprint()));
    let field = rect.expand2(vec2(6.0, 1.0));
    match number_field(canvas.ui(), field, field_id, &name, font, &mut editing.draft) {
        Typed::Not => {
            if let Some(reason) = editing.draft.problem() {
                show_reason(canvas, scene, field, &reason);
                canvas.stage().reason = Some(reason);
            }
            editing.field = Some(field);
            canvas.stage().editing = Some(editing);
        }
        Typed::Ended { number, goes_back } => {
            if let Some(value) = number {
                scene.outbox.push(Action::Set { target, value });
            }
            if goes_back {
                canvas.stage().wanted_next = editing.back;
            }
        }
    }
}

fn show_reason(canvas: &mut Canvas<'_>, scene: &Scene<'_>, field: Rect, reason: &str) {
    let look = scene.look;
    let painter = canvas.ctx().layer_painter(egui::LayerId::new(
        egui::Order::Tooltip,
        egui::Id::unique("reason"),
    ));
    let galley = painter.layout(
        reason.to_owned(),
        crate::look::type_scale::small(),
        look.warn,
        240.0,
    );
    let screen = canvas.ctx().content_rect();
    let left = field.left().min(screen.right() - galley.size().x - 16.0);
    let at = Rect::from_min_size(
        egui::pos2(left, field.bottom() + 4.0),
        galley.size() + vec2(12.0, 8.0),
    );
    let stroke = egui::Stroke::new(1.0, look.hairline);
    painter.rect(at, 5.0, look.card_raised, stroke, egui::StrokeKind::Outside);
    painter.galley(at.min + vec2(6.0, 4.0), galley, look.warn);
}
