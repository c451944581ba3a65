//! Inputs that follow from others.

use crate::network::Follow;
use crate::session::Target;
use crate::session::history::Piece;

use super::Session;

impl Session {
    /// With the inputs that follow from what the pieces change.
    pub(super) fn followed(&self, mut pieces: Vec<Piece>) -> Vec<Piece> {
        let document = &self.document;
        let mut inputs = document.inputs.clone();
        let mut course = document.course.as_ref();
        let mut is_concerned = false;
        for piece in &mut pieces {
            match piece {
                Piece::Value(Target::Input(input), value) => {
                    is_concerned = true;
                    if let Some(slot) = inputs.get_mut(*input) {
                        *slot = *value;
                    }
                }
                Piece::Inputs(values) => {
                    is_concerned = true;
                    inputs.clone_from(values);
                }
                Piece::Course(other) => {
                    is_concerned = true;
                    course = other.as_ref();
                }
                Piece::Document(other) => other.follow(),
                _ => {}
            }
        }
        if !is_concerned {
            return pieces;
        }
        let before = inputs.clone();
        document.features_with(course).follow(&mut inputs);
        let follow: Vec<Piece> = before
            .iter()
            .zip(&inputs)
            .enumerate()
            .filter(|(_, (before, now))| before.to_bits() != now.to_bits())
            .map(|(input, (_, &now))| Piece::Value(Target::Input(input), now))
            .collect();
        for piece in &mut pieces {
            if let Piece::Inputs(values) = piece {
                values.clone_from(&inputs);
                return pieces;
            }
        }
        pieces.extend(follow);
        pieces
    }
}
