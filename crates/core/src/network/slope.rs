//! What a derivative of zero means.

use super::{Activation, Blueprint, Knob, LayerPlan, NeuronAt, Seed};

/// What a derivative can tell about a neuron's knobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slope {
    /// A small turn changes the seed as the derivative says.
    Smooth,
    /// Every way from these knobs to the seed leads through a step function. It is flat wherever it doesn't jump,
    /// so the derivative is 0 and tells nothing.
    Stepped,
    /// The seed does not depend on these knobs: they are beside it or after it. The derivative is 0.
    Apart,
}

/// The slopes of all neurons. They follow from the architecture and the seed alone, not from any knob.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slopes {
    /// Of each layer and neuron.
    layers: Vec<Vec<Slope>>,
}

impl Slopes {
    /// Those for the seed of a [backward pass](super::Backward).
    ///
    /// # Panics
    /// If the seed names no neuron of the network.
    pub fn of(blueprint: &Blueprint, seed: Seed<'_>) -> Self {
        let mut slopes = Self::default();
        slopes.find(blueprint, seed);
        slopes
    }

    /// Finds them anew; buffers are kept.
    ///
    /// # Panics
    /// As [`Slopes::of`].
    pub fn find(&mut self, blueprint: &Blueprint, seed: Seed<'_>) {
        let plans = blueprint.layers();
        self.layers.resize_with(plans.len(), Vec::new);
        for (slopes, plan) in self.layers.iter_mut().zip(plans) {
            slopes.clear();
            slopes.resize(plan.neurons.len(), Slope::Apart);
        }
        let last = blueprint.last_layer();
        let (from, neuron, is_output) = match seed {
            Seed::Outputs(_) => (last, None, true),
            Seed::PreActivations(_) => (last, None, false),
            // A softmax couples the neurons of its layer.
            Seed::Output(at) if plans[at.layer].is_softmax() => (at.layer, None, true),
            Seed::Output(at) => (at.layer, Some(at.neuron), true),
            Seed::PreActivation(at) => (at.layer, Some(at.neuron), false),
        };
        match neuron {
            Some(neuron) => self.layers[from][neuron] = Slope::Smooth,
            None => self.layers[from].fill(Slope::Smooth),
        }
        if is_output {
            stop_at_steps(&plans[from], &mut self.layers[from]);
        }
        for layer in (1..=from).rev() {
            let slope = best(&self.layers[layer]);
            self.layers[layer - 1].fill(slope);
            stop_at_steps(&plans[layer - 1], &mut self.layers[layer - 1]);
        }
    }

    /// That of a neuron’s knobs.
    pub fn at(&self, at: NeuronAt) -> Slope {
        self.layers[at.layer][at.neuron]
    }

    /// That of a knob: its neuron’s.
    pub fn of_knob(&self, knob: Knob) -> Slope {
        self.at(NeuronAt {
            layer: knob.layer,
            neuron: knob.neuron,
        })
    }

    /// That of the inputs.
    pub fn of_inputs(&self) -> Slope {
        best(&self.layers[0])
    }
}

/// A step lets no derivative through.
fn stop_at_steps(plan: &LayerPlan, slopes: &mut [Slope]) {
    for (plan, slope) in plan.neurons.iter().zip(slopes) {
        if plan.activation == Activation::Step && *slope != Slope::Apart {
            *slope = Slope::Stepped;
        }
    }
}

/// A source reaches the seed as well as the best of the neurons that it leads to.
fn best(slopes: &[Slope]) -> Slope {
    let all = [Slope::Smooth, Slope::Stepped];
    let found = all.into_iter().find(|slope| slopes.contains(slope));
    found.unwrap_or(Slope::Apart)
}
