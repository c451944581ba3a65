//! Runs the built command: every subcommand, its errors and exit codes, and the files that it writes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that functions outside of a #[test] belong to tests"
)]

#[path = "../support/command.rs"]
mod command;
mod support;

mod code;
mod commands;
mod data;
mod describe;
mod figure;
mod figure_errors;
mod figure_rows;
mod figure_training;
mod forward;
mod lesson;
mod link;
mod readme;
mod train;
mod training_setup;
