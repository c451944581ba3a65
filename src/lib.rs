//! neurodial

pub mod app;
pub mod canvas;
pub mod insight;
pub mod look;
pub mod network;
pub mod panes;
pub mod session;
pub mod widgets;
pub mod words;
