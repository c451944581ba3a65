//! The answer that is being given to a question, and the controls for it.

use std::collections::BTreeMap;

use egui::{Align2, Id, Key, TextEdit, Ui, vec2};

use crate::theme::type_scale;
use neurodial_core::lessons::{Answer, Question, QuestionKind};
use neurodial_core::text::{Messages, parse_number};

use super::prose::ProseContext;
use super::sketch::{SketchContext, SketchDraft, sketch_ui};

/// The answer that is being given.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::app) struct AnswerDraft {
    /// The chosen choices, counted from 0.
    choices: Vec<usize>,
    /// The typed number.
    number: String,
    /// The typed numbers of the blanks.
    blanks: BTreeMap<usize, String>,
    /// The drawn curve.
    sketch: SketchDraft,
}

impl AnswerDraft {
    /// Returns the answer; `None` if it is not complete.
    pub(in crate::app) fn answer(&self, question: &Question) -> Option<Answer> {
        match &question.kind {
            QuestionKind::Choice(_) | QuestionKind::Choices(_) => {
                let mut choices = self.choices.clone();
                choices.sort_unstable();
                (!choices.is_empty()).then_some(Answer::Choices(choices))
            }
            QuestionKind::Number { .. } => parse_number(&self.number).ok().map(Answer::Number),
            QuestionKind::Blanks { .. } => {
                let count = question.prose.blanks().count();
                let numbers: Vec<Option<f64>> = (0..count)
                    .map(|blank| parse_number(self.blanks.get(&blank)?).ok())
                    .collect();
                numbers
                    .iter()
                    .any(Option::is_some)
                    .then_some(Answer::Blanks(numbers))
            }
            QuestionKind::Sketch { .. } => {
                let sketch = &self.sketch.sketch;
                (!sketch.is_empty()).then(|| Answer::Sketch(sketch.clone()))
            }
        }
    }

    /// Draws the text of a question with its blanks, and the controls of its answer. Returns true if Enter asks to
    /// answer.
    pub(in crate::app) fn question_ui(
        &mut self,
        ui: &mut Ui,
        context: &mut ProseContext<'_>,
        question: &Question,
        sketch: Option<SketchContext<'_>>,
        messages: Messages,
    ) -> bool {
        let mut is_entered = false;
        let blanks = &mut self.blanks;
        context.prose_ui(ui, &question.prose, |ui, blank| {
            let name = messages.lesson_blank_name(blank + 1);
            is_entered |= field_ui(ui, blanks.entry(blank).or_default(), &name, 56.0);
        });
        match &question.kind {
            QuestionKind::Choice(choices) => {
                for (index, choice) in choices.iter().enumerate() {
                    let text = context.job(&choice.prose, type_scale::body(), context.theme.text);
                    if ui.radio(self.choices == [index], text).clicked() {
                        self.choices = vec![index];
                    }
                }
            }
            QuestionKind::Choices(choices) => {
                for (index, choice) in choices.iter().enumerate() {
                    let text = context.job(&choice.prose, type_scale::body(), context.theme.text);
                    let mut is_chosen = self.choices.contains(&index);
                    if ui.checkbox(&mut is_chosen, text).changed() {
                        self.choices.retain(|&chosen| chosen != index);
                        if is_chosen {
                            self.choices.push(index);
                        }
                    }
                }
            }
            QuestionKind::Number { .. } => {
                let name = messages.lesson_number_name();
                is_entered |= field_ui(ui, &mut self.number, name, 110.0);
            }
            QuestionKind::Blanks { .. } => {}
            QuestionKind::Sketch { .. } => {
                if let Some(sketch) = sketch {
                    sketch_ui(ui, sketch, &mut self.sketch);
                    if ui.button(messages.lesson_sketch_clear()).clicked() {
                        self.sketch = SketchDraft::default();
                    }
                }
            }
        }
        is_entered
    }
}

/// Draws a field for a number. Returns true if Enter was pressed in it.
fn field_ui(ui: &mut Ui, text: &mut String, name: &str, width: f32) -> bool {
    let edit = TextEdit::singleline(text)
        .desired_width(width)
        .font(type_scale::number())
        .align(Align2::CENTER_CENTER)
        .margin(vec2(3.0, 1.0));
    let response = ui.add(edit);
    let id: Id = response.id;
    let is_invalid = !text.trim().is_empty() && parse_number(text).is_err();
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_label(name);
        if is_invalid {
            node.set_invalid(egui::accesskit::Invalid::True);
        }
    });
    response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}
