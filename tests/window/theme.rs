//! The colors and the motion of the window.

use egui::Color32;
use neurodial::theme::{ColorTheme, ThemeMode};

use crate::support::TestWindow;

/// Returns the color of the panels behind the panes.
fn background(window: &TestWindow) -> Color32 {
    window.harness.ctx.global_style().visuals.panel_fill
}

#[test]
fn high_contrast_is_chosen_in_the_view_menu_for_light_and_dark() {
    let mut window = TestWindow::with_preset("article");
    let messages = window.messages;
    let theme_menu = |entry| [messages.menu_view(), messages.menu_theme(), entry];
    let background_of = |mode| ColorTheme::from_mode(mode).background;
    assert_eq!(background(&window), background_of(ThemeMode::Light));
    window.choose(&theme_menu(messages.command_high_contrast()));
    assert_eq!(background(&window), background_of(ThemeMode::HighContrast));
    window.choose(&theme_menu(messages.command_dark_mode()));
    assert_eq!(background(&window), background_of(ThemeMode::HighContrastDark));
    window.choose(&theme_menu(messages.command_high_contrast()));
    assert_eq!(background(&window), background_of(ThemeMode::Dark));
}
