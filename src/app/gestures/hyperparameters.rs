//! Hyperparameter sliders: dragging, keys and requests of screen readers.

use std::sync::Arc;

use egui::{Context, Event, Key, Pos2, accesskit};

use crate::panes::training::controls::slider::{HyperparameterEdit, slider_id};
use crate::widgets::compact_slider::CompactSliderGeometry;
use neurodial_core::session::slider_scale::KeyStride;
use neurodial_core::session::{
    Action, Edit, Gesture, Hyperparameter, Session, TrainingConfig, TrainingSetup,
};
use neurodial_core::text::FieldDraft;

use super::pointer::{CLICK_DISTANCE, primary_button_pos};
use super::{FINE_FACTOR, GestureInput};

/// Within this distance of the handle, in points, a press takes the handle without moving it.
const HANDLE_HIT_RADIUS: f32 = 8.0;

/// A drag of a hyperparameter, from press to release.
#[derive(Debug, Clone, Copy)]
pub(super) struct HyperparameterDrag {
    hyperparameter: Hyperparameter,
    gesture: Gesture,
    geometry: CompactSliderGeometry,
    /// The value at the press, which Escape restores.
    before: f64,
    pressed_at: Pos2,
    /// The pointer position where this part of the drag began; `anchor_fraction` is the position on the track
    /// there, from 0 to 1.
    anchor: Pos2,
    anchor_fraction: f64,
    fraction: f64,
    /// The pointer position that the value followed last.
    last_pos: Option<Pos2>,
    is_fine: bool,
    has_moved: bool,
    is_on_track: bool,
}

impl GestureInput {
    pub(super) fn handle_hyperparameters(
        &mut self,
        ctx: &Context,
        session: &Session,
        actions: &mut Vec<Action>,
    ) {
        let Some(setup) = session.setup() else {
            self.hyperparameter_drag = None;
            return;
        };
        let mut config = setup.config().clone();
        let mut gesture = None;
        self.handle_hyperparameter_pointer(ctx, setup, &mut config, &mut gesture);
        self.handle_hyperparameter_keys(ctx, setup, &mut config, &mut gesture);
        self.handle_hyperparameter_requests(ctx, setup, &mut config, &mut gesture);
        if let Some(gesture) = gesture
            && config != *setup.config()
            && let Ok(changed) = setup.with_config(config)
        {
            let setup = Arc::new(changed);
            actions.push(Edit::DragTrainingSetup { setup, gesture }.into());
        }
    }

    fn handle_hyperparameter_pointer(
        &mut self,
        ctx: &Context,
        setup: &TrainingSetup,
        config: &mut TrainingConfig,
        gesture: &mut Option<Gesture>,
    ) {
        let events = ctx.input(|input| input.events.clone());
        if let Some(pos) = primary_button_pos(&events, true) {
            self.handle_hyperparameter_press(ctx, setup, pos);
        }
        let Some(mut drag) = self.hyperparameter_drag else {
            return;
        };
        if ctx.input(|input| input.key_pressed(Key::Escape)) {
            if drag.has_moved {
                *config = drag.hyperparameter.with(config, drag.before);
                *gesture = Some(drag.gesture);
            }
            self.hyperparameter_drag = None;
            return;
        }
        // The pointer may have moved in the frame of the release.
        let released = primary_button_pos(&events, false);
        let pos = released.or_else(|| ctx.input(|input| input.pointer.interact_pos()));
        if let Some(pos) = pos {
            let is_fine = ctx.input(|input| input.modifiers.shift);
            if drag.drag_to(pos, is_fine) {
                let scale = drag.hyperparameter.slider_scale(setup);
                *config = drag
                    .hyperparameter
                    .with(config, scale.value_at(drag.fraction, drag.is_fine));
                *gesture = Some(drag.gesture);
            }
        }
        self.hyperparameter_drag = Some(drag);
        if released.is_some() || !ctx.input(|input| input.pointer.primary_down()) {
            if !drag.has_moved && !drag.is_on_track {
                open_field(
                    ctx,
                    drag.hyperparameter,
                    FieldDraft::from_text(drag.hyperparameter.value_text(config)),
                );
            }
            self.hyperparameter_drag = None;
        }
    }

    fn handle_hyperparameter_press(&mut self, ctx: &Context, setup: &TrainingSetup, pos: Pos2) {
        let typing = HyperparameterEdit::load(ctx).map(|typing| typing.hyperparameter);
        let pressed = Hyperparameter::ALL.into_iter().find_map(|hyperparameter| {
            let response = ctx.read_response(slider_id(hyperparameter))?;
            let is_here = response.contains_pointer() && response.enabled() && typing != Some(hyperparameter);
            is_here.then_some((hyperparameter, response.rect))
        });
        let Some((hyperparameter, rect)) = pressed else {
            return;
        };
        let geometry = CompactSliderGeometry::from_rect(rect);
        let before = hyperparameter.value(setup.config());
        let mut fraction = hyperparameter.slider_scale(setup).fraction_of(before);
        let is_on_track = geometry.is_on_track(pos);
        let is_beside_handle = is_on_track && (geometry.pos_at(fraction).x - pos.x).abs() > HANDLE_HIT_RADIUS;
        if is_beside_handle {
            fraction = geometry.fraction_between(geometry.from, pos).clamp(0.0, 1.0);
        }
        ctx.memory_mut(|memory| memory.request_focus(slider_id(hyperparameter)));
        self.hyperparameter_drag = Some(HyperparameterDrag {
            hyperparameter,
            gesture: self.new_gesture(),
            geometry,
            before,
            pressed_at: pos,
            anchor: pos,
            anchor_fraction: fraction,
            fraction,
            // A press beside the handle moves it there at once.
            last_pos: (!is_beside_handle).then_some(pos),
            is_fine: false,
            has_moved: is_beside_handle,
            is_on_track,
        });
    }

    fn handle_hyperparameter_keys(
        &mut self,
        ctx: &Context,
        setup: &TrainingSetup,
        config: &mut TrainingConfig,
        gesture: &mut Option<Gesture>,
    ) {
        if let Some((key, ..)) = self.hyperparameter_key
            && !ctx.input(|input| input.key_down(key))
        {
            self.hyperparameter_key = None;
        }
        let focused = ctx.memory(|memory| memory.focused());
        let focused_hyperparameter = Hyperparameter::ALL
            .into_iter()
            .find(|&hyperparameter| focused == Some(slider_id(hyperparameter)));
        let Some(hyperparameter) = focused_hyperparameter else {
            return;
        };
        let scale = hyperparameter.slider_scale(setup);
        for event in ctx.input(|input| input.events.clone()) {
            match event {
                Event::Key {
                    key,
                    pressed: true,
                    repeat,
                    modifiers,
                    ..
                } if !modifiers.command && !modifiers.alt => {
                    let value = hyperparameter.value(config);
                    let stride = if modifiers.shift {
                        KeyStride::Fine
                    } else {
                        KeyStride::Increment
                    };
                    let value = match key {
                        Key::ArrowLeft => scale.stepped(value, stride, false),
                        Key::ArrowRight => scale.stepped(value, stride, true),
                        Key::PageDown => scale.stepped(value, KeyStride::Page, false),
                        Key::PageUp => scale.stepped(value, KeyStride::Page, true),
                        Key::Home => scale.end(false),
                        Key::End => scale.end(true),
                        Key::Delete | Key::Backspace => hyperparameter.default_value(config),
                        Key::Enter | Key::F2 => {
                            open_field(
                                ctx,
                                hyperparameter,
                                FieldDraft::from_text(hyperparameter.value_text(config)),
                            );
                            return;
                        }
                        _ => continue,
                    };
                    let key_gesture = match self.hyperparameter_key {
                        Some((held_key, last_hyperparameter, gesture))
                            if held_key == key && last_hyperparameter == hyperparameter && repeat =>
                        {
                            gesture
                        }
                        _ => self.new_gesture(),
                    };
                    self.hyperparameter_key = Some((key, hyperparameter, key_gesture));
                    *gesture = Some(key_gesture);
                    *config = hyperparameter.with(config, value);
                }
                Event::Text(text) => match HyperparameterEdit::load(ctx) {
                    // Its field opens in this frame, so it has not seen this text.
                    Some(mut typing) if typing.hyperparameter == hyperparameter => {
                        typing.draft.push_str(&text);
                        HyperparameterEdit::store(ctx, Some(typing));
                    }
                    _ if can_begin_value(hyperparameter, &text) => {
                        open_field(ctx, hyperparameter, FieldDraft::from_typed(text))
                    }
                    _ => {}
                },
                _ => {}
            }
        }
    }

    fn handle_hyperparameter_requests(
        &mut self,
        ctx: &Context,
        setup: &TrainingSetup,
        config: &mut TrainingConfig,
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
            let mut all = Hyperparameter::ALL.into_iter();
            let Some(hyperparameter) =
                all.find(|&hyperparameter| slider_id(hyperparameter).accesskit_id() == request.target_node)
            else {
                continue;
            };
            let scale = hyperparameter.slider_scale(setup);
            let stepped = |is_up| scale.stepped(hyperparameter.value(config), KeyStride::Increment, is_up);
            let new_config = match (request.action, request.data) {
                (accesskit::Action::Increment, _) => hyperparameter.with(config, stepped(true)),
                (accesskit::Action::Decrement, _) => hyperparameter.with(config, stepped(false)),
                (accesskit::Action::SetValue, Some(accesskit::ActionData::NumericValue(value)))
                    if value.is_finite() =>
                {
                    hyperparameter.with(config, value)
                }
                (accesskit::Action::SetValue, Some(accesskit::ActionData::Value(text))) => {
                    match hyperparameter.parse(config, &text) {
                        Ok(new_config) => new_config,
                        Err(_) => continue,
                    }
                }
                (accesskit::Action::Click, _) => {
                    open_field(
                        ctx,
                        hyperparameter,
                        FieldDraft::from_text(hyperparameter.value_text(config)),
                    );
                    continue;
                }
                _ => continue,
            };
            *config = new_config;
            *gesture = Some(self.new_gesture());
        }
    }
}

impl HyperparameterDrag {
    /// Follows the pointer. Returns true if the position on the track has changed.
    fn drag_to(&mut self, pos: Pos2, is_fine: bool) -> bool {
        if !self.has_moved && pos.distance(self.pressed_at) < CLICK_DISTANCE {
            return false;
        }
        self.has_moved = true;
        if is_fine != self.is_fine {
            (self.anchor, self.anchor_fraction, self.is_fine) = (pos, self.fraction, is_fine);
        }
        if self.last_pos.replace(pos) == Some(pos) {
            return false;
        }
        let scale = if is_fine { FINE_FACTOR } else { 1.0 };
        self.fraction = self.anchor_fraction + scale * self.geometry.fraction_between(self.anchor, pos);
        true
    }
}

/// True if a text typed on a hyperparameter can begin a value of it.
fn can_begin_value(hyperparameter: Hyperparameter, text: &str) -> bool {
    let is_all = hyperparameter == Hyperparameter::BatchSize && text.starts_with(['a', 'A']);
    is_all || text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','))
}

fn open_field(ctx: &Context, hyperparameter: Hyperparameter, draft: FieldDraft) {
    HyperparameterEdit::store(
        ctx,
        Some(HyperparameterEdit {
            hyperparameter,
            draft,
        }),
    );
}
