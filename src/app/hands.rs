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

use crate::canvas::{Part, Placed, Stage};
use neurodial_core::session::{Action, Coaching, Gesture, Session, Setting, Target};

use pointer::Taken;
use touch::Swipe;

/// What Shift makes of a movement.
const FINE: f64 = 0.1;

/// A run of wheel turns, or a held key.
#[derive(Debug, Clone, Copy)]
struct Run {
    target: Target,
    gesture: Gesture,
    time: f64,
}

/// Turns mouse, touch, wheel, keys and screen readers into actions.
#[derive(Debug, Default)]
pub struct Hands {
    taken: Option<Taken>,
    swipe: Option<Swipe>,
    wheel: Option<Run>,
    is_swallowing: bool,
    key: Option<(Key, Run)>,
    /// The key that moves a point, and its gesture.
    point_key: Option<(Key, Gesture)>,
    setting: Option<settings::Held>,
    /// The key that turns a setting, and its gesture.
    setting_key: Option<(Key, Setting, Gesture)>,
    last_press: Option<(f64, Pos2, Part)>,
    gestures: u64,
}

impl Hands {
    /// Whether something is being turned right now: then is no time to save or to fit axes.
    pub fn are_busy(&self) -> bool {
        self.taken.is_some() || self.key.is_some() || self.setting.is_some()
    }

    /// What the hands did since the last frame, in the order in which they did it.
    pub fn work(&mut self, ctx: &Context, session: &Session, stage: &mut Stage) -> Vec<Action> {
        let mut actions = Vec::new();
        self.pointer(ctx, session, stage, &mut actions);
        self.wheel(ctx, session, stage, &mut actions);
        self.keys(ctx, session, stage, &mut actions);
        self.screen_reader(ctx, session, stage, &mut actions);
        self.settings(ctx, session, &mut actions);
        actions
    }

    fn new_gesture(&mut self) -> Gesture {
        self.gestures += 1;
        Gesture(self.gestures)
    }
}

/// The canvas whose rectangle egui says the pointer is on, nothing lying over it.
fn canvas_under_pointer(ctx: &Context, stage: &Stage) -> Option<Id> {
    if ctx.input(|input| {
        input
            .pointer
            .interact_pos()
            .is_some_and(|pos| stage.is_in_field(pos))
    }) {
        return None;
    }
    stage.canvases().into_iter().find(|&id| {
        ctx.read_response(id)
            .is_some_and(|response| response.contains_pointer())
    })
}

fn turn(target: Target, value: f64, gesture: Option<Gesture>) -> Action {
    Action::Turn {
        target,
        value,
        gesture,
    }
}

/// The target that a part turns.
fn target_of(part: Part) -> Option<Target> {
    match part {
        Part::Target(target) | Part::Number(target) | Part::Present(target) => Some(target),
        Part::Term(knob) => Some(Target::Knob(knob)),
        _ => None,
    }
}

/// A value without the noise that adding a step leaves behind (0.30000000000000004), rounded four digits finer
/// than the step.
fn tidy(value: f64, step: f64) -> f64 {
    let digits = (4.0 - libm::floor(libm::log10(step.abs()))).clamp(0.0, 15.0) as usize;
    let rounded = format!("{value:.digits$}").parse().unwrap_or(value);
    // Where the present value has finer digits than that, they are somebody's own: keep them.
    if (rounded - value).abs() <= 4.0 * f64::EPSILON * value.abs().max(step.abs()) {
        rounded
    } else {
        value
    }
}

fn click(placed: &Placed, session: &Session, stage: &mut Stage, actions: &mut Vec<Action>) {
    match placed.part {
        Part::Neuron(at) => actions.push(Action::Select(at)),
        Part::Curve(at) => actions.push(Action::Select(at)),
        Part::Number(target) => {
            let back = stage.focus_of(placed).map(|part| (placed.canvas, part));
            typing::change(placed.canvas, target, back, session, stage);
        }
        Part::Lock(knob) => {
            let locked = !session.document().locked.contains(&knob);
            actions.push(Action::SetLocked { knob, locked });
        }
        Part::Term(knob) => actions.push(Action::Hold(Some(Target::Knob(knob)))),
        Part::Plane => actions.push(Action::Hold(None)),
        Part::Branch(branch) => actions.push(Action::Coach(Coaching::TakeUp(branch))),
        Part::Target(_)
        | Part::Present(_)
        | Part::Threshold
        | Part::Point(_)
        | Part::Timeline
        | Part::Sample(_)
        | Part::Field
        | Part::Verdict { .. } => {}
    }
}
