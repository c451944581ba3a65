//! The edges of the diagram, one for each weight.

use egui::{Pos2, Rect};

use crate::canvas::hit_shape::segment_inside;
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

/// The distance from a label to the other edges, in points.
pub(super) const LABEL_HALO: f32 = 2.5;

/// The opacity of the edges with the smallest weights in a figure with many edges.
const MIN_OPACITY: f32 = 0.15;

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

/// The label of an edge.
#[derive(Debug, Clone, Copy)]
pub(super) struct EdgeLabel {
    /// The edge.
    pub(super) edge: Edge,
    /// The rectangle of the label.
    pub(super) rect: Rect,
}

impl Edge {
    /// Returns the parts of the edge that are outside of all labels of other edges. Such a gap shows that the label
    /// is not that of this edge.
    fn parts(&self, labels: &[EdgeLabel]) -> Vec<[Pos2; 2]> {
        let others = labels.iter().filter(|label| label.edge.knob != self.knob);
        let gaps: Vec<Rect> = others.map(|label| label.rect.expand(LABEL_HALO)).collect();
        segment_outside([self.from, self.to], &gaps)
    }
}

/// Returns the parts of a segment that are outside of all rectangles. Parts that are too short to show the kind of
/// their line are left out.
pub(super) fn segment_outside([from, to]: [Pos2; 2], gaps: &[Rect]) -> Vec<[Pos2; 2]> {
    /// The minimum length of a part, in points.
    const MIN_LENGTH: f32 = 2.0;
    let mut inside: Vec<[f32; 2]> = gaps
        .iter()
        .filter_map(|gap| segment_inside(*gap, from, to))
        .collect();
    inside.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let mut parts = Vec::new();
    let mut start = 0.0_f32;
    for [enter, leave] in inside.into_iter().chain([[1.0, 1.0]]) {
        if (enter - start) * from.distance(to) >= MIN_LENGTH {
            parts.push([start, enter].map(|t| from.lerp(to, t)));
        }
        start = start.max(leave);
    }
    parts
}

impl Diagram<'_, '_> {
    /// Returns the edges that are drawn, the emphasized ones last.
    pub(super) fn drawn_edges(&self, canvas: &Canvas<'_>) -> Vec<(EdgeEmphasis, Edge)> {
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
        if self.is_crowded(drawn.len()) {
            drawn.sort_by(|(_, one), (_, other)| one.weight.abs().total_cmp(&other.weight.abs()));
        }
        drawn
    }

    /// True in a figure with so many edges of the same emphasis that the weak ones are transparent.
    fn is_crowded(&self, edge_count: usize) -> bool {
        const MANY: usize = 60;
        self.context.options.is_some() && self.has_no_selection() && edge_count >= MANY
    }

    /// Draws the edges, with gaps around the labels of other edges.
    pub(super) fn edges_ui(
        &self,
        canvas: &mut Canvas<'_>,
        drawn: &[(EdgeEmphasis, Edge)],
        labels: &[EdgeLabel],
    ) {
        let max_weight = drawn
            .iter()
            .map(|(_, edge)| edge.weight.abs())
            .fold(0.0, f64::max);
        for &(strength, edge) in drawn {
            let opacity = match self.is_crowded(drawn.len()) && max_weight > 0.0 {
                true => MIN_OPACITY.max((edge.weight.abs() / max_weight) as f32),
                false => 1.0,
            };
            self.edge_ui(canvas, (strength, opacity), edge, labels);
        }
    }

    /// True if no neuron is shown as selected, so that all edges have the same emphasis.
    fn has_no_selection(&self) -> bool {
        !self.context.is_selected(self.selected)
    }

    /// True if the weight is written on the edge.
    pub(super) fn has_label(&self, edge: &Edge) -> bool {
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

    /// Returns the scale of the widths of edges. In a figure with many edges, or with short ones, they are thinner.
    fn edge_scale(&self) -> f32 {
        /// The number of edges between two columns, and their length in points, from which on they are thinner.
        const MANY: f32 = 20.0;
        const LONG: f32 = 100.0;
        const MIN_SCALE: f32 = 0.5;
        if self.context.options.is_none() {
            return self.context.scale;
        }
        let counts = self.geometry.adjacent_columns();
        let counts = counts.map(|(before, column, _)| before.slots.len() * column.slots.len());
        let density = (MANY / counts.max().unwrap_or(1).max(1) as f32).sqrt();
        let length = self.geometry.spacing / LONG;
        self.context.scale * density.min(length).clamp(MIN_SCALE, 1.0)
    }

    fn edge_ui(
        &self,
        canvas: &mut Canvas<'_>,
        (emphasis, opacity): (EdgeEmphasis, f32),
        edge: Edge,
        labels: &[EdgeLabel],
    ) {
        let Edge {
            knob,
            weight,
            from,
            to,
        } = edge;
        let style = EdgeStyle {
            weight,
            emphasis,
            opacity,
            scale: self.edge_scale(),
            theme: self.context.theme,
        };
        let target = Adjustable::Knob(knob);
        canvas.begin_element(Element::Adjustable(target));
        let snapshot_weight = self.context.snapshot_value(target);
        for [from, to] in edge.parts(labels) {
            if let Some(was) = snapshot_weight {
                paint::snapshot_edge_below(canvas.painter(), [from, to], was, style);
            }
            paint::edge(canvas.painter(), from, to, style);
            if let Some(was) = snapshot_weight {
                paint::snapshot_edge_above(canvas.painter(), [from, to], was, style);
            }
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

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    #[test]
    fn a_segment_has_gaps_where_rectangles_are() {
        let ends = [pos2(0.0, 0.0), pos2(100.0, 0.0)];
        let gap = |x: f32, width: f32| Rect::from_min_max(pos2(x, -5.0), pos2(x + width, 5.0));
        let parts = |gaps: &[Rect]| -> Vec<[f32; 2]> {
            let parts = segment_outside(ends, gaps);
            parts
                .into_iter()
                .map(|part| part.map(|at| at.x.round()))
                .collect()
        };
        assert_eq!(parts(&[]), [[0.0, 100.0]]);
        assert_eq!(parts(&[gap(40.0, 20.0)]), [[0.0, 40.0], [60.0, 100.0]]);
        assert_eq!(
            parts(&[gap(50.0, 20.0), gap(40.0, 20.0)]),
            [[0.0, 40.0], [70.0, 100.0]]
        );
        assert_eq!(
            parts(&[gap(40.0, 30.0), gap(45.0, 5.0)]),
            [[0.0, 40.0], [70.0, 100.0]]
        );
        assert_eq!(parts(&[gap(-10.0, 20.0), gap(99.0, 9.0)]), [[10.0, 99.0]]);
        assert!(parts(&[gap(-10.0, 200.0)]).is_empty());
        let beside = Rect::from_min_max(pos2(40.0, 6.0), pos2(60.0, 20.0));
        assert_eq!(parts(&[beside]), [[0.0, 100.0]]);
    }
}
