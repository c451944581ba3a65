//! The pinned state beside the present one: its numbers, and its curves over the same axis.

use crate::network::{Blueprint, Network, NeuronAt, Trace};
use crate::session::{Features, Kept, Session, Target, View};

use super::sweep::Tools;
use super::{Curve, Sweep};

/// What the network of a pin computes. It is worked out when the pin or what the curves show changes, not while a
/// knob turns.
#[derive(Debug, Clone)]
pub struct Ghost {
    /// Which pin, counted from 0.
    pub pin: usize,
    /// How many knobs now differ from it.
    pub differing: usize,
    state: Kept,
    network: Network,
    trace: Trace,
    sweep: Sweep,
    /// What the curves were drawn for.
    drawn: Option<(View, [f64; 2])>,
}

impl Ghost {
    /// The ghost of the pin that the view shows, if it shows one.
    pub(super) fn of(session: &Session) -> Option<Self> {
        let document = session.document();
        let pin = session.view().pin?;
        let state = document
            .pins
            .get(pin)
            .filter(|state| state.fits(document))?
            .clone();
        let network = Network::from_knobs(session.blueprint().clone(), state.knobs.clone())?;
        let mut trace = Trace::default();
        trace.run(&network, &state.inputs, 1);
        Some(Self {
            pin,
            differing: state.differing_knobs(document),
            sweep: Sweep::new(session.view()),
            state,
            network,
            trace,
            drawn: None,
        })
    }

    /// Whether it is still that of the pin shown, under the same architecture.
    pub(super) fn belongs_to(&self, session: &Session) -> bool {
        let pins = &session.document().pins;
        session.view().pin == Some(self.pin)
            && pins.get(self.pin) == Some(&self.state)
            && self.network.blueprint() == session.blueprint()
    }

    /// Counts again how many knobs differ.
    pub(super) fn count(&mut self, session: &Session) {
        self.differing = self.state.differing_knobs(session.document());
    }

    /// Draws its curves over the axis `x`, unless they are drawn already.
    pub(super) fn draw(&mut self, view: &View, features: Features<'_>, x: [f64; 2], tools: &mut Tools) {
        // What is lit or stepped through changes no curve.
        let shown = View {
            held: None,
            step: None,
            ..view.clone()
        };
        let drawn = Some((shown, x));
        if self.drawn != drawn {
            self.sweep
                .update((&self.network, features), x, view, &self.trace, [&[], &[]], tools);
            self.drawn = drawn;
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
    pub fn value(&self, target: Target) -> Option<f64> {
        match target {
            Target::Knob(knob) => self.network.get(knob),
            Target::Input(input) => self.state.inputs.get(input).copied(),
        }
    }

    /// The output that a neuron had.
    pub fn output(&self, at: NeuronAt) -> f64 {
        self.trace.a(at.layer, at.neuron)[0]
    }

    /// The pre-activation that a neuron had.
    pub fn sum(&self, at: NeuronAt) -> f64 {
        self.trace.z(at.layer, at.neuron)[0]
    }

    /// How far the present state is from the pin, in a sentence.
    pub fn meter(&self, blueprint: &Blueprint) -> String {
        let name = self.name();
        match self.differing {
            0 => format!("No knob differs from {name}: turn one and see what it does"),
            1 => format!("1 knob differs from {name}, so what changed is its doing"),
            all if all == blueprint.knob_count() => format!("All knobs differ from {name}"),
            many => format!("{many} knobs differ from {name}: turn one at a time to see which did it"),
        }
    }
}
