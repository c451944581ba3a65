//! The weights in numbers, on their edges.

use egui::{Align2, FontId, Pos2, Rect, Vec2, vec2};

use crate::canvas::{Canvas, Part};
use crate::look::type_scale;
use neurodial_core::network::NeuronAt;
use crate::panes::number_entry::number_entry;
use neurodial_core::session::Target;

use super::edges::{Edge, MOST_EDGES};
use super::geometry::Shows;
use super::label_places::{label_places, spread_labels};
use super::slots::Slot;
use super::{Diagram, paint, paper};

/// More labels than this on one neuron's edges would hide the edges.
const MOST_LABELS: usize = 14;
/// The size of a label in the window, where it must not move while its number is turned.
const LABEL: Vec2 = vec2(56.0, 20.0);

impl Diagram<'_, '_> {
    /// The weights of the selected neuron, on its edges; on paper those that are asked for and have room.
    pub(super) fn labels_ui(&mut self, canvas: &mut Canvas<'_>, edges: &[Edge]) {
        let is_paper = self.scene.paper.is_some();
        let most = if is_paper { MOST_EDGES } else { MOST_LABELS };
        let room = self.geometry.spacing - 2.0 * self.geometry.radius;
        if edges.len() > most || (!is_paper && room < LABEL.x) {
            return;
        }
        let mut edges = edges.to_vec();
        edges.sort_by_key(|edge| edge.knob);
        let (places, font) = if is_paper {
            self.paper_places(canvas, &edges)
        } else {
            let last = self.scene.session.blueprint().last_layer();
            let words = self.geometry.words(last);
            let places = label_places(&lines(&edges), LABEL, &self.geometry.discs(), &words);
            (places, type_scale::small())
        };
        for (edge, place) in edges.iter().zip(places) {
            let Some(place) = place else { continue };
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
                font.clone(),
                Align2::CENTER_CENTER,
            );
            canvas.end();
        }
    }

    /// Where it is said that a neuron is dead.
    fn dead_words(&self, canvas: &Canvas<'_>) -> Vec<Rect> {
        let mut places = Vec::new();
        for column in &self.geometry.columns {
            let Shows::Layer(layer) = column.shows else {
                continue;
            };
            for &(slot, center) in &column.slots {
                if let Slot::One(neuron) = slot
                    && self.scene.is_dead(NeuronAt { layer, neuron })
                {
                    let (painter, radius) = (canvas.painter(), self.geometry.radius);
                    places.push(paint::dead_place(painter, self.scene.look, center, radius));
                }
            }
        }
        places
    }

    /// The places on paper, where a label is as wide as its number, and the type: smaller where not all have room in the
    /// usual one.
    fn paper_places(&self, canvas: &Canvas<'_>, edges: &[Edge]) -> (Vec<Option<Rect>>, FontId) {
        let last = self.scene.session.blueprint().last_layer();
        let (discs, mut words) = (self.geometry.discs(), self.geometry.words(last));
        words.extend(self.dead_words(canvas));
        let least = paper::least_number(self.scene);
        let usual = paper::label_font(self.scene);
        let small = FontId::new(least.min(usual.size), usual.family.clone());
        let places = |font: &FontId| {
            let sizes = edges
                .iter()
                .map(|edge| paper::label_size(canvas.painter(), self.scene.number(edge.weight), font));
            spread_labels(&lines(edges), &sizes.collect::<Vec<_>>(), &discs, &words)
        };
        let count = |places: &[Option<Rect>]| places.iter().flatten().count();
        let at_first = places(&usual);
        if count(&at_first) == edges.len() {
            return (at_first, usual);
        }
        let then = places(&small);
        if count(&then) > count(&at_first) {
            (then, small)
        } else {
            (at_first, usual)
        }
    }
}

fn lines(edges: &[Edge]) -> Vec<(Pos2, Pos2)> {
    edges.iter().map(|edge| (edge.from, edge.to)).collect()
}
