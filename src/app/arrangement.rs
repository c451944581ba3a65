//! Checks of an arrangement of the panes that a file contains.

use std::collections::HashSet;

use egui_tiles::{Container, GridLayout, Tile, TileId, Tree};

use crate::panes::Pane;

/// The maximum number of tiles.
const MAX_TILES: usize = 1000;
/// The maximum number of containers inside each other.
const MAX_DEPTH: usize = 32;
/// The maximum number of columns of a grid.
const MAX_COLUMNS: usize = 100;
/// The maximum share of a part, compared with the 1 of most parts.
const MAX_SHARE: f32 = 1e6;

/// True if an arrangement can be drawn: it contains panes of the window, none twice, no container is inside itself, and
/// every part has an ordinary share of the space. A pane that it lacks was added to the program later, and is inserted
/// when the user asks for it.
pub(super) fn is_valid(tree: &Tree<Pane>) -> bool {
    // The number after the highest must exist, too.
    let has_ordinary_ids = tree.tiles.tile_ids().all(|TileId(id)| id < u64::MAX / 2);
    let mut visited = HashSet::new();
    tree.tiles.len() <= MAX_TILES
        && has_ordinary_ids
        && has_unique_panes(tree)
        && tree
            .root()
            .is_some_and(|root| is_valid_tile(tree, root, 0, &mut visited))
}

/// Forgets what only the program that wrote the arrangement needed.
pub(super) fn normalize(tree: &mut Tree<Pane>) {
    tree.tiles.recompute_next_tile_id();
    tree.set_width(f32::INFINITY);
    tree.set_height(f32::INFINITY);
}

fn has_unique_panes(tree: &Tree<Pane>) -> bool {
    let count = |pane_to_count: Pane| {
        let panes = tree.tiles.iter().filter_map(|(_, tile)| match tile {
            Tile::Pane(pane) => Some(*pane),
            Tile::Container(_) => None,
        });
        panes.filter(|&pane| pane == pane_to_count).count()
    };
    let max_count = |pane: Pane| usize::from(pane.info().region.is_some());
    Pane::ALL.into_iter().all(|pane| count(pane) <= max_count(pane))
}

/// True if a tile and everything in it is valid. egui_tiles itself ignores a tile that is missing.
fn is_valid_tile(tree: &Tree<Pane>, id: TileId, depth: usize, visited: &mut HashSet<TileId>) -> bool {
    let Some(tile) = tree.tiles.get(id) else {
        return depth > 0;
    };
    if !visited.insert(id) || depth > MAX_DEPTH {
        return false;
    }
    let Tile::Container(container) = tile else {
        return true;
    };
    let has_ordinary_shares = match container {
        Container::Tabs(_) => true,
        Container::Linear(linear) => are_ordinary(linear.shares.iter().map(|(_, share)| share)),
        Container::Grid(grid) => {
            are_ordinary(&grid.col_shares)
                && are_ordinary(&grid.row_shares)
                && !matches!(grid.layout, GridLayout::Columns(columns) if columns > MAX_COLUMNS)
        }
    };
    has_ordinary_shares
        && container
            .children()
            .all(|&child| is_valid_tile(tree, child, depth + 1, visited))
}

fn are_ordinary<'a>(shares: impl IntoIterator<Item = &'a f32>) -> bool {
    shares.into_iter().all(|share| (0.0..=MAX_SHARE).contains(share))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(root: u64, tiles: &str) -> Tree<Pane> {
        let text = format!(
            r#"{{"id": 7, "root": {root}, "tiles": {{"next_tile_id": 1, "tiles": {{{tiles}}}, "invisible": []}},
                "height": 3.0, "width": null}}"#
        );
        serde_json::from_str(&text).expect("it is a tree")
    }

    fn linear(children: &str, shares: &str) -> String {
        format!(
            r#"{{"Container": {{"Linear":
                {{"children": [{children}], "dir": "Vertical", "shares": {{"shares": {{{shares}}}}}}}}}}}"#
        )
    }

    #[test]
    fn arrangements_that_cannot_be_drawn_are_found() {
        let panes = r#""1": {"Pane": "knobs"}, "2": {"Pane": "diagram"}"#;
        let with = |shares: &str| tree(3, &format!(r#"{panes}, "3": {}"#, linear("1, 2", shares)));
        assert!(is_valid(&with("")));
        assert!(is_valid(&with(r#""1": 2.5, "2": 0.5"#)));
        for shares in [r#""1": 3e38, "2": 3e38"#, r#""1": -1.0"#, r#""1": 1e7"#] {
            assert!(!is_valid(&with(shares)), "{shares}");
        }
        let in_itself = format!(r#"{panes}, "3": {}"#, linear("1, 3", ""));
        assert!(!is_valid(&tree(3, &in_itself)));
        let twice = format!(r#"{panes}, "3": {}"#, linear("1, 1", ""));
        assert!(!is_valid(&tree(3, &twice)));
        assert!(!is_valid(&tree(9, panes)), "the root is missing");
        assert!(!is_valid(&tree(
            1,
            r#""1": {"Pane": "knobs"}, "2": {"Pane": "knobs"}"#
        )));
        let high = u64::MAX;
        assert!(!is_valid(&tree(
            high,
            &format!(r#""{high}": {{"Pane": "knobs"}}"#)
        )));
        let grid = r#""1": {"Pane": "knobs"}, "3": {"Container": {"Grid": {"children": [1], "layout": {"Columns": 9000000000},
            "col_shares": [], "row_shares": []}}}"#;
        assert!(!is_valid(&tree(3, grid)));
    }
}
