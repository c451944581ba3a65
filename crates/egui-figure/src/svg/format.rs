//! Numbers, colours and words as an SVG file writes them.

use egui::{Color32, Pos2};

/// Coordinates beyond this end there: nothing that far away shows, and the file stays short.
const MAX_COORDINATE: f64 = 1e6;

/// A number with at most `decimals` decimals, without an exponent and without a negative zero; none becomes 0.
pub fn push_number(text: &mut String, value: f32, decimals: u32) {
    use std::fmt::Write as _;
    let scale = 10_i64.pow(decimals);
    let value = f64::from(value).clamp(-MAX_COORDINATE, MAX_COORDINATE) * scale as f64;
    // Not a number becomes 0.
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

/// A coordinate or length in points, to a hundredth.
pub fn format_length(value: f32) -> String {
    let mut text = String::new();
    push_number(&mut text, value, 2);
    text
}

/// A number to a thousandth: opacities, angles, places of characters.
pub fn format_fine(value: f32) -> String {
    let mut text = String::new();
    push_number(&mut text, value, 3);
    text
}

/// Puts `x y` behind `text`, as `d` attributes have it.
pub fn push_point(text: &mut String, point: Pos2) {
    push_number(text, point.x, 2);
    text.push(' ');
    push_number(text, point.y, 2);
}

/// A colour as red, green and blue, and an opacity of 0 to 1; None if it paints nothing.
///
/// egui's colours are multiplied by their opacity; one that is brighter than its opacity lightens what is beneath it,
/// which a file can only come near to.
pub fn rgb_and_opacity(color: Color32) -> Option<([u8; 3], f32)> {
    let [r, g, b, a] = color.to_array();
    let alpha = r.max(g).max(b).max(a);
    if alpha == 0 {
        return None;
    }
    let unmultiplied = |channel: u8| {
        let value = (u32::from(channel) * 255 * 2 + u32::from(alpha)) / (2 * u32::from(alpha));
        value.min(255) as u8
    };
    Some(([unmultiplied(r), unmultiplied(g), unmultiplied(b)], f32::from(alpha) / 255.0))
}

/// `#rrggbb`, or `#rgb` where that says the same.
pub fn hex_color(rgb: [u8; 3]) -> String {
    let [r, g, b] = rgb;
    if rgb.iter().all(|byte| byte % 17 == 0) {
        format!("#{:x}{:x}{:x}", r / 17, g / 17, b / 17)
    } else {
        format!("#{r:02x}{g:02x}{b:02x}")
    }
}

/// Words as XML text or as an attribute in double quotes. Characters that XML can't hold become �.
pub fn escape_xml(raw: &str) -> String {
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
