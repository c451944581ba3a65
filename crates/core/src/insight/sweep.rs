//! The curves: values of neurons while one knob or input is swept along an axis.

use crate::network::{Architecture, ForwardPass, Network, NeuronAddress};
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
    /// The vertical axis: that of the view, or one that was fitted to the curves when they were chosen. It
    /// stays the same while values change, and becomes longer only if the main curve has left it.
    pub y: [f64; 2],
    /// One curve for each neuron in scope, at most `MAX_CURVES`. The selected neuron's curve is among them
    /// if it is in scope.
    pub curves: Vec<Curve>,
    /// The positions at which the selected neuron's `z` changes sign.
    pub crossings: Crossings,
    /// The current value of the swept knob or input.
    pub current: f64,
    /// The choice of curves that the vertical axis was fitted to; `None` if it was never fitted.
    fitted: Option<FittedCurves>,
}

/// A choice of curves. The vertical axis is fitted again when the choice changes.
#[derive(Debug, Clone, PartialEq)]
struct FittedCurves {
    choice: CurveChoice,
    architecture: Architecture,
}

/// The part of a [`FittedCurves`] that the view chooses, with the number of points of the target curve.
type CurveChoice = (
    NeuronAddress,
    Adjustable,
    (Quantity, CurveScope),
    Option<usize>,
    u64,
    usize,
);

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
            fitted: None,
        }
    }

    /// Recomputes the curves over the axis `x`. `forward_pass` is that of the current inputs. If others were
    /// chosen, the vertical axis is fitted to these curves and to the given ones of the snapshot and of the
    /// target.
    pub(super) fn update(
        &mut self,
        (network, features): (&Network, ComputedFeatures<'_>),
        x: [f64; 2],
        view: &View,
        forward_pass: &ForwardPass,
        [snapshot_curves, target_curves]: [&[Curve]; 2],
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
        if let Some(y) = view.curve_axes.y {
            self.y = y;
            self.fitted = None;
            return;
        }
        let target_points = target_curves.iter().map(|curve| curve.points.len()).sum();
        let choice: CurveChoice = (
            view.selected,
            view.swept,
            (view.quantity, view.curve_scope),
            view.snapshot,
            view.axes_revision,
            target_points,
        );
        let architecture = network.architecture();
        let is_same_choice = self
            .fitted
            .as_ref()
            .is_some_and(|fitted| fitted.choice == choice && fitted.architecture == *architecture);
        let fit = || fit_y_axis(self.curves.iter().chain(snapshot_curves).chain(target_curves));
        if !is_same_choice {
            self.y = fit();
            self.fitted = Some(FittedCurves {
                choice,
                architecture: architecture.clone(),
            });
        } else if !self.is_main_curve_visible(view.selected) {
            let [low, high] = fit();
            self.y = [self.y[0].min(low), self.y[1].max(high)];
        }
    }

    /// True if any part of the selected neuron's curve is within the vertical axis; of any curve if that
    /// neuron has none.
    fn is_main_curve_visible(&self, selected: NeuronAddress) -> bool {
        let [low, high] = self.y;
        let is_visible = |curve: &Curve| {
            let is_inside = |value: f64| (low..=high).contains(&value);
            let points = &curve.points;
            points.iter().any(|point| is_inside(point[1]))
                || points.windows(2).any(|pair| {
                    let [a, b] = [pair[0][1], pair[1][1]];
                    a.min(b) < low && a.max(b) > high
                })
        };
        match self.curves.iter().find(|curve| curve.at == selected) {
            Some(main) => is_visible(main),
            None => self.curves.iter().any(is_visible),
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
