//! The list of keyboard shortcuts, and information about the program.

use egui::{Grid, RichText, ScrollArea, Ui};

use crate::app::command::Command;
use crate::theme::type_scale;

/// The keys on a focused knob, input or neuron, with their effects.
const KNOB_KEYS: [(&str, &str); 15] = [
    ("Tab", "the next pane or control"),
    ("Up, Down", "the knob before, the next knob"),
    (
        "Shift + Up, Down",
        "the same input’s knob of the neuron before, the next neuron",
    ),
    ("Left, Right", "less, more by the step (0.1)"),
    ("Shift + Left, Right", "by a tenth of the step (0.01)"),
    ("Page Down, Page Up", "less, more by ten steps (1)"),
    ("Home, End", "the ends of the range"),
    ("0 to 9, −", "type the number"),
    ("Enter, F2", "edit the number; on a neuron: look into it"),
    ("Delete", "back to the value when opened"),
    ("L", "lock or unlock"),
    ("C", "draw the curves over it"),
    ("M, Menu, Shift + F10", "its menu"),
    ("Esc", "leave"),
    ("A setting of training", "the same keys; Delete: its usual value"),
];

/// Mouse gestures with their effects.
const MOUSE_GESTURES: [(&str, &str); 6] = [
    ("Drag", "turn; with Shift ten times finer"),
    ("Drag a dial", "its rim round its middle; its middle up and down"),
    ("Double click", "back to the value when opened"),
    ("Click a number", "type it"),
    ("Right click", "the menu of a knob, an input or a neuron"),
    ("Wheel", "turn the knob that has the focus; zoom the curves"),
];

pub(super) fn keys_ui(ui: &mut Ui) {
    let height = (ui.ctx().content_rect().height() - 180.0).max(160.0);
    ScrollArea::vertical().max_height(height).show(ui, |ui| {
        ui.set_width(ui.available_width());
        section_ui(
            ui,
            "Knobs, inputs and neurons",
            &KNOB_KEYS.map(|(keys, description)| (keys.to_owned(), description.to_owned())),
        );
        section_ui(
            ui,
            "Mouse",
            &MOUSE_GESTURES.map(|(keys, description)| (keys.to_owned(), description.to_owned())),
        );
        let shortcuts: Vec<(String, String)> = Command::with_shortcut()
            .map(|(shortcut, command)| (ui.ctx().format_shortcut(&shortcut), command.text()))
            .collect();
        section_ui(ui, "Everywhere", &shortcuts);
    });
}

fn section_ui(ui: &mut Ui, title: &str, rows: &[(String, String)]) {
    ui.label(RichText::new(title).font(type_scale::strong()));
    Grid::new(title)
        .num_columns(2)
        .spacing([24.0, 4.0])
        .show(ui, |ui| {
            for (keys, description) in rows {
                ui.label(RichText::new(keys).font(type_scale::code()));
                ui.label(description);
                ui.end_row();
            }
        });
    ui.add_space(10.0);
}

pub(super) fn about_ui(ui: &mut Ui) {
    ui.label(format!("Version {}", env!("CARGO_PKG_VERSION")));
    ui.label(
        "A desktop instrument that makes a small neural network something you can hold: every weight and every \
         bias is a knob, and the diagram, the curves and the formula follow.",
    );
    ui.label(
        "Licensed under MIT or Apache-2.0, at your choice. The fonts are under the SIL Open Font License.",
    );
}
