//! Everything that is derived from a session, computed at most once for each revision.

use std::cell::{Ref, RefCell};
use std::sync::{Arc, OnceLock};

use crate::code::LiveListing;
use crate::code::live_listing::NumberChange;
use crate::network::{ForwardPass, NeuronAddress};
use crate::session::{Adjustable, Document, RunState, SavedState, Session, TrainingSetup, View};
use crate::text::{Localized, Messages, SharedText};

use super::computation_id::ComputationId;
use super::curve::Curve;
use super::curve_family::CurveFamily;
use super::data_plot::DataPlot;
use super::data_points::DataPoints;
use super::experiment_table::ExperimentTable;
use super::formula::Formula;
use super::frame_budget;
use super::knob_profile::KnobProfiles;
use super::lazy_cache::LazyCache;
use super::loss_evaluation::LossEvaluation;
use super::loss_landscape::LossLandscape;
use super::network_metrics::NetworkMetrics;
use super::neuron_map::NeuronMap;
use super::output_grid::{GridDetail, OutputGrid};
use super::output_maps::{OutputMaps, OutputMapsRequest};
use super::overlay_curves::OverlayCurves;
use super::predictions::Predictions;
use super::sensitivity::{DerivedQuantity, Sensitivity};
use super::shown_decimals::ShownDecimals;
use super::small_maps::SmallMaps;
use super::snapshot_overlay::SnapshotOverlay;
use super::sweep::{Sweep, SweepBuffers};
use super::switch_point::SwitchPoints;
use super::target_curve::TargetCurve;

/// The maximum number of rows of saved inputs for which a forward pass is computed.
pub(crate) const MAX_COMPUTED_SAVED_INPUTS: usize = 1_000;

/// Everything that is derived from a session, computed once for each revision and shared by all panes.
///
/// An insight belongs to one session: when another document is opened, create a new one. The buffers are
/// kept, so that an update while a knob is dragged allocates next to nothing.
///
/// ```
/// use neurodial_core::insight::{Insight, description};
/// use neurodial_core::session::{Adjustable, Origin, Session, ViewChange};
/// use neurodial_core::formats::Preset;
/// use neurodial_core::text::Messages;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut session = Session::open(Preset::DEFAULT.document()?, Origin::Untitled);
/// let mut insight = Insight::new(&session);
///
/// // The selected neuron is the second one; its weighted sum is 1.21.
/// let formula = insight.formula();
/// assert_eq!(formula.terms.len(), 4);
/// assert_eq!(format!("{:.2}", formula.z), "1.21");
/// assert!(description::describe(&session, &insight, Messages::ENGLISH).contains("1.210"));
///
/// // Its output over input 2, and the value of that input at which its weighted sum is 0.
/// session.apply(ViewChange::Sweep(Adjustable::Input(1)))?;
/// insight.update(&session);
/// let sweep = insight.sweep();
/// assert_eq!(sweep.curves.len(), 1);
/// assert_eq!(sweep.current, 2.0);
/// let [_, last_output] = sweep.curves[0].points[sweep.curves[0].points.len() - 1];
/// assert_eq!(last_output, 0.0);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Insight {
    revision: u64,
    /// The document's version, which does not change while only the view changes.
    version: u64,
    forward_pass: ForwardPass,
    sweep: Sweep,
    are_curves_shown: bool,
    is_sweep_due: bool,
    sweep_buffers: SweepBuffers,
    formula: Formula,
    saved_inputs_forward_pass: ForwardPass,
    saved_inputs_buffer: Vec<f64>,
    snapshot_overlay: Option<SnapshotOverlay>,
    shown_decimals: ShownDecimals,
    /// The decimals that are needed now; fewer than the shown ones if a gesture has made numbers shorter.
    needed_decimals: ShownDecimals,
    is_gesture_active: bool,
    /// The state when the last gesture began.
    before_gesture: Option<OverlayCurves>,
    target_curve: Option<TargetCurve>,
    experiments: ExperimentTable,
    /// The session's revision of the saved states that `experiments` was computed from.
    saved_states_revision: u64,
    switch_points: SwitchPoints,
    lazy_cache: LazyCache,
    snapshot_session: RefCell<Option<Box<SnapshotSession>>>,
    /// The training setup and the run state that the following fields belong to. Each of them is computed
    /// when it is first requested.
    training_key: (Option<Arc<TrainingSetup>>, RunState),
    metrics: OnceLock<Option<Result<NetworkMetrics, SharedText>>>,
    data_plot: OnceLock<Option<(DataPlot, ComputationId)>>,
    /// The grid that data plots are computed with.
    data_plot_grid: RefCell<OutputGrid>,
    predictions: OnceLock<Option<Predictions>>,
    data_points: OnceLock<Option<DataPoints>>,
}

/// A session at the state of a snapshot, with the current view, and everything that is derived from it.
#[derive(Debug, Clone)]
pub struct SnapshotSession {
    saved: SavedState,
    view: View,
    session: Session,
    insight: Insight,
}

impl Insight {
    /// Computes everything that depends on the session in its current state. The other values are computed on
    /// request.
    pub fn new(session: &Session) -> Self {
        let mut insight = Self {
            revision: session.revision(),
            version: session.history().version(),
            forward_pass: ForwardPass::default(),
            sweep: Sweep::new(session.view()),
            are_curves_shown: true,
            is_sweep_due: false,
            sweep_buffers: SweepBuffers::default(),
            formula: Formula::new(session.view().selected),
            saved_inputs_forward_pass: ForwardPass::default(),
            saved_inputs_buffer: Vec::new(),
            snapshot_overlay: None,
            shown_decimals: ShownDecimals::default(),
            needed_decimals: ShownDecimals::default(),
            is_gesture_active: false,
            before_gesture: None,
            target_curve: None,
            experiments: ExperimentTable::from_session(session),
            saved_states_revision: session.saved_states_revision(),
            switch_points: SwitchPoints::default(),
            lazy_cache: LazyCache::default(),
            snapshot_session: RefCell::default(),
            training_key: (session.setup().cloned(), session.run().state.clone()),
            metrics: OnceLock::new(),
            data_plot: OnceLock::new(),
            data_plot_grid: RefCell::default(),
            predictions: OnceLock::new(),
            data_points: OnceLock::new(),
        };
        insight.run_document(session.document());
        insight.update_view(session);
        insight
    }

    /// Brings everything up to date with the session. Does nothing if the session's revision has not changed.
    pub fn update(&mut self, session: &Session) {
        if self.revision == session.revision() && !self.are_curves_due() {
            return;
        }
        let version = session.history().version();
        if version != self.version {
            self.run_document(session.document());
        }
        if self.saved_states_revision != session.saved_states_revision() {
            self.experiments = ExperimentTable::from_session(session);
            self.saved_states_revision = session.saved_states_revision();
        }
        self.update_view(session);
        let (setup, state) = &self.training_key;
        let is_same_setup = match (setup, session.setup()) {
            (Some(before), Some(now)) => Arc::ptr_eq(before, now),
            (before, now) => before.is_none() && now.is_none(),
        };
        if version != self.version || !is_same_setup || *state != session.run().state {
            self.training_key = (session.setup().cloned(), session.run().state.clone());
            self.metrics = OnceLock::new();
            self.data_plot = OnceLock::new();
            self.predictions = OnceLock::new();
            self.data_points = OnceLock::new();
        }
        self.version = version;
        self.revision = session.revision();
    }

    /// Shows or hides the curves. Hidden curves are not computed. Initially they are shown.
    pub fn set_curves_shown(&mut self, are_shown: bool) {
        self.are_curves_shown = are_shown;
    }

    /// True if the curves are shown and older than the rest.
    pub fn are_curves_due(&self) -> bool {
        self.is_sweep_due && self.are_curves_shown
    }

    /// Keeps the curves of the session as it is now, before a gesture changes it: see
    /// [`Self::curves_before_gesture`]. Until the gesture ends, numbers don't lose decimals, so that they hold
    /// still.
    pub fn begin_gesture(&mut self, session: &Session) {
        let document = session.document();
        let overlay = OverlayCurves::new(document.network.clone(), &document.inputs, session.view());
        self.before_gesture = Some(overlay);
        self.is_gesture_active = true;
    }

    /// Ends the gesture. The curves from before it stay until they are forgotten.
    pub fn end_gesture(&mut self) {
        self.is_gesture_active = false;
        // During the gesture its grid was coarser.
        self.data_plot = OnceLock::new();
        self.shown_decimals = self.needed_decimals;
    }

    /// Forgets the curves from before the gesture.
    pub fn forget_gesture(&mut self) {
        self.before_gesture = None;
    }

    /// True while a gesture is active.
    pub fn is_gesture_active(&self) -> bool {
        self.is_gesture_active
    }

    /// Returns the numbers of decimals that are shown.
    pub fn shown_decimals(&self) -> ShownDecimals {
        self.shown_decimals
    }

    /// Returns the curves as they were when the last gesture began, in the order of the current ones; none if
    /// there was no gesture, if it was forgotten, or if the architecture has changed since then.
    pub fn curves_before_gesture(&self) -> &[Curve] {
        self.before_gesture.as_ref().map_or(&[], OverlayCurves::curves)
    }

    /// Returns the session's revision that everything belongs to.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Returns the forward pass of the current inputs.
    pub fn forward_pass(&self) -> &ForwardPass {
        &self.forward_pass
    }

    /// Returns the curves.
    pub fn sweep(&self) -> &Sweep {
        &self.sweep
    }

    /// Returns the selected neuron's weighted sum.
    pub fn formula(&self) -> &Formula {
        &self.formula
    }

    /// Returns the values and curves of the shown snapshot; `None` if no snapshot is shown.
    pub fn snapshot_overlay(&self) -> Option<&SnapshotOverlay> {
        self.snapshot_overlay.as_ref()
    }

    /// Returns the training samples as a target curve; `None` unless the curves show the output of a network
    /// with one input and there is data.
    pub fn target_curve(&self) -> Option<&TargetCurve> {
        self.target_curve.as_ref()
    }

    /// Returns the snapshots and recorded rows as a table.
    pub fn experiments(&self) -> &ExperimentTable {
        &self.experiments
    }

    /// Returns the switch points of the selected neuron: for each of its knobs the value at which `z` is 0.
    pub fn switch_points(&self) -> &SwitchPoints {
        &self.switch_points
    }

    /// Returns the derivatives of the view's sensitivity target, or `None` if that is the loss and there is
    /// no data or the data does not fit the network. `session` must be the one of the last update.
    pub fn sensitivity(&self, session: &Session) -> Option<Ref<'_, Sensitivity>> {
        self.lazy_cache
            .sensitivity(self.revision, session, &self.forward_pass)
    }

    /// Describes the effect of a small change of `target` on the view's sensitivity target, without a period:
    /// see [`Sensitivity::describe`]. `session` must be the one of the last update.
    pub fn describe_sensitivity(&self, session: &Session, target: Adjustable, messages: Messages) -> String {
        match self.sensitivity(session) {
            Some(sensitivity) if sensitivity.quantity() == DerivedQuantity::Loss => {
                let evaluation = self.loss_evaluation(session);
                let evaluation = evaluation
                    .as_ref()
                    .and_then(|evaluation| evaluation.as_ref().ok());
                sensitivity.describe_with_loss(session, &self.forward_pass, evaluation, target, messages)
            }
            Some(sensitivity) => sensitivity.describe(session, &self.forward_pass, target, messages),
            None => match &*self.loss_evaluation(session) {
                Some(Err(reason)) => messages.sensitivity_loss_unavailable(reason.message(messages)),
                _ => messages.sensitivity_without_data().to_owned(),
            },
        }
    }

    /// Returns the profiles of the view's sensitivity target over the range of each of `targets`, recomputed
    /// only if the session or the list has changed, or `None` if the target is the loss and there is no data
    /// or the data does not fit the network. Drop the returned reference soon: it borrows a cache. `session`
    /// must be the one of the last update.
    pub fn knob_profiles(&self, session: &Session, targets: &[Adjustable]) -> Option<Ref<'_, KnobProfiles>> {
        self.lazy_cache
            .profiles(self.revision, session, &self.forward_pass, targets)
    }

    /// Returns a session at the state of the shown snapshot, or `None` if no snapshot is shown. `session`
    /// must be the one of the last update.
    pub fn snapshot_session(&self, session: &Session) -> Option<Ref<'_, SnapshotSession>> {
        let cached = &self.snapshot_session;
        let is_current = |cached: &SnapshotSession| cached.is_current(session);
        if !cached.borrow().as_deref().is_some_and(is_current) {
            *cached.borrow_mut() = SnapshotSession::from_session(session).map(Box::new);
        }
        Ref::filter_map(cached.borrow(), |cached| cached.as_deref()).ok()
    }

    /// Returns the value of a knob at which the loss is lowest while all other knobs stay the same. Returns
    /// `None` unless the sensitivity target is the loss and the knob is one of those whose profiles were
    /// requested last.
    pub fn best_value(&self, session: &Session, target: Adjustable) -> Option<f64> {
        let fraction = self.lazy_cache.lowest_fraction(self.revision, target)?;
        Some(session.document().range(target).value_at(fraction))
    }

    /// Returns the training set with its forward pass and loss: `None` without data, an error message if the
    /// data does not fit the network. `session` must be the one of the last update.
    pub fn loss_evaluation(&self, session: &Session) -> Ref<'_, Option<Result<LossEvaluation, SharedText>>> {
        self.lazy_cache.evaluation(self.revision, session)
    }

    /// Returns the forward pass of the saved inputs, with one sample for each row of them, in their order: of
    /// the first `MAX_COMPUTED_SAVED_INPUTS` rows, or of fewer in a network that is so large that they
    /// would delay the frame. Without saved inputs it has no samples.
    pub fn saved_inputs_forward_pass(&self) -> &ForwardPass {
        &self.saved_inputs_forward_pass
    }

    /// Returns the metrics of the current network on the training set and the test set: `None` without a
    /// training setup, an error message if the data does not fit the network. They are computed on the first
    /// request and kept until the document, the training setup or the run state changes.
    pub fn metrics(&self, session: &Session) -> Option<&Result<NetworkMetrics, SharedText>> {
        let metrics = || {
            let evaluation = self.loss_evaluation(session);
            let evaluation = evaluation.as_ref()?.as_ref();
            Some(match evaluation {
                Ok(evaluation) => Ok(NetworkMetrics::new(session.document(), evaluation, session.run())),
                Err(reason) => Err(reason.clone()),
            })
        };
        self.metrics.get_or_init(metrics).as_ref()
    }

    /// Returns the dataset of the training setup with the network's predictions, or `None` without a training
    /// setup or if the data does not fit. It is computed on the first request.
    ///
    /// In figures it has a finer grid.
    pub fn data_plot(&self, session: &Session, is_for_print: bool) -> Option<&DataPlot> {
        self.identified_data_plot(session, is_for_print)
            .map(|(data_plot, _)| data_plot)
    }

    /// Returns the same plot with the id of its computation.
    pub fn identified_data_plot(
        &self,
        session: &Session,
        is_for_print: bool,
    ) -> Option<(&DataPlot, &ComputationId)> {
        let data_plot = || {
            let setup = session.setup()?;
            let detail = match session.run().state {
                _ if is_for_print => GridDetail::Print,
                RunState::Running => GridDetail::Coarsest,
                _ if self.is_gesture_active => GridDetail::Coarse,
                _ => GridDetail::Fine,
            };
            let grid_inputs = (&self.forward_pass, &mut *self.data_plot_grid.borrow_mut());
            let data_plot = DataPlot::new(session.document(), setup, grid_inputs, detail)?;
            Some((data_plot, ComputationId::default()))
        };
        let data_plot = self.data_plot.get_or_init(data_plot).as_ref();
        data_plot.map(|(data_plot, id)| (data_plot, id))
    }

    /// Returns the confusion matrices, or `None` without a training setup, without classes, or if the data
    /// does not fit. They are computed on the first request.
    pub fn predictions(&self, session: &Session) -> Option<&Predictions> {
        let predictions = || Predictions::new(session.document(), session.setup()?);
        self.predictions.get_or_init(predictions).as_ref()
    }

    /// Returns the samples of the dataset as points, or `None` without a training setup or if the data does
    /// not fit. They are computed on the first request.
    pub(crate) fn data_points(&self, session: &Session) -> Option<&DataPoints> {
        let data_points = || DataPoints::new(session.document(), session.setup()?);
        self.data_points.get_or_init(data_points).as_ref()
    }

    /// Returns the output maps. `session` must be the one of the last update.
    pub fn output_maps(&self, session: &Session, request: OutputMapsRequest) -> Ref<'_, OutputMaps> {
        let data_points = || self.data_points(session);
        self.lazy_cache
            .output_maps(self.revision, session, &self.forward_pass, data_points, request)
    }

    /// Returns the curves for nine values of the knob or input that was used last, or `None` if the view doesn't
    /// show them, if none was used, or if the curves are drawn over it. `session` must be the one of the last
    /// update.
    pub fn curve_family(&self, session: &Session) -> Option<Ref<'_, CurveFamily>> {
        let is_shown = session.view().has_curve_family;
        is_shown.then(|| self.lazy_cache.curve_family(self.revision, session))?
    }

    /// Returns the small maps of all neurons. `session` must be the one of the last update.
    pub fn small_maps(&self, session: &Session) -> Ref<'_, SmallMaps> {
        let data_plot = || self.data_plot(session, false);
        self.lazy_cache
            .small_maps(self.revision, session, &self.forward_pass, data_plot)
    }

    /// Returns the map of a neuron with the axes of the data plot; `None` if that is not over two inputs or the data
    /// does not fit. `session` must be the one of the last update.
    pub fn neuron_map_over_data(&self, session: &Session, at: NeuronAddress) -> Option<Ref<'_, NeuronMap>> {
        let Some(DataPlot::Map(data_map)) = self.data_plot(session, false) else {
            return None;
        };
        (data_map.grid_size > 0).then(|| {
            self.lazy_cache
                .neuron_map(session, &self.forward_pass, at, data_map)
        })
    }

    /// Returns the loss over the knobs of [`View::landscape_knobs`](crate::session::View::landscape_knobs),
    /// or `None` if there is no data or the data does not fit the network. `session` must be the one of the
    /// last update.
    pub fn loss_landscape(&self, session: &Session, detail: GridDetail) -> Option<Ref<'_, LossLandscape>> {
        self.lazy_cache.loss_landscape(self.revision, session, detail)
    }

    /// Returns the code in the language of the view, and the numbers in it that have changed since it was
    /// requested last. With `keeps_lines` numbers are replaced in place: see [`LiveListing::update`].
    /// `session` must be the one of the last update.
    pub fn code_listing(
        &self,
        session: &Session,
        keeps_lines: bool,
    ) -> (Ref<'_, LiveListing>, Vec<NumberChange>) {
        self.lazy_cache.code_listing(self.revision, session, keeps_lines)
    }

    /// Updates everything that depends on the document alone.
    fn run_document(&mut self, document: &Document) {
        let network = &document.network;
        self.forward_pass.run(network, &document.inputs, 1);
        let affordable = (frame_budget::SAVED_INPUTS / network.architecture().knob_count())
            .clamp(1, MAX_COMPUTED_SAVED_INPUTS);
        let saved_inputs = &document.saved_inputs[..document.saved_inputs.len().min(affordable)];
        self.saved_inputs_buffer.clear();
        for input in 0..document.inputs.len() {
            self.saved_inputs_buffer
                .extend(saved_inputs.iter().map(|row| row[input]));
        }
        self.saved_inputs_forward_pass
            .run(network, &self.saved_inputs_buffer, saved_inputs.len());
    }

    /// Updates everything that also depends on the view.
    fn update_view(&mut self, session: &Session) {
        let (document, view) = (session.document(), session.view());
        self.formula
            .update(&document.network, &self.forward_pass, view.selected);
        self.switch_points.update(&self.formula);
        let x = session.curves_range();
        match &mut self.snapshot_overlay {
            Some(overlay) if overlay.is_current(session) => overlay.update_differing_knobs(session),
            overlay => *overlay = SnapshotOverlay::from_session(session),
        }
        let overlay = self.snapshot_overlay.as_ref();
        self.needed_decimals = ShownDecimals::new(document, view, &self.forward_pass, &self.formula, overlay);
        self.shown_decimals = match self.is_gesture_active {
            true => self.shown_decimals.max(self.needed_decimals),
            false => self.needed_decimals,
        };
        self.target_curve = TargetCurve::from_session(session);
        let target_curves = self.target_curve.as_ref().map_or(&[][..], TargetCurve::curves);
        self.is_sweep_due = !self.are_curves_shown;
        if self.is_sweep_due {
            return;
        }
        let mut overlay_curves: &[Curve] = &[];
        if let Some(overlay) = &mut self.snapshot_overlay {
            overlay.update_curves(view, document.features(), x, &mut self.sweep_buffers);
            overlay_curves = overlay.curves();
        }
        self.before_gesture = self
            .before_gesture
            .take()
            .filter(|overlay| overlay.fits(session.architecture()));
        if let Some(overlay) = &mut self.before_gesture {
            overlay.update(view, document.features(), x, &mut self.sweep_buffers);
        }
        self.sweep.update(
            (&document.network, document.features()),
            x,
            view,
            &self.forward_pass,
            [overlay_curves, target_curves],
            &mut self.sweep_buffers,
        );
    }
}

impl SnapshotSession {
    /// Creates the session of the shown snapshot, or returns `None` if no snapshot is shown.
    pub fn from_session(session: &Session) -> Option<Self> {
        let snapshot = session.view().snapshot?;
        let saved = session.document().snapshots.get(snapshot)?.clone();
        let snapshot_session = session.at_snapshot(snapshot)?;
        Some(Self {
            saved,
            view: session.view().clone(),
            insight: Insight::new(&snapshot_session),
            session: snapshot_session,
        })
    }

    /// True if the session is still the one that [`SnapshotSession::from_session`] would return.
    pub(crate) fn is_current(&self, session: &Session) -> bool {
        let view = session.view();
        let snapshot = view
            .snapshot
            .and_then(|index| session.document().snapshots.get(index));
        // Highlighting and stepping through the forward pass change no value.
        let is_same_view = self.view == *view
            || View {
                highlighted: None,
                forward_step: None,
                backward_step: None,
                ..self.view.clone()
            } == View {
                highlighted: None,
                forward_step: None,
                backward_step: None,
                ..view.clone()
            };
        snapshot == Some(&self.saved) && is_same_view && self.session.architecture() == session.architecture()
    }

    /// Returns the session at the state of the snapshot.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Returns everything that is derived from the session at the state of the snapshot.
    pub fn insight(&self) -> &Insight {
        &self.insight
    }
}
