//! Where the panes are.

use egui::{Color32, Id, Sense, Stroke, Ui, WidgetText};
use egui_tiles::{
    Behavior, EditAction, Linear, LinearDir, ResizeState, SimplificationOptions, TileId, Tiles, Tree,
    UiResponse,
};

use crate::canvas::Stage;
use crate::look::{style, type_scale};
use crate::panes::{Pane, Scene};

use super::Command;

/// The gap between panes, in points.
const GAP: f32 = 10.0;

/// In a window smaller than this, in points, formula and cases share a place.
const ROOMY: egui::Vec2 = egui::vec2(1000.0, 600.0);

/// Whether a window of this size has room for every pane.
pub fn is_roomy(size: egui::Vec2) -> bool {
    size.x >= ROOMY.x && size.y >= ROOMY.y
}

/// The panes as they are at first: knobs to the left, network over curves in the middle, and formula over
/// cases to the right; in a small window, the last two are tabs.
pub fn first_layout(is_roomy: bool) -> Tree<Pane> {
    let mut tiles = Tiles::default();
    let [knobs, diagram, curves, formula, cases, training, data] =
        Pane::ALL.map(|pane| tiles.insert_pane(pane));
    let pair = |tiles: &mut Tiles<Pane>, above, below, fraction| {
        tiles.insert_container(Linear::new_binary(LinearDir::Vertical, [above, below], fraction))
    };
    let below = tiles.insert_tab_tile(vec![curves, training]);
    let middle = pair(&mut tiles, diagram, below, 0.54);
    let (right, shares) = if is_roomy {
        let below = tiles.insert_tab_tile(vec![cases, data]);
        (pair(&mut tiles, formula, below, 0.62), [0.74, 1.5, 0.8])
    } else {
        (
            tiles.insert_tab_tile(vec![formula, cases, data]),
            [0.95, 1.2, 0.85],
        )
    };
    let mut columns = Linear::new(LinearDir::Horizontal, vec![knobs, middle, right]);
    for (tile, share) in [knobs, middle, right].into_iter().zip(shares) {
        columns.shares.set_share(tile, share);
    }
    let root = tiles.insert_container(columns);
    Tree::new(Id::unique("panes"), root, tiles)
}

/// Whether a remembered layout still has every pane exactly once.
pub fn is_whole(tree: &Tree<Pane>) -> bool {
    let count = |wanted: Pane| {
        let panes = tree.tiles.iter().filter_map(|(_, tile)| match tile {
            egui_tiles::Tile::Pane(pane) => Some(*pane),
            egui_tiles::Tile::Container(_) => None,
        });
        panes.filter(|&pane| pane == wanted).count()
    };
    tree.root().is_some() && Pane::ALL.into_iter().all(|pane| count(pane) == 1)
}

/// Whether a pane is shown.
pub fn is_shown(tree: &Tree<Pane>, pane: Pane) -> bool {
    tree.tiles.find_pane(&pane).is_some_and(|id| tree.is_visible(id))
}

/// Shows or hides a pane.
pub fn set_shown(tree: &mut Tree<Pane>, pane: Pane, shown: bool) {
    if let Some(id) = tree.tiles.find_pane(&pane) {
        tree.set_visible(id, shown);
    }
}

/// Draws panes as cards, for egui_tiles.
pub struct Cards<'a, 's> {
    /// What the panes draw from.
    pub scene: &'a mut Scene<'s>,
    /// Where they lay out their parts.
    pub stage: &'a mut Stage,
    /// What the buttons on the cards ask for.
    pub commands: &'a mut Vec<Command>,
    /// The pane that fills the window.
    pub filled: Option<Pane>,
    /// Set when a person moves or resizes a pane.
    pub is_rearranged: &'a mut bool,
}

impl Cards<'_, '_> {
    /// A pane as a card. Says whether its head is being dragged to another place.
    pub fn card_ui(&mut self, ui: &mut Ui, pane: Pane) -> bool {
        let look = self.scene.look;
        let mut is_dragged = false;
        style::card_frame(look).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            is_dragged = self.head_ui(ui, pane);
            ui.add_space(4.0);
            ui.push_id(pane, |ui| pane.show(ui, self.scene, self.stage));
        });
        is_dragged
    }

    fn head_ui(&mut self, ui: &mut Ui, pane: Pane) -> bool {
        let look = self.scene.look;
        let heading = pane.heading(self.scene);
        let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 22.0), Sense::hover());
        // Without `FOCUSABLE`: it has nothing for the keyboard, so it is no stop of Tab.
        let head = ui.interact(rect, Id::unique(("head", pane)), Sense::DRAG);
        let mut bar = ui.new_child(
            egui::UiBuilder::new()
                .max_rect(rect)
                .layout(egui::Layout::right_to_left(egui::Align::Center)),
        );
        let fill_text = if self.filled == Some(pane) { "▫" } else { "□" };
        let mut button = |ui: &mut Ui, text: &str, name: String, command: Command| {
            let rich = egui::RichText::new(text).color(look.ink_soft);
            let response = ui.add(
                egui::Button::new(rich)
                    .frame(false)
                    .min_size(egui::vec2(20.0, 20.0)),
            );
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
            if response.on_hover_text(&name).clicked() {
                self.commands.push(command);
            }
        };
        button(
            &mut bar,
            "✕",
            format!("Hide {}", pane.title()),
            Command::Toggle(pane),
        );
        let fill_name = match self.filled {
            Some(_) => "Show all panes".to_owned(),
            None => format!("Fill the window with {}", pane.title()),
        };
        button(&mut bar, fill_text, fill_name, Command::Fill(pane));
        bar.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
            let text = egui::RichText::new(heading)
                .font(type_scale::title())
                .color(look.ink);
            ui.add(egui::Label::new(text).truncate().selectable(false));
        });
        if head.hovered() && self.filled.is_none() {
            ui.set_cursor_icon(egui::CursorIcon::Grab);
        }
        head.drag_started() && self.filled.is_none()
    }
}

impl Behavior<Pane> for Cards<'_, '_> {
    fn pane_ui(&mut self, ui: &mut Ui, _tile_id: TileId, pane: &mut Pane) -> UiResponse {
        if self.card_ui(ui, *pane) {
            UiResponse::DragStarted
        } else {
            UiResponse::None
        }
    }

    fn tab_title_for_pane(&mut self, pane: &Pane) -> WidgetText {
        pane.title().into()
    }

    fn gap_width(&self, _style: &egui::Style) -> f32 {
        GAP
    }

    fn min_size(&self) -> f32 {
        150.0
    }

    fn resize_stroke(&self, _style: &egui::Style, state: ResizeState) -> Stroke {
        match state {
            ResizeState::Idle => Stroke::NONE,
            ResizeState::Hovering | ResizeState::Dragging => Stroke::new(2.0, self.scene.look.accent),
        }
    }

    fn simplification_options(&self) -> SimplificationOptions {
        SimplificationOptions {
            all_panes_must_have_tabs: false,
            ..SimplificationOptions::default()
        }
    }

    fn on_edit(&mut self, edit: EditAction) {
        if matches!(edit, EditAction::TileResized | EditAction::TileDropped) {
            *self.is_rearranged = true;
        }
    }

    fn tab_bar_color(&self, _visuals: &egui::Visuals) -> Color32 {
        self.scene.look.ground
    }

    fn is_tile_draggable(&self, tiles: &Tiles<Pane>, tile_id: TileId) -> bool {
        // The ground behind tabs would be a stop of Tab without a name.
        matches!(tiles.get(tile_id), Some(egui_tiles::Tile::Pane(_)))
    }
}
