//! Keys on the part that has the focus.

use egui::{Context, Event, Id, Key, Modifiers};

use crate::canvas::{Menu, Motion, Part, Stage};
use neurodial_core::network::Knob;
use neurodial_core::session::{Action, Coaching, Session, Target};

use super::{FINE, Hands, Run, axes, pad, points, target_of, tidy, timeline, turn, typing};

/// How far an arrow key moves the plane, as a part of its width.
const PAN: f32 = 0.1;

impl Hands {
    pub(super) fn keys(
        &mut self,
        ctx: &Context,
        session: &Session,
        stage: &mut Stage,
        actions: &mut Vec<Action>,
    ) {
        if let Some((key, _)) = self.key
            && !ctx.input(|input| input.key_down(key))
        {
            self.key = None;
        }
        let Some((canvas, current)) = ctx
            .memory(|memory| memory.focused())
            .and_then(|id| stage.focused(id))
        else {
            return;
        };
        let events = ctx.input(|input| input.events.clone());
        // Several steps can come in one frame; each goes on from the one before.
        let mut pending: Option<(Target, f64)> = None;
        let mut epoch = session.run().at;
        for event in events {
            if typing::take_key(&event, stage, actions) {
                continue;
            }
            match event {
                Event::Key {
                    key,
                    pressed: true,
                    repeat,
                    modifiers,
                    ..
                } if !modifiers.command && !modifiers.alt => {
                    if let Some(action) = timeline::key(current.part, key, session, &mut epoch) {
                        actions.push(action);
                        continue;
                    }
                    let turned = pad::key_target(current.part, key, modifiers);
                    let turned = turned.or(target_of(current.part).map(|target| (target, key)));
                    if let Some((target, turning)) = turned
                        && let Some(value) = key_value(turning, modifiers, target, session, pending)
                    {
                        let time = 0.0;
                        let run = match self.key {
                            Some((held, run)) if held == key && repeat && run.target == target => run,
                            _ => Run {
                                target,
                                gesture: self.new_gesture(),
                                time,
                            },
                        };
                        self.key = Some((key, run));
                        pending = Some((target, value));
                        actions.push(Action::Hold(Some(target)));
                        actions.push(turn(target, value, Some(run.gesture)));
                        continue;
                    }
                    if let Some(action) =
                        self.point_key(canvas, current.part, key, (modifiers, repeat), session, stage)
                    {
                        actions.push(action);
                        continue;
                    }
                    // F10 alone is the system's.
                    if key == Key::F10 && !modifiers.shift {
                        continue;
                    }
                    let next = match key {
                        Key::ArrowUp if modifiers.shift => beside(current.part, -1, session),
                        Key::ArrowDown if modifiers.shift => beside(current.part, 1, session),
                        Key::PageUp if matches!(current.part, Part::Sample(_) | Part::Field) => {
                            current.links.before
                        }
                        Key::PageDown if matches!(current.part, Part::Sample(_) | Part::Field) => {
                            current.links.after
                        }
                        Key::ArrowUp => current.links.before,
                        Key::ArrowDown => current.links.after,
                        _ => None,
                    };
                    if let Some(part) = next {
                        stage.wanted = Some((canvas, part));
                        stage.lit = Some(part);
                    } else {
                        press_key(key, canvas, current.part, session, stage, actions);
                    }
                }
                Event::Text(text) => {
                    if let Some(editing) = &mut stage.editing {
                        // Its field opens in this frame, so it has not seen this text.
                        editing.draft.type_more(&text);
                    } else if let Some(target) = target_of(current.part)
                        && text
                            .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | ',' | '−'))
                    {
                        typing::begin(canvas, target, (canvas, current.part), text, stage);
                    }
                }
                _ => {}
            }
        }
    }
}

impl Hands {
    /// What a key does on a point of the data. A held key is one gesture.
    fn point_key(
        &mut self,
        canvas: Id,
        part: Part,
        key: Key,
        (modifiers, repeat): (Modifiers, bool),
        session: &Session,
        stage: &Stage,
    ) -> Option<Action> {
        let mut placed = stage.placed().iter();
        let placed = placed.find(|placed| placed.canvas == canvas && placed.part == part)?;
        let gesture = match self.point_key {
            Some((held, gesture)) if held == key && repeat => gesture,
            _ => self.new_gesture(),
        };
        let action = points::key(placed, key, modifiers, session, gesture)?;
        self.point_key = Some((key, gesture));
        Some(action)
    }
}

/// The knob on the same input in the neuron before or after, as the rows of a matrix lie.
fn beside(part: Part, step: isize, session: &Session) -> Option<Part> {
    let Some(Target::Knob(knob)) = target_of(part) else {
        return None;
    };
    let neuron = knob.neuron.checked_add_signed(step)?;
    let beside = Knob { neuron, ..knob };
    session
        .blueprint()
        .contains(beside)
        .then_some(Part::Target(beside.into()))
}

/// The value to which a key turns, if it turns.
fn key_value(
    key: Key,
    modifiers: Modifiers,
    target: Target,
    session: &Session,
    pending: Option<(Target, f64)>,
) -> Option<f64> {
    let range = session.document().range(target);
    let value = match pending {
        Some((_, value)) => value,
        None => session.document().value(target)?,
    };
    let step = range.step * if modifiers.shift { FINE } else { 1.0 };
    let page = 10.0 * range.step;
    Some(match key {
        Key::ArrowLeft => range.clamp(tidy(value - step, step)),
        Key::ArrowRight => range.clamp(tidy(value + step, step)),
        Key::PageDown => range.clamp(tidy(value - page, page)),
        Key::PageUp => range.clamp(tidy(value + page, page)),
        Key::Home => range.min,
        Key::End => range.max,
        _ => return None,
    })
}

fn press_key(
    key: Key,
    canvas: Id,
    part: Part,
    session: &Session,
    stage: &mut Stage,
    actions: &mut Vec<Action>,
) {
    match (key, part) {
        (Key::Enter | Key::Space, Part::Branch(branch)) => {
            actions.push(Action::Coach(Coaching::TakeUp(branch)));
        }
        (Key::Enter | Key::Space, Part::Neuron(at) | Part::Curve(at)) => actions.push(Action::Select(at)),
        (Key::ArrowLeft | Key::ArrowRight, Part::Plane) => {
            let placed = stage.placed().iter().find(|placed| placed.part == part);
            if let Some(Motion::Plane { rect, x, y }) =
                placed.and_then(|placed| placed.grip).map(|grip| grip.motion)
            {
                let way = if key == Key::ArrowLeft { PAN } else { -PAN };
                actions.push(Action::SetAxes(axes::moved(
                    rect,
                    x,
                    y,
                    egui::vec2(way * rect.width(), 0.0),
                )));
            }
        }
        (Key::Enter | Key::F2, _) => {
            if let Some(target) = target_of(part) {
                typing::change(canvas, target, Some((canvas, part)), session, stage);
            }
        }
        (Key::Delete | Key::Backspace, _) => actions.extend(target_of(part).map(Action::Reset)),
        (Key::L, _) => {
            if let Some(Target::Knob(knob)) = target_of(part) {
                let locked = !session.document().locked.contains(&knob);
                actions.push(Action::SetLocked { knob, locked });
            }
        }
        (Key::C, _) => actions.extend(target_of(part).map(Action::Sweep)),
        (Key::M | Key::Menu | Key::F10, _) => open_menu(canvas, part, stage),
        _ => {}
    }
}

fn open_menu(canvas: Id, part: Part, stage: &mut Stage) {
    let mut placed = stage.placed().iter();
    if let Some(placed) = placed.find(|placed| placed.canvas == canvas && placed.part == part) {
        stage.menu = Some(Menu {
            part,
            at: placed.place.bounds().center_bottom(),
            back: Some((canvas, part)),
            is_new: true,
        });
    }
}
