//! The panel of a lesson beside the panes: the text of the step, one question at a time, hints and replies, and the
//! buttons that go back and on.

use egui::{
    Align, Button, Frame, Key, Label, Layout, Margin, Modifiers, Panel, RichText, ScrollArea, Ui, accesskit,
};

use crate::panes::curves::controls::set_accessible_name;
use crate::theme::{ColorTheme, style, type_scale};
use egui_figure::fonts;
use neurodial_core::lessons::{
    Answer, LessonRun, Prose, Question, QuestionKind, QuestionState, TrueCurve, Truth,
};
use neurodial_core::text::{Messages, format_adaptive};

use super::lesson::prose::ProseContext;
use super::lesson::sketch::{SketchContext, revealed_ui};
use super::lesson::{ActiveLesson, LessonRequest};
use super::state::App;

/// The width of the panel at first, in points.
const WIDTH: f32 = 350.0;
/// The height of the plot of a sketch, in points.
const SKETCH_HEIGHT: f32 = 200.0;

/// Draws the panel of the lesson that is played, if there is one.
pub(crate) fn lesson_panel_ui(app: &mut App, ui: &mut Ui) {
    let Some(mut lesson) = app.lesson.take() else {
        return;
    };
    let theme = app.theme();
    let is_presenting = app.is_presenting();
    let frame = Frame::new().fill(theme.background).inner_margin(Margin {
        left: 10,
        right: 0,
        top: 10,
        bottom: 8,
    });
    let window_width = ui.available_width();
    let panel = match is_presenting {
        true => Panel::left("presented-lesson")
            .exact_size(0.5 * window_width)
            .resizable(false),
        false => Panel::left("lesson")
            .default_size(WIDTH.min(0.5 * window_width))
            .size_range(0.2 * window_width..=0.7 * window_width)
            .resizable(true),
    };
    let panel = panel.frame(frame).show_separator_line(false);
    let shown = panel.show(ui, |ui| {
        let card = style::card_frame(theme).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            card_ui(ui, app, &mut lesson)
        });
        card.inner
    });
    let ctx = ui.ctx().clone();
    app.lesson = Some(lesson);
    let requests = shown.inner;
    if !requests.is_empty() {
        ctx.request_discard("a lesson goes on");
    }
    for request in requests {
        app.run_lesson_request(&ctx, request);
    }
}

/// Draws the contents of the panel and returns what was asked for.
fn card_ui(ui: &mut Ui, app: &App, lesson: &mut ActiveLesson) -> Vec<LessonRequest> {
    let (theme, messages) = (app.theme(), app.messages);
    let is_presenting = app.is_presenting();
    let seconds = lesson.seconds(ui.ctx());
    let question = lesson.run.current_question();
    let curves: Vec<Option<TrueCurve>> = (0..lesson.run.step().questions().count())
        .map(|index| match lesson.run.truth(index) {
            Some(Truth::Curve(curve)) => Some(curve),
            _ => None,
        })
        .collect();
    let mut requests = Vec::new();
    header_ui(ui, theme, messages, lesson, &mut requests);
    Panel::bottom("lesson-buttons")
        .frame(Frame::new().inner_margin(Margin::symmetric(0, 6)))
        .show_separator_line(false)
        .show(ui, |ui| buttons_ui(ui, app, lesson, &mut requests));
    let run = &lesson.run;
    let evaluation = run.evaluation(&app.session, seconds);
    let mut context = ProseContext {
        theme,
        evaluation: &evaluation,
        folder: &run.lesson().source.folder,
        requests: Vec::new(),
    };
    let draft = &mut lesson.draft;
    let area = ScrollArea::vertical()
        .id_salt(("lesson", run.step_index()))
        .auto_shrink(false);
    area.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 7.0;
        if let Some(problem) = &lesson.problem {
            ui.label(RichText::new(problem).color(theme.warning));
        }
        // On a projector there is room for the question alone.
        if run.step_index() == 0 && !is_presenting {
            text_ui(ui, &mut context, &run.lesson().introduction);
        }
        let heading = RichText::new(&run.step().title)
            .font(type_scale::title())
            .color(theme.text);
        let heading = ui.add(Label::new(heading).wrap());
        ui.ctx()
            .accesskit_node_builder(heading.id, |node| node.set_role(accesskit::Role::Heading));
        text_ui(ui, &mut context, &run.step().introduction);
        let before_task = run.step().questions_before_task();
        let mut is_entered = false;
        for (index, asked) in run.step().questions().enumerate() {
            if index == before_task {
                task_ui(ui, app, &mut context, run, seconds);
            }
            let state = run.state().question(index);
            let sketch = curves[index]
                .as_ref()
                .map(|curve| (curve, sketch_axis_names(asked, run, messages)));
            let sketch = sketch.as_ref().map(|(curve, names)| SketchContext {
                theme,
                messages,
                curve,
                names: [&names[0], &names[1]],
                height: SKETCH_HEIGHT,
            });
            if let Some(state) = state.filter(|state| state.count() > 0) {
                answered_ui(ui, &mut context, asked, state, sketch, messages);
            } else if question == Some(index) {
                part_heading_ui(ui, theme, messages.lesson_ask());
                is_entered |= draft.question_ui(ui, &mut context, asked, sketch, messages);
                let answer = draft.answer(asked);
                let is_ready = answer.is_some();
                let text = match is_presenting {
                    true => messages.lesson_reveal(),
                    false => messages.lesson_answer(),
                };
                let button = ui.add_enabled(is_ready || is_presenting, Button::new(text));
                let is_space = is_presenting
                    && ui.memory(|memory| memory.focused().is_none())
                    && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Space));
                if is_presenting && (button.clicked() || is_space) {
                    requests.push(LessonRequest::Reveal(index));
                } else if let Some(answer) = answer.filter(|_| button.clicked() || is_entered) {
                    requests.push(LessonRequest::Answer(index, answer));
                }
            }
        }
        if before_task == run.step().questions().count() {
            task_ui(ui, app, &mut context, run, seconds);
        }
        for hint in run.step().hints().take(run.state().hints()) {
            part_heading_ui(ui, theme, messages.lesson_hint());
            text_ui(ui, &mut context, hint);
        }
        let afterwords = run.afterwords();
        if run.state().is_passed() && !afterwords.is_empty() {
            status_ui(ui, theme, messages.lesson_passed(), true);
        }
        for afterword in afterwords {
            text_ui(ui, &mut context, afterword);
        }
        if lesson.is_finished {
            status_ui(ui, theme, messages.lesson_finished(), true);
        }
    });
    requests.extend(context.requests);
    requests
}

/// Draws the title, how far the lesson is, and the button that leaves it.
fn header_ui(
    ui: &mut Ui,
    theme: &ColorTheme,
    messages: Messages,
    lesson: &ActiveLesson,
    requests: &mut Vec<LessonRequest>,
) {
    let run = &lesson.run;
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button(messages.lesson_leave()).clicked() {
                requests.push(LessonRequest::Leave);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let title = RichText::new(&run.lesson().title.value)
                    .font(type_scale::strong())
                    .color(theme.text);
                ui.add(Label::new(title).truncate());
            });
        });
    });
    let count = run.lesson().steps.len();
    let passed = run.states().iter().filter(|state| state.is_passed()).count();
    let text = messages.lesson_progress(run.step_index() + 1, count, passed);
    ui.label(
        RichText::new(text)
            .font(type_scale::small())
            .color(theme.weak_text),
    );
    ui.separator();
}

/// Draws the buttons below the text.
fn buttons_ui(ui: &mut Ui, app: &App, lesson: &ActiveLesson, requests: &mut Vec<LessonRequest>) {
    let messages = app.messages;
    let run = &lesson.run;
    ui.horizontal_wrapped(|ui| {
        let mut button =
            |ui: &mut Ui, is_enabled: bool, text: &str, tooltip: &str, request: LessonRequest| {
                let response = ui
                    .add_enabled(is_enabled, Button::new(text))
                    .on_hover_text(tooltip);
                let response = response.on_disabled_hover_text(tooltip);
                if response.clicked() {
                    requests.push(request);
                }
            };
        let is_first = run.step_index() == 0;
        let text = messages.lesson_back();
        button(
            ui,
            !is_first,
            text,
            messages.lesson_back_tooltip(),
            LessonRequest::Back,
        );
        let has_hints = run.step().hints().count() > 0;
        if has_hints && !app.is_presenting() {
            let text = messages.lesson_next_hint();
            let is_enabled = run.can_show_hint(&app.session);
            button(
                ui,
                is_enabled,
                text,
                messages.lesson_next_hint_tooltip(),
                LessonRequest::Hint,
            );
        }
        if let Some(task) = run.task().filter(|_| !app.is_presenting()) {
            let text = messages.lesson_reset();
            button(
                ui,
                true,
                text,
                messages.lesson_reset_tooltip(),
                LessonRequest::Reset,
            );
            if !task.solution.is_empty() && !run.state().is_passed() && run.is_task_due() {
                let text = messages.lesson_solve();
                button(
                    ui,
                    true,
                    text,
                    messages.lesson_solve_tooltip(),
                    LessonRequest::Solve,
                );
            }
        }
        let is_last = run.step_index() + 1 == run.lesson().steps.len();
        let text = match is_last {
            true => messages.lesson_finish(),
            false => messages.lesson_next(),
        };
        let tooltip = match run.state().is_passed() {
            true => messages.lesson_next_tooltip(),
            false => messages.lesson_next_tooltip_unpassed(),
        };
        button(ui, !lesson.is_finished, text, tooltip, LessonRequest::Next);
    });
}

fn text_ui(ui: &mut Ui, context: &mut ProseContext<'_>, prose: &Prose) {
    if !prose.is_empty() {
        context.prose_ui(ui, prose, |ui, _| {
            ui.label("____");
        });
    }
}

fn part_heading_ui(ui: &mut Ui, theme: &ColorTheme, text: &str) {
    ui.add_space(2.0);
    ui.label(RichText::new(text).font(type_scale::strong()).color(theme.accent));
}

/// Draws a line that is announced to screen readers.
fn status_ui(ui: &mut Ui, theme: &ColorTheme, text: &str, is_good: bool) {
    let color = if is_good { theme.positive } else { theme.warning };
    let response = ui.add(Label::new(RichText::new(text).family(fonts::semibold()).color(color)).wrap());
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(accesskit::Role::Status);
        node.set_label(text);
        node.set_live(accesskit::Live::Polite);
    });
}

/// Draws the task, once it is due, and what was reached so far.
fn task_ui(ui: &mut Ui, app: &App, context: &mut ProseContext<'_>, run: &LessonRun, seconds: f64) {
    let Some(task) = run.task().filter(|_| run.is_task_due()) else {
        return;
    };
    part_heading_ui(ui, context.theme, app.messages.lesson_do());
    text_ui(ui, context, &task.prose);
    if !run.state().is_passed()
        && let Some(partly) = run.partly(&app.session, seconds)
    {
        text_ui(ui, context, partly);
    }
}

/// Draws a question that was answered: the answer, the true one, and the replies.
fn answered_ui(
    ui: &mut Ui,
    context: &mut ProseContext<'_>,
    question: &Question,
    state: &QuestionState,
    sketch: Option<SketchContext<'_>>,
    messages: Messages,
) {
    let Some((answer, verdict)) = state.last() else {
        return;
    };
    let theme = context.theme;
    part_heading_ui(ui, theme, messages.lesson_ask());
    let numbers: Vec<String> = match state.revealed() {
        Some(Truth::Blanks(numbers)) => numbers.iter().map(|number| format_adaptive(*number, 2)).collect(),
        _ => Vec::new(),
    };
    context.prose_ui(ui, &question.prose, |ui, blank| {
        let text = numbers.get(blank).map_or("____", String::as_str);
        ui.label(
            RichText::new(text)
                .family(fonts::semibold())
                .color(theme.positive),
        );
    });
    match (answer, state.revealed()) {
        (Answer::Choices(chosen), Some(Truth::Choices(right))) => {
            for (index, choice) in question.choices().iter().enumerate() {
                let (is_right, is_chosen) = (right.contains(&index), chosen.contains(&index));
                let color = match (is_right, is_chosen) {
                    (true, _) => theme.positive,
                    (false, true) => theme.warning,
                    (false, false) => theme.weak_text,
                };
                let mark = match (is_right, is_chosen) {
                    (true, _) => "✓",
                    (false, true) => "✗",
                    (false, false) => "·",
                };
                ui.horizontal_top(|ui| {
                    ui.label(RichText::new(mark).color(color));
                    let text = context.job(&choice.prose, type_scale::body(), color);
                    let label = ui.label(text);
                    let plain = context.plain(&choice.prose);
                    let name = match (is_right, is_chosen) {
                        (true, true) => messages.lesson_choice_right_chosen(plain),
                        (true, false) => messages.lesson_choice_right(plain),
                        (false, true) => messages.lesson_choice_wrong_chosen(plain),
                        (false, false) => plain,
                    };
                    set_accessible_name(ui, &label, &name);
                });
            }
        }
        (Answer::Number(number), Some(Truth::Number(truth))) => {
            let [number, truth] = [*number, *truth].map(number_text);
            ui.label(messages.lesson_number_compared(number, truth));
        }
        (Answer::Blanks(numbers), Some(Truth::Blanks(_))) => {
            let typed = numbers
                .iter()
                .map(|number| number.map_or_else(|| "–".to_owned(), number_text));
            let typed: Vec<String> = typed.collect();
            ui.label(messages.lesson_blanks_compared(messages.list(typed)));
        }
        (Answer::Sketch(drawn), Some(Truth::Curve(_))) => {
            if let Some(sketch) = sketch {
                revealed_ui(ui, sketch, drawn);
            }
        }
        _ => {}
    }
    let text = match verdict.is_right {
        true => messages.lesson_right(),
        false => messages.lesson_wrong(),
    };
    status_ui(ui, theme, text, verdict.is_right);
    for reply in &verdict.replies {
        text_ui(ui, context, reply);
    }
}

/// Returns a number without trailing zeros.
fn number_text(number: f64) -> String {
    let text = format_adaptive(number, 3);
    match text.contains('.') && !text.contains('e') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// Returns the names of the axes of a sketch.
fn sketch_axis_names(question: &Question, run: &LessonRun, messages: Messages) -> [String; 2] {
    let QuestionKind::Sketch { curve, .. } = &question.kind else {
        return Default::default();
    };
    curve.axis_names(run.start().architecture(), messages)
}
