//! A curve family: one curve for each of several values of another knob or input.

use crate::session::{ActionError, Adjustable, Edit, MissingPart, Session};

use super::cache::Insight;
use super::curve::{Curve, fit_y_axis_tightly};

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
        let mut x = [0.0, 1.0];
        let mut copy = session.clone();
        copy.apply(Edit::UnlockAll)?;
        for &value in values {
            copy.apply(Edit::Set {
                target: varied,
                value,
            })?;
            let insight = Insight::new(&copy);
            let sweep = insight.sweep();
            x = sweep.x;
            let selected_curve = sweep.curves.iter().find(|curve| curve.at == view.selected);
            curves.extend(selected_curve.or(sweep.curves.first()).cloned());
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
