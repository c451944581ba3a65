//! Documents and training runs to draw.

use std::sync::Arc;

use neurodial_core::formats::Preset;
use neurodial_core::network::{Architecture, Initialization, Initializer};
use neurodial_core::session::training_run::Branch;
use neurodial_core::session::{
    Adjustable, DataSource, Document, Edit, Origin, SavedState, Session, TrainingConfig, TrainingRun,
    TrainingSetup,
};
use neurodial_core::training::{EpochMetrics, Metrics};

pub fn preset(name: &str) -> Document {
    Preset::from_name(name).unwrap().document().unwrap()
}

/// Returns the document with a row of saved inputs, a snapshot and a recorded state, so that no pane is empty.
pub fn filled(mut document: Document) -> Document {
    let state = SavedState::from_document(&document, "first".to_owned());
    if document.saved_inputs.is_empty() {
        document.saved_inputs.push(document.inputs.clone());
    }
    if document.snapshots.is_empty() {
        document.snapshots.push(state.clone());
    }
    document.experiment_rows.push(state);
    document
}

/// Returns the article’s network with a snapshot named “before the turn”, in which three knobs and an input differ.
pub fn with_snapshot() -> Document {
    let mut session = Session::open(preset("article"), Origin::Untitled);
    session
        .apply(Edit::TakeSnapshot("before the turn".to_owned()))
        .unwrap();
    for (target, value) in [
        ("w[1,2,2]", 1.4),
        ("w[1,3,1]", -2.0),
        ("b[1,1]", -1.25),
        ("x[3]", 0.5),
    ] {
        let target = Adjustable::parse(target).unwrap();
        session.apply(Edit::Set { target, value }).unwrap();
    }
    filled(session.document().clone())
}

/// Returns the configuration of training on generated or built-in data.
pub fn training_config(data: &str) -> TrainingConfig {
    TrainingConfig::new(DataSource::from_name(data).unwrap())
}

/// Returns a new network that fits the data of a configuration, together with the data.
pub fn with_data(config: TrainingConfig) -> Document {
    let setup = TrainingSetup::new(config).unwrap();
    let mut document = setup.new_document().unwrap();
    document.training_setup = Some(Arc::new(setup));
    document
}

/// Returns random weights and biases by Xavier’s scheme.
pub fn random_knobs(architecture: &Architecture, seed: u64) -> Vec<f64> {
    let initialization = Initialization {
        initializer: Initializer::Xavier,
        seed,
        has_random_biases: true,
    };
    initialization.values(architecture)
}

/// Returns a run of five epochs with falling losses on the training set and on the test set.
pub fn training_run(has_accuracy: bool) -> TrainingRun {
    let losses = [0.9, 0.31, 0.12, 0.056, 0.0313];
    let metrics = |loss| Metrics {
        loss,
        accuracy: has_accuracy.then_some(1.0 - loss),
    };
    let epochs = losses.iter().enumerate().map(|(epoch, &loss)| EpochMetrics {
        epoch,
        train: metrics(loss),
        test: Some(metrics(1.2 * loss)),
    });
    TrainingRun {
        current_epoch: 4,
        current_branch: Branch {
            metrics: Arc::new(epochs.collect()),
            ..Branch::default()
        },
        ..TrainingRun::default()
    }
}
