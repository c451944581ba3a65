//! Every weight and bias on a track. Only rows in view are laid out.

pub mod rows;
pub mod scroll;

use egui::{Align2, Rect, ScrollArea, Ui, Vec2, pos2, vec2};

use crate::canvas::{Canvas, Description, FocusLinks, Grip, Item, Part, Place, Stage};
use crate::look::type_scale;
use crate::network::{Knob, NeuronAt};
use crate::session::Target;
use crate::widgets::maths::Piece;
use crate::widgets::track::{self, TrackGeometry, TrackState};

use super::number_entry::number_entry;
use super::{Pane, Scene};
use rows::{Row, Rows};
use scroll::Scroll;

/// The height of a row in points: a short list takes more of the room that there is.
const ROWS: std::ops::RangeInclusive<f32> = 27.0..=35.0;
const NUMBER_WIDTH: f32 = 62.0;
const NARROW_NUMBER_WIDTH: f32 = 48.0;
/// A track shorter than this, in points, is left out: then the number alone is turned.
const SHORTEST_TRACK: f32 = 24.0;
const LOCK_WIDTH: f32 = 20.0;
/// The room for what has been added since the pin, in points.
const DELTA_WIDTH: f32 = 44.0;
/// In a list narrower than this, in points, the word “output” has no room, and names and numbers have less.
const NARROW: f32 = 230.0;

/// The height on paper: every row has its own, in points.
///
/// # Errors
/// If there are more rows than a figure can hold: their number.
pub fn paper_height(scene: &Scene<'_>) -> Result<f32, usize> {
    const MOST_ROWS: usize = 2_000;
    let rows = Rows::new(scene.session.blueprint()).count();
    if rows > MOST_ROWS {
        return Err(rows);
    }
    Ok(rows as f32 * ROWS.start())
}

/// Draws the list.
pub fn knobs_ui(ui: &mut Ui, scene: &mut Scene<'_>, stage: &mut Stage) {
    let blueprint = scene.session.blueprint();
    let rows = Rows::new(blueprint);
    let canvas_id = Pane::Knobs.canvas_id();
    let rect = ui.available_rect_before_wrap();
    let row_height = (rect.height() / rows.count() as f32)
        .clamp(*ROWS.start(), *ROWS.end())
        .floor();
    let scroll = Scroll::new(rows.count(), row_height, rect.height());
    if let Some(current) = stage.current(canvas_id)
        && !matches!(current.part, Part::Target(Target::Knob(knob)) if blueprint.contains(knob))
    {
        stage.forget_current(canvas_id);
    }
    let mut area = ScrollArea::vertical().auto_shrink(false).id_salt("list");
    if let Some((id, Part::Target(Target::Knob(knob)))) = stage.wanted
        && id == canvas_id
        && blueprint.contains(knob)
    {
        let state_id = ui.make_persistent_id(egui::IdSalt::new("list"));
        let offset =
            egui::scroll_area::State::load(ui.ctx(), state_id).map_or(0.0, |state| state.clamped_offset().y);
        if let Some(offset) = scroll.offset_showing(rows.index_of(knob), offset) {
            area = area.vertical_scroll_offset(offset);
        }
    }
    let shown = area.show_viewport(ui, |ui, viewport| {
        ui.set_height(scroll.height());
        let top_left = ui.max_rect().left_top();
        let top_row = scroll.first_row(viewport.top());
        let first = top_row.floor();
        let fraction = (top_row - first) as f32;
        let visible = Rect::from_min_size(top_left + vec2(0.0, viewport.top()), rect.size());
        let visible = Rect::from_min_max(visible.min, pos2(ui.max_rect().right(), visible.bottom()));
        let mut list = List { scene, rows };
        let mut y = visible.top() - fraction * row_height;
        let mut index = first as usize;
        let mut canvas = Canvas::new(ui, stage, visible, canvas_id);
        while y < visible.bottom()
            && let Some(row) = rows.at(index)
        {
            let rect = Rect::from_min_size(pos2(visible.left(), y), vec2(visible.width(), row_height));
            match row {
                Row::Layer(layer) => list.layer_ui(&canvas, rect, layer),
                Row::Neuron(at) => list.neuron_ui(&mut canvas, rect, at),
                Row::Knob(knob) => list.knob_ui(&mut canvas, rect, knob),
            }
            y += row_height;
            index += 1;
        }
    });
    stage.set_scroll_area(canvas_id, shown.id);
}

struct List<'a, 's> {
    scene: &'a mut Scene<'s>,
    rows: Rows<'a>,
}

impl List<'_, '_> {
    fn layer_ui(&self, canvas: &Canvas<'_>, rect: Rect, layer: usize) {
        let look = self.scene.look;
        let last = self.scene.session.blueprint().last_layer();
        let text = if layer == last {
            format!("Layer {}, the output", layer + 1)
        } else {
            format!("Layer {}, hidden", layer + 1)
        };
        let painter = canvas.painter();
        let base = pos2(rect.left(), rect.bottom() - 5.0);
        painter.text(
            base,
            Align2::LEFT_BOTTOM,
            text,
            type_scale::small(),
            look.ink_soft,
        );
    }

    fn neuron_ui(&self, canvas: &mut Canvas<'_>, rect: Rect, at: NeuronAt) {
        let Scene { look, session, .. } = *self.scene;
        let color = self.scene.identity(at);
        let blueprint = session.blueprint();
        let part = Part::Neuron(at);
        let is_selected = self.scene.is_selected(at);
        canvas.begin(part);
        let painter = canvas.painter();
        if canvas.is_lit(part) {
            painter.rect_filled(rect.shrink2(vec2(0.0, 2.0)), 4.0, look.tint(color));
        }
        let bar = Rect::from_center_size(rect.left_center() + vec2(1.75, 1.0), vec2(3.5, 17.0));
        painter.rect_filled(bar, 1.5, color);
        let base = rect.left_center() + vec2(11.0, 1.0);
        let is_narrow = rect.width() < NARROW;
        let font = if is_selected {
            type_scale::strong()
        } else {
            type_scale::body()
        };
        let number = self.scene.number(self.scene.output(at));
        let output = format!("output {number}");
        let shown = if is_narrow { &number } else { &output };
        let right = rect.right_center() + vec2(-LOCK_WIDTH, 1.0);
        let end = painter.text(right, Align2::RIGHT_CENTER, shown, type_scale::strong(), color);
        let name = painter.layout_job(cut(
            blueprint.neuron_label(at),
            font,
            look.ink,
            end.left() - base.x - 8.0,
        ));
        painter.galley(base - vec2(0.0, name.size().y / 2.0), name, look.ink);
        canvas.place(Item::new(part, Place::Rect(rect)), || Description {
            name: blueprint.neuron_words(at),
            value: Some(output),
            is_button: true,
            is_selected: Some(is_selected),
            ..Description::default()
        });
        canvas.end();
    }

    fn knob_ui(&mut self, canvas: &mut Canvas<'_>, rect: Rect, knob: Knob) {
        let Scene { look, session, .. } = *self.scene;
        let target = Target::Knob(knob);
        let (document, blueprint) = (session.document(), session.blueprint());
        let value = document.value(target).unwrap_or(0.0);
        let range = document.range(target);
        let is_locked = document.is_locked(target);
        let at = NeuronAt {
            layer: knob.layer,
            neuron: knob.neuron,
        };
        let part = Part::Target(target);
        let is_lit = canvas.is_lit(part) || session.view().held == Some(target);
        let color = self.scene.identity(at);
        canvas.begin(part);
        if is_lit {
            let ground = rect.shrink2(vec2(0.0, 1.0));
            canvas.painter().rect_filled(ground, 4.0, look.tint(color));
        }
        let name_color = if knob.is_bias() {
            look.ink
        } else {
            look.sign(value)
        };
        let symbol = Piece::symbol(canvas.painter(), &blueprint.symbol(knob), 1.0, name_color);
        symbol.paint_centered(canvas.painter(), rect.left() + 6.0, rect.center().y);

        let is_narrow = rect.width() < NARROW;
        let (least_name, number_width) = if is_narrow {
            (28.0, NARROW_NUMBER_WIDTH)
        } else {
            (44.0, NUMBER_WIDTH)
        };
        let name_width = (symbol.width + 16.0).max(least_name);
        let number = Rect::from_center_size(
            pos2(rect.right() - LOCK_WIDTH - number_width / 2.0, rect.center().y),
            vec2(number_width, rect.height() - 4.0),
        );
        let left = rect.left() + name_width;
        let right = (number.left() - 6.0).max(left);
        let track = Rect::from_x_y_ranges(left..=right, rect.y_range());
        let was = self.scene.was(target);
        let track = if self.scene.insight.ghost().is_some() && track.width() >= SHORTEST_TRACK + DELTA_WIDTH {
            // All rows are shortened, so that handles stay comparable.
            let (track, delta) = track.split_left_right_at_x(track.right() - DELTA_WIDTH);
            if let Some(was) = was {
                let text = self.scene.delta(was, value);
                canvas.painter().text(
                    delta.right_center(),
                    Align2::RIGHT_CENTER,
                    text,
                    type_scale::small(),
                    look.ink_soft,
                );
            }
            track
        } else {
            track
        };
        let has_track = track.width() >= SHORTEST_TRACK;
        let geometry = TrackGeometry::within(track);
        let state = TrackState {
            fraction: range.fraction_of(value),
            zero: (range.min..=range.max)
                .contains(&0.0)
                .then(|| range.fraction_of(0.0)),
            color,
            is_lit,
            is_locked,
        };
        if has_track {
            track::paint(canvas.painter(), look, geometry, state);
            if let Some(was) = was {
                let at = geometry.from.lerp(geometry.to, range.fraction_of(was) as f32);
                let stroke = egui::Stroke::new(1.5, look.ink_soft);
                canvas.painter().circle(at, 3.5, look.card, stroke);
            }
        }
        let links = FocusLinks {
            before: self
                .rows
                .neighbour(knob, -1)
                .map(|knob| Part::Target(knob.into())),
            after: self.rows.neighbour(knob, 1).map(|knob| Part::Target(knob.into())),
        };
        let grip = Grip::track(target, geometry.from, geometry.to, range, value);
        let item = Item::new(part, Place::Rect(rect)).focusable(links);
        canvas.place(item, || Description {
            name: blueprint.knob_words(knob),
            value: Some(self.scene.number(value)),
            number: Some((value, range)),
            is_disabled: is_locked,
            ..Description::default()
        });
        if has_track {
            canvas.place_more(Item::new(part, Place::Rect(track)).grip(Some(grip)).rank(1));
        }
        self.lock_ui(canvas, rect, knob, is_lit);
        number_entry(
            canvas,
            self.scene,
            target,
            number,
            type_scale::number(),
            Align2::RIGHT_CENTER,
        );
        canvas.end();
    }

    fn lock_ui(&self, canvas: &mut Canvas<'_>, rect: Rect, knob: Knob, is_lit: bool) {
        let Scene { look, session, .. } = *self.scene;
        let is_locked = session.document().locked.contains(&knob);
        let center = pos2(rect.right() - LOCK_WIDTH / 2.0, rect.center().y);
        if is_locked || is_lit {
            let color = if is_locked { look.ink } else { look.ink_faint };
            paint_lock(canvas.painter(), center, is_locked, color);
        }
        let place = Place::Rect(Rect::from_center_size(
            center,
            Vec2::new(LOCK_WIDTH, rect.height()),
        ));
        canvas.place(Item::new(Part::Lock(knob), place).rank(2), || Description {
            name: format!("lock {}", session.blueprint().knob_words(knob)),
            is_button: true,
            is_selected: Some(is_locked),
            ..Description::default()
        });
    }
}

/// A line of text that ends with … where the room ends.
fn cut(text: String, font: egui::FontId, color: egui::Color32, room: f32) -> egui::text::LayoutJob {
    let mut job = egui::text::LayoutJob::simple_singleline(text, font, color);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room.max(8.0));
    job
}

/// A padlock, closed or open.
fn paint_lock(painter: &egui::Painter, center: egui::Pos2, is_closed: bool, color: egui::Color32) {
    let body = Rect::from_center_size(center + vec2(0.0, 2.5), vec2(9.0, 7.0));
    painter.rect_filled(body, 1.5, color);
    let (left, right, top) = (center.x - 2.8, center.x + 2.8, center.y - 5.0);
    let open_side = if is_closed { body.top() } else { top + 2.5 };
    let shackle = vec![
        pos2(left, body.top()),
        pos2(left, top + 1.8),
        pos2(left + 1.8, top),
        pos2(right - 1.8, top),
        pos2(right, top + 1.8),
        pos2(right, open_side),
    ];
    painter.add(egui::Shape::line(shackle, egui::Stroke::new(1.5, color)));
}
