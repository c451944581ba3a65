//! The article's own figures, drawn anew: the two neurons, what weight and bias do, the step, the network and its
//! output. All in one style, with the numbers of the presets.
//!
//! | file | figure |
//! | --- | --- |
//! | [`natural`] | a natural neuron |
//! | [`artificial`] | an artificial one |
//! | [`families`] | what a weight does, and what a bias does |
//! | [`step`] | the step function |
//! | [`output`] | what the network computes, term by term |
//! | [`duty`] | what the parts of both neurons are for |
//! | [`label`] | words with a thin line to what they name |
//! | [`outline`] | outlines of forms that flow into each other |

pub mod artificial;
pub mod duty;
pub mod families;
pub mod label;
pub mod natural;
pub mod outline;
pub mod output;
pub mod step;

use egui::vec2;

use egui_figure::{Drawing, Studio};
use crate::look::{Look, Mode, style, type_scale};
use neurodial_core::network::{Activation, Blueprint, Network, Symbol};
use neurodial_core::session::{Document, Preset, format};

use super::Pane;
use super::plate::{Exhibit, Length, Plate, PlateError, Printed};
use families::Varied;

/// One of the article's figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArticleFigure {
    /// The anatomy of a natural neuron.
    NaturalNeuron,
    /// The anatomy of an artificial neuron.
    ArtificialNeuron,
    /// How the output of a neuron changes with its weight.
    WeightFamily,
    /// How the output of a neuron changes with its bias.
    BiasFamily,
    /// The step function.
    Step,
    /// The network of 4 inputs and 3 neurons.
    Network,
    /// What it computes.
    Output,
}

impl ArticleFigure {
    /// In the order of the article.
    pub const ALL: [Self; 7] = [
        Self::NaturalNeuron,
        Self::ArtificialNeuron,
        Self::WeightFamily,
        Self::BiasFamily,
        Self::Step,
        Self::Network,
        Self::Output,
    ];

    /// The name of its file, without the ending.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NaturalNeuron => "natural-neuron",
            Self::ArtificialNeuron => "artificial-neuron",
            Self::WeightFamily => "weight-family",
            Self::BiasFamily => "bias-family",
            Self::Step => "step",
            Self::Network => "network",
            Self::Output => "output",
        }
    }

    /// Draws it in the colours of a look.
    ///
    /// # Errors
    /// If a bundled document or font is broken.
    pub fn draw(self, studio: &mut Studio, mode: Mode) -> Result<Printed, PlateError> {
        let look = Look::of(mode);
        style::apply(studio.context(), look);
        let wide = Length::millimetres(PAGE);
        let page = match self {
            Self::NaturalNeuron => Page {
                drawing: studio.draw(vec2(WIDTH, natural::HEIGHT), |ui| natural::natural_ui(ui, look))?,
                width: wide,
                title: "A natural neuron",
                description: natural::DESCRIPTION.to_owned(),
                document: None,
            },
            Self::ArtificialNeuron => Page {
                drawing: studio.draw(vec2(WIDTH, artificial::HEIGHT), |ui| {
                    artificial::artificial_ui(ui, look);
                })?,
                width: wide,
                title: "An artificial neuron",
                description: artificial::DESCRIPTION.to_owned(),
                document: None,
            },
            Self::WeightFamily => family(Varied::Weight, studio, look)?,
            Self::BiasFamily => family(Varied::Bias, studio, look)?,
            Self::Step => Page {
                drawing: studio.draw(step::SIZE.into(), |ui| step::step_ui(ui, look))?,
                width: Length::millimetres(85.0),
                title: "The step function",
                description: step::DESCRIPTION.to_owned(),
                document: Some(one_neuron(Activation::Step)?),
            },
            Self::Network => return network(studio, mode),
            Self::Output => {
                let document = preset("article")?;
                Page {
                    drawing: output::draw(studio, look, &document)?,
                    width: wide,
                    title: "What the network computes",
                    description: output::description(&document)?,
                    document: Some(document),
                }
            }
        };
        Ok(page.printed(look))
    }
}

/// A drawing on its page.
struct Page {
    drawing: Drawing,
    width: Length,
    title: &'static str,
    description: String,
    /// What it shows, if that is a network.
    document: Option<Document>,
}

impl Page {
    fn printed(self, look: &Look) -> Printed {
        let size = self.drawing.size;
        Printed {
            drawing: self.drawing,
            page: [self.width, self.width.scaled(size.y / size.x)],
            ground: Some(look.card),
            title: self.title.to_owned(),
            description: self.description,
            state: self.document.as_ref().map(format::write),
        }
    }
}

/// The width of the page, in mm. Where it is made as narrow as a column of 85 mm, all words can still be read: they are
/// then no smaller than 6.5 points of 1/72 inch.
const PAGE: f32 = 120.0;
/// The width of the two neurons, in points.
const WIDTH: f32 = 640.0;
/// The width of figures with the window's sizes of type, in points.
const NARROW: f32 = 424.0;

/// A symbol without indices: of a neuron with one input there is one of each.
fn symbol(letter: char) -> Symbol {
    Symbol {
        letter,
        subscript: String::new(),
        superscript: None,
    }
}

/// The width of the network, in points: the numbers on its edges are smaller than other words.
const DENSE: f32 = 408.0;

/// How the output of one neuron over its input changes with one of its knobs.
fn family(varied: Varied, studio: &mut Studio, look: &'static Look) -> Result<Page, PlateError> {
    let document = one_neuron(Activation::Sigmoid)?;
    Ok(Page {
        drawing: families::draw(varied, studio, look, &document)?,
        width: Length::millimetres(PAGE),
        title: match varied {
            Varied::Weight => "What a weight does",
            Varied::Bias => "What a bias does",
        },
        description: varied.description().to_owned(),
        document: Some(document),
    })
}

/// One input, one neuron, weight 1 and bias 0.
fn one_neuron(activation: Activation) -> Result<Document, PlateError> {
    let broken = |text: String| PlateError::Size(text);
    let blueprint = Blueprint::dense(1, &[(1, activation)]).map_err(|e| broken(e.to_string()))?;
    let network = Network::from_knobs(blueprint, vec![1.0, 0.0]);
    network
        .map(Document::new)
        .ok_or_else(|| broken("a neuron with one input has two knobs".to_owned()))
}

/// The network of the article with all its numbers.
fn network(studio: &mut Studio, mode: Mode) -> Result<Printed, PlateError> {
    let plate = Plate {
        exhibits: vec![Exhibit::Pane(Pane::Diagram)],
        mode,
        width: Length::millimetres(PAGE),
        type_size: Some(type_scale::body().size * PAGE / 25.4 * 72.0 / DENSE),
        ..Plate::default()
    };
    let printed = plate.draw(studio, &preset("article")?)?;
    Ok(Printed {
        title: "A network of 4 inputs and 3 neurons".to_owned(),
        ground: Some(Look::of(mode).card),
        ..printed
    })
}

fn preset(name: &str) -> Result<Document, PlateError> {
    let broken = |text: String| PlateError::Size(text);
    let preset = Preset::named(name).ok_or_else(|| broken(format!("there is no preset {name}")))?;
    preset.document().map_err(|e| broken(e.to_string()))
}
