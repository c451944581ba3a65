//! The lines in view. Only these are laid out, so that the time per frame doesn't depend on the length of the
//! source code.

use std::time::Duration;

use egui::text::{LayoutJob, TextFormat};
use egui::{Id, IdSalt, Pos2, Rect, ScrollArea, Ui, pos2, vec2};

use crate::canvas::{Canvas, Element, Elements, FocusLinks, Handle, HitShape, Placement};
use crate::panes::context::PaneContext;
use crate::panes::number_entry::field_ui;
use crate::theme::type_scale;
use neurodial_core::code::live_listing::NumberChange;
use neurodial_core::code::{Language, LiveListing, NumberSpan};
use neurodial_core::session::Adjustable;

use super::line_style::{
    ColumnCounter, LINE_HEIGHT, MARGIN, char_width, colored_ranges, has_selected_weights_only,
    number_description, selection_tint,
};

/// The duration of a highlight, in seconds.
const HIGHLIGHT_SECONDS: f64 = 0.6;
/// The interval at which a highlight is drawn fainter, in seconds.
const REPAINT_SECONDS: f64 = 0.06;
/// The maximum number of changes in a frame that are highlighted; when all knobs change, highlights have no
/// meaning.
const MAX_CHANGES: usize = 64;

/// The changes that are highlighted now, with the times when they happened, in seconds.
#[derive(Debug, Clone, Default)]
pub(crate) struct ChangeHighlights {
    changes: Vec<(NumberChange, f64)>,
}

impl ChangeHighlights {
    /// Adds the changes of this frame and removes those that have faded out. Requests a repaint as long as
    /// there is a highlight.
    pub(crate) fn add(&mut self, ui: &Ui, changes: Vec<NumberChange>) {
        let now = ui.input(|input| input.time);
        self.changes.retain(|(known, since)| {
            now - since < HIGHLIGHT_SECONDS && !changes.iter().any(|new| new.adjustable == known.adjustable)
        });
        if changes.len() <= MAX_CHANGES {
            self.changes
                .extend(changes.into_iter().map(|change| (change, now)));
        }
        if !self.changes.is_empty() {
            ui.request_repaint_after(Duration::from_secs_f64(REPAINT_SECONDS));
        }
    }

    /// Returns the first changed byte of a number and the strength of its highlight, 0 to 1, or `None` if the
    /// number isn't highlighted.
    pub(crate) fn get(&self, target: Adjustable, now: f64) -> Option<(usize, f32)> {
        let (change, since) = self
            .changes
            .iter()
            .find(|(change, _)| change.adjustable == target)?;
        let left = (1.0 - (now - since) / HIGHLIGHT_SECONDS).clamp(0.0, 1.0);
        Some((change.first_changed_byte, left as f32))
    }
}

/// Draws the lines in view, with scroll bars if not all fit.
pub(crate) fn lines_ui(
    ui: &mut Ui,
    context: &mut PaneContext<'_>,
    elements: &mut Elements,
    live_listing: &LiveListing,
    highlights: &ChangeHighlights,
) {
    let canvas_id = context.canvas_id;
    let rect = ui.available_rect_before_wrap();
    let char_width = char_width(ui.painter(), &type_scale::code());
    validate_focus(elements, canvas_id, live_listing);
    let size = vec2(
        live_listing.max_line_length() as f32 * char_width + 2.0 * MARGIN,
        live_listing.line_count() as f32 * LINE_HEIGHT + 8.0,
    );
    let mut area = ScrollArea::both().auto_shrink(false).id_salt("code");
    if let Some((id, Element::Number(target))) = elements.focus_request
        && id == canvas_id
        && let Some(line) = live_listing.line_of(target)
    {
        let state_id = ui.make_persistent_id(IdSalt::new("code"));
        let state = egui::scroll_area::State::load(ui.ctx(), state_id);
        let offset = state.map_or(0.0, |state| state.unclamped_offset().y);
        let top = line as f32 * LINE_HEIGHT;
        if top < offset {
            area = area.vertical_scroll_offset((top - LINE_HEIGHT).max(0.0));
        } else if top + LINE_HEIGHT > offset + rect.height() {
            area = area.vertical_scroll_offset(top + 2.0 * LINE_HEIGHT - rect.height());
        }
    }
    let shown = area.show_viewport(ui, |ui, viewport| {
        ui.set_min_size(size);
        let origin = ui.max_rect().left_top();
        let visible = Rect::from_min_size(origin + viewport.min.to_vec2(), rect.size());
        let mut canvas = Canvas::new(ui, elements, visible, canvas_id);
        let lines = CodeLines {
            char_width,
            origin: origin + vec2(MARGIN, 0.0),
            live_listing,
            language: context.session.view().code_language,
        };
        let first = (viewport.top() / LINE_HEIGHT).floor().max(0.0) as usize;
        let end = (viewport.bottom() / LINE_HEIGHT).ceil().max(0.0) as usize;
        for line in first..end.min(live_listing.line_count()) {
            lines.line_ui(&mut canvas, context, line, highlights);
        }
    });
    elements.set_scroll_area(canvas_id, shown.id);
}

/// Keeps the focus on a number of this source code: removes it from numbers that are not written in it, and
/// moves it from a number's text field to the number.
fn validate_focus(elements: &mut Elements, canvas_id: Id, live_listing: &LiveListing) {
    let is_written = |target: Adjustable| live_listing.span_index(target).is_some();
    if let Some(current) = elements.tab_stop(canvas_id)
        && !matches!(current.element, Element::Number(target) if is_written(target))
    {
        elements.remove_tab_stop(canvas_id);
    }
    if let Some((id, Element::Adjustable(target))) = elements.focus_request
        && id == canvas_id
    {
        elements.focus_request = Some((id, Element::Number(target)));
    }
}

/// The source code in the window.
struct CodeLines<'a> {
    live_listing: &'a LiveListing,
    language: Language,
    /// The width of a character, in points.
    char_width: f32,
    /// The left top corner of the first line.
    origin: Pos2,
}

impl CodeLines<'_> {
    fn line_ui(
        &self,
        canvas: &mut Canvas<'_>,
        context: &mut PaneContext<'_>,
        line: usize,
        highlights: &ChangeHighlights,
    ) {
        let text = self.live_listing.line_text(line);
        let spans = self.live_listing.line_spans(line);
        let at = self.origin + vec2(0.0, line as f32 * LINE_HEIGHT);
        if has_selected_weights_only(context, spans) {
            self.line_background_ui(canvas, context, at);
        }
        let mut columns = ColumnCounter::new(text);
        let rects: Vec<Rect> = spans
            .iter()
            .map(|span| {
                let start = columns.column_at(span.range.start);
                let end = columns.column_at(span.range.end);
                Rect::from_x_y_ranges(
                    at.x + start as f32 * self.char_width..=at.x + end as f32 * self.char_width,
                    at.y..=at.y + LINE_HEIGHT,
                )
            })
            .collect();
        let now = canvas.ctx().input(|input| input.time);
        for (span, rect) in spans.iter().zip(&rects) {
            let change = highlights.get(span.adjustable, now).map(|(byte, strength)| {
                let is_steady = context.has_reduced_motion;
                (byte, if is_steady { 1.0 } else { strength })
            });
            self.number_background_ui(canvas, context, span, *rect, change);
        }
        let job = self.layout_job(context, text, spans);
        let galley = canvas.painter().layout_job(job);
        let top = at.y + (LINE_HEIGHT - galley.size().y) / 2.0;
        canvas
            .painter()
            .galley(pos2(at.x, top), galley, context.theme.text);
        let indices = self.live_listing.line_span_indices(line);
        for ((index, span), rect) in indices.zip(spans).zip(rects) {
            self.place_number(canvas, context, (index, &text[span.range.clone()]), rect);
        }
    }

    /// Draws the tinted background of a line that belongs to the selected neuron.
    fn line_background_ui(&self, canvas: &Canvas<'_>, context: &PaneContext<'_>, at: Pos2) {
        let text = self.live_listing.max_line_length() as f32 * self.char_width + MARGIN;
        let width = canvas.rect().width().max(text) + MARGIN;
        let background = Rect::from_min_size(at - vec2(MARGIN, 0.0), vec2(width, LINE_HEIGHT));
        canvas
            .painter()
            .rect_filled(background, 3.0, selection_tint(context));
    }

    /// Draws the background of a number that is highlighted or has just changed.
    fn number_background_ui(
        &self,
        canvas: &Canvas<'_>,
        context: &PaneContext<'_>,
        span: &NumberSpan,
        rect: Rect,
        highlight: Option<(usize, f32)>,
    ) {
        let theme = context.theme;
        let target = span.adjustable;
        let background = rect.expand2(vec2(2.0, -1.0));
        if canvas.is_highlighted(Element::Number(target))
            || context.session.view().highlighted == Some(target)
        {
            let color = match context.is_presented {
                true => context.highlight_color(target),
                false => theme.track,
            };
            canvas.painter().rect_filled(background, 3.0, color);
        }
        if let Some((from, strength)) = highlight {
            let left = rect.left() + from as f32 * self.char_width;
            let digits = Rect::from_min_max(pos2(left, background.top()), background.max);
            let color = theme.accent.gamma_multiply(0.3 * strength);
            canvas.painter().rect_filled(digits, 3.0, color);
        }
    }

    /// Returns the layout job of a whole line with its colors.
    fn layout_job(&self, context: &PaneContext<'_>, text: &str, spans: &[NumberSpan]) -> LayoutJob {
        let mut job = LayoutJob {
            break_on_newline: false,
            ..LayoutJob::default()
        };
        for (range, color) in colored_ranges(context, self.language, text, spans) {
            job.append(&text[range], 0.0, TextFormat::simple(type_scale::code(), color));
        }
        job
    }

    /// Adds a number as an element of the canvas, or draws its text field while it is being edited. `index` is
    /// that of the number within the whole text.
    fn place_number(
        &self,
        canvas: &mut Canvas<'_>,
        context: &mut PaneContext<'_>,
        (index, text): (usize, &str),
        rect: Rect,
    ) {
        let Some(target) = self.live_listing.adjustable(index) else {
            return;
        };
        let canvas_id = canvas.id();
        if canvas.elements().is_editing(canvas_id, target) {
            let min_size = vec2(rect.width().max(60.0), rect.height());
            field_ui(
                canvas,
                context,
                target,
                Rect::from_min_size(rect.min, min_size),
                type_scale::code(),
            );
            return;
        }
        let part_at = |index: usize| self.live_listing.adjustable(index).map(Element::Number);
        let links = FocusLinks {
            before: index.checked_sub(1).and_then(part_at),
            after: part_at(index + 1),
        };
        let handle = Handle::vertical_drag(target, context.session.document().range(target));
        let item = Placement::new(Element::Number(target), HitShape::Rect(rect))
            .handle(Some(handle))
            .rank(2)
            .focusable(links);
        canvas.place(item, || number_description(context, target, text.to_owned()));
    }
}
