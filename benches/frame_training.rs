//! The time of one frame of the main window at 1280 × 800 during training: updates from the worker, session,
//! insight, all panes, and the triangles for the graphics card. Training itself runs in another thread.

#[path = "support/frames.rs"]
mod frames;

use std::time::Duration;

use divan::Bencher;
use egui::{Event, Key, Modifiers};
use neurodial::panes::Pane;
use neurodial_core::data::DatasetGenerator;
use neurodial_core::network::{Activation, Architecture, Initialization, Initializer};
use neurodial_core::session::{
    Action, DataSource, Document, Edit, Origin, RunState, Session, TrainingConfig, TrainingSetup, ViewChange,
};

use frames::Window;

/// The same allocator as in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// Returns a session with a 2-8-8-1 network with tanh and a spiral of 500 samples, for training at full speed.
fn session() -> Session {
    let layers = [8, 8, 1].map(|width| (width, Activation::Tanh));
    let architecture = Architecture::dense(2, &layers).unwrap_or_else(|_| unreachable!("within the limits"));
    let initialization = Initialization {
        initializer: Initializer::Xavier,
        seed: 1,
        has_random_biases: false,
    };
    let mut session = Session::open(
        Document::new(initialization.network(architecture)),
        Origin::Untitled,
    );
    let config = TrainingConfig {
        samples: 500,
        epochs: 100_000_000,
        ..TrainingConfig::new(DataSource::Generated(DatasetGenerator::Spiral))
    };
    let setup = TrainingSetup::new(config).ok().map(Into::into);
    let actions: [Action; 2] = [
        Edit::SetTrainingSetup(setup).into(),
        ViewChange::SetEpochsPerSecond(None).into(),
    ];
    for action in actions {
        if session.apply(action).is_err() {
            unreachable!("it can be chosen");
        }
    }
    session
}

/// Measures frames at 60 per second during training, with these panes in front of the others.
fn train(bencher: Bencher<'_, '_>, panes: &[Pane]) {
    let mut window = Window::open(session());
    for &pane in panes {
        window.show(pane);
    }
    window.frame(vec![Event::Key {
        key: Key::Space,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::COMMAND,
    }]);
    while window.app.session().run().current_branch.last_epoch() < 50 {
        std::thread::sleep(Duration::from_millis(17));
        window.frame(Vec::new());
    }
    let mut window = std::cell::RefCell::new(window);
    bencher
        .with_inputs(|| std::thread::sleep(Duration::from_millis(17)))
        .bench_local_values(|()| window.borrow_mut().frame(Vec::new()));
    let run = window.get_mut().app.session().run();
    assert_eq!(run.state, RunState::Running, "it goes on to the end");
}

/// Knobs with the loss along their ranges, diagram, loss curves, formula and data.
#[divan::bench(sample_count = 200)]
fn with_loss_curves_and_data(bencher: Bencher<'_, '_>) {
    train(bencher, &[Pane::Training, Pane::Data]);
}

#[divan::bench(sample_count = 200)]
fn with_the_loss_landscape(bencher: Bencher<'_, '_>) {
    train(bencher, &[Pane::Landscape, Pane::Data]);
}

#[divan::bench(sample_count = 200)]
fn with_the_map(bencher: Bencher<'_, '_>) {
    train(bencher, &[Pane::Map, Pane::Data]);
}
