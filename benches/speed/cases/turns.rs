//! A knob is turned, and all that is downstream of it is computed again: beside all of it anew.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use neurodial_core::data::DatasetGenerator;
use neurodial_core::insight::output_grid::{GridAxis, MappedNeurons};
use neurodial_core::insight::{Insight, KnobProfiles, LossEvaluation, OutputGrid};
use neurodial_core::network::{Knob, NeuronAddress};
use neurodial_core::session::{
    Action, Adjustable, DataSource, Document, Gesture, Origin, Quantity, Session, TrainingConfig,
    TrainingSetup,
};

use super::{tanh_network, wide_network};
use crate::clock::{time, time_some};
use crate::{Bound, Row};

/// Of the sixth of seven layers.
const LATE: Knob = Knob::weight(5, 1, 2);

fn deep() -> Document {
    Document::new(tanh_network(&[8, 8, 8, 8, 8, 8, 1]))
}

/// All maps of the deep network again, after a knob of its fourth layer has turned: beside all of them anew.
pub fn maps(name: &'static str) -> Row {
    let mut document = Document::new(tanh_network(&[8, 8, 8, 8, 8, 8, 1]));
    let axes = [0, 1].map(|input| GridAxis {
        target: Adjustable::Input(input),
        range: [-6.0, 6.0],
    });
    let trace = document.network.forward(&document.inputs);
    let knob = Knob::weight(3, 1, 2);
    let mut run = |is_known: bool| {
        let mut decision = OutputGrid::default();
        let mut at = 0_u32;
        time(|| {
            at = (at + 1) % 1000;
            document.network.set(knob, f64::from(at) / 1000.0);
            if !is_known {
                decision = OutputGrid::default();
            }
            decision.run(&document, &trace, axes, 100, MappedNeurons::All, Quantity::Output);
            black_box(&decision);
        })
    };
    let (ours, anew) = (run(true), run(false));
    Row {
        name: name.to_owned(),
        ours,
        plain: Some(anew),
        things: 1.0,
        unit: None,
        bound: Bound::None,
    }
}

/// The forward pass of 256 samples after a knob of the last layer has turned: beside the whole pass.
pub fn examples(name: &'static str) -> Row {
    let mut network = wide_network();
    let x: Vec<f64> = (0..784 * 256).map(|i| (i % 251) as f64 / 251.0).collect();
    let mut trace = network.forward_batch(&x, 256);
    let mut before = network.clone();
    let mut at = 0_u32;
    let ours = time(|| {
        at = (at + 1) % 1000;
        network.set(Knob::weight(2, 3, 1), f64::from(at) / 1000.0);
        trace.update(&before, &network);
        before.knobs_mut().copy_from_slice(network.knobs());
        black_box(&trace);
    });
    let anew = time(|| {
        trace.run(&network, &x, 256);
        black_box(&trace);
    });
    Row {
        name: name.to_owned(),
        ours,
        plain: Some(anew),
        things: 1.0,
        unit: None,
        bound: Bound::None,
    }
}
/// Turns [`LATE`] on and on, with what is known or without.
fn beside(name: &'static str, mut run: impl FnMut(bool, f64)) -> Row {
    let mut at = 0_u32;
    let mut timed = |is_known: bool| {
        time(|| {
            at = (at + 1) % 1000;
            run(is_known, f64::from(at) / 1000.0);
        })
    };
    let (ours, anew) = (timed(true), timed(false));
    Row {
        name: name.to_owned(),
        ours,
        plain: Some(anew),
        things: 1.0,
        unit: None,
        bound: Bound::None,
    }
}

/// What the output would be over the ranges of all knobs.
pub fn strips(name: &'static str) -> Row {
    let mut document = deep();
    let targets: Vec<Adjustable> = document
        .network
        .architecture()
        .knobs()
        .map(Adjustable::Knob)
        .collect();
    let output = NeuronAddress { layer: 6, neuron: 0 };
    let mut strips = KnobProfiles::default();
    beside(name, |is_known, value| {
        if !is_known {
            strips = KnobProfiles::default();
        }
        document.network.set(LATE, value);
        let trace = document.network.forward(&document.inputs);
        strips.update(&document, &trace, output, Quantity::Output, &targets);
        black_box(&strips);
    })
}

/// The curve of the output over an input, with all else that is derived from a session.
pub fn sweep(name: &'static str) -> Row {
    let mut document = deep();
    // So that it never changes sign: to find such a place to the last bit takes longer than the curve.
    document.network.set(Knob::bias(6, 0), 5.0);
    let mut session = Session::open(document, Origin::Untitled);
    for action in [
        Action::Sweep(Adjustable::Input(0)),
        Action::Select(NeuronAddress { layer: 6, neuron: 0 }),
    ] {
        let _ = session.apply(action);
    }
    let mut insight = Insight::new(&session);
    let mut at = 0_u32;
    let mut timed = |is_known: bool| {
        time_some(|together| {
            let mut taken = Duration::ZERO;
            for _ in 0..together {
                at = (at + 1) % 1000;
                let _ = session.apply(Action::Turn {
                    target: LATE.into(),
                    value: f64::from(at) / 1000.0,
                    gesture: Some(Gesture(1)),
                });
                let start = Instant::now();
                if is_known {
                    insight.update(&session);
                } else {
                    insight = Insight::new(&session);
                }
                taken += start.elapsed();
                black_box(&insight);
            }
            taken
        })
    };
    let (ours, anew) = (timed(true), timed(false));
    Row {
        name: name.to_owned(),
        ours,
        plain: Some(anew),
        things: 1.0,
        unit: None,
        bound: Bound::None,
    }
}

/// The loss of the data to train with.
pub fn loss(name: &'static str) -> Row {
    let mut document = deep();
    let choice = TrainingConfig {
        samples: 500,
        ..TrainingConfig::new(DataSource::Generated(DatasetGenerator::Spiral))
    };
    let course = Arc::new(TrainingSetup::new(choice).unwrap_or_else(|e| unreachable!("{e}")));
    let mut exam = LossEvaluation::new(&document, &course).unwrap_or_else(|e| unreachable!("{e}"));
    let first = Knob::weight(0, 0, 0);
    let mut other = 0.0;
    beside(name, |is_known, value| {
        document.network.set(LATE, value);
        if !is_known {
            // As if all were anew: a knob of the first layer too.
            other = 1.0 - other;
            document.network.set(first, other);
        }
        exam.update(&document.network);
        black_box(exam.loss());
    })
}
