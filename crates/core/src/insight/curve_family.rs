//! A curve family: one curve for each of several values of another knob or input.

use crate::session::{ActionError, Adjustable, Edit, MissingPart, Session};

use super::curve::{Curve, fit_y_axis_tightly};
use super::overlay_curves::OverlayCurves;
use super::sweep::SweepBuffers;

/// The curves of one neuron over the swept number, for several values of another knob or input.
#[derive(Debug, Clone, PartialEq)]
pub struct CurveFamily {
    /// The knob or input whose value differs from curve to curve.
    pub varied: Adjustable,
    /// Its values, in the order of the curves.
    pub values: Vec<f64>,
    /// Its current value.
    pub current: f64,
    /// One curve for each value.
    pub curves: Vec<Curve>,
    /// The axis of the swept knob or input.
    pub x: [f64; 2],
    /// The vertical axis, shared by all curves.
    pub y: [f64; 2],
}

impl CurveFamily {
    /// Computes nine curves for evenly spaced values of the knob or input that was used last, from one end of its
    /// range to the other. Returns `None` if none was used, or if the curves are drawn over it.
    pub(super) fn of_last_used(session: &Session) -> Option<Self> {
        const COUNT: usize = 9;
        let varied = session.view().highlighted?;
        let range = session.document().range(varied);
        let at = |index: usize| range.value_at(index as f64 / (COUNT - 1) as f64);
        let values: Vec<f64> = (0..COUNT).map(at).collect();
        Self::new(session, varied, &values, None).ok()
    }

    /// Computes the curves of the session's selected neuron over the knob or input that the view sweeps. `y`
    /// is the vertical axis; by default it is fitted to all curves.
    ///
    /// # Errors
    ///
    /// Returns an error if the network lacks the varied knob or input, if a value is not finite, or if the
    /// varied knob or input is the swept one.
    pub fn new(
        session: &Session,
        varied: Adjustable,
        values: &[f64],
        y: Option<[f64; 2]>,
    ) -> Result<Self, ActionError> {
        let Some(current) = session.document().value(varied) else {
            return Err(ActionError::NotFound(MissingPart::Adjustable(varied)));
        };
        let view = session.view();
        if view.swept == varied {
            return Err(ActionError::VariesAxis(varied));
        }
        let mut curves = Vec::with_capacity(values.len());
        let x = session.curves_range();
        let mut buffers = SweepBuffers::default();
        let mut copy = session.clone();
        copy.apply(Edit::UnlockAll)?;
        for &value in values {
            copy.apply(Edit::Set {
                target: varied,
                value,
            })?;
            let document = copy.document();
            let mut overlay = OverlayCurves::new(document.network.clone(), &document.inputs, view);
            overlay.update(view, document.features(), x, &mut buffers);
            let selected_curve = overlay.curves().iter().find(|curve| curve.at == view.selected);
            curves.extend(selected_curve.or(overlay.curves().first()).cloned());
        }
        Ok(Self {
            varied,
            values: values.to_vec(),
            current,
            x,
            y: y.unwrap_or_else(|| fit_y_axis_tightly(&curves)),
            curves,
        })
    }
}
