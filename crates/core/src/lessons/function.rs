//! The quantities and functions of conditions: their names, arguments and kinds.

use crate::text::{Localized, Messages};

crate::named_enum! {
    /// A quantity or a function of conditions.
    pub enum Function {
        /// The only output or one of the outputs, for the current or for other inputs.
        Out = "out",
        /// The input at which the selected neuron's weighted sum is 0.
        Threshold = "threshold",
        /// The derivative of an output or of the loss by a knob or an input.
        Slope = "slope",
        /// Any quantity at the step's start.
        Start = "start",
        /// The number of knobs that differ from the step's start.
        Changed = "changed",
        /// True if at least one knob differs from the step's start, and none but these.
        Only = "only",
        /// The number of knobs that differed from the step's start when training began.
        ChangedBeforeTraining = "changed_before_training",
        /// The number of gestures since the step was shown.
        Turns = "turns",
        /// The time since the step was shown.
        Seconds = "seconds",
        /// The number of saved inputs for which the output is the wanted one.
        Agrees = "agrees",
        /// The loss on the training set.
        Loss = "loss",
        /// The loss on the test set.
        TestLoss = "test_loss",
        /// The accuracy on the training set.
        Accuracy = "accuracy",
        /// The accuracy on the test set.
        TestAccuracy = "test_accuracy",
        /// The number of training samples that are classified correctly.
        Correct = "correct",
        /// The number of training samples.
        Samples = "samples",
        /// The epoch of the current knobs.
        Epoch = "epoch",
        /// The number of trained epochs.
        EpochsRun = "epochs_run",
        /// The lowest loss or highest accuracy of the run.
        Best = "best",
        /// The largest difference between the neurons of a layer in the same knob.
        Spread = "spread",
        /// The number of neurons that give 0 for every sample.
        Dead = "dead",
        /// The activation of a layer or a neuron.
        Activation = "activation",
        /// The number of inputs.
        Inputs = "inputs",
        /// The number of layers.
        Layers = "layers",
        /// The number of neurons of a layer.
        Neurons = "neurons",
        /// The number of computed inputs.
        Features = "features",
        /// The learning rate.
        LearningRate = "learning_rate",
        /// The number of samples in a mini-batch.
        Batch = "batch",
        /// The name of the optimizer.
        Optimizer = "optimizer",
        /// The coefficient of L2 regularization.
        L2 = "l2",
        /// True if stepping through the forward pass has passed this neuron.
        Stepped = "stepped",
        /// The current into the nerve cell.
        CellCurrent = "cell.current",
        /// The number of impulses of the nerve cell in the time that is drawn.
        CellImpulses = "cell.impulses",
        /// The firing rate of the nerve cell.
        CellRate = "cell.rate",
        /// The refractory period of the nerve cell.
        CellRefractory = "cell.refractory",
        /// The learner's last answer: a number, or that of a choice, counted from 1.
        Answer = "answer",
        /// True if the learner has answered.
        Answered = "answered",
        /// The number of tries in this step.
        Tries = "tries",
        /// The number of hints seen in this step.
        Hints = "hints",
        /// The mean distance of the sketch from the true curve, as a part of the axes' height.
        SketchOff = "sketch.off",
        /// The place where the sketch is steepest.
        SketchJump = "sketch.jump",
        /// The place where the sketch is lowest.
        SketchLow = "sketch.low",
        /// The mean of the sketch over the left quarter.
        SketchLeft = "sketch.left",
        /// The mean of the sketch over the right quarter.
        SketchRight = "sketch.right",
        /// True if a value differs from another one by at most a distance.
        Near = "near",
        /// True if a value is between two others, or equal to one of them.
        Between = "between",
        /// The absolute value.
        Abs = "abs",
        /// The smallest of several values.
        Min = "min",
        /// The largest of several values.
        Max = "max",
        /// The nearest integer.
        Round = "round",
    }
}

/// The kind of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExpressionKind {
    /// A number.
    Number,
    /// True or false.
    Condition,
    /// A text, such as the name of an activation.
    Text,
}

/// The meaning of an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgumentRole {
    /// The value that is compared or computed with.
    Value,
    /// The value that it should have.
    Target,
    /// The largest difference.
    Distance,
    /// The lower limit.
    Lower,
    /// The upper limit.
    Upper,
    /// The address of a knob.
    Knob,
    /// The address of an input.
    Input,
    /// The address of a knob or an input.
    KnobOrInput,
    /// `out`, `out[k]` or `loss`.
    Differentiated,
    /// Any quantity.
    Quantity,
    /// A layer, counted from 1.
    Layer,
    /// A neuron, counted from 1.
    Neuron,
    /// A loss or an accuracy.
    Metric,
    /// A wanted output.
    Wanted,
}

impl Localized for ArgumentRole {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::Value => messages.argument_value(),
            Self::Target => messages.argument_target(),
            Self::Distance => messages.argument_distance(),
            Self::Lower => messages.argument_lower(),
            Self::Upper => messages.argument_upper(),
            Self::Knob => messages.argument_knob(),
            Self::Input => messages.argument_input(),
            Self::KnobOrInput => messages.argument_knob_or_input(),
            Self::Differentiated => messages.argument_differentiated(),
            Self::Quantity => messages.argument_quantity(),
            Self::Layer => messages.argument_layer(),
            Self::Neuron => messages.argument_neuron(),
            Self::Metric => messages.argument_metric(),
            Self::Wanted => messages.argument_wanted(),
        }
        .to_owned()
    }
}

/// The arguments of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    /// The arguments that are needed; without any, the parentheses may be left out.
    pub required: &'static [ArgumentRole],
    /// The arguments that may follow.
    pub optional: &'static [ArgumentRole],
    /// The role of any number of further arguments.
    pub repeated: Option<ArgumentRole>,
    /// The kind of the value.
    pub kind: ExpressionKind,
    /// An example of a call.
    pub example: &'static str,
}

/// The data that a quantity needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataNeed {
    /// None.
    Nothing,
    /// A training set.
    Data,
    /// A training set with classes.
    Classes,
    /// A test set.
    TestSet,
}

impl Function {
    /// Returns the arguments and the kind of the value.
    pub fn signature(self) -> Signature {
        use ArgumentRole as Role;
        let new = |required, kind, example| Signature {
            required,
            optional: &[],
            repeated: None,
            kind,
            example,
        };
        let number = |required, example| new(required, ExpressionKind::Number, example);
        let condition = |required, example| new(required, ExpressionKind::Condition, example);
        let quantity = number(&[], self.name());
        match self {
            Self::Out => Signature {
                repeated: Some(Role::Value),
                ..number(&[], "out(2)")
            },
            Self::Threshold => Signature {
                optional: &[Role::Input],
                ..number(&[], "threshold(x[1])")
            },
            Self::Slope => number(
                &[Role::Differentiated, Role::KnobOrInput],
                "slope(loss, w[1,1,1])",
            ),
            Self::Start => number(&[Role::Quantity], "start(b[1,1])"),
            Self::Only => Signature {
                repeated: Some(Role::Knob),
                ..condition(&[Role::Knob], "only(b[1,1])")
            },
            Self::Agrees => Signature {
                repeated: Some(Role::Wanted),
                ..number(&[Role::Wanted], "agrees(0, 1, 1, 0)")
            },
            Self::Best => number(&[Role::Metric], "best(test_loss)"),
            Self::Spread => number(&[Role::Layer], "spread(1)"),
            Self::Activation => Signature {
                optional: &[Role::Neuron],
                ..new(&[Role::Layer], ExpressionKind::Text, "activation(1)")
            },
            Self::Neurons => number(&[Role::Layer], "neurons(1)"),
            Self::Stepped => condition(&[Role::Layer, Role::Neuron], "stepped(1, 2)"),
            Self::Optimizer => new(&[], ExpressionKind::Text, "optimizer"),
            Self::Answered => condition(&[], "answered"),
            Self::Near => condition(
                &[Role::Value, Role::Target, Role::Distance],
                "near(b[1,1], 2, 0.05)",
            ),
            Self::Between => condition(&[Role::Value, Role::Lower, Role::Upper], "between(b[1,1], 1, 2)"),
            Self::Abs => number(&[Role::Value], "abs(b[1,1])"),
            Self::Round => number(&[Role::Value], "round(b[1,1])"),
            Self::Min => Signature {
                repeated: Some(Role::Value),
                ..number(&[Role::Value], "min(a[1,1], a[1,2])")
            },
            Self::Max => Signature {
                repeated: Some(Role::Value),
                ..number(&[Role::Value], "max(a[1,1], a[1,2])")
            },
            Self::Changed
            | Self::ChangedBeforeTraining
            | Self::Turns
            | Self::Seconds
            | Self::Loss
            | Self::TestLoss
            | Self::Accuracy
            | Self::TestAccuracy
            | Self::Correct
            | Self::Samples
            | Self::Epoch
            | Self::EpochsRun
            | Self::Dead
            | Self::Inputs
            | Self::Layers
            | Self::Features
            | Self::LearningRate
            | Self::Batch
            | Self::L2
            | Self::CellCurrent
            | Self::CellImpulses
            | Self::CellRate
            | Self::CellRefractory
            | Self::Answer
            | Self::Tries
            | Self::Hints
            | Self::SketchOff
            | Self::SketchJump
            | Self::SketchLow
            | Self::SketchLeft
            | Self::SketchRight => quantity,
        }
    }

    /// Returns the data without which the quantity is undefined.
    pub fn data_need(self) -> DataNeed {
        match self {
            Self::Loss
            | Self::Samples
            | Self::Dead
            | Self::LearningRate
            | Self::Batch
            | Self::Optimizer
            | Self::L2
            | Self::Epoch
            | Self::EpochsRun => DataNeed::Data,
            Self::Accuracy | Self::Correct => DataNeed::Classes,
            Self::TestLoss | Self::TestAccuracy => DataNeed::TestSet,
            Self::Out
            | Self::Threshold
            | Self::Slope
            | Self::Start
            | Self::Changed
            | Self::Only
            | Self::ChangedBeforeTraining
            | Self::Turns
            | Self::Seconds
            | Self::Agrees
            | Self::Best
            | Self::Spread
            | Self::Activation
            | Self::Inputs
            | Self::Layers
            | Self::Neurons
            | Self::Features
            | Self::Stepped
            | Self::CellCurrent
            | Self::CellImpulses
            | Self::CellRate
            | Self::CellRefractory
            | Self::Answer
            | Self::Answered
            | Self::Tries
            | Self::Hints
            | Self::SketchOff
            | Self::SketchJump
            | Self::SketchLow
            | Self::SketchLeft
            | Self::SketchRight
            | Self::Near
            | Self::Between
            | Self::Abs
            | Self::Min
            | Self::Max
            | Self::Round => DataNeed::Nothing,
        }
    }

    /// Returns the function with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.name() == name)
    }
}

/// Returns the candidate that a mistyped name most likely means: it differs in at most two letters, or in one of
/// a short name.
pub fn suggestion<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = if name.chars().count() <= 3 { 1 } else { 2 };
    let near = candidates
        .into_iter()
        .map(|candidate| (edit_distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit);
    near.min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Returns the number of letters that have to be added, removed or replaced (Levenshtein, 1966).
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(40).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().take(40).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(!from.eq_ignore_ascii_case(to));
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_name_finds_the_one_that_was_meant() {
        assert_eq!(suggestion("curve", ["knobs", "curves"]), Some("curves"));
        assert_eq!(
            suggestion("treshold", Function::ALL.map(Function::name)),
            Some("threshold")
        );
        assert_eq!(suggestion("qqq", ["knobs", "curves"]), None);
        assert_eq!(suggestion("w", ["z", "out"]), Some("z"));
    }
}
