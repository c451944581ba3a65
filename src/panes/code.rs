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

use crate::canvas::Stage;
use neurodial_core::code::{Language, LiveListing};

use super::curves::controls::{choice_ui, combo_ui, named};
use super::{Pane, Scene};
use edit::EditBox;
use flash::Flashes;
use paper::Sheet;

/// A longer text is not laid out as one field, in bytes.
const LONGEST_EDIT: usize = 60_000;

/// What the pane keeps from one frame to the next.
#[derive(Default)]
struct State {
    language: Language,
    live: LiveListing,
    flashes: Flashes,
    edit: Option<EditBox>,
}

/// The height on paper in a pane of `width` points: every line.
pub fn paper_height(painter: &Painter, scene: &Scene<'_>, width: f32) -> f32 {
    Sheet::new(painter, scene, width).height(painter)
}

/// The language that the pane shows in a window; a figure of the window's takes it over.
pub fn language(ctx: &Context) -> Language {
    shared(ctx).lock().language
}

/// What the pane keeps.
fn shared(ctx: &Context) -> Arc<Mutex<State>> {
    let id = Pane::Code.canvas_id().with("state");
    ctx.data_mut(|data| data.get_temp_mut_or_default::<Arc<Mutex<State>>>(id).clone())
}

/// Draws the pane.
pub fn code_ui(ui: &mut Ui, scene: &mut Scene<'_>, stage: &mut Stage) {
    if ui.available_width() < 20.0 || ui.available_height() < 8.0 {
        return;
    }
    if scene.paper.is_some() {
        Sheet::new(ui.painter(), scene, ui.available_width()).rows_ui(ui, scene, stage);
        return;
    }
    let shared = shared(ui.ctx());
    let mut state = shared.lock();
    let state = &mut *state;
    // Under a hand that turns something the lines stay where they are.
    let changes = state
        .live
        .follow(state.language, scene.session.document(), stage.turning.is_some());
    state.flashes.add(ui, changes);
    if state.edit.is_none() {
        controls_ui(ui, state);
    }
    match &mut state.edit {
        Some(edit) => {
            if edit.edit_ui(ui, scene) {
                state.edit = None;
            }
        }
        None => lines::lines_ui(ui, scene, stage, &state.live, state.language, &mut state.flashes),
    }
}

/// The row over the text.
fn controls_ui(ui: &mut Ui, state: &mut State) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let before = state.language;
        combo_ui(ui, "language of the code", before.title(), |ui| {
            for language in Language::ALL {
                if choice_ui(ui, language == before, language.title()) {
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
        let is_short = text.len() <= LONGEST_EDIT;
        let edit = ui
            .add_enabled(is_short, Button::new("Edit"))
            .on_hover_text("Change numbers by typing in the text")
            .on_disabled_hover_text(
                "This text is too long for a field; drag its numbers, or click one to type it",
            );
        named(ui, &edit, "edit the code");
        if edit.clicked() {
            state.edit = Some(EditBox::new(state.live.listing().clone()));
            ui.ctx().request_discard("the text becomes a field");
        }
    });
}
