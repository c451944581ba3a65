//! All elements of the last frame, and which of them are highlighted, focused or edited.

use std::collections::HashMap;

use egui::{Id, Pos2, Rect};

use neurodial_core::session::Adjustable;
use neurodial_core::text::{FieldDraft, Messages};

use super::{Element, Handle, HighlightGroup, HitShape};

/// The elements that the arrow keys lead to, including those out of view.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct FocusLinks {
    /// The previous element.
    pub(crate) before: Option<Element>,
    /// The next element.
    pub(crate) after: Option<Element>,
}

/// An element as it was placed in the last frame.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedElement {
    /// The canvas that it is on.
    pub canvas: Id,
    /// The id of its focus and its accessibility node.
    pub id: Id,
    /// The element.
    pub element: Element,
    /// The area in which it can be hit.
    pub hit_shape: HitShape,
    /// The handle for dragging it, if it can be dragged.
    pub handle: Option<Handle>,
    /// Of several elements under the pointer, the one with the highest rank is hit; of these the nearest.
    pub rank: u8,
    /// True if it can have the keyboard focus.
    pub is_focusable: bool,
}

/// The one element of a canvas that the Tab key leads to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TabStop {
    pub(crate) id: Id,
    pub(crate) element: Element,
    /// The elements that the arrow keys lead to from it.
    pub(crate) links: FocusLinks,
}

/// A number that is being edited by typing.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberEdit {
    /// The canvas on which it is edited.
    pub(crate) canvas: Id,
    pub(crate) adjustable: Adjustable,
    /// The text typed so far.
    pub(crate) draft: FieldDraft,
    /// The canvas and the element that get the focus back afterward.
    pub(crate) return_focus: Option<(Id, Element)>,
    /// The rectangle of the text field, if a pane drew it in this pass.
    pub(crate) field_rect: Option<Rect>,
}

impl NumberEdit {
    pub(crate) fn field_id(&self) -> Id {
        self.canvas.with(("field", self.adjustable))
    }
}

/// The open context menu of an element.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ElementMenu {
    pub(crate) element: Element,
    /// The position where it opens.
    pub(crate) pos: Pos2,
    /// The canvas and the element that get the focus back, if the menu was opened with the keyboard.
    pub(crate) return_focus: Option<(Id, Element)>,
    /// True if its first entry still has to get the focus.
    pub(crate) needs_focus: bool,
}

/// An element under the pointer that can be dragged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct HoveredHandle {
    pub(crate) canvas: Id,
    pub(crate) element: Element,
    pub(crate) handle: Handle,
    /// The position of the pointer.
    pub(crate) pos: Pos2,
}

/// The elements that the panes placed, and the input state shared by panes and input handling.
#[derive(Debug, Default)]
pub struct Elements {
    /// The texts in the language of the pane that is being drawn.
    pub(crate) messages: Messages,
    placed: Vec<PlacedElement>,
    tab_stops: HashMap<Id, TabStop>,
    scroll_areas: HashMap<Id, Id>,
    /// The element under the pointer or being dragged.
    pub highlighted: Option<Element>,
    /// The element that can be dragged at the pointer's position; `None` during a drag.
    pub(crate) hovered: Option<HoveredHandle>,
    /// The element being dragged.
    pub(crate) dragged: Option<Element>,
    /// The number being edited by typing.
    pub number_edit: Option<NumberEdit>,
    /// The canvas and the element that will get the focus in this pass; its pane scrolls there.
    pub(crate) focus_request: Option<(Id, Element)>,
    /// The canvas and the element that will get the focus in the next pass, requested while panes were drawn.
    pub(crate) next_focus_request: Option<(Id, Element)>,
    /// The reason why the typed text is not a valid number.
    pub(crate) number_error: Option<String>,
    /// True if the last input of the pointer was that of a finger, which is less exact than a mouse.
    pub(crate) is_touch: bool,
    /// The open context menu.
    pub(crate) menu: Option<ElementMenu>,
    /// The knob or input that is being played.
    pub(crate) played: Option<Adjustable>,
    /// The knob or input that is to be played, or stopped if it is being played.
    pub(crate) play_request: Option<Adjustable>,
    /// True while a figure is drawn: then markers bracket the shapes of each element.
    has_markers: bool,
    /// True if nothing can be dragged, highlighted or focused.
    is_static: bool,
}

impl Elements {
    /// Creates the list for drawing a figure: nothing is interactive, and markers bracket the shapes of each
    /// element.
    pub(crate) fn for_figure() -> Self {
        Self {
            has_markers: true,
            is_static: true,
            ..Self::default()
        }
    }

    /// Creates the list for a picture within a pane, in which nothing is interactive.
    pub(crate) fn for_static_picture() -> Self {
        Self {
            is_static: true,
            ..Self::default()
        }
    }

    /// True if nothing can be dragged, highlighted or focused.
    pub(crate) fn is_static(&self) -> bool {
        self.is_static
    }

    /// True while a knob or an input is dragged by any of its elements.
    pub(crate) fn is_dragged(&self, target: Adjustable) -> bool {
        let group = self.dragged.and_then(Element::highlight_group);
        group == Some(HighlightGroup::Adjustable(target))
    }

    /// True while the number of a knob or an input is typed.
    pub(crate) fn is_typed(&self, target: Adjustable) -> bool {
        let number_edit = self.number_edit.as_ref();
        number_edit.is_some_and(|edit| edit.adjustable == target)
    }

    /// True while a figure is drawn.
    pub(crate) fn has_markers(&self) -> bool {
        self.has_markers
    }

    /// Begins a new pass, in which the panes place everything again.
    pub fn clear(&mut self) {
        self.placed.clear();
        if let Some(editing) = &mut self.number_edit {
            editing.field_rect = None;
        }
    }

    /// Ends a pass: drops a focus request that no pane fulfilled and takes up the next one. Returns true if
    /// there is a next one.
    pub(crate) fn advance_focus_request(&mut self) -> bool {
        self.focus_request = self.next_focus_request.take();
        self.focus_request.is_some()
    }

    /// Takes the number edit whose text field no pane drew, because its row or pane has gone.
    pub(crate) fn take_orphaned_number_edit(&mut self) -> Option<NumberEdit> {
        self.number_edit.take_if(|editing| editing.field_rect.is_none())
    }

    /// Returns the placed elements in drawing order.
    pub fn placed(&self) -> &[PlacedElement] {
        &self.placed
    }

    pub(super) fn push(&mut self, placed: PlacedElement) {
        self.placed.push(placed);
    }

    /// Forgets the scroll area of a canvas, which shows all its content.
    pub(crate) fn remove_scroll_area(&mut self, canvas: Id) {
        self.scroll_areas.remove(&canvas);
    }

    /// Returns the element that `pos` hits on a canvas: the one with the highest rank, of these the nearest,
    /// of these the last drawn. A finger also hits the nearest element that it covers, unless it is right on
    /// another one of the same rank; in a list, which is dense, it hits what is right below it.
    pub fn hit_test(&self, canvas: Id, pos: Pos2) -> Option<&PlacedElement> {
        // In reverse, because of two equally near elements the one drawn last is on top.
        let on_canvas = || self.placed.iter().rev().filter(|placed| placed.canvas == canvas);
        let exact = on_canvas()
            .filter_map(|placed| Some((placed.hit_shape.distance(pos)?, placed)))
            .min_by(|(a, first), (b, second)| second.rank.cmp(&first.rank).then(a.total_cmp(b)))
            .map(|(_, placed)| placed);
        if !self.is_touch || self.scroll_areas.contains_key(&canvas) {
            return exact;
        }
        let covered = on_canvas()
            .filter(|placed| exact.is_none_or(|exact| placed.rank > exact.rank))
            .filter_map(|placed| Some((placed.hit_shape.distance_from_finger(pos)?, placed)))
            .min_by(|(a, _), (b, _)| a.total_cmp(b))
            .map(|(_, placed)| placed);
        covered.or(exact)
    }

    /// Returns the canvases with elements, without duplicates.
    pub(crate) fn canvases(&self) -> Vec<Id> {
        let mut ids: Vec<Id> = Vec::new();
        for placed in &self.placed {
            if ids.last() != Some(&placed.canvas) && !ids.contains(&placed.canvas) {
                ids.push(placed.canvas);
            }
        }
        ids
    }

    /// Returns the element that gets the focus when `placed` is pressed: itself, or a focusable one of the
    /// same highlight group and canvas.
    pub(crate) fn focus_target(&self, placed: &PlacedElement) -> Option<Element> {
        if placed.is_focusable {
            return Some(placed.element);
        }
        let group = placed.element.highlight_group()?;
        let same = |other: &&PlacedElement| {
            other.is_focusable
                && other.canvas == placed.canvas
                && other.element.highlight_group() == Some(group)
        };
        self.placed.iter().find(same).map(|other| other.element)
    }

    pub(crate) fn tab_stop(&self, canvas: Id) -> Option<TabStop> {
        self.tab_stops.get(&canvas).copied()
    }

    /// Returns the canvas and the tab stop whose focus id is `id`.
    pub(crate) fn focused(&self, id: Id) -> Option<(Id, TabStop)> {
        self.tab_stops
            .iter()
            .find(|(_, current)| current.id == id)
            .map(|(&canvas, &current)| (canvas, current))
    }

    pub(crate) fn set_tab_stop(&mut self, canvas: Id, tab_stop: TabStop) {
        self.tab_stops.insert(canvas, tab_stop);
    }

    /// Removes the tab stop of a canvas; the first focusable element placed will become it.
    pub(crate) fn remove_tab_stop(&mut self, canvas: Id) {
        self.tab_stops.remove(&canvas);
    }

    /// Returns the id that egui drags to scroll a canvas, if the canvas scrolls.
    pub(crate) fn scroll_area(&self, canvas: Id) -> Option<Id> {
        self.scroll_areas.get(&canvas).copied()
    }

    /// Registers the scroll area that a canvas is in, by the area's id.
    pub(crate) fn set_scroll_area(&mut self, canvas: Id, area: Id) {
        // egui's own id suffix for the content of a scroll area, which touch drags.
        self.scroll_areas.insert(canvas, area.with("area"));
    }

    /// True if an element is in the same highlight group as the element under the pointer.
    pub fn is_highlighted(&self, element: Element) -> bool {
        let highlighted = self.highlighted.and_then(Element::highlight_group);
        highlighted.is_some() && highlighted == element.highlight_group()
    }

    /// True if a position is in the text field of the number being edited, and so not on the canvas.
    pub(crate) fn is_in_number_field(&self, pos: Pos2) -> bool {
        let field = self.number_edit.as_ref().and_then(|editing| editing.field_rect);
        field.is_some_and(|field| field.contains(pos))
    }

    /// True if the number of an adjustable is being edited on a canvas.
    pub(crate) fn is_editing(&self, canvas: Id, adjustable: Adjustable) -> bool {
        self.number_edit
            .as_ref()
            .is_some_and(|editing| editing.canvas == canvas && editing.adjustable == adjustable)
    }
}
