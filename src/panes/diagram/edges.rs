//! The edges of the diagram, one for each weight.

use egui::Pos2;

use crate::canvas::{Canvas, Element, ElementInfo, Handle, HitShape, Placement};
use crate::panes::context::EdgeLabels;
use neurodial_core::network::Knob;
use neurodial_core::session::Adjustable;

use super::geometry::ColumnSlot;
use super::paint::{self, EdgeEmphasis, EdgeStyle};
use super::sizes::MAX_EDGES;
use super::{Diagram, HIT_TOLERANCE};

/// The number of edges of other neurons that are drawn if not all are.
const MAX_FAINT_EDGES: usize = 40;

/// An edge that is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    /// The knob of the weight.
    pub(super) knob: Knob,
    /// The weight.
    pub(super) weight: f64,
    /// The point where the edge leaves the disc of its input.
    pub(super) from: Pos2,
    /// The point where the edge reaches the disc of its neuron.
    pub(super) to: Pos2,
}

impl Diagram<'_, '_> {
    /// Draws the edges; returns those that get a label with their weight.
    pub(super) fn edges_ui(&mut self, canvas: &mut Canvas<'_>) -> Vec<Edge> {
        let mut edges = Vec::new();
        for (before, column, layer) in self.geometry.adjacent_columns() {
            let view = self.context.session.document().network.layer(layer);
            for &(slot, to) in &column.slots {
                let ColumnSlot::Visible(neuron) = slot else {
                    continue;
                };
                let weights = view.weights_of(neuron);
                for &(source, from) in &before.slots {
                    let ColumnSlot::Visible(input) = source else {
                        continue;
                    };
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
        // Emphasized edges are painted over the others.
        drawn.sort_by_key(|(strength, _)| *strength);
        for &(strength, edge) in &drawn {
            self.edge_ui(canvas, strength, edge);
        }
        let edges = drawn.into_iter().map(|(_, edge)| edge);
        edges.filter(|edge| self.has_label(edge)).collect()
    }

    /// True if no neuron is shown as selected, so that all edges have the same emphasis.
    fn has_no_selection(&self) -> bool {
        !self.context.is_selected(self.selected)
    }

    /// True if the weight is written on the edge.
    fn has_label(&self, edge: &Edge) -> bool {
        let is_of_selected =
            (edge.knob.layer, edge.knob.neuron) == (self.selected.layer, self.selected.neuron);
        match self.context.options.map(|options| options.edge_labels) {
            Some(EdgeLabels::All) => true,
            Some(EdgeLabels::None) => false,
            Some(EdgeLabels::Selected) => is_of_selected,
            None => is_of_selected || self.is_being_changed(edge),
        }
    }

    /// True while a gesture changes the weight of the edge.
    pub(super) fn is_being_changed(&self, edge: &Edge) -> bool {
        self.context.insight.is_gesture_active()
            && self.context.session.view().highlighted == Some(Adjustable::Knob(edge.knob))
    }

    fn emphasis(&self, canvas: &Canvas<'_>, edge: Edge) -> EdgeEmphasis {
        let target = Adjustable::Knob(edge.knob);
        let at = edge.knob.neuron_address();
        if canvas.is_highlighted(Element::Adjustable(target))
            || self.context.session.view().highlighted == Some(target)
        {
            EdgeEmphasis::Highlighted
        } else if self.has_no_selection() || at == self.selected || canvas.is_highlighted(Element::Neuron(at))
        {
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
            scale: self.context.scale,
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
        let hit_shape = HitShape::Segment {
            from,
            to,
            tolerance: HIT_TOLERANCE,
        };
        // The selected neuron's edges are hit before others where they cross. Highlighted edges have no such
        // priority: the pointer would stick to the edge that it reached first.
        let is_selected = (knob.layer, knob.neuron) == (self.selected.layer, self.selected.neuron);
        let item = Placement::new(Element::Adjustable(target), hit_shape)
            .handle(Some(Handle::vertical_drag(target, range)))
            .rank(u8::from(is_selected));
        canvas.place(self.with_focus_links(item), || {
            let messages = self.context.messages;
            let architecture = self.context.session.architecture();
            ElementInfo {
                name: messages.diagram_connection(architecture.describe_knob(knob, messages)),
                value: Some(self.context.format_number(weight)),
                numeric_value: Some((weight, range)),
                is_disabled: document.is_locked(target),
                ..ElementInfo::default()
            }
        });
        canvas.end_element();
    }
}
