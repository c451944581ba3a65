//! A challenge: the user turns knobs against gradient descent, both from the same start.

use std::sync::Arc;

/// The maximum number of stored points of each side; beyond it, every second one is dropped, except the best.
const MAX_POINTS: usize = 4_000;

/// The progress of one side at some time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChallengePoint {
    /// The time since the start of the challenge, in seconds.
    pub seconds: f64,
    /// The number of turns of the user, each gesture counted once; for gradient descent, the number of
    /// epochs.
    pub turns: usize,
    /// The training loss.
    pub loss: f64,
}

/// The state of a challenge. The caller, which has the clock, updates it.
#[derive(Debug, Clone, PartialEq)]
pub struct Challenge {
    /// True while it is in progress.
    pub is_running: bool,
    /// The progress of the user, beginning with the start.
    pub user: Arc<Vec<ChallengePoint>>,
    /// The progress of gradient descent, beginning with the start.
    pub gradient_descent: Arc<Vec<ChallengePoint>>,
    /// The number of knobs of the network.
    pub knob_count: usize,
}

/// The side with the lower loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChallengeLeader {
    /// The user.
    User,
    /// Gradient descent.
    GradientDescent,
    /// Neither.
    Tie,
}

impl Challenge {
    /// Creates a challenge that starts at `loss`.
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

    /// Records the user's progress.
    pub fn push_user(&mut self, point: ChallengePoint) {
        push_point(&mut self.user, point);
    }

    /// Records the progress of gradient descent.
    pub fn push_gradient_descent(&mut self, point: ChallengePoint) {
        push_point(&mut self.gradient_descent, point);
    }

    /// Returns the current losses of the user and of gradient descent.
    pub fn current_losses(&self) -> [f64; 2] {
        [&self.user, &self.gradient_descent].map(|points| points.last().map_or(f64::NAN, |point| point.loss))
    }

    /// Returns the lowest losses of the user and of gradient descent.
    pub fn lowest_losses(&self) -> [f64; 2] {
        [lowest_loss(&self.user), lowest_loss(&self.gradient_descent)]
    }

    /// Returns the side with the lower of the losses of the user and of gradient descent. A relative
    /// difference below a thousandth is a tie.
    pub fn leader([user, gradient_descent]: [f64; 2]) -> ChallengeLeader {
        let tolerance = 1e-3 * user.abs().max(gradient_descent.abs());
        if (user - gradient_descent).abs() <= tolerance {
            ChallengeLeader::Tie
        } else if user < gradient_descent {
            ChallengeLeader::User
        } else if gradient_descent < user {
            ChallengeLeader::GradientDescent
        } else {
            // One of them is NaN.
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
    points
        .iter()
        .map(|point| point.loss)
        .fold(f64::INFINITY, f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_side_with_the_lower_loss_leads() {
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
