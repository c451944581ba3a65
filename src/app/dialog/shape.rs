//! A new network, and new starting values.

use egui::{ComboBox, TextEdit, Ui};

use super::{After, Dialog, Then, buttons};
use crate::app::App;
use neurodial_core::network::{Activation, Blueprint, Initialisation, Network, Scheme};
use neurodial_core::session::{Action, Document};

/// Asks how knobs start.
#[derive(Debug)]
pub struct InitialiseDialog {
    scheme: Scheme,
    seed: String,
    biases: bool,
}

impl Default for InitialiseDialog {
    fn default() -> Self {
        Self {
            scheme: Scheme::Xavier,
            seed: "0".to_owned(),
            biases: false,
        }
    }
}

impl InitialiseDialog {
    /// The fields; gives back what they say, if the seed is a number.
    fn fields_ui(&mut self, ui: &mut Ui) -> Option<Initialisation> {
        ui.horizontal(|ui| {
            let label = ui.label("Weights");
            ComboBox::from_id_salt("scheme")
                .selected_text(self.scheme.name())
                .show_ui(ui, |ui| {
                    for scheme in Scheme::ALL {
                        ui.selectable_value(&mut self.scheme, scheme, scheme.name());
                    }
                })
                .response
                .labelled_by(label.id);
            let label = ui.label("Seed");
            ui.add(TextEdit::singleline(&mut self.seed).desired_width(80.0))
                .labelled_by(label.id);
        });
        ui.checkbox(&mut self.biases, "Biases too (else they are 0)");
        let seed = self.seed.trim().parse().ok();
        if seed.is_none() {
            ui.label("The seed is a whole number from 0 on.");
        }
        Some(Initialisation {
            scheme: self.scheme,
            seed: seed?,
            biases: self.biases,
        })
    }

    pub(super) fn show(mut self, ui: &mut Ui, outbox: &mut Vec<Action>) -> After {
        ui.label("New starting values for all knobs that are not locked.");
        let initialisation = self.fields_ui(ui);
        match (buttons(ui, &["Initialise", "Cancel"]), initialisation) {
            (Some(0), Some(initialisation)) => {
                outbox.push(Action::Initialise(initialisation));
                After::Close
            }
            (Some(1), _) => After::Close,
            _ => After::Stay(Dialog::Initialise(self)),
        }
    }
}

/// Asks for the shape of a new network.
#[derive(Debug)]
pub struct NewDialog {
    inputs: String,
    layers: Vec<(String, Activation)>,
    start: InitialiseDialog,
}

impl Default for NewDialog {
    fn default() -> Self {
        Self {
            inputs: "2".to_owned(),
            layers: vec![
                ("3".to_owned(), Activation::Tanh),
                ("1".to_owned(), Activation::Linear),
            ],
            start: InitialiseDialog::default(),
        }
    }
}

impl NewDialog {
    pub(super) fn show(mut self, app: &mut App, ui: &mut Ui) -> After {
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
                        let chosen = activation.name();
                        ComboBox::from_id_salt("activation")
                            .selected_text(chosen)
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
        let start = self.start.fields_ui(ui);
        let blueprint = self.blueprint();
        if let Err(problem) = &blueprint {
            ui.colored_label(app.look().warn, problem);
        }
        match (buttons(ui, &["Create", "Cancel"]), blueprint, start) {
            (Some(0), Ok(blueprint), Some(start)) => {
                let values = start.values(&blueprint);
                let mut network = Network::zeros(blueprint);
                network.knobs_mut().copy_from_slice(&values);
                let ctx = ui.ctx().clone();
                app.leave_for(&ctx, Then::OpenNew(Box::new(Document::new(network))));
                After::Close
            }
            (Some(1), _, _) => After::Close,
            _ => After::Stay(Dialog::New(self)),
        }
    }

    fn blueprint(&self) -> Result<Blueprint, String> {
        let count = |text: &str| {
            text.trim()
                .parse::<usize>()
                .map_err(|_| format!("“{}” is no number of neurons", neurodial_core::words::shortened(text)))
        };
        let layers = self
            .layers
            .iter()
            .map(|(width, activation)| Ok((count(width)?, *activation)));
        let layers: Vec<(usize, Activation)> = layers.collect::<Result<_, String>>()?;
        Blueprint::dense(count(&self.inputs)?, &layers).map_err(|e| e.to_string())
    }
}
