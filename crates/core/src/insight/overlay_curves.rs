//! The curves of an earlier state of the network, to draw behind the current ones.

use crate::network::{Architecture, ForwardPass, Network};
use crate::session::{ComputedFeatures, View};

use super::curve::Curve;
use super::sweep::{Sweep, SweepBuffers};

/// The network and the inputs of an earlier state, with the curves of the current view. The curves are recomputed
/// if the view changes, not while a knob is dragged.
#[derive(Debug, Clone)]
pub(super) struct OverlayCurves {
    pub(super) network: Network,
    pub(super) forward_pass: ForwardPass,
    sweep: Sweep,
    /// The view and the axis that the curves were computed for.
    key: Option<(View, [f64; 2])>,
}

impl OverlayCurves {
    pub(super) fn new(network: Network, inputs: &[f64], view: &View) -> Self {
        let mut forward_pass = ForwardPass::default();
        forward_pass.run(&network, inputs, 1);
        Self {
            network,
            forward_pass,
            sweep: Sweep::new(view),
            key: None,
        }
    }

    /// True if the network has this architecture. Otherwise its neurons may be others than the current ones.
    pub(super) fn fits(&self, architecture: &Architecture) -> bool {
        self.network.architecture() == architecture
    }

    /// Recomputes the curves over the axis `x` if they are out of date.
    pub(super) fn update(
        &mut self,
        view: &View,
        features: ComputedFeatures<'_>,
        x: [f64; 2],
        buffers: &mut SweepBuffers,
    ) {
        // Highlighting and stepping through the forward pass change no curve.
        let view_of_curves = View {
            highlighted: None,
            forward_step: None,
            backward_step: None,
            ..view.clone()
        };
        let key = Some((view_of_curves, x));
        if self.key != key {
            let network = (&self.network, features);
            self.sweep
                .update(network, x, view, &self.forward_pass, [&[], &[]], buffers);
            self.key = key;
        }
    }

    /// Returns the curves, in the order of the current ones.
    pub(super) fn curves(&self) -> &[Curve] {
        &self.sweep.curves
    }
}
