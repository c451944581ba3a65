//! Small dense neural networks that people adjust by hand: forward pass, gradients, training, documents with
//! undo, and the network as source code. This is the core of the program `neurodial`; it draws nothing and
//! has no user interface.
//!
//! ```
//! use neurodial_core::network::{Activation, Architecture, Knob, Network};
//!
//! # fn main() -> Result<(), neurodial_core::network::ArchitectureError> {
//! // Two inputs, one layer of two neurons; every knob is 0.
//! let mut network = Network::zeros(Architecture::dense(2, &[(2, Activation::Relu)])?);
//! network.set(Knob::weight(0, 0, 1), 0.5); // layer 0, neuron 0, input 1
//! network.set(Knob::bias(0, 0), -1.0);
//!
//! let forward = network.forward(&[3.0, 4.0]);
//! assert_eq!(forward.z(0, 0), [1.0]); // 0 · 3 + 0.5 · 4 − 1
//! assert_eq!(forward.a(0, 0), [1.0]); // relu(z)
//! # Ok(())
//! # }
//! ```
//!
//! # Terms
//! - A **knob** is a weight or a bias, PyTorch's parameter. [`Knob`] is its address: layer, neuron, and the
//!   input whose weight it is, or the bias.
//! - An **architecture** is everything about a network except the values of its knobs: the number of inputs,
//!   the layers with their widths and activations, and names. [`Architecture`] also fixes the *flat order*,
//!   in which all knobs are one slice: layer by layer, first the weights `[neuron][input]`, then the biases.
//! - A **network** is an architecture and the values of its knobs: [`Network`]. All its layers are dense.
//!   Layer 0 is the first layer after the inputs; the inputs are no layer. Activations belong to single
//!   neurons, except softmax, which belongs to a whole layer.
//! - A **document** is what a saved file contains: a network, the current inputs, ranges and locks of the
//!   knobs, saved inputs, snapshots, and the configuration of training: [`Document`].
//! - A **session** is a document that a person works on, with undo history, selection and display settings:
//!   [`Session`].
//!
//! The [glossary](../../../docs/glossary.md) (`docs/glossary.md` in the repository) lists all terms.
//!
//! # Conventions
//! All numbers are `f64`. Matrices are flat slices in row-major order, and their shape is written like
//! `[neuron][sample]`: the samples of a neuron are adjacent. So a batch of inputs is `[input][sample]`, the
//! transpose of PyTorch's batches, while weights are `[neuron][input]` as in PyTorch. Indices count from 0 in
//! code, and from 1 in everything that people read or type: names such as `w[1,2,3]`, error messages, files.
//!
//! Errors are data: [`Localized::message`](text::Localized::message) makes a sentence of one in the language
//! of the reader, and `Display` makes it in English. Wrong lengths of slices are errors of the program: they
//! panic.
//!
//! # How data flows
//! ```text
//! file or preset ─→ Document ─→ Session ─── Session::apply(Action) ─→ next revision
//!                                  │                                      │
//!                                  └── Insight::update(&Session) ←────────┘
//!                                         │
//!                                         └─→ outputs, curves, formula, loss, sentences
//! ```
//! Nothing but [`Session::apply`] changes a session. An [`Action`](session::Action) is either carried out as
//! a whole, or refused with an [`ActionError`](session::ActionError) and then nothing has changed. Changes of
//! the document can be undone; actions with the same [`Gesture`](session::Gesture) are one undo step.
//! [`Insight`](insight::Insight) holds all that is derived from a session and computes it at most once for
//! each revision.
//!
//! ```
//! use neurodial_core::formats::Preset;
//! use neurodial_core::insight::Insight;
//! use neurodial_core::network::Knob;
//! use neurodial_core::session::{Adjustable, Edit, HistoryCommand, Origin, Session};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut session = Session::open(Preset::DEFAULT.document()?, Origin::Untitled);
//! let mut insight = Insight::new(&session);
//! let before = insight.forward_pass().a(0, 0)[0];
//!
//! let bias = Adjustable::Knob(Knob::bias(0, 0));
//! session.apply(Edit::Set { target: bias, value: 1.0 })?; // it was 2
//! insight.update(&session);
//! assert!(insight.forward_pass().a(0, 0)[0] < before);
//!
//! session.apply(HistoryCommand::Undo)?;
//! insight.update(&session);
//! assert_eq!(insight.forward_pass().a(0, 0)[0], before);
//! # Ok(())
//! # }
//! ```
//!
//! Networks, gradients, training and code export work without a session too; see the modules.
//!
//! # Modules
//! A module uses only modules above it in this table.
//!
//! | module | contents |
//! | --- | --- |
//! | [`text`] | the message catalog; numbers as people type and read them |
//! | [`network`] | architecture, knobs, activations, initial values; forward and backward pass |
//! | [`data`] | datasets: generated, bundled, set by hand, read from CSV text |
//! | [`training`] | loss functions, regularization, optimizers, the trainer, metrics, warnings |
//! | [`nerve_cell`] | a natural neuron: membrane potential, impulses, firing rate |
//! | [`session`] | documents, actions, undo, the configuration and progress of training |
//! | [`formats`] | formats of documents, files, presets, recovery after a crash |
//! | [`code`] | networks written as Python, NumPy, PyTorch, Rust and LaTeX, and read from pasted matrices |
//! | [`insight`] | everything derived from a session: curves, formula, sensitivities, maps, loss, sentences |
//! | [`lessons`] | lessons: their format, conditions, a play-through, checks and the answer log |
//!
//! # Reproducibility
//! The same calls give the same bits on every machine and at every SIMD width, and the outputs of a sample are
//! the same in every batch: sums have one fixed order, multiply-adds are always fused, `exp` and the like are
//! part of the crate, and random numbers are seeded. [`network::kernel`] explains it. There is no clock,
//! thread, file or unseeded randomness in `network`, `data` and `training`; only [`formats`] reads and
//! writes files.
//!
//! # Known limits
//! - Networks are dense layers in sequence, with at most 64 layers, 4096 neurons in a layer and 4,000,000
//!   knobs; see [`network::architecture`].
//! - There is no GPU and no automatic differentiation of other computations, and training uses one thread.
//! - A processor without fused multiply-adds gives the same bits, but far more slowly. AVX-512 is used from
//!   Ice Lake and Zen 4 on; earlier processors use AVX2.
//! - Exported programs add without fused multiply-adds, so that their outputs differ from those of this crate
//!   in the last bits. The output of a step function whose weighted sum is 0 but for those bits can differ.
//! - A curve can miss a bump that two steps in a layer after the first make within less than 1/128 of the
//!   axis.
//! - The profiles of the loss along a knob are computed in single precision, and for large datasets on a part
//!   of the samples.
//!
//! [`Knob`]: network::Knob
//! [`Architecture`]: network::Architecture
//! [`Network`]: network::Network
//! [`Document`]: session::Document
//! [`Session`]: session::Session
//! [`Session::apply`]: session::Session::apply

pub mod code;
pub mod data;
pub mod formats;
pub mod insight;
pub mod lessons;
pub mod nerve_cell;
pub mod network;
pub mod session;
pub mod text;
pub mod training;

/// The examples of the README, compiled and run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub(crate) struct ReadmeExamples;
