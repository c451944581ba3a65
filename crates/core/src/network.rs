//! The network core: what a dense network is and what it computes. No egui, no files, no clock.
//!
//! | file | noun |
//! | --- | --- |
//! | [`knob`] | [`Knob`]: the address of one trainable parameter |
//! | [`activation`] | [`Activation`]: the twelve functions a neuron can end with |
//! | [`blueprint`] | [`Blueprint`]: names, widths and activations, and the flat order of the knobs |
//! | [`change`] | [`Change`]: what is different in another network |
//! | [`dense`] | [`Network`]: a blueprint and the values of its knobs |
//! | [`trace`] | [`Trace`]: one forward pass, of one input or of a batch |
//! | [`backward`] | [`Backward`]: derivatives by all knobs and inputs |
//! | [`slope`] | [`Slope`]: what a derivative of zero means |
//! | [`variation`] | [`Variation`]: forward passes in which one number varies |
//! | [`kernel`] | the arithmetic of all passes, at the processor’s width; [`kernel::Width`] |
//! | [`inverse`] | from an output back to a pre-activation |
//! | [`init`] | [`Scheme`]: seeded starting values |
//! | [`symbol`] | [`Symbol`]: what knobs, inputs and neurons are called |
//! | [`surgery`] | [`Surgery`]: adding and removing inputs, neurons and layers |
//!
//! All indices are counted from 0 here; people, files and the command line count from 1.

pub mod activation;
pub mod backward;
pub mod blueprint;
pub mod change;
pub mod dense;
pub mod init;
pub mod inverse;
pub mod kernel;
pub mod knob;
pub mod slope;
pub mod surgery;
pub mod symbol;
pub mod trace;
pub mod variation;

pub use activation::Activation;
pub use backward::{BackwardPass, GradientSeed};
pub use blueprint::{Architecture, ArchitectureError, LayerPlan, NeuronPlan};
pub use change::NetworkDiff;
pub use dense::{LayerView, Network};
pub use init::{Initialization, Initializer};
pub use knob::{Knob, KnobKind};
pub use slope::{GradientFlow, GradientFlows};
pub use surgery::{NeuronAddress, ArchitectureEdit};
pub use symbol::MathSymbol;
pub use trace::{LayerValues, ForwardPass};
pub use variation::{DependentInputs, ForwardSweep, SweepVariable, ForwardSweepResult};
