//! The layout of the panes.

use egui::{Color32, Id, Sense, Stroke, Ui, WidgetText};
use egui_tiles::{
    Behavior, Container, EditAction, Linear, LinearDir, ResizeState, SimplificationOptions, TabState, Tabs,
    Tile, TileId, Tiles, Tree, UiResponse,
};

use crate::canvas::{Element, Elements};
use crate::panes::pane_info::LayoutRegion;
use crate::panes::{Pane, PaneContext};
use crate::theme::{ColorTheme, style, type_scale};
use crate::widgets::math::MathBox;
use neurodial_core::session::{Adjustable, WindowLayout};

use super::command::Command;

/// The gap between panes, in points.
const GAP: f32 = 10.0;

/// The room for panes that a window has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WindowRoom {
    /// Two groups of tabs beside each other.
    Tabs,
    /// Three columns; the panes of the right one share one set of tabs.
    Columns,
    /// Three columns, each with an upper and a lower part.
    Full,
}

impl WindowRoom {
    /// Returns the room of a window whose contents have this size, in points.
    pub(crate) fn of_size(size: egui::Vec2) -> Self {
        const FULL: egui::Vec2 = egui::vec2(1000.0, 600.0);
        const COLUMNS: egui::Vec2 = egui::vec2(600.0, 400.0);
        if size.x >= FULL.x && size.y >= FULL.y {
            Self::Full
        } else if size.x >= COLUMNS.x && size.y >= COLUMNS.y {
            Self::Columns
        } else {
            Self::Tabs
        }
    }
}

/// The shares of the space that the parts of a layout have.
struct LayoutShares {
    /// The left column, the center and the right column, relative to each other.
    columns: [f32; 3],
    /// The upper part of the center.
    center: f32,
    /// The upper part of the right column.
    right: f32,
}

/// Returns the shares in a layout.
fn shares(layout: WindowLayout, room: WindowRoom) -> LayoutShares {
    let (columns, center, right) = match (layout, room) {
        (WindowLayout::Explore, WindowRoom::Full) => ([0.74, 1.5, 0.8], 0.54, 0.56),
        (WindowLayout::Explore, WindowRoom::Columns | WindowRoom::Tabs) => ([0.95, 1.2, 0.85], 0.54, 0.56),
        (WindowLayout::Train, _) => ([1.0, 1.6, 1.0], 0.52, 0.5),
        (WindowLayout::Present | WindowLayout::Figure, _) => ([1.1, 1.0, 1.0], 0.5, 0.5),
    };
    LayoutShares {
        columns,
        center,
        right,
    }
}

/// Returns the default arrangement of a layout: its left column, center and right column beside each other.
/// Center and right have an upper and a lower part. In a small window, all panes of the right column are tabs
/// of one group, and of the layout Train those of the center too. In a very small one there are only two groups of
/// tabs: the center, and everything else.
pub(crate) fn default_layout(layout: WindowLayout, room: WindowRoom) -> Tree<Pane> {
    let mut tiles = Tiles::default();
    let is_large = room == WindowRoom::Full;
    let root = match room {
        WindowRoom::Tabs => two_groups(&mut tiles, layout),
        WindowRoom::Columns | WindowRoom::Full => three_columns(&mut tiles, layout, room),
    };
    let id = Id::unique("panes");
    let mut tree = root.map_or_else(|| Tree::empty(id), |root| Tree::new(id, root, tiles));
    // In a small window of the layout Explore, the first tabs are in front.
    if is_large || layout != WindowLayout::Explore {
        let is_in_front = |pane: &Pane| pane.info().place(layout).is_some_and(|place| place.is_in_front);
        for pane in Pane::in_window().filter(is_in_front) {
            set_shown(&mut tree, pane, true);
        }
    }
    tree
}

/// Inserts the arrangement of a window that is not very small; returns its root, or `None` if there are no panes.
fn three_columns(tiles: &mut Tiles<Pane>, layout: WindowLayout, room: WindowRoom) -> Option<TileId> {
    let shares = shares(layout, room);
    let is_large = room == WindowRoom::Full;
    let is_center_low = !is_large && layout == WindowLayout::Train;
    let center = match is_center_low {
        true => insert_tabs(
            tiles,
            layout,
            &[LayoutRegion::CenterBottom, LayoutRegion::CenterTop],
        ),
        false => insert_stack(
            tiles,
            layout,
            [LayoutRegion::CenterTop, LayoutRegion::CenterBottom],
            shares.center,
        ),
    };
    let right_regions = [LayoutRegion::RightTop, LayoutRegion::RightBottom];
    let right = match is_large {
        true => insert_stack(tiles, layout, right_regions, shares.right),
        false => insert_tabs(tiles, layout, &right_regions),
    };
    let left = insert_tabs(tiles, layout, &[LayoutRegion::Left]);
    let columns = [left, center, right].into_iter().zip(shares.columns);
    let columns: Vec<(TileId, f32)> = columns.filter_map(|(tile, share)| Some((tile?, share))).collect();
    match columns.as_slice() {
        [] => None,
        &[(only, _)] => Some(only),
        columns => {
            let children = columns.iter().map(|&(tile, _)| tile).collect();
            let mut linear = Linear::new(LinearDir::Horizontal, children);
            for &(tile, share) in columns {
                linear.shares.set_share(tile, share);
            }
            Some(tiles.insert_container(linear))
        }
    }
}

/// Inserts the arrangement of a very small window; returns its root, or `None` if there are no panes.
fn two_groups(tiles: &mut Tiles<Pane>, layout: WindowLayout) -> Option<TileId> {
    let mut center = [LayoutRegion::CenterTop, LayoutRegion::CenterBottom];
    if layout == WindowLayout::Train {
        center.reverse();
    }
    let others = [
        LayoutRegion::Left,
        LayoutRegion::RightTop,
        LayoutRegion::RightBottom,
    ];
    let center = insert_tabs(tiles, layout, &center);
    let others = insert_tabs(tiles, layout, &others);
    match (center, others) {
        (Some(center), Some(others)) => Some(tiles.insert_horizontal_tile(vec![center, others])),
        (center, others) => center.or(others),
    }
}

/// Inserts the panes of two layout regions, the first above the second; `None` if there are none.
fn insert_stack(
    tiles: &mut Tiles<Pane>,
    layout: WindowLayout,
    [above, below]: [LayoutRegion; 2],
    fraction: f32,
) -> Option<TileId> {
    let above = insert_tabs(tiles, layout, &[above]);
    let below = insert_tabs(tiles, layout, &[below]);
    match (above, below) {
        (Some(above), Some(below)) => {
            let stack = Linear::new_binary(LinearDir::Vertical, [above, below], fraction);
            Some(tiles.insert_container(stack))
        }
        (above, below) => above.or(below),
    }
}

/// Inserts the panes of some layout regions as tabs, in their order; `None` if there are none. A single pane
/// needs no tabs.
fn insert_tabs(tiles: &mut Tiles<Pane>, layout: WindowLayout, regions: &[LayoutRegion]) -> Option<TileId> {
    let panes = regions.iter().flat_map(|&region| {
        Pane::in_window().filter(move |pane| {
            pane.info()
                .place(layout)
                .is_some_and(|place| place.region == region)
        })
    });
    let panes: Vec<TileId> = panes.map(|pane| tiles.insert_pane(pane)).collect();
    match panes.as_slice() {
        [] => None,
        &[single] => Some(single),
        _ => Some(tiles.insert_tab_tile(panes)),
    }
}

/// Returns the panes that are shown but are not shown in the default arrangement of the layout, because the user
/// has selected their tabs.
pub(crate) fn selected_tabs(tree: &Tree<Pane>, layout: WindowLayout, room: WindowRoom) -> Vec<Pane> {
    let first = default_layout(layout, room);
    Pane::in_window()
        .filter(|&pane| is_shown(tree, pane) && !is_shown(&first, pane))
        .collect()
}

/// True if a pane is visible: neither hidden nor behind another tab.
pub(crate) fn is_shown(tree: &Tree<Pane>, pane: Pane) -> bool {
    let Some(id) = tree.tiles.find_pane(&pane) else {
        return false;
    };
    tree.is_visible(id) && parent_tabs(tree, id).is_none_or(|tabs| tabs.active == Some(id))
}

/// Returns the tabs that a tile is one of.
fn parent_tabs(tree: &Tree<Pane>, id: TileId) -> Option<&Tabs> {
    match tree.tiles.get_container(tree.tiles.parent_of(id)?)? {
        Container::Tabs(tabs) => Some(tabs),
        _ => None,
    }
}

/// Shows a pane, in front of the other tabs of its container, or hides it.
pub(crate) fn set_shown(tree: &mut Tree<Pane>, pane: Pane, shown: bool) {
    if shown && tree.tiles.find_pane(&pane).is_none() {
        insert_pane(tree, pane);
    }
    let Some(id) = tree.tiles.find_pane(&pane) else {
        return;
    };
    tree.set_visible(id, shown);
    if shown {
        tree.make_active(|tile, _| tile == id);
    }
}

/// Inserts a pane that the layout lacks as a tab beside another one.
fn insert_pane(tree: &mut Tree<Pane>, pane: Pane) {
    let is_beside = |other: &Pane| other.info().region == pane.info().region;
    let candidates = Pane::in_window().filter(is_beside).chain(Pane::in_window());
    let Some(neighbor) = candidates.filter_map(|pane| tree.tiles.find_pane(&pane)).next() else {
        return;
    };
    let new = tree.tiles.insert_pane(pane);
    let parent = tree.tiles.parent_of(neighbor);
    if let Some(parent) = parent
        && let Some(Tile::Container(Container::Tabs(tabs))) = tree.tiles.get_mut(parent)
    {
        tabs.add_child(new);
        return;
    }
    // The neighbor's tile becomes the tabs, so that its place and its share of the space stay the same.
    let Some(old) = tree.tiles.get(neighbor).cloned() else {
        return;
    };
    let moved = tree.tiles.insert_new(old);
    let tabs = Container::Tabs(Tabs::new(vec![moved, new]));
    tree.tiles.insert(neighbor, Tile::Container(tabs));
}

/// Draws panes as cards, for egui_tiles.
pub(crate) struct PaneBehavior<'a, 's> {
    /// The data that panes are drawn from.
    pub(crate) context: &'a mut PaneContext<'s>,
    /// The elements of the panes, placed while drawing.
    pub(crate) elements: &'a mut Elements,
    /// The commands of the buttons on the cards.
    pub(crate) commands: &'a mut Vec<Command>,
    /// The pane that fills the window.
    pub(crate) maximized_pane: Option<Pane>,
    /// Set when the user moves or resizes a pane.
    pub(crate) is_rearranged: &'a mut bool,
}

impl PaneBehavior<'_, '_> {
    /// Draws a pane as a card. Returns true if the user started to drag its header.
    pub(crate) fn card_ui(&mut self, ui: &mut Ui, pane: Pane) -> bool {
        let theme = self.context.theme;
        let mut is_dragged = false;
        let mut frame = style::card_frame(theme);
        if self.context.is_presented {
            frame = frame.inner_margin(egui::Margin::symmetric(8, 6));
        }
        let has_header = !self.context.is_presented || !pane.info().is_presented_without_heading;
        frame.show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            let top = ui.max_rect();
            if has_header {
                is_dragged = self.header_ui(ui, pane);
                ui.add_space(4.0);
            }
            ui.push_id(pane, |ui| pane.pane_ui(ui, self.context, self.elements));
            if self.context.is_presented && has_header {
                self.changed_item_ui(ui, pane, top);
            }
        });
        is_dragged
    }

    /// Draws the item that is being changed and its value at the right end of the header, if the pane shows the item
    /// nowhere else. So every pane of presentation mode says what changes it.
    fn changed_item_ui(&self, ui: &Ui, pane: Pane, rect: egui::Rect) {
        let context = &*self.context;
        let Some(target) = context.session.view().highlighted else {
            return;
        };
        let canvas = pane.canvas_id();
        let is_shown = self.elements.placed().iter().any(|placed| {
            let is_item = match placed.element {
                Element::Adjustable(shown) | Element::Number(shown) => shown == target,
                Element::Term(knob) => Adjustable::Knob(knob) == target,
                _ => false,
            };
            placed.canvas == canvas && is_item
        });
        let Some(value) = context.session.document().value(target).filter(|_| !is_shown) else {
            return;
        };
        let theme = context.theme;
        let painter = ui.painter();
        let symbol = target.symbol(context.session.architecture());
        let value = format!(" = {}", context.format_adjustable(value));
        let text = MathBox::row([
            MathBox::symbol(painter, &symbol, 1.0, theme.text),
            MathBox::text(painter, value, type_scale::strong(), theme.text),
        ]);
        let size = egui::vec2(text.width + 12.0, 22.0);
        let item = egui::Rect::from_min_size(egui::pos2(rect.right() - size.x, rect.top()), size);
        painter.rect_filled(item, 6.0, context.highlight_color(target));
        text.paint_centered(painter, item.left() + 6.0, item.center().y);
    }

    /// Draws the header of a card. Returns true if the user started to drag it.
    fn header_ui(&mut self, ui: &mut Ui, pane: Pane) -> bool {
        /// The width of a button with the space beside it, in points.
        const BUTTON_WIDTH: f32 = 24.0;
        let theme = self.context.theme;
        let messages = self.context.messages;
        let title = pane.title(messages);
        let heading = pane.heading(self.context);
        let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 22.0), Sense::hover());
        // Without `FOCUSABLE`: it does nothing on keys, so Tab skips it.
        let header = ui.interact(rect, Id::unique(("head", pane)), Sense::DRAG);
        let mut header_ui = ui.new_child(
            egui::UiBuilder::new()
                .max_rect(rect)
                .layout(egui::Layout::right_to_left(egui::Align::Center)),
        );
        if self.context.is_presented {
            heading_ui(&mut header_ui, theme, heading);
            return false;
        }
        let is_maximized = self.maximized_pane == Some(pane);
        let mut button = |ui: &mut Ui, text: &str, name: String, command: Command| {
            let rich = egui::RichText::new(text).color(theme.weak_text);
            let response = ui.add(
                egui::Button::new(rich)
                    .frame(false)
                    // Without the drag, a press would drag the pane by its header.
                    .sense(Sense::click_and_drag())
                    .min_size(egui::vec2(20.0, 20.0)),
            );
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
            if command == Command::MaximizePane(pane) {
                paint_maximize_icon(
                    ui.painter(),
                    response.rect.center(),
                    is_maximized,
                    theme.weak_text,
                );
            }
            if response.on_hover_text(&name).clicked() {
                self.commands.push(command);
            }
        };
        // The title must be readable beside the buttons. A menu has the ones that are left out.
        header_ui.spacing_mut().item_spacing.x = 4.0;
        let text_width = |text: &str, font: egui::FontId| {
            let galley = ui
                .painter()
                .layout_no_wrap(text.to_owned(), font, theme.weak_text);
            galley.size().x + 4.0
        };
        let info = pane.info();
        let heading_button_width = info
            .heading_button
            .map_or(0.0, |(text, _)| text_width(text(messages), type_scale::body()));
        let room = rect.width()
            - text_width(title, type_scale::title())
            - info.heading_controls_width
            - heading_button_width;
        if room >= 2.0 * BUTTON_WIDTH {
            button(
                &mut header_ui,
                "✕",
                messages.header_close(title),
                Command::TogglePane(pane),
            );
        }
        let maximize_name = match self.maximized_pane {
            Some(_) => messages.header_show_all().to_owned(),
            None => messages.command_maximize_pane(title),
        };
        if room >= BUTTON_WIDTH {
            button(&mut header_ui, "", maximize_name, Command::MaximizePane(pane));
        }
        if let Some((text, request)) = pane.info().heading_button {
            let command = Command::from(request);
            let name = command.text(messages).into_owned();
            button(&mut header_ui, text(messages), name, command);
        }
        (pane.info().heading_controls_ui)(&mut header_ui, self.context);
        heading_ui(&mut header_ui, theme, heading);
        if header.hovered() && self.maximized_pane.is_none() {
            ui.set_cursor_icon(egui::CursorIcon::Grab);
        }
        header.drag_started() && self.maximized_pane.is_none()
    }
}

/// Draws the text of a pane's header into the space that is left, truncated if it is too long.
fn heading_ui(ui: &mut Ui, theme: &ColorTheme, heading: String) {
    ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
        let text = egui::RichText::new(heading)
            .font(type_scale::title())
            .color(theme.text);
        ui.add(egui::Label::new(text).truncate().selectable(false));
    });
}

impl Behavior<Pane> for PaneBehavior<'_, '_> {
    fn pane_ui(&mut self, ui: &mut Ui, _tile_id: TileId, pane: &mut Pane) -> UiResponse {
        if self.card_ui(ui, *pane) {
            UiResponse::DragStarted
        } else {
            UiResponse::None
        }
    }

    fn tab_title_for_pane(&mut self, pane: &Pane) -> WidgetText {
        pane.title(self.context.messages).into()
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
            ResizeState::Hovering | ResizeState::Dragging => Stroke::new(2.0, self.context.theme.accent),
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
        self.context.theme.background
    }

    fn is_tile_draggable(&self, tiles: &Tiles<Pane>, tile_id: TileId) -> bool {
        // The background behind tabs would be a nameless Tab stop.
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
            self.context.theme.card
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
        let theme = self.context.theme;
        if state.active { theme.text } else { theme.weak_text }
    }
}

/// Paints the icon of the button that maximizes a pane (a square) or shows all panes (two squares).
fn paint_maximize_icon(
    painter: &egui::Painter,
    center: egui::Pos2,
    is_maximized: bool,
    color: egui::Color32,
) {
    let stroke = egui::Stroke::new(1.25, color);
    let square = |offset: f32, side: f32| {
        egui::Rect::from_center_size(center + egui::vec2(offset, -offset), egui::Vec2::splat(side))
    };
    if is_maximized {
        let front = square(-1.5, 7.5);
        let corner = square(1.5, 7.5);
        // The visible part of the square behind.
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
