//! The time to update all values derived from a session after a knob has changed.

use divan::Bencher;
use neurodial_core::formats::Preset;
use neurodial_core::insight::Insight;
use neurodial_core::network::{Activation, Architecture, Initialization, Initializer, Knob, Network};
use neurodial_core::session::{
    Action, Adjustable, CurveScope, Document, Edit, Gesture, Origin, Session, ViewChange,
};

fn main() {
    divan::main();
}

fn preset(name: &str) -> Session {
    let document = Preset::from_name(name).and_then(|preset| preset.document().ok());
    Session::open(
        document.unwrap_or_else(|| unreachable!("a bundled preset")),
        Origin::Untitled,
    )
}

/// Returns a network with the architecture of the `deep` preset.
fn deep_network() -> Session {
    let tanh = |width| (width, Activation::Tanh);
    network(2, &[tanh(4), tanh(4), tanh(1)], Initializer::Xavier)
}

fn large(inputs: usize, widths: &[usize]) -> Session {
    let layers: Vec<_> = widths.iter().map(|&width| (width, Activation::Relu)).collect();
    network(inputs, &layers, Initializer::He)
}

fn network(inputs: usize, layers: &[(usize, Activation)], initializer: Initializer) -> Session {
    let architecture =
        Architecture::dense(inputs, layers).unwrap_or_else(|_| unreachable!("within the limits"));
    let initialization = Initialization {
        initializer,
        seed: 7,
        has_random_biases: false,
    };
    let values = initialization.values(&architecture);
    let mut network = Network::zeros(architecture);
    network.knobs_mut().copy_from_slice(&values);
    let mut document = Document::new(network);
    let inputs = document.inputs.iter_mut().enumerate();
    inputs.for_each(|(i, x)| *x = (i + 1) as f64 % 7.0 / 7.0);
    Session::open(document, Origin::Untitled)
}

/// Changes a knob repeatedly and measures the update.
fn change_knob(bencher: Bencher<'_, '_>, mut session: Session, knob: Knob, view: &[Action]) {
    for action in view {
        let _ = session.apply(action.clone());
    }
    let mut insight = Insight::new(&session);
    let mut step = 0_u32;
    bencher.bench_local(|| {
        step = (step + 1) % 1000;
        let value = f64::from(step) / 500.0 - 1.0;
        let gesture = Some(Gesture(1));
        let _ = session.apply(Edit::Turn {
            target: knob.into(),
            value,
            gesture,
        });
        insight.update(&session);
        insight.sweep().y
    });
}

#[divan::bench]
fn article(bencher: Bencher<'_, '_>) {
    change_knob(bencher, preset("article"), Knob::weight(0, 1, 0), &[]);
}

#[divan::bench]
fn article_layer_over_knob(bencher: Bencher<'_, '_>) {
    let knob = Knob::weight(0, 1, 0);
    let view = [
        ViewChange::Sweep(knob.into()).into(),
        ViewChange::SetCurveScope(CurveScope::Layer).into(),
    ];
    change_knob(bencher, preset("article"), knob, &view);
}

#[divan::bench]
fn bump(bencher: Bencher<'_, '_>) {
    change_knob(bencher, preset("bump"), Knob::weight(1, 0, 0), &[]);
}

#[divan::bench]
fn deep(bencher: Bencher<'_, '_>) {
    change_knob(bencher, deep_network(), Knob::weight(0, 1, 0), &[]);
}

#[divan::bench]
fn deep_over_knob(bencher: Bencher<'_, '_>) {
    let knob = Knob::weight(0, 1, 0);
    change_knob(
        bencher,
        deep_network(),
        knob,
        &[ViewChange::Sweep(knob.into()).into()],
    );
}

#[divan::bench(sample_count = 10)]
fn digits_over_input(bencher: Bencher<'_, '_>) {
    let view = [
        ViewChange::Sweep(Adjustable::Input(300)).into(),
        ViewChange::SetCurveScope(CurveScope::Network).into(),
    ];
    change_knob(bencher, large(784, &[128, 64, 10]), Knob::weight(2, 1, 3), &view);
}

#[divan::bench(sample_count = 5)]
fn four_million_knobs(bencher: Bencher<'_, '_>) {
    change_knob(
        bencher,
        large(1000, &[1300, 1300, 700, 90]),
        Knob::weight(2, 1, 3),
        &[],
    );
}
