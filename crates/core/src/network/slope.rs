//! What a derivative of zero means.

use super::{Activation, Architecture, Knob, LayerPlan, NeuronAddress, GradientSeed};

/// What a derivative can tell about a neuron's knobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GradientFlow {
    /// A small turn changes the seed as the derivative says.
    Smooth,
    /// Every way from these knobs to the seed leads through a step function. It is flat wherever it doesn't jump,
    /// so the derivative is 0 and tells nothing.
    BlockedByStep,
    /// The seed does not depend on these knobs: they are beside it or after it. The derivative is 0.
    Independent,
}

/// The slopes of all neurons. They follow from the architecture and the seed alone, not from any knob.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GradientFlows {
    /// Of each layer and neuron.
    layers: Vec<Vec<GradientFlow>>,
}

impl GradientFlows {
    /// Those for the seed of a [backward pass](super::Backward).
    ///
    /// # Panics
    /// If the seed names no neuron of the network.
    pub fn new(architecture: &Architecture, seed: GradientSeed<'_>) -> Self {
        let mut flows = Self::default();
        flows.update(architecture, seed);
        flows
    }

    /// Finds them anew; buffers are kept.
    ///
    /// # Panics
    /// As [`Slopes::of`].
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

    /// That of a neuron’s knobs.
    pub fn of_neuron(&self, at: NeuronAddress) -> GradientFlow {
        self.layers[at.layer][at.neuron]
    }

    /// That of a knob: its neuron’s.
    pub fn of_knob(&self, knob: Knob) -> GradientFlow {
        self.of_neuron(NeuronAddress {
            layer: knob.layer,
            neuron: knob.neuron,
        })
    }

    /// That of the inputs.
    pub fn of_inputs(&self) -> GradientFlow {
        best_flow(&self.layers[0])
    }
}

/// A step lets no derivative through.
fn block_at_steps(plan: &LayerPlan, flows: &mut [GradientFlow]) {
    for (plan, flow) in plan.neurons.iter().zip(flows) {
        if plan.activation == Activation::Step && *flow != GradientFlow::Independent {
            *flow = GradientFlow::BlockedByStep;
        }
    }
}

/// A source reaches the seed as well as the best of the neurons that it leads to.
fn best_flow(flows: &[GradientFlow]) -> GradientFlow {
    let all = [GradientFlow::Smooth, GradientFlow::BlockedByStep];
    let found = all.into_iter().find(|flow| flows.contains(flow));
    found.unwrap_or(GradientFlow::Independent)
}
