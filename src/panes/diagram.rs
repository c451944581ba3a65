//! Inputs, neurons and edges. Wide layers and many layers leave out what has no room.
//!
//! | file | what |
//! | --- | --- |
//! | `edges` | one a weight |
//! | [`geometry`] | where inputs, neurons and edges are |
//! | [`label_places`] | where the labels of edges are |
//! | `labels` | the weights in numbers, on their edges |
//! | [`needs`] | what its words and numbers need on paper |
//! | `nodes` | the discs with their numbers and biases |
//! | [`paint`] | how all that is drawn |
//! | [`paper`] | what it needs on paper |
//! | [`slots`] | which of many neurons or layers have a place |
//! | `small_maps` | a map in each neuron |

mod edges;
pub mod geometry;
pub mod label_places;
mod labels;
pub mod needs;
mod nodes;
pub mod paint;
pub mod paper;
pub mod slots;
mod small_maps;

use std::collections::HashMap;
use std::sync::Arc;

use egui::mutex::Mutex;
use egui::{Align2, TextureId, Ui, pos2};

use crate::canvas::{Canvas, FocusLinks, Item, Part, Stage};
use crate::look::type_scale;
use neurodial_core::network::{Knob, NeuronAt};
use neurodial_core::session::Target;

use super::{Pane, Scene};
use geometry::{Column, Geometry, Shows};
use slots::Slot;
use small_maps::SmallMaps;

/// How far a hand may be from an edge or a rim, in points.
const REACH: f32 = 6.0;

/// Draws the diagram.
pub fn diagram_ui(ui: &mut Ui, scene: &mut Scene<'_>, stage: &mut Stage) {
    let rect = ui.available_rect_before_wrap();
    let selected = scene.session.view().selected;
    let needs = scene.paper.map(|_| paper::needs(ui.painter(), scene));
    let geometry = Geometry::new(scene.session.blueprint(), rect, selected, needs.as_ref());
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
        let look = self.scene.look;
        let head = |shows: Shows, is_long: bool| {
            let text = self.head(shows, is_long);
            canvas
                .painter()
                .layout_no_wrap(text, type_scale::small(), look.ink_soft)
        };
        // All are long, or none is.
        let has_room = |column: &Column| {
            let width = head(column.shows, true).size().x;
            let sides = column.x - 0.5 * width..column.x + 0.5 * width;
            let pane = canvas.rect();
            width + 8.0 < self.geometry.spacing && sides.start > pane.left() && sides.end < pane.right()
        };
        let is_roomy = self.geometry.spacing > geometry::ROOMY;
        let is_long = is_roomy && self.geometry.columns.iter().all(has_room);
        for column in &self.geometry.columns {
            let galley = head(column.shows, is_long);
            let middle = pos2(column.x, self.geometry.head_y);
            let at = Align2::CENTER_CENTER.anchor_size(middle, galley.size());
            canvas.painter().galley(at.min, galley, look.ink_soft);
        }
    }

    /// What stands over a column.
    fn head(&self, shows: Shows, is_long: bool) -> String {
        let blueprint = self.scene.session.blueprint();
        match shows {
            Shows::Inputs if blueprint.inputs() == 1 => "input".to_owned(),
            Shows::Inputs => "inputs".to_owned(),
            Shows::Gap(layers) => format!("{layers} layers"),
            Shows::Layer(layer) => {
                let activation = blueprint.layers()[layer].activation();
                let activation = activation.map_or("mixed", |activation| activation.name());
                let place = match layer == blueprint.last_layer() {
                    true => "output",
                    false => "hidden",
                };
                match is_long {
                    true => format!("{place} · {activation}"),
                    false => activation.to_owned(),
                }
            }
        }
    }
}
