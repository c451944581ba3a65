//! The edges: one a weight.

use egui::Pos2;

use crate::canvas::{Canvas, Description, Grip, Item, Part, Place};
use neurodial_core::network::{Knob, NeuronAt};
use crate::panes::Labels;
use neurodial_core::session::Target;

use super::paint::{self, EdgeStyle, Strength};
use super::slots::Slot;
use super::{Diagram, REACH};

/// More edges than this are a hairball: then only those of the selected and the lit neuron are drawn, and the
/// strongest of the others.
pub(super) const MOST_EDGES: usize = 150;
/// How many of the others.
const STRONGEST: usize = 40;

/// An edge that is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub(super) knob: Knob,
    pub(super) weight: f64,
    pub(super) from: Pos2,
    pub(super) to: Pos2,
}

impl Diagram<'_, '_> {
    /// Draws them, and gives back those whose weights are to be written on them.
    pub(super) fn edges_ui(&mut self, canvas: &mut Canvas<'_>) -> Vec<Edge> {
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
}
