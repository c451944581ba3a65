//! The network diagram: inputs, neurons and edges. Where not all fit, some layers or neurons are left out.
//!
//! | module | content |
//! | --- | --- |
//! | `discs` | the discs of inputs and neurons with their numbers and biases |
//! | `edges` | one edge for each weight |
//! | [`geometry`] | the positions of inputs, neurons and edges |
//! | [`input_image`] | the picture of the inputs, if they are the pixels of one |
//! | `labels` | the weights, written on their edges |
//! | [`paint`] | painting of inputs, neurons and edges |
//! | `plain` | the layout of the plain diagram of figures |
//! | `plain_paint` | its painting |
//! | `tikz` | it as TikZ code |
//! | [`print_size`] | the size that the diagram needs in a figure |
//! | [`sizes`] | the sizes of discs, and of texts in a figure, from which the layout follows |

mod discs;
mod edges;
pub(crate) mod geometry;
pub(crate) mod input_image;
mod label_fonts;
mod labels;
pub(crate) mod paint;
mod plain;
mod plain_paint;
pub(crate) mod print_size;
pub(crate) mod sizes;
mod tikz;

use std::collections::HashMap;

use egui::{
    Align2, Button, Color32, ColorImage, FontId, Painter, Rect, RichText, Role, Sense, TextureId, Ui,
    WidgetInfo, pos2, vec2,
};

use crate::canvas::{Canvas, Element, Elements, FocusLinks, Placement};
use crate::theme::type_scale;
use crate::widgets::cached_texture::cached_texture;
use neurodial_core::insight::small_maps::SmallMap;
use neurodial_core::network::{Architecture, ArchitectureEdit, Knob, NeuronAddress};
use neurodial_core::session::{Adjustable, Document, Edit, WindowLayout};
use neurodial_core::text::Messages;

use super::context::PaneContext;
use super::output_map::map_colors;
use super::pane_info::{LayoutRegion, PaneInfo, PanePlace, SnapshotSample, TextExport};
use geometry::{ColumnContent, ColumnSlot, DiagramColumn, DiagramGeometry, WindowNames};

/// The properties of the pane.
pub(crate) static PANE: PaneInfo = PaneInfo {
    region: Some(LayoutRegion::CenterTop),
    other_places: &[
        PanePlace::new(WindowLayout::Train, LayoutRegion::CenterTop),
        PanePlace::new(WindowLayout::Present, LayoutRegion::Left),
    ],
    shortcut: Some(egui::Key::Num2),
    is_default_figure: true,
    width_share: 1.6,
    figure_options: &DIAGRAM_OPTIONS,
    text_export: Some(TextExport {
        extension: "tex",
        content: Messages::ENGLISH.diagram_tikz_export(),
        to_text: tikz::write,
    }),
    print_width: print_size::print_width,
    print_height: |_, context, width| Ok(print_size::print_height(context, width)),
    snapshot_sample: Some(SnapshotSample::Band),
    is_presented_without_heading: true,
    ..PaneInfo::new(&["diagram"], Messages::pane_diagram, diagram_ui)
};

/// The options of the command line for diagrams.
pub(crate) const DIAGRAM_OPTIONS: [&str; 3] = ["--style", "--bias", "--layer-colors"];

/// The largest distance from an edge or a bias ring at which the pointer still hits it, in points.
const HIT_TOLERANCE: f32 = 6.0;

/// Draws the network diagram into the available rectangle of `ui`.
pub(crate) fn diagram_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    let rect = match context.options {
        None => step_text_ui(ui, context),
        Some(_) => ui.available_rect_before_wrap(),
    };
    if plain_paint::is_plain(context) {
        let mut canvas = Canvas::new(ui, elements, rect, context.canvas_id);
        plain_paint::plain_ui(&mut canvas, context);
        return;
    }
    let selected = context.session.view().selected;
    let architecture = context.session.architecture();
    let geometry = match context.options {
        Some(_) => {
            let needs = print_size::text_sizes(ui.painter(), context);
            DiagramGeometry::for_figure(architecture, rect, selected, &needs)
        }
        None => {
            let names = window_names(ui.painter(), context.session.document());
            DiagramGeometry::for_window(architecture, rect, selected, names, shows_small_maps(context))
        }
    };
    context.scale = geometry.scale;
    let mut small_maps = input_image::weight_textures(ui, context, &geometry);
    small_maps.extend(small_map_textures(ui, context, &geometry));
    let mut canvas = Canvas::new(ui, elements, rect, context.canvas_id);
    let mut diagram = Diagram {
        small_maps,
        focus_order: focus_order(&geometry, context),
        geometry,
        context,
        selected,
    };
    let header_widths = diagram.headers_ui(&canvas);
    let edges = diagram.drawn_edges(&canvas);
    let (labels, label_font) = diagram.place_labels(&canvas, &edges);
    diagram.edges_ui(&mut canvas, &edges, &labels);
    diagram.input_image_ui(&mut canvas);
    diagram.discs_ui(&mut canvas);
    diagram.labels_ui(&mut canvas, &labels, &label_font);
    drop(canvas);
    if diagram.context.has_controls() {
        diagram.structure_buttons_ui(ui, &header_widths);
    }
    diagram.clear_button_ui(ui);
    context.scale = 1.0;
}

/// Returns the widths of the names of inputs and outputs, and the size of the image that the inputs are.
fn window_names(painter: &Painter, document: &Document) -> WindowNames {
    /// More names are not measured; they are not all in view either.
    const MAX_MEASURED: usize = 64;
    let widest = |names: &mut dyn Iterator<Item = &str>, font: FontId| {
        let widths = names.take(MAX_MEASURED).map(|name| {
            let galley = painter.layout_no_wrap(name.to_owned(), font.clone(), Color32::PLACEHOLDER);
            galley.size().x.ceil() + 1.0
        });
        widths.fold(0.0, f32::max)
    };
    let architecture = document.network.architecture();
    let inputs = architecture.input_names().iter();
    let outputs = 0..architecture.width(architecture.last_layer());
    WindowNames {
        image: document.image_shape(),
        input: widest(&mut inputs.flatten().map(String::as_str), type_scale::body()),
        output: widest(
            &mut outputs.filter_map(|neuron| document.output_name(neuron)),
            type_scale::strong(),
        ),
    }
}

/// Writes the current step of a forward or backward pass large above the diagram; returns the space below. The space
/// for it is the same for all steps, so that the diagram stays in place.
fn step_text_ui(ui: &Ui, context: &PaneContext<'_>) -> Rect {
    /// The font sizes to choose from, in points.
    const SIZES: [f32; 5] = [26.0, 23.0, 20.0, 17.0, 14.0];
    /// The maximum fraction of the pane's height.
    const MAX_FRACTION: f32 = 0.4;
    const MAX_HEIGHT: f32 = 76.0;
    let rect = ui.available_rect_before_wrap();
    let Some(text) = context.insight.describe_step(context.session, context.messages) else {
        return rect;
    };
    let (above, below) =
        rect.split_top_bottom_at_y(rect.top() + MAX_HEIGHT.min(MAX_FRACTION * rect.height()));
    let color = context.neuron_color(context.session.view().selected);
    let mut layouts = SIZES.into_iter().map(|size| {
        let font = FontId::new(size, type_scale::strong().family);
        ui.painter().layout(text.clone(), font, color, above.width())
    });
    let smallest = ui
        .painter()
        .layout(text.clone(), type_scale::body(), color, above.width());
    let galley = layouts.find(|galley| galley.size().y <= above.height());
    ui.painter()
        .with_clip_rect(above)
        .galley(above.min, galley.unwrap_or(smallest), color);
    below
}

/// True if the neurons have small maps, which need two inputs.
fn shows_small_maps(context: &PaneContext<'_>) -> bool {
    context.session.view().has_small_maps && context.session.architecture().input_count() > 1
}

/// Returns the textures of the small maps of the neurons in view; empty if small maps are off or the network
/// has only one input.
fn small_map_textures(
    ui: &Ui,
    context: &PaneContext<'_>,
    geometry: &DiagramGeometry,
) -> HashMap<NeuronAddress, TextureId> {
    if !shows_small_maps(context) {
        return HashMap::new();
    }
    let small_maps = context.insight.small_maps(context.session);
    let neurons = geometry.columns.iter().flat_map(|column| {
        column
            .slots
            .iter()
            .filter_map(|&(slot, _)| match (column.content, slot) {
                (ColumnContent::Layer(layer), ColumnSlot::Visible(neuron)) => {
                    Some(NeuronAddress { layer, neuron })
                }
                _ => None,
            })
    });
    let textures = neurons.enumerate().filter_map(|(index, at)| {
        let small_map = small_maps.map(at)?;
        // Several diagrams can be drawn in one frame.
        let id = ui.scope_id().with(("small-map", index));
        let key = (small_maps.id().clone(), context.theme.mode, at);
        let image = || small_map_image(context, small_map);
        Some((at, cached_texture(ui, id, key, image)))
    });
    textures.collect()
}

fn small_map_image(context: &PaneContext<'_>, small_map: SmallMap<'_>) -> ColorImage {
    let values = small_map.values.iter();
    let positions = values.map(|&value| small_map.scale.normalized(value));
    map_colors::image(context.theme, small_map.grid_size, positions)
}

/// Returns the order in which the arrow keys move the focus: the inputs, then the neurons layer by layer, and
/// after the selected neuron its knobs.
fn focus_order(geometry: &DiagramGeometry, context: &PaneContext<'_>) -> Vec<Element> {
    let selected = context.session.view().selected;
    let mut order = Vec::new();
    for (index, column) in geometry.columns.iter().enumerate() {
        for &(slot, _) in &column.slots {
            match (column.content, slot) {
                (ColumnContent::Inputs, ColumnSlot::Visible(input)) => {
                    order.push(Element::Adjustable(Adjustable::Input(input)))
                }
                (ColumnContent::Layer(layer), ColumnSlot::Visible(neuron)) => {
                    let at = NeuronAddress { layer, neuron };
                    order.push(Element::Neuron(at));
                    if at == selected {
                        let is_adjacent = index > 0
                            && !matches!(geometry.columns[index - 1].content, ColumnContent::Gap(_));
                        if is_adjacent {
                            for &(source, _) in &geometry.columns[index - 1].slots {
                                if let ColumnSlot::Visible(input) = source {
                                    order
                                        .push(Element::Adjustable(Knob::weight(layer, neuron, input).into()));
                                }
                            }
                        }
                        order.push(Element::Adjustable(Knob::bias(layer, neuron).into()));
                    }
                }
                _ => {}
            }
        }
    }
    order
}

/// Returns the removal of the last input with its name, or `None` if it is the only one.
fn removed_input(architecture: &Architecture, messages: Messages) -> Option<(String, ArchitectureEdit)> {
    let input = architecture
        .input_count()
        .checked_sub(1)
        .filter(|&input| input > 0)?;
    let name = messages.menu_remove_neuron(architecture.describe_input(input, messages));
    Some((name, ArchitectureEdit::RemoveInput(input)))
}

/// Returns the removal of the last neuron of a layer with its name, or that of a hidden layer with a single
/// neuron; `None` for the only output.
fn removed_part(
    architecture: &Architecture,
    layer: usize,
    messages: Messages,
) -> Option<(String, ArchitectureEdit)> {
    let neuron = architecture.width(layer) - 1;
    if neuron > 0 {
        let at = NeuronAddress { layer, neuron };
        let name = messages.menu_remove_neuron(architecture.describe_neuron(at, messages));
        return Some((name, ArchitectureEdit::RemoveNeuron(at)));
    }
    let name = messages.menu_remove_layer(layer + 1);
    (layer < architecture.last_layer()).then_some((name, ArchitectureEdit::RemoveLayer(layer)))
}

/// The diagram during one frame.
struct Diagram<'a, 's> {
    /// The textures of the small maps in the neurons.
    small_maps: HashMap<NeuronAddress, TextureId>,
    geometry: DiagramGeometry,
    context: &'a mut PaneContext<'s>,
    selected: NeuronAddress,
    /// The elements in the order in which the arrow keys reach them.
    focus_order: Vec<Element>,
}

impl Diagram<'_, '_> {
    /// Makes a placement focusable and links it with its neighbors in the focus order, if it is in that
    /// order.
    fn with_focus_links(&self, item: Placement) -> Placement {
        let Some(index) = self
            .focus_order
            .iter()
            .position(|&element| element == item.element)
        else {
            return item;
        };
        item.focusable(FocusLinks {
            before: index.checked_sub(1).map(|before| self.focus_order[before]),
            after: self.focus_order.get(index + 1).copied(),
        })
    }

    /// Draws the headers of the columns; returns their widths.
    fn headers_ui(&self, canvas: &Canvas<'_>) -> Vec<f32> {
        let theme = self.context.theme;
        let header = |shows: ColumnContent, is_long: bool| {
            let text = self.header_text(shows, is_long);
            canvas
                .painter()
                .layout_no_wrap(text, self.context.font(type_scale::small()), theme.weak_text)
        };
        // Long headers are shown only if all of them fit.
        let has_room = |column: &DiagramColumn| {
            let width = header(column.content, true).size().x;
            let sides = column.x - 0.5 * width..column.x + 0.5 * width;
            let pane = canvas.rect();
            width + 8.0 < self.geometry.spacing && sides.start > pane.left() && sides.end < pane.right()
        };
        let is_roomy = self.geometry.spacing > self.geometry.scale * geometry::MIN_NAMED_BIAS_SPACING;
        let is_long = is_roomy && self.geometry.columns.iter().all(has_room);
        let columns = self.geometry.columns.iter();
        let draw = |column: &DiagramColumn| {
            let galley = header(column.content, is_long);
            let middle = pos2(column.x, self.geometry.header_y);
            let mut at = Align2::CENTER_CENTER.anchor_size(middle, galley.size());
            // Above a column at the edge of the pane, it is moved inside.
            let pane = canvas.rect();
            at = at.translate(vec2((pane.right() - at.right()).min(0.0), 0.0));
            at = at.translate(vec2((pane.left() - at.left()).max(0.0), 0.0));
            canvas.painter().galley(at.min, galley, theme.weak_text);
            at.width()
        };
        columns.map(draw).collect()
    }

    /// Draws the buttons that add and remove inputs, neurons and layers: − and + beside each header, and +
    /// between two layers. `header_widths` has the width of each column's header. Columns that are too close
    /// for them have none.
    fn structure_buttons_ui(&mut self, ui: &mut Ui, header_widths: &[f32]) {
        /// The width and the height of a button, in points.
        const SIZE: f32 = 18.0;
        /// The distance from a header to a button, in points.
        const GAP: f32 = 3.0;
        let y = self.geometry.header_y;
        let mut chosen = None;
        let mut button_ui = |x: f32, sign: &str, (name, edit): (String, ArchitectureEdit)| {
            let button = Button::new(RichText::new(sign).color(self.context.theme.weak_text))
                .frame_when_inactive(false)
                // Keys reach the same commands in the Network menu.
                .sense(Sense::CLICK);
            let rect = Rect::from_center_size(pos2(x, y), vec2(SIZE, SIZE));
            if !ui.max_rect().contains_rect(rect) {
                return;
            }
            let response = ui.put(rect, button);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            if response.on_hover_text(&name).clicked() {
                chosen = Some(edit);
            }
        };
        let messages = self.context.messages;
        let architecture = self.context.session.architecture();
        let columns = &self.geometry.columns;
        // The room on one side of a column's center that its header and a button need.
        let half_width = |index: usize| 0.5 * header_widths[index] + GAP + SIZE;
        let room_between = |index: usize| self.geometry.spacing - half_width(index) - half_width(index + 1);
        if (0..columns.len().saturating_sub(1)).any(|index| room_between(index) < 0.0) {
            return;
        }
        for (index, column) in columns.iter().enumerate() {
            let (removal, addition) = match column.content {
                ColumnContent::Gap(_) => continue,
                ColumnContent::Inputs => (
                    removed_input(architecture, messages),
                    (messages.menu_add_input().to_owned(), ArchitectureEdit::AddInput),
                ),
                ColumnContent::Layer(layer) => (
                    removed_part(architecture, layer, messages),
                    (
                        messages.menu_add_neuron(layer + 1),
                        ArchitectureEdit::AddNeuron { layer },
                    ),
                ),
            };
            let offset = half_width(index) - 0.5 * SIZE;
            if let Some(removal) = removal {
                button_ui(column.x - offset, "−", removal);
            }
            button_ui(column.x + offset, "+", addition);
            if let Some(next) = columns.get(index + 1)
                && let ColumnContent::Layer(layer) = next.content
                && room_between(index) > SIZE + 2.0 * GAP
            {
                let left = column.x + half_width(index);
                let right = next.x - half_width(index + 1);
                let edit = ArchitectureEdit::AddLayer { before: layer };
                button_ui(
                    0.5 * (left + right),
                    "+",
                    (messages.menu_insert_layer_before(layer + 1), edit),
                );
            }
        }
        self.context
            .actions
            .extend(chosen.map(|edit| Edit::EditArchitecture(edit).into()));
    }

    /// Returns the header of a column: "inputs", the number of layers left out, or the activation function of
    /// a layer.
    fn header_text(&self, shows: ColumnContent, is_long: bool) -> String {
        let architecture = self.context.session.architecture();
        let messages = self.context.messages;
        match shows {
            ColumnContent::Inputs if architecture.input_count() == 1 => messages.diagram_input().to_owned(),
            ColumnContent::Inputs => messages.diagram_inputs().to_owned(),
            ColumnContent::Gap(layers) => messages.diagram_layers_left_out(layers),
            ColumnContent::Layer(layer) => {
                let activation = architecture.layers()[layer].activation();
                let activation = label_fonts::activation_label(activation, messages);
                match (is_long, layer == architecture.last_layer()) {
                    (true, true) => messages.diagram_output_layer(activation),
                    (true, false) => messages.diagram_hidden_layer(activation),
                    (false, _) => activation.to_owned(),
                }
            }
        }
    }
}
