//! The program's icon: a neuron with its dial.

use egui::{Color32, IconData};

use crate::theme::{ColorTheme, ThemeMode};

/// Returns the icon, 64 by 64 pixels, in the colors of light mode.
pub(crate) fn icon() -> IconData {
    const SIZE: usize = 64;
    let theme = ColorTheme::from_mode(ThemeMode::Light);
    let mut rgba = Vec::with_capacity(4 * SIZE * SIZE);
    for y in 0..SIZE {
        for x in 0..SIZE {
            let (dx, dy) = (x as f32 + 0.5 - 32.0, y as f32 + 0.5 - 32.0);
            let radius = dx.hypot(dy);
            // The angle from straight down, clockwise, so that the dial is open at the bottom.
            let turn = (-dx).atan2(dy).rem_euclid(std::f32::consts::TAU) / std::f32::consts::TAU;
            let color = if radius < 16.0 {
                theme.card
            } else if radius < 20.5 {
                theme.neuron_color(1)
            } else if (24.0..30.5).contains(&radius) && (0.125..0.875).contains(&turn) {
                if turn < 0.68 {
                    theme.neuron_color(1)
                } else {
                    theme.track_edge
                }
            } else {
                Color32::TRANSPARENT
            };
            rgba.extend_from_slice(&color.to_array());
        }
    }
    IconData {
        rgba,
        width: SIZE as u32,
        height: SIZE as u32,
    }
}
