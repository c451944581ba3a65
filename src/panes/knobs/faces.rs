//! The buttons that choose how the knobs are laid out. Each is a small picture of what it chooses.

use egui::{Color32, Painter, Rect, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::panes::Scene;
use neurodial_core::session::{Action, Face};
use crate::widgets::dial::DialGeometry;

/// Draws them from right to left, as the head of a pane is filled.
pub fn faces_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    ui.spacing_mut().item_spacing.x = 2.0;
    for face in Face::ALL.into_iter().rev() {
        let is_chosen = scene.session.view().face == face;
        // A press that a button does not take as a drag too would drag the pane by its head.
        let (rect, response) = ui.allocate_exact_size(Vec2::splat(20.0), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, face.name()));
        let look = scene.look;
        if is_chosen {
            ui.painter().rect_filled(rect, 5.0, look.selection_fill);
        }
        if response.has_focus() {
            let stroke = Stroke::new(1.5, look.accent);
            ui.painter()
                .rect_stroke(rect, 5.0, stroke, egui::StrokeKind::Inside);
        }
        let color = if is_chosen || response.hovered() {
            look.ink
        } else {
            look.ink_faint
        };
        paint(ui.painter(), rect.shrink(4.5), face, color);
        if response
            .on_hover_text(format!("Knobs as a {}", face.name()))
            .clicked()
        {
            scene.outbox.push(Action::ShowFace(face));
        }
    }
    ui.add_space(4.0);
}

fn paint(painter: &Painter, rect: Rect, face: Face, color: Color32) {
    let stroke = Stroke::new(1.25, color);
    match face {
        Face::List => {
            for (row, handle) in [0.7, 0.3, 0.55].into_iter().enumerate() {
                let y = rect.top() + (0.1 + 0.4 * row as f32) * rect.height();
                painter.hline(rect.x_range(), y, stroke);
                let x = rect.left() + handle * rect.width();
                painter.circle_filled(pos2(x, y), 1.75, color);
            }
        }
        Face::Desk => {
            let dial = DialGeometry {
                center: rect.center() + vec2(0.0, 0.5),
                radius: 0.5 * rect.width(),
            };
            let arc: Vec<_> = (0..=16).map(|step| dial.at(f64::from(step) / 16.0)).collect();
            painter.add(Shape::line(arc, stroke));
            painter.line_segment([dial.center, dial.at(0.66)], stroke);
        }
        Face::HeatMap => {
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
