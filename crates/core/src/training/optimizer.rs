//! Optimizers: the rules that update the knobs from a gradient.

use std::ops::Range;

use crate::text::Messages;

crate::named_enum! {
    /// The rule by which a gradient `g` updates a knob `w` with the learning rate `r`. Each optimizer keeps up to
    /// two numbers for each knob, which begin at 0.
    pub enum Optimizer {
        /// `w ← w − r g`.
        Sgd = "sgd",
        /// `v ← 0.9 v + g`, `w ← w − r v` (Polyak, 1964).
        Momentum = "momentum",
        /// `v ← 0.9 v + g`, `w ← w − r (g + 0.9 v)` (Sutskever et al., 2013, in the form of optax and PyTorch).
        Nesterov = "nesterov",
        /// `s ← s + g²`, `w ← w − r g / √s` (Duchi et al., 2011).
        Adagrad = "adagrad",
        /// `s ← 0.99 s + 0.01 g²`, `w ← w − r g / (√s + 1e-8)` (Hinton, 2012).
        RmsProp = "rmsprop",
        /// `m ← 0.9 m + 0.1 g`, `s ← 0.999 s + 0.001 g²`, `w ← w − r m̂ / (√ŝ + 1e-8)`, where
        /// `m̂ = m / (1 − 0.9ᵗ)` and `ŝ = s / (1 − 0.999ᵗ)` after `t` updates (Kingma and Ba, 2015).
        Adam = "adam",
    }

    /// Error for a name that is not one of the optimizers.
    pub struct UnknownOptimizer(unknown_optimizer);
}

const MOMENTUM: f64 = 0.9;
const RMSPROP_DECAY: f64 = 0.99;
const ADAM_BETAS: [f64; 2] = [0.9, 0.999];
const EPSILON: f64 = 1e-8;

impl Optimizer {
    /// Returns the name that people read: “Adam”.
    pub const fn label(self, messages: Messages) -> &'static str {
        match self {
            Self::Sgd => messages.optimizer_sgd(),
            Self::Momentum => messages.optimizer_momentum(),
            Self::Nesterov => messages.optimizer_nesterov(),
            Self::Adagrad => messages.optimizer_adagrad(),
            Self::RmsProp => messages.optimizer_rmsprop(),
            Self::Adam => messages.optimizer_adam(),
        }
    }

    /// Returns the default learning rate, which works for many small networks.
    pub const fn default_learning_rate(self) -> f64 {
        match self {
            Self::Sgd => 0.1,
            Self::Adagrad => 0.05,
            Self::Adam => 0.02,
            Self::Momentum | Self::Nesterov | Self::RmsProp => 0.01,
        }
    }
}

/// The numbers that an optimizer carries from update to update.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OptimizerState {
    optimizer: Optimizer,
    /// `v` of momentum or `m` of Adam for each knob; empty for the other optimizers.
    first_moments: Vec<f64>,
    /// `s` of AdaGrad, RMSProp or Adam for each knob; empty for the other optimizers.
    second_moments: Vec<f64>,
    /// `0.9ᵗ` and `0.999ᵗ` after `t` updates, for Adam.
    beta_powers: [f64; 2],
}

impl OptimizerState {
    /// Creates the state before the first update of `knobs` knobs.
    pub(crate) fn new(optimizer: Optimizer, knobs: usize) -> Self {
        let (first, second) = match optimizer {
            Optimizer::Sgd => (0, 0),
            Optimizer::Momentum | Optimizer::Nesterov => (knobs, 0),
            Optimizer::Adagrad | Optimizer::RmsProp => (0, knobs),
            Optimizer::Adam => (knobs, knobs),
        };
        Self {
            optimizer,
            first_moments: vec![0.0; first],
            second_moments: vec![0.0; second],
            beta_powers: [1.0; 2],
        }
    }

    /// True if this is a state of `optimizer` for `knobs` knobs.
    pub(crate) fn is_for(&self, optimizer: Optimizer, knobs: usize) -> bool {
        let mut moments = [&self.first_moments, &self.second_moments].into_iter();
        self.optimizer == optimizer && moments.all(|moments| moments.is_empty() || moments.len() == knobs)
    }

    /// Updates the knobs in the `unlocked` ranges of the flat order and keeps the others.
    ///
    /// # Panics
    ///
    /// Panics if a range exceeds the knobs, the gradient or the state.
    pub(crate) fn step(
        &mut self,
        learning_rate: f64,
        knobs: &mut [f64],
        gradient: &[f64],
        unlocked: &[Range<usize>],
    ) {
        if self.optimizer == Optimizer::Adam {
            for (power, factor) in self.beta_powers.iter_mut().zip(ADAM_BETAS) {
                // Subnormal numbers are slow, and 1 − power is 1 with either.
                *power = if *power < 1e-300 { 0.0 } else { *power * factor };
            }
        }
        for range in unlocked {
            let knobs = &mut knobs[range.clone()];
            self.step_range(learning_rate, knobs, &gradient[range.clone()], range.clone());
        }
    }

    fn step_range(&mut self, learning_rate: f64, knobs: &mut [f64], gradient: &[f64], range: Range<usize>) {
        let updates = knobs.iter_mut().zip(gradient);
        match self.optimizer {
            Optimizer::Sgd => updates.for_each(|(w, g)| *w -= learning_rate * g),
            Optimizer::Momentum => {
                for ((w, g), v) in updates.zip(&mut self.first_moments[range]) {
                    *v = MOMENTUM * *v + g;
                    *w -= learning_rate * *v;
                }
            }
            Optimizer::Nesterov => {
                for ((w, g), v) in updates.zip(&mut self.first_moments[range]) {
                    *v = MOMENTUM * *v + g;
                    *w -= learning_rate * (g + MOMENTUM * *v);
                }
            }
            Optimizer::Adagrad => {
                for ((w, g), s) in updates.zip(&mut self.second_moments[range]) {
                    *s += g * g;
                    // A gradient that has been 0 from the start would give 0 / 0.
                    if *s > 0.0 {
                        *w -= learning_rate * g / s.sqrt();
                    }
                }
            }
            Optimizer::RmsProp => {
                for ((w, g), s) in updates.zip(&mut self.second_moments[range]) {
                    *s = RMSPROP_DECAY * *s + (1.0 - RMSPROP_DECAY) * g * g;
                    *w -= learning_rate * g / (s.sqrt() + EPSILON);
                }
            }
            Optimizer::Adam => {
                let [first_correction, second_correction] = self.beta_powers.map(|power| 1.0 - power);
                let moments = self.first_moments[range.clone()]
                    .iter_mut()
                    .zip(&mut self.second_moments[range]);
                for ((w, g), (m, s)) in updates.zip(moments) {
                    *m = ADAM_BETAS[0] * *m + (1.0 - ADAM_BETAS[0]) * g;
                    *s = ADAM_BETAS[1] * *s + (1.0 - ADAM_BETAS[1]) * g * g;
                    *w -=
                        learning_rate * (*m / first_correction) / ((*s / second_correction).sqrt() + EPSILON);
                }
            }
        }
    }
}
