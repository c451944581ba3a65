//! The lines in view. Only they are laid out, so that a program of any length costs the same.

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId, IdSalt, Painter, Pos2, Rect, ScrollArea, Ui, pos2, vec2};

use crate::canvas::{Canvas, Description, FocusLinks, Grip, Item, Part, Place, Stage};
use crate::code::syntax::{Kind, pieces};
use crate::code::{Language, LiveListing, Span};
use crate::look::type_scale;
use crate::network::{NeuronAt, Term};
use crate::panes::number_entry::field_ui;
use crate::panes::plate::Side;
use crate::panes::{Pane, Scene};
use crate::session::Target;

use super::columns::Columns;
use super::flash::Flashes;

/// From line to line, in points.
const PITCH: f32 = 18.0;
/// From the text to the left end of a tinted line, in points.
const MARGIN: f32 = 6.0;
/// The smallest type on paper, as a part of the usual.
const LEAST_SCALE: f32 = 0.75;

/// The size of the type that makes the longest line fit, as a part of the usual.
fn paper_scale(painter: &Painter, live: &LiveListing, width: f32) -> f32 {
    let needed = live.columns() as f32 * advance(painter, &type_scale::code());
    ((width - MARGIN) / needed.max(1.0)).clamp(LEAST_SCALE, 1.0)
}

/// The height of all lines on paper.
pub fn height(painter: &Painter, live: &LiveListing, width: f32) -> f32 {
    live.line_count() as f32 * PITCH * paper_scale(painter, live, width)
}

/// The width on paper that the longest line needs.
pub fn width(painter: &Painter, live: &LiveListing) -> Side {
    let longest = live.columns() as f32 * advance(painter, &type_scale::code());
    Side::fixed(MARGIN + LEAST_SCALE * longest + 0.1)
}

/// The width of a character.
fn advance(painter: &Painter, font: &FontId) -> f32 {
    const COUNT: usize = 20;
    let text = "0".repeat(COUNT);
    let galley = painter.layout_no_wrap(text, font.clone(), Color32::BLACK);
    galley.size().x / COUNT as f32
}

/// Draws all lines, on paper.
pub fn paper_ui(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    stage: &mut Stage,
    live: &LiveListing,
    language: Language,
) {
    let rect = ui.available_rect_before_wrap();
    let mut canvas = Canvas::new(ui, stage, rect, Pane::Code.canvas_id());
    let scale = paper_scale(canvas.painter(), live, rect.width());
    let usual = type_scale::code();
    let font = FontId::new(usual.size * scale, usual.family);
    let lines = Lines {
        advance: advance(canvas.painter(), &font),
        pitch: PITCH * scale,
        origin: rect.left_top(),
        font,
        live,
        language,
    };
    for line in 0..live.line_count() {
        lines.line_ui(&mut canvas, scene, line, &Flashes::default());
    }
}

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
            pitch: PITCH,
            origin: origin + vec2(MARGIN, 0.0),
            font: type_scale::code(),
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
    font: FontId,
    /// The width of a character.
    advance: f32,
    /// From line to line.
    pitch: f32,
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
        let at = self.origin + vec2(0.0, line as f32 * self.pitch);
        self.ground_ui(canvas, scene, at, text, range.start, spans.clone());
        let mut columns = Columns::new(text);
        let rects: Vec<Rect> = listing.spans[spans.clone()]
            .iter()
            .map(|span| {
                let start = columns.of(span.range.start - range.start);
                let end = columns.of(span.range.end - range.start);
                Rect::from_x_y_ranges(
                    at.x + start as f32 * self.advance..=at.x + end as f32 * self.advance,
                    at.y..=at.y + self.pitch,
                )
            })
            .collect();
        let now = canvas.ctx().input(|input| input.time);
        for (span, rect) in listing.spans[spans.clone()].iter().zip(&rects) {
            self.number_ground_ui(canvas, scene, span, *rect, flashes.of(span.target, now));
        }
        let job = self.job(scene, text, range.start, &listing.spans[spans.clone()]);
        let height = self.font.size * 1.25;
        let top = at.y + (self.pitch - height) / 2.0;
        if scene.paper.is_some() {
            self.pieces_ui(
                canvas,
                scene,
                pos2(at.x, top),
                text,
                range.start,
                &listing.spans[spans.clone()],
            );
        } else {
            let galley = canvas.painter().layout_job(job);
            let top = at.y + (self.pitch - galley.size().y) / 2.0;
            canvas.painter().galley(pos2(at.x, top), galley, scene.look.ink);
        }
        for (index, rect) in spans.zip(rects) {
            self.place(canvas, scene, index, rect);
        }
    }

    /// A line that belongs to the selected neuron is tinted in its colour.
    fn ground_ui(
        &self,
        canvas: &Canvas<'_>,
        scene: &Scene<'_>,
        at: Pos2,
        text: &str,
        _start: usize,
        spans: std::ops::Range<usize>,
    ) {
        let selected = scene.session.view().selected;
        let spans = &self.live.listing().spans[spans];
        let is_its = |span: &Span| is_weight_of(span.target, selected);
        if spans.is_empty() || !spans.iter().all(is_its) || !scene.is_selected(selected) {
            return;
        }
        let width = match scene.paper {
            Some(_) => text.chars().count() as f32 * self.advance + MARGIN,
            None => canvas
                .rect()
                .width()
                .max(self.live.columns() as f32 * self.advance + MARGIN),
        };
        let ground = Rect::from_min_size(at - vec2(MARGIN, 0.0), vec2(width + MARGIN, self.pitch));
        let color = scene.look.tint(scene.identity(selected));
        canvas.painter().rect_filled(ground, 3.0, color);
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
        for (range, color) in self.fragments(scene, text, start, spans) {
            job.append(&text[range], 0.0, TextFormat::simple(self.font.clone(), color));
        }
        job
    }

    /// The pieces of a line and their colours: numbers by their sign, as everywhere, and the rest quietly.
    fn fragments(
        &self,
        scene: &Scene<'_>,
        text: &str,
        start: usize,
        spans: &[Span],
    ) -> Vec<(std::ops::Range<usize>, Color32)> {
        let look = scene.look;
        let mut spans = spans.iter().peekable();
        let mut fragments = Vec::new();
        for (range, kind) in pieces(self.language, text) {
            let color = match kind {
                Kind::Plain => look.ink,
                Kind::Keyword => look.accent,
                Kind::Comment | Kind::Text => look.ink_soft,
            };
            let mut from = range.start;
            while let Some(span) = spans.next_if(|span| span.range.start - start < range.end) {
                let number = span.range.start - start..span.range.end - start;
                if number.start < from || number.end > range.end {
                    continue;
                }
                if from < number.start {
                    fragments.push((from..number.start, color));
                }
                from = number.end;
                fragments.push((number, number_color(scene, span.target)));
            }
            if from < range.end {
                fragments.push((from..range.end, color));
            }
        }
        fragments
    }

    /// On paper each number is a shape of its own, so that the file can name it.
    fn pieces_ui(
        &self,
        canvas: &mut Canvas<'_>,
        scene: &Scene<'_>,
        at: Pos2,
        text: &str,
        start: usize,
        spans: &[Span],
    ) {
        let mut columns = Columns::new(text);
        for (range, color) in self.fragments(scene, text, start, spans) {
            let left = at.x + columns.of(range.start) as f32 * self.advance;
            let span = spans.iter().find(|span| span.range.start - start == range.start);
            let paint = |painter: &Painter| {
                let galley = painter.layout_no_wrap(text[range.clone()].to_owned(), self.font.clone(), color);
                painter.galley(pos2(left, at.y), galley, color);
            };
            match span {
                Some(span) => {
                    let part = Part::Number(span.target);
                    canvas.begin(part);
                    paint(canvas.painter());
                    canvas.place(Item::new(part, Place::Rect(Rect::NOTHING)), || {
                        description(scene, span.target, text[range.clone()].to_owned())
                    });
                    canvas.end();
                }
                None if text[range.clone()].trim().is_empty() => {}
                None => paint(canvas.painter()),
            }
        }
    }

    fn place(&self, canvas: &mut Canvas<'_>, scene: &mut Scene<'_>, index: usize, rect: Rect) {
        if scene.paper.is_some() {
            return;
        }
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
                self.font.clone(),
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

fn description(scene: &Scene<'_>, target: Target, text: String) -> Description {
    let document = scene.session.document();
    Description {
        name: format!("{}, in the code", target.words(scene.session.blueprint())),
        value: Some(text),
        number: document
            .value(target)
            .map(|value| (value, document.range(target))),
        is_disabled: document.is_locked(target),
        ..Description::default()
    }
}

/// A weight has the colour of its sign.
fn number_color(scene: &Scene<'_>, target: Target) -> Color32 {
    match target {
        Target::Knob(knob) if matches!(knob.term, Term::Weight { .. }) => {
            let value = scene.session.document().value(target).unwrap_or(0.0);
            scene.look.sign(value)
        }
        Target::Knob(_) | Target::Input(_) => scene.look.ink,
    }
}

fn is_weight_of(target: Target, at: NeuronAt) -> bool {
    let Target::Knob(knob) = target else {
        return false;
    };
    matches!(knob.term, Term::Weight { .. }) && (knob.layer, knob.neuron) == (at.layer, at.neuron)
}
