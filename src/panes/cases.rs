//! Rows of inputs to choose from, and what the network makes of each. Only rows in view are laid out.
//!
//! | file | what |
//! | --- | --- |
//! | [`cell`] | one number, shown and typed |
//! | [`geometry`] | the columns that there is room for |
//! | [`paste`] | rows from elsewhere |
//! | [`table`] | the rows |

pub mod cell;
pub mod geometry;
pub mod paste;
pub mod table;

use egui::{Align, Button, Layout, RichText, Ui};

use crate::canvas::Stage;
use neurodial_core::session::Action;

use super::Scene;
use super::plate::Side;
use cell::Cell;
use paste::{PasteBox, pasted, remembered};
use table::Table;

/// The height on paper: every row has its own, up to what a page holds.
pub fn paper_height(scene: &Scene<'_>) -> f32 {
    const MOST_ROWS: usize = 200;
    table::height(scene.session.document().cases.len().min(MOST_ROWS))
}

/// The width on paper in points: some columns have room, or all of them if they are few.
pub fn paper_width(scene: &Scene<'_>) -> Side {
    const AROUND: f32 = 60.0;
    const COLUMN: f32 = 52.0;
    const MOST: usize = 6;
    let blueprint = scene.session.blueprint();
    let columns = blueprint.inputs() + blueprint.width(blueprint.last_layer());
    let width = |columns: usize| AROUND + COLUMN * columns as f32;
    Side::new(width(columns.min(2)), width(columns.min(MOST)))
}

/// Draws the pane.
pub fn cases_ui(ui: &mut Ui, scene: &mut Scene<'_>, stage: &mut Stage) {
    if ui.available_width() < 20.0 {
        return;
    }
    if scene.paper.is_some() {
        Table::new(ui, scene).table_ui(ui, scene, &mut None);
        return;
    }
    let box_id = ui.scope_id().with("paste");
    let cell_id = ui.scope_id().with("typed");
    let focus_id = ui.scope_id().with("focus");
    let mut paste: PasteBox = remembered(ui, box_id);
    let mut cell: Option<Cell> = remembered(ui, cell_id);
    // What has the focus is known from the last frame.
    let had_focus: bool = remembered(ui, focus_id);
    if !paste.is_open
        && cell.is_none()
        && let Some(text) = pasted(ui, had_focus)
    {
        paste.take(text, scene);
    }
    let mut has_focus = buttons_ui(ui, scene, &mut paste);
    if paste.is_open {
        paste.box_ui(ui, scene);
    } else if scene.session.document().cases.is_empty() {
        let hint = "No cases yet. Add the present inputs as a row, or paste rows from a spreadsheet.";
        ui.label(RichText::new(hint).color(scene.look.ink_soft));
    } else {
        has_focus |= Table::new(ui, scene).table_ui(ui, scene, &mut cell);
    }
    if let Some(problem) = cell.as_ref().and_then(Cell::problem) {
        stage.reason = Some(problem);
    }
    ui.data_mut(|data| {
        data.insert_temp(box_id, paste);
        data.insert_temp(cell_id, cell);
        data.insert_temp(focus_id, has_focus);
    });
}

/// Draws the buttons; says whether one of them has the focus.
fn buttons_ui(ui: &mut Ui, scene: &mut Scene<'_>, paste: &mut PasteBox) -> bool {
    let document = scene.session.document();
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
            let mut cases = document.cases.clone();
            cases.push(document.inputs.clone());
            scene.outbox.push(Action::SetCases(cases));
        }
        if button(ui, true, "Paste…", "Add rows from a spreadsheet or a file") {
            paste.is_open = !paste.is_open;
        }
        if button(
            ui,
            !document.cases.is_empty(),
            "Clear",
            "Remove all rows; can be undone",
        ) {
            scene.outbox.push(Action::SetCases(Vec::new()));
        }
    });
    has_focus
}
