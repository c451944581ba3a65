//! Stepping through the forward or the backward pass, by key or automatically.

use egui::{Context, Key, Popup};

use neurodial_core::insight::stepping;
use neurodial_core::session::{BackwardStep, BackwardTarget, Edit, ForwardStep, ForwardStride, ViewChange};

use super::state::App;

/// The time between two automatic steps, in seconds.
const STEP_INTERVAL: f64 = 1.0;

impl App {
    /// Goes one step on; the first step goes to the beginning of the forward pass. Returns false at the end.
    fn advance(&mut self, stride: ForwardStride) -> bool {
        if let Some(step) = self.session.view().backward_step {
            let next = step.next(self.session.architecture(), stride);
            if next.is_some() {
                self.apply_action(ViewChange::StepBackwardTo(next));
            }
            return next.is_some();
        }
        let next = match self.session.view().forward_step {
            Some(at) => at.next(self.session.architecture(), stride),
            None => Some(ForwardStep::FIRST),
        };
        if let Some(next) = next {
            self.apply_action(ViewChange::StepTo(Some(next)));
        }
        next.is_some()
    }

    /// Goes one step on, at the user's command.
    pub(super) fn step_forward(&mut self, stride: ForwardStride) {
        self.next_auto_step = None;
        if !self.advance(stride) {
            let text = match self.session.view().backward_step {
                Some(_) => self.messages.step_back_end(),
                None => self.messages.step_end(),
            };
            self.show_message(text.to_owned());
        }
    }

    /// Goes one step back on the user's command; before the first step, stepping ends.
    pub(super) fn step_back(&mut self) {
        self.next_auto_step = None;
        let (view, architecture) = (self.session.view(), self.session.architecture());
        if let Some(step) = view.backward_step {
            self.apply_action(ViewChange::StepBackwardTo(step.previous(architecture)));
        } else if let Some(at) = view.forward_step {
            self.apply_action(ViewChange::StepTo(at.previous(architecture)));
        }
    }

    /// Starts or stops automatic steps. At the end, they start again from the beginning.
    pub(super) fn toggle_auto_step(&mut self, ctx: &Context) {
        if self.next_auto_step.take().is_some() {
            return;
        }
        let (view, architecture) = (self.session.view(), self.session.architecture());
        let is_at_end = match (view.backward_step, view.forward_step) {
            (Some(step), _) => step.next(architecture, ForwardStride::Product).is_none(),
            (None, Some(at)) => at.next(architecture, ForwardStride::Product).is_none(),
            (None, None) => false,
        };
        if is_at_end {
            self.stop_stepping();
        }
        self.advance(ForwardStride::Product);
        self.next_auto_step = Some(ctx.input(|input| input.time) + STEP_INTERVAL);
        ctx.request_repaint_after_secs(STEP_INTERVAL as f32);
    }

    /// Returns a description of the current step; `None` if no stepping is in progress.
    pub(super) fn step_text(&self) -> Option<String> {
        let description = self.insight.describe_step(&self.session, self.messages)?;
        Some(format!("{description} · {}", self.messages.step_keys()))
    }

    /// True if the forward or the backward pass is stepped through.
    pub(super) fn is_stepping(&self) -> bool {
        let view = self.session.view();
        view.forward_step.is_some() || view.backward_step.is_some()
    }

    /// Goes to the beginning of the backward pass. For the loss for a sample, the inputs become those of the
    /// sample.
    pub(super) fn start_backward_pass(&mut self) {
        self.next_auto_step = None;
        let (target, inputs) = stepping::backward_target(&self.session);
        let changed_inputs = inputs.filter(|inputs| *inputs != self.session.document().inputs);
        let has_changed = changed_inputs.is_some();
        if let Some(inputs) = changed_inputs {
            self.apply_action(Edit::SetInputs(inputs));
        }
        let first = BackwardStep::first(self.session.architecture(), target);
        self.apply_action(ViewChange::StepBackwardTo(Some(first)));
        if let (BackwardTarget::Loss { sample }, true) = (target, has_changed) {
            self.show_message(self.messages.step_back_inputs(sample + 1));
        }
    }

    pub(super) fn stop_stepping(&mut self) {
        self.next_auto_step = None;
        self.apply_action(ViewChange::StepTo(None));
        self.apply_action(ViewChange::StepBackwardTo(None));
    }

    /// True if Escape is pressed and neither a gesture nor a text field, a menu or a dialog handles it.
    pub(super) fn is_escape_free(&self, ctx: &Context) -> bool {
        let is_busy = self.is_busy() || self.elements.number_edit.is_some() || self.elements.menu.is_some();
        !is_busy
            && self.dialog.is_none()
            && !ctx.text_edit_focused()
            && !Popup::is_any_open(ctx)
            && ctx.input(|input| input.key_pressed(Key::Escape))
    }

    /// Shows all panes again when Escape is pressed, unless something else handles that key, such as stepping.
    pub(super) fn restore_maximized_pane(&mut self, ctx: &Context) {
        if self.maximized_pane.is_some()
            && self.session.view().forward_step.is_none()
            && self.is_escape_free(ctx)
        {
            self.maximized_pane = None;
        }
    }

    /// Takes an automatic step if one is due, and ends stepping when Escape is pressed, unless something else
    /// handles that key.
    pub(super) fn update_stepping(&mut self, ctx: &Context) {
        if !self.is_stepping() {
            self.next_auto_step = None;
            return;
        }
        if self.is_escape_free(ctx) {
            self.stop_stepping();
            return;
        }
        let Some(due) = self.next_auto_step else {
            return;
        };
        let now = ctx.input(|input| input.time);
        if now < due {
            ctx.request_repaint_after_secs((due - now) as f32);
        } else if self.advance(ForwardStride::Product) {
            self.next_auto_step = Some(now + STEP_INTERVAL);
            ctx.request_repaint_after_secs(STEP_INTERVAL as f32);
        } else {
            self.next_auto_step = None;
        }
    }
}
