//! What a diagram needs on paper.

use egui::{Color32, FontId, Painter, Vec2, vec2};

use crate::look::type_scale;
use neurodial_core::network::{Knob, NeuronAt};
use crate::panes::plate::Side;
use crate::panes::{Labels, Scene};
use crate::widgets::maths::Piece;

use super::edges::MOST_EDGES;
use super::geometry;
use super::needs::Needs;
use super::paint;

/// The most columns that have room beside other panes.
const MOST_COLUMNS: usize = 6;
/// As many neurons of a layer are never left out.
const MOST_KEPT: usize = 8;

/// The width that it needs, in points.
pub fn width(painter: &Painter, scene: &Scene<'_>) -> Side {
    let blueprint = scene.session.blueprint();
    let fewest = geometry::fewest_columns(blueprint, scene.session.view().selected);
    let columns = (1 + blueprint.layers().len()).min(MOST_COLUMNS);
    let [least, wanted] = needs(painter, scene).widths(fewest, columns.max(fewest));
    Side::new(least, wanted)
}

/// The height that it needs in a pane of `width` points.
pub fn height(scene: &Scene<'_>, width: f32) -> Side {
    const PITCH: f32 = 82.0;
    const LOWEST: f32 = 190.0;
    // In a narrow pane the labels of the weights need height instead of width.
    const NARROW: f32 = 320.0;
    let blueprint = scene.session.blueprint();
    let layers = (0..blueprint.layers().len()).map(|layer| blueprint.width(layer));
    let most = layers.fold(blueprint.inputs(), usize::max);
    let wanted = (24.0 + PITCH * most as f32).clamp(LOWEST, NARROW.max(0.95 * width));
    let least = geometry::least_height(blueprint, MOST_KEPT);
    Side::new(least, wanted)
}

/// What its words and numbers need.
pub fn needs(painter: &Painter, scene: &Scene<'_>) -> Needs {
    let session = scene.session;
    let blueprint = session.blueprint();
    let small = type_scale::small();
    let width = |text: String, font: &FontId| {
        painter
            .layout_no_wrap(text, font.clone(), Color32::BLACK)
            .size()
            .x
    };
    let neurons = || {
        let of_layer = |layer| (0..blueprint.width(layer)).map(move |neuron| NeuronAt { layer, neuron });
        (0..blueprint.layers().len()).flat_map(of_layer)
    };
    let inputs = session.document().inputs.iter();
    let numbers = neurons()
        .map(|at| scene.output(at))
        .chain(inputs.copied())
        .map(|value| scene.number(value));
    let strong = FontId::new(least_number(scene), type_scale::strong().family);
    let number = longest_number(numbers).map_or(0.0, |text| width(text, &strong));
    let value = |knob: Knob| scene.number(session.document().value(knob.into()).unwrap_or(0.0));
    let bias = longest_number(neurons().map(|at| value(Knob::bias(at.layer, at.neuron)))).unwrap_or_default();
    let last = blueprint.last_layer();
    let outputs = || neurons().filter(|at| at.layer == last);
    let symbol = blueprint.symbol(Knob::bias(last, blueprint.width(last) - 1));
    let named_bias = paint::bias_width(painter, scene.look, &symbol, &bias);
    let heads = (0..blueprint.layers().len()).map(|layer| {
        let activation = blueprint.layers()[layer].activation();
        width(
            activation
                .map_or("mixed", |activation| activation.name())
                .to_owned(),
            &small,
        )
    });
    let heads = heads.fold(width("inputs".to_owned(), &small), f32::max);
    let words = outputs().map(|at| {
        let activation = blueprint.layers()[last].neurons[at.neuron].activation;
        paint::activation_words(activation, scene.sum(at), blueprint.width(last))
    });
    let words = longest(words).map_or(0.0, |text| width(text, &small));
    let was = longest(
        outputs()
            .filter_map(|at| scene.was_output(at))
            .map(|was| scene.number(was)),
    );
    let was = was.map_or(0.0, |text| width(format!("was {text}"), &small));
    let names = (0..blueprint.inputs()).map(|input| match &blueprint.input_names()[input] {
        Some(name) => width(name.clone(), &type_scale::body()),
        None => Piece::symbol(painter, &blueprint.input_symbol(input), 1.0, scene.look.ink).width,
    });
    let (label, labels) = labels(painter, scene);
    Needs {
        name: names.fold(0.0, f32::max),
        number,
        line: heads.max(width(bias, &small) + 8.0),
        named_line: heads.max(named_bias + 3.0),
        beside: named_bias.max(words).max(was),
        label,
        labels,
    }
}

/// The widest label of an edge, and the most labels between two columns.
fn labels(painter: &Painter, scene: &Scene<'_>) -> (f32, usize) {
    let blueprint = scene.session.blueprint();
    let layers = 0..blueprint.layers().len();
    let edges = |layer: usize| blueprint.fan_in(layer) * blueprint.width(layer);
    let selected = scene.session.view().selected;
    let (is_any, most) = match scene.paper.map(|paper| paper.labels) {
        Some(Labels::All) => (
            layers.clone().map(edges).sum::<usize>() <= MOST_EDGES,
            layers.clone().map(edges).max().unwrap_or(0),
        ),
        Some(Labels::Selected) => (true, blueprint.fan_in(selected.layer)),
        _ => (false, 0),
    };
    if !is_any || most > MOST_EDGES {
        return (0.0, 0);
    }
    let network = &scene.session.document().network;
    let numbers: Vec<f64> = match scene.paper.map(|paper| paper.labels) {
        Some(Labels::Selected) => blueprint
            .knobs_of_neuron(selected.layer, selected.neuron)
            .filter_map(|knob| network.get(knob))
            .collect(),
        _ => network.knobs().to_vec(),
    };
    let longest = longest_number(numbers.into_iter().map(|number| scene.number(number)));
    let widest = longest.map_or(0.0, |text| label_size(painter, text, &label_font(scene)).x);
    (widest, most)
}

/// The least size of a number in a disc, in points.
pub fn least_number(scene: &Scene<'_>) -> f32 {
    scene
        .paper
        .map_or(paint::LEAST_NUMBER, |paper| paper.least_number)
}

/// The type of labels on edges.
pub fn label_font(scene: &Scene<'_>) -> FontId {
    let small = type_scale::small();
    FontId::new(small.size.max(least_number(scene)), small.family)
}

/// How large a label is.
pub fn label_size(painter: &Painter, text: String, font: &FontId) -> Vec2 {
    let galley = painter.layout_no_wrap(text, font.clone(), Color32::BLACK);
    vec2(galley.size().x + 9.0, 1.4 * font.size)
}

fn longest(texts: impl Iterator<Item = String>) -> Option<String> {
    texts.max_by_key(|text| text.chars().count())
}

/// The longest number with a sign: nothing moves where a number that is swept or learned comes to be negative.
fn longest_number(texts: impl Iterator<Item = String>) -> Option<String> {
    longest(texts.map(|text| match text.starts_with('−') {
        true => text,
        false => format!("−{text}"),
    }))
}
