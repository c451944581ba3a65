//! The selection of the knobs that the loss landscape is over.

use egui::{RichText, Ui};

use crate::panes::context::PaneContext;
use crate::panes::curves::controls::{combo_item_ui, combo_ui, set_accessible_name};
use neurodial_core::network::{Knob, KnobKind};
use neurodial_core::session::{Adjustable, ViewChange};

/// A network with more knobs than this lists only those of the selected neuron.
const MAX_KNOBS: usize = 150;
/// The maximum number of weights of a neuron that are listed.
const MAX_LISTED: usize = 200;

/// Draws the row of controls.
pub(crate) fn controls_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let weak = |text: &str| RichText::new(text).color(context.theme.weak_text);
        let (across, up) = context.session.view().landscape_knobs;
        ui.label(weak("over"));
        let new_across = knob_ui(ui, context, "across the landscape", Some(across), false);
        ui.label(weak("and"));
        let new_up = knob_ui(ui, context, "up the landscape", up, true);
        if new_across.is_some() || new_up.is_some() {
            let new_across = new_across.flatten().unwrap_or(across);
            let new_up = new_up.unwrap_or(up);
            // Choosing the same knob for both axes swaps them.
            let (new_across, new_up) = match new_up == Some(new_across) {
                true if new_across == across => (up.unwrap_or(across), Some(across).filter(|_| up.is_some())),
                true => (new_across, Some(across)),
                false => (new_across, new_up),
            };
            context
                .actions
                .push(ViewChange::SetLandscapeKnobs(new_across, new_up).into());
        }
        if up.is_none() {
            let mut is_log = context.session.view().has_log_loss_axis;
            let response = ui
                .checkbox(&mut is_log, "log")
                .on_hover_text("Logarithmic axis of the loss");
            set_accessible_name(ui, &response, "logarithmic axis of the landscape");
            if response.changed() {
                context.actions.push(ViewChange::ShowLogLoss(is_log).into());
            }
        }
    });
}

/// Draws a combo box that lists knobs. Returns the choice, a knob or none, if one was made.
fn knob_ui(
    ui: &mut Ui,
    context: &PaneContext<'_>,
    name: &str,
    current: Option<Knob>,
    has_none: bool,
) -> Option<Option<Knob>> {
    let architecture = context.session.architecture();
    let text = |knob: Option<Knob>| match knob {
        Some(knob) => Adjustable::Knob(knob).symbol(architecture).to_unicode(),
        None => "nothing else".to_owned(),
    };
    let mut chosen = None;
    combo_ui(ui, name, text(current), |ui| {
        let mut entry = |ui: &mut Ui, knob: Option<Knob>| {
            let detail = match knob.map(|knob| knob.kind) {
                Some(KnobKind::Bias) => "  bias",
                _ => "",
            };
            if combo_item_ui(ui, knob == current, format!("{}{detail}", text(knob))) {
                chosen = Some(knob);
            }
        };
        if has_none {
            entry(ui, None);
            ui.separator();
        }
        if architecture.knob_count() <= MAX_KNOBS {
            for index in 0..architecture.knob_count() {
                entry(ui, architecture.knob_at(index));
            }
        } else {
            let at = context.session.view().selected;
            if let Some(knob) = current.filter(|knob| (knob.layer, knob.neuron) != (at.layer, at.neuron)) {
                entry(ui, Some(knob));
                ui.separator();
            }
            for input in 0..architecture.fan_in(at.layer).min(MAX_LISTED) {
                entry(ui, Some(Knob::weight(at.layer, at.neuron, input)));
            }
            entry(ui, Some(Knob::bias(at.layer, at.neuron)));
            ui.weak("For any other, select its neuron");
        }
    });
    chosen
}
