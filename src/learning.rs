//! Learning
