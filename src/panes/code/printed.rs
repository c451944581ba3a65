//! The whole source code in a figure, at a readable font size. Lines that are too long are wrapped.

use std::cell::Ref;
use std::ops::Range;

use egui::{Color32, FontId, Painter, Pos2, Rect, Stroke, Ui, pos2, vec2};

use crate::canvas::{Canvas, Element, Elements, HitShape, Placement};
use crate::panes::context::PaneContext;
use crate::panes::diagram;
use crate::panes::pane_info::SizeHint;
use crate::theme::type_scale;
use egui_figure::fonts;
use neurodial_core::code::{Language, LiveListing};

use super::line_style::{
    ColumnCounter, LINE_HEIGHT, MARGIN, char_width, colored_ranges, has_selected_weights_only,
    number_description,
};

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
        let text = self.live_listing.line_text(line);
        let spans = self.live_listing.line_spans(line).iter();
        let numbers: Vec<_> = spans.map(|span| span.range.clone()).collect();
        wrap_line(text, &numbers, self.max_columns, |c| {
            char_columns(painter, c, &self.font, self.char_width)
        })
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
        let text = self.live_listing.line_text(line);
        let spans = self.live_listing.line_spans(line);
        let colored_ranges = colored_ranges(context, self.language, text, spans);
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
                match spans.iter().find(|span| span.range.start == bytes.start) {
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
    let text = live_listing.text();
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

/// The indentation of the rest of a line beyond that of the line itself, in columns.
const HANGING_INDENT: usize = 4;
/// The minimum number of columns for the rest of a line: any number and the comma after it fit.
const MIN_REST_COLUMNS: usize = 38;
/// The minimum number of columns of source code in a figure.
const MIN_COLUMNS: usize = 48;

/// A line, or a part of one that is too long.
#[derive(Debug, Clone, PartialEq, Eq)]
struct WrappedRow {
    /// The bytes of the row within the line.
    bytes: Range<usize>,
    /// The column in which the row starts.
    column: usize,
}

impl WrappedRow {
    /// True if the row continues the one before.
    fn is_continuation(&self) -> bool {
        self.bytes.start > 0
    }
}

/// Divides a line into rows of at most `columns` columns. It is broken between words if possible, and never
/// within one of its `numbers`, which are ranges of bytes in the line. `width` returns the number of columns
/// of a character.
fn wrap_line(
    line: &str,
    numbers: &[Range<usize>],
    columns: usize,
    width: impl Fn(char) -> usize,
) -> Vec<WrappedRow> {
    let text = line.trim_end();
    let indent = text.len() - text.trim_start().len();
    let hanging_indent = (indent + HANGING_INDENT).min(columns.saturating_sub(MIN_REST_COLUMNS));
    let mut rows = Vec::new();
    let (mut start, mut column) = (0, 0);
    while let Some(overflow) = first_overflow(&text[start..], columns.saturating_sub(column), &width) {
        // A line is never broken within its indentation.
        let end = break_position(text, numbers, start.max(indent), start + overflow);
        rows.push(WrappedRow {
            bytes: start..start + text[start..end].trim_end().len(),
            column,
        });
        start = end + text[end..].len() - text[end..].trim_start().len();
        column = hanging_indent;
    }
    if start < text.len() || rows.is_empty() {
        rows.push(WrappedRow {
            bytes: start..text.len(),
            column,
        });
    }
    rows
}

/// Returns the byte of the first character that doesn't fit into `columns` columns, or `None` if all do.
fn first_overflow(text: &str, columns: usize, width: impl Fn(char) -> usize) -> Option<usize> {
    let mut used = 0;
    let outside = text.char_indices().find(|&(_, c)| {
        used += width(c);
        used > columns
    });
    outside.map(|(at, _)| at)
}

/// Returns the byte after `from` at which to break a text whose characters from byte `overflow` on don't fit.
fn break_position(text: &str, numbers: &[Range<usize>], from: usize, overflow: usize) -> usize {
    let number_at = |at: usize| numbers.iter().find(|number| number.start < at && at < number.end);
    let is_allowed = |at: &usize| *at > from && number_at(*at).is_none();
    if text[overflow..].starts_with(' ') && is_allowed(&overflow) {
        return overflow;
    }
    let spaces = text[..overflow].rmatch_indices(' ').map(|(at, _)| at + 1);
    if let Some(at) = spaces.take_while(|at| *at > from).find(is_allowed) {
        return at;
    }
    // There is no space to break at.
    let min_end = from + text[from..].chars().next().map_or(1, char::len_utf8);
    let at = overflow.max(min_end);
    match number_at(at) {
        Some(number) if number.start > from => number.start,
        Some(number) => number.end,
        None => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped_text(line: &str, numbers: &[Range<usize>], columns: usize) -> Vec<String> {
        let rows = wrap_line(line, numbers, columns, |c| if c.is_ascii() { 1 } else { 2 });
        rows.iter()
            .map(|row| format!("{}{}", " ".repeat(row.column), &line[row.bytes.clone()]))
            .collect()
    }

    #[test]
    fn a_line_that_fits_is_one_row() {
        for line in ["", "    ", "x = 1", "    return z"] {
            assert_eq!(wrapped_text(line, &[], 40), [line.trim_end()]);
        }
        let exact = "a".repeat(40);
        assert_eq!(wrapped_text(&exact, &[], 40), [exact.as_str()]);
        assert_eq!(wrapped_text(&format!("{exact}   "), &[], 40), [exact.as_str()]);
    }

    #[test]
    fn a_long_line_is_broken_between_words_with_a_hanging_indent() {
        let line = "    weights = [0.25, -0.75, 1.25, 3.5, 0.125, 4.875],";
        let found = wrapped_text(line, &[], MIN_COLUMNS);
        assert_eq!(
            found,
            ["    weights = [0.25, -0.75, 1.25, 3.5, 0.125,", "        4.875],"]
        );
        let found = wrap_line(line, &[], MIN_COLUMNS, |_| 1);
        assert!(!found[0].is_continuation() && found[1].is_continuation());
    }

    #[test]
    fn wrapping_keeps_all_text_and_breaks_no_number() {
        let number = "-2.2250738585072014e-308";
        let mut line = "            rows=(".to_owned();
        let mut numbers = Vec::new();
        for index in 0..9 {
            numbers.push(line.len()..line.len() + number.len());
            line += number;
            line += [",", ", ", "; "][index % 3];
        }
        line += "）＃一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十)";
        for columns in MIN_COLUMNS..120 {
            let rows = wrap_line(&line, &numbers, columns, |c| if c.is_ascii() { 1 } else { 2 });
            let text: String = rows.iter().map(|row| &line[row.bytes.clone()]).collect();
            let words = |text: &str| text.replace(' ', "");
            assert_eq!(words(&text), words(&line), "{columns}");
            for row in &rows {
                let row_text = &line[row.bytes.clone()];
                let width: usize = row_text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
                assert!(row.column + width <= columns, "{columns}: {row_text}");
                let is_cut = |at: usize| numbers.iter().any(|number| number.start < at && at < number.end);
                assert!(
                    !is_cut(row.bytes.start) && !is_cut(row.bytes.end),
                    "{columns}: {row_text}"
                );
            }
        }
    }
}
