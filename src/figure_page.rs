//! Figures made of panes: side by side on a page of a given size, drawn without a window.
//!
//! | file | content |
//! | --- | --- |
//! | [`FigureSpec`], here | the contents and the style of a figure |
//! | `panel_layout` | `PanelLayout`: the positions of the panels on the page |
//! | `error` | `FigurePageError`: the reason why a figure can't be drawn |
//! | `figure_panel` | [`FigurePanel`]: the kinds of panels in a figure |
//! | `legend` | the legend of a snapshot overlay |
//! | `length` | [`Length`]: `85mm`, `600px` |
//! | `page` | the page with its panels |
//! | `rendered_figure` | [`RenderedFigure`]: the figure as SVG, PNG or PDF |
//! | `curves_csv` | the curves' points as CSV |

pub(crate) mod curves_csv;
pub(crate) mod error;
pub(crate) mod figure_panel;
pub(crate) mod legend;
pub(crate) mod length;
mod page;
pub(crate) mod panel_layout;
pub(crate) mod rendered_figure;

use std::sync::Arc;

use crate::panes::{EdgeLabels, Pane};
use crate::theme::ThemeMode;
use egui_figure::HeadlessContext;
use neurodial_core::code::Language;
use neurodial_core::insight::{Insight, fit_y_axis_tightly};
use neurodial_core::network::{Knob, NeuronAddress};
use neurodial_core::session::{
    Adjustable, CurveAxes, CurveScope, Document, Edit, Gesture, MapScope, Origin, Quantity,
    SensitivityTarget, Session, TrainingRun, TrainingUpdate, ViewChange,
};
use neurodial_core::text::Locale;

pub(crate) use error::FigurePageError;
pub use figure_panel::FigurePanel;
pub use length::Length;
use page::FigurePage;
pub use rendered_figure::{FigureFormat, RenderedFigure};

/// The contents and the style of a figure. The defaults are those of the command line.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureSpec {
    /// The panels, from left to right.
    pub panels: Vec<FigurePanel>,
    /// The color theme.
    pub mode: ThemeMode,
    /// The width of the page.
    pub width: Length,
    /// The height of the page; by default the height that the panels need.
    pub height: Option<Length>,
    /// True if panels that don't fit the height are cut off instead of refused. Animations need this, as all
    /// their frames have the height of the first.
    pub allows_clipping: bool,
    /// The font size of running text in points of 1/72 inch; by default 8, or the window's font size if the
    /// width is given in pixels.
    pub font_size: Option<f32>,
    /// The weights whose values are written on their connections. By default those of the selected neuron if
    /// one is selected; otherwise all if there are few, and else none.
    pub edge_labels: Option<EdgeLabels>,
    /// The number of decimals.
    pub decimals: usize,
    /// The neuron that stands out. Without one all neurons look alike, and formula and knobs show the neuron
    /// that is selected when the document is opened.
    pub selected: Option<NeuronAddress>,
    /// The index of the snapshot that is drawn as an overlay, counted from 0.
    pub snapshot: Option<usize>,
    /// The training run for a plot of the loss.
    pub run: Option<Arc<TrainingRun>>,
    /// True if the axis of the loss has a log scale.
    pub has_log_loss_axis: bool,
    /// The knobs or inputs on the horizontal and vertical axis of an output map; by default the first two
    /// inputs.
    pub map_axes: Option<[Adjustable; 2]>,
    /// The neurons that an output map shows; by default the selected neuron.
    pub map_scope: MapScope,
    /// The knobs on the horizontal and vertical axis of the loss landscape; by default the first two of a
    /// neuron.
    pub landscape_knobs: Option<(Knob, Option<Knob>)>,
    /// The knob or input on the horizontal axis of the curves; by default the first input.
    pub swept: Option<Adjustable>,
    /// The lower end of the horizontal axis; by default that of the range of the knob or input.
    pub x_min: Option<f64>,
    /// The upper end of the horizontal axis.
    pub x_max: Option<f64>,
    /// The quantity that the profiles of the knobs show: the selected neuron’s number, if a neuron is
    /// selected, another output, or the loss.
    pub sensitivity_target: SensitivityTarget,
    /// True if the tracks of the knobs have profiles.
    pub has_knob_profiles: bool,
    /// The range of the vertical axis of the curves; by default it fits the curves.
    pub y_range: Option<[f64; 2]>,
    /// The quantity that the curves show: the weighted sum or the output.
    pub quantity: Quantity,
    /// The neurons whose curves are drawn; by default the selected neuron, or all outputs.
    pub curve_scope: Option<CurveScope>,
    /// The knob or input that varies in a curve family; by default the bias of the neuron.
    pub varied: Option<Adjustable>,
    /// The values of the varied knob or input; if empty, nine values evenly spaced over its range.
    pub values: Vec<f64>,
    /// The language of the texts.
    pub locale: Locale,
    /// The programming language of the code pane.
    pub language: Language,
    /// True if the background is transparent.
    pub is_transparent: bool,
    /// True if the document is embedded in the file.
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
            locale: Locale::English,
            language: Language::default(),
            is_transparent: false,
            embeds_document: true,
            varied: None,
            values: Vec::new(),
        }
    }
}

impl FigureSpec {
    /// Opens a session that shows the document as this figure does.
    ///
    /// # Errors
    /// Returns an error if the network lacks a neuron, knob or input of this specification, or if an axis is
    /// empty.
    pub(crate) fn open_session(&self, document: &Document) -> Result<Session, FigurePageError> {
        let mut session = Session::open(document.clone(), Origin::Untitled);
        self.apply_to(&mut session)?;
        if let (None, Some(Adjustable::Knob(knob))) = (self.selected, self.varied)
            && self.has_family()
            && document.network.architecture().contains(knob)
        {
            // A curve family shows the neuron whose knob is varied.
            let (layer, neuron) = (knob.layer, knob.neuron);
            session.apply(ViewChange::Select(NeuronAddress { layer, neuron }))?;
        }
        if self.curve_scope.is_none() && self.selected.is_none() && !self.has_family() {
            session.apply(ViewChange::SetCurveScope(CurveScope::Network))?;
        }
        if self.panels.contains(&FigurePanel::Pane(Pane::Cases)) && document.saved_inputs.is_empty() {
            // Without saved inputs, the current inputs are the only row.
            session.apply(Edit::SetSavedInputs(vec![document.inputs.clone()]))?;
        }
        let snapshots = document.snapshots.len();
        if self.panels.contains(&FigurePanel::Pane(Pane::Compare))
            && session.view().snapshot.is_none()
            && snapshots > 0
        {
            session.apply(ViewChange::ShowSnapshot(Some(snapshots - 1)))?;
        }
        if self.y_range.is_none() {
            let y = fit_y_axis_tightly(&Insight::new(&session).sweep().curves);
            let x = session.view().curve_axes.x;
            session.apply(ViewChange::SetAxes(CurveAxes { x, y: Some(y) }))?;
        }
        Ok(session)
    }

    /// Changes the view of a session to the choices of this specification, and leaves the rest as it is.
    ///
    /// # Errors
    /// Returns the same errors as [`Self::open_session`].
    pub(crate) fn apply_to(&self, session: &mut Session) -> Result<(), FigurePageError> {
        session.apply(ViewChange::SetDecimals(self.decimals))?;
        session.apply(ViewChange::ShowSnapshot(self.snapshot))?;
        session.apply(ViewChange::ShowLogLoss(self.has_log_loss_axis))?;
        session.apply(ViewChange::ShowKnobProfiles(self.has_knob_profiles))?;
        session.apply(ViewChange::SetSensitivityTarget(self.sensitivity_target))?;
        session.apply(ViewChange::SetMapScope(self.map_scope))?;
        session.apply(ViewChange::SetCodeLanguage(self.language))?;
        if let Some(over) = self.map_axes {
            session.apply(ViewChange::SetMapAxes(over))?;
        }
        if let Some((across, up)) = self.landscape_knobs {
            session.apply(ViewChange::SetLandscapeKnobs(across, up))?;
        }
        if let Some(run) = &self.run {
            session.apply(Edit::ApplyTraining(TrainingUpdate {
                knobs: None,
                gesture: Gesture(0),
                run: Arc::clone(run),
            }))?;
        }
        if let Some(at) = self.selected {
            session.apply(ViewChange::Select(at))?;
        }
        if let Some(over) = self.swept {
            session.apply(ViewChange::Sweep(over))?;
        }
        session.apply(ViewChange::SetQuantity(self.quantity))?;
        if let Some(scope) = self.curve_scope {
            session.apply(ViewChange::SetCurveScope(scope))?;
        }
        let range = session.document().range(session.view().swept);
        let x = [self.x_min.unwrap_or(range.min), self.x_max.unwrap_or(range.max)];
        if x[0] < x[1] {
            let x = Some(x);
            return Ok(session.apply(ViewChange::SetAxes(CurveAxes { x, y: self.y_range }))?);
        }
        Err(FigurePageError::Invalid(format!(
            "an axis from {} to {} has no length; --from must be less than --to",
            x[0], x[1]
        )))
    }

    /// Draws the document.
    ///
    /// # Errors
    /// Returns the same errors as `Self::open_session`, and an error if the size or a character can't be
    /// drawn.
    pub fn draw(
        &self,
        headless: &mut HeadlessContext,
        document: &Document,
    ) -> Result<RenderedFigure, FigurePageError> {
        let session = self.open_session(document)?;
        FigurePage::new(self, &session)?.draw(headless, document)
    }

    fn has_family(&self) -> bool {
        self.panels.iter().any(FigurePanel::is_family)
    }
}
