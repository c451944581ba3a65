//! Creating a new network, and initializing the knobs.

use egui::{ComboBox, TextEdit, Ui};

use super::outcome::{DialogOutcome, buttons_ui};
use crate::theme::ColorTheme;
use neurodial_core::network::{Activation, Architecture, Initialization, Initializer};
use neurodial_core::session::{Action, Document, Edit};

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
    fn fields_ui(&mut self, ui: &mut Ui) -> Option<Initialization> {
        ui.horizontal(|ui| {
            let label = ui.label("Weights");
            ComboBox::from_id_salt("scheme")
                .selected_text(self.initializer.name())
                .show_ui(ui, |ui| {
                    for initializer in Initializer::ALL {
                        ui.selectable_value(&mut self.initializer, initializer, initializer.name());
                    }
                })
                .response
                .labelled_by(label.id);
            let label = ui.label("Seed");
            ui.add(TextEdit::singleline(&mut self.seed).desired_width(80.0))
                .labelled_by(label.id);
        });
        ui.checkbox(&mut self.has_random_biases, "Biases too (else they are 0)");
        let seed = self.seed.trim().parse().ok();
        if seed.is_none() {
            ui.label("The seed is a whole number from 0 on.");
        }
        Some(Initialization {
            initializer: self.initializer,
            seed: seed?,
            has_random_biases: self.has_random_biases,
        })
    }

    pub(super) fn show_ui(&mut self, ui: &mut Ui, outbox: &mut Vec<Action>) -> DialogOutcome {
        ui.label("New starting values for all knobs that are not locked.");
        let initializer = self.fields_ui(ui);
        match (buttons_ui(ui, &["Initialise", "Cancel"]), initializer) {
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
    pub(super) fn show_ui(&mut self, ui: &mut Ui, theme: &ColorTheme) -> DialogOutcome {
        ui.horizontal(|ui| {
            let label = ui.label("Inputs");
            ui.add(TextEdit::singleline(&mut self.inputs).desired_width(60.0))
                .labelled_by(label.id);
        });
        let mut removed = None;
        let count = self.layers.len();
        egui::ScrollArea::vertical().max_height(240.0).show(ui, |ui| {
            for (index, (width, activation)) in self.layers.iter_mut().enumerate() {
                let number = index + 1;
                ui.push_id(index, |ui| {
                    ui.horizontal(|ui| {
                        let label = ui.label(format!("Neurons in layer {number}"));
                        ui.add(TextEdit::singleline(width).desired_width(60.0))
                            .labelled_by(label.id);
                        let name = activation.name();
                        ComboBox::from_id_salt("activation")
                            .selected_text(name)
                            .show_ui(ui, |ui| {
                                for choice in Activation::ALL {
                                    ui.selectable_value(activation, choice, choice.name());
                                }
                            })
                            .response
                            .labelled_by(label.id);
                        let remove = ui.add_enabled(count > 1, egui::Button::new("✕").frame(false));
                        remove.widget_info(|| {
                            let name = format!("Remove layer {number}");
                            egui::WidgetInfo::labeled(egui::Role::Button, count > 1, name)
                        });
                        if remove.clicked() {
                            removed = Some(index);
                        }
                    });
                });
            }
        });
        if let Some(index) = removed {
            self.layers.remove(index);
        }
        if ui.button("Add a layer").clicked() {
            let last = self.layers.len() - 1;
            self.layers.insert(last, ("3".to_owned(), Activation::Tanh));
        }
        let initializer = self.initializer.fields_ui(ui);
        let architecture = self.architecture();
        if let Err(problem) = &architecture {
            ui.colored_label(theme.warning, problem);
        }
        match (buttons_ui(ui, &["Create", "Cancel"]), architecture, initializer) {
            (Some(0), Ok(architecture), Some(initializer)) => {
                let network = initializer.network(architecture);
                DialogOutcome::OpenNew(Box::new(Document::new(network)))
            }
            (Some(1), _, _) => DialogOutcome::Close,
            _ => DialogOutcome::KeepOpen,
        }
    }

    /// Returns the architecture of the fields, or the reason why they have none.
    fn architecture(&self) -> Result<Architecture, String> {
        let count = |text: &str| {
            text.trim().parse::<usize>().map_err(|_| {
                format!(
                    "“{}” is no number of neurons",
                    neurodial_core::text::shortened(text)
                )
            })
        };
        let layers = self
            .layers
            .iter()
            .map(|(width, activation)| Ok((count(width)?, *activation)));
        let layers: Vec<(usize, Activation)> = layers.collect::<Result<_, String>>()?;
        Architecture::dense(count(&self.inputs)?, &layers).map_err(|e| e.to_string())
    }
}
