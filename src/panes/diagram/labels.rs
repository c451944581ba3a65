//! The weights, written on their edges.

use egui::{Align2, FontId, Pos2, Rect, Vec2, vec2};

use crate::canvas::{Canvas, Element};
use crate::panes::number_entry::number_entry_ui;
use crate::theme::type_scale;
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::Adjustable;

use super::edges::Edge;
use super::geometry::{ColumnContent, ColumnSlot};
use super::label_placement::{place_labels, place_labels_off_edges};
use super::sizes::MAX_EDGES;
use super::{Diagram, paint, print_size};

/// The maximum number of labels on the edges of one neuron; more would hide the edges.
const MAX_LABELS: usize = 14;
/// The size of a label in the window, where it must not change with its number, in points.
const LABEL_SIZE: Vec2 = vec2(56.0, 20.0);

impl Diagram<'_, '_> {
    /// Draws the weights of the selected neuron on its edges; in a figure, the labels that the print options
    /// ask for and that fit.
    pub(super) fn labels_ui(&mut self, canvas: &mut Canvas<'_>, edges: &[Edge]) {
        let is_print = self.context.options.is_some();
        let max_labels = if is_print { MAX_EDGES } else { MAX_LABELS };
        let edge_length = self.geometry.spacing - 2.0 * self.geometry.radius;
        if edges.len() > max_labels || (!is_print && edge_length < LABEL_SIZE.x) {
            return;
        }
        let mut edges = edges.to_vec();
        edges.sort_by_key(|edge| edge.knob);
        let (rects, font) = if is_print {
            self.print_label_rects(canvas, &edges)
        } else {
            let last = self.context.session.architecture().last_layer();
            let text_rects = self.geometry.text_rects(last);
            let rects = place_labels(
                &edge_segments(&edges),
                LABEL_SIZE,
                &self.geometry.discs(),
                &text_rects,
            );
            (rects, type_scale::small())
        };
        for (edge, rect) in edges.iter().zip(rects) {
            let Some(rect) = rect else { continue };
            let element = Element::Adjustable(edge.knob.into());
            canvas.begin_element(Element::Number(edge.knob.into()));
            let is_lit = canvas.is_highlighted(element);
            paint::label_background(canvas.painter(), self.context.theme, rect, edge.weight, is_lit);
            let target = Adjustable::Knob(edge.knob);
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
                        self.context.theme,
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
        let min_size = print_size::min_number_size(self.context);
        let usual = print_size::label_font(self.context);
        let small = FontId::new(min_size.min(usual.size), usual.family.clone());
        let rects = |font: &FontId| {
            let sizes = edges.iter().map(|edge| {
                print_size::label_size(canvas.painter(), self.context.format_number(edge.weight), font)
            });
            place_labels_off_edges(
                &edge_segments(edges),
                &sizes.collect::<Vec<_>>(),
                &discs,
                &text_rects,
            )
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
