//! Changes of what is shown.

use std::sync::Arc;

use crate::network::{Knob, NeuronAddress};

use super::adjustable::Adjustable;
use super::backward_step::BackwardStep;
use super::challenge::Challenge;
use super::forward_step::ForwardStep;
use super::language::Language;
use super::view::{
    ConfusionCell, CurveAxes, CurveScope, ExperimentColumn, KnobLayout, MapScope, Quantity, SensitivityTarget,
};

/// A change of what is shown, which leaves the document alone. It can't be undone.
#[derive(Debug, Clone, PartialEq)]
pub enum ViewChange {
    /// Shows a snapshot, counted from 0, together with the current state; `None` hides it.
    ShowSnapshot(Option<usize>),
    /// Allows only one knob at a time to differ from the shown snapshot, or any number of knobs.
    SetOneKnobAtATime(bool),
    /// Selects the neuron that the curves and the formula show.
    Select(NeuronAddress),
    /// Selects the neuron of a knob that is being turned, so that curves and formula show the change, unless the
    /// forward pass is stepped through.
    Follow(Knob),
    /// Highlights a knob or an input in every pane, or none.
    Highlight(Option<Adjustable>),
    /// Chooses the knob or input on the horizontal axis of the curves.
    Sweep(Adjustable),
    /// Chooses whether the curves show weighted sums or outputs.
    SetQuantity(Quantity),
    /// Chooses the neurons whose curves are shown.
    SetCurveScope(CurveScope),
    /// Moves, zooms or fits the axes of the curves.
    SetAxes(CurveAxes),
    /// Shows or hides the curves for nine values of the knob or input that was used last.
    ShowCurveFamily(bool),
    /// Goes to a position in the forward pass and selects its neuron; `None` ends stepping.
    StepTo(Option<ForwardStep>),
    /// Goes to a position in the backward pass and selects its neuron; `None` ends stepping.
    StepBackwardTo(Option<BackwardStep>),
    /// Chooses the two columns of the experiment log that are plotted.
    PlotColumns([Option<ExperimentColumn>; 2]),
    /// Sets the number of decimals of shown numbers; at most 12.
    SetDecimals(usize),
    /// Sets the two axes of the output maps; rejected if they are the same.
    SetMapAxes([Adjustable; 2]),
    /// Chooses the neurons whose maps are shown.
    SetMapScope(MapScope),
    /// Shows or hides small maps in the neurons of the diagram.
    ShowSmallMaps(bool),
    /// Shows the samples of a cell of the confusion matrix, or none.
    ShowSamples(Option<ConfusionCell>),
    /// Chooses the layout of the knobs.
    SetKnobLayout(KnobLayout),
    /// Sets the class, counted from 0, or the number that new custom points get.
    SetNewPointLabel(f64),
    /// Limits the training speed, in epochs per second, so that it can be followed by eye; `None` for no
    /// limit.
    SetEpochsPerSecond(Option<u32>),
    /// Shows or hides the profile of the sensitivity target along the track of each knob.
    ShowKnobProfiles(bool),
    /// Sets the knobs of the loss landscape: one for a curve, or two, which must differ.
    SetLandscapeKnobs(Knob, Option<Knob>),
    /// Switches between a logarithmic and a linear axis for losses.
    ShowLogLoss(bool),
    /// Switches the horizontal axis of the challenge between turns of the user and time.
    ShowChallengeByTurns(bool),
    /// Chooses the quantity for profiles and sensitivities; the loss is rejected if there is no data.
    SetSensitivityTarget(SensitivityTarget),
    /// Chooses the language of the code.
    SetCodeLanguage(Language),
    /// Chooses whether an activation is set for the whole layer or for one neuron.
    SetActivationForLayer(bool),
    /// Chooses between plot and table where the experiment log has no room for both.
    ShowExperimentPlot(bool),
    /// Shows or hides the settings of training.
    ShowTrainingSettings(bool),
    /// Sets the current state of the challenge, or removes it.
    SetChallenge(Option<Arc<Challenge>>),
}
