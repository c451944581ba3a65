//! The answers of a class on a page: a table of the steps, and all sketches over the true curves.

use egui::{Stroke, vec2};

use super::page_flow::{PageFlow, Paper, SheetInfo, sheet};
use crate::figure_page::{FigureFormat, FigurePageError};
use crate::plot::PlotFrame;
use crate::theme::{ColorTheme, type_scale};
use crate::widgets::math::MathBox;
use egui_figure::HeadlessContext;
use neurodial_core::lessons::Sketch;
use neurodial_core::lessons::summary::{LessonSummary, QuestionSummary, StepSummary};
use neurodial_core::text::{Locale, Messages, format_fixed};

/// The widths of the columns after the first one, in points.
const COLUMNS: [f32; 4] = [90.0, 190.0, 70.0, 60.0];
/// The height of a plot of sketches, in points.
const PLOT_HEIGHT: f32 = 190.0;

/// Draws the summaries and returns the bytes of a file.
///
/// # Errors
/// Returns an error if a figure can't be drawn or encoded.
pub(crate) fn class_summary(
    summaries: &[LessonSummary],
    format: FigureFormat,
    paper: Paper,
    locale: Locale,
) -> Result<Vec<u8>, FigurePageError> {
    let messages = Messages::new(locale);
    let info = SheetInfo {
        title: messages.class_summary_title().to_owned(),
        description: messages.class_summary_description(summaries.len()),
        locale,
    };
    let mut headless = HeadlessContext::new();
    headless.set_fallback_fonts(egui_figure::FallbackFonts::installed());
    sheet(&mut headless, format, paper, &info, |flow| {
        for summary in summaries {
            flow.title(summary.title.as_ref().unwrap_or(&summary.id));
            flow.lead_in(&messages.class_summary_learners(summary.learners));
            let header = [
                messages.class_summary_step(),
                messages.class_summary_right(),
                messages.class_summary_wrong(),
                messages.class_summary_time(),
                messages.class_summary_hints(),
            ];
            flow.table_row(&header.map(str::to_owned), &COLUMNS, true);
            for step in &summary.steps {
                for row in rows(step, messages) {
                    flow.table_row(&row, &COLUMNS, false);
                }
            }
            for step in &summary.steps {
                for question in &step.questions {
                    sketches(flow, step, question, messages);
                }
            }
        }
    })
}

/// Returns the rows of a step: one for each question, or a single one.
fn rows(step: &StepSummary, messages: Messages) -> Vec<[String; 5]> {
    let title = step.title.clone().unwrap_or_else(|| step.id.clone());
    let time = step.median_seconds.map_or_else(String::new, |seconds| {
        messages.class_summary_seconds(format_fixed(seconds, 0))
    });
    let hints = step
        .median_hints
        .map_or_else(String::new, |hints| format_fixed(hints, 0));
    if step.shown == 0 {
        let not_reached = messages.class_summary_not_reached().to_owned();
        return vec![[title, not_reached, String::new(), String::new(), String::new()]];
    }
    if step.questions.is_empty() {
        let passed = messages.class_summary_share(step.passed, step.shown);
        return vec![[title, passed, String::new(), time, hints]];
    }
    let mut rows = Vec::new();
    for (index, question) in step.questions.iter().enumerate() {
        let right = messages.class_summary_share(question.right_at_first, question.answered);
        let wrong = question.commonest_wrong.as_ref();
        let wrong = wrong.map_or_else(String::new, |(answer, text, count)| {
            let number = answer.replace('-', "−");
            messages.class_summary_answer(text.as_ref().unwrap_or(&number), *count)
        });
        rows.push(match index {
            0 => [title.clone(), right, wrong, time.clone(), hints.clone()],
            _ => [String::new(), right, wrong, String::new(), String::new()],
        });
    }
    rows
}

/// Draws all sketches of a question over the true curve.
fn sketches(flow: &mut PageFlow<'_>, step: &StepSummary, question: &QuestionSummary, messages: Messages) {
    let Some(curve) = &question.curve else {
        return;
    };
    let title = step.title.as_ref().unwrap_or(&step.id);
    flow.heading(&messages.class_summary_sketches(title, question.sketches.len()));
    let [x_range, y_range] = ranges(curve, &question.sketches);
    let name = MathBox::text(flow.painter(), "", type_scale::small(), flow.theme.text);
    let frame = PlotFrame::new([x_range, y_range], [name.clone(), name]);
    let area = flow.plot(&frame, vec2(460.0, PLOT_HEIGHT));
    let theme: &ColorTheme = flow.theme;
    let painter = flow.painter().with_clip_rect(area.rect.expand(1.0));
    let thin = Stroke::new(1.0, theme.faded(theme.neuron_colors[1]));
    for sketch in &question.sketches {
        painter.line(area.line(sketch.points()), thin);
    }
    let thick = Stroke::new(2.4, theme.neuron_colors[0]);
    painter.line(area.line(curve.points()), thick);
}

/// Returns the ends of the axes: those of the true curve, and a little more for the sketches.
fn ranges(curve: &Sketch, sketches: &[Sketch]) -> [[f64; 2]; 2] {
    let ends = |axis: usize, points: &mut dyn Iterator<Item = [f64; 2]>| {
        points.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], point| {
            [low.min(point[axis]), high.max(point[axis])]
        })
    };
    let x = ends(0, &mut curve.points().iter().copied());
    let [low, high] = ends(1, &mut curve.points().iter().copied());
    let height = (high - low).max(1e-9);
    let all = sketches.iter().flat_map(Sketch::points).copied();
    let [drawn_low, drawn_high] = ends(1, &mut all.chain(curve.points().iter().copied()));
    let y = [
        drawn_low.max(low - height) - 0.05 * height,
        drawn_high.min(high + height) + 0.05 * height,
    ];
    [if x[0] < x[1] { x } else { [0.0, 1.0] }, y]
}
