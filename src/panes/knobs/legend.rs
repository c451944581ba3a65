//! What the colours mean, and what they tell of: one line over the knobs.

use egui::containers::menu::MenuButton;
use egui::{Align2, Button, Color32, Painter, Rect, Stroke, Ui, UiBuilder, pos2, vec2};

use crate::look::type_scale;
use neurodial_core::network::NeuronAt;
use crate::panes::Scene;
use neurodial_core::session::{Action, Quantity, Subject};
use crate::widgets::strip;
use neurodial_core::words::fixed;

use super::told::Scale;

/// Its height in points.
pub const HEIGHT: f32 = 20.0;
/// How long the sample of the colours is, in points.
const SAMPLE: f32 = 36.0;
/// The room for the arrow that says there is a list, in points.
const ARROW: f32 = 16.0;
/// The most outputs that the list of subjects shows.
const MOST_LISTED: usize = 30;

/// The line for strips: what they tell of, which can be chosen there, the least and the most. Without strips, as the
/// data does not fit, the reason.
pub fn strips_ui(ui: &mut Ui, scene: &mut Scene<'_>, rect: Rect, scale: Option<Scale>) {
    let left = match scale {
        Some(Scale { ramp, .. }) => sample_ui(ui.painter(), scene, rect, ramp.extent(), &ramp.sample()),
        None => rect.right(),
    };
    let room = left - rect.left() - 8.0;
    if room < 40.0 {
        return;
    }
    let text = text(scene, scale);
    if scene.paper.is_some() {
        text_ui(ui.painter(), scene, rect, &text, room);
        return;
    }
    let color = scene.look.ink_soft;
    let job = super::cut(text.clone(), type_scale::small(), color, room - ARROW);
    let place = Rect::from_min_size(rect.min, vec2(room - ARROW, rect.height()));
    let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt("subject"));
    child.spacing_mut().button_padding = vec2(0.0, 0.0);
    let button = Button::new(job).frame(false).small().truncate();
    let (response, _) = MenuButton::from_button(button).ui(&mut child, |ui| subjects_ui(ui, scene));
    let hint = format!("{text}: choose what strips and arrows tell of");
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_label("what strips and arrows tell of")
    });
    let tip = response.rect.right_center() + vec2(9.0, 1.5);
    let arrow = vec![tip + vec2(-3.0, -3.0), tip, tip + vec2(3.0, -3.0)];
    ui.painter().line(arrow, Stroke::new(1.25, color));
    response.on_hover_text(hint);
}

/// What the strips tell of: “output of neuron 2”, “loss on 150 samples”.
fn text(scene: &Scene<'_>, scale: Option<Scale>) -> String {
    let view = scene.session.view();
    match (view.subject, scale.and_then(|scale| scale.measured)) {
        (Subject::Loss, Some(measured)) if measured.samples < measured.all => {
            format!("loss on {} of {} samples", measured.samples, measured.all)
        }
        (Subject::Loss, Some(measured)) => format!("loss on {} samples", measured.all),
        (Subject::Loss, None) => match &*scene.insight.exam(scene.session) {
            Some(Err(reason)) => format!("no loss: {reason}"),
            _ => "loss".to_owned(),
        },
        (subject, _) => name(scene, subject),
    }
}

/// A subject as the list has it.
fn name(scene: &Scene<'_>, subject: Subject) -> String {
    let blueprint = scene.session.blueprint();
    let view = scene.session.view();
    match subject {
        Subject::Selected => {
            let neuron = blueprint.neuron_words(view.selected);
            match view.quantity {
                Quantity::Output => format!("output of {neuron}"),
                Quantity::PreActivation => format!("sum of {neuron}"),
            }
        }
        Subject::Output(neuron) => {
            let layer = blueprint.last_layer();
            match &blueprint.layers()[layer].neurons[neuron].name {
                Some(_) => format!("output of {}", blueprint.neuron_words(NeuronAt { layer, neuron })),
                None => format!("output {}", neuron + 1),
            }
        }
        Subject::Loss => "loss on the data".to_owned(),
    }
}

fn subjects_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    let blueprint = scene.session.blueprint();
    let outputs = blueprint.width(blueprint.last_layer());
    let present = scene.session.view().subject;
    let has_data = scene.session.course().is_some();
    let outputs = (0..outputs.min(MOST_LISTED)).map(Subject::Output);
    for subject in [Subject::Selected]
        .into_iter()
        .chain(outputs)
        .chain([Subject::Loss])
    {
        let text = match subject {
            Subject::Selected => format!("selected: {}", name(scene, subject)),
            _ => name(scene, subject),
        };
        let is_enabled = subject != Subject::Loss || has_data;
        ui.add_enabled_ui(is_enabled, |ui| {
            let entry = ui
                .selectable_label(subject == present, text)
                .on_disabled_hover_text("There is no data yet; choose some in the Training pane");
            if entry.clicked() {
                scene.outbox.push(Action::TellOf(subject));
                ui.close();
            }
        });
    }
}

/// A line with a text to the left, and a sample between two numbers to the right.
pub fn line(
    painter: &Painter,
    scene: &Scene<'_>,
    rect: Rect,
    text: &str,
    extent: [f64; 2],
    colors: &[Color32],
) {
    let left = sample_ui(painter, scene, rect, extent, colors);
    let room = left - rect.left() - 8.0;
    if room > 40.0 {
        text_ui(painter, scene, rect, text, room);
    }
}

fn text_ui(painter: &Painter, scene: &Scene<'_>, rect: Rect, text: &str, room: f32) {
    let color = scene.look.ink_soft;
    let job = super::cut(text.to_owned(), type_scale::small(), color, room);
    let galley = painter.layout_job(job);
    let at = pos2(rect.left(), middle(rect) - galley.size().y / 2.0);
    painter.galley(at, galley, color);
}

fn middle(rect: Rect) -> f32 {
    rect.center().y - 2.0
}

/// The sample between its numbers, at the right end; gives back where that begins.
fn sample_ui(painter: &Painter, scene: &Scene<'_>, rect: Rect, extent: [f64; 2], colors: &[Color32]) -> f32 {
    let look = scene.look;
    // The ends need no more digits than tell them apart.
    let decimals = match extent[1] - extent[0] {
        room if room < 0.2 => 3,
        room if room < 2.0 => 2,
        room if room < 10.0 => 1,
        _ => 0,
    };
    let decimals = scene.session.view().decimals.min(decimals);
    let middle = middle(rect);
    let number = |x: f32, align: Align2, value: f64| {
        let number = fixed(value, decimals);
        painter.text(pos2(x, middle), align, number, type_scale::small(), look.ink_soft)
    };
    let most = number(rect.right() - 2.0, Align2::RIGHT_CENTER, extent[1]);
    let sample = Rect::from_center_size(pos2(most.left() - 5.0 - SAMPLE / 2.0, middle), vec2(SAMPLE, 7.0));
    strip::along_rect(painter, sample, sample.left(), sample.right(), colors);
    number(sample.left() - 5.0, Align2::RIGHT_CENTER, extent[0]).left()
}
