//! Saved inputs: a table of rows of inputs to choose from, with the outputs of the network. Only rows in view
//! are laid out.
//!
//! | module | content |
//! | --- | --- |
//! | [`cell`] | one number, shown and edited |
//! | [`table`] | the table |

pub(crate) mod cell;
pub(crate) mod table;

use egui::{Align, Button, Event, Id, Layout, RichText, ScrollArea, TextEdit, Ui, vec2};

use crate::canvas::Elements;
use neurodial_core::session::Edit;
use neurodial_core::session::pasted_rows::parse_rows;

use super::context::PaneContext;
use super::pane_info::{LayoutRegion, PaneInfo, SizeHint};
use cell::CellEditor;
use table::SavedInputsTable;

/// The properties of the pane.
pub(crate) static PANE: PaneInfo = PaneInfo {
    region: Some(LayoutRegion::RightBottom),
    shortcut: Some(egui::Key::Num5),
    prepare_figure: |session| {
        // Without saved inputs, the current inputs are the only row.
        let document = session.document();
        let is_empty = document.saved_inputs.is_empty();
        is_empty.then(|| Edit::SetSavedInputs(vec![document.inputs.clone()]).into())
    },
    width_share: 0.9,
    print_width: |_, context| print_width(context),
    print_height: |_, context, _| Ok(SizeHint::fixed(print_height(context))),
    ..PaneInfo::new(&["cases"], "Cases", saved_inputs_ui)
};

/// Returns the height in a figure, in points: every row is shown, up to a maximum number.
pub(crate) fn print_height(context: &PaneContext<'_>) -> f32 {
    const MAX_ROWS: usize = 200;
    table::table_height(context.session.document().saved_inputs.len().min(MAX_ROWS))
}

/// Returns the minimum and preferred width in a figure, in points: some columns fit, or all of them if they
/// are few.
pub(crate) fn print_width(context: &PaneContext<'_>) -> SizeHint {
    const MARGINS: f32 = 60.0;
    const COLUMN_WIDTH: f32 = 52.0;
    const MAX_COLUMNS: usize = 6;
    let architecture = context.session.architecture();
    let columns = architecture.input_count() + architecture.width(architecture.last_layer());
    let width = |columns: usize| MARGINS + COLUMN_WIDTH * columns as f32;
    SizeHint::new(width(columns.min(2)), width(columns.min(MAX_COLUMNS)))
}

pub(crate) fn saved_inputs_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    if ui.available_width() < 20.0 {
        return;
    }
    if context.options.is_some() {
        SavedInputsTable::new(ui, context).table_ui(ui, context, &mut None);
        return;
    }
    let box_id = ui.scope_id().with("paste");
    let cell_id = ui.scope_id().with("typed");
    let focus_id = ui.scope_id().with("focus");
    let mut paste: PasteBox = load_temp(ui, box_id);
    let mut cell_editor: Option<CellEditor> = load_temp(ui, cell_id);
    // The element with the focus is known from the last frame.
    let had_focus: bool = load_temp(ui, focus_id);
    if !paste.is_open
        && cell_editor.is_none()
        && let Some(text) = pasted_text(ui, had_focus)
    {
        paste.paste_text(text, context);
    }
    let mut has_focus = buttons_ui(ui, context, &mut paste);
    if paste.is_open {
        paste.box_ui(ui, context);
    } else if context.session.document().saved_inputs.is_empty() {
        let hint = "No cases yet. Add the present inputs as a row, or paste rows from a spreadsheet.";
        ui.label(RichText::new(hint).color(context.theme.weak_text));
    } else {
        has_focus |= SavedInputsTable::new(ui, context).table_ui(ui, context, &mut cell_editor);
    }
    if let Some(problem) = cell_editor.as_ref().and_then(CellEditor::error) {
        elements.number_error = Some(problem);
    }
    ui.data_mut(|data| {
        data.insert_temp(box_id, paste);
        data.insert_temp(cell_id, cell_editor);
        data.insert_temp(focus_id, has_focus);
    });
}

/// Draws the buttons; returns true if one of them has the focus.
fn buttons_ui(ui: &mut Ui, context: &mut PaneContext<'_>, paste: &mut PasteBox) -> bool {
    let document = context.session.document();
    let mut has_focus = false;
    let mut button = |ui: &mut Ui, enabled: bool, text: &str, hint: &str| {
        let response = ui.add_enabled(enabled, Button::new(text)).on_hover_text(hint);
        has_focus |= response.has_focus();
        response.clicked()
    };
    let layout = Layout::left_to_right(Align::Center).with_main_wrap(true);
    ui.with_layout(layout.with_cross_align(Align::Min), |ui| {
        ui.set_max_height(24.0);
        ui.spacing_mut().item_spacing.x = 6.0;
        if button(ui, true, "Add row", "Add the present inputs as a row") {
            let mut saved_inputs = document.saved_inputs.clone();
            saved_inputs.push(document.inputs.clone());
            context.actions.push(Edit::SetSavedInputs(saved_inputs).into());
        }
        if button(ui, true, "Paste…", "Add rows from a spreadsheet or a file") {
            paste.is_open = !paste.is_open;
        }
        if button(
            ui,
            !document.saved_inputs.is_empty(),
            "Clear",
            "Remove all rows; can be undone",
        ) {
            context.actions.push(Edit::SetSavedInputs(Vec::new()).into());
        }
    });
    has_focus
}

/// The box in which rows are typed or pasted.
#[derive(Debug, Clone, Default)]
struct PasteBox {
    /// True if the box is open.
    is_open: bool,
    text: String,
    /// The reason why the text can't be read, if it can't.
    error: Option<String>,
}

impl PasteBox {
    /// Adds the rows of text that was pasted into the pane. If it can't be read, opens the box with the text
    /// and the reason.
    fn paste_text(&mut self, text: String, context: &mut PaneContext<'_>) {
        self.text = text;
        self.is_open = true;
        self.add(context);
    }

    /// Adds the rows of the text to the saved inputs and closes the box, or sets the error.
    fn add(&mut self, context: &mut PaneContext<'_>) {
        let document = context.session.document();
        match parse_rows(&self.text, document.inputs.len()) {
            Ok(rows) => {
                let mut saved_inputs = document.saved_inputs.clone();
                saved_inputs.extend(rows);
                context.actions.push(Edit::SetSavedInputs(saved_inputs).into());
                *self = Self::default();
            }
            Err(problem) => self.error = Some(problem.to_string()),
        }
    }

    fn box_ui(&mut self, ui: &mut Ui, context: &mut PaneContext<'_>) {
        let theme = context.theme;
        let inputs = context.session.document().inputs.len();
        ui.horizontal_wrapped(|ui| {
            let add = ui.add_enabled(!self.text.trim().is_empty(), egui::Button::new("Add these rows"));
            if add.clicked() {
                self.add(context);
            }
            if ui.button("Cancel").clicked() || ui.input(|input| input.key_pressed(egui::Key::Escape)) {
                *self = Self::default();
            }
        });
        if let Some(problem) = &self.error {
            ui.label(RichText::new(problem).color(theme.warning));
        }
        let room = ui.available_size();
        ScrollArea::vertical().id_salt("pasted").show(ui, |ui| {
            let edit = TextEdit::multiline(&mut self.text)
                .hint_text(format!(
                    "A row a line, {inputs} numbers in each, with tabs, semicolons, commas or spaces"
                ))
                .desired_width(f32::INFINITY)
                .min_size(vec2(0.0, (room.y - 8.0).clamp(24.0, 160.0)))
                .code_editor();
            let response = ui.add(edit);
            ui.ctx()
                .accesskit_node_builder(response.id, |node| node.set_label("rows to add"));
            if response.changed() {
                self.error = None;
            }
        });
    }
}

/// Returns the text that was pasted since the last frame, if it is for this pane: a control in the pane has
/// the focus, or none has and the pointer is over the pane.
fn pasted_text(ui: &Ui, has_focus: bool) -> Option<String> {
    let is_for_pane = has_focus || ui.memory(|memory| memory.focused()).is_none() && ui.ui_contains_pointer();
    if !is_for_pane {
        return None;
    }
    ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Paste(text) => Some(text.clone()),
            _ => None,
        })
    })
}

/// Returns the temporary state of the pane from the last frame.
pub(crate) fn load_temp<T: Clone + Default + Send + Sync + 'static>(ui: &Ui, id: Id) -> T {
    ui.data(|data| data.get_temp(id)).unwrap_or_default()
}
