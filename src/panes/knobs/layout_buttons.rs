//! The buttons that choose the layout of the knobs. Each shows an icon of its layout.

use egui::{Color32, Painter, Rect, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::panes::PaneContext;
use crate::widgets::dial::DialGeometry;
use neurodial_core::session::{KnobLayout, ViewChange};

/// Draws the buttons from right to left, as all controls beside a heading are.
pub(crate) fn layout_buttons_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    ui.spacing_mut().item_spacing.x = 2.0;
    for layout in KnobLayout::ALL.into_iter().rev() {
        let is_chosen = context.session.view().knob_layout == layout;
        // The button must take drags as well; otherwise a press on it would drag the pane by its heading.
        let (rect, response) = ui.allocate_exact_size(Vec2::splat(20.0), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, layout.name()));
        let theme = context.theme;
        if is_chosen {
            ui.painter().rect_filled(rect, 5.0, theme.selection_fill);
        }
        if response.has_focus() {
            let stroke = Stroke::new(1.5, theme.accent);
            ui.painter()
                .rect_stroke(rect, 5.0, stroke, egui::StrokeKind::Inside);
        }
        let color = if is_chosen || response.hovered() {
            theme.text
        } else {
            theme.faint_text
        };
        icon_ui(ui.painter(), rect.shrink(4.5), layout, color);
        if response
            .on_hover_text(format!("Knobs as a {}", layout.name()))
            .clicked()
        {
            context.actions.push(ViewChange::SetKnobLayout(layout).into());
        }
    }
    ui.add_space(4.0);
}

/// Paints the icon of a layout.
fn icon_ui(painter: &Painter, rect: Rect, layout: KnobLayout, color: Color32) {
    let stroke = Stroke::new(1.25, color);
    match layout {
        KnobLayout::List => {
            for (row, handle) in [0.7, 0.3, 0.55].into_iter().enumerate() {
                let y = rect.top() + (0.1 + 0.4 * row as f32) * rect.height();
                painter.hline(rect.x_range(), y, stroke);
                let x = rect.left() + handle * rect.width();
                painter.circle_filled(pos2(x, y), 1.75, color);
            }
        }
        KnobLayout::Desk => {
            let dial = DialGeometry {
                center: rect.center() + vec2(0.0, 0.5),
                radius: 0.5 * rect.width(),
            };
            let arc: Vec<_> = (0..=16).map(|step| dial.pos_at(f64::from(step) / 16.0)).collect();
            painter.add(Shape::line(arc, stroke));
            painter.line_segment([dial.center, dial.pos_at(0.66)], stroke);
        }
        KnobLayout::HeatMap => {
            for (cell, strength) in [1.0, 0.35, 0.6, 0.2, 0.8, 0.45, 0.5, 1.0, 0.3]
                .into_iter()
                .enumerate()
            {
                let side = rect.width() / 3.0;
                let at = rect.left_top() + side * vec2((cell % 3) as f32, (cell / 3) as f32);
                let square = Rect::from_min_size(at, Vec2::splat(side)).shrink(0.4);
                painter.rect_filled(square, 0.0, color.gamma_multiply(strength));
            }
        }
    }
}
