//! neurodial

pub mod canvas;
pub mod network;
pub mod session;
pub mod words;
