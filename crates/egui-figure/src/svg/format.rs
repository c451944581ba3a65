//! Formats numbers, colors and text for SVG files.

use egui::{Color32, Pos2};

/// Coordinates are clamped to ± this value: nothing that far away is visible, and the numbers stay short.
const MAX_COORDINATE: f64 = 1e6;

/// Appends a number with at most `decimals` decimals, without exponent and without negative zero. NaN becomes
/// 0.
pub(crate) fn push_number(text: &mut String, value: f32, decimals: u32) {
    use std::fmt::Write as _;
    let scale = 10_i64.pow(decimals);
    let value = f64::from(value).clamp(-MAX_COORDINATE, MAX_COORDINATE) * scale as f64;
    // The cast turns NaN into 0.
    let units = value.round() as i64;
    if units < 0 {
        text.push('-');
    }
    let units = units.abs();
    let (whole, part) = (units / scale, units % scale);
    // Writing to a string can't fail.
    let _ = write!(text, "{whole}");
    if part > 0 {
        let _ = write!(text, ".{part:0width$}", width = decimals as usize);
        text.truncate(text.trim_end_matches('0').len());
    }
}

/// Formats a coordinate or length in points with at most two decimals.
pub(crate) fn format_length(value: f32) -> String {
    let mut text = String::new();
    push_number(&mut text, value, 2);
    text
}

/// Formats a number with at most three decimals: opacities, angles, x positions of characters.
pub(crate) fn format_fine(value: f32) -> String {
    let mut text = String::new();
    push_number(&mut text, value, 3);
    text
}

/// Appends `x y` as in the `d` attribute of a path.
pub(crate) fn push_point(text: &mut String, point: Pos2) {
    push_number(text, point.x, 2);
    text.push(' ');
    push_number(text, point.y, 2);
}

/// Returns a color as red, green and blue, and an opacity of 0 to 1; `None` if it paints nothing.
///
/// egui's colors are premultiplied by alpha. A color that is brighter than its alpha (additive blending) can
/// only be approximated.
pub(crate) fn rgb_and_opacity(color: Color32) -> Option<([u8; 3], f32)> {
    let [r, g, b, a] = color.to_array();
    let alpha = r.max(g).max(b).max(a);
    if alpha == 0 {
        return None;
    }
    let unmultiplied = |channel: u8| {
        let value = (u32::from(channel) * 255 * 2 + u32::from(alpha)) / (2 * u32::from(alpha));
        value.min(255) as u8
    };
    Some((
        [unmultiplied(r), unmultiplied(g), unmultiplied(b)],
        f32::from(alpha) / 255.0,
    ))
}

/// Formats a color as `#rrggbb`, or `#rgb` if that is exact.
pub(crate) fn hex_color(rgb: [u8; 3]) -> String {
    let [r, g, b] = rgb;
    if rgb.iter().all(|byte| byte % 17 == 0) {
        format!("#{:x}{:x}{:x}", r / 17, g / 17, b / 17)
    } else {
        format!("#{r:02x}{g:02x}{b:02x}")
    }
}

/// Escapes text for XML content and for attributes in double quotes. Characters that XML can't contain become
/// �.
pub(crate) fn escape_xml(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    for character in raw.chars() {
        match character {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\r' => text.push_str("&#13;"),
            '\t' | '\n' => text.push(character),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => text.push('\u{fffd}'),
            _ => text.push(character),
        }
    }
    text
}
