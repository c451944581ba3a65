//! The reason why a derivative is zero.

use super::{Architecture, GradientSeed, Knob, LayerPlan, NeuronAddress};

/// The way in which the differentiated number `L` of a backward pass depends on a neuron's knobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GradientFlow {
    /// A small turn of the knob changes `L` as the derivative says.
    Smooth,
    /// Every path from these knobs to `L` leads through a step function. It is flat wherever it doesn't jump,
    /// so the derivative is 0 and gives no information.
    BlockedByStep,
    /// `L` doesn't depend on these knobs: they are beside it or after it. The derivative is 0.
    Independent,
}

/// The gradient flow of all neurons. It depends only on the architecture and the seed, not on the values of
/// the knobs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GradientFlows {
    /// The gradient flow of each neuron, `[layer][neuron]`.
    layers: Vec<Vec<GradientFlow>>,
}

impl GradientFlows {
    /// Determines the gradient flow for the seed of a [backward pass](super::BackwardPass).
    ///
    /// # Panics
    ///
    /// Panics if the seed names a neuron that doesn't exist.
    pub fn new(architecture: &Architecture, seed: GradientSeed<'_>) -> Self {
        let mut flows = Self::default();
        flows.update(architecture, seed);
        flows
    }

    /// Determines the gradient flow for another architecture or seed. The buffers are reused.
    ///
    /// # Panics
    ///
    /// Panics if the seed names a neuron that doesn't exist.
    pub fn update(&mut self, architecture: &Architecture, seed: GradientSeed<'_>) {
        let plans = architecture.layers();
        self.layers.resize_with(plans.len(), Vec::new);
        for (flows, plan) in self.layers.iter_mut().zip(plans) {
            flows.clear();
            flows.resize(plan.neurons.len(), GradientFlow::Independent);
        }
        let last = architecture.last_layer();
        let (start_layer, neuron, is_output) = match seed {
            GradientSeed::Outputs(_) => (last, None, true),
            GradientSeed::WeightedSums(_) => (last, None, false),
            // A softmax couples the neurons of its layer.
            GradientSeed::Output(at) if plans[at.layer].is_softmax() => (at.layer, None, true),
            GradientSeed::Output(at) => (at.layer, Some(at.neuron), true),
            GradientSeed::WeightedSum(at) => (at.layer, Some(at.neuron), false),
        };
        match neuron {
            Some(neuron) => self.layers[start_layer][neuron] = GradientFlow::Smooth,
            None => self.layers[start_layer].fill(GradientFlow::Smooth),
        }
        if is_output {
            block_at_steps(&plans[start_layer], &mut self.layers[start_layer]);
        }
        for layer in (1..=start_layer).rev() {
            let flow = best_flow(&self.layers[layer]);
            self.layers[layer - 1].fill(flow);
            block_at_steps(&plans[layer - 1], &mut self.layers[layer - 1]);
        }
    }

    /// Returns the gradient flow of a neuron's knobs.
    pub fn of_neuron(&self, at: NeuronAddress) -> GradientFlow {
        self.layers[at.layer][at.neuron]
    }

    /// Returns the gradient flow of a knob, which is that of its neuron.
    pub fn of_knob(&self, knob: Knob) -> GradientFlow {
        self.of_neuron(knob.neuron_address())
    }

    /// Returns the gradient flow of the inputs.
    pub fn of_inputs(&self) -> GradientFlow {
        best_flow(&self.layers[0])
    }
}

/// Blocks the gradient flow at neurons with a step function.
fn block_at_steps(plan: &LayerPlan, flows: &mut [GradientFlow]) {
    for (plan, flow) in plan.neurons.iter().zip(flows) {
        if plan.activation.info().is_piecewise_constant && *flow != GradientFlow::Independent {
            *flow = GradientFlow::BlockedByStep;
        }
    }
}

/// Returns the gradient flow of an input of a layer: the best one of the neurons of the layer.
fn best_flow(flows: &[GradientFlow]) -> GradientFlow {
    let all = [GradientFlow::Smooth, GradientFlow::BlockedByStep];
    let found = all.into_iter().find(|flow| flows.contains(flow));
    found.unwrap_or(GradientFlow::Independent)
}
