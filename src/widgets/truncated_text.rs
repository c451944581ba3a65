//! A line of text that is cut to a width.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Color32, FontId};

/// Returns the layout of a line of text that ends with … if it is wider than `max_width` points. At least 8 points
/// are used, so that the … is visible.
pub(crate) fn truncated_text(
    text: impl Into<String>,
    font: FontId,
    color: Color32,
    max_width: f32,
) -> LayoutJob {
    let mut job = LayoutJob::simple_singleline(text.into(), font, color);
    job.wrap = TextWrapping::truncate_at_width(max_width.max(8.0));
    job
}
