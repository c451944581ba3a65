//! Stepping through the forward pass, by key or automatically.

use egui::{Context, Key, Popup};

use neurodial_core::session::{ForwardStep, ForwardStride, ViewChange};

use super::state::App;

/// The time between two automatic steps, in seconds.
const STEP_INTERVAL: f64 = 1.0;

impl App {
    /// Goes one step forward; the first step goes to the beginning. Returns false at the end.
    fn advance(&mut self, stride: ForwardStride) -> bool {
        let next = match self.session.view().forward_step {
            Some(at) => at.next(self.session.architecture(), stride),
            None => Some(ForwardStep::FIRST),
        };
        if let Some(next) = next {
            self.apply_action(ViewChange::StepTo(Some(next)));
        }
        next.is_some()
    }

    /// Goes one step forward on the user's command.
    pub(super) fn step_forward(&mut self, stride: ForwardStride) {
        self.next_auto_step = None;
        if !self.advance(stride) {
            self.show_message(self.messages.step_end().to_owned());
        }
    }

    /// Goes one step back on the user's command; before the first step, stepping ends.
    pub(super) fn step_back(&mut self) {
        self.next_auto_step = None;
        if let Some(at) = self.session.view().forward_step {
            self.apply_action(ViewChange::StepTo(at.previous(self.session.architecture())));
        }
    }

    /// Starts or stops automatic steps. At the end, they start again from the beginning.
    pub(super) fn toggle_auto_step(&mut self, ctx: &Context) {
        if self.next_auto_step.take().is_some() {
            return;
        }
        let is_at_end = |at: ForwardStep| {
            at.next(self.session.architecture(), ForwardStride::Product)
                .is_none()
        };
        if self.session.view().forward_step.is_some_and(is_at_end) {
            self.apply_action(ViewChange::StepTo(None));
        }
        self.advance(ForwardStride::Product);
        self.next_auto_step = Some(ctx.input(|input| input.time) + STEP_INTERVAL);
        ctx.request_repaint_after_secs(STEP_INTERVAL as f32);
    }

    /// Returns a description of the current step; `None` if no stepping is in progress.
    pub(super) fn step_text(&self) -> Option<String> {
        let at = self.session.view().forward_step?;
        let formula = self.insight.formula();
        let number = |value: f64| neurodial_core::text::format_fixed(value, self.session.view().decimals);
        let messages = self.messages;
        let architecture = self.session.architecture();
        let neuron = architecture.describe_neuron_in(at.neuron_at(), messages);
        let (step, steps) = (at.product + 1, formula.terms.len() + 2);
        let description = match (
            formula.terms.get(at.product),
            formula.running_sums.get(at.product),
        ) {
            (Some(term), Some(&sum)) => messages.step_product(
                step,
                steps,
                neuron,
                number(term.weight),
                number(term.source),
                number(term.product),
                number(sum),
            ),
            (None, Some(&sum)) => messages.step_bias(step, steps, neuron, number(formula.bias), number(sum)),
            (_, None) => messages.step_activation(
                step,
                steps,
                neuron,
                formula.activation.label(messages),
                number(formula.z),
                number(formula.output),
            ),
        };
        Some(format!("{description} · {}", messages.step_keys()))
    }

    pub(super) fn stop_stepping(&mut self) {
        self.next_auto_step = None;
        self.apply_action(ViewChange::StepTo(None));
    }

    /// True if Escape is pressed and neither a gesture nor a text field, a menu or a dialog handles it.
    fn is_escape_free(&self, ctx: &Context) -> bool {
        let is_busy =
            self.is_busy() || self.elements.number_edit.is_some() || self.elements.menu.is_some();
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
        if self.session.view().forward_step.is_none() {
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
