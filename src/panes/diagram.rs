//! Inputs, neurons and edges. Wide layers and many layers leave out what has no room.

pub mod geometry;
pub mod paint;
mod small_maps;

use std::collections::HashMap;
use std::sync::Arc;

use egui::mutex::Mutex;
use egui::{Align2, Pos2, Rect, TextureId, Ui, Vec2, pos2, vec2};

use crate::canvas::{Canvas, Description, FocusLinks, Grip, Item, Part, Place, Stage};
use crate::look::type_scale;
use crate::network::{Knob, NeuronAt};
use crate::session::Target;

use super::number_entry::number_entry;
use super::{Labels, Pane, Scene};
use geometry::{Geometry, Shows, Slot};
use paint::{EdgeStyle, Strength};
use small_maps::SmallMaps;

/// How far a hand may be from an edge or a rim, in points.
const REACH: f32 = 6.0;
/// More edges than this are a hairball: then only those of the selected and the lit neuron are drawn, and the
/// strongest of the others.
const MOST_EDGES: usize = 150;
/// How many of the others.
const STRONGEST: usize = 40;
/// More labels than this on one neuron's edges would hide the edges.
const MOST_LABELS: usize = 14;
const LABEL: Vec2 = vec2(56.0, 20.0);

/// An edge that is drawn.
#[derive(Debug, Clone, Copy)]
struct Edge {
    knob: Knob,
    weight: f64,
    from: Pos2,
    to: Pos2,
}

/// The height on paper in a pane of `width` points.
pub fn paper_height(scene: &Scene<'_>, width: f32) -> f32 {
    const PITCH: f32 = 82.0;
    const LEAST: f32 = 190.0;
    // In a narrow pane the labels of the weights need height instead of width.
    const NARROW: f32 = 320.0;
    let blueprint = scene.session.blueprint();
    let layers = (0..blueprint.layers().len()).map(|layer| blueprint.width(layer));
    let most = layers.fold(blueprint.inputs(), usize::max);
    (24.0 + PITCH * most as f32).clamp(LEAST, NARROW.max(0.95 * width))
}

/// What the longest bias beside an output needs. In the window the room is fixed: the drawing must not move while a
/// number is turned.
fn beside(ui: &Ui, scene: &Scene<'_>) -> f32 {
    if scene.paper.is_none() {
        return 0.0;
    }
    let layer = scene.session.blueprint().last_layer();
    let biases = (0..scene.session.blueprint().width(layer)).map(|neuron| Knob::bias(layer, neuron));
    let numbers = biases.filter_map(|knob| {
        let value = scene.session.document().value(knob.into())?;
        Some((knob, scene.number(value)))
    });
    let longest = numbers.max_by_key(|(_, number)| number.chars().count());
    longest.map_or(0.0, |(knob, number)| {
        let symbol = scene.session.blueprint().symbol(knob);
        paint::bias_width(ui.painter(), scene.look, &symbol, &number)
    })
}

/// Draws the diagram.
pub fn diagram_ui(ui: &mut Ui, scene: &mut Scene<'_>, stage: &mut Stage) {
    let rect = ui.available_rect_before_wrap();
    let selected = scene.session.view().selected;
    let geometry = Geometry::new(scene.session.blueprint(), rect, selected, beside(ui, scene));
    let pictures = pictures(ui, scene, &geometry);
    let mut canvas = Canvas::new(ui, stage, rect, Pane::Diagram.canvas_id());
    let mut diagram = Diagram {
        pictures,
        order: focus_order(&geometry, scene),
        geometry,
        scene,
        selected,
    };
    diagram.heads_ui(&canvas);
    let edges = diagram.edges_ui(&mut canvas);
    diagram.nodes_ui(&mut canvas);
    diagram.labels_ui(&mut canvas, &edges);
}

/// The small maps of the neurons in view, if they are shown.
fn pictures(ui: &Ui, scene: &Scene<'_>, geometry: &Geometry) -> HashMap<NeuronAt, TextureId> {
    if !small_maps::are_shown(scene) {
        return HashMap::new();
    }
    let mut shown = Vec::new();
    for column in &geometry.columns {
        let Shows::Layer(layer) = column.shows else {
            continue;
        };
        shown.extend(column.slots.iter().filter_map(|&(slot, _)| match slot {
            Slot::One(neuron) => Some(NeuronAt { layer, neuron }),
            Slot::Gap(_) => None,
        }));
    }
    let id = Pane::Diagram.canvas_id().with("small maps");
    let shared: Arc<Mutex<SmallMaps>> =
        ui.data_mut(|data| data.get_temp_mut_or_default::<Arc<Mutex<SmallMaps>>>(id).clone());
    shared.lock().pictures(ui.ctx(), scene, &shown)
}

/// The way of the arrow keys: the inputs, then the neurons layer by layer, and after the selected neuron the
/// knobs that belong to it.
fn focus_order(geometry: &Geometry, scene: &Scene<'_>) -> Vec<Part> {
    let selected = scene.session.view().selected;
    let mut order = Vec::new();
    for (index, column) in geometry.columns.iter().enumerate() {
        for &(slot, _) in &column.slots {
            match (column.shows, slot) {
                (Shows::Inputs, Slot::One(input)) => order.push(Part::Target(Target::Input(input))),
                (Shows::Layer(layer), Slot::One(neuron)) => {
                    let at = NeuronAt { layer, neuron };
                    order.push(Part::Neuron(at));
                    if at == selected {
                        let is_beside =
                            index > 0 && !matches!(geometry.columns[index - 1].shows, Shows::Gap(_));
                        if is_beside {
                            for &(source, _) in &geometry.columns[index - 1].slots {
                                if let Slot::One(input) = source {
                                    order.push(Part::Target(Knob::weight(layer, neuron, input).into()));
                                }
                            }
                        }
                        order.push(Part::Target(Knob::bias(layer, neuron).into()));
                    }
                }
                _ => {}
            }
        }
    }
    order
}

struct Diagram<'a, 's> {
    /// The small maps in the neurons.
    pictures: HashMap<NeuronAt, TextureId>,
    geometry: Geometry,
    scene: &'a mut Scene<'s>,
    selected: NeuronAt,
    order: Vec<Part>,
}

impl Diagram<'_, '_> {
    /// An item that the arrow keys reach, if it is on their way.
    fn reachable(&self, item: Item) -> Item {
        let Some(index) = self.order.iter().position(|&part| part == item.part) else {
            return item;
        };
        item.focusable(FocusLinks {
            before: index.checked_sub(1).map(|before| self.order[before]),
            after: self.order.get(index + 1).copied(),
        })
    }

    fn heads_ui(&self, canvas: &Canvas<'_>) {
        let blueprint = self.scene.session.blueprint();
        for column in &self.geometry.columns {
            let text = match column.shows {
                Shows::Inputs if blueprint.inputs() == 1 => "input".to_owned(),
                Shows::Inputs => "inputs".to_owned(),
                Shows::Gap(layers) => format!("{layers} layers"),
                Shows::Layer(layer) => {
                    let activation = blueprint.layers()[layer].activation();
                    let activation = activation.map_or("mixed", |activation| activation.name());
                    let place = if layer == blueprint.last_layer() {
                        "output"
                    } else {
                        "hidden"
                    };
                    if self.geometry.spacing > geometry::ROOMY {
                        format!("{place} · {activation}")
                    } else {
                        activation.to_owned()
                    }
                }
            };
            let at = pos2(column.x, self.geometry.head_y);
            let painter = canvas.painter();
            painter.text(
                at,
                Align2::CENTER_CENTER,
                text,
                type_scale::small(),
                self.scene.look.ink_soft,
            );
        }
    }

    fn edges_ui(&mut self, canvas: &mut Canvas<'_>) -> Vec<Edge> {
        let mut edges = Vec::new();
        for (before, column, layer) in self.geometry.neighbours() {
            let view = self.scene.session.document().network.layer(layer);
            for &(slot, to) in &column.slots {
                let Slot::One(neuron) = slot else { continue };
                let weights = view.weights_of(neuron);
                for &(source, from) in &before.slots {
                    let Slot::One(input) = source else { continue };
                    let (from, to) = self.geometry.edge_ends(from, to);
                    edges.push(Edge {
                        knob: Knob::weight(layer, neuron, input),
                        weight: weights[input],
                        from,
                        to,
                    });
                }
            }
        }
        let mut drawn: Vec<(Strength, Edge)> = edges
            .into_iter()
            .map(|edge| (self.strength(canvas, edge), edge))
            .collect();
        if drawn.len() > MOST_EDGES {
            drawn.sort_by(|(a, one), (b, other)| {
                b.cmp(a).then(other.weight.abs().total_cmp(&one.weight.abs()))
            });
            let about_something = drawn
                .iter()
                .filter(|(strength, _)| *strength > Strength::Faint)
                .count();
            drawn.truncate(about_something + STRONGEST);
        }
        // What is about something lies over the rest.
        drawn.sort_by_key(|(strength, _)| *strength);
        for &(strength, edge) in &drawn {
            self.edge_ui(canvas, strength, edge);
        }
        let edges = drawn.into_iter().map(|(_, edge)| edge);
        edges.filter(|edge| self.is_labelled(edge)).collect()
    }

    /// Whether no neuron stands out, so that all edges count the same.
    fn has_no_selection(&self) -> bool {
        !self.scene.is_selected(self.selected)
    }

    /// The edges whose weights are written on them.
    fn is_labelled(&self, edge: &Edge) -> bool {
        let is_of_selected =
            (edge.knob.layer, edge.knob.neuron) == (self.selected.layer, self.selected.neuron);
        match self.scene.paper.map(|paper| paper.labels) {
            Some(Labels::All) => true,
            Some(Labels::None) => false,
            Some(Labels::Selected) | None => is_of_selected,
        }
    }

    fn strength(&self, canvas: &Canvas<'_>, edge: Edge) -> Strength {
        let target = Target::Knob(edge.knob);
        let at = NeuronAt {
            layer: edge.knob.layer,
            neuron: edge.knob.neuron,
        };
        if canvas.is_lit(Part::Target(target)) || self.scene.session.view().held == Some(target) {
            Strength::Lit
        } else if self.has_no_selection() || at == self.selected || canvas.is_lit(Part::Neuron(at)) {
            Strength::Full
        } else {
            Strength::Faint
        }
    }

    fn edge_ui(&self, canvas: &mut Canvas<'_>, strength: Strength, edge: Edge) {
        let Edge {
            knob,
            weight,
            from,
            to,
        } = edge;
        let style = EdgeStyle {
            weight,
            strength,
            look: self.scene.look,
        };
        let target = Target::Knob(knob);
        canvas.begin(Part::Target(target));
        let was = self.scene.was(target);
        if let Some(was) = was {
            paint::ghost_under(canvas.painter(), [from, to], was, style);
        }
        paint::edge(canvas.painter(), from, to, style);
        if let Some(was) = was {
            paint::ghost_over(canvas.painter(), [from, to], was, style);
        }
        let document = self.scene.session.document();
        let range = document.range(target);
        let place = Place::Segment {
            from,
            to,
            reach: REACH,
        };
        // The selected neuron's edges are meant before others, however they cross. What is lit is not: the
        // pointer would stick to the edge that it came to first.
        let is_selected = (knob.layer, knob.neuron) == (self.selected.layer, self.selected.neuron);
        let item = Item::new(Part::Target(target), place)
            .grip(Some(Grip::lever(target, range)))
            .rank(u8::from(is_selected));
        canvas.place(self.reachable(item), || {
            let words = self.scene.session.blueprint().knob_words(knob);
            Description {
                name: words.replacen("weight", "edge", 1),
                value: Some(self.scene.number(weight)),
                number: Some((weight, range)),
                is_disabled: document.is_locked(target),
                ..Description::default()
            }
        });
        canvas.end();
    }

    fn nodes_ui(&mut self, canvas: &mut Canvas<'_>) {
        let columns = std::mem::take(&mut self.geometry.columns);
        let spacing = self.geometry.spacing;
        for column in &columns {
            for &(slot, at) in &column.slots {
                match (column.shows, slot) {
                    (Shows::Inputs, Slot::One(input)) => self.input_ui(canvas, input, at),
                    (Shows::Layer(layer), Slot::One(neuron)) => {
                        self.neuron_ui(canvas, NeuronAt { layer, neuron }, at);
                    }
                    (Shows::Gap(_), _) => paint::gap(canvas.painter(), self.scene.look, at, None, spacing),
                    (_, Slot::Gap(left_out)) => {
                        paint::gap(canvas.painter(), self.scene.look, at, Some(left_out), spacing)
                    }
                }
            }
        }
        self.geometry.columns = columns;
    }

    fn input_ui(&mut self, canvas: &mut Canvas<'_>, input: usize, center: Pos2) {
        let radius = self.geometry.radius;
        let target = Target::Input(input);
        let part = Part::Target(target);
        let session = self.scene.session;
        let blueprint = session.blueprint();
        let is_lit = canvas.is_lit(part) || session.view().held == Some(target);
        canvas.begin(part);
        paint::input(canvas.painter(), self.scene.look, center, radius, is_lit);
        paint::input_name(
            canvas.painter(),
            self.scene.look,
            blueprint,
            input,
            center - vec2(radius + 8.0, 0.0),
        );
        let value = session.document().inputs[input];
        let range = session.document().range(target);
        let item = Item::new(part, Place::Circle { center, radius })
            .grip(Some(Grip::lever(target, range)))
            .rank(2);
        canvas.place(self.reachable(item), || Description {
            name: blueprint.input_words(input),
            value: Some(self.scene.number(value)),
            number: Some((value, range)),
            ..Description::default()
        });
        let font = paint::number_font(radius, self.least_number());
        let number =
            canvas
                .painter()
                .layout_no_wrap(self.scene.number(value), font.clone(), self.scene.look.ink);
        let mut inner = Rect::from_center_size(center, vec2(2.0 * radius - 6.0, 22.0));
        let least = number.size().x * self.least_number().min(font.size) / font.size;
        if least > inner.width() {
            inner = Rect::from_center_size(center, vec2(least + 4.0, 22.0));
            paint::plate(
                canvas.painter(),
                self.scene.look,
                Rect::from_center_size(center, vec2(least, 14.0)),
            );
        }
        number_entry(canvas, self.scene, target, inner, font, Align2::CENTER_CENTER);
        canvas.end();
    }

    /// The least size of a number in a disc, in points.
    fn least_number(&self) -> f32 {
        match self.scene.paper {
            Some(_) => 0.0,
            None => paint::LEAST_NUMBER,
        }
    }

    fn neuron_ui(&mut self, canvas: &mut Canvas<'_>, at: NeuronAt, center: Pos2) {
        let radius = self.geometry.radius;
        let session = self.scene.session;
        let blueprint = session.blueprint();
        let part = Part::Neuron(at);
        let bias = Target::Knob(Knob::bias(at.layer, at.neuron));
        let state = paint::NeuronState {
            color: self.scene.identity(at),
            is_selected: self.scene.is_selected(at),
            is_lit: canvas.is_lit(part),
            is_bias_lit: canvas.is_lit(Part::Target(bias)) || session.view().held == Some(bias),
            text: self.scene.number(self.scene.output(at)),
            name: blueprint.layers()[at.layer].neurons[at.neuron].name.clone(),
            picture: self.pictures.get(&at).copied(),
            is_dead: self.scene.is_dead(at),
            least_number: self.least_number(),
        };
        let value = session.document().value(bias).unwrap_or(0.0);
        let range = session.document().range(bias);
        let rim = radius + self.geometry.rim_gap();
        canvas.begin(Part::Target(bias));
        paint::rim(
            canvas.painter(),
            self.scene.look,
            center,
            rim,
            range,
            value,
            &state,
        );
        let rim = Place::Ring {
            center,
            radius: radius + self.geometry.rim_gap(),
            reach: REACH,
        };
        let item = Item::new(Part::Target(bias), rim)
            .grip(Some(Grip::lever(bias, range)))
            .rank(2);
        let words = blueprint.neuron_words(at);
        canvas.place(self.reachable(item), || Description {
            name: format!("rim of {words}, its bias"),
            value: Some(self.scene.number(value)),
            number: Some((value, range)),
            is_disabled: session.document().is_locked(bias),
            ..Description::default()
        });
        self.bias_ui(canvas, at, center);
        canvas.end();
        canvas.begin(part);
        paint::neuron(canvas.painter(), self.scene.look, center, radius, &state);
        let item = Item::new(part, Place::Circle { center, radius }).rank(3);
        canvas.place(self.reachable(item), || Description {
            name: match state.is_dead {
                true => format!("{words} in the diagram, dead"),
                false => format!("{words} in the diagram"),
            },
            value: Some(state.text.clone()),
            more: state.is_dead.then(|| paint::DEAD.to_owned()),
            is_button: true,
            is_selected: Some(state.is_selected),
            ..Description::default()
        });
        canvas.end();
    }

    /// The bias in numbers and what the activation does: beside an output neuron, under a hidden one.
    fn bias_ui(&mut self, canvas: &mut Canvas<'_>, at: NeuronAt, center: Pos2) {
        let radius = self.geometry.radius;
        let blueprint = self.scene.session.blueprint();
        let bias = Knob::bias(at.layer, at.neuron);
        let is_beside = at.layer == blueprint.last_layer();
        let symbol = blueprint.symbol(bias);
        let is_roomy = radius > 16.0;
        let plan = &blueprint.layers()[at.layer].neurons[at.neuron];
        let state = paint::activation_words(plan.activation, self.scene.sum(at), blueprint.width(at.layer));
        let look = self.scene.look;
        let color = self.scene.identity(at);
        let at_neuron = at;
        let number = if is_beside {
            let left = center.x + radius + geometry::BESIDE;
            let line = if is_roomy { 9.0 } else { 0.0 };
            let at = pos2(left, center.y - line);
            let end = paint::bias_name(canvas.painter(), look, &symbol, at);
            if is_roomy {
                let right = canvas.rect().right();
                paint::words(canvas.painter(), pos2(left, center.y + 9.0), right, &state, color);
                if let Some(was) = self.scene.was_output(at_neuron) {
                    let text = format!("was {}", self.scene.number(was));
                    let place = pos2(left, center.y + 25.0);
                    paint::words(canvas.painter(), place, right, &text, look.ink_soft);
                }
            }
            Rect::from_min_size(pos2(end + 2.0, at.y - 9.0), vec2(58.0, 18.0))
        } else {
            // The rim is open at the bottom, so the line may begin inside it.
            let middle = pos2(center.x, center.y + radius + 0.5 * (geometry::BIAS_LINE + 6.0));
            let has_name = self.geometry.spacing > geometry::ROOMY;
            let value = self.scene.session.document().value(bias.into());
            let value = self.scene.number(value.unwrap_or(0.0));
            // As wide as what stands on it: the edges under it are seen again beside it.
            let width = if has_name {
                paint::bias_width(canvas.painter(), look, &symbol, &value) + 3.0
            } else {
                let number = canvas
                    .painter()
                    .layout_no_wrap(value, type_scale::small(), look.ink);
                number.size().x + 8.0
            };
            let ground = Rect::from_center_size(middle, vec2(width, geometry::BIAS_LINE - 2.0));
            canvas.painter().rect_filled(ground, 3.0, look.card);
            let left = pos2(ground.left() + 3.0, middle.y);
            let end = if has_name {
                paint::bias_name(canvas.painter(), look, &symbol, left)
            } else {
                left.x
            };
            Rect::from_min_max(pos2(end, ground.top()), ground.max)
        };
        number_entry(
            canvas,
            self.scene,
            bias.into(),
            number,
            type_scale::small(),
            Align2::LEFT_CENTER,
        );
    }

    /// The weights of the selected neuron, on its edges.
    fn labels_ui(&mut self, canvas: &mut Canvas<'_>, edges: &[Edge]) {
        let most = if self.scene.paper.is_some() {
            MOST_EDGES
        } else {
            MOST_LABELS
        };
        let room = self.geometry.spacing - 2.0 * self.geometry.radius;
        if edges.len() > most || (self.scene.paper.is_none() && room < LABEL.x) {
            return;
        }
        let mut edges = edges.to_vec();
        edges.sort_by_key(|edge| edge.knob);
        let lines: Vec<(Pos2, Pos2)> = edges.iter().map(|edge| (edge.from, edge.to)).collect();
        let places = if self.scene.paper.is_some() {
            let sizes = edges.iter().map(|edge| self.label_size(canvas, edge.weight));
            geometry::spread_labels(&lines, &sizes.collect::<Vec<_>>(), &self.geometry.discs())
        } else {
            let last = self.scene.session.blueprint().last_layer();
            geometry::label_places(&lines, LABEL, &self.geometry.words(last))
        };
        for (edge, place) in edges.iter().zip(places) {
            let part = Part::Target(edge.knob.into());
            canvas.begin(Part::Number(edge.knob.into()));
            let is_lit = canvas.is_lit(part);
            paint::label_ground(canvas.painter(), self.scene.look, place, edge.weight, is_lit);
            let target = Target::Knob(edge.knob);
            number_entry(
                canvas,
                self.scene,
                target,
                place,
                type_scale::small(),
                Align2::CENTER_CENTER,
            );
            canvas.end();
        }
    }

    /// On paper a label is as wide as its number.
    fn label_size(&self, canvas: &Canvas<'_>, weight: f64) -> Vec2 {
        let text = self.scene.number(weight);
        let ink = self.scene.look.ink;
        let galley = canvas.painter().layout_no_wrap(text, type_scale::small(), ink);
        vec2(galley.size().x + 9.0, LABEL.y - 4.0)
    }
}
