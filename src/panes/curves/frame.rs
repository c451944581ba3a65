//! The axes and the empty plane between them.

use egui::{Color32, Painter, Rect, Sense, Stroke, Ui, Vec2b, pos2, vec2};
use egui_plot::{GridMark, HLine, Plot, VLine};

use crate::look::type_scale;
use crate::network::Symbol;
use crate::panes::Scene;
use crate::session::Target;
use crate::widgets::maths::Piece;

use super::geometry::{Marks, Plane};

/// The height of the row of numbers under the plane, and of each row with the name of an axis, in points.
const TEXT_ROW: f32 = 17.0;
/// Below this height there is no room for the names of the axes, in points.
const LOW: f32 = 130.0;

/// Two axes with their names.
pub struct Frame {
    /// The ends of the axis along the width.
    pub x: [f64; 2],
    /// The ends of the axis along the height.
    pub y: [f64; 2],
    /// What stands under the plane.
    pub x_name: Piece,
    /// What stands over the plane at its left end.
    pub y_name: Piece,
    /// The room to the right of the plane, in points.
    pub margin: f32,
}

/// The name of a symbol beside an axis.
pub fn symbol_name(painter: &Painter, scene: &Scene<'_>, symbol: &Symbol) -> Piece {
    Piece::symbol(painter, symbol, 0.9, scene.look.ink_soft)
}

/// The name of what is swept: its symbol, and the name that a person gave it.
pub fn swept_name(painter: &Painter, scene: &Scene<'_>, over: Target) -> Piece {
    let blueprint = scene.session.blueprint();
    let symbol = symbol_name(painter, scene, &over.symbol(blueprint));
    match over {
        Target::Input(input) if blueprint.input_names().get(input).is_some_and(Option::is_some) => {
            let name = blueprint.input_names()[input].clone().unwrap_or_default();
            let text = format!("  {name}");
            let name = Piece::text(painter, text, type_scale::small(), scene.look.ink_soft);
            Piece::row([symbol, name])
        }
        _ => symbol,
    }
}

impl Frame {
    /// Draws it into `rect`; gives back the plane.
    pub fn show(self, ui: &mut Ui, scene: &Scene<'_>, rect: Rect) -> Plane {
        let look = scene.look;
        let font = type_scale::small();
        let painter = ui.painter().clone();
        let name_row = if rect.height() < LOW { 0.0 } else { TEXT_ROW };
        let tall = rect.top() + 8.0f32.max(name_row)..=rect.bottom() - TEXT_ROW - name_row;
        let height = (tall.end() - tall.start()).max(1.0);
        let y_marks = Marks::new(self.y, height, 34.0);
        let layout = |text: String| painter.layout_no_wrap(text, font.clone(), look.ink_soft);
        let y_galleys: Vec<_> = y_marks
            .values
            .iter()
            .map(|&value| (value, layout(y_marks.text(value))))
            .collect();
        let widest = y_galleys
            .iter()
            .map(|(_, galley)| galley.size().x)
            .fold(0.0, f32::max);
        let left = rect.left() + widest.min(rect.width() / 3.0) + 8.0;
        let plane = Plane {
            rect: Rect::from_x_y_ranges(left..=(rect.right() - self.margin).max(left + 1.0), tall),
            x: self.x,
            y: self.y,
        };
        let x_marks = Marks::new(self.x, plane.rect.width(), 44.0);
        plane_ui(ui, &plane, [&x_marks, &y_marks], [look.grid, look.axis]);

        for (value, galley) in y_galleys {
            let size = galley.size();
            let at = pos2(left - 7.0 - size.x, plane.screen_y(value) - size.y / 2.0);
            painter.galley(at, galley, look.ink_soft);
        }
        let mut free_from = f32::NEG_INFINITY;
        for &value in &x_marks.values {
            let galley = layout(x_marks.text(value));
            let width = galley.size().x;
            let start = plane.screen_x(value) - width / 2.0;
            // On paper nothing may leave the page.
            let end = rect.right() + if scene.paper.is_some() { 0.0 } else { 10.0 };
            if start > free_from && start + width <= end {
                painter.galley(pos2(start, plane.rect.bottom() + 4.0), galley, look.ink_soft);
                free_from = start + width + 6.0;
            }
        }
        if name_row > 0.0 {
            let base = rect.bottom() - self.x_name.descent.min(4.0) - 1.0;
            let start = plane.rect.center().x - self.x_name.width / 2.0;
            self.x_name.paint(&painter, pos2(start, base));
            let at = pos2(plane.rect.left() + 3.0, plane.rect.top() - 6.0);
            self.y_name.paint(&painter, at);
        }
        plane
    }
}

/// The grid and the zero lines. What a hand does here is worked out elsewhere, so the plot itself only draws.
fn plane_ui(ui: &mut Ui, plane: &Plane, marks: [&Marks; 2], [grid, axis]: [Color32; 2]) {
    let [x_grid, y_grid] = marks.map(|marks| {
        let step_size = marks.step;
        let marks = marks
            .values
            .iter()
            .map(move |&value| GridMark { value, step_size });
        marks.collect::<Vec<_>>()
    });
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(plane.rect));
    let axis = Stroke::new(1.25, axis);
    Plot::new("plane")
        .width(plane.rect.width())
        .height(plane.rect.height())
        .min_size(vec2(1.0, 1.0))
        .sense(Sense::hover())
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .show_axes(false)
        .show_background(false)
        .show_x(false)
        .show_y(false)
        .cursor_color(Color32::TRANSPARENT)
        .grid_color(grid)
        .grid_spacing(0.0..=0.5)
        .x_grid_spacer(move |_| x_grid.clone())
        .y_grid_spacer(move |_| y_grid.clone())
        .auto_bounds(Vec2b::FALSE)
        .show(&mut inner, |plot| {
            plot.set_plot_bounds_x(plane.x[0]..=plane.x[1]);
            plot.set_plot_bounds_y(plane.y[0]..=plane.y[1]);
            plot.hline(HLine::new("y = 0", 0.0).stroke(axis).allow_hover(false));
            plot.vline(VLine::new("x = 0", 0.0).stroke(axis).allow_hover(false));
        });
}
