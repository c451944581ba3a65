//! The drawing area of one pane.

use egui::accesskit;
use egui::{Context, Id, Painter, Rect, Sense, Stroke, StrokeKind, Ui};

use neurodial_core::session::ValueRange;
use neurodial_core::text::Messages;

use super::elements::TabStop;
use super::{Element, Elements, FocusLinks, Handle, HitShape, PlacedElement};
use egui_figure::FigureMarker;

/// An element to be placed on a canvas.
#[derive(Debug, Clone)]
pub(crate) struct Placement {
    pub(crate) element: Element,
    /// The area in which it can be hit.
    pub(crate) hit_shape: HitShape,
    /// The handle for dragging it, if it can be dragged.
    pub(crate) handle: Option<Handle>,
    /// Of several elements under the pointer, the one with the highest rank is hit.
    pub(crate) rank: u8,
    /// The elements that the arrow keys lead to; `None` if it can't have the focus.
    pub(crate) links: Option<FocusLinks>,
}

impl Placement {
    /// Creates the placement of an element that can be highlighted, but neither dragged nor focused.
    pub(crate) fn new(element: Element, hit_shape: HitShape) -> Self {
        Self {
            element,
            hit_shape,
            handle: None,
            rank: 0,
            links: None,
        }
    }

    /// Sets how the element can be dragged.
    #[must_use]
    pub(crate) fn handle(mut self, handle: Option<Handle>) -> Self {
        self.handle = handle;
        self
    }

    #[must_use]
    pub(crate) fn rank(mut self, rank: u8) -> Self {
        self.rank = rank;
        self
    }

    /// Makes the element focusable.
    #[must_use]
    pub(crate) fn focusable(mut self, links: FocusLinks) -> Self {
        self.links = Some(links);
        self
    }
}

/// The description of an element for screen readers, similar to egui's `WidgetInfo`.
#[derive(Debug, Clone, Default)]
pub(crate) struct ElementInfo {
    pub(crate) name: String,
    /// The value as text.
    pub(crate) value: Option<String>,
    /// Additional text, such as the effect of changing the value.
    pub(crate) description: Option<String>,
    /// The numeric value and its range, which make the element a slider.
    pub(crate) numeric_value: Option<(f64, ValueRange)>,
    /// True if it can be clicked.
    pub(crate) is_button: bool,
    /// True if it is selected; `None` if it can't be selected.
    pub(crate) is_selected: Option<bool>,
    /// True if it can't be changed.
    pub(crate) is_disabled: bool,
}

impl ElementInfo {
    /// Creates the description of an element with a name and a value as text.
    pub(crate) fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            value: Some(value.into()),
            ..Self::default()
        }
    }

    /// Returns name and value on one line.
    fn into_sentence(self, messages: Messages) -> String {
        match self.value {
            Some(value) => messages.named_value(self.name, value),
            None => self.name,
        }
    }

    /// Writes the description to an accessibility node with these bounds.
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

/// The drawing area of one pane: one rectangle for egui with any number of elements.
///
/// egui's hit test knows rectangles only, so crossing edges would take each other's drags. So a canvas is one
/// draggable rectangle, and the input handling of `app` chooses the element from the list of the last frame.
pub(crate) struct Canvas<'a> {
    ui: &'a mut Ui,
    elements: &'a mut Elements,
    painter: Painter,
    id: Id,
    rect: Rect,
    is_tab_stop_placed: bool,
    first_focusable: Option<TabStop>,
    /// In a figure, the elements whose groups are open.
    open_elements: Vec<Element>,
}

impl<'a> Canvas<'a> {
    /// Creates a canvas over `rect`; `id` must be unique among canvases.
    pub(crate) fn new(ui: &'a mut Ui, elements: &'a mut Elements, rect: Rect, id: Id) -> Self {
        let visible = rect.intersect(ui.clip_rect());
        // An empty rectangle can't be dragged. The elements can have the focus, the canvas can't.
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

    pub(crate) fn id(&self) -> Id {
        self.id
    }

    /// Returns the rectangle, in points.
    pub(crate) fn rect(&self) -> Rect {
        self.rect
    }

    /// Returns the painter, which is clipped to the canvas.
    pub(crate) fn painter(&self) -> &Painter {
        &self.painter
    }

    /// Returns the egui context.
    pub(crate) fn ctx(&self) -> &Context {
        self.ui.ctx()
    }

    /// Returns the `Ui` that the canvas is in, for a text field on top of it.
    pub(crate) fn ui(&mut self) -> &mut Ui {
        self.ui
    }

    /// Returns the elements of all panes and their input state.
    pub(crate) fn elements(&mut self) -> &mut Elements {
        self.elements
    }

    pub(crate) fn is_highlighted(&self, element: Element) -> bool {
        self.elements.is_highlighted(element)
    }

    /// True if exactly this element is under the pointer or being dragged.
    pub(crate) fn is_under_pointer(&self, element: Element) -> bool {
        self.elements.highlighted == Some(element)
    }

    /// True if the element has the keyboard focus.
    pub(crate) fn has_focus(&self, element: Element) -> bool {
        let id = self.element_id(element);
        self.ui.memory(|memory| memory.has_focus(id))
    }

    /// Begins the group of an element's shapes, which [`Self::end_element`] ends. It has an effect only in
    /// figures.
    pub(crate) fn begin_element(&mut self, element: Element) {
        if self.elements.has_markers() {
            self.open_elements.push(element);
            let address = element.address();
            self.painter
                .add(FigureMarker::BeginGroup { name: address }.into_shape());
        }
    }

    /// In a figure, sets the title of the innermost open group, for an element that is not placed within the
    /// group.
    pub(crate) fn set_figure_title(&self, title: impl FnOnce() -> String) {
        if !self.open_elements.is_empty() {
            self.painter.add(FigureMarker::Title(title()).into_shape());
        }
    }

    /// Ends the group that was begun last.
    pub(crate) fn end_element(&mut self) {
        if self.open_elements.pop().is_some() {
            self.painter.add(FigureMarker::EndGroup.into_shape());
        }
    }

    /// Places an element. `describe` is called only if needed: by a screen reader or for a figure's titles.
    pub(crate) fn place(&mut self, placement: Placement, describe: impl FnOnce() -> ElementInfo) {
        let id = self.element_id(placement.element);
        let bounds = placement.hit_shape.bounds();
        if self.elements.has_markers() {
            // A figure has neither pointer nor focus.
            if self.open_elements.last() == Some(&placement.element) {
                let title = describe().into_sentence(self.elements.messages);
                self.painter.add(FigureMarker::Title(title).into_shape());
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

    /// Adds another hit area for an element that was placed and described before, such as the track within a
    /// row.
    pub(crate) fn place_again(&mut self, placement: Placement) {
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

    /// Makes the element the tab stop if needed. Only one element of a canvas is; the arrow keys lead to the
    /// others.
    fn register_focus(&mut self, id: Id, hit_shape: &HitShape, element: Element, links: FocusLinks) {
        let bounds = hit_shape.bounds();
        let tab_stop = TabStop { id, element, links };
        if self.first_focusable.is_none() {
            self.first_focusable = Some(tab_stop);
        }
        let is_requested = self.elements.focus_request == Some((self.id, element));
        if is_requested
            || self
                .elements
                .tab_stop(self.id)
                .is_some_and(|known| known.element == element)
        {
            self.elements.set_tab_stop(self.id, tab_stop);
            self.is_tab_stop_placed = true;
            self.ui.interact(bounds, id, Sense::focusable_noninteractive());
            if is_requested {
                self.ui.memory_mut(|memory| memory.request_focus(id));
                self.elements.focus_request = None;
            }
            keep_arrow_keys(self.ui.ctx(), id);
            if self.has_focus(element) {
                self.paint_focus(hit_shape);
            }
        }
    }

    /// Paints the focus ring around a hit area, in its shape.
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

/// Keeps the focus in the canvas if the tab stop is out of view, and makes the first focusable element the
/// tab stop if there is none.
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
        if let Some(TabStop { id, element, .. }) = current {
            let rect = self.rect.intersect(self.ui.clip_rect());
            if rect.is_positive() {
                self.ui.interact(rect, id, Sense::focusable_noninteractive());
                let name = self.elements.messages.element_out_of_view(element);
                self.ui
                    .ctx()
                    .accesskit_node_builder(id, |node| node.set_label(name));
                keep_arrow_keys(self.ui.ctx(), id);
            }
        }
    }
}

/// Makes the arrow keys work within the canvas instead of moving the focus elsewhere.
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
