//! The update of derived values after a knob has changed, compared with computing all of them again.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use neurodial_core::data::DatasetGenerator;
use neurodial_core::insight::output_grid::{GridAxis, MappedNeurons};
use neurodial_core::insight::{Insight, KnobProfiles, LossEvaluation, OutputGrid};
use neurodial_core::network::{Knob, NeuronAddress};
use neurodial_core::session::{
    Adjustable, DataSource, Document, Edit, Gesture, Origin, Quantity, Session, TrainingConfig,
    TrainingSetup, ViewChange,
};

use super::{tanh_network, wide_network};
use crate::clock::{time, time_some};
use crate::{Bound, Row};

/// A knob of the sixth of seven layers.
const LATE: Knob = Knob::weight(5, 1, 2);

fn deep() -> Document {
    Document::new(tanh_network(&[8, 8, 8, 8, 8, 8, 1]))
}

/// Measures the update of all maps of the deep network after a change of a knob in the fourth layer.
pub fn maps(name: &'static str) -> Row {
    let mut document = Document::new(tanh_network(&[8, 8, 8, 8, 8, 8, 1]));
    let axes = [0, 1].map(|input| GridAxis {
        target: Adjustable::Input(input),
        range: [-6.0, 6.0],
    });
    let forward_pass = document.network.forward(&document.inputs);
    let knob = Knob::weight(3, 1, 2);
    let mut run = |reuses: bool| {
        let mut output_grid = OutputGrid::default();
        let mut step = 0_u32;
        time(|| {
            step = (step + 1) % 1000;
            document.network.set(knob, f64::from(step) / 1000.0);
            if !reuses {
                output_grid = OutputGrid::default();
            }
            output_grid.run(
                &document,
                &forward_pass,
                axes,
                100,
                MappedNeurons::All,
                Quantity::Output,
            );
            black_box(&output_grid);
        })
    };
    let (core, full) = (run(true), run(false));
    Row {
        name: name.to_owned(),
        core,
        plain: Some(full),
        item_count: 1.0,
        unit: None,
        bound: Bound::None,
    }
}

/// Measures the forward pass of 256 samples after a change of a knob in the last layer.
pub fn forward(name: &'static str) -> Row {
    let mut network = wide_network();
    let x: Vec<f64> = (0..784 * 256).map(|i| (i % 251) as f64 / 251.0).collect();
    let mut forward_pass = network.forward_batch(&x, 256);
    let mut before = network.clone();
    let mut step = 0_u32;
    let core = time(|| {
        step = (step + 1) % 1000;
        network.set(Knob::weight(2, 3, 1), f64::from(step) / 1000.0);
        forward_pass.update(&before, &network);
        before.knobs_mut().copy_from_slice(network.knobs());
        black_box(&forward_pass);
    });
    let full = time(|| {
        forward_pass.run(&network, &x, 256);
        black_box(&forward_pass);
    });
    Row {
        name: name.to_owned(),
        core,
        plain: Some(full),
        item_count: 1.0,
        unit: None,
        bound: Bound::None,
    }
}

/// Measures changes of [`LATE`] with and without the reuse of earlier results.
fn compare(name: &'static str, mut run: impl FnMut(bool, f64)) -> Row {
    let mut step = 0_u32;
    let mut timed = |reuses: bool| {
        time(|| {
            step = (step + 1) % 1000;
            run(reuses, f64::from(step) / 1000.0);
        })
    };
    let (core, full) = (timed(true), timed(false));
    Row {
        name: name.to_owned(),
        core,
        plain: Some(full),
        item_count: 1.0,
        unit: None,
        bound: Bound::None,
    }
}

/// Measures the profiles of the output over the ranges of all knobs.
pub fn profiles(name: &'static str) -> Row {
    let mut document = deep();
    let targets: Vec<Adjustable> = document
        .network
        .architecture()
        .knobs()
        .map(Adjustable::Knob)
        .collect();
    let output = NeuronAddress { layer: 6, neuron: 0 };
    let mut profiles = KnobProfiles::default();
    compare(name, |reuses, value| {
        if !reuses {
            profiles = KnobProfiles::default();
        }
        document.network.set(LATE, value);
        let forward_pass = document.network.forward(&document.inputs);
        profiles.update(&document, &forward_pass, output, Quantity::Output, &targets);
        black_box(&profiles);
    })
}

/// Measures the curve of the output over an input, with all other values derived from a session.
pub fn sweep(name: &'static str) -> Row {
    let mut document = deep();
    // The output never changes sign, because finding a zero crossing exactly takes longer than the curve.
    document.network.set(Knob::bias(6, 0), 5.0);
    let mut session = Session::open(document, Origin::Untitled);
    for action in [
        ViewChange::Sweep(Adjustable::Input(0)),
        ViewChange::Select(NeuronAddress { layer: 6, neuron: 0 }),
    ] {
        let _ = session.apply(action);
    }
    let mut insight = Insight::new(&session);
    let mut step = 0_u32;
    let mut timed = |reuses: bool| {
        time_some(|count| {
            let mut total = Duration::ZERO;
            for _ in 0..count {
                step = (step + 1) % 1000;
                let _ = session.apply(Edit::Turn {
                    target: LATE.into(),
                    value: f64::from(step) / 1000.0,
                    gesture: Some(Gesture(1)),
                });
                let start = Instant::now();
                if reuses {
                    insight.update(&session);
                } else {
                    insight = Insight::new(&session);
                }
                total += start.elapsed();
                black_box(&insight);
            }
            total
        })
    };
    let (core, full) = (timed(true), timed(false));
    Row {
        name: name.to_owned(),
        core,
        plain: Some(full),
        item_count: 1.0,
        unit: None,
        bound: Bound::None,
    }
}

/// Measures the loss of the training set.
pub fn loss(name: &'static str) -> Row {
    let mut document = deep();
    let config = TrainingConfig {
        samples: 500,
        ..TrainingConfig::new(DataSource::Generated(DatasetGenerator::Spiral))
    };
    let setup = Arc::new(TrainingSetup::new(config).unwrap_or_else(|e| unreachable!("{e}")));
    let mut evaluation = LossEvaluation::new(&document, &setup).unwrap_or_else(|e| unreachable!("{e}"));
    let first = Knob::weight(0, 0, 0);
    let mut other = 0.0;
    compare(name, |reuses, value| {
        document.network.set(LATE, value);
        if !reuses {
            // A change in the first layer makes all layers be computed again.
            other = 1.0 - other;
            document.network.set(first, other);
        }
        evaluation.update(&document.network);
        black_box(evaluation.loss());
    })
}
