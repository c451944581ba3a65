//! Tests of the window: real frames and real events without a screen, and the nodes that a screen reader gets.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "../support/command.rs"]
mod command;
mod support;

mod challenge;
mod changed_file;
mod code;
mod command_palette;
mod confusion;
mod curve_drag;
mod curves;
mod data;
mod data_change;
mod description;
mod diagram;
mod dialogs;
mod dials;
mod experiments;
mod hyperparameters;
mod idle;
mod ignorable_keys;
mod input_image;
mod input_method;
mod keyboard;
mod language;
mod layouts;
mod lessons;
mod links;
mod loss_curve;
mod loss_landscape;
mod main_tasks;
mod menus;
mod number_entry;
mod number_entry_closing;
mod output_map;
mod panes;
mod playing;
mod presentation;
mod random_actions;
mod recovery;
mod robot;
mod saved_inputs;
mod screen_reader;
mod scroll_wheel;
mod sizes;
mod slider_drag;
mod small_windows;
mod snapshots;
mod tabs;
mod theme;
mod tooltips;
mod touch;
mod training;
mod training_warnings;
