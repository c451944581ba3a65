//! A slider a row, neuron by neuron. Only rows in view are laid out.

use egui::{Align2, Rect, ScrollArea, Sense, Ui, pos2, vec2};

use crate::canvas::{Canvas, Description, FocusLinks, Grip, Item, Part, Place, Stage};
use crate::look::type_scale;
use neurodial_core::network::{Knob, NeuronAt};
use crate::panes::number_entry::number_entry;
use crate::panes::{Pane, Scene};
use neurodial_core::session::Target;
use crate::widgets::maths::Piece;
use crate::widgets::track::{self, TrackGeometry, TrackState};

use super::legend;
use super::rows::{Row, Rows};
use super::scroll::Scroll;
use super::told::{self, Told};

/// The height of a row in points: a short list takes more of the room that there is.
pub const ROWS: std::ops::RangeInclusive<f32> = 27.0..=35.0;
const NUMBER_WIDTH: f32 = 62.0;
const NARROW_NUMBER_WIDTH: f32 = 48.0;
/// A track shorter than this, in points, is left out: then the number alone is turned.
const SHORTEST_TRACK: f32 = 24.0;
const LOCK_WIDTH: f32 = 20.0;
/// The room for what has been added since the pin, in points.
const DELTA_WIDTH: f32 = 44.0;
/// The room for the arrow beside a number, in points.
const ARROW_WIDTH: f32 = 20.0;
/// In a list narrower than this, in points, the word “output” has no room, and names and numbers have less.
const NARROW: f32 = 230.0;
/// A list lower than this, in points, has no room for what its colours mean.
const LEAST_FOR_LEGEND: f32 = 160.0;

/// Draws the list.
pub fn list_ui(ui: &mut Ui, scene: &mut Scene<'_>, stage: &mut Stage) {
    let blueprint = scene.session.blueprint();
    let rows = Rows::new(blueprint);
    let canvas_id = Pane::Knobs.canvas_id();
    let mut rect = ui.available_rect_before_wrap();
    let has_legend = told::has_strips(scene) && rect.height() >= LEAST_FOR_LEGEND;
    let legend = has_legend.then(|| {
        ui.allocate_exact_size(vec2(rect.width(), legend::HEIGHT), Sense::hover())
            .0
    });
    if let Some(legend) = legend {
        rect.min.y = legend.bottom();
    }
    let mut scale = None;
    let row_height = (rect.height() / rows.count() as f32)
        .clamp(*ROWS.start(), *ROWS.end())
        .floor();
    let scroll = Scroll::new(rows.count(), row_height, rect.height());
    let mut area = ScrollArea::vertical().auto_shrink(false).id_salt("list");
    if let Some(knob) = super::wanted(scene, stage) {
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
        let count = (visible.height() / row_height).ceil() as usize + 1;
        let in_view = (first as usize..)
            .take(count)
            .filter_map(|index| match rows.at(index) {
                Some(Row::Knob(knob)) => Some(Target::Knob(knob)),
                _ => None,
            });
        let told = Told::new(scene, in_view);
        scale = told.scale();
        let mut list = List { scene, rows, told };
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
    if let Some(rect) = legend {
        legend::strips_ui(ui, scene, rect, scale);
    }
}

struct List<'a, 's> {
    scene: &'a mut Scene<'s>,
    rows: Rows<'a>,
    told: Told,
}

impl List<'_, '_> {
    fn layer_ui(&self, canvas: &Canvas<'_>, rect: Rect, layer: usize) {
        let look = self.scene.look;
        let text = super::layer_title(self.scene, layer);
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
        let name = painter.layout_job(super::cut(
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
        let (least_name, number_width, arrow_width) = match (is_narrow, self.told.has_arrows()) {
            (true, _) => (40.0, NARROW_NUMBER_WIDTH, 0.0),
            (false, true) => (43.0, NARROW_NUMBER_WIDTH, ARROW_WIDTH),
            (false, false) => (44.0, NUMBER_WIDTH, 0.0),
        };
        let name_width = (symbol.width + 16.0).max(least_name);
        let number = Rect::from_center_size(
            pos2(
                rect.right() - LOCK_WIDTH - arrow_width - number_width / 2.0,
                rect.center().y,
            ),
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
                let font = type_scale::small();
                let painter = canvas.painter();
                painter.text(
                    delta.right_center(),
                    Align2::RIGHT_CENTER,
                    text,
                    font,
                    look.ink_soft,
                );
            }
            track
        } else {
            track
        };
        let has_track = track.width() >= SHORTEST_TRACK;
        let geometry = TrackGeometry::within(track);
        let marks = self.told.marks(self.scene, target);
        let state = TrackState {
            fraction: range.fraction_of(value),
            zero: (range.min..=range.max)
                .contains(&0.0)
                .then(|| range.fraction_of(0.0)),
            color,
            is_lit,
            is_locked,
            strip: self.told.strip(target),
            is_filled: !self.told.has_strips(),
            flip: marks.flip,
            best: marks.best.map(|best| (best, self.told.color())),
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
        canvas.place(item, || super::describe(self.scene, knob));
        if has_track {
            canvas.place_more(Item::new(part, Place::Rect(track)).grip(Some(grip)).rank(1));
        }
        let lock = Rect::from_center_size(
            pos2(rect.right() - LOCK_WIDTH / 2.0, rect.center().y),
            vec2(LOCK_WIDTH, rect.height()),
        );
        super::lock_ui(canvas, self.scene, lock, knob, is_lit);
        if let Some(arrow) = marks.arrow {
            // In a narrow list it shares the place of the lock, which is seldom there.
            let center = pos2(number.right() + (ARROW_WIDTH - 2.0) / 2.0, rect.center().y);
            if arrow_width > 0.0 || !(is_lit || is_locked) {
                let color = self.told.color();
                arrow.paint(canvas.painter(), look, center, ARROW_WIDTH - 2.0, color);
            }
        }
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
}
