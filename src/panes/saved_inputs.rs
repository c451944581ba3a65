//! Saved inputs: a table of rows of inputs to choose from, with the outputs of the network. Only rows in view
//! are laid out.
//!
//! | module | content |
//! | --- | --- |
//! | [`cell`] | one number, shown and edited |
//! | [`geometry`] | the columns that fit |
//! | [`paste`] | rows that are pasted or typed as text |
//! | [`table`] | the table |

pub(crate) mod cell;
pub(crate) mod geometry;
pub(crate) mod paste;
pub(crate) mod table;

use egui::{Align, Button, Layout, Ui};

use crate::canvas::Elements;
use neurodial_core::session::Edit;
use neurodial_core::text::Messages;

use super::context::PaneContext;
use super::pane_info::{LayoutRegion, PaneInfo, SizeHint};
use super::training::hint_ui;
use cell::CellEditor;
use paste::{PasteBox, load_temp, pasted_text};
use table::SavedInputsTable;

/// The properties of the pane.
pub(crate) static PANE: PaneInfo = PaneInfo {
    region: Some(LayoutRegion::RightBottom),
    shortcut: Some(egui::Key::Num5),
    figure_remedy: |session, _| {
        let is_empty = session.document().saved_inputs.is_empty();
        is_empty.then_some(Messages::figure_remedy_saved_inputs)
    },
    width_share: 0.9,
    print_width: |_, context| print_width(context),
    print_height: |_, context, _| Ok(SizeHint::fixed(print_height(context))),
    ..PaneInfo::new(
        &["saved-inputs", "cases"],
        Messages::pane_saved_inputs,
        saved_inputs_ui,
    )
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

/// Draws the saved inputs pane.
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
        let hint = context.messages.saved_inputs_empty();
        hint_ui(ui, context, hint);
    } else {
        has_focus |= SavedInputsTable::new(ui, context).table_ui(ui, context, &mut cell_editor);
    }
    if let Some(problem) = cell_editor
        .as_ref()
        .and_then(|editor| editor.error(context.messages))
    {
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
    let (document, messages) = (context.session.document(), context.messages);
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
        if button(
            ui,
            true,
            messages.saved_inputs_add(),
            messages.saved_inputs_add_tooltip(),
        ) {
            let mut saved_inputs = document.saved_inputs.clone();
            saved_inputs.push(document.inputs.clone());
            context.actions.push(Edit::SetSavedInputs(saved_inputs).into());
        }
        if button(
            ui,
            true,
            messages.saved_inputs_paste(),
            messages.saved_inputs_paste_tooltip(),
        ) {
            paste.is_open = !paste.is_open;
        }
        if button(
            ui,
            !document.saved_inputs.is_empty(),
            messages.saved_inputs_clear(),
            messages.saved_inputs_clear_tooltip(),
        ) {
            context.actions.push(Edit::SetSavedInputs(Vec::new()).into());
        }
    });
    has_focus
}
