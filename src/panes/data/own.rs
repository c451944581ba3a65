//! Points that a hand sets, moves and takes away: the plane they are on, and what there is to choose for them.

use std::sync::Arc;

use egui::{Button, Color32, RichText, Ui, WidgetInfo, vec2};

use crate::canvas::{Canvas, Description, FocusLinks, Grip, Item, Part, Place, Stage};
use neurodial_core::data::{PointTarget, Points};
use neurodial_core::insight::Picture;
use neurodial_core::insight::picture::{Kind, Point};
use crate::look::type_scale;
use crate::panes::curves::geometry::Plane;
use crate::panes::{Pane, Scene};
use neurodial_core::session::{Action, Choice, Source};
use neurodial_core::words::plain;

/// How near to a point a press takes it, in points.
const REACH: f32 = 9.0;
/// Over the plane.
const RANK: u8 = 2;
/// The numbers that a new point over two inputs can have.
const BRUSHES: [f64; 5] = [-1.0, -0.5, 0.0, 0.5, 1.0];

/// The points, if they are set by hand.
pub(super) fn points<'a>(scene: &Scene<'a>) -> Option<&'a Points> {
    match &scene.session.course()?.choice().source {
        Source::Own(points) => Some(points),
        _ => None,
    }
}

/// What a new point is, or a button that makes points of data that was made.
pub(super) fn controls_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    let Some(points) = points(scene) else {
        copy_ui(ui, scene);
        return;
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        let soft = |text: &str| {
            RichText::new(text)
                .font(type_scale::small())
                .color(scene.look.ink_soft)
        };
        match points.target() {
            PointTarget::Classes(classes) => {
                ui.label(soft("New points are"));
                for (class, name) in classes.iter().enumerate() {
                    let name = neurodial_core::words::shortened(name);
                    brush_ui(ui, scene, class as f64, &name, class_color(scene, class));
                }
                let more = ui.add(Button::new("+").min_size(vec2(24.0, 0.0)));
                more.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, "another class"));
                if more.on_hover_text("Another class").clicked()
                    && let Ok(with_more) = points.with_class()
                {
                    scene.outbox.push(Action::SetBrush(classes.len() as f64));
                    choose(scene, with_more);
                }
            }
            PointTarget::Number(_) if points.names().len() == 2 => {
                ui.label(soft("New points are"));
                for number in BRUSHES {
                    let color = match number > 0.0 {
                        true => scene.look.positive,
                        false => scene.look.negative,
                    };
                    brush_ui(ui, scene, number, &plain(number, 1), color);
                }
            }
            PointTarget::Number(_) => {
                ui.label(soft("Click where the curve is to go"));
            }
        }
        let is_any = !points.points().is_empty();
        let clear = ui.add_enabled(is_any, Button::new("Clear"));
        clear.widget_info(|| WidgetInfo::labeled(egui::Role::Button, is_any, "take all points away"));
        if clear.on_hover_text("Take all points away").clicked() {
            choose(scene, points.cleared());
        }
    });
}

/// Data that was made or read can be edited as points, if it is not too much.
fn copy_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    let Some(course) = scene.session.course() else {
        return;
    };
    if !(1..=2).contains(&course.raw_inputs()) {
        return;
    }
    let button = ui.add(Button::new("Edit the points"));
    let hint = "A copy of the data, whose points can be set, moved and taken away by hand";
    if button.on_hover_text(hint).clicked()
        && let Ok(points) = course.as_points()
    {
        choose(scene, points);
    }
}

fn choose(scene: &mut Scene<'_>, points: Points) {
    let Some(course) = scene.session.course() else {
        return;
    };
    let source = Source::Own(Arc::new(points));
    let before = course.choice();
    // A copy is learned from as the data was.
    let choice = Choice {
        source,
        has_classes: false,
        ..before.clone()
    };
    if let Ok(changed) = course.changed(choice) {
        scene.outbox.push(Action::SetCourse(Some(Arc::new(changed))));
    }
}

/// The colour of a class as its points have it.
fn class_color(scene: &Scene<'_>, class: usize) -> Color32 {
    let has_classes = match scene.insight.picture(scene.session) {
        Some(Picture::Map(map)) => map.has_classes,
        _ => false,
    };
    super::color(
        scene.look,
        match (has_classes, class) {
            (false, 0) => Kind::Degree(-1.0),
            (false, 1) => Kind::Degree(1.0),
            _ => Kind::Class(class),
        },
    )
}

fn brush_ui(ui: &mut Ui, scene: &mut Scene<'_>, brush: f64, text: &str, color: Color32) {
    let is_chosen = scene.session.view().brush == brush;
    let rich = RichText::new(text).color(color).font(type_scale::strong());
    let response = ui.add(Button::selectable(is_chosen, rich).min_size(vec2(28.0, 0.0)));
    let name = format!("new points are {text}");
    response.widget_info(|| WidgetInfo::selected(egui::Role::RadioButton, true, is_chosen, &name));
    if response.clicked() {
        scene.outbox.push(Action::SetBrush(brush));
    }
}

/// Lays out the plane and its points for hands, where points are set by hand.
pub(super) fn field_ui(ui: &mut Ui, scene: &Scene<'_>, stage: &mut Stage, plane: &Plane, drawn: &[Point]) {
    let Some(points) = points(scene).filter(|_| scene.paper.is_none()) else {
        return;
    };
    let id = Pane::Data.canvas_id();
    let count = points.points().len();
    if let Some(current) = stage.current(id)
        && matches!(current.part, Part::Sample(sample) if sample >= count)
    {
        stage.forget_current(id);
    }
    let mut canvas = Canvas::new(ui, stage, plane.rect, id);
    let grip = Grip::spot(plane.rect, plane.x, plane.y);
    let sample = |index: usize| (index < count).then_some(Part::Sample(index));
    let links = FocusLinks {
        before: count.checked_sub(1).and_then(sample),
        after: sample(0),
    };
    let field = Item::new(Part::Field, Place::Rect(plane.rect)).focusable(links);
    canvas.place(field.grip(Some(grip)), || Description {
        name: "plane of points".to_owned(),
        value: Some(format!("{count} points")),
        more: Some("Enter sets a point in the middle; Page Down goes to the first one".to_owned()),
        is_button: true,
        ..Description::default()
    });
    for point in drawn {
        let Some(index) = point.own else { continue };
        let center = plane.screen([point.x, point.y]);
        let place = Place::Circle {
            center,
            radius: REACH,
        };
        let links = FocusLinks {
            before: index.checked_sub(1).map_or(Some(Part::Field), sample),
            after: sample(index + 1).or(Some(Part::Field)),
        };
        let part = Part::Sample(index);
        let item = Item::new(part, place)
            .rank(RANK)
            .grip(Some(grip))
            .focusable(links);
        canvas.place(item, || describe(points, index));
        if canvas.is_under_hand(part) && !canvas.has_focus(part) {
            let stroke = egui::Stroke::new(1.5, scene.look.accent);
            canvas.painter().circle_stroke(center, 8.0, stroke);
        }
    }
}

fn describe(points: &Points, index: usize) -> Description {
    let point = &points.points()[index];
    let inputs = points.names().iter().zip(&point.inputs);
    let inputs = inputs.map(|(name, value)| format!("{name} {}", plain(*value, 3)));
    let target = match points.target() {
        PointTarget::Number(name) => format!("{name} {}", plain(point.target, 3)),
        PointTarget::Classes(classes) => format!("class {}", classes[point.target as usize]),
    };
    Description {
        more: Some("Arrow keys move it, a digit is its class, Delete takes it away".to_owned()),
        ..Description::of(
            format!("point {}", index + 1),
            inputs.chain([target]).collect::<Vec<_>>().join(", "),
        )
    }
}
