//! The egui style that follows from a [`Look`]: calm, flat, hairlines, nothing bounces.

use egui::style::{
    HandleShape, ScrollAnimation, ScrollStyle, Selection, TextCursorStyle, WidgetVisuals, Widgets,
};
use egui::{
    Color32, Context, CornerRadius, Frame, Margin, Shadow, Stroke, Style, TextStyle, Theme, Visuals, vec2,
};

use super::palette::{Look, Mode};
use super::type_scale;

const CORNER: CornerRadius = CornerRadius::same(6);

/// The text style of pane titles and neuron names: [`type_scale::strong`] by name.
pub fn strong_style() -> TextStyle {
    TextStyle::Name("strong".into())
}

/// Makes all of `ctx` follow `look`, whatever the system's own theme is.
///
/// Call it again when the look changes; it does not install the fonts.
pub fn apply(ctx: &Context, look: &Look) {
    let theme = match look.mode {
        Mode::Dark => Theme::Dark,
        Mode::Light | Mode::Print | Mode::Gray => Theme::Light,
    };
    ctx.set_theme(theme);
    ctx.set_style_of(theme, style(look));
}

/// The surface of a pane: a card with a hairline around it.
pub fn card_frame(look: &Look) -> Frame {
    Frame::new()
        .fill(look.card)
        .stroke(Stroke::new(1.0, look.hairline))
        .corner_radius(CornerRadius::same(8))
        .inner_margin(Margin::same(14))
}

fn style(look: &Look) -> Style {
    let mut style = Style {
        visuals: visuals(look),
        ..Style::default()
    };
    style.text_styles = [
        (TextStyle::Small, type_scale::small()),
        (TextStyle::Body, type_scale::body()),
        (TextStyle::Button, type_scale::body()),
        (TextStyle::Heading, type_scale::title()),
        (TextStyle::Monospace, type_scale::code()),
        (strong_style(), type_scale::strong()),
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
    spacing.icon_width = 16.0;
    spacing.icon_width_inner = 8.0;
    spacing.icon_spacing = 6.0;
    spacing.slider_width = 160.0;
    spacing.slider_rail_height = 6.0;
    spacing.tooltip_width = 320.0;
    spacing.scroll = scroll();

    let interaction = &mut style.interaction;
    interaction.selectable_labels = false; // A drag starts a gesture, never a text selection.
    interaction.multi_widget_text_select = false;
    interaction.tooltip_delay = 0.4;
    style
}

/// Thin bars over the content, that are there only while it is used.
fn scroll() -> ScrollStyle {
    let mut scroll = ScrollStyle {
        bar_width: 8.0,
        floating_width: 4.0,
        handle_min_length: 24.0,
        bar_inner_margin: 2.0,
        bar_outer_margin: 2.0,
        foreground_color: true,
        dormant_handle_opacity: 0.25, // So that one sees that there is more.
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

fn visuals(look: &Look) -> Visuals {
    let base = match look.mode {
        Mode::Dark => Visuals::dark(),
        Mode::Light | Mode::Print | Mode::Gray => Visuals::light(),
    };
    let hairline = Stroke::new(1.0, look.hairline);
    Visuals {
        weak_text_color: Some(look.ink_soft),
        widgets: widgets(look),
        selection: Selection {
            bg_fill: look.selection_fill,
            stroke: Stroke::new(1.0, look.ink),
        },
        hyperlink_color: look.accent,
        faint_bg_color: Look::mix(look.card, look.ground, 0.6),
        extreme_bg_color: look.card,
        text_edit_bg_color: Some(look.card_raised),
        code_bg_color: look.ground,
        warn_fg_color: look.warn,
        error_fg_color: look.warn,
        window_corner_radius: CornerRadius::same(8),
        window_shadow: shadow(look, 12, 36),
        window_fill: look.card_raised,
        window_stroke: hairline,
        window_highlight_topmost: false,
        menu_corner_radius: CornerRadius::same(8),
        panel_fill: look.ground,
        popup_shadow: shadow(look, 6, 20),
        text_cursor: TextCursorStyle {
            stroke: Stroke::new(2.0, look.accent),
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

/// A soft shadow below, `depth` points away and `blur` points wide.
fn shadow(look: &Look, depth: i8, blur: u8) -> Shadow {
    let alpha = match look.mode {
        Mode::Dark => 110,
        Mode::Light | Mode::Print | Mode::Gray => 28,
    };
    Shadow {
        offset: [0, depth],
        blur,
        spread: 0,
        color: Color32::from_black_alpha(alpha),
    }
}

/// What a widget looks like in each state. egui draws a widget with keyboard focus as `active`: its border is the
/// focus ring.
fn widgets(look: &Look) -> Widgets {
    let still = WidgetVisuals {
        bg_fill: look.track,
        weak_bg_fill: look.track,
        bg_stroke: Stroke::new(1.0, look.track_edge),
        corner_radius: CORNER,
        fg_stroke: Stroke::new(1.0, look.ink),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: WidgetVisuals {
            bg_fill: look.card,
            weak_bg_fill: look.card,
            bg_stroke: Stroke::new(1.0, look.hairline),
            ..still
        },
        inactive: WidgetVisuals {
            weak_bg_fill: Color32::TRANSPARENT,
            ..still
        },
        hovered: WidgetVisuals {
            fg_stroke: Stroke::new(1.5, look.ink),
            ..still
        },
        active: WidgetVisuals {
            weak_bg_fill: look.selection_fill,
            bg_stroke: Stroke::new(2.0, look.accent),
            fg_stroke: Stroke::new(1.5, look.ink),
            ..still
        },
        open: still,
    }
}
