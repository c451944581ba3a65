//! Helper functions that several test modules share.

use std::sync::Arc;

use neurodial_core::formats::Preset;
use neurodial_core::insight::Sweep;
use neurodial_core::network::{
    Activation, Architecture, Initialization, Initializer, Network, NeuronAddress,
};
use neurodial_core::session::{
    Action, Adjustable, Document, Origin, Quantity, Session, TrainingConfig, TrainingSetup,
};

pub mod datasets;
pub mod oracle;
pub mod random_documents;

/// Returns a network whose weights and biases are drawn from `seed`.
pub fn random_network(architecture: Architecture, initializer: Initializer, seed: u64) -> Network {
    let initialization = Initialization {
        initializer,
        seed,
        has_random_biases: true,
    };
    initialization.network(architecture)
}

/// Returns the first sweep with the vertical axis of the second, which depends on the values before.
pub fn with_same_axis(sweep: &Sweep, other: &Sweep) -> Sweep {
    let mut sweep = sweep.clone();
    sweep.y = other.y;
    sweep
}

/// Returns the document of a preset.
pub fn preset(name: &str) -> Document {
    Preset::from_name(name).unwrap().document().unwrap()
}

/// Opens a document that is not in a file.
pub fn open(document: Document) -> Session {
    Session::open(document, Origin::Untitled)
}

/// Opens a dense network with these knobs and inputs.
pub fn dense_session(inputs: &[f64], layers: &[(usize, Activation)], knobs: &[f64]) -> Session {
    let architecture = Architecture::dense(inputs.len(), layers).unwrap();
    let mut document = Document::new(Network::from_knobs(architecture, knobs.to_vec()).unwrap());
    document.inputs = inputs.to_vec();
    open(document)
}

/// Returns the session after these actions, none of which may be refused.
pub fn apply_all(mut session: Session, actions: &[Action]) -> Session {
    for action in actions {
        session.apply(action.clone()).unwrap();
    }
    session
}

/// Reads an address such as `w[1,2,3]`, `b[1,2]` or `x[1]`.
pub fn adjustable(address: &str) -> Adjustable {
    Adjustable::parse(address).unwrap()
}

/// Returns all knobs, in their flat order.
pub fn knobs(architecture: &Architecture) -> Vec<Adjustable> {
    architecture.knobs().map(Adjustable::Knob).collect()
}

/// Returns all knobs, in their flat order, and after them all inputs.
pub fn knobs_and_inputs(architecture: &Architecture) -> Vec<Adjustable> {
    let inputs = (0..architecture.input_count()).map(Adjustable::Input);
    knobs(architecture).into_iter().chain(inputs).collect()
}

/// Returns the addresses of all neurons, layer by layer.
pub fn neurons(architecture: &Architecture) -> Vec<NeuronAddress> {
    let layers = 0..architecture.layers().len();
    layers
        .flat_map(|layer| (0..architecture.width(layer)).map(move |neuron| NeuronAddress { layer, neuron }))
        .collect()
}

/// Returns a copy of the document in which one knob or input has another value.
pub fn with_value(document: &Document, adjustable: Adjustable, value: f64) -> Document {
    let mut document = document.clone();
    match adjustable {
        Adjustable::Knob(knob) => assert!(document.network.set(knob, value)),
        Adjustable::Input(input) => document.inputs[input] = value,
        Adjustable::Hyperparameter(_) => panic!("{adjustable} is not in the network"),
    }
    document
}

/// Computes the weighted sum or the output of a neuron with a plain forward pass.
pub fn neuron_value(document: &Document, at: NeuronAddress, quantity: Quantity) -> f64 {
    let forward_pass = document.network.forward(&document.inputs);
    match quantity {
        Quantity::WeightedSum => forward_pass.z(at.layer, at.neuron)[0],
        Quantity::Output => forward_pass.a(at.layer, at.neuron)[0],
    }
}

/// Returns the data and the training settings that `config` describes.
pub fn training_setup(config: TrainingConfig) -> Arc<TrainingSetup> {
    Arc::new(TrainingSetup::new(config).unwrap())
}

/// Returns the numbers as bits: equal only if the numbers agree to the last bit.
pub fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| value.to_bits()).collect()
}

/// True if the values differ by rounding errors only. Near the threshold of a step they may differ by more.
pub fn is_near(document: &Document, found: f64, expected: f64) -> bool {
    let has_steps = document.network.architecture().layers().iter().any(|plan| {
        let mut neurons = plan.neurons.iter();
        neurons.any(|neuron| neuron.activation == Activation::Step)
    });
    let scale = 1e3_f64.max(expected.abs());
    (found - expected).abs() <= 1e-11 * scale || has_steps && is_at_a_threshold(document)
}

/// True if the weighted sum of any neuron is almost 0.
fn is_at_a_threshold(document: &Document) -> bool {
    let forward_pass = document.network.forward(&document.inputs);
    let mut layers = forward_pass.layers().iter();
    layers.any(|layer| layer.z.iter().any(|z| z.abs() < 1e-9))
}
