//! The whole source code in a figure, at a readable font size. Lines that are too long are wrapped.

use std::cell::Ref;

use egui::{Color32, FontId, Painter, Pos2, Rect, Stroke, Ui, pos2, vec2};

use crate::canvas::{Canvas, Element, Elements, HitShape, Placement};
use crate::panes::context::PaneContext;
use crate::panes::diagram;
use crate::panes::pane_info::SizeHint;
use crate::theme::type_scale;
use egui_figure::fonts;
use neurodial_core::code::{Language, LiveListing, NumberSpan};

use super::line_style::{
    ColumnCounter, LINE_HEIGHT, MARGIN, char_width, colored_ranges, has_selected_weights_only,
    number_description,
};
use super::wrap::{MIN_COLUMNS, WrappedRow, wrap_line};

/// The width of the bar before the weights of the selected neuron, in points.
const BAR_WIDTH: f32 = 3.0;

/// Source code laid out for a width.
pub(crate) struct PrintedCode<'a> {
    live_listing: Ref<'a, LiveListing>,
    language: Language,
    font: FontId,
    /// The width of a character, in points.
    char_width: f32,
    /// The height of a row, in points.
    line_height: f32,
    /// The number of columns that fit.
    max_columns: usize,
    /// True if a line is longer than `max_columns`.
    is_wrapped: bool,
}

impl<'a> PrintedCode<'a> {
    /// Lays out the current network in the language of the view, in a pane of `width` points. The
    /// font is smaller than usual if the longest line doesn't fit, down to the minimum size.
    pub(crate) fn new(painter: &Painter, context: &PaneContext<'a>, width: f32) -> Self {
        let (live_listing, _) = context.insight.code_listing(context.session, false);
        let longest = longest_line_columns(painter, &live_listing);
        let usual = type_scale::code();
        let fitting_scale = (width - MARGIN) / (longest as f32 * char_width(painter, &usual)).max(1.0);
        let scale = fitting_scale.clamp(min_scale(context), 1.0);
        let font = FontId::new(usual.size * scale, usual.family);
        let char_width = char_width(painter, &font);
        let is_wrapped = fitting_scale < scale;
        let max_columns = match is_wrapped {
            true => ((width - MARGIN) / char_width + 0.01).floor().max(1.0) as usize,
            false => longest,
        };
        Self {
            live_listing,
            language: context.session.view().code_language,
            font,
            char_width,
            line_height: LINE_HEIGHT * scale,
            max_columns,
            is_wrapped,
        }
    }

    /// Returns the height of all rows, in points.
    pub(crate) fn height(&self, painter: &Painter) -> f32 {
        let lines = 0..self.live_listing.line_count();
        let count: usize = match self.is_wrapped {
            true => lines.map(|line| self.rows(painter, line).len()).sum(),
            false => lines.len(),
        };
        count as f32 * self.line_height
    }

    /// Draws all rows.
    pub(crate) fn rows_ui(&self, ui: &mut Ui, context: &PaneContext<'_>, elements: &mut Elements) {
        let rect = ui.available_rect_before_wrap();
        let around = rect.with_min_x(rect.left() - MARGIN);
        let mut canvas = Canvas::new(ui, elements, around, context.canvas_id);
        let mut at = rect.left_top();
        for line in 0..self.live_listing.line_count() {
            let rows = self.rows(canvas.painter(), line);
            self.line_ui(&mut canvas, context, line, &rows, at);
            at.y += rows.len() as f32 * self.line_height;
        }
    }

    fn rows(&self, painter: &Painter, line: usize) -> Vec<WrappedRow> {
        let range = self.live_listing.line_range(line);
        let text = &self.live_listing.listing().text[range.clone()];
        let spans = self.spans(line).iter();
        let numbers: Vec<_> = spans
            .map(|span| span.range.start - range.start..span.range.end - range.start)
            .collect();
        wrap_line(text, &numbers, self.max_columns, |c| {
            char_columns(painter, c, &self.font, self.char_width)
        })
    }

    /// Returns the numbers of a line.
    fn spans(&self, line: usize) -> &[NumberSpan] {
        let range = self.live_listing.line_range(line);
        let spans = &self.live_listing.listing().spans;
        let from = spans.partition_point(|span| span.range.start < range.start);
        let count = spans[from..].partition_point(|span| span.range.start < range.end);
        &spans[from..from + count]
    }

    /// Draws a line in its rows. Each number is a shape of its own, so that the figure can name it.
    fn line_ui(
        &self,
        canvas: &mut Canvas<'_>,
        context: &PaneContext<'_>,
        line: usize,
        rows: &[WrappedRow],
        at: Pos2,
    ) {
        let range = self.live_listing.line_range(line);
        let text = &self.live_listing.listing().text[range.clone()];
        let spans = self.spans(line);
        let colored_ranges = colored_ranges(context, self.language, text, range.start, spans);
        if has_selected_weights_only(context, spans) {
            // A bar, because the numbers would be faint on a tinted background.
            let size = vec2(BAR_WIDTH, rows.len() as f32 * self.line_height);
            let bar = Rect::from_min_size(at - vec2(MARGIN, 0.0), size);
            let color = context.neuron_color(context.session.view().selected);
            canvas.painter().rect_filled(bar, 0.0, color);
        }
        for (index, row) in rows.iter().enumerate() {
            let at = at + vec2(0.0, index as f32 * self.line_height);
            let of_row = &text[row.bytes.clone()];
            let mut columns = ColumnCounter::new(of_row);
            let left = at.x + row.column as f32 * self.char_width;
            if row.is_continuation() {
                self.continuation_mark_ui(canvas.painter(), pos2(left, at.y), context.theme.weak_text);
            }
            let height = self.font.size * 1.25;
            let top = at.y + (self.line_height - height) / 2.0;
            for (bytes, color) in &colored_ranges {
                let bytes = bytes.start.max(row.bytes.start)..bytes.end.min(row.bytes.end);
                let Some(row_text) = text
                    .get(bytes.clone())
                    .filter(|row_text| !row_text.trim().is_empty())
                else {
                    continue;
                };
                let column = columns.column_at(bytes.start - row.bytes.start);
                let at = pos2(left + column as f32 * self.char_width, top);
                let paint = |painter: &Painter| {
                    let galley = painter.layout_no_wrap(row_text.to_owned(), self.font.clone(), *color);
                    painter.galley(at, galley, *color);
                };
                match spans
                    .iter()
                    .find(|span| span.range.start - range.start == bytes.start)
                {
                    Some(span) => {
                        let element = Element::Number(span.adjustable);
                        canvas.begin_element(element);
                        paint(canvas.painter());
                        canvas.place(Placement::new(element, HitShape::Rect(Rect::NOTHING)), || {
                            number_description(context, span.adjustable, row_text.to_owned())
                        });
                        canvas.end_element();
                    }
                    None => paint(canvas.painter()),
                }
            }
        }
    }

    /// Paints the mark of a row that continues the line before: an arrow around a corner, to the left of the
    /// text. It isn't a character, so that it isn't copied with the text.
    fn continuation_mark_ui(&self, painter: &Painter, text: Pos2, color: Color32) {
        let point_at =
            |columns: f32, rows: f32| text + vec2(columns * self.char_width, rows * self.line_height);
        let stroke = Stroke::new(0.07 * self.font.size, color);
        let tip = point_at(-0.7, 0.54);
        painter.line(vec![point_at(-2.3, 0.2), point_at(-2.3, 0.54), tip], stroke);
        let barb_length = 0.2 * self.font.size;
        painter.line(
            vec![
                tip + vec2(-barb_length, -0.8 * barb_length),
                tip,
                tip + vec2(-barb_length, 0.8 * barb_length),
            ],
            stroke,
        );
    }
}

/// Returns the minimum and preferred width in a figure, in points: the longest line fits at the minimum font
/// size if the preferred width is available.
pub(crate) fn print_width(painter: &Painter, context: &PaneContext<'_>) -> SizeHint {
    let (live_listing, _) = context.insight.code_listing(context.session, false);
    let longest = longest_line_columns(painter, &live_listing);
    let scaled_char_width = min_scale(context) * char_width(painter, &type_scale::code());
    let width_of = |columns: usize| MARGIN + columns as f32 * scaled_char_width + 0.1;
    SizeHint::new(width_of(longest.min(MIN_COLUMNS)), width_of(longest))
}

/// Returns the minimum font size as a fraction of the usual one.
fn min_scale(context: &PaneContext<'_>) -> f32 {
    let min_number_size = context
        .options
        .map_or(diagram::paint::MIN_NUMBER_SIZE, |options| options.min_number_size);
    (min_number_size / (fonts::MONO_SCALE * type_scale::code().size)).min(1.0)
}

/// Returns the number of columns of the longest line.
fn longest_line_columns(painter: &Painter, live_listing: &LiveListing) -> usize {
    let text = &live_listing.listing().text;
    if text.is_ascii() {
        return live_listing.max_line_length();
    }
    let font = type_scale::code();
    let char_width = char_width(painter, &font);
    let columns = |line: &str| -> usize {
        let characters = line.chars();
        characters
            .map(|c| char_columns(painter, c, &font, char_width))
            .sum()
    };
    text.lines().map(columns).max().unwrap_or(0)
}

/// Returns the number of columns of a character: letters of some scripts are wider than one column.
fn char_columns(painter: &Painter, c: char, font: &FontId, char_width: f32) -> usize {
    if c.is_ascii() {
        return 1;
    }
    let width = painter.fonts_mut(|fonts| fonts.glyph_width(font, c));
    (width / char_width - 0.01).ceil().max(0.0) as usize
}
