//! The edges: one a weight.

use egui::Pos2;

use crate::canvas::{Canvas, ElementInfo, Handle, Placement, Element, HitShape};
use neurodial_core::network::{Knob, NeuronAddress};
use crate::panes::EdgeLabels;
use neurodial_core::session::Adjustable;

use super::paint::{self, EdgeStyle, EdgeEmphasis};
use super::slots::ColumnSlot;
use super::{Diagram, HIT_TOLERANCE};

/// More edges than this are a hairball: then only those of the selected and the lit neuron are drawn, and the
/// strongest of the others.
pub(super) const MAX_EDGES: usize = 150;
/// How many of the others.
const MAX_FAINT_EDGES: usize = 40;

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
        for (before, column, layer) in self.geometry.adjacent_columns() {
            let view = self.context.session.document().network.layer(layer);
            for &(slot, to) in &column.slots {
                let ColumnSlot::Visible(neuron) = slot else { continue };
                let weights = view.weights_of(neuron);
                for &(source, from) in &before.slots {
                    let ColumnSlot::Visible(input) = source else { continue };
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
        let mut drawn: Vec<(EdgeEmphasis, Edge)> = edges
            .into_iter()
            .map(|edge| (self.emphasis(canvas, edge), edge))
            .collect();
        if drawn.len() > MAX_EDGES {
            drawn.sort_by(|(a, one), (b, other)| {
                b.cmp(a).then(other.weight.abs().total_cmp(&one.weight.abs()))
            });
            let emphasized = drawn
                .iter()
                .filter(|(strength, _)| *strength > EdgeEmphasis::Faint)
                .count();
            drawn.truncate(emphasized + MAX_FAINT_EDGES);
        }
        // What is about something lies over the rest.
        drawn.sort_by_key(|(strength, _)| *strength);
        for &(strength, edge) in &drawn {
            self.edge_ui(canvas, strength, edge);
        }
        let edges = drawn.into_iter().map(|(_, edge)| edge);
        edges.filter(|edge| self.has_label(edge)).collect()
    }

    /// Whether no neuron stands out, so that all edges count the same.
    fn has_no_selection(&self) -> bool {
        !self.context.is_selected(self.selected)
    }

    /// The edges whose weights are written on them.
    fn has_label(&self, edge: &Edge) -> bool {
        let is_of_selected =
            (edge.knob.layer, edge.knob.neuron) == (self.selected.layer, self.selected.neuron);
        match self.context.options.map(|paper| paper.edge_labels) {
            Some(EdgeLabels::All) => true,
            Some(EdgeLabels::None) => false,
            Some(EdgeLabels::Selected) | None => is_of_selected,
        }
    }

    fn emphasis(&self, canvas: &Canvas<'_>, edge: Edge) -> EdgeEmphasis {
        let target = Adjustable::Knob(edge.knob);
        let at = NeuronAddress {
            layer: edge.knob.layer,
            neuron: edge.knob.neuron,
        };
        if canvas.is_highlighted(Element::Adjustable(target)) || self.context.session.view().highlighted == Some(target) {
            EdgeEmphasis::Highlighted
        } else if self.has_no_selection() || at == self.selected || canvas.is_highlighted(Element::Neuron(at)) {
            EdgeEmphasis::Full
        } else {
            EdgeEmphasis::Faint
        }
    }

    fn edge_ui(&self, canvas: &mut Canvas<'_>, emphasis: EdgeEmphasis, edge: Edge) {
        let Edge {
            knob,
            weight,
            from,
            to,
        } = edge;
        let style = EdgeStyle {
            weight,
            emphasis,
            theme: self.context.theme,
        };
        let target = Adjustable::Knob(knob);
        canvas.begin_element(Element::Adjustable(target));
        let snapshot_weight = self.context.snapshot_value(target);
        if let Some(was) = snapshot_weight {
            paint::snapshot_edge_below(canvas.painter(), [from, to], was, style);
        }
        paint::edge(canvas.painter(), from, to, style);
        if let Some(was) = snapshot_weight {
            paint::snapshot_edge_above(canvas.painter(), [from, to], was, style);
        }
        let document = self.context.session.document();
        let range = document.range(target);
        let place = HitShape::Segment {
            from,
            to,
            tolerance: HIT_TOLERANCE,
        };
        // The selected neuron's edges are meant before others, however they cross. What is lit is not: the
        // pointer would stick to the edge that it came to first.
        let is_selected = (knob.layer, knob.neuron) == (self.selected.layer, self.selected.neuron);
        let item = Placement::new(Element::Adjustable(target), place)
            .handle(Some(Handle::vertical_drag(target, range)))
            .rank(u8::from(is_selected));
        canvas.place(self.with_focus_links(item), || {
            let words = self.context.session.architecture().describe_knob(knob);
            ElementInfo {
                name: words.replacen("weight", "edge", 1),
                value: Some(self.context.format_number(weight)),
                numeric_value: Some((weight, range)),
                is_disabled: document.is_locked(target),
                ..ElementInfo::default()
            }
        });
        canvas.end_element();
    }
}
