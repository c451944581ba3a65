//! The plot of a challenge: the losses of the user and of gradient descent from the same start.

use egui::{Align2, Painter, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use crate::panes::context::PaneContext;
use crate::theme::type_scale;
use neurodial_core::session::Challenge;
use neurodial_core::session::challenge::ChallengePoint;

use super::plot::chart::{LossChart, LossScale, round_axis_end};

/// Draws the challenge into `rect`.
pub(crate) fn challenge_ui(ui: &mut Ui, context: &PaneContext<'_>, challenge: &Challenge, rect: Rect) {
    let theme = context.theme;
    let view = context.session.view();
    let by_turns = view.is_challenge_by_turns;
    let across = |point: &ChallengePoint| {
        if by_turns {
            point.turns as f64
        } else {
            point.seconds
        }
    };
    let user_end = challenge.user.iter().map(across).fold(0.0, f64::max);
    let gradient_descent_end = challenge.gradient_descent.iter().map(across).fold(0.0, f64::max);
    // Over turns, gradient descent is far ahead: show its epochs only up to the number of turns or a few
    // more.
    let end = if by_turns {
        user_end.max(5.0)
    } else {
        user_end.max(gradient_descent_end)
    };
    let losses = challenge
        .user
        .iter()
        .chain(challenge.gradient_descent.iter())
        .map(|point| point.loss);
    let scale = LossScale::from_losses(losses, view.has_log_loss_axis);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let chart = LossChart::new(&painter, rect, [0.0, round_axis_end(end)], scale);
    let name = if by_turns {
        "turns, and epochs of gradient descent"
    } else {
        "seconds"
    };
    chart.paint(&painter, theme, Some(name));
    let inside = painter.with_clip_rect(chart.plot_area.expand(4.0).intersect(painter.clip_rect()));
    let user = polyline(&challenge.user, &chart, across);
    let gradient_descent = polyline(&challenge.gradient_descent, &chart, across);
    inside.extend(Shape::dashed_line(
        &gradient_descent,
        Stroke::new(2.0, theme.negative),
        7.0,
        4.0,
    ));
    inside.add(Shape::line(user.clone(), Stroke::new(2.5, theme.positive)));
    let ends = [
        (user.last(), theme.positive, "you"),
        (
            gradient_descent
                .iter()
                .rev()
                .find(|at| chart.plot_area.contains(**at)),
            theme.negative,
            "gradient descent",
        ),
    ];
    let mut taken: Option<Rect> = None;
    for (end, color, name) in ends {
        let Some(&end) = end else { continue };
        inside.circle(end, 4.5, color, Stroke::new(1.5, theme.card));
        taken = Some(name_ui(
            &inside,
            context,
            chart.plot_area,
            end,
            (name, color),
            taken,
        ));
    }
}

/// Returns the screen positions of the points with a finite loss.
fn polyline(
    points: &[ChallengePoint],
    chart: &LossChart,
    across: impl Fn(&ChallengePoint) -> f64,
) -> Vec<Pos2> {
    let finite = points.iter().filter(|point| point.loss.is_finite());
    finite
        .map(|point| chart.screen_pos(across(point), point.loss))
        .collect()
}

/// Draws the name of a curve beside its end, if possible not over `taken`; returns the rectangle of the name.
fn name_ui(
    painter: &Painter,
    context: &PaneContext<'_>,
    plot_area: Rect,
    end: Pos2,
    (name, color): (&str, egui::Color32),
    taken: Option<Rect>,
) -> Rect {
    let galley = painter.layout_no_wrap(name.to_owned(), type_scale::strong(), color);
    let size = galley.size();
    let left = if end.x + 9.0 + size.x <= plot_area.right() {
        end.x + 9.0
    } else {
        end.x - 9.0 - size.x
    };
    let rect_at = |middle: f32| {
        let middle = middle.clamp(plot_area.top() + size.y / 2.0, plot_area.bottom() - size.y / 2.0);
        Align2::LEFT_CENTER.anchor_size(pos2(left, middle), size)
    };
    let candidates =
        [0.0, -size.y, size.y, -2.0 * size.y, 2.0 * size.y].map(|offset| rect_at(end.y + offset));
    let is_free = |at: &&Rect| taken.is_none_or(|taken| !taken.intersects(**at));
    let at = candidates.iter().find(is_free).copied().unwrap_or(candidates[0]);
    painter.rect_filled(
        at.expand2(vec2(2.0, 0.0)),
        2.0,
        context.theme.card.gamma_multiply(0.8),
    );
    painter.galley(at.min, galley, color);
    at
}
