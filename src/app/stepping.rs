//! Stepping through the forward pass, by key or slowly by itself.

use egui::{Context, Key, Popup};

use neurodial_core::session::{Action, StepAt, Stride};

use super::App;

/// The time that a step stays before the next one, in seconds.
const PACE: f64 = 1.0;

impl App {
    /// Steps on; at first to the beginning, at the end not any more. Says whether there was a step.
    fn step_on(&mut self, stride: Stride) -> bool {
        let next = match self.session.view().step {
            Some(at) => at.next(self.session.blueprint(), stride),
            None => Some(StepAt::FIRST),
        };
        if let Some(next) = next {
            self.act(Action::Step(Some(next)));
        }
        next.is_some()
    }

    /// A step by hand.
    pub(super) fn step(&mut self, stride: Stride) {
        self.next_step = None;
        if !self.step_on(stride) {
            self.tell("The forward pass ends here; Escape ends stepping".to_owned());
        }
    }

    /// A step back by hand; before the beginning stepping ends.
    pub(super) fn step_back(&mut self) {
        self.next_step = None;
        if let Some(at) = self.session.view().step {
            self.act(Action::Step(at.before(self.session.blueprint())));
        }
    }

    /// Lets the steps come by themselves, or stops that.
    pub(super) fn play(&mut self, ctx: &Context) {
        if self.next_step.take().is_some() {
            return;
        }
        let at_end = |at: StepAt| at.next(self.session.blueprint(), Stride::Term).is_none();
        if self.session.view().step.is_some_and(at_end) {
            self.act(Action::Step(None));
        }
        self.step_on(Stride::Term);
        self.next_step = Some(ctx.input(|input| input.time) + PACE);
        ctx.request_repaint_after_secs(PACE as f32);
    }

    /// Whether the steps come by themselves.
    pub(super) fn is_playing(&self) -> bool {
        self.next_step.is_some()
    }

    /// What is added now, in words; `None` while nothing is stepped through.
    pub(super) fn step_words(&self) -> Option<String> {
        let at = self.session.view().step?;
        let formula = self.insight.formula();
        let number = |value: f64| neurodial_core::words::fixed(value, self.session.view().decimals);
        let neuron = self.session.blueprint().neuron_words(at.at());
        let said = match (formula.terms.get(at.term), formula.running.get(at.term)) {
            (Some(term), Some(&sum)) => format!(
                "{} × {} = {} is added, sum so far {}",
                number(term.weight),
                number(term.source),
                number(term.product),
                number(sum)
            ),
            (None, Some(&sum)) => format!(
                "the bias {} is added, the sum is {}",
                number(formula.bias),
                number(sum)
            ),
            (_, None) => format!(
                "{} makes {} of {}",
                formula.activation.name(),
                number(formula.output),
                number(formula.z)
            ),
        };
        let terms = formula.terms.len() + 2;
        let place = at.term + 1;
        Some(format!(
            "Step {place} of {terms}, {neuron}: {said} · N on, B back, G plays, Esc ends"
        ))
    }

    pub(super) fn stop_stepping(&mut self) {
        self.next_step = None;
        self.act(Action::Step(None));
    }

    /// Takes the step that is due, and ends stepping at Escape, unless something nearer to the hand takes that.
    pub(super) fn watch_stepping(&mut self, ctx: &Context) {
        if self.session.view().step.is_none() {
            self.next_step = None;
            return;
        }
        let is_busy = self.hands.are_busy() || self.stage.editing.is_some() || self.stage.menu.is_some();
        if !is_busy
            && !ctx.text_edit_focused()
            && !Popup::is_any_open(ctx)
            && ctx.input(|input| input.key_pressed(Key::Escape))
        {
            self.stop_stepping();
            return;
        }
        let Some(due) = self.next_step else {
            return;
        };
        let now = ctx.input(|input| input.time);
        if now < due {
            ctx.request_repaint_after_secs((due - now) as f32);
        } else if self.step_on(Stride::Term) {
            self.next_step = Some(now + PACE);
            ctx.request_repaint_after_secs(PACE as f32);
        } else {
            self.next_step = None;
        }
    }
}
