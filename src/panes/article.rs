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

use egui_figure::{Drawing, HeadlessContext};
use crate::look::{ColorTheme, ThemeMode, style, type_scale};
use neurodial_core::network::{Activation, Architecture, Network, MathSymbol};
use neurodial_core::session::{Document, Preset, format};

use super::Pane;
use super::plate::{FigurePanel, Length, FigureSpec, FigurePageError, RenderedFigure};
use families::VariedKnob;

/// One of the article's figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArticleFigure {
    /// The anatomy of a natural neuron.
    BiologicalNeuron,
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
        Self::BiologicalNeuron,
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
            Self::BiologicalNeuron => "natural-neuron",
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
    pub fn draw(self, headless: &mut HeadlessContext, mode: ThemeMode) -> Result<RenderedFigure, FigurePageError> {
        let theme = ColorTheme::from_mode(mode);
        style::apply(headless.context(), theme);
        let wide = Length::millimeters(PAGE_WIDTH);
        let page = match self {
            Self::BiologicalNeuron => ArticlePage {
                drawing: headless.draw(vec2(NEURON_WIDTH, natural::HEIGHT), |ui| natural::biological_neuron_ui(ui, theme))?,
                width: wide,
                title: "A natural neuron",
                description: natural::DESCRIPTION.to_owned(),
                document: None,
            },
            Self::ArtificialNeuron => ArticlePage {
                drawing: headless.draw(vec2(NEURON_WIDTH, artificial::HEIGHT), |ui| {
                    artificial::artificial_neuron_ui(ui, theme);
                })?,
                width: wide,
                title: "An artificial neuron",
                description: artificial::DESCRIPTION.to_owned(),
                document: None,
            },
            Self::WeightFamily => family_page(VariedKnob::Weight, headless, theme)?,
            Self::BiasFamily => family_page(VariedKnob::Bias, headless, theme)?,
            Self::Step => ArticlePage {
                drawing: headless.draw(step::SIZE.into(), |ui| step::step_ui(ui, theme))?,
                width: Length::millimeters(85.0),
                title: "The step function",
                description: step::DESCRIPTION.to_owned(),
                document: Some(one_neuron(Activation::Step)?),
            },
            Self::Network => return network_figure(headless, mode),
            Self::Output => {
                let document = preset_document("article")?;
                ArticlePage {
                    drawing: output::draw(headless, theme, &document)?,
                    width: wide,
                    title: "What the network computes",
                    description: output::description(&document)?,
                    document: Some(document),
                }
            }
        };
        Ok(page.into_rendered(theme))
    }
}

/// A drawing on its page.
struct ArticlePage {
    drawing: Drawing,
    width: Length,
    title: &'static str,
    description: String,
    /// What it shows, if that is a network.
    document: Option<Document>,
}

impl ArticlePage {
    fn into_rendered(self, theme: &ColorTheme) -> RenderedFigure {
        let size = self.drawing.size;
        RenderedFigure {
            drawing: self.drawing,
            page: [self.width, self.width.scaled(size.y / size.x)],
            background: Some(theme.card),
            title: self.title.to_owned(),
            description: self.description,
            document: self.document.as_ref().map(format::write),
        }
    }
}

/// The width of the page, in mm. Where it is made as narrow as a column of 85 mm, all words can still be read: they are
/// then no smaller than 6.5 points of 1/72 inch.
const PAGE_WIDTH: f32 = 120.0;
/// The width of the two neurons, in points.
const NEURON_WIDTH: f32 = 640.0;
/// The width of figures with the window's sizes of type, in points.
const NARROW_WIDTH: f32 = 424.0;

/// A symbol without indices: of a neuron with one input there is one of each.
fn symbol(letter: char) -> MathSymbol {
    MathSymbol {
        letter,
        subscript: String::new(),
        superscript: None,
    }
}

/// The width of the network, in points: the numbers on its edges are smaller than other words.
const NETWORK_WIDTH: f32 = 408.0;

/// How the output of one neuron over its input changes with one of its knobs.
fn family_page(varied: VariedKnob, headless: &mut HeadlessContext, theme: &'static ColorTheme) -> Result<ArticlePage, FigurePageError> {
    let document = one_neuron(Activation::Sigmoid)?;
    Ok(ArticlePage {
        drawing: families::draw(varied, headless, theme, &document)?,
        width: Length::millimeters(PAGE_WIDTH),
        title: match varied {
            VariedKnob::Weight => "What a weight does",
            VariedKnob::Bias => "What a bias does",
        },
        description: varied.description().to_owned(),
        document: Some(document),
    })
}

/// One input, one neuron, weight 1 and bias 0.
fn one_neuron(activation: Activation) -> Result<Document, FigurePageError> {
    let broken = |text: String| FigurePageError::Invalid(text);
    let architecture = Architecture::dense(1, &[(1, activation)]).map_err(|e| broken(e.to_string()))?;
    let network = Network::from_knobs(architecture, vec![1.0, 0.0]);
    network
        .map(Document::new)
        .ok_or_else(|| broken("a neuron with one input has two knobs".to_owned()))
}

/// The network of the article with all its numbers.
fn network_figure(headless: &mut HeadlessContext, mode: ThemeMode) -> Result<RenderedFigure, FigurePageError> {
    let spec = FigureSpec {
        panels: vec![FigurePanel::Pane(Pane::Diagram)],
        mode,
        width: Length::millimeters(PAGE_WIDTH),
        font_size: Some(type_scale::body().size * PAGE_WIDTH / 25.4 * 72.0 / NETWORK_WIDTH),
        ..FigureSpec::default()
    };
    let printed = spec.draw(headless, &preset_document("article")?)?;
    Ok(RenderedFigure {
        title: "A network of 4 inputs and 3 neurons".to_owned(),
        background: Some(ColorTheme::from_mode(mode).card),
        ..printed
    })
}

fn preset_document(name: &str) -> Result<Document, FigurePageError> {
    let broken = |text: String| FigurePageError::Invalid(text);
    let preset = Preset::from_name(name).ok_or_else(|| broken(format!("there is no preset {name}")))?;
    preset.document().map_err(|e| broken(e.to_string()))
}
