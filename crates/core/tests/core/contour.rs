//! Contour lines of a grid of values.

use neurodial_core::insight::Contour;
use proptest::prelude::*;

/// Returns the values of a function at the points of a grid, row by row.
fn grid(columns: usize, rows: usize, f: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    (0..rows)
        .flat_map(|row| (0..columns).map(move |column| (row, column)))
        .map(|(row, column)| f(column as f64, row as f64))
        .collect()
}

/// Returns the contour lines at a level, as points in units of columns and rows.
pub fn contour_lines(values: &[f64], columns: usize, level: f64) -> Vec<Vec<[f64; 2]>> {
    let mut contour = Contour::default();
    contour.trace(values, columns, level);
    contour.lines().map(<[[f64; 2]]>::to_vec).collect()
}

#[test]
fn the_contour_of_a_plane_is_one_straight_line() {
    let values = grid(9, 7, |x, y| 2.0 * x + y);
    let found = contour_lines(&values, 9, 7.5);
    assert_eq!(found.len(), 1);
    for [x, y] in &found[0] {
        assert!((2.0 * x + y - 7.5).abs() < 1e-12);
    }
    let ends = [found[0][0], *found[0].last().unwrap()];
    assert!(
        ends.iter().any(|end| end[1] == 0.0) && ends.iter().any(|end| end[1] == 6.0),
        "{ends:?}"
    );
}

#[test]
fn the_contour_of_a_cone_is_one_closed_line() {
    let values = grid(41, 41, |x, y| (x - 20.0).hypot(y - 20.0));
    let found = contour_lines(&values, 41, 11.3);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0][0], *found[0].last().unwrap());
    assert!(found[0].len() > 60);
    for [x, y] in &found[0] {
        assert!(((x - 20.0).hypot(y - 20.0) - 11.3).abs() < 0.02);
    }
    let two = contour_lines(
        &grid(41, 41, |x, y| {
            (x - 10.0).hypot(y - 20.0).min((x - 30.0).hypot(y - 20.0))
        }),
        41,
        5.0,
    );
    assert_eq!(two.len(), 2);
}

#[test]
fn saddles_flat_grids_and_missing_values_have_the_right_contours() {
    let saddle = contour_lines(&[1.0, 0.0, 0.0, 1.0], 2, 0.4);
    assert_eq!(
        saddle.len(),
        2,
        "the middle is above the level, so two corners are cut off"
    );
    assert!(saddle.iter().all(|line| line.len() == 2));
    assert!(
        contour_lines(&grid(5, 5, |_, _| 1.0), 5, 1.0).is_empty(),
        "a value at the level counts as below it"
    );
    assert!(contour_lines(&[], 0, 0.0).is_empty() && contour_lines(&[1.0, 2.0], 2, 1.5).is_empty());
    let mut with_hole = grid(9, 9, |x, _| x);
    with_hole[9 * 4 + 4] = f64::NAN;
    let found = contour_lines(&with_hole, 9, 4.5);
    assert_eq!(found.len(), 2, "the missing value interrupts the line");
    assert!(found.iter().flatten().all(|point| point[0] == 4.5));
}

proptest! {
    #[test]
    fn each_crossed_edge_is_in_exactly_one_line(values in prop::collection::vec(-1.0..1.0_f64, 42)) {
        let crossed = {
            let above = |index: usize| values[index] > 0.0;
            let right = (0..42).filter(|i| i % 7 < 6 && above(*i) != above(i + 1)).count();
            let up = (0..35).filter(|&i| above(i) != above(i + 7)).count();
            right + up
        };
        let found = contour_lines(&values, 7, 0.0);
        let closed = found.iter().filter(|line| line[0] == line[line.len() - 1] && line.len() > 2).count();
        let points: usize = found.iter().map(Vec::len).sum();
        prop_assert_eq!(points - closed, crossed);
        for line in &found {
            let is_closed = line[0] == line[line.len() - 1];
            let is_at_border = |[x, y]: [f64; 2]| x == 0.0 || y == 0.0 || x == 6.0 || y == 5.0;
            prop_assert!(is_closed || is_at_border(line[0]) && is_at_border(line[line.len() - 1]));
            for pair in line.windows(2) {
                prop_assert!((pair[0][0] - pair[1][0]).abs() <= 1.0 && (pair[0][1] - pair[1][1]).abs() <= 1.0);
            }
        }
    }
}
