//! Training: losses, their gradients and the optimizers that reduce them. Nothing here uses egui, a clock or
//! a thread; the same seed and hyperparameters give the same bits on every machine.
//!
//! | file | contents |
//! | --- | --- |
//! | `loss` | [`Loss`]: the loss function and its derivative |
//! | `regularization` | [`Regularization`]: L1 and L2 penalties on the weights |
//! | [`objective`] | [`Objective`]: loss plus regularization, and its gradient |
//! | `batches` | `Batches`: the training samples, mini-batch by mini-batch |
//! | `encoded_dataset` | [`EncodedDataset`]: a dataset as numbers for a network's outputs |
//! | `evaluator` | [`Evaluator`]: loss and accuracy over a whole dataset |
//! | `classification` | the predicted class and [`ConfusionMatrix`] |
//! | `optimizer` | [`Optimizer`]: the rule that updates the knobs from a gradient |
//! | `learning_rate_schedule` | [`LearningRateSchedule`]: the learning rate over the epochs |
//! | `folded_scaling` | `FoldedScaling`: standardized inputs, folded into the first layer |
//! | `knob_locks` | `KnobLocks`: the locked and unlocked knobs of a run |
//! | `hyperparameters` | [`Hyperparameters`]: everything that training is configured with |
//! | `stopping_rule` | [`EpochMetrics`]: loss and accuracy at the end of an epoch; the best epoch so far, the test for divergence, and [`StoppingCriteria`] |
//! | `trainer` | [`Trainer`]: training, one update at a time; [`TrainerState`]: the state to resume it with the same bits |
//! | `diagnosis` | [`Diagnosis`]: warnings about what keeps a network from learning, with advice |

pub(crate) mod batches;
pub(crate) mod classification;
pub(crate) mod diagnosis;
pub(crate) mod encoded_dataset;
pub(crate) mod evaluator;
pub(crate) mod folded_scaling;
pub(crate) mod hyperparameters;
pub(crate) mod knob_locks;
pub(crate) mod learning_rate_schedule;
pub(crate) mod loss;
pub mod objective;
pub(crate) mod optimizer;
pub(crate) mod regularization;
pub(crate) mod stopping_rule;
pub(crate) mod trainer;

pub(crate) use batches::Batches;
pub use classification::ConfusionMatrix;
pub use diagnosis::{Diagnosis, LossMismatch};
pub use encoded_dataset::EncodedDataset;
pub(crate) use encoded_dataset::EncodingError;
pub use evaluator::{Evaluator, Metrics};
pub(crate) use folded_scaling::FoldedScaling;
pub use hyperparameters::Hyperparameters;
pub(crate) use hyperparameters::HyperparametersError;
pub(crate) use knob_locks::KnobLocks;
pub use learning_rate_schedule::LearningRateSchedule;
pub use loss::Loss;
pub(crate) use loss::LossError;
pub use objective::Objective;
pub use optimizer::Optimizer;
pub use regularization::Regularization;
pub use stopping_rule::{Divergence, EpochMetrics, StoppingCriteria, StoppingReason, TrainingStatus};
pub use trainer::{Trainer, TrainerError, TrainerState};
