//! Learning: how wrong a network is, and turning its knobs until it is less so. No egui, no clock, no thread; the same
//! seed and settings give the same bits on every machine.
//!
//! | file | noun |
//! | --- | --- |
//! | [`loss`] | [`Loss`]: how wrong outputs are, and its derivative |
//! | [`penalty`] | [`Penalty`]: what large weights cost |
//! | [`objective`] | [`Objective`]: both together, and their gradient by every knob |
//! | [`batches`] | [`Batches`]: the samples of a run, batch by batch |
//! | [`encoding`] | [`Examples`]: a data set as numbers for a network’s outputs |
//! | [`evaluation`] | [`Evaluation`]: loss and accuracy over a whole data set |
//! | [`score`] | accuracy and [`Confusion`] |
//! | [`optimizer`] | [`Optimizer`]: from a gradient to a turn of the knobs |
//! | [`schedule`] | [`Schedule`]: the learning rate over the epochs |
//! | [`folding`] | [`Folding`]: standardised inputs, folded into the first layer |
//! | [`locks`] | [`Locks`]: which knobs of a run are locked, which free, and how the folding ties them |
//! | [`settings`] | [`Settings`]: all that a person chooses |
//! | [`record`] | [`Record`]: how a run stands at the end of an epoch; [`Status`]: whether it goes on |
//! | [`watch`] | [`Watch`]: what the end of an epoch decides |
//! | [`trainer`] | [`Trainer`]: training as plain steps |
//! | [`bookmark`] | [`Bookmark`]: where a run was left, to go on from there with the same bits |
//! | [`diagnosis`] | [`Diagnosis`]: why nothing is learned, and what to try |

pub mod batches;
pub mod bookmark;
pub mod diagnosis;
pub mod encoding;
pub mod evaluation;
pub mod folding;
pub mod locks;
pub mod loss;
pub mod objective;
pub mod optimizer;
pub mod penalty;
pub mod record;
pub mod schedule;
pub mod score;
pub mod settings;
pub mod trainer;
pub mod watch;

pub use batches::Batches;
pub use bookmark::TrainerState;
pub use diagnosis::Diagnosis;
pub use encoding::{EncodingError, EncodedDataset};
pub use evaluation::{Evaluator, Metrics};
pub use folding::FoldedScaling;
pub use locks::KnobLocks;
pub use loss::{Loss, LossError};
pub use objective::Objective;
pub use optimizer::Optimizer;
pub use penalty::Regularization;
pub use record::{Divergence, EpochMetrics, TrainingStatus};
pub use schedule::LearningRateSchedule;
pub use score::ConfusionMatrix;
pub use settings::{Hyperparameters, HyperparametersError};
pub use trainer::{Trainer, TrainerError};
pub use watch::StoppingRule;
