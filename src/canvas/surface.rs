//! One pane's drawing area.

use egui::accesskit;
use egui::{Context, Id, Painter, Rect, Sense, Stroke, StrokeKind, Ui};

use neurodial_core::session::ValueRange;

use super::stage::TabStop;
use super::{FocusLinks, Handle, Element, HitShape, PlacedElement, Elements};
use egui_figure::FigureMarker;

/// A part to be placed.
#[derive(Debug, Clone)]
pub struct Placement {
    /// What it stands for.
    pub element: Element,
    /// Where it is.
    pub hit_shape: HitShape,
    /// How it can be taken.
    pub handle: Option<Handle>,
    /// Among parts under the pointer the one with the highest rank is meant.
    pub rank: u8,
    /// Where the arrow keys lead from it, if it can have the focus.
    pub links: Option<FocusLinks>,
}

impl Placement {
    /// A part that can be seen and lit, but neither taken nor focused.
    pub fn new(element: Element, hit_shape: HitShape) -> Self {
        Self {
            element,
            hit_shape,
            handle: None,
            rank: 0,
            links: None,
        }
    }

    /// The same with a grip.
    #[must_use]
    pub fn handle(mut self, grip: Option<Handle>) -> Self {
        self.handle = grip;
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
pub struct ElementInfo {
    /// Its accessible name.
    pub name: String,
    /// Its value as text.
    pub value: Option<String>,
    /// What else there is to say of it: what turning it would do.
    pub description: Option<String>,
    /// Its number and how far it can be turned: it is then a slider.
    pub numeric_value: Option<(f64, ValueRange)>,
    /// Whether it can be pressed.
    pub is_button: bool,
    /// Whether it is chosen, if it can be.
    pub is_selected: Option<bool>,
    /// Whether it is kept from being turned.
    pub is_disabled: bool,
}

impl ElementInfo {
    /// A thing with a name and a value in words.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            value: Some(value.into()),
            ..Self::default()
        }
    }

    /// Name and value on one line.
    fn into_sentence(self) -> String {
        match self.value {
            Some(value) => format!("{}: {value}", self.name),
            None => self.name,
        }
    }

    fn write_to_node(self, bounds: Rect, node: &mut accesskit::Node) {
        node.set_role(match (self.numeric_value.is_some(), self.is_button) {
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
        if let Some(description) = self.description {
            node.set_description(description);
        }
        if let Some((value, range)) = self.numeric_value {
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
    elements: &'a mut Elements,
    painter: Painter,
    id: Id,
    rect: Rect,
    is_tab_stop_placed: bool,
    first_focusable: Option<TabStop>,
    /// The parts whose shapes are being drawn, in a figure.
    open_elements: Vec<Element>,
}

impl<'a> Canvas<'a> {
    /// A canvas over `rect`; `id` is what tells it from the other canvases.
    pub fn new(ui: &'a mut Ui, elements: &'a mut Elements, rect: Rect, id: Id) -> Self {
        let visible = rect.intersect(ui.clip_rect());
        // An empty rectangle is nothing that a hand could take. Its parts have the focus, it has not.
        if visible.is_positive() && !elements.is_static() {
            ui.interact(visible, id, Sense::DRAG);
        }
        let painter = ui.painter_at(visible);
        Self {
            ui,
            elements,
            painter,
            id,
            rect,
            is_tab_stop_placed: false,
            first_focusable: None,
            open_elements: Vec::new(),
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
    pub fn elements(&mut self) -> &mut Elements {
        self.elements
    }

    /// Whether a part lights up.
    pub fn is_highlighted(&self, element: Element) -> bool {
        self.elements.is_highlighted(element)
    }

    /// Whether the pointer is on this very part, or turns it.
    pub fn is_under_pointer(&self, element: Element) -> bool {
        self.elements.highlighted == Some(element)
    }

    /// Whether a part has the keyboard's focus.
    pub fn has_focus(&self, element: Element) -> bool {
        let id = self.element_id(element);
        self.ui.memory(|memory| memory.has_focus(id))
    }

    /// Begins the shapes of a part; [`Self::end`] ends them. Only in a figure it makes a difference.
    pub fn begin_element(&mut self, element: Element) {
        if self.elements.has_markers() {
            self.open_elements.push(element);
            let address = element.address();
            self.painter.add(FigureMarker::BeginGroup { name: address }.into_shape());
        }
    }

    /// Says in a figure what the part that was begun last shows, where no place of it does.
    pub fn set_figure_title(&self, title: impl FnOnce() -> String) {
        if !self.open_elements.is_empty() {
            self.painter.add(FigureMarker::Title(title()).into_shape());
        }
    }

    /// Ends the shapes of the part that was begun last.
    pub fn end_element(&mut self) {
        if self.open_elements.pop().is_some() {
            self.painter.add(FigureMarker::EndGroup.into_shape());
        }
    }

    /// Places a part. `describe` is asked only if somebody listens.
    pub fn place(&mut self, placement: Placement, describe: impl FnOnce() -> ElementInfo) {
        let id = self.element_id(placement.element);
        let bounds = placement.hit_shape.bounds();
        if self.elements.has_markers() {
            // On paper there is no hand and no focus.
            if self.open_elements.last() == Some(&placement.element) {
                self.painter.add(FigureMarker::Title(describe().into_sentence()).into_shape());
            }
            return;
        }
        if self.elements.is_static() {
            return;
        }
        if let Some(links) = placement.links {
            self.register_focus(id, &placement.hit_shape, placement.element, links);
        }
        self.ui
            .ctx()
            .accesskit_node_builder(id, |node| describe().write_to_node(bounds, node));
        self.place_again(placement);
    }

    /// Another place of a part that has been placed and described already: its row, and the track in it.
    pub fn place_again(&mut self, placement: Placement) {
        let id = self.element_id(placement.element);
        self.elements.push(PlacedElement {
            canvas: self.id,
            id,
            element: placement.element,
            hit_shape: placement.hit_shape,
            handle: placement.handle,
            rank: placement.rank,
            is_focusable: placement.links.is_some(),
        });
    }

    /// Only one part of a canvas is a Tab stop; the arrow keys lead to the others.
    fn register_focus(&mut self, id: Id, hit_shape: &HitShape, element: Element, links: FocusLinks) {
        let bounds = hit_shape.bounds();
        let tab_stop = TabStop { id, element, links };
        if self.first_focusable.is_none() {
            self.first_focusable = Some(tab_stop);
        }
        let is_wanted = self.elements.focus_request == Some((self.id, element));
        if is_wanted
            || self
                .elements
                .tab_stop(self.id)
                .is_some_and(|known| known.element == element)
        {
            self.elements.set_tab_stop(self.id, tab_stop);
            self.is_tab_stop_placed = true;
            self.ui.interact(bounds, id, Sense::focusable_noninteractive());
            if is_wanted {
                self.ui.memory_mut(|memory| memory.request_focus(id));
                self.elements.focus_request = None;
            }
            keep_arrow_keys(self.ui.ctx(), id);
            if self.has_focus(element) {
                self.paint_focus(hit_shape);
            }
        }
    }

    /// The ring around what has the focus, in the shape of the part.
    fn paint_focus(&self, hit_shape: &HitShape) {
        const GAP: f32 = 3.0;
        let color = self.ui.visuals().widgets.active.bg_stroke.color;
        let stroke = Stroke::new(1.5, color);
        match hit_shape {
            HitShape::Rect(rect) => {
                let inside = rect.shrink(1.0);
                self.painter.rect_stroke(inside, 5.0, stroke, StrokeKind::Inside);
            }
            HitShape::Circle { center, radius } | HitShape::Ring { center, radius, .. } => {
                self.painter.circle_stroke(*center, radius + 2.0 * GAP, stroke);
            }
            HitShape::Segment { from, to, .. } => {
                let aside = 2.0 * GAP * (*to - *from).normalized().rot90();
                let corners = [*from + aside, *to + aside, *to - aside, *from - aside];
                self.painter
                    .add(egui::Shape::closed_line(corners.to_vec(), stroke));
            }
            HitShape::Polyline { points, .. } => {
                self.painter.line(points.clone(), Stroke::new(1.0, color));
            }
        }
    }

    fn element_id(&self, element: Element) -> Id {
        self.id.with(element)
    }
}

/// The focus stays in the canvas when its current part is out of view, and a canvas whose current part is gone
/// gets its first one.
impl Drop for Canvas<'_> {
    fn drop(&mut self) {
        if self.is_tab_stop_placed || self.elements.is_static() {
            return;
        }
        let current = match self.elements.tab_stop(self.id) {
            Some(current) => Some(current),
            None => {
                if let Some(first) = self.first_focusable {
                    self.elements.set_tab_stop(self.id, first);
                }
                self.first_focusable
            }
        };
        if let Some(TabStop { id, element: part, .. }) = current {
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
