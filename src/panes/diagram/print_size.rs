//! The size that the diagram needs in a figure.

use egui::{Color32, FontId, Painter};

use crate::panes::context::{EdgeLabels, PaneContext};
use crate::panes::pane_info::SizeHint;
use crate::theme::type_scale;
use crate::widgets::math::MathBox;
use neurodial_core::network::{Knob, NeuronAddress};

use super::geometry;
use super::label_fonts;
use super::paint;
use super::plain;
use super::plain_paint;
use super::sizes::DiagramTextSizes;
use super::sizes::MAX_EDGES;

/// The maximum number of columns that count for the preferred width; larger networks leave layers out beside
/// other panes.
const MAX_COLUMNS: usize = 6;
/// The number of neurons of a layer that the minimum height has space for.
const MIN_VISIBLE_NEURONS: usize = 8;

/// Returns the minimum and preferred width of the diagram in a figure, in points.
pub(crate) fn print_width(painter: &Painter, context: &PaneContext<'_>) -> SizeHint {
    let architecture = context.session.architecture();
    if plain_paint::is_plain(context) {
        let [min, preferred] =
            plain::widths(architecture, plain_paint::painted_name_widths(painter, context));
        return SizeHint::new(min, preferred);
    }
    let min_columns = geometry::min_columns(architecture, context.session.view().selected);
    let columns = (1 + architecture.layers().len()).min(MAX_COLUMNS);
    let [min, preferred] = text_sizes(painter, context).pane_widths(min_columns, columns.max(min_columns));
    SizeHint::new(min, preferred)
}

/// Returns the minimum and preferred height of the diagram in a pane of `width` points.
pub(crate) fn print_height(context: &PaneContext<'_>, width: f32) -> SizeHint {
    if plain_paint::is_plain(context) {
        let [min, preferred] = plain_paint::print_heights(context);
        return SizeHint::new(min, preferred);
    }
    const NEURON_PITCH: f32 = 82.0;
    const MIN_HEIGHT: f32 = 190.0;
    // In a narrow pane the labels of the weights need height instead of width.
    const MAX_NARROW_HEIGHT: f32 = 420.0;
    let architecture = context.session.architecture();
    let layers = (0..architecture.layers().len()).map(|layer| architecture.width(layer));
    let inputs = match context.session.document().image_shape() {
        Some(_) => 1,
        None => architecture.input_count(),
    };
    let max_neurons = layers.fold(inputs, usize::max);
    let preferred_height =
        (24.0 + NEURON_PITCH * max_neurons as f32).clamp(MIN_HEIGHT, MAX_NARROW_HEIGHT.max(0.95 * width));
    let min_height = geometry::min_height(architecture, MIN_VISIBLE_NEURONS);
    SizeHint::new(min_height, preferred_height)
}

/// Returns the sizes of the diagram's texts at the current values, in points.
pub(crate) fn text_sizes(painter: &Painter, context: &PaneContext<'_>) -> DiagramTextSizes {
    let session = context.session;
    let architecture = session.architecture();
    let small = type_scale::small();
    let width = |text: String, font: &FontId| {
        painter
            .layout_no_wrap(text, font.clone(), Color32::BLACK)
            .size()
            .x
    };
    let neurons = || {
        let neurons_of_layer =
            |layer| (0..architecture.width(layer)).map(move |neuron| NeuronAddress { layer, neuron });
        (0..architecture.layers().len()).flat_map(neurons_of_layer)
    };
    let image = session.document().image_shape();
    // A picture has neither names nor numbers.
    let shown_inputs = match image {
        Some(_) => 0,
        None => architecture.input_count(),
    };
    let inputs = session.document().inputs.iter().take(shown_inputs);
    let numbers = neurons()
        .map(|at| context.format_value(context.output(at)))
        .chain(inputs.map(|&value| context.format_adjustable(value)));
    let number_font = FontId::new(label_fonts::min_number_size(context), type_scale::strong().family);
    let number_width = longest_number(numbers).map_or(0.0, |text| width(text, &number_font));
    let value = |knob: Knob| context.format_adjustable(session.document().value(knob.into()).unwrap_or(0.0));
    let bias = longest_number(neurons().map(|at| value(Knob::bias(at.layer, at.neuron)))).unwrap_or_default();
    let last = architecture.last_layer();
    let outputs = || neurons().filter(|at| at.layer == last);
    let symbol = architecture.symbol(Knob::bias(last, architecture.width(last) - 1));
    let named_bias = paint::bias_width(painter, context, &symbol, &bias);
    let header_widths = (0..architecture.layers().len()).map(|layer| {
        let activation = architecture.layers()[layer].activation();
        width(
            label_fonts::activation_label(activation, context.messages).to_owned(),
            &small,
        )
    });
    let header_width = header_widths.fold(
        width(context.messages.diagram_inputs().to_owned(), &small),
        f32::max,
    );
    let activation_texts = outputs().map(|at| {
        let activation = architecture.layers()[last].neurons[at.neuron].activation;
        paint::activation_state_text(
            activation,
            context.weighted_sum(at),
            architecture.width(last),
            context.messages,
        )
    });
    let activation_width = longest(activation_texts).map_or(0.0, |text| width(text, &small));
    let was = longest(
        outputs()
            .filter_map(|at| context.snapshot_output(at))
            .map(|was| context.format_value(was)),
    );
    let was = was.map_or(0.0, |text| {
        width(context.messages.diagram_snapshot_output(text), &small)
    });
    let names = (0..shown_inputs).map(|input| match &architecture.input_names()[input] {
        Some(name) => width(name.clone(), &type_scale::body()),
        None => {
            MathBox::symbol(
                painter,
                &architecture.input_symbol(input),
                1.0,
                context.theme.text,
            )
            .width
        }
    });
    let document = session.document();
    let output_names = (0..architecture.width(last)).filter_map(|neuron| document.output_name(neuron));
    let output_names = output_names.map(|name| width(name.to_owned(), &type_scale::strong()));
    let (label_width, label_count) = label_width_and_count(painter, context);
    DiagramTextSizes {
        input_name_width: names.fold(0.0, f32::max),
        number_width,
        line_width: header_width.max(width(bias, &small) + 8.0),
        named_line_width: header_width.max(named_bias + 3.0),
        output_text_width: named_bias.max(activation_width).max(was),
        output_name_width: output_names.fold(0.0, f32::max),
        label_width,
        label_count,
        image,
    }
}

/// Returns the width of the widest label of an edge, in points, and the largest number of labels between two
/// columns; both are 0 if no labels are shown.
fn label_width_and_count(painter: &Painter, context: &PaneContext<'_>) -> (f32, usize) {
    let architecture = context.session.architecture();
    let layers = 0..architecture.layers().len();
    let has_image = context.session.document().image_shape().is_some();
    // The lines from a picture are not weights.
    let fan_in = |layer: usize| match layer {
        0 if has_image => 0,
        _ => architecture.fan_in(layer),
    };
    let edges = |layer: usize| fan_in(layer) * architecture.width(layer);
    let selected = context.session.view().selected;
    let (has_labels, max_count) = match context.options.map(|options| options.edge_labels) {
        Some(EdgeLabels::All) => (
            layers.clone().map(edges).sum::<usize>() <= MAX_EDGES,
            layers.clone().map(edges).max().unwrap_or(0),
        ),
        Some(EdgeLabels::Selected) => (true, fan_in(selected.layer)),
        _ => (false, 0),
    };
    if !has_labels || max_count == 0 || max_count > MAX_EDGES {
        return (0.0, 0);
    }
    let network = &context.session.document().network;
    let numbers: Vec<f64> = match context.options.map(|options| options.edge_labels) {
        Some(EdgeLabels::Selected) => architecture
            .knobs_of_neuron(selected.layer, selected.neuron)
            .filter_map(|knob| network.get(knob))
            .collect(),
        _ => network.knobs().to_vec(),
    };
    let longest = longest_number(
        numbers
            .into_iter()
            .map(|number| context.format_adjustable(number)),
    );
    let widest = longest.map_or(0.0, |text| {
        label_fonts::label_size(painter, text, &label_fonts::label_font(context)).x
    });
    (widest, max_count)
}

/// Returns the text with the most characters.
fn longest(texts: impl Iterator<Item = String>) -> Option<String> {
    texts.max_by_key(|text| text.chars().count())
}

/// Returns the longest number with a minus sign, so that the layout stays the same when a number becomes
/// negative during a sweep or training.
fn longest_number(texts: impl Iterator<Item = String>) -> Option<String> {
    longest(texts.map(|text| match text.starts_with('−') {
        true => text,
        false => format!("−{text}"),
    }))
}
