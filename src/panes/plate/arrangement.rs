//! Where the panes of a figure are: side by side where each has room, or else under each other.

use egui::{Rect, Vec2, pos2, vec2};

use super::side::{Side, parts};

/// From the edge of the page to what is drawn, in points of the layout.
pub const MARGIN: f32 = 7.0;
/// Between two panes side by side.
const GAP: f32 = 26.0;
/// Between two rows of panes.
const ROW_GAP: f32 = 14.0;
/// The height of the letters over the panes.
pub const LETTER: f32 = 22.0;
/// More panes than this are in rows of one.
const MOST_TRIED: usize = 10;

/// A pane that wants a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guest {
    /// How much of a row’s width it gets, beside others.
    pub share: f32,
    /// Its width.
    pub width: Side,
}

/// Why there is no arrangement.
#[derive(Debug, Clone, PartialEq)]
pub enum Misfit {
    /// The page is too narrow for a pane, by its index, that needs a page of so many points.
    Narrow(usize, f32),
    /// The page is too low for what is in it, that needs so many points.
    Low(f32),
}

/// Where everything is, in points of the layout.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrangement {
    /// The page.
    pub size: Vec2,
    /// The places of the panes, each with its letter over it where there are several.
    pub places: Vec<Rect>,
    /// Whether the panes have letters.
    pub has_letters: bool,
}

/// Panes side by side.
struct Row {
    /// The first one.
    first: usize,
    widths: Vec<f32>,
    height: Side,
}

impl Arrangement {
    /// Arranges panes on a page of `width` points with as few rows as possible, and of these the lowest; `foot` points stay
    /// free under them. A pane of an index has at a width the height that `height_of` says.
    ///
    /// # Errors
    /// What there is no room for, or what `height_of` says.
    pub fn new<E: From<Misfit>>(
        guests: &[Guest],
        width: f32,
        height: Option<f32>,
        foot: f32,
        mut height_of: impl FnMut(usize, f32) -> Result<Side, E>,
    ) -> Result<Self, E> {
        let room = width - 2.0 * MARGIN;
        for (index, guest) in guests.iter().enumerate() {
            if guest.width.least > room {
                return Err(Misfit::Narrow(index, guest.width.least + 2.0 * MARGIN).into());
            }
        }
        let has_letters = guests.len() > 1;
        let letter = if has_letters { LETTER } else { 0.0 };
        let mut best: Option<(Vec<Row>, f32)> = None;
        for lengths in breaks(guests, room) {
            let mut rows = Vec::new();
            let mut first = 0;
            for length in lengths {
                let of_row = &guests[first..first + length];
                let Some(widths) = widths(of_row, room) else {
                    continue;
                };
                let mut height = Side::fixed(0.0);
                for (index, &width) in widths.iter().enumerate() {
                    let one = height_of(first + index, width)?;
                    height = Side::new(height.least.max(one.least), height.wanted.max(one.wanted));
                }
                rows.push(Row {
                    first,
                    widths,
                    height,
                });
                first += length;
            }
            let total: f32 = rows.iter().map(|row| row.height.wanted).sum();
            if best.as_ref().is_none_or(|(_, least)| total < *least) {
                best = Some((rows, total));
            }
        }
        let (rows, _) = best.unwrap_or_default();
        let gaps = rows.len().saturating_sub(1) as f32;
        let besides = rows.len() as f32 * letter + gaps * ROW_GAP + foot + 2.0 * MARGIN;
        let wanted: Vec<f32> = rows.iter().map(|row| row.height.wanted.max(1.0)).collect();
        let leasts: Vec<f32> = rows.iter().map(|row| row.height.least).collect();
        let height = height.unwrap_or_else(|| (wanted.iter().sum::<f32>() + besides).ceil());
        let Some(heights) = parts(height - besides, &wanted, &leasts) else {
            return Err(Misfit::Low(leasts.iter().sum::<f32>() + besides).into());
        };
        let mut places = Vec::with_capacity(guests.len());
        let mut top = MARGIN + letter;
        for (row, height) in rows.iter().zip(heights) {
            let mut left = MARGIN;
            debug_assert_eq!(row.first, places.len());
            for &width in &row.widths {
                places.push(Rect::from_min_size(pos2(left, top), vec2(width, height)));
                left += width + GAP;
            }
            top += height + ROW_GAP + letter;
        }
        Ok(Self {
            size: vec2(width, height),
            places,
            has_letters,
        })
    }
}

/// The widths of panes side by side; `None` if they have no room. One alone takes it all.
fn widths(guests: &[Guest], room: f32) -> Option<Vec<f32>> {
    if guests.len() == 1 {
        return Some(vec![room]);
    }
    let shares: Vec<f32> = guests.iter().map(|guest| guest.share).collect();
    let leasts: Vec<f32> = guests.iter().map(|guest| guest.width.wanted).collect();
    parts(room - GAP * (guests.len() as f32 - 1.0), &shares, &leasts)
}

/// The ways to break panes into as few rows as possible: how many are in each.
fn breaks(guests: &[Guest], room: f32) -> Vec<Vec<usize>> {
    if guests.len() > MOST_TRIED {
        return vec![vec![1; guests.len()]];
    }
    let mut found: Vec<Vec<usize>> = Vec::new();
    for ends in 0..1_u32 << guests.len().saturating_sub(1) {
        let mut lengths = vec![0];
        for index in 0..guests.len() {
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
            let row = &guests[first..first + length];
            first += length;
            widths(row, room).is_some()
        });
        if is_longer || !fits {
            continue;
        }
        found.retain(|other| other.len() == lengths.len());
        found.push(lengths);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDE: Guest = Guest {
        share: 1.6,
        width: Side::new(150.0, 300.0),
    };
    const SLIM: Guest = Guest {
        share: 1.0,
        width: Side::new(100.0, 200.0),
    };

    fn arranged(guests: &[Guest], width: f32, height: Option<f32>) -> Result<Arrangement, Misfit> {
        Arrangement::new(guests, width, height, 0.0, |_, width| {
            Ok(Side::new(80.0, 0.5 * width))
        })
    }

    fn rows(arrangement: &Arrangement) -> Vec<usize> {
        let mut tops: Vec<f32> = arrangement.places.iter().map(|place| place.top()).collect();
        let all = tops.clone();
        tops.dedup();
        let count = |top: &f32| all.iter().filter(|other| *other == top).count();
        tops.iter().map(count).collect()
    }

    #[test]
    fn panes_without_room_beside_each_other_are_under_each_other() {
        let shape = |guests: &[Guest], width| rows(&arranged(guests, width, None).unwrap());
        assert_eq!(shape(&[WIDE, SLIM], 600.0), [2]);
        assert_eq!(shape(&[WIDE, SLIM], 530.0), [1, 1]);
        assert_eq!(shape(&[WIDE, SLIM, SLIM], 600.0), [1, 2]);
        assert_eq!(shape(&[SLIM, SLIM, WIDE], 600.0), [2, 1]);
        assert_eq!(shape(&[WIDE, WIDE, WIDE], 320.0), [1, 1, 1]);
    }

    #[test]
    fn no_place_leaves_the_page_or_covers_another() {
        for width in [320.0, 480.0, 640.0, 1200.0] {
            for height in [None, Some(700.0)] {
                let found = arranged(&[WIDE, SLIM, SLIM, WIDE, SLIM], width, height).unwrap();
                let page = Rect::from_min_size(pos2(0.0, 0.0), found.size).shrink(MARGIN - 0.01);
                for (index, place) in found.places.iter().enumerate() {
                    assert!(page.contains_rect(*place), "{place:?} in {page:?}");
                    assert!(
                        found.places[..index]
                            .iter()
                            .all(|other| !other.intersects(*place))
                    );
                }
            }
        }
    }

    #[test]
    fn the_length_that_a_refusal_names_is_enough() {
        let Err(Misfit::Narrow(0, least)) = arranged(&[WIDE, SLIM], 120.0, None) else {
            panic!("a page that is too narrow was filled");
        };
        assert!(arranged(&[WIDE, SLIM], least, None).is_ok());
        let Err(Misfit::Low(least)) = arranged(&[WIDE, SLIM], 320.0, Some(100.0)) else {
            panic!("a page that is too low was filled");
        };
        assert!(arranged(&[WIDE, SLIM], 320.0, Some(least)).is_ok());
    }
}
