//! Where the panes are.

use egui::{Color32, Id, Sense, Stroke, Ui, WidgetText};
use egui_tiles::{
    Behavior, Container, EditAction, Linear, LinearDir, ResizeState, SimplificationOptions, TabState, Tabs,
    Tile, TileId, Tiles, Tree, UiResponse,
};

use crate::canvas::Stage;
use crate::look::{style, type_scale};
use crate::panes::{Home, Pane, Scene};

use super::Command;

/// The gap between panes, in points.
const GAP: f32 = 10.0;

/// In a window smaller than this, in points, formula and cases share a place.
const ROOMY: egui::Vec2 = egui::vec2(1000.0, 600.0);

/// Whether a window of this size has room for every pane.
pub fn is_roomy(size: egui::Vec2) -> bool {
    size.x >= ROOMY.x && size.y >= ROOMY.y
}

/// The panes as they are at first: knobs to the left, the network over curves or map in the middle, and the formula
/// over the code to the right, with cases and words as tabs; in a small window, all of the right column are tabs.
pub fn first_layout(is_roomy: bool) -> Tree<Pane> {
    let mut tiles = Tiles::default();
    let pair = |tiles: &mut Tiles<Pane>, above, below, fraction| {
        tiles.insert_container(Linear::new_binary(LinearDir::Vertical, [above, below], fraction))
    };
    let knobs = tabs_at(&mut tiles, &[Home::Left]);
    let diagram = tabs_at(&mut tiles, &[Home::Picture]);
    let plots = tabs_at(&mut tiles, &[Home::Plots]);
    let middle = pair(&mut tiles, diagram, plots, 0.54);
    let (right, shares) = if is_roomy {
        let sum = tabs_at(&mut tiles, &[Home::Sum]);
        let texts = tabs_at(&mut tiles, &[Home::Texts]);
        (pair(&mut tiles, sum, texts, 0.56), [0.74, 1.5, 0.8])
    } else {
        let both = tabs_at(&mut tiles, &[Home::Sum, Home::Texts]);
        (both, [0.95, 1.2, 0.85])
    };
    let mut columns = Linear::new(LinearDir::Horizontal, vec![knobs, middle, right]);
    for (tile, share) in [knobs, middle, right].into_iter().zip(shares) {
        columns.shares.set_share(tile, share);
    }
    let root = tiles.insert_container(columns);
    let mut tree = Tree::new(Id::unique("panes"), root, tiles);
    if is_roomy {
        // Cases are empty at first, and code is not.
        set_shown(&mut tree, Pane::Code, true);
    }
    tree
}

/// The panes that are at some places at first, as tabs in their order; a pane that is alone needs none.
fn tabs_at(tiles: &mut Tiles<Pane>, homes: &[Home]) -> TileId {
    let panes = homes
        .iter()
        .flat_map(|&home| Pane::ALL.into_iter().filter(move |pane| pane.home() == home));
    let panes: Vec<TileId> = panes.map(|pane| tiles.insert_pane(pane)).collect();
    match panes.as_slice() {
        &[alone] => alone,
        _ => tiles.insert_tab_tile(panes),
    }
}

/// Whether a remembered layout has no pane twice. One that it lacks is newer than the layout, and comes when it is
/// asked for.
pub fn is_whole(tree: &Tree<Pane>) -> bool {
    let count = |wanted: Pane| {
        let panes = tree.tiles.iter().filter_map(|(_, tile)| match tile {
            egui_tiles::Tile::Pane(pane) => Some(*pane),
            egui_tiles::Tile::Container(_) => None,
        });
        panes.filter(|&pane| pane == wanted).count()
    };
    tree.root().is_some() && Pane::ALL.into_iter().all(|pane| count(pane) <= 1)
}

/// Whether a pane is shown: not hidden, and no other tab lies over it.
pub fn is_shown(tree: &Tree<Pane>, pane: Pane) -> bool {
    let Some(id) = tree.tiles.find_pane(&pane) else {
        return false;
    };
    tree.is_visible(id) && tabs_of(tree, id).is_none_or(|tabs| tabs.active == Some(id))
}

/// The tabs that a tile is one of.
fn tabs_of(tree: &Tree<Pane>, id: TileId) -> Option<&Tabs> {
    match tree.tiles.get_container(tree.tiles.parent_of(id)?)? {
        Container::Tabs(tabs) => Some(tabs),
        _ => None,
    }
}

/// Shows a pane, over the other tabs where it is one of several, or hides it.
pub fn set_shown(tree: &mut Tree<Pane>, pane: Pane, shown: bool) {
    if shown && tree.tiles.find_pane(&pane).is_none() {
        insert(tree, pane);
    }
    let Some(id) = tree.tiles.find_pane(&pane) else {
        return;
    };
    tree.set_visible(id, shown);
    if shown {
        tree.make_active(|tile, _| tile == id);
    }
}

/// Puts a pane that the layout lacks beside another one, as a tab.
fn insert(tree: &mut Tree<Pane>, pane: Pane) {
    let is_beside = |other: &Pane| other.home() == pane.home();
    let found = Pane::ALL.into_iter().filter(is_beside).chain(Pane::ALL);
    let Some(neighbour) = found.filter_map(|pane| tree.tiles.find_pane(&pane)).next() else {
        return;
    };
    let new = tree.tiles.insert_pane(pane);
    let parent = tree.tiles.parent_of(neighbour);
    if let Some(parent) = parent
        && let Some(Tile::Container(Container::Tabs(tabs))) = tree.tiles.get_mut(parent)
    {
        tabs.add_child(new);
        return;
    }
    // The neighbour's tile becomes the tabs, so that its place and its share stay what they are.
    let Some(old) = tree.tiles.get(neighbour).cloned() else {
        return;
    };
    let moved = tree.tiles.insert_new(old);
    let tabs = Container::Tabs(Tabs::new(vec![moved, new]));
    tree.tiles.insert(neighbour, Tile::Container(tabs));
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
        let is_filled = self.filled == Some(pane);
        let mut button = |ui: &mut Ui, text: &str, name: String, command: Command| {
            let rich = egui::RichText::new(text).color(look.ink_soft);
            let response = ui.add(
                egui::Button::new(rich)
                    .frame(false)
                    // Without the drag, a press would take the pane by its head.
                    .sense(Sense::click_and_drag())
                    .min_size(egui::vec2(20.0, 20.0)),
            );
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
            if command == Command::Fill(pane) {
                paint_fill(ui.painter(), response.rect.center(), is_filled, look.ink_soft);
            }
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
        button(&mut bar, "", fill_name, Command::Fill(pane));
        if pane == Pane::Code {
            let paste = Command::PasteNetwork;
            button(&mut bar, "Paste…", paste.text(), paste);
        }
        pane.choices_ui(&mut bar, self.scene);
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
        matches!(tiles.get(tile_id), Some(Tile::Pane(_)))
    }

    fn tab_bar_height(&self, _style: &egui::Style) -> f32 {
        26.0
    }

    fn tab_bar_hline_stroke(&self, _visuals: &egui::Visuals) -> Stroke {
        Stroke::NONE
    }

    fn tab_outline_stroke(
        &self,
        _visuals: &egui::Visuals,
        _tiles: &Tiles<Pane>,
        _tile_id: TileId,
        _state: &TabState,
    ) -> Stroke {
        Stroke::NONE
    }

    fn tab_bg_color(
        &self,
        _visuals: &egui::Visuals,
        _tiles: &Tiles<Pane>,
        _tile_id: TileId,
        state: &TabState,
    ) -> Color32 {
        if state.active {
            self.scene.look.card
        } else {
            Color32::TRANSPARENT
        }
    }

    fn tab_text_color(
        &self,
        _visuals: &egui::Visuals,
        _tiles: &Tiles<Pane>,
        _tile_id: TileId,
        state: &TabState,
    ) -> Color32 {
        let look = self.scene.look;
        if state.active { look.ink } else { look.ink_soft }
    }
}

/// A square: the pane alone; two of them: all panes again.
fn paint_fill(painter: &egui::Painter, center: egui::Pos2, is_filled: bool, color: egui::Color32) {
    let stroke = egui::Stroke::new(1.25, color);
    let square = |offset: f32, side: f32| {
        egui::Rect::from_center_size(center + egui::vec2(offset, -offset), egui::Vec2::splat(side))
    };
    if is_filled {
        let front = square(-1.5, 7.5);
        let corner = square(1.5, 7.5);
        // What of the one behind is not covered.
        let behind = [
            egui::pos2(corner.left(), front.top()),
            corner.left_top(),
            corner.right_top(),
            corner.right_bottom(),
            egui::pos2(front.right(), corner.bottom()),
        ];
        painter.line(behind.to_vec(), stroke);
        painter.rect_stroke(front, 0.5, stroke, egui::StrokeKind::Middle);
    } else {
        painter.rect_stroke(square(0.0, 10.0), 0.5, stroke, egui::StrokeKind::Middle);
    }
}
