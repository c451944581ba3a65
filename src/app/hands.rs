//! Hands before eyes: gestures on the parts of the last frame become actions, before anything is drawn.

use egui::accesskit;
use egui::{Context, Event, Id, Key, Modifiers, PointerButton, Pos2};

use crate::canvas::{Editing, Grip, Motion, Part, Placed, Stage};
use crate::session::{Action, Axes, Gesture, Session, Target};

/// How long wheel turns of one knob are one gesture, in seconds.
const WHEEL_PAUSE: f64 = 1.0;
/// Two presses within this time, in seconds, and …
const DOUBLE_PRESS_TIME: f64 = 0.35;
/// … this distance, in points, are a double press.
const DOUBLE_PRESS_WAY: f32 = 6.0;
/// A press that moved less than this, in points, is a click.
const CLICK_WAY: f32 = 4.0;
/// How far an arrow key moves the plane, as a part of its width.
const PAN: f32 = 0.1;
/// What Shift makes of a movement.
const FINE: f64 = 0.1;

/// A grip in a hand, from press to release. Holds also when its row has scrolled away.
#[derive(Debug, Clone)]
struct Taken {
    placed: Placed,
    gesture: Gesture,
    /// The value so far, not yet clamped: so a hand that overshoots comes back to the same place.
    value: f64,
    /// The value at the press, to which Escape goes back.
    value_before: f64,
    pressed_at: Pos2,
    last: Pos2,
    has_moved: bool,
}

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
    wheel: Option<Run>,
    key: Option<(Key, Run)>,
    last_press: Option<(f64, Pos2, Part)>,
    gestures: u64,
}

impl Hands {
    /// Whether something is being turned right now: then is no time to save or to fit axes.
    pub fn are_busy(&self) -> bool {
        self.taken.is_some() || self.key.is_some()
    }

    /// What the hands did since the last frame, in the order in which they did it.
    pub fn work(&mut self, ctx: &Context, session: &Session, stage: &mut Stage) -> Vec<Action> {
        let mut actions = Vec::new();
        self.pointer(ctx, session, stage, &mut actions);
        self.wheel(ctx, session, stage, &mut actions);
        self.keys(ctx, session, stage, &mut actions);
        self.screen_reader(ctx, session, stage, &mut actions);
        actions
    }

    fn new_gesture(&mut self) -> Gesture {
        self.gestures += 1;
        Gesture(self.gestures)
    }

    fn pointer(&mut self, ctx: &Context, session: &Session, stage: &mut Stage, actions: &mut Vec<Action>) {
        let pos = ctx.input(|input| input.pointer.interact_pos());
        let canvas = canvas_under_pointer(ctx, stage);
        if let Some(pos) = ctx.input(|input| primary(&input.events, true))
            && let Some(canvas) = canvas
        {
            self.press(ctx, session, stage, canvas, pos, actions);
        }
        if ctx.input(|input| input.pointer.button_pressed(PointerButton::Secondary))
            && let (Some(canvas), Some(pos)) = (canvas, pos)
        {
            stage.menu = stage.at(canvas, pos).map(|placed| (placed.part, pos));
        }
        if ctx.input(|input| input.key_pressed(Key::Escape)) {
            self.let_go(stage, actions);
        }
        // The pointer may have gone on in the frame of the release.
        let released = ctx.input(|input| primary(&input.events, false));
        if let Some(pos) = released.or(pos) {
            self.drag(pos, ctx.input(|input| input.modifiers), actions);
        }
        if ctx.input(|input| !input.pointer.primary_down())
            && let Some(taken) = self.taken.take()
        {
            stage.turning = None;
            if !taken.has_moved {
                click(&taken.placed, session, stage, actions);
            }
        }
        self.light(ctx, stage, canvas, pos);
    }

    fn press(
        &mut self,
        ctx: &Context,
        session: &Session,
        stage: &mut Stage,
        canvas: Id,
        pos: Pos2,
        actions: &mut Vec<Action>,
    ) {
        let Some(placed) = stage.at(canvas, pos).cloned() else {
            actions.push(Action::Hold(None));
            return;
        };
        let time = ctx.input(|input| input.time);
        let is_double = self.last_press.is_some_and(|(then, at, part)| {
            part == placed.part && time - then < DOUBLE_PRESS_TIME && at.distance(pos) < DOUBLE_PRESS_WAY
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
            has_moved: false,
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
            let present = session.document().value(target).unwrap_or(0.0);
            taken.value = motion.pressed(pos, present);
            taken.value_before = present;
            actions.push(Action::Hold(Some(target)));
            if taken.value != present {
                taken.has_moved = true;
                actions.push(turn(target, taken.value, Some(taken.gesture)));
            }
        }
        stage.turning = taken.placed.grip.map(|_| taken.placed.part);
        self.taken = Some(taken);
    }

    fn drag(&mut self, pos: Pos2, modifiers: Modifiers, actions: &mut Vec<Action>) {
        let Some(taken) = &mut self.taken else {
            return;
        };
        if !taken.has_moved && pos.distance(taken.pressed_at) < CLICK_WAY {
            return;
        }
        taken.has_moved = true;
        let way = pos - taken.last;
        taken.last = pos;
        let Some(grip) = taken.placed.grip else {
            return;
        };
        if way == egui::Vec2::ZERO {
            return;
        }
        match (grip.turns, grip.motion) {
            (Some(target), motion) => {
                let scale = if modifiers.shift { FINE } else { 1.0 };
                taken.value += scale * motion.difference(way);
                actions.push(turn(target, taken.value, Some(taken.gesture)));
            }
            (None, Motion::Plane { rect, x, y }) => {
                let total = pos - taken.pressed_at;
                actions.push(Action::SetAxes(moved_axes(rect, x, y, total)));
            }
            (None, _) => {}
        }
    }

    /// Escape in the middle of a drag takes it back.
    fn let_go(&mut self, stage: &mut Stage, actions: &mut Vec<Action>) {
        if let Some(taken) = self.taken.take() {
            stage.turning = None;
            if let Some(target) = taken.placed.grip.and_then(|grip| grip.turns) {
                actions.push(turn(target, taken.value_before, Some(taken.gesture)));
            }
        }
    }

    /// What the pointer is on lights up; while something is turned, that alone.
    fn light(&self, ctx: &Context, stage: &mut Stage, canvas: Option<Id>, pos: Option<Pos2>) {
        if let Some(taken) = &self.taken {
            stage.lit = Some(taken.placed.part);
            if let Some(grip) = taken.placed.grip {
                ctx.set_cursor_icon(match grip.motion {
                    Motion::Plane { .. } => egui::CursorIcon::Grabbing,
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
                (_, Some(grip)) => ctx.set_cursor_icon(grip.cursor()),
                (Part::Neuron(_) | Part::Lock(_), None) => {
                    ctx.set_cursor_icon(egui::CursorIcon::PointingHand)
                }
                _ => {}
            }
        }
        stage.lit = hovered.map(|placed| placed.part);
    }

    /// The wheel turns only a focused knob, and zooms the plane; elsewhere it scrolls.
    fn wheel(&mut self, ctx: &Context, session: &Session, stage: &Stage, actions: &mut Vec<Action>) {
        let (scroll, zoom, pos, time, shift) = ctx.input(|input| {
            let lines = wheel_lines(&input.events);
            (
                lines,
                input.zoom_delta(),
                input.pointer.hover_pos(),
                input.time,
                input.modifiers.shift,
            )
        });
        if scroll == 0.0 && zoom == 1.0 {
            return;
        }
        let Some((canvas, pos)) = canvas_under_pointer(ctx, stage).zip(pos) else {
            return;
        };
        let Some(placed) = stage.at(canvas, pos) else {
            return;
        };
        if let Some(Grip {
            turns: None,
            motion: Motion::Plane { rect, x, y },
        }) = placed.grip
        {
            let factor = if zoom == 1.0 {
                1.1f64.powf(scroll)
            } else {
                f64::from(zoom)
            };
            actions.push(Action::SetAxes(zoomed_axes(rect, x, y, pos, factor)));
            swallow_scroll(ctx);
            return;
        }
        let has_focus = ctx
            .memory(|memory| memory.focused())
            .and_then(|id| stage.focused(id));
        let Some((_, current)) = has_focus.filter(|(_, current)| current.part.topic() == placed.part.topic())
        else {
            return;
        };
        let Some(target) = target_of(current.part) else {
            return;
        };
        swallow_scroll(ctx);
        let run = match self.wheel {
            Some(run) if run.target == target && time - run.time <= WHEEL_PAUSE => Run { time, ..run },
            _ => Run {
                target,
                gesture: self.new_gesture(),
                time,
            },
        };
        self.wheel = Some(run);
        let step = session.document().range(target).step * if shift { FINE } else { 1.0 };
        let value = session.document().value(target).unwrap_or(0.0) + scroll * step;
        actions.push(turn(target, tidy(value, step), Some(run.gesture)));
    }

    fn keys(&mut self, ctx: &Context, session: &Session, stage: &mut Stage, actions: &mut Vec<Action>) {
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
        for event in events {
            match event {
                Event::Key {
                    key,
                    pressed: true,
                    repeat,
                    modifiers,
                    ..
                } if !modifiers.command && !modifiers.alt => {
                    if let Some(target) = target_of(current.part)
                        && let Some(value) = key_value(key, modifiers, target, session, pending)
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
                    let next = match key {
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
                    if let Some(target) = target_of(current.part)
                        && text
                            .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | ',' | '−'))
                        && stage.editing.is_none()
                    {
                        stage.editing = Some(Editing {
                            canvas,
                            target,
                            text,
                            is_new: true,
                        });
                    }
                }
                _ => {}
            }
        }
    }

    fn screen_reader(
        &mut self,
        ctx: &Context,
        session: &Session,
        stage: &mut Stage,
        actions: &mut Vec<Action>,
    ) {
        let requests: Vec<accesskit::ActionRequest> = ctx.input(|input| {
            let requests = input.events.iter().filter_map(|event| match event {
                Event::AccessKitActionRequest(request) => Some(request.clone()),
                _ => None,
            });
            requests.collect()
        });
        for request in requests {
            let node = request.target_node;
            let Some(placed) = stage
                .placed()
                .iter()
                .find(|placed| placed.id.accesskit_id() == node)
                .cloned()
            else {
                continue;
            };
            let step = |direction: f64| {
                let target = target_of(placed.part)?;
                let step = session.document().range(target).step;
                let value = session.document().value(target)? + direction * step;
                Some(turn(target, tidy(value, step), None))
            };
            match request.action {
                accesskit::Action::Increment => actions.extend(step(1.0)),
                accesskit::Action::Decrement => actions.extend(step(-1.0)),
                accesskit::Action::SetValue => {
                    let value = match request.data {
                        Some(accesskit::ActionData::NumericValue(value)) => Some(value),
                        Some(accesskit::ActionData::Value(text)) => crate::words::parse_number(&text).ok(),
                        _ => None,
                    };
                    if let (Some(target), Some(value)) = (target_of(placed.part), value) {
                        actions.push(Action::Set { target, value });
                    }
                }
                accesskit::Action::Click => click(&placed, session, stage, actions),
                accesskit::Action::Focus => {
                    stage.wanted = stage.focus_of(&placed).map(|part| (placed.canvas, part));
                }
                _ => {}
            }
        }
    }
}

/// The canvas whose rectangle egui says the pointer is on, nothing lying over it.
fn canvas_under_pointer(ctx: &Context, stage: &Stage) -> Option<Id> {
    stage.canvases().into_iter().find(|&id| {
        ctx.read_response(id)
            .is_some_and(|response| response.contains_pointer())
    })
}

/// Where the primary button was pressed, or released.
fn primary(events: &[Event], is_press: bool) -> Option<Pos2> {
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

/// The wheel's way in notches, up for more.
fn wheel_lines(events: &[Event]) -> f64 {
    let lines = events.iter().map(|event| match event {
        Event::MouseWheel {
            unit,
            delta,
            modifiers,
            ..
        } if !modifiers.command => {
            // Shift makes some systems turn the wheel sideways.
            let way = if delta.y == 0.0 { delta.x } else { delta.y };
            match unit {
                egui::MouseWheelUnit::Line => f64::from(way),
                egui::MouseWheelUnit::Point => f64::from(way) / 40.0,
                egui::MouseWheelUnit::Page => f64::from(way) * 10.0,
            }
        }
        _ => 0.0,
    });
    lines.sum()
}

fn swallow_scroll(ctx: &Context) {
    ctx.input_mut(|input| input.smooth_scroll_delta = egui::Vec2::ZERO);
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
        Part::Number(target) => begin_editing(placed.canvas, target, session, stage),
        Part::Lock(knob) => {
            let locked = !session.document().locked.contains(&knob);
            actions.push(Action::SetLocked { knob, locked });
        }
        Part::Term(knob) => actions.push(Action::Hold(Some(Target::Knob(knob)))),
        Part::Plane => actions.push(Action::Hold(None)),
        Part::Target(_) | Part::Present(_) | Part::Threshold => {}
    }
}

fn double_click(placed: &Placed, actions: &mut Vec<Action>) {
    match placed.part {
        Part::Target(target) => actions.push(Action::Reset(target)),
        Part::Plane => actions.push(Action::SetAxes(Axes { x: None, y: None })),
        _ => {}
    }
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
        (Key::Enter | Key::Space, Part::Neuron(at) | Part::Curve(at)) => actions.push(Action::Select(at)),
        (Key::ArrowLeft | Key::ArrowRight, Part::Plane) => {
            let placed = stage.placed().iter().find(|placed| placed.part == part);
            if let Some(Motion::Plane { rect, x, y }) =
                placed.and_then(|placed| placed.grip).map(|grip| grip.motion)
            {
                let way = if key == Key::ArrowLeft { PAN } else { -PAN };
                actions.push(Action::SetAxes(moved_axes(
                    rect,
                    x,
                    y,
                    egui::vec2(way * rect.width(), 0.0),
                )));
            }
        }
        (Key::Enter | Key::F2, _) => {
            if let Some(target) = target_of(part) {
                begin_editing(canvas, target, session, stage);
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
        (Key::M, _) => {
            if let Some(placed) = stage
                .placed()
                .iter()
                .find(|placed| placed.canvas == canvas && placed.part == part)
            {
                stage.menu = Some((part, placed.place.bounds().center_bottom()));
            }
        }
        _ => {}
    }
}

/// Opens a number for typing, with the fewest digits that say it exactly.
fn begin_editing(canvas: Id, target: Target, session: &Session, stage: &mut Stage) {
    let value = session.document().value(target).unwrap_or(0.0);
    stage.editing = Some(Editing {
        canvas,
        target,
        // With its decimal point it is longer than one typed character, so all of it is selected.
        text: format!("{value:?}"),
        is_new: true,
    });
}

fn moved_axes(rect: egui::Rect, x: [f64; 2], y: [f64; 2], way: egui::Vec2) -> Axes {
    let dx = -f64::from(way.x / rect.width().max(1.0)) * (x[1] - x[0]);
    let dy = f64::from(way.y / rect.height().max(1.0)) * (y[1] - y[0]);
    Axes {
        x: Some([x[0] + dx, x[1] + dx]),
        y: Some([y[0] + dy, y[1] + dy]),
    }
}

fn zoomed_axes(rect: egui::Rect, x: [f64; 2], y: [f64; 2], pos: Pos2, factor: f64) -> Axes {
    let zoomed = |ends: [f64; 2], fraction: f32| {
        let middle = ends[0] + f64::from(fraction) * (ends[1] - ends[0]);
        [
            middle - (middle - ends[0]) / factor,
            middle + (ends[1] - middle) / factor,
        ]
    };
    let across = (pos.x - rect.left()) / rect.width().max(1.0);
    let up = (rect.bottom() - pos.y) / rect.height().max(1.0);
    Axes {
        x: Some(zoomed(x, across)),
        y: Some(zoomed(y, up)),
    }
}
