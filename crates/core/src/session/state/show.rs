//! Actions that change what is looked at.

use crate::network::{Knob, NeuronAt};
use crate::session::{Axes, Refusal, Subject, Target, step};

use super::Session;

impl Session {
    pub(super) fn select(&mut self, at: NeuronAt) -> Result<(), Refusal> {
        self.check_neuron(at.layer, at.neuron)?;
        self.view.selected = at;
        if self.view.step.is_some_and(|step| step.at() != at) {
            step::go_to(self, Some(step::StepAt::of(at)))?;
        }
        Ok(())
    }

    pub(super) fn sweep(&mut self, target: Target) -> Result<(), Refusal> {
        self.check_target(target)?;
        if self.view.over != target {
            self.view.over = target;
            self.view.axes.x = None;
            self.view.axes.y = None;
        }
        Ok(())
    }

    pub(super) fn set_axes(&mut self, axes: Axes) -> Result<(), Refusal> {
        let sound = |ends: Option<[f64; 2]>| {
            ends.is_none_or(|[from, to]| {
                from.is_finite() && to.is_finite() && from < to && (to - from).is_finite()
            })
        };
        if !sound(axes.x) || !sound(axes.y) {
            return Err(Refusal::Unsound("These axes".into()));
        }
        self.view.axes = axes;
        Ok(())
    }

    pub(super) fn map_over(&mut self, over: [Target; 2]) -> Result<(), Refusal> {
        for target in over {
            self.check_target(target)?;
        }
        if over[0] == over[1] {
            return Err(Refusal::SameTwice);
        }
        self.view.map_over = over;
        Ok(())
    }

    pub(super) fn landscape_over(&mut self, across: Knob, up: Option<Knob>) -> Result<(), Refusal> {
        for knob in std::iter::once(across).chain(up) {
            self.check_target(knob.into())?;
        }
        if up == Some(across) {
            return Err(Refusal::SameTwice);
        }
        self.view.landscape_over = (across, up);
        Ok(())
    }

    pub(super) fn tell_of(&mut self, subject: Subject) -> Result<(), Refusal> {
        match subject {
            Subject::Selected => {}
            Subject::Output(output) => self.check_neuron(self.blueprint().last_layer(), output)?,
            Subject::Loss if self.document.course.is_none() => return Err(Refusal::NoData),
            Subject::Loss => {}
        }
        self.view.subject = subject;
        Ok(())
    }
}
