//! The weights, written on their edges.

use egui::{Align2, FontId, Pos2, Rect, Vec2, vec2};

use crate::canvas::hit_shape::rect_intersects_segment;
use crate::canvas::{Canvas, Element};
use crate::panes::number_entry::number_entry_ui;
use crate::plot::LabelPlacer;
use crate::theme::type_scale;
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::Adjustable;

use super::edges::{Edge, EdgeLabel};
use super::geometry::{ColumnContent, ColumnSlot};
use super::paint::EdgeEmphasis;
use super::sizes::MAX_EDGES;
use super::{Diagram, label_fonts, paint};

/// The maximum number of labels on the edges of one neuron; more would hide the edges.
const MAX_LABELS: usize = 14;
/// The size of a label in the window, where it must not change with its number, in points.
const LABEL_SIZE: Vec2 = vec2(56.0, 20.0);
/// The preferred position of a label in the window, as a fraction of its edge.
const PREFERRED_POSITION: f32 = 0.42;

impl Diagram<'_, '_> {
    /// Places the weights of the selected neuron on its edges, and that of the edge that is being changed even if
    /// there is no room for the others; in a figure, the labels that the print options ask for and that fit. Returns
    /// also their font.
    pub(super) fn place_labels(
        &self,
        canvas: &Canvas<'_>,
        drawn: &[(EdgeEmphasis, Edge)],
    ) -> (Vec<EdgeLabel>, FontId) {
        let is_print = self.context.options.is_some();
        let max_labels = if is_print { MAX_EDGES } else { MAX_LABELS };
        let edge_length = self.geometry.spacing - 2.0 * self.geometry.radius;
        let label_size = self.geometry.scale * LABEL_SIZE;
        let edges = drawn.iter().map(|(_, edge)| *edge);
        let mut edges: Vec<Edge> = edges.filter(|edge| self.has_label(edge)).collect();
        let has_room = edges.len() <= max_labels && (is_print || edge_length >= label_size.x);
        edges.retain(|edge| has_room || self.is_being_changed(edge));
        edges.sort_by_key(|edge| edge.knob);
        let (rects, font) = if is_print {
            self.print_label_rects(canvas, &edges)
        } else {
            let last = self.context.session.architecture().last_layer();
            let (discs, texts) = (self.geometry.discs(), self.geometry.text_rects(last));
            let sizes = vec![label_size; edges.len()];
            let options = EdgeLabelOptions::for_window();
            let rects = options.place_labels(&edge_segments(&edges), &sizes, &discs, &texts);
            (rects, self.context.font(type_scale::small()))
        };
        let labels = edges.into_iter().zip(rects).filter_map(|(edge, rect)| {
            let needed_rect = || {
                let center = edge.from.lerp(edge.to, PREFERRED_POSITION);
                let is_needed = self.is_being_changed(&edge);
                is_needed.then(|| Rect::from_center_size(center, label_size))
            };
            let rect = rect.or_else(needed_rect)?;
            Some(EdgeLabel { edge, rect })
        });
        (labels.collect(), font)
    }

    /// Draws the labels of edges.
    pub(super) fn labels_ui(&mut self, canvas: &mut Canvas<'_>, labels: &[EdgeLabel], font: &FontId) {
        for &EdgeLabel { edge, rect } in labels {
            let element = Element::Adjustable(edge.knob.into());
            canvas.begin_element(Element::Number(edge.knob.into()));
            let target = Adjustable::Knob(edge.knob);
            let is_lit =
                canvas.is_highlighted(element) || self.context.session.view().highlighted == Some(target);
            paint::label_background(canvas.painter(), self.context.theme, rect, edge.weight, is_lit);
            number_entry_ui(
                canvas,
                self.context,
                target,
                rect,
                font.clone(),
                Align2::CENTER_CENTER,
            );
            canvas.end_element();
        }
    }

    /// Returns the rectangles of the word "dead" at the neurons that are dead.
    fn dead_badge_rects(&self, canvas: &Canvas<'_>) -> Vec<Rect> {
        let mut rects = Vec::new();
        for column in &self.geometry.columns {
            let ColumnContent::Layer(layer) = column.content else {
                continue;
            };
            for &(slot, center) in &column.slots {
                if let ColumnSlot::Visible(neuron) = slot
                    && self.context.is_dead(NeuronAddress { layer, neuron })
                {
                    let (painter, radius) = (canvas.painter(), self.geometry.radius);
                    rects.push(paint::dead_badge_rect(
                        painter,
                        self.context,
                        self.context.messages.diagram_dead(),
                        center,
                        radius,
                    ));
                }
            }
        }
        rects
    }

    /// Returns the rectangles of the labels in a figure, where a label is as wide as its number, and their
    /// font: smaller than usual if more labels fit then.
    fn print_label_rects(&self, canvas: &Canvas<'_>, edges: &[Edge]) -> (Vec<Option<Rect>>, FontId) {
        let last = self.context.session.architecture().last_layer();
        let (discs, mut text_rects) = (self.geometry.discs(), self.geometry.text_rects(last));
        text_rects.extend(self.dead_badge_rects(canvas));
        let min_size = label_fonts::min_number_size(self.context);
        let usual = label_fonts::label_font(self.context);
        let small = FontId::new(min_size.min(usual.size), usual.family.clone());
        let rects = |font: &FontId| {
            let sizes = edges.iter().map(|edge| {
                label_fonts::label_size(
                    canvas.painter(),
                    self.context.format_adjustable(edge.weight),
                    font,
                )
            });
            let sizes = sizes.collect::<Vec<_>>();
            EdgeLabelOptions::for_print().place_labels(&edge_segments(edges), &sizes, &discs, &text_rects)
        };
        let count = |rects: &[Option<Rect>]| rects.iter().flatten().count();
        let usual_rects = rects(&usual);
        if count(&usual_rects) == edges.len() {
            return (usual_rects, usual);
        }
        let small_rects = rects(&small);
        if count(&small_rects) > count(&usual_rects) {
            (small_rects, small)
        } else {
            (usual_rects, usual)
        }
    }
}

fn edge_segments(edges: &[Edge]) -> Vec<(Pos2, Pos2)> {
    edges.iter().map(|edge| (edge.from, edge.to)).collect()
}

/// The possible positions of labels on edges.
pub(super) struct EdgeLabelOptions {
    /// The positions along an edge, 0 to 1, with their costs.
    positions: Vec<(f32, f32)>,
    /// The distance between labels, and around discs and texts, in points.
    spacing: f32,
    /// The cost of covering a text.
    text_cost: f32,
    /// The cost of covering another edge with a label.
    crossing_cost: f32,
}

impl EdgeLabelOptions {
    /// Returns the options for the window, where a label is dragged and so covers a text rather than being left
    /// out. All labels are at the same place of their edges if possible, which leaves the rest of the edges free.
    fn for_window() -> Self {
        const POSITIONS: [f32; 11] = [
            PREFERRED_POSITION,
            0.3,
            0.54,
            0.36,
            0.48,
            0.24,
            0.6,
            0.66,
            0.72,
            0.78,
            0.18,
        ];
        let positions = POSITIONS.into_iter().enumerate();
        Self {
            positions: positions.map(|(order, t)| (t, order as f32)).collect(),
            spacing: 1.0,
            text_cost: 100.0,
            crossing_cost: 0.0,
        }
    }

    /// Returns the options for a figure, where a label is left out rather than covering a text. The labels cover
    /// as few other edges as possible and are preferably near a third of their edges.
    pub(super) fn for_print() -> Self {
        const POSITION_COUNT: usize = 33;
        const PREFERRED_POSITION: f32 = 0.34;
        let positions =
            (0..POSITION_COUNT).map(|index| 0.06 + 0.88 * index as f32 / (POSITION_COUNT - 1) as f32);
        Self {
            positions: positions
                .map(|t| (t, 20.0 * (t - PREFERRED_POSITION).abs()))
                .collect(),
            spacing: 2.0,
            text_cost: f32::INFINITY,
            crossing_cost: 6.0,
        }
    }

    /// Places a label on each edge, given by its two end points. Returns `None` for a label that would overlap a
    /// disc or another label at every position.
    pub(super) fn place_labels(
        &self,
        edges: &[(Pos2, Pos2)],
        sizes: &[Vec2],
        discs: &[(Pos2, f32)],
        texts: &[Rect],
    ) -> Vec<Option<Rect>> {
        const ROUNDS: usize = 3;
        let on_edge = |(&(from, to), &size): (&(Pos2, Pos2), &Vec2)| -> Vec<Rect> {
            let rect_at = |&(t, _): &(f32, f32)| Rect::from_center_size(from + t * (to - from), size);
            self.positions.iter().map(rect_at).collect()
        };
        let candidates: Vec<Vec<Rect>> = edges.iter().zip(sizes).map(on_edge).collect();
        let fixed_cost = |index: usize, rect: Rect, position_cost: f32| {
            let on_disc =
                |&(center, radius): &(Pos2, f32)| rect.distance_to_pos(center) < radius + self.spacing;
            if discs.iter().any(on_disc) {
                return f32::INFINITY;
            }
            let around = rect.expand(self.spacing);
            let covered = texts.iter().filter(|text| text.intersects(around));
            let others = edges.iter().enumerate().filter(|&(other, _)| other != index);
            let crossed = others.filter(|(_, (from, to))| rect_intersects_segment(rect, *from, *to));
            covered.map(|_| self.text_cost).sum::<f32>()
                + self.crossing_cost * crossed.count() as f32
                + position_cost
        };
        let costs = candidates.iter().enumerate().map(|(index, rects)| -> Vec<f32> {
            let places = rects.iter().zip(&self.positions);
            places
                .map(|(&rect, &(_, cost))| fixed_cost(index, rect, cost))
                .collect()
        });
        let costs: Vec<Vec<f32>> = costs.collect();
        // The overlap of labels depends on the others, so all labels choose several times.
        let mut placer = LabelPlacer::new(edges.len(), self.spacing);
        for _ in 0..ROUNDS {
            for (index, rects) in candidates.iter().enumerate() {
                placer.place(index, rects, |candidate, _| costs[index][candidate]);
            }
        }
        placer.rects_without_overlap()
    }
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;
    use crate::panes::diagram::geometry::{DiagramGeometry, WindowNames};
    use crate::panes::diagram::sizes::DiagramTextSizes;
    use neurodial_core::network::{Activation, Architecture, NeuronAddress};

    #[test]
    fn labels_of_one_neurons_edges_do_not_overlap() {
        let rect = Rect::from_min_size(Pos2::ZERO, vec2(660.0, 380.0));
        let architecture = Architecture::dense(4, &[(3, Activation::Relu)]).unwrap();
        for neuron in 0..3 {
            let geometry = DiagramGeometry::for_window(
                &architecture,
                rect,
                NeuronAddress { layer: 0, neuron },
                WindowNames::default(),
                false,
            );
            let to = geometry.columns[1].slots[neuron].1;
            let sources = geometry.columns[0].slots.iter();
            let edges: Vec<_> = sources.map(|&(_, from)| geometry.edge_ends(from, to)).collect();
            let options = EdgeLabelOptions::for_window();
            let rects = options.place_labels(&edges, &[vec2(54.0, 20.0); 4], &geometry.discs(), &[]);
            let rects: Vec<Rect> = rects.into_iter().flatten().collect();
            assert_eq!(rects.len(), 4, "all have room");
            for (index, label_rect) in rects.iter().enumerate() {
                assert!(rects[..index].iter().all(|other| !other.intersects(*label_rect)));
            }
        }
    }

    /// In a figure a label overlaps nothing or is left out; if there is space, all labels are placed.
    #[test]
    fn labels_in_figures_cover_nothing() {
        let needs = DiagramTextSizes {
            input_name_width: 20.0,
            number_width: 36.0,
            line_width: 46.0,
            named_line_width: 80.0,
            output_text_width: 70.0,
            output_name_width: 0.0,
            label_width: 44.0,
            label_count: 12,
            image: None,
        };
        for (widths, width, all) in [
            (&[4, 3][..], 660.0, true),
            (&[4, 3], 377.0, true),
            (&[4, 3], 180.0, false),
            (&[8, 8, 8, 4], 400.0, false),
        ] {
            let layers: Vec<_> = widths[1..]
                .iter()
                .map(|&width| (width, Activation::Tanh))
                .collect();
            let architecture = Architecture::dense(widths[0], &layers).unwrap();
            let rect = Rect::from_min_size(pos2(3.0, 5.0), vec2(width, 424.0));
            let geometry = DiagramGeometry::for_figure(
                &architecture,
                rect,
                NeuronAddress { layer: 0, neuron: 0 },
                &needs,
            );
            let mut edges = Vec::new();
            for (before, column, _) in geometry.adjacent_columns() {
                for (_, from) in &before.slots {
                    edges.extend(column.slots.iter().map(|(_, to)| geometry.edge_ends(*from, *to)));
                }
            }
            let (discs, text_rects) = (geometry.discs(), geometry.text_rects(architecture.last_layer()));
            let sizes = vec![vec2(44.0, 16.0); edges.len()];
            let options = EdgeLabelOptions::for_print();
            let rects = options.place_labels(&edges, &sizes, &discs, &text_rects);
            assert!(!all || rects.iter().all(Option::is_some), "{widths:?} {width}");
            let placed: Vec<Rect> = rects.into_iter().flatten().collect();
            for (index, label_rect) in placed.iter().enumerate() {
                assert!(placed[..index].iter().all(|other| !other.intersects(*label_rect)));
                assert!(text_rects.iter().all(|text| !text.intersects(*label_rect)));
                assert!(
                    discs
                        .iter()
                        .all(|(center, radius)| label_rect.distance_to_pos(*center) >= *radius)
                );
            }
        }
    }
}
