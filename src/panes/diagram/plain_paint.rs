//! Painting of the plain diagram.

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, Vec2, pos2, vec2};

use crate::canvas::{Canvas, Element, ElementInfo, HitShape, Placement};
use crate::panes::context::{DiagramStyle, EdgeLabels, PaneContext};
use crate::theme::{ColorTheme, type_scale};
use crate::widgets::math::MathBox;
use crate::widgets::truncated_text;
use neurodial_core::network::{Architecture, Knob, MathSymbol};
use neurodial_core::session::Document;

use super::edges::{LABEL_HALO, segment_outside};
use super::geometry::ColumnContent;
use super::label_fonts;
use super::labels::EdgeLabelOptions;
use super::plain::{
    self, CircleKind, MIN_SYMBOL_RADIUS, NAME_GAP, PlainCircle, PlainDiagram, PlainEdge, PlainOptions,
};

/// The width of the outline of a circle, in points.
pub(super) const OUTLINE_WIDTH: f32 = 1.1;

/// The smallest scale of a symbol in a circle.
const MIN_SYMBOL_SCALE: f32 = 0.45;

/// True if the diagram is drawn in the plain style.
pub(crate) fn is_plain(context: &PaneContext<'_>) -> bool {
    let style = context.options.map(|options| options.diagram.style);
    style == Some(DiagramStyle::Plain)
}

/// Returns the content of the plain diagram of a figure.
pub(crate) fn plain_options(context: &PaneContext<'_>) -> PlainOptions {
    let selected = context.session.view().selected;
    PlainOptions {
        has_numbers: context.has_numbers(),
        has_labels: context
            .options
            .is_some_and(|options| options.edge_labels != EdgeLabels::None),
        has_bias_nodes: context
            .options
            .is_some_and(|options| options.diagram.has_bias_nodes()),
        has_legend: context.options.is_some_and(|options| options.has_legend),
        selected: Some(selected).filter(|&at| context.is_selected(at)),
    }
}

/// Returns the name beside a circle; `None` if it has none.
pub(super) fn name_of(document: &Document, kind: CircleKind) -> Option<&str> {
    let architecture = document.network.architecture();
    match kind {
        CircleKind::Input(input) => architecture.input_names()[input].as_deref(),
        CircleKind::Neuron(at) if at.layer == architecture.last_layer() => document.output_name(at.neuron),
        CircleKind::Neuron(_) | CircleKind::Bias(_) => None,
    }
}

/// Returns the symbol of a circle; `None` for the constant 1.
pub(super) fn symbol_of(architecture: &Architecture, kind: CircleKind) -> Option<MathSymbol> {
    match kind {
        CircleKind::Input(input) => Some(architecture.input_symbol(input)),
        CircleKind::Neuron(at) => Some(architecture.a_symbol(at)),
        CircleKind::Bias(_) => None,
    }
}

/// Returns the widths of the widest name of an input and of an output, given the width of a name.
pub(super) fn name_widths(document: &Document, width: impl Fn(&str) -> f32) -> [f32; 2] {
    let architecture = document.network.architecture();
    let inputs = architecture.input_names().iter().flatten();
    let outputs = 0..architecture.width(architecture.last_layer());
    let outputs = outputs.filter_map(|neuron| document.output_name(neuron));
    [
        inputs.map(|name| width(name)).fold(0.0, f32::max),
        outputs.map(&width).fold(0.0, f32::max),
    ]
}

/// Returns the widths of the widest name of an input and of an output.
pub(crate) fn painted_name_widths(painter: &Painter, context: &PaneContext<'_>) -> [f32; 2] {
    name_widths(context.session.document(), |name| {
        let galley = painter.layout_no_wrap(name.to_owned(), type_scale::body(), Color32::BLACK);
        galley.size().x
    })
}

/// A line of text of the plain diagram.
pub(super) struct PlainText {
    /// The center.
    pub(super) center: Pos2,
    pub(super) text: String,
}

/// Returns the names of the layers above the circles, and below them the numbers of neurons and the activation
/// functions.
pub(super) fn texts(diagram: &PlainDiagram, context: &PaneContext<'_>) -> Vec<PlainText> {
    let architecture = context.session.architecture();
    let messages = context.messages;
    let last = architecture.last_layer();
    let mut texts = Vec::new();
    let mut add = |x: f32, y: f32, text: String| {
        let center = pos2(x, y);
        texts.push(PlainText { center, text });
    };
    if let Some(x) = diagram.hidden_header_x(last) {
        let name = match diagram.bracket {
            Some(_) => messages.diagram_hidden_layers_plain(),
            None => messages.diagram_hidden_layer_plain(),
        };
        add(x, diagram.header_y, name.to_owned());
    }
    for column in &diagram.columns {
        let (header, count, activation) = match column.content {
            ColumnContent::Inputs => (
                Some(messages.diagram_input_layer_plain()),
                architecture.input_count(),
                None,
            ),
            ColumnContent::Layer(layer) => (
                (layer == last).then(|| messages.diagram_output_layer_plain()),
                architecture.width(layer),
                Some(label_fonts::activation_label(
                    architecture.layers()[layer].activation(),
                    messages,
                )),
            ),
            ColumnContent::Gap(layers) => {
                if context.has_numbers() {
                    add(
                        column.x,
                        diagram.caption_y,
                        messages.diagram_layers_left_out(layers),
                    );
                }
                continue;
            }
        };
        if let Some(header) = header {
            add(column.x, diagram.header_y, header.to_owned());
        }
        let mut y = diagram.caption_y;
        if context.has_numbers() {
            add(column.x, y, count.to_string());
            y += 16.0;
        }
        if let Some(activation) = activation {
            add(column.x, y, activation.to_owned());
        }
    }
    texts
}

/// The color of an edge, without its opacity.
pub(super) fn edge_color(theme: &ColorTheme, edge: &PlainEdge) -> Color32 {
    theme.sign_color(edge.value)
}

/// True if an edge is dashed: where colors don't show the sign.
pub(super) fn is_dashed(theme: &ColorTheme, edge: &PlainEdge) -> bool {
    edge.value < 0.0 && theme.mode == crate::theme::ThemeMode::Grayscale
}

/// Returns the colors of the outline and of the fill of a circle.
pub(super) fn circle_colors(context: &PaneContext<'_>, circle: &PlainCircle) -> [Color32; 2] {
    let theme = context.theme;
    let has_layer_colors = context
        .options
        .is_some_and(|options| options.diagram.has_layer_colors);
    match circle.kind {
        CircleKind::Bias(_) => [theme.weak_text, theme.track],
        _ if has_layer_colors => {
            let color = theme.neuron_color(circle.level);
            [color, ColorTheme::mix(theme.card, color, 0.22)]
        }
        _ => [theme.text, theme.card],
    }
}

/// Draws the plain diagram into a rectangle.
pub(super) fn plain_ui(canvas: &mut Canvas<'_>, context: &PaneContext<'_>) {
    let options = plain_options(context);
    let network = &context.session.document().network;
    let names = painted_name_widths(canvas.painter(), context);
    let diagram = PlainDiagram::new(network, canvas.rect(), names, options);
    let font = label_fonts::label_font(context);
    let labels = {
        let painter = canvas.painter();
        let galley = |text: &str| painter.layout_no_wrap(text.to_owned(), font.clone(), context.theme.text);
        labels(&diagram, context, |text| galley(text).size() + vec2(4.0, -2.0))
    };
    for edge in &diagram.edges {
        edge_ui(canvas, context, &diagram, edge, &labels);
    }
    for circle in &diagram.circles {
        circle_ui(canvas, context, &diagram, circle);
    }
    let theme = context.theme;
    for &(center, step) in &diagram.ellipses {
        for index in [-1.0, 0.0, 1.0] {
            canvas
                .painter()
                .circle_filled(center + index * step, 1.3, theme.text);
        }
    }
    for PlainText { center, text } in texts(&diagram, context) {
        canvas.painter().text(
            center,
            Align2::CENTER_CENTER,
            text,
            type_scale::small(),
            theme.text,
        );
    }
    if let Some(bracket) = diagram.bracket {
        let points = vec![
            bracket.left_bottom(),
            bracket.left_top(),
            bracket.right_top(),
            bracket.right_bottom(),
        ];
        canvas
            .painter()
            .add(Shape::line(points, Stroke::new(1.0, theme.text)));
    }
    labels_ui(canvas.painter(), context, &labels, &font);
    if let Some(y) = diagram.legend_y {
        legend_ui(canvas.painter(), context, &diagram, y);
    }
}

fn edge_ui(
    canvas: &mut Canvas<'_>,
    context: &PaneContext<'_>,
    diagram: &PlainDiagram,
    edge: &PlainEdge,
    labels: &[PlainLabel],
) {
    let theme = context.theme;
    let element = Element::Adjustable(edge.knob.into());
    let [from, mut to] = diagram.edge_points(edge);
    canvas.begin_element(element);
    let color = edge_color(theme, edge).gamma_multiply(edge.opacity());
    let stroke = Stroke::new(diagram.edge_width(edge), color);
    let painter = canvas.painter();
    if diagram.has_arrows {
        let length = 4.0 + 1.5 * stroke.width;
        let direction = (to - from).normalized();
        let base = to - length * direction;
        let side = 0.38 * length * direction.rot90();
        painter.add(Shape::convex_polygon(
            vec![to, base + side, base - side],
            color,
            Stroke::NONE,
        ));
        to = base;
    }
    // The gap around the label of another edge is wider than that of its own.
    let gaps: Vec<Rect> = labels
        .iter()
        .map(|label| {
            let halo = if label.knob == edge.knob { 0.0 } else { LABEL_HALO };
            label.rect.expand(halo)
        })
        .collect();
    for part in segment_outside([from, to], &gaps) {
        if is_dashed(theme, edge) {
            painter.extend(Shape::dashed_line(&part, stroke, 4.0, 2.5));
        } else {
            painter.line_segment(part, stroke);
        }
    }
    let hit_shape = HitShape::Segment {
        from,
        to,
        tolerance: 0.0,
    };
    canvas.place(Placement::new(element, hit_shape), || {
        let messages = context.messages;
        let architecture = context.session.architecture();
        let name = messages.diagram_connection(architecture.describe_knob(edge.knob, messages));
        ElementInfo::new(name, context.format_number(edge.value))
    });
    canvas.end_element();
}

fn circle_ui(
    canvas: &mut Canvas<'_>,
    context: &PaneContext<'_>,
    diagram: &PlainDiagram,
    circle: &PlainCircle,
) {
    let theme = context.theme;
    let radius = diagram.radius;
    let architecture = context.session.architecture();
    let element = circle.kind.element();
    if let Some(element) = element {
        canvas.begin_element(element);
    }
    let [outline, fill] = circle_colors(context, circle);
    let painter = canvas.painter();
    painter.circle(circle.center, radius, fill, Stroke::new(OUTLINE_WIDTH, outline));
    if radius >= MIN_SYMBOL_RADIUS && context.has_numbers() {
        match symbol_of(architecture, circle.kind) {
            Some(symbol) => {
                let whole = MathBox::symbol(painter, &symbol, 1.0, theme.text);
                let scale = (1.55 * radius / whole.width).min(0.055 * radius).min(0.85);
                // A symbol with long indices is left out rather than unreadable.
                if scale >= MIN_SYMBOL_SCALE {
                    let symbol = MathBox::symbol(painter, &symbol, scale, theme.text);
                    let x_height = 0.26 * scale * type_scale::math().size;
                    let base = pos2(circle.center.x - 0.5 * symbol.width, circle.center.y + x_height);
                    symbol.paint(painter, base);
                }
            }
            None => {
                let font = FontId::new((0.9 * radius).min(13.0), type_scale::body().family);
                painter.text(circle.center, Align2::CENTER_CENTER, "1", font, theme.text);
            }
        }
    }
    if let Some(name) = name_of(context.session.document(), circle.kind) {
        let is_input = matches!(circle.kind, CircleKind::Input(_));
        let (anchor, sign) = if is_input {
            (Align2::RIGHT_CENTER, -1.0)
        } else {
            (Align2::LEFT_CENTER, 1.0)
        };
        let at = circle.center + vec2(sign * (radius + NAME_GAP), 0.0);
        let available = if is_input {
            at.x - diagram.rect.left()
        } else {
            diagram.rect.right() - at.x
        };
        let font = FontId::new(
            type_scale::body().size.min(2.4 * radius),
            type_scale::body().family,
        );
        let galley = painter.layout_job(truncated_text(name, font, theme.text, available.max(8.0)));
        let rect = anchor.anchor_size(at, galley.size());
        painter.galley(rect.min, galley, theme.text);
    }
    if let Some(element) = element {
        let hit_shape = HitShape::Circle {
            center: circle.center,
            radius,
        };
        let messages = context.messages;
        canvas.place(Placement::new(element, hit_shape), || match circle.kind {
            CircleKind::Neuron(at) => ElementInfo::new(
                messages.diagram_neuron(architecture.describe_neuron(at, messages)),
                context.format_output(at),
            ),
            CircleKind::Input(input) => ElementInfo::new(
                architecture.describe_input(input, messages),
                context.format_number(context.session.document().inputs[input]),
            ),
            CircleKind::Bias(_) => ElementInfo::default(),
        });
        canvas.end_element();
    }
}

/// The value of an edge, written on it.
pub(super) struct PlainLabel {
    pub(super) knob: Knob,
    pub(super) text: String,
    pub(super) rect: Rect,
}

/// Returns the labels of edges, if there are to be any, where they fit; `size_of` measures a text.
pub(super) fn labels(
    diagram: &PlainDiagram,
    context: &PaneContext<'_>,
    size_of: impl Fn(&str) -> Vec2,
) -> Vec<PlainLabel> {
    let selected = context.session.view().selected;
    let is_labeled = |edge: &&PlainEdge| match context.options.map(|options| options.edge_labels) {
        Some(EdgeLabels::All) => true,
        Some(EdgeLabels::Selected) => edge.knob.neuron_address() == selected,
        Some(EdgeLabels::None) | None => false,
    };
    let edges: Vec<&PlainEdge> = diagram.edges.iter().filter(is_labeled).collect();
    let texts = edges.iter().map(|edge| context.format_adjustable(edge.value));
    let texts: Vec<String> = texts.collect();
    let sizes: Vec<Vec2> = texts.iter().map(|text| size_of(text)).collect();
    let segments: Vec<(Pos2, Pos2)> = edges
        .iter()
        .map(|edge| diagram.edge_points(edge).into())
        .collect();
    let circles = diagram.circles.iter();
    let discs: Vec<(Pos2, f32)> = circles.map(|circle| (circle.center, diagram.radius)).collect();
    let rects = EdgeLabelOptions::for_print().place_labels(&segments, &sizes, &discs, &[]);
    let labels = edges.iter().zip(texts).zip(rects);
    labels
        .filter_map(|((edge, text), rect)| {
            let knob = edge.knob;
            Some(PlainLabel {
                knob,
                text,
                rect: rect?,
            })
        })
        .collect()
}

fn labels_ui(painter: &Painter, context: &PaneContext<'_>, labels: &[PlainLabel], font: &FontId) {
    let color = context.theme.text;
    for label in labels {
        painter.text(
            label.rect.center(),
            Align2::CENTER_CENTER,
            &label.text,
            font.clone(),
            color,
        );
    }
}

/// Draws the legend: the lines of positive and negative weights, and the meaning of their thickness.
fn legend_ui(painter: &Painter, context: &PaneContext<'_>, diagram: &PlainDiagram, y: f32) {
    /// The length of a line, and the distances to its text and to the next line, in points.
    const LENGTH: f32 = 20.0;
    const TEXT_GAP: f32 = 5.0;
    const GAP: f32 = 16.0;
    let (theme, messages) = (context.theme, context.messages);
    let font = type_scale::small();
    let has = |is_shown: fn(f64) -> bool| diagram.edges.iter().any(|edge| is_shown(edge.value));
    let mut samples = Vec::new();
    if has(|value| value > 0.0) {
        samples.push((1.0, messages.diagram_legend_positive()));
    }
    if has(|value| value < 0.0) {
        samples.push((-1.0, messages.diagram_legend_negative()));
    }
    samples.push((0.0, messages.diagram_legend_magnitude()));
    let galleys: Vec<_> = samples
        .iter()
        .map(|(sign, text)| {
            (
                *sign,
                painter.layout_no_wrap((*text).to_owned(), font.clone(), theme.text),
            )
        })
        .collect();
    let width: f32 = galleys
        .iter()
        .map(|(_, galley)| LENGTH + TEXT_GAP + galley.size().x + GAP)
        .sum::<f32>()
        - GAP;
    // What doesn't fit is left out from the end.
    let mut x = (diagram.rect.center().x - 0.5 * width).max(diagram.rect.left());
    for (sign, galley) in galleys {
        let end = x + LENGTH + TEXT_GAP + galley.size().x;
        if end > diagram.rect.right() + 1.0 {
            break;
        }
        let [from, to] = [pos2(x, y), pos2(x + LENGTH, y)];
        if sign == 0.0 {
            let corners = vec![from, to - vec2(0.0, 1.6), to + vec2(0.0, 1.6)];
            painter.add(Shape::convex_polygon(corners, theme.text, Stroke::NONE));
        } else {
            let stroke = Stroke::new(1.8, theme.sign_color(sign));
            if sign < 0.0 && theme.mode == crate::theme::ThemeMode::Grayscale {
                painter.extend(Shape::dashed_line(&[from, to], stroke, 4.0, 2.5));
            } else {
                painter.line_segment([from, to], stroke);
            }
        }
        let text_rect = Rect::from_min_size(
            pos2(x + LENGTH + TEXT_GAP, y - 0.5 * galley.size().y),
            galley.size(),
        );
        painter.galley(text_rect.min, galley, theme.text);
        x = end + GAP;
    }
}

/// Returns the minimum and preferred height of the plain diagram, in points.
pub(crate) fn print_heights(context: &PaneContext<'_>) -> [f32; 2] {
    plain::heights(context.session.architecture(), plain_options(context))
}
