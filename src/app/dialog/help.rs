//! The list of keys, and what this program is.

use egui::{Grid, RichText, ScrollArea, Ui};

use super::{After, Dialog, buttons};
use crate::app::Command;
use crate::look::type_scale;

/// What keys do on a knob, an input or a neuron that has the focus.
const ON_A_KNOB: [(&str, &str); 15] = [
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

/// What a mouse does.
const WITH_A_MOUSE: [(&str, &str); 6] = [
    ("Drag", "turn; with Shift ten times finer"),
    ("Drag a dial", "its rim round its middle; its middle up and down"),
    ("Double click", "back to the value when opened"),
    ("Click a number", "type it"),
    ("Right click", "the menu of a knob, an input or a neuron"),
    ("Wheel", "turn the knob that has the focus; zoom the curves"),
];

pub(super) fn keys_ui(ui: &mut Ui) -> After {
    let height = (ui.ctx().content_rect().height() - 180.0).max(160.0);
    ScrollArea::vertical().max_height(height).show(ui, |ui| {
        ui.set_width(ui.available_width());
        section(
            ui,
            "Knobs, inputs and neurons",
            &ON_A_KNOB.map(|(keys, what)| (keys.to_owned(), what.to_owned())),
        );
        section(
            ui,
            "Mouse",
            &WITH_A_MOUSE.map(|(keys, what)| (keys.to_owned(), what.to_owned())),
        );
        let everywhere: Vec<(String, String)> = Command::with_keys()
            .map(|(shortcut, command)| (ui.ctx().format_shortcut(&shortcut), command.text()))
            .collect();
        section(ui, "Everywhere", &everywhere);
    });
    match buttons(ui, &["Close"]) {
        Some(_) => After::Close,
        None => After::Stay(Dialog::Keys),
    }
}

fn section(ui: &mut Ui, title: &str, rows: &[(String, String)]) {
    ui.label(RichText::new(title).font(type_scale::strong()));
    Grid::new(title)
        .num_columns(2)
        .spacing([24.0, 4.0])
        .show(ui, |ui| {
            for (keys, what) in rows {
                ui.label(RichText::new(keys).font(type_scale::code()));
                ui.label(what);
                ui.end_row();
            }
        });
    ui.add_space(10.0);
}

pub(super) fn about_ui(ui: &mut Ui) -> After {
    ui.label(format!("Version {}", env!("CARGO_PKG_VERSION")));
    ui.label(
        "A desktop instrument that makes a small neural network something you can hold: every weight and every \
         bias is a knob, and the diagram, the curves and the formula follow.",
    );
    ui.label(
        "Licensed under MIT or Apache-2.0, at your choice. The fonts are under the SIL Open Font License.",
    );
    match buttons(ui, &["Close"]) {
        Some(_) => After::Close,
        None => After::Stay(Dialog::About),
    }
}
