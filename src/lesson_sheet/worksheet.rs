//! The worksheet of a lesson: its questions, with room for answers and empty axes for sketches.

use std::sync::Arc;

use egui::vec2;

use super::page_flow::{PageFlow, Paper, SheetInfo, sheet};
use crate::figure_page::{FigureFormat, FigurePageError};
use crate::plot::PlotFrame;
use crate::theme::type_scale;
use crate::widgets::math::MathBox;
use egui_figure::HeadlessContext;
use neurodial_core::lessons::{
    Evaluation, GoOn, Lesson, LessonProblem, LessonRun, Prose, Question, QuestionKind, Truth, value_text,
};
use neurodial_core::session::Session;
use neurodial_core::text::{Locale, Messages};

/// The height of empty axes, in points.
const AXES_HEIGHT: f32 = 190.0;

/// A step with its texts, as it is printed.
struct PrintedStep {
    title: String,
    introduction: String,
    questions: Vec<PrintedQuestion>,
    task: String,
}

struct PrintedQuestion {
    text: String,
    choices: Vec<String>,
    /// The name and the ends of both axes.
    axes: Option<PrintedAxes>,
    has_number: bool,
}

struct PrintedAxes {
    names: [String; 2],
    ranges: [[f64; 2]; 2],
}

/// Draws the worksheet of a lesson and returns the bytes of a file.
///
/// # Errors
/// Returns an error if a figure can't be drawn or encoded.
pub(crate) fn worksheet(
    lesson: &Arc<Lesson>,
    format: FigureFormat,
    paper: Paper,
    locale: Locale,
) -> Result<Vec<u8>, WorksheetError> {
    let messages = Messages::new(locale);
    let steps = printed_steps(lesson, messages).map_err(WorksheetError::Lesson)?;
    let introduction = lesson.introduction.plain_text(|_, _| String::new());
    let info = SheetInfo {
        title: lesson.title.value.clone(),
        description: messages.worksheet_description(&lesson.title.value),
        locale,
    };
    let mut headless = HeadlessContext::new();
    headless.set_fallback_fonts(egui_figure::FallbackFonts::installed());
    sheet(&mut headless, format, paper, &info, |flow| {
        flow.title(&lesson.title.value);
        flow.line_to_fill(messages.worksheet_name(), 260.0);
        flow.paragraph(&introduction);
        for (index, step) in steps.iter().enumerate() {
            step_blocks(flow, index + 1, step, messages);
        }
    })
    .map_err(WorksheetError::Figure)
}

/// The reason why there is no worksheet.
pub(crate) enum WorksheetError {
    /// The lesson can't be played.
    Lesson(LessonProblem),
    /// The figure can't be drawn.
    Figure(FigurePageError),
}

fn step_blocks(flow: &mut PageFlow<'_>, number: usize, step: &PrintedStep, messages: Messages) {
    flow.heading(&format!("{number}  {}", step.title));
    flow.lead_in(&step.introduction);
    for question in &step.questions {
        match question.choices.is_empty() && question.axes.is_none() {
            true => flow.paragraph(&question.text),
            false => flow.lead_in(&question.text),
        }
        for choice in &question.choices {
            flow.choice(choice);
        }
        if question.has_number {
            flow.line_to_fill(messages.worksheet_answer(), 140.0);
        }
        if let Some(axes) = &question.axes {
            let names = axes.names.each_ref().map(|name| {
                MathBox::text(flow.painter(), name.clone(), type_scale::small(), flow.theme.text)
            });
            let frame = PlotFrame::new(axes.ranges, names);
            flow.plot(&frame, vec2(420.0, AXES_HEIGHT));
        }
        flow.end_block();
    }
    flow.paragraph(&step.task);
}

/// Plays the lesson with its sample solutions and returns the texts of each step with the numbers at its start.
fn printed_steps(lesson: &Arc<Lesson>, messages: Messages) -> Result<Vec<PrintedStep>, LessonProblem> {
    let (mut run, mut session) = LessonRun::new(Arc::clone(lesson))?;
    let mut steps = Vec::new();
    loop {
        let questions = run.step().questions().count();
        let truths: Vec<Option<Truth>> = (0..questions).map(|index| run.truth(index)).collect();
        steps.push(printed_step(&run, &session, truths, messages));
        match run.go_on(&session, 0.0)? {
            GoOn::Step(next) => session = *next,
            GoOn::Finished => return Ok(steps),
        }
    }
}

fn printed_step(
    run: &LessonRun,
    session: &Session,
    truths: Vec<Option<Truth>>,
    messages: Messages,
) -> PrintedStep {
    let evaluation = run.evaluation(session, 0.0);
    let text = |prose: &Prose| plain(prose, &evaluation);
    let step = run.step();
    let questions = step
        .questions()
        .zip(truths)
        .map(|(question, truth)| PrintedQuestion {
            text: text(&question.prose),
            choices: question
                .choices()
                .iter()
                .map(|choice| text(&choice.prose))
                .collect(),
            axes: printed_axes(question, truth, session, messages),
            has_number: matches!(question.kind, QuestionKind::Number { .. }),
        });
    PrintedStep {
        title: step.title.clone(),
        introduction: text(&step.introduction),
        questions: questions.collect(),
        task: step.task().map_or_else(String::new, |task| text(&task.prose)),
    }
}

fn plain(prose: &Prose, evaluation: &Evaluation<'_>) -> String {
    prose.plain_text(|expression, decimals| value_text(&evaluation.value(expression), decimals))
}

fn printed_axes(
    question: &Question,
    truth: Option<Truth>,
    session: &Session,
    messages: Messages,
) -> Option<PrintedAxes> {
    let QuestionKind::Sketch { curve, .. } = &question.kind else {
        return None;
    };
    let Some(Truth::Curve(true_curve)) = truth else {
        return None;
    };
    Some(PrintedAxes {
        names: curve.axis_names(session.architecture(), messages),
        ranges: [true_curve.x_range, true_curve.y_range],
    })
}
