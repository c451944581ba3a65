//! How a curve changes while another number is varied: one curve for each of its values.

use crate::session::{Action, ActionError, Session, Adjustable};

use super::{Curve, Insight, fit_y_axis_tightly};

/// The curves of one neuron over the swept number, for several values of another one.
#[derive(Debug, Clone, PartialEq)]
pub struct CurveFamily {
    /// What is varied from curve to curve.
    pub varied: Adjustable,
    /// Its values, in the order of the curves.
    pub values: Vec<f64>,
    /// Its present value.
    pub current: f64,
    /// One curve a value.
    pub curves: Vec<Curve>,
    /// The axis of the swept number.
    pub x: [f64; 2],
    /// The axis of the values, the same for all.
    pub y: [f64; 2],
}

impl CurveFamily {
    /// The curves of the session's selected neuron, its view telling what is swept; `y` is the axis of the values, by
    /// default one that fits all.
    ///
    /// # Errors
    /// If the network lacks what is varied, a value is not finite, or what is varied is swept already.
    pub fn new(
        session: &Session,
        varied: Adjustable,
        values: &[f64],
        y: Option<[f64; 2]>,
    ) -> Result<Self, ActionError> {
        let Some(present) = session.document().value(varied) else {
            return Err(ActionError::NotFound(varied.to_string()));
        };
        let view = session.view();
        if view.swept == varied {
            return Err(ActionError::Other(format!(
                "{varied} is what the curves are drawn over; vary another number"
            )));
        }
        let mut curves = Vec::with_capacity(values.len());
        let mut x = [0.0, 1.0];
        let mut copy = session.clone();
        copy.apply(Action::UnlockAll)?;
        for &value in values {
            copy.apply(Action::Set {
                target: varied,
                value,
            })?;
            let insight = Insight::new(&copy);
            let sweep = insight.sweep();
            x = sweep.x;
            let own = sweep.curves.iter().find(|curve| curve.at == view.selected);
            curves.extend(own.or(sweep.curves.first()).cloned());
        }
        Ok(Self {
            varied,
            values: values.to_vec(),
            current: present,
            x,
            y: y.unwrap_or_else(|| fit_y_axis_tightly(&curves)),
            curves,
        })
    }
}
