//! Menus and other contents that scroll if the window is too small for them, and larger buttons for fingers.

use egui::{Context, Id, InnerResponse, IntoAtoms, Response, ScrollArea, Ui, Vec2, vec2};

use crate::canvas::TOUCH_SIZE;

/// The space around a menu that the top bar and the margins of the menu take, in points.
const MENU_MARGIN: f32 = 64.0;

/// The width of the scroll bar of a row of controls, in points.
const ROW_BAR_WIDTH: f32 = 6.0;
/// The height that this scroll bar takes with the gap above it, in points.
pub(crate) const ROW_BAR_HEIGHT: f32 = 8.0;

/// Draws a button that opens a menu, or a submenu in a menu. The menu scrolls if it is higher than the window.
pub(crate) fn menu_button_ui<'a>(
    ui: &mut Ui,
    text: impl IntoAtoms<'a>,
    contents_ui: impl FnOnce(&mut Ui),
) -> Response {
    let InnerResponse { response, .. } = ui.menu_button(text, |ui| menu_contents_ui(ui, contents_ui));
    response
}

/// Draws the contents of a menu, which scroll if they are higher than the window.
pub(crate) fn menu_contents_ui<R>(ui: &mut Ui, contents_ui: impl FnOnce(&mut Ui) -> R) -> R {
    let size = ui.ctx().content_rect().size() - Vec2::splat(MENU_MARGIN);
    scrolling_ui(ui, ScrollArea::vertical(), size, contents_ui)
}

/// Draws contents that scroll if they are larger than `max_size`.
pub(crate) fn scrolling_ui<R>(
    ui: &mut Ui,
    area: ScrollArea,
    max_size: Vec2,
    contents_ui: impl FnOnce(&mut Ui) -> R,
) -> R {
    let max_size = max_size.max(vec2(64.0, 64.0));
    let area = area
        .max_width(max_size.x)
        .max_height(max_size.y)
        .min_scrolled_width(max_size.x)
        .min_scrolled_height(max_size.y);
    let scope = ui.scope(|ui| {
        // The bars have room of their own, so that they cover nothing.
        let before = ui.spacing().scroll;
        ui.spacing_mut().scroll.floating_allocated_width = before.bar_width + before.bar_outer_margin;
        let shown = area.show(ui, |ui| {
            ui.spacing_mut().scroll = before;
            if is_touch_mode(ui.ctx()) {
                ui.spacing_mut().interact_size.y = TOUCH_SIZE;
            }
            let inner = contents_ui(ui);
            scroll_to_focus(ui);
            inner
        });
        shown.inner
    });
    scope.inner
}

/// Draws a row of controls that scrolls horizontally if it is too wide. The scroll bar has room of its own below the
/// controls.
pub(crate) fn scrolling_row_ui(ui: &mut Ui, row: impl FnOnce(&mut Ui)) {
    ui.scope(|ui| {
        let scroll = &mut ui.spacing_mut().scroll;
        scroll.bar_width = ROW_BAR_WIDTH;
        scroll.bar_inner_margin = 0.0;
        scroll.bar_outer_margin = 0.0;
        scroll.floating_allocated_width = ROW_BAR_HEIGHT;
        ScrollArea::horizontal().id_salt("row").show(ui, |ui| {
            ui.horizontal(row);
            scroll_to_focus(ui);
        });
    });
}

/// Scrolls to the control that has just got the focus. Call it at the end of the contents of a scroll area; of
/// nested ones, the innermost scrolls.
pub(crate) fn scroll_to_focus(ui: &Ui) {
    let ctx = ui.ctx();
    let focused = ui.memory(|memory| memory.focused());
    let Some(focused) = focused.and_then(|id| ctx.read_response(id)) else {
        return;
    };
    if focused.layer_id != ui.layer_id() || !focused.gained_focus() {
        return;
    }
    let pass = ctx.cumulative_pass_nr();
    let last_pass = ctx.data_mut(|data| {
        let last_pass = data.get_temp_mut_or_default::<u64>(Id::unique("scrolled_to_focus"));
        std::mem::replace(last_pass, pass)
    });
    if last_pass != pass {
        ui.scroll_to_rect(focused.rect, None);
    }
}

/// The id of the note whether a finger was used last.
fn touch_mode_id() -> Id {
    Id::unique("touch_mode")
}

/// Notes whether buttons and rows have to be high enough for a finger.
pub(crate) fn set_touch_mode(ctx: &Context, is_on: bool) {
    ctx.data_mut(|data| data.insert_temp(touch_mode_id(), is_on));
}

/// True if buttons and rows have to be high enough for a finger, because one was used last.
pub(crate) fn is_touch_mode(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp(touch_mode_id()).unwrap_or(false))
}
