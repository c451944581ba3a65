//! Playing a knob or an input: it moves through its range and back until it is stopped.

use egui::{Context, Key};

use neurodial_core::session::slider_scale::{SliderScale, Spacing};
use neurodial_core::session::{Adjustable, Edit, RunState, ViewChange};

use super::playback::Playback;
use super::preferences::PlaySpeed;
use super::state::App;

/// The longest time between two frames that counts, in seconds: after a delay the number doesn't jump.
const MAX_FRAME_TIME: f64 = 0.1;

impl App {
    /// Returns the reason why a knob or an input can't be played now; `None` if it can.
    pub(super) fn play_disabled_reason(&self, target: Adjustable) -> Option<&'static str> {
        if self.session.run().state == RunState::Running {
            Some(self.messages.disabled_during_training())
        } else if self.session.document().is_locked(target) {
            Some(match target {
                Adjustable::Input(_) => self.messages.disabled_computed_input(),
                Adjustable::Knob(_) | Adjustable::Hyperparameter(_) => self.messages.disabled_locked(),
            })
        } else {
            None
        }
    }

    /// Starts to play a knob or an input, or stops it if it is being played.
    fn toggle_playback(&mut self, ctx: &Context, target: Adjustable) {
        let stopped = self.playback.take();
        if stopped.is_some_and(|playback| playback.target == target) {
            return;
        }
        if let Some(reason) = self.play_disabled_reason(target) {
            self.show_problem(reason.to_owned());
            return;
        }
        let document = self.session.document();
        let Some(value) = document.value(target) else {
            return;
        };
        let fraction = document.range(target).fraction_of(value);
        self.insight.begin_gesture(&self.session);
        self.apply_action(ViewChange::Highlight(Some(target)));
        if let Adjustable::Knob(knob) = target {
            self.apply_action(ViewChange::Follow(knob));
        }
        self.playback = Some(Playback {
            target,
            gesture: self.gestures.new_gesture(),
            fraction,
            is_rising: fraction < 1.0,
            value,
            last_time: ctx.input(|input| input.time),
        });
    }

    /// Moves the number that is being played, and starts and stops playing as requested. Playing also ends when
    /// something else changes the number or Escape is pressed.
    pub(super) fn update_playback(&mut self, ctx: &Context) {
        if let Some(target) = self.elements.play_request.take() {
            self.toggle_playback(ctx, target);
        }
        self.playback = self
            .playback
            .take()
            .and_then(|playback| self.played(ctx, playback));
        self.elements.played = self.playback.map(|playback| playback.target);
    }

    /// Sets the number to its value in this frame. Returns `None` if playing has ended.
    fn played(&mut self, ctx: &Context, mut playback: Playback) -> Option<Playback> {
        let target = playback.target;
        let document = self.session.document();
        let is_held = self.elements.is_dragged(target) || self.elements.is_typed(target);
        let is_unchanged = document.value(target).map(f64::to_bits) == Some(playback.value.to_bits());
        let (now, is_cancelled) = ctx.input(|input| (input.time, input.key_pressed(Key::Escape)));
        if is_held
            || !is_unchanged
            || is_cancelled
            || self.dialog.is_some()
            || self.play_disabled_reason(target).is_some()
        {
            return None;
        }
        let elapsed = (now - playback.last_time).clamp(0.0, MAX_FRAME_TIME);
        playback.last_time = now;
        playback.advance(elapsed / self.preferences.play_speed.seconds());
        let range = document.range(target);
        let scale = SliderScale {
            spacing: Spacing::Linear { step: range.step },
            ..range.into()
        };
        if elapsed > 0.0 {
            self.apply_action(Edit::Turn {
                target,
                value: scale.value_at(playback.fraction, true),
                gesture: Some(playback.gesture),
            });
            if self.message.is_problem {
                return None;
            }
        }
        playback.value = self.session.document().value(target)?;
        ctx.request_repaint();
        Some(playback)
    }

    /// Chooses the speed at which numbers are played, from now on.
    pub(super) fn set_play_speed(&mut self, speed: PlaySpeed) {
        self.preferences.play_speed = speed;
        self.save_preferences();
    }

    /// True while something changes the document frame by frame: not the time to save it or to fit axes.
    pub(super) fn is_busy(&self) -> bool {
        self.gestures.is_busy() || self.playback.is_some()
    }
}
