//! Dragging a curve: selects the knob to change, and computes the value that puts the curve through the
//! pointer.

use crate::network::{ForwardPass, Knob, KnobKind, Network, NeuronAddress, inverse};
use crate::session::{Adjustable, Document, Quantity, Session};

/// Within this fraction of the axis around the threshold the bias is changed.
const NEAR_THRESHOLD: f64 = 0.2;
/// Within this fraction of the axis around 0 a weight has too little effect to be changed.
const NEAR_ZERO: f64 = 0.04;

/// The knob that changes when a curve is dragged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurveDrag {
    /// The knob that changes near the threshold, or everywhere if there is no other.
    default_knob: Knob,
    /// The weight that changes far from the threshold, and the position of the threshold.
    weight_and_threshold: Option<(Knob, f64)>,
    x_range: [f64; 2],
}

impl CurveDrag {
    /// Returns the knobs that dragging the curve of a neuron over the axis `x` changes, or `None` if no knob
    /// would move it.
    ///
    /// For a neuron of the first layer over an input, it is the bias near the threshold and the weight of
    /// that input far from it; for any other neuron it is the bias. Over the bias itself it is the weight
    /// whose input has the largest absolute value.
    pub fn new(
        session: &Session,
        forward_pass: &ForwardPass,
        at: NeuronAddress,
        x: [f64; 2],
    ) -> Option<Self> {
        let NeuronAddress { layer, neuron } = at;
        let bias = Knob::bias(layer, neuron);
        let bias_only = Self {
            default_knob: bias,
            weight_and_threshold: None,
            x_range: x,
        };
        match session.view().swept {
            Adjustable::Knob(swept) if swept == bias => {
                let sources = forward_pass.layer_inputs(layer).iter().enumerate();
                let largest = sources.max_by(|(_, a), (_, b)| a.abs().total_cmp(&b.abs()));
                let (input, _) = largest.filter(|(_, source)| **source != 0.0)?;
                Some(Self {
                    default_knob: Knob::weight(layer, neuron, input),
                    ..bias_only
                })
            }
            // If other inputs are computed from this one, no single weight determines the slope.
            Adjustable::Input(input)
                if layer == 0 && !session.document().features().has_dependents(input) =>
            {
                let weight = Knob::weight(0, neuron, input);
                let slope = session.document().network.get(weight)?;
                let threshold = forward_pass.x(input)[0] - forward_pass.z(0, neuron)[0] / slope;
                // Without a slope there is no threshold.
                let weight_and_threshold = threshold.is_finite().then_some((weight, threshold));
                Some(Self {
                    weight_and_threshold,
                    ..bias_only
                })
            }
            _ => Some(bias_only),
        }
    }

    /// Returns the knob that changes when the curve is dragged at `x`.
    pub fn knob(&self, x: f64) -> Knob {
        let width = self.x_range[1] - self.x_range[0];
        match self.weight_and_threshold {
            Some((weight, threshold))
                if (x - threshold).abs() > NEAR_THRESHOLD * width && x.abs() > NEAR_ZERO * width =>
            {
                weight
            }
            _ => self.default_knob,
        }
    }
}

/// Returns the value of a neuron's knob that puts its curve over `swept` through a point, or as near to it as
/// the range of the activation function allows. Returns `None` if the knob has no influence there.
///
/// The value is exact except for rounding: `z` is affine in every knob of its own neuron, and the activation
/// function is inverted.
pub fn knob_value_through(
    document: &Document,
    swept: Adjustable,
    at: NeuronAddress,
    knob: Knob,
    quantity: Quantity,
    [x, y]: [f64; 2],
) -> Option<f64> {
    let forward_pass = forward_pass_at(document, swept, x);
    let z = forward_pass.z(at.layer, at.neuron)[0];
    let plan = &document.network.architecture().layers()[at.layer];
    let target_z = match quantity {
        Quantity::WeightedSum => y,
        Quantity::Output if plan.is_softmax() => {
            let layer = forward_pass.layers()[at.layer].z.iter().copied().enumerate();
            let others = layer.filter(|&(neuron, _)| neuron != at.neuron);
            inverse::softmax_inverse(y, z, others.map(|(_, z)| z))?
        }
        Quantity::Output => plan.neurons[at.neuron].activation.inverse_near(y, z),
    };
    let slope = match knob.kind {
        KnobKind::Bias => 1.0,
        KnobKind::Weight { input } => *forward_pass.layer_inputs(at.layer).get(input)?,
    };
    let value = document.network.get(knob)? + (target_z - z) / slope;
    value.is_finite().then_some(value)
}

/// Returns the forward pass with another value of the swept knob or input.
fn forward_pass_at(document: &Document, swept: Adjustable, x: f64) -> ForwardPass {
    let mut forward_pass = ForwardPass::default();
    match swept {
        Adjustable::Input(input) => {
            let mut inputs = document.inputs.clone();
            if let Some(value) = inputs.get_mut(input) {
                *value = x;
            }
            document.features().update(&mut inputs);
            forward_pass.run(&document.network, &inputs, 1);
        }
        Adjustable::Knob(knob) => {
            let mut network: Network = document.network.clone();
            network.set(knob, x);
            forward_pass.run(&network, &document.inputs, 1);
        }
        // It changes no output.
        Adjustable::Hyperparameter(_) => forward_pass.run(&document.network, &document.inputs, 1),
    }
    forward_pass
}
