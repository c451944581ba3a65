//! A lesson that is played in the window: its state, and the parts of its panel that know nothing of the window.
//!
//! | module | contents |
//! | --- | --- |
//! | `sketch` | the plot in which a curve is drawn by hand |
//! | `prose` | draws the text of a lesson |
//! | `answer` | the answer that is being given, and the controls for it |

pub(super) mod answer;
pub(super) mod prose;
pub(super) mod sketch;

use std::path::PathBuf;

use egui::Context;
use egui_tiles::{Linear, LinearDir, Tiles, Tree};

use crate::panes::Pane;
use neurodial_core::lessons::{Answer, CheckedLesson, LessonRun};
use neurodial_core::session::Session;

use super::file_watch::FileWatch;
use super::presentation::tree_of;
use answer::AnswerDraft;

/// A lesson that is being played in the window.
pub(crate) struct ActiveLesson {
    pub(super) run: LessonRun,
    /// The lesson in all its languages.
    pub(super) checked: CheckedLesson,
    /// The id of a bundled lesson; `None` for a file.
    pub(super) bundled_id: Option<&'static str>,
    /// The file of the lesson, which is read again when it is saved.
    pub(super) file: Option<(PathBuf, FileWatch)>,
    /// The time at which the step was shown, in seconds of egui's clock.
    pub(super) shown_at: f64,
    /// The answer that is being given.
    pub(super) draft: AnswerDraft,
    /// The problem of a broken lesson.
    pub(super) problem: Option<String>,
    /// True once all steps were gone through.
    pub(super) is_finished: bool,
    /// The panes that the lesson shows now; `None` if it leaves them as they were.
    pub(super) panes: Option<Vec<Pane>>,
    /// The user's own arrangement of the panes.
    pub(super) own_layout: OwnLayout,
}

/// An arrangement of panes that is put aside.
pub(super) struct OwnLayout {
    pub(super) tree: Tree<Pane>,
    pub(super) is_rearranged: bool,
    pub(super) maximized_pane: Option<Pane>,
}

/// A request of the panel.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum LessonRequest {
    /// Answers a question of the current step.
    Answer(usize, Answer),
    /// Shows the true answer to a question, in presentation mode.
    Reveal(usize),
    Hint,
    Reset,
    Solve,
    Back,
    Next,
    Leave,
    /// Opens a link that was clicked.
    OpenLink(String),
}

impl ActiveLesson {
    /// Returns the panes that the lesson shows in the current step.
    pub(super) fn wanted_panes(&self) -> Option<Vec<Pane>> {
        let names = self.run.lesson().panes(self.run.step_index())?;
        Some(names.into_iter().filter_map(Pane::from_name).collect())
    }

    /// Returns the time since the step was shown, in seconds.
    pub(super) fn seconds(&self, ctx: &Context) -> f64 {
        (ctx.input(|input| input.time) - self.shown_at).max(0.0)
    }

    /// Returns the user's own session, which is put aside.
    pub(super) fn own_session(&self) -> Option<&Session> {
        self.run.own_work()
    }

    /// Returns the panes of the lesson, for presentation mode.
    pub(super) fn shown_panes(&self) -> Option<&[Pane]> {
        self.panes.as_deref().filter(|panes| !panes.is_empty())
    }
}

/// Returns the arrangement of the panes of a lesson. A list of knobs needs less width than a picture.
pub(super) fn lesson_tree(panes: &[Pane]) -> Tree<Pane> {
    let lists_knobs = panes.first().is_some_and(|pane| pane.info().lists_knobs);
    tree_of(panes, if lists_knobs { 0.36 } else { 0.55 })
}

/// Returns the arrangement of the panes of a lesson in presentation mode, where the panel leaves room for two of them,
/// one above the other.
pub(super) fn presented_tree(panes: &[Pane]) -> Tree<Pane> {
    let mut tiles = Tiles::default();
    let ids: Vec<_> = panes
        .iter()
        .take(2)
        .map(|&pane| tiles.insert_pane(pane))
        .collect();
    let id = egui::Id::unique("presented_lesson");
    match ids.as_slice() {
        [] => Tree::empty(id),
        &[single] => Tree::new(id, single, tiles),
        &[upper, lower, ..] => {
            let stack = Linear::new_binary(LinearDir::Vertical, [upper, lower], 0.42);
            let root = tiles.insert_container(stack);
            Tree::new(id, root, tiles)
        }
    }
}
