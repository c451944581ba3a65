//! Gesture input: gestures on the elements of the last frame become actions before anything is drawn.
//!
//! | module | content |
//! | --- | --- |
//! | `pointer` | press, drag and release, and what is under the pointer |
//! | `xy_pad` | dragging a point that sets two numbers at once |
//! | `epochs` | moving through the epochs of a run |
//! | `custom_points` | adding, moving and removing custom data points |
//! | `touch` | touch on a canvas that scrolls |
//! | `wheel` | the scroll wheel on a focused knob and on the plot area |
//! | `keys` | keys on the focused element |
//! | `screen_reader` | requests of screen readers |
//! | `hyperparameters` | sliders of hyperparameters |
//! | `number_edit` | typing a number |
//! | `axes` | the plot axes after panning or zooming |

mod axes;
mod custom_points;
mod epochs;
mod hyperparameters;
mod keys;
mod number_edit;
mod pointer;
mod screen_reader;
mod touch;
mod wheel;
mod xy_pad;

use egui::{Context, Id, Key, Pos2};

use crate::canvas::{Element, Elements, PlacedElement};
use neurodial_core::session::{
    Action, Adjustable, Edit, Gesture, Hyperparameter, Session, TrainingCommand, ViewChange,
};

use pointer::Drag;
use touch::Swipe;

/// The factor by which Shift slows a change.
const FINE_FACTOR: f64 = 0.1;

/// Several wheel movements, or a held key, that make one undo step.
#[derive(Debug, Clone, Copy)]
struct RepeatGesture {
    adjustable: Adjustable,
    gesture: Gesture,
    time: f64,
}

/// Turns mouse, touch, wheel, key and screen reader input into actions.
#[derive(Debug, Default)]
pub(crate) struct GestureInput {
    drag: Option<Drag>,
    swipe: Option<Swipe>,
    wheel: Option<RepeatGesture>,
    /// True while the rest of a wheel movement is kept from scrolling.
    is_consuming_scroll: bool,
    held_key: Option<(Key, RepeatGesture)>,
    /// The key that moves a custom point, and its gesture.
    point_key: Option<(Key, Gesture)>,
    hyperparameter_drag: Option<hyperparameters::HyperparameterDrag>,
    /// The key that changes a hyperparameter, and its gesture.
    hyperparameter_key: Option<(Key, Hyperparameter, Gesture)>,
    last_press: Option<(f64, Pos2, Element)>,
    gesture_count: u64,
}

impl GestureInput {
    /// True while something is being dragged or a key is held: not the time to save a document or fit axes.
    pub(crate) fn is_busy(&self) -> bool {
        self.drag.is_some() || self.held_key.is_some() || self.hyperparameter_drag.is_some()
    }

    /// Returns the actions of all input since the last frame, in order.
    pub(crate) fn process(
        &mut self,
        ctx: &Context,
        session: &Session,
        elements: &mut Elements,
    ) -> Vec<Action> {
        let mut actions = Vec::new();
        self.handle_pointer(ctx, session, elements, &mut actions);
        self.handle_wheel(ctx, session, elements, &mut actions);
        self.handle_keys(ctx, session, elements, &mut actions);
        self.handle_screen_reader(ctx, session, elements, &mut actions);
        self.handle_hyperparameters(ctx, session, &mut actions);
        actions
    }

    fn new_gesture(&mut self) -> Gesture {
        self.gesture_count += 1;
        Gesture(self.gesture_count)
    }
}

/// Returns the canvas under the pointer, unless something covers it or the pointer is on a number field.
fn canvas_under_pointer(ctx: &Context, elements: &Elements) -> Option<Id> {
    if ctx.input(|input| {
        input
            .pointer
            .interact_pos()
            .is_some_and(|pos| elements.is_in_number_field(pos))
    }) {
        return None;
    }
    elements.canvases().into_iter().find(|&id| {
        ctx.read_response(id)
            .is_some_and(|response| response.contains_pointer())
    })
}

fn turn_action(adjustable: Adjustable, value: f64, gesture: Option<Gesture>) -> Action {
    Edit::Turn {
        target: adjustable,
        value,
        gesture,
    }
    .into()
}

/// Returns the knob or input that an element changes.
fn adjustable_of(element: Element) -> Option<Adjustable> {
    match element {
        Element::Adjustable(adjustable) | Element::Number(adjustable) | Element::CurrentPoint(adjustable) => {
            Some(adjustable)
        }
        Element::Term(knob) => Some(Adjustable::Knob(knob)),
        _ => None,
    }
}

/// Removes the rounding error of an added increment (0.30000000000000004): rounds to four digits finer than
/// the increment.
fn round_to_step(value: f64, step: f64) -> f64 {
    let digits = (4.0 - libm::floor(libm::log10(step.abs()))).clamp(0.0, 15.0) as usize;
    let rounded = format!("{value:.digits$}").parse().unwrap_or(value);
    // If the value has finer digits than that, they were typed: keep them.
    if (rounded - value).abs() <= 4.0 * f64::EPSILON * value.abs().max(step.abs()) {
        rounded
    } else {
        value
    }
}

fn click(placed: &PlacedElement, session: &Session, elements: &mut Elements, actions: &mut Vec<Action>) {
    match placed.element {
        Element::Neuron(at) => actions.push(ViewChange::Select(at).into()),
        Element::Curve(at) => actions.push(ViewChange::Select(at).into()),
        Element::Number(adjustable) => {
            let return_focus = elements
                .focus_target(placed)
                .map(|element| (placed.canvas, element));
            number_edit::edit_current(placed.canvas, adjustable, return_focus, session, elements);
        }
        Element::Lock(knob) => {
            let is_locked = !session.document().locked.contains(&knob);
            actions.push(Edit::SetLocked { knob, is_locked }.into());
        }
        Element::Term(knob) => actions.push(ViewChange::Highlight(Some(Adjustable::Knob(knob))).into()),
        Element::PlotArea => actions.push(ViewChange::Highlight(None).into()),
        Element::Branch(branch) => actions.push(TrainingCommand::SwitchToBranch(branch).into()),
        Element::Adjustable(_)
        | Element::CurrentPoint(_)
        | Element::Threshold
        | Element::MapPoint(_)
        | Element::LossCurve
        | Element::CustomPoint(_)
        | Element::CustomPointArea
        | Element::ConfusionCell { .. } => {}
    }
}
