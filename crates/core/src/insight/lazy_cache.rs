//! Caches values that are computed only when they are requested, at most once for each revision. Panes
//! request them while they draw, because the visible knobs are not known earlier.

use std::cell::{Ref, RefCell};
use std::sync::Arc;

use crate::network::ForwardPass;
use crate::session::{Adjustable, RunState, Session};

use super::{KnobProfiles, LossEvaluation, Sensitivity, SnapshotSession};

/// The values that were requested last, with the revision that they belong to.
#[derive(Debug, Clone)]
pub(super) struct LazyCache {
    evaluation: RefCell<Cached<Option<Result<LossEvaluation, String>>>>,
    sensitivity: RefCell<Cached<Sensitivity>>,
    profiles: RefCell<Cached<KnobProfiles>>,
    /// The knobs and inputs that the profiles belong to.
    profile_targets: RefCell<Vec<Adjustable>>,
    snapshot_session: RefCell<Option<Box<SnapshotSession>>>,
}

/// A cached value with the revision that it belongs to; the revision is `None` before the first computation.
#[derive(Debug, Clone)]
struct Cached<T> {
    revision: Option<u64>,
    value: T,
}

impl<T> Cached<T> {
    /// Creates an entry without a valid value. `value` only provides the buffers.
    fn empty(value: T) -> RefCell<Self> {
        RefCell::new(Self {
            revision: None,
            value,
        })
    }
}

impl Default for LazyCache {
    fn default() -> Self {
        Self {
            evaluation: Cached::empty(None),
            sensitivity: Cached::empty(Sensitivity::empty()),
            profiles: Cached::empty(KnobProfiles::default()),
            profile_targets: RefCell::default(),
            snapshot_session: RefCell::default(),
        }
    }
}

impl LazyCache {
    /// Returns the training set with its forward pass and loss: `None` without data, an error message if the
    /// data does not fit the network.
    pub(super) fn evaluation(
        &self,
        revision: u64,
        session: &Session,
    ) -> Ref<'_, Option<Result<LossEvaluation, String>>> {
        if self.evaluation.borrow().revision != Some(revision) {
            let mut cached = self.evaluation.borrow_mut();
            let (document, setup) = (session.document(), session.setup());
            cached.value = match (cached.value.take(), setup) {
                (_, None) => None,
                (Some(Ok(mut evaluation)), Some(setup)) if evaluation.is_compatible_with(document, setup) => {
                    evaluation.update(&document.network);
                    Some(Ok(evaluation))
                }
                (_, Some(setup)) => Some(LossEvaluation::new(document, &Arc::clone(setup))),
            };
            cached.revision = Some(revision);
        }
        Ref::map(self.evaluation.borrow(), |cached| &cached.value)
    }

    /// Returns the derivatives of the sensitivity target, or `None` if that is the loss and there is no data
    /// or the data does not fit the network.
    pub(super) fn sensitivity(
        &self,
        revision: u64,
        session: &Session,
        forward_pass: &ForwardPass,
    ) -> Option<Ref<'_, Sensitivity>> {
        let neuron = session.view().sensitivity_neuron(session.architecture());
        if self.sensitivity.borrow().revision != Some(revision) {
            let document = session.document();
            let mut cached = self.sensitivity.borrow_mut();
            match neuron {
                Some((at, quantity)) => cached.value.update(document, forward_pass, at, quantity),
                None => match &*self.evaluation(revision, session) {
                    Some(Ok(evaluation)) => cached.value.update_loss(&document.network, evaluation),
                    None | Some(Err(_)) => return None,
                },
            }
            cached.revision = Some(revision);
        }
        Some(Ref::map(self.sensitivity.borrow(), |cached| &cached.value))
    }

    /// Returns a session at the state of the shown snapshot, or `None` if no snapshot is shown.
    pub(super) fn snapshot_session(&self, session: &Session) -> Option<Ref<'_, SnapshotSession>> {
        let is_current = self
            .snapshot_session
            .borrow()
            .as_ref()
            .is_some_and(|cached| cached.is_current(session));
        if !is_current {
            *self.snapshot_session.borrow_mut() = SnapshotSession::from_session(session).map(Box::new);
        }
        Ref::filter_map(self.snapshot_session.borrow(), |cached| cached.as_deref()).ok()
    }

    /// Returns the fraction of the range at which the loss is lowest, for one of the profiles that were
    /// requested last. Returns `None` if the profiles are out of date or not of the loss.
    pub(super) fn lowest_fraction(&self, revision: u64, target: Adjustable) -> Option<f64> {
        let cached = self.profiles.borrow();
        let index = self
            .profile_targets
            .borrow()
            .iter()
            .position(|&other| other == target)?;
        let is_current = cached.revision == Some(revision) && cached.value.loss_info().is_some();
        if is_current {
            cached.value.lowest_fraction(index)
        } else {
            None
        }
    }

    /// Returns the profiles of `targets`, or `None` if the sensitivity target is the loss and there is no
    /// data or the data does not fit the network.
    pub(super) fn profiles(
        &self,
        revision: u64,
        session: &Session,
        forward_pass: &ForwardPass,
        targets: &[Adjustable],
    ) -> Option<Ref<'_, KnobProfiles>> {
        let is_current =
            self.profiles.borrow().revision == Some(revision) && *self.profile_targets.borrow() == targets;
        if !is_current {
            let document = session.document();
            let mut cached = self.profiles.borrow_mut();
            match session.view().sensitivity_neuron(session.architecture()) {
                Some((at, quantity)) => cached.value.update(document, forward_pass, at, quantity, targets),
                None => match &*self.evaluation(revision, session) {
                    Some(Ok(evaluation)) => {
                        let is_training = session.run().state == RunState::Running;
                        cached.value.set_coarse(is_training);
                        cached.value.update_loss(document, evaluation, targets);
                    }
                    None | Some(Err(_)) => return None,
                },
            }
            cached.revision = Some(revision);
            let mut cached = self.profile_targets.borrow_mut();
            cached.clear();
            cached.extend_from_slice(targets);
        }
        Some(Ref::map(self.profiles.borrow(), |cached| &cached.value))
    }
}
