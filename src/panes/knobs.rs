//! The Knobs pane: every weight and bias as a list of sliders, as a matrix of dials, or as a heat map. Only
//! what is in view is laid out.
//!
//! | file | content |
//! | --- | --- |
//! | [`annotations`] | the annotations of each knob besides its value: profile, switch point, sensitivity |
//! | [`list_rows`] | the order of the knobs, and their rows in the list |
//! | [`knob_view`] | a knob with all that the three layouts show of it |
//! | [`legend`] | the legend of the colors |
//! | [`matrix`] | the rows and columns of dials and heat map, in a view that scrolls both ways |
//! | [`list`] | a list with one slider per row |
//! | [`dials`] | round dials in the form of the weight matrix |
//! | [`heat_map`] | the weight matrix as colored cells |
//!
//! The buttons that choose the layout are here.

pub(crate) mod annotations;
pub(crate) mod dials;
pub(crate) mod heat_map;
pub(crate) mod knob_view;
pub(crate) mod legend;
pub(crate) mod list;
pub(crate) mod list_rows;
pub(crate) mod matrix;

use egui::{Color32, Painter, Rect, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::canvas::{Element, Elements};
use crate::widgets::slider::DialGeometry;
use neurodial_core::session::{Adjustable, KnobLayout, ViewChange};
use neurodial_core::text::Messages;

use super::context::PaneContext;
use super::pane_info::{LayoutRegion, PaneInfo, SizeHint, SnapshotSample, TooManyRowsError};
use list_rows::KnobListRows;

/// The width and height of a button that chooses a layout, in points.
const LAYOUT_BUTTON_SIZE: f32 = 20.0;

/// The properties of the pane. In a figure it is the list.
pub(crate) static PANE: PaneInfo = PaneInfo {
    region: Some(LayoutRegion::Left),
    shortcut: Some(egui::Key::Num1),
    heading_controls_ui: layout_buttons_ui,
    heading_controls_width: 3.0 * LAYOUT_BUTTON_SIZE,
    lists_knobs: true,
    width_share: 0.9,
    print_width: |_, _| SizeHint::new(170.0, 210.0),
    print_height: |_, context, _| list_height(context),
    is_presented_without_heading: true,
    ..tracks_info(&["knobs"], Messages::pane_knobs, knobs_ui)
};

/// The properties of the dials in a figure.
pub(crate) static DIALS: PaneInfo = PaneInfo {
    print_width: |painter, context| SizeHint::fixed(dials::print_width(painter, context)),
    print_height: |painter, context, width| Ok(SizeHint::fixed(dials::print_height(painter, context, width))),
    ..tracks_info(&["dials", "desk"], Messages::pane_dials, dials::dials_ui)
};

/// The properties of the heat map in a figure.
pub(crate) static HEAT_MAP: PaneInfo = PaneInfo {
    print_width: |_, _| SizeHint::new(130.0, 210.0),
    print_height: |painter, context, width| {
        Ok(SizeHint::fixed(heat_map::print_height(painter, context, width)))
    },
    snapshot_sample: Some(SnapshotSample::Corner),
    has_differences: heat_map::has_differences,
    ..PaneInfo::new(
        &["heat-map", "heatmap"],
        Messages::pane_heat_map,
        heat_map::heat_map_ui,
    )
};

/// Returns the properties of knobs with a track or a dial, which can have profiles.
const fn tracks_info(
    names: &'static [&'static str],
    title: fn(Messages) -> &'static str,
    draw_ui: fn(&mut Ui, &mut PaneContext<'_>, &mut Elements),
) -> PaneInfo {
    PaneInfo {
        figure_options: &["--profiles"],
        snapshot_sample: Some(SnapshotSample::Ring),
        has_differences: |_, _, _| true,
        ..PaneInfo::new(names, title, draw_ui)
    }
}

/// Returns the height of the list in a figure, in points. A figure shows every knob.
fn list_height(context: &PaneContext<'_>) -> Result<SizeHint, TooManyRowsError> {
    const MAX_ROWS: usize = 2_000;
    /// The gap below the legend, in points; the style has the same gap between any two widgets.
    const LEGEND_GAP: f32 = 6.0;
    let rows = KnobListRows::new(context.session.architecture()).count();
    if rows > MAX_ROWS {
        return Err(TooManyRowsError(rows));
    }
    let legend = if annotations::shows_profiles(context) {
        legend::HEIGHT + LEGEND_GAP
    } else {
        0.0
    };
    Ok(SizeHint::fixed(legend + rows as f32 * list::ROW_HEIGHT.start()))
}

/// Draws the pane.
fn knobs_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    let architecture = context.session.architecture();
    let canvas_id = context.canvas_id;
    if let Some(current) = elements.tab_stop(canvas_id)
        && !matches!(current.element, Element::Adjustable(Adjustable::Knob(knob)) if architecture.contains(knob))
    {
        elements.remove_tab_stop(canvas_id);
    }
    match context.session.view().knob_layout {
        _ if context.options.is_some() => list::list_ui(ui, context, elements),
        KnobLayout::List => list::list_ui(ui, context, elements),
        KnobLayout::Desk => dials::dials_ui(ui, context, elements),
        KnobLayout::HeatMap => heat_map::heat_map_ui(ui, context, elements),
    }
}

/// Draws the buttons from right to left, as all controls beside a heading are.
fn layout_buttons_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    ui.spacing_mut().item_spacing.x = 0.0;
    for layout in KnobLayout::ALL.into_iter().rev() {
        let is_chosen = context.session.view().knob_layout == layout;
        // The button must take drags as well; otherwise a press on it would drag the pane by its heading.
        let (rect, response) =
            ui.allocate_exact_size(Vec2::splat(LAYOUT_BUTTON_SIZE), Sense::click_and_drag());
        let messages = context.messages;
        let (name, tooltip) = match layout {
            KnobLayout::List => (
                messages.knob_layout_sliders(),
                messages.knob_layout_sliders_tooltip(),
            ),
            KnobLayout::Desk => (messages.knob_layout_dials(), messages.knob_layout_dials_tooltip()),
            KnobLayout::HeatMap => (
                messages.knob_layout_heat_map(),
                messages.knob_layout_heat_map_tooltip(),
            ),
        };
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, name));
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
        if response.on_hover_text(tooltip).clicked() {
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
