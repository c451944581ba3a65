//! Gestures, each of which is one undo step.

/// Identifies a gesture, from press to release. Changes with the same gesture become one undo step.
///
/// The input code gives each press, each held key and each series of wheel events its own number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Gesture(pub u64);
