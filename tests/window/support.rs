//! The window that the tests drive, and networks for it.

pub mod independent;
pub mod overlap;
mod renderer;
mod rng;
mod test_window;
pub mod training;

use neurodial_core::formats::Preset;
use neurodial_core::network::{Activation, Architecture, Initialization, Initializer, Knob};
use neurodial_core::session::{Adjustable, Document, Origin, Session};
use neurodial_core::text::Messages;

pub use rng::Rng;
pub use test_window::{CTRL, CTRL_SHIFT, TestWindow, action_request, is_button, key_event};

/// The accessible name of the slider of w₁₁ in `article`.
pub const W11: &str = "weight from input 1 to neuron 1";

/// The accessible name of the slider of w₂₂ in `article`.
pub const W22: &str = "weight from input 2 to neuron 2";

/// The accessible name of the field in which w₂₂ is typed.
pub const W22_FIELD: &str = "new value of weight from input 2 to neuron 2";

/// Returns the names of the menus in the menu bar.
pub fn menu_names(messages: Messages) -> [&'static str; 7] {
    [
        messages.menu_file(),
        messages.menu_edit(),
        messages.menu_network(),
        messages.menu_train(),
        messages.menu_lessons(),
        messages.menu_view(),
        messages.menu_help(),
    ]
}

/// Opens a preset.
pub fn preset(name: &str) -> Session {
    let preset = Preset::from_name(name).unwrap();
    Session::open(preset.document().unwrap(), Origin::Preset(preset.name))
}

/// Opens a tanh network with these widths, the number of inputs first.
pub fn network(widths: &[usize]) -> Session {
    let layers: Vec<_> = widths[1..]
        .iter()
        .map(|&width| (width, Activation::Tanh))
        .collect();
    let architecture = Architecture::dense(widths[0], &layers).unwrap();
    let initialization = Initialization {
        initializer: Initializer::Xavier,
        seed: 1,
        has_random_biases: true,
    };
    let document = Document::new(initialization.network(architecture));
    Session::open(document, Origin::Preset("article"))
}

/// The weight of a neuron of the first layer for `input`, both counted from 1 as in `w₂₁`.
pub fn w(neuron: usize, input: usize) -> Adjustable {
    Knob::weight(0, neuron - 1, input - 1).into()
}

/// The bias of a neuron of the first layer, counted from 1.
pub fn b(neuron: usize) -> Adjustable {
    Knob::bias(0, neuron - 1).into()
}

/// Returns the bits of values, so that they can be compared exactly.
pub fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| value.to_bits()).collect()
}
