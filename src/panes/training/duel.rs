//! The loss of the hand beside that of gradient descent, from the same start.

use egui::{Align2, Painter, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use crate::look::type_scale;
use crate::panes::Scene;
use neurodial_core::session::Duel;
use neurodial_core::session::duel::Shot;

use super::plot::chart::{Chart, Scale, whole};

/// Draws the duel into `rect`.
pub fn duel_ui(ui: &mut Ui, scene: &Scene<'_>, duel: &Duel, rect: Rect) {
    let look = scene.look;
    let view = scene.session.view();
    let by_turns = view.duel_by_turns;
    let across = |shot: &Shot| if by_turns { shot.turns as f64 } else { shot.seconds };
    let hands_end = duel.hand.iter().map(across).fold(0.0, f64::max);
    let machines_end = duel.machine.iter().map(across).fold(0.0, f64::max);
    // Over turns gradient descent is far ahead: its epochs are shown as far as there are turns, and some more.
    let end = if by_turns {
        hands_end.max(5.0)
    } else {
        hands_end.max(machines_end)
    };
    let losses = duel.hand.iter().chain(duel.machine.iter()).map(|shot| shot.loss);
    let scale = Scale::of(losses, view.log_loss);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let chart = Chart::new(&painter, rect, [0.0, whole(end)], scale);
    let name = if by_turns {
        "turns, and epochs of gradient descent"
    } else {
        "seconds"
    };
    chart.paint(&painter, look, Some(name));
    let inside = painter.with_clip_rect(chart.plane.expand(4.0).intersect(painter.clip_rect()));
    let hand = steps(&duel.hand, &chart, across);
    let machine = steps(&duel.machine, &chart, across);
    inside.extend(Shape::dashed_line(
        &machine,
        Stroke::new(2.0, look.negative),
        7.0,
        4.0,
    ));
    inside.add(Shape::line(hand.clone(), Stroke::new(2.5, look.positive)));
    let ends = [
        (hand.last(), look.positive, "you"),
        (
            machine.iter().rev().find(|at| chart.plane.contains(**at)),
            look.negative,
            "gradient descent",
        ),
    ];
    let mut taken: Option<Rect> = None;
    for (end, color, name) in ends {
        let Some(&end) = end else { continue };
        inside.circle(end, 4.5, color, Stroke::new(1.5, look.card));
        taken = Some(name_ui(&inside, scene, chart.plane, end, (name, color), taken));
    }
}

/// From shot to shot; the loss of a hand stays what it is until it turns again.
fn steps(shots: &[Shot], chart: &Chart, across: impl Fn(&Shot) -> f64) -> Vec<Pos2> {
    let finite = shots.iter().filter(|shot| shot.loss.is_finite());
    finite.map(|shot| chart.screen(across(shot), shot.loss)).collect()
}

/// The name of a line beside its end, not on another name.
fn name_ui(
    painter: &Painter,
    scene: &Scene<'_>,
    plane: Rect,
    end: Pos2,
    (name, color): (&str, egui::Color32),
    taken: Option<Rect>,
) -> Rect {
    let galley = painter.layout_no_wrap(name.to_owned(), type_scale::strong(), color);
    let size = galley.size();
    let left = if end.x + 9.0 + size.x <= plane.right() {
        end.x + 9.0
    } else {
        end.x - 9.0 - size.x
    };
    let place = |middle: f32| {
        let middle = middle.clamp(plane.top() + size.y / 2.0, plane.bottom() - size.y / 2.0);
        Align2::LEFT_CENTER.anchor_size(pos2(left, middle), size)
    };
    let tries = [0.0, -size.y, size.y, -2.0 * size.y, 2.0 * size.y].map(|way| place(end.y + way));
    let is_free = |at: &&Rect| taken.is_none_or(|taken| !taken.intersects(**at));
    let at = tries.iter().find(is_free).copied().unwrap_or(tries[0]);
    painter.rect_filled(
        at.expand2(vec2(2.0, 0.0)),
        2.0,
        scene.look.card.gamma_multiply(0.8),
    );
    painter.galley(at.min, galley, color);
    at
}
