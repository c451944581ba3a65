//! The list of knobs, one slider per row, neuron by neuron. Only rows in view are laid out.

use egui::{Align2, Rect, ScrollArea, Sense, Ui, pos2, vec2};

use crate::canvas::{Canvas, Element, ElementInfo, Elements, FocusLinks, Handle, HitShape, Placement};
use crate::panes::number_entry::number_entry_ui;
use crate::panes::{Pane, PaneContext};
use crate::theme::type_scale;
use crate::widgets::math::MathBox;
use crate::widgets::track::{self, TrackGeometry, TrackState};
use neurodial_core::network::{Knob, NeuronAddress};
use neurodial_core::session::Adjustable;

use super::annotations::{self, KnobAnnotations};
use super::legend;
use super::list_rows::{KnobListRow, KnobListRows};
use super::list_scroll::ListScroll;

/// The range of a row's height, in points. The rows of a short list are higher.
pub(crate) const ROW_HEIGHT: std::ops::RangeInclusive<f32> = 27.0..=35.0;
const NUMBER_WIDTH: f32 = 62.0;
const NARROW_NUMBER_WIDTH: f32 = 48.0;
/// The minimum width of a track, in points. In a narrower list the track is left out, and only the number can
/// be dragged.
const MIN_TRACK_WIDTH: f32 = 24.0;
const LOCK_WIDTH: f32 = 20.0;
/// The width of the difference from the snapshot, in points.
const DIFFERENCE_WIDTH: f32 = 44.0;
/// The width of the arrow beside a number, in points.
const ARROW_WIDTH: f32 = 20.0;
/// The width below which a list is narrow, in points: it leaves out the word “output” and has less space for
/// names and numbers.
const NARROW_LIST_WIDTH: f32 = 230.0;
/// The minimum height of a list that has a legend, in points.
const MIN_HEIGHT_FOR_LEGEND: f32 = 160.0;

/// Draws the list.
pub(crate) fn list_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    let architecture = context.session.architecture();
    let rows = KnobListRows::new(architecture);
    let canvas_id = Pane::Knobs.canvas_id();
    let mut rect = ui.available_rect_before_wrap();
    let has_legend = annotations::shows_profiles(context) && rect.height() >= MIN_HEIGHT_FOR_LEGEND;
    let legend = has_legend.then(|| {
        ui.allocate_exact_size(vec2(rect.width(), legend::HEIGHT), Sense::hover())
            .0
    });
    if let Some(legend) = legend {
        rect.min.y = legend.bottom();
    }
    let mut scale = None;
    let row_height = (rect.height() / rows.count() as f32)
        .clamp(*ROW_HEIGHT.start(), *ROW_HEIGHT.end())
        .floor();
    let scroll = ListScroll::new(rows.count(), row_height, rect.height());
    let mut area = ScrollArea::vertical().auto_shrink(false).id_salt("list");
    if let Some(knob) = super::knob_to_focus(context, elements) {
        let state_id = ui.make_persistent_id(egui::IdSalt::new("list"));
        let offset =
            egui::scroll_area::State::load(ui.ctx(), state_id).map_or(0.0, |state| state.clamped_offset().y);
        if let Some(offset) = scroll.offset_to_show(rows.index_of(knob), offset) {
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
            .filter_map(|index| match rows.get(index) {
                Some(KnobListRow::Knob(knob)) => Some(Adjustable::Knob(knob)),
                _ => None,
            });
        let annotations = KnobAnnotations::new(context, in_view);
        scale = annotations.color_scale();
        let mut list = KnobList {
            context,
            rows,
            annotations,
        };
        let mut y = visible.top() - fraction * row_height;
        let mut index = first as usize;
        let mut canvas = Canvas::new(ui, elements, visible, canvas_id);
        while y < visible.bottom()
            && let Some(row) = rows.get(index)
        {
            let rect = Rect::from_min_size(pos2(visible.left(), y), vec2(visible.width(), row_height));
            match row {
                KnobListRow::Layer(layer) => list.layer_ui(&canvas, rect, layer),
                KnobListRow::Neuron(at) => list.neuron_ui(&mut canvas, rect, at),
                KnobListRow::Knob(knob) => list.knob_ui(&mut canvas, rect, knob),
            }
            y += row_height;
            index += 1;
        }
    });
    elements.set_scroll_area(canvas_id, shown.id);
    if let Some(rect) = legend {
        legend::profile_legend_ui(ui, context, rect, scale);
    }
}

struct KnobList<'a, 's> {
    context: &'a mut PaneContext<'s>,
    rows: KnobListRows<'a>,
    annotations: KnobAnnotations,
}

impl KnobList<'_, '_> {
    fn layer_ui(&self, canvas: &Canvas<'_>, rect: Rect, layer: usize) {
        let theme = self.context.theme;
        let text = super::layer_title(self.context, layer);
        let painter = canvas.painter();
        let base = pos2(rect.left(), rect.bottom() - 5.0);
        painter.text(
            base,
            Align2::LEFT_BOTTOM,
            text,
            type_scale::small(),
            theme.weak_text,
        );
    }

    fn neuron_ui(&self, canvas: &mut Canvas<'_>, rect: Rect, at: NeuronAddress) {
        let PaneContext { theme, session, .. } = *self.context;
        let color = self.context.neuron_color(at);
        let architecture = session.architecture();
        let element = Element::Neuron(at);
        let is_selected = self.context.is_selected(at);
        canvas.begin_element(element);
        let painter = canvas.painter();
        if canvas.is_highlighted(element) {
            painter.rect_filled(rect.shrink2(vec2(0.0, 2.0)), 4.0, theme.tinted(color));
        }
        let bar = Rect::from_center_size(rect.left_center() + vec2(1.75, 1.0), vec2(3.5, 17.0));
        painter.rect_filled(bar, 1.5, color);
        let base = rect.left_center() + vec2(11.0, 1.0);
        let is_narrow = rect.width() < NARROW_LIST_WIDTH;
        let font = if is_selected {
            type_scale::strong()
        } else {
            type_scale::body()
        };
        let number = self.context.format_number(self.context.output(at));
        let output = format!("output {number}");
        let shown = if is_narrow { &number } else { &output };
        let right = rect.right_center() + vec2(-LOCK_WIDTH, 1.0);
        let end = painter.text(right, Align2::RIGHT_CENTER, shown, type_scale::strong(), color);
        let name = painter.layout_job(super::truncated_text(
            architecture.neuron_label(at),
            font,
            theme.text,
            end.left() - base.x - 8.0,
        ));
        painter.galley(base - vec2(0.0, name.size().y / 2.0), name, theme.text);
        canvas.place(Placement::new(element, HitShape::Rect(rect)), || ElementInfo {
            name: architecture.describe_neuron(at),
            value: Some(output),
            is_button: true,
            is_selected: Some(is_selected),
            ..ElementInfo::default()
        });
        canvas.end_element();
    }

    fn knob_ui(&mut self, canvas: &mut Canvas<'_>, rect: Rect, knob: Knob) {
        let PaneContext { theme, session, .. } = *self.context;
        let target = Adjustable::Knob(knob);
        let (document, architecture) = (session.document(), session.architecture());
        let value = document.value(target).unwrap_or(0.0);
        let range = document.range(target);
        let is_locked = document.is_locked(target);
        let at = NeuronAddress {
            layer: knob.layer,
            neuron: knob.neuron,
        };
        let element = Element::Adjustable(target);
        let is_highlighted = canvas.is_highlighted(element) || session.view().highlighted == Some(target);
        let color = self.context.neuron_color(at);
        canvas.begin_element(element);
        if is_highlighted {
            let background = rect.shrink2(vec2(0.0, 1.0));
            canvas.painter().rect_filled(background, 4.0, theme.tinted(color));
        }
        let name_color = if knob.is_bias() {
            theme.text
        } else {
            theme.sign_color(value)
        };
        let symbol = MathBox::symbol(canvas.painter(), &architecture.symbol(knob), 1.0, name_color);
        symbol.paint_centered(canvas.painter(), rect.left() + 6.0, rect.center().y);

        let is_narrow = rect.width() < NARROW_LIST_WIDTH;
        let (min_name_width, number_width, arrow_width) = match (is_narrow, self.annotations.has_arrows()) {
            (true, _) => (40.0, NARROW_NUMBER_WIDTH, 0.0),
            (false, true) => (43.0, NARROW_NUMBER_WIDTH, ARROW_WIDTH),
            (false, false) => (44.0, NUMBER_WIDTH, 0.0),
        };
        let name_width = (symbol.width + 16.0).max(min_name_width);
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
        let snapshot_value = self.context.snapshot_value(target);
        let track = if self.context.insight.snapshot_overlay().is_some()
            && track.width() >= MIN_TRACK_WIDTH + DIFFERENCE_WIDTH
        {
            // The tracks of all rows are shortened alike, so that their handles can be compared.
            let (track, delta) = track.split_left_right_at_x(track.right() - DIFFERENCE_WIDTH);
            if let Some(snapshot_value) = snapshot_value {
                let text = self.context.format_difference(snapshot_value, value);
                let font = type_scale::small();
                let painter = canvas.painter();
                painter.text(
                    delta.right_center(),
                    Align2::RIGHT_CENTER,
                    text,
                    font,
                    theme.weak_text,
                );
            }
            track
        } else {
            track
        };
        let has_track = track.width() >= MIN_TRACK_WIDTH;
        let geometry = TrackGeometry::from_rect(track);
        let indicators = self.annotations.indicators(self.context, target);
        let state = TrackState {
            fraction: range.fraction_of(value),
            zero_fraction: (range.min..=range.max)
                .contains(&0.0)
                .then(|| range.fraction_of(0.0)),
            color,
            is_highlighted,
            is_locked,
            profile: self.annotations.profile(target),
            is_filled: !self.annotations.has_profiles(),
            switch_point: indicators.switch_point,
            lowest_loss: indicators
                .lowest_loss
                .map(|best| (best, self.annotations.color())),
        };
        if has_track {
            track::paint(canvas.painter(), theme, geometry, state);
            if let Some(snapshot_value) = snapshot_value {
                let at = geometry
                    .from
                    .lerp(geometry.to, range.fraction_of(snapshot_value) as f32);
                let stroke = egui::Stroke::new(1.5, theme.weak_text);
                canvas.painter().circle(at, 3.5, theme.card, stroke);
            }
        }
        let links = FocusLinks {
            before: self
                .rows
                .neighbor(knob, -1)
                .map(|knob| Element::Adjustable(knob.into())),
            after: self
                .rows
                .neighbor(knob, 1)
                .map(|knob| Element::Adjustable(knob.into())),
        };
        let handle = Handle::track(target, geometry.from, geometry.to, range, value);
        let item = Placement::new(element, HitShape::Rect(rect)).focusable(links);
        canvas.place(item, || super::knob_description(self.context, knob));
        if has_track {
            canvas.place_again(
                Placement::new(element, HitShape::Rect(track))
                    .handle(Some(handle))
                    .rank(1),
            );
        }
        let lock = Rect::from_center_size(
            pos2(rect.right() - LOCK_WIDTH / 2.0, rect.center().y),
            vec2(LOCK_WIDTH, rect.height()),
        );
        super::lock_ui(canvas, self.context, lock, knob, is_highlighted);
        if let Some(arrow) = indicators.arrow {
            // In a narrow list the arrow takes the place of the lock, which is rarely shown.
            let center = pos2(number.right() + (ARROW_WIDTH - 2.0) / 2.0, rect.center().y);
            if arrow_width > 0.0 || !(is_highlighted || is_locked) {
                let color = self.annotations.color();
                arrow.paint(canvas.painter(), theme, center, ARROW_WIDTH - 2.0, color);
            }
        }
        number_entry_ui(
            canvas,
            self.context,
            target,
            number,
            type_scale::number(),
            Align2::RIGHT_CENTER,
        );
        canvas.end_element();
    }
}
