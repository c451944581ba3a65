//! The pinned state beside the present one: its numbers, and its curves over the same axis.

use crate::network::{Architecture, Network, NeuronAddress, ForwardPass};
use crate::session::{ComputedFeatures, SavedState, Session, Adjustable, View};

use super::sweep::SweepBuffers;
use super::{Curve, Sweep};

/// What the network of a pin computes. It is worked out when the pin or what the curves show changes, not while a
/// knob turns.
#[derive(Debug, Clone)]
pub struct SnapshotOverlay {
    /// Which pin, counted from 0.
    pub snapshot_index: usize,
    /// How many knobs now differ from it.
    pub differing_knobs: usize,
    state: SavedState,
    network: Network,
    forward_pass: ForwardPass,
    sweep: Sweep,
    /// What the curves were drawn for.
    drawn_for: Option<(View, [f64; 2])>,
}

impl SnapshotOverlay {
    /// The ghost of the pin that the view shows, if it shows one.
    pub(super) fn from_session(session: &Session) -> Option<Self> {
        let document = session.document();
        let snapshot = session.view().snapshot?;
        let state = document
            .snapshots
            .get(snapshot)
            .filter(|state| state.fits(document))?
            .clone();
        let network = Network::from_knobs(session.architecture().clone(), state.knobs.clone())?;
        let mut forward_pass = ForwardPass::default();
        forward_pass.run(&network, &state.inputs, 1);
        Some(Self {
            snapshot_index: snapshot,
            differing_knobs: state.differing_knobs(document),
            sweep: Sweep::new(session.view()),
            state,
            network,
            forward_pass,
            drawn_for: None,
        })
    }

    /// Whether it is still that of the pin shown, under the same architecture.
    pub(super) fn is_current(&self, session: &Session) -> bool {
        let pins = &session.document().snapshots;
        session.view().snapshot == Some(self.snapshot_index)
            && pins.get(self.snapshot_index) == Some(&self.state)
            && self.network.architecture() == session.architecture()
    }

    /// Counts again how many knobs differ.
    pub(super) fn update_differing_knobs(&mut self, session: &Session) {
        self.differing_knobs = self.state.differing_knobs(session.document());
    }

    /// Draws its curves over the axis `x`, unless they are drawn already.
    pub(super) fn update_curves(&mut self, view: &View, features: ComputedFeatures<'_>, x: [f64; 2], tools: &mut SweepBuffers) {
        // What is lit or stepped through changes no curve.
        let shown = View {
            highlighted: None,
            forward_step: None,
            ..view.clone()
        };
        let drawn = Some((shown, x));
        if self.drawn_for != drawn {
            self.sweep
                .update((&self.network, features), x, view, &self.forward_pass, [&[], &[]], tools);
            self.drawn_for = drawn;
        }
    }

    /// What the pin is called.
    pub fn name(&self) -> &str {
        &self.state.name
    }

    /// Its curves, in the order of the present ones.
    pub fn curves(&self) -> &[Curve] {
        &self.sweep.curves
    }

    /// The number that something had.
    pub fn value(&self, target: Adjustable) -> Option<f64> {
        match target {
            Adjustable::Knob(knob) => self.network.get(knob),
            Adjustable::Input(input) => self.state.inputs.get(input).copied(),
        }
    }

    /// The output that a neuron had.
    pub fn output(&self, at: NeuronAddress) -> f64 {
        self.forward_pass.a(at.layer, at.neuron)[0]
    }

    /// The pre-activation that a neuron had.
    pub fn pre_activation(&self, at: NeuronAddress) -> f64 {
        self.forward_pass.z(at.layer, at.neuron)[0]
    }

    /// How far the present state is from the pin, in a sentence.
    pub fn difference_sentence(&self, architecture: &Architecture) -> String {
        let name = self.name();
        match self.differing_knobs {
            0 => format!("No knob differs from {name}: turn one and see what it does"),
            1 => format!("1 knob differs from {name}, so what changed is its doing"),
            all if all == architecture.knob_count() => format!("All knobs differ from {name}"),
            many => format!("{many} knobs differ from {name}: turn one at a time to see which did it"),
        }
    }
}
