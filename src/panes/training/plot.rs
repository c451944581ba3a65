//! The loss over the epochs.

use egui::{Align2, Id, Rect, Shape, Stroke, Ui, pos2};

use crate::learning::{Measured, Record};
use crate::look::type_scale;
use crate::panes::Scene;
use crate::panes::curves::frame::Frame;
use crate::session::RunState;
use crate::widgets::maths::Piece;

/// The least loss that a logarithmic axis shows.
const LEAST: f64 = 1e-12;

/// Where the window remembers whether the axis is logarithmic.
pub(super) fn log_id() -> Id {
    Id::unique("loss axis")
}

/// Draws the plot into `rect`.
pub fn plot_ui(ui: &mut Ui, scene: &Scene<'_>, rect: Rect) {
    let look = scene.look;
    let run = scene.session.run();
    let records = &run.records;
    let is_log = scene.paper.is_none() && ui.data(|data| data.get_temp(log_id())).unwrap_or(false);
    let height = |loss: f64| {
        if is_log {
            libm::log10(loss.max(LEAST))
        } else {
            loss
        }
    };
    let points = |of: &dyn Fn(&Record) -> Option<Measured>| -> Vec<[f64; 2]> {
        let points = records.iter().filter_map(|record| {
            let loss = of(record)?.loss;
            loss.is_finite().then(|| [record.epoch as f64, height(loss)])
        });
        points.collect()
    };
    let train = points(&|record| Some(record.train));
    let test = points(&|record| record.test);
    let all = || train.iter().chain(&test).map(|point| point[1]);
    let (low, high) = (
        all().fold(f64::INFINITY, f64::min),
        all().fold(f64::NEG_INFINITY, f64::max),
    );
    let y = match (low <= high, is_log) {
        (false, _) => [0.0, 1.0],
        (true, true) => [low.floor(), high.ceil().max(low.floor() + 1.0)],
        (true, false) => [0.0, if high > 0.0 { 1.08 * high } else { 1.0 }],
    };
    let epochs = records.last().map_or(0, |record| record.epoch);
    let painter = ui.painter().clone();
    let text = |text: &str| Piece::text(&painter, text, type_scale::small(), look.ink_soft);
    let frame = Frame {
        x: [0.0, whole(epochs)],
        y,
        x_name: text("epoch"),
        y_name: text(if is_log { "log₁₀ loss" } else { "loss" }),
        margin: 10.0,
    };
    let plane = frame.show(ui, scene, rect);
    let clipped = painter.with_clip_rect(plane.rect.expand(2.0));
    let solid = Stroke::new(2.0, look.ink);
    let dashed = Stroke::new(2.0, look.accent);
    clipped.extend(Shape::dashed_line(&plane.line(&test), dashed, 6.0, 4.0));
    clipped.add(Shape::line(plane.line(&train), solid));
    if let Some(moment) = run.moments.get(super::present_moment(scene))
        && scene.paper.is_none()
        && run.state != RunState::Playing
    {
        let x = plane.screen_x(moment.epoch as f64);
        clipped.vline(x, plane.rect.y_range(), Stroke::new(1.0, look.ink_faint));
    }
    // Which line is which.
    let mut right = plane.rect.right() - 6.0;
    let names = [
        ("test", dashed, !test.is_empty()),
        ("train", solid, !train.is_empty()),
    ];
    for (name, stroke, _) in names.into_iter().filter(|(.., is_there)| *is_there) {
        let at = pos2(right, plane.rect.top() + 10.0);
        let place = painter.text(at, Align2::RIGHT_CENTER, name, type_scale::small(), look.ink_soft);
        let line = [pos2(place.left() - 22.0, at.y), pos2(place.left() - 5.0, at.y)];
        if name == "test" {
            painter.extend(Shape::dashed_line(&line, stroke, 6.0, 4.0));
        } else {
            painter.line_segment(line, stroke);
        }
        right = place.left() - 34.0;
    }
}

/// The end of an axis for so many epochs, so that it does not move with each: 1, 2 or 5 times a power of ten.
fn whole(epochs: usize) -> f64 {
    let mut end = 10.0;
    while end < epochs as f64 {
        for factor in [2.0, 2.5, 2.0] {
            if end < epochs as f64 {
                end *= factor;
            }
        }
    }
    end
}
