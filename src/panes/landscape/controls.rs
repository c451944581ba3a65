//! Which knobs the landscape is over.

use egui::{RichText, Ui};

use neurodial_core::network::{Knob, Term};
use crate::panes::Scene;
use crate::panes::curves::controls::{choice_ui, combo_ui, named};
use neurodial_core::session::{Action, Target};

/// A network with more knobs lists those of the selected neuron only.
const MOST_KNOBS: usize = 150;
/// The most weights of a neuron that are listed.
const MOST_LISTED: usize = 200;

/// Draws the row.
pub fn controls_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let soft = |text: &str| RichText::new(text).color(scene.look.ink_soft);
        let (across, up) = scene.session.view().landscape_over;
        ui.label(soft("over"));
        let new_across = knob_ui(ui, scene, "across the landscape", Some(across), false);
        ui.label(soft("and"));
        let new_up = knob_ui(ui, scene, "up the landscape", up, true);
        if new_across.is_some() || new_up.is_some() {
            let new_across = new_across.flatten().unwrap_or(across);
            let new_up = new_up.unwrap_or(up);
            // Who chooses the same twice wants them the other way round.
            let (new_across, new_up) = match new_up == Some(new_across) {
                true if new_across == across => (up.unwrap_or(across), Some(across).filter(|_| up.is_some())),
                true => (new_across, Some(across)),
                false => (new_across, new_up),
            };
            scene.outbox.push(Action::LandscapeOver(new_across, new_up));
        }
        if up.is_none() {
            let mut is_log = scene.session.view().log_loss;
            let response = ui
                .checkbox(&mut is_log, "log")
                .on_hover_text("Logarithmic axis of the loss");
            named(ui, &response, "logarithmic axis of the landscape");
            if response.changed() {
                scene.outbox.push(Action::ShowLogLoss(is_log));
            }
        }
    });
}

/// A box that lists knobs; gives back what was chosen: a knob, or none.
fn knob_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    name: &str,
    present: Option<Knob>,
    has_none: bool,
) -> Option<Option<Knob>> {
    let blueprint = scene.session.blueprint();
    let text = |knob: Option<Knob>| match knob {
        Some(knob) => Target::Knob(knob).symbol(blueprint).plain(),
        None => "nothing else".to_owned(),
    };
    let mut chosen = None;
    combo_ui(ui, name, text(present), |ui| {
        let mut entry = |ui: &mut Ui, knob: Option<Knob>| {
            let detail = match knob.map(|knob| knob.term) {
                Some(Term::Bias) => "  bias",
                _ => "",
            };
            if choice_ui(ui, knob == present, format!("{}{detail}", text(knob))) {
                chosen = Some(knob);
            }
        };
        if has_none {
            entry(ui, None);
            ui.separator();
        }
        if blueprint.knob_count() <= MOST_KNOBS {
            for index in 0..blueprint.knob_count() {
                entry(ui, blueprint.knob_at(index));
            }
        } else {
            let at = scene.session.view().selected;
            if let Some(knob) = present.filter(|knob| (knob.layer, knob.neuron) != (at.layer, at.neuron)) {
                entry(ui, Some(knob));
                ui.separator();
            }
            for input in 0..blueprint.fan_in(at.layer).min(MOST_LISTED) {
                entry(ui, Some(Knob::weight(at.layer, at.neuron, input)));
            }
            entry(ui, Some(Knob::bias(at.layer, at.neuron)));
            ui.weak("For any other, select its neuron");
        }
    });
    chosen
}
