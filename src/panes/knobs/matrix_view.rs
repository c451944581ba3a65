//! A matrix in a view that scrolls both ways, with the legend of its colors above it.

use egui::{Rect, ScrollArea, Sense, Ui, Vec2, vec2};

use crate::canvas::{Canvas, Elements};
use crate::panes::{Pane, PaneContext};

use super::annotations::ProfileScale;
use super::legend;
use super::matrix::KnobMatrix;

/// Lays out the matrix in the whole of `ui`, below a legend of `legend` points.
///
/// `draw` gets the canvas, the offset of the matrix on the screen, and the part of the matrix in view. It
/// returns the color scale for the legend, or `None` to draw no legend of profiles.
pub(crate) fn matrix_view_ui(
    ui: &mut Ui,
    context: &mut PaneContext<'_>,
    elements: &mut Elements,
    matrix: &KnobMatrix<'_>,
    name: &'static str,
    legend: f32,
    draw: impl FnOnce(&mut Canvas<'_>, &mut PaneContext<'_>, Vec2, Rect) -> Option<Option<ProfileScale>>,
) {
    let canvas_id = Pane::Knobs.canvas_id();
    let (legend, _) = ui.allocate_exact_size(vec2(ui.available_width(), legend), Sense::hover());
    let size = ui.available_size();
    if context.options.is_some() {
        // All of the matrix is in view.
        let origin = ui.available_rect_before_wrap().min.to_vec2();
        let all = Rect::from_min_size(egui::Pos2::ZERO, matrix.size());
        let mut canvas = Canvas::new(ui, elements, all.translate(origin), canvas_id);
        let scale = draw(&mut canvas, context, origin, all);
        drop(canvas);
        if let Some(scale) = scale {
            legend::profile_legend_ui(ui, context, legend, scale);
        }
        return;
    }
    let mut area = ScrollArea::both().auto_shrink(false).id_salt(name);
    if let Some(knob) = super::knob_to_focus(context, elements) {
        let state_id = ui.make_persistent_id(egui::IdSalt::new(name));
        let state = egui::scroll_area::State::load(ui.ctx(), state_id);
        let offset = state.map_or(Vec2::ZERO, |state| state.clamped_offset());
        if let Some(offset) = matrix.offset_to_show(knob, offset, size) {
            area = area.scroll_offset(offset);
        }
    }
    let content_size = matrix.size();
    let mut scale = None;
    let shown = area.show_viewport(ui, |ui, view| {
        ui.set_min_size(content_size);
        let origin = ui.max_rect().min.to_vec2();
        let view = Rect::from_min_size(view.min, size);
        let mut canvas = Canvas::new(ui, elements, view.translate(origin), canvas_id);
        scale = draw(&mut canvas, context, origin, view);
    });
    if content_size.x > size.x || content_size.y > size.y {
        elements.set_scroll_area(canvas_id, shown.id);
    } else {
        elements.remove_scroll_area(canvas_id);
    }
    if let Some(scale) = scale {
        legend::profile_legend_ui(ui, context, legend, scale);
    }
}
