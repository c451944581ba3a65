//! The core of neurodial.

pub mod code;
pub mod data;
pub mod insight;
pub mod learning;
pub mod network;
pub mod session;
pub mod words;
