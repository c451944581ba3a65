//! The egui style for a [`ColorTheme`]: flat, with thin borders and without animations.

use egui::style::{
    HandleShape, ScrollAnimation, ScrollStyle, Selection, TextCursorStyle, WidgetVisuals, Widgets,
};
use egui::{
    Color32, Context, CornerRadius, Frame, Margin, Shadow, Stroke, Style, TextStyle, Theme, Visuals, vec2,
};

use super::color_theme::ColorTheme;
use super::type_scale;

const CORNER: CornerRadius = CornerRadius::same(6);

/// Returns the text style of pane titles and neuron names, which has the font [`type_scale::strong`].
pub(crate) fn strong_text_style() -> TextStyle {
    TextStyle::Name("strong".into())
}

/// Sets the egui style of `ctx` from a color theme, whatever the system's theme is.
///
/// Call it again when the color theme changes. It doesn't install the fonts.
pub fn apply(ctx: &Context, theme: &ColorTheme) {
    let egui_theme = if theme.mode.is_dark() {
        Theme::Dark
    } else {
        Theme::Light
    };
    ctx.set_theme(egui_theme);
    ctx.set_style_of(egui_theme, style(theme));
}

/// Returns the frame of a pane: a card with a thin border.
pub(crate) fn card_frame(theme: &ColorTheme) -> Frame {
    Frame::new()
        .fill(theme.card)
        .stroke(Stroke::new(1.0, theme.border))
        .corner_radius(CornerRadius::same(8))
        .inner_margin(Margin::same(14))
}

fn style(theme: &ColorTheme) -> Style {
    let mut style = Style {
        visuals: visuals(theme),
        ..Style::default()
    };
    style.text_styles = [
        (TextStyle::Small, type_scale::small()),
        (TextStyle::Body, type_scale::body()),
        (TextStyle::Button, type_scale::body()),
        (TextStyle::Heading, type_scale::title()),
        (TextStyle::Monospace, type_scale::code()),
        (strong_text_style(), type_scale::strong()),
    ]
    .into();
    style.drag_value_text_style = TextStyle::Button;
    style.animation_time = 0.0;
    style.scroll_animation = ScrollAnimation::none();

    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 6.0);
    spacing.button_padding = vec2(10.0, 4.0);
    spacing.interact_size = vec2(32.0, 24.0);
    spacing.window_margin = Margin::same(14);
    spacing.menu_margin = Margin::same(6);
    spacing.menu_spacing = 4.0;
    // The choice of datasets is higher than egui's default.
    spacing.default_area_size = vec2(600.0, 600.0);
    spacing.icon_width = 16.0;
    spacing.icon_width_inner = 8.0;
    spacing.icon_spacing = 6.0;
    spacing.slider_width = 160.0;
    spacing.slider_rail_height = 6.0;
    spacing.tooltip_width = 320.0;
    spacing.scroll = scroll_style();

    let interaction = &mut style.interaction;
    interaction.selectable_labels = false; // Dragging starts a gesture, never a text selection.
    interaction.multi_widget_text_select = false;
    interaction.tooltip_delay = 0.4;
    style
}

/// Returns the style of scroll bars: thin and floating over the content, more visible while in use.
fn scroll_style() -> ScrollStyle {
    let mut scroll = ScrollStyle {
        bar_width: 8.0,
        floating_width: 4.0,
        handle_min_length: 24.0,
        bar_inner_margin: 2.0,
        bar_outer_margin: 2.0,
        foreground_color: true,
        dormant_handle_opacity: 0.25, // Shows that there is more to scroll to.
        active_handle_opacity: 0.4,
        interact_handle_opacity: 0.7,
        dormant_background_opacity: 0.0,
        active_background_opacity: 0.0,
        interact_background_opacity: 0.0,
        ..ScrollStyle::floating()
    };
    scroll.fade.strength = 0.0;
    scroll.kinetic.rubber_band = false;
    scroll
}

fn visuals(theme: &ColorTheme) -> Visuals {
    let base = if theme.mode.is_dark() {
        Visuals::dark()
    } else {
        Visuals::light()
    };
    let window_stroke = Stroke::new(1.0, theme.border);
    Visuals {
        weak_text_color: Some(theme.weak_text),
        widgets: widgets(theme),
        selection: Selection {
            bg_fill: theme.selection_fill,
            stroke: Stroke::new(1.0, theme.text),
        },
        hyperlink_color: theme.accent,
        faint_bg_color: ColorTheme::mix(theme.card, theme.background, 0.6),
        extreme_bg_color: theme.card,
        text_edit_bg_color: Some(theme.card_raised),
        code_bg_color: theme.background,
        warn_fg_color: theme.warning,
        error_fg_color: theme.warning,
        window_corner_radius: CornerRadius::same(8),
        window_shadow: shadow(theme, 12, 36),
        window_fill: theme.card_raised,
        window_stroke,
        window_highlight_topmost: false,
        menu_corner_radius: CornerRadius::same(8),
        panel_fill: theme.background,
        popup_shadow: shadow(theme, 6, 20),
        text_cursor: TextCursorStyle {
            stroke: Stroke::new(2.0, theme.accent),
            blink: false,
            ..TextCursorStyle::default()
        },
        indent_has_left_vline: false,
        slider_trailing_fill: false,
        handle_shape: HandleShape::Circle,
        disabled_alpha: 0.45,
        ..base
    }
}

/// Returns a soft shadow, offset downward by `depth` points and `blur` points wide.
fn shadow(theme: &ColorTheme, depth: i8, blur: u8) -> Shadow {
    let alpha = if theme.mode.is_dark() { 110 } else { 28 };
    Shadow {
        offset: [0, depth],
        blur,
        spread: 0,
        color: Color32::from_black_alpha(alpha),
    }
}

/// Returns the visuals of widgets in each state. egui draws a widget with keyboard focus as `active`, so its
/// border is the focus ring.
fn widgets(theme: &ColorTheme) -> Widgets {
    let base = WidgetVisuals {
        bg_fill: theme.track,
        weak_bg_fill: theme.track,
        bg_stroke: Stroke::new(1.0, theme.track_edge),
        corner_radius: CORNER,
        fg_stroke: Stroke::new(1.0, theme.text),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: WidgetVisuals {
            bg_fill: theme.card,
            weak_bg_fill: theme.card,
            bg_stroke: Stroke::new(1.0, theme.border),
            ..base
        },
        inactive: WidgetVisuals {
            weak_bg_fill: Color32::TRANSPARENT,
            ..base
        },
        hovered: WidgetVisuals {
            fg_stroke: Stroke::new(1.5, theme.text),
            ..base
        },
        active: WidgetVisuals {
            weak_bg_fill: theme.selection_fill,
            bg_stroke: Stroke::new(2.0, theme.accent),
            fg_stroke: Stroke::new(1.5, theme.text),
            ..base
        },
        open: base,
    }
}
