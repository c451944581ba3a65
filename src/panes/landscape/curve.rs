//! The loss over one knob: its strip, enlarged.

use egui::{Pos2, Rect, Shape, Stroke, Ui, pos2};

use crate::canvas::{Canvas, Description, FocusLinks, Grip, Item, Part, Place, Stage};
use neurodial_core::insight::LossMap;
use neurodial_core::insight::decision::Axis;
use crate::panes::curves::frame::swept_name;
use crate::panes::training::plot::chart::{Chart, Scale};
use crate::panes::{Pane, Scene};
use neurodial_core::session::Range;
use neurodial_core::words::fine;

use super::labels::{Line, Mark, labels};

/// Draws it into `rect`; with its axis comes the present loss.
pub fn curve_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    stage: &mut Stage,
    rect: Rect,
    map: &LossMap,
    (axis, now): (Axis, f64),
) {
    let look = scene.look;
    let target = axis.target;
    let blueprint = scene.session.blueprint();
    let document = scene.session.document();
    let value = document.value(target).unwrap_or(0.0);
    let scale = Scale::of(
        map.values().iter().copied().chain([now]),
        scene.session.view().log_loss,
    );
    let name = swept_name(ui.painter(), scene, target);
    let below = rect.with_max_y(rect.bottom() - name.rise() - 3.0);
    let chart = Chart::new(ui.painter(), below, axis.ends, scale).over_numbers();
    let mut canvas = Canvas::new(ui, stage, rect, Pane::Landscape.canvas_id());
    let part = Part::Present(target);
    let painter = canvas.painter().clone();
    chart.paint(&painter, look, None);
    if chart.has_name() {
        let base = rect.bottom() - name.descent.min(4.0) - 1.0;
        name.paint(&painter, pos2(chart.plane.center().x - name.width / 2.0, base));
    }
    let inside = painter.with_clip_rect(chart.plane.expand(6.0).intersect(painter.clip_rect()));
    let columns = map.size()[0];
    let losses = map
        .values()
        .iter()
        .enumerate()
        .filter(|(_, loss)| loss.is_finite());
    let points = losses.map(|(place, &loss)| chart.screen(axis.value_at(place as f64, columns), loss));
    let points: Vec<Pos2> = points.collect();
    inside.add(Shape::line(points.clone(), Stroke::new(2.25, look.ink)));
    let dot = chart.screen(value, now);
    let mut marks = vec![Mark {
        at: dot,
        radius: 7.5,
        words: Some((format!("now {}", fine(now, 3)), look.ink)),
    }];
    let mut lines = vec![
        Line { points, cost: 60.0 },
        Line {
            points: vec![pos2(dot.x, chart.plane.top()), pos2(dot.x, chart.plane.bottom())],
            cost: 20.0,
        },
    ];
    if let Some(([lowest, _], loss)) = map.lowest() {
        let at = chart.screen(lowest, loss);
        let foot = vec![at, pos2(at.x, chart.plane.bottom())];
        inside.extend(Shape::dashed_line(
            &foot,
            Stroke::new(1.25, look.positive),
            4.0,
            3.0,
        ));
        inside.circle(at, 5.0, look.card, Stroke::new(2.0, look.positive));
        let text = format!("lowest {} at {}", lowest_text(map, loss), scene.number(lowest));
        marks.push(Mark {
            at,
            radius: 7.0,
            words: Some((text, look.positive)),
        });
        lines.push(Line {
            points: foot,
            cost: 20.0,
        });
    }
    for label in labels(&inside, chart.plane.shrink(2.0), &marks, &lines) {
        label.paint(&inside, look);
    }
    canvas.begin(part);
    inside.vline(dot.x, chart.plane.y_range(), Stroke::new(1.0, look.axis));
    if canvas.is_under_hand(part) {
        inside.circle_filled(dot, 11.0, look.ink.gamma_multiply(0.2));
    }
    inside.circle(dot, 5.5, look.ink, Stroke::new(1.5, look.card));

    let plane = chart.plane;
    let [min, max] = axis.ends;
    let range = Range {
        min,
        max,
        ..document.range(target)
    };
    let grip = Grip::track(target, plane.left_bottom(), plane.right_bottom(), range, value);
    let item = Item::new(part, Place::Rect(plane)).grip(Some(grip));
    canvas.place(item.focusable(FocusLinks::default()), || Description {
        name: format!("{} on the loss landscape", target.words(blueprint)),
        value: Some(format!("{}, loss {}", scene.number(value), fine(now, 3))),
        more: map
            .lowest()
            .map(|([at, _], loss)| format!("lowest is {} at {}", lowest_text(map, loss), scene.number(at))),
        number: Some((value, range)),
        is_disabled: document.is_locked(target),
        ..Description::default()
    });
    canvas.end();
}

/// The least loss in words.
pub(super) fn lowest_text(map: &LossMap, loss: f64) -> String {
    match map.is_lowest_near_0() {
        true => "almost 0".to_owned(),
        false => fine(loss, 3),
    }
}
