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
use egui_figure::Studio;
use neurodial_core::insight::{Insight, tight_fit_y};
use crate::look::Mode;
use neurodial_core::network::{Knob, NeuronAt};
use neurodial_core::session::{
    Action, Axes, Document, Gesture, Lesson, Origin, Quantity, Run, Scope, Session, Subject, Target, Whose,
};

use super::{Labels, Pane};
pub use error::PlateError;
pub use exhibit::Exhibit;
pub use length::Length;
use page::Page;
pub use printed::{Kind, Printed};
pub use side::Side;

/// What a figure shows and how. The defaults are those of the command line.
#[derive(Debug, Clone, PartialEq)]
pub struct Plate {
    /// What it shows, from left to right.
    pub exhibits: Vec<Exhibit>,
    /// Its colours.
    pub mode: Mode,
    /// Its width.
    pub width: Length,
    /// Its height; by default what the panes need.
    pub height: Option<Length>,
    /// Whether what has no room in the height is cut off, instead of being refused: in a moving picture, whose pictures all
    /// have the height of the first.
    pub may_cut: bool,
    /// The size of running text in points of 1/72 inch; by default 8 on paper, and the window's where the width is
    /// given in pixels.
    pub type_size: Option<f32>,
    /// Which weights are written on their edges; by default all if there are few.
    pub labels: Option<Labels>,
    /// How many decimals numbers have.
    pub decimals: usize,
    /// The neuron that stands out; without one all are equal, and formula and knobs speak of the document's first
    /// choice.
    pub selected: Option<NeuronAt>,
    /// The pin whose state is a ghost beside the present one, counted from 0.
    pub pin: Option<usize>,
    /// How training went, for a plot of the loss.
    pub run: Option<Arc<Run>>,
    /// Whether the axis of the loss is logarithmic.
    pub log_loss: bool,
    /// What a map is over, across and up; by default the first two inputs.
    pub map_over: Option<[Target; 2]>,
    /// Whose map; by default the selected neuron's.
    pub map_whose: Whose,
    /// The knobs that the landscape of the loss is over, across and up; by default the first two of a neuron.
    pub landscape_over: Option<(Knob, Option<Knob>)>,
    /// What the curves are drawn over; by default the first input.
    pub over: Option<Target>,
    /// The ends of the axis of what is swept; by default its range.
    pub from: Option<f64>,
    /// The other end.
    pub to: Option<f64>,
    /// What the tracks of the knobs are painted with: the selected neuron’s number, if one is selected, or another one.
    pub subject: Subject,
    /// Whether they are painted at all.
    pub has_strips: bool,
    /// The axis of the values; by default it fits the curves.
    pub y: Option<[f64; 2]>,
    /// Pre-activation or output.
    pub quantity: Quantity,
    /// Whose curves; by default the selected neuron's, or all outputs.
    pub scope: Option<Scope>,
    /// What a family varies; by default the bias of the neuron.
    pub varied: Option<Target>,
    /// Its values; by default some over its range.
    pub values: Vec<f64>,
    /// The language of the program.
    pub language: Language,
    /// Whether there is no ground.
    pub is_transparent: bool,
    /// Whether the file carries the document.
    pub has_state: bool,
}

impl Default for Plate {
    fn default() -> Self {
        Self {
            exhibits: vec![Pane::Diagram.into()],
            mode: Mode::Print,
            width: Length::millimetres(170.0),
            height: None,
            may_cut: false,
            type_size: None,
            labels: None,
            decimals: 3,
            selected: None,
            pin: None,
            run: None,
            log_loss: false,
            map_over: None,
            map_whose: Whose::Selected,
            landscape_over: None,
            over: None,
            from: None,
            to: None,
            subject: Subject::Selected,
            has_strips: true,
            y: None,
            quantity: Quantity::Output,
            scope: None,
            language: Language::default(),
            is_transparent: false,
            has_state: true,
            varied: None,
            values: Vec::new(),
        }
    }
}

impl Plate {
    /// A session that shows the document as this figure does.
    ///
    /// # Errors
    /// If the network lacks what is selected or swept, or the axis is no axis.
    pub fn session(&self, document: &Document) -> Result<Session, PlateError> {
        let mut session = Session::open(document.clone(), Origin::Untitled);
        self.choose(&mut session)?;
        if let (None, Some(Target::Knob(knob))) = (self.selected, self.varied)
            && self.has_family()
            && document.network.blueprint().contains(knob)
        {
            // A family is of the neuron whose knob is varied.
            let (layer, neuron) = (knob.layer, knob.neuron);
            session.apply(Action::Select(NeuronAt { layer, neuron }))?;
        }
        if self.scope.is_none() && self.selected.is_none() && !self.has_family() {
            session.apply(Action::ShowScope(Scope::Network))?;
        }
        if self.exhibits.contains(&Exhibit::Pane(Pane::Cases)) && document.cases.is_empty() {
            // The present inputs are the one case that there is.
            session.apply(Action::SetCases(vec![document.inputs.clone()]))?;
        }
        let pins = document.pins.len();
        if self.exhibits.contains(&Exhibit::Pane(Pane::Compare)) && session.view().pin.is_none() && pins > 0 {
            session.apply(Action::ShowPin(Some(pins - 1)))?;
        }
        if self.y.is_none() {
            let y = tight_fit_y(&Insight::new(&session).sweep().curves);
            let x = session.view().axes.x;
            session.apply(Action::SetAxes(Axes { x, y: Some(y) }))?;
        }
        Ok(session)
    }

    /// Makes a session show what was asked for, and leaves the rest as it is.
    ///
    /// # Errors
    /// As [`Self::session`].
    pub fn choose(&self, session: &mut Session) -> Result<(), PlateError> {
        session.apply(Action::SetDecimals(self.decimals))?;
        session.apply(Action::ShowPin(self.pin))?;
        session.apply(Action::ShowLogLoss(self.log_loss))?;
        session.apply(Action::ShowStrips(self.has_strips))?;
        session.apply(Action::TellOf(self.subject))?;
        session.apply(Action::MapWhose(self.map_whose))?;
        if let Some(over) = self.map_over {
            session.apply(Action::MapOver(over))?;
        }
        if let Some((across, up)) = self.landscape_over {
            session.apply(Action::LandscapeOver(across, up))?;
        }
        if let Some(run) = &self.run {
            session.apply(Action::TakeLesson(Lesson {
                knobs: None,
                gesture: Gesture(0),
                run: Arc::clone(run),
            }))?;
        }
        if let Some(at) = self.selected {
            session.apply(Action::Select(at))?;
        }
        if let Some(over) = self.over {
            session.apply(Action::Sweep(over))?;
        }
        session.apply(Action::ShowQuantity(self.quantity))?;
        if let Some(scope) = self.scope {
            session.apply(Action::ShowScope(scope))?;
        }
        let range = session.document().range(session.view().over);
        let x = [self.from.unwrap_or(range.min), self.to.unwrap_or(range.max)];
        if x[0] < x[1] {
            let x = Some(x);
            return Ok(session.apply(Action::SetAxes(Axes { x, y: self.y }))?);
        }
        Err(PlateError::Size(format!(
            "an axis from {} to {} has no length; --from must be less than --to",
            x[0], x[1]
        )))
    }

    /// Draws the document.
    ///
    /// # Errors
    /// As [`Self::session`]; and if the size or a character can't be drawn.
    pub fn draw(&self, studio: &mut Studio, document: &Document) -> Result<Printed, PlateError> {
        let session = self.session(document)?;
        Page::new(self, &session)?.draw(studio, document)
    }

    fn has_family(&self) -> bool {
        self.exhibits.iter().any(Exhibit::is_family)
    }
}
