//! Settings of training that are turned: their gauges are dragged, keyed, and asked for by a screen reader.

use std::sync::Arc;

use egui::{Context, Event, Key, Pos2, accesskit};

use crate::panes::training::controls::gauge::{Typing, id_of};
use neurodial_core::session::rail::Stride;
use neurodial_core::session::{Action, Choice, Course, Gesture, Session, Setting};
use crate::widgets::gauge::GaugeGeometry;
use neurodial_core::words::Draft;

use super::pointer::{CLICK_WAY, primary};
use super::{FINE, Hands};

/// How near to the handle a press takes it instead of moving it, in points.
const HANDLE_REACH: f32 = 8.0;

/// A setting in a hand, from press to release.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held {
    setting: Setting,
    gesture: Gesture,
    geometry: GaugeGeometry,
    /// The value at the press, to which Escape goes back.
    before: f64,
    pressed_at: Pos2,
    /// Where this stretch of the drag began, and how far along the rail it was there.
    anchor: Pos2,
    anchor_fraction: f64,
    fraction: f64,
    /// Where the pointer was when the value last followed it.
    last: Option<Pos2>,
    is_fine: bool,
    has_moved: bool,
    is_on_rail: bool,
}

impl Hands {
    pub(super) fn settings(&mut self, ctx: &Context, session: &Session, actions: &mut Vec<Action>) {
        let Some(course) = session.course() else {
            self.setting = None;
            return;
        };
        let mut choice = course.choice().clone();
        let mut gesture = None;
        self.drag_setting(ctx, course, &mut choice, &mut gesture);
        self.key_setting(ctx, course, &mut choice, &mut gesture);
        self.ask_setting(ctx, course, &mut choice, &mut gesture);
        if let Some(gesture) = gesture
            && choice != *course.choice()
            && let Ok(changed) = course.changed(choice)
        {
            let course = Arc::new(changed);
            actions.push(Action::DragCourse { course, gesture });
        }
    }

    fn drag_setting(
        &mut self,
        ctx: &Context,
        course: &Course,
        choice: &mut Choice,
        gesture: &mut Option<Gesture>,
    ) {
        let events = ctx.input(|input| input.events.clone());
        if let Some(pos) = primary(&events, true) {
            self.press_setting(ctx, course, pos);
        }
        let Some(mut held) = self.setting else { return };
        if ctx.input(|input| input.key_pressed(Key::Escape)) {
            if held.has_moved {
                *choice = held.setting.with(choice, held.before);
                *gesture = Some(held.gesture);
            }
            self.setting = None;
            return;
        }
        // The pointer may have gone on in the frame of the release.
        let released = primary(&events, false);
        let pos = released.or_else(|| ctx.input(|input| input.pointer.interact_pos()));
        if let Some(pos) = pos {
            let is_fine = ctx.input(|input| input.modifiers.shift);
            if held.go(pos, is_fine) {
                let rail = held.setting.rail(course);
                *choice = held
                    .setting
                    .with(choice, rail.value_at(held.fraction, held.is_fine));
                *gesture = Some(held.gesture);
            }
        }
        self.setting = Some(held);
        if released.is_some() || !ctx.input(|input| input.pointer.primary_down()) {
            if !held.has_moved && !held.is_on_rail {
                open(ctx, held.setting, Draft::of_text(held.setting.words(choice)));
            }
            self.setting = None;
        }
    }

    fn press_setting(&mut self, ctx: &Context, course: &Course, pos: Pos2) {
        let typing = Typing::load(ctx).map(|typing| typing.setting);
        let found = Setting::ALL.into_iter().find_map(|setting| {
            let response = ctx.read_response(id_of(setting))?;
            let is_here = response.contains_pointer() && response.enabled() && typing != Some(setting);
            is_here.then_some((setting, response.rect))
        });
        let Some((setting, rect)) = found else { return };
        let geometry = GaugeGeometry::within(rect);
        let before = setting.value(course.choice());
        let mut fraction = setting.rail(course).fraction_of(before);
        let is_on_rail = geometry.is_on_rail(pos);
        let is_beside = is_on_rail && (geometry.at(fraction).x - pos.x).abs() > HANDLE_REACH;
        if is_beside {
            fraction = geometry.fraction(geometry.from, pos).clamp(0.0, 1.0);
        }
        ctx.memory_mut(|memory| memory.request_focus(id_of(setting)));
        self.setting = Some(Held {
            setting,
            gesture: self.new_gesture(),
            geometry,
            before,
            pressed_at: pos,
            anchor: pos,
            anchor_fraction: fraction,
            fraction,
            // Pressed beside the handle it goes there at once.
            last: (!is_beside).then_some(pos),
            is_fine: false,
            has_moved: is_beside,
            is_on_rail,
        });
    }

    fn key_setting(
        &mut self,
        ctx: &Context,
        course: &Course,
        choice: &mut Choice,
        gesture: &mut Option<Gesture>,
    ) {
        if let Some((key, ..)) = self.setting_key
            && !ctx.input(|input| input.key_down(key))
        {
            self.setting_key = None;
        }
        let focused = ctx.memory(|memory| memory.focused());
        let found = Setting::ALL
            .into_iter()
            .find(|&setting| focused == Some(id_of(setting)));
        let Some(setting) = found else { return };
        let rail = setting.rail(course);
        for event in ctx.input(|input| input.events.clone()) {
            match event {
                Event::Key {
                    key,
                    pressed: true,
                    repeat,
                    modifiers,
                    ..
                } if !modifiers.command && !modifiers.alt => {
                    let value = setting.value(choice);
                    let stride = if modifiers.shift {
                        Stride::Fine
                    } else {
                        Stride::Step
                    };
                    let value = match key {
                        Key::ArrowLeft => rail.stepped(value, stride, false),
                        Key::ArrowRight => rail.stepped(value, stride, true),
                        Key::PageDown => rail.stepped(value, Stride::Page, false),
                        Key::PageUp => rail.stepped(value, Stride::Page, true),
                        Key::Home => rail.end(false),
                        Key::End => rail.end(true),
                        Key::Delete | Key::Backspace => setting.usual(choice),
                        Key::Enter | Key::F2 => {
                            open(ctx, setting, Draft::of_text(setting.words(choice)));
                            return;
                        }
                        _ => continue,
                    };
                    let own = match self.setting_key {
                        Some((held, turned, gesture)) if held == key && turned == setting && repeat => {
                            gesture
                        }
                        _ => self.new_gesture(),
                    };
                    self.setting_key = Some((key, setting, own));
                    *gesture = Some(own);
                    *choice = setting.with(choice, value);
                }
                Event::Text(text) => match Typing::load(ctx) {
                    // Its field opens in this frame, so it has not seen this text.
                    Some(mut typing) if typing.setting == setting => {
                        typing.draft.type_more(&text);
                        Typing::store(ctx, Some(typing));
                    }
                    _ if begins_a_value(setting, &text) => open(ctx, setting, Draft::begun(text)),
                    _ => {}
                },
                _ => {}
            }
        }
    }

    fn ask_setting(
        &mut self,
        ctx: &Context,
        course: &Course,
        choice: &mut Choice,
        gesture: &mut Option<Gesture>,
    ) {
        let requests = ctx.input(|input| {
            let requests = input.events.iter().filter_map(|event| match event {
                Event::AccessKitActionRequest(request) => Some(request.clone()),
                _ => None,
            });
            requests.collect::<Vec<_>>()
        });
        for request in requests {
            let mut all = Setting::ALL.into_iter();
            let Some(setting) = all.find(|&setting| id_of(setting).accesskit_id() == request.target_node)
            else {
                continue;
            };
            let rail = setting.rail(course);
            let stepped = |is_up| rail.stepped(setting.value(choice), Stride::Step, is_up);
            let wanted = match (request.action, request.data) {
                (accesskit::Action::Increment, _) => setting.with(choice, stepped(true)),
                (accesskit::Action::Decrement, _) => setting.with(choice, stepped(false)),
                (accesskit::Action::SetValue, Some(accesskit::ActionData::NumericValue(value)))
                    if value.is_finite() =>
                {
                    setting.with(choice, value)
                }
                (accesskit::Action::SetValue, Some(accesskit::ActionData::Value(text))) => {
                    match setting.read(choice, &text) {
                        Ok(wanted) => wanted,
                        Err(_) => continue,
                    }
                }
                (accesskit::Action::Click, _) => {
                    open(ctx, setting, Draft::of_text(setting.words(choice)));
                    continue;
                }
                _ => continue,
            };
            *choice = wanted;
            *gesture = Some(self.new_gesture());
        }
    }
}

impl Held {
    /// Goes with the pointer. Says whether the value is another one.
    fn go(&mut self, pos: Pos2, is_fine: bool) -> bool {
        if !self.has_moved && pos.distance(self.pressed_at) < CLICK_WAY {
            return false;
        }
        self.has_moved = true;
        if is_fine != self.is_fine {
            (self.anchor, self.anchor_fraction, self.is_fine) = (pos, self.fraction, is_fine);
        }
        if self.last.replace(pos) == Some(pos) {
            return false;
        }
        let scale = if is_fine { FINE } else { 1.0 };
        self.fraction = self.anchor_fraction + scale * self.geometry.fraction(self.anchor, pos);
        true
    }
}

/// Whether a text that is typed on a setting begins a value of it.
fn begins_a_value(setting: Setting, text: &str) -> bool {
    let is_all = setting == Setting::Batch && text.starts_with(['a', 'A']);
    is_all || text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','))
}

fn open(ctx: &Context, setting: Setting, draft: Draft) {
    Typing::store(ctx, Some(Typing { setting, draft }));
}
