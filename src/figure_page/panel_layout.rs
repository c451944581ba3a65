//! The layout of a figure's panels: side by side if there is space for them, otherwise in several rows.

use egui::{Rect, Vec2, pos2, vec2};

use crate::panes::pane_info::{SizeHint, TooManyRowsError};

/// The margin of the page, in points of the layout.
pub(crate) const MARGIN: f32 = 7.0;
/// The gap between two panels side by side, in points.
const GAP: f32 = 26.0;
/// The gap between two rows of panels, in points.
const ROW_GAP: f32 = 14.0;
/// The height of the letters above the panels, in points.
pub(crate) const LETTER_HEIGHT: f32 = 22.0;
/// The maximum number of panels for which all ways to break them into rows are tried. With more panels, each
/// has its own row.
const MAX_ARRANGED_PANELS: usize = 10;

/// The space that a panel needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PanelRequest {
    /// The panel's share of a row’s width, relative to the other panels of the row.
    pub(crate) width_share: f32,
    pub(crate) width: SizeHint,
}

/// The reason why panels can't be laid out.
#[derive(Debug)]
pub(crate) enum PanelLayoutError {
    /// The page is too narrow for a panel: the index of the panel, and the width in points that the page
    /// needs.
    TooNarrow(usize, f32),
    /// The page is too short for its panels: the height in points that it needs.
    TooShort(f32),
    /// The list of knobs is too long for a figure.
    Rows(TooManyRowsError),
}

/// The positions of the panels, in points of the layout.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PanelLayout {
    pub(crate) size: Vec2,
    /// The rectangles of the panels, below their letters.
    pub(crate) panel_rects: Vec<Rect>,
    /// True if the panels have letters: if there are at least two.
    pub(crate) has_letters: bool,
}

/// Panels side by side.
struct PanelRow {
    /// The index of the first panel.
    first: usize,
    widths: Vec<f32>,
    height: SizeHint,
}

impl PanelLayout {
    /// Lays out panels on a page of `width` points with as few rows as possible, and of these layouts takes
    /// the one with the smallest height. `footer_height` points below the panels stay free. `height_of`
    /// returns the height of a panel, given its index and its width.
    ///
    /// # Errors
    /// Returns an error if there is not enough space, or the error of `height_of`.
    pub(crate) fn new(
        panels: &[PanelRequest],
        width: f32,
        height: Option<f32>,
        footer_height: f32,
        mut height_of: impl FnMut(usize, f32) -> Result<SizeHint, TooManyRowsError>,
    ) -> Result<Self, PanelLayoutError> {
        let available_width = width - 2.0 * MARGIN;
        for (index, panel) in panels.iter().enumerate() {
            if panel.width.min > available_width {
                return Err(PanelLayoutError::TooNarrow(index, panel.width.min + 2.0 * MARGIN));
            }
        }
        let has_letters = panels.len() > 1;
        let letter = if has_letters { LETTER_HEIGHT } else { 0.0 };
        let mut best: Option<(Vec<PanelRow>, f32)> = None;
        for lengths in row_lengths(panels, available_width) {
            let mut rows = Vec::new();
            let mut first = 0;
            for length in lengths {
                let row_panels = &panels[first..first + length];
                let Some(widths) = widths(row_panels, available_width) else {
                    continue;
                };
                let mut height = SizeHint::fixed(0.0);
                for (index, &width) in widths.iter().enumerate() {
                    let one = height_of(first + index, width).map_err(PanelLayoutError::Rows)?;
                    height = SizeHint::new(height.min.max(one.min), height.preferred.max(one.preferred));
                }
                rows.push(PanelRow {
                    first,
                    widths,
                    height,
                });
                first += length;
            }
            let total: f32 = rows.iter().map(|row| row.height.preferred).sum();
            if best.as_ref().is_none_or(|(_, lowest)| total < *lowest) {
                best = Some((rows, total));
            }
        }
        let (rows, _) = best.unwrap_or_default();
        let gaps = rows.len().saturating_sub(1) as f32;
        let fixed_height = rows.len() as f32 * letter + gaps * ROW_GAP + footer_height + 2.0 * MARGIN;
        let wanted: Vec<f32> = rows.iter().map(|row| row.height.preferred.max(1.0)).collect();
        let mins: Vec<f32> = rows.iter().map(|row| row.height.min).collect();
        let height = height.unwrap_or_else(|| (wanted.iter().sum::<f32>() + fixed_height).ceil());
        let Some(heights) = distribute(height - fixed_height, &wanted, &mins) else {
            return Err(PanelLayoutError::TooShort(
                mins.iter().sum::<f32>() + fixed_height,
            ));
        };
        let mut panel_rects = Vec::with_capacity(panels.len());
        let mut top = MARGIN + letter;
        for (row, height) in rows.iter().zip(heights) {
            let mut left = MARGIN;
            debug_assert_eq!(row.first, panel_rects.len());
            for &width in &row.widths {
                panel_rects.push(Rect::from_min_size(pos2(left, top), vec2(width, height)));
                left += width + GAP;
            }
            top += height + ROW_GAP + letter;
        }
        Ok(Self {
            size: vec2(width, height),
            panel_rects,
            has_letters,
        })
    }
}

/// Returns the widths of panels side by side; `None` if there is not enough space. A single panel takes the
/// whole width.
fn widths(panels: &[PanelRequest], available_width: f32) -> Option<Vec<f32>> {
    if panels.len() == 1 {
        return Some(vec![available_width]);
    }
    let shares: Vec<f32> = panels.iter().map(|panel| panel.width_share).collect();
    let mins: Vec<f32> = panels.iter().map(|panel| panel.width.preferred).collect();
    distribute(
        available_width - GAP * (panels.len() as f32 - 1.0),
        &shares,
        &mins,
    )
}

/// Returns the ways to break panels into as few rows as possible, each as the numbers of panels per row.
fn row_lengths(panels: &[PanelRequest], available_width: f32) -> Vec<Vec<usize>> {
    if panels.len() > MAX_ARRANGED_PANELS {
        return vec![vec![1; panels.len()]];
    }
    let mut found: Vec<Vec<usize>> = Vec::new();
    for ends in 0..1_u32 << panels.len().saturating_sub(1) {
        let mut lengths = vec![0];
        for index in 0..panels.len() {
            if let Some(last) = lengths.last_mut() {
                *last += 1;
            }
            if ends & (1 << index) != 0 {
                lengths.push(0);
            }
        }
        let is_longer = found.first().is_some_and(|best| best.len() < lengths.len());
        let mut first = 0;
        let fits = lengths.iter().all(|&length| {
            let row = &panels[first..first + length];
            first += length;
            widths(row, available_width).is_some()
        });
        if is_longer || !fits {
            continue;
        }
        found.retain(|other| other.len() == lengths.len());
        found.push(lengths);
    }
    found
}

/// Distributes `total` points in proportion to `shares`, each part at least as long as its entry in `mins`;
/// `None` if these don't fit.
pub(crate) fn distribute(total: f32, shares: &[f32], mins: &[f32]) -> Option<Vec<f32>> {
    /// The tolerance for sums of rounded lengths, in points.
    const TOLERANCE: f32 = 0.01;
    if mins.iter().sum::<f32>() > total + TOLERANCE {
        return None;
    }
    let mut is_at_min = vec![false; shares.len()];
    loop {
        let sum_where = |at_min: bool, values: &[f32]| {
            let pairs = values.iter().zip(&is_at_min);
            pairs
                .filter(|(_, is_at_min)| **is_at_min == at_min)
                .map(|(value, _)| value)
                .sum::<f32>()
        };
        let length_per_share =
            (total - sum_where(true, mins)) / sum_where(false, shares).max(f32::MIN_POSITIVE);
        let length = |index: usize| match is_at_min[index] {
            true => mins[index],
            false => length_per_share * shares[index],
        };
        let lengths: Vec<f32> = (0..shares.len()).map(length).collect();
        match (0..lengths.len()).find(|&index| !is_at_min[index] && lengths[index] < mins[index]) {
            Some(index) => is_at_min[index] = true,
            None => return Some(lengths),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDE: PanelRequest = PanelRequest {
        width_share: 1.6,
        width: SizeHint::new(150.0, 300.0),
    };
    const SLIM: PanelRequest = PanelRequest {
        width_share: 1.0,
        width: SizeHint::new(100.0, 200.0),
    };

    fn arranged(
        panels: &[PanelRequest],
        width: f32,
        height: Option<f32>,
    ) -> Result<PanelLayout, PanelLayoutError> {
        PanelLayout::new(panels, width, height, 0.0, |_, width| {
            Ok(SizeHint::new(80.0, 0.5 * width))
        })
    }

    fn rows(arrangement: &PanelLayout) -> Vec<usize> {
        let mut tops: Vec<f32> = arrangement.panel_rects.iter().map(|rect| rect.top()).collect();
        let all = tops.clone();
        tops.dedup();
        let count = |top: &f32| all.iter().filter(|other| *other == top).count();
        tops.iter().map(count).collect()
    }

    #[test]
    fn panels_that_do_not_fit_side_by_side_are_stacked() {
        let shape = |panels: &[PanelRequest], width| rows(&arranged(panels, width, None).unwrap());
        assert_eq!(shape(&[WIDE, SLIM], 600.0), [2]);
        assert_eq!(shape(&[WIDE, SLIM], 530.0), [1, 1]);
        assert_eq!(shape(&[WIDE, SLIM, SLIM], 600.0), [1, 2]);
        assert_eq!(shape(&[SLIM, SLIM, WIDE], 600.0), [2, 1]);
        assert_eq!(shape(&[WIDE, WIDE, WIDE], 320.0), [1, 1, 1]);
    }

    #[test]
    fn panels_stay_on_the_page_and_do_not_overlap() {
        for width in [320.0, 480.0, 640.0, 1200.0] {
            for height in [None, Some(700.0)] {
                let found = arranged(&[WIDE, SLIM, SLIM, WIDE, SLIM], width, height).unwrap();
                let page = Rect::from_min_size(pos2(0.0, 0.0), found.size).shrink(MARGIN - 0.01);
                for (index, rect) in found.panel_rects.iter().enumerate() {
                    assert!(page.contains_rect(*rect), "{rect:?} in {page:?}");
                    assert!(
                        found.panel_rects[..index]
                            .iter()
                            .all(|other| !other.intersects(*rect))
                    );
                }
            }
        }
    }

    #[test]
    fn the_length_in_an_error_is_sufficient() {
        let Err(PanelLayoutError::TooNarrow(0, least)) = arranged(&[WIDE, SLIM], 120.0, None) else {
            panic!("a page that is too narrow was filled");
        };
        assert!(arranged(&[WIDE, SLIM], least, None).is_ok());
        let Err(PanelLayoutError::TooShort(least)) = arranged(&[WIDE, SLIM], 320.0, Some(100.0)) else {
            panic!("a page that is too low was filled");
        };
        assert!(arranged(&[WIDE, SLIM], 320.0, Some(least)).is_ok());
    }

    #[test]
    fn every_length_is_at_least_its_minimum() {
        assert_eq!(
            distribute(100.0, &[1.0, 3.0], &[0.0, 0.0]),
            Some(vec![25.0, 75.0])
        );
        assert_eq!(
            distribute(100.0, &[1.0, 3.0], &[40.0, 10.0]),
            Some(vec![40.0, 60.0])
        );
        assert_eq!(
            distribute(100.0, &[1.0, 1.0, 8.0], &[20.0, 14.0, 10.0]),
            Some(vec![20.0, 14.0, 66.0])
        );
        assert_eq!(distribute(100.0, &[1.0, 1.0], &[60.0, 41.0]), None);
        assert_eq!(
            distribute(100.0, &[1.0, 1.0], &[60.0, 40.0]),
            Some(vec![60.0, 40.0])
        );
    }
}
