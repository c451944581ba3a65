//! neurodial

pub mod canvas;
pub mod insight;
pub mod network;
pub mod session;
pub mod words;
