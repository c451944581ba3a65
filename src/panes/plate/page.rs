//! The page of a figure: the panes of a plate in its size, of a session that shows what was asked for.

use egui::{Align2, Rect, Ui, UiBuilder, Vec2, pos2, vec2};

use crate::canvas::Stage;
use egui_figure::Studio;
use neurodial_core::insight::{Family, Insight, description};
use crate::look::{Look, style, type_scale};
use neurodial_core::network::Knob;
use crate::panes::{Labels, Paper, Scene, diagram};
use neurodial_core::session::{Document, Face, Session, format};

use super::arrangement::{Arrangement, Guest, LETTER, MARGIN, Misfit};
use super::{Exhibit, Plate, PlateError, Printed, Side, legend};

/// A figure with more labels than this on its edges would be unreadable.
const MOST_LABELS: usize = 30;
/// The most points of a figure's side.
const LARGEST: f32 = 20_000.0;

/// What is drawn, and how.
pub(super) struct Page<'a> {
    plate: &'a Plate,
    session: &'a Session,
    insight: Insight,
    family: Option<Family>,
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

impl<'a> Page<'a> {
    /// The page of a plate; the session is the one that shows the document as the plate does.
    ///
    /// # Errors
    /// If the network lacks what a family varies, or it has too many values.
    pub fn new(plate: &'a Plate, session: &'a Session) -> Result<Self, PlateError> {
        Ok(Self {
            plate,
            session,
            insight: Insight::new(session),
            family: family(plate, session)?,
        })
    }

    /// Draws it; the file carries the document.
    ///
    /// # Errors
    /// If the size or a character can't be drawn.
    pub fn draw(&self, studio: &mut Studio, document: &Document) -> Result<Printed, PlateError> {
        let look = Look::of(self.plate.mode);
        style::apply(studio.context(), look);
        let mut outbox = Vec::new();
        let mut scene = Scene {
            session: self.session,
            insight: &self.insight,
            look,
            paper: Some(self.paper()),
            outbox: &mut outbox,
        };
        let arrangement = self.arrangement(studio, &mut scene)?;
        let size = arrangement.size;
        let drawing = studio.draw(size, |ui| self.panes_ui(ui, &mut scene, &arrangement))?;
        let Plate { width, height, .. } = *self.plate;
        Ok(Printed {
            drawing,
            page: [width, height.unwrap_or(width.scaled(size.y / size.x))],
            // What a pane lies on in the window too: all colours can be read on it.
            ground: (!self.plate.is_transparent).then_some(look.card),
            title: self.title(),
            description: description::of(self.session, &self.insight),
            // What was opened, and not what a pane needed to show it.
            state: self.plate.has_state.then(|| format::write(document)),
        })
    }

    /// The panes with their letters, and under them what a ghost in them is.
    fn panes_ui(&self, ui: &mut Ui, scene: &mut Scene<'_>, arrangement: &Arrangement) {
        let look = scene.look;
        let mut stage = Stage::of_figure();
        let exhibits = self.plate.exhibits.iter().copied();
        let shown: Vec<(Exhibit, Rect)> = exhibits.zip(arrangement.places.iter().copied()).collect();
        for (index, (exhibit, place)) in shown.iter().enumerate() {
            if arrangement.has_letters {
                let letter = format!("({})", char::from(b'a' + (index % 26) as u8));
                let at = place.left_top() - vec2(0.0, LETTER);
                ui.painter()
                    .text(at, Align2::LEFT_TOP, letter, type_scale::strong(), look.ink);
            }
            let mut child = ui.new_child(UiBuilder::new().max_rect(*place).id_salt(("figure", index)));
            child.set_clip_rect(place.expand(MARGIN));
            exhibit.show(&mut child, scene, &mut stage, self.family.as_ref());
        }
        let size = arrangement.size;
        let line = Rect::from_min_max(
            pos2(MARGIN, size.y - MARGIN - legend::height(scene)),
            (size - Vec2::splat(MARGIN)).to_pos2(),
        );
        legend::legend_ui(ui.painter(), scene, &shown, line);
    }

    fn paper(&self) -> Paper {
        let plate = self.plate;
        let blueprint = self.session.blueprint();
        let edges = blueprint.knob_count();
        let labels = plate.labels.unwrap_or(match plate.selected {
            Some(_) => Labels::Selected,
            None if edges <= MOST_LABELS => Labels::All,
            None => Labels::None,
        });
        Paper {
            labels,
            has_selection: plate.selected.is_some(),
            face: Face::List,
            language: plate.language,
            least_number: self.least_number(),
        }
    }

    /// Points of the page per point of the layout: the type has the wanted size, and everything goes with it.
    fn zoom(&self) -> f32 {
        const PAPER: f32 = 8.0;
        let size = match (self.plate.type_size, self.plate.width.is_in_pixels()) {
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

    /// Where the panes are.
    fn arrangement(&self, studio: &mut Studio, scene: &mut Scene<'_>) -> Result<Arrangement, PlateError> {
        let zoom = self.zoom();
        let width = self.plate.width.points() / zoom;
        let height = self.plate.height.map(|height| height.points() / zoom);
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
            let guests: Result<Vec<Guest>, PlateError> = self.plate.exhibits.iter().map(guest).collect();
            found = Some(guests.and_then(|guests| {
                Arrangement::new(&guests, width, height, foot, |index, width| {
                    let height =
                        self.plate.exhibits[index].height(painter, scene, width, self.family.as_ref());
                    let cut = |height: Side| {
                        if self.plate.may_cut {
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
                let name = self.plate.exhibits.get(index).map_or("pane", Exhibit::name);
                (self.plate.width, "narrow", format!("pane {name}"), least)
            }
            Unfit::Misfit(Misfit::Low(least)) => {
                let names: Vec<&str> = self.plate.exhibits.iter().map(Exhibit::name).collect();
                let what = match names.len() {
                    1 => format!("pane {}", names[0]),
                    _ => format!("panes {}", names.join(", ")),
                };
                (self.plate.height.unwrap_or(self.plate.width), "low", what, least)
            }
        };
        let least = length.in_same_unit(least * zoom);
        PlateError::Size(format!(
            "{length} is too {words} for {what} at this size of type: ask for at least {least}, or for smaller type"
        ))
    }

    fn title(&self) -> String {
        let session = self.session;
        let shape: Vec<String> = std::iter::once(session.blueprint().inputs())
            .chain(session.blueprint().layers().iter().map(|plan| plan.neurons.len()))
            .map(|width| width.to_string())
            .collect();
        let names: Vec<&str> = self.plate.exhibits.iter().map(Exhibit::name).collect();
        format!("{} of a {} network", names.join(", "), shape.join("-"))
    }
}

/// What the exhibits with a family show, if there are any.
fn family(plate: &Plate, session: &Session) -> Result<Option<Family>, PlateError> {
    const COUNT: usize = 9;
    const MOST: usize = 64;
    if !plate.has_family() {
        return Ok(None);
    }
    let at = session.view().selected;
    let varied = plate.varied.unwrap_or(Knob::bias(at.layer, at.neuron).into());
    let range = session.document().range(varied);
    let even = |index: usize| range.value_at(index as f64 / (COUNT - 1) as f64);
    let values = match plate.values.as_slice() {
        [] => (0..COUNT).map(even).collect(),
        values if values.len() <= MOST => values.to_vec(),
        values => {
            let text = format!("a family has at most {MOST} curves, not {}", values.len());
            return Err(PlateError::Size(text));
        }
    };
    Ok(Some(Family::new(session, varied, &values, plate.y)?))
}
