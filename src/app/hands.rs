//! Hands before eyes: gestures on the parts of the last frame become actions, before anything is drawn.
//!
//! | file | noun |
//! | --- | --- |
//! | `pointer` | press, drag, release, and what the pointer is on |
//! | `pad` | a point that turns two numbers |
//! | `timeline` | back and forth in the epochs of a run |
//! | `points` | points of the data that are set by hand |
//! | `touch` | a finger on a canvas that scrolls |
//! | `wheel` | the wheel on a focused knob and on the plane |
//! | `keys` | keys on the part that has the focus |
//! | `screen_reader` | what a screen reader asks of a part |
//! | `settings` | settings of training, which no part stands for |
//! | `typing` | a number is opened, and entered by a press elsewhere |
//! | `axes` | the axes of the plane after it was moved or zoomed |

mod axes;
mod keys;
mod pad;
mod pointer;
mod points;
mod screen_reader;
mod settings;
mod timeline;
mod touch;
mod typing;
mod wheel;

use egui::{Context, Id, Key, Pos2};

use crate::canvas::{Element, PlacedElement, Elements};
use neurodial_core::session::{Action, TrainingCommand, Gesture, Session, Hyperparameter, Adjustable};

use pointer::Drag;
use touch::Swipe;

/// What Shift makes of a movement.
const FINE_FACTOR: f64 = 0.1;

/// A run of wheel turns, or a held key.
#[derive(Debug, Clone, Copy)]
struct RepeatGesture {
    adjustable: Adjustable,
    gesture: Gesture,
    time: f64,
}

/// Turns mouse, touch, wheel, keys and screen readers into actions.
#[derive(Debug, Default)]
pub struct GestureInput {
    drag: Option<Drag>,
    swipe: Option<Swipe>,
    wheel: Option<RepeatGesture>,
    is_consuming_scroll: bool,
    held_key: Option<(Key, RepeatGesture)>,
    /// The key that moves a point, and its gesture.
    point_key: Option<(Key, Gesture)>,
    hyperparameter_drag: Option<settings::HyperparameterDrag>,
    /// The key that turns a setting, and its gesture.
    hyperparameter_key: Option<(Key, Hyperparameter, Gesture)>,
    last_press: Option<(f64, Pos2, Element)>,
    gesture_count: u64,
}

impl GestureInput {
    /// Whether something is being turned right now: then is no time to save or to fit axes.
    pub fn is_busy(&self) -> bool {
        self.drag.is_some() || self.held_key.is_some() || self.hyperparameter_drag.is_some()
    }

    /// What the hands did since the last frame, in the order in which they did it.
    pub fn process(&mut self, ctx: &Context, session: &Session, elements: &mut Elements) -> Vec<Action> {
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

/// The canvas whose rectangle egui says the pointer is on, nothing lying over it.
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
    Action::Turn {
        target: adjustable,
        value,
        gesture,
    }
}

/// The target that a part turns.
fn adjustable_of(element: Element) -> Option<Adjustable> {
    match element {
        Element::Adjustable(adjustable) | Element::Number(adjustable) | Element::CurrentPoint(adjustable) => Some(adjustable),
        Element::Term(knob) => Some(Adjustable::Knob(knob)),
        _ => None,
    }
}

/// A value without the noise that adding a step leaves behind (0.30000000000000004), rounded four digits finer
/// than the step.
fn round_to_step(value: f64, step: f64) -> f64 {
    let digits = (4.0 - libm::floor(libm::log10(step.abs()))).clamp(0.0, 15.0) as usize;
    let rounded = format!("{value:.digits$}").parse().unwrap_or(value);
    // Where the present value has finer digits than that, they are somebody's own: keep them.
    if (rounded - value).abs() <= 4.0 * f64::EPSILON * value.abs().max(step.abs()) {
        rounded
    } else {
        value
    }
}

fn click(placed: &PlacedElement, session: &Session, elements: &mut Elements, actions: &mut Vec<Action>) {
    match placed.element {
        Element::Neuron(at) => actions.push(Action::Select(at)),
        Element::Curve(at) => actions.push(Action::Select(at)),
        Element::Number(adjustable) => {
            let return_focus = elements.focus_target(placed).map(|element| (placed.canvas, element));
            typing::edit_current(placed.canvas, adjustable, return_focus, session, elements);
        }
        Element::Lock(knob) => {
            let locked = !session.document().locked.contains(&knob);
            actions.push(Action::SetLocked { knob, is_locked: locked });
        }
        Element::Term(knob) => actions.push(Action::Highlight(Some(Adjustable::Knob(knob)))),
        Element::PlotArea => actions.push(Action::Highlight(None)),
        Element::Branch(branch) => actions.push(Action::Training(TrainingCommand::SwitchToBranch(branch))),
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
