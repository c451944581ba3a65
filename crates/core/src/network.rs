//! The network core: the structure of a dense network and its computations. Nothing here uses egui, files or
//! a clock.
//!
//! | file | contents |
//! | --- | --- |
//! | `knob` | [`Knob`]: the address of one trainable parameter; [`NeuronAddress`]: that of a neuron |
//! | `activation` | [`Activation`]: the activation functions, with the table of all that differs between them |
//! | [`architecture`] | [`Architecture`]: names, widths and activations, and the flat order of the knobs |
//! | `network_diff` | `NetworkDiff`: the neurons whose knobs differ between two networks |
//! | `dense` | [`Network`]: an architecture and the values of its knobs |
//! | [`forward_pass`] | [`ForwardPass`]: the forward pass of one input or of a batch |
//! | `backward_pass` | [`BackwardPass`]: the derivatives with respect to all knobs and inputs |
//! | `gradient_flow` | [`GradientFlow`]: the reason why a derivative is zero |
//! | [`kernel`] | the arithmetic of all passes, with SIMD instructions; [`kernel::SimdWidth`] |
//! | `f32_math` | functions of activations in f32, for colors |
//! | `inverse` | helpers of the inverse activation functions |
//! | `init` | [`Initializer`]: seeded initial values of the knobs |
//! | `symbol` | [`MathSymbol`]: symbols and descriptions of knobs, inputs and neurons |
//! | `image_shape` | [`ImageShape`]: inputs that are the pixels of an image |
//! | `architecture_edit` | [`ArchitectureEdit`]: adding and removing inputs, neurons and layers |
//!
//! All indices are counted from 0 here; people, files and the command line count from 1.

pub(crate) mod activation;
pub mod architecture;
pub(crate) mod architecture_edit;
pub(crate) mod backward_pass;
pub(crate) mod dense;
pub(crate) mod f32_math;
pub mod forward_pass;
pub(crate) mod gradient_flow;
pub(crate) mod image_shape;
pub(crate) mod init;
pub(crate) mod inverse;
pub mod kernel;
pub(crate) mod knob;
pub(crate) mod network_diff;
pub(crate) mod symbol;

pub use activation::{Activation, ActivationInfo, Initializer, Threshold};
pub(crate) use activation::{FunctionCode, NeuronState, Probabilities, activate_f32};
pub use architecture::{Architecture, ArchitectureError, LayerPlan, NeuronPlan};
pub use architecture_edit::ArchitectureEdit;
pub use backward_pass::{BackwardPass, GradientSeed};
pub(crate) use dense::LayerView;
pub use dense::Network;
pub use forward_pass::ForwardPass;
pub use gradient_flow::{GradientFlow, GradientFlows};
pub use image_shape::ImageShape;
pub use init::Initialization;
pub use knob::{Knob, KnobKind, NeuronAddress};
pub(crate) use network_diff::{NetworkDiff, changed_indices, same_bits};
pub use symbol::MathSymbol;
