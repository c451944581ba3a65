//! The kinds of properties that activation functions have.

/// The change of a neuron where its weighted sum crosses 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threshold {
    /// The neuron switches on; below, its output is 0.
    Switch,
    /// The neuron switches on; below, its output differs a little from 0.
    LeakySwitch,
    /// The neuron switches on gradually, and its output changes its sign.
    SoftSwitch,
    /// The output crosses one half.
    OneHalf,
    /// The output changes its sign.
    Sign,
    /// No change that descriptions mention.
    None,
}

impl Threshold {
    /// True if a weighted sum of 0 is a threshold: there the neuron turns on or off, or its output crosses one
    /// half.
    pub const fn exists(self) -> bool {
        match self {
            Self::Switch | Self::LeakySwitch | Self::SoftSwitch | Self::OneHalf => true,
            Self::Sign | Self::None => false,
        }
    }
}

/// The kind of probability that the outputs of a layer are, if any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Probabilities {
    /// The outputs are not probabilities.
    None,
    /// Each output is a probability.
    PerNeuron,
    /// The outputs are probabilities that add up to 1. The activation belongs to the layer, never to a single
    /// neuron of it.
    PerLayer,
}

/// The state of a neuron, as descriptions mention it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NeuronState {
    /// Its function is the identity.
    Linear,
    /// It is on, and its output is the weighted sum.
    Passes,
    /// It is on.
    On,
    /// It is off.
    Off,
    /// It is off, but its output differs a little from 0.
    Leaking,
    /// Its output is almost 0.
    AlmostOff,
    /// Its weighted sum is 0.
    AtZero,
    /// Its output is near a limit, which is given.
    SaturatedNear(&'static str),
    /// Its output is in the bend of the function.
    InTransition,
    /// Its output is above one half.
    AboveHalf,
    /// Its output is below one half.
    BelowHalf,
    /// Its output is one half.
    AtHalf,
    /// Its output is positive.
    Positive,
    /// Its output is negative.
    Negative,
    /// Its output is slightly more than the weighted sum.
    SlightlyAboveSum,
    /// Its output is more than half of the weighted sum.
    MostlyOpen,
    /// Its output is less than half of the weighted sum.
    MostlyClosed,
    /// Its function is periodic.
    Periodic,
    /// Its output is a probability of its layer.
    Probability,
}

/// An activation function in a programming language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FunctionCode {
    /// The expression for the function.
    pub(crate) expression: &'static str,
    /// The definition of what the expression names; empty if the language has it already.
    pub(crate) definition: &'static str,
}

impl FunctionCode {
    /// True if something has to be defined.
    pub(crate) const fn has_definition(&self) -> bool {
        !self.definition.is_empty()
    }

    /// True if the code contains this text.
    pub(crate) fn contains(&self, text: &str) -> bool {
        self.expression.contains(text) || self.definition.contains(text)
    }
}

crate::named_enum! {
    /// A distribution of initial weights. `n_in` is the number of inputs of the layer, `n_out` the number of its
    /// neurons.
    pub enum Initializer {
        /// All weights are 0.
        Zeros = "zeros",
        /// Uniform from −1 to 1.
        Uniform = "uniform",
        /// Normal with mean 0 and standard deviation 1.
        Normal = "normal",
        /// Uniform in ±√(6 / (n_in + n_out)) (Glorot and Bengio, 2010).
        Xavier = "xavier",
        /// Normal with mean 0 and standard deviation √(2 / n_in) (He et al., 2015).
        He = "he",
    }

    /// Error for a name that is not one of the five initializers.
    pub struct UnknownInitializer(unknown_initializer);
}

/// Where an activation function is nearly the identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NearIdentity {
    /// Nowhere.
    Never,
    /// Near 0, or everywhere.
    NearZero,
    /// Where the weighted sum is an output of the function itself.
    OfItsOutputs,
}
