//! A hand against gradient descent, both from the same knobs.

use std::sync::Arc;

/// The most shots of each side that are kept; of more every other is dropped.
const MAX_POINTS: usize = 4_000;

/// How far one of the two had come at some moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChallengePoint {
    /// Since the duel began.
    pub seconds: f64,
    /// How often a hand had turned a knob, each gesture once; for gradient descent its epochs.
    pub turns: usize,
    /// The training loss.
    pub loss: f64,
}

/// A duel, as it stands. Whoever has the clock writes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Challenge {
    /// Whether it goes on.
    pub is_running: bool,
    /// The hand’s way, the start first.
    pub user: Arc<Vec<ChallengePoint>>,
    /// Gradient descent’s.
    pub gradient_descent: Arc<Vec<ChallengePoint>>,
    /// How many knobs both turn.
    pub knob_count: usize,
}

/// Who has the lesser loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChallengeLeader {
    /// The hand.
    User,
    /// Gradient descent.
    GradientDescent,
    /// Neither.
    Tie,
}

impl Challenge {
    /// It begins at a loss, over so many knobs.
    pub fn new(loss: f64, knobs: usize) -> Self {
        let start = ChallengePoint {
            seconds: 0.0,
            turns: 0,
            loss,
        };
        Self {
            is_running: true,
            user: Arc::new(vec![start]),
            gradient_descent: Arc::new(vec![start]),
            knob_count: knobs,
        }
    }

    /// The hand has come to a loss.
    pub fn push_user(&mut self, point: ChallengePoint) {
        push_point(&mut self.user, point);
    }

    /// Gradient descent has come to a loss.
    pub fn push_gradient_descent(&mut self, point: ChallengePoint) {
        push_point(&mut self.gradient_descent, point);
    }

    /// The loss of each now: the hand’s and gradient descent’s.
    pub fn current_losses(&self) -> [f64; 2] {
        [&self.user, &self.gradient_descent].map(|points| points.last().map_or(f64::NAN, |point| point.loss))
    }

    /// The least loss of each.
    pub fn lowest_losses(&self) -> [f64; 2] {
        [lowest_loss(&self.user), lowest_loss(&self.gradient_descent)]
    }

    /// Who has the lesser of two losses, the hand’s first. Losses that differ by less than a thousandth are even.
    pub fn leader([user, gradient_descent]: [f64; 2]) -> ChallengeLeader {
        let tolerance = 1e-3 * user.abs().max(gradient_descent.abs());
        if (user - gradient_descent).abs() <= tolerance {
            ChallengeLeader::Tie
        } else if user < gradient_descent {
            ChallengeLeader::User
        } else if gradient_descent < user {
            ChallengeLeader::GradientDescent
        } else {
            // One of them is no number.
            ChallengeLeader::Tie
        }
    }
}

fn push_point(points: &mut Arc<Vec<ChallengePoint>>, point: ChallengePoint) {
    let points = Arc::make_mut(points);
    points.push(point);
    if points.len() > MAX_POINTS {
        let best = lowest_loss(points);
        let mut index = 0;
        points.retain(|point| {
            index += 1;
            index % 2 == 1 || point.loss == best
        });
    }
}

fn lowest_loss(points: &[ChallengePoint]) -> f64 {
    points.iter().map(|point| point.loss).fold(f64::INFINITY, f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_of_a_side_is_its_least_loss() {
        let mut challenge = Challenge::new(1.0, 1);
        for (turns, loss) in [(1, 0.5), (2, 0.8), (3, f64::NAN)] {
            let seconds = turns as f64;
            challenge.push_user(ChallengePoint { seconds, turns, loss });
        }
        assert_eq!(challenge.lowest_losses()[0], 0.5);
        assert_eq!(Challenge::leader([0.5, 0.6]), ChallengeLeader::User);
        assert_eq!(Challenge::leader([0.5, 0.4]), ChallengeLeader::GradientDescent);
        assert_eq!(Challenge::leader([0.5, 0.5001]), ChallengeLeader::Tie);
        assert_eq!(Challenge::leader([f64::NAN, 0.5]), ChallengeLeader::Tie);
    }
}
