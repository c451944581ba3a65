//! The lines in view. Only they are laid out, so that a program of any length costs the same.

use egui::text::{LayoutJob, TextFormat};
use egui::{IdSalt, Pos2, Rect, ScrollArea, Ui, pos2, vec2};

use crate::canvas::{Canvas, FocusLinks, Grip, Item, Part, Place, Stage};
use neurodial_core::code::{Language, LiveListing, Span};
use crate::look::type_scale;
use crate::panes::number_entry::field_ui;
use crate::panes::{Pane, Scene};
use neurodial_core::session::Target;

use super::columns::Columns;
use super::flash::Flashes;
use super::ink::{MARGIN, PITCH, advance, description, fragments, is_of_selected, selection_tint};

/// Draws the lines in view, with a scroll bar where there are more.
pub fn lines_ui(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    stage: &mut Stage,
    live: &LiveListing,
    language: Language,
    flashes: &mut Flashes,
) {
    let canvas_id = Pane::Code.canvas_id();
    let rect = ui.available_rect_before_wrap();
    let advance = advance(ui.painter(), &type_scale::code());
    settle_focus(stage, live);
    let size = vec2(
        live.columns() as f32 * advance + 2.0 * MARGIN,
        live.line_count() as f32 * PITCH + 8.0,
    );
    let mut area = ScrollArea::both().auto_shrink(false).id_salt("code");
    if let Some((id, Part::Number(target))) = stage.wanted
        && id == canvas_id
        && let Some(span) = live
            .span_of(target)
            .and_then(|index| live.listing().spans.get(index))
    {
        let state_id = ui.make_persistent_id(IdSalt::new("code"));
        let state = egui::scroll_area::State::load(ui.ctx(), state_id);
        let offset = state.map_or(0.0, |state| state.unclamped_offset().y);
        let top = live.line_of(span.range.start) as f32 * PITCH;
        if top < offset {
            area = area.vertical_scroll_offset((top - PITCH).max(0.0));
        } else if top + PITCH > offset + rect.height() {
            area = area.vertical_scroll_offset(top + 2.0 * PITCH - rect.height());
        }
    }
    let shown = area.show_viewport(ui, |ui, viewport| {
        ui.set_min_size(size);
        let origin = ui.max_rect().left_top();
        let visible = Rect::from_min_size(origin + viewport.min.to_vec2(), rect.size());
        let mut canvas = Canvas::new(ui, stage, visible, canvas_id);
        let lines = Lines {
            advance,
            origin: origin + vec2(MARGIN, 0.0),
            live,
            language,
        };
        let first = (viewport.top() / PITCH).floor().max(0.0) as usize;
        let end = (viewport.bottom() / PITCH).ceil().max(0.0) as usize;
        for line in first..end.min(live.line_count()) {
            lines.line_ui(&mut canvas, scene, line, flashes);
        }
    });
    stage.set_scroll_area(canvas_id, shown.id);
}

/// The focus belongs to a number of this program.
fn settle_focus(stage: &mut Stage, live: &LiveListing) {
    let canvas_id = Pane::Code.canvas_id();
    let is_written = |target: Target| live.span_of(target).is_some();
    if let Some(current) = stage.current(canvas_id)
        && !matches!(current.part, Part::Number(target) if is_written(target))
    {
        stage.forget_current(canvas_id);
    }
    if let Some((id, Part::Target(target))) = stage.wanted
        && id == canvas_id
    {
        stage.wanted = Some((id, Part::Number(target)));
    }
}

struct Lines<'a> {
    live: &'a LiveListing,
    language: Language,
    /// The width of a character.
    advance: f32,
    /// Where the first line starts.
    origin: Pos2,
}

impl Lines<'_> {
    fn line_ui(&self, canvas: &mut Canvas<'_>, scene: &mut Scene<'_>, line: usize, flashes: &Flashes) {
        let range = self.live.line(line);
        let listing = self.live.listing();
        let text = &listing.text[range.clone()];
        let from = listing
            .spans
            .partition_point(|span| span.range.start < range.start);
        let count = listing.spans[from..].partition_point(|span| span.range.start < range.end);
        let spans = from..from + count;
        let at = self.origin + vec2(0.0, line as f32 * PITCH);
        if is_of_selected(scene, &listing.spans[spans.clone()]) {
            self.ground_ui(canvas, scene, at);
        }
        let mut columns = Columns::new(text);
        let rects: Vec<Rect> = listing.spans[spans.clone()]
            .iter()
            .map(|span| {
                let start = columns.of(span.range.start - range.start);
                let end = columns.of(span.range.end - range.start);
                Rect::from_x_y_ranges(
                    at.x + start as f32 * self.advance..=at.x + end as f32 * self.advance,
                    at.y..=at.y + PITCH,
                )
            })
            .collect();
        let now = canvas.ctx().input(|input| input.time);
        for (span, rect) in listing.spans[spans.clone()].iter().zip(&rects) {
            self.number_ground_ui(canvas, scene, span, *rect, flashes.of(span.target, now));
        }
        let job = self.job(scene, text, range.start, &listing.spans[spans.clone()]);
        let galley = canvas.painter().layout_job(job);
        let top = at.y + (PITCH - galley.size().y) / 2.0;
        canvas.painter().galley(pos2(at.x, top), galley, scene.look.ink);
        for (index, rect) in spans.zip(rects) {
            self.place(canvas, scene, index, rect);
        }
    }

    /// A line that belongs to the selected neuron is tinted in its colour.
    fn ground_ui(&self, canvas: &Canvas<'_>, scene: &Scene<'_>, at: Pos2) {
        let text = self.live.columns() as f32 * self.advance + MARGIN;
        let width = canvas.rect().width().max(text) + MARGIN;
        let ground = Rect::from_min_size(at - vec2(MARGIN, 0.0), vec2(width, PITCH));
        canvas.painter().rect_filled(ground, 3.0, selection_tint(scene));
    }

    /// What lies under a number: it is lit, or it has just changed.
    fn number_ground_ui(
        &self,
        canvas: &Canvas<'_>,
        scene: &Scene<'_>,
        span: &Span,
        rect: Rect,
        flash: Option<(usize, f32)>,
    ) {
        let look = scene.look;
        let target = span.target;
        let ground = rect.expand2(vec2(2.0, -1.0));
        if canvas.is_lit(Part::Number(target)) || scene.session.view().held == Some(target) {
            canvas.painter().rect_filled(ground, 3.0, look.track);
        }
        if let Some((from, strength)) = flash {
            let left = rect.left() + from as f32 * self.advance;
            let digits = Rect::from_min_max(pos2(left, ground.top()), ground.max);
            let color = look.accent.gamma_multiply(0.3 * strength);
            canvas.painter().rect_filled(digits, 3.0, color);
        }
    }

    /// A whole line with its colours.
    fn job(&self, scene: &Scene<'_>, text: &str, start: usize, spans: &[Span]) -> LayoutJob {
        let mut job = LayoutJob {
            break_on_newline: false,
            ..LayoutJob::default()
        };
        for (range, color) in fragments(scene, self.language, text, start, spans) {
            job.append(&text[range], 0.0, TextFormat::simple(type_scale::code(), color));
        }
        job
    }

    fn place(&self, canvas: &mut Canvas<'_>, scene: &mut Scene<'_>, index: usize, rect: Rect) {
        let listing = self.live.listing();
        let span = &listing.spans[index];
        let target = span.target;
        let canvas_id = canvas.id();
        if canvas.stage().is_editing(canvas_id, target) {
            let least = vec2(rect.width().max(60.0), rect.height());
            field_ui(
                canvas,
                scene,
                target,
                Rect::from_min_size(rect.min, least),
                type_scale::code(),
            );
            return;
        }
        let part_at = |index: usize| listing.spans.get(index).map(|span| Part::Number(span.target));
        let links = FocusLinks {
            before: index.checked_sub(1).and_then(part_at),
            after: part_at(index + 1),
        };
        let grip = Grip::lever(target, scene.session.document().range(target));
        let item = Item::new(Part::Number(target), Place::Rect(rect))
            .grip(Some(grip))
            .rank(2)
            .focusable(links);
        let text = &listing.text[span.range.clone()];
        canvas.place(item, || description(scene, target, text.to_owned()));
    }
}
