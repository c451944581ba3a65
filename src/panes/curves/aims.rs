//! What the curve of a network with one input is to meet, and the list that it is chosen from.

use std::sync::Arc;

use egui::{Painter, Stroke, Ui};

use neurodial_core::data::{Generator, Points};
use crate::look::Look;
use crate::panes::Scene;
use neurodial_core::session::{Action, Choice, Course, Source};

use super::controls::{choice_ui, combo_ui};
use super::geometry::Plane;

/// The size of a point.
const RADIUS: f32 = 2.2;

/// Draws the samples behind the curves.
pub(super) fn aims_ui(painter: &Painter, scene: &Scene<'_>, plane: &Plane) {
    let Some(aim) = scene.insight.aim() else {
        return;
    };
    let color = Look::mix(scene.look.card, scene.look.ink_soft, 0.75);
    for &point in aim.points() {
        let center = plane.screen(point);
        if plane.rect.contains(center) {
            painter.circle_stroke(center, RADIUS, Stroke::new(1.0, color));
        }
    }
}

/// The curves that there are to be met.
pub(super) fn aim_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    let computed = scene.session.document().features().computed().count();
    if scene.session.blueprint().inputs() - computed != 1 {
        return;
    }
    let present = scene.session.course().map(|course| course.choice());
    let text = present.map_or_else(
        || "no target".to_owned(),
        |choice| format!("target {}", choice.source.name()),
    );
    let mut chosen = None;
    combo_ui(ui, "target of the curve", text, |ui| {
        if choice_ui(ui, present.is_none(), "no target") {
            chosen = Some(None);
        }
        for made in Generator::ALL.into_iter().filter(|made| made.inputs() == 1) {
            let source = Source::Made(made);
            let is_present = present.is_some_and(|choice| choice.source == source);
            if choice_ui(ui, is_present, made.name()) {
                chosen = Some(Some(source));
            }
        }
        if choice_ui(ui, false, "own points, set in the Data pane") {
            chosen = Some(Some(Source::Own(Arc::new(Points::of_numbers(1)))));
        }
    });
    match chosen {
        Some(None) => scene.outbox.push(Action::SetCourse(None)),
        Some(Some(source)) => {
            let choice = match present {
                Some(choice) => choice.with_source(source),
                None => Choice::of(source),
            };
            let course = Course::new(choice).ok().map(Arc::new);
            scene
                .outbox
                .extend(course.map(|course| Action::SetCourse(Some(course))));
        }
        None => {}
    }
}
