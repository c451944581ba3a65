//! Anything derived from a session: computed once a revision, shared by all panes.
//!
//! | file | noun |
//! | --- | --- |
//! | [`aim`] | [`Aim`]: the data as a curve to be met |
//! | [`sweep`] | [`Sweep`]: the curves over one swept number; [`Curve`] |
//! | [`bend`] | [`Bend`]: a curve in a hand |
//! | [`crossing`] | [`Crossings`]: where the selected neuron's `z` changes sign |
//! | [`description`] | the whole picture in words |
//! | [`formula`] | [`Formula`]: the selected neuron's sum, term by term |
//! | [`tabulated`] | [`Tabulated`]: the curves as a table |
//! | [`family`] | [`Family`]: a curve for each of several values of another number |
//! | [`ghost`] | [`Ghost`]: the pinned state beside the present one |
//! | [`beside`] | [`Beside`]: the whole session as it was at a pin |
//! | [`experiments`] | [`Experiments`]: pins and recorded rows as a table |
//! | [`flip`] | [`Flips`]: the value of each knob at which the neuron would switch |
//! | [`sensitivity`] | [`Sensitivity`]: derivatives by all knobs and inputs, and in words |
//! | [`strip`] | [`Strips`]: a neuron's number, or the loss, over the whole range of each of many knobs |
//! | [`exam`] | [`Exam`]: the examples that the loss is looked at with |
//! | [`decision`] | [`Decision`]: all neurons over two numbers at once |
//! | [`landscape`] | [`Landscape`]: a neuron's map with its lines and the scale of its colours |
//! | [`contour`] | [`Contour`]: the lines on which such a map has one height |
//! | [`loss_map`] | [`LossMap`]: the loss over the ranges of one knob or of two |
//! | [`score`] | [`Score`]: how well the present knobs do on the data |
//! | [`picture`] | [`Picture`]: the data, and what the network makes of it |
//! | [`samples`] | [`Samples`]: the data as points over any two inputs |
//! | [`verdicts`] | [`Verdicts`]: which classes of the data are told as which |
//! | [`fit`] | [`fit_y`]: the axis that shows all of some curves |
//! | `upstream` | what is upstream of a turn, at places that were looked at before |
//! | `past` | what something was made of, so that after a turn only what is downstream of it is made again |
//! | `asked` | what panes ask for while they are drawn: strips, sensitivities, the exam |
//! | `downstream` | forward passes of many samples for pictures, only where something varies or has changed |
//! | `loss_cost` | what strips of the loss cost, and how many samples can be afforded |
//! | `loss_row`, `loss_terms`, `lanes` | the loss of many samples while one knob varies, in single precision |
//! | `sampler` | where a curve is looked at: evenly first, then wherever it bends or jumps |

pub mod aim;
mod asked;
pub mod bend;
pub mod beside;
pub mod contour;
pub mod crossing;
pub mod decision;
pub mod description;
mod downstream;
pub mod exam;
pub mod experiments;
pub mod family;
pub mod fit;
pub mod flip;
pub mod formula;
pub mod ghost;
pub mod landscape;
mod lanes;
mod loss_cost;
pub mod loss_map;
mod loss_row;
mod loss_terms;
mod past;
pub mod picture;
mod sampler;
pub mod samples;
pub mod score;
pub mod sensitivity;
pub mod strip;
pub mod sweep;
pub mod tabulated;
mod upstream;
pub mod verdicts;

pub use aim::TargetCurve;
pub use bend::CurveDrag;
pub use beside::SnapshotSession;
pub use contour::Contour;
pub use crossing::{Crossing, Crossings};
pub use decision::OutputGrid;
pub use exam::LossEvaluation;
pub use experiments::ExperimentTable;
pub use family::CurveFamily;
pub use fit::{fit_y_axis, fit_y_axis_tightly};
pub use flip::{SwitchPoint, SwitchPoints};
pub use formula::{Formula, FormulaTerm};
pub use ghost::SnapshotOverlay;
pub use landscape::NeuronMap;
pub use loss_map::LossLandscape;
pub use picture::DataPlot;
pub use samples::DataPoints;
pub use score::NetworkMetrics;
pub use sensitivity::Sensitivity;
pub use strip::KnobProfiles;
pub use sweep::{Curve, MAX_CURVES, Sweep};
pub use tabulated::CurveTable;
pub use verdicts::Predictions;

use std::cell::{Ref, RefCell};
use std::sync::{Arc, OnceLock};

use crate::network::ForwardPass;
use crate::session::{TrainingSetup, Document, RunState, Session, Adjustable};

/// The most cases that are computed.
pub const MAX_COMPUTED_CASES: usize = 1_000;
/// About how many multiply-adds the cases may cost; fewer of them are computed in a network that needs more.
const CASES_BUDGET: usize = 8_000_000;

/// Everything derived from a session, computed once a revision and shared by all panes.
///
/// It belongs to one session: when another document is opened, make a new one. Its buffers are kept, so that an
/// update while a knob turns allocates next to nothing.
#[derive(Debug, Clone)]
pub struct Insight {
    revision: u64,
    /// The document's version, which stays while only the view changes.
    version: u64,
    forward_pass: ForwardPass,
    sweep: Sweep,
    are_curves_shown: bool,
    is_sweep_due: bool,
    sweep_buffers: sweep::SweepBuffers,
    formula: Formula,
    cases: ForwardPass,
    case_inputs: Vec<f64>,
    snapshot_overlay: Option<SnapshotOverlay>,
    target_curve: Option<TargetCurve>,
    experiments: ExperimentTable,
    /// The session's revision of what is kept that the experiments belong to.
    saved_states_revision: u64,
    switch_points: SwitchPoints,
    lazy_cache: asked::LazyCache,
    /// The course, and whether its run goes on, that what follows belongs to; both are computed when first asked for.
    training_key: (Option<Arc<TrainingSetup>>, RunState),
    metrics: OnceLock<Option<Result<NetworkMetrics, String>>>,
    data_plot: OnceLock<Option<DataPlot>>,
    /// What pictures are made with.
    data_plot_grid: RefCell<OutputGrid>,
    predictions: OnceLock<Option<Predictions>>,
    data_points: OnceLock<Option<DataPoints>>,
}

impl Insight {
    /// All that can be derived from the session as it is now.
    pub fn new(session: &Session) -> Self {
        let mut insight = Self {
            revision: session.revision(),
            version: session.history().version(),
            forward_pass: ForwardPass::default(),
            sweep: Sweep::new(session.view()),
            are_curves_shown: true,
            is_sweep_due: false,
            sweep_buffers: sweep::SweepBuffers::default(),
            formula: Formula::new(session.view().selected),
            cases: ForwardPass::default(),
            case_inputs: Vec::new(),
            snapshot_overlay: None,
            target_curve: None,
            experiments: ExperimentTable::from_session(session),
            saved_states_revision: session.saved_states_revision(),
            switch_points: SwitchPoints::default(),
            lazy_cache: asked::LazyCache::default(),
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

    /// Brings it up to date; does nothing if the session's revision is the one it has.
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
        let is_same_course = match (setup, session.setup()) {
            (Some(before), Some(now)) => Arc::ptr_eq(before, now),
            (before, now) => before.is_none() && now.is_none(),
        };
        if version != self.version || !is_same_course || *state != session.run().state {
            self.training_key = (session.setup().cloned(), session.run().state.clone());
            self.metrics = OnceLock::new();
            self.data_plot = OnceLock::new();
            self.predictions = OnceLock::new();
            self.data_points = OnceLock::new();
        }
        self.version = version;
        self.revision = session.revision();
    }

    /// Says whether anybody looks at the curves: while nobody does they are not computed. They are at first.
    pub fn set_curves_shown(&mut self, are_shown: bool) {
        self.are_curves_shown = are_shown;
    }

    /// Whether the curves are older than the rest, and looked at.
    pub fn are_curves_due(&self) -> bool {
        self.is_sweep_due && self.are_curves_shown
    }

    /// Keeps the fitted axis of the values as it is while something is being turned, so that a curve moves and
    /// not its axis; fits it again when the hand lets go.
    pub fn hold_y_axis(&mut self, is_held: bool) {
        self.sweep.hold_y_axis(is_held);
    }

    /// The session's revision that all of this belongs to.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The forward pass of the present inputs.
    pub fn forward_pass(&self) -> &ForwardPass {
        &self.forward_pass
    }

    /// The curves.
    pub fn sweep(&self) -> &Sweep {
        &self.sweep
    }

    /// The selected neuron's sum.
    pub fn formula(&self) -> &Formula {
        &self.formula
    }

    /// The pinned state that is shown beside the present one, if one is.
    pub fn snapshot_overlay(&self) -> Option<&SnapshotOverlay> {
        self.snapshot_overlay.as_ref()
    }

    /// What the curves are to meet, if they are those of a network with one input and there is data.
    pub fn target_curve(&self) -> Option<&TargetCurve> {
        self.target_curve.as_ref()
    }

    /// Pins and recorded rows as a table.
    pub fn experiments(&self) -> &ExperimentTable {
        &self.experiments
    }

    /// Where the selected neuron would switch, for each of its knobs.
    pub fn switch_points(&self) -> &SwitchPoints {
        &self.switch_points
    }

    /// The derivatives of the view's subject; `None` if that is the loss, and the data does not fit the network.
    /// `session` must be the one that this was last brought up to.
    pub fn sensitivity(&self, session: &Session) -> Option<Ref<'_, Sensitivity>> {
        self.lazy_cache.sensitivity(self.revision, session, &self.forward_pass)
    }

    /// What a small turn does to the view's subject, in words, without a period: see [`Sensitivity::words`].
    /// `session` must be the one that this was last brought up to.
    pub fn describe_sensitivity(&self, session: &Session, target: Adjustable) -> String {
        match self.sensitivity(session) {
            Some(sensitivity) if sensitivity.quantity() == sensitivity::DerivedQuantity::Loss => {
                let evaluation = self.loss_evaluation(session);
                let evaluation = evaluation.as_ref().and_then(|exam| exam.as_ref().ok());
                sensitivity.describe_with_loss(session, &self.forward_pass, evaluation, target)
            }
            Some(sensitivity) => sensitivity.describe(session, &self.forward_pass, target),
            None => match &*self.loss_evaluation(session) {
                Some(Err(reason)) => format!("there is no loss: {reason}"),
                _ => "there is no loss without data".to_owned(),
            },
        }
    }

    /// The view's subject over the range of each of `targets`, computed anew only when the session or the list has
    /// changed; `None` if that is the loss, and the data does not fit the network. Take from it what is needed and let
    /// it go. `session` must be the one that this was last brought up to.
    pub fn knob_profiles(&self, session: &Session, targets: &[Adjustable]) -> Option<Ref<'_, KnobProfiles>> {
        self.lazy_cache.profiles(self.revision, session, &self.forward_pass, targets)
    }

    /// The session as it was at the pin that is shown, if one is. `session` must be the one that this was last brought
    /// up to.
    pub fn snapshot_session(&self, session: &Session) -> Option<Ref<'_, SnapshotSession>> {
        self.lazy_cache.snapshot_session(session)
    }

    /// The value of a knob near which the loss is least, all else as it is; told only where the subject is the loss and
    /// the knob is one of those whose strips were asked for last.
    pub fn best_value(&self, session: &Session, target: Adjustable) -> Option<f64> {
        let fraction = self.lazy_cache.lowest_fraction(self.revision, target)?;
        Some(session.document().range(target).value_at(fraction))
    }

    /// The data to train with, run through the network; `None` without data, and one sentence if it does not fit.
    /// `session` must be the one that this was last brought up to.
    pub fn loss_evaluation(&self, session: &Session) -> Ref<'_, Option<Result<LossEvaluation, String>>> {
        self.lazy_cache.evaluation(self.revision, session)
    }

    /// The forward passes of the cases, in their order: of the first [`MAX_CASES`], of fewer in a network so large
    /// that they would hold up the frame; [`Trace::samples`] says how many. Without cases an empty trace.
    pub fn cases(&self) -> &ForwardPass {
        &self.cases
    }

    /// How well the present knobs do on the data of the course; `None` without one, and one sentence if the data does
    /// not fit. Measured when it is first asked for, and then as long as the session stays at this revision.
    pub fn metrics(&self, session: &Session) -> Option<&Result<NetworkMetrics, String>> {
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

    /// The data of the course and what the network makes of it; `None` without one, or if it does not fit. Drawn up
    /// when it is first asked for.
    pub fn data_plot(&self, session: &Session) -> Option<&DataPlot> {
        let data_plot = || {
            let setup = session.setup()?;
            let is_playing = session.run().state == RunState::Running;
            let made = (&self.forward_pass, &mut *self.data_plot_grid.borrow_mut());
            DataPlot::new(session.document(), setup, made, is_playing)
        };
        self.data_plot.get_or_init(data_plot).as_ref()
    }

    /// Which classes of the data are told as which; `None` without a course, without classes, or if the data does not
    /// fit. Counted when it is first asked for.
    pub fn predictions(&self, session: &Session) -> Option<&Predictions> {
        let predictions = || Predictions::new(session.document(), session.setup()?);
        self.predictions.get_or_init(predictions).as_ref()
    }

    /// The samples of the data as points; `None` without a course, or if the data does not fit. Gathered when they are
    /// first asked for.
    pub fn data_points(&self, session: &Session) -> Option<&DataPoints> {
        let data_points = || DataPoints::new(session.document(), session.setup()?);
        self.data_points.get_or_init(data_points).as_ref()
    }

    /// What depends on the document alone.
    fn run_document(&mut self, document: &Document) {
        let network = &document.network;
        self.forward_pass.run(network, &document.inputs, 1);
        let affordable = (CASES_BUDGET / network.architecture().knob_count()).clamp(1, MAX_COMPUTED_CASES);
        let cases = &document.saved_inputs[..document.saved_inputs.len().min(affordable)];
        self.case_inputs.clear();
        for input in 0..document.inputs.len() {
            self.case_inputs.extend(cases.iter().map(|case| case[input]));
        }
        self.cases.run(network, &self.case_inputs, cases.len());
    }

    /// What depends on the view too.
    fn update_view(&mut self, session: &Session) {
        let (document, view) = (session.document(), session.view());
        self.formula.update(&document.network, &self.forward_pass, view.selected);
        self.switch_points.update(&self.formula);
        let x = view.curve_axes.x.unwrap_or_else(|| {
            let range = document.range(view.swept);
            [range.min, range.max]
        });
        match &mut self.snapshot_overlay {
            Some(overlay) if overlay.is_current(session) => overlay.update_differing_knobs(session),
            overlay => *overlay = SnapshotOverlay::from_session(session),
        }
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
