//! The list of knobs, one slider per row, neuron by neuron. Only rows in view are laid out, and a list of
//! millions of rows is compressed: one point of scrolling then passes more than one point of rows.

use egui::{Align2, Rect, ScrollArea, Sense, Ui, pos2, vec2};

use crate::canvas::{Canvas, Elements, Handle, HitShape, Placement, TOUCH_SIZE};
use crate::panes::context::PaneContext;
use crate::theme::type_scale;
use crate::widgets::menu::is_touch_mode;
use crate::widgets::slider::TrackGeometry;
use neurodial_core::network::{Knob, NeuronAddress};
use neurodial_core::session::Adjustable;

use super::annotations::{self, KnobAnnotations};
use super::knob_view::{KnobView, layer_title_ui, neuron_line_ui};
use super::legend;
use super::list_rows::{KnobListRow, KnobListRows};
use super::matrix::knob_to_focus;

/// The range of a row's height, in points. The rows of a short list are higher.
pub(crate) const ROW_HEIGHT: std::ops::RangeInclusive<f32> = 27.0..=35.0;
/// The minimum height of a row in presentation mode, in points.
const MIN_PRESENTED_HEIGHT: f32 = 23.0;
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
    let rows = KnobListRows::of_pane(context);
    let canvas_id = context.canvas_id;
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
    let row_height = if is_touch_mode(ui.ctx()) {
        TOUCH_SIZE
    } else {
        let min_height = match context.is_presented {
            true => MIN_PRESENTED_HEIGHT,
            false => *ROW_HEIGHT.start(),
        };
        (rect.height() / rows.count() as f32)
            .clamp(min_height, *ROW_HEIGHT.end())
            .floor()
    };
    let scroll = ListScroll::new(rows.count(), row_height, rect.height());
    let mut area = ScrollArea::vertical().auto_shrink(false).id_salt("list");
    let state_id = ui.make_persistent_id(egui::IdSalt::new("list"));
    let offset =
        || egui::scroll_area::State::load(ui.ctx(), state_id).map_or(0.0, |state| state.clamped_offset().y);
    // Rows that become higher or lower keep the first one in view at its place.
    let height_id = state_id.with("row_height");
    let height_before = ui.data_mut(|data| {
        let before: Option<f32> = data.get_temp(height_id);
        data.insert_temp(height_id, row_height);
        before
    });
    if let Some(before) = height_before
        && before != row_height
    {
        area = area.vertical_scroll_offset(offset() * row_height / before);
    }
    if let Some(knob) = knob_to_focus(context, elements) {
        let offset = offset();
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
        let mut list = KnobList { context, annotations };
        let mut y = visible.top() - fraction * row_height;
        let mut index = first as usize;
        let mut canvas = Canvas::new(ui, elements, visible, canvas_id);
        while y < visible.bottom()
            && let Some(row) = rows.get(index)
        {
            let rect = Rect::from_min_size(pos2(visible.left(), y), vec2(visible.width(), row_height));
            match row {
                KnobListRow::Layer(layer) => {
                    let pos = pos2(rect.left(), rect.bottom() - 5.0);
                    layer_title_ui(canvas.painter(), list.context, pos, layer);
                }
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
    annotations: KnobAnnotations,
}

impl KnobList<'_, '_> {
    fn neuron_ui(&self, canvas: &mut Canvas<'_>, rect: Rect, at: NeuronAddress) {
        let has_word = rect.width() >= NARROW_LIST_WIDTH;
        let line = (rect.center().y + 1.0, 17.0, rect.right() - LOCK_WIDTH);
        neuron_line_ui(canvas, self.context, at, [rect, rect], line, has_word);
    }

    fn knob_ui(&mut self, canvas: &mut Canvas<'_>, rect: Rect, knob: Knob) {
        let theme = self.context.theme;
        let view = KnobView::new(self.context, canvas, Some(&self.annotations), knob);
        let element = view.element();
        let is_highlighted = view.slider.is_highlighted;
        canvas.begin_element(element);
        if is_highlighted {
            let background = rect.shrink2(vec2(0.0, 1.0));
            let color = theme.highlighted(view.slider.color);
            canvas.painter().rect_filled(background, 4.0, color);
        }
        let symbol = view.symbol(canvas.painter(), self.context, 1.0);
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
        let mut track = Rect::from_x_y_ranges(left..=right, rect.y_range());
        if self.context.insight.snapshot_overlay().is_some()
            && track.width() >= MIN_TRACK_WIDTH + DIFFERENCE_WIDTH
        {
            // The tracks of all rows are shortened alike, so that their handles can be compared.
            let pos = track.right_center();
            view.difference_ui(canvas.painter(), self.context, pos, Align2::RIGHT_CENTER);
            track.max.x -= DIFFERENCE_WIDTH;
        }
        let play = Rect::from_x_y_ranges(rect.left() + 6.0 + symbol.width..=left, rect.y_range());
        let has_track = track.width() >= MIN_TRACK_WIDTH;
        let geometry = TrackGeometry::from_rect(track);
        if has_track {
            geometry.paint(canvas.painter(), theme, view.slider);
        }
        canvas.place(view.placement(self.context, rect), || view.info(self.context));
        if has_track {
            let TrackGeometry { from, to } = geometry;
            let handle = Handle::track(view.target(), from, to, view.range, view.value);
            let placement = Placement::new(element, HitShape::Rect(track));
            canvas.place_again(placement.handle(Some(handle)).rank(1));
        }
        view.play_ui(canvas, self.context, play);
        let lock = Rect::from_center_size(
            pos2(rect.right() - LOCK_WIDTH / 2.0, rect.center().y),
            vec2(LOCK_WIDTH, rect.height()),
        );
        view.lock_ui(canvas, self.context, lock);
        if let Some(arrow) = view.arrow {
            // In a narrow list the arrow takes the place of the lock, which is rarely shown.
            let center = pos2(number.right() + (ARROW_WIDTH - 2.0) / 2.0, rect.center().y);
            if arrow_width > 0.0 || !(is_highlighted || view.slider.is_locked) {
                let color = self.annotations.color();
                arrow.paint(canvas.painter(), theme, center, ARROW_WIDTH - 2.0, color);
            }
        }
        view.number_ui(
            canvas,
            self.context,
            number,
            type_scale::number(),
            Align2::RIGHT_CENTER,
        );
        canvas.end_element();
    }
}

/// The maximum height of a list, in points. Beyond it, f32 is too coarse for smooth scrolling.
const MAX_LIST_HEIGHT: f64 = 2_000_000.0;
/// The number of rows that stay in view before and after the row that a key moves to.
const SCROLL_MARGIN: f64 = 2.0;

/// A list of equally high rows and the view in which it is scrolled.
#[derive(Debug, Clone, Copy, PartialEq)]
struct ListScroll {
    rows: f64,
    row_height: f64,
    view_height: f64,
}

impl ListScroll {
    /// Creates a list of `rows` rows; heights are in points.
    fn new(rows: usize, row_height: f32, view_height: f32) -> Self {
        Self {
            rows: rows as f64,
            row_height: f64::from(row_height),
            view_height: f64::from(view_height),
        }
    }

    /// Returns the height of the scrolled content, in points.
    fn height(self) -> f32 {
        (self.rows * self.row_height).min(MAX_LIST_HEIGHT) as f32
    }

    /// Returns the number of rows that fit in the view; the last one may be visible only in part.
    fn visible_rows(self) -> f64 {
        self.view_height / self.row_height
    }

    /// Returns the number of rows that one point of scrolling passes. The end of the scroll range shows the
    /// last row.
    fn rows_per_point(self) -> f64 {
        let max_offset = f64::from(self.height()) - self.view_height;
        if max_offset > 0.0 {
            ((self.rows - self.visible_rows()) / max_offset).max(0.0)
        } else {
            0.0
        }
    }

    /// Returns the row at the top of the view at a scroll offset of `offset` points, with a fraction if the
    /// row is cut off.
    fn first_row(self, offset: f32) -> f64 {
        f64::from(offset) * self.rows_per_point()
    }

    /// Returns the offset that brings a row into view; `None` if it is in view at the current `offset`.
    fn offset_to_show(self, row: usize, offset: f32) -> Option<f32> {
        let (row, first, visible) = (row as f64, self.first_row(offset), self.visible_rows());
        let offset_to_show = if row < first + 1.0 {
            row - SCROLL_MARGIN
        } else if row + 2.0 > first + visible {
            row + 1.0 + SCROLL_MARGIN - visible
        } else {
            return None;
        };
        let rows_per_point = self.rows_per_point();
        if rows_per_point == 0.0 {
            return None;
        }
        let max_offset = f64::from(self.height()) - self.view_height;
        Some((offset_to_show / rows_per_point).clamp(0.0, max_offset) as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEW: f32 = 650.0;

    fn shows(scroll: ListScroll, row: usize, offset: f32) -> bool {
        let first = scroll.first_row(offset);
        row as f64 >= first - 1e-6 && (row + 1) as f64 <= first + f64::from(VIEW) / 27.0 + 1e-6
    }

    #[test]
    fn scrolling_to_the_end_shows_the_last_row_of_any_list() {
        for rows in [25, 600, 74_000, 75_000, 110_000, 4_000_000] {
            let scroll = ListScroll::new(rows, 27.0, VIEW);
            assert!(shows(scroll, 0, 0.0));
            assert!(shows(scroll, rows - 1, scroll.height() - VIEW), "{rows}");
        }
    }

    #[test]
    fn every_row_can_be_scrolled_into_view() {
        for rows in [26, 600, 110_000, 4_000_000] {
            let scroll = ListScroll::new(rows, 27.0, VIEW);
            for before in [0.0, 0.4, 1.0] {
                let before = before * (scroll.height() - VIEW);
                for row in [0, 1, 2, 22, 23, 24, rows / 2, rows - 2, rows - 1] {
                    let offset = scroll.offset_to_show(row, before).unwrap_or(before);
                    assert!(shows(scroll, row, offset), "row {row} of {rows} at {offset}");
                    let again = scroll.offset_to_show(row, offset).unwrap_or(offset);
                    assert!((again - offset).abs() < 1.0, "row {row} of {rows}");
                }
            }
        }
    }

    #[test]
    fn a_list_that_fits_is_not_scrolled() {
        let scroll = ListScroll::new(20, 27.0, VIEW);
        assert_eq!(scroll.height(), 540.0);
        assert_eq!(scroll.offset_to_show(19, 0.0), None);
    }
}
