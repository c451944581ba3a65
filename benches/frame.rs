//! The time of one frame of the main window at 1280 × 800 while a knob is dragged: gestures, session, insight,
//! all panes, and the triangles for the graphics card.

#[path = "support/frames.rs"]
mod frames;

use std::sync::Arc;

use divan::Bencher;
use egui::{Event, Key, Modifiers};
use neurodial::canvas::{DragMapping, Element};
use neurodial::panes::Pane;
use neurodial_core::data::DatasetGenerator;
use neurodial_core::formats::Preset;
use neurodial_core::network::{Activation, Architecture, Initialization, Initializer, Knob};
use neurodial_core::session::{
    Action, Adjustable, DataSource, Document, Edit, KnobLayout, Origin, SensitivityTarget, Session,
    TrainingConfig, TrainingSetup, ViewChange,
};

use frames::{Window, button, moved};

/// The same allocator as in the program.
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

/// Returns a session with a network for pictures of 28 × 28 pixels and 10 classes: 109,386 knobs.
fn digits() -> Session {
    let layers = [128, 64, 10].map(|width| (width, Activation::Relu));
    let architecture =
        Architecture::dense(784, &layers).unwrap_or_else(|_| unreachable!("within the limits"));
    let initialization = Initialization {
        initializer: Initializer::He,
        seed: 7,
        has_random_biases: false,
    };
    let mut document = Document::new(initialization.network(architecture));
    let inputs = document.inputs.iter_mut().enumerate();
    inputs.for_each(|(i, x)| *x = (i + 1) as f64 % 7.0 / 7.0);
    Session::open(document, Origin::Untitled)
}

/// Drags the slider of a knob and measures one frame for each movement of the mouse.
fn drag(bencher: Bencher<'_, '_>, session: Session, knob: Knob) {
    drag_with(bencher, session, knob, &[]);
}

/// Does the same with panes in view that are behind other tabs by default.
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
        // The track is short if the snapshot's number is beside it.
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

/// Measures the deep network with code and map in view.
#[divan::bench]
fn deep_with_code_and_map(bencher: Bencher<'_, '_>) {
    drag_with(
        bencher,
        preset("deep"),
        Knob::weight(0, 1, 1),
        &[Pane::Code, Pane::Map],
    );
}

/// Measures the deep network with the description in place of the code.
#[divan::bench]
fn deep_with_map_and_words(bencher: Bencher<'_, '_>) {
    drag_with(
        bencher,
        preset("deep"),
        Knob::weight(0, 1, 1),
        &[Pane::Words, Pane::Map],
    );
}

/// Returns a session with profiles, sensitivity arrows, a snapshot overlay and small maps.
fn deep_with_everything() -> Session {
    let mut session = preset("deep");
    let take_snapshot: Action = Edit::TakeSnapshot("start".to_owned()).into();
    let set_bias = Edit::Set {
        target: Adjustable::Knob(Knob::bias(0, 2)),
        value: 0.5,
    }
    .into();
    for action in [take_snapshot, set_bias, ViewChange::ShowSmallMaps(true).into()] {
        let _ = session.apply(action);
    }
    session
}

#[divan::bench]
fn deep_with_everything_of_the_output(bencher: Bencher<'_, '_>) {
    let panes = [Pane::Code, Pane::Map];
    drag_with(bencher, deep_with_everything(), Knob::weight(0, 1, 1), &panes);
}

/// Measures the same with profiles and sensitivity arrows for the loss on the spiral dataset.
#[divan::bench]
fn deep_with_everything_of_the_loss(bencher: Bencher<'_, '_>) {
    let mut session = deep_with_everything();
    let setup = TrainingSetup::new(TrainingConfig::new(DataSource::Generated(
        DatasetGenerator::Spiral,
    )));
    let setup = setup.unwrap_or_else(|_| unreachable!("within the limits"));
    let _ = session.apply(Edit::SetTrainingSetup(Some(Arc::new(setup))));
    let _ = session.apply(ViewChange::SetSensitivityTarget(SensitivityTarget::Loss));
    drag_with(bencher, session, Knob::weight(0, 1, 1), &[Pane::Code, Pane::Map]);
}

/// Measures the code pane with a hundred thousand knobs.
#[divan::bench(sample_count = 20)]
fn digits_with_code(bencher: Bencher<'_, '_>) {
    drag_with(bencher, digits(), Knob::weight(0, 0, 3), &[Pane::Code]);
}

/// Shows the knobs in another layout, drags a knob upward from its middle and measures one frame for each
/// movement of the mouse.
fn drag_in_layout(bencher: Bencher<'_, '_>, session: Session, knob: Knob, knob_layout: KnobLayout) {
    let mut window = Window::open(session);
    while window.app.session().view().knob_layout != knob_layout {
        window.frame(vec![key(Key::B, Modifiers::COMMAND)]);
    }
    window.frame(Vec::new());
    drag_upward(bencher, window, Pane::Knobs, knob);
}

/// Drags a knob upward from the middle of its element in a pane and measures one frame for each movement.
fn drag_upward(bencher: Bencher<'_, '_>, mut window: Window, pane: Pane, knob: Knob) {
    let target = Adjustable::Knob(knob);
    let placed = window.app.elements().placed().iter();
    let start = placed
        .filter(|placed| placed.canvas == pane.canvas_id() && placed.element == Element::Adjustable(target))
        .find(|placed| {
            placed
                .handle
                .is_some_and(|handle| matches!(handle.mapping, DragMapping::VerticalDrag { .. }))
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

fn key(key: Key, modifiers: Modifiers) -> Event {
    Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    }
}

/// Opens the layout Train with a 2-8-8-1 network for the spirals: maps in its neurons, the picture of the decision,
/// and the losses.
fn window_for_training() -> Window {
    let setup = TrainingSetup::new(TrainingConfig::suggested(DataSource::Generated(
        DatasetGenerator::Spiral,
    )));
    let document = setup.ok().and_then(|setup| setup.new_document());
    let document = document.unwrap_or_else(|| unreachable!("within the limits"));
    let mut window = Window::open(Session::open(document, Origin::Untitled));
    window.frame(vec![key(Key::Num2, Modifiers::ALT)]);
    for _ in 0..5 {
        window.frame(Vec::new());
    }
    assert!(window.app.session().view().has_small_maps);
    window
}

/// Measures the layout Train while an edge of the diagram is dragged.
#[divan::bench]
fn layout_train_while_dragging(bencher: Bencher<'_, '_>) {
    drag_upward(
        bencher,
        window_for_training(),
        Pane::Diagram,
        Knob::weight(0, 1, 1),
    );
}

/// Measures the frames of the layout Train that show new epochs.
#[divan::bench]
fn layout_train_while_training(bencher: Bencher<'_, '_>) {
    let mut window = window_for_training();
    let _ = window.frame(vec![key(Key::Space, Modifiers::COMMAND)]);
    let wait = || std::thread::sleep(std::time::Duration::from_millis(30));
    bencher
        .with_inputs(wait)
        .bench_local_values(|()| window.frame(Vec::new()));
    assert!(window.app.session().run().current_epoch > 10, "it trains");
}

#[divan::bench]
fn deep_as_dials(bencher: Bencher<'_, '_>) {
    drag_in_layout(bencher, preset("deep"), Knob::weight(0, 1, 1), KnobLayout::Desk);
}

#[divan::bench(sample_count = 20)]
fn digits_as_a_heat_map(bencher: Bencher<'_, '_>) {
    drag_in_layout(bencher, digits(), Knob::weight(0, 0, 3), KnobLayout::HeatMap);
}

/// Measures a frame in which nothing happens. The window draws none then, but this is the minimum cost of a
/// frame while the pointer moves.
#[divan::bench]
fn article_at_rest(bencher: Bencher<'_, '_>) {
    let mut window = Window::open(preset("article"));
    bencher.bench_local(|| window.frame(Vec::new()));
}
