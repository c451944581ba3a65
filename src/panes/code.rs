//! The network as a program, live: its numbers can be turned where they stand, and all of it can be edited.
//!
//! | file | what |
//! | --- | --- |
//! | `columns` | columns of characters, from bytes |
//! | [`edit`] | the text as a field, and what became of it |
//! | [`flash`] | digits that have just changed |
//! | `ink` | how the pieces of a line look |
//! | [`lines`] | the lines in view, with their numbers |
//! | [`paper`] | all lines, on paper |
//! | [`wrap`] | lines that are too long for a page, in several rows |

mod columns;
pub mod edit;
pub mod flash;
mod ink;
pub mod lines;
pub mod paper;
pub mod wrap;

use std::sync::Arc;

use egui::mutex::Mutex;
use egui::{Button, Context, Painter, Ui};

use crate::canvas::Elements;
use neurodial_core::code::{Language, LiveListing};

use super::curves::controls::{combo_item_ui, combo_ui, set_accessible_name};
use super::{Pane, PaneContext};
use edit::CodeEditor;
use flash::ChangeHighlights;
use paper::PrintedCode;

/// A longer text is not laid out as one field, in bytes.
const MAX_EDIT_BYTES: usize = 60_000;

/// What the pane keeps from one frame to the next.
#[derive(Default)]
struct CodePaneState {
    language: Language,
    live: LiveListing,
    highlights: ChangeHighlights,
    editor: Option<CodeEditor>,
}

/// The height on paper in a pane of `width` points: every line.
pub fn print_height(painter: &Painter, context: &PaneContext<'_>, width: f32) -> f32 {
    PrintedCode::new(painter, context, width).height(painter)
}

/// The language that the pane shows in a window; a figure of the window's takes it over.
pub fn language(ctx: &Context) -> Language {
    shared_state(ctx).lock().language
}

/// What the pane keeps.
fn shared_state(ctx: &Context) -> Arc<Mutex<CodePaneState>> {
    let id = Pane::Code.canvas_id().with("state");
    ctx.data_mut(|data| data.get_temp_mut_or_default::<Arc<Mutex<CodePaneState>>>(id).clone())
}

/// Draws the pane.
pub fn code_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    if ui.available_width() < 20.0 || ui.available_height() < 8.0 {
        return;
    }
    if context.options.is_some() {
        PrintedCode::new(ui.painter(), context, ui.available_width()).rows_ui(ui, context, elements);
        return;
    }
    let shared = shared_state(ui.ctx());
    let mut state = shared.lock();
    let state = &mut *state;
    // Under a hand that turns something the lines stay where they are.
    let changes = state
        .live
        .update(state.language, context.session.document(), elements.dragged.is_some());
    state.highlights.add(ui, changes);
    if state.editor.is_none() {
        controls_ui(ui, state);
    }
    match &mut state.editor {
        Some(edit) => {
            if edit.edit_ui(ui, context) {
                state.editor = None;
            }
        }
        None => lines::lines_ui(ui, context, elements, &state.live, state.language, &mut state.highlights),
    }
}

/// The row over the text.
fn controls_ui(ui: &mut Ui, state: &mut CodePaneState) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let before = state.language;
        combo_ui(ui, "language of the code", before.title(), |ui| {
            for language in Language::ALL {
                if combo_item_ui(ui, language == before, language.title()) {
                    state.language = language;
                }
            }
        });
        if state.language != before {
            ui.ctx().request_discard("another language was chosen");
        }
        let text = &state.live.listing().text;
        if ui.button("Copy").on_hover_text("Copy the program").clicked() {
            ui.copy_text(text.clone());
        }
        let is_short = text.len() <= MAX_EDIT_BYTES;
        let edit = ui
            .add_enabled(is_short, Button::new("Edit"))
            .on_hover_text("Change numbers by typing in the text")
            .on_disabled_hover_text(
                "This text is too long for a field; drag its numbers, or click one to type it",
            );
        set_accessible_name(ui, &edit, "edit the code");
        if edit.clicked() {
            state.editor = Some(CodeEditor::new(state.live.listing().clone()));
            ui.ctx().request_discard("the text becomes a field");
        }
    });
}
