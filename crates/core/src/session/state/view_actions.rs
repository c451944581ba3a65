//! Actions that change the selection and the display.

use crate::network::{Knob, NeuronAddress};
use crate::session::{ActionError, Adjustable, CurveAxes, SensitivityTarget, forward_step};

use super::Session;

impl Session {
    pub(super) fn select(&mut self, at: NeuronAddress) -> Result<(), ActionError> {
        self.check_neuron(at.layer, at.neuron)?;
        self.view.selected = at;
        if self.view.forward_step.is_some_and(|step| step.neuron_at() != at) {
            forward_step::go_to(self, Some(forward_step::ForwardStep::from_neuron(at)))?;
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
}
