//! neurodial

pub mod app;
pub mod cli;
pub mod network;
pub mod session;
pub mod words;
