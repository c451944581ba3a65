//! The lowest loss that the user has reached.

use std::sync::Arc;

use neurodial_core::insight::{Insight, NetworkMetrics};
use neurodial_core::session::training_setup::TrainTestSplit;
use neurodial_core::session::{RunState, Session, UndoLabel};
use neurodial_core::training::Loss;

use super::training_controller::{NetworkSignature, network_signature};

/// The lowest loss that the user has reached with a dataset and a network, and its knobs.
#[derive(Debug, Clone)]
pub(crate) struct BestLoss {
    pub(super) loss: f64,
    loss_function: Loss,
    pub(super) knobs: Vec<f64>,
    split: Arc<TrainTestSplit>,
    network_signature: NetworkSignature,
    /// The version of the document that was measured last.
    version: u64,
    /// True if the user has changed the document since the data was chosen.
    pub(super) is_by_hand: bool,
}

impl BestLoss {
    /// Starts with the metrics of the session's current knobs. Returns `None` without data.
    fn new(session: &Session, metrics: &NetworkMetrics) -> Option<Self> {
        Some(Self {
            loss: metrics.train.loss,
            loss_function: metrics.loss,
            knobs: session.document().network.knobs().to_vec(),
            split: Arc::clone(session.setup()?.split().ok()?),
            network_signature: network_signature(session),
            version: session.history().version(),
            is_by_hand: false,
        })
    }

    /// Returns the knobs for a session, in the flat order; locked ones keep their values.
    pub(super) fn knobs_for(&self, session: &Session) -> Vec<f64> {
        let document = session.document();
        let mut knobs = self.knobs.clone();
        for &knob in &document.locked {
            if let (Some(index), Some(value)) =
                (session.architecture().index_of(knob), document.network.get(knob))
                && let Some(slot) = knobs.get_mut(index)
            {
                *slot = value;
            }
        }
        knobs
    }

    /// True if it is about the session's current data, network and loss function.
    fn matches(&self, session: &Session, metrics: &NetworkMetrics) -> bool {
        let split = session.setup().and_then(|setup| setup.split().ok());
        split.is_some_and(|split| Arc::ptr_eq(split, &self.split))
            && self.loss_function == metrics.loss
            && self.network_signature == network_signature(session)
    }

    /// Updates the lowest loss that the user has reached. Losses found by training do not count.
    pub(crate) fn update(best: &mut Option<Self>, session: &Session, insight: &Insight) {
        let Some(Ok(metrics)) = insight.metrics(session) else {
            *best = None;
            return;
        };
        let version = session.history().version();
        let is_training = session.run().state == RunState::Running;
        match best {
            Some(best_loss) if best_loss.matches(session, metrics) => {
                if best_loss.version == version {
                    return;
                }
                best_loss.version = version;
                // The last update of a run, or going back to one, is not the user's change.
                let is_training_step = session.history().undo_label() == Some(&UndoLabel::Train);
                if is_training || is_training_step || !metrics.train.loss.is_finite() {
                    return;
                }
                best_loss.is_by_hand = true;
                if metrics.train.loss < best_loss.loss {
                    best_loss.loss = metrics.train.loss;
                    best_loss.knobs.clear();
                    best_loss
                        .knobs
                        .extend_from_slice(session.document().network.knobs());
                }
            }
            _ => *best = BestLoss::new(session, metrics),
        }
    }
}
