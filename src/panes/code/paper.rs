//! The whole program on paper, in type that can be read: what is too long for a line goes on in the next.

use egui::{Color32, FontId, Painter, Pos2, Rect, Stroke, Ui, pos2, vec2};

use crate::canvas::{Canvas, Placement, Element, HitShape, Elements};
use neurodial_core::code::{Language, LiveListing, NumberSpan};
use crate::look::type_scale;
use egui_figure::fonts;
use crate::panes::plate::SizeHint;
use crate::panes::{Pane, PaneContext, diagram};

use super::columns::ColumnCounter;
use super::ink::{MARGIN, LINE_HEIGHT, char_width, number_description, colored_ranges, has_selected_weights_only};
use super::wrap::{MIN_COLUMNS, WrappedRow, wrap_line};

/// The width of the bar before the weights of the selected neuron, in points.
const BAR_WIDTH: f32 = 3.0;

/// A program on a page of some width.
pub struct PrintedCode {
    live: LiveListing,
    language: Language,
    font: FontId,
    /// The width of a character, in points.
    char_width: f32,
    /// From row to row, in points.
    line_height: f32,
    /// The columns that have room.
    max_columns: usize,
    /// Whether a line is longer than that.
    is_wrapped: bool,
}

impl PrintedCode {
    /// The present program in the language that the figure asks for, in a pane of `width` points: in the usual type, or as
    /// much smaller as may be where the longest line has no room.
    pub fn new(painter: &Painter, context: &PaneContext<'_>, width: f32) -> Self {
        let (live, language) = current_listing(context);
        let longest = longest_line_columns(painter, &live);
        let usual = type_scale::code();
        let fitting_scale = (width - MARGIN) / (longest as f32 * char_width(painter, &usual)).max(1.0);
        let scale = fitting_scale.clamp(min_scale(context), 1.0);
        let font = FontId::new(usual.size * scale, usual.family);
        let char_width = char_width(painter, &font);
        let is_wrapped = fitting_scale < scale;
        let columns = match is_wrapped {
            true => ((width - MARGIN) / char_width + 0.01).floor().max(1.0) as usize,
            false => longest,
        };
        Self {
            live,
            language,
            font,
            char_width,
            line_height: LINE_HEIGHT * scale,
            max_columns: columns,
            is_wrapped,
        }
    }

    /// The height of all rows, in points.
    pub fn height(&self, painter: &Painter) -> f32 {
        let lines = 0..self.live.line_count();
        let count: usize = match self.is_wrapped {
            true => lines.map(|line| self.rows(painter, line).len()).sum(),
            false => lines.len(),
        };
        count as f32 * self.line_height
    }

    /// Draws all rows.
    pub fn rows_ui(&self, ui: &mut Ui, context: &PaneContext<'_>, elements: &mut Elements) {
        let rect = ui.available_rect_before_wrap();
        let around = rect.with_min_x(rect.left() - MARGIN);
        let mut canvas = Canvas::new(ui, elements, around, Pane::Code.canvas_id());
        let mut at = rect.left_top();
        for line in 0..self.live.line_count() {
            let rows = self.rows(canvas.painter(), line);
            self.line_ui(&mut canvas, context, line, &rows, at);
            at.y += rows.len() as f32 * self.line_height;
        }
    }

    fn rows(&self, painter: &Painter, line: usize) -> Vec<WrappedRow> {
        let range = self.live.line_range(line);
        let text = &self.live.listing().text[range.clone()];
        let spans = self.spans(line).iter();
        let numbers: Vec<_> = spans
            .map(|span| span.range.start - range.start..span.range.end - range.start)
            .collect();
        wrap_line(text, &numbers, self.max_columns, |c| {
            char_columns(painter, c, &self.font, self.char_width)
        })
    }

    /// The numbers of a line.
    fn spans(&self, line: usize) -> &[NumberSpan] {
        let range = self.live.line_range(line);
        let spans = &self.live.listing().spans;
        let from = spans.partition_point(|span| span.range.start < range.start);
        let count = spans[from..].partition_point(|span| span.range.start < range.end);
        &spans[from..from + count]
    }

    /// A line, in its rows. Each number is a shape of its own, so that the file can name it.
    fn line_ui(&self, canvas: &mut Canvas<'_>, context: &PaneContext<'_>, line: usize, rows: &[WrappedRow], at: Pos2) {
        let range = self.live.line_range(line);
        let text = &self.live.listing().text[range.clone()];
        let spans = self.spans(line);
        let colored_ranges = colored_ranges(context, self.language, text, range.start, spans);
        if has_selected_weights_only(context, spans) {
            // A bar: on a tinted ground the numbers would be faint.
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
                let Some(piece) = text.get(bytes.clone()).filter(|piece| !piece.trim().is_empty()) else {
                    continue;
                };
                let column = columns.column_at(bytes.start - row.bytes.start);
                let at = pos2(left + column as f32 * self.char_width, top);
                let paint = |painter: &Painter| {
                    let galley = painter.layout_no_wrap(piece.to_owned(), self.font.clone(), *color);
                    painter.galley(at, galley, *color);
                };
                match spans
                    .iter()
                    .find(|span| span.range.start - range.start == bytes.start)
                {
                    Some(span) => {
                        let part = Element::Number(span.adjustable);
                        canvas.begin_element(part);
                        paint(canvas.painter());
                        canvas.place(Placement::new(part, HitShape::Rect(Rect::NOTHING)), || {
                            number_description(context, span.adjustable, piece.to_owned())
                        });
                        canvas.end_element();
                    }
                    None => paint(canvas.painter()),
                }
            }
        }
    }

    /// What says that a row goes on with the line before: an arrow round a corner, before the left end of its text. It is no
    /// character, so that nobody copies it with the text.
    fn continuation_mark_ui(&self, painter: &Painter, text: Pos2, color: Color32) {
        let place = |columns: f32, rows: f32| text + vec2(columns * self.char_width, rows * self.line_height);
        let stroke = Stroke::new(0.07 * self.font.size, color);
        let tip = place(-0.7, 0.54);
        painter.line(vec![place(-2.3, 0.2), place(-2.3, 0.54), tip], stroke);
        let barb = 0.2 * self.font.size;
        painter.line(
            vec![tip + vec2(-barb, -0.8 * barb), tip, tip + vec2(-barb, 0.8 * barb)],
            stroke,
        );
    }
}

/// The width on paper, in points: where it may choose, the longest line has room in type that can be read.
pub fn print_width(painter: &Painter, context: &PaneContext<'_>) -> SizeHint {
    let (live, _) = current_listing(context);
    let longest = longest_line_columns(painter, &live);
    let each = min_scale(context) * char_width(painter, &type_scale::code());
    let of = |columns: usize| MARGIN + columns as f32 * each + 0.1;
    SizeHint::new(of(longest.min(MIN_COLUMNS)), of(longest))
}

fn current_listing(context: &PaneContext<'_>) -> (LiveListing, Language) {
    let language = context.options.map_or_else(Language::default, |paper| paper.language);
    let mut live = LiveListing::default();
    live.update(language, context.session.document(), false);
    (live, language)
}

/// The smallest type, as a part of the usual.
fn min_scale(context: &PaneContext<'_>) -> f32 {
    let least = context
        .options
        .map_or(diagram::paint::MIN_NUMBER_SIZE, |paper| paper.min_number_size);
    (least / (fonts::MONO_SCALE * type_scale::code().size)).min(1.0)
}

/// The columns of the longest line.
fn longest_line_columns(painter: &Painter, live: &LiveListing) -> usize {
    let text = &live.listing().text;
    if text.is_ascii() {
        return live.max_line_length();
    }
    let font = type_scale::code();
    let char_width = char_width(painter, &font);
    let columns = |line: &str| -> usize {
        let characters = line.chars();
        characters.map(|c| char_columns(painter, c, &font, char_width)).sum()
    };
    text.lines().map(columns).max().unwrap_or(0)
}

/// The columns of a character: letters of some scripts are wider than one.
fn char_columns(painter: &Painter, c: char, font: &FontId, char_width: f32) -> usize {
    if c.is_ascii() {
        return 1;
    }
    let width = painter.fonts_mut(|fonts| fonts.glyph_width(font, c));
    (width / char_width - 0.01).ceil().max(0.0) as usize
}
