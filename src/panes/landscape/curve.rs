//! The loss over one knob: its strip, enlarged.

use egui::{Align2, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use crate::canvas::{Canvas, Description, FocusLinks, Grip, Item, Part, Place, Stage};
use crate::insight::LossMap;
use crate::insight::decision::Axis;
use crate::look::type_scale;
use crate::panes::training::plot::chart::{Chart, Scale};
use crate::panes::{Pane, Scene};
use crate::session::Range;
use crate::words::fine;

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
    let chart = Chart::new(ui.painter(), rect, axis.ends, scale).over_numbers();
    let mut canvas = Canvas::new(ui, stage, rect, Pane::Landscape.canvas_id());
    let part = Part::Present(target);
    let painter = canvas.painter().clone();
    chart.paint(&painter, look, &target.symbol(blueprint).plain());
    let inside = painter.with_clip_rect(chart.plane.expand(6.0).intersect(painter.clip_rect()));
    let columns = map.size()[0];
    let losses = map
        .values()
        .iter()
        .enumerate()
        .filter(|(_, loss)| loss.is_finite());
    let points = losses.map(|(place, &loss)| chart.screen(axis.value_at(place as f64, columns), loss));
    inside.add(Shape::line(points.collect(), Stroke::new(2.25, look.ink)));
    if let Some(([lowest, _], loss)) = map.lowest() {
        let at = chart.screen(lowest, loss);
        let foot = pos2(at.x, chart.plane.bottom());
        inside.extend(Shape::dashed_line(
            &[at, foot],
            Stroke::new(1.25, look.positive),
            4.0,
            3.0,
        ));
        inside.circle(at, 5.0, look.card, Stroke::new(2.0, look.positive));
        let text = format!("lowest {} at {}", fine(loss, 3), scene.number(lowest));
        label_ui(&inside, scene, chart.plane, at, &text, look.positive);
    }
    canvas.begin(part);
    let dot = chart.screen(value, now);
    inside.vline(dot.x, chart.plane.y_range(), Stroke::new(1.0, look.axis));
    if canvas.is_under_hand(part) {
        inside.circle_filled(dot, 11.0, look.ink.gamma_multiply(0.2));
    }
    inside.circle(dot, 5.5, look.ink, Stroke::new(1.5, look.card));
    label_ui(
        &inside,
        scene,
        chart.plane,
        dot,
        &format!("now {}", fine(now, 3)),
        look.ink,
    );
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
            .map(|([at, _], loss)| format!("lowest is {} at {}", fine(loss, 3), scene.number(at))),
        number: Some((value, range)),
        is_disabled: document.is_locked(target),
        ..Description::default()
    });
    canvas.end();
}

/// A few words beside a point, over it where there is room.
pub(super) fn label_ui(
    painter: &egui::Painter,
    scene: &Scene<'_>,
    plane: Rect,
    at: Pos2,
    text: &str,
    color: egui::Color32,
) -> Rect {
    let galley = painter.layout_no_wrap(text.to_owned(), type_scale::strong(), color);
    let size = galley.size() + vec2(8.0, 2.0);
    let left = if at.x + 11.0 + size.x <= plane.right() {
        at.x + 11.0
    } else {
        at.x - 11.0 - size.x
    };
    let over = at.y - 8.0 - size.y;
    let top = if over >= plane.top() { over } else { at.y + 8.0 };
    let ground = Rect::from_min_size(pos2(left, top.min(plane.bottom() - size.y)), size);
    painter.rect_filled(ground, 4.0, scene.look.card.gamma_multiply(0.85));
    let place = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), ground);
    painter.galley(place.min, galley, color);
    ground
}
