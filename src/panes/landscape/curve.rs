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
    let dot = chart.screen(value, now);
    let mut taken = Vec::new();
    let text = format!("now {}", fine(now, 3));
    label_ui(&inside, scene, chart.plane, (dot, &text, look.ink), &mut taken);
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
        let text = format!("lowest {} at {}", lowest_text(map, loss), scene.number(lowest));
        label_ui(
            &inside,
            scene,
            chart.plane,
            (at, &text, look.positive),
            &mut taken,
        );
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

/// A few words beside a point, on the side where there is room beside what is taken already.
pub(super) fn label_ui(
    painter: &egui::Painter,
    scene: &Scene<'_>,
    plane: Rect,
    (at, text, color): (Pos2, &str, egui::Color32),
    taken: &mut Vec<Rect>,
) {
    const BESIDE: f32 = 10.0;
    let galley = painter.layout_no_wrap(text.to_owned(), type_scale::strong(), color);
    let size = galley.size() + vec2(8.0, 2.0);
    let bounds = plane.shrink(2.0);
    let sides = [
        vec2(BESIDE, -BESIDE - size.y),
        vec2(-BESIDE - size.x, -BESIDE - size.y),
        vec2(BESIDE, BESIDE),
        vec2(-BESIDE - size.x, BESIDE),
        vec2(BESIDE, -2.0 * size.y - BESIDE),
        vec2(-BESIDE - size.x, -2.0 * size.y - BESIDE),
    ];
    let moved_in = |place: Rect| {
        let right = (bounds.right() - place.right()).min(0.0) + (bounds.left() - place.left()).max(0.0);
        let down = (bounds.bottom() - place.bottom()).min(0.0) + (bounds.top() - place.top()).max(0.0);
        place.translate(vec2(right, down))
    };
    let places = sides.map(|side| Rect::from_min_size(at + side, size));
    let is_free = |place: &Rect| taken.iter().all(|other| !other.intersects(*place));
    let whole = places
        .into_iter()
        .find(|place| bounds.contains_rect(*place) && is_free(place));
    let place = whole
        .or_else(|| places.map(moved_in).into_iter().find(is_free))
        .unwrap_or_else(|| moved_in(places[0]));
    taken.push(place);
    painter.rect_filled(place, 4.0, scene.look.card.gamma_multiply(0.85));
    let inner = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), place);
    painter.galley(inner.min, galley, color);
}
