//! The article's own figures, drawn anew: the two neurons, what weight and bias do, the step, the network and its
//! output. All in one style, with the numbers of the presets.
//!
//! | file | figure |
//! | --- | --- |
//! | [`natural`] | a natural neuron |
//! | [`artificial`] | an artificial one |
//! | [`limb`] | tapering, branching lines |
//! | [`label`] | words with a thin line to what they name |

pub mod artificial;
pub mod label;
pub mod limb;
pub mod natural;

use egui::{Ui, vec2};

use crate::figure::Studio;
use crate::look::{Look, Mode, style};
use crate::network::{Activation, Blueprint, Knob, Network};
use crate::session::{Document, Preset, Target};

use super::Pane;
use super::plate::{Exhibit, Length, Plate, PlateError, Printed};

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
        match self {
            Self::NaturalNeuron => drawn(
                studio,
                mode,
                natural::HEIGHT,
                natural::natural_ui,
                "a natural neuron",
                "A natural neuron. Branching dendrites on the left receive signals; the cell body with its nucleus \
                 adds them up; the axon, wrapped in segments of myelin with nodes between them, carries the signal \
                 to the right, where the axon terminals pass it on.",
            ),
            Self::ArtificialNeuron => drawn(
                studio,
                mode,
                artificial::HEIGHT,
                artificial::artificial_ui,
                "an artificial neuron",
                "An artificial neuron. Four inputs on the left are each multiplied by a weight; the products and a \
                 bias are added up to z; the activation function turns z into the output a on the right.",
            ),
            Self::WeightFamily => {
                family(Knob::weight(0, 0, 0), mode).draw(studio, &one_neuron(Activation::Sigmoid)?)
            }
            Self::BiasFamily => {
                family(Knob::bias(0, 0), mode).draw(studio, &one_neuron(Activation::Sigmoid)?)
            }
            Self::Step => Plate {
                exhibits: vec![Exhibit::Pane(Pane::Curves)],
                mode,
                width: Length::millimetres(85.0),
                from: Some(-4.0),
                to: Some(4.0),
                y: Some([-0.25, 1.25]),
                ..Plate::default()
            }
            .draw(studio, &one_neuron(Activation::Step)?),
            Self::Network => plate(Pane::Diagram, mode).draw(studio, &preset("article")?),
            Self::Output => plate(Pane::Formula, mode).draw(studio, &preset("article")?),
        }
    }
}

/// A drawing of its own, 170 mm wide.
fn drawn(
    studio: &mut Studio,
    mode: Mode,
    height: f32,
    draw: fn(&mut Ui, &Look),
    title: &str,
    description: &str,
) -> Result<Printed, PlateError> {
    let look = Look::of(mode);
    style::apply(studio.context(), look);
    let drawing = studio.draw(vec2(WIDTH, height), |ui| draw(ui, look))?;
    let width = Length::millimetres(170.0);
    Ok(Printed {
        drawing,
        page: [width, width.scaled(height / WIDTH)],
        ground: Some(look.card),
        title: title.to_owned(),
        description: description.to_owned(),
        state: None,
    })
}

/// The width of the drawings, in points.
pub const WIDTH: f32 = 780.0;

/// How the output of one neuron over its input changes with one of its knobs.
fn family(varied: Knob, mode: Mode) -> Plate {
    Plate {
        mode,
        exhibits: vec![Exhibit::Family],
        width: Length::millimetres(120.0),
        varied: Some(Target::Knob(varied)),
        values: vec![-4.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 4.0],
        from: Some(-6.0),
        to: Some(6.0),
        y: Some([-0.05, 1.05]),
        ..Plate::default()
    }
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

fn plate(pane: Pane, mode: Mode) -> Plate {
    Plate {
        exhibits: vec![Exhibit::Pane(pane)],
        mode,
        width: Length::millimetres(if pane == Pane::Diagram { 120.0 } else { 100.0 }),
        ..Plate::default()
    }
}

fn preset(name: &str) -> Result<Document, PlateError> {
    let broken = |text: String| PlateError::Size(text);
    let preset = Preset::named(name).ok_or_else(|| broken(format!("there is no preset {name}")))?;
    preset.document().map_err(|e| broken(e.to_string()))
}
