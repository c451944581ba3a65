//! Press, drag, release, and what the pointer is on.

use egui::{Context, Event, Id, Key, Modifiers, PointerButton, Pos2};

use crate::canvas::{Grip, Hovered, Menu, Motion, Part, Placed, Stage};
use neurodial_core::insight::bend::value_through;
use neurodial_core::session::{Action, Axes, Coaching, Gesture, Session, Target};

use super::pad::Pair;
use super::points::{self, Carried};
use super::{FINE, Hands, axes, canvas_under_pointer, click, timeline, turn, typing};

/// Two presses within this time, in seconds, and …
const DOUBLE_PRESS_TIME: f64 = 0.35;
/// … this distance, in points, are a double press.
const DOUBLE_PRESS_WAY: f32 = 6.0;
/// A press that moved less than this, in points, is a click.
pub(super) const CLICK_WAY: f32 = 4.0;

/// A grip in a hand, from press to release. Holds also when its row has scrolled away.
#[derive(Debug, Clone)]
pub(super) struct Taken {
    placed: Placed,
    gesture: Gesture,
    /// The value so far, not yet clamped: so a hand that overshoots comes back to the same place.
    value: f64,
    /// The value at the press, to which Escape goes back.
    value_before: f64,
    pressed_at: Pos2,
    last: Pos2,
    /// Where this stretch of the drag began, and the value there. The value follows from the way since then, not
    /// from a sum of small ways: so a hand that comes back comes back to the very same value.
    anchor: Pos2,
    anchor_value: f64,
    /// How often this stretch went round a dial.
    rounds: i32,
    /// Whether this stretch is turned with Shift.
    is_fine: bool,
    has_moved: bool,
    /// The numbers of a point that turns two of them.
    pair: Option<Pair>,
    /// The point of the data, if it is one.
    point: Option<Carried>,
}

impl Hands {
    pub(super) fn pointer(
        &mut self,
        ctx: &Context,
        session: &Session,
        stage: &mut Stage,
        actions: &mut Vec<Action>,
    ) {
        let pos = ctx.input(|input| input.pointer.interact_pos());
        let canvas = canvas_under_pointer(ctx, stage);
        if let Some(pos) = ctx.input(|input| primary(&input.events, true))
            && let Some(canvas) = canvas
            && !self.begin_swipe(ctx, stage, canvas, pos)
        {
            self.press(ctx, session, stage, (canvas, pos), actions);
        }
        self.end_swipe(ctx, session, stage, pos, actions);
        if ctx.input(|input| input.pointer.button_pressed(PointerButton::Secondary))
            && let (Some(canvas), Some(pos)) = (canvas, pos)
        {
            let part = stage.at(canvas, pos).map(|placed| placed.part);
            actions.extend(part.and_then(|part| points::taken_away(part, session)));
            stage.menu = stage.at(canvas, pos).map(|placed| Menu {
                part: placed.part,
                at: pos,
                back: None,
                is_new: false,
            });
        }
        if ctx.input(|input| input.key_pressed(Key::Escape)) {
            self.let_go(stage, actions);
        }
        // The pointer may have gone on in the frame of the release.
        let released = ctx.input(|input| primary(&input.events, false));
        if let Some(pos) = released.or(pos) {
            self.drag(pos, ctx.input(|input| input.modifiers), session, actions);
        }
        if ctx.input(|input| !input.pointer.primary_down())
            && let Some(taken) = self.taken.take()
        {
            stage.turning = None;
            if !taken.has_moved {
                let set = pos.and_then(|pos| points::set(&taken.placed, pos, session));
                actions.extend(set);
                click(&taken.placed, session, stage, actions);
            }
        }
        self.light(ctx, stage, canvas, pos);
    }

    pub(super) fn press(
        &mut self,
        ctx: &Context,
        session: &Session,
        stage: &mut Stage,
        (canvas, pos): (Id, Pos2),
        actions: &mut Vec<Action>,
    ) {
        let typed = typing::enter(stage, actions);
        let Some(placed) = stage.at(canvas, pos).cloned() else {
            actions.push(Action::Hold(None));
            return;
        };
        let time = ctx.input(|input| input.time);
        // Points are set and taken one after the other, as quickly as a hand likes.
        let is_point = matches!(placed.part, Part::Sample(_) | Part::Field);
        let is_double = self.last_press.is_some_and(|(then, at, part)| {
            !is_point
                && part == placed.part
                && time - then < DOUBLE_PRESS_TIME
                && at.distance(pos) < DOUBLE_PRESS_WAY
        });
        self.last_press = (!is_double).then_some((time, pos, placed.part));
        stage.wanted = stage.focus_of(&placed).map(|part| (canvas, part));
        if is_double {
            double_click(&placed, actions);
            return;
        }
        let mut taken = Taken {
            gesture: self.new_gesture(),
            value: 0.0,
            value_before: 0.0,
            pressed_at: pos,
            last: pos,
            anchor: pos,
            anchor_value: 0.0,
            rounds: 0,
            is_fine: false,
            has_moved: false,
            pair: None,
            point: Carried::pressed(&placed, session),
            placed,
        };
        if let Some(Grip {
            turns: Some(target),
            motion,
        }) = taken.placed.grip
        {
            if session.document().is_locked(target) {
                // The refusal says why nothing moves.
                actions.push(turn(target, 0.0, None));
                return;
            }
            let mut present = session.document().value(target).unwrap_or(0.0);
            let mut motion = motion;
            if let Some((known, value)) = typed
                && known == target
            {
                // What was typed is entered before the press, which then takes hold where it would be drawn.
                present = value;
                motion = motion.after(value, session.document().range(target));
                taken.placed.grip = Some(Grip {
                    turns: Some(target),
                    motion,
                });
            }
            taken.value = motion.pressed(pos, present);
            taken.anchor_value = taken.value;
            taken.value_before = present;
            // A click on a curve only selects its neuron.
            if !matches!(motion, Motion::Curve { .. }) {
                actions.push(Action::Hold(Some(target)));
            }
            if taken.value != present {
                taken.has_moved = true;
                actions.push(turn(target, taken.value, Some(taken.gesture)));
            }
        }
        let motion = taken.placed.grip.map(|grip| grip.motion);
        match motion.and_then(|motion| Pair::pressed(motion, pos, session)) {
            Some(Ok(pair)) => {
                if pair.has_moved() {
                    taken.has_moved = true;
                    actions.extend(pair.turns(taken.gesture));
                }
                taken.pair = Some(pair);
            }
            Some(Err(locked)) => {
                actions.push(turn(locked, 0.0, None));
                return;
            }
            None => {}
        }
        if let Some(motion @ Motion::Timeline { is_pressed, .. }) = motion {
            // Where Escape goes back to.
            taken.value_before = session.run().at as f64;
            if is_pressed {
                taken.has_moved = true;
                actions.extend(timeline::go_to(motion, pos));
            }
        }
        if taken.placed.grip.is_some() {
            stage.turning = Some(taken.placed.part);
            // Otherwise a finger would scroll as well.
            ctx.set_dragged_id(canvas);
        }
        self.taken = Some(taken);
    }

    fn drag(&mut self, pos: Pos2, modifiers: Modifiers, session: &Session, actions: &mut Vec<Action>) {
        let Some(taken) = &mut self.taken else {
            return;
        };
        if !taken.has_moved && pos.distance(taken.pressed_at) < CLICK_WAY {
            return;
        }
        let is_first = !std::mem::replace(&mut taken.has_moved, true);
        let Some(grip) = taken.placed.grip else {
            return;
        };
        if modifiers.shift != taken.is_fine {
            taken.is_fine = modifiers.shift;
            taken.anchor = taken.last;
            taken.anchor_value = taken.value;
            if let Some(pair) = &mut taken.pair {
                pair.drop_anchor();
            }
            if let Some(point) = &mut taken.point {
                point.drop_anchor();
            }
            taken.rounds = 0;
        }
        if pos == taken.last {
            return;
        }
        taken.rounds += grip.motion.rounds(taken.last, pos);
        taken.last = pos;
        match (grip.turns, grip.motion) {
            (Some(target), Motion::Curve { .. }) => {
                if is_first {
                    actions.push(Action::Hold(Some(target)));
                }
                if let Some(value) = bent(&taken.placed, pos, session) {
                    let before = bent(&taken.placed, taken.anchor, session).unwrap_or(value);
                    taken.value = if taken.is_fine {
                        taken.anchor_value + FINE * (value - before)
                    } else {
                        value
                    };
                    actions.push(turn(target, taken.value, Some(taken.gesture)));
                }
            }
            (Some(target), motion) => {
                let scale = if taken.is_fine { FINE } else { 1.0 };
                let rounds = f64::from(taken.rounds) * motion.value_of_round();
                let way = motion.difference(taken.anchor, pos) + rounds;
                taken.value = taken.anchor_value + scale * way;
                actions.push(turn(target, taken.value, Some(taken.gesture)));
            }
            (None, Motion::Plane { rect, x, y }) => {
                let total = pos - taken.pressed_at;
                actions.push(Action::SetAxes(axes::moved(rect, x, y, total)));
            }
            (None, motion @ Motion::Spot { .. }) => {
                if let Some(point) = &mut taken.point
                    && point
                        .go(motion, [taken.anchor, pos], taken.is_fine, session)
                        .is_some()
                {
                    actions.push(point.turn(taken.gesture));
                }
            }
            (None, motion @ Motion::Timeline { .. }) => actions.extend(timeline::go_to(motion, pos)),
            (None, motion) => {
                if let Some(pair) = &mut taken.pair {
                    let scale = if taken.is_fine { FINE } else { 1.0 };
                    pair.go(motion.differences(taken.anchor, pos), scale);
                    actions.extend(pair.turns(taken.gesture));
                }
            }
        }
    }

    /// Escape in the middle of a drag takes it back.
    fn let_go(&mut self, stage: &mut Stage, actions: &mut Vec<Action>) {
        if let Some(taken) = self.taken.take() {
            stage.turning = None;
            if let Some(target) = taken.placed.grip.and_then(|grip| grip.turns) {
                actions.push(turn(target, taken.value_before, Some(taken.gesture)));
            }
            actions.extend(
                taken
                    .point
                    .iter()
                    .filter(|_| taken.has_moved)
                    .map(|point| point.turn_back(taken.gesture)),
            );
            actions.extend(taken.pair.iter().flat_map(|pair| pair.turns_back(taken.gesture)));
            if let (Some(Motion::Timeline { .. }), true) =
                (taken.placed.grip.map(|grip| grip.motion), taken.has_moved)
            {
                let epoch = taken.value_before as usize;
                actions.push(Action::Coach(Coaching::GoTo(epoch)));
            }
        }
    }

    /// What the pointer is on lights up; while something is turned, that alone.
    fn light(&self, ctx: &Context, stage: &mut Stage, canvas: Option<Id>, pos: Option<Pos2>) {
        if let Some(taken) = &self.taken {
            stage.lit = Some(taken.placed.part);
            stage.hovered = None;
            if let Some(grip) = taken.placed.grip {
                // A curve that goes with the hand lights up what makes it go.
                if let (Motion::Curve { .. }, Some(target), true) = (grip.motion, grip.turns, taken.has_moved)
                {
                    stage.lit = Some(Part::Target(target));
                }
                ctx.set_cursor_icon(match grip.motion {
                    Motion::Plane { .. } | Motion::Round { .. } | Motion::Curve { .. } => {
                        egui::CursorIcon::Grabbing
                    }
                    _ => grip.cursor(),
                });
            }
            return;
        }
        let hovered = canvas.zip(pos).and_then(|(canvas, pos)| stage.at(canvas, pos));
        if let Some(placed) = hovered {
            match (placed.part, placed.grip) {
                (Part::Number(_), _) => ctx.set_cursor_icon(egui::CursorIcon::Text),
                (Part::Plane, _) => {}
                (Part::Branch(_), _) => ctx.set_cursor_icon(egui::CursorIcon::PointingHand),
                (_, Some(grip)) => ctx.set_cursor_icon(grip.cursor()),
                (Part::Neuron(_) | Part::Lock(_), None) => {
                    ctx.set_cursor_icon(egui::CursorIcon::PointingHand)
                }
                _ => {}
            }
        }
        let lit = hovered.map(|placed| placed.part);
        let taking = hovered.and_then(|placed| {
            Some(Hovered {
                canvas: placed.canvas,
                part: placed.part,
                grip: placed.grip?,
                at: pos?,
            })
        });
        stage.lit = lit;
        stage.hovered = taking;
    }
}

/// The value that puts a curve through the pointer.
fn bent(placed: &Placed, pos: Pos2, session: &Session) -> Option<f64> {
    let grip = placed.grip?;
    let (Part::Curve(at), Some(Target::Knob(knob))) = (placed.part, grip.turns) else {
        return None;
    };
    let (document, view) = (session.document(), session.view());
    let point = grip.motion.point(pos)?;
    value_through(document, view.over, at, knob, view.quantity, point)
}

/// Where the primary button was pressed, or released.
pub(super) fn primary(events: &[Event], is_press: bool) -> Option<Pos2> {
    events.iter().find_map(|event| match event {
        Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            ..
        } if *pressed == is_press => Some(*pos),
        _ => None,
    })
}

fn double_click(placed: &Placed, actions: &mut Vec<Action>) {
    match placed.part {
        Part::Target(target) => actions.push(Action::Reset(target)),
        Part::Plane => actions.push(Action::SetAxes(Axes { x: None, y: None })),
        _ => {}
    }
}
