//! The confusion matrix: a row for each true class, a column for each predicted class. Correct predictions
//! are on the diagonal. A click on a cell shows its samples.
//!
//! | file | content |
//! | --- | --- |
//! | `samples` | the samples of a cell, one of which becomes the current inputs |

mod samples;

use egui::{Align2, Color32, Galley, Painter, Rect, Stroke, StrokeKind, Ui, pos2, vec2};
use std::sync::Arc;

use crate::canvas::{Canvas, Element, ElementInfo, Elements, FocusLinks, HitShape, Placement};
use crate::theme::{ColorTheme, type_scale};
use crate::widgets::truncated_text;
use neurodial_core::insight::Predictions;
use neurodial_core::insight::predictions::SetPredictions;
use neurodial_core::session::{ConfusionCell, WindowLayout};
use neurodial_core::text::{Messages, format_fixed};

use super::context::PaneContext;
use super::pane_info::{LayoutRegion, PaneInfo, PanePlace, SizeHint, data_remedy};
use super::training::{mismatch_ui, no_data_ui};

/// The properties of the pane.
pub(crate) static PANE: PaneInfo = PaneInfo {
    region: Some(LayoutRegion::RightBottom),
    other_places: &[PanePlace::new(WindowLayout::Train, LayoutRegion::RightTop)],
    needs_data: true,
    figure_remedy: |session, insight| {
        let is_shown =
            insight.predictions(session).is_some() || matches!(insight.metrics(session), Some(Err(_)));
        data_remedy(session).or((!is_shown).then_some(Messages::figure_remedy_classes))
    },
    print_width,
    print_height: |painter, context, width| Ok(SizeHint::fixed(print_height(painter, context, width))),
    ..PaneInfo::new(
        &["confusion-matrix", "confusion"],
        Messages::pane_confusion,
        confusion_ui,
    )
};

/// The heights of the line above a table and of the names above its columns, in points.
const TITLE_HEIGHT: f32 = 26.0;
const HEADER_HEIGHT: f32 = 38.0;
/// The width of the accuracy to the right of each row, in points.
const ACCURACY_WIDTH: f32 = 54.0;
/// The range of a cell's width and height, in points. In a figure the cells are as wide as the page allows.
const CELL_SIDE: std::ops::RangeInclusive<f32> = 4.0..=84.0;
/// The maximum height of a cell in a figure, in points.
const MAX_PRINTED_CELL_HEIGHT: f32 = 52.0;
/// In the window, both tables are drawn only if the sides of their cells are at least this long, in points.
const MIN_CELL_FOR_BOTH_TABLES: f32 = 20.0;
/// The height of a cell divided by its width.
const CELL_ASPECT: f32 = 0.6;
/// The minimum width of a cell that contains its number, in points.
const MIN_WIDTH_FOR_NUMBER: f32 = 17.0;
/// The rest of the width that such a number leaves, as the widths of glyphs are rounded, in points.
const ROUNDING_MARGIN: f32 = 1.5;
/// The minimum scale of the font size of such a number.
const MIN_NUMBER_SCALE: f32 = 0.65;
/// The minimum height of a row that has its name and its accuracy beside it, in points.
const MIN_HEIGHT_FOR_NAME: f32 = 11.0;
/// The maximum width of a name beside a row, as a fraction of the table's width.
const MAX_NAME_SHARE: f32 = 0.3;
/// The gap between two tables, in points.
const TABLE_GAP: f32 = 22.0;
/// The maximum strength of a cell's color, 0 to 1, so that the number on it can be read.
const MAX_COLOR_STRENGTH: f32 = 0.55;

/// Draws the pane.
pub(crate) fn confusion_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    if let Some(Err(reason)) = context.insight.metrics(context.session) {
        mismatch_ui(ui, context, reason);
        return;
    }
    let rect = ui.available_rect_before_wrap().intersect(ui.clip_rect());
    match context.insight.predictions(context.session) {
        Some(predictions) => tables_ui(ui, context, elements, predictions, rect),
        None => {
            let hint = match context.session.setup() {
                Some(_) => context.messages.confusion_regression(),
                None => context.messages.confusion_no_data(),
            };
            no_data_ui(ui, context, hint);
        }
    }
}

/// Returns the width in a figure, in points: preferably all names are in full.
fn print_width(painter: &Painter, context: &PaneContext<'_>) -> SizeHint {
    const MIN_WIDTH: f32 = 170.0;
    /// The maximum width that is requested for a cell, in points.
    const MAX_CELL: f32 = 60.0;
    let Some(predictions) = context.insight.predictions(context.session) else {
        return SizeHint::fixed(MIN_WIDTH);
    };
    let names = NameWidths::new(painter, context, predictions);
    let classes = predictions.class_names.len() as f32;
    let cell = names.cell.min(MAX_CELL).max(MIN_WIDTH_FOR_NUMBER);
    SizeHint::new(
        MIN_WIDTH,
        names.label.min(120.0) + classes * cell + ACCURACY_WIDTH,
    )
}

/// The widths of the texts of a table, in points.
struct NameWidths {
    /// The width of the names beside the rows.
    label: f32,
    /// The width of a column with its name and its numbers.
    cell: f32,
}

impl NameWidths {
    fn new(painter: &Painter, context: &PaneContext<'_>, predictions: &Predictions) -> Self {
        let width = |text: &str| {
            let galley = small_galley(painter, text, context.theme.text, f32::INFINITY);
            galley.size().x + 8.0
        };
        let names = predictions.class_names.iter();
        let widest = names.map(|name| width(name)).fold(0.0, f32::max);
        let heading = width(context.messages.confusion_true_class());
        let counts = predictions.sets.iter().flat_map(|set| {
            let classes = 0..predictions.class_names.len();
            classes.map(|class| set.confusion.count(class, class))
        });
        let max_count = counts.max().unwrap_or(0).to_string();
        let count = painter.layout_no_wrap(max_count, type_scale::number(), context.theme.text);
        Self {
            label: widest.max(heading),
            cell: widest.max(count.size().x + 8.0),
        }
    }
}

/// Returns the height in a figure of this width, both in points.
pub(crate) fn print_height(painter: &Painter, context: &PaneContext<'_>, width: f32) -> f32 {
    match context.insight.predictions(context.session) {
        Some(predictions) => {
            let rect = Rect::from_min_size(egui::Pos2::ZERO, vec2(width, f32::INFINITY));
            let tables = ConfusionLayout::new(painter, context, predictions, predictions.sets.len(), rect);
            tables.rects.last().map_or(0.0, |last| last.bottom())
        }
        None => 40.0,
    }
}

/// Draws one table for the training set and one for the test set.
pub(crate) fn tables_ui(
    ui: &mut Ui,
    context: &mut PaneContext<'_>,
    elements: &mut Elements,
    predictions: &Predictions,
    rect: Rect,
) {
    let mut sides: Vec<&SetPredictions> = predictions.sets.iter().collect();
    let mut rect = match context.options {
        None => samples::samples_ui(ui, context, predictions, rect),
        Some(_) => rect,
    };
    let context = &*context;
    let mut layout = ConfusionLayout::new(ui.painter(), context, predictions, sides.len(), rect);
    if context.options.is_none() && sides.len() > 1 && layout.cell_size.min_elem() < MIN_CELL_FOR_BOTH_TABLES
    {
        // In a small pane only the test set has a table; the training set has one line of text.
        let side = sides.remove(0);
        let table_rect = rect.left_top() + vec2(0.0, 8.0);
        let painter = ui.painter();
        let name = painter.text(
            table_rect,
            Align2::LEFT_CENTER,
            set_name(context.messages, side),
            type_scale::strong(),
            context.theme.text,
        );
        let pos = pos2(name.right() + 10.0, table_rect.y);
        painter.text(
            pos,
            Align2::LEFT_CENTER,
            context.messages.confusion_accuracy(accuracy_text(side)),
            type_scale::small(),
            context.theme.weak_text,
        );
        rect.min.y += TITLE_HEIGHT;
        layout = ConfusionLayout::new(painter, context, predictions, 1, rect);
    }
    let mut canvas = Canvas::new(ui, elements, rect, context.canvas_id);
    for (side, &table_rect) in sides.into_iter().zip(&layout.rects) {
        let table = ConfusionTable {
            context,
            side,
            names: &predictions.class_names,
            layout: &layout,
            rect: table_rect,
        };
        table.table_ui(&mut canvas);
    }
}

/// The positions and sizes of the tables.
struct ConfusionLayout {
    rects: Vec<Rect>,
    /// The width of the names beside the rows, in points.
    label_width: f32,
    cell_size: egui::Vec2,
}

impl ConfusionLayout {
    /// Places the tables side by side or one below the other, whichever gives larger cells.
    fn new(
        painter: &Painter,
        context: &PaneContext<'_>,
        predictions: &Predictions,
        count: usize,
        rect: Rect,
    ) -> Self {
        let count = count.max(1);
        let classes = predictions.class_names.len().max(1) as f32;
        let names = NameWidths::new(painter, context, predictions);
        let is_print = context.options.is_some();
        let arranged = |columns: usize| {
            let rows = count.div_ceil(columns);
            let width = (rect.width() - TABLE_GAP * (columns as f32 - 1.0)) / columns as f32;
            let label_width = names.label.min(MAX_NAME_SHARE * width);
            let wide = (width - label_width - ACCURACY_WIDTH) / classes;
            let max_width = if is_print { f32::INFINITY } else { *CELL_SIDE.end() };
            let wide = wide.clamp(*CELL_SIDE.start(), max_width);
            // With many classes flat rows can still be read; with few classes higher cells look better.
            let high = (CELL_ASPECT * wide).max(wide.min(22.0));
            let available_height = (rect.height() - TABLE_GAP * (rows as f32 - 1.0)) / rows as f32
                - TITLE_HEIGHT
                - HEADER_HEIGHT;
            let high = if is_print {
                high.min(MAX_PRINTED_CELL_HEIGHT)
            } else {
                high.min(available_height / classes).max(*CELL_SIDE.start())
            };
            let wide = if is_print {
                wide
            } else {
                wide.min((high / CELL_ASPECT * 1.6).max(MIN_WIDTH_FOR_NUMBER))
            };
            (vec2(wide, high), label_width, width)
        };
        let (beside, under) = (arranged(count), arranged(1));
        let needed = names.cell.min(*CELL_SIDE.end());
        let fits = |cell_size: egui::Vec2| cell_size.x >= needed - 4.0;
        let area = |cell_size: egui::Vec2| cell_size.x * cell_size.y;
        // In a figure there is always room below.
        let is_beside = match is_print {
            true => fits(beside.0) || !fits(under.0) && beside.0.x >= 0.6 * under.0.x,
            false => area(beside.0) >= area(under.0),
        };
        let (cell_size, label_width, width) = if is_beside { beside } else { under };
        let size = vec2(width, TITLE_HEIGHT + HEADER_HEIGHT + classes * cell_size.y);
        let rects = (0..count).map(|index| {
            let by = if is_beside {
                vec2(index as f32 * (width + TABLE_GAP), 0.0)
            } else {
                vec2(0.0, index as f32 * (size.y + TABLE_GAP))
            };
            Rect::from_min_size(rect.min + by, size)
        });
        Self {
            rects: rects.collect(),
            label_width,
            cell_size,
        }
    }
}

/// One table, of the training set or the test set.
struct ConfusionTable<'a, 's> {
    context: &'a PaneContext<'s>,
    side: &'a SetPredictions,
    names: &'a [String],
    layout: &'a ConfusionLayout,
    rect: Rect,
}

impl ConfusionTable<'_, '_> {
    fn corner(&self) -> egui::Pos2 {
        self.rect.min + vec2(self.layout.label_width, TITLE_HEIGHT + HEADER_HEIGHT)
    }

    fn cell(&self, class: usize, predicted: usize) -> Rect {
        let size = self.layout.cell_size;
        let at = self.corner() + vec2(predicted as f32 * size.x, class as f32 * size.y);
        let gap = if size.min_elem() > 8.0 { 1.0 } else { 0.0 };
        Rect::from_min_size(at, size).shrink(gap)
    }

    fn table_ui(&self, canvas: &mut Canvas<'_>) {
        self.title_ui(canvas.painter());
        self.columns_ui(canvas.painter());
        self.rows_heading_ui(canvas.painter());
        for class in 0..self.names.len() {
            if self.layout.cell_size.y >= MIN_HEIGHT_FOR_NAME {
                self.row_ui(canvas.painter(), class);
            }
            for predicted in 0..self.names.len() {
                self.cell_ui(canvas, class, predicted);
            }
        }
    }

    /// Draws the name of the set, its accuracy and the number of correct predictions.
    fn title_ui(&self, painter: &Painter) {
        let theme = self.context.theme;
        let (right, samples) = (self.side.confusion.correct_count(), self.side.samples());
        let (messages, accuracy) = (self.context.messages, accuracy_text(self.side));
        let at = self.rect.min + vec2(0.0, 8.0);
        let name = painter.text(
            at,
            Align2::LEFT_CENTER,
            set_name(messages, self.side),
            type_scale::strong(),
            theme.text,
        );
        /// The part of the width that programs without the font need for a wider one.
        const RESERVE: f32 = 0.88;
        let available_width = self.rect.right() - name.right() - 10.0;
        let max_width = match self.context.options {
            Some(_) => RESERVE * available_width,
            None => available_width,
        };
        let full_text = if self.side.is_subset {
            messages.confusion_accuracy_of_evaluated(&accuracy, right, samples)
        } else {
            messages.confusion_accuracy_with_count(&accuracy, right, samples)
        };
        let mut galley = small_galley(painter, &full_text, theme.weak_text, f32::INFINITY);
        if galley.size().x > max_width {
            let text = messages.confusion_accuracy(&accuracy);
            galley = small_galley(painter, &text, theme.weak_text, max_width);
        }
        painter.galley(
            pos2(name.right() + 10.0, at.y - galley.size().y / 2.0),
            galley,
            theme.weak_text,
        );
    }

    /// Draws the names of the predicted classes above the columns.
    fn columns_ui(&self, painter: &Painter) {
        let theme = self.context.theme;
        let corner = self.corner();
        let size = self.layout.cell_size;
        let width = size.x * self.names.len() as f32;
        let galley = small_galley(
            painter,
            self.context.messages.confusion_predicted_class(),
            theme.weak_text,
            f32::INFINITY,
        );
        let left = (corner.x + 0.5 * (width - galley.size().x)).max(self.rect.left());
        let top = self.rect.top() + TITLE_HEIGHT;
        painter.galley(pos2(left, top - 2.0), galley, theme.weak_text);
        // Names that don't fit above their columns are cut off. The rows have the full names in the same
        // order.
        let galleys: Vec<Arc<Galley>> = self
            .names
            .iter()
            .map(|name| small_galley(painter, name, theme.text, f32::INFINITY))
            .collect();
        let fit = galleys.iter().all(|galley| galley.size().x <= size.x - 4.0);
        for (class, galley) in galleys.into_iter().enumerate() {
            let middle = corner.x + (class as f32 + 0.5) * size.x;
            let galley = match fit {
                true => galley,
                false => small_galley(painter, &self.names[class], theme.text, size.x - 4.0),
            };
            if size.x >= MIN_WIDTH_FOR_NUMBER {
                let at = pos2(middle - galley.size().x / 2.0, corner.y - 4.0 - galley.size().y);
                painter.galley(at, galley, theme.text);
            }
        }
    }

    /// Draws the heading above the names of the true classes, beside the names of the columns.
    fn rows_heading_ui(&self, painter: &Painter) {
        let color = self.context.theme.weak_text;
        let text = self.context.messages.confusion_true_class();
        let galley = small_galley(painter, text, color, self.layout.label_width - 8.0);
        let corner = self.corner();
        let at = pos2(corner.x - 8.0 - galley.size().x, corner.y - 4.0 - galley.size().y);
        painter.galley(at, galley, color);
    }

    /// Draws the name of a class and the fraction of its samples that is predicted correctly.
    fn row_ui(&self, painter: &Painter, class: usize) {
        let theme = self.context.theme;
        let row = self.cell(class, 0);
        let middle = row.center().y;
        let name = small_galley(
            painter,
            &self.names[class],
            theme.text,
            self.layout.label_width - 8.0,
        );
        let at = pos2(
            self.corner().x - 8.0 - name.size().x,
            middle - name.size().y / 2.0,
        );
        painter.galley(at, name, theme.text);
        let part = self.side.recall(class);
        let text = part.map_or_else(
            || "–".to_owned(),
            |part| self.context.messages.percentage(format_fixed(100.0 * part, 0)),
        );
        let right = self.cell(class, self.names.len().saturating_sub(1)).right();
        let at = pos2(right + 10.0, middle);
        painter.text(
            at,
            Align2::LEFT_CENTER,
            text,
            type_scale::small(),
            theme.weak_text,
        );
    }

    /// Returns the cells that the arrow keys lead to: the ones before and after in the order of the rows.
    fn focus_links(&self, cell: ConfusionCell) -> FocusLinks {
        let classes = self.names.len();
        let index = cell.class * classes + cell.predicted;
        let element = |index: usize| {
            (index < classes * classes).then_some(Element::ConfusionCell(ConfusionCell {
                class: index / classes,
                predicted: index % classes,
                ..cell
            }))
        };
        FocusLinks {
            before: index.checked_sub(1).and_then(element),
            after: element(index + 1),
        }
    }

    fn cell_ui(&self, canvas: &mut Canvas<'_>, class: usize, predicted: usize) {
        let theme = self.context.theme;
        let count = self.side.confusion.count(class, predicted);
        let square = self.cell(class, predicted);
        let cell = ConfusionCell {
            is_test: self.side.is_test,
            class,
            predicted,
        };
        let part = Element::ConfusionCell(cell);
        let is_shown = self.context.session.view().confusion_cell == Some(cell);
        canvas.begin_element(part);
        let painter = canvas.painter();
        let share = count as f32 / self.side.samples_of_class(class).max(1) as f32;
        let radius = if square.height() > 12.0 { 2.0 } else { 0.0 };
        painter.rect_filled(
            square,
            radius,
            cell_color(theme, count, share, class == predicted),
        );
        if class == predicted {
            // The outline marks correct cells without color too.
            let stroke = Stroke::new(1.25, theme.positive);
            painter.rect_stroke(square, radius, stroke, StrokeKind::Inside);
        }
        let text = count.to_string();
        let color = if count == 0 { theme.weak_text } else { theme.text };
        let mut font = type_scale::number();
        let mut number = painter.layout_no_wrap(text.clone(), font.clone(), color);
        if number.size().x > square.width() {
            // A number with many digits is smaller rather than left out.
            let room = square.width() - ROUNDING_MARGIN;
            font.size *= (room / number.size().x).max(MIN_NUMBER_SCALE);
            number = painter.layout_no_wrap(text, font, color);
        }
        let has_room = square.width() >= number.size().x.max(MIN_WIDTH_FOR_NUMBER - 2.0);
        if has_room && square.height() >= 13.0 {
            let at = square.center() - number.size() / 2.0;
            painter.galley(at, number, color);
        }
        if self.context.options.is_none()
            && (is_shown || canvas.is_under_pointer(part) || canvas.has_focus(part))
        {
            let stroke = Stroke::new(2.0, theme.accent);
            canvas
                .painter()
                .rect_stroke(square, radius, stroke, StrokeKind::Outside);
        }
        let placement = Placement::new(part, HitShape::Rect(square)).focusable(self.focus_links(cell));
        canvas.place(placement, || ElementInfo {
            description: Some(self.context.messages.confusion_cell_description().to_owned()),
            is_button: true,
            is_selected: Some(is_shown),
            name: self
                .context
                .messages
                .confusion_cell(&self.names[class], &self.names[predicted]),
            value: Some(count.to_string()),
            ..ElementInfo::default()
        });
        canvas.end_element();
    }
}

/// Returns the name of the training set or test set.
fn set_name(messages: Messages, side: &SetPredictions) -> &'static str {
    match side.is_test {
        true => messages.confusion_test_set(),
        false => messages.confusion_training_set(),
    }
}

/// Returns the accuracy in percent, without the sign.
fn accuracy_text(side: &SetPredictions) -> String {
    let percentage = 100.0 * side.confusion.correct_count() as f64 / side.samples().max(1) as f64;
    format_fixed(percentage, 1)
}

/// Returns the color of a cell: the larger its share of the class, the stronger.
fn cell_color(theme: &ColorTheme, count: usize, share: f32, is_right: bool) -> Color32 {
    let color = if is_right { theme.positive } else { theme.negative };
    let strength = if count == 0 {
        0.0
    } else {
        0.1 + (MAX_COLOR_STRENGTH - 0.1) * share
    };
    ColorTheme::mix(ColorTheme::mix(theme.card, theme.track, 0.5), color, strength)
}

/// Lays out a small text; an infinite `max_width` shows all of it.
fn small_galley(painter: &Painter, text: &str, color: Color32, max_width: f32) -> Arc<Galley> {
    painter.layout_job(truncated_text(text, type_scale::small(), color, max_width))
}
