//! One pane's drawing area.

use egui::accesskit;
use egui::{Context, Id, Painter, Rect, Sense, Stroke, StrokeKind, Ui};

use neurodial_core::session::Range;

use super::stage::Current;
use super::{FocusLinks, Grip, Part, Place, Placed, Stage};
use egui_figure::Mark;

/// A part to be placed.
#[derive(Debug, Clone)]
pub struct Item {
    /// What it stands for.
    pub part: Part,
    /// Where it is.
    pub place: Place,
    /// How it can be taken.
    pub grip: Option<Grip>,
    /// Among parts under the pointer the one with the highest rank is meant.
    pub rank: u8,
    /// Where the arrow keys lead from it, if it can have the focus.
    pub links: Option<FocusLinks>,
}

impl Item {
    /// A part that can be seen and lit, but neither taken nor focused.
    pub fn new(part: Part, place: Place) -> Self {
        Self {
            part,
            place,
            grip: None,
            rank: 0,
            links: None,
        }
    }

    /// The same with a grip.
    #[must_use]
    pub fn grip(mut self, grip: Option<Grip>) -> Self {
        self.grip = grip;
        self
    }

    /// The same with a rank.
    #[must_use]
    pub fn rank(mut self, rank: u8) -> Self {
        self.rank = rank;
        self
    }

    /// The same, and it can have the focus.
    #[must_use]
    pub fn focusable(mut self, links: FocusLinks) -> Self {
        self.links = Some(links);
        self
    }
}

/// What a screen reader says of a part.
#[derive(Debug, Clone, Default)]
pub struct Description {
    /// Its accessible name.
    pub name: String,
    /// Its value as text.
    pub value: Option<String>,
    /// What else there is to say of it: what turning it would do.
    pub more: Option<String>,
    /// Its number and how far it can be turned: it is then a slider.
    pub number: Option<(f64, Range)>,
    /// Whether it can be pressed.
    pub is_button: bool,
    /// Whether it is chosen, if it can be.
    pub is_selected: Option<bool>,
    /// Whether it is kept from being turned.
    pub is_disabled: bool,
}

impl Description {
    /// A thing with a name and a value in words.
    pub fn of(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            value: Some(value.into()),
            ..Self::default()
        }
    }

    /// Name and value on one line.
    fn sentence(self) -> String {
        match self.value {
            Some(value) => format!("{}: {value}", self.name),
            None => self.name,
        }
    }

    fn write(self, bounds: Rect, node: &mut accesskit::Node) {
        node.set_role(match (self.number.is_some(), self.is_button) {
            (true, _) => accesskit::Role::Slider,
            (false, true) => accesskit::Role::Button,
            (false, false) => accesskit::Role::GraphicsObject,
        });
        node.set_label(self.name);
        node.set_bounds(accesskit::Rect {
            x0: bounds.min.x.into(),
            y0: bounds.min.y.into(),
            x1: bounds.max.x.into(),
            y1: bounds.max.y.into(),
        });
        node.add_action(accesskit::Action::Focus);
        if let Some(value) = self.value {
            node.set_value(value);
        }
        if let Some(more) = self.more {
            node.set_description(more);
        }
        if let Some((value, range)) = self.number {
            node.set_numeric_value(value);
            node.set_min_numeric_value(range.min);
            node.set_max_numeric_value(range.max);
            node.set_numeric_value_step(range.step);
            if !self.is_disabled {
                node.add_action(accesskit::Action::SetValue);
                node.add_action(accesskit::Action::Increment);
                node.add_action(accesskit::Action::Decrement);
            }
        }
        if self.is_button {
            node.add_action(accesskit::Action::Click);
        }
        if let Some(selected) = self.is_selected {
            node.set_selected(selected);
        }
        if self.is_disabled {
            node.set_disabled();
        }
    }
}

/// One pane's drawing area: a single rectangle for egui, and any number of parts for hands.
///
/// egui's own hit test knows rectangles only, so crossing edges would steal each other's drags. So a canvas
/// is one draggable rectangle, and `app::hands` chooses the part from the list of the last frame.
pub struct Canvas<'a> {
    ui: &'a mut Ui,
    stage: &'a mut Stage,
    painter: Painter,
    id: Id,
    rect: Rect,
    is_current_placed: bool,
    first_focusable: Option<Current>,
    /// The parts whose shapes are being drawn, in a figure.
    open: Vec<Part>,
}

impl<'a> Canvas<'a> {
    /// A canvas over `rect`; `id` is what tells it from the other canvases.
    pub fn new(ui: &'a mut Ui, stage: &'a mut Stage, rect: Rect, id: Id) -> Self {
        let visible = rect.intersect(ui.clip_rect());
        // An empty rectangle is nothing that a hand could take. Its parts have the focus, it has not.
        if visible.is_positive() && !stage.is_still() {
            ui.interact(visible, id, Sense::DRAG);
        }
        let painter = ui.painter_at(visible);
        Self {
            ui,
            stage,
            painter,
            id,
            rect,
            is_current_placed: false,
            first_focusable: None,
            open: Vec::new(),
        }
    }

    /// Its id.
    pub fn id(&self) -> Id {
        self.id
    }

    /// Where it is.
    pub fn rect(&self) -> Rect {
        self.rect
    }

    /// What to paint with; clipped to the canvas.
    pub fn painter(&self) -> &Painter {
        &self.painter
    }

    /// The context.
    pub fn ctx(&self) -> &Context {
        self.ui.ctx()
    }

    /// The `Ui` that the canvas is in, for a text field on top of it.
    pub fn ui(&mut self) -> &mut Ui {
        self.ui
    }

    /// What is lit, focused and typed.
    pub fn stage(&mut self) -> &mut Stage {
        self.stage
    }

    /// Whether a part lights up.
    pub fn is_lit(&self, part: Part) -> bool {
        self.stage.is_lit(part)
    }

    /// Whether the pointer is on this very part, or turns it.
    pub fn is_under_hand(&self, part: Part) -> bool {
        self.stage.lit == Some(part)
    }

    /// Whether a part has the keyboard's focus.
    pub fn has_focus(&self, part: Part) -> bool {
        let id = self.part_id(part);
        self.ui.memory(|memory| memory.has_focus(id))
    }

    /// Begins the shapes of a part; [`Self::end`] ends them. Only in a figure it makes a difference.
    pub fn begin(&mut self, part: Part) {
        if self.stage.has_marks() {
            self.open.push(part);
            let address = part.address();
            self.painter.add(Mark::Open { address }.shape());
        }
    }

    /// Says in a figure what the part that was begun last shows, where no place of it does.
    pub fn title(&self, words: impl FnOnce() -> String) {
        if !self.open.is_empty() {
            self.painter.add(Mark::Title(words()).shape());
        }
    }

    /// Ends the shapes of the part that was begun last.
    pub fn end(&mut self) {
        if self.open.pop().is_some() {
            self.painter.add(Mark::Close.shape());
        }
    }

    /// Places a part. `describe` is asked only if somebody listens.
    pub fn place(&mut self, item: Item, describe: impl FnOnce() -> Description) {
        let id = self.part_id(item.part);
        let bounds = item.place.bounds();
        if self.stage.has_marks() {
            // On paper there is no hand and no focus.
            if self.open.last() == Some(&item.part) {
                self.painter.add(Mark::Title(describe().sentence()).shape());
            }
            return;
        }
        if self.stage.is_still() {
            return;
        }
        if let Some(links) = item.links {
            self.register_focus(id, &item.place, item.part, links);
        }
        self.ui
            .ctx()
            .accesskit_node_builder(id, |node| describe().write(bounds, node));
        self.place_more(item);
    }

    /// Another place of a part that has been placed and described already: its row, and the track in it.
    pub fn place_more(&mut self, item: Item) {
        let id = self.part_id(item.part);
        self.stage.push(Placed {
            canvas: self.id,
            id,
            part: item.part,
            place: item.place,
            grip: item.grip,
            rank: item.rank,
            is_focusable: item.links.is_some(),
        });
    }

    /// Only one part of a canvas is a Tab stop; the arrow keys lead to the others.
    fn register_focus(&mut self, id: Id, place: &Place, part: Part, links: FocusLinks) {
        let bounds = place.bounds();
        let current = Current { id, part, links };
        if self.first_focusable.is_none() {
            self.first_focusable = Some(current);
        }
        let is_wanted = self.stage.wanted == Some((self.id, part));
        if is_wanted
            || self
                .stage
                .current(self.id)
                .is_some_and(|known| known.part == part)
        {
            self.stage.set_current(self.id, current);
            self.is_current_placed = true;
            self.ui.interact(bounds, id, Sense::focusable_noninteractive());
            if is_wanted {
                self.ui.memory_mut(|memory| memory.request_focus(id));
                self.stage.wanted = None;
            }
            keep_arrow_keys(self.ui.ctx(), id);
            if self.has_focus(part) {
                self.paint_focus(place);
            }
        }
    }

    /// The ring around what has the focus, in the shape of the part.
    fn paint_focus(&self, place: &Place) {
        const GAP: f32 = 3.0;
        let color = self.ui.visuals().widgets.active.bg_stroke.color;
        let stroke = Stroke::new(1.5, color);
        match place {
            Place::Rect(rect) => {
                let inside = rect.shrink(1.0);
                self.painter.rect_stroke(inside, 5.0, stroke, StrokeKind::Inside);
            }
            Place::Circle { center, radius } | Place::Ring { center, radius, .. } => {
                self.painter.circle_stroke(*center, radius + 2.0 * GAP, stroke);
            }
            Place::Segment { from, to, .. } => {
                let aside = 2.0 * GAP * (*to - *from).normalized().rot90();
                let corners = [*from + aside, *to + aside, *to - aside, *from - aside];
                self.painter
                    .add(egui::Shape::closed_line(corners.to_vec(), stroke));
            }
            Place::Polyline { points, .. } => {
                self.painter.line(points.clone(), Stroke::new(1.0, color));
            }
        }
    }

    fn part_id(&self, part: Part) -> Id {
        self.id.with(part)
    }
}

/// The focus stays in the canvas when its current part is out of view, and a canvas whose current part is gone
/// gets its first one.
impl Drop for Canvas<'_> {
    fn drop(&mut self) {
        if self.is_current_placed || self.stage.is_still() {
            return;
        }
        let current = match self.stage.current(self.id) {
            Some(current) => Some(current),
            None => {
                if let Some(first) = self.first_focusable {
                    self.stage.set_current(self.id, first);
                }
                self.first_focusable
            }
        };
        if let Some(Current { id, part, .. }) = current {
            let rect = self.rect.intersect(self.ui.clip_rect());
            if rect.is_positive() {
                self.ui.interact(rect, id, Sense::focusable_noninteractive());
                let name = format!("{part}, out of view");
                self.ui
                    .ctx()
                    .accesskit_node_builder(id, |node| node.set_label(name));
                keep_arrow_keys(self.ui.ctx(), id);
            }
        }
    }
}

/// Arrow keys turn and move within the canvas instead of leaving it.
fn keep_arrow_keys(ctx: &Context, id: Id) {
    ctx.memory_mut(|memory| {
        memory.set_focus_lock_filter(
            id,
            egui::EventFilter {
                tab: false,
                horizontal_arrows: true,
                vertical_arrows: true,
                escape: false,
            },
        );
    });
}
