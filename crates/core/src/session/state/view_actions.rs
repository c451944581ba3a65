//! Actions that change the selection and the display.

use crate::network::{Knob, NeuronAddress};
use crate::session::action::ActionError;
use crate::session::adjustable::Adjustable;
use crate::session::forward_step::ForwardStep;
use crate::session::view::{CurveAxes, SensitivityTarget};

use super::Session;

impl Session {
    pub(super) fn select(&mut self, at: NeuronAddress) -> Result<(), ActionError> {
        self.check_neuron(at.layer, at.neuron)?;
        self.view.selected = at;
        if self.view.forward_step.is_some_and(|step| step.neuron_at() != at) {
            self.go_to(Some(ForwardStep::from_neuron(at)))?;
        }
        Ok(())
    }

    pub(super) fn sweep(&mut self, target: Adjustable) -> Result<(), ActionError> {
        self.check_exists(target)?;
        if self.view.swept != target {
            self.view.swept = target;
            self.view.curve_axes.x = None;
            self.view.curve_axes.y = None;
        }
        Ok(())
    }

    pub(super) fn set_axes(&mut self, axes: CurveAxes) -> Result<(), ActionError> {
        let is_valid = |ends: Option<[f64; 2]>| {
            ends.is_none_or(|[from, to]| {
                from.is_finite() && to.is_finite() && from < to && (to - from).is_finite()
            })
        };
        if !is_valid(axes.x) || !is_valid(axes.y) {
            return Err(ActionError::InvalidValue("These axes".into()));
        }
        self.view.curve_axes = axes;
        Ok(())
    }

    pub(super) fn set_map_axes(&mut self, axes: [Adjustable; 2]) -> Result<(), ActionError> {
        for target in axes {
            self.check_exists(target)?;
        }
        if axes[0] == axes[1] {
            return Err(ActionError::SameAxisTwice);
        }
        self.view.map_axes = axes;
        Ok(())
    }

    pub(super) fn set_landscape_knobs(&mut self, across: Knob, up: Option<Knob>) -> Result<(), ActionError> {
        for knob in std::iter::once(across).chain(up) {
            self.check_exists(knob.into())?;
        }
        if up == Some(across) {
            return Err(ActionError::SameAxisTwice);
        }
        self.view.landscape_knobs = (across, up);
        Ok(())
    }

    pub(super) fn set_sensitivity_target(&mut self, target: SensitivityTarget) -> Result<(), ActionError> {
        match target {
            SensitivityTarget::Selected => {}
            SensitivityTarget::Output(output) => {
                self.check_neuron(self.architecture().last_layer(), output)?
            }
            SensitivityTarget::Loss if self.document.training_setup.is_none() => {
                return Err(ActionError::NoData);
            }
            SensitivityTarget::Loss => {}
        }
        self.view.sensitivity_target = target;
        Ok(())
    }

    /// Goes to a position in the forward pass: selects its neuron and highlights its knob in every pane. `None`
    /// ends stepping and removes the highlight.
    pub(super) fn go_to(&mut self, step: Option<ForwardStep>) -> Result<(), ActionError> {
        let Some(at) = step else {
            if self.view.forward_step.take().is_some() {
                self.view.highlighted = None;
            }
            return Ok(());
        };
        if !at.is_in(self.architecture()) {
            return Err(ActionError::NotFound(format!(
                "term {} of neuron {} in layer {}",
                at.product + 1,
                at.neuron + 1,
                at.layer + 1
            )));
        }
        self.view.forward_step = Some(at);
        self.view.selected = at.neuron_at();
        self.view.highlighted = at
            .knob(self.document.network.architecture())
            .map(Adjustable::Knob);
        Ok(())
    }
}
