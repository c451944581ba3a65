//! The plot of a challenge: the losses of the user and of gradient descent from the same start.

use egui::{Align2, Pos2, Rect, Shape, Stroke, Ui, Vec2, pos2, vec2};

use crate::panes::context::PaneContext;
use crate::plot::{Axis, LabelPlacer, PlacedLabel, PlotArea};
use crate::theme::type_scale;
use neurodial_core::session::Challenge;
use neurodial_core::session::challenge::ChallengePoint;

use super::plot::{loss_frame, round_axis_end};

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
    let losses = Axis::for_losses(losses, view.has_log_loss_axis);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let name = if by_turns {
        context.messages.challenge_moves()
    } else {
        context.messages.challenge_seconds()
    };
    let across_axis = Axis::integer([0.0, round_axis_end(end)]);
    let plot_area = loss_frame(&painter, context, across_axis, name, losses, rect);
    let inside = painter.with_clip_rect(plot_area.rect.expand(4.0).intersect(painter.clip_rect()));
    let user = polyline(&challenge.user, &plot_area, across);
    let gradient_descent = polyline(&challenge.gradient_descent, &plot_area, across);
    inside.extend(Shape::dashed_line(
        &gradient_descent,
        Stroke::new(2.0, theme.negative),
        7.0,
        4.0,
    ));
    inside.add(Shape::line(user.clone(), Stroke::new(2.5, theme.positive)));
    let ends = [
        (user.last(), theme.positive, context.messages.challenge_you()),
        (
            gradient_descent
                .iter()
                .rev()
                .find(|at| plot_area.rect.contains(**at)),
            theme.negative,
            context.messages.challenge_gradient_descent(),
        ),
    ];
    let mut placer = LabelPlacer::new(ends.len(), 0.0);
    let mut galleys = Vec::new();
    for (index, (end, color, name)) in ends.into_iter().enumerate() {
        let Some(&end) = end else { continue };
        inside.circle(end, 4.5, color, Stroke::new(1.5, theme.card));
        let galley = inside.layout_no_wrap(name.to_owned(), type_scale::strong(), color);
        let candidates = name_rects(plot_area.rect, end, galley.size());
        placer.place(index, &candidates, |candidate, _| candidate as f32);
        galleys.push((index, galley, color));
    }
    let rects = placer.rects();
    for (index, galley, color) in galleys {
        if let Some(rect) = rects[index] {
            let label = PlacedLabel::new(galley, color, rect.expand2(vec2(2.0, 0.0)));
            label.paint(&inside, theme.card.gamma_multiply(0.8));
        }
    }
}

/// Returns the screen positions of the points with a finite loss.
fn polyline(
    points: &[ChallengePoint],
    plot_area: &PlotArea,
    across: impl Fn(&ChallengePoint) -> f64,
) -> Vec<Pos2> {
    let finite = points.iter().filter(|point| point.loss.is_finite());
    finite
        .map(|point| plot_area.screen_from_plot([across(point), point.loss]))
        .collect()
}

/// Returns the rectangles beside the end of a curve that its name can have, the preferred one first.
fn name_rects(plot_area: Rect, end: Pos2, size: Vec2) -> [Rect; 5] {
    let left = if end.x + 9.0 + size.x <= plot_area.right() {
        end.x + 9.0
    } else {
        end.x - 9.0 - size.x
    };
    [0.0, -size.y, size.y, -2.0 * size.y, 2.0 * size.y].map(|offset| {
        let middle =
            (end.y + offset).clamp(plot_area.top() + size.y / 2.0, plot_area.bottom() - size.y / 2.0);
        Align2::LEFT_CENTER.anchor_size(pos2(left, middle), size)
    })
}
