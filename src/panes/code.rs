//! The network as source code. Its numbers can be dragged in place, and the whole text can be edited.
//!
//! | module | content |
//! | --- | --- |
//! | [`change_highlights`] | the highlights of digits that have just changed |
//! | `columns` | conversion of byte positions to columns of characters |
//! | [`edit`] | the editor of the whole text |
//! | `line_style` | colors and sizes of lines |
//! | [`lines`] | the lines in view, with their numbers |
//! | [`printed`] | all lines, in a figure |
//! | [`wrap`] | wrapping of lines that are too long for a figure |

pub(crate) mod change_highlights;
mod columns;
pub(crate) mod edit;
mod line_style;
pub(crate) mod lines;
pub(crate) mod printed;
pub(crate) mod wrap;

use std::sync::Arc;

use egui::mutex::Mutex;
use egui::{Button, Context, Painter, Ui};

use crate::canvas::Elements;
use neurodial_core::code::{Language, LiveListing};

use super::curves::controls::{combo_item_ui, combo_ui, set_accessible_name};
use super::{Pane, PaneContext};
use change_highlights::ChangeHighlights;
use edit::CodeEditor;
use printed::PrintedCode;

/// The length above which the text can't be edited as a whole, in bytes: it would be laid out as one text
/// field.
const MAX_EDIT_BYTES: usize = 60_000;

/// The state of the pane from one frame to the next.
#[derive(Default)]
struct CodePaneState {
    language: Language,
    live_listing: LiveListing,
    highlights: ChangeHighlights,
    editor: Option<CodeEditor>,
}

/// Returns the height in a figure in a pane of `width` points, with all lines.
pub(crate) fn print_height(painter: &Painter, context: &PaneContext<'_>, width: f32) -> f32 {
    PrintedCode::new(painter, context, width).height(painter)
}

/// Returns the language that the pane shows in the window. A figure of the window uses it too.
pub(crate) fn language(ctx: &Context) -> Language {
    shared_state(ctx).lock().language
}

/// Returns the state of the pane.
fn shared_state(ctx: &Context) -> Arc<Mutex<CodePaneState>> {
    let id = Pane::Code.canvas_id().with("state");
    ctx.data_mut(|data| {
        data.get_temp_mut_or_default::<Arc<Mutex<CodePaneState>>>(id)
            .clone()
    })
}

/// Draws the code pane.
pub(crate) fn code_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
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
    // While a value is being dragged, the lines stay where they are.
    let changes = state.live_listing.update(
        state.language,
        context.session.document(),
        elements.dragged.is_some(),
    );
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
        None => lines::lines_ui(
            ui,
            context,
            elements,
            &state.live_listing,
            state.language,
            &mut state.highlights,
        ),
    }
}

/// Draws the row of controls above the text.
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
        let text = &state.live_listing.listing().text;
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
            state.editor = Some(CodeEditor::new(state.live_listing.listing().clone()));
            ui.ctx().request_discard("the text becomes a field");
        }
    });
}
