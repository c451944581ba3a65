//! The choice of what to do, which the program starts with: learn, explore, train, draw a figure, or continue.

use egui::{Align, Button, Checkbox, Layout, RichText, ScrollArea, Ui, vec2};

use crate::lessons;
use crate::theme::{ColorTheme, type_scale};
use neurodial_core::session::WindowLayout;
use neurodial_core::text::Messages;

use super::outcome::DialogOutcome;
use crate::app::command::Command;

/// The choice of what to do.
#[derive(Debug, Clone)]
pub(crate) struct StartScreen {
    /// True while the list of lessons is shown.
    lists_lessons: bool,
    /// The document that *Continue* would open, if there is one.
    continued: Option<Command>,
    /// True if the program shows this screen at its next start.
    pub(crate) is_shown_at_start: bool,
}

impl StartScreen {
    /// Creates the choice. `continues` is true if a lesson can be continued.
    pub(crate) fn new(continues: bool, is_shown_at_start: bool) -> Self {
        Self {
            lists_lessons: false,
            continued: continues.then_some(Command::ContinueLesson),
            is_shown_at_start,
        }
    }

    pub(super) fn show_ui(&mut self, ui: &mut Ui, theme: &ColorTheme, messages: Messages) -> DialogOutcome {
        let mut outcome = DialogOutcome::KeepOpen;
        if self.lists_lessons {
            self.lessons_ui(ui, messages, &mut outcome);
        } else {
            self.choices_ui(ui, theme, messages, &mut outcome);
        }
        outcome
    }

    fn choices_ui(
        &mut self,
        ui: &mut Ui,
        theme: &ColorTheme,
        messages: Messages,
        outcome: &mut DialogOutcome,
    ) {
        let choices = [
            (messages.start_learn(), messages.start_learn_description(), None),
            (
                messages.start_explore(),
                messages.start_explore_description(),
                Some(WindowLayout::Explore),
            ),
            (
                messages.start_train(),
                messages.start_train_description(),
                Some(WindowLayout::Train),
            ),
            (
                messages.start_figure(),
                messages.start_figure_description(),
                Some(WindowLayout::Figure),
            ),
        ];
        for (text, description, layout) in choices {
            if choice_ui(ui, theme, text, description) {
                match layout {
                    Some(layout) => *outcome = DialogOutcome::RunCommand(Command::ChooseLayout(layout)),
                    None => self.lists_lessons = true,
                }
            }
        }
        if let Some(command) = self.continued
            && choice_ui(ui, theme, messages.start_continue(), &command.text(messages))
        {
            *outcome = DialogOutcome::RunCommand(command);
        }
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            let checkbox = Checkbox::new(&mut self.is_shown_at_start, messages.start_show_again());
            ui.add(checkbox);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.button(messages.dialog_close()).clicked() {
                    *outcome = DialogOutcome::Close;
                }
            });
        });
    }

    fn lessons_ui(&mut self, ui: &mut Ui, messages: Messages, outcome: &mut DialogOutcome) {
        ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
            for (index, id) in lessons::bundled_ids().into_iter().enumerate() {
                let command = Command::StartLesson(id);
                let text = messages.menu_lesson(index + 1, command.text(messages));
                let button = Button::new(text).min_size(vec2(ui.available_width(), 0.0));
                if ui.add(button).clicked() {
                    *outcome = DialogOutcome::RunCommand(command);
                }
            }
        });
        ui.add_space(4.0);
        if ui.button(messages.start_back()).clicked() {
            self.lists_lessons = false;
        }
    }
}

/// Draws a large button with a line that says what it leads to. Returns true if it was clicked.
fn choice_ui(ui: &mut Ui, theme: &ColorTheme, text: &str, description: &str) -> bool {
    let mut job = egui::text::LayoutJob::default();
    RichText::new(text)
        .font(type_scale::title())
        .color(theme.text)
        .append_to(&mut job, ui.style(), egui::FontSelection::Default, Align::Center);
    RichText::new(format!("\n{description}"))
        .font(type_scale::body())
        .color(theme.weak_text)
        .append_to(&mut job, ui.style(), egui::FontSelection::Default, Align::Center);
    let button = Button::new(job).min_size(vec2(ui.available_width(), 48.0)).wrap();
    let response = ui.add(button);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, text));
    response.clicked()
}
