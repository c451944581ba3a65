//! Integration tests of the core crate: one module for each subject.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "clippy does not recognize helper functions of tests as test code"
)]

mod support;

mod advice;
mod architecture;
mod backward_pass;
mod code;
mod computed_features;
mod contour;
mod curve_limits;
mod data;
mod description;
mod document;
mod files;
mod format_documentation;
mod forward_pass;
mod history;
mod ignorable_keys;
mod insight;
mod knob_profiles;
mod learning_rates;
mod lessons;
mod loss_landscape;
mod loss_profiles;
mod output_grid;
mod parsed_network;
mod partial_forward;
mod presets;
mod reproducibility;
mod sensitivity;
mod stepping;
mod table_cases;
mod tables;
mod training;
mod training_setup;
