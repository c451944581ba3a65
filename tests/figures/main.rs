//! Draws figures that are made of panes, reads their SVG with other libraries, and checks what it contains, where it
//! is, and that it can be read.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "clippy does not see that functions outside of a #[test] belong to tests"
)]

mod support;

mod article;
mod knobs;
mod landscape;
mod layout;
mod panes;
mod sizes;
mod snapshot_overlay;
mod theme;
mod without_color;
