//! The formats of documents: those of the core, and figures with an embedded document.

use egui_figure::{FigureError, embedded_text};
use neurodial_core::formats::{DocumentError, DocumentFormat, FormatRegistry, json};
use neurodial_core::session::Document;

use crate::figure_page::rendered_figure::PROGRAM_NAME;

/// All formats that documents are opened from and saved in.
pub(crate) static DOCUMENT_FORMATS: FormatRegistry = FormatRegistry::with_added(FIGURES);

static FIGURES: &[DocumentFormat] = &[
    figure("SVG figure", &["svg"], embedded_text::is_svg),
    figure("PNG figure", &["png"], embedded_text::is_png),
    figure("PDF figure", &["pdf"], embedded_text::is_pdf),
];

/// Returns the format of figures that are drawn with an embedded document.
const fn figure(
    name: &'static str,
    extensions: &'static [&'static str],
    recognizes: fn(&[u8]) -> bool,
) -> DocumentFormat {
    DocumentFormat {
        name,
        extensions,
        recognizes,
        read: read_figure,
        write: Err("draw it with File ▸ Export figure… or the command figure"),
    }
}

fn read_figure(bytes: &[u8]) -> Result<Document, DocumentError> {
    match embedded_text::extract(bytes, PROGRAM_NAME) {
        Some(Ok(text)) => json::read(&text),
        Some(Err(error)) => Err(DocumentError::new(extraction_error_text(&error))),
        None => Err(DocumentError::new("this is not the content of a picture")),
    }
}

/// Returns the reason why a figure has no readable document, for the user.
fn extraction_error_text(error: &FigureError) -> String {
    match error {
        FigureError::NoEmbeddedText(format) => format!(
            "this {format} picture carries no network: it was saved without one, or by another program"
        ),
        FigureError::InvalidEmbeddedText { format, reason } => {
            format!("the network in this {format} picture can't be read: {reason}")
        }
        error => error.to_string(),
    }
}
