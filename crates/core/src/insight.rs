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

pub use aim::Aim;
pub use bend::Bend;
pub use beside::Beside;
pub use contour::Contour;
pub use crossing::{Crossing, Crossings};
pub use decision::Decision;
pub use exam::Exam;
pub use experiments::Experiments;
pub use family::Family;
pub use fit::{fit_y, tight_fit_y};
pub use flip::{Flip, Flips};
pub use formula::{Formula, FormulaTerm};
pub use ghost::Ghost;
pub use landscape::Landscape;
pub use loss_map::LossMap;
pub use picture::Picture;
pub use samples::Samples;
pub use score::Score;
pub use sensitivity::Sensitivity;
pub use strip::Strips;
pub use sweep::{Curve, MAX_CURVES, Sweep};
pub use tabulated::Tabulated;
pub use verdicts::Verdicts;

use std::cell::{Ref, RefCell};
use std::sync::{Arc, OnceLock};

use crate::network::Trace;
use crate::session::{Course, Document, RunState, Session, Target};

/// The most cases that are computed.
pub const MAX_CASES: usize = 1_000;
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
    trace: Trace,
    sweep: Sweep,
    are_curves_shown: bool,
    is_sweep_due: bool,
    tools: sweep::Tools,
    formula: Formula,
    cases: Trace,
    case_rows: Vec<f64>,
    ghost: Option<Ghost>,
    aim: Option<Aim>,
    experiments: Experiments,
    /// The session's revision of what is kept that the experiments belong to.
    kept_revision: u64,
    flips: Flips,
    asked: asked::Asked,
    /// The course, and whether its run goes on, that what follows belongs to; both are computed when first asked for.
    lesson: (Option<Arc<Course>>, RunState),
    score: OnceLock<Option<Result<Score, String>>>,
    picture: OnceLock<Option<Picture>>,
    /// What pictures are made with.
    picture_map: RefCell<Decision>,
    verdicts: OnceLock<Option<Verdicts>>,
    samples: OnceLock<Option<Samples>>,
}

impl Insight {
    /// All that can be derived from the session as it is now.
    pub fn new(session: &Session) -> Self {
        let mut insight = Self {
            revision: session.revision(),
            version: session.history().version(),
            trace: Trace::default(),
            sweep: Sweep::new(session.view()),
            are_curves_shown: true,
            is_sweep_due: false,
            tools: sweep::Tools::default(),
            formula: Formula::new(session.view().selected),
            cases: Trace::default(),
            case_rows: Vec::new(),
            ghost: None,
            aim: None,
            experiments: Experiments::of(session),
            kept_revision: session.kept_revision(),
            flips: Flips::default(),
            asked: asked::Asked::default(),
            lesson: (session.course().cloned(), session.run().state.clone()),
            score: OnceLock::new(),
            picture: OnceLock::new(),
            picture_map: RefCell::default(),
            verdicts: OnceLock::new(),
            samples: OnceLock::new(),
        };
        insight.trace_document(session.document());
        insight.look(session);
        insight
    }

    /// Brings it up to date; does nothing if the session's revision is the one it has.
    pub fn update(&mut self, session: &Session) {
        if self.revision == session.revision() && !self.are_curves_due() {
            return;
        }
        let version = session.history().version();
        if version != self.version {
            self.trace_document(session.document());
        }
        if self.kept_revision != session.kept_revision() {
            self.experiments = Experiments::of(session);
            self.kept_revision = session.kept_revision();
        }
        self.look(session);
        let (course, state) = &self.lesson;
        let is_same_course = match (course, session.course()) {
            (Some(before), Some(now)) => Arc::ptr_eq(before, now),
            (before, now) => before.is_none() && now.is_none(),
        };
        if version != self.version || !is_same_course || *state != session.run().state {
            self.lesson = (session.course().cloned(), session.run().state.clone());
            self.score = OnceLock::new();
            self.picture = OnceLock::new();
            self.verdicts = OnceLock::new();
            self.samples = OnceLock::new();
        }
        self.version = version;
        self.revision = session.revision();
    }

    /// Says whether anybody looks at the curves: while nobody does they are not computed. They are at first.
    pub fn show_curves(&mut self, are_shown: bool) {
        self.are_curves_shown = are_shown;
    }

    /// Whether the curves are older than the rest, and looked at.
    pub fn are_curves_due(&self) -> bool {
        self.is_sweep_due && self.are_curves_shown
    }

    /// Keeps the fitted axis of the values as it is while something is being turned, so that a curve moves and
    /// not its axis; fits it again when the hand lets go.
    pub fn hold_fit(&mut self, is_held: bool) {
        self.sweep.hold_fit(is_held);
    }

    /// The session's revision that all of this belongs to.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The forward pass of the present inputs.
    pub fn trace(&self) -> &Trace {
        &self.trace
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
    pub fn ghost(&self) -> Option<&Ghost> {
        self.ghost.as_ref()
    }

    /// What the curves are to meet, if they are those of a network with one input and there is data.
    pub fn aim(&self) -> Option<&Aim> {
        self.aim.as_ref()
    }

    /// Pins and recorded rows as a table.
    pub fn experiments(&self) -> &Experiments {
        &self.experiments
    }

    /// Where the selected neuron would switch, for each of its knobs.
    pub fn flips(&self) -> &Flips {
        &self.flips
    }

    /// The derivatives of the view's subject; `None` if that is the loss, and the data does not fit the network.
    /// `session` must be the one that this was last brought up to.
    pub fn sensitivity(&self, session: &Session) -> Option<Ref<'_, Sensitivity>> {
        self.asked.sensitivity(self.revision, session, &self.trace)
    }

    /// What a small turn does to the view's subject, in words, without a period: see [`Sensitivity::words`].
    /// `session` must be the one that this was last brought up to.
    pub fn sensitivity_words(&self, session: &Session, target: Target) -> String {
        match self.sensitivity(session) {
            Some(sensitivity) if sensitivity.of_what() == sensitivity::Derived::Loss => {
                let exam = self.exam(session);
                let exam = exam.as_ref().and_then(|exam| exam.as_ref().ok());
                sensitivity.words_with(session, &self.trace, exam, target)
            }
            Some(sensitivity) => sensitivity.words(session, &self.trace, target),
            None => match &*self.exam(session) {
                Some(Err(reason)) => format!("there is no loss: {reason}"),
                _ => "there is no loss without data".to_owned(),
            },
        }
    }

    /// The view's subject over the range of each of `targets`, computed anew only when the session or the list has
    /// changed; `None` if that is the loss, and the data does not fit the network. Take from it what is needed and let
    /// it go. `session` must be the one that this was last brought up to.
    pub fn strips(&self, session: &Session, targets: &[Target]) -> Option<Ref<'_, Strips>> {
        self.asked.strips(self.revision, session, &self.trace, targets)
    }

    /// The session as it was at the pin that is shown, if one is. `session` must be the one that this was last brought
    /// up to.
    pub fn beside(&self, session: &Session) -> Option<Ref<'_, Beside>> {
        self.asked.beside(session)
    }

    /// The value of a knob near which the loss is least, all else as it is; told only where the subject is the loss and
    /// the knob is one of those whose strips were asked for last.
    pub fn best_value(&self, session: &Session, target: Target) -> Option<f64> {
        let fraction = self.asked.lowest(self.revision, target)?;
        Some(session.document().range(target).value_at(fraction))
    }

    /// The data to train with, run through the network; `None` without data, and one sentence if it does not fit.
    /// `session` must be the one that this was last brought up to.
    pub fn exam(&self, session: &Session) -> Ref<'_, Option<Result<Exam, String>>> {
        self.asked.exam(self.revision, session)
    }

    /// The forward passes of the cases, in their order: of the first [`MAX_CASES`], of fewer in a network so large
    /// that they would hold up the frame; [`Trace::samples`] says how many. Without cases an empty trace.
    pub fn cases(&self) -> &Trace {
        &self.cases
    }

    /// How well the present knobs do on the data of the course; `None` without one, and one sentence if the data does
    /// not fit. Measured when it is first asked for, and then as long as the session stays at this revision.
    pub fn score(&self, session: &Session) -> Option<&Result<Score, String>> {
        let score = || {
            let exam = self.exam(session);
            let exam = exam.as_ref()?.as_ref();
            Some(match exam {
                Ok(exam) => Ok(Score::new(session.document(), exam, session.run())),
                Err(reason) => Err(reason.clone()),
            })
        };
        self.score.get_or_init(score).as_ref()
    }

    /// The data of the course and what the network makes of it; `None` without one, or if it does not fit. Drawn up
    /// when it is first asked for.
    pub fn picture(&self, session: &Session) -> Option<&Picture> {
        let picture = || {
            let course = session.course()?;
            let is_playing = session.run().state == RunState::Playing;
            let made = (&self.trace, &mut *self.picture_map.borrow_mut());
            Picture::new(session.document(), course, made, is_playing)
        };
        self.picture.get_or_init(picture).as_ref()
    }

    /// Which classes of the data are told as which; `None` without a course, without classes, or if the data does not
    /// fit. Counted when it is first asked for.
    pub fn verdicts(&self, session: &Session) -> Option<&Verdicts> {
        let verdicts = || Verdicts::new(session.document(), session.course()?);
        self.verdicts.get_or_init(verdicts).as_ref()
    }

    /// The samples of the data as points; `None` without a course, or if the data does not fit. Gathered when they are
    /// first asked for.
    pub fn samples(&self, session: &Session) -> Option<&Samples> {
        let samples = || Samples::new(session.document(), session.course()?);
        self.samples.get_or_init(samples).as_ref()
    }

    /// What depends on the document alone.
    fn trace_document(&mut self, document: &Document) {
        let network = &document.network;
        self.trace.run(network, &document.inputs, 1);
        let affordable = (CASES_BUDGET / network.blueprint().knob_count()).clamp(1, MAX_CASES);
        let cases = &document.cases[..document.cases.len().min(affordable)];
        self.case_rows.clear();
        for input in 0..document.inputs.len() {
            self.case_rows.extend(cases.iter().map(|case| case[input]));
        }
        self.cases.run(network, &self.case_rows, cases.len());
    }

    /// What depends on the view too.
    fn look(&mut self, session: &Session) {
        let (document, view) = (session.document(), session.view());
        self.formula.update(&document.network, &self.trace, view.selected);
        self.flips.update(&self.formula);
        let x = view.axes.x.unwrap_or_else(|| {
            let range = document.range(view.over);
            [range.min, range.max]
        });
        match &mut self.ghost {
            Some(ghost) if ghost.belongs_to(session) => ghost.count(session),
            ghost => *ghost = Ghost::of(session),
        }
        self.aim = Aim::of(session);
        let aim = self.aim.as_ref().map_or(&[][..], Aim::curves);
        self.is_sweep_due = !self.are_curves_shown;
        if self.is_sweep_due {
            return;
        }
        let mut beside: &[Curve] = &[];
        if let Some(ghost) = &mut self.ghost {
            ghost.draw(view, document.features(), x, &mut self.tools);
            beside = ghost.curves();
        }
        self.sweep.update(
            (&document.network, document.features()),
            x,
            view,
            &self.trace,
            [beside, aim],
            &mut self.tools,
        );
    }
}
