//! The whole program on paper, in type that can be read: what is too long for a line goes on in the next.

use egui::{Color32, FontId, Painter, Pos2, Rect, Stroke, Ui, pos2, vec2};

use crate::canvas::{Canvas, Item, Part, Place, Stage};
use neurodial_core::code::{Language, LiveListing, Span};
use crate::look::type_scale;
use egui_figure::fonts;
use crate::panes::plate::Side;
use crate::panes::{Pane, Scene, diagram};

use super::columns::Columns;
use super::ink::{MARGIN, PITCH, advance, description, fragments, is_of_selected};
use super::wrap::{LEAST_COLUMNS, Row, rows};

/// The width of the bar before the weights of the selected neuron, in points.
const BAR: f32 = 3.0;

/// A program on a page of some width.
pub struct Sheet {
    live: LiveListing,
    language: Language,
    font: FontId,
    /// The width of a character, in points.
    advance: f32,
    /// From row to row, in points.
    pitch: f32,
    /// The columns that have room.
    columns: usize,
    /// Whether a line is longer than that.
    is_wrapped: bool,
}

impl Sheet {
    /// The present program in the language that the figure asks for, in a pane of `width` points: in the usual type, or as
    /// much smaller as may be where the longest line has no room.
    pub fn new(painter: &Painter, scene: &Scene<'_>, width: f32) -> Self {
        let (live, language) = program(scene);
        let longest = longest(painter, &live);
        let usual = type_scale::code();
        let fitting = (width - MARGIN) / (longest as f32 * advance(painter, &usual)).max(1.0);
        let scale = fitting.clamp(least_scale(scene), 1.0);
        let font = FontId::new(usual.size * scale, usual.family);
        let advance = advance(painter, &font);
        let is_wrapped = fitting < scale;
        let columns = match is_wrapped {
            true => ((width - MARGIN) / advance + 0.01).floor().max(1.0) as usize,
            false => longest,
        };
        Self {
            live,
            language,
            font,
            advance,
            pitch: PITCH * scale,
            columns,
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
        count as f32 * self.pitch
    }

    /// Draws all rows.
    pub fn rows_ui(&self, ui: &mut Ui, scene: &Scene<'_>, stage: &mut Stage) {
        let rect = ui.available_rect_before_wrap();
        let around = rect.with_min_x(rect.left() - MARGIN);
        let mut canvas = Canvas::new(ui, stage, around, Pane::Code.canvas_id());
        let mut at = rect.left_top();
        for line in 0..self.live.line_count() {
            let rows = self.rows(canvas.painter(), line);
            self.line_ui(&mut canvas, scene, line, &rows, at);
            at.y += rows.len() as f32 * self.pitch;
        }
    }

    fn rows(&self, painter: &Painter, line: usize) -> Vec<Row> {
        let range = self.live.line(line);
        let text = &self.live.listing().text[range.clone()];
        let spans = self.spans(line).iter();
        let numbers: Vec<_> = spans
            .map(|span| span.range.start - range.start..span.range.end - range.start)
            .collect();
        rows(text, &numbers, self.columns, |c| {
            columns_of(painter, c, &self.font, self.advance)
        })
    }

    /// The numbers of a line.
    fn spans(&self, line: usize) -> &[Span] {
        let range = self.live.line(line);
        let spans = &self.live.listing().spans;
        let from = spans.partition_point(|span| span.range.start < range.start);
        let count = spans[from..].partition_point(|span| span.range.start < range.end);
        &spans[from..from + count]
    }

    /// A line, in its rows. Each number is a shape of its own, so that the file can name it.
    fn line_ui(&self, canvas: &mut Canvas<'_>, scene: &Scene<'_>, line: usize, rows: &[Row], at: Pos2) {
        let range = self.live.line(line);
        let text = &self.live.listing().text[range.clone()];
        let spans = self.spans(line);
        let all = fragments(scene, self.language, text, range.start, spans);
        if is_of_selected(scene, spans) {
            // A bar: on a tinted ground the numbers would be faint.
            let size = vec2(BAR, rows.len() as f32 * self.pitch);
            let bar = Rect::from_min_size(at - vec2(MARGIN, 0.0), size);
            let color = scene.identity(scene.session.view().selected);
            canvas.painter().rect_filled(bar, 0.0, color);
        }
        for (index, row) in rows.iter().enumerate() {
            let at = at + vec2(0.0, index as f32 * self.pitch);
            let of_row = &text[row.bytes.clone()];
            let mut columns = Columns::new(of_row);
            let left = at.x + row.column as f32 * self.advance;
            if row.is_rest() {
                self.hook_ui(canvas.painter(), pos2(left, at.y), scene.look.ink_soft);
            }
            let height = self.font.size * 1.25;
            let top = at.y + (self.pitch - height) / 2.0;
            for (bytes, color) in &all {
                let bytes = bytes.start.max(row.bytes.start)..bytes.end.min(row.bytes.end);
                let Some(piece) = text.get(bytes.clone()).filter(|piece| !piece.trim().is_empty()) else {
                    continue;
                };
                let column = columns.of(bytes.start - row.bytes.start);
                let at = pos2(left + column as f32 * self.advance, top);
                let paint = |painter: &Painter| {
                    let galley = painter.layout_no_wrap(piece.to_owned(), self.font.clone(), *color);
                    painter.galley(at, galley, *color);
                };
                match spans
                    .iter()
                    .find(|span| span.range.start - range.start == bytes.start)
                {
                    Some(span) => {
                        let part = Part::Number(span.target);
                        canvas.begin(part);
                        paint(canvas.painter());
                        canvas.place(Item::new(part, Place::Rect(Rect::NOTHING)), || {
                            description(scene, span.target, piece.to_owned())
                        });
                        canvas.end();
                    }
                    None => paint(canvas.painter()),
                }
            }
        }
    }

    /// What says that a row goes on with the line before: an arrow round a corner, before the left end of its text. It is no
    /// character, so that nobody copies it with the text.
    fn hook_ui(&self, painter: &Painter, text: Pos2, color: Color32) {
        let place = |columns: f32, rows: f32| text + vec2(columns * self.advance, rows * self.pitch);
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
pub fn width(painter: &Painter, scene: &Scene<'_>) -> Side {
    let (live, _) = program(scene);
    let longest = longest(painter, &live);
    let each = least_scale(scene) * advance(painter, &type_scale::code());
    let of = |columns: usize| MARGIN + columns as f32 * each + 0.1;
    Side::new(of(longest.min(LEAST_COLUMNS)), of(longest))
}

fn program(scene: &Scene<'_>) -> (LiveListing, Language) {
    let language = scene.paper.map_or_else(Language::default, |paper| paper.language);
    let mut live = LiveListing::default();
    live.follow(language, scene.session.document(), false);
    (live, language)
}

/// The smallest type, as a part of the usual.
fn least_scale(scene: &Scene<'_>) -> f32 {
    let least = scene
        .paper
        .map_or(diagram::paint::LEAST_NUMBER, |paper| paper.least_number);
    (least / (fonts::MONO_SCALE * type_scale::code().size)).min(1.0)
}

/// The columns of the longest line.
fn longest(painter: &Painter, live: &LiveListing) -> usize {
    let text = &live.listing().text;
    if text.is_ascii() {
        return live.columns();
    }
    let font = type_scale::code();
    let advance = advance(painter, &font);
    let columns = |line: &str| -> usize {
        let characters = line.chars();
        characters.map(|c| columns_of(painter, c, &font, advance)).sum()
    };
    text.lines().map(columns).max().unwrap_or(0)
}

/// The columns of a character: letters of some scripts are wider than one.
fn columns_of(painter: &Painter, c: char, font: &FontId, advance: f32) -> usize {
    if c.is_ascii() {
        return 1;
    }
    let width = painter.fonts_mut(|fonts| fonts.glyph_width(font, c));
    (width / advance - 0.01).ceil().max(0.0) as usize
}
