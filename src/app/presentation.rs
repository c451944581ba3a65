//! The layout and the size of presentation mode: a few panes alone, so large that they can be read from the back
//! of a classroom.

use egui::{Id, Vec2};
use egui_tiles::{Linear, LinearDir, TileId, Tiles, Tree};

use crate::panes::Pane;

/// The size of the window's contents in presentation mode, in points. In a window of 1280 by 720 pixels a point
/// is then 2.2 pixels, so that the smallest numbers, of 11 points, are 24 pixels high.
const CONTENTS_SIZE: Vec2 = egui::vec2(580.0, 327.0);

/// The state of presentation mode.
#[derive(Debug)]
pub(super) struct Presentation {
    /// The layout of the presented panes.
    pub(super) tree: Tree<Pane>,
    /// The size of the interface, in percent.
    pub(super) scale: u32,
    /// The pane that filled the window before.
    pub(super) maximized_before: Option<Pane>,
    /// True if the window filled the screen before.
    pub(super) was_fullscreen: bool,
}

/// Returns the size of the interface in percent for a window of this size at 100%, in points.
pub(super) fn scale_for(unscaled_size: Vec2) -> u32 {
    // A rounding error must not cost a percent.
    let percent = 100.0 * (unscaled_size / CONTENTS_SIZE).min_elem() + 0.01;
    (percent as u32).max(100)
}

/// The share of the width that the first pane has in presentation mode.
pub(super) const PRESENTED_SHARE: f32 = 0.55;

/// Returns the layout of some panes: the first one on the left with this share of the width, and beside it two of the others, one above the
/// other. Further ones are tabs of the lower one.
pub(super) fn tree_of(panes: &[Pane], share: f32) -> Tree<Pane> {
    let mut tiles = Tiles::default();
    let ids: Vec<TileId> = panes.iter().map(|&pane| tiles.insert_pane(pane)).collect();
    let id = Id::unique("presented_panes");
    let root = match ids.as_slice() {
        [] => return Tree::empty(id),
        &[single] => single,
        &[left, right] => {
            tiles.insert_container(Linear::new_binary(LinearDir::Horizontal, [left, right], share))
        }
        [left, upper, rest @ ..] => {
            let lower = match rest {
                &[single] => single,
                several => tiles.insert_tab_tile(several.to_vec()),
            };
            let right =
                tiles.insert_container(Linear::new_binary(LinearDir::Vertical, [*upper, lower], 0.47));
            tiles.insert_container(Linear::new_binary(LinearDir::Horizontal, [*left, right], share))
        }
    };
    Tree::new(id, root, tiles)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::layout;

    #[test]
    fn any_number_of_panes_has_a_layout_that_shows_the_first_three() {
        let panes: Vec<Pane> = Pane::in_window().collect();
        for count in 0..=panes.len() {
            let tree = tree_of(&panes[..count], PRESENTED_SHARE);
            let shown = panes.iter().filter(|&&pane| layout::is_shown(&tree, pane));
            assert_eq!(shown.count(), count.min(3));
            assert!(
                panes[..count]
                    .iter()
                    .all(|pane| tree.tiles.find_pane(pane).is_some())
            );
        }
    }

    #[test]
    fn the_contents_are_doubled_on_a_projector_and_never_reduced() {
        assert_eq!(scale_for(egui::vec2(1280.0, 720.0)), 220);
        assert_eq!(scale_for(egui::vec2(1920.0, 1080.0)), 330);
        assert_eq!(scale_for(egui::vec2(400.0, 300.0)), 100);
    }
}
