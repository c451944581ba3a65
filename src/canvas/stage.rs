//! All parts of the last frame, and what is lit, focused and being typed.

use std::collections::HashMap;

use egui::{Id, Pos2, Rect};

use neurodial_core::session::Target;
use neurodial_core::words::Draft;

use super::{Grip, Part, Place, Topic};

/// Where the arrow keys lead from a part, also to parts that are out of view.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct FocusLinks {
    /// The part before it.
    pub before: Option<Part>,
    /// The part after it.
    pub after: Option<Part>,
}

/// A part as it was placed in the last frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The canvas it is on.
    pub canvas: Id,
    /// Its own id: of its focus and its accessible node.
    pub id: Id,
    /// What it stands for.
    pub part: Part,
    /// Where it is.
    pub place: Place,
    /// How it can be taken, if it can.
    pub grip: Option<Grip>,
    /// Among parts under the pointer the one with the highest rank is meant, then the nearest.
    pub rank: u8,
    /// Whether it can have the focus.
    pub is_focusable: bool,
}

/// The one part of a canvas that Tab leads to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Current {
    /// Its id.
    pub id: Id,
    /// The part.
    pub part: Part,
    /// Where the arrow keys lead from it.
    pub links: FocusLinks,
}

/// A number that is being typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Editing {
    /// The canvas on which it is typed.
    pub canvas: Id,
    /// Whose number.
    pub target: Target,
    /// What has been typed so far.
    pub draft: Draft,
    /// The canvas and the part to which the focus goes back.
    pub back: Option<(Id, Part)>,
    /// Where a pane drew its field in this pass, if one did.
    pub field: Option<Rect>,
}

impl Editing {
    /// The id of the field in which it is typed.
    pub fn field_id(&self) -> Id {
        self.canvas.with(("field", self.target))
    }
}

/// A part's menu that is asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Menu {
    /// Whose menu.
    pub part: Part,
    /// Where it opens.
    pub at: Pos2,
    /// Where the focus goes back to, if a key opened it.
    pub back: Option<(Id, Part)>,
    /// Whether its first entry still has to get the focus.
    pub is_new: bool,
}

/// What the pointer is on before it is taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hovered {
    /// The canvas.
    pub canvas: Id,
    /// The part.
    pub part: Part,
    /// How it can be taken.
    pub grip: Grip,
    /// Where the pointer is.
    pub at: Pos2,
}

/// What the panes placed, and what hands and eyes share about it.
#[derive(Debug, Default)]
pub struct Stage {
    placed: Vec<Placed>,
    currents: HashMap<Id, Current>,
    scroll_areas: HashMap<Id, Id>,
    /// What the pointer is on, or what is being turned.
    pub lit: Option<Part>,
    /// What can be taken where the pointer is; `None` while something is taken.
    pub hovered: Option<Hovered>,
    /// The part that is being turned.
    pub turning: Option<Part>,
    /// The number that is being typed.
    pub editing: Option<Editing>,
    /// The part that shall have the focus, on the canvas of that id; a pane scrolls there.
    pub wanted: Option<(Id, Part)>,
    /// The part that shall have it from the next pass on: asked for while panes were drawn.
    pub wanted_next: Option<(Id, Part)>,
    /// Why what is being typed can't be entered as it is.
    pub reason: Option<String>,
    /// The menu that is open.
    pub menu: Option<Menu>,
    /// Whether a figure is being drawn: then marks bracket the shapes of each part.
    has_marks: bool,
    /// Whether it is a picture that no hand can take.
    is_still: bool,
}

impl Stage {
    /// A stage for a figure: nothing is lit, and marks bracket the shapes of each part.
    pub fn of_figure() -> Self {
        Self {
            has_marks: true,
            is_still: true,
            ..Self::default()
        }
    }

    /// A stage for a picture within a pane: nothing on it can be taken, lit or focused.
    pub fn still() -> Self {
        Self {
            is_still: true,
            ..Self::default()
        }
    }

    /// Whether no hand can take anything on it.
    pub fn is_still(&self) -> bool {
        self.is_still
    }

    /// Whether a figure is being drawn.
    pub fn has_marks(&self) -> bool {
        self.has_marks
    }

    /// Begins a new pass: the panes will place everything again.
    pub fn clear(&mut self) {
        self.placed.clear();
        if let Some(editing) = &mut self.editing {
            editing.field = None;
        }
    }

    /// Ends a pass: a wish for the focus that no pane could meet is given up. Says whether there is a new one.
    pub fn settle_wishes(&mut self) -> bool {
        self.wanted = self.wanted_next.take();
        self.wanted.is_some()
    }

    /// The number that was being typed, if no pane drew its field: its row or its pane has gone away.
    pub fn take_lost_editing(&mut self) -> Option<Editing> {
        self.editing.take_if(|editing| editing.field.is_none())
    }

    /// What was placed, in the order of drawing.
    pub fn placed(&self) -> &[Placed] {
        &self.placed
    }

    pub(super) fn push(&mut self, placed: Placed) {
        self.placed.push(placed);
    }

    /// Says that a canvas has all in view, and nothing to scroll to.
    pub fn forget_scroll_area(&mut self, canvas: Id) {
        self.scroll_areas.remove(&canvas);
    }

    /// The part that a hand at `pos` on a canvas means: the highest rank, then the nearest, then the last drawn.
    pub fn at(&self, canvas: Id, pos: Pos2) -> Option<&Placed> {
        // From the last drawn on: of two that are equally near, the upper one is meant.
        let reachable = self.placed.iter().rev().filter(|placed| placed.canvas == canvas);
        reachable
            .filter_map(|placed| Some((placed.place.distance(pos)?, placed)))
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
    pub fn focus_of(&self, placed: &Placed) -> Option<Part> {
        if placed.is_focusable {
            return Some(placed.part);
        }
        let topic = placed.part.topic()?;
        let same = |other: &&Placed| {
            other.is_focusable && other.canvas == placed.canvas && other.part.topic() == Some(topic)
        };
        self.placed.iter().find(same).map(|other| other.part)
    }

    /// The part of a canvas that Tab leads to.
    pub fn current(&self, canvas: Id) -> Option<Current> {
        self.currents.get(&canvas).copied()
    }

    /// The canvas and part that have the focus, given the id that egui says has it.
    pub fn focused(&self, id: Id) -> Option<(Id, Current)> {
        self.currents
            .iter()
            .find(|(_, current)| current.id == id)
            .map(|(&canvas, &current)| (canvas, current))
    }

    /// Makes a part the one of its canvas that Tab leads to.
    pub fn set_current(&mut self, canvas: Id, current: Current) {
        self.currents.insert(canvas, current);
    }

    /// Forgets which part of a canvas Tab leads to: the first one placed will be it.
    pub fn forget_current(&mut self, canvas: Id) {
        self.currents.remove(&canvas);
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
    pub fn is_lit(&self, part: Part) -> bool {
        let lit = self.lit.and_then(Part::topic);
        lit.is_some() && lit == part.topic()
    }

    /// What is lit, if it is about something.
    pub fn lit_topic(&self) -> Option<Topic> {
        self.lit.and_then(Part::topic)
    }

    /// Whether a point is in the field in which a number is being typed: then it is not the canvas's.
    pub fn is_in_field(&self, pos: Pos2) -> bool {
        let field = self.editing.as_ref().and_then(|editing| editing.field);
        field.is_some_and(|field| field.contains(pos))
    }

    /// Whether the number of a target is being typed on a canvas.
    pub fn is_editing(&self, canvas: Id, target: Target) -> bool {
        self.editing
            .as_ref()
            .is_some_and(|editing| editing.canvas == canvas && editing.target == target)
    }
}
