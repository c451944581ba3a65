//! A curve in a hand: which knob follows, and which value puts the curve through the pointer.

use crate::network::{Follow, Knob, Network, NeuronAt, Term, Trace, inverse};
use crate::session::{Document, Quantity, Session, Target};

/// Within this part of the axis around the threshold the bias follows.
const NEAR: f64 = 0.2;
/// Within this part of the axis around 0 a weight has too short a lever.
const SHORT: f64 = 0.04;

/// Which knob follows a hand on a curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bend {
    /// The one that follows near the threshold, or everywhere.
    near: Knob,
    /// The weight that follows far from it, and where the threshold is.
    far: Option<(Knob, f64)>,
    x: [f64; 2],
}

impl Bend {
    /// How the curve of a neuron over the axis `x` can be taken; `None` if nothing would move it.
    ///
    /// A neuron of the first layer over an input follows with its bias near its threshold and with the weight of that
    /// input far from it; any other with its bias. Over the bias itself it is the weight with the longest lever.
    pub fn new(session: &Session, trace: &Trace, at: NeuronAt, x: [f64; 2]) -> Option<Self> {
        let NeuronAt { layer, neuron } = at;
        let bias = Knob::bias(layer, neuron);
        let plain = Self {
            near: bias,
            far: None,
            x,
        };
        match session.view().over {
            Target::Knob(over) if over == bias => {
                let sources = trace.sources(layer).iter().enumerate();
                let longest = sources.max_by(|(_, a), (_, b)| a.abs().total_cmp(&b.abs()));
                let (input, _) = longest.filter(|(_, source)| **source != 0.0)?;
                Some(Self {
                    near: Knob::weight(layer, neuron, input),
                    ..plain
                })
            }
            // Where other inputs follow no single weight says how steep it is.
            Target::Input(input) if layer == 0 && !session.document().features().is_followed(input) => {
                let weight = Knob::weight(0, neuron, input);
                let slope = session.document().network.get(weight)?;
                let threshold = trace.x(input)[0] - trace.z(0, neuron)[0] / slope;
                // Without a slope there is no threshold to be near to.
                let far = threshold.is_finite().then_some((weight, threshold));
                Some(Self { far, ..plain })
            }
            _ => Some(plain),
        }
    }

    /// The knob that follows a hand which takes the curve at `x`.
    pub fn knob(&self, x: f64) -> Knob {
        let width = self.x[1] - self.x[0];
        match self.far {
            Some((weight, threshold)) if (x - threshold).abs() > NEAR * width && x.abs() > SHORT * width => {
                weight
            }
            _ => self.near,
        }
    }
}

/// The value of a neuron's knob that puts its curve over `over` through a point, or as near to it as the activation
/// comes. `None` if the knob has no influence there.
///
/// Exact but for rounding: `z` is affine in every knob of its own neuron, and the activation is undone.
pub fn value_through(
    document: &Document,
    over: Target,
    at: NeuronAt,
    knob: Knob,
    quantity: Quantity,
    [x, y]: [f64; 2],
) -> Option<f64> {
    let trace = trace_at(document, over, x);
    let z = trace.z(at.layer, at.neuron)[0];
    let plan = &document.network.blueprint().layers()[at.layer];
    let wanted = match quantity {
        Quantity::PreActivation => y,
        Quantity::Output if plan.is_softmax() => {
            let layer = trace.layers()[at.layer].z.iter().copied().enumerate();
            let others = layer.filter(|&(neuron, _)| neuron != at.neuron);
            inverse::softmax_inverse(y, z, others.map(|(_, z)| z))?
        }
        Quantity::Output => plan.neurons[at.neuron].activation.inverse_near(y, z),
    };
    let lever = match knob.term {
        Term::Bias => 1.0,
        Term::Weight { input } => *trace.sources(at.layer).get(input)?,
    };
    let value = document.network.get(knob)? + (wanted - z) / lever;
    value.is_finite().then_some(value)
}

/// The forward pass with another value of what the curves are drawn over.
fn trace_at(document: &Document, over: Target, x: f64) -> Trace {
    let mut trace = Trace::default();
    match over {
        Target::Input(input) => {
            let mut inputs = document.inputs.clone();
            if let Some(slot) = inputs.get_mut(input) {
                *slot = x;
            }
            document.features().follow(&mut inputs);
            trace.run(&document.network, &inputs, 1);
        }
        Target::Knob(knob) => {
            let mut network: Network = document.network.clone();
            network.set(knob, x);
            trace.run(&network, &document.inputs, 1);
        }
    }
    trace
}
