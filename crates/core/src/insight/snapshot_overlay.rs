//! The values and curves of a snapshot, to overlay on the current ones.

use crate::network::{Architecture, Network, NeuronAddress};
use crate::session::{Adjustable, ComputedFeatures, SavedState, Session, View};
use crate::text::Messages;

use super::curve::Curve;
use super::overlay_curves::OverlayCurves;
use super::sweep::SweepBuffers;

/// The values that the network of a snapshot computes. It is recomputed if the snapshot or the shown curves
/// change, not while a knob is dragged.
#[derive(Debug, Clone)]
pub struct SnapshotOverlay {
    /// The index of the snapshot, counted from 0.
    pub snapshot_index: usize,
    /// The number of knobs that currently differ from the snapshot.
    pub differing_knobs: usize,
    state: SavedState,
    overlay: OverlayCurves,
}

impl SnapshotOverlay {
    /// Creates the overlay of the shown snapshot, or returns `None` if no snapshot is shown or it does not
    /// fit the document.
    pub(super) fn from_session(session: &Session) -> Option<Self> {
        let document = session.document();
        let snapshot = session.view().snapshot?;
        let state = document
            .snapshots
            .get(snapshot)
            .filter(|state| state.fits(document))?
            .clone();
        let network = Network::from_knobs(session.architecture().clone(), state.knobs.clone())?;
        Some(Self {
            snapshot_index: snapshot,
            differing_knobs: state.differing_knobs(document),
            overlay: OverlayCurves::new(network, &state.inputs, session.view()),
            state,
        })
    }

    /// True if this overlay belongs to the shown snapshot and the architecture is still the same.
    pub(super) fn is_current(&self, session: &Session) -> bool {
        let snapshots = &session.document().snapshots;
        session.view().snapshot == Some(self.snapshot_index)
            && snapshots.get(self.snapshot_index) == Some(&self.state)
            && self.overlay.fits(session.architecture())
    }

    /// Counts again the knobs that differ.
    pub(super) fn update_differing_knobs(&mut self, session: &Session) {
        self.differing_knobs = self.state.differing_knobs(session.document());
    }

    /// Recomputes the curves over the axis `x` if they are out of date.
    pub(super) fn update_curves(
        &mut self,
        view: &View,
        features: ComputedFeatures<'_>,
        x: [f64; 2],
        buffers: &mut SweepBuffers,
    ) {
        self.overlay.update(view, features, x, buffers);
    }

    /// Returns the name of the snapshot.
    pub fn name(&self) -> &str {
        &self.state.name
    }

    /// Returns its curves, in the order of the current ones.
    pub fn curves(&self) -> &[Curve] {
        self.overlay.curves()
    }

    /// Returns the value of a knob or input in the snapshot, or `None` if it has none.
    pub fn value(&self, target: Adjustable) -> Option<f64> {
        match target {
            Adjustable::Knob(knob) => self.overlay.network.get(knob),
            Adjustable::Input(input) => self.state.inputs.get(input).copied(),
            Adjustable::Hyperparameter(_) => None,
        }
    }

    /// Returns all knobs and all inputs in the snapshot.
    pub(super) fn adjustables(&self) -> (&[f64], &[f64]) {
        (self.overlay.network.knobs(), &self.state.inputs)
    }

    /// Returns the output of a neuron in the snapshot.
    pub fn output(&self, at: NeuronAddress) -> f64 {
        self.overlay.forward_pass.a(at.layer, at.neuron)[0]
    }

    /// Describes the number of knobs that differ from the snapshot.
    pub fn difference_sentence(&self, architecture: &Architecture, messages: Messages) -> String {
        let name = format!("“{}”", self.name());
        match self.differing_knobs {
            0 => messages.compare_no_difference(name),
            1 => messages.compare_one_difference(name),
            all if all == architecture.knob_count() => messages.compare_all_differ(name),
            many => messages.compare_differences(many, name),
        }
    }
}
