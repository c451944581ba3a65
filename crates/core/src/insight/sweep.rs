//! The curves: values of neurons while one knob or input is swept along an axis.

use crate::network::{ForwardPass, Network, NeuronAddress};
use crate::session::{Adjustable, ComputedFeatures, CurveScope, Quantity, View};

use super::crossing::{CrossingFinder, Crossings};
use super::curve::{Curve, fit_y_axis};
use super::curve_request::CurveRequest;
use super::curve_sampler::CurveSampler;
use super::partial_forward::PartialForward;

/// The maximum number of curves of a sweep.
pub(crate) const MAX_CURVES: usize = 64;

/// The curves of the neurons in scope over one swept knob or input, while everything else stays the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Sweep {
    /// The swept knob or input.
    pub swept: Adjustable,
    /// Weighted sum or output.
    pub quantity: Quantity,
    /// The visible interval of the swept knob or input.
    pub x: [f64; 2],
    /// The vertical axis: that of the view, or one fitted to the curves.
    pub y: [f64; 2],
    /// One curve for each neuron in scope, at most `MAX_CURVES`. The selected neuron's curve is among them
    /// if it is in scope.
    pub curves: Vec<Curve>,
    /// The positions at which the selected neuron's `z` changes sign.
    pub crossings: Crossings,
    /// The current value of the swept knob or input.
    pub current: f64,
    /// True if the vertical axis is fitted to the curves.
    is_fitted: bool,
    /// The fitted axis, even if the view sets another one.
    fitted_y: [f64; 2],
    /// The fitted axis that is kept while a value is dragged.
    held_y: Option<[f64; 2]>,
}

/// The buffers that sweeps are computed with, kept from one to the next.
#[derive(Debug, Clone, Default)]
pub(super) struct SweepBuffers {
    sampler: CurveSampler,
    finder: CrossingFinder,
}

impl Sweep {
    pub(super) fn new(view: &View) -> Self {
        Self {
            swept: view.swept,
            quantity: view.quantity,
            x: [-1.0, 1.0],
            y: [-1.0, 1.0],
            curves: Vec::new(),
            crossings: Crossings::default(),
            current: 0.0,
            is_fitted: true,
            fitted_y: [-1.0, 1.0],
            held_y: None,
        }
    }

    /// Recomputes the curves over the axis `x`. `forward_pass` is that of the current inputs. The vertical
    /// axis is fitted to these curves and to `other_curves`.
    pub(super) fn update(
        &mut self,
        (network, features): (&Network, ComputedFeatures<'_>),
        x: [f64; 2],
        view: &View,
        forward_pass: &ForwardPass,
        other_curves: [&[Curve]; 2],
        buffers: &mut SweepBuffers,
    ) {
        let swept = [view.swept];
        let partial_forward = PartialForward::new(network, forward_pass, features, &swept);
        self.swept = view.swept;
        self.quantity = view.quantity;
        self.current = partial_forward.current_value();
        self.x = x;
        self.choose_curves(network, view, forward_pass);
        let request = CurveRequest {
            partial_forward,
            layer: shown_layer(network, view),
            curves: &self.curves,
            selected: view.selected,
            quantity: view.quantity,
            x: self.x,
            y: view.curve_axes.y,
        };
        let SweepBuffers { sampler, finder } = buffers;
        sampler.sample(&request);
        finder.find(&request, sampler, &mut self.crossings);
        for (index, curve) in self.curves.iter_mut().enumerate() {
            curve.points.clear();
            curve
                .points
                .extend(sampler.points(index).filter(|point| point[1].is_finite()));
        }
        self.is_fitted = view.curve_axes.y.is_none();
        self.fitted_y = fit_y_axis(self.curves.iter().chain(other_curves.into_iter().flatten()));
        self.y = view.curve_axes.y.or(self.held_y).unwrap_or(self.fitted_y);
    }

    /// Freezes the fitted vertical axis, or fits it again.
    pub(super) fn hold_y_axis(&mut self, is_held: bool) {
        if is_held {
            self.held_y.get_or_insert(self.y);
        } else if self.held_y.take().is_some() && self.is_fitted {
            self.y = self.fitted_y;
        }
    }

    /// Chooses the neurons that have curves and sets their current points.
    fn choose_curves(&mut self, network: &Network, view: &View, forward_pass: &ForwardPass) {
        let layer = shown_layer(network, view);
        let width = network.architecture().width(layer);
        let selected = (view.selected.layer == layer).then_some(view.selected.neuron);
        let neurons = match view.curve_scope {
            CurveScope::Neuron => 1,
            CurveScope::Layer | CurveScope::Network => width.min(MAX_CURVES),
        };
        self.curves.resize_with(neurons, || Curve {
            at: view.selected,
            points: Vec::new(),
            current: [0.0, 0.0],
        });
        for (index, curve) in self.curves.iter_mut().enumerate() {
            let is_last = index + 1 == neurons;
            let neuron = match (view.curve_scope, selected) {
                (CurveScope::Neuron, _) => view.selected.neuron,
                (_, Some(selected)) if is_last && selected > index => selected,
                _ => index,
            };
            curve.at = NeuronAddress { layer, neuron };
            curve.current = [self.current, view.quantity.of(forward_pass, curve.at)[0]];
        }
    }
}

/// Returns the layer whose neurons have curves.
fn shown_layer(network: &Network, view: &View) -> usize {
    match view.curve_scope {
        CurveScope::Neuron | CurveScope::Layer => view.selected.layer,
        CurveScope::Network => network.architecture().last_layer(),
    }
}
