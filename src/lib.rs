//! neurodial

pub mod network;
pub mod session;
pub mod words;
