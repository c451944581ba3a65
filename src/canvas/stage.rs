//! All parts of the last frame, and what is lit, focused and being typed.

use std::collections::HashMap;

use egui::{Id, Pos2, Rect};

use neurodial_core::session::Adjustable;
use neurodial_core::words::FieldDraft;

use super::{Handle, Element, HitShape, HighlightGroup};

/// Where the arrow keys lead from a part, also to parts that are out of view.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct FocusLinks {
    /// The part before it.
    pub before: Option<Element>,
    /// The part after it.
    pub after: Option<Element>,
}

/// A part as it was placed in the last frame.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedElement {
    /// The canvas it is on.
    pub canvas: Id,
    /// Its own id: of its focus and its accessible node.
    pub id: Id,
    /// What it stands for.
    pub element: Element,
    /// Where it is.
    pub hit_shape: HitShape,
    /// How it can be taken, if it can.
    pub handle: Option<Handle>,
    /// Among parts under the pointer the one with the highest rank is meant, then the nearest.
    pub rank: u8,
    /// Whether it can have the focus.
    pub is_focusable: bool,
}

/// The one part of a canvas that Tab leads to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TabStop {
    /// Its id.
    pub id: Id,
    /// The part.
    pub element: Element,
    /// Where the arrow keys lead from it.
    pub links: FocusLinks,
}

/// A number that is being typed.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberEdit {
    /// The canvas on which it is typed.
    pub canvas: Id,
    /// Whose number.
    pub adjustable: Adjustable,
    /// What has been typed so far.
    pub draft: FieldDraft,
    /// The canvas and the part to which the focus goes back.
    pub return_focus: Option<(Id, Element)>,
    /// Where a pane drew its field in this pass, if one did.
    pub field_rect: Option<Rect>,
}

impl NumberEdit {
    /// The id of the field in which it is typed.
    pub fn field_id(&self) -> Id {
        self.canvas.with(("field", self.adjustable))
    }
}

/// A part's menu that is asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ElementMenu {
    /// Whose menu.
    pub element: Element,
    /// Where it opens.
    pub pos: Pos2,
    /// Where the focus goes back to, if a key opened it.
    pub return_focus: Option<(Id, Element)>,
    /// Whether its first entry still has to get the focus.
    pub needs_focus: bool,
}

/// What the pointer is on before it is taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HoveredHandle {
    /// The canvas.
    pub canvas: Id,
    /// The part.
    pub element: Element,
    /// How it can be taken.
    pub handle: Handle,
    /// Where the pointer is.
    pub pos: Pos2,
}

/// What the panes placed, and what hands and eyes share about it.
#[derive(Debug, Default)]
pub struct Elements {
    placed: Vec<PlacedElement>,
    tab_stops: HashMap<Id, TabStop>,
    scroll_areas: HashMap<Id, Id>,
    /// What the pointer is on, or what is being turned.
    pub highlighted: Option<Element>,
    /// What can be taken where the pointer is; `None` while something is taken.
    pub hovered: Option<HoveredHandle>,
    /// The part that is being turned.
    pub dragged: Option<Element>,
    /// The number that is being typed.
    pub number_edit: Option<NumberEdit>,
    /// The part that shall have the focus, on the canvas of that id; a pane scrolls there.
    pub focus_request: Option<(Id, Element)>,
    /// The part that shall have it from the next pass on: asked for while panes were drawn.
    pub next_focus_request: Option<(Id, Element)>,
    /// Why what is being typed can't be entered as it is.
    pub number_error: Option<String>,
    /// The menu that is open.
    pub menu: Option<ElementMenu>,
    /// Whether a figure is being drawn: then marks bracket the shapes of each part.
    has_markers: bool,
    /// Whether it is a picture that no hand can take.
    is_static: bool,
}

impl Elements {
    /// A stage for a figure: nothing is lit, and marks bracket the shapes of each part.
    pub fn for_figure() -> Self {
        Self {
            has_markers: true,
            is_static: true,
            ..Self::default()
        }
    }

    /// A stage for a picture within a pane: nothing on it can be taken, lit or focused.
    pub fn for_static_picture() -> Self {
        Self {
            is_static: true,
            ..Self::default()
        }
    }

    /// Whether no hand can take anything on it.
    pub fn is_static(&self) -> bool {
        self.is_static
    }

    /// Whether a figure is being drawn.
    pub fn has_markers(&self) -> bool {
        self.has_markers
    }

    /// Begins a new pass: the panes will place everything again.
    pub fn clear(&mut self) {
        self.placed.clear();
        if let Some(editing) = &mut self.number_edit {
            editing.field_rect = None;
        }
    }

    /// Ends a pass: a wish for the focus that no pane could meet is given up. Says whether there is a new one.
    pub fn advance_focus_request(&mut self) -> bool {
        self.focus_request = self.next_focus_request.take();
        self.focus_request.is_some()
    }

    /// The number that was being typed, if no pane drew its field: its row or its pane has gone away.
    pub fn take_orphaned_number_edit(&mut self) -> Option<NumberEdit> {
        self.number_edit.take_if(|editing| editing.field_rect.is_none())
    }

    /// What was placed, in the order of drawing.
    pub fn placed(&self) -> &[PlacedElement] {
        &self.placed
    }

    pub(super) fn push(&mut self, placed: PlacedElement) {
        self.placed.push(placed);
    }

    /// Says that a canvas has all in view, and nothing to scroll to.
    pub fn remove_scroll_area(&mut self, canvas: Id) {
        self.scroll_areas.remove(&canvas);
    }

    /// The part that a hand at `pos` on a canvas means: the highest rank, then the nearest, then the last drawn.
    pub fn hit_test(&self, canvas: Id, pos: Pos2) -> Option<&PlacedElement> {
        // From the last drawn on: of two that are equally near, the upper one is meant.
        let on_canvas = self.placed.iter().rev().filter(|placed| placed.canvas == canvas);
        on_canvas
            .filter_map(|placed| Some((placed.hit_shape.distance(pos)?, placed)))
            .min_by(|(a, first), (b, second)| second.rank.cmp(&first.rank).then(a.total_cmp(b)))
            .map(|(_, placed)| placed)
    }

    /// The canvases that have parts, each once.
    pub fn canvases(&self) -> Vec<Id> {
        let mut ids: Vec<Id> = Vec::new();
        for placed in &self.placed {
            if ids.last() != Some(&placed.canvas) && !ids.contains(&placed.canvas) {
                ids.push(placed.canvas);
            }
        }
        ids
    }

    /// The part that gets the focus when a hand takes `placed`: itself, or the one about the same thing.
    pub fn focus_target(&self, placed: &PlacedElement) -> Option<Element> {
        if placed.is_focusable {
            return Some(placed.element);
        }
        let topic = placed.element.highlight_group()?;
        let same = |other: &&PlacedElement| {
            other.is_focusable && other.canvas == placed.canvas && other.element.highlight_group() == Some(topic)
        };
        self.placed.iter().find(same).map(|other| other.element)
    }

    /// The part of a canvas that Tab leads to.
    pub fn tab_stop(&self, canvas: Id) -> Option<TabStop> {
        self.tab_stops.get(&canvas).copied()
    }

    /// The canvas and part that have the focus, given the id that egui says has it.
    pub fn focused(&self, id: Id) -> Option<(Id, TabStop)> {
        self.tab_stops
            .iter()
            .find(|(_, current)| current.id == id)
            .map(|(&canvas, &current)| (canvas, current))
    }

    /// Makes a part the one of its canvas that Tab leads to.
    pub fn set_tab_stop(&mut self, canvas: Id, tab_stop: TabStop) {
        self.tab_stops.insert(canvas, tab_stop);
    }

    /// Forgets which part of a canvas Tab leads to: the first one placed will be it.
    pub fn remove_tab_stop(&mut self, canvas: Id) {
        self.tab_stops.remove(&canvas);
    }

    /// What egui drags to scroll a canvas, if it scrolls.
    pub fn scroll_area(&self, canvas: Id) -> Option<Id> {
        self.scroll_areas.get(&canvas).copied()
    }

    /// Says that a canvas lies in a scroll area, given the area's id.
    pub fn set_scroll_area(&mut self, canvas: Id, area: Id) {
        // egui's own name for the ground of the area, which a finger drags.
        self.scroll_areas.insert(canvas, area.with("area"));
    }

    /// Whether a part lights up: it is about the same thing as what the pointer is on.
    pub fn is_highlighted(&self, element: Element) -> bool {
        let highlighted = self.highlighted.and_then(Element::highlight_group);
        highlighted.is_some() && highlighted == element.highlight_group()
    }

    /// What is lit, if it is about something.
    pub fn highlighted_group(&self) -> Option<HighlightGroup> {
        self.highlighted.and_then(Element::highlight_group)
    }

    /// Whether a point is in the field in which a number is being typed: then it is not the canvas's.
    pub fn is_in_number_field(&self, pos: Pos2) -> bool {
        let field = self.number_edit.as_ref().and_then(|editing| editing.field_rect);
        field.is_some_and(|field| field.contains(pos))
    }

    /// Whether the number of a target is being typed on a canvas.
    pub fn is_editing(&self, canvas: Id, adjustable: Adjustable) -> bool {
        self.number_edit
            .as_ref()
            .is_some_and(|editing| editing.canvas == canvas && editing.adjustable == adjustable)
    }
}
