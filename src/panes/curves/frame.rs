//! The axes and the empty plane between them.

use egui::{Color32, Painter, Rect, Sense, Stroke, Ui, Vec2b, pos2, vec2};
use egui_plot::{GridMark, HLine, Plot, VLine};

use crate::look::type_scale;
use neurodial_core::network::Symbol;
use crate::panes::Scene;
use neurodial_core::session::Target;
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

/// Which sides of a plane have their numbers: of several that stand side by side only the outer ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sides {
    /// To the left of it.
    pub is_left: bool,
    /// Under it.
    pub is_foot: bool,
}

impl Frame {
    /// Draws it into `rect`; gives back the plane.
    pub fn show(self, ui: &mut Ui, scene: &Scene<'_>, rect: Rect) -> Plane {
        let has_names = rect.height() >= LOW;
        let (head, foot) = match has_names {
            true => (TEXT_ROW + self.y_name.rise(), self.foot()),
            false => (8.0, TEXT_ROW),
        };
        let tall = rect.top() + head..=rect.bottom() - foot;
        let widest = self.widest_number(ui.painter(), scene, tall.end() - tall.start());
        let left = rect.left() + widest.min(rect.width() / 3.0) + 8.0;
        let inner = Rect::from_x_y_ranges(left..=(rect.right() - self.margin).max(left + 1.0), tall);
        let sides = Sides {
            is_left: true,
            is_foot: true,
        };
        let painter = ui.painter().clone();
        let plane = self.axes_ui(ui, scene, inner, rect.right(), sides);
        if has_names {
            self.x_name_ui(&painter, inner.center().x, rect.bottom());
            let at = pos2(inner.left() + 3.0, inner.top() - 6.0);
            self.y_name.paint(&painter, at);
        }
        plane
    }

    /// The room under the plane: the numbers, and below them the name of the axis with its upper index.
    pub fn foot(&self) -> f32 {
        2.0 * TEXT_ROW + self.x_name.rise()
    }

    /// Draws one of several planes side by side, with its numbers and the name of its axis outside of `inner`.
    pub fn show_in(&self, ui: &mut Ui, scene: &Scene<'_>, inner: Rect, sides: Sides) -> Plane {
        let painter = ui.painter().clone();
        let plane = self.axes_ui(ui, scene, inner, f32::INFINITY, sides);
        if sides.is_foot {
            self.x_name_ui(&painter, inner.center().x, inner.bottom() + self.foot());
        }
        plane
    }

    /// The room to the left of a plane of this height that its numbers need, in points.
    pub fn numbers_width(&self, painter: &Painter, scene: &Scene<'_>, height: f32) -> f32 {
        self.widest_number(painter, scene, height) + 8.0
    }

    fn widest_number(&self, painter: &Painter, scene: &Scene<'_>, height: f32) -> f32 {
        let marks = self.y_marks(height);
        let texts = marks.values.iter().map(|&value| marks.text(value));
        let galleys =
            texts.map(|text| painter.layout_no_wrap(text, type_scale::small(), scene.look.ink_soft));
        galleys.map(|galley| galley.size().x).fold(0.0, f32::max)
    }

    fn y_marks(&self, height: f32) -> Marks {
        Marks::new(self.y, height.max(1.0), 34.0)
    }

    fn x_name_ui(&self, painter: &Painter, middle: f32, bottom: f32) {
        let base = bottom - self.x_name.descent.min(4.0) - 1.0;
        let start = middle - self.x_name.width / 2.0;
        self.x_name.paint(painter, pos2(start, base));
    }

    /// The plane at `inner` with its numbers, none of which ends to the right of `edge`.
    fn axes_ui(&self, ui: &mut Ui, scene: &Scene<'_>, inner: Rect, edge: f32, sides: Sides) -> Plane {
        let look = scene.look;
        let font = type_scale::small();
        let painter = ui.painter().clone();
        let layout = |text: String| painter.layout_no_wrap(text, font.clone(), look.ink_soft);
        let plane = Plane {
            rect: inner,
            x: self.x,
            y: self.y,
        };
        let y_marks = self.y_marks(inner.height());
        let x_marks = Marks::new(self.x, inner.width(), 44.0);
        plane_ui(ui, &plane, [&x_marks, &y_marks], [look.grid, look.axis]);

        if sides.is_left {
            for &value in &y_marks.values {
                let galley = layout(y_marks.text(value));
                let size = galley.size();
                let at = pos2(inner.left() - 7.0 - size.x, plane.screen_y(value) - size.y / 2.0);
                painter.galley(at, galley, look.ink_soft);
            }
        }
        let mut free_from = f32::NEG_INFINITY;
        let x_values = x_marks.values.iter().filter(|_| sides.is_foot);
        for &value in x_values {
            let galley = layout(x_marks.text(value));
            let width = galley.size().x;
            let start = plane.screen_x(value) - width / 2.0;
            // On paper nothing may leave the page.
            let end = edge + if scene.paper.is_some() { 0.0 } else { 10.0 };
            if start > free_from && start + width <= end {
                painter.galley(pos2(start, inner.bottom() + 4.0), galley, look.ink_soft);
                free_from = start + width + 6.0;
            }
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
