//! Panes as a figure for paper: side by side, without a window, in the size that an author asks for.
//!
//! | file | noun |
//! | --- | --- |
//! | [`Plate`], here | what is asked for |
//! | [`arrangement`] | [`Arrangement`](arrangement::Arrangement): where the panes are on the page |
//! | [`error`] | [`PlateError`]: why there is no figure |
//! | [`exhibit`] | [`Exhibit`]: what can stand in a figure |
//! | [`legend`] | what a ghost in it is |
//! | [`length`] | [`Length`]: `85mm`, `600px` |
//! | `page` | the panes on their page |
//! | [`printed`] | [`Printed`]: the figure as SVG, PNG or PDF |
//! | [`side`] | [`Side`]: how long a side of a pane has to be |
//! | [`table`] | the curves' points as CSV |

pub mod arrangement;
pub mod error;
pub mod exhibit;
pub mod legend;
pub mod length;
mod page;
pub mod printed;
pub mod side;
pub mod table;

use std::sync::Arc;

use neurodial_core::code::Language;
use egui_figure::HeadlessContext;
use neurodial_core::insight::{Insight, fit_y_axis_tightly};
use crate::look::ThemeMode;
use neurodial_core::network::{Knob, NeuronAddress};
use neurodial_core::session::{
    Action, CurveAxes, Document, Gesture, TrainingUpdate, Origin, Quantity, TrainingRun, CurveScope, Session, SensitivityTarget, Adjustable, MapScope,
};

use super::{EdgeLabels, Pane};
pub use error::FigurePageError;
pub use exhibit::FigurePanel;
pub use length::Length;
use page::FigurePage;
pub use printed::{FigureFormat, RenderedFigure};
pub use side::SizeHint;

/// What a figure shows and how. The defaults are those of the command line.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureSpec {
    /// What it shows, from left to right.
    pub panels: Vec<FigurePanel>,
    /// Its colours.
    pub mode: ThemeMode,
    /// Its width.
    pub width: Length,
    /// Its height; by default what the panes need.
    pub height: Option<Length>,
    /// Whether what has no room in the height is cut off, instead of being refused: in a moving picture, whose pictures all
    /// have the height of the first.
    pub allows_clipping: bool,
    /// The size of running text in points of 1/72 inch; by default 8 on paper, and the window's where the width is
    /// given in pixels.
    pub font_size: Option<f32>,
    /// Which weights are written on their edges; by default all if there are few.
    pub edge_labels: Option<EdgeLabels>,
    /// How many decimals numbers have.
    pub decimals: usize,
    /// The neuron that stands out; without one all are equal, and formula and knobs speak of the document's first
    /// choice.
    pub selected: Option<NeuronAddress>,
    /// The pin whose state is a ghost beside the present one, counted from 0.
    pub snapshot: Option<usize>,
    /// How training went, for a plot of the loss.
    pub run: Option<Arc<TrainingRun>>,
    /// Whether the axis of the loss is logarithmic.
    pub has_log_loss_axis: bool,
    /// What a map is over, across and up; by default the first two inputs.
    pub map_axes: Option<[Adjustable; 2]>,
    /// Whose map; by default the selected neuron's.
    pub map_scope: MapScope,
    /// The knobs that the landscape of the loss is over, across and up; by default the first two of a neuron.
    pub landscape_knobs: Option<(Knob, Option<Knob>)>,
    /// What the curves are drawn over; by default the first input.
    pub swept: Option<Adjustable>,
    /// The ends of the axis of what is swept; by default its range.
    pub x_min: Option<f64>,
    /// The other end.
    pub x_max: Option<f64>,
    /// What the tracks of the knobs are painted with: the selected neuron’s number, if one is selected, or another one.
    pub sensitivity_target: SensitivityTarget,
    /// Whether they are painted at all.
    pub has_knob_profiles: bool,
    /// The axis of the values; by default it fits the curves.
    pub y_range: Option<[f64; 2]>,
    /// Pre-activation or output.
    pub quantity: Quantity,
    /// Whose curves; by default the selected neuron's, or all outputs.
    pub curve_scope: Option<CurveScope>,
    /// What a family varies; by default the bias of the neuron.
    pub varied: Option<Adjustable>,
    /// Its values; by default some over its range.
    pub values: Vec<f64>,
    /// The language of the program.
    pub language: Language,
    /// Whether there is no ground.
    pub is_transparent: bool,
    /// Whether the file carries the document.
    pub embeds_document: bool,
}

impl Default for FigureSpec {
    fn default() -> Self {
        Self {
            panels: vec![Pane::Diagram.into()],
            mode: ThemeMode::Print,
            width: Length::millimeters(170.0),
            height: None,
            allows_clipping: false,
            font_size: None,
            edge_labels: None,
            decimals: 3,
            selected: None,
            snapshot: None,
            run: None,
            has_log_loss_axis: false,
            map_axes: None,
            map_scope: MapScope::Selected,
            landscape_knobs: None,
            swept: None,
            x_min: None,
            x_max: None,
            sensitivity_target: SensitivityTarget::Selected,
            has_knob_profiles: true,
            y_range: None,
            quantity: Quantity::Output,
            curve_scope: None,
            language: Language::default(),
            is_transparent: false,
            embeds_document: true,
            varied: None,
            values: Vec::new(),
        }
    }
}

impl FigureSpec {
    /// A session that shows the document as this figure does.
    ///
    /// # Errors
    /// If the network lacks what is selected or swept, or the axis is no axis.
    pub fn open_session(&self, document: &Document) -> Result<Session, FigurePageError> {
        let mut session = Session::open(document.clone(), Origin::Untitled);
        self.apply_to(&mut session)?;
        if let (None, Some(Adjustable::Knob(knob))) = (self.selected, self.varied)
            && self.has_family()
            && document.network.architecture().contains(knob)
        {
            // A family is of the neuron whose knob is varied.
            let (layer, neuron) = (knob.layer, knob.neuron);
            session.apply(Action::Select(NeuronAddress { layer, neuron }))?;
        }
        if self.curve_scope.is_none() && self.selected.is_none() && !self.has_family() {
            session.apply(Action::SetCurveScope(CurveScope::Network))?;
        }
        if self.panels.contains(&FigurePanel::Pane(Pane::Cases)) && document.saved_inputs.is_empty() {
            // The present inputs are the one case that there is.
            session.apply(Action::SetSavedInputs(vec![document.inputs.clone()]))?;
        }
        let snapshots = document.snapshots.len();
        if self.panels.contains(&FigurePanel::Pane(Pane::Compare)) && session.view().snapshot.is_none() && snapshots > 0 {
            session.apply(Action::ShowSnapshot(Some(snapshots - 1)))?;
        }
        if self.y_range.is_none() {
            let y = fit_y_axis_tightly(&Insight::new(&session).sweep().curves);
            let x = session.view().curve_axes.x;
            session.apply(Action::SetAxes(CurveAxes { x, y: Some(y) }))?;
        }
        Ok(session)
    }

    /// Makes a session show what was asked for, and leaves the rest as it is.
    ///
    /// # Errors
    /// As [`Self::session`].
    pub fn apply_to(&self, session: &mut Session) -> Result<(), FigurePageError> {
        session.apply(Action::SetDecimals(self.decimals))?;
        session.apply(Action::ShowSnapshot(self.snapshot))?;
        session.apply(Action::ShowLogLoss(self.has_log_loss_axis))?;
        session.apply(Action::ShowKnobProfiles(self.has_knob_profiles))?;
        session.apply(Action::SetSensitivityTarget(self.sensitivity_target))?;
        session.apply(Action::SetMapScope(self.map_scope))?;
        if let Some(over) = self.map_axes {
            session.apply(Action::SetMapAxes(over))?;
        }
        if let Some((across, up)) = self.landscape_knobs {
            session.apply(Action::SetLandscapeKnobs(across, up))?;
        }
        if let Some(run) = &self.run {
            session.apply(Action::ApplyTraining(TrainingUpdate {
                knobs: None,
                gesture: Gesture(0),
                run: Arc::clone(run),
            }))?;
        }
        if let Some(at) = self.selected {
            session.apply(Action::Select(at))?;
        }
        if let Some(over) = self.swept {
            session.apply(Action::Sweep(over))?;
        }
        session.apply(Action::SetQuantity(self.quantity))?;
        if let Some(scope) = self.curve_scope {
            session.apply(Action::SetCurveScope(scope))?;
        }
        let range = session.document().range(session.view().swept);
        let x = [self.x_min.unwrap_or(range.min), self.x_max.unwrap_or(range.max)];
        if x[0] < x[1] {
            let x = Some(x);
            return Ok(session.apply(Action::SetAxes(CurveAxes { x, y: self.y_range }))?);
        }
        Err(FigurePageError::Invalid(format!(
            "an axis from {} to {} has no length; --from must be less than --to",
            x[0], x[1]
        )))
    }

    /// Draws the document.
    ///
    /// # Errors
    /// As [`Self::session`]; and if the size or a character can't be drawn.
    pub fn draw(&self, headless: &mut HeadlessContext, document: &Document) -> Result<RenderedFigure, FigurePageError> {
        let session = self.open_session(document)?;
        FigurePage::new(self, &session)?.draw(headless, document)
    }

    fn has_family(&self) -> bool {
        self.panels.iter().any(FigurePanel::is_family)
    }
}
