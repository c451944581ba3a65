//! Placement of the labels on edges, computed from sizes alone.

use egui::{Pos2, Rect, Vec2, vec2};

use crate::canvas::hit_shape::rect_intersects_segment;

/// Places a label of `size` on each edge, given by its two end points, so that it overlaps no other label,
/// disc or rectangle of `texts`. Tries several positions along each edge and takes the first that is free; if
/// there is none, it takes the first that overlaps only texts. Returns `None` for an edge where no position
/// remains.
pub(crate) fn place_labels(
    edges: &[(Pos2, Pos2)],
    size: Vec2,
    discs: &[(Pos2, f32)],
    texts: &[Rect],
) -> Vec<Option<Rect>> {
    const POSITIONS: [f32; 11] = [0.42, 0.3, 0.54, 0.36, 0.48, 0.24, 0.6, 0.66, 0.72, 0.78, 0.18];
    let mut occupied: Vec<Rect> = Vec::new();
    let mut place = |&(from, to): &(Pos2, Pos2)| {
        let at = |t: f32| Rect::from_center_size(from + t * (to - from), size);
        let is_clear_of = |others: &[Rect], rect: &Rect| {
            let with_margin = |other: &Rect| other.expand2(vec2(1.0, 1.0));
            others.iter().all(|other| !with_margin(other).intersects(*rect))
        };
        let is_clear_of_discs = |rect: &Rect| {
            let mut discs = discs.iter();
            discs.all(|&(center, radius)| rect.distance_to_pos(center) >= radius)
        };
        let candidates = || {
            let rects = POSITIONS.into_iter().map(at);
            rects.filter(|rect| is_clear_of(&occupied, rect) && is_clear_of_discs(rect))
        };
        let found = candidates()
            .find(|rect| is_clear_of(texts, rect))
            .or_else(|| candidates().next());
        occupied.extend(found);
        found
    };
    edges.iter().map(&mut place).collect()
}

/// Places a label on each of many edges, given by its two end points, where it covers as few other edges as
/// possible, preferably near a third of its edge. Returns `None` for a label that would overlap a disc, a
/// text or another label at every position.
pub(crate) fn place_labels_off_edges(
    edges: &[(Pos2, Pos2)],
    sizes: &[Vec2],
    discs: &[(Pos2, f32)],
    texts: &[Rect],
) -> Vec<Option<Rect>> {
    const POSITION_COUNT: usize = 33;
    const ROUNDS: usize = 3;
    const PREFERRED_POSITION: f32 = 0.34;
    /// The distance between labels, and around discs and texts, in points.
    const SPACING: f32 = 2.0;
    let candidate = |index: usize, spot: usize| {
        let (from, to) = edges[index];
        let t = 0.06 + 0.88 * spot as f32 / (POSITION_COUNT - 1) as f32;
        (t, Rect::from_center_size(from + t * (to - from), sizes[index]))
    };
    let crossed_edges = |index: usize, rect: Rect| {
        let others = edges.iter().enumerate().filter(|&(other, _)| other != index);
        others
            .filter(|(_, (from, to))| rect_intersects_segment(rect, *from, *to))
            .count() as f32
    };
    let is_blocked = |rect: Rect| {
        let on_disc = |(center, radius): &(Pos2, f32)| rect.distance_to_pos(*center) < radius + SPACING;
        discs.iter().any(on_disc) || texts.iter().any(|text| text.intersects(rect.expand(SPACING)))
    };
    // The cost of a position by itself is constant, but the overlap of labels is not, so all labels choose
    // several times.
    let fixed_costs: Vec<Vec<f32>> = (0..edges.len())
        .map(|index| {
            let cost = |(t, rect): (f32, Rect)| match is_blocked(rect) {
                true => f32::INFINITY,
                false => 6.0 * crossed_edges(index, rect) + 20.0 * (t - PREFERRED_POSITION).abs(),
            };
            (0..POSITION_COUNT).map(|at| cost(candidate(index, at))).collect()
        })
        .collect();
    let overlap_cost = |rect: Rect, other: Rect| {
        let overlap = rect.expand(SPACING).intersect(other);
        if overlap.is_positive() {
            100.0 + overlap.area()
        } else {
            0.0
        }
    };
    let mut rects: Vec<Option<Rect>> = vec![None; edges.len()];
    for _ in 0..ROUNDS {
        for index in 0..edges.len() {
            let others = rects.iter().enumerate().filter(|&(other, _)| other != index);
            let others: Vec<Rect> = others.filter_map(|(_, rect)| *rect).collect();
            let cost = |at: usize| {
                let rect = candidate(index, at).1;
                let all = others.iter().map(|&other| overlap_cost(rect, other));
                fixed_costs[index][at] + all.sum::<f32>()
            };
            let best = (0..POSITION_COUNT)
                .map(|at| (cost(at), at))
                .min_by(|a, b| a.0.total_cmp(&b.0));
            rects[index] = best
                .filter(|(cost, _)| cost.is_finite())
                .map(|(_, at)| candidate(index, at).1);
        }
    }
    remove_overlapping(&mut rects, |a, b| overlap_cost(a, b) > 0.0);
    rects
}

/// Removes rectangles until none covers another, beginning with those that cover the most others.
fn remove_overlapping(rects: &mut [Option<Rect>], covers: impl Fn(Rect, Rect) -> bool) {
    loop {
        let conflicts = |index: usize| {
            let others = rects.iter().enumerate().filter(|&(other, _)| other != index);
            rects[index].map_or(0, |rect| {
                let is_covered = |other: &Rect| covers(rect, *other);
                others.filter_map(|(_, other)| *other).filter(is_covered).count()
            })
        };
        let worst = (0..rects.len()).map(|index| (conflicts(index), index)).max();
        match worst {
            Some((1.., index)) => rects[index] = None,
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;
    use crate::panes::diagram::geometry::DiagramGeometry;
    use crate::panes::diagram::sizes::DiagramTextSizes;
    use neurodial_core::network::{Activation, Architecture, NeuronAddress};

    #[test]
    fn labels_of_one_neurons_edges_do_not_overlap() {
        let rect = Rect::from_min_size(Pos2::ZERO, vec2(660.0, 380.0));
        let architecture = Architecture::dense(4, &[(3, Activation::Relu)]).unwrap();
        for neuron in 0..3 {
            let geometry =
                DiagramGeometry::new(&architecture, rect, NeuronAddress { layer: 0, neuron }, None);
            let to = geometry.columns[1].slots[neuron].1;
            let sources = geometry.columns[0].slots.iter();
            let edges: Vec<_> = sources.map(|&(_, from)| geometry.edge_ends(from, to)).collect();
            let rects = place_labels(&edges, vec2(54.0, 20.0), &geometry.discs(), &[]);
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
            label_width: 44.0,
            label_count: 12,
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
            let geometry = DiagramGeometry::new(
                &architecture,
                rect,
                NeuronAddress { layer: 0, neuron: 0 },
                Some(&needs),
            );
            let mut edges = Vec::new();
            for (before, column, _) in geometry.adjacent_columns() {
                for (_, from) in &before.slots {
                    edges.extend(column.slots.iter().map(|(_, to)| geometry.edge_ends(*from, *to)));
                }
            }
            let (discs, text_rects) = (geometry.discs(), geometry.text_rects(architecture.last_layer()));
            let sizes = vec![vec2(44.0, 16.0); edges.len()];
            let rects = place_labels_off_edges(&edges, &sizes, &discs, &text_rects);
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
