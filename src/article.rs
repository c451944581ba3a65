//! The article's own figures, redrawn in one style with the numbers of the presets: the two neurons, the
//! effect of weight and bias, the step function, the network and its output.
//!
//! A file imports only files above it in this table.
//!
//! | file | content |
//! | --- | --- |
//! | `labels` | symbols, callouts, and the roles of the parts of both neurons |
//! | `biological_neuron` | the anatomy of a biological neuron |
//! | `artificial_neuron` | the anatomy of an artificial neuron |
//! | `families` | curve families for a weight and for a bias |
//! | `step` | the step function |
//! | `output` | the computation of the network, product by product |

pub(crate) mod artificial_neuron;
pub(crate) mod biological_neuron;
pub(crate) mod families;
pub(crate) mod labels;
pub(crate) mod output;
pub(crate) mod step;

use egui::vec2;

use crate::theme::{ColorTheme, ThemeMode, style, type_scale};
use egui_figure::{Drawing, HeadlessContext};
use neurodial_core::formats::{Preset, json};
use neurodial_core::network::Activation;
use neurodial_core::session::Document;
use neurodial_core::text::{Locale, Messages};

use crate::figure_page::{FigurePageError, FigureSpec, Length, RenderedFigure};
use families::VariedKnob;

neurodial_core::named_enum! {
    /// One of the article's figures.
    pub enum ArticleFigure {
        /// The anatomy of a biological neuron.
        BiologicalNeuron = "natural-neuron",
        /// The anatomy of an artificial neuron.
        ArtificialNeuron = "artificial-neuron",
        /// The output of a neuron for several weights.
        WeightFamily = "weight-family",
        /// The output of a neuron for several biases.
        BiasFamily = "bias-family",
        /// The step function.
        Step = "step",
        /// The network of 4 inputs and 3 neurons.
        Network = "network",
        /// The computation of that network.
        Output = "output",
    }
}

impl ArticleFigure {
    /// Draws the figure in the colors of a theme.
    ///
    /// # Errors
    /// Returns an error if a bundled document or font is broken.
    pub fn draw(
        self,
        headless: &mut HeadlessContext,
        mode: ThemeMode,
        messages: Messages,
    ) -> Result<RenderedFigure, FigurePageError> {
        let theme = ColorTheme::from_mode(mode);
        style::apply(headless.context(), theme);
        let width = Length::millimeters(PAGE_WIDTH);
        let page = match self {
            Self::BiologicalNeuron => ArticlePage {
                drawing: headless.draw(vec2(NEURON_WIDTH, biological_neuron::HEIGHT), |ui| {
                    biological_neuron::biological_neuron_ui(ui, theme, messages)
                })?,
                width,
                title: messages.article_biological_neuron(),
                description: messages.article_biological_neuron_description().to_owned(),
                document: None,
            },
            Self::ArtificialNeuron => ArticlePage {
                drawing: headless.draw(vec2(NEURON_WIDTH, artificial_neuron::HEIGHT), |ui| {
                    artificial_neuron::artificial_neuron_ui(ui, theme, messages);
                })?,
                width,
                title: messages.article_artificial_neuron(),
                description: messages.article_artificial_neuron_description().to_owned(),
                document: None,
            },
            Self::WeightFamily => family_page(VariedKnob::Weight, headless, theme, messages)?,
            Self::BiasFamily => family_page(VariedKnob::Bias, headless, theme, messages)?,
            Self::Step => ArticlePage {
                drawing: headless.draw(step::SIZE.into(), |ui| step::step_ui(ui, theme, messages))?,
                width: Length::millimeters(85.0),
                title: messages.article_step(),
                description: messages.article_step_description().to_owned(),
                document: Some(one_neuron(Activation::Step)?),
            },
            Self::Network => return network_figure(headless, mode, messages),
            Self::Output => {
                let document = Preset::DEFAULT.document()?;
                ArticlePage {
                    drawing: output::draw(headless, (theme, messages), &document)?,
                    width,
                    title: messages.article_output(),
                    description: output::description(&document, messages)?,
                    document: Some(document),
                }
            }
        };
        Ok(page.into_rendered(theme, messages.locale))
    }
}

/// A drawing with its title, its description and the document that it shows.
struct ArticlePage {
    drawing: Drawing,
    width: Length,
    title: &'static str,
    description: String,
    /// The document that is embedded in the figure; `None` if the figure shows no network.
    document: Option<Document>,
}

impl ArticlePage {
    fn into_rendered(self, theme: &ColorTheme, locale: Locale) -> RenderedFigure {
        let size = self.drawing.size;
        RenderedFigure {
            drawing: self.drawing,
            page: [self.width, self.width.scaled(size.y / size.x)],
            background: Some(theme.card),
            is_grayscale: theme.mode == ThemeMode::Grayscale,
            locale,
            title: self.title.to_owned(),
            description: self.description,
            document: self.document.as_ref().map(json::write),
        }
    }
}

/// The width of the page, in mm. Text is large enough that it is no smaller than 6.5 points of 1/72 inch if
/// the figure is scaled to a column of 85 mm.
const PAGE_WIDTH: f32 = 120.0;
/// The width of the drawings of the two neurons, in points.
const NEURON_WIDTH: f32 = 640.0;
/// The width of the network, in points. It is smaller because the numbers on its connections are smaller than
/// other text.
const NETWORK_WIDTH: f32 = 408.0;

/// Draws the curve family of one neuron's output over its input for several values of one knob.
fn family_page(
    varied: VariedKnob,
    headless: &mut HeadlessContext,
    theme: &'static ColorTheme,
    messages: Messages,
) -> Result<ArticlePage, FigurePageError> {
    let document = one_neuron(Activation::Sigmoid)?;
    let (title, description) = match varied {
        VariedKnob::Weight => (
            messages.article_weight_family(),
            messages.article_weight_family_description(),
        ),
        VariedKnob::Bias => (
            messages.article_bias_family(),
            messages.article_bias_family_description(),
        ),
    };
    Ok(ArticlePage {
        drawing: families::draw(varied, headless, (theme, messages), &document)?,
        width: Length::millimeters(PAGE_WIDTH),
        title,
        description: description.to_owned(),
        document: Some(document),
    })
}

/// Returns a document with one input and one neuron, with weight 1 and bias 0.
fn one_neuron(activation: Activation) -> Result<Document, FigurePageError> {
    let activation = activation.name();
    let text = format!(
        r#"{{"neurodial":1,"layers":[{{"activation":"{activation}","weights":[[1]],"biases":[0]}}]}}"#
    );
    Ok(json::read(&text)?)
}

/// Draws the network of the article with all its numbers.
fn network_figure(
    headless: &mut HeadlessContext,
    mode: ThemeMode,
    messages: Messages,
) -> Result<RenderedFigure, FigurePageError> {
    let document = Preset::DEFAULT.document()?;
    let spec = FigureSpec {
        mode,
        locale: messages.locale,
        width: Length::millimeters(PAGE_WIDTH),
        font_size: Some(type_scale::body().size * PAGE_WIDTH / 25.4 * 72.0 / NETWORK_WIDTH),
        ..FigureSpec::for_document(&document)
    };
    let printed = spec.draw(headless, &document)?;
    Ok(RenderedFigure {
        title: messages.article_network().to_owned(),
        background: Some(ColorTheme::from_mode(mode).card),
        ..printed
    })
}
