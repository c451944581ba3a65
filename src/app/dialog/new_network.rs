//! Creating a new network, and initializing the knobs.

use egui::{ComboBox, Ui};

use super::outcome::{DialogOutcome, buttons_ui};
use crate::theme::ColorTheme;
use crate::widgets::menu::scroll_to_focus;
use crate::widgets::number_field::integer_field_ui;
use neurodial_core::network::architecture::MAX_WIDTH;
use neurodial_core::network::{Activation, Architecture, Initialization, Initializer};
use neurodial_core::session::{Action, Document, Edit};
use neurodial_core::text::{Localized as _, Messages, capitalized, parse_integer, shortened};

/// The range of a number of inputs or neurons.
const COUNT_RANGE: std::ops::RangeInclusive<u64> = 1..=MAX_WIDTH as u64;

/// Asks how the knobs are initialized.
#[derive(Debug)]
pub(crate) struct InitializeDialog {
    initializer: Initializer,
    seed: String,
    has_random_biases: bool,
}

impl Default for InitializeDialog {
    fn default() -> Self {
        Self {
            initializer: Initializer::Xavier,
            seed: "0".to_owned(),
            has_random_biases: false,
        }
    }
}

impl InitializeDialog {
    /// Draws the fields. Returns their values if the seed is a number.
    fn fields_ui(&mut self, ui: &mut Ui, theme: &ColorTheme, messages: Messages) -> Option<Initialization> {
        ui.horizontal(|ui| {
            let label = ui.label(messages.initialize_weights());
            ComboBox::from_id_salt("scheme")
                .selected_text(self.initializer.label(messages))
                .show_ui(ui, |ui| {
                    for initializer in Initializer::ALL {
                        let label = initializer.label(messages);
                        ui.selectable_value(&mut self.initializer, initializer, label);
                    }
                })
                .response
                .labelled_by(label.id);
            let name = messages.initialize_seed();
            integer_field_ui(ui, name, &mut self.seed, 80.0, 0..=u64::MAX, messages);
        });
        ui.checkbox(&mut self.has_random_biases, messages.initialize_biases());
        let seed = parse_integer(&self.seed).ok();
        if seed.is_none() {
            ui.colored_label(theme.warning, messages.not_a_seed(shortened(&self.seed)));
        }
        Some(Initialization {
            initializer: self.initializer,
            seed: seed?,
            has_random_biases: self.has_random_biases,
        })
    }

    pub(super) fn show_ui(
        &mut self,
        ui: &mut Ui,
        theme: &ColorTheme,
        messages: Messages,
        outbox: &mut Vec<Action>,
    ) -> DialogOutcome {
        ui.label(messages.initialize_description());
        let initializer = self.fields_ui(ui, theme, messages);
        let buttons = [messages.initialize_apply(), messages.dialog_cancel()];
        match (buttons_ui(ui, &buttons), initializer) {
            (Some(0), Some(initializer)) => {
                outbox.push(Edit::Initialize(initializer).into());
                DialogOutcome::Close
            }
            (Some(1), _) => DialogOutcome::Close,
            _ => DialogOutcome::KeepOpen,
        }
    }
}

/// Asks for the architecture of a new network.
#[derive(Debug)]
pub(crate) struct NewNetworkDialog {
    inputs: String,
    layers: Vec<(String, Activation)>,
    initializer: InitializeDialog,
}

impl Default for NewNetworkDialog {
    fn default() -> Self {
        Self {
            inputs: "2".to_owned(),
            layers: vec![
                ("3".to_owned(), Activation::Tanh),
                ("1".to_owned(), Activation::Linear),
            ],
            initializer: InitializeDialog::default(),
        }
    }
}

impl NewNetworkDialog {
    pub(super) fn show_ui(&mut self, ui: &mut Ui, theme: &ColorTheme, messages: Messages) -> DialogOutcome {
        ui.horizontal(|ui| {
            let name = messages.new_network_inputs();
            integer_field_ui(ui, name, &mut self.inputs, 60.0, COUNT_RANGE, messages);
        });
        let mut removed = None;
        let count = self.layers.len();
        egui::ScrollArea::vertical().max_height(240.0).show(ui, |ui| {
            for (index, (width, activation)) in self.layers.iter_mut().enumerate() {
                let number = index + 1;
                ui.push_id(index, |ui| {
                    ui.horizontal(|ui| {
                        let name = messages.new_network_neurons(number);
                        integer_field_ui(ui, &name, width, 60.0, COUNT_RANGE, messages);
                        let text = activation.label(messages);
                        let combo_box =
                            ComboBox::from_id_salt("activation")
                                .selected_text(text)
                                .show_ui(ui, |ui| {
                                    for choice in Activation::ALL {
                                        let text = capitalized(choice.label(messages));
                                        ui.selectable_value(activation, choice, text);
                                    }
                                });
                        ui.ctx().accesskit_node_builder(combo_box.response.id, |node| {
                            node.set_label(messages.new_network_activation(number));
                            node.set_value(text);
                        });
                        let remove = ui.add_enabled(count > 1, egui::Button::new("✕").frame(false));
                        remove.widget_info(|| {
                            let name = messages.new_network_remove_layer(number);
                            egui::WidgetInfo::labeled(egui::Role::Button, count > 1, name)
                        });
                        if remove.clicked() {
                            removed = Some(index);
                        }
                    });
                });
            }
            scroll_to_focus(ui);
        });
        if let Some(index) = removed {
            self.layers.remove(index);
        }
        if ui.button(messages.new_network_add_layer()).clicked() {
            let last = self.layers.len() - 1;
            self.layers.insert(last, ("3".to_owned(), Activation::Tanh));
        }
        let initializer = self.initializer.fields_ui(ui, theme, messages);
        let architecture = self.architecture(messages);
        if let Err(problem) = &architecture {
            ui.colored_label(theme.warning, problem);
        }
        let buttons = [messages.new_network_create(), messages.dialog_cancel()];
        match (buttons_ui(ui, &buttons), architecture, initializer) {
            (Some(0), Ok(architecture), Some(initializer)) => {
                let network = initializer.network(architecture);
                DialogOutcome::OpenNew(Box::new(Document::new(network)))
            }
            (Some(1), _, _) => DialogOutcome::Close,
            _ => DialogOutcome::KeepOpen,
        }
    }

    /// Returns the architecture of the fields, or the reason why they have none.
    fn architecture(&self, messages: Messages) -> Result<Architecture, String> {
        let count = |text: &str| {
            let count = parse_integer::<usize>(text).ok();
            count.filter(|count| (1..=MAX_WIDTH).contains(count))
        };
        let inputs = count(&self.inputs)
            .ok_or_else(|| messages.not_an_input_count(shortened(&self.inputs), MAX_WIDTH))?;
        let layers = self.layers.iter().map(|(text, activation)| match count(text) {
            Some(width) => Ok((width, *activation)),
            None => Err(messages.not_a_neuron_count(shortened(text), MAX_WIDTH)),
        });
        let layers: Vec<(usize, Activation)> = layers.collect::<Result<_, String>>()?;
        Architecture::dense(inputs, &layers).map_err(|e| capitalized(&e.message(messages)))
    }
}
