//! What one frame of the real window costs while a knob is dragged: hands, session, insight, every pane, and
//! the triangles for the graphics card, at 1280 × 800.

#[path = "support/frames.rs"]
mod frames;

use std::sync::Arc;

use divan::Bencher;
use egui::{Event, Key, Modifiers};
use neurodial::canvas::{DragMapping, Element};
use neurodial::panes::Pane;
use neurodial_core::data::DatasetGenerator;
use neurodial_core::network::{Activation, Architecture, Initialization, Initializer, Knob, Network};
use neurodial_core::session::{
    Action, Adjustable, DataSource, Document, KnobLayout, Origin, Preset, SensitivityTarget, Session,
    TrainingConfig, TrainingSetup,
};

use frames::{Window, button, moved};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

fn preset(name: &str) -> Session {
    let document = Preset::from_name(name).and_then(|preset| preset.document().ok());
    let document = document.unwrap_or_else(|| unreachable!("a bundled preset"));
    Session::open(document, Origin::Untitled)
}

/// A network for pictures of 28 × 28 pixels and 10 classes: 109,386 knobs.
fn digits() -> Session {
    let layers = [128, 64, 10].map(|width| (width, Activation::Relu));
    let blueprint = Architecture::dense(784, &layers).unwrap_or_else(|_| unreachable!("within the limits"));
    let how = Initialization {
        initializer: Initializer::He,
        seed: 7,
        has_random_biases: false,
    };
    let values = how.values(&blueprint);
    let mut network = Network::zeros(blueprint);
    network.knobs_mut().copy_from_slice(&values);
    let mut document = Document::new(network);
    let inputs = document.inputs.iter_mut().enumerate();
    inputs.for_each(|(i, x)| *x = (i + 1) as f64 % 7.0 / 7.0);
    Session::open(document, Origin::Untitled)
}

/// Takes the handle of a knob's slider and times a frame for each way of the mouse.
fn drag(bencher: Bencher<'_, '_>, session: Session, knob: Knob) {
    drag_with(bencher, session, knob, &[]);
}

/// The same with panes in view that lie under other tabs at first.
fn drag_with(bencher: Bencher<'_, '_>, session: Session, knob: Knob, panes: &[Pane]) {
    let target = Adjustable::Knob(knob);
    let mut window = Window::open(session);
    for &pane in panes {
        window.show(pane);
    }
    let start = window
        .handle(target)
        .unwrap_or_else(|| unreachable!("its slider is in view"));
    window.frame(vec![moved(start.x, start.y)]);
    window.frame(vec![button(start, true)]);
    let mut at = 0_u16;
    let mut value = None;
    bencher.bench_local(|| {
        // A track beside which a pin’s number stands is short.
        at = (at + 7) % 40;
        let shapes = window.frame(vec![moved(start.x + f32::from(at), start.y)]);
        let before = value;
        value = window.app.session().document().value(target);
        assert_ne!(value, before, "the knob turns in every frame");
        shapes
    });
}

#[divan::bench]
fn article(bencher: Bencher<'_, '_>) {
    drag(bencher, preset("article"), Knob::weight(0, 1, 1));
}

#[divan::bench]
fn deep(bencher: Bencher<'_, '_>) {
    drag(bencher, preset("deep"), Knob::weight(0, 1, 1));
}

#[divan::bench(sample_count = 20)]
fn digits_784_128_64_10(bencher: Bencher<'_, '_>) {
    drag(bencher, digits(), Knob::weight(0, 0, 3));
}

/// The same with code and map in view.
#[divan::bench]
fn deep_with_code_and_map(bencher: Bencher<'_, '_>) {
    drag_with(
        bencher,
        preset("deep"),
        Knob::weight(0, 1, 1),
        &[Pane::Code, Pane::Map],
    );
}

/// The words in place of the code.
#[divan::bench]
fn deep_with_map_and_words(bencher: Bencher<'_, '_>) {
    drag_with(
        bencher,
        preset("deep"),
        Knob::weight(0, 1, 1),
        &[Pane::Words, Pane::Map],
    );
}

/// Everything that tells why at once: strips, sensitivities, a ghost, small maps and a large one, and the code.
fn deep_with_everything() -> Session {
    let mut session = preset("deep");
    let pinned = Action::TakeSnapshot("start".to_owned());
    let turned = Action::Set {
        target: Adjustable::Knob(Knob::bias(0, 2)),
        value: 0.5,
    };
    for action in [pinned, turned, Action::ShowSmallMaps(true)] {
        let _ = session.apply(action);
    }
    session
}

#[divan::bench]
fn deep_with_everything_of_the_output(bencher: Bencher<'_, '_>) {
    let panes = [Pane::Code, Pane::Map];
    drag_with(bencher, deep_with_everything(), Knob::weight(0, 1, 1), &panes);
}

/// The same with the loss on 160 points of a spiral as what strips and sensitivities tell of.
#[divan::bench]
fn deep_with_everything_of_the_loss(bencher: Bencher<'_, '_>) {
    let mut session = deep_with_everything();
    let course = TrainingSetup::new(TrainingConfig::new(DataSource::Generated(
        DatasetGenerator::Spiral,
    )));
    let course = course.unwrap_or_else(|_| unreachable!("within the limits"));
    let _ = session.apply(Action::SetTrainingSetup(Some(Arc::new(course))));
    let _ = session.apply(Action::SetSensitivityTarget(SensitivityTarget::Loss));
    drag_with(bencher, session, Knob::weight(0, 1, 1), &[Pane::Code, Pane::Map]);
}

/// The program of a hundred thousand knobs.
#[divan::bench(sample_count = 20)]
fn digits_with_code(bencher: Bencher<'_, '_>) {
    drag_with(bencher, digits(), Knob::weight(0, 0, 3), &[Pane::Code]);
}

/// Shows the knobs as another face, takes a knob there in its middle and times a frame for each way of the mouse up.
fn drag_on_face(bencher: Bencher<'_, '_>, session: Session, knob: Knob, face: KnobLayout) {
    let target = Adjustable::Knob(knob);
    let mut window = Window::open(session);
    while window.app.session().view().knob_layout != face {
        window.frame(vec![key(Key::B)]);
    }
    window.frame(Vec::new());
    let placed = window.app.elements().placed().iter();
    let start = placed
        .filter(|placed| {
            placed.canvas == Pane::Knobs.canvas_id() && placed.element == Element::Adjustable(target)
        })
        .find(|placed| {
            placed
                .handle
                .is_some_and(|grip| matches!(grip.mapping, DragMapping::VerticalDrag { .. }))
        })
        .map(|placed| placed.hit_shape.bounds().center());
    let start = start.unwrap_or_else(|| unreachable!("it is in view"));
    window.frame(vec![moved(start.x, start.y)]);
    window.frame(vec![button(start, true)]);
    let mut at = 0_u16;
    let mut value = None;
    bencher.bench_local(|| {
        at = (at + 7) % 60;
        let shapes = window.frame(vec![moved(start.x, start.y - f32::from(at))]);
        let before = value;
        value = window.app.session().document().value(target);
        assert_ne!(value, before, "the knob turns in every frame");
        shapes
    });
}

fn key(key: Key) -> Event {
    Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::COMMAND,
    }
}

#[divan::bench]
fn deep_on_the_desk(bencher: Bencher<'_, '_>) {
    drag_on_face(bencher, preset("deep"), Knob::weight(0, 1, 1), KnobLayout::Desk);
}

#[divan::bench(sample_count = 20)]
fn digits_as_a_heat_map(bencher: Bencher<'_, '_>) {
    drag_on_face(bencher, digits(), Knob::weight(0, 0, 3), KnobLayout::HeatMap);
}

/// A frame in which nothing happens. None is drawn in the window then; this is what hovering costs at least.
#[divan::bench]
fn article_at_rest(bencher: Bencher<'_, '_>) {
    let mut window = Window::open(preset("article"));
    bencher.bench_local(|| window.frame(Vec::new()));
}
