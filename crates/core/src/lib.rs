//! The core of neurodial.

pub mod code;
pub mod data;
pub mod insight;
pub mod network;
pub mod session;
pub mod text;
pub mod training;
