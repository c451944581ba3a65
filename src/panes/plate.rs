//! Panes as a figure for paper: side by side, without a window, in the size that an author asks for.
//!
//! | file | noun |
//! | --- | --- |
//! | [`arrangement`] | [`Arrangement`]: where the panes are on the page |
//! | [`exhibit`] | [`Exhibit`]: what can stand in a figure |
//! | [`legend`] | what a ghost in it is |
//! | [`length`] | [`Length`]: `85mm`, `600px` |
//! | [`printed`] | [`Printed`]: the figure as SVG, PNG or PDF |
//! | [`side`] | [`Side`]: how long a side of a pane has to be |
//! | [`table`] | the curves' points as CSV |

pub mod arrangement;
pub mod exhibit;
pub mod legend;
pub mod length;
pub mod printed;
pub mod side;
pub mod table;

use std::sync::Arc;

use egui::{Align2, Rect, UiBuilder, pos2, vec2};

use crate::canvas::Stage;
use crate::code::Language;
use crate::figure::{FigureError, Studio};
use crate::insight::{Family, Insight, description, tight_fit_y};
use crate::look::{Look, Mode, style, type_scale};
use crate::network::{Knob, NeuronAt};
use crate::session::{
    Action, Axes, Document, Face, Gesture, Lesson, Origin, Quantity, Refusal, Run, Scope, Session, Subject,
    Target, Whose, format,
};

use super::{Labels, Pane, Paper, Scene, diagram};
use arrangement::{Arrangement, Guest, LETTER, MARGIN, Misfit};
pub use exhibit::Exhibit;
pub use length::Length;
pub use printed::{Kind, Printed};
pub use side::Side;

/// A figure with more labels than this on its edges would be unreadable.
const MOST_LABELS: usize = 30;
/// The most points of a figure's side.
const LARGEST: f32 = 20_000.0;

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

/// Why a figure can't be made: one sentence.
#[derive(Debug, thiserror::Error)]
pub enum PlateError {
    /// What was asked for is not in the network.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It can't be drawn.
    #[error(transparent)]
    Figure(#[from] FigureError),
    /// The list of knobs is longer than a figure can be.
    #[error("the list of knobs has {0} rows, which is more than a figure can hold; choose another pane")]
    Rows(usize),
    /// The size is no size.
    #[error("{0}")]
    Size(String),
}

/// Why panes have no place on a page.
enum Unfit {
    Plate(PlateError),
    Misfit(Misfit),
}

impl From<Misfit> for Unfit {
    fn from(misfit: Misfit) -> Self {
        Self::Misfit(misfit)
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
        let insight = Insight::new(&session);
        let look = Look::of(self.mode);
        style::apply(studio.context(), look);
        let family = self.family(&session)?;
        let mut outbox = Vec::new();
        let mut scene = Scene {
            session: &session,
            insight: &insight,
            look,
            paper: Some(self.paper(&session)),
            outbox: &mut outbox,
        };
        let Arrangement {
            size,
            places,
            has_letters,
        } = self.arrangement(studio, &mut scene, family.as_ref())?;
        let bottom = size.y - MARGIN - legend::height(&scene);
        let drawing = studio.draw(size, |ui| {
            let mut stage = Stage::of_figure();
            for (index, (exhibit, &place)) in self.exhibits.iter().zip(&places).enumerate() {
                if has_letters {
                    let letter = format!("({})", char::from(b'a' + (index % 26) as u8));
                    let at = place.left_top() - vec2(0.0, LETTER);
                    ui.painter()
                        .text(at, Align2::LEFT_TOP, letter, type_scale::strong(), look.ink);
                }
                let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt(("figure", index)));
                child.set_clip_rect(place.expand(MARGIN));
                exhibit.show(&mut child, &mut scene, &mut stage, family.as_ref());
            }
            let line = Rect::from_min_max(pos2(MARGIN, bottom), (size - egui::Vec2::splat(MARGIN)).to_pos2());
            let shown: Vec<(Exhibit, Rect)> = self
                .exhibits
                .iter()
                .copied()
                .zip(places.iter().copied())
                .collect();
            legend::legend_ui(ui.painter(), &scene, &shown, line);
        })?;
        Ok(Printed {
            drawing,
            page: [
                self.width,
                self.height.unwrap_or(self.width.scaled(size.y / size.x)),
            ],
            // What a pane lies on in the window too: all colours can be read on it.
            ground: (!self.is_transparent).then_some(look.card),
            title: self.title(&session),
            description: description::of(&session, &insight),
            state: self.has_state.then(|| format::write(document)),
        })
    }

    fn paper(&self, session: &Session) -> Paper {
        let blueprint = session.blueprint();
        let edges = blueprint.knob_count();
        let labels = self.labels.unwrap_or(match self.selected {
            Some(_) => Labels::Selected,
            None if edges <= MOST_LABELS => Labels::All,
            None => Labels::None,
        });
        Paper {
            labels,
            has_selection: self.selected.is_some(),
            face: Face::List,
            language: self.language,
            least_number: self.least_number(),
        }
    }

    /// Points of the page per point of the layout: the type has the wanted size, and everything goes with it.
    fn zoom(&self) -> f32 {
        const PAPER: f32 = 8.0;
        let size = match (self.type_size, self.width.is_in_pixels()) {
            (Some(size), _) => size * 96.0 / 72.0,
            (None, false) => PAPER * 96.0 / 72.0,
            (None, true) => return 1.0,
        };
        size / type_scale::body().size
    }

    /// The least size of a number in a disc in points of the layout: 6 of 1/72 inch on the page, where running text is no
    /// smaller; and no less beside larger text than beside the usual.
    fn least_number(&self) -> f32 {
        const LEAST: f32 = 6.0 * 96.0 / 72.0;
        (LEAST / self.zoom()).clamp(diagram::paint::LEAST_NUMBER, type_scale::body().size)
    }

    fn has_family(&self) -> bool {
        self.exhibits.iter().any(Exhibit::is_family)
    }

    /// What the exhibits with a family show, if there are any.
    fn family(&self, session: &Session) -> Result<Option<Family>, PlateError> {
        const COUNT: usize = 9;
        const MOST: usize = 64;
        if !self.has_family() {
            return Ok(None);
        }
        let at = session.view().selected;
        let varied = self.varied.unwrap_or(Knob::bias(at.layer, at.neuron).into());
        let range = session.document().range(varied);
        let even = |index: usize| range.value_at(index as f64 / (COUNT - 1) as f64);
        let values = match self.values.as_slice() {
            [] => (0..COUNT).map(even).collect(),
            values if values.len() <= MOST => values.to_vec(),
            values => {
                let text = format!("a family has at most {MOST} curves, not {}", values.len());
                return Err(PlateError::Size(text));
            }
        };
        Ok(Some(Family::new(session, varied, &values, self.y)?))
    }

    /// Where the panes are.
    fn arrangement(
        &self,
        studio: &mut Studio,
        scene: &mut Scene<'_>,
        family: Option<&Family>,
    ) -> Result<Arrangement, PlateError> {
        let zoom = self.zoom();
        let width = self.width.points() / zoom;
        let height = self.height.map(|height| height.points() / zoom);
        let is_side = |side: f32| (1.0..=LARGEST).contains(&(side * zoom));
        let check = |side: f32, name: &str| match is_side(side) {
            true => Ok(()),
            false => Err(PlateError::Size(format!(
                "the {name} of a figure is 1 to {LARGEST} points of 1/96 inch, and this one would have {:.0}",
                side * zoom
            ))),
        };
        check(width, "width")?;
        height.map_or(Ok(()), |height| check(height, "height"))?;
        let foot = legend::height(scene);
        let mut found = None;
        // Only a painter can tell how long a line of text is.
        studio.draw(vec2(width, LETTER), |ui| {
            if found.is_some() {
                return;
            }
            let painter = ui.painter();
            let guest = |exhibit: &Exhibit| {
                let share = exhibit.share();
                exhibit.width(painter, scene).map(|width| Guest { share, width })
            };
            let guests: Result<Vec<Guest>, PlateError> = self.exhibits.iter().map(guest).collect();
            found = Some(guests.and_then(|guests| {
                Arrangement::new(&guests, width, height, foot, |index, width| {
                    let height = self.exhibits[index].height(painter, scene, width, family);
                    let cut = |height: Side| {
                        if self.may_cut {
                            Side::new(0.0, height.wanted)
                        } else {
                            height
                        }
                    };
                    height.map(cut).map_err(Unfit::Plate)
                })
                .map_err(|unfit| self.sentence(unfit))
            }));
        })?;
        let found = found.unwrap_or_else(|| Err(PlateError::Size("nothing is drawn".to_owned())))?;
        check(found.size.y, "height")?;
        Ok(found)
    }

    /// What is said where panes have no room.
    fn sentence(&self, unfit: Unfit) -> PlateError {
        let zoom = self.zoom();
        let (length, words, what, least) = match unfit {
            Unfit::Plate(error) => return error,
            Unfit::Misfit(Misfit::Narrow(index, least)) => {
                let name = self.exhibits.get(index).map_or("pane", Exhibit::name);
                (self.width, "narrow", format!("pane {name}"), least)
            }
            Unfit::Misfit(Misfit::Low(least)) => {
                let names: Vec<&str> = self.exhibits.iter().map(Exhibit::name).collect();
                let what = match names.len() {
                    1 => format!("pane {}", names[0]),
                    _ => format!("panes {}", names.join(", ")),
                };
                (self.height.unwrap_or(self.width), "low", what, least)
            }
        };
        let least = length.in_same_unit(least * zoom);
        PlateError::Size(format!(
            "{length} is too {words} for {what} at this size of type: ask for at least {least}, or for smaller type"
        ))
    }

    fn title(&self, session: &Session) -> String {
        let shape: Vec<String> = std::iter::once(session.blueprint().inputs())
            .chain(session.blueprint().layers().iter().map(|plan| plan.neurons.len()))
            .map(|width| width.to_string())
            .collect();
        let names: Vec<&str> = self.exhibits.iter().map(Exhibit::name).collect();
        format!("{} of a {} network", names.join(", "), shape.join("-"))
    }
}
