//! A hand against gradient descent, both from the same knobs.

use std::sync::Arc;

/// The most shots of each side that are kept; of more every other is dropped.
const MOST: usize = 4_000;

/// How far one of the two had come at some moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shot {
    /// Since the duel began.
    pub seconds: f64,
    /// How often a hand had turned a knob, each gesture once; for gradient descent its epochs.
    pub turns: usize,
    /// The training loss.
    pub loss: f64,
}

/// A duel, as it stands. Whoever has the clock writes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Duel {
    /// Whether it goes on.
    pub is_on: bool,
    /// The hand’s way, the start first.
    pub hand: Arc<Vec<Shot>>,
    /// Gradient descent’s.
    pub machine: Arc<Vec<Shot>>,
    /// How many knobs both turn.
    pub knobs: usize,
}

/// Who has the lesser loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    /// The hand.
    Hand,
    /// Gradient descent.
    Machine,
    /// Neither.
    Even,
}

impl Duel {
    /// It begins at a loss, over so many knobs.
    pub fn new(loss: f64, knobs: usize) -> Self {
        let start = Shot {
            seconds: 0.0,
            turns: 0,
            loss,
        };
        Self {
            is_on: true,
            hand: Arc::new(vec![start]),
            machine: Arc::new(vec![start]),
            knobs,
        }
    }

    /// The hand has come to a loss.
    pub fn hand_is_at(&mut self, shot: Shot) {
        push(&mut self.hand, shot);
    }

    /// Gradient descent has come to a loss.
    pub fn machine_is_at(&mut self, shot: Shot) {
        push(&mut self.machine, shot);
    }

    /// The loss of each now: the hand’s and gradient descent’s.
    pub fn now(&self) -> [f64; 2] {
        [&self.hand, &self.machine].map(|shots| shots.last().map_or(f64::NAN, |shot| shot.loss))
    }

    /// The least loss of each.
    pub fn best(&self) -> [f64; 2] {
        [least(&self.hand), least(&self.machine)]
    }

    /// Who has the lesser of two losses, the hand’s first. Losses that differ by less than a thousandth are even.
    pub fn lead([hand, machine]: [f64; 2]) -> Lead {
        let near = 1e-3 * hand.abs().max(machine.abs());
        if (hand - machine).abs() <= near {
            Lead::Even
        } else if hand < machine {
            Lead::Hand
        } else if machine < hand {
            Lead::Machine
        } else {
            // One of them is no number.
            Lead::Even
        }
    }
}

fn push(shots: &mut Arc<Vec<Shot>>, shot: Shot) {
    let shots = Arc::make_mut(shots);
    shots.push(shot);
    if shots.len() > MOST {
        let best = least(shots);
        let mut index = 0;
        shots.retain(|shot| {
            index += 1;
            index % 2 == 1 || shot.loss == best
        });
    }
}

fn least(shots: &[Shot]) -> f64 {
    shots.iter().map(|shot| shot.loss).fold(f64::INFINITY, f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_of_a_side_is_its_least_loss() {
        let mut duel = Duel::new(1.0, 1);
        for (turns, loss) in [(1, 0.5), (2, 0.8), (3, f64::NAN)] {
            let seconds = turns as f64;
            duel.hand_is_at(Shot { seconds, turns, loss });
        }
        assert_eq!(duel.best()[0], 0.5);
        assert_eq!(Duel::lead([0.5, 0.6]), Lead::Hand);
        assert_eq!(Duel::lead([0.5, 0.4]), Lead::Machine);
        assert_eq!(Duel::lead([0.5, 0.5001]), Lead::Even);
        assert_eq!(Duel::lead([f64::NAN, 0.5]), Lead::Even);
    }
}
