//! The readouts of the current epoch and losses, of a training run or a challenge.

use egui::{Align2, Color32, Rect, Ui, WidgetInfo, pos2, vec2};

use crate::panes::context::PaneContext;
use crate::theme::type_scale;
use neurodial_core::insight::NetworkMetrics;
use neurodial_core::session::Challenge;
use neurodial_core::session::challenge::ChallengeLeader;
use neurodial_core::text::{format_adaptive, format_fixed};
use neurodial_core::training::Metrics;

/// The width of a column of readouts, in points.
pub(crate) const COLUMN_WIDTH: f32 = 136.0;
/// The height of a readout in a row, in points.
pub(crate) const ROW_HEIGHT: f32 = 38.0;
/// The minimum number of decimals of a loss.
const MIN_DECIMALS: usize = 3;

/// A number with its name.
#[derive(Debug, Clone)]
pub(crate) struct Readout {
    name: &'static str,
    value: String,
    /// A detail in smaller type, beside the number.
    detail: String,
    /// The name with the detail, which is shown instead of both where it fits.
    long_name: Option<String>,
    color: Color32,
}

/// Returns a loss as text, with 3 to 5 decimals.
pub(crate) fn loss_text(context: &PaneContext<'_>, loss: f64) -> String {
    // There is no space for more decimals.
    const MAX_DECIMALS: usize = 5;
    format_adaptive(
        loss,
        context.session.view().decimals.clamp(MIN_DECIMALS, MAX_DECIMALS),
    )
}

/// Returns the readouts of a run: epoch, losses and the lowest training loss.
pub(crate) fn run_readouts(context: &PaneContext<'_>, score: &NetworkMetrics) -> Vec<Readout> {
    let theme = context.theme;
    let run = context.session.run();
    let messages = context.messages;
    let accuracy_text = |measured: &Metrics| {
        let text = |fraction| messages.percentage(format_fixed(100.0 * fraction, 1));
        measured.accuracy.map_or_else(String::new, text)
    };
    let subset_note = if score.is_subset {
        messages.readout_estimated()
    } else {
        ""
    };
    let mut numbers = vec![Readout {
        name: messages.readout_training_loss(),
        value: loss_text(context, score.train.loss),
        detail: if score.train.accuracy.is_some() {
            accuracy_text(&score.train)
        } else {
            subset_note.to_owned()
        },
        long_name: None,
        color: theme.text,
    }];
    if let Some(test) = &score.test {
        numbers.push(Readout {
            name: messages.readout_test_loss(),
            value: loss_text(context, test.loss),
            detail: accuracy_text(test),
            long_name: None,
            color: theme.accent,
        });
    }
    if let Some(best) = run.current_branch.best_metrics() {
        let end = run.current_branch.last_epoch();
        numbers.insert(
            0,
            Readout {
                name: messages.readout_epoch(),
                value: run.current_epoch.to_string(),
                detail: if run.current_epoch < end {
                    messages.readout_last_epoch(end)
                } else {
                    String::new()
                },
                long_name: None,
                color: theme.text,
            },
        );
        numbers.push(Readout {
            name: messages.readout_lowest_loss(),
            value: loss_text(context, best.train.loss),
            detail: messages.readout_at_epoch(best.epoch),
            long_name: Some(messages.readout_lowest_at_epoch(best.epoch)),
            color: theme.weak_text,
        });
    }
    numbers
}

/// Returns the readouts of a challenge.
pub(crate) fn challenge_readouts(context: &PaneContext<'_>, challenge: &Challenge) -> Vec<Readout> {
    let theme = context.theme;
    let messages = context.messages;
    let lead = |losses| match Challenge::leader(losses) {
        ChallengeLeader::User => (messages.challenge_ahead(), ""),
        ChallengeLeader::GradientDescent => ("", messages.challenge_ahead()),
        ChallengeLeader::Tie => (messages.challenge_tie(), messages.challenge_tie()),
    };
    let ([user, gradient_descent], [user_best, gradient_descent_best]) =
        (challenge.current_losses(), challenge.lowest_losses());
    let (user_lead, gradient_descent_lead) = lead([user, gradient_descent]);
    let turns = challenge.user.last().map_or(0, |point| point.turns);
    let epochs = challenge.gradient_descent.last().map_or(0, |point| point.turns);
    let seconds = challenge.user.last().map_or(0.0, |point| point.seconds);
    let seconds = challenge
        .gradient_descent
        .last()
        .map_or(seconds, |point| seconds.max(point.seconds));
    let best_word = match Challenge::leader([user_best, gradient_descent_best]) {
        ChallengeLeader::User => messages.challenge_best_so_far(),
        ChallengeLeader::GradientDescent | ChallengeLeader::Tie => "",
    };
    vec![
        Readout {
            name: messages.challenge_your_loss(),
            value: loss_text(context, user),
            detail: user_lead.to_owned(),
            long_name: None,
            color: theme.positive,
        },
        Readout {
            name: messages.challenge_your_best(),
            value: loss_text(context, user_best),
            detail: best_word.to_owned(),
            long_name: None,
            color: theme.positive,
        },
        Readout {
            name: messages.challenge_gradient_descent(),
            value: loss_text(context, gradient_descent),
            detail: gradient_descent_lead.to_owned(),
            long_name: None,
            color: theme.negative,
        },
        Readout {
            name: messages.challenge_moves_and_epochs(),
            value: format!("{turns} : {epochs}"),
            detail: messages.challenge_duration(format_fixed(seconds, 0)),
            long_name: None,
            color: theme.weak_text,
        },
    ]
}

/// Draws readouts in a column.
pub(crate) fn column_ui(ui: &mut Ui, context: &PaneContext<'_>, rect: Rect, numbers: &[Readout]) {
    let count = numbers.len().max(1) as f32;
    let height = (rect.height() / count).min(ROW_HEIGHT + 8.0);
    for (index, readout) in numbers.iter().enumerate() {
        let top = rect.top() + index as f32 * height;
        let place = Rect::from_min_size(pos2(rect.left() + 12.0, top), vec2(rect.width() - 12.0, height));
        readout.readout_ui(ui, context, place);
    }
}

/// Draws readouts in a row.
pub(crate) fn row_ui(ui: &mut Ui, context: &PaneContext<'_>, rect: Rect, numbers: &[Readout]) {
    let width = rect.width() / numbers.len().max(1) as f32;
    for (index, readout) in numbers.iter().enumerate() {
        let left = rect.left() + index as f32 * width;
        let place = Rect::from_min_size(pos2(left, rect.top()), vec2(width - 6.0, rect.height()));
        readout.readout_ui(ui, context, place);
    }
}

impl Readout {
    /// Draws the readout into `rect`.
    fn readout_ui(&self, ui: &mut Ui, context: &PaneContext<'_>, rect: Rect) {
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        let theme = context.theme;
        let has_name = rect.height() >= 28.0;
        let line = if has_name { 13.0 } else { 0.0 };
        let small = |text: String| painter.layout_no_wrap(text, type_scale::small(), theme.weak_text);
        if has_name {
            let long = self
                .long_name
                .clone()
                .map(small)
                .filter(|galley| galley.size().x <= rect.width());
            let name = long.unwrap_or_else(|| small(self.name.to_owned()));
            let at = pos2(rect.left(), rect.top() + 7.0 - name.size().y / 2.0);
            painter.galley(at, name, theme.weak_text);
        }
        let middle = rect.top() + line + ((rect.height() - line) / 2.0).min(11.0);
        let at = pos2(rect.left(), middle);
        let value = painter.text(
            at,
            Align2::LEFT_CENTER,
            &self.value,
            type_scale::big_number(),
            self.color,
        );
        let more = small(self.detail.clone());
        let left = value.right() + 6.0;
        // A truncated word would be unreadable, so don't draw it.
        if !(self.long_name.is_some() && has_name) && left + more.size().x <= rect.right() {
            let at = pos2(left, middle + 1.0 - more.size().y / 2.0);
            painter.galley(at, more, theme.weak_text);
        }
        // A screen reader reads name, value and detail as one element.
        let response = ui.interact(rect, ui.scope_id().with(self.name), egui::Sense::hover());
        let messages = context.messages;
        let text = match self.detail.as_str() {
            "" => messages.readout(self.name, &self.value),
            detail => messages.readout_with_detail(self.name, &self.value, detail),
        };
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &text));
    }
}
