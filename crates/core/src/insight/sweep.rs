//! The curves: what neurons make of one number while it is swept along an axis.

use crate::network::{Network, NeuronAt, Trace, Variation, Varied};
use crate::session::{Features, Quantity, Scope, Target, View};

use super::crossing::Finder;
use super::sampler::{Question, Sampler};
use super::{Crossings, fit_y};

/// The most curves of a sweep.
pub const MAX_CURVES: usize = 64;

/// The curves of the neurons in scope over one swept knob or input, all else as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Sweep {
    /// What is swept.
    pub over: Target,
    /// Pre-activation or output.
    pub quantity: Quantity,
    /// The axis in view, along the swept number.
    pub x: [f64; 2],
    /// The axis of the values: the view's, or one fitted to the curves.
    pub y: [f64; 2],
    /// One curve a neuron in scope, at most [`MAX_CURVES`]; the selected neuron's is among them if it is in scope.
    pub curves: Vec<Curve>,
    /// Where the `z` of the selected neuron changes sign.
    pub crossings: Crossings,
    /// The present value of what is swept.
    pub now: f64,
    /// Whether the axis of the values is a fitted one.
    is_fitted: bool,
    /// The axis that fits, whether it is shown or not.
    fitted_y: [f64; 2],
    /// The fitted axis that is kept while something is being turned.
    held_y: Option<[f64; 2]>,
}

/// One neuron's curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// The neuron.
    pub at: NeuronAt,
    /// `[x, value]`, x ascending. A jump is two points with adjacent x. Points that are not finite are left out.
    pub points: Vec<[f64; 2]>,
    /// The present point, with the trace's own number; it may lie outside of the axis.
    pub now: [f64; 2],
}

/// What a sweep is made with: buffers that are kept from one to the next.
#[derive(Debug, Clone, Default)]
pub(super) struct Tools {
    sampler: Sampler,
    finder: Finder,
}

impl Sweep {
    pub(super) fn new(view: &View) -> Self {
        Self {
            over: view.over,
            quantity: view.quantity,
            x: [-1.0, 1.0],
            y: [-1.0, 1.0],
            curves: Vec::new(),
            crossings: Crossings::default(),
            now: 0.0,
            is_fitted: true,
            fitted_y: [-1.0, 1.0],
            held_y: None,
        }
    }

    /// Draws all of it anew over the axis `x`; `trace` is that of the present inputs. The axis of the values is
    /// fitted to these curves and those `beside` them.
    pub(super) fn update(
        &mut self,
        (network, features): (&Network, Features<'_>),
        x: [f64; 2],
        view: &View,
        trace: &Trace,
        beside: [&[Curve]; 2],
        tools: &mut Tools,
    ) {
        let varied = match view.over {
            Target::Knob(knob) => Varied::Knob(knob),
            Target::Input(input) => Varied::Input(input),
        };
        let variation = Variation::new(network, trace, varied).followed(&features);
        self.over = view.over;
        self.quantity = view.quantity;
        self.now = variation.present();
        self.x = x;
        self.choose_curves(network, view, trace);
        let question = Question {
            variation,
            features,
            layer: shown_layer(network, view),
            curves: &self.curves,
            selected: view.selected,
            quantity: view.quantity,
            trace,
            x: self.x,
            y: view.axes.y,
        };
        let Tools { sampler, finder } = tools;
        sampler.sample(&question);
        finder.find(&question, sampler, &mut self.crossings);
        for (index, curve) in self.curves.iter_mut().enumerate() {
            curve.points.clear();
            curve
                .points
                .extend(sampler.points(index).filter(|point| point[1].is_finite()));
        }
        self.is_fitted = view.axes.y.is_none();
        self.fitted_y = fit_y(self.curves.iter().chain(beside.into_iter().flatten()));
        self.y = view.axes.y.or(self.held_y).unwrap_or(self.fitted_y);
    }

    /// Keeps the fitted axis of the values as it is, or fits it again.
    pub(super) fn hold_fit(&mut self, is_held: bool) {
        if is_held {
            self.held_y.get_or_insert(self.y);
        } else if self.held_y.take().is_some() && self.is_fitted {
            self.y = self.fitted_y;
        }
    }

    fn choose_curves(&mut self, network: &Network, view: &View, trace: &Trace) {
        let layer = shown_layer(network, view);
        let width = network.blueprint().width(layer);
        let selected = (view.selected.layer == layer).then_some(view.selected.neuron);
        let neurons = match view.scope {
            Scope::Neuron => 1,
            Scope::Layer | Scope::Network => width.min(MAX_CURVES),
        };
        self.curves.resize_with(neurons, || Curve {
            at: view.selected,
            points: Vec::new(),
            now: [0.0, 0.0],
        });
        for (index, curve) in self.curves.iter_mut().enumerate() {
            let is_last = index + 1 == neurons;
            let neuron = match (view.scope, selected) {
                (Scope::Neuron, _) => view.selected.neuron,
                (_, Some(selected)) if is_last && selected > index => selected,
                _ => index,
            };
            curve.at = NeuronAt { layer, neuron };
            let value = match view.quantity {
                Quantity::PreActivation => trace.z(layer, neuron)[0],
                Quantity::Output => trace.a(layer, neuron)[0],
            };
            curve.now = [self.now, value];
        }
    }
}

fn shown_layer(network: &Network, view: &View) -> usize {
    match view.scope {
        Scope::Neuron | Scope::Layer => view.selected.layer,
        Scope::Network => network.blueprint().last_layer(),
    }
}
